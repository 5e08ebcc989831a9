package fundpage

import (
	"time"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples lists the pages of this package with made-up data, for the gallery.
func Examples() []ui.Example {
	a := fund.Account{ID: 1, OrgPath: "/3/", Office: "青石县总工会困难职工帮扶中心", Source: fund.City, Purpose: fund.Living, Year: 2026,
		Balances: fund.Balances{Received: money.Yuan(50_000), Available: money.Yuan(38_800), Reserved: money.Yuan(3_200), Paid: money.Yuan(8_000)}}
	at := time.Date(2026, 11, 20, 1, 30, 0, 0, time.UTC)
	receipt := fund.Entry{ID: 1, Account: 1, Kind: fund.Received, From: fund.Outside, To: fund.Available, Amount: money.Yuan(50_000),
		Reason: "财拨〔2026〕12 号", ReceivedOn: day.Of(2026, 11, 19), By: "褚明", At: at}
	reserved := fund.Entry{ID: 2, Account: 1, Kind: fund.Reserved, From: fund.Available, To: fund.ReservedPot, Amount: money.Yuan(480),
		Reason: "生活救助 QSX202600001", Grant: 7, Attempt: 1, By: "马骏", At: at}
	back := fund.Entry{ID: 5, Account: 1, Kind: fund.Returned, From: fund.PaidPot, To: fund.Available, Amount: money.Yuan(300),
		Reason: "收款收据 0031 号", Part: 2, Exit: 7, ReceivedOn: day.Of(2026, 11, 20), By: "褚明", At: at}
	undone := receipt
	undone.ID, undone.ReversedBy = 3, 4
	filter := form.New(nil)
	filter.Select("year", "fund.year", []form.Option{{Value: "2026", Text: "2026"}}, form.Default("2026"))
	money1 := form.New(nil)
	money1.Money("amount", "fund.amount", form.Required)
	reason := form.New(nil)
	reason.Area("reason", "fund.reverse_reason", form.Required)
	list := ListView{Page: layout.Sample("fund.list_title"), Year: 2026, Purpose: fund.Living, Filter: filter, Accounts: []fund.Account{a},
		Total: fund.Total{Count: 1, Balances: a.Balances}, Open: true}
	empty := ListView{Page: layout.Sample("fund.list_title"), Year: 2027, Filter: filter, Open: true}
	open := OpenView{Page: layout.Sample("fund.open")}
	open.Form = money1
	reverse := EntryView{Page: layout.Sample("fund.reverse_title"), Account: a, Entry: receipt}
	reverse.Form = reason
	booked := fund.Receipt{Amount: money.Yuan(1_000), On: day.Of(2026, 11, 22), Paper: "财拨〔2026〕12 号"}
	return []ui.Example{
		{Name: "fund-list", Page: List(list)},
		{Name: "fund-list-empty", Page: List(empty)},
		{Name: "fund-open", Page: Open(open)},
		{Name: "fund-account", Page: Account(AccountView{Page: layout.Sample("fund.account_title", 2026, fund.City, fund.Living), Account: a,
			Entries: []fund.Entry{back, reserved, undone, receipt}, Next: Path(1) + "?before=1"})},
		{Name: "fund-account-empty", Page: Account(AccountView{Page: layout.Sample("fund.account_title", 2026, fund.City, fund.Living), Account: a})},
		{Name: "fund-receipt", Page: Receive(ReceiptView{Page: layout.Sample("fund.receive"), Account: a, Form: money1})},
		{Name: "fund-receipt-check", Page: ReceiveCheck(ReceiptView{Page: layout.Sample("fund.receive_check_title"), Account: a, Form: money1, Receipt: booked, Same: 1})},
		{Name: "fund-entry-grant", Page: Entry(EntryView{Page: layout.Sample("fund.entry_title", 2), Account: a, Entry: reserved, Grants: true})},
		{Name: "fund-entry-reversed", Page: Entry(EntryView{Page: layout.Sample("fund.entry_title", 3), Account: a, Entry: undone})},
		{Name: "fund-entry-recovery", Page: Entry(EntryView{Page: layout.Sample("fund.entry_title", 5), Account: a, Entry: back, Claims: true})},
		{Name: "fund-reversal", Page: Reverse(reverse)},
	}
}
