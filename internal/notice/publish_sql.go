package notice

import (
	"context"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// consent gives the birth date of the head of the household, and whether the worker agreed to a public notice.
func consent(ctx context.Context, q work.Querier, file work.FileID) (birth day.Date, agreed bool, err error) {
	err = q.QueryRow(ctx, `
		-- notice.consent
		SELECT (SELECT p.birth_on FROM casefile_person p WHERE p.file_id = @file AND p.relation = 'head' AND p.left_on IS NULL),
			EXISTS (SELECT FROM casefile_declaration d WHERE d.file_id = @file AND d.kind = 'notice')`,
		pgx.NamedArgs{"file": file}).Scan(&birth, &agreed)
	return birth, agreed, err
}

// insert writes a notice, its masked row for the public, and the tie between the two.
func insert(ctx context.Context, u *work.Unit, file work.FileID, d Draft) (ID, error) {
	var id ID
	err := u.QueryRow(ctx, `
		-- notice.insert
		WITH published AS (
			INSERT INTO notice_notice (subject, file_id, round, org_id, org_path, state, days, working, starts_on, ends_on,
				place, published_by, published_at)
			SELECT 'file', f.id, 1 + coalesce((SELECT max(n.round) FROM notice_notice n WHERE n.subject = 'file' AND n.file_id = f.id), 0),
				f.org_id, f.org_path, 'open', @days, @working, @starts, @ends, @place, @by, @now
			FROM casefile_file f WHERE f.id = @file RETURNING id
		), public AS (
			INSERT INTO notice_public (name, unit, category, cause, starts_on, ends_on, phone, relative)
			VALUES (@name, @unit, @category, @cause, @starts, @ends, @phone, @relative) RETURNING id
		)
		INSERT INTO notice_shown (public_id, notice_id) SELECT public.id, published.id FROM public, published RETURNING notice_id`,
		pgx.NamedArgs{
			"file": file, "days": d.Terms.Days, "working": d.Terms.Working, "starts": d.Period.Starts, "ends": d.Period.Ends,
			"place": d.Place, "by": u.By.StaffID, "now": u.Now, "name": d.Shown.Name, "unit": d.Shown.Unit,
			"category": string(d.Shown.Category), "cause": string(d.Shown.Cause), "phone": d.Shown.Phone, "relative": d.Shown.Relative,
		}).Scan(&id)
	return id, err
}

// hide takes a notice's row off the public list at once.
func hide(ctx context.Context, u *work.Unit, id ID) error {
	return u.ChangeOne(ctx, `
		-- notice.hide
		UPDATE notice_public SET shown = false WHERE id = (SELECT s.public_id FROM notice_shown s WHERE s.notice_id = @id)`,
		pgx.NamedArgs{"id": id})
}
