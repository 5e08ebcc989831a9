package grant

import (
	"context"
	"fmt"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// TermsID names a row of grant_terms.
type TermsID int64

// Programme is a kind of aid. Programmes and their terms are data; no programme is named in the code.
type Programme struct {
	Code   string
	NameZh string
	NameEn string
}

// Name gives the programme's name in the language.
func (p Programme) Name(l words.Language) string {
	if l == words.English {
		return p.NameEn
	}
	return p.NameZh
}

// Approval says how terms pick the tier.
type Approval string

// The ways of approval.
const (
	Tiered        Approval = "tiered"               // by the window sum (001_ art. 26)
	AlwaysTwoBody Approval = "group_then_committee" // whatever the amount (001_ art. 29, 30)
)

// Key gives the word of the way of approval.
func (a Approval) Key() words.Key { return words.Key("grant.approval." + string(a)) }

// Terms are one version of a programme's conditions, in force from a day on. An application keeps the terms it was
// filed under.
type Terms struct {
	ID        TermsID
	Programme Programme
	From      day.Date
	Kind      string // of the formula
	Formula   Formula
	Approval  Approval
	Purpose   fund.Purpose            // what money may be drawn on
	Causes    []casefile.Cause        // that the programme helps with
	Evidence  []casefile.EvidenceKind // papers that must be on the worker file
	Months    int                     // length of the window
	Source    string                  // the rule they come from
}

// tier gives the tier of a window sum under these terms, by the bands of the filing day.
func (t Terms) tier(bands Bands, sum money.Amount) (Tier, *work.Refusal) {
	if t.Approval == AlwaysTwoBody {
		return GroupThenCommittee, nil
	}
	return bands.Of(sum)
}

// ListTerms gives the terms in force on the day, one a programme, in the order in which a page offers them.
func ListTerms(ctx context.Context, q work.Querier, on day.Date) ([]Terms, error) {
	terms, err := listTerms(ctx, q, on)
	if err != nil {
		return nil, fmt.Errorf("listing terms: %w", err)
	}
	return terms, nil
}

// ListBands gives the table of tiers in force on the day.
func ListBands(ctx context.Context, q work.Querier, on day.Date) (Bands, error) {
	bands, err := listBands(ctx, q, on)
	if err != nil {
		return nil, fmt.Errorf("listing tiers: %w", err)
	}
	return bands, nil
}

// termsOf gives a programme's terms in force on the day, or work.ErrNotFound.
func termsOf(ctx context.Context, q work.Querier, code string, on day.Date) (Terms, error) {
	all, err := listTerms(ctx, q, on)
	if err != nil {
		return Terms{}, err
	}
	for _, t := range all {
		if t.Programme.Code == code {
			return t, nil
		}
	}
	return Terms{}, work.ErrNotFound
}

// LivingCeiling gives the most that one household is given in twelve months of living aid by the programmes of that
// purpose in force on the day, whose ceiling does not hang on a figure of the household.
func LivingCeiling(ctx context.Context, q work.Querier, on day.Date) (money.Amount, error) {
	terms, err := ListTerms(ctx, q, on)
	if err != nil {
		return 0, err
	}
	var parts []money.Amount
	for _, t := range terms {
		if t.Purpose != fund.Living || len(t.Formula.Facts()) > 0 {
			continue
		}
		found, err := t.Formula.Find(Facts{})
		if err != nil {
			return 0, fmt.Errorf("finding the ceiling of %s: %w", t.Programme.Code, err)
		}
		yearly, err := found.Ceiling.Percent(100_00 * 12)
		if err != nil {
			return 0, err
		}
		if yearly, err = yearly.Div(int64(t.Months)); err != nil {
			return 0, err
		}
		parts = append(parts, yearly)
	}
	return money.Sum(parts...)
}
