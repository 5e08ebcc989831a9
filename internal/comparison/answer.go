package comparison

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

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

	Withdrawn Progress = "withdrawn" // its columns were told wrongly; a later answer says it right
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
	Mapping    // told when it is started
	RowsRead   int
	RowsAll    int
	Answered   map[Kind]int // of a read one: how many people of the list have an answer to what was asked
	Fault      string       // key of what was wrong, of a failed one
	UploadedBy string
	UploadedAt time.Time
	DoneAt     time.Time

	WithdrawnBy  string // of a withdrawn one
	WithdrawnAt  time.Time
	WithdrawnWhy string
}

// Mapping tells how a table is to be read.
type Mapping struct {
	Head       int // the row with the heads, as a spreadsheet counts; what stands above is no answer; 0 = there are no heads
	Columns    []Column
	BlankNone  bool // a blank cell says that nothing was found; otherwise it says nothing
	AbsentNone bool // so it does of whoever is on the list and not in the table
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
	n, width := 0, 0
	for {
		cells, err := rows.Next()
		switch {
		case errors.Is(err, io.EOF) && n == 0:
			return 0, sheet.ErrEmpty
		case errors.Is(err, io.EOF) && width < 3: // a number, a name and something that is said of them
			return 0, work.Refuse("comparison.refusal.columns").On("answer")
		case errors.Is(err, io.EOF):
			return n, nil
		case err != nil:
			return 0, err
		}
		n, width = n+1, max(width, len(cells))
	}
}

// Start tells how an answer is to be read and lets the job read it.
func Start(ctx context.Context, u *work.Unit, id AnswerID, m Mapping) error {
	a, err := FindAnswer(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	if a.State != Uploaded {
		return work.Refuse("comparison.refusal.answer", a.State)
	}
	if refusal := mapped(m.Columns); refusal != nil {
		return refusal
	}
	if m.Head < 0 || m.Head > MostAbove {
		return work.Refuse("comparison.refusal.head", MostAbove).On("head")
	}
	if err := startReading(ctx, u, id, m); err != nil {
		return fmt.Errorf("starting answer %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "comparison.start", Kind: "comparison_answer", ID: int64(id), Changes: []work.Change{
		{Field: "columns", After: m.Columns}, {Field: "head", After: m.Head}, {Field: "blank_none", After: m.BlankNone},
		{Field: "absent_none", After: m.AbsentNone}}})
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

// MayWithdraw tells whether the answer was read, wholly or in part, and still counts.
func (a Answer) MayWithdraw() bool { return a.State == Done || a.State == Failed }

// Withdraw takes back an answer that was read with its columns told wrongly. What it found and nobody resolved waits until a
// later answer to the same list speaks of the person, or until somebody resolves it: a household is not judged meanwhile, so
// that nothing true is made to vanish by it. What was resolved stays. Each file that it concerns has an entry.
func Withdraw(ctx context.Context, u *work.Unit, id AnswerID, why string) error {
	a, err := FindAnswer(ctx, u, u.By.Scope, id)
	switch {
	case err != nil:
		return err
	case !a.MayWithdraw():
		return work.Refuse("comparison.refusal.answer", a.State)
	case why == "":
		return work.Refuse("comparison.refusal.note").On("why")
	}
	files, err := withdraw(ctx, u, a, why)
	if err != nil {
		return fmt.Errorf("withdrawing answer %d: %w", id, err)
	}
	entries := []work.Entry{{Act: "comparison.withdraw", Kind: "comparison_answer", ID: int64(id), Changes: []work.Change{
		{Field: "state", Before: a.State, After: Withdrawn}, {Field: "note", After: why}, {Field: "files", After: len(files)}}}}
	for _, file := range files {
		entries = append(entries, work.Entry{Act: "comparison.withdraw", Kind: "comparison_answer", ID: int64(id), FileID: file,
			Changes: []work.Change{{Field: "note", After: why}}})
	}
	return u.AuditMany(ctx, entries)
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
