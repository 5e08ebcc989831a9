package notice

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// PublicID names a row of notice_public.
type PublicID int64

// CauseClass is the class of a cause of hardship as the public reads it: no disease, no school (ux.md U42).
type CauseClass string

// Key gives the word of the class.
func (c CauseClass) Key() words.Key { return words.Key("notice.cause." + string(c)) }

// Public is all that the public reads of a notice (ux.md U42; security.md 3.4).
type Public struct {
	ID       PublicID
	Name     string // masked: 张*三
	Unit     string
	Category eligibility.Category
	Cause    CauseClass
	Period   Period
	Phone    string // of the office, for objections
	Relative bool   // a member of the union's staff is a relative (N7)
}

// publicCover lists all columns of notice_public that a page shows. FindPublic and ListPublic, all that the public pages
// ask, read no other table.
const publicCover = `id, name, unit, category, cause, starts_on, ends_on, phone, relative`

func scanPublic(row pgx.CollectableRow) (Public, error) {
	var p Public
	err := row.Scan(&p.ID, &p.Name, &p.Unit, &p.Category, &p.Cause, &p.Period.Starts, &p.Period.Ends, &p.Phone, &p.Relative)
	return p, err
}

// FindPublic gives a notice that is shown today: from its publication, which may be the day before its first day, to its
// last. After that, and once hidden, there is none: work.ErrNotFound.
func FindPublic(ctx context.Context, q work.Querier, id PublicID, today day.Date) (Public, error) {
	rows, err := q.Query(ctx, `
		-- notice.FindPublic
		SELECT `+publicCover+` FROM notice_public
		WHERE id = @id AND shown AND ends_on >= @today`,
		pgx.NamedArgs{"id": id, "today": today})
	if err != nil {
		return Public{}, fmt.Errorf("finding public notice %d: %w", id, err)
	}
	p, err := pgx.CollectExactlyOneRow(rows, scanPublic)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	if err != nil {
		return Public{}, fmt.Errorf("finding public notice %d: %w", id, err)
	}
	return p, nil
}

// ListPublic gives at most limit notices that are shown today, the newest first, and the cursor of the next page, if
// there is one.
func ListPublic(ctx context.Context, q work.Querier, today day.Date, after Cursor, limit int) ([]Public, Cursor, error) {
	if after == (Cursor{}) {
		after = lastCursor
	}
	rows, err := q.Query(ctx, `
		-- notice.ListPublic
		SELECT `+publicCover+` FROM notice_public
		WHERE shown AND ends_on >= @today AND (ends_on, id) < (@on, @id)
		ORDER BY ends_on DESC, id DESC LIMIT @limit`,
		pgx.NamedArgs{"today": today, "on": after.On, "id": after.ID, "limit": limit + 1})
	if err != nil {
		return nil, Cursor{}, fmt.Errorf("listing public notices: %w", err)
	}
	all, err := pgx.CollectRows(rows, scanPublic)
	if err != nil {
		return nil, Cursor{}, fmt.Errorf("listing public notices: %w", err)
	}
	if len(all) <= limit {
		return all, Cursor{}, nil
	}
	last := all[limit-1]
	return all[:limit], Cursor{On: last.Period.Ends, ID: int64(last.ID)}, nil
}

// behind gives the notice that a public row stands for. The public pages do not ask; an objection does.
func behind(ctx context.Context, q work.Querier, id PublicID) (ID, error) {
	var noticeID ID
	err := q.QueryRow(ctx, `
		-- notice.behind
		SELECT notice_id FROM notice_shown WHERE public_id = @id`, pgx.NamedArgs{"id": id}).Scan(&noticeID)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, work.ErrNotFound
	}
	return noticeID, err
}

// ShownOf gives what the public reads, or read, of a notice within the scope.
func ShownOf(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Public, error) {
	rows, err := q.Query(ctx, `
		-- notice.ShownOf
		SELECT `+publicCover+` FROM notice_public WHERE id = (
			SELECT s.public_id FROM notice_shown s JOIN notice_notice n ON n.id = s.notice_id
			WHERE n.id = @id AND n.org_path LIKE @scope)`,
		pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Public{}, fmt.Errorf("finding what is shown of notice %d: %w", id, err)
	}
	p, err := pgx.CollectExactlyOneRow(rows, scanPublic)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	if err != nil {
		return Public{}, fmt.Errorf("finding what is shown of notice %d: %w", id, err)
	}
	return p, nil
}
