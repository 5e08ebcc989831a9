// Package censuspage holds the pages of censuses by survey form: the lists, the bundles of forms, one form, and what
// goes on paper.
package censuspage

import (
	"strconv"

	"bangfu/internal/census"
	"bangfu/internal/work"
)

// Addresses of the list and of the form of a new census.
const (
	ListPath = "/censuses"
	NewPath  = ListPath + "/new"
)

// Path is the address of a census; below it forms are handed out and taken back, and it is closed and printed.
func Path(id census.ID) string        { return ListPath + "/" + number(id) }
func HandingPath(id census.ID) string { return Path(id) + "/bundles/new" }
func ReturnsPath(id census.ID) string { return Path(id) + "/returns" }
func ClosingPath(id census.ID) string { return Path(id) + "/closing" }
func ReportPath(id census.ID) string  { return Path(id) + "/report" }

// FormsPath lists the forms of a census in a state.
func FormsPath(id census.ID, state census.State) string {
	return Path(id) + "/forms?state=" + string(state)
}

// BundlePath is the address of a bundle, SheetPath its slip and blank forms on paper.
func BundlePath(id census.BundleID) string { return ListPath + "/bundles/" + number(id) }
func SheetPath(id census.BundleID) string  { return BundlePath(id) + "/sheet" }

// FormPath is the address of one form.
func FormPath(id census.FormID) string { return ListPath + "/forms/" + number(id) }

// FilePath is the address of a file, RegistrationPath of its sections.
func FilePath(file work.FileID) string         { return "/files/" + number(file) }
func RegistrationPath(file work.FileID) string { return FilePath(file) + "/registration" }

// number writes an id.
func number[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }
