// Package visitpage holds the pages of home visits: what waits, the record of a visit, its form and the paper form.
package visitpage

import (
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/visit"
	"bangfu/internal/work"
	"bangfu/templates/ui"
)

// ListPath is the address of the households that wait for a visit.
const ListPath = "/visits"

// Path is the address of a visit.
func Path(id visit.ID) string { return ListPath + "/" + strconv.FormatInt(int64(id), 10) }

// FilePath is the address of a file.
func FilePath(file work.FileID) string { return "/files/" + strconv.FormatInt(int64(file), 10) }

// NumberPath asks for the reason before somebody's numbers, the phone among them, are shown.
func NumberPath(file work.FileID, person casefile.PersonID) string {
	return FilePath(file) + "/people/" + strconv.FormatInt(int64(person), 10) + "/number"
}

// RecordPath is where the visit that a file waits for is recorded.
func RecordPath(file work.FileID) string { return FilePath(file) + "/visit" }

// DraftPath keeps what a visitor typed.
func DraftPath(file work.FileID) string { return RecordPath(file) + "/draft" }

// FollowUpPath is where a follow-up of a purpose is recorded.
func FollowUpPath(file work.FileID, p visit.Purpose) string {
	return RecordPath(file) + "?purpose=" + string(p)
}

// BlankPath is the paper form for that visit.
func BlankPath(file work.FileID) string { return RecordPath(file) + "/form" }

// Entered is what the form says about one item, for the visitors to compare.
type Entered struct {
	Item  visit.Item
	Lines []string
}

// Row is one item in the form of a visit: what was entered, whether it agrees, and the note.
type Row struct {
	Entered
	Agrees *form.Field
	Note   *form.Field
}

// EmptyPath is the paper form without a household.
const EmptyPath = "/forms/visit"

// FilledPath is the paper form of a visit on record, filled in.
func FilledPath(id visit.ID) string { return Path(id) + "/form" }

// purposeTag gives a purpose in a word; a recheck stands out.
func purposeTag(p visit.Purpose) ui.Tag {
	if p == visit.Again {
		return ui.Tag{Key: p.Key(), Tone: ui.Due}
	}
	return ui.Tag{Key: p.Key(), Tone: ui.Info}
}

// verdict gives whether the visitors agreed in a word.
func verdict(agrees bool) ui.Tag {
	if agrees {
		return ui.Tag{Key: "visit.agrees"}
	}
	return ui.Tag{Key: "visit.differs", Tone: ui.Due}
}

// degree writes how hard life is; empty when nobody said.
func degree(d visit.Degree) ui.Cell {
	if d == visit.NoDegree {
		return ui.Text("")
	}
	return ui.Word(d.Key())
}

// people writes the names of the two visitors.
func people(names [2]string) ui.Cell { return ui.Word("visit.two_people", names[0], names[1]) }

// Identity is the bar of the file on the pages of its visits.
func Identity(f casefile.File) *ui.IdentityView {
	v := &ui.IdentityView{Number: f.Number, Name: f.HeadName, Href: FilePath(f.ID), Status: ui.Tag{Key: f.State.Key(), Tone: ui.Due},
		Facts: []ui.Item{{Key: "visit.address", Value: ui.Text(f.Address)}, {Key: "visit.registrar", Value: ui.Text(f.RegistrarName)}}}
	if f.Category != eligibility.None {
		v.Class = f.Category.Key()
	}
	return v
}
