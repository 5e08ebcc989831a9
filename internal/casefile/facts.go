package casefile

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
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
	all, err := factsOf(ctx, q, scope, one(id))
	if err == nil && len(all) == 0 {
		err = work.ErrNotFound
	}
	if err != nil {
		return Facts{}, fmt.Errorf("reading the facts of file %d: %w", id, err)
	}
	return all[0], nil
}

// factsOf reads the facts of files within the scope, in no order and with as many statements for many files as for one.
func factsOf(ctx context.Context, q work.Querier, scope work.Scope, of whose) ([]Facts, error) {
	covers, err := readFiles(ctx, q, scope, of)
	if err != nil || len(covers) == 0 {
		return nil, err
	}
	r, err := readRecords(ctx, q, of, len(covers))
	if err != nil {
		return nil, err
	}
	all := make([]Facts, len(covers))
	for i, f := range covers {
		all[i] = r.facts(f)
	}
	return all, nil
}

// facts puts together what one file says.
func (r records) facts(f File) Facts {
	facts := Facts{Cover: f, Office: f.OrgName, Arrears: r.arrears[f.ID], Card: only(r.cards[f.ID]), Property: only(r.property[f.ID])}
	facts.Cover.OrgPath, facts.Cover.OrgName, facts.Cover.OrgPhone, facts.Cover.District = "", "", "", ""
	facts.Cover.RegistrarName, facts.Cover.Version = "", 0
	facts.Cover = facts.Cover.inUTC()
	facts.People = make([]Member, len(r.people[f.ID]))
	for i, p := range r.people[f.ID] {
		facts.People[i] = Member{p}
	}
	if said := only(r.said[f.ID]); said != nil {
		facts.Causes, facts.Particulars, facts.Opinions = said.Causes, said.Particulars, said.Opinions
	}
	if economy := only(r.economy[f.ID]); economy != nil {
		facts.Economy = economy.said()
	}
	for i := range facts.Arrears {
		facts.Arrears[i].Name, facts.Arrears[i].EnteredBy, facts.Arrears[i].EnteredAt = "", "", time.Time{}
	}
	for i := range facts.Opinions {
		facts.Opinions[i].RecordedBy, facts.Opinions[i].RecordedAt = "", time.Time{}
	}
	for _, d := range r.signed[f.ID] {
		facts.Declarations = append(facts.Declarations, Signed{Kind: d.Kind, Version: d.Version, SignedOn: d.SignedOn})
	}
	return facts
}

// inUTC gives the cover with its times in one form, whatever the zone of the machine.
func (f File) inUTC() File {
	for _, at := range []*time.Time{&f.RegisteredAt, &f.SubmittedAt, &f.ActivatedAt, &f.ClosedAt, &f.TemporaryAt} {
		*at = at.UTC()
	}
	return f
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
	if kept, err = canonical(plain); err != nil {
		return nil, nil, err
	}
	hash, err = hashOf(kept)
	return kept, hash, err
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
	a, err := f.hash()
	if err != nil {
		return false, err
	}
	b, err := o.hash()
	return bytes.Equal(a, b), err
}

// hash gives the second part of Encode.
func (f Facts) hash() ([]byte, error) {
	plain, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("encoding the facts of file %d: %w", f.Cover.ID, err)
	}
	return hashOf(plain)
}

// decode reads kept facts.
func decode(kept []byte) (Facts, error) {
	var f Facts
	if err := json.Unmarshal(kept, &f); err != nil {
		return f, fmt.Errorf("reading kept facts: %w", err)
	}
	f.Cover = f.Cover.inUTC()
	return f, nil
}
