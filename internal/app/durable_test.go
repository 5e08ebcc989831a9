package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/localdb"
	"bangfu/internal/migrate"
)

// The program does not start on a server that may lose what it committed, not even when only the application's own
// role may, and names the settings; in development it starts.
func TestRefusesAServerThatForgets(t *testing.T) {
	server := careful(t)
	if err := migrate.Create(t.Context(), server.URL(localdb.Superuser, "postgres"), database); err != nil {
		t.Fatal(err)
	}
	c := Config{DatabaseURL: server.URL(localdb.Superuser, database), AppDatabaseURL: server.URL(migrate.App, database), Data: t.TempDir()}
	open := func(dev bool) error {
		c.Dev = dev
		s, err := openStore(t.Context(), &c, slog.New(slog.NewTextHandler(io.Discard, nil)))
		if err == nil {
			s.close(t.Context())
		}
		return err
	}
	if err := open(true); err != nil {
		t.Errorf("in development: %v", err)
	}
	for _, off := range []struct{ make, undo, said string }{
		{"ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET fsync = on", "fsync"},
		{"ALTER SYSTEM SET full_page_writes = off", "ALTER SYSTEM SET full_page_writes = on", "full_page_writes"},
		{"ALTER SYSTEM SET synchronous_commit = off", "ALTER SYSTEM SET synchronous_commit = on", "synchronous_commit"},
		{"ALTER ROLE bangfu_app SET synchronous_commit = off", "ALTER ROLE bangfu_app RESET synchronous_commit", "synchronous_commit"},
	} {
		t.Run(off.make, func(t *testing.T) {
			settle(t, server, off.make)
			if err := open(false); err == nil || !strings.Contains(err.Error(), "work: "+off.said+" off") {
				t.Errorf("said %v, want %s named and no other", err, off.said)
			}
			settle(t, server, off.undo)
			if err := open(false); err != nil {
				t.Errorf("everything on: %v", err)
			}
		})
	}
}

// careful is a server that is not made for tests: nothing on its command line switches these settings off for good.
func careful(t *testing.T) *localdb.Server {
	t.Helper()
	dir, err := os.MkdirTemp("", "bangfu-durable-") // the server's account may enter it, unlike t.TempDir's when root tests
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	server, err := localdb.Start(t.Context(), localdb.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(server.Stop(context.WithoutCancel(t.Context())), os.RemoveAll(dir)); err != nil {
			t.Error(err)
		}
	})
	return server
}

// settle changes settings of the server and waits until a new session has them.
func settle(t *testing.T, server *localdb.Server, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server.URL(localdb.Superuser, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	for _, statement := range append(statements, "SELECT pg_reload_conf()", "SELECT pg_sleep(0.3)") {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}
