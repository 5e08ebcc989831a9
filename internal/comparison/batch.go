package comparison

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/seal"
	"bangfu/internal/sheet"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// BatchID names a row of comparison_batch.
type BatchID int64

// State says where a batch stands.
type State string

// The states of a batch.
const (
	Made      State = "made"      // can be looked at; nothing has left
	Sent      State = "sent"      // the list was handed to its maker
	Cancelled State = "cancelled" // never went out
)

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("comparison.state." + string(s)) }

// Aim says which households are compared.
type Aim string

// The aims.
const (
	ForJudgement Aim = "judge"  // visited, before they are judged
	ForReview    Aim = "review" // active, for a review
	ForFile      Aim = "file"   // one file
)

// Key gives the word of the aim.
func (a Aim) Key() words.Key { return words.Key("comparison.aim." + string(a)) }

// states lists the states of the files of an aim.
func (a Aim) states() []string {
	switch a {
	case ForJudgement:
		return []string{string(casefile.Submitted), string(casefile.Visited)}
	case ForReview:
		return []string{string(casefile.Active)}
	}
	return []string{string(casefile.Submitted), string(casefile.Visited), string(casefile.Active)}
}

// Plan is what a batch is made of.
type Plan struct {
	Receiver string // 2 to 80 characters
	Purpose  string // 2 to 500 characters
	Aim      Aim
	File     work.FileID // of ForFile
	From     day.Date    // the time that is asked about
	Until    day.Date
	Asked    []Kind
	Minors   bool // also those under eighteen; only asked for with a reason in the purpose
	Spare    int  // months within which a household was sent before and is not sent again; 0 = all
}

// Batch is one list on record.
type Batch struct {
	ID         BatchID
	OrgName    string
	Receiver   string
	Purpose    string
	Aim        Aim
	From       day.Date
	Until      day.Date
	Asked      []Kind
	Minors     bool
	State      State
	Files      int
	People     int
	LeftOut    int // households without a signed authorisation
	Unreached  int // households that there was no room for
	MadeBy     work.StaffID
	MakerName  string
	MadeAt     time.Time
	SentAt     time.Time
	SentPeople int
}

// MostPeople is how many people a list holds at most; the rest goes with the next one.
const MostPeople = 100_000

// Make lists the people of the households within the actor's scope. Households without a signed authorisation are left
// out and named. Nothing leaves the program yet.
func Make(ctx context.Context, u *work.Unit, p Plan) (BatchID, error) {
	if refusal := p.check(u.Today()); refusal != nil {
		return 0, refusal
	}
	if p.Aim == ForFile {
		if _, err := casefile.Find(ctx, u, u.By.Scope, p.File); err != nil {
			return 0, err
		}
	}
	id, err := insertBatch(ctx, u, p)
	if err != nil {
		return 0, fmt.Errorf("making a comparison: %w", err)
	}
	files, people, leftOut, err := fill(ctx, u, id, p)
	if err != nil {
		return 0, fmt.Errorf("filling comparison %d: %w", id, err)
	}
	switch {
	case people == 0 && leftOut > 0:
		return 0, work.Refuse("comparison.refusal.unauthorised", leftOut)
	case people == 0:
		return 0, work.Refuse("comparison.refusal.nobody")
	}
	return id, u.Audit(ctx, work.Entry{Act: "comparison.make", Kind: "comparison", ID: int64(id), FileID: p.File, Changes: []work.Change{
		{Field: "receiver", After: p.Receiver}, {Field: "purpose", After: p.Purpose}, {Field: "asked", After: p.Asked},
		{Field: "files", After: files}, {Field: "people", After: people}, {Field: "left_out", After: leftOut}}})
}

// check refuses a plan that does not hold together; Field names the form's field.
func (p Plan) check(today day.Date) *work.Refusal {
	switch {
	case !slices.Contains([]Aim{ForJudgement, ForReview, ForFile}, p.Aim):
		return work.Refuse("comparison.refusal.aim").On("aim")
	case p.From.IsZero() || p.Until.IsZero() || p.From.After(p.Until):
		return work.Refuse("comparison.refusal.period").On("until")
	case p.Until.After(today):
		return work.Refuse("comparison.refusal.future").On("until")
	case len(p.Asked) == 0:
		return work.Refuse("comparison.refusal.asked").On("asked")
	case p.Spare < 0 || p.Spare > 60:
		return work.Refuse("comparison.refusal.spare").On("spare")
	}
	for _, k := range p.Asked {
		if !slices.Contains(Kinds, k) {
			return work.Refuse("comparison.refusal.asked").On("asked")
		}
	}
	return nil
}

// Send marks the list as gone out; the caller then writes it with WriteList. It goes once, to its maker. Who meanwhile left the
// household, moved out of the maker's scope or took the authorisation back is not sent.
func Send(ctx context.Context, u *work.Unit, id BatchID) error {
	b, err := FindBatch(ctx, u, u.By.Scope, id)
	switch {
	case err != nil:
		return err
	case b.State != Made:
		return work.Refuse("comparison.refusal.state", b.State)
	case b.MadeBy != u.By.StaffID:
		return work.Refuse("comparison.refusal.maker", b.MakerName)
	}
	people, err := markSent(ctx, u, id)
	if err != nil {
		return fmt.Errorf("sending comparison %d: %w", id, worded(err))
	}
	if people == 0 {
		return work.Refuse("comparison.refusal.nobody_left")
	}
	return u.Audit(ctx, work.Entry{Act: "comparison.send", Kind: "comparison", ID: int64(id), Changes: []work.Change{
		{Field: "receiver", After: b.Receiver}, {Field: "people", After: people}}})
}

// WriteList writes the list, name and ID number, as a table of the kind; it streams, whatever its length.
func WriteList(ctx context.Context, q work.Querier, keys *seal.Keys, id BatchID, kind sheet.Kind, heads []string, w io.Writer) error {
	out, err := sheet.NewWriter(w, kind, "比对")
	if err != nil {
		return fmt.Errorf("writing comparison %d: %w", id, err)
	}
	if err := out.Row(sheet.Texts(heads...)...); err != nil {
		return fmt.Errorf("writing comparison %d: %w", id, err)
	}
	n := 0
	err = eachSubject(ctx, q, id, func(name string, sealed []byte) error {
		number, err := casefile.OpenNumber(keys, sealed)
		if err != nil {
			return err
		}
		n++
		return out.Row(sheet.Number(n), sheet.Text(name), sheet.Text(string(number)))
	})
	if err != nil {
		return fmt.Errorf("writing comparison %d: %w", id, err)
	}
	return out.Close()
}

// Cancel drops a batch that has not gone out.
func Cancel(ctx context.Context, u *work.Unit, id BatchID) error {
	b, err := FindBatch(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	if b.State != Made {
		return work.Refuse("comparison.refusal.state", b.State)
	}
	if err := cancel(ctx, u, id); err != nil {
		return fmt.Errorf("cancelling comparison %d: %w", id, worded(err))
	}
	return u.Audit(ctx, work.Entry{Act: "comparison.cancel", Kind: "comparison", ID: int64(id)})
}

// FindBatch gives a batch of an office within the scope, or work.ErrNotFound.
func FindBatch(ctx context.Context, q work.Querier, scope work.Scope, id BatchID) (Batch, error) {
	b, err := findBatch(ctx, q, scope, id)
	if err != nil {
		return Batch{}, fmt.Errorf("finding comparison %d: %w", id, err)
	}
	return b, nil
}

// ListBatches gives at most limit batches within the scope, the newest first, below an id (zero = from the newest), and
// the cursor of the next page, or zero.
func ListBatches(ctx context.Context, q work.Querier, scope work.Scope, below BatchID, limit int) ([]Batch, BatchID, error) {
	list, err := listBatches(ctx, q, scope, below, limit+1)
	if err != nil {
		return nil, 0, fmt.Errorf("listing comparisons: %w", err)
	}
	if len(list) <= limit {
		return list, 0, nil
	}
	return list[:limit], list[limit-1].ID, nil
}

// LeftOut is a household that was left out because it signed no authorisation.
type LeftOut struct {
	FileID   work.FileID
	HeadName string
}

// ListLeftOut gives at most limit of the households within the scope that were left out of a batch, in the order of their
// files, after one, and the cursor of the next page, or zero.
func ListLeftOut(ctx context.Context, q work.Querier, scope work.Scope, id BatchID, after work.FileID, limit int) ([]LeftOut, work.FileID, error) {
	list, err := listLeftOut(ctx, q, scope, id, after, limit+1)
	if err != nil {
		return nil, 0, fmt.Errorf("listing who was left out of comparison %d: %w", id, err)
	}
	if len(list) <= limit {
		return list, 0, nil
	}
	return list[:limit], list[limit-1].FileID, nil
}

// worded turns the database's refusals that a person can meet into words.
func worded(err error) error {
	switch work.Violated(err) {
	case "comparison_once", "comparison_sent_fixed":
		return work.ErrStale
	case "comparison_resolver":
		return work.Refuse("comparison.refusal.registrar")
	case "casefile_duty_sides":
		return work.Refuse("comparison.refusal.sides")
	case "comparison_resolved_once":
		return work.ErrStale
	}
	return err
}
