package casefile

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// putPrint inserts a print and gives it its id.
func putPrint(ctx context.Context, u *work.Unit, p *Print) error {
	var roster []byte
	if p.Kind == RosterForm {
		var err error
		if roster, err = json.Marshal(p.Roster); err != nil {
			return err
		}
	}
	return u.QueryRow(ctx, `
		-- casefile.putPrint
		INSERT INTO casefile_print (kind, org_id, file_id, subject, version, list, category, roster, hash, reason, printed_by, printed_at)
		VALUES (@kind, @org, nullif(@file, 0), nullif(@subject, 0), nullif(@version, 0), nullif(@list, ''), nullif(@category, ''), @roster, @hash, nullif(@reason, ''), @by, @now)
		RETURNING id`,
		pgx.NamedArgs{"kind": string(p.Kind), "org": u.By.OrgID, "file": int64(p.FileID), "subject": p.Subject, "version": p.Version, "list": string(p.List), "category": string(p.Class),
			"roster": roster, "hash": p.Hash, "reason": string(p.Reason), "by": u.By.StaffID, "now": p.At}).Scan(&p.ID)
}

// printed lists the columns of a Print, in the order in which scanPrint reads them.
const printed = `p.id, p.kind, coalesce(p.file_id, 0), coalesce(p.subject, 0), coalesce(p.version, 0), coalesce(p.list, ''), coalesce(p.category, ''), p.roster, p.hash, coalesce(p.reason, ''),
		p.printed_by, s.name, o.name, p.printed_at`

const fromPrint = ` FROM casefile_print p JOIN staff_member s ON s.id = p.printed_by JOIN staff_org o ON o.id = p.org_id
	LEFT JOIN casefile_file f ON f.id = p.file_id `

// scanPrint reads one row of printed.
func scanPrint(row pgx.CollectableRow) (Print, error) {
	var p Print
	var roster []byte
	err := row.Scan(&p.ID, &p.Kind, &p.FileID, &p.Subject, &p.Version, &p.List, &p.Class, &roster, &p.Hash, &p.Reason, &p.By, &p.ByName, &p.Office, &p.At)
	if p.Kind == oldPlan {
		p.Kind = PlanForm
	}
	if err == nil && roster != nil {
		err = json.Unmarshal(roster, &p.Roster)
	}
	return p, err
}

// readPrint reads one print within the scope.
func readPrint(ctx context.Context, q work.Querier, scope work.Scope, id PrintID) (Print, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readPrint
		SELECT `+printed+fromPrint+`WHERE p.id = @id AND coalesce(f.org_path, o.path) LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Print{}, err
	}
	p, err := pgx.CollectExactlyOneRow(rows, scanPrint)
	if errors.Is(err, pgx.ErrNoRows) {
		return Print{}, work.ErrNotFound
	}
	return p, err
}

// readPrints reads the prints of a file, the newest first.
func readPrints(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID, below PrintID, size int) ([]Print, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readPrints
		SELECT `+printed+fromPrint+`WHERE p.file_id = @file AND f.org_path LIKE @scope AND (@below = 0 OR p.id < @below)
		ORDER BY p.id DESC LIMIT @size`, pgx.NamedArgs{"file": id, "scope": scope, "below": int64(below), "size": size})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanPrint)
}

// readNewest reads the number of the newest version of files within the scope; zero for one without any.
func readNewest(ctx context.Context, q work.Querier, scope work.Scope, ids []work.FileID) (map[work.FileID]int, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readNewest
		SELECT f.id, coalesce((SELECT max(v.number) FROM casefile_version v WHERE v.file_id = f.id), 0)
		FROM casefile_file f WHERE f.id = ANY (@ids) AND f.org_path LIKE @scope`, pgx.NamedArgs{"ids": ids, "scope": scope})
	if err != nil {
		return nil, err
	}
	newest := map[work.FileID]int{}
	var id work.FileID
	var number int
	_, err = pgx.ForEachRow(rows, []any{&id, &number}, func() error { newest[id] = number; return nil })
	return newest, err
}

// listed gives the files and versions of a roster as two columns.
func (p Print) listed() (files, versions []int64) {
	for _, l := range p.Roster {
		files, versions = append(files, int64(l.File)), append(versions, int64(l.Version))
	}
	return files, versions
}

// readRosterChanges reads the files of a roster that have a newer version.
func readRosterChanges(ctx context.Context, q work.Querier, scope work.Scope, p Print) ([]Changed, error) {
	files, versions := p.listed()
	rows, err := q.Query(ctx, `
		-- casefile.readRosterChanges
		SELECT l.version, n.number, `+cover+`
		FROM unnest(@files::bigint[], @versions::bigint[]) WITH ORDINALITY AS l (file, version, place)
		JOIN casefile_file f ON f.id = l.file JOIN staff_org o ON o.id = f.org_id JOIN staff_member s ON s.id = f.registered_by
		CROSS JOIN LATERAL (SELECT max(v.number) AS number FROM casefile_version v WHERE v.file_id = f.id) n
		WHERE n.number > l.version AND f.org_path LIKE @scope ORDER BY l.place`,
		pgx.NamedArgs{"files": files, "versions": versions, "scope": scope})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Changed, error) {
		var c Changed
		var err error
		c.File, err = scanFile(beyond{row, []any{&c.Printed, &c.Newest}})
		return c, err
	})
}

// beyond is a row whose first columns go elsewhere.
type beyond struct {
	pgx.CollectableRow
	first []any
}

// Scan reads the first columns and then the rest.
func (b beyond) Scan(rest ...any) error { return b.CollectableRow.Scan(append(b.first, rest...)...) }

// readRosterVersions reads the printed versions of a roster's files.
func readRosterVersions(ctx context.Context, q work.Querier, scope work.Scope, p Print) ([]Version, error) {
	files, versions := p.listed()
	rows, err := q.Query(ctx, `
		-- casefile.readRosterVersions
		SELECT v.file_id, v.number, v.round, v.kept_at, coalesce(v.kept_by, 0), coalesce(s.name, ''), v.why, v.hash, v.facts
		FROM unnest(@files::bigint[], @versions::bigint[]) WITH ORDINALITY AS l (file, version, place)
		JOIN casefile_version v ON v.file_id = l.file AND v.number = l.version
		JOIN casefile_file f ON f.id = v.file_id LEFT JOIN staff_member s ON s.id = v.kept_by
		WHERE f.org_path LIKE @scope ORDER BY l.place`,
		pgx.NamedArgs{"files": files, "versions": versions, "scope": scope})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanVersion)
}
