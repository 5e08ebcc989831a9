package casefile

import (
	"context"
	"fmt"
	"slices"

	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// Whole is what a list gives out of one file: the cover with its office and registrar, and every fact of it with the numbers
// revealed.
type Whole struct {
	Cover File
	Facts Facts
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
	all := make([]Whole, len(files))
	for i, f := range files {
		all[i] = Whole{Cover: f, Facts: r.facts(f)}
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
