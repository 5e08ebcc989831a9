package casefile

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/money"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// Whole is what a list gives out of one file: the cover with its office and registrar, every fact of it with the numbers
// revealed, and the newest judgement.
type Whole struct {
	Cover   File
	Facts   Facts
	Monthly *money.Amount // income per head and month, before any expenditure, as of the newest judgement; nil before any
}

// Wholes fills up a page of files, which the caller has found within its scope, with as many statements for all of them as for
// one, in their order.
func Wholes(ctx context.Context, q work.Querier, keys *seal.Keys, files []File) ([]Whole, error) {
	ids := make([]work.FileID, len(files))
	for i, f := range files {
		ids[i] = f.ID
	}
	r, err := readRecords(ctx, q, many(ids), len(ids))
	if err != nil {
		return nil, fmt.Errorf("filling up %d files: %w", len(files), err)
	}
	monthly, err := readMonthly(ctx, q, ids)
	if err != nil {
		return nil, fmt.Errorf("reading the judgements of %d files: %w", len(files), err)
	}
	all := make([]Whole, len(files))
	for i, f := range files {
		all[i] = Whole{Cover: f, Facts: r.facts(f), Monthly: monthly[f.ID]}
		if err := all[i].Facts.Reveal(keys); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Covers reads the whole covers of listed files, of which a list shows a part, in their order.
func Covers(ctx context.Context, q work.Querier, scope work.Scope, listed []File) ([]File, error) {
	ids := make([]work.FileID, len(listed))
	for i, f := range listed {
		ids[i] = f.ID
	}
	covers, err := readFiles(ctx, q, scope, many(ids))
	if err != nil {
		return nil, fmt.Errorf("reading the covers of %d files: %w", len(ids), err)
	}
	place := make(map[work.FileID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(covers, func(a, b File) int { return place[a.ID] - place[b.ID] })
	return covers, nil
}

// readMonthly reads the incomes that the newest judgements stood on; what is left of them after rigid expenditure is another
// figure.
func readMonthly(ctx context.Context, q work.Querier, ids []work.FileID) (map[work.FileID]*money.Amount, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readMonthly
		SELECT i.id, j.fen FROM unnest(@ids::bigint[]) AS i (id)
		CROSS JOIN LATERAL (SELECT round(coalesce((facts->>'income_fen')::numeric, 0) / (12 * greatest((facts->>'people')::int, 1)))::bigint AS fen FROM casefile_judgement WHERE file_id = i.id ORDER BY id DESC LIMIT 1) j`,
		pgx.NamedArgs{"ids": fileIDs(ids)})
	if err != nil {
		return nil, err
	}
	all := make(map[work.FileID]*money.Amount, len(ids))
	var id work.FileID
	var fen money.Amount
	_, err = pgx.ForEachRow(rows, []any{&id, &fen}, func() error {
		monthly := fen
		all[id] = &monthly
		return nil
	})
	return all, err
}
