package staff

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

func insertRelative(ctx context.Context, u *work.Unit, relation Relation, name string, sealed, index []byte) (RelativeID, error) {
	var id RelativeID
	err := u.QueryRow(ctx, `
		-- staff.insertRelative
		INSERT INTO staff_relative (staff_id, relation, name, id_sealed, id_index, state, entered_at)
		VALUES (@by, @relation, @name, @sealed, @index, 'declared', @now) RETURNING id`,
		pgx.NamedArgs{"by": u.By.StaffID, "relation": relation, "name": name, "sealed": sealed, "index": index, "now": u.Now}).Scan(&id)
	return id, err
}

// advanceRelative is the only statement that writes staff_relative.state.
func advanceRelative(ctx context.Context, u *work.Unit, id RelativeID, from, to RelativeState, note string) error {
	who := "decided"
	if to == RelativeEnded {
		who = "ended"
	}
	return u.ChangeOne(ctx, `
		-- staff.advanceRelative
		UPDATE staff_relative SET state = @to, note = nullif(@note, ''), `+who+`_by = @by, `+who+`_at = @now
		WHERE id = @id AND state = @from`,
		pgx.NamedArgs{"id": id, "from": from, "to": to, "note": note, "by": u.By.StaffID, "now": u.Now})
}

const fromRelative = ` FROM staff_relative r JOIN staff_member m ON m.id = r.staff_id JOIN staff_org o ON o.id = m.org_id
	LEFT JOIN staff_member d ON d.id = r.decided_by LEFT JOIN staff_member e ON e.id = r.ended_by `

const relativeCover = `r.id, r.staff_id, m.name, o.name, r.relation, r.name, r.id_sealed, r.state, r.entered_at,
	coalesce(d.name, ''), coalesce(e.name, ''), coalesce(r.note, '')`

func scanRelative(row pgx.CollectableRow) (Relative, error) {
	var r Relative
	err := row.Scan(&r.ID, &r.Member, &r.Of, &r.Office, &r.Relation, &r.Name, &r.sealed, &r.State, &r.EnteredAt, &r.DecidedBy, &r.EndedBy, &r.Note)
	return r, err
}

func findRelative(ctx context.Context, q work.Querier, scope work.Scope, id RelativeID) (Relative, error) {
	rows, err := q.Query(ctx, `
		-- staff.findRelative
		SELECT `+relativeCover+fromRelative+`WHERE r.id = @id AND o.path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Relative{}, err
	}
	r, err := pgx.CollectExactlyOneRow(rows, scanRelative)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	return r, err
}

func relativesOf(ctx context.Context, q work.Querier, member work.StaffID) ([]Relative, error) {
	rows, err := q.Query(ctx, `
		-- staff.relativesOf
		SELECT `+relativeCover+fromRelative+`WHERE r.staff_id = @member ORDER BY r.id DESC LIMIT 200`, pgx.NamedArgs{"member": member})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanRelative)
}

func listRelatives(ctx context.Context, q work.Querier, scope work.Scope, waiting bool, below RelativeID, limit int) ([]Relative, error) {
	rows, err := q.Query(ctx, `
		-- staff.listRelatives
		SELECT `+relativeCover+fromRelative+`
		WHERE o.path LIKE @scope AND (NOT @waiting OR r.state = 'declared') AND (@below = 0 OR r.id < @below)
		ORDER BY r.id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "waiting": waiting, "below": below, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanRelative)
}

func waitingRelatives(ctx context.Context, q work.Querier, by work.Actor, limit int) ([]Relative, error) {
	rows, err := q.Query(ctx, `
		-- staff.waitingRelatives
		SELECT `+relativeCover+fromRelative+`
		WHERE o.path LIKE @scope AND r.state = 'declared' AND r.staff_id <> @by
		ORDER BY r.id LIMIT @limit`,
		pgx.NamedArgs{"scope": by.Scope, "by": by.StaffID, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanRelative)
}
