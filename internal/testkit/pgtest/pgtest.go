// Package pgtest gives tests a migrated PostgreSQL in three sizes:
//
//	Unit, Tx   one transaction, rolled back at the end; for nearly everything
//	DB         an own copy of the database, with real commits; for people who work at the same time
//	Empty      an own database without a schema; for migrations
//
// Under `make test` one server serves all packages (TEST_DATABASE_URL, given by cmd/testpg). Without it each package
// starts a throw-away server of its own, so plain `go test` works too. A test without a database fails; none is skipped.
//
// The migrated database is made once, under a name that holds the hash of the migrations, and copied as files. Copies
// are dropped in bulk at the next start, not after each test: a drop costs ten times a copy.
package pgtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"bangfu/internal/localdb"
	"bangfu/internal/migrate"
	"bangfu/internal/work"
)

// Env names the variable with a superuser's address of the server that the tests share. Its roles need no password.
const Env = "TEST_DATABASE_URL"

// Now is the time at which every test happens: 22 November 2026, 10:00 in China, a Sunday.
var Now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.FixedZone("Asia/Shanghai", 8*60*60))

// Database is one test's own copy of the migrated database, with a pool for each role.
type Database struct {
	App, Owner, Report *pgxpool.Pool
	Name               string
}

// DB copies the migrated database for one test. What is committed there, nobody else sees.
func DB(t testing.TB) *Database {
	t.Helper()
	url, err := server()
	if err != nil {
		t.Fatal(err)
	}
	name, err := clone(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	d := &Database{Name: name}
	for _, p := range []struct {
		to       **pgxpool.Pool
		role     string
		maxConns int32
	}{{&d.App, migrate.App, 20}, {&d.Owner, migrate.Owner, 4}, {&d.Report, migrate.Report, 4}} {
		if *p.to, err = pool(url, name, p.role, p.maxConns); err != nil {
			t.Fatal(err)
		}
		t.Cleanup((*p.to).Close)
	}
	return d
}

// Tx is a transaction of the application's role on a migrated database, rolled back when the test ends.
func Tx(t testing.TB) pgx.Tx {
	t.Helper()
	app, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	tx, err := app.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tx.Rollback(context.Background()); err != nil && err != pgx.ErrTxClosed {
			t.Error(err)
		}
	})
	return tx
}

// Unit is a unit of work by the actor at Now, rolled back when the test ends.
func Unit(t testing.TB, actor work.Actor) *work.Unit {
	t.Helper()
	return work.NewUnit(Tx(t), Now, actor)
}

// Empty makes a database without a schema and gives its superuser's address.
func Empty(t testing.TB) string {
	t.Helper()
	url, err := server()
	if err != nil {
		t.Fatal(err)
	}
	name := nextName()
	if err := migrate.Create(t.Context(), url, name); err != nil {
		t.Fatal(err)
	}
	address, err := As(url, "", name)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// server is the address of the server for this process, started when nobody else did. A server of our own ends with
// this process.
var server = sync.OnceValues(func() (string, error) {
	if url := os.Getenv(Env); url != "" {
		return url, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	s, err := localdb.Start(ctx, localdb.Options{Fast: true})
	if err != nil {
		return "", fmt.Errorf("no database for the tests: %w", err)
	}
	ours = s
	url := s.URL(localdb.Superuser, "postgres")
	return url, Clean(ctx, url)
})

// ours keeps the server in reach: were it collected, its lock would go, and the next process would take its place.
var ours *localdb.Server

// shared is the one database of this process on which Tx begins its transactions. Other processes have their own, so
// that uncommitted rows of one package never make another wait.
var shared = sync.OnceValues(func() (*pgxpool.Pool, error) {
	url, err := server()
	if err != nil {
		return nil, err
	}
	name, err := clone(context.Background(), url)
	if err != nil {
		return nil, err
	}
	return pool(url, name, migrate.App, 20)
})

var copies atomic.Int64

// nextName is unique on the server: other processes with the same number live in other containers, at another time.
func nextName() string {
	return fmt.Sprintf("%s%d_%d_%d", copyPrefix, os.Getpid(), started.UnixMilli(), copies.Add(1))
}

var started = time.Now()

// pool connects as the role. The owner cannot sign in, so a superuser takes its place before the first statement.
func pool(url, database, role string, maxConns int32) (*pgxpool.Pool, error) {
	login := role
	if role == migrate.Owner {
		login = ""
	}
	address, err := As(url, login, database)
	if err != nil {
		return nil, err
	}
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	if role == migrate.Owner {
		config.ConnConfig.RuntimeParams["role"] = migrate.Owner
	}
	config.MaxConns = maxConns
	config.ConnConfig.RuntimeParams["timezone"] = "Asia/Shanghai" // this and the next as the program's own pool
	config.ConnConfig.RuntimeParams["jit"] = "off"
	config.ConnConfig.RuntimeParams["application_name"] = filepath.Base(os.Args[0])
	return pgxpool.NewWithConfig(context.Background(), config)
}
