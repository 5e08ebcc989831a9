package payment

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// AnswerID names a row of payment_answer.
type AnswerID int64

// Outcome is what reading an answer did.
type Outcome struct {
	Paid, Failed int  // lines that it closed
	Before       int  // lines that were closed before and say the same
	Open         int  // lines still without an answer
	Again        bool // the very same file was read before; nothing changed
}

// Unacceptable means that an answer does not fit its batch: it is refused as a whole, with the rows and why.
type Unacceptable struct{ Faults []Fault }

// Error counts the faults; it is for logs and never shown to a person.
func (e *Unacceptable) Error() string { return fmt.Sprintf("answer refused: %d faults", len(e.Faults)) }

// sent is what a line told the bank, by which its answer is matched.
type sent struct {
	Line
	name, card string
}

// Answer reads the bank's answer to a released batch. Every row must fit its line by reference, amount and card, else
// the whole is *Unacceptable and nothing changes. A paid line moves the reserved money to paid, a failed one gives it
// back to the fund. Lines without a row stay open for a later answer; the last one closes the batch. The same answer
// again changes nothing.
func Answer(ctx context.Context, u *work.Unit, keys *seal.Keys, id BatchID, data []byte) (Outcome, error) {
	b, lines, err := whole(ctx, u, id)
	if err != nil {
		return Outcome{}, fmt.Errorf("reading the answer to batch %d: %w", id, err)
	}
	if refusal := b.after(BatchAnswer, u.By); refusal != nil {
		return Outcome{}, refusal
	}
	hash := sha256.Sum256(data)
	if again, err := answeredBy(ctx, u, id, hash[:]); err != nil || again {
		if err != nil {
			return Outcome{}, fmt.Errorf("reading the answer to batch %d: %w", id, err)
		}
		return Outcome{Before: b.Paid + b.Failed, Open: b.Open, Again: true},
			u.Audit(ctx, work.Entry{Act: "payment.answer_again", Kind: "batch", ID: int64(id)})
	}
	format, err := FindFormat(ctx, u, b.Format)
	if err != nil {
		return Outcome{}, fmt.Errorf("reading the answer to batch %d: %w", id, err)
	}
	said, faults := Parse(data, format.Columns)
	if faults != nil {
		return Outcome{}, &Unacceptable{faults}
	}
	told, err := sentBy(ctx, u, keys, lines)
	if err != nil {
		return Outcome{}, fmt.Errorf("reading the answer to batch %d: %w", id, err)
	}
	fresh, before, faults := match(told, said)
	if faults != nil {
		return Outcome{}, &Unacceptable{faults}
	}
	out := Outcome{Before: before, Open: b.Open - len(fresh)}
	for _, f := range fresh {
		if f.Paid {
			out.Paid++
		} else {
			out.Failed++
		}
	}
	if err := settle(ctx, u, b, hash[:], fresh, out); err != nil {
		return Outcome{}, fmt.Errorf("reading the answer to batch %d: %w", id, worded(err))
	}
	return out, nil
}

// NoteUnacceptable leaves the fact that an answer was refused, in a unit of its own: an altered file is worth knowing.
func NoteUnacceptable(ctx context.Context, u *work.Unit, id BatchID, faults int) error {
	b, err := FindBatch(ctx, u, u.By.Scope, id)
	if err != nil {
		return fmt.Errorf("noting a refused answer: %w", err)
	}
	return u.Audit(ctx, work.Entry{Act: "payment.answer_refused", Kind: "batch", ID: int64(b.ID),
		Changes: []work.Change{{Field: "faults", After: faults}}})
}

// sentBy opens what the lines told the bank.
func sentBy(ctx context.Context, q work.Querier, keys *seal.Keys, lines []Line) (map[string]sent, error) {
	ids := make([]casefile.CardID, len(lines))
	for i, l := range lines {
		ids[i] = l.Card
	}
	cards, err := casefile.FindCards(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	told := make(map[string]sent, len(lines))
	for _, l := range lines {
		number, err := cards[l.Card].Number(keys)
		if err != nil {
			return nil, err
		}
		told[l.Reference] = sent{Line: l, name: cards[l.Card].Holder, card: number}
	}
	return told, nil
}

// settled is a line with what the bank said of it.
type settled struct {
	Line
	Said
}

// match ties the rows to the lines. It gives the lines that are newly answered, in their order, and how many rows
// repeat what was known; or every fault.
func match(told map[string]sent, said []Said) (fresh []settled, before int, faults []Fault) {
	seen := map[string]int{}
	for _, s := range said {
		l, ok := told[s.Reference]
		var key words.Key
		var args []any
		switch first, doubled := seen[s.Reference]; {
		case !ok:
			key = "payment.fault.foreign"
		case doubled:
			key, args = "payment.fault.doubled", []any{first}
		case s.Amount != l.Amount:
			key, args = "payment.fault.other_amount", []any{l.Amount, s.Amount}
		case !sameCard(l.card, s.Card):
			key = "payment.fault.other_card"
		case s.Name != "" && !sameName(l.name, s.Name):
			key, args = "payment.fault.other_name", []any{shorten(s.Name, 40)}
		case l.State == LinePaid && !s.Paid || l.State == LineFailed && s.Paid:
			key, args = "payment.fault.other_result", []any{l.State}
		case l.State == LineOpen:
			fresh = append(fresh, settled{l.Line, s})
		default:
			before++
		}
		if key != "" {
			faults = append(faults, Fault{Row: s.Row, Reference: shorten(s.Reference, 40), Message: words.Saying(key, args...)})
		}
		if _, ok := seen[s.Reference]; !ok {
			seen[s.Reference] = s.Row
		}
	}
	if faults != nil {
		return nil, 0, faults
	}
	slices.SortFunc(fresh, func(a, b settled) int { return cmp.Compare(a.Seq, b.Seq) })
	return fresh, before, nil
}

// sameCard compares a card with the whole number, with one whose middle is hidden, or with its last four to six digits.
func sameCard(card, said string) bool {
	if at := strings.IndexAny(said, "*xX"); at >= 0 {
		head, tail := said[:at], strings.TrimLeft(said[at:], "*xX")
		return len(tail) >= 4 && strings.HasPrefix(card, head) && strings.HasSuffix(card, tail)
	}
	if len(said) >= 4 && len(said) <= 6 {
		return strings.HasSuffix(card, said)
	}
	return card == said
}

// sameName compares a name sign by sign; * and ? stand for signs that the bank hides or cannot write.
func sameName(name, said string) bool {
	a, b := []rune(strings.ReplaceAll(name, " ", "")), []rune(strings.ReplaceAll(said, " ", ""))
	return slices.EqualFunc(a, b, func(x, y rune) bool { return x == y || strings.ContainsRune("*?？＊", y) })
}

// settle writes an accepted answer: the accounts are locked in order first, then the lines, the payables and the ledger
// move together.
func settle(ctx context.Context, u *work.Unit, b Batch, hash []byte, fresh []settled, out Outcome) error {
	var accounts []fund.AccountID
	for _, f := range fresh {
		accounts = append(accounts, f.Payable.Account.ID)
	}
	if err := fund.Lock(ctx, u, accounts...); err != nil {
		return err
	}
	if err := deferLedger(ctx, u); err != nil {
		return err
	}
	answer, err := insertAnswer(ctx, u, b.ID, hash, out)
	if err != nil {
		return err
	}
	for _, f := range fresh {
		if err := settleOne(ctx, u, b, answer, f); err != nil {
			return fmt.Errorf("line %s: %w", f.Line.Reference, err)
		}
	}
	if len(fresh) > 0 && out.Open == 0 {
		if err := moveBatch(ctx, u, b, Closed); err != nil {
			return err
		}
	}
	return u.Audit(ctx, work.Entry{Act: "payment.answer", Kind: "batch", ID: int64(b.ID), Changes: []work.Change{
		{Field: "paid", After: out.Paid}, {Field: "failed", After: out.Failed}, {Field: "open", After: out.Open},
		{Field: "file_hash", After: fmt.Sprintf("%x", hash)}}})
}

// settleOne writes the bank's word on one line.
func settleOne(ctx context.Context, u *work.Unit, b Batch, answer AnswerID, f settled) error {
	next, line, act, book := f.Payable, LinePaid, ActPay, fund.Pay
	if !f.Paid {
		next.Reason, line, act, book = f.Said.Reason, LineFailed, ActFail, fund.Release
	}
	to, refusal := f.Payable.after(act)
	if refusal != nil {
		return refusal
	}
	next.State = to
	if err := closeLine(ctx, u, f.Line, line, f.Said.Reason, answer); err != nil {
		return err
	}
	if err := change(ctx, u, f.Payable, next); err != nil {
		return err
	}
	if err := book(ctx, u, f.Payable.Account.ID, f.Payable.hold(f.Line.Reference)); err != nil {
		return err
	}
	return u.Audit(ctx, work.Entry{Act: "payment." + string(act), Kind: "payable", ID: int64(next.ID), FileID: next.File,
		Changes: []work.Change{{Field: "state", Before: f.Payable.State, After: to}, {Field: "batch", After: b.Number},
			{Field: "amount_fen", After: int64(f.Line.Amount)}, {Field: "reason", After: f.Said.Reason}}})
}
