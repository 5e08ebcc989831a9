package grant

import (
	"encoding/json"
	"errors"
	"fmt"

	"bangfu/internal/money"
	"bangfu/internal/words"
)

// What the percentage of illness aid is taken of. Article 30 has no word for the excess, so the whole is the default.
const (
	baseWhole  = "whole"  // of all that the person paid
	baseExcess = "excess" // of the part above From
)

// illness is serious-illness aid (001_ art. 30; domain.md d.3): below From nothing, from there on a percentage, at
// most Cap. Rounding is half up to the fen, before the cap.
type illness struct {
	FromFen money.Amount `json:"from_fen"` // the least self-paid sum that is helped, included
	Percent int64        `json:"percent"`
	CapFen  money.Amount `json:"cap_fen"`
	Base    string       `json:"base"`
}

func parseIllness(numbers json.RawMessage) (Formula, error) {
	var i illness
	if err := readNumbers(numbers, &i); err != nil {
		return nil, err
	}
	switch {
	case i.FromFen < 0 || i.FromFen > money.Max:
		return nil, errors.New("from_fen must not be below zero")
	case i.Percent < 1 || i.Percent > 100:
		return nil, errors.New("percent must lie between 1 and 100")
	case i.CapFen <= 0 || i.CapFen > money.Max:
		return nil, errors.New("cap_fen must be above zero")
	case i.Base != baseWhole && i.Base != baseExcess:
		return nil, fmt.Errorf("base %q is neither %q nor %q", i.Base, baseWhole, baseExcess)
	}
	return i, nil
}

// Facts asks what the person paid after all insurance.
func (illness) Facts() []Fact {
	return []Fact{{Name: "self_paid", Label: "grant.fact.self_paid", Hint: "grant.fact.self_paid_hint"}}
}

// Find computes the ceiling. 低于 excludes the number itself: 5,000.00 is helped.
func (i illness) Find(facts Facts) (Finding, error) {
	paid := facts["self_paid"]
	if paid < i.FromFen {
		return Finding{Lines: []words.Message{words.Saying("grant.illness.below", paid, i.FromFen)}}, nil
	}
	base, line := paid, words.Key("grant.illness.whole")
	if i.Base == baseExcess {
		base, line = paid-i.FromFen, "grant.illness.excess"
	}
	part, err := base.Percent(i.Percent * 100)
	if err != nil {
		return Finding{}, err
	}
	lines := []words.Message{
		words.Saying("grant.illness.reached", paid, i.FromFen),
		words.Saying(line, paid, i.FromFen, int(i.Percent), part),
	}
	switch {
	case part > i.CapFen:
		part = i.CapFen
		lines = append(lines, words.Saying("grant.illness.capped", i.CapFen))
	case part == 0:
		lines = append(lines, words.Saying("grant.illness.nothing"))
	}
	return Finding{Ceiling: part, Lines: lines}, nil
}

// Readings says the rule and how it reads the base.
func (i illness) Readings() []words.Message {
	return []words.Message{
		words.Saying("grant.illness.rule", i.FromFen, int(i.Percent), i.CapFen),
		words.Saying(words.Key("grant.illness.base."+i.Base), i.FromFen),
	}
}
