package work

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgtype"
)

// StaffID names a row of staff_member. Zero is the program itself, or a member of the public.
type StaffID int64

// OrgID names a row of staff_org.
type OrgID int64

// FileID names a row of casefile_file. It stands here because every audit entry may speak of a file.
type FileID int64

// Role is a function a person holds at an office, such as the caseworker or the cashier. Package staff lists them.
type Role string

// Capability is the right to one function of the program, such as "grant.sign". Package staff says which role has which.
type Capability string

// Actor is the person who acts: who, in which office, with which roles, over whose files, from which address.
type Actor struct {
	StaffID StaffID
	Name    string
	Office  string // name of the organisation, for the page head
	OrgID   OrgID
	Scope   Scope
	Roles   []Role
	Caps    []Capability
	Address string

	// MustChange: the password is a one-time one and must be changed before anything else.
	MustChange bool
}

// Has tells whether the actor holds one of the roles.
func (a Actor) Has(roles ...Role) bool {
	return slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(a.Roles, r) })
}

// Can tells whether one of the actor's roles brings the capability.
func (a Actor) Can(c Capability) bool { return slices.Contains(a.Caps, c) }

// System is the program acting by itself, in a job. It sees every file and holds no role.
func System(job string) Actor {
	return Actor{Name: "system:" + job, Scope: Everywhere}
}

// Visitor is a member of the public: no roles, no files.
func Visitor(address string) Actor {
	return Actor{Name: "public", Address: address}
}

// Scope says whose files may be seen: those of one organisation and of all below it. The zero Scope sees nothing.
// Finders compare it as `org_path LIKE @scope`.
type Scope struct{ like string }

// Everywhere is the scope of the program's own jobs.
var Everywhere = Scope{like: "%"}

// Under is the scope of the organisation whose path is given ("/1/12/") and of all below it.
func Under(path string) Scope {
	if len(path) < 3 || path[0] != '/' || path[len(path)-1] != '/' {
		panic(fmt.Sprintf("work: %q is not an organisation path", path))
	}
	return Scope{like: path + "%"}
}

// Covers tells whether an organisation path lies inside the scope.
func (s Scope) Covers(path string) bool {
	if s.like == "" {
		return false
	}
	prefix := s.like[:len(s.like)-1]
	return len(path) >= len(prefix) && path[:len(prefix)] == prefix
}

// Range gives the bounds within which the paths of the scope stand in byte order, the upper one excluded, for a column
// COLLATE "C": an index answers it whatever plan the statement was prepared with. The zero Scope's range is empty.
func (s Scope) Range() (from, beyond string) {
	switch {
	case s.like == "":
		return "", ""
	case s.like == "%":
		return "/", "0"
	}
	path := s.like[:len(s.like)-1]
	return path, path[:len(path)-1] + "0" // '0' follows '/'
}

// Top gives the organisation whose scope it is and how deep it stands in the tree, the top being 1; 0 for Everywhere and
// below 0 for the zero Scope.
func (s Scope) Top() (depth int, org OrgID) {
	if s.like == "" {
		return -1, 0
	}
	parts := strings.Split(strings.Trim(s.like[:len(s.like)-1], "/"), "/")
	id, err := strconv.ParseInt(parts[len(parts)-1], 10, 64)
	if err != nil {
		return 0, 0 // Everywhere
	}
	return len(parts), OrgID(id)
}

// TextValue lets a Scope stand as a query argument.
func (s Scope) TextValue() (pgtype.Text, error) {
	return pgtype.Text{String: s.like, Valid: true}, nil
}
