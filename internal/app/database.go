package app

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"bangfu/internal/localdb"
	"bangfu/internal/migrate"
	"bangfu/internal/work"
)

// superuser is the embedded server's first role; database is the name of our database in it.
const (
	superuser = "bangfu_root"
	database  = "bangfu"
)

// store is the database the program runs on, and the embedded server behind it, if any.
type store struct {
	pool     *pgxpool.Pool
	planned  *pgxpool.Pool // plans each statement once (work.Reading)
	ownerURL string
	server   *localdb.Server
}

// openStore starts the embedded server unless a database is named, brings the schema up to date, checks that what is
// committed stays, and connects as the application's role.
func openStore(ctx context.Context, c *Config, log *slog.Logger) (*store, error) {
	s := &store{ownerURL: c.DatabaseURL}
	appURL, err := s.place(ctx, c, log)
	if err != nil {
		return nil, err
	}
	if err := s.connect(ctx, c, appURL); err != nil {
		s.close(ctx)
		return nil, err
	}
	return s, nil
}

// place finds out where the database is; it gives the application role's address.
func (s *store) place(ctx context.Context, c *Config, log *slog.Logger) (string, error) {
	if c.DatabaseURL != "" {
		if c.AppDatabaseURL != "" {
			return c.AppDatabaseURL, nil
		}
		return c.DatabaseURL, nil
	}
	server, err := localdb.Start(ctx, localdb.Options{Dir: c.Data, Log: log})
	if err != nil {
		return "", err
	}
	s.server = server
	if err := migrate.Create(ctx, server.URL(superuser, "postgres"), database); err != nil {
		s.close(ctx)
		return "", err
	}
	s.ownerURL = server.URL(superuser, database)
	return server.URL(migrate.App, database), nil
}

func (s *store) connect(ctx context.Context, c *Config, appURL string) error {
	if err := s.checkOwner(ctx, c.Dev); err != nil {
		return err
	}
	if err := migrate.Up(ctx, s.ownerURL); err != nil {
		return err
	}
	config, err := pgxpool.ParseConfig(appURL)
	if err != nil {
		return fmt.Errorf("reading the database address: %w", err)
	}
	tune(config)
	config.ConnConfig.Tracer = c.Tracer
	if s.server == nil && c.AppDatabaseURL == "" {
		config.ConnConfig.RuntimeParams["role"] = migrate.App
	}
	s.pool, err = pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return fmt.Errorf("connecting to the database: %w", err)
	}
	if err := s.checkRole(ctx); err != nil {
		return err
	}
	once := config.Copy()
	once.MinConns = 0
	once.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	if s.planned, err = pgxpool.NewWithConfig(ctx, once); err != nil {
		return fmt.Errorf("connecting to the database: %w", err)
	}
	return checkDurable(ctx, s.pool, c.Dev)
}

// tune sets the pool's size and the limits that keep one slow statement from holding up the rest.
func tune(config *pgxpool.Config) {
	config.MaxConns = int32(max(8, 4*runtime.NumCPU()))
	config.MinConns = 2
	config.MaxConnIdleTime = 5 * time.Minute
	p := config.ConnConfig.RuntimeParams
	p["application_name"] = "bangfu"
	p["statement_timeout"] = "15s"
	p["lock_timeout"] = "10s"
	p["idle_in_transaction_session_timeout"] = "60s"
	p["timezone"] = "Asia/Shanghai"
	p["random_page_cost"] = "1.1" // no disk turns any more: a page found by an index costs hardly more than the next one
	p["jit"] = "off"              // every statement of a page is a range of an index: compiling one takes longer than running it
}

// checkOwner looks at the server before anything is changed on it.
func (s *store) checkOwner(ctx context.Context, dev bool) error {
	conn, err := pgx.Connect(ctx, s.ownerURL)
	if err != nil {
		return fmt.Errorf("connecting to the database: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	return checkDurable(ctx, conn, dev)
}

// checkDurable refuses a session that may lose what it has committed, and names the settings (reliability.md 4.4). The
// owner's session and the application's differ: synchronous_commit can be set for one role alone.
func checkDurable(ctx context.Context, q work.Querier, dev bool) error {
	rows, err := q.Query(ctx, `
		SELECT name FROM pg_settings
		WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'off' ORDER BY name`)
	if err != nil {
		return fmt.Errorf("reading the server's settings: %w", err)
	}
	off, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("reading the server's settings: %w", err)
	}
	if len(off) > 0 && !dev {
		return fmt.Errorf("this PostgreSQL may lose committed work: %s off; switch it on in postgresql.conf and for the role, or set BANGFU_DEV=1 to try things out",
			strings.Join(off, ", "))
	}
	return nil
}

// owner connects as the owner of the tables, who may load them in bulk. Only development does.
func (s *store) owner(ctx context.Context) (*pgx.Conn, error) {
	conn, err := pgx.Connect(ctx, s.ownerURL)
	if err != nil {
		return nil, fmt.Errorf("connecting as the owner: %w", err)
	}
	if _, err := conn.Exec(ctx, "SET ROLE "+migrate.Owner); err != nil {
		_ = conn.Close(context.WithoutCancel(ctx))
		return nil, fmt.Errorf("becoming the owner: %w", err)
	}
	return conn, nil
}

// checkRole refuses to run as anything but the application's role, which owns nothing.
func (s *store) checkRole(ctx context.Context) error {
	var role string
	if err := s.pool.QueryRow(ctx, "SELECT current_user").Scan(&role); err != nil {
		return fmt.Errorf("connecting as the application's role: %w", err)
	}
	if role != migrate.App {
		return fmt.Errorf("the application must run as %s, not as %s", migrate.App, role)
	}
	return nil
}

// close ends the connections and stops the embedded server if this program started it.
func (s *store) close(ctx context.Context) {
	if s.planned != nil {
		s.planned.Close()
	}
	if s.pool != nil {
		s.pool.Close()
	}
	if s.server != nil && s.server.Owned() {
		_ = s.server.Stop(ctx) // it recovers by itself at the next start
	}
}
