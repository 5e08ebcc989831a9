package trial

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/work"
)

// Household is one household that a proposal moves.
type Household struct {
	FileID   work.FileID
	HeadName string
	Number   string
	Office   string
	District string
	Place    string // name of the district; "" = no office lies there
	Before   eligibility.Category
	After    eligibility.Category
}

// Effect says what happens to the household.
func (h Household) Effect() Effect { return effectOf(h.Before, h.After) }

// Households lists those within the scope that the newest trial of a proposal moves, in the order of their files, behind
// the given one (zero: from the first). more tells that there are further ones.
func Households(ctx context.Context, q work.Querier, scope work.Scope, run RunID, effect Effect, behind work.FileID, size int) (all []Household, more bool, err error) {
	all, err = readHouseholds(ctx, q, `
		-- trial.Households
		SELECT c.file_id, f.head_name, coalesce(f.number, ''), o.name, c.district, staff_district(c.district), c.before, c.after
		FROM trial_change c JOIN casefile_file f ON f.id = c.file_id JOIN staff_org o ON o.id = f.org_id
		WHERE c.run_id = @run AND c.effect = @effect AND c.org_path LIKE @scope AND c.file_id > @behind
		ORDER BY c.file_id LIMIT @limit`,
		pgx.NamedArgs{"run": run, "scope": scope, "effect": string(effect), "behind": behind, "limit": size + 1})
	if err != nil {
		return nil, false, fmt.Errorf("listing the households of trial %d: %w", run, err)
	}
	return all[:min(size, len(all))], len(all) > size, nil
}

// Affected lists the households within the scope whose category a confirmed line or rule changes on a day, and who were
// not judged since it was confirmed: the list "line changed" (标准调整) of the dynamic management. Paging is as in
// Households.
func Affected(ctx context.Context, q work.Querier, scope work.Scope, on day.Date, behind work.FileID, size int) (all []Household, more bool, err error) {
	all, err = readHouseholds(ctx, q, `
		-- trial.Affected
		SELECT c.file_id, f.head_name, coalesce(f.number, ''), o.name, c.district, staff_district(c.district), c.category, c.after
		FROM (
			SELECT DISTINCT ON (c.file_id) c.file_id, s.district, s.category, c.after
			FROM trial_change c JOIN trial_run r ON r.id = c.run_id JOIN trial_proposal p ON p.id = r.proposal_id
				JOIN casefile_standing s ON s.file_id = c.file_id
			WHERE c.file_id > @behind AND s.org_path LIKE @scope AND p.state = 'confirmed' AND p.from_on <= @on
				AND s.judged_at < p.decided_at
			ORDER BY c.file_id, p.from_on DESC, c.run_id DESC) c
		JOIN casefile_file f ON f.id = c.file_id JOIN staff_org o ON o.id = f.org_id
		WHERE c.after <> c.category ORDER BY c.file_id LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "on": on, "behind": behind, "limit": size + 1})
	if err != nil {
		return nil, false, fmt.Errorf("listing the households of changed lines: %w", err)
	}
	return all[:min(size, len(all))], len(all) > size, nil
}

// readHouseholds reads households.
func readHouseholds(ctx context.Context, q work.Querier, sql string, args pgx.NamedArgs) ([]Household, error) {
	rows, err := q.Query(ctx, sql, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Household])
}
