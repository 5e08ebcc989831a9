package payment

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// BatchID names a row of payment_batch.
type BatchID int64

// MostLines is the largest batch: a person must be able to check it.
const MostLines = 1_000

// Batch is a set of lines that goes to the bank in one file.
type Batch struct {
	ID         BatchID
	OrgID      work.OrgID
	OrgPath    string
	Office     string
	Number     string // office code, day, number of the day
	State      BatchState
	Format     FormatID
	FormatName string
	Lines      int
	Total      money.Amount
	MadeBy     work.StaffID
	MadeName   string
	MadeAt     time.Time
	ReleasedBy work.StaffID // zero = not yet
	Releaser   string
	ReleasedAt time.Time
	FileHash   []byte // SHA-256 of the bank's file as it was written
	Counts
}

// Counts tell how the lines of a batch stand.
type Counts struct {
	Open, Paid, Failed                int
	OpenAmount, PaidAmount, FailedSum money.Amount
}

// LineID names a row of payment_line.
type LineID int64

// Line is one payable in a batch, as it was when the batch was made.
type Line struct {
	ID        LineID
	Seq       int
	Reference string // goes to the bank and comes back with its answer
	Amount    money.Amount
	Card      casefile.CardID
	State     LineState
	Reason    string // what the bank said, or why the batch was cancelled
	Payable   Payable
}

// fileContext binds the sealed file to its column.
const fileContext = "payment_batch.file"

// Make makes a batch of the acting person's office out of ready payables. All of them or none: one that is no longer
// ready, is held, or is of a case the person gathered or decided refuses the whole, by its file number.
func Make(ctx context.Context, u *work.Unit, ids []PayableID, format FormatID) (BatchID, error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	switch {
	case len(ids) == 0:
		return 0, work.Refuse("payment.refusal.none_chosen")
	case len(ids) > MostLines:
		return 0, work.Refuse("payment.refusal.too_many", MostLines)
	}
	if err := lockPayables(ctx, u, ids); err != nil {
		return 0, fmt.Errorf("making a batch: %w", err)
	}
	payables, err := FindSome(ctx, u, u.By, ids)
	if err != nil {
		return 0, fmt.Errorf("making a batch: %w", err)
	}
	if len(payables) != len(ids) {
		return 0, fmt.Errorf("making a batch: %w", work.ErrNotFound)
	}
	var total money.Amount
	for _, p := range payables {
		if _, refusal := p.after(ActBatch); refusal != nil {
			return 0, refusal
		}
		if total, err = total.Add(p.Amount); err != nil {
			return 0, fmt.Errorf("making a batch: %w", err)
		}
	}
	if f, err := FindFormat(ctx, u, format); err != nil {
		return 0, fmt.Errorf("making a batch: %w", err)
	} else if !f.Active {
		return 0, work.Refuse("payment.refusal.format").On("format")
	}
	b := Batch{OrgID: u.By.OrgID, Format: format, Lines: len(payables), Total: total}
	if b, err = insertBatch(ctx, u, b); err != nil {
		return 0, fmt.Errorf("making a batch: %w", worded(err))
	}
	if err := insertLines(ctx, u, b, payables); err != nil {
		return 0, fmt.Errorf("making a batch: %w", worded(err))
	}
	if err := changeAll(ctx, u, b.ID, LineOpen, Ready, Batched, len(payables)); err != nil {
		return 0, fmt.Errorf("making a batch: %w", worded(err))
	}
	for _, p := range payables {
		err := u.Audit(ctx, work.Entry{Act: "payment.batch", Kind: "payable", ID: int64(p.ID), FileID: p.File,
			Changes: []work.Change{{Field: "batch", After: b.Number}, {Field: "state", Before: Ready, After: Batched}}})
		if err != nil {
			return 0, err
		}
	}
	return b.ID, u.Audit(ctx, work.Entry{Act: "payment.make", Kind: "batch", ID: int64(b.ID),
		Changes: []work.Change{{Field: "lines", After: b.Lines}, {Field: "total_fen", After: int64(b.Total)}}})
}

// Release lets a batch go to the bank, by another person than its maker. Everything is read again: a line whose card,
// file or notice changed since refuses the release by its file number. The bank's file is written and sealed into the
// batch, which does not change any more.
func Release(ctx context.Context, u *work.Unit, keys *seal.Keys, id BatchID) error {
	b, lines, err := whole(ctx, u, id)
	if err != nil {
		return fmt.Errorf("releasing batch %d: %w", id, err)
	}
	if refusal := b.after(BatchRelease, u.By); refusal != nil {
		return refusal
	}
	for _, l := range lines {
		if h := l.Payable.Hold(); h != NotHeld {
			return work.Refuse("payment.refusal.held", l.Payable.FileNumber, h)
		}
	}
	plain, err := bankFile(ctx, u, keys, b, lines)
	if err != nil {
		return fmt.Errorf("releasing batch %d: %w", id, err)
	}
	sealed, err := keys.Seal(plain, fileContext)
	if err != nil {
		return fmt.Errorf("releasing batch %d: %w", id, err)
	}
	hash := sha256.Sum256(plain)
	if err := release(ctx, u, b, sealed, hash[:]); err != nil {
		return fmt.Errorf("releasing batch %d: %w", id, worded(err))
	}
	return u.Audit(ctx, work.Entry{Act: "payment.release", Kind: "batch", ID: int64(id),
		Changes: []work.Change{{Field: "state", Before: Made, After: Released}, {Field: "file_hash", After: fmt.Sprintf("%x", hash)}}})
}

// Cancel ends a batch that was not released; its payables are ready again, their money stays reserved.
func Cancel(ctx context.Context, u *work.Unit, id BatchID, reason string) error {
	b, lines, err := whole(ctx, u, id)
	if err != nil {
		return fmt.Errorf("cancelling batch %d: %w", id, err)
	}
	if refusal := b.after(BatchCancel, u.By); refusal != nil {
		return refusal
	}
	if err := changeAll(ctx, u, id, LineOpen, Batched, Ready, len(lines)); err != nil {
		return fmt.Errorf("cancelling batch %d: %w", id, worded(err))
	}
	if err := cancelLines(ctx, u, id, reason); err != nil {
		return fmt.Errorf("cancelling batch %d: %w", id, worded(err))
	}
	if err := moveBatch(ctx, u, b, Cancelled); err != nil {
		return fmt.Errorf("cancelling batch %d: %w", id, worded(err))
	}
	for _, l := range lines {
		err := u.Audit(ctx, work.Entry{Act: "payment.return", Kind: "payable", ID: int64(l.Payable.ID), FileID: l.Payable.File,
			Changes: []work.Change{{Field: "batch", Before: b.Number}, {Field: "state", Before: Batched, After: Ready}}})
		if err != nil {
			return err
		}
	}
	return u.Audit(ctx, work.Entry{Act: "payment.cancel", Kind: "batch", ID: int64(id),
		Changes: []work.Change{{Field: "state", Before: Made, After: Cancelled}, {Field: "reason", After: reason}}})
}

// Download opens the bank's file of a released batch and leaves an audit entry of its own: the file holds card numbers.
func Download(ctx context.Context, u *work.Unit, keys *seal.Keys, id BatchID) (name string, file []byte, err error) {
	b, err := FindBatch(ctx, u, u.By.Scope, id)
	if err != nil {
		return "", nil, fmt.Errorf("downloading the file of batch %d: %w", id, err)
	}
	if b.State != Released && b.State != Closed {
		return "", nil, work.Refuse("payment.refusal.batch_state", b.Number, b.State)
	}
	file, err = openFile(ctx, u, keys, b)
	if err != nil {
		return "", nil, fmt.Errorf("downloading the file of batch %d: %w", id, err)
	}
	return b.Number + ".csv", file, u.Audit(ctx, work.Entry{Act: "payment.download", Kind: "batch", ID: int64(id)})
}

// openFile unseals the bank's file of a batch and compares it with the hash kept beside it.
func openFile(ctx context.Context, q work.Querier, keys *seal.Keys, b Batch) ([]byte, error) {
	sealed, err := sealedFile(ctx, q, b.ID)
	if err != nil {
		return nil, err
	}
	plain, err := keys.Unseal(sealed, fileContext)
	if err != nil {
		return nil, err
	}
	if hash := sha256.Sum256(plain); !bytes.Equal(hash[:], b.FileHash) {
		return nil, fmt.Errorf("the file of batch %s is not the one that was written", b.Number)
	}
	return plain, nil
}

// whole locks a batch of the person's scope and reads it with all its lines.
func whole(ctx context.Context, u *work.Unit, id BatchID) (Batch, []Line, error) {
	if err := lockBatch(ctx, u, id); err != nil {
		return Batch{}, nil, err
	}
	b, err := FindBatch(ctx, u, u.By.Scope, id)
	if err != nil {
		return Batch{}, nil, err
	}
	lines, err := Lines(ctx, u, u.By, b, 0, b.Lines)
	return b, lines, err
}

// bankFile writes the file of a batch in its format.
func bankFile(ctx context.Context, q work.Querier, keys *seal.Keys, b Batch, lines []Line) ([]byte, error) {
	format, err := FindFormat(ctx, q, b.Format)
	if err != nil {
		return nil, err
	}
	ids := make([]casefile.CardID, len(lines))
	for i, l := range lines {
		ids[i] = l.Card
	}
	cards, err := casefile.FindCards(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	transfers := make([]Transfer, len(lines))
	for i, l := range lines {
		card := cards[l.Card]
		number, err := card.Number(keys)
		if err != nil {
			return nil, err
		}
		transfers[i] = Transfer{Seq: l.Seq, Reference: l.Reference, Name: card.Holder, Bank: card.Bank, Branch: card.Branch,
			Card: number, Amount: l.Amount, Remark: l.Payable.ProgrammeZh}
	}
	return format.Write(transfers)
}

// numberOf gives a batch its number: the office's code, the day, and how many there were that day.
func numberOf(code string, on day.Date, nth int) string {
	return fmt.Sprintf("%s%04d%02d%02d-%02d", code, on.Year(), int(on.Month()), on.Day(), nth)
}
