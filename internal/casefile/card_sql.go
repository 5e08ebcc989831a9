package casefile

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// readCards reads the cards of a file, or one card by its id; the other argument is zero.
func readCards(ctx context.Context, q work.Querier, args pgx.NamedArgs) ([]Card, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readCards
		SELECT c.id, c.file_id, c.holder, c.bank, c.branch, c.state, c.entered_by, s.name, c.entered_at,
			coalesce(c.confirmed_by, 0), c.confirmed_at, coalesce(d.name, ''), coalesce(c.reject_reason, ''), c.number_sealed
		FROM casefile_card c JOIN staff_member s ON s.id = c.entered_by LEFT JOIN staff_member d ON d.id = c.confirmed_by
		WHERE c.file_id = @file OR c.id = @card ORDER BY c.id DESC`, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Card, error) {
		var c Card
		var confirmed pgtype.Timestamptz
		err := row.Scan(&c.ID, &c.FileID, &c.Holder, &c.Bank, &c.Branch, &c.State, &c.EnteredBy, &c.EnteredName, &c.EnteredAt,
			&c.ConfirmedBy, &confirmed, &c.DecidedBy, &c.Reason, &c.sealed)
		c.ConfirmedAt = confirmed.Time
		return c, err
	})
}

// putCard inserts a card.
func putCard(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, n NewCard, state CardState) (CardID, error) {
	sealed, err := keys.Seal([]byte(n.Number), cardContext)
	if err != nil {
		return 0, fmt.Errorf("sealing a card number: %w", err)
	}
	var card CardID
	err = u.QueryRow(ctx, `
		-- casefile.putCard
		INSERT INTO casefile_card (file_id, holder, bank, branch, number_sealed, number_index, entered_by, entered_at, state)
		VALUES (@file, @holder, @bank, @branch, @sealed, @index, @by, @now, @state) RETURNING id`,
		pgx.NamedArgs{"file": id, "holder": n.Holder, "bank": n.Bank, "branch": n.Branch, "sealed": sealed,
			"index": keys.Index(n.Number, cardContext), "by": u.By.StaffID, "now": u.Now, "state": string(state)}).Scan(&card)
	if work.Violated(err) == "casefile_card_proposed" {
		return 0, work.Refuse("casefile.refusal.card_waiting")
	}
	return card, err
}

// retireCards makes room for another card in a registration: the current one is replaced, a proposed one rejected.
func retireCards(ctx context.Context, u *work.Unit, id work.FileID) error {
	_, err := u.Exec(ctx, `
		-- casefile.retireCards
		UPDATE casefile_card SET state = CASE state WHEN 'current' THEN 'replaced' ELSE 'rejected' END
		WHERE file_id = @file AND state IN ('current', 'proposed')`, pgx.NamedArgs{"file": id})
	return err
}

// replaceCurrent takes the current card out of use. There may be none.
func replaceCurrent(ctx context.Context, u *work.Unit, id work.FileID) error {
	_, err := u.Exec(ctx, `
		-- casefile.replaceCurrent
		UPDATE casefile_card SET state = 'replaced' WHERE file_id = @file AND state = 'current'`, pgx.NamedArgs{"file": id})
	return err
}

// decideCard confirms or rejects a proposed card.
func decideCard(ctx context.Context, u *work.Unit, card CardID, to CardState, reason string) error {
	return u.ChangeOne(ctx, `
		-- casefile.decideCard
		UPDATE casefile_card SET state = @to, confirmed_by = @by, confirmed_at = @now,
			reject_reason = CASE @to WHEN 'rejected' THEN @reason END
		WHERE id = @card AND state = 'proposed'`,
		pgx.NamedArgs{"card": card, "to": string(to), "by": u.By.StaffID, "now": u.Now, "reason": reason})
}
