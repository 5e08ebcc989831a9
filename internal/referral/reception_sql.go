package referral

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// insertReception writes the record of a visitor at the actor's own office.
func insertReception(ctx context.Context, u *work.Unit, v Visitor, phone []byte, number string) (ReceptionID, error) {
	var id ReceptionID
	err := u.QueryRow(ctx, `
		-- referral.insertReception
		INSERT INTO referral_reception (org_id, org_path, came_on, name, phone_sealed, kind, asked, office, number, due_on, state, made_by, made_at)
		VALUES (@org, '', @came, @name, @phone, @kind, @asked, @office, @number, @due, 'waiting', @by, @now) RETURNING id`,
		pgx.NamedArgs{"org": u.By.OrgID, "came": v.CameOn, "name": v.Name, "phone": phone, "kind": string(v.Kind), "asked": v.Asked,
			"office": v.Office, "number": number, "due": v.DueOn, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	return id, err
}

// advanceReception is the only statement that writes referral_reception.state, with what the step leaves on it.
func advanceReception(ctx context.Context, u *work.Unit, r Reception, to ReceptionState) error {
	return u.ChangeOne(ctx, `
		-- referral.advanceReception
		UPDATE referral_reception SET state = @to, answered_on = @answered, answer = @answer, follow_on = @follow, closed_on = @closed, version = version + 1
		WHERE id = @id AND state = @from AND version = @version`,
		pgx.NamedArgs{"id": r.ID, "from": string(r.State), "to": string(to), "answered": r.AnsweredOn, "answer": r.Answer, "follow": r.FollowOn,
			"closed": r.ClosedOn, "version": r.Version})
}

// linkReception notes the registration that was made of it, where nobody made one since.
func linkReception(ctx context.Context, u *work.Unit, r Reception, file work.FileID) error {
	return u.ChangeOne(ctx, `
		-- referral.linkReception
		UPDATE referral_reception SET file_id = @file, version = version + 1 WHERE id = @id AND file_id IS NULL AND version = @version`,
		pgx.NamedArgs{"id": r.ID, "file": file, "version": r.Version})
}

func insertReceptionEvent(ctx context.Context, u *work.Unit, id ReceptionID, act Act, e Event) error {
	_, err := u.Exec(ctx, `
		-- referral.insertReceptionEvent
		INSERT INTO referral_reception_event (reception_id, act, on_day, note, next_on, done_by, done_at)
		VALUES (@id, @act, @on, @note, @next, @by, @now)`,
		pgx.NamedArgs{"id": id, "act": string(act), "on": e.On, "note": e.Note, "next": e.Next, "by": u.By.StaffID, "now": u.Now})
	return err
}

// receptionCover lists the columns of a Reception, in the order in which scanReception reads them.
const receptionCover = `r.id, r.org_id, o.name, o.phone, r.came_on, r.name, r.kind, r.asked, r.office, r.due_on, r.state, r.number, r.answered_on, r.answer,
	r.follow_on, r.closed_on, coalesce(r.file_id, 0), s.name, r.made_at, r.erased_at IS NOT NULL, r.version, r.phone_sealed`

const receptionJoined = ` r JOIN staff_org o ON o.id = r.org_id JOIN staff_member s ON s.id = r.made_by `

func scanReception(row pgx.CollectableRow) (Reception, error) {
	var r Reception
	err := row.Scan(&r.ID, &r.OrgID, &r.OrgName, &r.OrgPhone, &r.CameOn, &r.Name, &r.Kind, &r.Asked, &r.Office, &r.DueOn, &r.State, &r.Number,
		&r.AnsweredOn, &r.Answer, &r.FollowOn, &r.ClosedOn, &r.FileID, &r.FirstAsked, &r.FirstAskedAt, &r.Erased, &r.Version, &r.phone)
	return r, err
}

// findReception finds a record whose office, or whose file's office, lies within the scope.
func findReception(ctx context.Context, q work.Querier, scope work.Scope, id ReceptionID) (Reception, error) {
	rows, err := q.Query(ctx, `
		-- referral.findReception
		SELECT `+receptionCover+` FROM referral_reception`+receptionJoined+`WHERE r.id = @id AND (r.org_path LIKE @scope
			OR EXISTS (SELECT FROM casefile_file f WHERE f.id = r.file_id AND f.org_path LIKE @scope))`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Reception{}, fmt.Errorf("finding reception %d: %w", id, err)
	}
	r, err := pgx.CollectExactlyOneRow(rows, scanReception)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	if err != nil {
		return Reception{}, fmt.Errorf("finding reception %d: %w", id, err)
	}
	return r, nil
}
