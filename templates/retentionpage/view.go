// Package retentionpage holds the pages on which closed files are kept for their term and destroyed afterwards: the lists,
// holds, batches with their decision, and the certificate. They decide nothing.
package retentionpage

import (
	"strconv"

	"bangfu/internal/retention"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Addresses that stand by themselves.
const (
	ListPath    = "/retention"
	BatchesPath = "/retention/batches"
	HoldsPath   = "/retention/holds"
	ProposePath = "/retention/batches/new"
)

// Path is the page of a batch.
func Path(id retention.BatchID) string { return BatchesPath + "/" + strconv.FormatInt(int64(id), 10) }

// CertificatePath is the certificate of destruction of a batch.
func CertificatePath(id retention.BatchID) string { return Path(id) + "/certificate" }

// HoldPath is the page of a hold.
func HoldPath(id retention.HoldID) string { return HoldsPath + "/" + strconv.FormatInt(int64(id), 10) }

// FilePath is the page of a file.
func FilePath(file work.FileID) string { return "/files/" + strconv.FormatInt(int64(file), 10) }

// PlacePath is where a hold is placed on a file.
func PlacePath(file work.FileID) string { return FilePath(file) + "/hold" }

// OfOffice adds an office to an address; zero adds nothing.
func OfOffice(path string, org work.OrgID) string {
	if org == 0 {
		return path
	}
	return path + "?org=" + strconv.FormatInt(int64(org), 10)
}

// Crumbs is the way to a page of retention.
func Crumbs(more ...layout.Crumb) []layout.Crumb {
	return append([]layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "retention.title", Path: ListPath}}, more...)
}

var (
	tones = map[retention.State]ui.Tone{retention.Proposed: ui.Due, retention.Agreed: ui.Due, retention.Done: ui.Good, retention.Refused: ui.Bad}
	items = map[retention.ItemState]ui.Tone{retention.ItemWaiting: ui.Due, retention.ItemErased: ui.Good, retention.ItemKept: ui.Bad}
)

// tag is the state of a batch in one word.
func tag(s retention.State) ui.Tag { return ui.Tag{Key: s.Key(), Tone: tones[s]} }

// holdTag says whether a hold is in force.
func holdTag(h retention.Hold) ui.Tag {
	if h.Lifted() {
		return ui.Tag{Key: "retention.over_state"}
	}
	return ui.Tag{Key: "retention.in_force", Tone: ui.Due}
}
