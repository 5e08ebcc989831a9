package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/pgxstore"
	"github.com/alexedwards/scs/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"bangfu/internal/web"
)

// sessions is the store of the sessions. With a session it reads how often people and roles have changed, so that
// package web knows whether what it kept of a person still holds.
type sessions struct {
	*pgxstore.PostgresStore
	pool *pgxpool.Pool
}

// NewSessions makes the store; ended sessions are dropped by a job.
func NewSessions(pool *pgxpool.Pool) scs.CtxStore {
	return sessions{pgxstore.NewWithCleanupInterval(pool, 0), pool}
}

type foundKey struct{}

// found stands before the sessions are loaded and remembers for the request which one the store gave, for CommitCtx.
func found(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), foundKey{}, new(string))))
	})
}

// CommitCtx writes a session. One that was there when the request began is only changed: who signed out meanwhile, or whose
// sessions a new password ended, is not signed in again by a request that was still under way.
func (s sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	if was, ok := ctx.Value(foundKey{}).(*string); !ok || *was != token {
		return s.PostgresStore.CommitCtx(ctx, token, data, expiry)
	}
	_, err := s.pool.Exec(ctx, `UPDATE sessions SET data = $2, expiry = $3 WHERE token = $1`, token, data, expiry)
	if err != nil {
		return fmt.Errorf("writing a session: %w", err)
	}
	return nil
}

// FindCtx reads a session that is not over.
func (s sessions) FindCtx(ctx context.Context, token string) (data []byte, ok bool, err error) {
	var changes int64
	err = s.pool.QueryRow(ctx, `
		SELECT s.data, c.number FROM sessions s, staff_change c WHERE s.token = $1 AND current_timestamp < s.expiry`, token).Scan(&data, &changes)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("reading a session: %w", err)
	}
	if was, ok := ctx.Value(foundKey{}).(*string); ok {
		*was = token
	}
	return web.WithChanges(data, changes), true, nil
}
