package exit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// CallbackID names a row of exit_callback.
type CallbackID int64

// Result is what a callback found.
type Result string

// The results of a callback.
const (
	Stable     Result = "stable"      // 稳定
	NeedsHelp  Result = "needs_help"  // 需要帮助
	Relapse    Result = "relapse"     // 返困
	NotReached Result = "not_reached" // 联系不上
)

// Results lists them in the order of the form.
var Results = []Result{Stable, NeedsHelp, Relapse, NotReached}

// Key gives the word of the result.
func (r Result) Key() words.Key { return words.Key("exit.result." + string(r)) }

// Contact says how the household was reached.
type Contact string

// Contacts lists the ways.
var Contacts = []Contact{"phone", "home"}

// Key gives the word of the way.
func (c Contact) Key() words.Key { return words.Key("exit.contact." + string(c)) }

// Callback is one look after a household that left the register.
type Callback struct {
	ID        CallbackID
	ExitID    ID
	FileID    work.FileID
	Number    string
	HeadName  string
	OrgName   string
	Reason    string // of the exit
	ClosedAt  time.Time
	DueOn     day.Date
	DoneOn    day.Date // zero = not yet
	How       Contact
	Result    Result
	Note      string
	CalledBy  string
	EnteredAt time.Time
}

// Done tells whether the callback was made.
func (c Callback) Done() bool { return !c.DoneOn.IsZero() }

// early is by how many days a callback may come before its day.
const early = 30

// Call notes a callback. What is not stable says more.
func Call(ctx context.Context, u *work.Unit, id CallbackID, on day.Date, how Contact, result Result, note string) error {
	c, err := FindCallback(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	switch {
	case c.Done():
		return work.Refuse("exit.refusal.called", c.DoneOn)
	case on.IsZero() || on.After(u.Today()):
		return work.Refuse("exit.refusal.future").On("done_on")
	case on.Before(day.On(c.ClosedAt)):
		return work.Refuse("exit.refusal.before_closed", day.On(c.ClosedAt)).On("done_on")
	case on.Before(c.DueOn.Add(-early)):
		return work.Refuse("exit.refusal.early", c.DueOn.Add(-early)).On("done_on")
	case result != Stable && note == "":
		return work.Refuse("exit.refusal.note").On("note")
	}
	err = u.ChangeOne(ctx, `
		-- exit.Call
		UPDATE exit_callback SET done_on = @on, how = @how, result = @result, note = @note, called_by = @by, entered_at = @now
		WHERE id = @id AND done_on IS NULL`,
		pgx.NamedArgs{"id": id, "on": on, "how": string(how), "result": string(result), "note": note, "by": u.By.StaffID, "now": u.Now})
	if err != nil {
		return fmt.Errorf("noting callback %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "exit.call", Kind: "callback", ID: int64(id), FileID: c.FileID, Changes: []work.Change{
		{Field: "done_on", After: on.String()}, {Field: "how", After: how}, {Field: "result", After: result}}})
}

// insertCallbacks sets the days on which the household is called back, by the rule of its exit.
func insertCallbacks(ctx context.Context, u *work.Unit, e Exit) error {
	for _, months := range e.Rule.Callbacks {
		_, err := u.Exec(ctx, `
			-- exit.insertCallbacks
			INSERT INTO exit_callback (exit_id, file_id, org_path, due_on) VALUES (@exit, @file, '', @due)`,
			pgx.NamedArgs{"exit": e.ID, "file": e.FileID, "due": u.Today().AddMonths(months)})
		if err != nil {
			return err
		}
	}
	return nil
}

const callbackColumns = `k.id, k.exit_id, k.file_id, coalesce(f.number, ''), f.head_name, o.name, e.reason, e.closed_at, k.due_on,
	k.done_on, coalesce(k.how, ''), coalesce(k.result, ''), coalesce(k.note, ''), coalesce(s.name, ''), k.entered_at`

const fromCallback = ` FROM exit_callback k
	JOIN exit_exit e ON e.id = k.exit_id
	JOIN casefile_file f ON f.id = k.file_id
	JOIN staff_org o ON o.id = f.org_id
	LEFT JOIN staff_member s ON s.id = k.called_by `

func scanCallback(row pgx.CollectableRow) (Callback, error) {
	var c Callback
	var entered pgtype.Timestamptz
	err := row.Scan(&c.ID, &c.ExitID, &c.FileID, &c.Number, &c.HeadName, &c.OrgName, &c.Reason, &c.ClosedAt, &c.DueOn,
		&c.DoneOn, &c.How, &c.Result, &c.Note, &c.CalledBy, &entered)
	c.EnteredAt = entered.Time
	return c, err
}

// FindCallback gives one callback, or work.ErrNotFound.
func FindCallback(ctx context.Context, q work.Querier, scope work.Scope, id CallbackID) (Callback, error) {
	rows, err := q.Query(ctx, `
		-- exit.FindCallback
		SELECT `+callbackColumns+fromCallback+`WHERE k.id = @id AND k.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Callback{}, fmt.Errorf("finding callback %d: %w", id, err)
	}
	c, err := pgx.CollectExactlyOneRow(rows, scanCallback)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	if err != nil {
		return c, fmt.Errorf("finding callback %d: %w", id, err)
	}
	return c, nil
}

// CallbacksOf lists the callbacks of an exit by their days.
func CallbacksOf(ctx context.Context, q work.Querier, id ID) ([]Callback, error) {
	rows, err := q.Query(ctx, `
		-- exit.CallbacksOf
		SELECT `+callbackColumns+fromCallback+`WHERE k.exit_id = @id ORDER BY k.due_on`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, fmt.Errorf("listing the callbacks of exit %d: %w", id, err)
	}
	all, err := pgx.CollectRows(rows, scanCallback)
	if err != nil {
		return nil, fmt.Errorf("listing the callbacks of exit %d: %w", id, err)
	}
	return all, nil
}

// Cursor is the place in the list of callbacks after which a page begins; zero is the top.
type Cursor struct {
	DueOn day.Date
	ID    CallbackID
}

// Due gives one page of the callbacks that are due by a day and not made, the oldest first.
func Due(ctx context.Context, q work.Querier, scope work.Scope, by day.Date, after Cursor, size int) ([]Callback, Cursor, error) {
	rows, err := q.Query(ctx, `
		-- exit.Due
		SELECT `+callbackColumns+fromCallback+`
		WHERE k.done_on IS NULL AND k.org_path LIKE @scope AND k.due_on <= @by
			AND (@id::bigint = 0 OR (k.due_on, k.id) > (@on::date, @id::bigint))
		ORDER BY k.due_on, k.id LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "by": by, "id": after.ID, "on": after.DueOn, "limit": size + 1})
	if err != nil {
		return nil, Cursor{}, fmt.Errorf("listing callbacks: %w", err)
	}
	all, err := pgx.CollectRows(rows, scanCallback)
	if err != nil {
		return nil, Cursor{}, fmt.Errorf("listing callbacks: %w", err)
	}
	if len(all) <= size {
		return all, Cursor{}, nil
	}
	last := all[size-1]
	return all[:size], Cursor{DueOn: last.DueOn, ID: last.ID}, nil
}
