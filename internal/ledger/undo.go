package ledger

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/work"
)

// undoReason stands with a registration that an undoing took back.
const undoReason = "导入撤销"

// undo takes back, batch by batch, the registrations of an import that nobody has touched since, with what the ledger said of
// them. The others stay, and Kept lists them.
func (o Office) undo(ctx context.Context, i Import, worker string, by work.Actor) error {
	below := i.below
	for {
		last := false
		err := work.Do(ctx, o.DB, o.Clock(), by, func(u *work.Unit) error {
			ids, err := nextOrigins(ctx, u, i.ID, below)
			if err != nil {
				return fmt.Errorf("reading what is to be undone: %w", err)
			}
			last = len(ids) < batchRows
			gone, err := casefile.TakeBack(ctx, u, ids, undoReason)
			if err != nil {
				return err
			}
			upto := below
			if len(ids) > 0 {
				upto = ids[len(ids)-1]
			}
			if err := undone(ctx, u, i.ID, worker, gone, below, upto, last); err != nil {
				return err
			}
			below = upto
			return u.Audit(ctx, work.Entry{Act: "ledger.undo_batch", Kind: "import", ID: int64(i.ID),
				Changes: []work.Change{{Field: "files", After: len(gone)}}})
		})
		if err != nil || last {
			return err
		}
	}
}

// nextOrigins gives the next files of an import that were not undone, in the order of their ids.
func nextOrigins(ctx context.Context, u *work.Unit, id ImportID, below work.FileID) ([]work.FileID, error) {
	rows, err := u.Query(ctx, `
		-- ledger.nextOrigins
		SELECT file_id FROM ledger_origin WHERE import_id = @id AND file_id > @below AND undone_at IS NULL ORDER BY file_id LIMIT @limit`,
		pgx.NamedArgs{"id": id, "below": below, "limit": batchRows})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[work.FileID])
}

// undone writes which files went and how far the undoing is; errLost when another goes on.
func undone(ctx context.Context, u *work.Unit, id ImportID, worker string, gone []work.FileID, from, upto work.FileID, last bool) error {
	ids := make([]int64, len(gone))
	for i, g := range gone {
		ids[i] = int64(g)
	}
	args := pgx.NamedArgs{"id": id, "worker": worker, "gone": ids, "count": len(gone), "from": from, "upto": upto, "last": last, "now": u.Now}
	if _, err := u.Exec(ctx, `
		-- ledger.undone
		UPDATE ledger_origin SET undone_at = @now, old_number = '', old_category = '', old_on = NULL, monthly_fen = NULL, yearly_fen = NULL,
			aid_fen = NULL, remark = '' WHERE file_id = ANY(@gone) AND import_id = @id`, args); err != nil {
		return err
	}
	err := u.ChangeOne(ctx, `
		-- ledger.undone progress
		UPDATE ledger_import SET undone = undone + @count, undo_below = CASE WHEN @last THEN 0 ELSE @upto END, tries = 0, beat_at = @now,
			percent = CASE WHEN @last THEN 100 ELSE least(99, (undone + @count) * 100 / greatest(files, 1)) END, version = version + 1,
			state = CASE WHEN @last THEN 'undone' ELSE state END,
			ended_at = CASE WHEN @last THEN @now::timestamptz ELSE ended_at END,
			worker = CASE WHEN @last THEN NULL ELSE worker END
		WHERE id = @id AND state = 'undoing' AND worker = @worker AND undo_below = @from`, args)
	if errors.Is(err, work.ErrStale) {
		return errLost
	}
	return err
}

// Stayed is a registration that an undoing left: somebody went on with it.
type Stayed struct {
	FileID work.FileID
	Row    int
	Head   string
	State  casefile.State
}

// Kept lists the registrations of an import that were not undone, in the order of the sheet's files, above an id.
func Kept(ctx context.Context, q work.Querier, id ImportID, above work.FileID, limit int) ([]Stayed, error) {
	rows, err := q.Query(ctx, `
		-- ledger.Kept
		SELECT o.file_id, o.row, f.head_name, f.state FROM ledger_origin o JOIN casefile_file f ON f.id = o.file_id
		WHERE o.import_id = @id AND o.undone_at IS NULL AND o.file_id > @above ORDER BY o.file_id LIMIT @limit`,
		pgx.NamedArgs{"id": id, "above": above, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("listing what an undoing left: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Stayed, error) {
		var s Stayed
		err := row.Scan(&s.FileID, &s.Row, &s.Head, &s.State)
		return s, err
	})
}
