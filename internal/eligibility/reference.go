package eligibility

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ReferenceKind is a figure to hold a household's income against (003-42). It decides nothing.
type ReferenceKind string

// The kinds of reference.
const (
	MinimumWage ReferenceKind = "minimum_wage" // 最低工资标准
	AverageWage ReferenceKind = "average_wage" // 社会平均工资
)

// ReferenceKinds lists both in the order of the form.
var ReferenceKinds = []ReferenceKind{MinimumWage, AverageWage}

// Key gives the word of the kind.
func (k ReferenceKind) Key() words.Key { return words.Key("eligibility.reference." + string(k)) }

// Reference is one such figure, a month, in one district from a day on.
type Reference struct {
	Kind     ReferenceKind
	District string
	From     day.Date
	Monthly  money.Amount
	Source   string
	Place    string // name of the district; "" = no office lies there
}

// highestWage is the highest monthly wage that makes sense; it catches a yearly one.
const highestWage = money.Amount(10000000)

// AddReference adds a reference. Like a line it is never changed; another day makes another row.
func AddReference(ctx context.Context, u *work.Unit, r Reference) error {
	switch {
	case !slices.Contains(ReferenceKinds, r.Kind):
		return work.Refuse("eligibility.refusal.reference_kind").On("kind")
	case !isDistrict.MatchString(r.District):
		return work.Refuse("eligibility.refusal.district").On("district")
	case r.From.Before(earliest) || r.From.After(u.Today().AddMonths(24)):
		return work.Refuse("eligibility.refusal.from", earliest, u.Today().AddMonths(24)).On("from_on")
	case r.Monthly <= 0 || r.Monthly > highestWage:
		return work.Refuse("eligibility.refusal.wage", highestWage).On("monthly")
	}
	var id int64
	err := u.QueryRow(ctx, `
		-- eligibility.AddReference
		INSERT INTO eligibility_reference (kind, district, from_on, monthly_fen, source, entered_by, entered_at)
		VALUES (@kind, @district, @from, @monthly, @source, @by, @now) ON CONFLICT (kind, district, from_on) DO NOTHING RETURNING id`,
		pgx.NamedArgs{"kind": string(r.Kind), "district": r.District, "from": r.From, "monthly": int64(r.Monthly), "source": r.Source,
			"by": u.By.StaffID, "now": u.Now}).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return work.Refuse("eligibility.refusal.again", r.District, r.From).On("from_on")
	}
	if err != nil {
		return fmt.Errorf("adding a reference for %s: %w", r.District, err)
	}
	return u.Audit(ctx, work.Entry{Act: "eligibility.add_reference", Kind: "reference", ID: id, Changes: []work.Change{
		{Field: "kind", After: r.Kind}, {Field: "district", After: r.District}, {Field: "from_on", After: r.From.String()},
		{Field: "monthly", After: r.Monthly.String()}, {Field: "source", After: r.Source}}})
}

// ReferencePlace is a place in the list of references; the zero one is its beginning.
type ReferencePlace struct {
	Kind     ReferenceKind
	District string
	From     day.Date
}

// References lists up to size references by kind and district, the newest of each first, behind a place, and gives the place
// of the last where more follow.
func References(ctx context.Context, q work.Querier, behind ReferencePlace, size int) ([]Reference, ReferencePlace, error) {
	all, err := readReferences(ctx, q, `
		-- eligibility.References
		SELECT kind, district, from_on, monthly_fen, source, staff_district(district) FROM eligibility_reference
		WHERE @kind = '' OR kind < @kind OR kind = @kind AND (district > @district OR district = @district AND from_on < @from)
		ORDER BY kind DESC, district, from_on DESC LIMIT @limit`,
		pgx.NamedArgs{"kind": string(behind.Kind), "district": behind.District, "from": behind.From, "limit": size + 1})
	if err != nil || len(all) <= size {
		return all, ReferencePlace{}, err
	}
	last := all[size-1]
	return all[:size], ReferencePlace{Kind: last.Kind, District: last.District, From: last.From}, nil
}

// ReferencesOn gives the references that hold in a district on a day, of each kind the newest of the district, or else
// of its prefecture, or else of its province. A kind without any is left out.
func ReferencesOn(ctx context.Context, q work.Querier, district string, on day.Date) ([]Reference, error) {
	if len(district) != 6 {
		return nil, nil
	}
	return readReferences(ctx, q, `
		-- eligibility.ReferencesOn
		SELECT DISTINCT ON (kind) kind, district, from_on, monthly_fen, source, '' FROM eligibility_reference
		WHERE district = ANY(@places) AND from_on <= @on ORDER BY kind DESC, district DESC, from_on DESC`,
		pgx.NamedArgs{"places": []string{district, district[:4] + "00", district[:2] + "0000"}, "on": on})
}

// readReferences reads references.
func readReferences(ctx context.Context, q work.Querier, sql string, args pgx.NamedArgs) ([]Reference, error) {
	rows, err := q.Query(ctx, sql, args)
	if err != nil {
		return nil, fmt.Errorf("reading references: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Reference])
}
