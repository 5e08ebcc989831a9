package comparison

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/sheet"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// AnswerID names a row of comparison_answer.
type AnswerID int64

// Progress says how far an answer has been read.
type Progress string

// The stages of an answer.
const (
	Uploaded Progress = "uploaded" // waits for its columns to be told
	Reading  Progress = "reading"  // a job reads it
	Done     Progress = "done"
	Failed   Progress = "failed"  // could not be read to its end
	Dropped  Progress = "dropped" // the wrong table; nothing was read
)

// Key gives the word of the stage.
func (p Progress) Key() words.Key { return words.Key("comparison.progress." + string(p)) }

// Verdict says what became of a row of an answer.
type Verdict string

// The verdicts.
const (
	Matched     Verdict = "matched"
	Unknown     Verdict = "unknown"      // nobody of this number was on the list
	NameDiffers Verdict = "name_differs" // the number is on the list, under another name
	Duplicate   Verdict = "duplicate"    // the same person and kind stood in a row before
	Unreadable  Verdict = "unreadable"   // no ID number, or a kind that nobody knows
)

// Verdicts lists all verdicts in the order of the page.
var Verdicts = []Verdict{Matched, NameDiffers, Unknown, Duplicate, Unreadable}

// Key gives the word of the verdict.
func (v Verdict) Key() words.Key { return words.Key("comparison.verdict." + string(v)) }

// Answer is one answer to a list.
type Answer struct {
	ID         AnswerID
	Batch      BatchID
	Name       string // as the sender's machine called it
	Size       int64
	State      Progress
	Heads      bool // the first row holds heads
	Columns    []Column
	RowsRead   int
	RowsAll    int
	Fault      string // key of what was wrong, of a failed one
	UploadedBy string
	UploadedAt time.Time
	DoneAt     time.Time
}

// Row is one row of an answer, masked.
type Row struct {
	Row     int // as a spreadsheet counts
	Verdict Verdict
	FileID  work.FileID // zero where nobody was found
	Kind    string
	Number  string
	Name    string
}

const contentContext = "comparison_content.sealed"

// MostBytes is the largest answer that is taken, in bytes: 10 MB, some 200,000 rows.
const MostBytes = 10 << 20

// limits of an answer.
var limits = sheet.Limits{Rows: 1_000_000, Columns: 256, CellRunes: 4000, Bytes: MostBytes, UnpackedBytes: 512 << 20}

// Upload takes an answer to a list that went out, and keeps it sealed until it is read. It is read once through here, so
// that a table that cannot be read is refused at once: a *sheet.Fault.
func Upload(ctx context.Context, u *work.Unit, keys *seal.Keys, id BatchID, name string, content []byte) (AnswerID, error) {
	b, err := FindBatch(ctx, u, u.By.Scope, id)
	if err != nil {
		return 0, err
	}
	if b.State != Sent {
		return 0, work.Refuse("comparison.refusal.not_sent", b.State)
	}
	rows, err := count(content)
	if err != nil {
		return 0, err
	}
	sealed, err := keys.Seal(content, contentContext)
	if err != nil {
		return 0, fmt.Errorf("sealing an answer: %w", err)
	}
	answer, err := insertAnswer(ctx, u, id, shorten(name, 120), int64(len(content)), rows, sealed)
	if err != nil {
		return 0, fmt.Errorf("keeping an answer to comparison %d: %w", id, err)
	}
	return answer, u.Audit(ctx, work.Entry{Act: "comparison.upload", Kind: "comparison_answer", ID: int64(answer), Changes: []work.Change{
		{Field: "comparison", After: id}, {Field: "rows", After: rows}, {Field: "size", After: len(content)}}})
}

// count reads a table to its end and counts its rows.
func count(content []byte) (int, error) {
	rows, err := sheet.Open(bytes.NewReader(content), int64(len(content)), limits)
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }() // what it reads lies in memory
	n := 0
	for {
		cells, err := rows.Next()
		switch {
		case errors.Is(err, io.EOF) && n == 0:
			return 0, sheet.ErrEmpty
		case errors.Is(err, io.EOF):
			return n, nil
		case err != nil:
			return 0, err
		case n == 0 && len(cells) < 3: // a number, a name and something that is said of them
			return 0, work.Refuse("comparison.refusal.columns").On("answer")
		}
		n++
	}
}

// Sample is the beginning of an answer, for telling its columns: the first rows, ID numbers masked, and what the columns
// seem to hold.
type Sample struct {
	Rows    [][]string
	Columns []Column
}

// sampleRows is how many rows of an answer are shown.
const sampleRows = 6

// SampleOf reads the beginning of an answer that waits for its columns.
func SampleOf(ctx context.Context, q work.Querier, keys *seal.Keys, id AnswerID) (Sample, error) {
	content, err := contentOf(ctx, q, keys, id)
	if err != nil {
		return Sample{}, fmt.Errorf("opening answer %d: %w", id, err)
	}
	rows, err := sheet.Open(bytes.NewReader(content), int64(len(content)), limits)
	if err != nil {
		return Sample{}, fmt.Errorf("opening answer %d: %w", id, err)
	}
	defer func() { _ = rows.Close() }() // what it reads lies in memory
	var s Sample
	width := 0
	for len(s.Rows) < sampleRows {
		cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Sample{}, fmt.Errorf("reading answer %d: %w", id, err)
		}
		cells = cells[:min(len(cells), mostColumns)]
		for i, cell := range cells {
			if number, err := idcard.Parse(cell); err == nil {
				cells[i] = number.Masked()
			}
			cells[i] = shorten(cells[i], 60)
		}
		width = max(width, len(cells))
		s.Rows = append(s.Rows, cells)
	}
	for i := range width {
		column := Skip
		if i < len(s.Rows[0]) {
			column = Guess(s.Rows[0][i])
		}
		if column != Skip && slices.Contains(s.Columns, column) {
			column = Skip // the first of equal heads counts
		}
		s.Columns = append(s.Columns, column)
	}
	return s, nil
}

// Start tells the columns of an answer and lets the job read it.
func Start(ctx context.Context, u *work.Unit, id AnswerID, heads bool, columns []Column) error {
	a, err := FindAnswer(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	if a.State != Uploaded {
		return work.Refuse("comparison.refusal.answer", a.State)
	}
	if refusal := mapped(columns); refusal != nil {
		return refusal
	}
	if err := startReading(ctx, u, id, heads, columns); err != nil {
		return fmt.Errorf("starting answer %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "comparison.start", Kind: "comparison_answer", ID: int64(id), Changes: []work.Change{
		{Field: "columns", After: columns}, {Field: "heads", After: heads}}})
}

// mapped refuses columns out of which nobody could be found or nothing be learnt.
func mapped(columns []Column) *work.Refusal {
	seen := map[Column]int{}
	kinds := 0
	for _, c := range columns {
		if !slices.Contains(Columns(), c) {
			return work.Refuse("comparison.refusal.column")
		}
		seen[c]++
		if c != Skip && seen[c] > 1 {
			return work.Refuse("comparison.refusal.column_twice", c)
		}
		if slices.Contains(Kinds, Kind(c)) {
			kinds++
		}
	}
	switch {
	case len(columns) > mostColumns:
		return work.Refuse("comparison.refusal.column")
	case seen[NumberCol] == 0:
		return work.Refuse("comparison.refusal.no_number")
	case seen[NameCol] == 0:
		return work.Refuse("comparison.refusal.no_name")
	case seen[KindCol] != seen[ValueCol] || seen[KindCol] == 1 && kinds > 0:
		return work.Refuse("comparison.refusal.kind_value")
	case seen[KindCol] == 0 && kinds == 0:
		return work.Refuse("comparison.refusal.no_kind")
	}
	return nil
}

// Drop puts an answer away that nobody has begun to read: it was the wrong table.
func Drop(ctx context.Context, u *work.Unit, id AnswerID) error {
	a, err := FindAnswer(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	if a.State != Uploaded {
		return work.Refuse("comparison.refusal.answer", a.State)
	}
	if err := endAnswer(ctx, u, id, Uploaded, Dropped, ""); err != nil {
		return fmt.Errorf("dropping answer %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "comparison.drop", Kind: "comparison_answer", ID: int64(id)})
}

// FindAnswer gives an answer to a list of an office within the scope, or work.ErrNotFound.
func FindAnswer(ctx context.Context, q work.Querier, scope work.Scope, id AnswerID) (Answer, error) {
	a, err := findAnswer(ctx, q, scope, id)
	if err != nil {
		return Answer{}, fmt.Errorf("finding answer %d: %w", id, err)
	}
	return a, nil
}

// AnswersOf lists the answers to a list, the newest first.
func AnswersOf(ctx context.Context, q work.Querier, id BatchID) ([]Answer, error) {
	list, err := answersOf(ctx, q, id)
	if err != nil {
		return nil, fmt.Errorf("listing the answers to comparison %d: %w", id, err)
	}
	return list, nil
}

// Rows gives at most limit rows of an answer with a verdict, in their order, after one, and the cursor of the next page,
// or zero.
func Rows(ctx context.Context, q work.Querier, id AnswerID, v Verdict, after, limit int) ([]Row, int, error) {
	list, err := readRows(ctx, q, id, v, after, limit+1)
	if err != nil {
		return nil, 0, fmt.Errorf("reading the rows of answer %d: %w", id, err)
	}
	if len(list) <= limit {
		return list, 0, nil
	}
	return list[:limit], list[limit-1].Row, nil
}

// Tally counts the rows of an answer by verdict, and the people on the list of whom it says nothing.
func Tally(ctx context.Context, q work.Querier, a Answer) (map[Verdict]int, int, error) {
	counts, silent, err := tally(ctx, q, a)
	if err != nil {
		return nil, 0, fmt.Errorf("counting the rows of answer %d: %w", a.ID, err)
	}
	return counts, silent, nil
}
