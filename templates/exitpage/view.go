// Package exitpage holds the pages on which households leave the register and are looked after afterwards: proposals,
// assessments, the notice to the worker, callbacks and claims. They decide nothing.
package exitpage

import (
	"context"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/exit"
	"bangfu/internal/fund"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Addresses that stand by themselves.
const (
	ListPath       = "/exits"
	CallbacksPath  = "/exits/callbacks"
	RecoveriesPath = "/exits/recoveries"
	RulesPath      = "/rules/exits"
)

// Path is the page of an exit.
func Path(id exit.ID) string { return ListPath + "/" + strconv.FormatInt(int64(id), 10) }

// LetterPath is the notice to the worker.
func LetterPath(id exit.ID) string { return Path(id) + "/letter" }

// RecoveryPath is the claim of an exit.
func RecoveryPath(id exit.ID) string { return Path(id) + "/recovery" }

// ReversalPath is where a receipt of a claim is taken back.
func ReversalPath(id exit.ReceiptID) string {
	return ListPath + "/receipts/" + strconv.FormatInt(int64(id), 10) + "/reversal"
}

// fundPath is the address of a fund, which belongs to another feature.
func fundPath(id fund.AccountID) string { return "/funds/" + strconv.FormatInt(int64(id), 10) }

// CallbackPath is one callback.
func CallbackPath(id exit.CallbackID) string {
	return CallbacksPath + "/" + strconv.FormatInt(int64(id), 10)
}

// FilePath is the page of a file.
func FilePath(file work.FileID) string { return "/files/" + strconv.FormatInt(int64(file), 10) }

// NumberPath asks for the reason before somebody's numbers, the phone among them, are shown.
func NumberPath(file work.FileID, person casefile.PersonID) string {
	return FilePath(file) + "/people/" + strconv.FormatInt(int64(person), 10) + "/number"
}

// ProposePath is where the exit of a file is proposed.
func ProposePath(file work.FileID) string { return FilePath(file) + "/exit" }

// ReasonPath is the form for one reason.
func ReasonPath(file work.FileID, reason string) string {
	return ProposePath(file) + "?reason=" + reason
}

// RelapsePath is where a household that fell back is registered anew.
func RelapsePath(file work.FileID) string { return FilePath(file) + "/relapse" }

// PaperPath is a paper of a file.
func PaperPath(file work.FileID, paper casefile.EvidenceID) string {
	return FilePath(file) + "/evidence/" + strconv.FormatInt(int64(paper), 10)
}

// ListOfPath is one list of exits, below an id when it is not zero.
func ListOfPath(list exit.List, below exit.ID) string {
	path := ListPath + "?list=" + string(list)
	if below != 0 {
		path += "&below=" + strconv.FormatInt(int64(below), 10)
	}
	return path
}

// Crumbs is the way to a page of exits.
func Crumbs(more ...layout.Crumb) []layout.Crumb {
	return append([]layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "exit.title", Path: ListPath}}, more...)
}

// Identity is the bar on the pages of a file.
func Identity(f casefile.File) *ui.IdentityView {
	v := &ui.IdentityView{Number: f.Number, Name: f.HeadName, Href: FilePath(f.ID), Status: ui.Tag{Key: f.State.Key(), Tone: ui.Good},
		Facts: []ui.Item{{Key: "exit.office", Value: ui.Text(f.OrgName)}}}
	if f.Category != eligibility.None {
		v.Class = f.Category.Key()
	}
	return v
}

// IdentityOf is the bar on the pages of an exit.
func IdentityOf(e exit.Exit) *ui.IdentityView {
	v := &ui.IdentityView{Number: e.Number, Name: e.HeadName, Href: FilePath(e.FileID), Status: tag(e.State),
		Facts: []ui.Item{{Key: "exit.office", Value: ui.Text(e.OrgName)}}}
	if e.Category != eligibility.None {
		v.Class = e.Category.Key()
	}
	return v
}

// tones says which states wait for somebody and which went wrong.
var tones = map[exit.State]ui.Tone{exit.Proposed: ui.Due, exit.Agreed: ui.Due, exit.Told: ui.Due, exit.Closed: ui.Good, exit.Refused: ui.Bad}

// tag is the state of an exit in one word.
func tag(s exit.State) ui.Tag { return ui.Tag{Key: s.Key(), Tone: tones[s]} }

// steps shows where an exit stands in its life. Where its rule asks for a posting, that is a step of its own: it may still
// run when the worker has been told, and the file is closed after both.
func steps(e exit.Exit, today day.Date) []ui.Step {
	agreed := e.State == exit.Agreed || e.State == exit.Told || e.State == exit.Closed
	type step struct {
		key  words.Key
		sub  string
		done bool
	}
	order := []step{{key: "exit.step.proposed", done: true}, {key: "exit.step.agreed", done: agreed}}
	if e.Posting() {
		posted := step{key: "exit.step.posted", done: agreed && !e.Waits(today)}
		if agreed && !e.PostedOn.IsZero() {
			posted.sub = e.PostedOn.String() + " – " + e.LastPosted().String()
		}
		order = append(order, posted)
	}
	order = append(order, step{key: "exit.step.told", done: agreed && e.State != exit.Agreed}, step{key: "exit.step.closed", done: e.State == exit.Closed})
	all := make([]ui.Step, len(order))
	next := e.State != exit.Refused && e.State != exit.Withdrawn
	for i, s := range order {
		all[i] = ui.Step{Key: s.key, Sub: s.sub, State: ui.StepAhead}
		switch {
		case s.done:
			all[i].State = ui.StepDone
		case next:
			all[i].State, next = ui.StepCurrent, false
		case i == 1:
			all[i].State = ui.StepBack
		}
	}
	return all
}

// reason says why a household leaves, and the kind of exit where that says more: 脱困 and 解困 are reason and kind in one.
func reason(ctx context.Context, e exit.Exit) ui.Cell {
	cell := ui.Word(casefile.ExitReasons.Key(e.Reason))
	if exit.BetterOff(e.Reason) {
		return cell
	}
	return cell.With(words.T(ctx, exit.Kind(e.Reason)))
}

// Programme is a programme's name in the reader's language.
func Programme(ctx context.Context, zh, en string) string {
	if words.Of(ctx) == words.English {
		return en
	}
	return zh
}

// due says when something is due and how far that is.
func due(ctx context.Context, on, today day.Date, done bool) ui.Cell {
	tone := ui.Plain
	if on.Before(today) && !done {
		tone = ui.Bad
	}
	if done {
		return ui.Day(on)
	}
	return ui.Part(ui.DueDate(ui.Deadline{Date: on.String(), Away: words.Until(ctx, on, today), Tone: tone}))
}
