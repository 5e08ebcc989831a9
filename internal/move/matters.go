package move

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/words"
	"bangfu/internal/work"
)

// into stands for the file that goes on after a merge, where the database is asked what stops one.
const into Kind = "into"

// Matter is something open around a file: how many, and whether it stops the move or goes along with the file.
type Matter struct {
	Kind  string // "change", "grant", "visit" …, as move_matters names them
	N     int
	Stops bool
}

// Key gives the word of the matter.
func (m Matter) Key() words.Key { return words.Key("move.matter." + m.Kind) }

// How gives the words for what becomes of the matter.
func (m Matter) How() words.Key {
	switch {
	case m.Stops:
		return words.Key("move.finish." + m.Kind)
	case m.Kind == "visit":
		return "move.struck"
	}
	return "move.goes_along"
}

// Matters lists what is open around a file for a kind of move. The caller has found the file within the scope.
func Matters(ctx context.Context, q work.Querier, file work.FileID, kind Kind) ([]Matter, error) {
	rows, err := q.Query(ctx, `
		-- move.Matters
		SELECT matter, n, stops FROM move_matters(@file, @kind) ORDER BY NOT stops, matter`, pgx.NamedArgs{"file": file, "kind": string(kind)})
	if err != nil {
		return nil, fmt.Errorf("looking for what is open around file %d: %w", file, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Matter])
}

// stopped refuses a move that something open around the file stops, and says what it is.
func stopped(ctx context.Context, q work.Querier, file work.FileID, kind Kind) error {
	matters, err := Matters(ctx, q, file, kind)
	if err != nil {
		return err
	}
	for _, m := range matters {
		if m.Stops {
			key := "move.refusal.stopped_by"
			if kind == into {
				key = "move.refusal.stopped_other"
			}
			return work.Refuse(key, m.Key(), m.N, m.How())
		}
	}
	return nil
}
