package casefile

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/staff"
	"bangfu/internal/work"
)

// Relative is a member of staff who is related to somebody of a household, and so acts in no part of its case.
type Relative struct {
	Staff    work.StaffID
	Name     string
	Office   string
	Relation staff.Relation // of the person to the member
	Person   string         // of the household
}

// Relatives lists the members of staff who are related to somebody of the household now. Everything that offers people
// for an act in the case leaves them out; the database refuses them where an act is written ("casefile_relative").
func Relatives(ctx context.Context, q work.Querier, id work.FileID) ([]Relative, error) {
	rows, err := q.Query(ctx, `
		-- casefile.Relatives
		SELECT m.id, m.name, o.name, r.relation, p.name FROM casefile_person p
			JOIN staff_relative r ON r.id_index = p.id_index AND r.state IN ('declared', 'confirmed')
			JOIN staff_member m ON m.id = r.staff_id JOIN staff_org o ON o.id = m.org_id
		WHERE p.file_id = @file AND p.left_on IS NULL ORDER BY m.name, m.id, p.id`, pgx.NamedArgs{"file": id})
	if err != nil {
		return nil, fmt.Errorf("looking for relatives in file %d: %w", id, err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Relative])
	if err != nil {
		return nil, fmt.Errorf("looking for relatives in file %d: %w", id, err)
	}
	return all, nil
}

// RelatedTo tells whether a member of staff is related to somebody of the household.
func RelatedTo(ctx context.Context, q work.Querier, id work.FileID, who work.StaffID) (bool, error) {
	var related bool
	err := q.QueryRow(ctx, `
		-- casefile.RelatedTo
		SELECT casefile_relative(@file, @who)`, pgx.NamedArgs{"file": id, "who": who}).Scan(&related)
	if err != nil {
		return false, fmt.Errorf("asking whether staff %d is a relative in file %d: %w", who, id, err)
	}
	return related, nil
}

// Related tells whether anybody of staff is related to somebody of the household: it is always visited, and its notice
// says so (N7).
func Related(ctx context.Context, q work.Querier, id work.FileID) (bool, error) {
	var related bool
	err := q.QueryRow(ctx, `
		-- casefile.Related
		SELECT casefile_related(@file)`, pgx.NamedArgs{"file": id}).Scan(&related)
	if err != nil {
		return false, fmt.Errorf("asking whether file %d has a relative of staff: %w", id, err)
	}
	return related, nil
}

// impartial refuses the relative of somebody of the household. The program itself has none.
func impartial(ctx context.Context, u *work.Unit, id work.FileID) error {
	if u.By.StaffID == 0 {
		return nil
	}
	related, err := RelatedTo(ctx, u, id, u.By.StaffID)
	if err != nil {
		return err
	}
	if related {
		return work.Refuse("casefile.refusal.relative")
	}
	return nil
}
