package casefile

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/work"
)

// audienceState is the state of the files of an audience.
var audienceState = map[eligibility.Audience]State{eligibility.Filed: Active, eligibility.Unfiled: NotQualified}

// ListAudience gives one page of the files of an audience of visiting aid in the scope, the newest first, below an id (zero: from
// the top): those on the register, or those of households that were found not to meet its conditions on the day since or
// later (未达到建档条件的生活困难职工, 004-09) and whose head did not hand in a later registration.
func ListAudience(ctx context.Context, q work.Querier, scope work.Scope, a eligibility.Audience, since day.Date, below work.FileID, size int) ([]File, work.FileID, error) {
	rows, err := q.Query(ctx, `
		-- casefile.ListAudience
		SELECT `+cover+fromFile+`
		WHERE f.state = @state AND f.org_path LIKE @scope AND (@below::bigint = 0 OR f.id < @below)
			AND (f.closed_at IS NULL OR f.closed_at >= @since AND NOT EXISTS (SELECT FROM casefile_person p
				JOIN casefile_person n ON n.id_index = p.id_index AND n.file_id > p.file_id AND n.relation = 'head'
				JOIN casefile_file l ON l.id = n.file_id AND l.state NOT IN ('draft', 'temporary', 'returned', 'discarded', 'cancelled')
				WHERE p.file_id = f.id AND p.relation = 'head'))
		ORDER BY f.id DESC LIMIT @limit`,
		pgx.NamedArgs{"state": string(audienceState[a]), "scope": scope, "since": since.Start(), "below": below, "limit": size + 1})
	if err != nil {
		return nil, 0, fmt.Errorf("listing whom a standard holds for: %w", err)
	}
	all, err := pgx.CollectRows(rows, scanFile)
	if err != nil {
		return nil, 0, fmt.Errorf("listing whom a standard holds for: %w", err)
	}
	if len(all) <= size {
		return all, 0, nil
	}
	return all[:size], all[size-1].ID, nil
}
