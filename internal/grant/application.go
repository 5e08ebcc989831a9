package grant

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// ApplicationID names a row of grant_application.
type ApplicationID int64

// Application is one request of a household for aid from one programme.
type Application struct {
	ID          ApplicationID
	File        work.FileID
	FileNumber  string
	FileState   casefile.State
	HeadName    string // of the household
	OrgPath     string
	Office      string // the office that keeps the file
	TermsID     TermsID
	Programme   Programme
	Purpose     fund.Purpose
	Cause       casefile.Cause
	Reason      string
	Facts       Facts
	Ceiling     money.Amount // by the formula, on filing
	Amount      money.Amount // asked, or set by the group
	WindowSum   money.Amount // as last computed: on filing, on a change of amount, at the signature
	Tier        Tier         // of WindowSum
	State       State
	Step        Step // where it waits; NoStep unless Submitted or InApproval
	WaitingAt   time.Time
	Round       int            // 1, and one more after each return or late change of amount
	Account     fund.AccountID // chosen at the review; zero before
	GroupID     BodyID
	CommitteeID BodyID
	Card        casefile.CardID // the household's card at the signature; zero before
	EnteredBy   work.StaffID
	EnteredName string
	EnteredAt   time.Time
	DecidedAt   time.Time // zero unless the state is an end
}

// FiledOn is the civil day of filing: its terms, tiers and window hold for the application's whole life.
func (a Application) FiledOn() day.Date { return day.On(a.EnteredAt) }

// Request is what a caseworker asks for in a household's name.
type Request struct {
	Cause  casefile.Cause
	Facts  Facts
	Reason string
	Amount money.Amount
}

// Weighing is what a request comes to, before anything is written.
type Weighing struct {
	Terms   Terms
	Facts   Facts   // those that the formula asks for
	Finding Finding // not eligible: the rest is empty
	Window  Window
	Tier    Tier
}

// Weigh computes what a request of the household would come to under the programme's terms in force on the day. A
// household that is not eligible is no error: see Weighing.Finding. Refusals: grant.refusal.file_state, .cause,
// .evidence, .amount, .ceiling, .bodies, .tier.
func Weigh(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID, programme string, on day.Date, r Request) (Weighing, error) {
	h, err := findHousehold(ctx, q, scope, file)
	if err != nil {
		return Weighing{}, fmt.Errorf("weighing a request of file %d: %w", file, err)
	}
	terms, err := termsOf(ctx, q, programme, on)
	if err != nil {
		return Weighing{}, fmt.Errorf("weighing a request of file %d: %w", file, err)
	}
	w, err := weigh(ctx, q, h, terms, on, newest, r)
	if err != nil {
		return Weighing{}, fmt.Errorf("weighing a request of file %d: %w", file, err)
	}
	return w, nil
}

// Weigh computes what a corrected application would come to: under its own terms, as of its filing day, and without
// itself in its window.
func (c Case) Weigh(ctx context.Context, q work.Querier, scope work.Scope, r Request) (Weighing, error) {
	h, err := findHousehold(ctx, q, scope, c.File)
	if err != nil {
		return Weighing{}, fmt.Errorf("weighing application %d: %w", c.ID, err)
	}
	r.Cause = c.Cause
	w, err := weigh(ctx, q, h, c.Terms, c.FiledOn(), c.ID, r)
	if err != nil {
		return Weighing{}, fmt.Errorf("weighing application %d: %w", c.ID, err)
	}
	return w, nil
}

// Apply files a request. The household is locked first, so that of two requests at the same moment the second sees the
// first in its window: two of 300.00 are not both the head's alone.
func Apply(ctx context.Context, u *work.Unit, file work.FileID, programme string, r Request) (ApplicationID, error) {
	id, err := apply(ctx, u, file, programme, r)
	if err != nil {
		return 0, fmt.Errorf("applying for file %d: %w", file, worded(err))
	}
	return id, nil
}

func apply(ctx context.Context, u *work.Unit, file work.FileID, programme string, r Request) (ApplicationID, error) {
	if err := casefile.Lock(ctx, u, file); err != nil {
		return 0, err
	}
	h, err := findHousehold(ctx, u, u.By.Scope, file)
	if err != nil {
		return 0, err
	}
	terms, err := termsOf(ctx, u, programme, u.Today())
	if err != nil {
		return 0, err
	}
	w, err := weigh(ctx, u, h, terms, u.Today(), newest, r)
	if err != nil {
		return 0, err
	}
	if !w.Finding.Eligible() {
		return 0, work.Refuse("grant.refusal.ineligible")
	}
	group, committee, err := bodiesFor(ctx, u, h.OrgPath)
	if err != nil {
		return 0, err
	}
	if group == 0 || committee == 0 {
		return 0, work.Refuse("grant.refusal.bodies", h.OrgName)
	}
	a := Application{
		File: file, TermsID: terms.ID, Purpose: terms.Purpose, Cause: r.Cause, Reason: r.Reason, Facts: w.Facts,
		Ceiling: w.Finding.Ceiling, Amount: r.Amount, WindowSum: w.Window.Sum, Tier: w.Tier,
		State: Submitted, Step: AtReview, Round: 1, GroupID: group, CommitteeID: committee,
	}
	if a.ID, err = insertApplication(ctx, u, a); err != nil {
		return 0, err
	}
	return a.ID, u.Audit(ctx, work.Entry{Act: "grant.apply", Kind: "application", ID: int64(a.ID), FileID: file,
		Changes: append(differences(Application{}, a), work.Change{Field: "terms", After: terms.ID})})
}

// Resubmit files a returned application again, corrected, in a new round. It keeps its programme, cause, terms and
// place in the window.
func Resubmit(ctx context.Context, u *work.Unit, id ApplicationID, r Request) error {
	if err := resubmit(ctx, u, id, r); err != nil {
		return fmt.Errorf("resubmitting application %d: %w", id, worded(err))
	}
	return nil
}

func resubmit(ctx context.Context, u *work.Unit, id ApplicationID, r Request) error {
	c, err := lockCase(ctx, u, id)
	if err != nil {
		return err
	}
	to, refusal := c.after(ActResubmit, u.By)
	if refusal != nil {
		return refusal
	}
	w, err := c.Weigh(ctx, u, u.By.Scope, r)
	if err != nil {
		return err
	}
	if !w.Finding.Eligible() {
		return work.Refuse("grant.refusal.ineligible")
	}
	is := c.Application
	is.State, is.Step, is.Round = to, AtReview, c.Round+1
	is.Reason, is.Facts, is.Amount = r.Reason, w.Facts, r.Amount
	is.Ceiling, is.WindowSum, is.Tier = w.Finding.Ceiling, w.Window.Sum, w.Tier
	if err := rewrite(ctx, u, is); err != nil {
		return err
	}
	return advance(ctx, u, ActResubmit, c.Application, is,
		work.Change{Field: "facts", Before: c.Facts, After: is.Facts}, work.Change{Field: "reason", Before: c.Reason, After: is.Reason})
}

// Withdraw ends an application in the household's name, with the reason, at any time before its decision.
func Withdraw(ctx context.Context, u *work.Unit, id ApplicationID, reason string) error {
	c, err := lockCase(ctx, u, id)
	if err != nil {
		return fmt.Errorf("withdrawing application %d: %w", id, err)
	}
	to, refusal := c.after(ActWithdraw, u.By)
	if refusal != nil {
		return refusal
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return work.Refuse("grant.refusal.opinion").On("opinion")
	}
	is := c.Application
	is.State, is.Step = to, NoStep
	if err := advance(ctx, u, ActWithdraw, c.Application, is, work.Change{Field: "reason", After: reason}); err != nil {
		return fmt.Errorf("withdrawing application %d: %w", id, worded(err))
	}
	return nil
}

// mayApply refuses a household that is not on file, or whose exit from the register was agreed to and is on its way.
func (h Household) mayApply(ctx context.Context, q work.Querier) error {
	if h.State != casefile.Active {
		return work.Refuse("grant.refusal.file_state", h.State.Key())
	}
	var leaves bool
	err := q.QueryRow(ctx, `
		-- grant.mayApply
		SELECT EXISTS (SELECT FROM exit_exit e WHERE e.file_id = @id AND e.state IN ('agreed', 'told'))`, pgx.NamedArgs{"id": h.ID}).Scan(&leaves)
	switch {
	case err != nil:
		return fmt.Errorf("looking for an exit of file %d: %w", h.ID, err)
	case leaves:
		return work.Refuse("grant.refusal.leaving")
	}
	return nil
}

// weigh computes a request of a household as of the filing day; before is the application itself when it is corrected.
func weigh(ctx context.Context, q work.Querier, h Household, terms Terms, on day.Date, before ApplicationID, r Request) (Weighing, error) {
	w := Weighing{Terms: terms, Facts: r.Facts.only(terms.Formula.Facts())}
	if err := h.mayApply(ctx, q); err != nil {
		return w, err
	}
	if !slices.Contains(terms.openCauses(h), r.Cause) {
		return w, work.Refuse("grant.refusal.cause").On("cause")
	}
	var err error
	if w.Finding, err = terms.Formula.Find(w.Facts); err != nil || !w.Finding.Eligible() {
		return w, err
	}
	if len(terms.missing(h)) > 0 {
		return w, work.Refuse("grant.refusal.evidence")
	}
	switch {
	case r.Amount <= 0:
		return w, work.Refuse("grant.refusal.amount").On("amount")
	case r.Amount > w.Finding.Ceiling:
		return w, work.Refuse("grant.refusal.ceiling", r.Amount, w.Finding.Ceiling).On("amount")
	case strings.TrimSpace(r.Reason) == "":
		return w, work.Refuse("grant.refusal.reason").On("reason")
	}
	w.Window, w.Tier, err = place(ctx, q, terms, h.ID, r.Cause, r.Amount, on, before)
	return w, err
}

// place finds the window of an amount and the tier of its sum, by the tiers of the filing day.
func place(ctx context.Context, q work.Querier, terms Terms, file work.FileID, cause casefile.Cause, amount money.Amount,
	on day.Date, before ApplicationID) (Window, Tier, error) {
	earlier, err := listClaims(ctx, q, file, cause, before)
	if err != nil {
		return Window{}, "", err
	}
	w, err := windowOf(amount, on, terms.Months, earlier)
	if err != nil {
		return Window{}, "", err
	}
	bands, err := listBands(ctx, q, on)
	if err != nil {
		return Window{}, "", err
	}
	tier, refusal := terms.tier(bands, w.Sum)
	if refusal != nil {
		return Window{}, "", refusal
	}
	return w, tier, nil
}
