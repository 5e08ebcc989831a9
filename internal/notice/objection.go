package notice

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// ObjectionID names a row of notice_objection.
type ObjectionID int64

// Contact is who objects and how to reach the person. Both may be empty: an objection may come without a name.
type Contact struct {
	Name  string `json:"name,omitempty"`
	Reach string `json:"reach,omitempty"` // phone or address, as the person gave it
}

// Said is what an objector says.
type Said struct {
	Channel Channel
	Content string // 1 to 2000 characters
	Contact Contact
}

// Objection is one objection to a notice. Content and Contact are filled by Read alone.
type Objection struct {
	ID         ObjectionID
	NoticeID   ID
	Receipt    string
	Channel    Channel
	ReceivedAt time.Time
	EnteredBy  string // name of the person at the desk; "" when it came by the public page
	State      ObjectionState
	Reason     string
	ClosedBy   string
	ClosedAt   time.Time
	VisitID    int64 // the recheck it was judged by

	Content string
	Contact Contact
}

// Contexts of what is sealed.
const (
	sealedSaid    = "notice_objection.said"
	sealedContact = "notice_objection.contact"
)

// Object takes an objection at the desk, to a notice within the scope, and gives its receipt number. The notice stops
// at once and the file is contested.
func Object(ctx context.Context, u *work.Unit, keys *seal.Keys, id ID, said Said) (string, error) {
	n, err := lock(ctx, u, u.By.Scope, id)
	if err != nil {
		return "", fmt.Errorf("objecting to notice %d: %w", id, err)
	}
	return object(ctx, u, keys, n, said)
}

// ObjectPublic takes an objection from the public page, by the id of its row there.
func ObjectPublic(ctx context.Context, u *work.Unit, keys *seal.Keys, id PublicID, said Said) (string, error) {
	if _, err := FindPublic(ctx, u, id, u.Today()); err != nil {
		return "", err
	}
	noticeID, err := behind(ctx, u, id)
	if err != nil {
		return "", fmt.Errorf("objecting to public notice %d: %w", id, err)
	}
	n, err := lock(ctx, u, work.Everywhere, noticeID)
	if err != nil {
		return "", fmt.Errorf("objecting to public notice %d: %w", id, err)
	}
	said.Channel = ChannelWeb
	return object(ctx, u, keys, n, said)
}

// object writes an objection to a locked notice.
func object(ctx context.Context, u *work.Unit, keys *seal.Keys, n Notice, said Said) (string, error) {
	to, refusal := n.after(ActObject, u.Today())
	if refusal != nil {
		return "", refusal
	}
	o := Objection{NoticeID: n.ID, Receipt: newReceipt(u.Now), Channel: said.Channel}
	content, contact, err := sealSaid(keys, said)
	if err != nil {
		return "", fmt.Errorf("sealing an objection: %w", err)
	}
	if o.ID, err = insertObjection(ctx, u, o, content, contact); err != nil {
		return "", fmt.Errorf("objecting to notice %d: %w", n.ID, err)
	}
	if n.State == Open {
		if err := advance(ctx, u, n, to); err != nil {
			return "", fmt.Errorf("stopping notice %d: %w", n.ID, err)
		}
		if err := casefile.Contest(ctx, u, n.FileID); err != nil {
			return "", err
		}
	}
	return o.Receipt, u.Audit(ctx, work.Entry{Act: "notice.object", Kind: "objection", ID: int64(o.ID), FileID: n.FileID,
		Changes: []work.Change{{Field: "channel", After: o.Channel}, {Field: "notice_state", Before: n.State, After: to}}})
}

// sealSaid seals content and contact; an empty contact stays nil.
func sealSaid(keys *seal.Keys, said Said) (content, contact []byte, err error) {
	if content, err = keys.Seal([]byte(said.Content), sealedSaid); err != nil || said.Contact == (Contact{}) {
		return content, nil, err
	}
	plain, err := json.Marshal(said.Contact)
	if err != nil {
		return nil, nil, err
	}
	contact, err = keys.Seal(plain, sealedContact)
	return content, contact, err
}

// Read gives an objection to a notice within the scope, with what was said.
func Read(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, id ObjectionID) (Objection, error) {
	o, content, contact, err := findObjection(ctx, q, scope, id)
	if err != nil {
		return Objection{}, fmt.Errorf("reading objection %d: %w", id, err)
	}
	plain, err := keys.Unseal(content, sealedSaid)
	if err != nil {
		return Objection{}, fmt.Errorf("opening objection %d: %w", id, err)
	}
	o.Content = string(plain)
	if contact == nil {
		return o, nil
	}
	if plain, err = keys.Unseal(contact, sealedContact); err != nil {
		return Objection{}, fmt.Errorf("opening the contact of objection %d: %w", id, err)
	}
	return o, json.Unmarshal(plain, &o.Contact)
}

// Objections gives the objections to a notice within the scope, the oldest first, without what was said.
func Objections(ctx context.Context, q work.Querier, scope work.Scope, id ID) ([]Objection, error) {
	objections, err := objectionsTo(ctx, q, scope, id)
	if err != nil {
		return nil, fmt.Errorf("listing the objections to notice %d: %w", id, err)
	}
	return objections, nil
}

// Answer is what anybody who holds a receipt number may know.
type Answer struct {
	Receipt    string
	State      ObjectionState
	ReceivedAt time.Time
	ClosedAt   time.Time
}

// Ask tells how an objection stands, by its receipt number. What is no number of ours is work.ErrNotFound.
func Ask(ctx context.Context, q work.Querier, receipt string) (Answer, error) {
	a, err := answer(ctx, q, ParseReceipt(receipt))
	if err != nil {
		return Answer{}, fmt.Errorf("asking about an objection: %w", err)
	}
	return a, nil
}

// letters are the signs of a receipt number: without I, L, O and U, which are misread.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newReceipt makes a receipt number, "261122-K7QM-2P9X": the day, and forty random bits, since the number alone opens
// the state of the objection.
func newReceipt(now time.Time) string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	for i := range b {
		b[i] = letters[b[i]%32]
	}
	return now.In(day.Zone).Format("060102") + "-" + string(b[:4]) + "-" + string(b[4:])
}

// ParseReceipt reads a receipt number as people type it: any case, with or without dashes and spaces, O for 0 and I or
// L for 1. The answer has the form of a receipt number, or is empty.
func ParseReceipt(s string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(s) {
		switch {
		case r == 'O':
			r = '0'
		case r == 'I' || r == 'L':
			r = '1'
		}
		if strings.ContainsRune(letters, r) {
			b.WriteRune(r)
		} else if !strings.ContainsRune("-–— \u3000", r) {
			return ""
		}
	}
	if b.Len() != 14 {
		return ""
	}
	plain := b.String()
	return plain[:6] + "-" + plain[6:10] + "-" + plain[10:]
}
