// Package reviewpage holds the pages of review rounds and of the lists of dynamic management. They decide nothing.
package reviewpage

import (
	"net/url"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/review"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Addresses that stand by themselves.
const (
	ListPath  = "/reviews"
	OpenPath  = "/reviews/new"
	SignsPath = "/reviews/signs"

	TrainingPath     = "/reviews/training"
	TrainingRulePath = "/rules/training"
)

// Path is the page of a round.
func Path(id review.RoundID) string { return ListPath + "/" + strconv.FormatInt(int64(id), 10) }

// ResultPath is the result of a round on paper.
func ResultPath(id review.RoundID) string { return Path(id) + "/result" }

// FilesPath is one part of the files of a round ("" is the reader's own), below an id when it is not zero.
func FilesPath(id review.RoundID, part review.Part, below work.FileID) string {
	values := url.Values{}
	if part != "" {
		values.Set("part", string(part))
	}
	if below != 0 {
		values.Set("below", strconv.FormatInt(int64(below), 10))
	}
	if len(values) == 0 {
		return Path(id) + "/files"
	}
	return Path(id) + "/files?" + values.Encode()
}

// FilePath is the review of a file in a round.
func FilePath(id review.RoundID, file work.FileID) string {
	return Path(id) + "/files/" + strconv.FormatInt(int64(file), 10)
}

// CasePath is the page of a file.
func CasePath(file work.FileID) string { return "/files/" + strconv.FormatInt(int64(file), 10) }

// SignPath is the list of the files with a sign, below an id when it is not zero.
func SignPath(sign review.Sign, below work.FileID) string {
	path := SignsPath + "?sign=" + string(sign)
	if below != 0 {
		path += "&below=" + strconv.FormatInt(int64(below), 10)
	}
	return path
}

// Crumbs is the way to a page of reviews.
func Crumbs(more ...layout.Crumb) []layout.Crumb {
	return append([]layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "review.title", Path: ListPath}}, more...)
}

// RoundCrumb leads to a round.
func RoundCrumb(r review.Round) layout.Crumb {
	return layout.Crumb{Key: "review.of", Args: []any{r.Kind, r.OrgName}, Path: Path(r.ID)}
}

// Identity is the bar on the review of a file.
func Identity(f casefile.File) *ui.IdentityView {
	v := &ui.IdentityView{Number: f.Number, Name: f.HeadName, Href: CasePath(f.ID), Status: ui.Tag{Key: f.State.Key(), Tone: ui.Good},
		Facts: []ui.Item{{Key: "review.office", Value: ui.Text(f.OrgName)}}}
	if f.Category != eligibility.None {
		v.Class = f.Category.Key()
	}
	return v
}

// open says whether a round is open.
func open(r review.Round) ui.Tag {
	if r.Open() {
		return ui.Tag{Key: "review.is_open", Tone: ui.Info}
	}
	return ui.Tag{Key: "review.is_closed"}
}

// stateTag is the state of a result in one word.
func stateTag(s review.State) ui.Tag {
	tones := map[review.State]ui.Tone{review.Done: ui.Good, review.ToConfirm: ui.Due, review.Rejected: ui.Bad}
	return ui.Tag{Key: s.Key(), Tone: tones[s]}
}
