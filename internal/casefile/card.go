package casefile

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// CardID names a row of casefile_card.
type CardID int64

// CardState says whether money goes to a card.
type CardState string

// The states of a card.
const (
	CardProposed CardState = "proposed" // waits for a second person
	CardCurrent  CardState = "current"
	CardReplaced CardState = "replaced"
	CardRejected CardState = "rejected"
)

// Key gives the word of the state.
func (s CardState) Key() words.Key { return words.Key("casefile.card." + string(s)) }

// Card is a bank card to which the household's money goes. It is never edited, only replaced.
type Card struct {
	ID          CardID
	FileID      work.FileID
	Holder      string
	Bank        string
	Branch      string
	State       CardState
	EnteredBy   work.StaffID
	EnteredName string
	EnteredAt   time.Time
	ConfirmedBy work.StaffID // zero = nobody yet, or none was needed
	ConfirmedAt time.Time
	DecidedBy   string // name of ConfirmedBy
	Reason      string // why it was stopped; "" otherwise

	sealed []byte
}

const cardContext = "casefile_card.number"

// Number opens the card number, digits only. Pages show it masked, unless a reason was given (Unmask).
func (c Card) Number(keys *seal.Keys) (string, error) {
	plain, err := keys.Unseal(c.sealed, cardContext)
	if err != nil {
		return "", fmt.Errorf("opening the number of card %d: %w", c.ID, err)
	}
	return string(plain), nil
}

// NewCard is a card as entered.
type NewCard struct {
	Holder string
	Bank   string
	Branch string
	Number string // digits only, checked by Luhn
}

// SaveCard writes the card of a registration. Until it is submitted the registrar may replace it alone.
func SaveCard(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, seen int, n NewCard) error {
	return saving(ctx, u, id, BankSection, seen, func(f File) ([]work.Change, error) {
		if err := checkCard(ctx, u, f, &n); err != nil {
			return nil, err
		}
		if err := retireCards(ctx, u, id); err != nil {
			return nil, err
		}
		card, err := putCard(ctx, u, keys, id, n, CardCurrent)
		return []work.Change{{Field: "card", After: card}, {Field: "bank", After: n.Bank}, {Field: "card_number", After: idcard.MaskCard(n.Number)}}, err
	})
}

// ProposeCard enters another card for a submitted or active file. Money goes to it after a second person confirmed it; who
// entered it is on the gathering side, and pays nothing to it.
func ProposeCard(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, n NewCard) (CardID, error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return 0, err
	}
	if !f.State.HandedIn() {
		return 0, work.Refuse("casefile.refusal.card_state", f.State)
	}
	if err := checkCard(ctx, u, f, &n); err != nil {
		return 0, err
	}
	card, err := putCard(ctx, u, keys, id, n, CardProposed)
	if err != nil {
		return 0, fmt.Errorf("proposing a card for file %d: %w", id, worded(err))
	}
	return card, u.Audit(ctx, work.Entry{Act: "casefile.propose_card", Kind: "card", ID: int64(card), FileID: id,
		Changes: []work.Change{{Field: "bank", After: n.Bank}, {Field: "holder", After: n.Holder}}})
}

// CardStopped is the act of stopping a card, as the trail names it; its reason stands in the timeline.
const CardStopped = "casefile." + "reject_card"

// DecideCard confirms or rejects a proposed card. The one who entered it does neither, nor does anybody else who gathered
// for the household or pays it: saying where its money goes is a decision. Who rejects says why, in two characters or
// more; who confirms gives no reason.
func DecideCard(ctx context.Context, u *work.Unit, id work.FileID, card CardID, confirm bool, reason string) error {
	reason = strings.TrimSpace(reason)
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	c, err := FindCard(ctx, u, card)
	if err != nil {
		return err
	}
	switch {
	case c.FileID != id:
		return fmt.Errorf("card %d of file %d: %w", card, id, work.ErrNotFound)
	case c.State != CardProposed:
		return work.Refuse("casefile.refusal.card_decided", c.State)
	case c.EnteredBy == u.By.StaffID:
		return work.Refuse("casefile.refusal.card_own")
	case !confirm && len([]rune(reason)) < 2:
		return work.Refuse("casefile.refusal.card_reason").On("reason")
	}
	if err := deciding(ctx, u, id); err != nil {
		return err
	}
	act, to := "reject_card", CardRejected
	if confirm {
		if err := stillTheirs(ctx, u, f, c); err != nil {
			return err
		}
		act, to = "confirm_card", CardCurrent
		if err := replaceCurrent(ctx, u, id); err != nil {
			return fmt.Errorf("replacing the card of file %d: %w", id, err)
		}
	}
	if err := decideCard(ctx, u, card, to, reason); err != nil {
		return fmt.Errorf("deciding card %d: %w", card, worded(err))
	}
	if confirm {
		if _, err := Keep(ctx, u, id, "casefile."+act); err != nil {
			return err
		}
	}
	changes := []work.Change{{Field: "state", Before: c.State, After: to}}
	if !confirm {
		changes = append(changes, work.Change{Field: "reason", After: reason})
	}
	return u.Audit(ctx, work.Entry{Act: "casefile." + act, Kind: "card", ID: int64(card), FileID: id, Changes: changes})
}

// stillTheirs refuses to confirm a card of a file that ended since it was entered, or of a holder who left the household.
func stillTheirs(ctx context.Context, u *work.Unit, f File, c Card) error {
	if !f.State.HandedIn() {
		return work.Refuse("casefile.refusal.card_state", f.State)
	}
	people, err := readPeople(ctx, u, f.ID)
	if err != nil {
		return fmt.Errorf("confirming card %d: %w", c.ID, err)
	}
	if !slices.ContainsFunc(people, func(p Person) bool { return p.Name == c.Holder }) {
		return work.Refuse("casefile.refusal.card_left", c.Holder)
	}
	return nil
}

// Fill writes the number of a card as it was entered in digits alone, and fills in the bank that the number tells where none
// is named. It refuses a wrong number (on "number") and a bank that nobody knows (on "bank").
func (n *NewCard) Fill() *work.Refusal {
	number, err := idcard.ParseCard(n.Number)
	if err != nil {
		return work.Refuse("casefile.refusal.card_number").On("number")
	}
	n.Number = number
	if n.Bank == "" {
		n.Bank = idcard.Bank(number)
	}
	if n.Bank == "" {
		return work.Refuse("casefile.refusal.card_bank").On("bank")
	}
	return nil
}

// checkCard refuses a wrong number and a holder who is not of the household; it fills in the bank's name.
func checkCard(ctx context.Context, q work.Querier, f File, n *NewCard) error {
	if refusal := n.Fill(); refusal != nil {
		return refusal
	}
	people, err := readPeople(ctx, q, f.ID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(people, func(p Person) bool { return p.Name == n.Holder }) {
		return work.Refuse("casefile.refusal.card_holder").On("holder")
	}
	return nil
}

// CurrentCard gives the card to which the file's money goes, or work.ErrNotFound.
func CurrentCard(ctx context.Context, q work.Querier, id work.FileID) (Card, error) {
	cards, err := Cards(ctx, q, id)
	if err != nil {
		return Card{}, err
	}
	for _, c := range cards {
		if c.State == CardCurrent {
			return c, nil
		}
	}
	return Card{}, fmt.Errorf("current card of file %d: %w", id, work.ErrNotFound)
}

// Cards lists all cards of a file, newest first.
func Cards(ctx context.Context, q work.Querier, id work.FileID) ([]Card, error) {
	cards, err := readCards(ctx, q, pgx.NamedArgs{"file": id, "card": 0})
	if err != nil {
		return nil, fmt.Errorf("reading the cards of file %d: %w", id, err)
	}
	return cards, nil
}

// FindCard gives one card by its id, for those who hold the id from a record within their scope.
func FindCard(ctx context.Context, q work.Querier, card CardID) (Card, error) {
	cards, err := readCards(ctx, q, pgx.NamedArgs{"file": 0, "card": card})
	if err == nil && len(cards) != 1 {
		err = work.ErrNotFound
	}
	if err != nil {
		return Card{}, fmt.Errorf("finding card %d: %w", card, err)
	}
	return cards[0], nil
}
