package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"bangfu/internal/file"
	"bangfu/internal/reading"
	"bangfu/internal/reading/readingweb"
	"bangfu/internal/seal"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// App is the program, opened and not yet serving.
type App struct {
	Config Config
	Kit    *web.Kit
	Log    *slog.Logger
	store  *store
	jobs   sync.WaitGroup

	readings *reading.Watcher
}

// Open reads the settings, starts or finds the database, migrates it, and makes everything handlers stand on.
func Open(ctx context.Context, c Config, log *slog.Logger) (*App, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(c.Data, 0o755); err != nil {
		return nil, fmt.Errorf("making the data folder: %w", err)
	}
	keys, err := seal.Open(c.KeyFile, c.Suite)
	if err != nil {
		return nil, fmt.Errorf("opening the sealing keys: %w", err)
	}
	files, err := file.Folder(filepath.Join(c.Data, "evidence"), keys)
	if err != nil {
		return nil, fmt.Errorf("opening the evidence store: %w", err)
	}
	store, err := openStore(ctx, &c, log)
	if err != nil {
		return nil, err
	}
	if err := checkKeys(ctx, store.pool, c, keys, log); err != nil {
		store.close(ctx)
		return nil, err
	}
	a := &App{Config: c, Log: log, store: store, readings: reading.NewWatcher(reading.Limits{Files: c.FilesPerHour, Searches: c.SearchesPerHour})}
	a.Kit = NewKit(work.Reading(store.pool, store.planned), c.now, keys, files, log)
	a.Kit.Proxies = c.proxies
	if c.Secure && len(c.proxies) == 0 {
		log.Warn("behind HTTPS without BANGFU_PROXIES: all readers seem to come from the proxy's address, and share its limits")
	}
	a.Kit.Sessions = web.NewSessions(NewSessions(store.planned), c.Secure)
	readingweb.Watch(a.Kit, a.readings)
	return a, nil
}

// NewKit makes what handlers share, but for the sessions.
func NewKit(db work.Beginner, clock work.Clock, keys *seal.Keys, files file.Store, log *slog.Logger) *web.Kit {
	return &web.Kit{
		DB: db, Clock: clock, Keys: keys, Files: files, Log: log,
		Actor: staff.Actor, Nav: navigation, Offices: offices, ChangePath: "/me/password",
	}
}

// offices names the roles that have a capability.
func offices(c work.Capability) []words.Key {
	var names []words.Key
	for _, role := range staff.RolesWith(c) {
		names = append(names, staff.RoleKey(role))
	}
	return names
}

// Pool is the application role's connections.
func (a *App) Pool() *pgxpool.Pool { return a.store.pool }

// Serve answers at the listener until ctx ends, then lets requests and jobs finish.
func (a *App) Serve(ctx context.Context, listener net.Listener) error {
	handler, _ := a.Handler()
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       60 * time.Second,
		WriteTimeout:      90 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(a.Log.Handler(), slog.LevelWarn),
	}
	jobs, stopJobs := context.WithCancel(ctx)
	defer stopJobs()
	a.startJobs(jobs)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		defer cancel()
		err = server.Shutdown(drain)
	}
	stopJobs()
	a.jobs.Wait()
	if err := a.writeReadings(ctx); err != nil {
		a.Log.LogAttrs(ctx, slog.LevelError, "what was read in the last seconds is lost", slog.String("error", err.Error()))
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Close lets go of the database; an embedded one that this program started is stopped.
func (a *App) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	a.store.close(ctx)
}
