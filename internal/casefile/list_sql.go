package casefile

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// level is the condition that a file lies in the scope, by the one column of its path where the scope's organisation
// stands. Unlike `org_path LIKE @scope` it is an equality, which an index serves together with the order of a list.
func level(scope work.Scope, args pgx.NamedArgs) string {
	depth, org := scope.Top()
	switch {
	case depth < 0:
		return "false"
	case depth == 0:
		return "true"
	}
	args["org"] = org
	return fmt.Sprintf("f.level_%d = @org", depth)
}

// keys are the columns of the orders.
var sortKeys = map[Sort]string{ByRegistration: "f.registered_at", BySpokenName: "f.head_pinyin", ByFileNumber: "f.number_key"}

// readList reads one file more than a page shows, from its end when the page was asked for from there. The inner
// statement finds the page in one index for each state; only then are the rows themselves read. The numbers of rows are
// written out: for a limit that it does not know the server plans as for a tenth of the register.
func readList(ctx context.Context, q work.Querier, scope work.Scope, query Query) ([]File, error) {
	args := pgx.NamedArgs{}
	key, down := sortKeys[query.Sort], query.Sort != BySpokenName && query.Sort != ByFileNumber
	if key == "" {
		key = sortKeys[ByRegistration]
	}
	fromEnd := query.Before != 0
	direction, follows := "ASC", ">"
	if down != (query.Backward != fromEnd) {
		direction, follows = "DESC", "<"
	}
	where := narrowed(scope, query, args)
	if cursor := max(query.After, query.Before); cursor != 0 {
		args["cursor"] = cursor
		where = append(where, fmt.Sprintf("(%s, f.id) %s (SELECT %[1]s, f.id FROM casefile_file f WHERE f.id = @cursor)", key, follows))
	}
	order := fmt.Sprintf("%s %s, f.id %[2]s", key, direction)
	states := listStates[query.List]
	if query.State != "" {
		states = []State{query.State}
	}
	of := func(state State, name string) string {
		args[name] = string(state)
		return fmt.Sprintf("(SELECT f.id, %s AS key FROM casefile_file f WHERE f.state = @%s AND %s ORDER BY %s LIMIT %d)",
			key, name, strings.Join(where, " AND "), order, query.Size+1)
	}
	parts := make([]string, len(states))
	for i, s := range states {
		parts[i] = of(s, fmt.Sprintf("state_%d", i))
	}
	rows, err := q.Query(ctx, `
		-- casefile.readList: one plan
		SELECT f.id, f.org_id, f.org_path, o.name, f.state, coalesce(f.number, ''), f.head_name, f.people, coalesce(f.main_cause, 0),
			coalesce(f.category, ''), coalesce(f.return_reason, ''), f.registered_by, f.registered_at, f.submitted_at, f.activated_at, f.closed_at, f.temporary_at
		FROM (SELECT id, key FROM (`+strings.Join(parts, " UNION ALL ")+fmt.Sprintf(`) p ORDER BY key %[1]s, id %[1]s LIMIT %[2]d) p
			JOIN casefile_file f ON f.id = p.id JOIN staff_org o ON o.id = f.org_id
		ORDER BY p.key %[1]s, p.id %[1]s`, direction, query.Size+1), args)
	if err != nil {
		return nil, err
	}
	return collectListed(rows, query.Size+1)
}

// listed is what the indexes of all lists but the registrar's own leave out. A statement that is planned once has to say it:
// the server does not know then which state is asked for.
const listed = "f.state NOT IN ('draft', 'returned')"

// narrowed gives the conditions of a list beside its state, and puts their arguments.
func narrowed(scope work.Scope, query Query, args pgx.NamedArgs) []string {
	where := []string{level(scope, args)}
	add := func(condition, name string, value any) {
		where, args[name] = append(where, condition), value
	}
	if query.List == MineList {
		add("f.registered_by = @who AND f.state IN ('draft', 'returned')", "who", query.Who)
	} else {
		where = append(where, listed)
	}
	if query.Category != "" {
		add("f.category = @category", "category", string(query.Category))
	}
	if query.Cause != 0 {
		add("f.main_cause = @cause", "cause", query.Cause)
	}
	if query.Housing != "" {
		add("f.housing = @housing", "housing", query.Housing)
	}
	if query.Lacking {
		add("f.papers_until < @today", "today", query.Today)
	}
	if query.From != (day.Date{}) {
		add("f.registered_at >= @from", "from", query.From.Start())
	}
	if query.To != (day.Date{}) {
		add("f.registered_at < @to", "to", query.To.Add(1).Start())
	}
	return where
}

// collectListed reads what a list shows of its files, at most size of them. One file is the target of all rows.
func collectListed(rows pgx.Rows, size int) ([]File, error) {
	var f File
	var submitted, activated, closed, temporary pgtype.Timestamptz
	files := make([]File, 0, size)
	_, err := pgx.ForEachRow(rows, []any{(*int64)(&f.ID), (*int64)(&f.OrgID), &f.OrgPath, &f.OrgName, (*string)(&f.State), &f.Number, &f.HeadName,
		&f.People, (*int16)(&f.MainCause), (*string)(&f.Category), &f.ReturnReason, (*int64)(&f.RegisteredBy), &f.RegisteredAt,
		&submitted, &activated, &closed, &temporary}, func() error {
		f.SubmittedAt, f.ActivatedAt, f.ClosedAt, f.TemporaryAt = submitted.Time, activated.Time, closed.Time, temporary.Time
		files = append(files, f)
		return nil
	})
	return files, err
}

// readCounts counts the files in each passing state, and a person's own registrations, up to Counted and one more.
func readCounts(ctx context.Context, q work.Querier, scope work.Scope, who work.StaffID) (map[State]int, int, error) {
	args := pgx.NamedArgs{"who": who, "states": texts([]State{Temporary, Submitted, Visited, Judged, Assessed, InNotice, Contested})}
	within := level(scope, args)
	// The order makes the server read the list's own index, whatever it thinks of how many there are.
	limit := fmt.Sprintf("ORDER BY f.registered_at, f.id LIMIT %d", Counted+1)
	rows, err := q.Query(ctx, `
		-- casefile.readCounts: one plan
		SELECT s.state, (SELECT count(*) FROM (SELECT FROM casefile_file f WHERE f.state = s.state AND `+listed+` AND `+within+` `+limit+`) c)
		FROM unnest(@states::text[]) AS s (state)
		UNION ALL
		SELECT 'draft', (SELECT count(*) FROM (SELECT FROM casefile_file f
			WHERE f.registered_by = @who AND f.state IN ('draft', 'returned') AND `+within+` `+limit+`) c)`, args)
	if err != nil {
		return nil, 0, err
	}
	counts := map[State]int{}
	var state State
	var count int
	_, err = pgx.ForEachRow(rows, []any{&state, &count}, func() error {
		counts[state] = count
		return nil
	})
	return counts, counts[Draft], err
}

// countList counts the files of a list in the order of its index, up to most and one more.
func countList(ctx context.Context, q work.Querier, scope work.Scope, query Query, most int) (int, error) {
	args := pgx.NamedArgs{}
	where := strings.Join(narrowed(scope, query, args), " AND ")
	parts := make([]string, len(listStates[query.List]))
	for i, s := range listStates[query.List] {
		name := fmt.Sprintf("state_%d", i)
		args[name] = string(s)
		// The order makes the server read the list's own index, as in readCounts.
		parts[i] = fmt.Sprintf("(SELECT f.id FROM casefile_file f WHERE f.state = @%s AND %s ORDER BY f.registered_at, f.id LIMIT %d)", name, where, most+1)
	}
	var n int
	err := q.QueryRow(ctx, `
		-- casefile.countList: one plan
		SELECT count(*) FROM (SELECT id FROM (`+strings.Join(parts, " UNION ALL ")+fmt.Sprintf(`) p LIMIT %d) c`, most+1), args).Scan(&n)
	return n, err
}

// texts gives states as the database takes them.
func texts(states []State) []string {
	all := make([]string, len(states))
	for i, s := range states {
		all[i] = string(s)
	}
	return all
}
