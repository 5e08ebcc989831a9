package retention

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/file"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// waits are the rules that a file of an agreed batch only waits for: entries not yet sealed, a list about to be fetched,
// money on its way. A hold, or a claim that is open, keeps it.
var waits = map[string]bool{"audit_unsealed": true, "retention_export": true, "retention_unpaid": true}

// errWaits ends a unit in which a file could not be destroyed yet.
var errWaits = errors.New("the file is destroyed later")

// program is who destroys: nobody of the staff.
var program = work.System("retention")

// RunDue destroys the files of every agreed batch, each in a unit of its own, as the program's own act; a file with a hold
// stays and is noted so. A batch without a waiting file is done. It gives how many files it destroyed. It may be called at
// any time, and by several programs at once. A file that cannot be destroyed because something is wrong with it is noted so
// and tried again the next time; the others go on, and what was wrong is given all together.
func RunDue(ctx context.Context, db work.Beginner, clock work.Clock) (int, error) {
	batches, err := agreed(ctx, db)
	if err != nil {
		return 0, fmt.Errorf("looking for agreed batches: %w", err)
	}
	erased := 0
	var failures error
	for _, id := range batches {
		n, err := carryOut(ctx, db, clock, id)
		erased, failures = erased+n, errors.Join(failures, err)
		if ctx.Err() != nil {
			return erased, errors.Join(failures, ctx.Err())
		}
	}
	return erased, failures
}

// carryOut destroys the files of one batch and ends it when none waits any more.
func carryOut(ctx context.Context, db work.Beginner, clock work.Clock, id BatchID) (erased int, failures error) {
	files, err := waiting(ctx, db, id)
	if err != nil {
		return 0, fmt.Errorf("looking for files of batch %d: %w", id, err)
	}
	for _, f := range files {
		gone := false
		err := work.Do(ctx, db, clock(), program, func(u *work.Unit) (err error) {
			gone, err = Erase(ctx, u, id, f)
			return err
		})
		switch {
		case ctx.Err() != nil:
			return erased, failures
		case gone && err == nil:
			erased++
		case err != nil && !errors.Is(err, errWaits):
			failures = errors.Join(failures, err, noteFailure(ctx, db, clock(), id, f))
		}
	}
	err = work.Do(ctx, db, clock(), program, func(u *work.Unit) error { return end(ctx, u, id) })
	if err != nil && !errors.Is(err, errWaits) {
		failures = errors.Join(failures, fmt.Errorf("ending batch %d: %w", id, err))
	}
	return erased, failures
}

// noteFailure notes on a file of a batch that it could not be destroyed, so that its page says so: the first time, since it is
// tried again every minute.
func noteFailure(ctx context.Context, db work.Beginner, now time.Time, batch BatchID, id work.FileID) error {
	err := work.Do(ctx, db, now, program, func(u *work.Unit) error {
		err := u.ChangeOne(ctx, `
			-- retention.noteFailure
			UPDATE retention_item SET failed_at = @now WHERE batch_id = @batch AND file_id = @file AND state = 'waiting' AND failed_at IS NULL`,
			pgx.NamedArgs{"batch": batch, "file": id, "now": u.Now})
		if err != nil {
			return err
		}
		return u.Audit(ctx, work.Entry{Act: "retention.fail", Kind: "retention_batch", ID: int64(batch), FileID: id})
	})
	if err != nil && !errors.Is(err, work.ErrStale) { // stale: noted before
		return fmt.Errorf("noting that file %d could not be destroyed: %w", id, err)
	}
	return nil
}

// Erase destroys one file of an agreed batch; false means that something keeps the file, which is noted. The words in the
// entries about it go too; its own entry names the hash of what is left of them (audit.Verify).
func Erase(ctx context.Context, u *work.Unit, batch BatchID, id work.FileID) (bool, error) {
	var papers, entries int
	var trail string
	err := u.Within(ctx, func(u *work.Unit) error {
		return u.QueryRow(ctx, `
			-- retention.Erase
			SELECT e.papers, e.entries, e.trail FROM retention_erase(@batch, @file, @now) e`,
			pgx.NamedArgs{"batch": batch, "file": id, "now": u.Now}).Scan(&papers, &entries, &trail)
	})
	switch bar := work.Violated(err); {
	case err == nil:
		return true, u.Audit(ctx, work.Entry{Act: "retention.erase", Kind: "file", ID: int64(id), FileID: id, Changes: []work.Change{
			{Field: "batch", After: batch}, {Field: "papers", After: papers}, {Field: "entries", After: entries}, {Field: "trail", After: trail}}})
	case waits[bar] || bar == "retention_agreed": // or another program was here
		return false, errWaits
	case words.Has(WhyKey(bar)):
		return false, keep(ctx, u, batch, id, bar)
	}
	return false, fmt.Errorf("destroying file %d: %w", id, err) // no rule keeps it: something is wrong with it
}

// keep notes that a file stays after all.
func keep(ctx context.Context, u *work.Unit, batch BatchID, id work.FileID, bar string) error {
	if err := u.ChangeOne(ctx, `
		-- retention.keep
		UPDATE retention_item SET state = 'kept', why = @why, ended_at = @now WHERE batch_id = @batch AND file_id = @file AND state = 'waiting'`,
		pgx.NamedArgs{"batch": batch, "file": id, "why": bar, "now": u.Now}); err != nil {
		return fmt.Errorf("keeping file %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "retention.keep", Kind: "retention_batch", ID: int64(batch), FileID: id, Changes: []work.Change{{Field: "kind", After: bar}}})
}

// end closes a batch of which no file waits.
func end(ctx context.Context, u *work.Unit, id BatchID) error {
	b, err := Find(ctx, u, work.Everywhere, id)
	if err != nil {
		return err
	}
	left, err := waiting(ctx, u, id)
	if err != nil {
		return err
	}
	if len(left) > 0 || b.State != Agreed {
		return errWaits
	}
	if err := advance(ctx, u, b, Done, ""); err != nil {
		return err
	}
	return u.Audit(ctx, work.Entry{Act: "retention.done", Kind: "retention_batch", ID: int64(id), Changes: []work.Change{{Field: "state", Before: b.State, After: Done}}})
}

// agreed lists the batches to carry out.
func agreed(ctx context.Context, q work.Querier) ([]BatchID, error) {
	rows, err := q.Query(ctx, `
		-- retention.agreed
		SELECT b.id FROM retention_batch b WHERE b.state = 'agreed' ORDER BY b.id LIMIT 100`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[BatchID])
}

// waiting lists the files of a batch that are still to be destroyed.
func waiting(ctx context.Context, q work.Querier, id BatchID) ([]work.FileID, error) {
	rows, err := q.Query(ctx, `
		-- retention.waiting
		SELECT i.file_id FROM retention_item i WHERE i.batch_id = @id AND i.state = 'waiting' ORDER BY i.file_id`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[work.FileID])
}

// rest is how long a paper must not have been handed in before its bytes are taken away: whoever is handing the same one
// in for another file has its row written by then.
const rest = time.Hour

// ClearBlobs takes the bytes of destroyed papers out of the store, except of those that another file holds too. It gives
// how many it took away; what was handed in within the hour is left for the next time.
func ClearBlobs(ctx context.Context, db work.Beginner, store file.Store, now time.Time) (int, error) {
	gone := 0
	for after := ""; ; {
		rows, err := db.Query(ctx, `
			-- retention.ClearBlobs
			SELECT b.hash, EXISTS (SELECT FROM casefile_evidence e WHERE e.blob = b.hash) FROM retention_blob b
			WHERE b.hash > @after ORDER BY b.hash LIMIT 200`, pgx.NamedArgs{"after": after})
		if err != nil {
			return gone, fmt.Errorf("looking for destroyed papers: %w", err)
		}
		type blob struct {
			Hash  string
			Named bool
		}
		blobs, err := pgx.CollectRows(rows, pgx.RowToStructByPos[blob])
		if err != nil || len(blobs) == 0 {
			return gone, err
		}
		for _, b := range blobs {
			after = b.Hash
			if !b.Named {
				removed, err := store.Remove(ctx, b.Hash, now.Add(-rest))
				if err != nil {
					return gone, err
				}
				if !removed {
					continue
				}
				gone++
			}
			if _, err := db.Exec(ctx, `
				-- retention.ClearBlobs done
				DELETE FROM retention_blob WHERE hash = @hash`, pgx.NamedArgs{"hash": b.Hash}); err != nil {
				return gone, fmt.Errorf("noting that a paper is gone: %w", err)
			}
		}
	}
}
