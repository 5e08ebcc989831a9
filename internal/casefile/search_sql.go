package casefile

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// conditions says how each kind of search finds its people. Names are compared from their beginning.
var conditions = map[Sought]string{
	ByName:   `p.name LIKE @sought`,
	ByID:     `p.id_index = @index`,
	ByPhone:  `p.phone_index = @index`,
	ByNumber: `f.number = @sought AND p.relation = 'head'`,
}

// search reads one file more than a search lists, the newest first.
func search(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, by Sought, sought string) ([]Found, error) {
	args := pgx.NamedArgs{"scope": scope, "sought": sought, "index": []byte(nil), "limit": most + 1}
	switch by {
	case ByName:
		args["sought"] = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(sought) + "%"
	case ByID:
		args["index"] = keys.Index(sought, numberContext)
	case ByPhone:
		args["index"] = keys.Index(sought, phoneContext)
	}
	rows, err := q.Query(ctx, `
		-- casefile.search
		SELECT `+cover+`, p.name, p.relation FROM casefile_person p JOIN casefile_file f ON f.id = p.file_id
			JOIN staff_org o ON o.id = f.org_id JOIN staff_member s ON s.id = f.registered_by
		WHERE `+conditions[by]+` AND p.left_on IS NULL AND f.org_path LIKE @scope
		ORDER BY f.id DESC LIMIT @limit`, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFound)
}

// scanFound reads a cover and the person who fits.
func scanFound(row pgx.CollectableRow) (Found, error) {
	var found Found
	file, err := scanFile(extra{row, []any{&found.Person, &found.Relation}})
	found.File = file
	return found, err
}

// extra is a row that has more columns than its reader knows.
type extra struct {
	pgx.CollectableRow
	rest []any
}

// Scan reads the columns that are known, and the rest.
func (e extra) Scan(dest ...any) error { return e.CollectableRow.Scan(append(dest, e.rest...)...) }

// readList reads covers by state, below an id, newest first.
func readList(ctx context.Context, q work.Querier, scope work.Scope, states []State, who work.StaffID, below work.FileID, limit int) ([]File, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readList
		SELECT `+cover+fromFile+`
		WHERE f.state = ANY(@states) AND f.org_path LIKE @scope AND (@who::bigint = 0 OR f.registered_by = @who)
			AND (@below::bigint = 0 OR f.id < @below)
		ORDER BY f.id DESC LIMIT @limit`,
		pgx.NamedArgs{"states": texts(states), "scope": scope, "who": who, "below": below, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFile)
}

// readCounts counts the files in passing states, and a person's own registrations.
func readCounts(ctx context.Context, q work.Querier, scope work.Scope, who work.StaffID) (map[State]int, int, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readCounts
		SELECT f.state, count(*), count(*) FILTER (WHERE f.registered_by = @who) FROM casefile_file f
		WHERE f.state = ANY(@states) AND f.org_path LIKE @scope GROUP BY f.state`,
		pgx.NamedArgs{"scope": scope, "who": who,
			"states": texts([]State{Draft, Returned, Submitted, Visited, Judged, Assessed, InNotice, Contested})})
	if err != nil {
		return nil, 0, err
	}
	counts, mine := map[State]int{}, 0
	_, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (struct{}, error) {
		var state State
		var all, own int
		err := row.Scan(&state, &all, &own)
		counts[state] = all
		if state.Editable() {
			mine += own
		}
		return struct{}{}, err
	})
	return counts, mine, err
}

// texts gives states as the database takes them.
func texts(states []State) []string {
	all := make([]string, len(states))
	for i, s := range states {
		all[i] = string(s)
	}
	return all
}
