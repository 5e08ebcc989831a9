package eligibility

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// Entry is a line in the history of a district, with who entered it.
type Entry struct {
	Line
	EnteredBy string // "" = the program's own data
	EnteredAt time.Time
}

// earliest is the first day from which a line may hold; the system of lines began in 1999.
var earliest = day.Of(1999, time.October, 1)

// highest is the highest line that makes sense, a month and head: it catches an amount typed in fen, or a yearly one.
const highest = money.Amount(1000000)

var isDistrict = regexp.MustCompile(`^[1-9][0-9]{5}$`)

// AddLine adds a line that holds in a district from a day on. Older days are allowed, to complete the history; a
// judgement keeps the line it used. The refusals are tied to the fields district, from_on and monthly.
func AddLine(ctx context.Context, u *work.Unit, line Line) (LineID, error) {
	switch {
	case !isDistrict.MatchString(line.District):
		return 0, work.Refuse("eligibility.refusal.district").On("district")
	case line.From.Before(earliest) || line.From.After(u.Today().AddMonths(24)):
		return 0, work.Refuse("eligibility.refusal.from", earliest, u.Today().AddMonths(24)).On("from_on")
	case line.Monthly <= 0 || line.Monthly > highest:
		return 0, work.Refuse("eligibility.refusal.monthly", highest).On("monthly")
	}
	id, err := insertLine(ctx, u, line)
	if err != nil {
		return 0, fmt.Errorf("adding a line for %s: %w", line.District, err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "eligibility.add_line", Kind: "line", ID: int64(id), Changes: []work.Change{
		{Field: "district", After: line.District}, {Field: "from_on", After: line.From.String()},
		{Field: "monthly", After: line.Monthly.String()}, {Field: "source", After: line.Source}}})
}

// insertLine writes a line; one for the same district and day is refused.
func insertLine(ctx context.Context, u *work.Unit, line Line) (LineID, error) {
	var id LineID
	err := u.QueryRow(ctx, `
		-- eligibility.insertLine
		INSERT INTO eligibility_line (district, from_on, monthly_fen, source, entered_by, entered_at)
		VALUES (@district, @from, @monthly, @source, @by, @now) ON CONFLICT (district, from_on) DO NOTHING RETURNING id`,
		pgx.NamedArgs{"district": line.District, "from": line.From, "monthly": int64(line.Monthly), "source": line.Source,
			"by": u.By.StaffID, "now": u.Now}).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, work.Refuse("eligibility.refusal.again", line.District, line.From).On("from_on")
	}
	return id, err
}

// LineOn gives the line that holds in a district on a day: the newest not after the day. A district without lines of
// its own takes its prefecture's, then its province's. Without any it is a refusal.
func LineOn(ctx context.Context, q work.Querier, district string, on day.Date) (Line, error) {
	if len(district) != 6 {
		return Line{}, work.Refuse("eligibility.refusal.no_line", district, on)
	}
	line, err := readLine(ctx, q, `WHERE district = ANY(@places) AND from_on <= @on
		ORDER BY array_position(@places, district), from_on DESC LIMIT 1`,
		pgx.NamedArgs{"places": []string{district, district[:4] + "00", district[:2] + "0000"}, "on": on})
	if errors.Is(err, pgx.ErrNoRows) {
		return Line{}, work.Refuse("eligibility.refusal.no_line", district, on)
	}
	if err != nil {
		return Line{}, fmt.Errorf("finding the line of %s: %w", district, err)
	}
	return line, nil
}

// FindLine gives one line by its id.
func FindLine(ctx context.Context, q work.Querier, id LineID) (Line, error) {
	line, err := readLine(ctx, q, `WHERE id = @id`, pgx.NamedArgs{"id": id})
	if err != nil {
		return Line{}, fmt.Errorf("finding line %d: %w", id, err)
	}
	return line, nil
}

// readLine reads the one line that the condition names.
func readLine(ctx context.Context, q work.Querier, condition string, args pgx.NamedArgs) (Line, error) {
	var line Line
	err := q.QueryRow(ctx, `
		-- eligibility.readLine
		SELECT id, district, from_on, monthly_fen, source FROM eligibility_line `+condition, args).
		Scan(&line.ID, &line.District, &line.From, &line.Monthly, &line.Source)
	return line, err
}

// Lines lists all lines by district, the newest of each first. A centre has a few districts and one line a year.
func Lines(ctx context.Context, q work.Querier) ([]Entry, error) {
	rows, err := q.Query(ctx, `
		-- eligibility.Lines
		SELECT l.id, l.district, l.from_on, l.monthly_fen, l.source, coalesce(s.name, ''), l.entered_at
		FROM eligibility_line l LEFT JOIN staff_member s ON s.id = l.entered_by ORDER BY l.district, l.from_on DESC LIMIT 2000`)
	if err != nil {
		return nil, fmt.Errorf("listing lines: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Entry, error) {
		var e Entry
		err := row.Scan(&e.ID, &e.District, &e.From, &e.Monthly, &e.Source, &e.EnteredBy, &e.EnteredAt)
		return e, err
	})
}

// RuleOn gives the rule in force on a day.
func RuleOn(ctx context.Context, q work.Querier, on day.Date) (Rule, error) {
	rule, err := readRule(ctx, q, `WHERE from_on <= @on ORDER BY from_on DESC LIMIT 1`, pgx.NamedArgs{"on": on})
	if errors.Is(err, pgx.ErrNoRows) {
		return Rule{}, work.Refuse("eligibility.refusal.no_rule", on)
	}
	if err != nil {
		return Rule{}, fmt.Errorf("finding the rule of %s: %w", on, err)
	}
	return rule, nil
}

// FindRule gives one rule by its id.
func FindRule(ctx context.Context, q work.Querier, id RuleID) (Rule, error) {
	rule, err := readRule(ctx, q, `WHERE id = @id`, pgx.NamedArgs{"id": id})
	if err != nil {
		return Rule{}, fmt.Errorf("finding rule %d: %w", id, err)
	}
	return rule, nil
}

// readRule reads the one rule that the condition names.
func readRule(ctx context.Context, q work.Querier, condition string, args pgx.NamedArgs) (Rule, error) {
	var rule Rule
	var numbers []byte
	err := q.QueryRow(ctx, `
		-- eligibility.readRule
		SELECT id, generation, from_on, numbers, source FROM eligibility_rule `+condition, args).
		Scan(&rule.ID, &rule.Generation, &rule.From, &numbers, &rule.Source)
	if err != nil {
		return rule, err
	}
	return rule, json.Unmarshal(numbers, &rule.Numbers)
}
