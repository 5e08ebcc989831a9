package referral

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// Uncovered is an active file whose household lives below the line and has no living allowance (应保未保).
type Uncovered struct {
	FileID   work.FileID
	Number   string
	HeadName string
	OrgName  string
	People   int
	Income   money.Amount // a month and head, before rigid expenditure
	Monthly  money.Amount // a month and head as judged, after rigid expenditure
	Line     money.Amount // in force in the district today
	JudgedOn day.Date
	Before   State // of the newest referral for the allowance: Refused, Closed or Withdrawn; "" = none yet
}

// Sure tells whether the income itself is below the line, and not only what rigid expenditure leaves of it.
func (c Uncovered) Sure() bool { return c.Income < c.Line }

// fromUncovered selects out of the files without an allowance and without a referral for it, which the database keeps
// (referral_stand), those judged below the line in force today: the district's own, else its prefecture's, else its
// province's, as eligibility.LineOn has it for one district, looked up once a district. The highest line of all bounds
// what the index is read for.
const fromUncovered = `
		FROM referral_uncovered u
		JOIN casefile_file f ON f.id = u.file_id
		JOIN staff_org o ON o.id = f.org_id
		JOIN (SELECT d.district, (SELECT l.monthly_fen FROM eligibility_line l
				WHERE l.district IN (d.district, left(d.district, 4) || '00', left(d.district, 2) || '0000') AND l.from_on <= @today
				ORDER BY l.district = d.district DESC, l.district = left(d.district, 4) || '00' DESC, l.from_on DESC LIMIT 1) AS line_fen
			FROM (SELECT DISTINCT o.district FROM staff_org o WHERE o.path LIKE @scope) d) place ON place.district = o.district
		WHERE u.monthly_fen < place.line_fen AND f.org_path LIKE @scope
			AND u.monthly_fen < (SELECT max(l.monthly_fen) FROM eligibility_line l WHERE l.from_on <= @today)`

// ListUncovered gives at most limit uncovered files within the scope in the order of their ids, after one, and the cursor
// of the next page, or zero.
func ListUncovered(ctx context.Context, q work.Querier, scope work.Scope, today day.Date, after work.FileID, limit int) ([]Uncovered, work.FileID, error) {
	list, err := readUncovered(ctx, q, scope, today, ` AND u.file_id > @after`, pgx.NamedArgs{"after": after, "limit": limit + 1})
	if err != nil {
		return nil, 0, fmt.Errorf("listing who is entitled and not covered: %w", err)
	}
	if len(list) <= limit {
		return list, 0, nil
	}
	return list[:limit], list[limit-1].FileID, nil
}

// UncoveredAmong gives those of the files that are on the list of the uncovered now.
func UncoveredAmong(ctx context.Context, q work.Querier, scope work.Scope, today day.Date, files []work.FileID) ([]Uncovered, error) {
	list, err := readUncovered(ctx, q, scope, today, ` AND u.file_id = ANY(@files)`, pgx.NamedArgs{"files": files, "limit": len(files)})
	if err != nil {
		return nil, fmt.Errorf("finding who of %d is entitled and not covered: %w", len(files), err)
	}
	return list, nil
}

func readUncovered(ctx context.Context, q work.Querier, scope work.Scope, today day.Date, condition string, args pgx.NamedArgs) ([]Uncovered, error) {
	args["scope"], args["today"] = scope, today
	rows, err := q.Query(ctx, `
		-- referral.readUncovered
		SELECT f.id, coalesce(f.number, ''), f.head_name, o.name, u.people, u.income_fen, u.monthly_fen, place.line_fen, u.judged_at,
			coalesce((SELECT r.state FROM referral_referral r WHERE r.file_id = u.file_id AND r.kind = 'allowance'
				ORDER BY r.id DESC LIMIT 1), '')`+fromUncovered+condition+`
		ORDER BY u.file_id LIMIT @limit`, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Uncovered, error) {
		var c Uncovered
		var yearly money.Amount
		var judged time.Time
		if err := row.Scan(&c.FileID, &c.Number, &c.HeadName, &c.OrgName, &c.People, &yearly, &c.Monthly, &c.Line, &judged, &c.Before); err != nil {
			return c, err
		}
		c.JudgedOn = day.On(judged)
		var err error
		c.Income, err = yearly.Div(int64(12 * c.People))
		return c, err
	})
}

// CountUncovered counts the uncovered within the scope, at most MostCounted + 1.
func CountUncovered(ctx context.Context, q work.Querier, scope work.Scope, today day.Date) (int, error) {
	var n int
	err := q.QueryRow(ctx, `
		-- referral.CountUncovered
		SELECT count(*) FROM (SELECT`+fromUncovered+` LIMIT 1001) n`, pgx.NamedArgs{"scope": scope, "today": today}).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("counting who is entitled and not covered: %w", err)
	}
	return n, nil
}

// MostAtOnce is how many files are referred at once from the list.
const MostAtOnce = 50

// BeginMany drafts a referral for the allowance for each of the files, with the papers of each that the office usually
// asks for. All must still be on the list; otherwise nothing is done.
func BeginMany(ctx context.Context, u *work.Unit, files []work.FileID, l Letter) ([]ID, error) {
	switch {
	case len(files) == 0:
		return nil, work.Refuse("referral.refusal.none")
	case len(files) > MostAtOnce:
		return nil, work.Refuse("referral.refusal.many", MostAtOnce)
	}
	list, err := UncoveredAmong(ctx, u, u.By.Scope, u.Today(), files)
	if err != nil {
		return nil, err
	}
	if len(list) != len(files) {
		return nil, work.Refuse("referral.refusal.covered", len(files)-len(list))
	}
	l.Origin, l.Person = FromList, 0
	var ids []ID
	for _, c := range list {
		held, err := casefile.EvidenceOf(ctx, u, c.FileID)
		if err != nil {
			return nil, err
		}
		l.Papers = nil
		for _, paper := range held {
			if Allowance.Asks(paper.Kind) {
				l.Papers = append(l.Papers, paper.ID)
			}
		}
		id, err := Begin(ctx, u, c.FileID, Allowance, l)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}
