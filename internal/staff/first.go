package staff

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// ErrNotFirst means that the first administrator was made before. Further people are added in the program.
var ErrNotFirst = errors.New("there is an administrator already; add further people in the program under 人员")

// First is what a fresh database needs: an organisation, when there is none, and its administrator.
type First struct {
	Org      Org // Level, Code, Name, District, Phone
	Username string
	Name     string
}

// AddFirst makes the first administrator of a fresh database with a one-time password, which it gives. The
// organisation is made when there is none; otherwise the person joins the top one and f.Org is not read. ErrNotFirst
// when anybody is or was an administrator.
func AddFirst(ctx context.Context, u *work.Unit, f First) (string, error) {
	top, err := firstPlace(ctx, u)
	if err != nil {
		return "", fmt.Errorf("adding the first administrator: %w", err)
	}
	if top == 0 {
		if top, err = insertOrg(ctx, u, f.Org); err != nil {
			return "", fmt.Errorf("adding the first organisation: %w", told(err))
		}
		if err := u.Audit(ctx, work.Entry{Act: "staff.org_add", Kind: "org", ID: int64(top), Changes: []work.Change{
			{Field: "name", After: f.Org.Name}, {Field: "code", After: f.Org.Code}, {Field: "level", After: f.Org.Level},
		}}); err != nil {
			return "", err
		}
	}
	_, once, err := Add(ctx, u, New{OrgID: top, Username: f.Username, Name: f.Name, Roles: []work.Role{Administrator}})
	return once, err
}

// firstPlace gives the top organisation, zero when there is none. Two that try at once wait for each other.
func firstPlace(ctx context.Context, u *work.Unit) (work.OrgID, error) {
	if _, err := u.Exec(ctx, `
		-- staff.firstLock
		SELECT pg_advisory_xact_lock(hashtext('staff.first'))`); err != nil {
		return 0, err
	}
	var top work.OrgID
	var administrators int
	err := u.QueryRow(ctx, `
		-- staff.firstPlace
		SELECT coalesce((SELECT id FROM staff_org WHERE parent_id IS NULL ORDER BY id LIMIT 1), 0),
			(SELECT count(*) FROM staff_role WHERE role = @role)`,
		pgx.NamedArgs{"role": Administrator}).Scan(&top, &administrators)
	if err == nil && administrators > 0 {
		err = ErrNotFirst
	}
	return top, err
}
