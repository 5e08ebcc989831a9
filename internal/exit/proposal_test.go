package exit_test

import (
	"fmt"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/exit"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

func centre(t *testing.T) *work.Unit {
	t.Helper()
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	return u
}

// by lets somebody act.
func by(u *work.Unit, who work.Actor, do func() error) error {
	before := u.By
	defer func() { u.By = before }()
	u.By = who
	return do()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func papersOf(t *testing.T, u *work.Unit, f casefile.File) []casefile.EvidenceID {
	t.Helper()
	held, err := casefile.EvidenceOf(t.Context(), u, f.ID)
	must(t, err)
	return []casefile.EvidenceID{held[0].ID, held[1].ID}
}

// months are n months of three people that end in October 2026, with the fen a head given.
func months(n int, perHead money.Amount) []exit.Month {
	var all []exit.Month
	for i := range n {
		all = append(all, exit.Month{First: day.Of(2026, 11, 1).AddMonths(i - n), People: 3, Income: 3 * perHead})
	}
	return all
}

// outOfHardship is a sound proposal of six months at 700.01 a head against a line of 700.00.
func outOfHardship(t *testing.T, u *work.Unit, f casefile.File, change ...func(*exit.Proposal)) exit.Proposal {
	p := exit.Proposal{Reason: exit.OutOfHardship, Grounds: "收入稳定", Papers: papersOf(t, u, f), Months: months(6, 70001)}
	for _, c := range change {
		c(&p)
	}
	return p
}

func TestMonthsOverTheLine(t *testing.T) {
	at := func(i int, m func(*exit.Month)) func(*exit.Proposal) {
		return func(p *exit.Proposal) { m(&p.Months[i]) }
	}
	tests := map[string]struct {
		change func(*exit.Proposal)
		told   string
	}{
		"six months a fen over the line":        {func(*exit.Proposal) {}, ""},
		"six months at the line":                {func(p *exit.Proposal) { p.Months = months(6, 70000) }, "exit.refusal.below"},
		"six months a fen below the line":       {func(p *exit.Proposal) { p.Months = months(6, 69999) }, "exit.refusal.below"},
		"five months":                           {func(p *exit.Proposal) { p.Months = months(5, 90000) }, "exit.refusal.months"},
		"none":                                  {func(p *exit.Proposal) { p.Months = nil }, "exit.refusal.months"},
		"one of six at the line":                {at(3, func(m *exit.Month) { m.Income = 3 * 70000 }), "exit.refusal.below"},
		"half a fen over rounds up and is over": {at(3, func(m *exit.Month) { m.People, m.Income = 2, 140001 }), ""},
		"a third of a fen over rounds down":     {at(3, func(m *exit.Month) { m.Income = 3*70000 + 1 }), "exit.refusal.below"},
		"more people than before":               {at(5, func(m *exit.Month) { m.People = 4 }), "exit.refusal.below"},
		"a month left out":                      {func(p *exit.Proposal) { p.Months[0].First = p.Months[0].First.AddMonths(-1) }, "exit.refusal.consecutive"},
		"the last month left out":               {func(p *exit.Proposal) { p.Months = months(7, 70001)[:6] }, ""},
		"two months old":                        {func(p *exit.Proposal) { p.Months = months(8, 70001)[:6] }, "exit.refusal.recent"},
		"a month that is not over": {func(p *exit.Proposal) {
			for i := range p.Months {
				p.Months[i].First = p.Months[i].First.AddMonths(1)
			}
		}, "exit.refusal.recent"},
		"no paper":              {func(p *exit.Proposal) { p.Papers = nil }, "exit.refusal.papers"},
		"a reason that is none": {func(p *exit.Proposal) { p.Reason = "rich" }, "exit.refusal.reason"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := centre(t)
			f := sample.File(t, u, casefile.Active)
			_, err := exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f, test.change))
			if told := sample.Told(t, err); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}

// Each month is measured with the line of its own last day.
func TestEachMonthHasItsOwnLine(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	must(t, by(u, sample.Admin, func() error {
		_, err := eligibility.AddLine(t.Context(), u, eligibility.Line{District: sample.District, From: day.Of(2026, 10, 31), Monthly: money.Yuan(800), Source: "公告"}, sample.GroupHead.StaffID)
		return err
	}))
	_, err := exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
	refusal, ok := work.AsRefusal(err)
	if !ok || refusal.Key != "exit.refusal.below" || refusal.Field != "income_202610" {
		t.Fatalf("%v", err)
	}
	id, err := exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f, func(p *exit.Proposal) { p.Months[5].Income = 3 * 80001 }))
	must(t, err)
	e, err := exit.Find(t.Context(), u, sample.Everywhere, id)
	must(t, err)
	proof, err := exit.ProofOf(t.Context(), u, e)
	must(t, err)
	var lines []string
	for _, m := range proof.Months {
		lines = append(lines, fmt.Sprintf("%s %s>%s", exit.MonthText(m.First), m.PerHead(), m.Line.Monthly))
	}
	want := "2026-05 700.01>700.00, 2026-06 700.01>700.00, 2026-07 700.01>700.00, 2026-08 700.01>700.00, 2026-09 700.01>700.00, 2026-10 800.01>800.00"
	if got := strings.Join(lines, ", "); got != want {
		t.Errorf("%s", got)
	}
}

// eased is a sound proposal of an accident household.
func eased(t *testing.T, u *work.Unit, f casefile.File, change ...func(*exit.Proposal)) exit.Proposal {
	p := exit.Proposal{Reason: exit.Eased, Grounds: "恢复正常生活", Aid: "灾害救助一次", Papers: papersOf(t, u, f)}
	for _, g := range exit.Guarantees {
		p.Guarantees = append(p.Guarantees, exit.Secured{Guarantee: g, Needed: true, Note: "已落实", Paper: p.Papers[0]})
	}
	for _, c := range change {
		c(&p)
	}
	return p
}

// Only a household that an accident brought into hardship is eased; every other reason fits any.
func TestWhomAReasonFits(t *testing.T) {
	for _, test := range []struct {
		reason   string
		category eligibility.Category
		fits     bool
	}{{exit.Eased, eligibility.Accident, true}, {exit.Eased, eligibility.Severe, false}, {exit.OutOfHardship, eligibility.Accident, true}, {exit.False, eligibility.Severe, true}} {
		if got := exit.Fits(test.reason, casefile.File{Category: test.category}); got != test.fits {
			t.Errorf("%s of %s: %v", test.reason, test.category, got)
		}
	}
}

// accident is an active household in hardship after a sudden event.
func accident(t *testing.T, u *work.Unit) casefile.File {
	return sample.File(t, u, casefile.Active, func(h *sample.Household) {
		h.Economy = casefile.Economy{Until: day.Of(2026, 10, 31), Lines: []casefile.Line{
			{Side: casefile.Income, Kind: "wage", Amount: money.Yuan(60000)}, {Side: casefile.Expense, Kind: casefile.EventKind, Amount: money.Yuan(55000)}}}
		h.Causes = []casefile.Cause{casefile.Accident}
	})
}

// recategorised is an accident household that came into another category.
func recategorised(t *testing.T, u *work.Unit, c eligibility.Category) casefile.File {
	t.Helper()
	f := accident(t, u)
	_, err := u.Exec(t.Context(), `UPDATE casefile_file SET category = $2 WHERE id = $1`, f.ID, string(c))
	must(t, err)
	f.Category = c
	return f
}

// An eased household closes its file as what it was filed as, whatever the generation; one that came into another category
// since is told so.
func TestEasedUntilItIsClosed(t *testing.T) {
	for _, c := range []eligibility.Category{eligibility.Accident, eligibility.AccidentHousehold} {
		t.Run(string(c), func(t *testing.T) {
			u := centre(t)
			f := recategorised(t, u, c)
			id, err := exit.Propose(t.Context(), u, f.ID, eased(t, u, f))
			must(t, err)
			bring(t, u, id, exit.Told)
			_, err = u.Exec(t.Context(), `UPDATE casefile_file SET category = 'relative' WHERE id = $1`, f.ID)
			must(t, err)
			closing := func() string {
				return sample.Told(t, by(u, sample.Supervisor, func() error {
					return u.Within(t.Context(), func(u *work.Unit) error { return exit.Close(t.Context(), u, id) })
				}))
			}
			if told := closing(); told != "exit.refusal.accident_since" {
				t.Errorf("in another category: told %q", told)
			}
			_, err = u.Exec(t.Context(), `UPDATE casefile_file SET category = $2 WHERE id = $1`, f.ID, string(c))
			must(t, err)
			if told := closing(); told != "" {
				t.Errorf("told %q", told)
			}
		})
	}
}

func TestFiveGuarantees(t *testing.T) {
	tests := map[string]struct {
		file   func(*testing.T, *work.Unit) casefile.File
		change func(*exit.Proposal)
		told   string
	}{
		"all five are had":       {accident, func(*exit.Proposal) {}, ""},
		"one is not needed":      {accident, func(p *exit.Proposal) { p.Guarantees[2] = exit.Secured{Guarantee: "school", Note: "没有学生"} }, ""},
		"four":                   {accident, func(p *exit.Proposal) { p.Guarantees = p.Guarantees[:4] }, "exit.refusal.guarantees"},
		"one twice":              {accident, func(p *exit.Proposal) { p.Guarantees[1] = p.Guarantees[0] }, "exit.refusal.guarantees"},
		"one had and not proven": {accident, func(p *exit.Proposal) { p.Guarantees[4].Paper = 0 }, "exit.refusal.guarantee_paper"},
		"one without a word":     {accident, func(p *exit.Proposal) { p.Guarantees[4].Note = "" }, "exit.refusal.guarantee_note"},
		"no aid was given":       {accident, func(p *exit.Proposal) { p.Aid = "" }, "exit.refusal.aid"},
		"of the generation of 2016": {func(t *testing.T, u *work.Unit) casefile.File {
			return recategorised(t, u, eligibility.AccidentHousehold)
		},
			func(*exit.Proposal) {}, ""},
		"not after an event": {func(t *testing.T, u *work.Unit) casefile.File { return sample.File(t, u, casefile.Active) },
			func(*exit.Proposal) {}, "exit.refusal.accident"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := centre(t)
			f := test.file(t, u)
			_, err := exit.Propose(t.Context(), u, f.ID, eased(t, u, f, test.change))
			if told := sample.Told(t, err); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}

func TestCancelling(t *testing.T) {
	u := centre(t)
	other := sample.File(t, u, casefile.Active)
	today := u.Today()
	tests := map[string]struct {
		change func(*exit.Proposal)
		told   string
	}{
		"died today":                       {func(p *exit.Proposal) { p.Reason, p.HappenedOn = "died", today }, ""},
		"will die tomorrow":                {func(p *exit.Proposal) { p.Reason, p.HappenedOn = "died", today.Add(1) }, "exit.refusal.happened"},
		"moved on no day":                  {func(p *exit.Proposal) { p.Reason = "moved" }, "exit.refusal.happened"},
		"retired long ago":                 {func(p *exit.Proposal) { p.Reason, p.HappenedOn = "retired", today.Add(-900) }, ""},
		"filed twice":                      {func(p *exit.Proposal) { p.Reason, p.OtherNumber = exit.Duplicate, other.Number }, ""},
		"filed twice, the other is none":   {func(p *exit.Proposal) { p.Reason, p.OtherNumber = exit.Duplicate, "QSX209900001" }, "exit.refusal.other_file"},
		"filed twice, the other not named": {func(p *exit.Proposal) { p.Reason = exit.Duplicate }, "exit.refusal.other_file"},
		"misjudged":                        {func(p *exit.Proposal) { p.Reason = "misjudged" }, ""},
		"false, and nothing was paid":      {func(p *exit.Proposal) { p.Reason = exit.False }, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := sample.File(t, u, casefile.Active)
			p := exit.Proposal{Grounds: "属实", Papers: papersOf(t, u, f)}
			test.change(&p)
			_, err := exit.Propose(t.Context(), u, f.ID, p)
			if told := sample.Told(t, err); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}
