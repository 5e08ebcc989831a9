// Package fundpage holds the pages of the funds: accounts with their balances, entries, receipts, reversals.
package fundpage

import (
	"strconv"

	"bangfu/internal/fund"
	"bangfu/internal/words"
	"bangfu/templates/ui"
)

// Addresses of the funds.
const (
	ListPath = "/funds"
	OpenPath = "/funds/new"
)

// Path is the address of an account.
func Path(id fund.AccountID) string { return ListPath + "/" + strconv.FormatInt(int64(id), 10) }

// ReceiptPath is where money is received into an account.
func ReceiptPath(id fund.AccountID) string { return Path(id) + "/receipt" }

// EntryPath is the address of an entry.
func EntryPath(id fund.EntryID) string {
	return ListPath + "/entries/" + strconv.FormatInt(int64(id), 10)
}

// ReversalPath is where a receipt is reversed.
func ReversalPath(id fund.EntryID) string { return EntryPath(id) + "/reversal" }

// GrantPath is the address of the grant that an entry is about.
func GrantPath(id int64) string { return "/grants/" + strconv.FormatInt(id, 10) }

// ClaimPath is the address of the claim of an exit, which belongs to another feature.
func ClaimPath(exit int64) string { return "/exits/" + strconv.FormatInt(exit, 10) + "/recovery" }

// meter is the state of an account, or of several together.
func meter(b fund.Balances) ui.MeterView {
	return ui.MeterView{Spent: b.Paid, Reserved: b.Reserved, Total: b.Received}
}

// kindTag gives what an entry does in a word.
func kindTag(e fund.Entry) ui.Tag {
	t := ui.Tag{Key: e.Kind.Key()}
	switch e.Kind {
	case fund.Received, fund.Returned:
		t.Tone = ui.Good
	case fund.Reserved:
		t.Tone = ui.Info
	case fund.Released, fund.Reversed:
		t.Tone = ui.Due
	}
	if e.ReversedBy != 0 {
		t = ui.Tag{Key: "fund.reversed", Tone: ui.Due}
	}
	return t
}

// signed writes what an entry does to the available money: +1,000.00, −300.00, or nothing when it leaves it as it is.
func signed(e fund.Entry) ui.Cell {
	switch s := e.Signed(); {
	case s > 0:
		return ui.Text("+" + s.Grouped()).Right()
	case s < 0:
		return ui.Text("−" + (-s).Grouped()).Right()
	}
	return ui.Text("").Right()
}

// when writes a time to the minute.
func when(e fund.Entry) string { return words.Minute(e.At) }

// by names who made an entry; the program's own entries carry no name.
func by(e fund.Entry) ui.Cell {
	if e.By == "" {
		return ui.Word("fund.by_program")
	}
	return ui.Text(e.By)
}
