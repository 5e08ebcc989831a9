package comparison

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/seal"
	"bangfu/internal/work"
)

func insertAnswer(ctx context.Context, u *work.Unit, batch BatchID, name string, size int64, rows int, sealed []byte) (AnswerID, error) {
	var id AnswerID
	args := pgx.NamedArgs{"batch": batch, "name": name, "size": size, "rows": rows, "by": u.By.StaffID, "now": u.Now, "sealed": sealed}
	err := u.QueryRow(ctx, `
		-- comparison.insertAnswer
		INSERT INTO comparison_answer (batch_id, name, size, state, rows_all, uploaded_by, uploaded_at)
		VALUES (@batch, @name, @size, 'uploaded', @rows, @by, @now) RETURNING id`, args).Scan(&id)
	if err != nil {
		return 0, err
	}
	args["id"] = id
	_, err = u.Exec(ctx, `
		-- comparison.insertContent
		INSERT INTO comparison_content (answer_id, sealed) VALUES (@id, @sealed)`, args)
	return id, err
}

// contentOf opens an answer that was not read yet; work.ErrNotFound when it was.
func contentOf(ctx context.Context, q work.Querier, keys *seal.Keys, id AnswerID) ([]byte, error) {
	var sealed []byte
	err := q.QueryRow(ctx, `
		-- comparison.contentOf
		SELECT sealed FROM comparison_content WHERE answer_id = @id`, pgx.NamedArgs{"id": id}).Scan(&sealed)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, work.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return keys.Unseal(sealed, contentContext)
}

func startReading(ctx context.Context, u *work.Unit, id AnswerID, m Mapping) error {
	return u.ChangeOne(ctx, `
		-- comparison.startReading
		UPDATE comparison_answer SET state = 'reading', head = @head, columns = @columns, blank_none = @blank, absent_none = @absent
		WHERE id = @id AND state = 'uploaded'`,
		pgx.NamedArgs{"id": id, "head": m.Head, "columns": texts(m.Columns), "blank": m.BlankNone, "absent": m.AbsentNone})
}

// countAnswered writes how many people of the list have an answer to each kind that was asked: of those the judgement says so
// too (comparison_answers).
func countAnswered(ctx context.Context, u *work.Unit, id AnswerID) error {
	_, err := u.Exec(ctx, `
		-- comparison.countAnswered
		UPDATE comparison_answer a SET answered = (SELECT coalesce(jsonb_object_agg(k.kind, coalesce(n.people, 0)), '{}')
			FROM unnest(b.asked) AS k (kind)
			LEFT JOIN (SELECT x.kind, count(*) AS people FROM comparison_answers(@id) x GROUP BY x.kind) n ON n.kind = k.kind)
		FROM comparison_batch b WHERE a.id = @id AND b.id = a.batch_id`, pgx.NamedArgs{"id": id})
	return err
}

// withdraw puts an answer and what it found out of force, and names the files it concerns.
func withdraw(ctx context.Context, u *work.Unit, a Answer, why string) ([]work.FileID, error) {
	args := pgx.NamedArgs{"id": a.ID, "from": string(a.State), "by": u.By.StaffID, "now": u.Now, "why": why}
	err := u.ChangeOne(ctx, `
		-- comparison.withdraw
		UPDATE comparison_answer SET state = 'withdrawn', withdrawn_by = @by, withdrawn_at = @now, withdrawn_why = @why
		WHERE id = @id AND state = @from`, args)
	if err != nil {
		return nil, err
	}
	rows, err := u.Query(ctx, `
		-- comparison.withdrawFindings
		WITH gone AS (UPDATE comparison_finding SET state = 'withdrawn' WHERE answer_id = @id AND state IN ('open', 'agrees') RETURNING file_id)
		SELECT DISTINCT file_id FROM gone ORDER BY file_id`, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[work.FileID])
}

// replace lets go of what withdrawn answers to the list found of people, now that an answer speaks of them; nil = of all
// people of the list.
func replace(ctx context.Context, u *work.Unit, a Answer, people []int64) error {
	_, err := u.Exec(ctx, `
		-- comparison.replace
		UPDATE comparison_finding g SET state = 'replaced' FROM comparison_answer old
		WHERE g.state = 'withdrawn' AND old.id = g.answer_id AND old.batch_id = @batch AND old.id < @id
			AND (@people::bigint[] IS NULL OR g.person_id = ANY(@people))`,
		pgx.NamedArgs{"id": a.ID, "batch": a.Batch, "people": people})
	return err
}

// endAnswer writes the last state of an answer and drops its content.
func endAnswer(ctx context.Context, u *work.Unit, id AnswerID, from, to Progress, fault string) error {
	args := pgx.NamedArgs{"id": id, "from": string(from), "to": string(to), "fault": fault, "now": u.Now}
	err := u.ChangeOne(ctx, `
		-- comparison.endAnswer
		UPDATE comparison_answer SET state = @to, fault = @fault, done_at = @now WHERE id = @id AND state = @from`, args)
	if err != nil {
		return err
	}
	_, err = u.Exec(ctx, `
		-- comparison.dropContent
		DELETE FROM comparison_content WHERE answer_id = @id`, args)
	return err
}

// answerCover lists the columns of an Answer, in the order in which scanAnswer reads them.
const answerCover = `a.id, a.batch_id, a.name, a.size, a.state, a.head, a.columns, a.blank_none, a.absent_none, a.rows_read, a.rows_all,
	a.answered, a.fault, m.name, a.uploaded_at, a.done_at, coalesce(o.name, ''), a.withdrawn_at, a.withdrawn_why
	FROM comparison_answer a JOIN staff_member m ON m.id = a.uploaded_by LEFT JOIN staff_member o ON o.id = a.withdrawn_by `

func scanAnswer(row pgx.CollectableRow) (Answer, error) {
	var a Answer
	var columns []string
	var done, withdrawn pgtype.Timestamptz
	err := row.Scan(&a.ID, &a.Batch, &a.Name, &a.Size, &a.State, &a.Head, &columns, &a.BlankNone, &a.AbsentNone, &a.RowsRead, &a.RowsAll,
		&a.Answered, &a.Fault, &a.UploadedBy, &a.UploadedAt, &done, &a.WithdrawnBy, &withdrawn, &a.WithdrawnWhy)
	for _, c := range columns {
		a.Columns = append(a.Columns, Column(c))
	}
	a.DoneAt, a.WithdrawnAt = done.Time, withdrawn.Time
	return a, err
}

func findAnswer(ctx context.Context, q work.Querier, scope work.Scope, id AnswerID) (Answer, error) {
	rows, err := q.Query(ctx, `
		-- comparison.findAnswer
		SELECT `+answerCover+`JOIN comparison_batch b ON b.id = a.batch_id WHERE a.id = @id AND b.org_path LIKE @scope`,
		pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Answer{}, err
	}
	a, err := pgx.CollectExactlyOneRow(rows, scanAnswer)
	if errors.Is(err, pgx.ErrNoRows) {
		return Answer{}, work.ErrNotFound
	}
	return a, err
}

func answersOf(ctx context.Context, q work.Querier, id BatchID) ([]Answer, error) {
	rows, err := q.Query(ctx, `
		-- comparison.answersOf
		SELECT `+answerCover+`WHERE a.batch_id = @id ORDER BY a.id DESC`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanAnswer)
}

func readRows(ctx context.Context, q work.Querier, id AnswerID, v Verdict, after, limit int) ([]Row, error) {
	rows, err := q.Query(ctx, `
		-- comparison.readRows
		SELECT w.row, w.verdict, coalesce(w.file_id, 0), w.kind, w.number, w.name FROM comparison_row w
		WHERE w.answer_id = @id AND w.verdict = @verdict AND w.row > @after ORDER BY w.row LIMIT @limit`,
		pgx.NamedArgs{"id": id, "verdict": string(v), "after": after, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Row])
}

func tally(ctx context.Context, q work.Querier, a Answer) (map[Verdict]int, int, error) {
	rows, err := q.Query(ctx, `
		-- comparison.tally
		SELECT w.verdict, count(*), 0 FROM comparison_row w WHERE w.answer_id = @id GROUP BY w.verdict
		UNION ALL SELECT '', 0, (SELECT b.sent_people FROM comparison_batch b WHERE b.id = @batch)
			- (SELECT count(DISTINCT w.person_id) FROM comparison_row w WHERE w.answer_id = @id AND w.person_id IS NOT NULL)`,
		pgx.NamedArgs{"id": a.ID, "batch": a.Batch})
	if err != nil {
		return nil, 0, err
	}
	counts, silent := map[Verdict]int{}, 0
	var v Verdict
	var n, rest int
	_, err = pgx.ForEachRow(rows, []any{&v, &n, &rest}, func() error {
		counts[v] += n
		silent += rest
		return nil
	})
	delete(counts, "")
	return counts, silent, err
}
