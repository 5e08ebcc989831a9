package casefilepage

import (
	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/idcard"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// tones says which states wait for somebody and which went wrong.
var tones = map[casefile.State]ui.Tone{
	casefile.Draft: ui.Info, casefile.Returned: ui.Due, casefile.Submitted: ui.Due, casefile.Visited: ui.Due,
	casefile.Judged: ui.Due, casefile.Assessed: ui.Due, casefile.InNotice: ui.Info, casefile.Contested: ui.Bad,
	casefile.Active: ui.Good, casefile.Temporary: ui.Info,
}

// StateTag is the state of a file in one word.
func StateTag(s casefile.State) ui.Tag { return ui.Tag{Key: s.Key(), Tone: tones[s]} }

// Identity is the bar on all pages of one file.
func Identity(f casefile.File) *ui.IdentityView {
	v := &ui.IdentityView{Number: f.Number, Name: f.HeadName, Href: FilePath(f.ID), Status: StateTag(f.State)}
	if v.Name == "" {
		v.Unnamed = casefile.Unnamed
	}
	if f.Category != eligibility.None {
		v.Class = f.Category.Key()
	}
	v.Facts = []ui.Item{{Key: "casefile.office", Value: ui.Text(f.OrgName)}}
	if f.OldNumber != "" {
		v.Facts = append(v.Facts, ui.Item{Key: "casefile.old_number", Value: ui.Text(f.OldNumber)})
	}
	if f.People > 0 {
		v.Facts = append(v.Facts, ui.Item{Key: "casefile.people", Value: ui.Count(f.People)})
	}
	return v
}

// Crumbs is the way to a page of a file.
func Crumbs(f casefile.File, more ...layout.Crumb) []layout.Crumb {
	name := layout.Crumb{Text: f.HeadName, Path: FilePath(f.ID)}
	if f.HeadName == "" {
		name.Key = casefile.Unnamed
	}
	return append([]layout.Crumb{{Key: "casefile.list.title", Path: ListPath}, name}, more...)
}

// steps shows where a file stands in its life.
func steps(f casefile.File) []ui.Step {
	order := []casefile.State{casefile.Draft, casefile.Submitted, casefile.Visited, casefile.Judged, casefile.Assessed,
		casefile.InNotice, casefile.Active}
	at := f.State
	switch at {
	case casefile.Returned:
		at = casefile.Draft
	case casefile.Contested, casefile.StruckOff:
		at = casefile.InNotice
	case casefile.NotQualified:
		at = casefile.Visited
	case casefile.Refused:
		at = casefile.Judged
	case casefile.Discarded, casefile.Temporary, casefile.Cancelled:
		at = casefile.Draft
	}
	all := make([]ui.Step, len(order))
	state := ui.StepDone
	for i, s := range order {
		if s == at {
			state = ui.StepCurrent
			if at != f.State && f.State != casefile.Temporary {
				state = ui.StepBack
			}
		}
		all[i] = ui.Step{Key: "casefile.step." + s.Key()[len("casefile.state."):], State: state}
		if s == at {
			state = ui.StepAhead
		}
		if f.State == casefile.Active || f.State == casefile.Closed {
			all[i].State = ui.StepDone
		}
	}
	return all
}

// called is who a file is called after, by the name of its head.
func called(head string) ui.Cell {
	if head == "" {
		return ui.Word(casefile.Unnamed)
	}
	return ui.Text(head)
}

// sexKey gives the word of a sex.
func sexKey(s idcard.Sex) ui.Cell {
	if s == idcard.Female {
		return ui.Word("ui.female")
	}
	return ui.Word("ui.male")
}

// relationKey gives the word of a relation, the head's too.
func relationKey(relation string) ui.Cell {
	if relation == casefile.Head {
		return ui.Word("casefile.head")
	}
	return ui.Word(casefile.Relations.Key(relation))
}

// coded shows a value of a code list; nothing for an empty one.
func coded(l casefile.List, value string) ui.Cell {
	if value == "" {
		return ui.Cell{}
	}
	return ui.Word(l.Key(value))
}
