package trialpage

import (
	"context"
	"slices"
	"strconv"

	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/trial"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Heading says which line or rule a proposal is about: the title of its page, and what leads back to it.
func Heading(p trial.Proposal) words.Message {
	if p.Kind == trial.Rule {
		return words.Saying("trial.proposal_rule", p.Rule.Generation, p.Line.From)
	}
	return words.Saying("trial.proposal_line", p.Line.Where(), p.Line.Monthly, p.Line.From)
}

// Crumbs lead from the rules to a proposal, and on to title when it is not blank.
func Crumbs(p trial.Proposal, title words.Key) []layout.Crumb {
	h := Heading(p)
	all := []layout.Crumb{{Key: "trial.rules", Path: RulesPath}, {Key: "trial.list.title", Path: ListPath}, {Key: h.Key, Args: h.Args}}
	if title != "" {
		all[2].Path = Path(p.ID)
		all = append(all, layout.Crumb{Key: title})
	}
	return all
}

// alone tells whether what is proposed takes the place of one thing, so that its day and source stand beside each other.
func (v ProposalView) alone() bool { return v.Proposal.Kind == trial.Rule || len(v.Replaced) == 1 }

// compared holds what is proposed against what holds on its first day without it.
func (v ProposalView) compared(ctx context.Context) ui.TableView {
	t := ui.ChangesView{Caption: "trial.compared", From: words.Saying("trial.held"), Into: words.Saying("trial.then"), None: true}
	p := v.Proposal
	before := v.Held
	if p.Kind == trial.Rule {
		t.Changes = v.numbers()
	} else {
		for _, r := range v.Replaced {
			t.Changes = append(t.Changes, ui.Change{Of: r.Where(), Label: "eligibility.monthly", Before: held(r), After: changed(r.Before, p.Line.Monthly)})
			before = eligibility.Rule{ID: eligibility.RuleID(r.Before.ID), From: r.Before.From, Source: r.Before.Source}
		}
	}
	if v.alone() {
		from, source := ui.Change{Label: "eligibility.from", After: p.Line.From}, ui.Change{Label: "eligibility.source", After: p.Line.Source}
		if before.ID != 0 {
			from.Before, source.Before = before.From, before.Source
		}
		t.Changes = append(t.Changes, from, source)
	}
	table := ui.Changes(ctx, t)
	table.HideCaption, table.Even = false, true
	return table
}

// held says the line that holds in a district without the proposed one, and where it comes from when it is another's.
func held(r eligibility.Replaced) any {
	switch {
	case r.Before.ID == 0:
		return nil
	case r.Before.District != r.District:
		return words.Saying("trial.held_of", r.Before.Monthly, r.Before.Where(), r.Before.From)
	}
	return words.Saying("trial.held_from", r.Before.Monthly, r.Before.From)
}

// changed says a proposed line, and by how much it is another than the one before.
func changed(before eligibility.Line, monthly money.Amount) any {
	difference := monthly - before.Monthly
	switch {
	case before.ID == 0:
		return monthly
	case difference > 0:
		return words.Saying("trial.raised", monthly, difference, share(difference, before.Monthly))
	case difference < 0:
		return words.Saying("trial.lowered", monthly, -difference, share(-difference, before.Monthly))
	}
	return words.Saying("trial.kept", monthly)
}

// share gives a part of an amount in percent, with one decimal.
func share(part, whole money.Amount) string {
	return strconv.FormatFloat(float64(part)*100/float64(whole), 'f', 1, 64)
}

// numbers lists the operators and numbers of a rule that are not the same in the one before.
func (v ProposalView) numbers() []ui.Change {
	was, then := v.Held, v.Proposal.Rule
	all := []ui.Change{{Label: "eligibility.rules.generation", Before: was.Generation, After: then.Generation},
		{Label: "trial.operator_line", Before: operator(was.Numbers.Strict), After: operator(then.Numbers.Strict)},
		{Label: "trial.operator_upper", Before: operator(was.Numbers.Strict && !was.Numbers.UpperInclusive), After: operator(then.Numbers.Strict && !then.Numbers.UpperInclusive)}}
	for _, b := range eligibility.Asked {
		all = append(all, ui.Change{Label: numberKey(b.Name), Before: number(b, was), After: number(b, then)})
	}
	if was.ID == 0 {
		for i := range all {
			all[i].Before = nil
		}
	}
	return slices.DeleteFunc(all, func(c ui.Change) bool { return c.Before == c.After })
}

// operator is the word of a comparison.
func operator(strict bool) words.Key {
	if strict {
		return "eligibility.rules.strict"
	}
	return "eligibility.rules.inclusive"
}

// number gives a number of a rule; nil when the rule has none.
func number(b eligibility.Bounds, r eligibility.Rule) any {
	if n := *b.Of(&r.Numbers); b.Uses(r.Generation) && n != 0 {
		return n
	}
	return nil
}

// conditions holds the ways into each category of the proposed rule against those of the rule before it.
func (v ProposalView) conditions() ui.TableView {
	t := ui.TableView{Caption: "trial.conditions", Even: true, Columns: []ui.Column{{Key: "eligibility.rules.category"}, {Key: "trial.held"}, {Key: "trial.then"}}}
	was, then := waysOf(v.Held), waysOf(v.Proposal.Rule)
	for _, c := range categories(v.Proposal.Rule, v.Held) {
		tag := ui.Tag{Key: "trial.same"}
		switch {
		case was[c] == nil:
			tag = ui.Tag{Key: "trial.added", Tone: ui.Good}
		case then[c] == nil:
			tag = ui.Tag{Key: "trial.removed", Tone: ui.Bad}
		case written(was[c]) != written(then[c]):
			tag = ui.Tag{Key: "trial.changed", Tone: ui.Info}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.Part(category(c, tag)), side(was[c]), side(then[c])}})
	}
	return t
}

// waysOf sorts the ways of a rule by category.
func waysOf(r eligibility.Rule) map[eligibility.Category][]eligibility.Way {
	all := map[eligibility.Category][]eligibility.Way{}
	for _, w := range r.Ways() {
		all[w.Category] = append(all[w.Category], w)
	}
	return all
}

// categories lists the categories of rules, each once, in the order in which they are tried.
func categories(rules ...eligibility.Rule) []eligibility.Category {
	var all []eligibility.Category
	for _, r := range rules {
		for _, w := range r.Ways() {
			if !slices.Contains(all, w.Category) {
				all = append(all, w.Category)
			}
		}
	}
	return all
}

// written puts ways into one text, to tell whether two are the same.
func written(all []eligibility.Way) string {
	text := ""
	for _, w := range all {
		text += "|"
		for _, test := range w.Tests {
			text += "&" + string(test.Name)
			if test.Operator != "" {
				text += test.Formula()
			}
		}
	}
	return text
}

// side draws the ways of one rule into a category.
func side(all []eligibility.Way) ui.Cell {
	if all == nil {
		return ui.Word("ui.nothing")
	}
	return ui.Part(ways(all))
}
