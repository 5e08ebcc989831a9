package casefile

import (
	"context"
	"fmt"
	"slices"

	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Reason is why somebody looks at a number in the clear (ux.md U21). The list is short on purpose.
type Reason string

// The reasons.
const (
	ForCall       Reason = "call"       // to reach the household: a visit, a review or a callback by telephone
	ForComparison Reason = "comparison" // to compare with the paper
	ForPayment    Reason = "payment"    // the bank asks
	ForContact    Reason = "contact"    // another office asks about the same person
	ForCorrection Reason = "correction" // the number seems wrong
	ForFiling     Reason = "filing"     // a print goes into the paper file or to another office; of prints only
)

// Reasons lists the reasons in the order of the form.
var Reasons = []Reason{ForCall, ForComparison, ForPayment, ForContact, ForCorrection}

// PrintReasons lists why numbers stand in the clear on a print: most often it is made for the paper file.
var PrintReasons = append([]Reason{ForFiling}, Reasons...)

// Key gives the word of the reason.
func (r Reason) Key() words.Key { return words.Key("casefile.reason." + string(r)) }

// known tells whether the reason is on the list of those to look at one number.
func (r Reason) known() bool { return slices.Contains(Reasons, r) }

// UnmaskPerson gives a person's numbers in the clear, once, and leaves in the trail who looked and why.
func UnmaskPerson(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, person PersonID, reason Reason) (Person, error) {
	if _, err := Find(ctx, u, u.By.Scope, id); err != nil {
		return Person{}, err
	}
	if !reason.known() {
		return Person{}, work.Refuse("casefile.refusal.reason").On("reason")
	}
	people, err := readPeople(ctx, u, id)
	if err != nil {
		return Person{}, fmt.Errorf("unmasking person %d: %w", person, err)
	}
	for _, p := range people {
		if p.ID != person {
			continue
		}
		if err := p.Reveal(keys); err != nil {
			return Person{}, err
		}
		return p, u.Audit(ctx, work.Entry{Act: "casefile.unmask_person", Kind: "person", ID: int64(person), FileID: id,
			Changes: []work.Change{{Field: "reason", After: reason}}})
	}
	return Person{}, fmt.Errorf("unmasking person %d: %w", person, work.ErrNotFound)
}

// UnmaskCard gives a card number in the clear, once, and leaves in the trail who looked and why.
func UnmaskCard(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, card CardID, reason Reason) (string, error) {
	if _, err := Find(ctx, u, u.By.Scope, id); err != nil {
		return "", err
	}
	if !reason.known() {
		return "", work.Refuse("casefile.refusal.reason").On("reason")
	}
	c, err := FindCard(ctx, u, card)
	if err == nil && c.FileID != id {
		err = work.ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("unmasking card %d: %w", card, err)
	}
	number, err := c.Number(keys)
	if err != nil {
		return "", err
	}
	return number, u.Audit(ctx, work.Entry{Act: "casefile.unmask_card", Kind: "card", ID: int64(card), FileID: id,
		Changes: []work.Change{{Field: "reason", After: reason}}})
}
