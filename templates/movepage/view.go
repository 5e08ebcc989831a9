// Package movepage holds the pages on which files are handed over to other offices, households split and merged. They
// decide nothing.
package movepage

import (
	"context"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/move"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Addresses that stand by themselves.
const (
	ListPath     = "/moves"
	NewBatchPath = "/moves/batch" // where several files are handed over at once
)

// BatchPath is what became of each file of a batch.
func BatchPath(id move.BatchID) string {
	return ListPath + "/batches/" + strconv.FormatInt(int64(id), 10)
}

// Path is the page of a move.
func Path(id move.ID) string { return ListPath + "/" + strconv.FormatInt(int64(id), 10) }

// HandoverPath is the hand-over list of a transfer.
func HandoverPath(id move.ID) string { return Path(id) + "/handover" }

// FilePath is the page of a file.
func FilePath(file work.FileID) string { return "/files/" + strconv.FormatInt(int64(file), 10) }

// AskPath is where a move of a file is asked for.
func AskPath(file work.FileID, kind move.Kind) string { return FilePath(file) + "/" + string(kind) }

// PaperPath is a paper of a file.
func PaperPath(file work.FileID, paper casefile.EvidenceID) string {
	return FilePath(file) + "/evidence/" + strconv.FormatInt(int64(paper), 10)
}

// ListOfPath is one list of moves, below an id when it is not zero.
func ListOfPath(list move.List, below move.ID) string {
	path := ListPath + "?list=" + string(list)
	if below != 0 {
		path += "&below=" + strconv.FormatInt(int64(below), 10)
	}
	return path
}

// Crumbs is the way to a page of moves.
func Crumbs(more ...layout.Crumb) []layout.Crumb {
	return append([]layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "move.title", Path: ListPath}}, more...)
}

// Identity is the bar on the pages of a file.
func Identity(f casefile.File) *ui.IdentityView {
	v := &ui.IdentityView{Number: f.Number, Name: f.HeadName, Href: FilePath(f.ID), Status: ui.Tag{Key: f.State.Key(), Tone: ui.Good},
		Facts: []ui.Item{{Key: "move.office", Value: ui.Text(f.OrgName)}}}
	if f.Category != eligibility.None {
		v.Class = f.Category.Key()
	}
	return v
}

// tones says which states wait for somebody and which went wrong.
var tones = map[move.State]ui.Tone{move.Asked: ui.Due, move.Agreed: ui.Due, move.Done: ui.Good, move.Rejected: ui.Bad, move.Refused: ui.Bad}

// tag is the state of a move in one word.
func tag(s move.State) ui.Tag { return ui.Tag{Key: s.Key(), Tone: tones[s]} }

// steps shows where a move stands in its life.
func steps(m move.Move) []ui.Step {
	order := []words.Key{"move.step.asked", "move.step.agreed", "move.step.received"}
	if m.Kind != move.Transfer {
		order = []words.Key{"move.step.asked", "move.step.carried"}
	}
	reached := map[move.State]int{move.Asked: 1, move.Rejected: 1, move.Withdrawn: 1, move.Agreed: 2, move.Refused: 2, move.Done: len(order)}[m.State]
	all := make([]ui.Step, len(order))
	for i, key := range order {
		all[i] = ui.Step{Key: key, State: ui.StepAhead}
		switch {
		case i < reached:
			all[i].State = ui.StepDone
		case i == reached && (m.State == move.Asked || m.State == move.Agreed):
			all[i].State = ui.StepCurrent
		case i == reached:
			all[i].State = ui.StepBack
		}
	}
	return all
}

// head is the file of a move: its head leads to it where the reader may see it.
func head(name string, file work.FileID, within bool) ui.Cell {
	if within {
		return ui.Link(name, FilePath(file))
	}
	return ui.Text(name)
}

// mattersTable lists what is open around a file and what becomes of it.
func mattersTable(matters []move.Matter, print bool) ui.TableView {
	t := ui.TableView{Caption: "move.matters", HideCaption: true, Print: print,
		Columns: []ui.Column{{Key: "move.matter"}, {Key: "move.count", Numeric: true}, {Key: "move.becomes"}}, Empty: ui.EmptyView{Title: "move.matters_none"}}
	for _, m := range matters {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.Word(m.Key()), ui.Count(m.N), ui.Word(m.How())}})
	}
	return t
}

// stops tells whether one of the matters stops the move.
func stops(matters []move.Matter) bool {
	for _, m := range matters {
		if m.Stops {
			return true
		}
	}
	return false
}

// changesTable lists facts before and after.
func changesTable(ctx context.Context, all ...casefile.Difference) ui.TableView {
	v := ui.ChangesView{Caption: "move.differences", From: words.Saying("move.was"), Into: words.Saying("move.is"), Empty: ui.EmptyView{Title: "move.same"}}
	for _, d := range all {
		v.Changes = append(v.Changes, ui.Change{Of: d.Person, Label: d.Label, Before: d.Before, After: d.After})
	}
	return ui.Changes(ctx, v)
}

// peopleTable lists a household.
func peopleTable(people []casefile.Person) ui.TableView {
	t := ui.TableView{Caption: "move.fresh", HideCaption: true, Columns: []ui.Column{{Key: "move.name"}, {Key: "move.relation"}, {Key: "move.birth"}}}
	for _, p := range people {
		relation := ui.Word("casefile.head")
		if p.Relation != casefile.Head {
			relation = ui.Word(casefile.Relations.Key(p.Relation))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.Text(p.Name), relation, ui.Day(p.Birth)}})
	}
	return t
}

// programme is a programme's name in the reader's language.
func programme(ctx context.Context, a move.Aid) string {
	if words.Of(ctx) == words.English {
		return a.ProgrammeEn
	}
	return a.ProgrammeZh
}
