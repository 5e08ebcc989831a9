package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/file"
	"bangfu/internal/sheet"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Wrong is a row that was not taken, and why.
type Wrong struct {
	Row     int
	Verdict Verdict
	Faults  []Fault
}

// WrongRows lists the rows of an import that were not taken, in their order, above a row of the sheet.
func WrongRows(ctx context.Context, q work.Querier, id ImportID, above, limit int) ([]Wrong, error) {
	rows, err := q.Query(ctx, `
		-- ledger.WrongRows
		SELECT row, verdict, faults FROM ledger_row
		WHERE import_id = @id AND verdict IN ('bad', 'held') AND row > @above ORDER BY row LIMIT @limit`,
		pgx.NamedArgs{"id": id, "above": above, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("listing rows that were not taken: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Wrong, error) {
		var w Wrong
		var faults []byte
		if err := row.Scan(&w.Row, &w.Verdict, &faults); err != nil {
			return w, err
		}
		return w, json.Unmarshal(faults, &w.Faults)
	})
}

// Noted is a row that was taken without something, and without what.
type Noted struct {
	Row    int
	File   work.FileID // 0 = the registration was taken back
	Number string      // of the household in the ledger, where it is the head's row
	Notes  []Fault
}

// NotedRows lists the rows of an import that were taken without something, in their order, above a row of the sheet.
func NotedRows(ctx context.Context, q work.Querier, id ImportID, above, limit int) ([]Noted, error) {
	rows, err := q.Query(ctx, `
		-- ledger.NotedRows
		SELECT r.row, CASE WHEN o.undone_at IS NULL THEN r.file_id ELSE 0 END, CASE WHEN o.row = r.row THEN o.old_number ELSE '' END, r.notes
		FROM ledger_row r JOIN ledger_origin o ON o.file_id = r.file_id
		WHERE r.import_id = @id AND r.notes IS NOT NULL AND r.row > @above ORDER BY r.row LIMIT @limit`,
		pgx.NamedArgs{"id": id, "above": above, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("listing rows that were taken without something: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Noted, error) {
		var n Noted
		var notes []byte
		if err := row.Scan(&n.Row, &n.File, &n.Number, &notes); err != nil {
			return n, err
		}
		return n, json.Unmarshal(notes, &n.Notes)
	})
}

// Rejects notes in the trail that the rows that were not taken are fetched. WriteRejects writes them then.
func Rejects(ctx context.Context, u *work.Unit, id ImportID) error {
	i, err := own(ctx, u, id)
	if err != nil {
		return err
	}
	if i.Rows[Bad]+i.Rows[Held] == 0 || i.shelf == "" {
		return work.Refuse("ledger.refusal.no_rejects")
	}
	return u.Audit(ctx, work.Entry{Act: "ledger.rejects", Kind: "import", ID: int64(id),
		Changes: []work.Change{{Field: "rows", After: i.Rows[Bad] + i.Rows[Held]}}})
}

// WriteRejects writes the rows that were not taken as a sheet: as they stood, with the reason in the last column, which
// is not taken when the corrected sheet is read in. It reads the upload once more, side by side with the verdicts, and
// holds only a page of these.
func WriteRejects(ctx context.Context, q work.Querier, shelf file.Shelf, i Import, w io.Writer) error {
	large, err := shelf.OpenLarge(ctx, i.shelf)
	if err != nil {
		return fmt.Errorf("opening a ledger: %w", err)
	}
	defer large.Close()
	r, err := i.reader(large, large.Size())
	if err != nil {
		return err
	}
	defer r.Close()
	out, err := sheet.NewWriter(w, sheet.XLSX, words.T(ctx, "ledger.rejects.sheet"))
	if err != nil {
		return err
	}
	if err := out.Row(sheet.Texts(append(append([]string{}, i.Heads...), words.T(ctx, "ledger.rejects.reason"))...)...); err != nil {
		return err
	}
	const page = 1000
	for above := 0; ; {
		wrong, err := WrongRows(ctx, q, i.ID, above, page)
		if err != nil {
			return err
		}
		for _, row := range wrong {
			if err := writeReject(ctx, r, out, i, row); err != nil {
				return err
			}
			above = row.Row
		}
		if len(wrong) < page {
			return out.Close()
		}
	}
}

// writeReject goes on to a row and writes it.
func writeReject(ctx context.Context, r *sheet.Reader, out *sheet.Writer, i Import, row Wrong) error {
	for {
		cells, err := r.Next()
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("row %d of import %d: %w", row.Row, i.ID, file.ErrDamaged)
		}
		if err != nil {
			return err
		}
		if r.Row() < row.Row {
			continue
		}
		for len(cells) < len(i.Heads) {
			cells = append(cells, "")
		}
		return out.Row(sheet.Texts(append(cells[:len(i.Heads)], Reason(ctx, row.Faults))...)...)
	}
}

// Reason says all that is wrong with a row.
func Reason(ctx context.Context, faults []Fault) string {
	said := make([]string, len(faults))
	for i, f := range faults {
		said[i] = f.Message().In(ctx)
	}
	return strings.Join(said, words.T(ctx, "ledger.fault.and"))
}

// isReason tells whether a head is that of the reasons, in whatever language they were fetched.
func isReason(ctx context.Context, head string) bool {
	return slices.ContainsFunc(words.Languages, func(l words.Language) bool { return head == words.T(words.In(ctx, l), "ledger.rejects.reason") })
}

// Template writes an empty ledger with the heads that Guess knows, for an office that begins with one.
func Template(ctx context.Context, w io.Writer) error {
	out, err := sheet.NewWriter(w, sheet.XLSX, words.T(ctx, "ledger.template.sheet"))
	if err != nil {
		return err
	}
	all := make([]string, 0, len(heads))
	for _, f := range Fields() {
		all = append(all, f.Head())
	}
	if err := out.Row(sheet.Texts(all...)...); err != nil {
		return err
	}
	return out.Close()
}
