package grant

import (
	"encoding/json"
	"errors"

	"bangfu/internal/money"
	"bangfu/internal/words"
)

// disaster is aid after a disaster or an accident (001_ art. 29; domain.md d.2): two rows of loss with a cap each.
// Article 29 puts a loss of exactly the limit into both rows; LimitInLower says which one it is.
type disaster struct {
	LimitFen     money.Amount `json:"limit_fen"`
	LimitInLower bool         `json:"limit_in_lower"` // true: the stricter reading
	LowerCapFen  money.Amount `json:"lower_cap_fen"`
	UpperCapFen  money.Amount `json:"upper_cap_fen"`
}

func parseDisaster(numbers json.RawMessage) (Formula, error) {
	var d disaster
	if err := readNumbers(numbers, &d); err != nil {
		return nil, err
	}
	switch {
	case d.LimitFen <= 0 || d.LimitFen > money.Max:
		return nil, errors.New("limit_fen must be above zero")
	case d.LowerCapFen <= 0 || d.UpperCapFen < d.LowerCapFen || d.UpperCapFen > money.Max:
		return nil, errors.New("the caps must be above zero and rise with the loss")
	}
	return d, nil
}

// Facts asks for the loss.
func (disaster) Facts() []Fact {
	return []Fact{{Name: "loss", Label: "grant.fact.loss", Hint: "grant.fact.loss_hint"}}
}

// Find gives the cap of the row that the loss falls into. The cap is a maximum; the group sets the amount.
func (d disaster) Find(facts Facts) (Finding, error) {
	loss := facts["loss"]
	switch {
	case loss <= 0:
		return Finding{Lines: []words.Message{words.Saying("grant.disaster.no_loss")}}, nil
	case loss < d.LimitFen || loss == d.LimitFen && d.LimitInLower:
		return d.row(words.Saying(d.lower(), loss, d.LimitFen), d.LowerCapFen), nil
	default:
		return d.row(words.Saying(d.upper(), loss, d.LimitFen), d.UpperCapFen), nil
	}
}

// row says into which row the loss falls, and its cap.
func (d disaster) row(line words.Message, ceiling money.Amount) Finding {
	return Finding{Ceiling: ceiling, Lines: []words.Message{line, words.Saying("grant.disaster.cap", ceiling)}}
}

// lower words the lower row, with or without its end.
func (d disaster) lower() words.Key {
	if d.LimitInLower {
		return "grant.disaster.up_to"
	}
	return "grant.disaster.below"
}

// upper words the upper row, with or without its beginning.
func (d disaster) upper() words.Key {
	if d.LimitInLower {
		return "grant.disaster.above"
	}
	return "grant.disaster.from"
}

// Readings says both rows and which of them the limit belongs to.
func (d disaster) Readings() []words.Message {
	reading := words.Key("grant.disaster.limit_upper")
	if d.LimitInLower {
		reading = "grant.disaster.limit_lower"
	}
	return []words.Message{
		words.Saying("grant.disaster.rule", d.LimitFen, d.LowerCapFen, d.UpperCapFen),
		words.Saying(reading, d.LimitFen),
	}
}
