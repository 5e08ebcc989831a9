package app

import (
	"context"
	"errors"
	"fmt"
	"io"

	"bangfu/internal/audit"
	"bangfu/internal/casefile"
	"bangfu/internal/file"
	"bangfu/internal/fund"
	"bangfu/internal/invariant"
	"bangfu/internal/payment"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Unsound says how many findings Verify has told.
type Unsound int

// Error tells the number; the findings were printed.
func (n Unsound) Error() string { return fmt.Sprintf("%d findings", int(n)) }

// Verify checks the audit chain, the ledger, the bank's files, the states, the versions and the evidence store (reliability.md 4.3)
// and prints each finding with its table and id. It reads one moment of the database, but for the evidence store, which
// has none: opening every paper may take a night, and no moment is held for so long. It may run beside the program and
// changes nothing. Any finding is Unsound.
func (a *App) Verify(ctx context.Context, out io.Writer) error {
	ctx = terminal(ctx)
	v := verifier{App: a, out: out}
	err := work.Snapshot(ctx, a.Pool(), func(q work.Querier) error {
		for _, check := range []func(context.Context, work.Querier) error{
			v.trail, v.ledger, v.bankFiles, v.states, v.versions,
		} {
			if err := check(ctx, q); err != nil {
				return err
			}
		}
		return nil
	}, "statement_timeout = '30min'")
	if err != nil {
		return err
	}
	if err := v.evidence(ctx, piece); err != nil {
		return err
	}
	if err := v.strays(ctx, piece); err != nil {
		return err
	}
	if v.found > 0 {
		v.say(ctx, "app.verify.unsound", v.found)
		return Unsound(v.found)
	}
	v.say(ctx, "app.verify.sound")
	return nil
}

// verifier prints what is checked, and counts what is found.
type verifier struct {
	*App
	out   io.Writer
	found int
}

// say prints one line.
func (v *verifier) say(ctx context.Context, key words.Key, args ...any) {
	fmt.Fprintln(v.out, words.T(ctx, key, args...))
}

// find prints one finding: invariant, table, id, what is wrong.
func (v *verifier) find(number, table string, id any, said string) {
	v.found++
	fmt.Fprintf(v.out, "  ✗ %s  %s %v  %s\n", number, table, id, said)
}

func (v *verifier) trail(ctx context.Context, q work.Querier) error {
	report, err := audit.Verify(ctx, q)
	if err != nil {
		return err
	}
	v.say(ctx, "app.verify.trail", report.Sealed, report.Waiting, report.Head.Hash.String()[:16])
	if b := report.Broken; b != nil {
		v.find("I10", "audit_entry", b.Entry, words.T(ctx, "app.verify.broken", b.Seq, b.Fault))
	}
	return nil
}

func (v *verifier) ledger(ctx context.Context, q work.Querier) error {
	v.say(ctx, "app.verify.ledger")
	faults, err := fund.Verify(ctx, q)
	for _, f := range faults {
		v.find("I1", "fund_pot", "", f.In(ctx))
	}
	return err
}

func (v *verifier) bankFiles(ctx context.Context, q work.Querier) error {
	v.say(ctx, "app.verify.bank_files")
	faults, err := payment.VerifyFiles(ctx, q, v.Kit.Keys)
	for _, f := range faults {
		v.find("I7", "payment_batch", "", f.In(ctx))
	}
	return err
}

func (v *verifier) states(ctx context.Context, q work.Querier) error {
	v.say(ctx, "app.verify.states", invariant.Checks())
	found, err := invariant.Verify(ctx, q)
	for _, f := range found {
		v.find(f.Number, f.Table, f.ID, f.Said.In(ctx))
	}
	return err
}

// versions compares the newest version of every file with the tables, and every version with its hash.
func (v *verifier) versions(ctx context.Context, q work.Querier) error {
	v.say(ctx, "app.verify.versions")
	read, files, err := casefile.VerifyVersions(ctx, q, v.Kit.Keys, func(f casefile.VersionFault) {
		v.find("I17", "casefile_file", f.FileID, f.Said.In(ctx))
	})
	v.say(ctx, "app.verify.versions_read", read, files)
	return err
}

// piece is how many papers or kept files are asked for at once: memory stays flat, however many there are.
const piece = 1000

// evidence opens every paper on record. One that is gone together with its record was erased meanwhile.
func (v *verifier) evidence(ctx context.Context, piece int) error {
	v.say(ctx, "app.verify.evidence")
	read := 0
	for after := ""; ; {
		papers, err := invariant.Papers(ctx, v.Pool(), after, piece)
		if err != nil {
			return err
		}
		for _, hash := range papers {
			content, err := v.Kit.Files.Open(ctx, hash)
			switch {
			case errors.Is(err, file.ErrNotFound):
				strays, err := casefile.Unrecorded(ctx, v.Pool(), []string{hash})
				if err != nil {
					return err
				}
				if len(strays) == 0 {
					v.find("I16", "casefile_evidence", hash, words.T(ctx, "app.verify.gone"))
				}
			case errors.Is(err, file.ErrDamaged):
				v.find("I16", "casefile_evidence", hash, words.T(ctx, "app.verify.damaged"))
			case err != nil:
				return err
			default:
				_ = content.Close() // it was read as a whole when it was opened
			}
		}
		read += len(papers)
		if len(papers) < piece {
			v.say(ctx, "app.verify.evidence_read", read)
			return nil
		}
		after = papers[len(papers)-1]
	}
}

// strays tells how many kept files have no record. That is no fault: an upload that was broken off leaves one.
func (v *verifier) strays(ctx context.Context, piece int) error {
	found := 0
	err := file.Pieces(ctx, v.Kit.Files, piece, func(hashes []string) error {
		strays, err := casefile.Unrecorded(ctx, v.Pool(), hashes)
		found += len(strays)
		return err
	})
	if err == nil && found > 0 {
		v.say(ctx, "app.verify.stray", found)
	}
	return err
}
