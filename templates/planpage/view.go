// Package planpage holds the pages of households' plans and their timetable. They decide nothing.
package planpage

import (
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/plan"
	"bangfu/internal/work"
	"bangfu/templates/ui"
)

// ListPath is the address of the timetable.
const ListPath = "/plans"

// FilePath is the page of a file.
func FilePath(file work.FileID) string { return "/files/" + strconv.FormatInt(int64(file), 10) }

// Path is the plan of a file.
func Path(file work.FileID) string { return FilePath(file) + "/plan" }

// ChangesPath is where the plan of a file is written.
func ChangesPath(file work.FileID) string { return Path(file) + "/changes" }

// PrintPath is the plan on paper.
func PrintPath(file work.FileID) string { return Path(file) + "/form" }

// MeasurePath is one measure.
func MeasurePath(file work.FileID, id plan.MeasureID) string {
	return Path(file) + "/measures/" + strconv.FormatInt(int64(id), 10)
}

// Identity is the bar on the pages of a plan.
func Identity(f casefile.File) *ui.IdentityView {
	v := &ui.IdentityView{Number: f.Number, Name: f.HeadName, Href: FilePath(f.ID), Status: ui.Tag{Key: f.State.Key(), Tone: ui.Good},
		Facts: []ui.Item{{Key: "plan.office", Value: ui.Text(f.OrgName)}}}
	if f.Category != eligibility.None {
		v.Class = f.Category.Key()
	}
	return v
}

// stateTag is the progress of a measure in one word.
func stateTag(s plan.State) ui.Tag {
	tones := map[plan.State]ui.Tone{plan.Planned: ui.Plain, plan.Doing: ui.Info, plan.Done: ui.Good}
	return ui.Tag{Key: s.Key(), Tone: tones[s]}
}
