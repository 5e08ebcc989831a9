package casefile

import (
	"context"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// rehome is the only statement that writes casefile_file.org_id; the database copies the office's path.
func rehome(ctx context.Context, u *work.Unit, f File, to work.OrgID) error {
	return u.Within(ctx, func(u *work.Unit) error {
		return u.ChangeOne(ctx, `
			-- casefile.rehome
			UPDATE casefile_file SET org_id = @to, version = version + 1 WHERE id = @id AND org_id = @from AND state = 'active'`,
			pgx.NamedArgs{"id": f.ID, "from": f.OrgID, "to": to})
	})
}

// part takes people out of a file and opens a draft that holds them. They are let go before they are claimed anew, so
// that nobody is ever in two open files.
func part(ctx context.Context, u *work.Unit, f File, asker work.StaffID, ids []int64, relations []string) (id work.FileID, err error) {
	args := pgx.NamedArgs{"old": f.ID, "by": asker, "now": u.Now, "today": u.Today(), "ids": ids, "relations": relations, "why": splitOff}
	err = u.Within(ctx, func(u *work.Unit) error {
		if _, err := u.Exec(ctx, `
			-- casefile.part leave
			UPDATE casefile_person SET left_on = @today, left_why = @why WHERE file_id = @old AND id = ANY(@ids) AND left_on IS NULL`, args); err != nil {
			return err
		}
		if err := u.QueryRow(ctx, `
			-- casefile.part
			INSERT INTO casefile_file (org_id, org_path, state, address, housing, housing_m2, employer, main_cause, registered_by, registered_at, split_of)
			SELECT f.org_id, '', 'draft', f.address, f.housing, f.housing_m2, p.employer, f.main_cause, @by, @now, f.id
			FROM casefile_file f JOIN casefile_person p ON p.id = (@ids::bigint[])[1] WHERE f.id = @old RETURNING id`, args).Scan(&id); err != nil {
			return err
		}
		var n int
		args["id"] = id
		if err := u.QueryRow(ctx, `
			-- casefile.part people
			SELECT casefile_split_people(@id, @ids, @relations)`, args).Scan(&n); err != nil {
			return err
		}
		if n != len(ids) {
			return work.ErrStale
		}
		if err := copySaid(ctx, u, f.ID, id); err != nil {
			return err
		}
		if err := copyPapers(ctx, u, f.ID, id); err != nil {
			return err
		}
		if err := coverPeople(ctx, u, id); err != nil {
			return err
		}
		return regrouped(ctx, u, f.ID)
	})
	return id, err
}

// join closes a file and brings its people and papers into the one that goes on.
func join(ctx context.Context, u *work.Unit, f File, into work.FileID, ids []int64, relations []string) error {
	args := pgx.NamedArgs{"id": f.ID, "into": into, "ids": ids, "relations": relations}
	return u.Within(ctx, func(u *work.Unit) error {
		if err := advance(ctx, u, f, Closed, outcome{reason: Merged}); err != nil {
			return err
		}
		if err := u.ChangeOne(ctx, `
			-- casefile.join
			UPDATE casefile_file SET merged_into = @into WHERE id = @id AND merged_into IS NULL`, args); err != nil {
			return err
		}
		var n int
		if err := u.QueryRow(ctx, `
			-- casefile.join people
			SELECT casefile_merge_people(@id, @ids, @relations)`, args).Scan(&n); err != nil {
			return err
		}
		if n != len(ids) {
			return work.ErrStale
		}
		if err := copyPapers(ctx, u, f.ID, into); err != nil {
			return err
		}
		return regrouped(ctx, u, into)
	})
}

// copyPapers brings the papers of the people who are in both files, and those of no person, from one into the other. They
// lie there from now on, put in by the actor.
func copyPapers(ctx context.Context, u *work.Unit, from, into work.FileID) error {
	_, err := u.Exec(ctx, `
		-- casefile.copyPapers
		INSERT INTO casefile_evidence (file_id, kind, blob, name, type, size, issued_on, valid_until, person_id, added_by, added_at)
		SELECT @into, e.kind, e.blob, e.name, e.type, e.size, e.issued_on, e.valid_until, n.id, @by, @now
		FROM casefile_evidence e LEFT JOIN casefile_person o ON o.id = e.person_id
		LEFT JOIN casefile_person n ON n.file_id = @into AND n.id_index = o.id_index AND n.left_on IS NULL
		WHERE e.file_id = @from AND e.removed_at IS NULL AND (e.person_id IS NULL OR n.id IS NOT NULL)
		ORDER BY e.id ON CONFLICT DO NOTHING`,
		pgx.NamedArgs{"from": from, "into": into, "by": u.By.StaffID, "now": u.Now})
	return err
}

// SplitsOf lists the files that were split off from one, the newest first, within the scope.
func SplitsOf(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID) ([]File, error) {
	return filesWhere(ctx, q, scope, id, `f.split_of = @id`)
}

// MergedIntoFile lists the files that ended in one, the newest first, within the scope.
func MergedIntoFile(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID) ([]File, error) {
	return filesWhere(ctx, q, scope, id, `f.merged_into = @id`)
}
