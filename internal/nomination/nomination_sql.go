package nomination

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/work"
)

// worded turns what the database refuses into words for the person.
func worded(err error) error {
	switch work.Violated(err) {
	case "nomination_once":
		return work.Refuse("nomination.refusal.twice").On("number")
	case "nomination_answered":
		return work.ErrStale
	}
	return err
}

// insert writes a nomination to the office above the actor's own.
func insert(ctx context.Context, u *work.Unit, w Worker, sealed, index, phone []byte) (ID, error) {
	papers := make([]string, len(w.Papers))
	for i, p := range w.Papers {
		papers[i] = string(p)
	}
	var id ID
	err := u.QueryRow(ctx, `
		-- nomination.insert
		INSERT INTO nomination_nomination (org_id, org_path, to_org_id, name, id_sealed, id_index, phone_sealed, employer, address, cause, happened,
			papers, state, made_by, made_at, due_on)
		SELECT o.id, '', o.parent_id, @name, @sealed, @index, @phone, @employer, @address, @cause, @happened, @papers, 'waiting', @by, @now, @due
		FROM staff_org o WHERE o.id = @org AND o.parent_id IS NOT NULL RETURNING id`,
		pgx.NamedArgs{"org": u.By.OrgID, "name": w.Name, "sealed": sealed, "index": index, "phone": phone, "employer": w.Employer, "address": w.Address,
			"cause": int16(w.Cause), "happened": w.Happened, "papers": papers, "by": u.By.StaffID, "now": u.Now, "due": u.Today().Add(DaysToAnswer)}).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, work.Refuse("nomination.refusal.top")
	}
	return id, err
}

// advance is the only statement that writes nomination_nomination.state.
func advance(ctx context.Context, u *work.Unit, id ID, to State, reason string, file work.FileID) error {
	return u.ChangeOne(ctx, `
		-- nomination.advance
		UPDATE nomination_nomination SET state = @to, reason = nullif(@reason, ''), file_id = nullif(@file::bigint, 0), answered_by = @by, answered_at = @now
		WHERE id = @id AND state = 'waiting'`,
		pgx.NamedArgs{"id": id, "to": string(to), "reason": reason, "file": file, "by": u.By.StaffID, "now": u.Now})
}

const cover = `n.id, n.org_id, o.name, n.to_org_id, t.name, t.phone, n.name, n.employer, n.address, n.cause, n.happened, n.papers, n.state,
	n.made_by, m.name, n.made_at, n.due_on, coalesce(n.reason, ''), coalesce(n.file_id, 0), coalesce(a.name, ''), n.answered_at, n.erased_at IS NOT NULL, n.id_sealed, n.phone_sealed`

const joined = ` n JOIN staff_org o ON o.id = n.org_id JOIN staff_org t ON t.id = n.to_org_id JOIN staff_member m ON m.id = n.made_by
	LEFT JOIN staff_member a ON a.id = n.answered_by `

func scan(row pgx.CollectableRow) (Nomination, error) {
	var n Nomination
	var answered pgtype.Timestamptz
	err := row.Scan(&n.ID, &n.OrgID, &n.Unit, &n.ToOrgID, &n.ToOffice, &n.ToPhone, &n.Name, &n.Employer, &n.Address, &n.Cause, &n.Happened, &n.Papers,
		&n.State, &n.MadeByID, &n.MadeBy, &n.MadeAt, &n.DueOn, &n.Reason, &n.FileID, &n.AnsweredBy, &answered, &n.Erased, &n.sealed, &n.phone)
	n.AnsweredAt = answered.Time
	return n, err
}

func find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Nomination, error) {
	rows, err := q.Query(ctx, `
		-- nomination.find
		SELECT `+cover+` FROM nomination_nomination`+joined+`WHERE n.id = @id AND n.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Nomination{}, err
	}
	n, err := pgx.CollectExactlyOneRow(rows, scan)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	return n, err
}

func list(ctx context.Context, q work.Querier, scope work.Scope, state State, below ID, limit int) ([]Nomination, error) {
	rows, err := q.Query(ctx, `
		-- nomination.list
		SELECT `+cover+` FROM (SELECT * FROM nomination_nomination WHERE state = @state AND org_path LIKE @scope AND (@below::bigint = 0 OR id < @below)
			ORDER BY id DESC LIMIT @limit)`+joined+`ORDER BY n.id DESC`,
		pgx.NamedArgs{"scope": scope, "state": string(state), "below": below, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}
