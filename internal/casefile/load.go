package casefile

import (
	"bangfu/internal/day"
	"bangfu/internal/seal"
)

// Sealed gives a person as the tables and the versions hold it, for one who loads a register in bulk: numbers sealed,
// with their indexes, and none in the clear.
func (p Person) Sealed(keys *seal.Keys) (Person, error) {
	args, err := personArgs(keys, 0, p)
	if err != nil {
		return Person{}, err
	}
	p.Number, p.Phone, p.Contact = "", "", ""
	p.NumberSealed, p.NumberIndex = args["sealed"].([]byte), args["index"].([]byte)
	p.PhoneSealed, p.PhoneIndex = args["phone"].([]byte), args["phone_index"].([]byte)
	p.ContactSealed, p.ContactIndex = args["contact"].([]byte), args["contact_index"].([]byte)
	return p, nil
}

// Sealed gives a card as the tables and the versions hold it, for one who loads a register in bulk.
func (n NewCard) Sealed(keys *seal.Keys, id CardID) (Account, error) {
	sealed, err := keys.Seal([]byte(n.Number), cardContext)
	return Account{ID: id, Holder: n.Holder, Bank: n.Bank, Branch: n.Branch, Sealed: sealed, Index: keys.Index(n.Number, cardContext)}, err
}

// Until gives the last day on which a paper of this kind proves something, for one who loads a register in bulk; unknown
// when it does not age.
func (k EvidenceKind) Until(issued day.Date) day.Date { return k.until(issued) }
