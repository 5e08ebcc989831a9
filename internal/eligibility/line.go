package eligibility

import (
	"cmp"
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
	EnteredBy   string // "" = the program's own data
	ConfirmedBy string
	EnteredAt   time.Time
}

// earliest is the first day from which a line may hold; the system of lines began in 1999.
var earliest = day.Of(1999, time.October, 1)

// highest is the highest line that makes sense, a month and head: it catches an amount typed in fen, or a yearly one.
const highest = money.Amount(1000000)

// IsDistrict tells whether a text can be the code of a district: six digits.
func IsDistrict(code string) bool { return isDistrict.MatchString(code) }

var isDistrict = regexp.MustCompile(`^[1-9][0-9]{5}$`)

// CheckLine refuses a line that cannot be: the refusals are tied to the fields district, from_on and monthly. Older
// days are allowed, to complete the history; a judgement keeps the line it used.
func CheckLine(line Line, today day.Date) *work.Refusal {
	switch {
	case !isDistrict.MatchString(line.District):
		return work.Refuse("eligibility.refusal.district").On("district")
	case line.From.Before(earliest) || line.From.After(today.AddMonths(24)):
		return work.Refuse("eligibility.refusal.from", earliest, today.AddMonths(24)).On("from_on")
	case line.Monthly <= 0 || line.Monthly > highest:
		return work.Refuse("eligibility.refusal.monthly", highest).On("monthly")
	}
	return nil
}

// AddLine adds a line that holds in a district from a day on. Two people make a line: enteredBy entered it, and the
// acting person confirms it; the database keeps that they differ.
func AddLine(ctx context.Context, u *work.Unit, line Line, enteredBy work.StaffID) (LineID, error) {
	if refusal := CheckLine(line, u.Today()); refusal != nil {
		return 0, refusal
	}
	id, err := insertLine(ctx, u, line, enteredBy)
	if work.Violated(err) == "eligibility_line_second" {
		return 0, work.Refuse("eligibility.refusal.second")
	}
	if err != nil {
		return 0, fmt.Errorf("adding a line for %s: %w", line.District, err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "eligibility.add_line", Kind: "line", ID: int64(id), Changes: []work.Change{
		{Field: "district", After: line.District}, {Field: "from_on", After: line.From.String()},
		{Field: "monthly", After: line.Monthly.String()}, {Field: "source", After: line.Source}, {Field: "entered_by", After: enteredBy}}})
}

// insertLine writes a line; one for the same district and day is refused.
func insertLine(ctx context.Context, u *work.Unit, line Line, enteredBy work.StaffID) (LineID, error) {
	var id LineID
	err := u.QueryRow(ctx, `
		-- eligibility.insertLine
		INSERT INTO eligibility_line (district, from_on, monthly_fen, source, entered_by, confirmed_by, entered_at)
		VALUES (@district, @from, @monthly, @source, @entered, @by, @now) ON CONFLICT (district, from_on) DO NOTHING RETURNING id`,
		pgx.NamedArgs{"district": line.District, "from": line.From, "monthly": int64(line.Monthly), "source": line.Source,
			"entered": enteredBy, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
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
		place, err := placeOf(ctx, q, district)
		if err != nil {
			return Line{}, err
		}
		return Line{}, work.Refuse("eligibility.refusal.no_line", cmp.Or(place, district), on)
	}
	if err != nil {
		return Line{}, fmt.Errorf("finding the line of %s: %w", district, err)
	}
	return line, nil
}

// placeOf gives the name of a district; "" when no office lies there.
func placeOf(ctx context.Context, q work.Querier, district string) (place string, err error) {
	err = q.QueryRow(ctx, `
		-- eligibility.placeOf
		SELECT staff_district(@district)`, pgx.NamedArgs{"district": district}).Scan(&place)
	if err != nil {
		return "", fmt.Errorf("naming district %s: %w", district, err)
	}
	return place, nil
}

// Under gives the line and the rule under which a judgement was made, in one statement.
func Under(ctx context.Context, q work.Querier, line LineID, rule RuleID) (l Line, r Rule, err error) {
	var numbers []byte
	err = q.QueryRow(ctx, `
		-- eligibility.Under
		SELECT l.id, l.district, l.from_on, l.monthly_fen, l.source, staff_district(l.district), r.id, r.generation, r.from_on, r.numbers, r.source
		FROM eligibility_line l, eligibility_rule r WHERE l.id = @line AND r.id = @rule`, pgx.NamedArgs{"line": line, "rule": rule}).
		Scan(&l.ID, &l.District, &l.From, &l.Monthly, &l.Source, &l.Place, &r.ID, &r.Generation, &r.From, &numbers, &r.Source)
	if err == nil {
		err = json.Unmarshal(numbers, &r.Numbers)
	}
	if err != nil {
		return l, r, fmt.Errorf("finding line %d and rule %d: %w", line, rule, err)
	}
	return l, r, nil
}

// readLine reads the one line that the condition names.
func readLine(ctx context.Context, q work.Querier, condition string, args pgx.NamedArgs) (Line, error) {
	var line Line
	err := q.QueryRow(ctx, `
		-- eligibility.readLine
		SELECT id, district, from_on, monthly_fen, source, staff_district(district) FROM eligibility_line `+condition, args).
		Scan(&line.ID, &line.District, &line.From, &line.Monthly, &line.Source, &line.Place)
	return line, err
}

// columns of an Entry, in the order of scanEntry.
const entryColumns = `l.id, l.district, l.from_on, l.monthly_fen, l.source, staff_district(l.district), coalesce(s.name, ''), coalesce(c.name, ''), l.entered_at
		FROM eligibility_line l LEFT JOIN staff_member s ON s.id = l.entered_by LEFT JOIN staff_member c ON c.id = l.confirmed_by`

func scanEntry(row pgx.CollectableRow) (Entry, error) {
	var e Entry
	err := row.Scan(&e.ID, &e.District, &e.From, &e.Monthly, &e.Source, &e.Place, &e.EnteredBy, &e.ConfirmedBy, &e.EnteredAt)
	return e, err
}

// Lines lists all lines of up to so many districts, in order of their codes, behind one ("" = from the first), the newest of
// each first, and gives the last district where more follow. A district is never parted, so that a list can tell which of its
// lines holds.
func Lines(ctx context.Context, q work.Querier, behind string, districts int) ([]Entry, string, error) {
	rows, err := q.Query(ctx, `
		-- eligibility.Lines
		SELECT `+entryColumns+`
		WHERE l.district IN (SELECT DISTINCT d.district FROM eligibility_line d WHERE d.district > @behind ORDER BY d.district LIMIT @limit)
		ORDER BY l.district, l.from_on DESC`, pgx.NamedArgs{"behind": behind, "limit": districts + 1})
	if err != nil {
		return nil, "", fmt.Errorf("listing lines: %w", err)
	}
	all, err := pgx.CollectRows(rows, scanEntry)
	if err != nil {
		return nil, "", fmt.Errorf("listing lines: %w", err)
	}
	shown, last := 0, ""
	for i, e := range all {
		if e.District == last {
			continue
		}
		if shown == districts {
			return all[:i], last, nil
		}
		shown, last = shown+1, e.District
	}
	return all, "", nil
}

// InForce lists the lines that hold on a day in up to so many districts, in order of their codes, behind one ("" = from the
// first), and gives the last district where more follow; 0 districts = all.
func InForce(ctx context.Context, q work.Querier, on day.Date, behind string, districts int) ([]Entry, string, error) {
	rows, err := q.Query(ctx, `
		-- eligibility.InForce
		SELECT DISTINCT ON (l.district) `+entryColumns+`
		WHERE l.from_on <= @on AND l.district > @behind
		ORDER BY l.district, l.from_on DESC LIMIT nullif(@limit, 1)`, pgx.NamedArgs{"on": on, "behind": behind, "limit": districts + 1})
	if err != nil {
		return nil, "", fmt.Errorf("listing the lines of %s: %w", on, err)
	}
	all, err := pgx.CollectRows(rows, scanEntry)
	if err != nil {
		return nil, "", fmt.Errorf("listing the lines of %s: %w", on, err)
	}
	if districts == 0 || len(all) <= districts {
		return all, "", nil
	}
	return all[:districts], all[districts-1].District, nil
}

// LinesOn gives the line of every district that an office lies in, as it holds on a day; a district without any is left
// out. proposed is a line that is not kept yet and holds as if it were, in its own district and in those that would
// fall back on it; its zero value is none.
func LinesOn(ctx context.Context, q work.Querier, on day.Date, proposed Line) (map[string]Line, error) {
	rows, err := q.Query(ctx, `
		-- eligibility.LinesOn
		SELECT p.district, l.id, l.district, l.from_on, l.monthly_fen, l.source
		FROM (SELECT DISTINCT district FROM staff_org) p, LATERAL (
			SELECT * FROM (
				SELECT id, district, from_on, monthly_fen, source FROM eligibility_line WHERE from_on <= @on
				UNION ALL
				SELECT 0, @district::text, @from::date, @monthly::bigint, '' WHERE @monthly::bigint > 0 AND @from::date <= @on) every
			WHERE every.district IN (p.district, left(p.district, 4) || '00', left(p.district, 2) || '0000')
			ORDER BY every.district DESC, every.from_on DESC LIMIT 1) l`,
		pgx.NamedArgs{"on": on, "district": proposed.District, "from": proposed.From, "monthly": int64(proposed.Monthly)})
	if err != nil {
		return nil, fmt.Errorf("finding the lines of %s: %w", on, err)
	}
	lines := map[string]Line{}
	var place string
	var l Line
	_, err = pgx.ForEachRow(rows, []any{&place, &l.ID, &l.District, &l.From, &l.Monthly, &l.Source}, func() error {
		lines[place] = l
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the lines of %s: %w", on, err)
	}
	return lines, nil
}
