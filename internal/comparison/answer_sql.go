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

func startReading(ctx context.Context, u *work.Unit, id AnswerID, heads bool, columns []Column) error {
	return u.ChangeOne(ctx, `
		-- comparison.startReading
		UPDATE comparison_answer SET state = 'reading', heads = @heads, columns = @columns WHERE id = @id AND state = 'uploaded'`,
		pgx.NamedArgs{"id": id, "heads": heads, "columns": texts(columns)})
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
const answerCover = `a.id, a.batch_id, a.name, a.size, a.state, a.heads, a.columns, a.rows_read, a.rows_all, a.fault, m.name, a.uploaded_at, a.done_at
	FROM comparison_answer a JOIN staff_member m ON m.id = a.uploaded_by `

func scanAnswer(row pgx.CollectableRow) (Answer, error) {
	var a Answer
	var columns []string
	var done pgtype.Timestamptz
	err := row.Scan(&a.ID, &a.Batch, &a.Name, &a.Size, &a.State, &a.Heads, &columns, &a.RowsRead, &a.RowsAll, &a.Fault, &a.UploadedBy,
		&a.UploadedAt, &done)
	for _, c := range columns {
		a.Columns = append(a.Columns, Column(c))
	}
	a.DoneAt = done.Time
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
