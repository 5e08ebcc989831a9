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
	if err != nil {
		return nil, err
	}
	rows, err := q.Query(ctx, `
		-- casefile.readMembers
		SELECT id, phone_index FROM casefile_person WHERE file_id = @id AND left_on IS NULL AND phone_index IS NOT NULL`,
		pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	phones := map[PersonID][]byte{}
	var person PersonID
	var index []byte
	if _, err = pgx.ForEachRow(rows, []any{&person, &index}, func() error {
		phones[person] = index
		index = nil
		return nil
	}); err != nil {
		return nil, err
	}
	members := make([]Member, len(people))
	for i, p := range people {
		members[i] = Member{Person: p, NumberSealed: p.numberSealed, NumberIndex: p.numberIndex, PhoneSealed: p.phoneSealed, PhoneIndex: phones[p.ID]}
	}
	return members, nil
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
