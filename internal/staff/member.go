package staff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/work"
)

// Member is a person of an organisation.
type Member struct {
	ID         work.StaffID
	OrgID      work.OrgID
	OrgName    string
	OrgPath    string
	Username   string
	Name       string
	Active     bool
	MustChange bool      // has a one-time password and must choose another
	OnceUntil  time.Time // until when the one-time password can be used; zero = none
	Roles      []work.Role
	CreatedAt  time.Time
}

// Find finds one member of the scope, or work.ErrNotFound.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id work.StaffID) (Member, error) {
	m, err := findMember(ctx, q, scope, id)
	if err != nil && !errors.Is(err, work.ErrNotFound) {
		err = fmt.Errorf("finding member %d: %w", id, err)
	}
	return m, err
}

// List lists the members of the scope's organisations in the order of the tree's paths, in each by user name. Zero as
// org means all of them. There are hundreds, not thousands, in one reader's scope; limit bounds them all the same.
func List(ctx context.Context, q work.Querier, scope work.Scope, org work.OrgID, limit int) ([]Member, error) {
	members, err := listMembers(ctx, q, scope, org, limit)
	if err != nil {
		return nil, fmt.Errorf("listing members: %w", err)
	}
	return members, nil
}

// Named lists the ids of the people with this user name or this name, wherever they work.
func Named(ctx context.Context, q work.Querier, name string) ([]work.StaffID, error) {
	ids, err := named(ctx, q, name)
	if err != nil {
		return nil, fmt.Errorf("looking for a name: %w", err)
	}
	return ids, nil
}

// New is a person to be added.
type New struct {
	OrgID    work.OrgID
	Username string // small letters, digits, dot, hyphen and underscore
	Name     string
	Roles    []work.Role
}

// Add adds a person to an organisation of the actor's scope, and gives the one-time password to hand over.
func Add(ctx context.Context, u *work.Unit, n New) (work.StaffID, string, error) {
	once := newOnce()
	hashed, err := hash(ctx, once)
	if err != nil {
		return 0, "", fmt.Errorf("adding a member: %w", err)
	}
	id, err := add(ctx, u, n, hashed)
	if err != nil {
		return 0, "", err
	}
	return id, once, nil
}

// add adds a person with a hashed one-time password.
func add(ctx context.Context, u *work.Unit, n New, hashed string) (work.StaffID, error) {
	if _, err := FindOrg(ctx, u, u.By.Scope, n.OrgID); err != nil {
		return 0, err
	}
	if refusal := together(n.Roles); refusal != nil {
		return 0, refusal.On("roles")
	}
	id, err := insertMember(ctx, u, n, hashed)
	if err != nil {
		return 0, fmt.Errorf("adding a member: %w", told(err))
	}
	for _, role := range n.Roles {
		if err := insertRole(ctx, u, id, role); err != nil {
			return 0, fmt.Errorf("adding a member: %w", err)
		}
	}
	return id, u.Audit(ctx, work.Entry{Act: "staff.add", Kind: "member", ID: int64(id), Changes: []work.Change{
		{Field: "username", After: n.Username}, {Field: "name", After: n.Name}, {Field: "roles", After: n.Roles},
	}})
}

// SetRoles makes the roles of a person exactly these. Nobody changes their own.
func SetRoles(ctx context.Context, u *work.Unit, id work.StaffID, roles []work.Role) error {
	m, err := lockOther(ctx, u, id)
	if err != nil {
		return err
	}
	if refusal := together(roles); refusal != nil {
		return refusal.On("roles")
	}
	roles = slices.Compact(slices.Sorted(slices.Values(roles)))
	if slices.Equal(roles, m.Roles) {
		return work.Refuse("staff.refusal.same_roles").On("roles")
	}
	for _, role := range roles {
		if slices.Contains(m.Roles, role) {
			continue
		}
		if err := insertRole(ctx, u, id, role); err != nil {
			return fmt.Errorf("granting a role: %w", err)
		}
		if err := auditChange(ctx, u, actRoleGrant, id, "role", nil, role); err != nil {
			return err
		}
	}
	for _, role := range m.Roles {
		if slices.Contains(roles, role) {
			continue
		}
		if err := deleteRole(ctx, u, id, role); err != nil {
			return fmt.Errorf("taking a role back: %w", err)
		}
		if err := auditChange(ctx, u, actRoleRevoke, id, "role", role, nil); err != nil {
			return err
		}
	}
	return nil
}

// Deactivate ends a person's access at once: their sessions end with their next request. Their acts stay.
func Deactivate(ctx context.Context, u *work.Unit, id work.StaffID) error {
	return setActive(ctx, u, id, false, actDeactivate)
}

// Activate gives a person access again, with the password they had.
func Activate(ctx context.Context, u *work.Unit, id work.StaffID) error {
	return setActive(ctx, u, id, true, actActivate)
}

func setActive(ctx context.Context, u *work.Unit, id work.StaffID, active bool, a act) error {
	if _, err := lockOther(ctx, u, id); err != nil {
		return err
	}
	if err := updateActive(ctx, u, id, active); err != nil {
		return fmt.Errorf("changing who may sign in: %w", err)
	}
	if !active {
		if err := endSessions(ctx, u, id); err != nil {
			return fmt.Errorf("ending sessions: %w", err)
		}
	}
	return auditChange(ctx, u, a, id, "active", !active, active)
}

// ResetPassword gives a person a new one-time password and ends their sessions. The reset says nothing to the person:
// hand the password over after making sure who they are.
func ResetPassword(ctx context.Context, u *work.Unit, id work.StaffID) (string, error) {
	if _, err := lockOther(ctx, u, id); err != nil {
		return "", err
	}
	once := newOnce()
	hashed, err := hash(ctx, once)
	if err != nil {
		return "", fmt.Errorf("resetting a password: %w", err)
	}
	if err := updatePassword(ctx, u, id, hashed, u.Now.Add(OnceFor)); err != nil {
		return "", fmt.Errorf("resetting a password: %w", err)
	}
	if err := endSessions(ctx, u, id); err != nil {
		return "", fmt.Errorf("ending sessions: %w", err)
	}
	return once, u.Audit(ctx, work.Entry{Act: "staff.password_reset", Kind: "member", ID: int64(id)})
}

// ChangePassword changes the actor's own password and ends all their sessions; the caller opens a new one. The hashes
// were made before the unit: see Change.
func ChangePassword(ctx context.Context, u *work.Unit, c Change) error {
	if err := updateOwnPassword(ctx, u, c.stored, c.hashed); err != nil {
		return fmt.Errorf("changing a password: %w", err)
	}
	if err := endSessions(ctx, u, u.By.StaffID); err != nil {
		return fmt.Errorf("ending sessions: %w", err)
	}
	return u.Audit(ctx, work.Entry{Act: "staff.password_change", Kind: "member", ID: int64(u.By.StaffID)})
}

// Change is a new password that was found good. Make it with CheckChange.
type Change struct{ stored, hashed string }

// CheckChange checks the present password of a person and the policy for the new one, outside of any transaction: the
// hashes take their time. A refusal is tied to the field "present" or "password".
func CheckChange(ctx context.Context, q work.Querier, id work.StaffID, present, password string) (Change, error) {
	username, stored, err := credentials(ctx, q, id)
	if err != nil {
		return Change{}, fmt.Errorf("reading a password: %w", err)
	}
	if refusal := CheckPassword(username, password); refusal != nil {
		return Change{}, refusal.On("password")
	}
	if present == password {
		return Change{}, work.Refuse("staff.refusal.password_same").On("password")
	}
	right, err := fits(ctx, present, stored)
	if err != nil {
		return Change{}, fmt.Errorf("comparing a password: %w", err)
	}
	if !right {
		return Change{}, work.Refuse("staff.refusal.password_present").On("present")
	}
	hashed, err := hash(ctx, password)
	if err != nil {
		return Change{}, fmt.Errorf("hashing a password: %w", err)
	}
	return Change{stored: stored, hashed: hashed}, nil
}

// lockOther finds a member of the actor's scope who is not the actor, and keeps the row until the unit ends.
func lockOther(ctx context.Context, u *work.Unit, id work.StaffID) (Member, error) {
	if id == u.By.StaffID {
		return Member{}, work.Refuse("staff.refusal.own")
	}
	if err := lockMember(ctx, u, id); err != nil {
		return Member{}, fmt.Errorf("locking member %d: %w", id, err)
	}
	return Find(ctx, u, u.By.Scope, id)
}

// auditChange leaves an entry about one field of a member.
func auditChange(ctx context.Context, u *work.Unit, a act, id work.StaffID, field string, before, after any) error {
	return u.Audit(ctx, work.Entry{Act: string(a), Kind: "member", ID: int64(id),
		Changes: []work.Change{{Field: field, Before: before, After: after}}})
}

// together refuses roles that one person must not hold at once: the administrator and the auditor hold no other
// (三员, GB/T 22239 CES1-08), and who pays out keeps no accounts (会计法 art. 37).
func together(roles []work.Role) *work.Refusal {
	if len(roles) == 0 {
		return work.Refuse("staff.refusal.no_role")
	}
	for _, role := range roles {
		if !slices.Contains(Roles, role) {
			return work.Refuse("staff.refusal.unknown_role")
		}
	}
	for _, alone := range []work.Role{Administrator, Auditor} {
		if slices.Contains(roles, alone) && len(roles) > 1 {
			return work.Refuse("staff.refusal.alone", RoleKey(alone))
		}
	}
	if slices.Contains(roles, Cashier) && slices.Contains(roles, Accountant) {
		return work.Refuse("staff.refusal.purse", RoleKey(Cashier), RoleKey(Accountant))
	}
	return nil
}
