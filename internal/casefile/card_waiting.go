package casefile

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// Proposal is a new card of a household that waits for a second person.
type Proposal struct {
	FileID     work.FileID
	FileNumber string
	HeadName   string
	Office     string
	Card       CardID
	Bank       string
	EnteredBy  string
	EnteredAt  time.Time
}

// Proposals lists up to limit proposed cards within the scope, the oldest first: those that the person may confirm or
// reject, having neither entered them nor gathered for the household or paid it.
func Proposals(ctx context.Context, q work.Querier, scope work.Scope, who work.StaffID, limit int) ([]Proposal, error) {
	rows, err := q.Query(ctx, `
		-- casefile.Proposals
		SELECT f.id, coalesce(f.number, ''), f.head_name, o.name, c.id, c.bank, s.name, c.entered_at
		FROM casefile_card c JOIN casefile_file f ON f.id = c.file_id JOIN staff_org o ON o.id = f.org_id JOIN staff_member s ON s.id = c.entered_by
		WHERE c.state = 'proposed' AND c.entered_by <> @who AND f.org_path LIKE @scope
			AND NOT EXISTS (SELECT FROM casefile_duty d WHERE d.file_id = c.file_id AND d.staff_id = @who AND d.side <> 'decide')
		ORDER BY c.id LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "who": who, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("listing proposed cards: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Proposal])
}
