package staff

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// OrgsNamed lists up to limit organisations of the scope by their code, or by any part of their name when none has the
// code; those higher in the tree first.
func OrgsNamed(ctx context.Context, q work.Querier, scope work.Scope, text string, limit int) ([]Org, error) {
	rows, err := q.Query(ctx, `
		-- staff.OrgsNamed
		SELECT `+orgColumns+` FROM staff_org o
		WHERE o.path LIKE @scope AND (o.code = upper(@text) OR o.name LIKE @part AND NOT EXISTS (SELECT FROM staff_org c WHERE c.code = upper(@text)))
		ORDER BY length(o.path), o.code LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "text": text, "limit": limit,
			"part": "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text) + "%"})
	if err != nil {
		return nil, fmt.Errorf("looking for organisations: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Org, error) {
		var o Org
		err := row.Scan(o.columns()...)
		return o, err
	})
}
