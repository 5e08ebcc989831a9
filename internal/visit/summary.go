package visit

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// Summary is what a plan's visits found, for party and management (000-49): counts, and what people said without names.
type Summary struct {
	Visits   int
	Cadres   int // different people who went (000-59)
	Agrees   int // visits that agree as a whole
	Findings []FindingCount
	Degrees  []DegreeCount
	Said     []Said
	More     bool // more was said than Said holds
}

// FindingCount counts how an item was found.
type FindingCount struct {
	Item    Item
	Differs int
	Of      int
}

// DegreeCount counts how hard life was found.
type DegreeCount struct {
	Degree Degree
	Count  int
}

// Said is an opinion with the proposals of the same visit, without names.
type Said struct{ Opinions, Proposals string }

// Quoted is how many opinions a summary holds.
const Quoted = 200

// Summarise gathers what the visits of a plan found, over the files of the scope.
func Summarise(ctx context.Context, q work.Querier, scope work.Scope, plan PlanID) (Summary, error) {
	s, err := summarise(ctx, q, scope, plan)
	if err != nil {
		return Summary{}, fmt.Errorf("summarising plan %d: %w", plan, err)
	}
	return s, nil
}

// made selects the visits of a plan.
const made = ` FROM visit_stop s JOIN casefile_file f ON f.id = s.file_id JOIN visit_visit v ON v.id = s.visit_id `
const madeIn = `WHERE s.plan_id = @plan AND f.org_path LIKE @scope `

func summarise(ctx context.Context, q work.Querier, scope work.Scope, plan PlanID) (Summary, error) {
	args := pgx.NamedArgs{"plan": plan, "scope": scope, "limit": Quoted + 1}
	var s Summary
	err := q.QueryRow(ctx, `
		-- visit.summaryCounts
		SELECT count(*), count(*) FILTER (WHERE v.agrees), (SELECT count(DISTINCT w.who)`+made+`CROSS JOIN LATERAL (VALUES (v.visitor_a), (v.visitor_b)) w (who) `+madeIn+`)`+
		made+madeIn, args).Scan(&s.Visits, &s.Agrees, &s.Cadres)
	if err != nil {
		return s, err
	}
	rows, err := q.Query(ctx, `
		-- visit.summaryFindings
		SELECT g.item, count(*) FILTER (WHERE NOT g.agrees), count(*)`+made+`JOIN visit_finding g ON g.visit_id = v.id `+madeIn+`GROUP BY g.item`, args)
	if err != nil {
		return s, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[FindingCount])
	if err != nil {
		return s, err
	}
	for _, item := range Items { // in the order of the form
		for _, f := range found {
			if f.Item == item {
				s.Findings = append(s.Findings, f)
			}
		}
	}
	rows, err = q.Query(ctx, `
		-- visit.summaryDegrees
		SELECT d.degree, count(x.degree) FROM unnest(@degrees::text[]) WITH ORDINALITY d (degree, n)
			LEFT JOIN (SELECT v.degree`+made+madeIn+`) x ON x.degree = d.degree GROUP BY d.degree, d.n ORDER BY d.n`,
		pgx.NamedArgs{"plan": plan, "scope": scope, "degrees": Degrees})
	if err != nil {
		return s, err
	}
	if s.Degrees, err = pgx.CollectRows(rows, pgx.RowToStructByPos[DegreeCount]); err != nil {
		return s, err
	}
	rows, err = q.Query(ctx, `
		-- visit.summarySaid
		SELECT v.opinions, v.proposals`+made+madeIn+`AND (v.opinions <> '' OR v.proposals <> '') ORDER BY sha256(v.id::text::bytea) LIMIT @limit`, args)
	if err != nil {
		return s, err
	}
	if s.Said, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Said]); err != nil {
		return s, err
	}
	if len(s.Said) > Quoted {
		s.Said, s.More = s.Said[:Quoted], true
	}
	return s, nil
}

// Omitted is a household on the register that nobody visited in a period (004-08).
type Omitted struct {
	FileID   work.FileID
	Number   string
	HeadName string
	OrgName  string
	Address  string
	LastOn   day.Date // unknown = never visited
}

// OmittedPage gives at most limit households on the register within the scope without a visit from one day to another,
// with ids below the cursor (0 = from the newest).
func OmittedPage(ctx context.Context, q work.Querier, scope work.Scope, from, until day.Date, below work.FileID, limit int) ([]Omitted, error) {
	rows, err := q.Query(ctx, `
		-- visit.omitted
		SELECT f.id, f.number, f.head_name, o.name, f.address, (SELECT max(v.visited_on) FROM visit_visit v WHERE v.file_id = f.id)
		FROM casefile_file f JOIN staff_org o ON o.id = f.org_id
		WHERE f.state = 'active' AND f.org_path LIKE @scope AND (@below = 0 OR f.id < @below) AND NOT EXISTS (
			SELECT FROM visit_visit v WHERE v.file_id = f.id AND v.visited_on BETWEEN @from AND @until)
		ORDER BY f.id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "from": from, "until": until, "below": below, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("listing households nobody visited: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Omitted])
	if err != nil {
		return nil, fmt.Errorf("listing households nobody visited: %w", err)
	}
	return all, nil
}

// Tally counts who went how often (000-59).
type Tally struct {
	Visits     int // 走访人次
	Households int
	Cadres     int
}

// TallyOf counts the visits to files of the scope from one day to another. The longest period is a year and a day.
func TallyOf(ctx context.Context, q work.Querier, scope work.Scope, from, until day.Date) (Tally, error) {
	if until.Sub(from) > 366 {
		return Tally{}, work.Refuse("visit.refusal.period").On("until")
	}
	var t Tally
	err := q.QueryRow(ctx, `
		-- visit.tally
		WITH gone AS (SELECT v.file_id, v.visitor_a, v.visitor_b FROM visit_visit v JOIN casefile_file f ON f.id = v.file_id
			WHERE v.visited_on BETWEEN @from AND @until AND f.org_path LIKE @scope)
		SELECT (SELECT count(*) FROM gone), (SELECT count(DISTINCT file_id) FROM gone),
			(SELECT count(*) FROM (SELECT visitor_a FROM gone UNION SELECT visitor_b FROM gone) w)`,
		pgx.NamedArgs{"scope": scope, "from": from, "until": until}).Scan(&t.Visits, &t.Households, &t.Cadres)
	if err != nil {
		return Tally{}, fmt.Errorf("counting visits: %w", err)
	}
	return t, nil
}
