package check

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/casefile"
	"bangfu/internal/work"
)

// others finds what other files know of these people: another open one with a person of the same name and birth but another
// number, and the newest with one of them that was ended for false information, at whichever office.
func others(ctx context.Context, q work.Querier, id work.FileID, in *Input) error {
	rows, err := q.Query(ctx, `
		-- check.others
		(SELECT false, p.name, coalesce(f.number, '#' || f.id)
		FROM casefile_person p JOIN casefile_person o ON o.name = p.name AND o.birth_on = p.birth_on AND o.file_id <> p.file_id
			AND o.id_index <> p.id_index AND o.left_on IS NULL
		JOIN casefile_file f ON f.id = o.file_id
		WHERE p.file_id = @id AND p.left_on IS NULL AND casefile_open(f.state) AND f.state <> 'draft'
		ORDER BY p.id, f.id LIMIT 1)
		UNION ALL
		(SELECT true, p.name, coalesce(f.number, '#' || f.id)
		FROM casefile_person p JOIN casefile_person o ON o.id_index = p.id_index AND o.file_id <> p.file_id
		JOIN exit_exit e ON e.file_id = o.file_id AND e.state = 'closed' AND e.reason = 'false'
		JOIN casefile_file f ON f.id = o.file_id
		WHERE p.file_id = @id AND p.left_on IS NULL
		ORDER BY f.id DESC LIMIT 1)`, pgx.NamedArgs{"id": id})
	if err != nil {
		return err
	}
	var former bool
	var name, number string
	_, err = pgx.ForEachRow(rows, []any{&former, &name, &number}, func() error {
		if former {
			in.FormerOf, in.Former = name, number
		} else {
			in.TwinOf, in.Twin = name, number
		}
		return nil
	})
	return err
}

// due is a file to be checked, and whether it only waited for the sweep.
type due struct {
	FileID work.FileID
	Swept  bool
}

// takeDue takes up to n files that are due, those that changed before those of the sweep, which it leaves unless asked for
// them. Others skip what it takes; if this unit fails they are due still.
func takeDue(ctx context.Context, u *work.Unit, n int, sweep bool) ([]due, error) {
	rows, err := u.Query(ctx, `
		-- check.takeDue
		DELETE FROM check_due WHERE file_id IN (SELECT file_id FROM check_due WHERE swept <= @sweep ORDER BY swept, file_id LIMIT @n FOR UPDATE SKIP LOCKED)
		RETURNING file_id, swept`, pgx.NamedArgs{"n": n, "sweep": sweep})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[due])
}

// keep writes what was found in a file over what was found before, and tells how many came and went. A finding whose
// facts changed is no longer set aside.
func keep(ctx context.Context, u *work.Unit, f casefile.File, found []Found) (came, went int64, err error) {
	for _, n := range found {
		tag, err := u.Exec(ctx, `
			-- check.keep
			INSERT INTO check_finding AS old (file_id, name, subject, args, facts, org_path, since)
			VALUES (@file, @name, @subject, @args, @facts, @path, @now)
			ON CONFLICT (file_id, name, subject) DO UPDATE SET args = excluded.args, facts = excluded.facts, org_path = excluded.org_path,
				aside_by = CASE WHEN old.facts = excluded.facts THEN old.aside_by END,
				aside_at = CASE WHEN old.facts = excluded.facts THEN old.aside_at END,
				aside_reason = CASE WHEN old.facts = excluded.facts THEN old.aside_reason ELSE '' END
			WHERE old.facts <> excluded.facts OR old.org_path <> excluded.org_path`,
			pgx.NamedArgs{"file": f.ID, "name": string(n.Name), "subject": n.Subject, "args": n.Args, "facts": n.fingerprint(),
				"path": f.OrgPath, "now": u.Now})
		if err != nil {
			return 0, 0, err
		}
		came += tag.RowsAffected()
	}
	names, subjects := make([]string, len(found)), make([]string, len(found))
	for i, n := range found {
		names[i], subjects[i] = string(n.Name), n.Subject
	}
	args := pgx.NamedArgs{"file": f.ID, "names": names, "subjects": subjects, "now": u.Now}
	tag, err := u.Exec(ctx, `
		-- check.keep gone
		DELETE FROM check_finding WHERE file_id = @file
			AND NOT EXISTS (SELECT FROM unnest(@names::text[], @subjects::text[]) AS n (name, subject)
				WHERE n.name = check_finding.name AND n.subject = check_finding.subject)`, args)
	if err != nil {
		return 0, 0, err
	}
	_, err = u.Exec(ctx, `
		-- check.keep checked
		INSERT INTO check_file (file_id, checked_at) VALUES (@file, @now)
		ON CONFLICT (file_id) DO UPDATE SET checked_at = excluded.checked_at`, args)
	return came, tag.RowsAffected(), err
}

// listUnreadable puts a file into the list of those that cannot be read; false when it stands there already.
func listUnreadable(ctx context.Context, u *work.Unit, id work.FileID, facts []byte) (bool, error) {
	tag, err := u.Exec(ctx, `
		-- check.listUnreadable
		INSERT INTO check_finding (file_id, name, subject, args, facts, org_path, since)
		SELECT f.id, @name, '', '{}', @facts, f.org_path, @now FROM casefile_file f WHERE f.id = @id
		ON CONFLICT (file_id, name, subject) DO NOTHING`,
		pgx.NamedArgs{"id": id, "name": string(unreadable), "facts": facts, "now": u.Now})
	return tag.RowsAffected() > 0, err
}

// stride is how many files one statement of the sweep looks at: a second's work.
const stride = 20_000

// sweep asks for a check of the submitted files that were not checked since, among those that follow one by their ids. It
// gives how many it asked for and the last it looked at, 0 after the end.
func sweep(ctx context.Context, db work.Beginner, since time.Time, after work.FileID) (asked int64, last work.FileID, err error) {
	err = db.QueryRow(ctx, `
		-- check.sweep
		WITH looked AS MATERIALIZED (SELECT id, state FROM casefile_file WHERE id > @after ORDER BY id LIMIT @stride),
		asked AS (
			INSERT INTO check_due (file_id, swept)
			SELECT f.id, true FROM looked f LEFT JOIN check_file c ON c.file_id = f.id
			WHERE casefile_open(f.state) AND f.state NOT IN ('draft', 'returned', 'temporary') AND (c.file_id IS NULL OR c.checked_at < @since
				OR EXISTS (SELECT FROM check_finding n WHERE n.file_id = f.id AND n.name = @unreadable))
			ON CONFLICT DO NOTHING RETURNING 1)
		SELECT (SELECT count(*) FROM asked), coalesce((SELECT max(id) FROM looked), 0)`,
		pgx.NamedArgs{"since": since, "after": after, "stride": stride, "unreadable": string(unreadable)}).Scan(&asked, &last)
	return asked, last, err
}

// columns of a Finding, in the order of scanFinding, and where they come from.
const (
	columns = `n.id, n.file_id, f.head_name, coalesce(f.number, ''), o.name, n.name, n.args, n.since, coalesce(s.name, ''), n.aside_at, n.aside_reason`
	from    = `
		FROM check_finding n JOIN casefile_file f ON f.id = n.file_id JOIN staff_org o ON o.id = f.org_id
			LEFT JOIN staff_member s ON s.id = n.aside_by`
)

// scanFinding reads one row of columns.
func scanFinding(row pgx.CollectableRow) (Finding, error) {
	var f Finding
	var aside pgtype.Timestamptz
	err := row.Scan(&f.ID, &f.FileID, &f.HeadName, &f.Number, &f.Office, &f.Name, &f.Args, &f.Since, &f.AsideBy, &aside, &f.Reason)
	f.AsideAt = aside.Time
	return f, err
}

// readList reads the findings of one check.
func readList(ctx context.Context, q work.Querier, scope work.Scope, name Name, behind Place, limit int) ([]Finding, error) {
	rows, err := q.Query(ctx, `
		-- check.readList
		SELECT `+columns+from+`
		WHERE n.name = @name AND n.aside_at IS NULL AND n.org_path LIKE @scope AND (n.file_id, n.id) > (@file::bigint, @finding::bigint)
		ORDER BY n.file_id, n.id LIMIT @limit`,
		pgx.NamedArgs{"name": string(name), "scope": scope, "file": behind.File, "finding": behind.Finding, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFinding)
}

// readInFile reads the findings of one file.
func readInFile(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID) ([]Finding, error) {
	rows, err := q.Query(ctx, `
		-- check.readInFile
		SELECT `+columns+from+`
		WHERE n.file_id = @id AND n.org_path LIKE @scope ORDER BY n.aside_at IS NOT NULL, n.id LIMIT 100`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFinding)
}

// readOne reads one finding.
func readOne(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Finding, error) {
	rows, err := q.Query(ctx, `
		-- check.readOne
		SELECT `+columns+from+`
		WHERE n.id = @id AND n.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Finding{}, err
	}
	f, err := pgx.CollectExactlyOneRow(rows, scanFinding)
	if errors.Is(err, pgx.ErrNoRows) {
		return f, work.ErrNotFound
	}
	return f, err
}

// readCounts counts findings by check, no further than one above Most.
func readCounts(ctx context.Context, q work.Querier, scope work.Scope) (map[Name]int, error) {
	names := make([]string, len(Checks))
	for i, c := range Checks {
		names[i] = string(c.Name)
	}
	rows, err := q.Query(ctx, `
		-- check.readCounts
		SELECT k.name, c.n FROM unnest(@names::text[]) AS k (name), LATERAL (
			SELECT count(*) AS n FROM (
				SELECT FROM check_finding f WHERE f.name = k.name AND f.aside_at IS NULL AND f.org_path LIKE @scope LIMIT @most) bounded) c`,
		pgx.NamedArgs{"names": names, "scope": scope, "most": Most + 1})
	if err != nil {
		return nil, err
	}
	counts := map[Name]int{}
	var name Name
	var n int
	_, err = pgx.ForEachRow(rows, []any{&name, &n}, func() error {
		counts[name] = n
		return nil
	})
	return counts, err
}

// registeredBy tells whether a person registered a file.
func registeredBy(ctx context.Context, q work.Querier, id work.FileID, who work.StaffID) (bool, error) {
	var own bool
	err := q.QueryRow(ctx, `
		-- check.registeredBy
		SELECT registered_by = @who FROM casefile_file WHERE id = @id`, pgx.NamedArgs{"id": id, "who": who}).Scan(&own)
	return own, err
}

// putAside sets a finding aside.
func putAside(ctx context.Context, u *work.Unit, id ID, reason string) error {
	return u.ChangeOne(ctx, `
		-- check.putAside
		UPDATE check_finding SET aside_by = @by, aside_at = @now, aside_reason = @reason WHERE id = @id AND aside_at IS NULL`,
		pgx.NamedArgs{"id": id, "by": u.By.StaffID, "now": u.Now, "reason": reason})
}
