package work

import (
	"context"
	"regexp"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Reading gives a database that reads each statement with named arguments once. The driver finds the names in the text
// anew for every call, which costs a page of a file more than the round trips to a server beside it.
//
// A statement whose first line ends with ": one plan" goes to planned, a connection to the same database that plans a
// statement once and for all (plan_cache_mode = force_generic_plan): where each way to ask reads one range of one index,
// the server would otherwise plan anew each time, for longer than it reads.
func Reading(db, planned Beginner) Beginner { return readBeginner{db, planned, &texts{}} }

// texts remembers statements with their names. There are a few hundred, most of them written out in the program; lists
// are put together of parts, so there is a limit.
type texts struct {
	mu    sync.RWMutex
	known map[string]*read
}

// read is a statement with numbered arguments and the name of each.
type read struct {
	sql     string
	names   []string
	onePlan bool
}

const mostTexts = 4000

// of gives the statement as the server takes it, with the arguments in their order, and whether one plan does for it.
func (t *texts) of(ctx context.Context, sql string, args []any) (text string, values []any, onePlan bool, err error) {
	if len(args) != 1 {
		return sql, args, false, nil
	}
	named, ok := args[0].(pgx.NamedArgs)
	if !ok {
		return sql, args, false, nil
	}
	t.mu.RLock()
	r := t.known[sql]
	t.mu.RUnlock()
	if r == nil {
		if r, err = learn(ctx, sql, named); err != nil {
			return "", nil, false, err
		}
		if r == nil {
			return sql, args, false, nil
		}
		t.mu.Lock()
		if t.known == nil || len(t.known) >= mostTexts {
			t.known = map[string]*read{}
		}
		t.known[sql] = r
		t.mu.Unlock()
	}
	values = make([]any, len(r.names))
	for i, name := range r.names {
		values[i] = named[name] // nil for one that is not given this time, as the driver does it
	}
	return r.sql, values, r.onePlan, nil
}

// onePlan ends the first line of a statement that is planned once.
var onePlan = regexp.MustCompile(`^\s*-- [^\n]*: one plan\n`)

// named stands for the value of a name while its place is found.
type named string

// learn lets the driver read the statement once, with each name as its own value; nil when a name of the statement was
// not given, for then nobody knows which.
func learn(ctx context.Context, sql string, args pgx.NamedArgs) (*read, error) {
	stand := pgx.NamedArgs{}
	for name := range args {
		stand[name] = named(name)
	}
	text, values, err := stand.RewriteQuery(ctx, nil, sql, nil)
	if err != nil {
		return nil, err
	}
	r := &read{sql: text, names: make([]string, len(values)), onePlan: onePlan.MatchString(sql)}
	for i, v := range values {
		name, ok := v.(named)
		if !ok {
			return nil, nil
		}
		r.names[i] = string(name)
	}
	return r, nil
}

// readBeginner is a database whose statements are read once.
type readBeginner struct {
	Beginner
	planned Beginner
	texts   *texts
}

// at is where a statement goes.
func (b readBeginner) at(onePlan bool) Beginner {
	if onePlan {
		return b.planned
	}
	return b.Beginner
}

func (b readBeginner) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	sql, args, once, err := b.texts.of(ctx, sql, args)
	if err != nil {
		return nil, err
	}
	return b.at(once).Query(ctx, sql, args...)
}

func (b readBeginner) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	text, values, once, err := b.texts.of(ctx, sql, args)
	if err != nil {
		return b.Beginner.QueryRow(ctx, sql, args...) // which will say so itself
	}
	return b.at(once).QueryRow(ctx, text, values...)
}

func (b readBeginner) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	sql, args, _, err := b.texts.of(ctx, sql, args)
	if err != nil {
		return pgconn.CommandTag{}, err
	}
	return b.Beginner.Exec(ctx, sql, args...)
}

func (b readBeginner) Begin(ctx context.Context) (pgx.Tx, error) {
	tx, err := b.Beginner.Begin(ctx)
	if err != nil {
		return nil, err
	}
	return readTx{tx, b.texts}, nil
}

// readTx is a transaction, or a savepoint in one, whose statements are read once.
type readTx struct {
	pgx.Tx
	texts *texts
}

func (t readTx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	sql, args, _, err := t.texts.of(ctx, sql, args)
	if err != nil {
		return nil, err
	}
	return t.Tx.Query(ctx, sql, args...)
}

func (t readTx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	text, values, _, err := t.texts.of(ctx, sql, args)
	if err != nil {
		return t.Tx.QueryRow(ctx, sql, args...) // which will say so itself
	}
	return t.Tx.QueryRow(ctx, text, values...)
}

func (t readTx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	sql, args, _, err := t.texts.of(ctx, sql, args)
	if err != nil {
		return pgconn.CommandTag{}, err
	}
	return t.Tx.Exec(ctx, sql, args...)
}

func (t readTx) Begin(ctx context.Context) (pgx.Tx, error) {
	tx, err := t.Tx.Begin(ctx)
	if err != nil {
		return nil, err
	}
	return readTx{tx, t.texts}, nil
}
