package grant

import (
	"encoding/json"
	"errors"

	"bangfu/internal/money"
	"bangfu/internal/words"
)

// set is living aid: the group sets the amount by what it sees, up to a ceiling (001_ art. 28).
type set struct {
	CeilingFen money.Amount `json:"ceiling_fen"` // the most a single grant may be
}

func parseSet(numbers json.RawMessage) (Formula, error) {
	var s set
	if err := readNumbers(numbers, &s); err != nil {
		return nil, err
	}
	if s.CeilingFen <= 0 || s.CeilingFen > money.Max {
		return nil, errors.New("ceiling_fen must be above zero")
	}
	return s, nil
}

// Facts: none; the reason is what the group goes by.
func (set) Facts() []Fact { return nil }

// Find gives the ceiling, the same for every household.
func (s set) Find(Facts) (Finding, error) {
	return Finding{Ceiling: s.CeilingFen, Lines: []words.Message{words.Saying("grant.set.ceiling", s.CeilingFen)}}, nil
}

// Readings says the rule.
func (s set) Readings() []words.Message {
	return []words.Message{words.Saying("grant.set.rule", s.CeilingFen)}
}
