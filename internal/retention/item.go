package retention

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ItemState says what became of a file of a batch.
type ItemState string

// The states of a file of a batch.
const (
	ItemWaiting ItemState = "waiting"
	ItemErased  ItemState = "erased"
	ItemKept    ItemState = "kept" // a hold, or no agreement
)

// Key gives the word of the state.
func (s ItemState) Key() words.Key { return words.Key("retention.item." + string(s)) }

// Item is a file of a batch. Of a destroyed one Name is empty, and no page of it is left.
type Item struct {
	FileID   work.FileID
	Number   string
	Name     string // of the head, while the file is there
	State    ItemState
	Why      string // why it was kept after all: a bar of retention_bar
	EndedAt  time.Time
	ClosedOn day.Date
	Until    day.Date
	Ended    words.Key // how the file had ended
	Category string
	People   int
	Papers   int
	Bar      string    // what keeps it now, while it waits; empty = nothing
	FailedAt time.Time // since when it could not be destroyed because something is wrong with it; zero = not so
}

// WhyKey says what keeps a file, by the name of its rule.
func WhyKey(bar string) words.Key { return words.Key("retention.why." + bar) }

// Items lists one page of the files of a batch, in order of their ids, above one (zero: from the first).
func Items(ctx context.Context, q work.Querier, b Batch, today day.Date, above work.FileID, size int) ([]Item, work.FileID, error) {
	rows, err := q.Query(ctx, `
		-- retention.Items
		SELECT i.file_id, coalesce(f.number, ''), CASE WHEN f.erased_at IS NULL THEN f.head_name ELSE '' END, i.state, coalesce(i.why, ''), i.ended_at,
			(f.closed_at AT TIME ZONE 'Asia/Shanghai')::date, retention_until(f.closed_at), f.state,
			CASE WHEN f.state = 'closed' THEN coalesce(f.return_reason, '') ELSE '' END, coalesce(f.category, ''), f.people,
			coalesce((SELECT r.papers FROM retention_erased r WHERE r.file_id = f.id), (SELECT count(*) FROM casefile_evidence e WHERE e.file_id = f.id)),
			CASE WHEN i.state = 'waiting' THEN coalesce(retention_bar(f.id, @today), '') ELSE '' END, CASE WHEN i.state = 'waiting' THEN i.failed_at END
		FROM (SELECT i.* FROM retention_item i WHERE i.batch_id = @batch AND i.file_id > @above ORDER BY i.file_id LIMIT @limit) i
		JOIN casefile_file f ON f.id = i.file_id ORDER BY i.file_id`,
		pgx.NamedArgs{"batch": b.ID, "above": above, "limit": size + 1, "today": today})
	if err != nil {
		return nil, 0, fmt.Errorf("listing the files of batch %d: %w", b.ID, err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Item, error) {
		var i Item
		var ended, failed pgtype.Timestamptz
		var state casefile.State
		var reason string
		err := row.Scan(&i.FileID, &i.Number, &i.Name, &i.State, &i.Why, &ended, &i.ClosedOn, &i.Until, &state, &reason, &i.Category,
			&i.People, &i.Papers, &i.Bar, &failed)
		i.EndedAt, i.FailedAt, i.Ended = ended.Time, failed.Time, Ended(state, reason)
		return i, err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("listing the files of batch %d: %w", b.ID, err)
	}
	if len(all) <= size {
		return all, 0, nil
	}
	return all[:size], all[size-1].FileID, nil
}

// Erased is what is left of a destroyed file.
type Erased struct {
	FileID       work.FileID
	Number       string
	OrgName      string
	Ended        words.Key
	RegisteredOn day.Date
	ActivatedOn  day.Date // zero = never on the register
	ClosedOn     day.Date
	Until        day.Date
	Category     string
	Cause        casefile.Cause
	People       int
	Papers       int
	Bytes        int64
	Versions     int
	Visits       int
	Entries      int // of the trail, of which only coded facts are left
	Grants       int
	Aid          money.Amount
	ErasedAt     time.Time
}

// ErasedOf lists what is left of the files of a batch, in order of their numbers; at most Most.
func ErasedOf(ctx context.Context, q work.Querier, id BatchID) ([]Erased, error) {
	rows, err := q.Query(ctx, `
		-- retention.ErasedOf
		SELECT r.file_id, r.number, o.name, r.ended, r.reason, r.registered_on, r.activated_on, r.closed_on, r.term_until, r.category, r.cause,
			r.people, r.papers, r.bytes, r.versions, r.visits, r.entries, coalesce(a.grants, 0), coalesce(a.fen, 0), r.erased_at
		FROM retention_erased r JOIN staff_org o ON o.id = r.org_id
		LEFT JOIN LATERAL (SELECT sum(a.grants)::int AS grants, sum(a.amount_fen)::bigint AS fen FROM retention_aid a WHERE a.file_id = r.file_id) a ON true
		WHERE r.batch_id = @id ORDER BY r.number, r.file_id`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, fmt.Errorf("listing what is left of batch %d: %w", id, err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Erased, error) {
		var e Erased
		var state casefile.State
		var reason string
		err := row.Scan(&e.FileID, &e.Number, &e.OrgName, &state, &reason, &e.RegisteredOn, &e.ActivatedOn, &e.ClosedOn, &e.Until, &e.Category,
			&e.Cause, &e.People, &e.Papers, &e.Bytes, &e.Versions, &e.Visits, &e.Entries, &e.Grants, (*int64)(&e.Aid), &e.ErasedAt)
		e.Ended = Ended(state, reason)
		return e, err
	})
	if err != nil {
		return nil, fmt.Errorf("listing what is left of batch %d: %w", id, err)
	}
	return all, nil
}
