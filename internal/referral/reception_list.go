package referral

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ReceptionView is one of the work lists of visitors.
type ReceptionView string

// The views.
const (
	ReceptionsWaiting  ReceptionView = "waiting"
	ReceptionsLate     ReceptionView = "late"   // the answer is overdue
	ReceptionsFollow   ReceptionView = "follow" // the day to ask again has come
	ReceptionsAnswered ReceptionView = "answered"
	ReceptionsClosed   ReceptionView = "closed"
)

// ReceptionViews lists all views in the order of the page.
var ReceptionViews = []ReceptionView{ReceptionsWaiting, ReceptionsLate, ReceptionsFollow, ReceptionsAnswered, ReceptionsClosed}

// Key gives the word of the view.
func (v ReceptionView) Key() words.Key { return words.Key("referral.reception.view." + string(v)) }

// receptionConditions says which records are in a view.
var receptionConditions = map[ReceptionView]string{
	ReceptionsWaiting:  `r.state = 'waiting'`,
	ReceptionsLate:     `r.state = 'waiting' AND r.due_on < @today`,
	ReceptionsFollow:   `r.state <> 'closed' AND r.follow_on <= @today`,
	ReceptionsAnswered: `r.state = 'answered'`,
	ReceptionsClosed:   `r.state = 'closed'`,
}

// Receptions gives at most limit records of a view within the scope, the newest first, below an id (zero = from the
// newest), and the cursor of the next page, or zero. No phones are read.
func Receptions(ctx context.Context, q work.Querier, scope work.Scope, view ReceptionView, today day.Date, below ReceptionID, limit int) ([]Reception, ReceptionID, error) {
	rows, err := q.Query(ctx, `
		-- referral.Receptions
		SELECT `+receptionCover+` FROM (SELECT * FROM referral_reception r WHERE `+receptionConditions[view]+` AND r.org_path LIKE @scope
			AND (@below::bigint = 0 OR r.id < @below) ORDER BY r.id DESC LIMIT @limit)`+receptionJoined+`ORDER BY r.id DESC`,
		pgx.NamedArgs{"scope": scope, "today": today, "below": below, "limit": limit + 1})
	if err != nil {
		return nil, 0, fmt.Errorf("listing visitors: %w", err)
	}
	list, err := pgx.CollectRows(rows, scanReception)
	if err != nil {
		return nil, 0, fmt.Errorf("listing visitors: %w", err)
	}
	if len(list) <= limit {
		return list, 0, nil
	}
	return list[:limit], list[limit-1].ID, nil
}

// ReceptionCounts tells for the views in which somebody has to act how many records they hold, at most MostCounted + 1.
func ReceptionCounts(ctx context.Context, q work.Querier, scope work.Scope, today day.Date) (map[ReceptionView]int, error) {
	counts, err := countViews(ctx, q, `
		-- referral.ReceptionCounts
		SELECT `, `FROM referral_reception r WHERE r.org_path LIKE @scope`, ReceptionViews[:4], receptionConditions, scope, today)
	if err != nil {
		return nil, fmt.Errorf("counting visitors: %w", err)
	}
	return counts, nil
}

// ReceptionOf gives the record of a visitor that a file began with, without the phone; false when it began otherwise.
func ReceptionOf(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) (Reception, bool, error) {
	rows, err := q.Query(ctx, `
		-- referral.ReceptionOf
		SELECT `+receptionCover+` FROM referral_reception`+receptionJoined+`JOIN casefile_file f ON f.id = r.file_id
		WHERE r.file_id = @file AND f.org_path LIKE @scope`, pgx.NamedArgs{"file": file, "scope": scope})
	if err != nil {
		return Reception{}, false, fmt.Errorf("finding the visitor of file %d: %w", file, err)
	}
	list, err := pgx.CollectRows(rows, scanReception)
	if err != nil || len(list) == 0 {
		return Reception{}, false, err
	}
	return list[0], true, nil
}

// ReceptionEvents lists what happened to the record of a visitor, the newest first.
func ReceptionEvents(ctx context.Context, q work.Querier, id ReceptionID) ([]Event, error) {
	rows, err := q.Query(ctx, `
		-- referral.ReceptionEvents
		SELECT e.act, e.on_day, e.note, e.next_on, s.name, e.done_at
		FROM referral_reception_event e JOIN staff_member s ON s.id = e.done_by WHERE e.reception_id = @id ORDER BY e.id DESC`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, fmt.Errorf("reading what happened to reception %d: %w", id, err)
	}
	events, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Event])
	if err != nil {
		return nil, fmt.Errorf("reading what happened to reception %d: %w", id, err)
	}
	return events, nil
}
