package referral

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// View is one of the work lists of referrals.
type View string

// The views.
const (
	ViewWaiting  View = "waiting"  // sent, and no answer yet
	ViewLate     View = "late"     // the answer is overdue
	ViewFollow   View = "follow"   // the day to ask again has come
	ViewDrafts   View = "drafts"   // to be sent, or to be completed and sent again
	ViewAnswered View = "answered" // granted or refused, and not closed
	ViewEnded    View = "ended"
)

// Views lists all views in the order of the page.
var Views = []View{ViewWaiting, ViewLate, ViewFollow, ViewDrafts, ViewAnswered, ViewEnded}

// Key gives the word of the view.
func (v View) Key() words.Key { return words.Key("referral.view." + string(v)) }

// conditions says which referrals are in a view.
var conditions = map[View]string{
	ViewWaiting:  `r.state IN ('sent', 'received')`,
	ViewLate:     `r.state IN ('sent', 'received') AND r.due_on < @today`,
	ViewFollow:   `r.state NOT IN ('closed', 'withdrawn') AND r.follow_on <= @today`,
	ViewDrafts:   `r.state IN ('draft', 'returned')`,
	ViewAnswered: `r.state IN ('granted', 'refused')`,
	ViewEnded:    `r.state IN ('closed', 'withdrawn')`,
}

// counted are the views in which somebody has to do something; MostCounted is where counting stops.
var counted = []View{ViewWaiting, ViewLate, ViewFollow, ViewDrafts}

// MostCounted is the number above which a list is only said to hold more.
const MostCounted = 1000

// List gives at most limit referrals of a view within the scope, the newest first, below an id (zero = from the
// newest), and the cursor of the next page, or zero.
func List(ctx context.Context, q work.Querier, scope work.Scope, view View, today day.Date, below ID, limit int) ([]Referral, ID, error) {
	rows, err := q.Query(ctx, `
		-- referral.List
		SELECT `+cover+fromReferral+`WHERE `+conditions[view]+` AND f.org_path LIKE @scope
			AND (@below::bigint = 0 OR r.id < @below)
		ORDER BY r.id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "today": today, "below": below, "limit": limit + 1})
	if err != nil {
		return nil, 0, fmt.Errorf("listing referrals: %w", err)
	}
	list, err := pgx.CollectRows(rows, scan)
	if err != nil {
		return nil, 0, fmt.Errorf("listing referrals: %w", err)
	}
	if len(list) <= limit {
		return list, 0, nil
	}
	return list[:limit], list[limit-1].ID, nil
}

// Counts tells for the views in which somebody has to act how many referrals they hold, at most MostCounted + 1.
func Counts(ctx context.Context, q work.Querier, scope work.Scope, today day.Date) (map[View]int, error) {
	counts, err := countViews(ctx, q, `
		-- referral.Counts
		SELECT `, `FROM referral_referral r JOIN casefile_file f ON f.id = r.file_id WHERE f.org_path LIKE @scope`, counted, conditions, scope, today)
	if err != nil {
		return nil, fmt.Errorf("counting referrals: %w", err)
	}
	return counts, nil
}

// countViews counts the rows of each view by one statement, at most MostCounted + 1 of each. start is how the statement
// begins, rows are all within the scope.
func countViews[V comparable](ctx context.Context, q work.Querier, start, rows string, views []V, conditions map[V]string, scope work.Scope,
	today day.Date) (map[V]int, error) {
	parts := make([]string, len(views))
	for i, view := range views {
		parts[i] = fmt.Sprintf(`(SELECT count(*) FROM (SELECT %s AND %s LIMIT %d) n)`, rows, conditions[view], MostCounted+1)
	}
	var found []int
	err := q.QueryRow(ctx, start+`ARRAY[`+strings.Join(parts, `, `)+`]`, pgx.NamedArgs{"scope": scope, "today": today}).Scan(&found)
	if err != nil {
		return nil, err
	}
	counts := map[V]int{}
	for i, view := range views {
		counts[view] = found[i]
	}
	return counts, nil
}

// Receiver is the office a kind of referral of this office last went to, offered in the form.
type Receiver struct{ Office, Contact, Phone, Address string }

// LastReceiver gives to whom an office last sent a referral of a kind; the zero Receiver when it never did.
func LastReceiver(ctx context.Context, q work.Querier, org work.OrgID, kind Kind) (Receiver, error) {
	rows, err := q.Query(ctx, `
		-- referral.LastReceiver
		SELECT r.office, r.contact, r.phone, r.address FROM referral_referral r JOIN casefile_file f ON f.id = r.file_id
		WHERE f.org_id = @org AND r.kind = @kind AND r.sent_on IS NOT NULL ORDER BY r.id DESC LIMIT 1`,
		pgx.NamedArgs{"org": org, "kind": string(kind)})
	if err != nil {
		return Receiver{}, fmt.Errorf("finding the last receiver: %w", err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Receiver])
	if err != nil || len(found) == 0 {
		return Receiver{}, err
	}
	return found[0], nil
}
