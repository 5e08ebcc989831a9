package work

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
)

// Querier reads: a pool, a connection or a Unit.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// Beginner starts transactions: a pool, or a transaction in a test (then a savepoint).
type Beginner interface {
	Querier
	Begin(ctx context.Context) (pgx.Tx, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// Snapshot lets fn read while every statement sees the database as it stood at the first one, for what takes longer than
// others take to change it. It reads with the server's settings given, such as "statement_timeout = '30min'". A database
// that is a transaction already, as in a test, is read as it is.
func Snapshot(ctx context.Context, db Beginner, fn func(q Querier) error, settings ...string) error {
	if tx, ok := db.(pgx.Tx); ok {
		return fn(tx)
	}
	tx, err := db.Begin(ctx)
	if err != nil {
		return fmt.Errorf("beginning to read: %w", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // nothing was written
	if _, err := tx.Exec(ctx, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"); err != nil {
		return fmt.Errorf("beginning to read: %w", err)
	}
	for _, setting := range settings {
		if _, err := tx.Exec(ctx, "SET LOCAL "+setting); err != nil {
			return fmt.Errorf("beginning to read: %w", err)
		}
	}
	return fn(tx)
}

// Clock reads the time. There is one in the program, made at start.
type Clock func() time.Time

// Unit is one piece of work: a transaction, the time it counts as, and the person who acts.
type Unit struct {
	pgx.Tx
	Now     time.Time
	By      Actor
	audited bool
}

// NewUnit wraps a transaction that somebody else commits or rolls back, as tests do.
func NewUnit(tx pgx.Tx, now time.Time, by Actor) *Unit {
	return &Unit{Tx: tx, Now: now, By: by}
}

// Today is the civil date of the unit, in China.
func (u *Unit) Today() day.Date { return day.On(u.Now) }

// Entry is one fact for the audit trail: which act, on which record, about which household, and what changed.
// It never holds an ID, card or phone number in the clear; one that somebody typed into a reason is masked.
type Entry struct {
	Act     string // "grant.approve"
	Kind    string // kind of the record: "application"
	ID      int64
	FileID  FileID // zero when no household is concerned
	Changes []Change
}

// Change is one field before and after.
type Change struct {
	Field  string `json:"field"`
	Before any    `json:"before,omitempty"`
	After  any    `json:"after,omitempty"`
}

// encoded writes the changes as the trail keeps them.
func (e Entry) encoded() ([]byte, error) {
	if e.Changes == nil {
		return []byte("[]"), nil
	}
	changes, err := json.Marshal(masked(e.Changes))
	if err != nil {
		return nil, fmt.Errorf("encoding audit entry %s: %w", e.Act, err)
	}
	return changes, nil
}

// masked gives the changes with the numbers of people in their texts masked. What was handed in stays as it is.
func masked(changes []Change) []Change {
	hide := func(value any) (any, bool) {
		v := reflect.ValueOf(value)
		if v.Kind() != reflect.String {
			return value, false
		}
		text := idcard.MaskWithin(v.String())
		return text, text != v.String()
	}
	whole := true
	for i, c := range changes {
		before, first := hide(c.Before)
		after, second := hide(c.After)
		if !first && !second {
			continue
		}
		if whole {
			changes, whole = slices.Clone(changes), false
		}
		changes[i].Before, changes[i].After = before, after
	}
	return changes
}

// Audit writes an entry in the unit's own transaction. A unit without one does not commit.
func (u *Unit) Audit(ctx context.Context, e Entry) error {
	changes, err := e.encoded()
	if err != nil {
		return err
	}
	_, err = u.Exec(ctx, `
		-- work.Audit
		INSERT INTO audit_entry (at, staff_id, staff_name, org_id, address, act, kind, subject_id, file_id, changes)
		VALUES (@at, nullif(@staff, 0), @name, nullif(@org, 0), @address, @act, @kind, @id, nullif(@file, 0), @changes)`,
		pgx.NamedArgs{
			"at": u.Now, "staff": int64(u.By.StaffID), "name": u.By.Name, "org": int64(u.By.OrgID),
			"address": u.By.Address, "act": e.Act, "kind": e.Kind, "id": e.ID, "file": int64(e.FileID),
			"changes": changes,
		})
	if err != nil {
		return fmt.Errorf("writing audit entry %s: %w", e.Act, err)
	}
	u.audited = true
	return nil
}

// AuditMany writes many entries at once, for what is done to a batch of records. No entries are no audit.
func (u *Unit) AuditMany(ctx context.Context, entries []Entry) error {
	if len(entries) == 0 {
		return nil
	}
	acts, kinds, changes := make([]string, len(entries)), make([]string, len(entries)), make([]string, len(entries))
	ids, files := make([]int64, len(entries)), make([]int64, len(entries))
	for i, e := range entries {
		encoded, err := e.encoded()
		if err != nil {
			return err
		}
		acts[i], kinds[i], ids[i], files[i], changes[i] = e.Act, e.Kind, e.ID, int64(e.FileID), string(encoded)
	}
	_, err := u.Exec(ctx, `
		-- work.AuditMany
		INSERT INTO audit_entry (at, staff_id, staff_name, org_id, address, act, kind, subject_id, file_id, changes)
		SELECT @at, nullif(@staff::bigint, 0), @name, nullif(@org::bigint, 0), @address, e.act, e.kind, e.id, nullif(e.file, 0), e.changes::jsonb
		FROM unnest(@acts::text[], @kinds::text[], @ids::bigint[], @files::bigint[], @changes::text[]) AS e (act, kind, id, file, changes)`,
		pgx.NamedArgs{
			"at": u.Now, "staff": int64(u.By.StaffID), "name": u.By.Name, "org": int64(u.By.OrgID), "address": u.By.Address,
			"acts": acts, "kinds": kinds, "ids": ids, "files": files, "changes": changes,
		})
	if err != nil {
		return fmt.Errorf("writing %d audit entries: %w", len(entries), err)
	}
	u.audited = true
	return nil
}

// ChangeOne runs a statement that must touch exactly one row. None is ErrStale: the row had moved on.
func (u *Unit) ChangeOne(ctx context.Context, sql string, args ...any) error {
	tag, err := u.Exec(ctx, sql, args...)
	if err != nil {
		return err
	}
	switch tag.RowsAffected() {
	case 1:
		return nil
	case 0:
		return ErrStale
	default:
		return fmt.Errorf("one row was to change, not %d", tag.RowsAffected())
	}
}

// Within runs fn in a savepoint of the unit: when fn fails, what it did is undone and the unit can go on, so that a refusal
// of the database can be put into words by reading more. The unit's own audit entry is written outside of it.
func (u *Unit) Within(ctx context.Context, fn func(*Unit) error) error {
	tx, err := u.Begin(ctx)
	if err != nil {
		return err
	}
	if err := fn(NewUnit(tx, u.Now, u.By)); err != nil {
		if undo := tx.Rollback(ctx); undo != nil {
			return undo
		}
		return err
	}
	return tx.Commit(ctx)
}

// Do runs one unit of work and commits it. It refuses to commit without an audit entry, and makes the deferred
// constraints speak before the commit, so that their refusal is an ordinary error.
func Do(ctx context.Context, db Beginner, now time.Time, by Actor, fn func(*Unit) error) error {
	tx, err := db.Begin(ctx)
	if err != nil {
		return fmt.Errorf("beginning a unit of work: %w", err)
	}
	u := NewUnit(tx, now, by)
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // does nothing after a commit
	if err := fn(u); err != nil {
		return err
	}
	if !u.audited {
		return ErrUnaudited
	}
	if _, err := tx.Exec(ctx, "SET CONSTRAINTS ALL IMMEDIATE"); err != nil {
		return fmt.Errorf("checking deferred constraints: %w", err)
	}
	if err := tx.Commit(ctx); err != nil {
		return fmt.Errorf("committing a unit of work: %w", err)
	}
	return nil
}

// Each does one unit for each of a job's records, as the program itself. One that somebody else changed meanwhile (ErrStale)
// is passed over; any other error stops, with the number of those before it.
func Each[T any](ctx context.Context, db Beginner, clock Clock, job string, records []T, fn func(*Unit, T) error) (int, error) {
	for n, record := range records {
		err := Do(ctx, db, clock(), System(job), func(u *Unit) error { return fn(u, record) })
		if err != nil && !errors.Is(err, ErrStale) {
			return n, err
		}
	}
	return len(records), nil
}

// Form is one submission: the one-time key the server gave with the form, where it was sent, and a hash of what.
type Form struct {
	Key  string
	Path string
	Body [32]byte
}

// errRepeated ends a unit whose form had been done before.
var errRepeated = errors.New("form done before")

// Once runs one unit for one form. fn answers with the address to go to next. The same form again, be it a double
// click, a retry or a replay, gives the same address and has no second effect; the same key with another body or
// sent elsewhere is ErrReused. Two at the same moment wait for each other on the key's primary key.
func Once(ctx context.Context, db Beginner, now time.Time, by Actor, form Form, fn func(*Unit) (string, error)) (string, error) {
	var to string
	err := Do(ctx, db, now, by, func(u *Unit) error {
		fresh, err := claim(ctx, u, form)
		if err != nil {
			return err
		}
		if !fresh {
			to, err = recall(ctx, u, form)
			if err != nil {
				return err
			}
			return errRepeated
		}
		to, err = fn(u)
		if err != nil {
			return err
		}
		return u.ChangeOne(ctx, `
			-- work.Once
			UPDATE work_form_key SET location = @to WHERE key = @key`,
			pgx.NamedArgs{"to": to, "key": form.Key})
	})
	if errors.Is(err, errRepeated) {
		return to, nil
	}
	if err != nil {
		return "", err
	}
	return to, nil
}

// claim inserts the form key, waiting for a unit at work on the same form. It is false when the form was done before.
func claim(ctx context.Context, u *Unit, form Form) (bool, error) {
	tag, err := u.Exec(ctx, `
		-- work.claim
		INSERT INTO work_form_key (key, staff_id, path, body, at) VALUES (@key, @staff, @path, @body, @at)
		ON CONFLICT (key) DO NOTHING`,
		pgx.NamedArgs{"key": form.Key, "staff": int64(u.By.StaffID), "path": form.Path, "body": form.Body[:], "at": u.Now})
	if err != nil {
		return false, fmt.Errorf("claiming a form key: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// recall gives where a form done before had led to.
func recall(ctx context.Context, u *Unit, form Form) (string, error) {
	var to string
	err := u.QueryRow(ctx, `
		-- work.recall
		SELECT location FROM work_form_key WHERE key = @key AND staff_id = @staff AND path = @path AND body = @body`,
		pgx.NamedArgs{"key": form.Key, "staff": int64(u.By.StaffID), "path": form.Path, "body": form.Body[:]}).Scan(&to)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", ErrReused
	}
	if err != nil {
		return "", fmt.Errorf("recalling a form: %w", err)
	}
	return to, nil
}
