package payment

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// VerifyFiles opens the bank's file of every released batch and tells those that do not open, or are not the file that
// was written: what only the holder of the keys can check. That batches, lines and ledger agree is checked in package
// invariant. No difference gives no message. (reliability.md I7)
func VerifyFiles(ctx context.Context, q work.Querier, keys *seal.Keys) ([]words.Message, error) {
	var faults []words.Message
	var last BatchID
	for {
		batches, err := readBatches(ctx, q, `
			-- payment.VerifyFiles
			SELECT `+batchColumns+` WHERE b.state IN ('released', 'closed') AND b.id > @last ORDER BY b.id LIMIT 100`,
			pgx.NamedArgs{"last": last})
		if err != nil {
			return nil, fmt.Errorf("verifying the bank's files: %w", err)
		}
		if len(batches) == 0 {
			return faults, nil
		}
		for _, b := range batches {
			last = b.ID
			if _, err := openFile(ctx, q, keys, b); err != nil {
				faults = append(faults, words.Saying("payment.verify_file", b.Number))
			}
		}
	}
}
