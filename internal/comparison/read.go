package comparison

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"bangfu/internal/casefile"
	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/sheet"
	"bangfu/internal/work"
)

// chunk is how many rows of an answer are read in one unit of work.
const chunk = 1000

// ReadDue reads the answers whose columns were told, in units of some rows each. It may be called at any time and by two
// programs at once; after a restart it goes on behind the last row that was kept. One answer that fails does not hold up
// the others.
func ReadDue(ctx context.Context, db work.Beginner, keys *seal.Keys, now func() time.Time) error {
	waiting, err := waitingAnswers(ctx, db)
	if err != nil {
		return fmt.Errorf("looking for answers to read: %w", err)
	}
	var failures error
	for _, a := range waiting {
		err := read(ctx, db, keys, now, a)
		switch {
		case errors.Is(err, work.ErrStale), errors.Is(err, work.ErrNotFound): // another program is at it, or done
		case err != nil:
			failures = errors.Join(failures, fmt.Errorf("reading answer %d: %w", a.ID, err))
		}
	}
	return failures
}

// program is who reads: nobody of the staff.
var program = work.System("comparison")

// read reads one answer from where it stands to its end.
func read(ctx context.Context, db work.Beginner, keys *seal.Keys, now func() time.Time, a Answer) error {
	content, err := contentOf(ctx, db, keys, a.ID)
	if err != nil {
		return err
	}
	rows, err := sheet.Open(bytes.NewReader(content), int64(len(content)), limits)
	if err != nil {
		return fail(ctx, db, now(), a, err)
	}
	defer func() { _ = rows.Close() }() // what it reads lies in memory
	seen := 0
	for {
		batch, n, err := take(rows, a, &seen)
		if n > 0 {
			keep := func(u *work.Unit) error { return keepRows(ctx, u, keys, a, n, batch) }
			if err := work.Do(ctx, db, now(), program, keep); err != nil {
				return err
			}
			a.RowsRead += n
		}
		switch {
		case errors.Is(err, io.EOF):
			return work.Do(ctx, db, now(), program, func(u *work.Unit) error { return finish(ctx, u, a) })
		case err != nil:
			return fail(ctx, db, now(), a, err)
		case ctx.Err() != nil:
			return ctx.Err()
		}
	}
}

// line is one row of an answer as it was written.
type line struct {
	row   int
	cells []string
}

// take reads the next rows that were not kept yet, at most chunk; n counts them, the heads and what stands above among
// them. seen counts all rows read from the table.
func take(rows *sheet.Reader, a Answer, seen *int) (batch []line, n int, err error) {
	for n < chunk {
		cells, err := rows.Next()
		if err != nil {
			return batch, n, err
		}
		*seen++
		if *seen <= a.RowsRead {
			continue
		}
		n++
		if rows.Row() <= a.Head {
			continue
		}
		batch = append(batch, line{rows.Row(), cells})
	}
	return batch, n, nil
}

// fail ends an answer that cannot be read on; what was read stays.
func fail(ctx context.Context, db work.Beginner, now time.Time, a Answer, why error) error {
	fault, ok := sheet.AsFault(why)
	if !ok {
		return why
	}
	return work.Do(ctx, db, now, program, func(u *work.Unit) error {
		if err := endAnswer(ctx, u, a.ID, Reading, Failed, string(fault.Key)); err != nil {
			return err
		}
		return u.Audit(ctx, work.Entry{Act: "comparison.fail", Kind: "comparison_answer", ID: int64(a.ID), Changes: []work.Change{{Field: "fault", After: fault.Key}}})
	})
}

// finish ends an answer: the incomes of each household are summed up and compared, an allowance of one of its people is its
// allowance, what was answered is counted, and the table itself is dropped.
func finish(ctx context.Context, u *work.Unit, a Answer) error {
	if err := settleIncomes(ctx, u, a.ID); err != nil {
		return err
	}
	if err := settleAllowances(ctx, u, a.ID); err != nil {
		return err
	}
	if err := countAnswered(ctx, u, a.ID); err != nil {
		return err
	}
	if a.AbsentNone {
		if err := replace(ctx, u, a, nil); err != nil {
			return err
		}
	}
	if err := endAnswer(ctx, u, a.ID, Reading, Done, ""); err != nil {
		return err
	}
	return u.Audit(ctx, work.Entry{Act: "comparison.done", Kind: "comparison_answer", ID: int64(a.ID), Changes: []work.Change{{Field: "rows", After: a.RowsRead}}})
}

// judged is one row with its verdict and what it says.
type judged struct {
	line
	verdict Verdict
	number  idcard.Number
	index   []byte
	name    string // as the answer has it
	kind    Kind   // of a table with a row for each kind; "" where a row says all
	person  subject
	said    string // MAC of what the row says, so that the same row twice is one
	answers []Kind // what it gives an answer to
	says    []saying
}

// keepRows judges some rows and keeps them, with what they say, in one unit.
func keepRows(ctx context.Context, u *work.Unit, keys *seal.Keys, a Answer, n int, batch []line) error {
	rows := make([]judged, len(batch))
	var indexes [][]byte
	for i, l := range batch {
		rows[i] = parse(l, a.Columns)
		rows[i].said = string(keys.MAC([]byte(rows[i].text(a.Columns)), "comparison_row.said"))
		if rows[i].verdict != Unreadable {
			rows[i].index = casefile.NumberIndex(keys, rows[i].number)
			indexes = append(indexes, rows[i].index)
		}
	}
	people, err := subjects(ctx, u, a, indexes)
	if err != nil {
		return err
	}
	var spoken []int64
	for i := range rows {
		rows[i].match(a.Mapping, people)
		if rows[i].verdict == Matched {
			spoken = append(spoken, rows[i].person.id)
		}
	}
	if err := advanceRows(ctx, u, a, n); err != nil {
		return err
	}
	if err := insertRows(ctx, u, a.ID, rows); err != nil {
		return err
	}
	if len(spoken) > 0 {
		if err := replace(ctx, u, a, spoken); err != nil {
			return err
		}
	}
	if err := insertFindings(ctx, u, keys, a.ID, rows); err != nil {
		return err
	}
	return u.Audit(ctx, work.Entry{Act: "comparison.read", Kind: "comparison_answer", ID: int64(a.ID), Changes: []work.Change{
		{Field: "rows_read", Before: a.RowsRead, After: a.RowsRead + n}}})
}

// parse reads the number, the name and the kind of a row; one without a number, or of an unknown kind, is unreadable.
func parse(l line, columns []Column) judged {
	j := judged{line: l}
	j.name = j.cell(columns, NameCol)
	number, err := idcard.Parse(j.cell(columns, NumberCol))
	if err != nil {
		j.verdict = Unreadable
		return j
	}
	j.number = number
	for _, c := range columns {
		if c != KindCol {
			continue
		}
		kind, known := kindOf(j.cell(columns, KindCol))
		if !known {
			j.verdict = Unreadable
		}
		j.kind = kind
	}
	return j
}

// cell gives what a row says in a column; "" when it has no such column.
func (j judged) cell(columns []Column, c Column) string {
	for i, column := range columns {
		if column == c && i < len(j.cells) {
			return j.cells[i]
		}
	}
	return ""
}

// text joins what the row says of its person.
func (j judged) text(columns []Column) string {
	var values []string
	for i, c := range columns {
		if (isKind(c) || c == ValueCol) && i < len(j.cells) {
			values = append(values, j.cells[i])
		}
	}
	return strings.Join(values, "\x00")
}

// match finds the row's person among those on the list, and compares what it says with what was declared.
func (j *judged) match(m Mapping, people *found) {
	if j.verdict == Unreadable {
		return
	}
	person, known := people.byIndex[string(j.index)]
	if !known {
		j.verdict = Unknown
		return
	}
	j.person = person
	if sameName(person.name) != sameName(j.name) {
		j.verdict = NameDiffers
		if !people.before[once{person.id, NameKind, ""}] {
			people.before[once{person.id, NameKind, ""}] = true
			j.says = []saying{{kind: NameKind, value: shorten(j.name, 60)}}
		}
		return
	}
	if people.before[once{person.id, j.kind, j.said}] {
		j.verdict = Duplicate
		return
	}
	people.before[once{person.id, j.kind, j.said}] = true
	j.verdict = Matched
	for i, c := range m.Columns {
		kind := Kind(c)
		if c == ValueCol {
			kind = j.kind
		} else if !isKind(c) {
			continue
		}
		value := ""
		if i < len(j.cells) {
			value = j.cells[i]
		}
		if value == "" && !m.BlankNone {
			continue
		}
		j.answers = append(j.answers, kind)
		if s, says := weigh(kind, value, person.declared); says {
			j.says = append(j.says, s)
		}
	}
}

// isKind tells whether a column is one of the kinds.
func isKind(c Column) bool { return slices.Contains(Kinds, Kind(c)) }

// sameName writes a name in one form: without spaces, and with one sign for the point within.
func sameName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case strings.ContainsRune("•‧∙．.", r):
			return '·'
		}
		return r
	}, name)
}
