package eligibility

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// Replaced is what a line takes the place of in one district.
type Replaced struct {
	District string
	Place    string // name of the district; "" = no federation lies there
	Offices  bool   // files are kept in the district
	Before   Line   // that holds there on the first day of the new line without it; ID 0 = none
}

// Replaces lists the districts in which a line holds on its first day, each with the line that would hold there without
// it: its own district, and those of offices that have no nearer line and fall back on it as LineOn does. It is the
// same before the line is kept and afterwards.
func Replaces(ctx context.Context, q work.Querier, line Line) ([]Replaced, error) {
	rows, err := q.Query(ctx, `
		-- eligibility.Replaces
		SELECT p.district, staff_district(p.district), EXISTS (SELECT FROM staff_org o WHERE o.district = p.district),
			coalesce(l.id, 0), coalesce(l.district, ''), coalesce(l.from_on, '0001-01-01'), coalesce(l.monthly_fen, 0), coalesce(l.source, ''),
			staff_district(l.district)
		FROM (SELECT district FROM staff_org UNION SELECT @district::text) p LEFT JOIN LATERAL (
			SELECT * FROM eligibility_line e WHERE e.from_on <= @from AND NOT (e.district = @district AND e.from_on = @from)
				AND e.district IN (p.district, left(p.district, 4) || '00', left(p.district, 2) || '0000')
			ORDER BY e.district DESC, e.from_on DESC LIMIT 1) l ON true
		WHERE @district IN (p.district, left(p.district, 4) || '00', left(p.district, 2) || '0000')
			AND (l.district IS NULL OR l.district <= @district)
		ORDER BY p.district`, pgx.NamedArgs{"district": line.District, "from": line.From})
	if err != nil {
		return nil, fmt.Errorf("finding what the line of %s replaces: %w", line.District, err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Replaced, error) {
		var r Replaced
		b := &r.Before
		err := row.Scan(&r.District, &r.Place, &r.Offices, &b.ID, &b.District, &b.From, &b.Monthly, &b.Source, &b.Place)
		return r, err
	})
}

// RuleBefore gives the rule that a rule from a day on takes the place of; ID 0 when there is none.
func RuleBefore(ctx context.Context, q work.Querier, from day.Date) (Rule, error) {
	rule, err := readRule(ctx, q, `WHERE from_on < @from ORDER BY from_on DESC LIMIT 1`, pgx.NamedArgs{"from": from})
	if errors.Is(err, pgx.ErrNoRows) {
		return Rule{}, nil
	}
	if err != nil {
		return Rule{}, fmt.Errorf("finding the rule before %s: %w", from, err)
	}
	return rule, nil
}

// Where names the district: by its name, or else by its code.
func (r Replaced) Where() string { return cmp.Or(r.Place, r.District) }
