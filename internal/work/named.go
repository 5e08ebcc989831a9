package work

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Reading gives a database that reads each statement with named arguments once. The driver finds the names in the text
// anew for every call, which costs a page of a file more than the round trips to a server beside it.
func Reading(db Beginner) Beginner { return readBeginner{db, &texts{}} }

// texts remembers statements with their names. There are a few hundred, most of them written out in the program; lists
// are put together of parts, so there is a limit.
type texts struct {
	mu    sync.RWMutex
	known map[string]*read
}

// read is a statement with numbered arguments and the name of each.
type read struct {
	sql   string
	names []string
}

const mostTexts = 4000

// of gives the statement as the server takes it, with the arguments in their order.
func (t *texts) of(ctx context.Context, sql string, args []any) (string, []any, error) {
	if len(args) != 1 {
		return sql, args, nil
	}
	named, ok := args[0].(pgx.NamedArgs)
	if !ok {
		return sql, args, nil
	}
	t.mu.RLock()
	r := t.known[sql]
	t.mu.RUnlock()
	if r == nil {
		var err error
		if r, err = learn(ctx, sql, named); err != nil {
			return "", nil, err
		}
		if r == nil {
			return sql, args, nil
		}
		t.mu.Lock()
		if t.known == nil || len(t.known) >= mostTexts {
			t.known = map[string]*read{}
		}
		t.known[sql] = r
		t.mu.Unlock()
	}
	values := make([]any, len(r.names))
	for i, name := range r.names {
		values[i] = named[name] // nil for one that is not given this time, as the driver does it
	}
	return r.sql, values, nil
}

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
	r := &read{sql: text, names: make([]string, len(values))}
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
	texts *texts
}

func (b readBeginner) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	sql, args, err := b.texts.of(ctx, sql, args)
	if err != nil {
		return nil, err
	}
	return b.Beginner.Query(ctx, sql, args...)
}

func (b readBeginner) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	text, values, err := b.texts.of(ctx, sql, args)
	if err != nil {
		return b.Beginner.QueryRow(ctx, sql, args...) // which will say so itself
	}
	return b.Beginner.QueryRow(ctx, text, values...)
}

func (b readBeginner) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	sql, args, err := b.texts.of(ctx, sql, args)
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
	sql, args, err := t.texts.of(ctx, sql, args)
	if err != nil {
		return nil, err
	}
	return t.Tx.Query(ctx, sql, args...)
}

func (t readTx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	text, values, err := t.texts.of(ctx, sql, args)
	if err != nil {
		return t.Tx.QueryRow(ctx, sql, args...) // which will say so itself
	}
	return t.Tx.QueryRow(ctx, text, values...)
}

func (t readTx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	sql, args, err := t.texts.of(ctx, sql, args)
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
