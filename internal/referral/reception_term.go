package referral

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/work"
)

// mostForgotten is how many records one run takes; the next run takes the rest.
const mostForgotten = 500

// ForgetReceptions erases the words of the records without a file when casefile.MonthsWithoutFile are over since their closing:
// the name, the phone, what was asked and answered. The day, the office, the kind and the outcome stay to be counted. Each
// record is one unit with its own entry. It gives how many it took, and may be called at any time.
func ForgetReceptions(ctx context.Context, db work.Beginner, clock work.Clock) (int, error) {
	rows, err := db.Query(ctx, `
		-- referral.ForgetReceptions
		SELECT id FROM referral_reception WHERE state = 'closed' AND file_id IS NULL AND erased_at IS NULL AND closed_on < @before
		ORDER BY closed_on, id LIMIT @most`, pgx.NamedArgs{"before": day.On(clock()).AddMonths(-casefile.MonthsWithoutFile), "most": mostForgotten})
	if err != nil {
		return 0, fmt.Errorf("looking for visitors past their term: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[ReceptionID])
	if err != nil {
		return 0, fmt.Errorf("looking for visitors past their term: %w", err)
	}
	return work.Each(ctx, db, clock, "referral", ids, func(u *work.Unit, id ReceptionID) error { return forget(ctx, u, id) })
}

// forget erases the words of one record; a trigger takes them away and checks the term.
func forget(ctx context.Context, u *work.Unit, id ReceptionID) error {
	err := u.ChangeOne(ctx, `
		-- referral.forget
		UPDATE referral_reception SET erased_at = @now, version = version + 1 WHERE id = @id AND file_id IS NULL AND erased_at IS NULL`,
		pgx.NamedArgs{"id": id, "now": u.Now})
	if err != nil {
		return fmt.Errorf("erasing the words of reception %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "referral.reception_erase", Kind: "reception", ID: int64(id)})
}
