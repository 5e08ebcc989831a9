package casefile

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// Relapse opens a registration at the actor's own office for a household that fell back into hardship (返困, domain.md
// c.1). Its people, work, housing and causes are those of the closed file; its economy, papers, card and declarations are
// asked for anew, and each section has to be looked at and saved. left is how many of the household are left out, being
// in another open file by now. It is refused when the head is, and when the old file has a new one under way already.
func Relapse(ctx context.Context, u *work.Unit, old work.FileID) (id work.FileID, left int, err error) {
	f, err := Find(ctx, u, u.By.Scope, old)
	if err != nil {
		return 0, 0, err
	}
	if f.State != Closed {
		return 0, 0, work.Refuse("casefile.refusal.relapse", f.State)
	}
	if f.MergedInto != 0 {
		return 0, 0, work.Refuse("casefile.refusal.relapse_merged")
	}
	later, err := RelapsesOf(ctx, u, u.By.Scope, old)
	if err != nil {
		return 0, 0, err
	}
	for _, l := range later {
		if l.State.Open() {
			return 0, 0, work.Refuse("casefile.refusal.relapse_open")
		}
	}
	copied := 0
	err = u.Within(ctx, func(u *work.Unit) error {
		id, copied, err = copyFile(ctx, u, f)
		return err
	})
	if work.Violated(err) == "casefile_one_open_file" {
		return 0, 0, work.Refuse("casefile.refusal.relapse_head")
	}
	if err != nil {
		return 0, 0, fmt.Errorf("opening a registration after file %d: %w", old, err)
	}
	left = f.People - copied
	return id, left, errors.Join(
		u.Audit(ctx, work.Entry{Act: "casefile.register", Kind: "file", ID: int64(id), FileID: id,
			Changes: []work.Change{{Field: "relapse_of", After: f.Number}}}),
		u.Audit(ctx, work.Entry{Act: "casefile.relapse", Kind: "file", ID: int64(old), FileID: old,
			Changes: []work.Change{{Field: "new_file", After: id}}}))
}

// RelapsesOf lists the files that were opened because the household of a closed file fell back, the newest first.
func RelapsesOf(ctx context.Context, q work.Querier, scope work.Scope, old work.FileID) ([]File, error) {
	return filesWhere(ctx, q, scope, old, `f.relapse_of = @id`)
}

// filesWhere lists the files within the scope that a condition of the program's own links to one.
func filesWhere(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID, where string) ([]File, error) {
	rows, err := q.Query(ctx, `
		-- casefile.filesWhere
		SELECT `+cover+fromFile+`WHERE `+where+` AND f.org_path LIKE @scope ORDER BY f.id DESC`,
		pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return nil, fmt.Errorf("listing the files linked to file %d: %w", id, err)
	}
	files, err := pgx.CollectRows(rows, scanFile)
	if err != nil {
		return nil, fmt.Errorf("listing the files linked to file %d: %w", id, err)
	}
	return files, nil
}

// copyFile opens a draft that names the old file and holds its people, housing, work and causes.
func copyFile(ctx context.Context, u *work.Unit, old File) (id work.FileID, people int, err error) {
	args := pgx.NamedArgs{"old": old.ID, "org": u.By.OrgID, "by": u.By.StaffID, "now": u.Now}
	err = u.QueryRow(ctx, `
		-- casefile.copyFile
		INSERT INTO casefile_file (org_id, org_path, state, address, housing, housing_m2, employer, main_cause, registered_by, registered_at, relapse_of)
		SELECT @org, '', 'draft', f.address, f.housing, f.housing_m2, f.employer, f.main_cause, @by, @now, f.id
		FROM casefile_file f WHERE f.id = @old RETURNING id`, args).Scan(&id)
	if err != nil {
		return 0, 0, err
	}
	args["id"] = id
	if err := u.QueryRow(ctx, `
		-- casefile.copyFile people
		SELECT casefile_copy_people(@id)`, args).Scan(&people); err != nil {
		return 0, 0, err
	}
	if err := copySaid(ctx, u, old.ID, id); err != nil {
		return 0, 0, err
	}
	return id, people, coverPeople(ctx, u, id)
}

// copySaid copies what an old file says of its causes and needs into a new draft.
func copySaid(ctx context.Context, u *work.Unit, old, id work.FileID) error {
	args := pgx.NamedArgs{"old": old, "id": id}
	if _, err := u.Exec(ctx, `
		-- casefile.copySaid causes
		INSERT INTO casefile_cause (file_id, position, cause) SELECT @id, position, cause FROM casefile_cause WHERE file_id = @old`, args); err != nil {
		return err
	}
	_, err := u.Exec(ctx, `
		-- casefile.copySaid particulars
		INSERT INTO casefile_particular (file_id, postal_code, self_help, relief_card_fen, cause_note, needs, need_note, target_group, target_on,
			measure, special, mood)
		SELECT @id, postal_code, self_help, relief_card_fen, cause_note, needs, need_note, target_group, target_on, measure, special, mood
		FROM casefile_particular WHERE file_id = @old`, args)
	return err
}
