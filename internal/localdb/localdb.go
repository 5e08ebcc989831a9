// Package localdb runs the embedded default: a PostgreSQL server of the program's own, below its data directory,
// reached through a Unix socket that only the program's account may open. Nothing listens on the network.
//
// One process owns the server and is its parent; when the owner dies, the server stops (on Linux at once, elsewhere at
// the next start). Further processes on the same directory share the running server and never stop it. Ownership is
// a file lock, so it cannot outlive its process.
//
// Start reading at Start, then takeOver.
package localdb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"time"
)

// Superuser is the only role of a new cluster. It has no password: who may enter the socket's directory is trusted.
const Superuser = "bangfu_root"

// oldest is the oldest PostgreSQL major that the program supports.
const oldest = 15

// Options say where the server lives and how careful it is.
type Options struct {
	Dir   string       // holds the cluster and its log; empty is allowed with Fast only: a throw-away cluster
	Tools string       // where binaries are installed when the system has none; default: "tools" in Dir
	Fast  bool         // for tests: no fsync, no autovacuum; a crash of the machine loses the data
	Log   *slog.Logger // nil: silent
}

// Server is a running PostgreSQL, owned or shared.
type Server struct {
	place   place
	sockets string
	owner   *os.File // the ownership lock; nil when another process owns the server
	child   *child
}

// errBusy says that another process owns the directory and sharing was not wanted.
var errBusy = errors.New("another process owns this database directory")

// Start returns a server that answers: the one that already runs on o.Dir, or a new one. It makes the cluster when
// there is none. It never touches a cluster of another PostgreSQL major: it refuses. ctx bounds the start only.
func Start(ctx context.Context, o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Dir == "" && !o.Fast {
		return nil, errors.New("starting the embedded PostgreSQL: no directory given")
	}
	start := func() (*Server, error) { return startIn(ctx, task{Options: o}) }
	if o.Dir == "" {
		start = func() (*Server, error) { return startThrowaway(ctx, o) }
	}
	s, err := start()
	if err != nil {
		return nil, fmt.Errorf("starting the embedded PostgreSQL: %w", err)
	}
	return s, nil
}

// task is one start: what the caller asked for, and where it happens.
type task struct {
	Options
	place
	throwaway bool // nothing in the directory is worth keeping, and nobody else may share it
}

// startIn owns the server on t.Dir, or shares it with its owner.
func startIn(ctx context.Context, t task) (*Server, error) {
	var err error
	if t.place, err = settle(t.Options); err != nil {
		return nil, err
	}
	for {
		owner, err := claim(t.lockFile())
		if err != nil {
			return nil, err
		}
		if owner != nil {
			s, err := takeOver(ctx, t)
			if err != nil {
				_ = owner.Close()
				return nil, err
			}
			s.owner = owner
			return s, nil
		}
		if t.throwaway {
			return nil, errBusy
		}
		if running, ok := t.pidFile(); ok && running.answers(t.data()) {
			t.Log.Info("sharing the running PostgreSQL", "dir", t.home, "pid", running.pid)
			return &Server{place: t.place, sockets: running.sockets}, nil
		}
		if err := pause(ctx, 20*time.Millisecond); err != nil {
			return nil, fmt.Errorf("waiting for the process that starts PostgreSQL in %s: %w", t.home, err)
		}
	}
}

// takeOver makes this process the parent of the server; the caller holds the ownership. A server that lost its owner
// is stopped first: only a parent can promise that the server ends with it.
func takeOver(ctx context.Context, t task) (*Server, error) {
	if orphan, ok := t.pidFile(); ok && orphan.alive(t.data()) {
		t.Log.Info("stopping a PostgreSQL that lost its owner", "dir", t.home, "pid", orphan.pid)
		if err := orphan.stop(ctx, t.data()); err != nil {
			return nil, err
		}
	}
	s, err := bringUp(ctx, t)
	if err != nil && t.throwaway && ctx.Err() == nil {
		t.Log.Warn("the test cluster does not start and is made anew", "dir", t.home, "reason", err)
		if removed := os.RemoveAll(t.data()); removed != nil {
			return nil, errors.Join(err, removed)
		}
		s, err = bringUp(ctx, t)
	}
	return s, err
}

// bringUp finds binaries for the cluster, makes the cluster when it is missing, and runs it.
func bringUp(ctx context.Context, t task) (*Server, error) {
	major, err := t.major()
	if err != nil {
		return nil, err
	}
	bin, err := findBinaries(ctx, t, major)
	if err != nil {
		return nil, err
	}
	if major == 0 {
		if err := initialise(ctx, t, bin); err != nil {
			return nil, err
		}
	}
	sockets, err := t.socketDir()
	if err != nil {
		return nil, err
	}
	child, err := launch(ctx, t, bin, sockets)
	if err != nil {
		return nil, err
	}
	return &Server{place: t.place, sockets: sockets, child: child}, nil
}

// URL is the address of one database for one role, for pgx.
func (s *Server) URL(user, database string) string {
	u := url.URL{Scheme: "postgres", Path: "/" + database}
	u.RawQuery = url.Values{"host": {s.sockets}, "port": {socketPort}, "user": {user}}.Encode()
	return u.String()
}

// Owned tells whether this process started the server and Stop will end it.
func (s *Server) Owned() bool { return s.owner != nil }

// Stop ends an owned server: open transactions are rolled back, everything committed is on disk. When ctx ends while it
// waits, the server is stopped the hard way; the next start then recovers. A ctx that has ended before, as that of a
// program on its way out, gives the server half a minute. A shared server is left alone.
func (s *Server) Stop(ctx context.Context) error {
	if s.owner == nil {
		return nil
	}
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
		defer cancel()
	}
	defer func() { _ = s.owner.Close() }()
	if err := s.child.stop(ctx); err != nil {
		return fmt.Errorf("stopping the embedded PostgreSQL: %w", err)
	}
	// Only an empty directory goes: whatever else might be in it is not ours to remove.
	_ = os.Remove(s.sockets)
	return nil
}

// pause waits, or ends early with the reason why ctx ended.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
