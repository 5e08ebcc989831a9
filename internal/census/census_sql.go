package census

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// worded turns what the database refuses into words for the person.
func worded(err error) error {
	switch work.Violated(err) {
	case "census_closed":
		return work.Refuse("census.refusal.closed")
	case "census_undecided":
		return work.Refuse("census.refusal.undecided")
	case "census_bundle_below":
		return work.Refuse("census.refusal.below").On("org")
	case "census_form_before":
		return work.Refuse("census.refusal.before").On("returned_on")
	case "census_form_moves":
		return work.ErrStale
	}
	return err
}

func insert(ctx context.Context, u *work.Unit, d Draft) (ID, error) {
	var id ID
	err := u.QueryRow(ctx, `
		-- census.insert
		INSERT INTO census_census (org_id, org_path, name, aim, from_on, until_on, state, made_by, made_at)
		VALUES (@org, '', @name, @aim, @from, @until, 'running', @by, @now) RETURNING id`,
		pgx.NamedArgs{"org": u.By.OrgID, "name": d.Name, "aim": d.Aim, "from": d.From, "until": d.Until, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	return id, err
}

// closeCensus is the only statement that closes a census.
func closeCensus(ctx context.Context, u *work.Unit, id ID, conclusion string) error {
	return u.ChangeOne(ctx, `
		-- census.closeCensus
		UPDATE census_census SET state = 'closed', conclusion = @conclusion, closed_by = @by, closed_at = @now WHERE id = @id AND state = 'running'`,
		pgx.NamedArgs{"id": id, "conclusion": conclusion, "by": u.By.StaffID, "now": u.Now})
}

const cover = `c.id, c.org_id, o.name, c.org_path, c.name, c.aim, c.from_on, c.until_on, c.state = 'closed', c.forms, m.name, c.made_at,
	coalesce(c.conclusion, ''), coalesce(e.name, ''), c.closed_at`

// fromCensus joins a census that the scope may see: its own office's, or one of which it was handed forms.
const fromCensus = ` FROM census_census c JOIN staff_org o ON o.id = c.org_id JOIN staff_member m ON m.id = c.made_by
	LEFT JOIN staff_member e ON e.id = c.closed_by
	WHERE (c.org_path LIKE @scope OR EXISTS (SELECT FROM census_bundle b WHERE b.census_id = c.id AND b.org_path LIKE @scope)) `

func scan(row pgx.CollectableRow) (Census, error) {
	var c Census
	var closed pgtype.Timestamptz
	err := row.Scan(&c.ID, &c.OrgID, &c.OrgName, &c.OrgPath, &c.Name, &c.Aim, &c.From, &c.Until, &c.Closed, &c.Forms, &c.MadeBy, &c.MadeAt,
		&c.Conclusion, &c.ClosedBy, &closed)
	c.ClosedAt = closed.Time
	return c, err
}

func find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Census, error) {
	rows, err := q.Query(ctx, `
		-- census.find
		SELECT `+cover+fromCensus+`AND c.id = @id`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Census{}, err
	}
	c, err := pgx.CollectExactlyOneRow(rows, scan)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	return c, err
}

func list(ctx context.Context, q work.Querier, scope work.Scope, below ID, limit int) ([]Census, error) {
	rows, err := q.Query(ctx, `
		-- census.list
		SELECT `+cover+fromCensus+`AND (@below::bigint = 0 OR c.id < @below) ORDER BY c.id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "below": below, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}

// counted counts forms f of bundles b by where they are, in the order in which countedInto reads them.
const counted = `count(*) FILTER (WHERE f.state = 'out' AND b.due_on >= @today), count(*) FILTER (WHERE f.state = 'out' AND b.due_on < @today),
	count(*) FILTER (WHERE f.state = 'returned'), count(*) FILTER (WHERE f.state = 'entered'), count(*) FILTER (WHERE f.state = 'dismissed'),
	count(*) FILTER (WHERE f.state = 'lost')`

// into gives the places of a standing's figures, in the order of counted.
func (s *Standing) into() []any {
	return []any{&s.Out, &s.Missing, &s.Returned, &s.Entered, &s.Dismissed, &s.Lost}
}

func standing(ctx context.Context, q work.Querier, scope work.Scope, id ID, today day.Date) (Standing, Reasons, error) {
	rows, err := q.Query(ctx, `
		-- census.standing
		SELECT coalesce(f.reason, ''), `+counted+` FROM census_form f JOIN census_bundle b ON b.id = f.bundle_id
		WHERE f.census_id = @id AND f.org_path LIKE @scope GROUP BY 1`, pgx.NamedArgs{"id": id, "scope": scope, "today": today})
	if err != nil {
		return Standing{}, nil, err
	}
	var all, part Standing
	var reason Reason
	reasons := Reasons{}
	_, err = pgx.ForEachRow(rows, append([]any{&reason}, part.into()...), func() error {
		all = all.plus(part)
		if reason != "" {
			reasons[reason] = part.Dismissed
		}
		return nil
	})
	return all, reasons, err
}

// plus adds two parts.
func (s Standing) plus(o Standing) Standing {
	return Standing{s.Out + o.Out, s.Missing + o.Missing, s.Returned + o.Returned, s.Entered + o.Entered, s.Dismissed + o.Dismissed, s.Lost + o.Lost}
}
