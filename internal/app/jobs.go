package app

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"bangfu/internal/audit"
	"bangfu/internal/casefile"
	"bangfu/internal/check"
	"bangfu/internal/comparison"
	"bangfu/internal/grant"
	"bangfu/internal/ledger"
	"bangfu/internal/money"
	"bangfu/internal/nomination"
	"bangfu/internal/notice"
	"bangfu/internal/reading"
	"bangfu/internal/referral"
	"bangfu/internal/retention"
	"bangfu/internal/staff"
	"bangfu/internal/trial"
	"bangfu/internal/work"
)

// job is one piece of work that runs by itself. run may be called at any time and any number of times.
type job struct {
	name  string
	every time.Duration
	run   func(ctx context.Context, a *App) error
}

// jobs lists everything that runs by itself.
var jobs = []job{
	{"end notices", time.Minute, func(ctx context.Context, a *App) error {
		_, err := notice.EndDue(ctx, a.Pool(), a.Kit.Now())
		return err
	}},
	{"keep first versions", 24 * time.Hour, func(ctx context.Context, a *App) error {
		_, err := casefile.KeepMissing(ctx, a.Pool(), a.Kit.Now())
		return err
	}},
	{"check files", time.Minute, func(ctx context.Context, a *App) error {
		_, err := check.RunDue(ctx, a.Pool(), a.Kit.Keys, a.Kit.Now)
		return err
	}},
	{"sweep all files", 24 * time.Hour, func(ctx context.Context, a *App) error {
		_, err := check.Sweep(ctx, a.Pool(), a.Kit.Now())
		return err
	}},
	{"try proposed lines and rules", 2 * time.Second, func(ctx context.Context, a *App) error {
		_, err := trial.RunDue(ctx, a.Pool(), a.Kit.Now, livingCeiling)
		return err
	}},
	{"read answers of comparisons", 5 * time.Second, func(ctx context.Context, a *App) error {
		return comparison.ReadDue(ctx, a.Pool(), a.Kit.Keys, a.Kit.Now)
	}},
	{"seal the audit trail", 20 * time.Second, func(ctx context.Context, a *App) error {
		_, err := audit.Seal(ctx, a.Pool(), a.Kit.Now())
		return err
	}},
	// The head in a log outside of the database proves later that the chain was not cut or written anew.
	{"note the head of the trail", time.Hour, func(ctx context.Context, a *App) error {
		head, err := audit.Seal(ctx, a.Pool(), a.Kit.Now())
		if err == nil && head.Seq > 0 {
			a.Log.LogAttrs(ctx, slog.LevelInfo, "audit trail", slog.Int64("seq", head.Seq), slog.String("hash", head.Hash.String()))
		}
		return err
	}},
	{"fill in by what people are found", time.Hour, func(ctx context.Context, a *App) error {
		_, err := casefile.FillFound(ctx, a.Pool(), a.Kit.Keys, a.Kit.Now())
		return err
	}},
	{"note whether papers are whole", time.Hour, func(ctx context.Context, a *App) error {
		_, err := casefile.FillPapers(ctx, a.Pool(), a.Kit.Now())
		return err
	}},
	{"drop ended sessions", 10 * time.Minute, func(ctx context.Context, a *App) error {
		return staff.DropSessions(ctx, a.Pool(), time.Now())
	}},
	{"read ledgers in", 2 * time.Second, func(ctx context.Context, a *App) error {
		return ledger.Work(ctx, a.ledger())
	}},
	{"write lists", 2 * time.Second, giveLists},
	{"write lists beside", 2 * time.Second, giveLists}, // a long list does not keep a short one waiting
	{"sweep the shelf", time.Hour, func(ctx context.Context, a *App) error {
		return ledger.Sweep(ctx, a.ledger())
	}},
	{"destroy files past their term", time.Minute, func(ctx context.Context, a *App) error {
		_, err := retention.RunDue(ctx, a.Pool(), a.Kit.Now)
		return err
	}},
	{"take destroyed papers away", 10 * time.Minute, func(ctx context.Context, a *App) error {
		_, err := retention.ClearBlobs(ctx, a.Pool(), a.Kit.Files, a.Kit.Now())
		return err
	}},
	{"take away papers that no file took", 24 * time.Hour, func(ctx context.Context, a *App) error {
		_, err := retention.ClearUnnamed(ctx, a.Pool(), a.Kit.Files, a.Kit.Now())
		return err
	}},
	{"erase visitors past their term", 24 * time.Hour, func(ctx context.Context, a *App) error {
		_, err := referral.ForgetReceptions(ctx, a.Pool(), a.Kit.Now)
		return err
	}},
	{"erase nominations past their term", 24 * time.Hour, func(ctx context.Context, a *App) error {
		_, err := nomination.Forget(ctx, a.Pool(), a.Kit.Now)
		return err
	}},
	{"write down who read what", 3 * time.Second, func(ctx context.Context, a *App) error { return a.writeReadings(ctx) }},
	{"forget readings past their term", 24 * time.Hour, func(ctx context.Context, a *App) error {
		_, err := reading.Forget(ctx, a.Pool(), a.Kit.Now)
		return err
	}},
	{"forget wrong passwords", 10 * time.Minute, func(ctx context.Context, a *App) error {
		return staff.ForgetFailures(ctx, a.Pool(), a.Kit.Now())
	}},
}

// writeReadings writes down who read what since the last time, also while the program stops. Unusual reading is in the log too,
// where something outside of the program may watch for it.
func (a *App) writeReadings(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	told, err := a.readings.Write(ctx, a.Pool(), a.Kit.Now)
	for _, t := range told {
		a.Log.LogAttrs(ctx, slog.LevelWarn, "unusual reading", slog.Int64("staff", int64(t.StaffID)), slog.Time("hour", t.Hour),
			slog.Int("files", t.Files), slog.Int("searches", t.Searches), slog.Bool("stopped", t.Braked))
	}
	return err
}

// giveLists writes the lists that were asked for.
func giveLists(ctx context.Context, a *App) error { return ledger.Give(ctx, a.ledger()) }

// ledger is what imports and exports stand on.
func (a *App) ledger() ledger.Office {
	return ledger.Office{DB: a.Pool(), Clock: a.Kit.Now, Keys: a.Kit.Keys, Shelf: a.Kit.Files}
}

// livingCeiling tells a trial what living aid gives a household at most, by the terms of the proposal's first day.
func livingCeiling(ctx context.Context, q work.Querier, p trial.Proposal) (money.Amount, error) {
	return grant.LivingCeiling(ctx, q, p.Line.From)
}

// startJobs starts every job: once at start, then at its interval.
func (a *App) startJobs(ctx context.Context) {
	for _, j := range jobs {
		a.jobs.Go(func() { a.repeat(ctx, j) })
	}
}

func (a *App) repeat(ctx context.Context, j job) {
	for {
		if err := a.once(ctx, j); err != nil && ctx.Err() == nil {
			a.Log.LogAttrs(ctx, slog.LevelError, "job failed", slog.String("job", j.name), slog.String("error", err.Error()))
		}
		// A tenth of the interval, by chance, keeps two programs on one database out of step.
		pause := j.every + rand.N(j.every/10+1)
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// once runs a job and turns a panic into an error, so that one fault does not end the rest.
func (a *App) once(ctx context.Context, j job) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v\n%s", fault, debug.Stack())
		}
	}()
	return j.run(ctx, a)
}
