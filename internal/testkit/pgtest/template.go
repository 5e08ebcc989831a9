package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/migrate"
)

// Names of the databases that belong to tests.
const (
	templatePrefix = "bangfu_template_"
	buildingPrefix = "bangfu_building_"
	copyPrefix     = "bangfu_test_"
)

// lockKey serialises the making of the template between the processes of `go test ./...`.
const lockKey = 7_204_611_593_008_411_002

// As gives the address of another database of the server, for another login unless login is empty.
func As(address, login, database string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", fmt.Errorf("%s must be an address like postgres://user@host/postgres: %w", Env, err)
	}
	u.Path = "/" + database
	if login != "" {
		u.User = url.User(login)
		q := u.Query()
		q.Del("user")
		q.Del("password")
		u.RawQuery = q.Encode()
	}
	return u.String(), nil
}

// clone copies the template, which is made first when this is the first test since the migrations changed.
func clone(ctx context.Context, address string) (string, error) {
	name := nextName()
	if err := cloneAs(ctx, address, name); err != nil {
		return "", fmt.Errorf("copying the migrated database: %w", err)
	}
	return name, nil
}

func cloneAs(ctx context.Context, address, name string) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	template, err := ensureTemplate(ctx, conn, address)
	if err != nil {
		return err
	}
	// As files: without fsync this is faster than through the log, which is the default.
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE "+template+" STRATEGY file_copy"); err != nil {
		return err
	}
	return inside(ctx, address, name, migrate.Privileges)
}

// ensureTemplate makes the migrated database under another name and renames it when it is whole, so that a test run
// that was killed leaves no half template behind.
func ensureTemplate(ctx context.Context, conn *pgx.Conn, address string) (string, error) {
	hash := migrate.Hash()
	template, building := templatePrefix+hash, buildingPrefix+hash
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(lockKey)); err != nil {
		return "", err
	}
	defer func() { _, _ = conn.Exec(ctx, "SELECT pg_advisory_unlock($1)", int64(lockKey)) }()
	var there bool
	err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", template).Scan(&there)
	if err != nil || there {
		return template, err
	}
	if _, err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+building+" WITH (FORCE)"); err != nil {
		return "", err
	}
	if err := migrate.Create(ctx, address, building); err != nil {
		return "", err
	}
	owner, err := As(address, "", building)
	if err != nil {
		return "", err
	}
	if err := migrate.Up(ctx, owner); err != nil {
		return "", err
	}
	// Nobody may connect to the template: a copy is refused while somebody is.
	for _, statement := range []string{
		"ALTER DATABASE " + building + " RENAME TO " + template,
		"ALTER DATABASE " + template + " ALLOW_CONNECTIONS false",
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return "", err
		}
	}
	return template, nil
}

// inside runs fn with a superuser's connection to one database.
func inside(ctx context.Context, address, database string, fn func(context.Context, *pgx.Conn) error) error {
	address, err := As(address, "", database)
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	return fn(ctx, conn)
}

// Clean drops what earlier test runs left on the server: copies, half templates, and templates of other migrations.
// Nothing else may be using the server's test databases.
func Clean(ctx context.Context, address string) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return fmt.Errorf("dropping old test databases: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	rows, err := conn.Query(ctx, "SELECT datname FROM pg_database WHERE starts_with(datname, 'bangfu_')")
	if err != nil {
		return fmt.Errorf("listing old test databases: %w", err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("listing old test databases: %w", err)
	}
	for _, name := range names {
		old := strings.HasPrefix(name, copyPrefix) || strings.HasPrefix(name, buildingPrefix) ||
			strings.HasPrefix(name, templatePrefix) && name != templatePrefix+migrate.Hash()
		if !old {
			continue
		}
		if _, err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()+" WITH (FORCE)"); err != nil {
			return fmt.Errorf("dropping old test database %s: %w", name, err)
		}
	}
	return nil
}
