// Package staffpage draws the pages of package staff: signing in, one's own account, people, offices and bodies.
package staffpage

import (
	"strconv"

	"bangfu/internal/staff"
	"bangfu/internal/work"
)

// The addresses of these pages.
const (
	PeoplePath   = "/staff"
	AddPath      = "/staff/new"
	OrgsPath     = "/staff/orgs"
	AddOrgPath   = "/staff/orgs/new"
	BodiesPath   = "/staff/bodies"
	AddBodyPath  = "/staff/bodies/new"
	MePath       = "/me"
	PasswordPath = "/me/password"
	KeptPath     = "/signin/kept"

	MyRelativesPath = "/me/relatives"
	RelativesPath   = "/staff/relatives"
)

// MemberPath is the page of one person.
func MemberPath(id work.StaffID) string { return PeoplePath + "/" + strconv.FormatInt(int64(id), 10) }

// RolesPath, ResetPath, DeactivatePath and ActivatePath take the acts on one person.
func RolesPath(id work.StaffID) string      { return MemberPath(id) + "/roles" }
func ResetPath(id work.StaffID) string      { return MemberPath(id) + "/password" }
func DeactivatePath(id work.StaffID) string { return MemberPath(id) + "/deactivation" }
func ActivatePath(id work.StaffID) string   { return MemberPath(id) + "/activation" }

// OrgPeoplePath lists the people of one office.
func OrgPeoplePath(id work.OrgID) string {
	return PeoplePath + "?org=" + strconv.FormatInt(int64(id), 10)
}

// BodyPath is the page of one body; its seats are given and ended below it.
func BodyPath(id staff.BodyID) string    { return BodiesPath + "/" + strconv.FormatInt(int64(id), 10) }
func SeatPath(id staff.BodyID) string    { return BodyPath(id) + "/seats" }
func SeatEndPath(id staff.BodyID) string { return BodyPath(id) + "/seats/end" }

// RelativePath is the page of one relative of a member of staff; it is decided and ended below it.
func RelativePath(id staff.RelativeID) string {
	return RelativesPath + "/" + strconv.FormatInt(int64(id), 10)
}
func RelativeDecisionPath(id staff.RelativeID) string { return RelativePath(id) + "/decision" }
func RelativeEndPath(id staff.RelativeID) string      { return RelativePath(id) + "/end" }
