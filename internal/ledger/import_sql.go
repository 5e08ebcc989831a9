package ledger

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/work"
)

// importColumns lists the columns of an Import, in the order in which scanImport reads them.
const importColumns = `i.id, i.org_id, o.name, i.name, i.size, coalesce(i.shelf, ''), i.sheet, i.heads, i.columns, i.until_on, i.lenient, i.state, i.uploaded_by, s.name,
	i.uploaded_at, coalesce(i.started_by, 0), i.address, i.started_at, i.ended_at, i.done_row, i.percent, i.files, i.taken, i.known, i.bad, i.held,
	i.noted, i.undone, i.undo_below, i.fault, i.version`

const fromImport = ` FROM ledger_import i JOIN staff_org o ON o.id = i.org_id JOIN staff_member s ON s.id = i.uploaded_by `

// scanImport reads one row of importColumns.
func scanImport(row pgx.CollectableRow) (Import, error) {
	var i Import
	var columns []string
	var started, ended pgtype.Timestamptz
	var taken, known, bad, held int
	var fault []byte
	err := row.Scan(&i.ID, &i.OrgID, &i.OrgName, &i.Name, &i.Size, &i.shelf, &i.Sheet, &i.Heads, &columns, &i.Until, &i.Lenient, &i.State, &i.UploadedBy, &i.Uploader,
		&i.UploadedAt, &i.StartedBy, &i.address, &started, &ended, &i.DoneRow, &i.Percent, &i.Files, &taken, &known, &bad, &held,
		&i.Noted, &i.Undone, &i.below, &fault, &i.Version)
	if err != nil {
		return i, err
	}
	i.Columns, i.StartedAt, i.EndedAt = fields(columns), started.Time, ended.Time
	i.Rows = map[Verdict]int{Taken: taken, Known: known, Bad: bad, Held: held}
	if fault != nil {
		err = json.Unmarshal(fault, &i.Fault)
	}
	return i, err
}

// find reads one import within the scope.
func find(ctx context.Context, q work.Querier, scope work.Scope, id ImportID) (Import, error) {
	rows, err := q.Query(ctx, `
		-- ledger.find
		SELECT `+importColumns+fromImport+`WHERE i.id = @id AND i.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Import{}, err
	}
	i, err := pgx.CollectExactlyOneRow(rows, scanImport)
	if errors.Is(err, pgx.ErrNoRows) {
		return Import{}, work.ErrNotFound
	}
	return i, err
}

// list reads the newest imports below an id.
func list(ctx context.Context, q work.Querier, scope work.Scope, below ImportID, limit int) ([]Import, error) {
	rows, err := q.Query(ctx, `
		-- ledger.list
		SELECT `+importColumns+fromImport+`
		WHERE i.org_path LIKE @scope AND i.state <> 'dropped' AND (@below::bigint = 0 OR i.id < @below) ORDER BY i.id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "below": below, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanImport)
}

// insertImport writes an upload down; the database copies the office's path.
func insertImport(ctx context.Context, u *work.Unit, i Import, sum string) (ImportID, error) {
	var id ImportID
	err := u.QueryRow(ctx, `
		-- ledger.insertImport
		INSERT INTO ledger_import (org_id, org_path, name, hash, size, shelf, sheet, heads, columns, state, uploaded_by, uploaded_at, done_row)
		VALUES (@org, '', @name, @hash, @size, @shelf, @sheet, @heads, @columns, 'uploaded', @by, @now, @row) RETURNING id`,
		pgx.NamedArgs{"org": u.By.OrgID, "name": i.Name, "hash": sum, "size": i.Size, "shelf": i.shelf, "sheet": i.Sheet, "heads": i.Heads,
			"columns": texts(i.Columns), "by": u.By.StaffID, "now": u.Now, "row": i.DoneRow}).Scan(&id)
	return id, err
}

// putMapping writes what the columns are and how the sheet is taken, if nobody did since the version that was shown.
func putMapping(ctx context.Context, u *work.Unit, id ImportID, seen int, m Mapping) error {
	return u.ChangeOne(ctx, `
		-- ledger.putMapping
		UPDATE ledger_import SET columns = @columns, until_on = @until, lenient = @lenient, version = version + 1
		WHERE id = @id AND state = 'uploaded' AND version = @seen`,
		pgx.NamedArgs{"id": id, "columns": texts(m.Columns), "until": m.Until, "lenient": m.Lenient, "seen": seen})
}

// putSheet writes which sheet is read, with its heads and columns, if nobody did since the version that was shown.
func putSheet(ctx context.Context, u *work.Unit, id ImportID, seen int, t top, columns []Field) error {
	return u.ChangeOne(ctx, `
		-- ledger.putSheet
		UPDATE ledger_import SET sheet = @sheet, heads = @heads, columns = @columns, done_row = @row, version = version + 1
		WHERE id = @id AND state = 'uploaded' AND version = @seen`,
		pgx.NamedArgs{"id": id, "sheet": t.sheet, "heads": t.heads, "columns": texts(columns), "row": t.at, "seen": seen})
}

// lastRead tells which of the sheets the office read last time under their heads, by name.
func lastRead(ctx context.Context, u *work.Unit, tops []top) (map[string]bool, error) {
	hashes, names := make([][]byte, len(tops)), make([]string, len(tops))
	for i, t := range tops {
		hashes[i], names[i] = headsHash(t.heads), t.sheet
	}
	rows, err := u.Query(ctx, `
		-- ledger.lastRead
		SELECT s.name FROM unnest(@hashes::bytea[], @names::text[]) AS s (heads, name)
		JOIN ledger_mapping m ON m.org_id = @org AND m.heads = s.heads AND m.sheet = s.name`,
		pgx.NamedArgs{"org": u.By.OrgID, "hashes": hashes, "names": names})
	if err != nil {
		return nil, err
	}
	last := map[string]bool{}
	var name string
	_, err = pgx.ForEachRow(rows, []any{&name}, func() error {
		last[name] = true
		return nil
	})
	return last, err
}

// remembered gives the columns that the office said for these heads; nil when it never did.
func remembered(ctx context.Context, u *work.Unit, heads []string) ([]Field, error) {
	var columns []string
	err := u.QueryRow(ctx, `
		-- ledger.remembered
		SELECT columns FROM ledger_mapping WHERE org_id = @org AND heads = @heads`,
		pgx.NamedArgs{"org": u.By.OrgID, "heads": headsHash(heads)}).Scan(&columns)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, err
	case len(columns) != len(heads):
		return nil, nil
	}
	return fields(columns), nil
}

// remember keeps the columns, and which sheet they were said of, for the next ledger with these heads.
func remember(ctx context.Context, u *work.Unit, i Import, columns []Field) error {
	_, err := u.Exec(ctx, `
		-- ledger.remember
		INSERT INTO ledger_mapping (org_id, heads, columns, sheet, used_by, used_at) VALUES (@org, @heads, @columns, @sheet, @by, @now)
		ON CONFLICT (org_id, heads) DO UPDATE SET columns = excluded.columns, sheet = excluded.sheet, used_by = excluded.used_by,
			used_at = excluded.used_at`,
		pgx.NamedArgs{"org": u.By.OrgID, "heads": headsHash(i.Heads), "columns": texts(columns), "sheet": i.Sheet, "by": u.By.StaffID, "now": u.Now})
	return err
}

// advance is the only statement by which a person moves an import's state; end in run_sql.go is the program's.
func advance(ctx context.Context, u *work.Unit, i Import, to State) error {
	return u.ChangeOne(ctx, `
		-- ledger.advance
		UPDATE ledger_import SET state = @to, version = version + 1, tries = 0, worker = NULL, beat_at = NULL, fault = NULL,
			started_by = CASE WHEN @to IN ('queued', 'undoing') THEN @by ELSE started_by END,
			address = CASE WHEN @to IN ('queued', 'undoing') THEN @address ELSE address END,
			started_at = CASE WHEN @to = 'queued' THEN @now ELSE started_at END,
			percent = CASE WHEN @to = 'undoing' THEN 0 ELSE percent END,
			ended_at = CASE WHEN @to = 'dropped' THEN @now::timestamptz END
		WHERE id = @id AND state = @from`,
		pgx.NamedArgs{"id": i.ID, "from": string(i.State), "to": string(to), "by": u.By.StaffID, "address": u.By.Address, "now": u.Now})
}
