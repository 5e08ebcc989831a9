package casefile

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// HeadPhone is the phone of a head, masked, and whose it is: who has to call asks to see it whole (UnmaskPerson).
type HeadPhone struct {
	Person PersonID
	Masked string
}

// HeadPhones gives the masked phones of the heads of many files within the scope, in one statement. A file whose head
// left none is not in it.
func HeadPhones(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, files []work.FileID) (map[work.FileID]HeadPhone, error) {
	rows, err := q.Query(ctx, `
		-- casefile.HeadPhones
		SELECT p.file_id, p.id, p.phone_sealed FROM casefile_person p JOIN casefile_file f ON f.id = p.file_id
		WHERE p.file_id = ANY(@files) AND f.org_path LIKE @scope AND p.relation = 'head' AND p.left_on IS NULL AND p.phone_sealed IS NOT NULL`,
		pgx.NamedArgs{"files": files, "scope": scope})
	if err != nil {
		return nil, fmt.Errorf("reading phones: %w", err)
	}
	phones := map[work.FileID]HeadPhone{}
	var id work.FileID
	var person PersonID
	var sealed []byte
	_, err = pgx.ForEachRow(rows, []any{&id, &person, &sealed}, func() error {
		phone, err := opened(keys, sealed, phoneContext)
		phones[id] = HeadPhone{person, idcard.MaskPhone(phone)}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading phones: %w", err)
	}
	return phones, nil
}
