package casefile

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// readMembers reads those who are in the household now, with their numbers sealed.
func readMembers(ctx context.Context, q work.Querier, id work.FileID) ([]Member, error) {
	people, err := readPeople(ctx, q, id)
	members := make([]Member, len(people))
	for i, p := range people {
		members[i] = Member{p}
	}
	return members, err
}

// readAccount reads the card in use; nil when there is none.
func readAccount(ctx context.Context, q work.Querier, id work.FileID) (*Account, error) {
	var a Account
	err := q.QueryRow(ctx, `
		-- casefile.readAccount
		SELECT id, holder, bank, branch, number_sealed, number_index FROM casefile_card WHERE file_id = @id AND state = 'current'`,
		pgx.NamedArgs{"id": id}).Scan(&a.ID, &a.Holder, &a.Bank, &a.Branch, &a.Sealed, &a.Index)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return &a, err
}
