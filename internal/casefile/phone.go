package casefile

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// HeadPhones gives the masked phones of the heads of many files within the scope, in one statement. A file whose head
// left none is not in it.
func HeadPhones(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, files []work.FileID) (map[work.FileID]string, error) {
	rows, err := q.Query(ctx, `
		-- casefile.HeadPhones
		SELECT p.file_id, p.phone_sealed FROM casefile_person p JOIN casefile_file f ON f.id = p.file_id
		WHERE p.file_id = ANY(@files) AND f.org_path LIKE @scope AND p.relation = 'head' AND p.left_on IS NULL AND p.phone_sealed IS NOT NULL`,
		pgx.NamedArgs{"files": files, "scope": scope})
	if err != nil {
		return nil, fmt.Errorf("reading phones: %w", err)
	}
	phones := map[work.FileID]string{}
	var id work.FileID
	var sealed []byte
	_, err = pgx.ForEachRow(rows, []any{&id, &sealed}, func() error {
		phone, err := opened(keys, sealed, phoneContext)
		phones[id] = idcard.MaskPhone(phone)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading phones: %w", err)
	}
	return phones, nil
}
