package migrate

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
)

// newRole is the rest of the CREATE ROLE statement of each role.
var newRole = map[string]string{Owner: "NOLOGIN", App: "LOGIN", Report: "LOGIN"}

// roleNames are in the order in which the roles are made.
var roleNames = []string{Owner, App, Report}

// ensureRoles makes the cluster's roles. Roles belong to the cluster but an advisory lock to a database, so two
// programs on two databases can meet here: what the other one made meanwhile is as good as ours.
func ensureRoles(ctx context.Context, conn *pgx.Conn) error {
	var err error
	for range 5 {
		err = tryRoles(ctx, conn)
		if !isAny(err, duplicateObject, uniqueViolation, internalError) {
			break
		}
	}
	if isAny(err, insufficientPrivilege) {
		return roleAdvice(ctx, conn)
	}
	if err != nil {
		return fmt.Errorf("making the roles: %w", err)
	}
	return checkRoles(ctx, conn)
}

func tryRoles(ctx context.Context, conn *pgx.Conn) error {
	for _, role := range roleNames {
		var there, ours bool
		// On PostgreSQL 16 and newer a member may lack the right to become the role; on 15 there is no such privilege.
		err := conn.QueryRow(ctx, `
			SELECT count(*) > 0, coalesce(bool_or(pg_has_role(oid,
				CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)), false)
			FROM pg_roles WHERE rolname = $1`, role).Scan(&there, &ours)
		if err != nil {
			return err
		}
		if !there {
			if _, err := conn.Exec(ctx, "CREATE ROLE "+role+" "+newRole[role]); err != nil {
				return err
			}
			// A superuser may become any role; others only one they are members of.
			if err := conn.QueryRow(ctx, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user").Scan(&ours); err != nil {
				return err
			}
		}
		if !ours {
			if _, err := conn.Exec(ctx, "GRANT "+role+" TO CURRENT_USER"); err != nil {
				return err
			}
		}
	}
	return nil
}

// roleAdvice is the error for a login that may not do it, with what somebody else has to run.
func roleAdvice(ctx context.Context, conn *pgx.Conn) error {
	var login string
	var there []string
	err := conn.QueryRow(ctx, "SELECT current_user, array(SELECT rolname::text FROM pg_roles WHERE rolname = ANY($1))", roleNames).
		Scan(&login, &there)
	if err != nil {
		return err
	}
	return errors.New(advice(login, there))
}

func advice(login string, there []string) string {
	login = pgx.Identifier{login}.Sanitize()
	text := "the login of DATABASE_URL may not create roles; have an administrator run:"
	for _, role := range roleNames {
		if slices.Contains(there, role) {
			text += fmt.Sprintf(" GRANT %s TO %s;", role, login)
		} else {
			text += fmt.Sprintf(" CREATE ROLE %s %s ROLE %s;", role, newRole[role], login)
		}
	}
	return text
}

// checkRoles refuses roles that were made elsewhere with more power than they should have.
func checkRoles(ctx context.Context, conn *pgx.Conn) error {
	var name string
	err := conn.QueryRow(ctx, `
		SELECT rolname FROM pg_roles
		WHERE rolname = ANY($1) AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR pg_has_role(oid, $2::name, 'MEMBER'))`,
		[]string{App, Report}, Owner).Scan(&name)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("role %s has more rights than it may have: take SUPERUSER, CREATEROLE, CREATEDB, BYPASSRLS and membership in %s from it",
		name, Owner)
}

// Privileges says who may do what with the connected database and its schema as a whole. A copy of a database has its
// tables' privileges but not these, so tests call it for their copies.
func Privileges(ctx context.Context, conn *pgx.Conn) error {
	var database, login string
	var owns bool
	err := conn.QueryRow(ctx, `
		SELECT datname, current_user, pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()`).
		Scan(&database, &login, &owns)
	if err != nil {
		return err
	}
	database, login = pgx.Identifier{database}.Sanitize(), pgx.Identifier{login}.Sanitize()
	if !owns {
		return fmt.Errorf("the login of DATABASE_URL must own the database; have an administrator run: ALTER DATABASE %s OWNER TO %s;", database, login)
	}
	for _, statement := range []string{
		"REVOKE ALL ON DATABASE " + database + " FROM PUBLIC",
		"GRANT CONNECT ON DATABASE " + database + " TO " + App + ", " + Report,
		"GRANT ALL ON DATABASE " + database + " TO " + Owner,
		"REVOKE ALL ON SCHEMA public FROM PUBLIC",
		"GRANT USAGE ON SCHEMA public TO " + App + ", " + Report,
		"GRANT ALL ON SCHEMA public TO " + Owner,
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("setting the database's privileges: %w", err)
		}
	}
	return nil
}
