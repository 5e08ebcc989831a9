// Package migrate brings a database to the program's schema, and the cluster to the three roles it runs with:
//
//	bangfu_owner   owns the schema; nobody signs in as it
//	bangfu_app     what the program runs as: owns nothing, creates nothing, touches what migrations grant
//	bangfu_report  reads what migrations grant, for reports
//
// It knows no table. Start reading at Up.
package migrate

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"bangfu/migrations"
)

// The cluster's roles.
const (
	Owner  = "bangfu_owner"
	App    = "bangfu_app"
	Report = "bangfu_report"
)

// lockKey serialises Up on one database; the number is arbitrary and belongs to this package.
const lockKey = 7_204_611_593_008_411_001

// Up makes the roles and applies every migration that the database does not have yet. Programs that start at the same
// time wait for each other; a database that is up to date is left alone. The login of ownerURL must be a superuser, or
// own the database and either may create roles or have been granted the three. PostgreSQL before 15 is refused.
func Up(ctx context.Context, ownerURL string) error {
	if err := up(ctx, ownerURL); err != nil {
		return fmt.Errorf("bringing the database up to date: %w", err)
	}
	return nil
}

func up(ctx context.Context, ownerURL string) error {
	config, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return err
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return err
	}
	// Closing the connection also gives the lock back.
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if err := checkVersion(ctx, conn); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(lockKey)); err != nil {
		return err
	}
	if err := ensureRoles(ctx, conn); err != nil {
		return err
	}
	if err := Privileges(ctx, conn); err != nil {
		return err
	}
	return apply(ctx, config)
}

func checkVersion(ctx context.Context, conn *pgx.Conn) error {
	var number int
	var version string
	err := conn.QueryRow(ctx, "SELECT current_setting('server_version_num')::int, current_setting('server_version')").Scan(&number, &version)
	if err != nil {
		return err
	}
	return supported(number, version)
}

func supported(number int, version string) error {
	if number < 150000 {
		return fmt.Errorf("this is PostgreSQL %s; the program needs 15 or newer", version)
	}
	return nil
}

// apply runs goose as the owner, so that everything it makes belongs to the owner.
func apply(ctx context.Context, config *pgx.ConnConfig) error {
	db := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "SET search_path = public; SET ROLE "+Owner)
		return err
	}))
	defer closeDB(db)
	steps, err := goose.NewProvider(goose.DialectPostgres, db, migrations.FS, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = steps.Up(ctx)
	return err
}

func closeDB(db *sql.DB) { _ = db.Close() }

// Create makes a database when it is missing, for the embedded server and for tests. maintenanceURL is any other
// database of the server.
func Create(ctx context.Context, maintenanceURL, name string) error {
	conn, err := pgx.Connect(ctx, maintenanceURL)
	if err != nil {
		return fmt.Errorf("creating database %s: %w", name, err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	var there bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&there)
	if err == nil && !there {
		_, err = conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize())
	}
	if err != nil && !isAny(err, duplicateDatabase, uniqueViolation) {
		return fmt.Errorf("creating database %s: %w", name, err)
	}
	return nil
}

// Hash names the schema: it changes with every change of a migration.
func Hash() string {
	sum := sha256.New()
	names, err := fs.Glob(migrations.FS, "*.sql") // sorted
	for _, name := range names {
		var text []byte
		if text, err = migrations.FS.ReadFile(name); err != nil {
			break
		}
		fmt.Fprintf(sum, "%s %d\n%s", name, len(text), text)
	}
	if err != nil {
		panic("migrate: embedded files cannot be unreadable: " + err.Error())
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// PostgreSQL's codes of the errors that are expected here.
const (
	duplicateDatabase     = "42P04"
	duplicateObject       = "42710"
	uniqueViolation       = "23505"
	internalError         = "XX000" // "tuple concurrently updated"
	insufficientPrivilege = "42501"
)

func isAny(err error, codes ...string) bool {
	var refusal *pgconn.PgError
	if !errors.As(err, &refusal) {
		return false
	}
	for _, code := range codes {
		if refusal.Code == code {
			return true
		}
	}
	return false
}
