package app

import (
	"context"
	"errors"
	"fmt"

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

// FindCtx reads a session that is not over.
func (s sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	var changes int64
	err = s.pool.QueryRow(ctx, `
		SELECT s.data, c.number FROM sessions s, staff_change c WHERE s.token = $1 AND current_timestamp < s.expiry`, token).Scan(&data, &changes)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("reading a session: %w", err)
	}
	return web.WithChanges(data, changes), true, nil
}
