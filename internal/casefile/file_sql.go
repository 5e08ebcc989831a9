package casefile

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/work"
)

// cover lists the columns of a File, in the order in which scanFile reads them.
const cover = `f.id, f.org_id, f.org_path, o.name, o.phone, o.district, f.state, coalesce(f.number, ''), f.head_name, f.people,
	f.address, f.housing, coalesce(f.housing_m2, 0), f.housing_m2 IS NOT NULL, f.employer, f.economy_until, coalesce(f.main_cause, 0),
	coalesce(f.category, ''), coalesce(f.return_reason, ''), f.registered_by, s.name, f.registered_at, f.submitted_at,
	f.activated_at, f.closed_at, f.round, f.version, coalesce(f.relapse_of, 0),
	coalesce(f.split_of, 0), coalesce(f.merged_into, 0), f.temporary_at, f.old_number`

const fromFile = ` FROM casefile_file f JOIN staff_org o ON o.id = f.org_id JOIN staff_member s ON s.id = f.registered_by `

// scanFile reads one row of cover.
func scanFile(row pgx.CollectableRow) (File, error) {
	var f File
	var submitted, activated, closed, temporary pgtype.Timestamptz
	err := row.Scan(&f.ID, &f.OrgID, &f.OrgPath, &f.OrgName, &f.OrgPhone, &f.District, &f.State, &f.Number, &f.HeadName, &f.People,
		&f.Address, &f.Housing, &f.HousingM2, &f.AreaSaid, &f.Employer, &f.EconomyUntil, &f.MainCause,
		&f.Category, &f.ReturnReason, &f.RegisteredBy, &f.RegistrarName, &f.RegisteredAt, &submitted,
		&activated, &closed, &f.Round, &f.Version, &f.RelapseOf,
		&f.SplitOf, &f.MergedInto, &temporary, &f.OldNumber)
	f.SubmittedAt, f.ActivatedAt, f.ClosedAt, f.TemporaryAt = submitted.Time, activated.Time, closed.Time, temporary.Time
	return f, err
}

// find reads one file within the scope.
func find(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID) (File, error) {
	found, err := readFiles(ctx, q, scope, one(id))
	if err == nil && len(found) == 0 {
		err = work.ErrNotFound
	}
	if err != nil {
		return File{}, err
	}
	return found[0], nil
}

// readFiles reads the covers of files within the scope, in no order.
func readFiles(ctx context.Context, q work.Querier, scope work.Scope, of whose) ([]File, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readFiles
		SELECT `+cover+fromFile+`WHERE f.id `+of.is+` AND f.org_path LIKE @scope`,
		pgx.NamedArgs{"files": of.ids, "scope": scope})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFile)
}

// insertFile opens an empty registration at the actor's office; the database copies the office's path.
func insertFile(ctx context.Context, u *work.Unit) (work.FileID, error) {
	var id work.FileID
	err := u.QueryRow(ctx, `
		-- casefile.insertFile
		INSERT INTO casefile_file (org_id, org_path, state, registered_by, registered_at)
		VALUES (@org, '', 'draft', @by, @now) RETURNING id`,
		pgx.NamedArgs{"org": u.By.OrgID, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	return id, err
}

// advance is the only statement that writes casefile_file.state. It leaves the number alone: a statement that may write a
// unique column locks the row against those who only refer to it, and two who assess at once would wait for each other.
func advance(ctx context.Context, u *work.Unit, f File, to State, o outcome) error {
	if o.number != "" {
		if err := giveNumber(ctx, u, f.ID, o.number); err != nil {
			return err
		}
	}
	return u.ChangeOne(ctx, `
		-- casefile.advance
		UPDATE casefile_file SET
			state = @to,
			version = version + 1,
			round = round + @again,
			category = coalesce(nullif(@category, ''), category),
			return_reason = nullif(@reason, ''),
			submitted_at = CASE WHEN @to = 'submitted' THEN @now ELSE submitted_at END,
			activated_at = CASE WHEN @to = 'active' THEN @now ELSE activated_at END,
			closed_at = CASE WHEN @closes THEN @now::timestamptz END,
			temporary_at = CASE WHEN @to = 'temporary' THEN coalesce(temporary_at, @now) ELSE temporary_at END,
			cancelled_by = CASE WHEN @to = 'cancelled' THEN @by::bigint END,
			handed_by = CASE WHEN @to IN ('submitted', 'temporary') THEN @by::bigint ELSE handed_by END
		WHERE id = @id AND state = @from`,
		pgx.NamedArgs{
			"id": f.ID, "from": string(f.State), "to": string(to), "again": rounds(f.State, to),
			"category": string(o.category), "reason": o.reason, "closes": !to.Open(), "now": u.Now, "by": u.By.StaffID,
		})
}

// rounds adds a round when a returned file is submitted anew.
func rounds(from, to State) int {
	if from == Returned && to == Submitted {
		return 1
	}
	return 0
}

// giveNumber writes the file's number; the database lets it be written once.
func giveNumber(ctx context.Context, u *work.Unit, id work.FileID, number string) error {
	return u.ChangeOne(ctx, `
		-- casefile.giveNumber
		UPDATE casefile_file SET number = @number WHERE id = @id`, pgx.NamedArgs{"id": id, "number": number})
}

// nextNumber draws the office's next file number of the year: code, year, five digits. The row is locked until the
// unit ends, so numbers have no holes and never come twice.
func nextNumber(ctx context.Context, u *work.Unit, f File) (string, error) {
	var code string
	var last int
	year := u.Today().Year()
	err := u.QueryRow(ctx, `
		-- casefile.nextNumber
		WITH drawn AS (
			INSERT INTO casefile_number (org_id, year, last) VALUES (@org, @year, 1)
			ON CONFLICT (org_id, year) DO UPDATE SET last = casefile_number.last + 1 RETURNING org_id, last)
		SELECT o.code, drawn.last FROM drawn JOIN staff_org o ON o.id = drawn.org_id`,
		pgx.NamedArgs{"org": f.OrgID, "year": year}).Scan(&code, &last)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s%d%05d", code, year, last), nil
}
