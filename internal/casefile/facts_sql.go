package casefile

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// records are what several files hold beside their covers, by file.
type records struct {
	people   map[work.FileID][]Person
	said     map[work.FileID][]Said
	economy  map[work.FileID][]Economy
	arrears  map[work.FileID][]Arrears
	signed   map[work.FileID][]Declaration
	cards    map[work.FileID][]Account
	property map[work.FileID][]Property
}

// readRecords reads what so many files hold, one statement for each kind.
func readRecords(ctx context.Context, q work.Querier, of whose, files int) (records, error) {
	var r records
	var err error
	if r.people, err = readHouseholds(ctx, q, of); err != nil {
		return r, fmt.Errorf("reading the people: %w", err)
	}
	if r.said, err = readSaid(ctx, q, of); err != nil {
		return r, fmt.Errorf("reading what is said: %w", err)
	}
	if r.economy, err = readSnapshots(ctx, q, of, true, 0, files); err != nil {
		return r, fmt.Errorf("reading the economy: %w", err)
	}
	if r.arrears, err = readArrears(ctx, q, of); err != nil {
		return r, fmt.Errorf("reading the arrears: %w", err)
	}
	if r.signed, err = readDeclarations(ctx, q, of); err != nil {
		return r, fmt.Errorf("reading the declarations: %w", err)
	}
	if r.cards, err = readAccounts(ctx, q, of); err != nil {
		return r, fmt.Errorf("reading the cards: %w", err)
	}
	if r.property, err = readProperty(ctx, q, of); err != nil {
		return r, fmt.Errorf("reading the property: %w", err)
	}
	return r, nil
}

// readAccount reads the card in use; nil when there is none.
func readAccount(ctx context.Context, q work.Querier, id work.FileID) (*Account, error) {
	all, err := readAccounts(ctx, q, one(id))
	return only(all[id]), err
}

// readAccounts reads the cards in use.
func readAccounts(ctx context.Context, q work.Querier, of whose) (map[work.FileID][]Account, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readAccounts
		SELECT file_id, id, holder, bank, branch, number_sealed, number_index FROM casefile_card
		WHERE file_id `+of.is+` AND state = 'current'`, of.args())
	if err != nil {
		return nil, err
	}
	return byFile(rows, func(row pgx.CollectableRow) (Account, error) {
		var a Account
		err := row.Scan(&a.ID, &a.Holder, &a.Bank, &a.Branch, &a.Sealed, &a.Index)
		return a, err
	})
}
