package exit

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/words"
	"bangfu/internal/work"
)

// List names one list of exits.
type List string

// The lists.
const (
	ToAssess List = "to_assess"
	ToTell   List = "to_tell"
	ToClose  List = "to_close"
	Left     List = "left" // 撤档台账: the ledger of those who left
	Not      List = "not"  // refused and withdrawn
)

// Lists lists them in the order of an exit's life.
var Lists = []List{ToAssess, ToTell, ToClose, Left, Not}

// Key gives the name of the list.
func (l List) Key() words.Key { return words.Key("exit.list." + string(l)) }

// listStates says which states each list shows.
var listStates = map[List][]State{ToAssess: {Proposed}, ToTell: {Agreed}, ToClose: {Told}, Left: {Closed}, Not: {Refused, Withdrawn}}

// Bound is how far the exits of a list are counted; beyond it the number says nothing to a person and costs time.
const Bound = 1000

// ListOf gives one page of one list or several together within the scope, the newest first, below an id (zero: from the top).
func ListOf(ctx context.Context, q work.Querier, scope work.Scope, below ID, size int, lists ...List) ([]Exit, ID, error) {
	rows, err := q.Query(ctx, `
		-- exit.ListOf
		SELECT `+cover+fromExit+`
		WHERE e.state = ANY(@states) AND e.org_path LIKE @scope AND (@below::bigint = 0 OR e.id < @below)
		ORDER BY e.id DESC LIMIT @limit`,
		pgx.NamedArgs{"states": texts(lists), "scope": scope, "below": below, "limit": size + 1})
	if err != nil {
		return nil, 0, fmt.Errorf("listing exits %v: %w", lists, err)
	}
	all, err := pgx.CollectRows(rows, scanExit)
	if err != nil {
		return nil, 0, fmt.Errorf("listing exits %v: %w", lists, err)
	}
	if len(all) <= size {
		return all, 0, nil
	}
	return all[:size], all[size-1].ID, nil
}

// Waiting counts the exits of the lists that wait for somebody, up to Bound+1 each.
func Waiting(ctx context.Context, q work.Querier, scope work.Scope) (map[List]int, error) {
	rows, err := q.Query(ctx, `
		-- exit.Waiting
		SELECT s.state, count(w.*)::int FROM unnest('{proposed,agreed,told}'::text[]) s (state)
		LEFT JOIN LATERAL (SELECT 1 FROM exit_exit e WHERE e.state = s.state AND e.org_path LIKE @scope LIMIT @bound + 1) w ON true
		GROUP BY s.state`, pgx.NamedArgs{"scope": scope, "bound": Bound})
	if err != nil {
		return nil, fmt.Errorf("counting exits: %w", err)
	}
	counts := map[List]int{}
	var state State
	var n int
	_, err = pgx.ForEachRow(rows, []any{&state, &n}, func() error {
		for list, states := range listStates {
			if states[0] == state {
				counts[list] = n
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("counting exits: %w", err)
	}
	return counts, nil
}

// texts gives the states of lists as the database takes them.
func texts(lists []List) []string {
	var all []string
	for _, list := range lists {
		for _, s := range listStates[list] {
			all = append(all, string(s))
		}
	}
	return all
}
