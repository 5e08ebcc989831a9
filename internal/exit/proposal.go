package exit

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// The reasons for an exit, of casefile.ExitReasons, that ask for a proof of their own.
const (
	OutOfHardship = "out_of_hardship" // 脱困: months over the line
	Eased         = "eased"           // 解困: the five guarantees
	False         = "false"           // 信息不实: what was paid is claimed back
	Duplicate     = "duplicate"       // 重复建档: names the other file
)

// dated are the reasons that happened on a day.
var dated = []string{"died", "retired", "moved"}

// Dated tells whether the reason is something that happened on a day.
func Dated(reason string) bool { return slices.Contains(dated, reason) }

// BetterOff tells whether a household that left for the reason is called back: the others have left for good.
func BetterOff(reason string) bool { return reason == OutOfHardship || reason == Eased }

// Fits tells whether a household can leave for the reason at all: 解困 is of those that an accident brought into hardship.
func Fits(reason string, f casefile.File) bool {
	return reason != Eased || f.Category.ByAccident()
}

// Kind is the class of exits that a reason belongs to: 脱困, 解困 or 注销.
func Kind(reason string) words.Key {
	if BetterOff(reason) {
		return casefile.ExitReasons.Key(reason)
	}
	return "exit.kind.cancelled"
}

// Month is the household's income of one calendar month.
type Month struct {
	First  day.Date // first day of the month
	People int
	Income money.Amount
	Line   eligibility.Line // that held on the last day of the month; filled here
}

// PerHead is what a head has of the month's income, rounded half up to the fen. What is printed is what decides; and
// since the comparison is strict, rounding never lifts a household over the line.
func (m Month) PerHead() money.Amount {
	share, err := m.Income.Div(int64(max(m.People, 1)))
	if err != nil {
		return 0
	}
	return share
}

// Over tells whether the month is over the line by the rule.
func (m Month) Over(r Rule) bool {
	limit, err := r.Limit(m.Line.Monthly)
	return err == nil && m.PerHead() > limit
}

// Guarantee is one of the five 医业学房保 that an eased household has ([W60]).
type Guarantee string

// Guarantees lists the five in the order of the saying.
var Guarantees = []Guarantee{"medical", "job", "school", "housing", "insurance"}

// Key gives the word of the guarantee.
func (g Guarantee) Key() words.Key { return words.Key("exit.guarantee." + string(g)) }

// Secured says how one guarantee is had, or why nobody in the household needs it.
type Secured struct {
	Guarantee Guarantee
	Needed    bool
	Note      string              // 2 to 500 characters
	Paper     casefile.EvidenceID // that proves it; asked for when needed
}

// Claim is how much of one paid grant is claimed back.
type Claim struct {
	Payable int64
	Amount  money.Amount
}

// Proposal is what an exit rests on. What its reason does not ask for stays empty.
type Proposal struct {
	Reason      string // of casefile.ExitReasons
	Grounds     string // 2 to 2000 characters
	Papers      []casefile.EvidenceID
	HappenedOn  day.Date  // of a death, retirement or move
	OtherNumber string    // number of the other file of a household filed twice
	Aid         string    // what was given to an eased household
	Months      []Month   // of a household out of hardship, in order
	Guarantees  []Secured // of an eased household, all five
	Claims      []Claim   // after false information, one for each paid grant
}

// Propose proposes that an active file leaves the register. The months' lines are looked up here. The refusals are tied
// to the fields of the form: reason, papers, happened_on, other_number, aid, month.<n>, guarantee.<g>, claim.<payable>.
func Propose(ctx context.Context, u *work.Unit, file work.FileID, p Proposal) (ID, error) {
	f, err := casefile.Find(ctx, u, u.By.Scope, file)
	if err != nil {
		return 0, err
	}
	rule, err := RuleOn(ctx, u, u.Today())
	if err != nil {
		return 0, err
	}
	if err := proven(ctx, u, f, rule, &p); err != nil {
		return 0, fmt.Errorf("proposing the exit of file %d: %w", file, err)
	}
	var id ID
	err = u.Within(ctx, func(u *work.Unit) error {
		id, err = insert(ctx, u, f, rule, p)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("proposing the exit of file %d: %w", file, worded(err))
	}
	return id, u.Audit(ctx, work.Entry{Act: "exit.propose", Kind: "exit", ID: int64(id), FileID: file, Changes: []work.Change{
		{Field: "reason", After: p.Reason}, {Field: "grounds", After: p.Grounds}, {Field: "papers", After: p.Papers}}})
}

// proven checks that the proposal holds what its reason asks for, and looks up the lines of its months.
func proven(ctx context.Context, u *work.Unit, f casefile.File, rule Rule, p *Proposal) error {
	switch {
	case f.State != casefile.Active:
		return work.Refuse("exit.refusal.active", f.State)
	case !slices.Contains(casefile.ExitReasons.On(u.Today()), p.Reason):
		return work.Refuse("exit.refusal.reason").On("reason")
	case len(p.Papers) == 0:
		return work.Refuse("exit.refusal.papers").On("papers")
	case Dated(p.Reason) && (p.HappenedOn.IsZero() || p.HappenedOn.After(u.Today())):
		return work.Refuse("exit.refusal.happened").On("happened_on")
	}
	switch p.Reason {
	case OutOfHardship:
		return overTheLine(ctx, u, f, rule, p.Months)
	case Eased:
		if refusal := secured(f, *p); refusal != nil {
			return refusal
		}
	case Duplicate:
		return otherFile(ctx, u, f, p.OtherNumber)
	case False:
		return claimed(ctx, u, f.ID, p.Claims)
	}
	return nil
}

// overTheLine looks up the months' lines and checks them.
func overTheLine(ctx context.Context, u *work.Unit, f casefile.File, rule Rule, months []Month) error {
	for i := range months {
		line, err := eligibility.LineOn(ctx, u, f.District, months[i].First.AddMonths(1).Add(-1))
		if err != nil {
			return err
		}
		months[i].Line = line
	}
	if refusal := checkMonths(rule, months, u.Today()); refusal != nil {
		return refusal
	}
	return nil
}

// recent is how many complete months may lie between the last month told and today: figures of the month just over may
// not be out yet.
const recent = 1

// Window gives the first days of the months that a form asks for: as many as the rule wants, and so many more that the
// last one may be missing.
func (r Rule) Window(today day.Date) []day.Date {
	first := FirstOf(today).AddMonths(-(r.Months + recent))
	all := make([]day.Date, r.Months+recent)
	for i := range all {
		all[i] = first.AddMonths(i)
	}
	return all
}

// FirstOf gives the first day of the month in which the day lies.
func FirstOf(d day.Date) day.Date { return d.Add(1 - d.Day()) }

// checkMonths wants as many consecutive complete months as the rule says, the last of them recent, each over the line.
func checkMonths(rule Rule, months []Month, today day.Date) *work.Refusal {
	if len(months) < rule.Months {
		return work.Refuse("exit.refusal.months", rule.Months, len(months))
	}
	for i, m := range months {
		if m.First.Day() != 1 || i > 0 && m.First != months[i-1].First.AddMonths(1) {
			return work.Refuse("exit.refusal.consecutive", rule.Months)
		}
	}
	last := months[len(months)-1].First
	if last.AddMonths(1).After(today) || last.AddMonths(1+recent).Before(FirstOf(today)) {
		return work.Refuse("exit.refusal.recent")
	}
	for _, m := range months {
		if m.People < 1 || m.Over(rule) {
			continue
		}
		limit, err := rule.Limit(m.Line.Monthly)
		if err != nil {
			return work.Refuse("exit.refusal.months", rule.Months, len(months))
		}
		return work.Refuse("exit.refusal.below", MonthText(m.First), m.PerHead(), limit).On(MonthField(m.First))
	}
	return nil
}

// assessing is for how many months more than at the proposal its figures stand while it waits for its assessment: one that
// is made on the last day of a month is not old on the next.
const assessing = 1

// stillRecent refuses to agree to an exit out of hardship whose months say nothing about today any more.
func stillRecent(ctx context.Context, u *work.Unit, id ID) error {
	e, err := Find(ctx, u, u.By.Scope, id)
	if err != nil || e.Reason != OutOfHardship {
		return err
	}
	proof, err := ProofOf(ctx, u, e)
	if err != nil || len(proof.Months) == 0 {
		return err
	}
	last := proof.Months[len(proof.Months)-1].First
	if last.AddMonths(1 + recent + assessing).Before(FirstOf(u.Today())) {
		return work.Refuse("exit.refusal.recent_since", MonthText(last))
	}
	return nil
}

// MonthText writes a month as 2026-05.
func MonthText(first day.Date) string { return first.String()[:7] }

// MonthField is the name of the form's field for a month's income.
func MonthField(first day.Date) string { return "income_" + first.String()[:4] + first.String()[5:7] }

// secured wants an accident household with aid given and all five guarantees.
func secured(f casefile.File, p Proposal) *work.Refusal {
	switch {
	case !Fits(Eased, f):
		return work.Refuse("exit.refusal.accident").On("reason")
	case p.Aid == "":
		return work.Refuse("exit.refusal.aid").On("aid")
	case len(p.Guarantees) != len(Guarantees):
		return work.Refuse("exit.refusal.guarantees")
	}
	for i, s := range p.Guarantees {
		switch {
		case s.Guarantee != Guarantees[i]:
			return work.Refuse("exit.refusal.guarantees")
		case len([]rune(s.Note)) < 2:
			return work.Refuse("exit.refusal.guarantee_note", s.Guarantee).On("note_" + string(s.Guarantee))
		case s.Needed && s.Paper == 0:
			return work.Refuse("exit.refusal.guarantee_paper", s.Guarantee).On("paper_" + string(s.Guarantee))
		}
	}
	return nil
}

// otherFile wants the number of another file.
func otherFile(ctx context.Context, u *work.Unit, f casefile.File, number string) error {
	if number == "" || number == f.Number {
		return work.Refuse("exit.refusal.other_file").On("other_number")
	}
	known, err := numberKnown(ctx, u, number)
	if err != nil {
		return err
	}
	if !known {
		return work.Refuse("exit.refusal.other_file").On("other_number")
	}
	return nil
}

// claimed wants a claim, which may be nothing, for each grant that was paid, and none above it.
func claimed(ctx context.Context, u *work.Unit, file work.FileID, claims []Claim) error {
	paid, err := PaidTo(ctx, u, file)
	if err != nil {
		return err
	}
	if len(claims) != len(paid) {
		return work.Refuse("exit.refusal.claims")
	}
	for _, p := range paid {
		i := slices.IndexFunc(claims, func(c Claim) bool { return c.Payable == p.Payable })
		if i < 0 {
			return work.Refuse("exit.refusal.claims")
		}
		if claims[i].Amount > p.Amount {
			return work.Refuse("exit.refusal.claim_over", p.Amount).On(ClaimField(p.Payable))
		}
	}
	return nil
}

// ClaimField is the name of the form's field for what is claimed back of a payable.
func ClaimField(payable int64) string { return fmt.Sprintf("claim_%d", payable) }

// errNoSuch stands for a paper or payable that is not the household's: a form offers none.
var errNoSuch = errors.New("exit: not the household's own")

// worded turns the database's refusals that a person can meet into words.
func worded(err error) error {
	switch rule := work.Violated(err); rule {
	case "casefile_duty_sides":
		return work.Refuse("exit.refusal.sides")
	case "exit_one_open":
		return work.Refuse("exit.refusal.open")
	case "exit_evidence":
		return fmt.Errorf("%w: %w", errNoSuch, work.ErrNotFound)
	case "exit_unpaid", "payment_left_open":
		return work.Refuse("exit.refusal.unpaid")
	case "exit_applied":
		return work.Refuse("exit.refusal.applied")
	case "exit_posted":
		return work.Refuse("exit.refusal.posted")
	case "exit_accident":
		return work.Refuse("exit.refusal.accident_since")
	case "exit_months", "exit_guarantees", "exit_paper":
		return work.Refuse("exit.refusal.unproven")
	case "exit_claims":
		return work.Refuse("exit.refusal.claims_since")
	case "exit_receipt_over", "exit_receipt_part_over":
		return work.Refuse("exit.refusal.receipt_over").On("amount")
	case "exit_reversal_two_people":
		return work.Refuse("exit.refusal.reversal_own")
	case "exit_receipt_reversal_pkey":
		return work.Refuse("exit.refusal.reversed")
	case "exit_reversal_gone":
		return work.Refuse("exit.refusal.reversal_gone")
	case "exit_two_people":
		return work.Refuse("exit.refusal.own")
	}
	return err
}
