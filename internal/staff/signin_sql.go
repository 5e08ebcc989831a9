package staff

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/work"
)

// pair is the count of failures of a user name and an address.
type pair struct {
	failures    int
	lastAt      time.Time
	lockedUntil time.Time // zero: not locked
}

func findByUsername(ctx context.Context, q work.Querier, username string) (Member, string, error) {
	var m Member
	var stored string
	var once pgtype.Timestamptz
	err := q.QueryRow(ctx, `
		-- staff.findByUsername
		SELECT id, org_id, username, active, must_change, once_until, password_hash FROM staff_member WHERE username = @username`,
		pgx.NamedArgs{"username": username}).
		Scan(&m.ID, &m.OrgID, &m.Username, &m.Active, &m.MustChange, &once, &stored)
	if errors.Is(err, pgx.ErrNoRows) {
		return Member{}, "", work.ErrNotFound
	}
	m.OnceUntil = once.Time
	return m, stored, err
}

// lockPair reads the pair's count and keeps it from changing until the unit ends. The row is made when there is none.
func lockPair(ctx context.Context, u *work.Unit, t Try) (pair, error) {
	var p pair
	var locked pgtype.Timestamptz
	err := u.QueryRow(ctx, `
		-- staff.lockPair
		INSERT INTO staff_attempt (username, address, failures, last_at) VALUES (@username, @address, 0, @now)
		ON CONFLICT (username, address) DO UPDATE SET username = excluded.username
		RETURNING failures, last_at, locked_until`,
		pgx.NamedArgs{"username": t.username, "address": t.address, "now": u.Now}).Scan(&p.failures, &p.lastAt, &locked)
	p.lockedUntil = locked.Time
	return p, err
}

// isLocked tells whether the pair is locked now.
func isLocked(ctx context.Context, q work.Querier, t Try, now time.Time) (bool, error) {
	var locked bool
	err := q.QueryRow(ctx, `
		-- staff.isLocked
		SELECT EXISTS (SELECT FROM staff_attempt WHERE username = @username AND address = @address AND locked_until > @now)`,
		pgx.NamedArgs{"username": t.username, "address": t.address, "now": now}).Scan(&locked)
	return locked, err
}

func countFailure(ctx context.Context, u *work.Unit, t Try, failures int, lockedUntil time.Time) error {
	if !lockedUntil.IsZero() {
		failures = 0 // after the lock the count begins anew
	}
	return u.ChangeOne(ctx, `
		-- staff.countFailure
		UPDATE staff_attempt SET failures = @failures, last_at = @now, locked_until = @until
		WHERE username = @username AND address = @address`,
		pgx.NamedArgs{"username": t.username, "address": t.address, "failures": failures, "now": u.Now,
			"until": pgtype.Timestamptz{Time: lockedUntil, Valid: !lockedUntil.IsZero()}})
}

func clearPair(ctx context.Context, u *work.Unit, t Try) error {
	return u.ChangeOne(ctx, `
		-- staff.clearPair
		DELETE FROM staff_attempt WHERE username = @username AND address = @address`,
		pgx.NamedArgs{"username": t.username, "address": t.address})
}

func forgetFailures(ctx context.Context, db work.Beginner, now time.Time) error {
	_, err := db.Exec(ctx, `
		-- staff.forgetFailures
		DELETE FROM staff_attempt WHERE last_at < @before AND (locked_until IS NULL OR locked_until < @now)`,
		pgx.NamedArgs{"before": now.Add(-LockFor), "now": now})
	return err
}
