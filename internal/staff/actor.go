package staff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// Actor loads the person who acts, in one query: it is asked before every page. Nobody by that id, or somebody who may
// no longer sign in, is work.ErrNotFound.
func Actor(ctx context.Context, q work.Querier, id work.StaffID, address string) (work.Actor, error) {
	a := work.Actor{StaffID: id, Address: address}
	var path string
	err := q.QueryRow(ctx, `
		-- staff.Actor
		SELECT m.name, m.org_id, o.name, o.path, m.must_change,
			array(SELECT r.role FROM staff_role r WHERE r.staff_id = m.id ORDER BY r.role)
		FROM staff_member m JOIN staff_org o ON o.id = m.org_id
		WHERE m.id = @id AND m.active`,
		pgx.NamedArgs{"id": id}).Scan(&a.Name, &a.OrgID, &a.Office, &path, &a.MustChange, &a.Roles)
	if errors.Is(err, pgx.ErrNoRows) {
		return work.Actor{}, work.ErrNotFound
	}
	if err != nil {
		return work.Actor{}, fmt.Errorf("loading the acting person: %w", err)
	}
	a.Scope = work.Under(path)
	a.Caps = CapsOf(a.Roles)
	if !atTop(path) {
		a.Caps = slices.DeleteFunc(a.Caps, func(c work.Capability) bool { return slices.Contains(forAll, c) })
	}
	return a, nil
}

// atTop tells whether the path is that of an office with none above it.
func atTop(path string) bool { return strings.Count(path, "/") == 2 }
