package casefileweb

import (
	"context"
	"strconv"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// figure is one line of the economy's form: a kind, of one person or of the household.
type figure struct {
	side   casefile.Side
	kind   casefile.Kind
	person casefile.Person // the zero person is the household
	rest   bool            // the household's line beside those of persons
}

// name is the name of the field of the amount, and with ".paper" that of the paper that proves it.
func (g figure) name() string {
	name := string(g.side) + "." + string(g.kind)
	if g.person.ID != 0 {
		name += ".p" + strconv.FormatInt(int64(g.person.ID), 10)
	}
	return name
}

// asks tells whether the form asks a person's own figure of a kind: wages of who works, schooling of who is at school. The
// household's line takes what is nobody's by name.
func asks(side casefile.Side, kind casefile.Kind, p casefile.Person, today day.Date) bool {
	adult := p.Birth.Age(today) >= 16 && p.WorkStatus != "student"
	switch kind {
	case "wage":
		return side == casefile.Income && adult && casefile.Employed(p.WorkStatus)
	case "pension":
		return strings.HasSuffix(p.WorkStatus, "retired") && p.WorkStatus != "internal_retired"
	case "illness":
		return p.Health == "ill"
	case "disability":
		return p.Health == "disabled"
	case "schooling":
		return p.WorkStatus == "student"
	}
	return false
}

// economyLines lists the lines of the form: of each kind those of the people whom it concerns or who have one, and the
// household's.
func economyLines(h household) []figure {
	var all []figure
	for _, side := range casefile.Sides {
		for _, kind := range casefile.Kinds[side] {
			rest := false
			for _, p := range h.people {
				if kind.Personal(side) && (asks(side, kind, p, h.today) || h.economy.At(side, kind, p.ID).Amount > 0) {
					all = append(all, figure{side: side, kind: kind, person: p})
					rest = true
				}
			}
			all = append(all, figure{side: side, kind: kind, rest: rest})
		}
	}
	return all
}

// economyFields asks for the twelve months: one amount a kind and person. An empty box is none. Where papers are in the
// file already, each amount can name the one that proves it.
func economyFields(f *form.Form, h household) {
	until := h.economy.Until
	if until.IsZero() {
		until = monthEnd(h.today)
	}
	f.Date("until", "casefile.economy_until", form.Required, form.NotAfter(h.today), form.NotBefore(h.today.AddMonths(-24)),
		form.Hint("casefile.economy_until_hint"), form.Default(until))
	papers := paperOptions(h.papers)
	if h.change != "" {
		papers = append([]form.Option{{Value: newPaper, Key: "casefile.figure_new_paper"}}, papers...)
	}
	there := form.Check(func(d *form.Field) {
		if d.Text() == newPaper && len(h.sent) == 0 {
			d.Fail("casefile.refusal.figure_paper", words.Saying(d.Label, d.Args...))
		}
	})
	for _, g := range economyLines(h) {
		held := h.economy.At(g.side, g.kind, g.person.ID)
		amount, paper := form.Optional, form.Optional
		if held.Amount > 0 {
			amount = form.Default(held.Amount)
		}
		if held.Evidence != 0 {
			paper = form.Default(int64(held.Evidence))
		}
		label, args := g.kind.Key(g.side), []any(nil)
		if g.person.ID != 0 {
			label, args = "casefile.kind_of", []any{g.person.Name, label}
		} else if g.rest {
			label, args = "casefile.kind_rest", []any{label}
		}
		f.Money(g.name(), label, form.LabelArgs(args...), amount)
		if len(papers) > 0 {
			f.Select(g.name()+".paper", "casefile.figure_paper", papers, form.LabelArgs(words.Saying(label, args...)), paper, there)
		} else {
			f.Known(g.name() + ".paper")
		}
	}
}

// paperOptions are the papers of the file, by kind and name.
func paperOptions(papers []casefile.Evidence) []form.Option {
	all := make([]form.Option, len(papers))
	for i, e := range papers {
		all[i] = form.Option{Value: strconv.FormatInt(int64(e.ID), 10), Key: "casefile.paper_option", Args: []any{e.Kind, e.Name}}
	}
	return all
}

// monthEnd is the last day of the month before.
func monthEnd(today day.Date) day.Date { return day.Of(today.Year(), today.Month(), 1).Add(-1) }

// economyOf reads the amounts of the form; it also adds up what is not yet right.
func economyOf(f *form.Form, h household) casefile.Economy {
	e := casefile.Economy{Until: f.Field("until").Date()}
	for _, g := range economyLines(h) {
		amount := f.Field(g.name()).Money()
		if amount <= 0 {
			continue
		}
		line := casefile.Line{Side: g.side, Kind: g.kind, Amount: amount, Person: g.person.ID}
		if paper := f.Field(g.name() + ".paper"); paper != nil {
			n, _ := strconv.ParseInt(paper.Text(), 10, 64) // empty is none; the options are numbers, but for the paper that has none yet
			line.Evidence = casefile.EvidenceID(n)
		}
		e.Lines = append(e.Lines, line)
	}
	return e
}

func economyDoubts(f *form.Form, h household) []casefile.Doubt { return economyOf(f, h).Doubts() }

func saveEconomy(ctx context.Context, u *work.Unit, _ *web.Kit, h household, f *form.Form, confirmed []casefile.Doubt) error {
	return casefile.SaveEconomy(ctx, u, h.file.ID, seen(f), economyOf(f, h), confirmed)
}

// sums are the sides of the economy as the form has them, each with its fields and its sum.
func sums(f *form.Form, h household) []casefilepage.SumView {
	economy := economyOf(f, h)
	var all []casefilepage.SumView
	for _, side := range casefile.Sides {
		v := casefilepage.SumView{Side: side, Papers: len(h.papers) > 0 || h.change != ""}
		v.Sum, _ = economy.Sum(side) // no form can add up to more than can be counted
		for _, g := range economyLines(h) {
			if g.side == side {
				v.Figures = append(v.Figures, casefilepage.FigureView{Amount: f.Field(g.name()), Paper: f.Field(g.name() + ".paper")})
			}
		}
		all = append(all, v)
	}
	return all
}
