package visit

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/work"
)

// trainedLast is the last day on which the person s was trained.
const trainedLast = `(SELECT max(g.trained_on) FROM visit_trained t JOIN visit_training g ON g.id = t.training_id WHERE t.staff_id = s.id AND g.voided_at IS NULL)`

// trainedInPlan is the last day on which a visitor, a or b, was trained since the year began in which the plan p begins, and not after the plan.
func trainedInPlan(who string) string {
	return `(SELECT max(g.trained_on) FROM visit_trained x JOIN visit_training g ON g.id = x.training_id
		WHERE x.staff_id = ` + who + `.id AND g.voided_at IS NULL AND g.trained_on >= date_trunc('year', p.from_on)::date AND g.trained_on <= p.until_on)`
}

func trainees(ctx context.Context, q work.Querier, by work.Actor) ([]Person, error) {
	rows, err := q.Query(ctx, `
		-- visit.trainees
		SELECT s.id, s.name, o.name, `+trainedLast+`
		FROM staff_org o JOIN staff_member s ON s.org_id = o.id
		WHERE o.path LIKE @scope AND @org IN (o.id, o.parent_id) AND s.active AND EXISTS (SELECT FROM staff_role r WHERE r.staff_id = s.id AND r.role = ANY(@roles))
		ORDER BY o.path, s.name, s.id`, pgx.NamedArgs{"scope": by.Scope, "org": by.OrgID, "roles": visiting()})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanTrainee)
}

func scanTrainee(row pgx.CollectableRow) (Person, error) {
	var p Person
	err := row.Scan(&p.ID, &p.Name, &p.Office, &p.Trained)
	return p, err
}

func insertTraining(ctx context.Context, u *work.Unit, t Training) (TrainingID, error) {
	var id TrainingID
	err := u.QueryRow(ctx, `
		-- visit.insertTraining
		INSERT INTO visit_training (org_id, org_path, trained_on, subject, hours, trainer, entered_by, entered_at)
		VALUES (@org, '', @on, @subject, @hours, @trainer, @by, @now) RETURNING id`,
		pgx.NamedArgs{"org": u.By.OrgID, "on": t.On, "subject": t.Subject, "hours": t.Hours, "trainer": t.Trainer, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	if err != nil {
		return 0, err
	}
	_, err = u.Exec(ctx, `
		-- visit.insertTrained
		INSERT INTO visit_trained (training_id, staff_id) SELECT @id, p FROM unnest(@people::bigint[]) p`, pgx.NamedArgs{"id": id, "people": t.People})
	return id, err
}

// trainingCover lists the columns of a Training, in the order in which scanTraining reads them.
const trainingCover = `g.id, o.name, g.trained_on, g.subject, g.hours, g.trainer, m.name, g.entered_at, g.voided_at, coalesce(v.name, ''), g.void_why, c.ids, c.names`

const trainingJoined = ` g JOIN staff_org o ON o.id = g.org_id JOIN staff_member m ON m.id = g.entered_by
	LEFT JOIN staff_member v ON v.id = g.voided_by
	CROSS JOIN LATERAL (SELECT array_agg(s.id ORDER BY w.path, s.name, s.id) AS ids, array_agg(s.name ORDER BY w.path, s.name, s.id) AS names
		FROM visit_trained t JOIN staff_member s ON s.id = t.staff_id JOIN staff_org w ON w.id = s.org_id WHERE t.training_id = g.id) c `

func scanTraining(row pgx.CollectableRow) (Training, error) {
	var t Training
	var voided pgtype.Timestamptz
	err := row.Scan(&t.ID, &t.OrgName, &t.On, &t.Subject, &t.Hours, &t.Trainer, &t.EnteredBy, &t.EnteredAt, &voided, &t.VoidedBy, &t.Why, &t.People, &t.Names)
	t.VoidedAt = voided.Time
	return t, err
}

func findTraining(ctx context.Context, q work.Querier, scope work.Scope, id TrainingID) (Training, error) {
	rows, err := q.Query(ctx, `
		-- visit.findTraining
		SELECT `+trainingCover+` FROM visit_training`+trainingJoined+`WHERE g.id = @id AND g.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Training{}, err
	}
	t, err := pgx.CollectExactlyOneRow(rows, scanTraining)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	return t, err
}

func listTrainings(ctx context.Context, q work.Querier, scope work.Scope, below TrainingID, limit int) ([]Training, error) {
	rows, err := q.Query(ctx, `
		-- visit.listTrainings
		SELECT `+trainingCover+` FROM (SELECT * FROM visit_training WHERE org_path LIKE @scope AND (@below = 0 OR id < @below) ORDER BY id DESC LIMIT @limit)`+
		trainingJoined+`ORDER BY g.id DESC`, pgx.NamedArgs{"scope": scope, "below": below, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanTraining)
}

// voidTraining is work.ErrStale for a training that was voided meanwhile.
func voidTraining(ctx context.Context, u *work.Unit, id TrainingID, why string) error {
	return u.ChangeOne(ctx, `
		-- visit.voidTraining
		UPDATE visit_training SET voided_by = @by, voided_at = @now, void_why = @why WHERE id = @id AND org_path LIKE @scope AND voided_at IS NULL`,
		pgx.NamedArgs{"id": id, "scope": u.By.Scope, "by": u.By.StaffID, "now": u.Now, "why": why})
}
