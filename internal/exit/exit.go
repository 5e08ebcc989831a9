package exit

import (
	"context"
	"fmt"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/payment"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ID names a row of exit_exit.
type ID int64

// Exit is one household's way off the register.
type Exit struct {
	ID          ID
	FileID      work.FileID
	Number      string // of the file
	HeadName    string
	OrgName     string
	OrgPhone    string
	Category    eligibility.Category
	Registrar   work.StaffID // of the file
	Reason      string       // of casefile.ExitReasons
	State       State
	Grounds     string
	HappenedOn  day.Date
	OtherNumber string
	Aid         string
	Rule        Rule
	ProposedBy  work.StaffID
	Proposer    string
	ProposedAt  time.Time
	Opinion     string
	Assessor    string
	AssessedAt  time.Time
	PostedOn    day.Date // zero = not posted
	PostedWhere string
	ToldOn      day.Date
	ToldHow     How
	ToldWhom    string
	ToldBy      string
	Closer      string
	ClosedAt    time.Time
}

// LastPosted is the last day of the posting; the file may be closed on the day after. The day of posting is not counted
// (Civil Code art. 201).
func (e Exit) LastPosted() day.Date { return e.PostedOn.Add(e.Rule.PostedDays) }

// Posting tells whether the rule asks for a posting.
func (e Exit) Posting() bool { return e.Rule.PostedDays > 0 }

// Waits tells whether the exit, agreed to and perhaps told, still waits for its posting or for the end of it.
func (e Exit) Waits(today day.Date) bool {
	return (e.State == Agreed || e.State == Told) && e.Posting() && (e.PostedOn.IsZero() || !today.After(e.LastPosted()))
}

// How says in which way the worker was told.
type How string

// The ways in which a worker is told.
var Ways = []How{"hand", "home", "post", "message", "posting"}

// Key gives the word of the way.
func (h How) Key() words.Key { return words.Key("exit.how." + string(h)) }

// Proof is everything that an exit rests on.
type Proof struct {
	Months     []Month
	Guarantees []Secured
	Papers     []casefile.Evidence
	Claims     []Claimed
	Receipts   []Receipt
	Callbacks  []Callback
}

// Find gives an exit, or work.ErrNotFound when there is none or its file lies outside the scope.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Exit, error) {
	e, err := find(ctx, q, scope, id)
	if err != nil {
		return e, fmt.Errorf("finding exit %d: %w", id, err)
	}
	return e, nil
}

// OfFile lists the exits of a file, the newest first: refused and withdrawn ones too.
func OfFile(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) ([]Exit, error) {
	all, err := ofFile(ctx, q, scope, file)
	if err != nil {
		return nil, fmt.Errorf("listing the exits of file %d: %w", file, err)
	}
	return all, nil
}

// Assess agrees to a proposal or refuses it, with an opinion. The assessor is of the deciding side. Months that were recent
// when they were proposed may be so no more: then it can only be refused, and proposed anew.
func Assess(ctx context.Context, u *work.Unit, id ID, agrees bool, opinion string) error {
	act := ActRefuse
	if agrees {
		act = ActAgree
		if err := stillRecent(ctx, u, id); err != nil {
			return err
		}
	}
	return move(ctx, u, id, act, func(e *Exit) { e.Opinion = opinion })
}

// Withdraw takes a proposal back, by whoever made it.
func Withdraw(ctx context.Context, u *work.Unit, id ID) error {
	return move(ctx, u, id, ActWithdraw, func(*Exit) {})
}

// Post notes that the exit was put up on a day, where the rule asks for a posting.
func Post(ctx context.Context, u *work.Unit, id ID, on day.Date, where string) error {
	e, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	switch {
	case !e.Posting():
		return work.Refuse("exit.refusal.no_posting")
	case on.IsZero() || on.After(u.Today()):
		return work.Refuse("exit.refusal.future").On("posted_on")
	case on.Before(day.On(e.AssessedAt)):
		return work.Refuse("exit.refusal.before_assessed", day.On(e.AssessedAt)).On("posted_on")
	}
	return move(ctx, u, id, ActPost, func(e *Exit) { e.PostedOn, e.PostedWhere = on, where })
}

// Telling is how the worker was told ([W11b]).
type Telling struct {
	On   day.Date
	How  How
	Whom string // who took the notice
}

// Tell notes that the worker, or somebody of the household, has the notice in hand.
func Tell(ctx context.Context, u *work.Unit, id ID, t Telling) error {
	e, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	switch {
	case t.On.IsZero() || t.On.After(u.Today()):
		return work.Refuse("exit.refusal.future").On("told_on")
	case t.On.Before(day.On(e.AssessedAt)):
		return work.Refuse("exit.refusal.before_assessed", day.On(e.AssessedAt)).On("told_on")
	}
	return move(ctx, u, id, ActTell, func(e *Exit) { e.ToldOn, e.ToldHow, e.ToldWhom = t.On, t.How, t.Whom })
}

// Revoke takes an agreed exit back before the file is closed: the worker objected, or a figure was wrong.
func Revoke(ctx context.Context, u *work.Unit, id ID, why string) error {
	return move(ctx, u, id, ActRevoke, func(e *Exit) { e.Opinion = why })
}

// Close takes the file off the register, the worker having been told, and sets the days of the callbacks. It is the only
// caller of casefile.Close. The database refuses it while the posting runs or money is on its way. What the household was
// granted and what stands still, refused by finance or failed at the bank, ends with it.
func Close(ctx context.Context, u *work.Unit, id ID) error {
	if err := deferFile(ctx, u); err != nil {
		return fmt.Errorf("closing exit %d: %w", id, err)
	}
	e, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	// Whoever files an application for the household waits, or the closing waits for them and then sees it.
	if err := casefile.Lock(ctx, u, e.FileID); err != nil {
		return fmt.Errorf("closing exit %d: %w", id, err)
	}
	if err := move(ctx, u, id, ActClose, func(*Exit) {}); err != nil {
		return err
	}
	why := words.T(words.In(ctx, words.Chinese), "exit.halted_reason", e.Number, casefile.ExitReasons.Key(e.Reason))
	// What finance refused or the bank could not pay can never be paid to a closed file: its money goes back to the fund.
	if _, err := payment.RevokeHalted(ctx, u, e.FileID, why); err != nil {
		return err
	}
	if err := casefile.Close(ctx, u, e.FileID, e.Reason); err != nil {
		return err
	}
	if err := owedNothing(ctx, u); err != nil {
		return fmt.Errorf("closing exit %d: %w", id, worded(err))
	}
	if !BetterOff(e.Reason) {
		return nil
	}
	if err := insertCallbacks(ctx, u, e); err != nil {
		return fmt.Errorf("setting the callbacks of exit %d: %w", id, err)
	}
	return nil
}

// move carries out one act: the state table, the one statement that writes a state, the audit entry.
func move(ctx context.Context, u *work.Unit, id ID, act Act, change func(*Exit)) error {
	e, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	to, refusal := e.after(act, u.By)
	if refusal != nil {
		return refusal
	}
	from := e.State
	change(&e)
	err = u.Within(ctx, func(u *work.Unit) error { return advance(ctx, u, e, act, to) })
	if err != nil {
		return fmt.Errorf("moving exit %d by %s: %w", id, act, worded(err))
	}
	changes := []work.Change{{Field: "state", Before: from, After: to}}
	switch act {
	case ActAgree, ActRefuse, ActRevoke:
		changes = append(changes, work.Change{Field: "opinion", After: e.Opinion})
	case ActPost:
		changes = append(changes, work.Change{Field: "posted_on", After: e.PostedOn.String()}, work.Change{Field: "posted_where", After: e.PostedWhere})
	case ActTell:
		changes = append(changes, work.Change{Field: "told_on", After: e.ToldOn.String()}, work.Change{Field: "told_how", After: e.ToldHow})
	}
	return u.Audit(ctx, work.Entry{Act: "exit." + string(act), Kind: "exit", ID: int64(id), FileID: e.FileID, Changes: changes})
}
