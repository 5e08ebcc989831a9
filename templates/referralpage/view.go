// Package referralpage holds the pages of referrals: work lists, the letter and its form, what became of it, those who
// are entitled and not covered, and the report upwards.
package referralpage

import (
	"strconv"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/referral"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/ui"
)

// Addresses of the lists.
const (
	ListPath      = "/referrals"
	UncoveredPath = "/referrals/uncovered"
	DraftsPath    = "/referrals/drafts"
	SummaryPath   = "/referrals/summary"
	ReportPath    = "/referrals/summary/print"

	ReceptionsPath = "/receptions"
	ReceivePath    = "/receptions/new"
)

// ReceptionPath is the address of the record of a visitor.
func ReceptionPath(id referral.ReceptionID) string {
	return ReceptionsPath + "/" + strconv.FormatInt(int64(id), 10)
}

// HeadPath is where the head of a registration is written.
func HeadPath(file work.FileID) string { return FilePath(file) + "/registration/head" }

// ViewPath is the address of one of the work lists.
func ViewPath(v referral.View) string { return viewPath(ListPath, v) }

func viewPath[V ~string](path string, v V) string { return path + "?view=" + string(v) }

// viewTabs leads to the work lists of an address, with how many wait in those that were counted to the end.
func viewTabs[V interface {
	~string
	words.Keyed
}](path string, views []V, counts map[V]int, current V) []ui.Tab {
	var tabs []ui.Tab
	for _, view := range views {
		count, counted := counts[view]
		if !counted || count > referral.MostCounted {
			count = -1
		}
		tabs = append(tabs, ui.Tab{Key: view.Key(), Href: viewPath(path, view), Count: count, Current: view == current})
	}
	return tabs
}

// belowPager leads on through a work list, to what stands below an id; zero = it ends here.
func belowPager[V ~string, ID ~int64](path string, view V, next ID) ui.Paging {
	p := ui.Paging{Total: -1}
	if next != 0 {
		p.Next = viewPath(path, view) + "&below=" + strconv.FormatInt(int64(next), 10)
	}
	return p
}

// Path is the address of a referral.
func Path(id referral.ID) string { return ListPath + "/" + strconv.FormatInt(int64(id), 10) }

// DraftPath is where its letter is written anew.
func DraftPath(id referral.ID) string { return Path(id) + "/draft" }

// LetterPath is the letter on paper.
func LetterPath(id referral.ID) string { return Path(id) + "/letter" }

// FilePath is the address of a file.
func FilePath(file work.FileID) string { return "/files/" + strconv.FormatInt(int64(file), 10) }

// NewPath is where a household is handed on.
func NewPath(file work.FileID) string { return FilePath(file) + "/referrals/new" }

// state gives a state in a word; what waits for somebody stands out.
func state(r referral.Referral, today day.Date) ui.Tag {
	t := ui.Tag{Key: r.State.Key()}
	switch {
	case r.Late(today):
		return ui.Tag{Key: "referral.late", Args: []any{today.Sub(r.DueOn)}, Tone: ui.Bad}
	case r.State == referral.Granted:
		t.Tone = ui.Good
	case r.Waiting():
		t.Tone = ui.Info
	case r.State.Editable(), r.State == referral.Refused:
		t.Tone = ui.Due
	}
	return t
}

// Identity is the bar of the file on the pages of its referrals.
func Identity(r referral.Referral) *ui.IdentityView {
	return &ui.IdentityView{Name: r.HeadName, Href: FilePath(r.FileID), Number: r.Number, Status: ui.Tag{Key: r.State.Key(), Tone: ui.Info},
		Facts: []ui.Item{{Key: "referral.kind_head", Value: ui.Word(r.Kind.Key())}, {Key: "referral.to", Value: ui.Text(r.Office)}}}
}

// yuan shows an amount, or nothing when there is none.
func yuan(a money.Amount) ui.Cell {
	if a == 0 {
		return ui.Cell{Numeric: true}
	}
	return ui.Yuan(a)
}

// total gives a bounded count to a pager; one that was cut is said in words beside it.
func total(n int) int {
	if n > referral.MostCounted {
		return -1
	}
	return n
}
