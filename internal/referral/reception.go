package referral

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// ReceptionID names a row of referral_reception.
type ReceptionID int64

// Visitor is what is asked at the window of a person who has no file.
type Visitor struct {
	CameOn day.Date
	Name   string // 1 to 40 characters
	Phone  string
	Kind   Kind
	Asked  string   // what the person asks for, 2 to 1000 characters
	Office string   // where the person is sent, 2 to 80 characters
	DueOn  day.Date // by when that office is to answer
}

// Reception is the record of a person who came to the window (来访登记, 001-73). Who enters it is the first person asked (首问责任人)
// and answers for what becomes of it.
type Reception struct {
	ID           ReceptionID
	OrgID        work.OrgID
	OrgName      string
	OrgPhone     string
	Visitor      // the phone masked
	State        ReceptionState
	Number       string // of the introduction letter
	AnsweredOn   day.Date
	Answer       string
	FollowOn     day.Date
	ClosedOn     day.Date
	FileID       work.FileID // the registration made of it; zero = none
	FirstAsked   string
	FirstAskedAt time.Time
	Erased       bool // its words are gone
	Version      int
	phone        []byte
}

// Late tells whether the answer is overdue on a day: the day after the last one expected, and later.
func (r Reception) Late(today day.Date) bool { return r.State == Waiting && today.After(r.DueOn) }

// MayFile tells whether the actor may make a registration of it: of the office that received the person, and once.
func (r Reception) MayFile(by work.Actor) bool {
	return r.FileID == 0 && !r.Erased && by.OrgID == r.OrgID
}

const visitorPhone = "referral_reception.phone"

// Receive records a visitor at the actor's own office and gives the introduction letter its number.
func Receive(ctx context.Context, u *work.Unit, keys *seal.Keys, v Visitor) (ReceptionID, error) {
	switch today := u.Today(); {
	case v.CameOn.IsZero() || v.CameOn.After(today):
		return 0, work.Refuse("referral.refusal.came_on").On("came_on")
	case !slices.Contains(KindsOn(today), v.Kind):
		return 0, work.Refuse("referral.refusal.kind").On("kind")
	case !v.DueOn.After(v.CameOn):
		return 0, work.Refuse("referral.refusal.reception_due").On("due_on")
	case v.Phone == "":
		return 0, work.Refuse("referral.refusal.phone").On("phone")
	}
	sealed, err := keys.Seal([]byte(v.Phone), visitorPhone)
	if err != nil {
		return 0, fmt.Errorf("sealing the phone of a visitor: %w", err)
	}
	r := Reception{OrgID: u.By.OrgID}
	if r.Number, err = nextNumber(ctx, u, r.OrgID); err != nil {
		return 0, fmt.Errorf("numbering the letter of a visitor: %w", err)
	}
	if r.ID, err = insertReception(ctx, u, v, sealed, r.Number); err != nil {
		return 0, fmt.Errorf("recording a visitor: %w", err)
	}
	return r.ID, recordReception(ctx, u, r, ActRegister, Event{On: v.CameOn}, work.Change{Field: "kind", After: v.Kind},
		work.Change{Field: "office", After: v.Office}, work.Change{Field: "number", After: r.Number}, work.Change{Field: "due_on", After: v.DueOn.String()})
}

// AnswerReception enters what the office answered, and when to ask again (zero = not).
func AnswerReception(ctx context.Context, u *work.Unit, id ReceptionID, on day.Date, answer string, follow day.Date) error {
	r, err := findReception(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	to, refusal := r.after(ActAnswer)
	switch {
	case refusal != nil:
		return refusal
	case on.IsZero() || on.After(u.Today()) || on.Before(r.CameOn):
		return work.Refuse("referral.refusal.reception_answered_on", r.CameOn).On("answered_on")
	case answer == "":
		return work.Refuse("referral.refusal.answer").On("answer")
	case !follow.IsZero() && follow.Before(u.Today()):
		return work.Refuse("referral.refusal.follow_on").On("follow_on")
	}
	r.AnsweredOn, r.Answer, r.FollowOn = on, answer, follow
	if err := advanceReception(ctx, u, r, to); err != nil {
		return fmt.Errorf("answering reception %d: %w", id, err)
	}
	return recordReception(ctx, u, r, ActAnswer, Event{On: on, Note: answer, Next: follow})
}

// FollowReception notes that somebody asked how it stands, and when to ask again (zero = not any more).
func FollowReception(ctx context.Context, u *work.Unit, id ReceptionID, note string, next day.Date) error {
	r, err := findReception(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	to, refusal := r.after(ActFollow)
	if refusal == nil {
		refusal = checkFollow(note, next, u.Today())
	}
	if refusal != nil {
		return refusal
	}
	r.FollowOn = next
	if err := advanceReception(ctx, u, r, to); err != nil {
		return fmt.Errorf("following reception %d: %w", id, err)
	}
	return recordReception(ctx, u, r, ActFollow, Event{On: u.Today(), Note: note, Next: next})
}

// CloseReception ends it, with or without an answer; what the person was told stays with it.
func CloseReception(ctx context.Context, u *work.Unit, id ReceptionID, told string) error {
	r, err := findReception(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	to, refusal := r.after(ActClose)
	switch {
	case refusal != nil:
		return refusal
	case told == "":
		return work.Refuse("referral.refusal.told").On("told")
	}
	r.FollowOn, r.ClosedOn = day.Date{}, u.Today()
	if err := advanceReception(ctx, u, r, to); err != nil {
		return fmt.Errorf("closing reception %d: %w", id, err)
	}
	return recordReception(ctx, u, r, ActClose, Event{On: u.Today(), Note: told})
}

// FileReception makes a registration of it: the name and the phone stand in the head's section as typed, to be completed
// by the actor. It may wait, be answered or be closed; the link stays.
func FileReception(ctx context.Context, u *work.Unit, keys *seal.Keys, id ReceptionID) (work.FileID, error) {
	r, err := findReception(ctx, u, u.By.Scope, id)
	if err != nil {
		return 0, err
	}
	if !r.MayFile(u.By) {
		return 0, work.Refuse("referral.refusal.reception_file")
	}
	phone, err := r.openPhone(keys)
	if err != nil {
		return 0, err
	}
	file, err := casefile.Register(ctx, u)
	if err != nil {
		return 0, err
	}
	if err := casefile.SaveTyped(ctx, u, keys, file, casefile.HeadSection, casefile.Whenever, r.typed(phone)); err != nil {
		return 0, err
	}
	if err := linkReception(ctx, u, r, file); err != nil {
		return 0, fmt.Errorf("linking reception %d with its file: %w", id, err)
	}
	r.FileID = file
	return file, recordReception(ctx, u, r, ActFile, Event{On: u.Today()})
}

// UnmaskVisitor gives a visitor's phone in the clear, once, and leaves in the trail who looked and why.
func UnmaskVisitor(ctx context.Context, u *work.Unit, keys *seal.Keys, id ReceptionID, reason casefile.Reason) (string, error) {
	r, err := findReception(ctx, u, u.By.Scope, id)
	if err != nil {
		return "", err
	}
	switch {
	case !slices.Contains(casefile.Reasons, reason):
		return "", work.Refuse("casefile.refusal.reason").On("reason")
	case r.Erased:
		return "", work.Refuse("referral.refusal.erased")
	}
	phone, err := r.openPhone(keys)
	if err != nil {
		return "", err
	}
	return phone, u.Audit(ctx, work.Entry{Act: "referral.unmask_visitor", Kind: "reception", ID: int64(id), FileID: r.FileID,
		Changes: []work.Change{{Field: "reason", After: reason}}})
}

// FindReception gives a record with the phone masked, or work.ErrNotFound when neither it nor its file lies within the scope.
func FindReception(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, id ReceptionID) (Reception, error) {
	r, err := findReception(ctx, q, scope, id)
	if err != nil {
		return Reception{}, err
	}
	if r.Erased {
		return r, nil
	}
	phone, err := r.openPhone(keys)
	if err != nil {
		return Reception{}, err
	}
	r.Phone = idcard.MaskPhone(phone)
	return r, nil
}

// openPhone gives the visitor's phone in the clear.
func (r Reception) openPhone(keys *seal.Keys) (string, error) {
	phone, err := keys.Unseal(r.phone, visitorPhone)
	if err != nil {
		return "", fmt.Errorf("opening the phone of reception %d: %w", r.ID, err)
	}
	return string(phone), nil
}

// recordReception writes the step into the record's own history and the trail, which gets no word about the person.
func recordReception(ctx context.Context, u *work.Unit, r Reception, act Act, e Event, changes ...work.Change) error {
	if err := insertReceptionEvent(ctx, u, r.ID, act, e); err != nil {
		return fmt.Errorf("noting %s of reception %d: %w", act, r.ID, err)
	}
	return u.Audit(ctx, work.Entry{Act: "referral.reception_" + string(act), Kind: "reception", ID: int64(r.ID), FileID: r.FileID,
		Changes: append([]work.Change{{Field: "on", After: e.On.String()}}, changes...)})
}
