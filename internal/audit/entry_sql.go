package audit

import (
	"context"
	"errors"
	"math"
	"strings"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

const entryColumns = `e.id, e.at, coalesce(e.staff_id, 0), e.staff_name, coalesce(e.org_id, 0), coalesce(o.name, ''),
	e.address, e.act, e.kind, e.subject_id, coalesce(e.file_id, 0), coalesce(f.number, ''), e.changes`

const fromEntry = `
	FROM audit_entry e LEFT JOIN staff_org o ON o.id = e.org_id LEFT JOIN casefile_file f ON f.id = e.file_id`

// inScope tells whether the reader may see an entry. What belongs to no office and no file is for those who see a
// whole tree.
const inScope = `(o.path LIKE @scope OR f.org_path LIKE @scope OR (e.org_id IS NULL AND e.file_id IS NULL
	AND EXISTS (SELECT FROM staff_org top WHERE top.parent_id IS NULL AND top.path LIKE @scope)))`

// likeEscape takes the meaning from what would be a mark of LIKE.
var likeEscape = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)

func scanEntry(row pgx.CollectableRow) (Entry, error) {
	var e Entry
	var changes []byte
	err := row.Scan(&e.ID, &e.At, &e.StaffID, &e.StaffName, &e.OrgID, &e.OrgName, &e.Address, &e.Act, &e.Kind,
		&e.SubjectID, &e.FileID, &e.File, &changes)
	if err != nil {
		return e, err
	}
	e.Changes, err = readChanges(changes)
	return e, err
}

// after is a row whose first column goes elsewhere.
type after struct {
	pgx.CollectableRow
	first *int
}

// Scan reads the first column and then the rest.
func (a after) Scan(rest ...any) error {
	return a.CollectableRow.Scan(append([]any{a.first}, rest...)...)
}

func find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Entry, error) {
	rows, err := q.Query(ctx, `
		-- audit.find
		SELECT `+entryColumns+fromEntry+` WHERE e.id = @id AND `+inScope, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Entry{}, err
	}
	e, err := pgx.CollectExactlyOneRow(rows, scanEntry)
	if errors.Is(err, pgx.ErrNoRows) {
		return Entry{}, work.ErrNotFound
	}
	if err != nil {
		return Entry{}, err
	}
	err = q.QueryRow(ctx, `
		-- audit.findSeal
		SELECT coalesce((SELECT seq FROM audit_seal WHERE entry_id = @id), 0)`, pgx.NamedArgs{"id": id}).Scan(&e.Seal)
	return e, err
}

func ofFile(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID, limit int) ([]Entry, error) {
	rows, err := q.Query(ctx, `
		-- audit.ofFile
		SELECT coalesce((SELECT v.number FROM casefile_version v WHERE v.file_id = e.file_id AND v.kept_at = e.at AND v.why = e.act
				ORDER BY v.number DESC LIMIT 1), 0), `+entryColumns+fromEntry+`
		WHERE e.file_id = @file AND f.org_path LIKE @scope ORDER BY e.id DESC LIMIT @limit`,
		pgx.NamedArgs{"file": file, "scope": scope, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Entry, error) {
		var version int
		e, err := scanEntry(after{row, &version})
		e.Version = version
		return e, err
	})
}

// list asks only what the filter asks, so that each question finds its index.
func list(ctx context.Context, q work.Querier, scope work.Scope, f Filter, before ID, limit int) ([]Entry, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	where := []string{"e.id < @before", inScope}
	if f.ByPeople {
		where = append(where, "e.staff_id = ANY(@people)")
	}
	if f.Act != "" {
		where = append(where, "(e.act = @act OR e.act LIKE @acts)")
	}
	if f.Kind != "" {
		where = append(where, "e.kind = @kind AND e.subject_id = @subject")
	}
	if f.FileID != 0 {
		where = append(where, "e.file_id = @file")
	}
	if f.FileNumber != "" {
		where = append(where, "f.number = @number")
	}
	if f.From != (Filter{}).From {
		where = append(where, "e.at >= @from")
	}
	if f.To != (Filter{}).To {
		where = append(where, "e.at < @to")
	}
	rows, err := q.Query(ctx, `
		-- audit.list
		SELECT `+entryColumns+fromEntry+` WHERE `+strings.Join(where, " AND ")+` ORDER BY e.id DESC LIMIT @limit`,
		pgx.NamedArgs{"before": before, "scope": scope, "people": f.People, "act": f.Act,
			"acts": likeEscape.Replace(f.Act) + ".%", "kind": f.Kind, "subject": f.SubjectID, "file": f.FileID,
			"number": f.FileNumber, "from": f.From.Start(), "to": f.To.Add(1).Start(), "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanEntry)
}
