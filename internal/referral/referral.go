package referral

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// ID names a row of referral_referral.
type ID int64

// Letter is what a referral says: what is typed into its form.
type Letter struct {
	Person    casefile.PersonID // whom it is for; zero = the head of the household
	Origin    Origin
	Office    string // to whom, 2 to 80 characters
	Contact   string
	Phone     string
	Address   string
	Reason    string       // 2 to 1000 characters
	Owed      money.Amount // of kinds that speak of a debt
	OwedSince day.Date
	Papers    []casefile.EvidenceID
}

// Referral is one referral on record.
type Referral struct {
	ID         ID
	FileID     work.FileID
	Kind       Kind
	State      State
	Letter     // Papers filled by Find
	PersonName string
	HeadName   string
	OrgID      work.OrgID
	OrgName    string
	Number     string // of the letter; "" = not sent yet
	ConsentOn  day.Date
	SentOn     day.Date
	DueOn      day.Date // by when an answer is expected
	AnsweredOn day.Date
	Outcome    State // Granted or Refused; "" = none yet
	Monthly    money.Amount
	Once       money.Amount
	From       day.Date // of the monthly amount
	Answer     string   // what the office wrote
	FollowOn   day.Date
	MadeBy     string
	MadeAt     time.Time
	Version    int
}

// Waiting tells whether the office has not answered yet.
func (r Referral) Waiting() bool { return r.State == Sent || r.State == Received }

// Late tells whether the answer is overdue on a day: the day after the last one expected, and later.
func (r Referral) Late(today day.Date) bool { return r.Waiting() && today.After(r.DueOn) }

// Yearly gives a granted allowance as twelve months' income, the figure that a later change of the household's income
// may take over; zero when there is none.
func (r Referral) Yearly() money.Amount {
	if r.Kind != Allowance || r.Outcome != Granted {
		return 0
	}
	return 12 * r.Monthly // at most 12 × money.Max, far below the range
}

// Event is one step in a referral's life.
type Event struct {
	Act  Act
	On   day.Date
	Note string
	Next day.Date // when to ask again
	By   string
	At   time.Time
}

// Begin drafts a referral of a household. The file must be open: one that is closed hands nobody on.
func Begin(ctx context.Context, u *work.Unit, file work.FileID, kind Kind, l Letter) (ID, error) {
	f, err := casefile.Find(ctx, u, u.By.Scope, file)
	if err != nil {
		return 0, err
	}
	if !f.State.Open() {
		return 0, work.Refuse("referral.refusal.file", f.State)
	}
	if !slices.Contains(KindsOn(u.Today()), kind) {
		return 0, work.Refuse("referral.refusal.kind").On("kind")
	}
	if refusal := l.check(kind, u.Today()); refusal != nil {
		return 0, refusal
	}
	id, err := insert(ctx, u, file, kind, l)
	if err != nil {
		return 0, fmt.Errorf("drafting a referral of file %d: %w", file, worded(err))
	}
	return id, record(ctx, u, Referral{ID: id, FileID: file}, ActDraft, Event{On: u.Today()},
		work.Change{Field: "kind", After: kind}, work.Change{Field: "office", After: l.Office}, work.Change{Field: "papers", After: len(l.Papers)})
}

// check refuses a letter that does not hold together; Field names the form's field.
func (l Letter) check(kind Kind, today day.Date) *work.Refusal {
	switch {
	case !slices.Contains(Origins, l.Origin):
		return work.Refuse("referral.refusal.origin").On("origin")
	case kind.Owed() && l.Owed <= 0:
		return work.Refuse("referral.refusal.owed").On("owed")
	case kind.Owed() && (l.OwedSince.IsZero() || l.OwedSince.After(today)):
		return work.Refuse("referral.refusal.owed_since").On("owed_since")
	case !kind.Owed() && (l.Owed != 0 || !l.OwedSince.IsZero()):
		return work.Refuse("referral.refusal.not_owed").On("owed")
	}
	return nil
}

// Rewrite changes a draft, or a letter that came back for papers. seen is the version that was shown.
func Rewrite(ctx context.Context, u *work.Unit, id ID, seen int, l Letter) error {
	r, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	if !r.State.Editable() {
		return work.Refuse("referral.refusal.sent", r.State)
	}
	if refusal := l.check(r.Kind, u.Today()); refusal != nil {
		return refusal
	}
	if err := rewrite(ctx, u, r, seen, l); err != nil {
		return fmt.Errorf("changing referral %d: %w", id, worded(err))
	}
	return u.Audit(ctx, work.Entry{Act: "referral.rewrite", Kind: "referral", ID: int64(id), FileID: r.FileID, Changes: []work.Change{
		{Field: "office", Before: r.Office, After: l.Office}, {Field: "papers", Before: len(r.Papers), After: len(l.Papers)}}})
}

// DaysToAnswer is how long an office usually has: thirty days, after which the work list shows it.
const DaysToAnswer = 30

// Dispatch is how a letter goes out.
type Dispatch struct {
	ConsentOn day.Date // when the worker signed the agreement (PIPL 23)
	On        day.Date // when the letter went
	Due       day.Date // by when an answer is expected
}

// Send gives the letter its number and sends it. Nothing goes out without the worker's signed agreement: the database
// refuses it too ("referral_consent").
func Send(ctx context.Context, u *work.Unit, id ID, d Dispatch) error {
	r, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	to, refusal := r.after(ActSend)
	if refusal != nil {
		return refusal
	}
	switch {
	case d.ConsentOn.IsZero() || d.ConsentOn.After(d.On):
		return work.Refuse("referral.refusal.consent").On("consent_on")
	case d.On.After(u.Today()) || d.On.Before(day.On(r.MadeAt)) || r.State == Returned && d.On.Before(r.AnsweredOn):
		return work.Refuse("referral.refusal.sent_on").On("sent_on")
	case !d.Due.After(d.On):
		return work.Refuse("referral.refusal.due").On("due_on")
	}
	if r.Number == "" {
		if r.Number, err = nextNumber(ctx, u, r.OrgID); err != nil {
			return fmt.Errorf("numbering referral %d: %w", id, err)
		}
	}
	r.ConsentOn, r.SentOn, r.DueOn, r.AnsweredOn, r.Answer = d.ConsentOn, d.On, d.Due, day.Date{}, ""
	if err := advance(ctx, u, r, to); err != nil {
		return fmt.Errorf("sending referral %d: %w", id, worded(err))
	}
	return record(ctx, u, r, ActSend, Event{On: d.On}, work.Change{Field: "number", After: r.Number},
		work.Change{Field: "consent_on", After: d.ConsentOn.String()})
}

// Reply is what an office answered.
type Reply struct {
	Act      Act // ActReceive, ActGrant, ActRefuse or ActReturn
	On       day.Date
	Monthly  money.Amount // of a grant
	Once     money.Amount
	From     day.Date // first day of the monthly amount
	Note     string   // what was written; needed with a refusal, a return and a grant without an amount
	FollowOn day.Date // when to ask again; zero = not
}

// Answer enters what the office answered.
func Answer(ctx context.Context, u *work.Unit, id ID, a Reply) error {
	r, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	to, refusal := r.after(a.Act)
	if refusal == nil {
		refusal = r.takes(a, u.Today())
	}
	if refusal != nil {
		return refusal
	}
	r.AnsweredOn, r.Answer, r.Monthly, r.Once, r.From, r.FollowOn = a.On, a.Note, a.Monthly, a.Once, a.From, a.FollowOn
	if to == Granted || to == Refused {
		r.Outcome = to
	}
	if err := advance(ctx, u, r, to); err != nil {
		return fmt.Errorf("answering referral %d: %w", id, worded(err))
	}
	return record(ctx, u, r, a.Act, Event{On: a.On, Note: a.Note, Next: a.FollowOn},
		work.Change{Field: "monthly", After: a.Monthly}, work.Change{Field: "once", After: a.Once})
}

// takes refuses an answer that does not hold together.
func (r Referral) takes(a Reply, today day.Date) *work.Refusal {
	sums := a.Monthly > 0 || a.Once > 0
	switch {
	case !slices.Contains([]Act{ActReceive, ActGrant, ActRefuse, ActReturn}, a.Act):
		return work.Refuse("referral.refusal.state", a.Act, r.State).On("act")
	case a.On.IsZero() || a.On.After(today) || a.On.Before(r.SentOn):
		return work.Refuse("referral.refusal.answered_on", r.SentOn).On("answered_on")
	case a.Act != ActGrant && (sums || !a.From.IsZero()):
		return work.Refuse("referral.refusal.no_sum").On("monthly")
	case a.Act == ActGrant && !sums && a.Note == "":
		return work.Refuse("referral.refusal.what").On("note")
	case a.Monthly > 0 && a.From.IsZero():
		return work.Refuse("referral.refusal.from").On("from_on")
	case (a.Act == ActRefuse || a.Act == ActReturn) && a.Note == "":
		return work.Refuse("referral.refusal.why").On("note")
	case !a.FollowOn.IsZero() && a.FollowOn.Before(today):
		return work.Refuse("referral.refusal.follow_on").On("follow_on")
	}
	return nil
}

// checkFollow refuses a follow-up without a note, or one that is to be asked again by today.
func checkFollow(note string, next, today day.Date) *work.Refusal {
	switch {
	case note == "":
		return work.Refuse("referral.refusal.note").On("note")
	case !next.IsZero() && !next.After(today):
		return work.Refuse("referral.refusal.follow_next").On("follow_on")
	}
	return nil
}

// Follow notes that somebody asked how it stands, and when to ask again (zero = not any more).
func Follow(ctx context.Context, u *work.Unit, id ID, note string, next day.Date) error {
	r, err := Find(ctx, u, u.By.Scope, id)
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
	if err := advance(ctx, u, r, to); err != nil {
		return fmt.Errorf("following referral %d: %w", id, err)
	}
	return record(ctx, u, r, ActFollow, Event{On: u.Today(), Note: note, Next: next})
}

// End closes an answered referral, or withdraws one that is not answered yet; the reason stays with it.
func End(ctx context.Context, u *work.Unit, id ID, reason string) error {
	r, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	act := r.EndAct()
	to, refusal := r.after(act)
	switch {
	case refusal != nil:
		return refusal
	case reason == "":
		return work.Refuse("referral.refusal.reason").On("reason")
	}
	r.FollowOn = day.Date{}
	if err := advance(ctx, u, r, to); err != nil {
		return fmt.Errorf("ending referral %d: %w", id, err)
	}
	return record(ctx, u, r, act, Event{On: u.Today(), Note: reason})
}

// EndAct tells how the referral ends from where it stands: closed after an answer, withdrawn before one.
func (r Referral) EndAct() Act {
	if r.Outcome != "" {
		return ActClose
	}
	return ActWithdraw
}

// Find gives a referral with its papers, or work.ErrNotFound when its file lies outside the scope.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Referral, error) {
	r, err := find(ctx, q, scope, id)
	if err != nil {
		return Referral{}, fmt.Errorf("finding referral %d: %w", id, err)
	}
	return r, nil
}

// Events lists what happened to a referral, the newest first.
func Events(ctx context.Context, q work.Querier, id ID) ([]Event, error) {
	events, err := readEvents(ctx, q, id)
	if err != nil {
		return nil, fmt.Errorf("reading what happened to referral %d: %w", id, err)
	}
	return events, nil
}

// OfFile lists the referrals of a file within the scope, the newest first.
func OfFile(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) ([]Referral, error) {
	list, err := ofFile(ctx, q, scope, file)
	if err != nil {
		return nil, fmt.Errorf("listing the referrals of file %d: %w", file, err)
	}
	return list, nil
}

// record writes the step into the referral's own history and the trail.
func record(ctx context.Context, u *work.Unit, r Referral, act Act, e Event, changes ...work.Change) error {
	if err := insertEvent(ctx, u, r.ID, act, e); err != nil {
		return fmt.Errorf("noting %s of referral %d: %w", act, r.ID, err)
	}
	return u.Audit(ctx, work.Entry{Act: "referral." + string(act), Kind: "referral", ID: int64(r.ID), FileID: r.FileID,
		Changes: append([]work.Change{{Field: "on", After: e.On.String()}}, changes...)})
}

// worded turns the database's refusals that a person can meet into words.
func worded(err error) error {
	switch work.Violated(err) {
	case "referral_once":
		return work.Refuse("referral.refusal.twice")
	case "referral_person":
		return work.Refuse("referral.refusal.person").On("person")
	case "referral_paper_file", "referral_paper_evidence_id_fkey":
		return work.Refuse("referral.refusal.paper").On("papers")
	case "referral_consent":
		return work.Refuse("referral.refusal.consent").On("consent_on")
	}
	return err
}
