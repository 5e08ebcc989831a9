// Package paymentpage holds the pages of payments: what is owed, batches, the bank's answers, formats.
package paymentpage

import (
	"context"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/payment"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/ui"
)

// Addresses of payments.
const (
	ListPath      = "/payments"
	BatchesPath   = "/payments/batches"
	CheckPath     = "/payments/batches/new"
	FormatsPath   = "/payments/formats"
	NewFormatPath = "/payments/formats/new"
)

// StatePath is the list of the payables in a state.
func StatePath(s payment.State) string { return ListPath + "?state=" + string(s) }

// Path is the address of a payable.
func Path(id payment.PayableID) string { return ListPath + "/" + strconv.FormatInt(int64(id), 10) }

// DecisionPath is where finance does an act to a payable.
func DecisionPath(id payment.PayableID, act payment.Act) string {
	return Path(id) + "/decision?act=" + string(act)
}

// BatchPath is the address of a batch.
func BatchPath(id payment.BatchID) string {
	return BatchesPath + "/" + strconv.FormatInt(int64(id), 10)
}

// Addresses below a batch.
func releasePath(id payment.BatchID) string { return BatchPath(id) + "/release" }
func filePath(id payment.BatchID) string    { return BatchPath(id) + "/file" }

// AnswerPath is where the bank's answer to a batch is read in.
func AnswerPath(id payment.BatchID) string { return BatchPath(id) + "/answer" }

// CancelPath is where a batch is cancelled: by its maker's side, or sent back by who would release it.
func CancelPath(id payment.BatchID, back bool) string {
	if back {
		return BatchPath(id) + "/return"
	}
	return BatchPath(id) + "/cancellation"
}

// UsePath is where a format is offered or offered no longer.
func UsePath(id payment.FormatID) string {
	return FormatsPath + "/" + strconv.FormatInt(int64(id), 10) + "/use"
}

// Addresses of other features.
func householdPath(id work.FileID) string { return "/files/" + strconv.FormatInt(int64(id), 10) }
func cardsPath(id work.FileID) string     { return householdPath(id) + "/cards" }
func grantPath(id int64) string           { return "/grants/" + strconv.FormatInt(id, 10) }
func accountPath(id fund.AccountID) string {
	return "/funds/" + strconv.FormatInt(int64(id), 10)
}

// Masks are card numbers of which only the last four digits are shown.
type Masks map[casefile.CardID]string

// programme names what a payable is for, in the reader's language.
func programme(ctx context.Context, p payment.Payable) string {
	if words.Of(ctx) == words.English {
		return p.ProgrammeEn
	}
	return p.ProgrammeZh
}

// account names the fund that pays.
func account(p payment.Payable) ui.Cell {
	return ui.Word("payment.account_short", p.Account.Year, p.Account.Source)
}

// tag gives a payable's state in a word.
func tag(s payment.State) ui.Tag {
	t := ui.Tag{Key: s.Key()}
	switch s {
	case payment.Ready:
		t.Tone = ui.Due
	case payment.Batched:
		t.Tone = ui.Info
	case payment.Refused, payment.Failed:
		t.Tone = ui.Bad
	}
	return t
}

// batchTag gives a batch's state in a word.
func batchTag(s payment.BatchState) ui.Tag {
	t := ui.Tag{Key: s.Key()}
	switch s {
	case payment.Made:
		t.Tone = ui.Due
	case payment.Released:
		t.Tone = ui.Info
	}
	return t
}

// lineTag gives a line's state in a word.
func lineTag(s payment.LineState) ui.Tag {
	t := ui.Tag{Key: s.Key()}
	switch s {
	case payment.LineOpen:
		t.Tone = ui.Info
	case payment.LineFailed:
		t.Tone = ui.Bad
	}
	return t
}

// held says why a payable cannot be paid now; blank when nothing holds it.
func held(p payment.Payable) ui.Cell {
	if h := p.Hold(); h != payment.NotHeld {
		return ui.Word(h.Key())
	}
	return ui.Cell{}
}

// capitals writes an amount in a summary: ¥1,234.50, in capitals below.
func capitals(p payment.Payable) ui.Cell {
	return ui.Text("¥" + p.Amount.Grouped()).With(p.Amount.Capitals())
}
