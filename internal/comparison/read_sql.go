package comparison

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// waitingAnswers lists the answers that are to be read, the oldest first.
func waitingAnswers(ctx context.Context, q work.Querier) ([]Answer, error) {
	rows, err := q.Query(ctx, `
		-- comparison.waitingAnswers
		SELECT `+answerCover+`WHERE a.state = 'reading' ORDER BY a.id`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanAnswer)
}

// subject is a person on the list, with what the household declared.
type subject struct {
	id   int64
	file work.FileID
	name string
	declared
}

// once is a person, a kind and what is said of them, which count once in an answer.
type once struct {
	person int64
	kind   Kind
	said   string // MAC of the values; "" of a name
}

// found are the people of some rows, and what of them stood in rows before.
type found struct {
	byIndex map[string]subject
	before  map[once]bool
}

// subjects finds the people of a list by the sealed indexes of their numbers.
func subjects(ctx context.Context, q work.Querier, a Answer, indexes [][]byte) (*found, error) {
	rows, err := q.Query(ctx, `
		-- comparison.subjects
		SELECT s.person_id, s.file_id, s.name, s.id_index, coalesce(p.marital, ''), coalesce((SELECT sum(e.amount_fen)::bigint
			FROM casefile_figure e JOIN casefile_snapshot n ON n.id = e.snapshot_id
				WHERE n.file_id = s.file_id AND n.current AND e.side = 'income' AND e.kind = 'allowance'), 0)
		FROM comparison_subject s LEFT JOIN casefile_person p ON p.id = s.person_id
		WHERE s.batch_id = @batch AND s.sent AND s.id_index = ANY(@indexes)`, pgx.NamedArgs{"batch": a.Batch, "indexes": indexes})
	if err != nil {
		return nil, err
	}
	f := &found{byIndex: map[string]subject{}, before: map[once]bool{}}
	var ids []int64
	var s subject
	var index []byte
	var allowance int64
	_, err = pgx.ForEachRow(rows, []any{&s.id, &s.file, &s.name, &index, &s.marital, &allowance}, func() error {
		s.allowance = money.Amount(allowance)
		f.byIndex[string(index)] = s
		ids = append(ids, s.id)
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows, err = q.Query(ctx, `
		-- comparison.subjectsBefore
		SELECT w.person_id, CASE w.verdict WHEN 'matched' THEN w.kind ELSE 'name' END, w.said FROM comparison_row w
		WHERE w.answer_id = @id AND w.person_id = ANY(@ids) AND w.verdict IN ('matched', 'name_differs')`, pgx.NamedArgs{"id": a.ID, "ids": ids})
	if err != nil {
		return nil, err
	}
	var o once
	var said []byte
	_, err = pgx.ForEachRow(rows, []any{&o.person, &o.kind, &said}, func() error {
		o.said = string(said)
		f.before[o] = true
		return nil
	})
	return f, err
}

// advanceRows notes how far an answer was read; ErrStale when another program read on meanwhile.
func advanceRows(ctx context.Context, u *work.Unit, a Answer, n int) error {
	return u.ChangeOne(ctx, `
		-- comparison.advanceRows
		UPDATE comparison_answer SET rows_read = @to WHERE id = @id AND state = 'reading' AND rows_read = @from`,
		pgx.NamedArgs{"id": a.ID, "from": a.RowsRead, "to": a.RowsRead + n})
}

// insertRows keeps what became of the rows; who is not on the list is kept masked, and so is everybody's number.
func insertRows(ctx context.Context, u *work.Unit, id AnswerID, rows []judged) error {
	var places []int32
	var verdicts, kinds, numbers, names, answered []string
	var people, files []int64
	var said [][]byte
	for _, j := range rows {
		number := j.number.Masked()
		if j.verdict == Unreadable {
			number = ""
		}
		places, verdicts, kinds = append(places, int32(j.row)), append(verdicts, string(j.verdict)), append(kinds, string(j.kind))
		numbers, names = append(numbers, number), append(names, shorten(idcard.MaskName(j.name), 60))
		people, files = append(people, j.person.id), append(files, int64(j.person.file))
		answered, said = append(answered, strings.Join(texts(j.answers), ",")), append(said, []byte(j.said))
	}
	_, err := u.Exec(ctx, `
		-- comparison.insertRows
		INSERT INTO comparison_row (answer_id, row, verdict, person_id, file_id, kind, number, name, answered, said)
		SELECT @id, x.row, x.verdict, nullif(x.person, 0), nullif(x.file, 0), x.kind, x.number, x.name, string_to_array(x.answered, ','), x.said
		FROM unnest(@rows::int[], @verdicts::text[], @people::bigint[], @files::bigint[], @kinds::text[], @numbers::text[], @names::text[], @answered::text[],
			@said::bytea[]) AS x (row, verdict, person, file, kind, number, name, answered, said)`,
		pgx.NamedArgs{"id": id, "rows": places, "verdicts": verdicts, "people": people, "files": files, "kinds": kinds, "numbers": numbers,
			"names": names, "answered": answered, "said": said})
	return err
}

const valueContext = "comparison_finding.sealed"

// insertFindings keeps what the rows say, sealed.
func insertFindings(ctx context.Context, u *work.Unit, keys *seal.Keys, id AnswerID, rows []judged) error {
	var files, people []int64
	var names, kinds, states []string
	var values [][]byte
	var amounts []*int64
	for _, j := range rows {
		for _, s := range j.says {
			sealed, err := keys.Seal([]byte(s.value), valueContext)
			if err != nil {
				return fmt.Errorf("sealing a finding: %w", err)
			}
			state := Open
			if s.agrees {
				state = Agrees
			}
			files, people, names = append(files, int64(j.person.file)), append(people, j.person.id), append(names, j.person.name)
			kinds, states = append(kinds, string(s.kind)), append(states, string(state))
			values, amounts = append(values, sealed), append(amounts, s.amount)
		}
	}
	if len(files) == 0 {
		return nil
	}
	_, err := u.Exec(ctx, `
		-- comparison.insertFindings
		INSERT INTO comparison_finding (answer_id, file_id, person_id, person_name, kind, sealed, amount_fen, state, found_at)
		SELECT @id, x.file, x.person, x.name, x.kind, x.sealed, x.fen, x.state, @now
		FROM unnest(@files::bigint[], @people::bigint[], @names::text[], @kinds::text[], @values::bytea[], @amounts::bigint[], @states::text[])
			AS x (file, person, name, kind, sealed, fen, state)`,
		pgx.NamedArgs{"id": id, "now": u.Now, "files": files, "people": people, "names": names, "kinds": kinds, "values": values,
			"amounts": amounts, "states": states})
	return err
}

// settleIncomes compares the sum of a household's incomes in the answer with the income it declared of twelve months: up to that
// it agrees. Of a shorter time the sum proves nothing, and somebody has to look.
func settleIncomes(ctx context.Context, u *work.Unit, id AnswerID) error {
	_, err := u.Exec(ctx, `
		-- comparison.settleIncomes
		UPDATE comparison_finding g SET state = 'agrees'
		FROM (SELECT i.file_id, sum(i.amount_fen) AS fen FROM comparison_finding i WHERE i.answer_id = @id AND i.kind = 'income'
			GROUP BY i.file_id HAVING bool_and(i.amount_fen IS NOT NULL)) t
		WHERE g.answer_id = @id AND g.kind = 'income' AND g.file_id = t.file_id AND g.state = 'open'
			AND EXISTS (SELECT FROM comparison_answer a JOIN comparison_batch b ON b.id = a.batch_id
				WHERE a.id = @id AND b.until_on + 1 >= b.from_on + interval '12 months')
			AND t.fen <= coalesce((SELECT sum(e.amount_fen) FROM casefile_figure e JOIN casefile_snapshot n ON n.id = e.snapshot_id
				WHERE n.file_id = t.file_id AND n.current AND e.side = 'income'), 0)`,
		pgx.NamedArgs{"id": id})
	return err
}

// settleAllowances: an allowance is a household's, so that one of its people has it answers for the others too.
func settleAllowances(ctx context.Context, u *work.Unit, id AnswerID) error {
	_, err := u.Exec(ctx, `
		-- comparison.settleAllowances
		UPDATE comparison_finding g SET state = 'agrees'
		WHERE g.answer_id = @id AND g.kind = 'allowance' AND g.state = 'open' AND EXISTS (
			SELECT FROM comparison_finding o WHERE o.answer_id = @id AND o.file_id = g.file_id AND o.kind = 'allowance' AND o.state = 'agrees')`,
		pgx.NamedArgs{"id": id})
	return err
}
