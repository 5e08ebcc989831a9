package trialpage

import (
	"context"
	"strconv"

	"bangfu/internal/trial"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/ui"
)

// facts say by whom a proposal was made, where it stands, and what it is about as far as no comparison says it.
func (v ProposalView) facts(ctx context.Context) []ui.Item {
	p := v.Proposal
	var items []ui.Item
	if !v.alone() {
		items = append(items, ui.Item{Key: "eligibility.from", Value: ui.Day(p.Line.From)}, ui.Item{Key: "eligibility.source", Value: ui.Text(p.Line.Source)})
	}
	state := ui.State(stateTag(p.State))
	if p.State == trial.Proposed {
		state = state.With(words.T(ctx, "trial.next"))
	}
	items = append(items, ui.Item{Key: "trial.state", Value: state}, ui.Item{Key: "trial.entered", Value: ui.Text(p.Enterer).With(words.Minute(p.EnteredAt))})
	if !p.DecidedAt.IsZero() {
		items = append(items, ui.Item{Key: "trial.decided", Value: ui.Text(p.Decider).With(words.Minute(p.DecidedAt))})
	}
	if p.Reason != "" {
		items = append(items, ui.Item{Key: "trial.reason", Value: ui.Text(p.Reason)})
	}
	return items
}

// onward leads from a proposal that came into force to the households that are to be judged by it.
func (v ProposalView) onward() []ui.Btn {
	if !v.Affected {
		return nil
	}
	return []ui.Btn{{Key: "trial.to_affected", Href: AffectedPath(0), Look: ui.Quiet}}
}

// stats are the sums of a trial; each leads to its households for those who may see them.
func (v ProposalView) stats(ctx context.Context) []ui.StatView {
	stats := make([]ui.StatView, 0, 4)
	for _, e := range trial.Effects {
		s := ui.StatView{Key: e.Key(), Value: strconv.FormatInt(v.Run.Count(e, ""), 10), Unit: "trial.households_unit"}
		if v.Names {
			s.Href = HouseholdsPath(v.Proposal.ID, e, 0)
		}
		stats = append(stats, s)
	}
	cost := v.Cost.Grouped()
	if v.Cost > 0 {
		cost = "+" + cost
	}
	return append(stats, ui.StatView{Key: "trial.cost", Value: cost, Unit: "common.yuan", Sub: words.T(ctx, "trial.cost_sub")})
}

// groups lists by district who moves from which category to which.
func (v ProposalView) groups() ui.TableView {
	t := ui.TableView{Caption: "trial.groups", Columns: []ui.Column{{Key: "eligibility.place"}, {Key: "trial.effect"}, {Key: "trial.before"}, {Key: "trial.after"},
		{Key: "trial.files", Numeric: true}, {Key: "trial.people", Numeric: true}}, Empty: ui.EmptyView{Title: "trial.nobody", Body: "trial.nobody_hint"}}
	for _, g := range v.Run.Groups {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.Place(g.Place, g.District), ui.State(effectTag(g.Effect())), ui.Word(g.Before.Key()), ui.Word(g.After.Key()),
			ui.Count(int(g.Files)), ui.Count(int(g.People))}})
	}
	return t
}

// effectTag shows what happens to a household.
func effectTag(e trial.Effect) ui.Tag {
	t := ui.Tag{Key: e.Key()}
	switch e {
	case trial.Enters:
		t.Tone = ui.Good
	case trial.Leaves:
		t.Tone = ui.Bad
	case trial.Changes:
		t.Tone = ui.Info
	}
	return t
}

// tabs lead to the households by what happens to them.
func (v HouseholdsView) tabs() []ui.Tab {
	tabs := make([]ui.Tab, len(trial.Effects))
	for i, e := range trial.Effects {
		tabs[i] = ui.Tab{Key: e.Key(), Href: HouseholdsPath(v.Proposal.ID, e, 0), Count: int(v.Run.Count(e, "")), Current: e == v.Effect}
	}
	return tabs
}

// table lists the households.
func (v HouseholdsView) table() ui.TableView {
	t := ui.TableView{Caption: "trial.households", HideCaption: true, Columns: []ui.Column{{Key: "trial.head"}, {Key: "trial.number"}, {Key: "trial.office"},
		{Key: "eligibility.place"}, {Key: "trial.before"}, {Key: "trial.after"}}, Empty: ui.EmptyView{Title: "trial.nobody", Body: "trial.nobody_hint"}}
	if v.Proposal.ID == 0 {
		t.Empty = ui.EmptyView{Title: "trial.affected_none", Body: "trial.affected_none_hint"}
	}
	for _, h := range v.All {
		t.Rows = append(t.Rows, ui.Row{Href: filePath(h.FileID), Cells: []ui.Cell{ui.Text(h.HeadName), ui.Text(h.Number), ui.Text(h.Office), ui.Place(h.Place, h.District),
			ui.Word(h.Before.Key()), ui.Word(h.After.Key())}})
	}
	return t
}

// pager leads to the first page and the next one.
func (v HouseholdsView) pager() ui.Paging {
	p := ui.Paging{Total: -1}
	path := AffectedPath
	if v.Proposal.ID != 0 {
		path = func(behind work.FileID) string { return HouseholdsPath(v.Proposal.ID, v.Effect, behind) }
	}
	if v.Behind {
		p.Prev = path(0)
	}
	if v.More {
		p.Next = path(v.All[len(v.All)-1].FileID)
	}
	return p
}

// numberKey is the word of a rule's number.
func numberKey(name string) words.Key { return words.Key("trial.number." + name) }
