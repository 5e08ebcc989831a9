package ledger

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/sheet"
	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

const (
	// pageFiles is how many files are read at once for a list.
	pageFiles = 500
	// uploadKept is how long an upload that nobody begins is kept, importKept how long that of an import that is over.
	uploadKept = 7 * 24 * time.Hour
	importKept = 30 * 24 * time.Hour
)

// kept is a list that lies on the shelf.
type kept struct {
	name, hash string
	size       int64
	rows       int
}

// Give writes lists that were asked for, one after the other until none waits. Several may run at once; each holds one
// page of files in memory.
func Give(ctx context.Context, o Office) error {
	for {
		worker := rand.Text()
		id, tries, err := claimExport(ctx, o, worker)
		if err != nil || id == 0 {
			return err
		}
		if err := o.give(ctx, id, worker, tries); err != nil && !errors.Is(err, errLost) {
			return fmt.Errorf("export %d: %w", id, err)
		}
	}
}

// give writes one list, on behalf of the person who asked for it and with the rights that person has now.
func (o Office) give(ctx context.Context, id ExportID, worker string, tries int) error {
	e, err := findExport(ctx, o.DB, work.Everywhere, id)
	if err != nil {
		return err
	}
	by, err := staff.Actor(ctx, o.DB, e.AskedBy, e.address)
	switch {
	case err != nil && !errors.Is(err, work.ErrNotFound):
		return err
	case tries > mostTries:
		return o.giveUp(ctx, e, worker, Fault{Key: "ledger.failure.stuck"})
	case err != nil || by.OrgID != e.OrgID || !by.Can(staff.CapLedgerExport) || e.Full && !by.Can(staff.CapLedgerExportFull):
		return o.giveUp(ctx, e, worker, Fault{Key: "ledger.failure.export_rights"})
	}
	if e.Filter.Org != 0 { // the office may have left the scope since
		_, err := staff.FindOrg(ctx, o.DB, by.Scope, e.Filter.Org)
		if errors.Is(err, work.ErrNotFound) {
			return o.giveUp(ctx, e, worker, Fault{Key: "ledger.failure.export_rights"})
		}
		if err != nil {
			return err
		}
	}
	k, err := o.write(words.In(ctx, e.Language), e, worker, by)
	if err != nil {
		return err
	}
	err = work.Do(ctx, o.DB, o.Clock(), by, func(u *work.Unit) error {
		if err := ready(ctx, u, id, worker, k); err != nil {
			return err
		}
		return u.Audit(ctx, work.Entry{Act: "ledger.give", Kind: "export", ID: int64(id), FileID: e.File, Changes: []work.Change{
			{Field: "rows", After: k.rows}, {Field: "size", After: k.size}, {Field: "hash", After: k.hash}}})
	})
	if err != nil {
		return errors.Join(err, o.Shelf.RemoveLarge(context.WithoutCancel(ctx), k.name))
	}
	return nil
}

// write writes the rows of a list onto the shelf, page by page, all as they stood when it began: a file that is renamed or
// moved meanwhile is neither given twice nor missed.
func (o Office) write(ctx context.Context, e Export, worker string, by work.Actor) (k kept, err error) {
	out, err := o.Shelf.Create(ctx)
	if err != nil {
		return k, err
	}
	defer func() {
		if err != nil {
			out.Discard()
		}
	}()
	w, err := sheet.NewWriter(out, e.Format, words.T(ctx, e.Layout.Key()))
	if err != nil {
		return k, err
	}
	err = work.Snapshot(ctx, o.DB, func(q work.Querier) error {
		for i, t := range tablesOf(e, day.On(o.Clock())) {
			if i > 0 {
				if err := w.Sheet(words.T(ctx, t.layout.Key())); err != nil {
					return err
				}
			}
			if err := w.Row(t.heads(ctx)...); err != nil {
				return err
			}
			if err := o.rows(ctx, q, e, by, worker, &k.rows, func(f casefile.Whole) (int, error) { return t.write(ctx, w, f) }); err != nil {
				return err
			}
		}
		return nil
	}, "plan_cache_mode = force_generic_plan") // each of its few statements comes back for every page
	if err != nil {
		return k, err
	}
	if err := w.Close(); err != nil {
		return k, err
	}
	k.name, k.size, k.hash, err = out.Keep()
	return k, err
}

// rows writes all files of a list into one table, page by page, counts the rows and says how far it is.
func (o Office) rows(ctx context.Context, q work.Querier, e Export, by work.Actor, worker string, count *int, write func(casefile.Whole) (int, error)) error {
	for below, more := work.FileID(0), true; more; {
		page, err := o.page(ctx, q, e, by, below)
		if err != nil {
			return err
		}
		wholes, err := casefile.Wholes(ctx, q, o.Keys, page.Files)
		if err != nil {
			return err
		}
		for _, f := range wholes {
			n, err := write(f)
			if *count += n; err != nil {
				return err
			}
		}
		if err := beat(ctx, o, e.ID, worker, *count); err != nil {
			return err
		}
		below, more = page.After, page.After != 0
	}
	return nil
}

// page reads the next files of a list, within the scope of the person who asked.
func (o Office) page(ctx context.Context, q work.Querier, e Export, by work.Actor, below work.FileID) (casefile.Page, error) {
	if e.File == 0 {
		page, err := casefile.ListFiles(ctx, q, by.Scope, casefile.Query{List: e.List, Who: by.StaffID, After: below, Size: pageFiles,
			Filter: e.Filter, Sort: e.Sort, Backward: e.Backward, Today: day.On(o.Clock())})
		if err != nil {
			return page, err
		}
		page.Files, err = casefile.Covers(ctx, q, by.Scope, page.Files)
		return page, err
	}
	f, err := casefile.Find(ctx, q, by.Scope, e.File)
	return casefile.Page{Files: []casefile.File{f}}, err
}

// giveUp ends an export that cannot be made.
func (o Office) giveUp(ctx context.Context, e Export, worker string, fault Fault) error {
	return work.Do(ctx, o.DB, o.Clock(), work.System("ledger"), func(u *work.Unit) error {
		if err := giveUp(ctx, u, e.ID, worker, fault); err != nil {
			return err
		}
		return u.Audit(ctx, work.Entry{Act: "ledger.give_up", Kind: "export", ID: int64(e.ID), FileID: e.File,
			Changes: []work.Change{{Field: "reason", After: fault.Key}}})
	})
}

// Sweep removes from the shelf what has served: lists that were fetched or that nobody fetched in time, uploads that
// nobody began within a week, and those of imports that were over a month ago.
func Sweep(ctx context.Context, o Office) error {
	var over []due
	err := work.Do(ctx, o.DB, o.Clock(), work.System("ledger"), func(u *work.Unit) error {
		exports, err := expired(ctx, u)
		if err != nil {
			return err
		}
		imports, err := outdated(ctx, u)
		if err != nil {
			return err
		}
		var entries []work.Entry
		for _, d := range exports {
			entries = append(entries, work.Entry{Act: "ledger.sweep", Kind: "export", ID: d.id})
		}
		for _, d := range imports {
			entries = append(entries, work.Entry{Act: "ledger.sweep", Kind: "import", ID: d.id})
		}
		over = append(exports, imports...)
		return u.AuditMany(ctx, entries)
	})
	if errors.Is(err, work.ErrUnaudited) {
		return nil // nothing was over
	}
	if err != nil {
		return fmt.Errorf("sweeping the shelf: %w", err)
	}
	for _, d := range over {
		if err := o.Shelf.RemoveLarge(ctx, d.shelf); err != nil {
			return fmt.Errorf("sweeping the shelf: %w", err)
		}
	}
	return nil
}
