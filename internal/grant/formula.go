package grant

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"bangfu/internal/money"
	"bangfu/internal/words"
)

// formulas lists the kinds of arithmetic a programme's terms can name. A new kind is one file and one line here.
var formulas = map[string]func(numbers json.RawMessage) (Formula, error){
	"set":      parseSet,
	"illness":  parseIllness,
	"disaster": parseDisaster,
}

// Formula is the arithmetic of one set of terms, its numbers read and checked.
type Formula interface {
	// Facts lists the figures that the formula asks of the household.
	Facts() []Fact
	// Find gives the most that a household with these facts may be given. The error is money.ErrOverflow.
	Find(Facts) (Finding, error)
	// Readings says the rule in words, with its numbers and how it reads what the source leaves open.
	Readings() []words.Message
}

// Fact is a figure asked of the household, always an amount of money. Name is its name in forms.
type Fact struct {
	Name  string
	Label words.Key
	Hint  words.Key
}

// Facts are a household's figures by the name of the Fact.
type Facts map[string]money.Amount

// only keeps the figures that the formula asks for; what was not given is zero.
func (f Facts) only(asked []Fact) Facts {
	kept := make(Facts, len(asked))
	for _, fact := range asked {
		kept[fact.Name] = f[fact.Name]
	}
	return kept
}

// MarshalJSON writes the facts as they are kept, with the unit in the name: {"self_paid_fen": 1234567}.
func (f Facts) MarshalJSON() ([]byte, error) {
	fen := make(map[string]int64, len(f))
	for name, amount := range f {
		fen[name+"_fen"] = int64(amount)
	}
	return json.Marshal(fen)
}

// UnmarshalJSON reads what MarshalJSON writes. A name without its unit is an error.
func (f *Facts) UnmarshalJSON(data []byte) error {
	var fen map[string]money.Amount
	if err := json.Unmarshal(data, &fen); err != nil {
		return err
	}
	*f = make(Facts, len(fen))
	for name, amount := range fen {
		bare, found := strings.CutSuffix(name, "_fen")
		if !found {
			return fmt.Errorf("fact %q does not name its unit", name)
		}
		(*f)[bare] = amount
	}
	return nil
}

// Finding is a formula's answer for one household.
type Finding struct {
	Ceiling money.Amount    // zero = not eligible
	Lines   []words.Message // how it comes about, in this household's figures
}

// Eligible tells whether there is anything to give.
func (f Finding) Eligible() bool { return f.Ceiling > 0 }

// NewFormula reads the numbers of terms by the kind they name.
func NewFormula(kind string, numbers json.RawMessage) (Formula, error) {
	parse, known := formulas[kind]
	if !known {
		return nil, fmt.Errorf("no formula of kind %q", kind)
	}
	formula, err := parse(numbers)
	if err != nil {
		return nil, fmt.Errorf("numbers of formula %q: %w", kind, err)
	}
	return formula, nil
}

// readNumbers decodes the numbers of terms. A number that the kind does not know is an error, since it would have no
// effect.
func readNumbers(numbers json.RawMessage, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(numbers))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}
