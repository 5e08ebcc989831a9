package comparison

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/work"
)

func insertBatch(ctx context.Context, u *work.Unit, p Plan) (BatchID, error) {
	var id BatchID
	err := u.QueryRow(ctx, `
		-- comparison.insertBatch
		INSERT INTO comparison_batch (org_id, org_path, receiver, purpose, aim, from_on, until_on, asked, minors, state, files, people,
			left_out, made_by, made_at)
		SELECT o.id, o.path, @receiver, @purpose, @aim, @from, @until, @asked, @minors, 'made', 0, 0, 0, @by, @now
		FROM staff_org o WHERE o.id = @org RETURNING id`,
		pgx.NamedArgs{"org": u.By.OrgID, "receiver": p.Receiver, "purpose": p.Purpose, "aim": string(p.Aim), "from": p.From, "until": p.Until,
			"asked": texts(p.Asked), "minors": p.Minors, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	return id, err
}

// texts gives kinds as the database takes them.
func texts[T ~string](values []T) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

// fromFiles selects the files that a batch is about: of the aim and the scope, and not sent within the months spared.
const fromFiles = `
		FROM casefile_file f
		WHERE f.state = ANY(@states) AND f.org_path LIKE @scope AND (@file::bigint = 0 OR f.id = @file)
			AND NOT (@spare::int > 0 AND EXISTS (SELECT FROM comparison_subject s JOIN comparison_batch b ON b.id = s.batch_id
				WHERE s.file_id = f.id AND s.sent AND b.sent_at > @spared))`

// fill lists the people of a batch and the households left out, set by set. What is beyond MostPeople is for the next
// batch: households are taken whole, in the order of their files.
func fill(ctx context.Context, u *work.Unit, id BatchID, p Plan) (files, people, leftOut int, err error) {
	args := pgx.NamedArgs{"id": id, "states": p.Aim.states(), "scope": u.By.Scope, "file": p.File, "spare": p.Spare,
		"spared": u.Now.AddDate(0, -p.Spare, 0), "grown": u.Today().AddMonths(-18 * 12), "minors": p.Minors, "most": MostPeople}
	if _, err = u.Exec(ctx, `
		-- comparison.fillLeftOut
		INSERT INTO comparison_left_out (batch_id, file_id)
		SELECT @id, f.id`+fromFiles+` AND NOT EXISTS (SELECT FROM casefile_declaration d WHERE d.file_id = f.id AND d.kind = 'comparison')`, args); err != nil {
		return 0, 0, 0, err
	}
	if _, err = u.Exec(ctx, `
		-- comparison.fill
		INSERT INTO comparison_subject (batch_id, person_id, file_id, name, id_index)
		SELECT @id, x.person_id, x.file_id, x.name, x.id_index FROM (
			SELECT p.id AS person_id, f.id AS file_id, p.name, p.id_index, count(*) OVER (ORDER BY f.id) AS until
			FROM (SELECT f.id`+fromFiles+` AND EXISTS (SELECT FROM casefile_declaration d WHERE d.file_id = f.id AND d.kind = 'comparison')
				ORDER BY f.id LIMIT @most) f
			JOIN casefile_person p ON p.file_id = f.id AND p.left_on IS NULL AND (@minors OR p.birth_on <= @grown)) x
		WHERE x.until <= @most`, args); err != nil {
		return 0, 0, 0, err
	}
	err = u.QueryRow(ctx, `
		-- comparison.fillCounts
		UPDATE comparison_batch SET files = (SELECT count(DISTINCT s.file_id) FROM comparison_subject s WHERE s.batch_id = @id),
			people = (SELECT count(*) FROM comparison_subject s WHERE s.batch_id = @id),
			left_out = (SELECT count(*) FROM comparison_left_out l WHERE l.batch_id = @id),
			unreached = (SELECT count(*)`+fromFiles+` AND EXISTS (SELECT FROM casefile_declaration d WHERE d.file_id = f.id AND d.kind = 'comparison')
				AND EXISTS (SELECT FROM casefile_person p WHERE p.file_id = f.id AND p.left_on IS NULL AND (@minors OR p.birth_on <= @grown)))
				- (SELECT count(DISTINCT s.file_id) FROM comparison_subject s WHERE s.batch_id = @id)
		WHERE id = @id RETURNING files, people, left_out`, args).Scan(&files, &people, &leftOut)
	return files, people, leftOut, err
}

// markSent writes that the list went out, and to whom it speaks: those who are still there to be sent, in a household of the
// scope that has not taken its authorisation back.
func markSent(ctx context.Context, u *work.Unit, id BatchID) (int, error) {
	args := pgx.NamedArgs{"id": id, "scope": u.By.Scope, "now": u.Now}
	tag, err := u.Exec(ctx, `
		-- comparison.markSubjects
		UPDATE comparison_subject s SET sent = true FROM casefile_person p, casefile_file f
		WHERE s.batch_id = @id AND p.id = s.person_id AND p.id_index = s.id_index AND p.left_on IS NULL
			AND f.id = s.file_id AND p.file_id = f.id AND f.org_path LIKE @scope
			AND EXISTS (SELECT FROM casefile_declaration d WHERE d.file_id = f.id AND d.kind = 'comparison')`, args)
	if err != nil {
		return 0, err
	}
	people := int(tag.RowsAffected())
	args["people"] = people
	return people, u.ChangeOne(ctx, `
		-- comparison.markSent
		UPDATE comparison_batch SET state = 'sent', sent_at = @now, sent_people = @people WHERE id = @id AND state = 'made'`, args)
}

// eachSubject calls fn for each person of a list who is sent, in order; rows are read as they come.
func eachSubject(ctx context.Context, q work.Querier, id BatchID, fn func(name string, sealed []byte) error) error {
	rows, err := q.Query(ctx, `
		-- comparison.eachSubject
		SELECT s.name, p.id_sealed FROM comparison_subject s JOIN casefile_person p ON p.id = s.person_id AND p.id_index = s.id_index
		WHERE s.batch_id = @id AND s.sent ORDER BY s.person_id`, pgx.NamedArgs{"id": id})
	if err != nil {
		return err
	}
	var name string
	var sealed []byte
	_, err = pgx.ForEachRow(rows, []any{&name, &sealed}, func() error { return fn(name, sealed) })
	return err
}

func cancel(ctx context.Context, u *work.Unit, id BatchID) error {
	return u.ChangeOne(ctx, `
		-- comparison.cancel
		UPDATE comparison_batch SET state = 'cancelled' WHERE id = @id AND state = 'made'`, pgx.NamedArgs{"id": id})
}

// cover lists the columns of a Batch, in the order in which scanBatch reads them.
const cover = `b.id, o.name, b.receiver, b.purpose, b.aim, b.from_on, b.until_on, b.asked, b.minors, b.state, b.files, b.people, b.left_out,
	b.unreached, b.made_by, m.name, b.made_at, b.sent_at, coalesce(b.sent_people, 0)
	FROM comparison_batch b JOIN staff_org o ON o.id = b.org_id JOIN staff_member m ON m.id = b.made_by `

func scanBatch(row pgx.CollectableRow) (Batch, error) {
	var b Batch
	var asked []string
	var sent pgtype.Timestamptz
	err := row.Scan(&b.ID, &b.OrgName, &b.Receiver, &b.Purpose, &b.Aim, &b.From, &b.Until, &asked, &b.Minors, &b.State, &b.Files, &b.People,
		&b.LeftOut, &b.Unreached, &b.MadeBy, &b.MakerName, &b.MadeAt, &sent, &b.SentPeople)
	for _, k := range asked {
		b.Asked = append(b.Asked, Kind(k))
	}
	b.SentAt = sent.Time
	return b, err
}

func findBatch(ctx context.Context, q work.Querier, scope work.Scope, id BatchID) (Batch, error) {
	rows, err := q.Query(ctx, `
		-- comparison.findBatch
		SELECT `+cover+`WHERE b.id = @id AND b.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Batch{}, err
	}
	b, err := pgx.CollectExactlyOneRow(rows, scanBatch)
	if errors.Is(err, pgx.ErrNoRows) {
		return Batch{}, work.ErrNotFound
	}
	return b, err
}

func listBatches(ctx context.Context, q work.Querier, scope work.Scope, below BatchID, limit int) ([]Batch, error) {
	rows, err := q.Query(ctx, `
		-- comparison.listBatches
		SELECT `+cover+`WHERE b.org_path LIKE @scope AND (@below::bigint = 0 OR b.id < @below) ORDER BY b.id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "below": below, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanBatch)
}

func listLeftOut(ctx context.Context, q work.Querier, scope work.Scope, id BatchID, after work.FileID, limit int) ([]LeftOut, error) {
	rows, err := q.Query(ctx, `
		-- comparison.listLeftOut
		SELECT f.id, f.head_name FROM comparison_left_out l JOIN casefile_file f ON f.id = l.file_id
		WHERE l.batch_id = @id AND l.file_id > @after AND f.org_path LIKE @scope ORDER BY l.file_id LIMIT @limit`,
		pgx.NamedArgs{"id": id, "after": after, "limit": limit, "scope": scope})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[LeftOut])
}
