package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"bangfu/internal/seed"
	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Start serves until ctx ends. In development an empty database first becomes the sample centre. It prints where the
// pages are, and who can sign in or how somebody can.
func (a *App) Start(ctx context.Context, out io.Writer) error {
	spendMemory()
	nobody, err := staff.Nobody(ctx, a.Pool())
	if err != nil {
		return err
	}
	if nobody && a.Config.Dev {
		if err := a.fill(ctx, out); err != nil {
			return err
		}
	}
	listener, err := net.Listen("tcp", a.Config.Addr)
	if err != nil {
		return fmt.Errorf("listening on %s (set BANGFU_ADDR to use another address): %w", a.Config.Addr, err)
	}
	if err := a.greet(ctx, out, nobody, listener.Addr().String()); err != nil {
		return err
	}
	return a.Serve(ctx, listener)
}

// memoryMark is up to how much memory the program lets rubbish lie for speed, in bytes.
const memoryMark = 512 << 20

// spendMemory lets the program collect its rubbish four times as seldom as usual, up to a mark: a page leaves a few
// hundred kilobytes, and collecting was a fifth of its cost. GOGC and GOMEMLIMIT still hold where they are set.
func spendMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryMark)
	}
}

// greet prints what a person needs to begin.
func (a *App) greet(ctx context.Context, out io.Writer, nobody bool, address string) error {
	ctx = terminal(ctx)
	switch {
	case a.Config.Dev:
		if err := a.printSignIns(ctx, out); err != nil {
			return err
		}
	case nobody:
		fmt.Fprintln(out, words.T(ctx, "app.first", firstCommand))
	}
	scheme := "http"
	if a.Config.Secure {
		scheme = "https"
	}
	_, err := fmt.Fprintln(out, words.T(ctx, "app.address", scheme+"://"+address))
	return err
}

// firstCommand makes the first administrator; what is in capitals is to be filled in.
const firstCommand = "bangfu staff add --username NAME --name NAME --office OFFICE --code CODE --district 000000 --phone PHONE"

// printSignIns lists the people of the sample centre, one a line, when it is the sample centre that runs.
func (a *App) printSignIns(ctx context.Context, out io.Writer) error {
	people := seed.People()
	for _, p := range people {
		found, err := staff.Named(ctx, a.Pool(), p.Username)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return nil
		}
	}
	fmt.Fprintln(out, words.T(ctx, "app.sign_ins"))
	for _, p := range people {
		fmt.Fprintf(out, "· %-11s %s  %s  %s  %s\n", p.Username, seed.Password, p.Name, words.T(ctx, staff.RoleKey(p.Role)), p.Office)
	}
	_, err := fmt.Fprintln(out)
	return err
}

// Seed makes the sample centre in an empty database, and nothing else.
func (a *App) Seed(ctx context.Context, out io.Writer) error {
	if !a.Config.Dev {
		return errors.New("the sample centre is only for development: set BANGFU_DEV=1")
	}
	nobody, err := staff.Nobody(ctx, a.Pool())
	if err != nil {
		return err
	}
	if !nobody {
		return errors.New("the database is not empty: the sample centre needs one of its own, such as BANGFU_DATA=./sample")
	}
	if err := a.fill(ctx, out); err != nil {
		return err
	}
	return a.printSignIns(terminal(ctx), out)
}

// fill makes the sample centre and says how long it took.
func (a *App) fill(ctx context.Context, out io.Writer) error {
	began := time.Now()
	if err := seed.Fill(ctx, seed.Into{DB: a.Pool(), Keys: a.Kit.Keys, Files: a.Kit.Files, Now: a.Kit.Now()}); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out, words.T(terminal(ctx), "app.filled", fmt.Sprintf("%.1f", time.Since(began).Seconds())))
	return err
}

// SeedRegister makes up a register of so many households beside the sample centre that Seed has just made, and says how
// long each step took and who can sign in at which level of the tree.
func (a *App) SeedRegister(ctx context.Context, out io.Writer, files int) error {
	began := time.Now()
	say := func(step string) { fmt.Fprintf(out, "%8.1f s  %s\n", time.Since(began).Seconds(), step) }
	r := seed.Register{DB: a.Pool(), Owner: a.store.owner, Keys: a.Kit.Keys, Files: a.Kit.Files, Now: a.Kit.Now(), Say: say}
	if err := r.Fill(ctx, files); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out, words.T(terminal(ctx), "app.registered", files, fmt.Sprintf("%.0f", time.Since(began).Seconds()), strings.Join(seed.Levels, " "), seed.Password))
	return err
}

// First is the first administrator of a fresh production database, and the organisation that the person joins.
type First struct {
	Username, Name                       string
	Office, Code, District, Phone, Level string
}

// AddFirst makes the first administrator and prints the one-time password.
func (a *App) AddFirst(ctx context.Context, out io.Writer, f First) error {
	var once string
	err := work.Do(ctx, a.Pool(), a.Kit.Now(), work.System("staff add"), func(u *work.Unit) error {
		var err error
		once, err = staff.AddFirst(ctx, u, staff.First{
			Org:      staff.Org{Level: staff.Level(f.Level), Code: f.Code, Name: f.Office, District: f.District, Phone: f.Phone},
			Username: f.Username, Name: f.Name,
		})
		return err
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, words.T(terminal(ctx), "app.added", f.Username, once, int(staff.OnceFor/time.Hour)))
	return err
}

// Said is an error in one line for a terminal: a rule's refusal in words, another one as it is.
func Said(err error) string {
	if refusal, ok := work.AsRefusal(err); ok {
		return words.T(terminal(context.Background()), words.Key(refusal.Key), refusal.Args...)
	}
	return strings.ReplaceAll(err.Error(), "\n", " ")
}

// terminal speaks English where the system does, otherwise Chinese.
func terminal(ctx context.Context) context.Context {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if tag := os.Getenv(name); tag != "" {
			language, _ := words.ParseLanguage(strings.ReplaceAll(tag, "_", "-"))
			return words.In(ctx, language)
		}
	}
	return words.In(ctx, words.Chinese)
}
