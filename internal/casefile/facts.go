package casefile

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// Facts is everything reportable of a file at one moment: what a version keeps (version.go). It is made of the same
// types as the file's page, so a field that Person or File gains is kept from then on by itself. Numbers are in it
// only sealed, with their index to tell two of them apart.
type Facts struct {
	Cover        File // without what belongs to others: see FactsOf
	Office       string
	People       []Member
	Particulars  Particulars
	Economy      Economy
	Arrears      []Arrears
	Causes       []Cause
	Declarations []Signed
	Opinions     []BodyOpinion
	Card         *Account
	Property     *Property
}

// Member is a person as a version keeps one: the numbers are sealed, and empty until Facts.Reveal.
type Member struct{ Person }

// Signed is one declaration with the version of its wording.
type Signed struct {
	Kind     DeclarationKind
	Version  string
	SignedOn day.Date
}

// Account is the bank card in use. Number is empty until Facts.Reveal.
type Account struct {
	ID     CardID
	Holder string
	Bank   string
	Branch string
	Number string `json:"-"`
	Sealed []byte `json:"card_sealed"`
	Index  []byte `json:"card_index"`
}

// Level is the standard under which the file is kept 建档标准 (domain.md b.2), of Levels: what was picked by hand where an
// older version says it, otherwise the one that the category gives. It is empty before a household is judged and when it
// does not qualify.
func (f Facts) Level() string {
	if f.Particulars.Level != "" {
		return f.Particulars.Level
	}
	return string(f.Cover.Category.Level())
}

// FactsOf reads the facts of a file as they stand now, numbers sealed, or work.ErrNotFound. What other records own is
// left out or stands beside: the office's place and phone, the name of the registrar. The office's name is kept, since
// a print of that day bore it, but a new name alone makes no new version.
func FactsOf(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID) (Facts, error) {
	f, err := Find(ctx, q, scope, id)
	if err != nil {
		return Facts{}, err
	}
	facts := Facts{Cover: f, Office: f.OrgName}
	facts.Cover.OrgPath, facts.Cover.OrgName, facts.Cover.OrgPhone, facts.Cover.District = "", "", "", ""
	facts.Cover.RegistrarName, facts.Cover.Version = "", 0
	for _, at := range []*time.Time{&facts.Cover.RegisteredAt, &facts.Cover.SubmittedAt, &facts.Cover.ActivatedAt, &facts.Cover.ClosedAt} {
		*at = at.UTC() // one form, whatever the zone of the machine
	}
	if facts.People, err = readMembers(ctx, q, id); err != nil {
		return facts, fmt.Errorf("reading the people of file %d: %w", id, err)
	}
	said, err := SaidOf(ctx, q, id)
	if err != nil {
		return facts, err
	}
	facts.Causes, facts.Particulars, facts.Opinions = said.Causes, said.Particulars, said.Opinions
	if facts.Economy, err = EconomyOf(ctx, q, f); err != nil {
		return facts, err
	}
	facts.Economy = facts.Economy.said()
	if facts.Arrears, err = ArrearsOf(ctx, q, id); err != nil {
		return facts, err
	}
	for i := range facts.Arrears {
		facts.Arrears[i].Name, facts.Arrears[i].EnteredBy, facts.Arrears[i].EnteredAt = "", "", time.Time{}
	}
	for i := range facts.Opinions {
		facts.Opinions[i].RecordedBy, facts.Opinions[i].RecordedAt = "", time.Time{}
	}
	signed, err := DeclarationsOf(ctx, q, id)
	if err != nil {
		return facts, err
	}
	for _, d := range signed {
		facts.Declarations = append(facts.Declarations, Signed{Kind: d.Kind, Version: d.Version, SignedOn: d.SignedOn})
	}
	if facts.Card, err = readAccount(ctx, q, id); err != nil {
		return facts, fmt.Errorf("reading the card of file %d: %w", id, err)
	}
	facts.Property, err = PropertyOf(ctx, q, id)
	return facts, err
}

// Reveal opens all numbers, for masking and for comparing.
func (f *Facts) Reveal(keys *seal.Keys) error {
	for i := range f.People {
		if err := f.People[i].Person.Reveal(keys); err != nil {
			return err
		}
	}
	if f.Card == nil {
		return nil
	}
	number, err := Card{ID: f.Card.ID, sealed: f.Card.Sealed}.Number(keys)
	f.Card.Number = number
	return err
}

// Persons lists the household as the page of the file shows it.
func (f Facts) Persons() []Person {
	people := make([]Person, len(f.People))
	for i, m := range f.People {
		people[i] = m.Person
	}
	return people
}

// secrets are the parts of the kept form that differ each time the same number is sealed. The index tells numbers apart.
var secrets = []string{"number_sealed", "phone_sealed", "contact_sealed", "card_sealed"}

// Encode gives the form in which facts are kept and the hash over it: what is empty is left out, so that a field which
// the file gains later does not change the versions that never had it. The sealed numbers are not hashed, their indexes
// are. The error is a fault of the program.
func (f Facts) Encode() (kept, hash []byte, err error) {
	plain, err := json.Marshal(f)
	if err != nil {
		return nil, nil, fmt.Errorf("encoding the facts of file %d: %w", f.Cover.ID, err)
	}
	value, err := plainOf(plain)
	if err != nil {
		return nil, nil, err
	}
	value = pruned(value, nil)
	if kept, err = json.Marshal(value); err != nil {
		return nil, nil, err
	}
	text, err := json.Marshal(pruned(value, secrets)) // what hashOf reads out of kept
	sum := sha256.Sum256(text)
	return kept, sum[:], err
}

// hashOf is the SHA-256 of kept facts. It depends on what is said, not on how the database writes it.
func hashOf(kept []byte) ([]byte, error) {
	text, err := canonical(kept, secrets...)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	return sum[:], nil
}

// same tells whether two states of a file say the same. A new name of the office is no new fact of the household.
func (f Facts) same(o Facts) (bool, error) {
	f.Office, o.Office = "", ""
	_, a, err := f.Encode()
	if err != nil {
		return false, err
	}
	_, b, err := o.Encode()
	return bytes.Equal(a, b), err
}

// canonical writes JSON in one form: names in order, nothing empty, without the parts named.
func canonical(text []byte, without ...string) ([]byte, error) {
	value, err := plainOf(text)
	if err != nil {
		return nil, err
	}
	return json.Marshal(pruned(value, without))
}

// plainOf reads JSON, numbers as they are written.
func plainOf(text []byte) (value any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("reading kept facts: %w", err)
	}
	return value, nil
}

// pruned takes empty and unwanted parts out of a JSON value.
func pruned(value any, without []string) any {
	switch v := value.(type) {
	case map[string]any:
		for name, part := range v {
			if part = pruned(part, without); blank(part) || slices.Contains(without, name) {
				delete(v, name)
			} else {
				v[name] = part
			}
		}
	case []any:
		for i := range v {
			v[i] = pruned(v[i], without)
		}
	}
	return value
}

// noTime is how JSON writes a time that is not known.
const noTime = "0001-01-01T00:00:00Z"

// blank tells whether a JSON value says nothing.
func blank(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == "" || v == noTime
	case bool:
		return !v
	case json.Number:
		return v == "0"
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// decode reads kept facts.
func decode(kept []byte) (Facts, error) {
	var f Facts
	if err := json.Unmarshal(kept, &f); err != nil {
		return f, fmt.Errorf("reading kept facts: %w", err)
	}
	return f, nil
}
