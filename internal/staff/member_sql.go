package staff

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/work"
)

const memberColumns = `m.id, m.org_id, o.name, o.path, m.username, m.name, m.active, m.must_change, m.once_until, m.created_at,
	array(SELECT r.role FROM staff_role r WHERE r.staff_id = m.id ORDER BY r.role)`

func scanMember(row pgx.CollectableRow) (Member, error) {
	var m Member
	var once pgtype.Timestamptz
	err := row.Scan(&m.ID, &m.OrgID, &m.OrgName, &m.OrgPath, &m.Username, &m.Name, &m.Active, &m.MustChange, &once,
		&m.CreatedAt, &m.Roles)
	m.OnceUntil = once.Time
	return m, err
}

func findMember(ctx context.Context, q work.Querier, scope work.Scope, id work.StaffID) (Member, error) {
	rows, err := q.Query(ctx, `
		-- staff.findMember
		SELECT `+memberColumns+` FROM staff_member m JOIN staff_org o ON o.id = m.org_id
		WHERE m.id = @id AND o.path LIKE @scope`,
		pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Member{}, err
	}
	m, err := pgx.CollectExactlyOneRow(rows, scanMember)
	if errors.Is(err, pgx.ErrNoRows) {
		return Member{}, work.ErrNotFound
	}
	return m, err
}

func listMembers(ctx context.Context, q work.Querier, scope work.Scope, org work.OrgID, limit int) ([]Member, error) {
	rows, err := q.Query(ctx, `
		-- staff.listMembers
		SELECT `+memberColumns+` FROM staff_member m JOIN staff_org o ON o.id = m.org_id
		WHERE o.path LIKE @scope AND (@org = 0 OR o.id = @org) ORDER BY o.path, m.username LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "org": org, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanMember)
}

func named(ctx context.Context, q work.Querier, name string) ([]work.StaffID, error) {
	rows, err := q.Query(ctx, `
		-- staff.named
		SELECT id FROM staff_member WHERE name = @name OR username = lower(@name) ORDER BY id`,
		pgx.NamedArgs{"name": name})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[work.StaffID])
}

// lockMember waits for others who change the same person.
func lockMember(ctx context.Context, u *work.Unit, id work.StaffID) error {
	_, err := u.Exec(ctx, `
		-- staff.lockMember
		SELECT FROM staff_member WHERE id = @id FOR UPDATE`, pgx.NamedArgs{"id": id})
	return err
}

func insertMember(ctx context.Context, u *work.Unit, n New, hashed string) (work.StaffID, error) {
	var id work.StaffID
	err := u.QueryRow(ctx, `
		-- staff.insertMember
		INSERT INTO staff_member (org_id, username, name, password_hash, must_change, once_until, created_at)
		VALUES (@org, @username, @name, @hash, true, @until, @now) RETURNING id`,
		pgx.NamedArgs{"org": n.OrgID, "username": n.Username, "name": n.Name, "hash": hashed,
			"until": u.Now.Add(OnceFor), "now": u.Now}).Scan(&id)
	return id, err
}

func insertRole(ctx context.Context, u *work.Unit, id work.StaffID, role work.Role) error {
	_, err := u.Exec(ctx, `
		-- staff.insertRole
		INSERT INTO staff_role (staff_id, role, granted_by, granted_at) VALUES (@id, @role, nullif(@by, 0), @now)`,
		pgx.NamedArgs{"id": id, "role": role, "by": u.By.StaffID, "now": u.Now})
	return err
}

func deleteRole(ctx context.Context, u *work.Unit, id work.StaffID, role work.Role) error {
	return u.ChangeOne(ctx, `
		-- staff.deleteRole
		DELETE FROM staff_role WHERE staff_id = @id AND role = @role`, pgx.NamedArgs{"id": id, "role": role})
}

func updateActive(ctx context.Context, u *work.Unit, id work.StaffID, active bool) error {
	return u.ChangeOne(ctx, `
		-- staff.updateActive
		UPDATE staff_member SET active = @active WHERE id = @id AND active <> @active`,
		pgx.NamedArgs{"id": id, "active": active})
}

func updatePassword(ctx context.Context, u *work.Unit, id work.StaffID, hashed string, until time.Time) error {
	return u.ChangeOne(ctx, `
		-- staff.updatePassword
		UPDATE staff_member SET password_hash = @hash, must_change = true, once_until = @until WHERE id = @id`,
		pgx.NamedArgs{"id": id, "hash": hashed, "until": until})
}

// updateOwnPassword changes the actor's password, unless it is no longer the one that was checked.
func updateOwnPassword(ctx context.Context, u *work.Unit, stored, hashed string) error {
	return u.ChangeOne(ctx, `
		-- staff.updateOwnPassword
		UPDATE staff_member SET password_hash = @hash, must_change = false, once_until = NULL
		WHERE id = @id AND password_hash = @stored AND active`,
		pgx.NamedArgs{"id": u.By.StaffID, "stored": stored, "hash": hashed})
}

func credentials(ctx context.Context, q work.Querier, id work.StaffID) (username, stored string, err error) {
	err = q.QueryRow(ctx, `
		-- staff.credentials
		SELECT username, password_hash FROM staff_member WHERE id = @id AND active`,
		pgx.NamedArgs{"id": id}).Scan(&username, &stored)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	return username, stored, err
}

// endSessions removes the sessions of a person. Package web keeps them as JSON, the person's id under "staff".
func endSessions(ctx context.Context, u *work.Unit, id work.StaffID) error {
	_, err := u.Exec(ctx, `
		-- staff.endSessions
		DELETE FROM sessions WHERE convert_from(data, 'UTF8')::jsonb -> 'v' ->> 'staff' = @id::bigint::text`,
		pgx.NamedArgs{"id": id})
	return err
}
