package staff

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// DropSessions removes the sessions that ended before the time, which is the system's: package scs keeps sessions by
// it and not by the program's clock.
func DropSessions(ctx context.Context, db work.Beginner, ended time.Time) error {
	_, err := db.Exec(ctx, `
		-- staff.DropSessions
		DELETE FROM sessions WHERE expiry < @ended`, pgx.NamedArgs{"ended": ended})
	if err != nil {
		return fmt.Errorf("dropping ended sessions: %w", err)
	}
	return nil
}
