package paymentpage

import (
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples lists the pages of this package with made-up data, for the gallery.
func Examples() []ui.Example {
	sums := map[payment.State]payment.Total{payment.Ready: {Count: 2, Amount: money.Yuan(780)}, payment.Paid: {Count: payment.Bound + 1, More: true}}
	ready, changed, failed := someone(payment.Ready), someone(payment.Ready), someone(payment.Failed)
	refused, revoked := someone(payment.Refused), someone(payment.Revoked)
	refused.Reason, revoked.Reason = "签收单缺少签字", "户主去世，撤档"
	changed.ID, changed.CurrentCard, failed.Reason = 2, 2, "账户已销户"
	list := ListView{Page: layout.Sample("payment.list_title"), State: payment.Ready, Payables: []payment.Payable{ready, changed}, Sums: sums, Make: true}
	return append(append(append([]ui.Example{
		{Name: "payment-list-ready", Page: List(list)},
		{Name: "payment-list-failed", Page: List(ListView{Page: layout.Sample("payment.list_title"), State: payment.Failed, Payables: []payment.Payable{failed}, Sums: sums})},
		{Name: "payment-list-empty", Page: List(ListView{Page: layout.Sample("payment.list_title"), State: payment.Refused, Sums: sums})},
		{Name: "payment-payable-failed", Page: Payable(payable(failed))},
		{Name: "payment-payable-held", Page: Payable(payable(changed))},
		{Name: "payment-payable-refused", Page: Payable(payable(refused))},
		{Name: "payment-payable-revoked", Page: Payable(payable(revoked))},
		{Name: "payment-decision", Page: Decide(DecideView{PayableView: payable(ready), Act: payment.ActRefuse})},
		{Name: "payment-check", Page: Check(CheckView{Page: layout.Sample("payment.check_title"), Lines: []payment.Payable{ready},
			Held: []payment.Payable{changed}, Masks: masks, Total: "480.00", Form: reasonForm(), Maker: "冯洁"})},
		{Name: "payment-check-nothing", Page: Check(CheckView{Page: layout.Sample("payment.check_title"), Held: []payment.Payable{changed}, Masks: masks, Form: reasonForm()})},
	}, batchExamples(ready)...), formatExamples()...), aidExamples()...)
}

var masks = Masks{1: "****0018", 2: "****4213"}

// someone is an invented household's payable.
func someone(s payment.State) payment.Payable {
	return payment.Payable{ID: 1, Grant: 7, File: 3, FileNumber: "QSX202600001", HeadName: "王建国", Office: "青石县总工会困难职工帮扶中心",
		ProgrammeZh: "生活救助", ProgrammeEn: "Living aid", Account: fund.Account{ID: 1, Source: fund.City, Purpose: fund.Living, Year: 2026},
		Amount: money.Yuan(480), Card: 1, CurrentCard: 1, State: s, Attempt: 1, CreatedAt: at, FileActive: true, NoticeFinished: true}
}

var at = time.Date(2026, 11, 20, 1, 30, 0, 0, time.UTC)

func payable(p payment.Payable) PayableView {
	v := PayableView{Page: layout.Sample("payment.payable_title", p.HeadName), Payable: p, Masks: masks, Files: true, Grants: true, Funds: true,
		Card:      casefile.Card{ID: 1, Holder: "王建国", Bank: "中国农业银行", Branch: "青石县支行"},
		Tries:     []payment.Try{{Batch: 1, Number: "QSX20261120-01", Reference: "QSX20261120-01-0001", Attempt: 1, State: payment.LineFailed, Reason: "账户已销户", MadeAt: at}},
		Decisions: []payment.Decision{{Act: payment.ActRestore, Reason: "签收单已补", By: "褚明", At: at}}}
	if p.CurrentCard != p.Card {
		v.Current = casefile.Card{ID: 2, Holder: "王建国", Bank: "中国建设银行"}
	}
	v.Form = reasonForm()
	return v
}

func reasonForm() *form.Form {
	f := form.New(nil)
	f.Area("reason", "payment.decide_reason", form.Required)
	return f
}

// aidExamples are the ledgers of a household with aid, of one without, and of a paper on record.
func aidExamples() []ui.Example {
	f := casefile.File{ID: 3, Number: "QSX202600001", HeadName: "王建国", OrgName: "青石县总工会困难职工帮扶中心", State: casefile.Active, Category: eligibility.Severe}
	line := payment.Aid{Payable: 1, FileNumber: f.Number, ProgrammeZh: "生活救助", ProgrammeEn: "Living aid", Amount: money.Yuan(480), State: payment.Paid,
		Account: fund.Account{Source: fund.City, Purpose: fund.Living, Year: 2026}, Batch: 1, BatchNumber: "QSX20261120-01", Reference: "QSX20261120-01-0001",
		ApprovedOn: day.Of(2026, 11, 12), PaidOn: day.Of(2026, 11, 20)}
	old, waits := line, line
	old.FileNumber, old.Account.Year, old.ApprovedOn, old.PaidOn, old.Amount = "QSX202100007", 2021, day.Of(2021, 1, 8), day.Of(2021, 1, 15), money.Yuan(1200)
	waits.State, waits.Batch, waits.BatchNumber, waits.Reference, waits.PaidOn = payment.Ready, 0, "", "", day.Date{}
	ledger := []payment.Aid{old, waits, line}
	sums, all, err := payment.SumsOf(ledger, nil)
	if err != nil {
		panic(err) // small sums cannot fail
	}
	clears := []casefile.Clear{{Key: "casefile.clear.base", Is: true}, {Key: "casefile.clear.family", Is: true}, {Key: "casefile.clear.cause", Is: true},
		{Key: "casefile.clear.mood"}, {Key: "casefile.clear.need", Is: true}}
	v := AidView{Page: layout.Sample("payment.aid.title"), File: f, Lines: ledger, Sums: sums, All: all, Clears: clears, Open: true, Elsewhere: true}
	v.Wide, v.Identity, v.Actions = true, Identity(f), []ui.Btn{{Key: "payment.aid.print", Href: AidSheetPath(f.ID), Look: ui.Secondary}}
	back := v
	back.Elsewhere = false
	back.Backs = []payment.Back{{Payable: 1, FileNumber: f.Number, ProgrammeZh: line.ProgrammeZh, ProgrammeEn: line.ProgrammeEn, Account: line.Account,
		Amount: money.Yuan(150), On: day.Of(2026, 12, 1), Paper: "收款收据 0031 号"}}
	if back.Sums, back.All, err = payment.SumsOf(ledger, back.Backs); err != nil {
		panic(err) // small sums cannot fail
	}
	none := AidView{Page: layout.Sample("payment.aid.title"), File: f, Clears: clears}
	none.Wide, none.Identity = true, Identity(f)
	sheet := layout.Sheet{Page: layout.Sample("payment.aid.sheet"), Number: f.Number, By: "何敏", At: at, Back: AidPath(f.ID), Wide: true}
	record, changed := sheet, sheet
	record.QR, record.Version = "https://bangfu.example.cn/prints/1a-0123456789ab", "第 3 版 0123456789ab"
	record.Trace = layout.Trace{Code: "1a-0123456789ab", May: true, Kind: "aid", File: f.ID}
	changed.Trace = layout.Trace{Changed: true, May: true, Kind: "aid", File: f.ID}
	return []ui.Example{
		{Name: "payment-aid", Page: AidLedger(v)},
		{Name: "payment-aid-none", Page: AidLedger(none)},
		{Name: "payment-aid-back", Page: AidLedger(back)},
		{Name: "payment-aid-sheet-back", Page: AidSheet(AidSheetView{Sheet: record, AidView: back})},
		{Name: "payment-aid-sheet", Page: AidSheet(AidSheetView{Sheet: record, AidView: v})},
		{Name: "payment-aid-sheet-changed", Page: AidSheet(AidSheetView{Sheet: changed, AidView: none})},
	}
}

// batchExamples are the pages of a batch in its states.
func batchExamples(p payment.Payable) []ui.Example {
	b := payment.Batch{ID: 1, Office: p.Office, Number: "QSX20261120-01", State: payment.Made, FormatName: "通用 CSV (UTF-8)", Lines: 2, Total: money.Yuan(960),
		MadeBy: 1, MadeName: "冯洁", MadeAt: at, Counts: payment.Counts{Open: 2, OpenAmount: money.Yuan(960)}}
	line := payment.Line{Seq: 1, Reference: "QSX20261120-01-0001", Amount: p.Amount, Card: 1, State: payment.LineOpen, Payable: p}
	broken := line
	broken.Seq, broken.State, broken.Reason = 2, payment.LineFailed, "账户已销户"
	closed := b
	closed.State, closed.ReleasedBy, closed.Releaser, closed.ReleasedAt = payment.Closed, 2, "褚明", at
	closed.Counts = payment.Counts{Paid: 1, Failed: 1, PaidAmount: p.Amount, FailedSum: p.Amount}
	confirm := ConfirmView{Page: layout.Sample("payment.release_title", b.Number), Batch: b, Says: "payment.release_says", Submit: ui.Btn{Key: "payment.release"}}
	confirm.Form = form.New(nil)
	answer := AnswerView{Page: layout.Sample("payment.answer_title", b.Number), Batch: closed, More: 3, Faults: []payment.Fault{
		{Message: words.Saying("payment.fault.column", "卡号")}, {Row: 3, Reference: line.Reference, Message: words.Saying("payment.fault.other_amount", p.Amount, money.Yuan(4_800))}}}
	answer.Form = form.New(nil)
	answer.Form.File("answer", "payment.answer_file", ".csv", form.Required)
	return []ui.Example{
		{Name: "payment-batches", Page: Batches(BatchesView{Page: layout.Sample("payment.batches"), Batches: []payment.Batch{b, closed}})},
		{Name: "payment-batches-empty", Page: Batches(BatchesView{Page: layout.Sample("payment.batches"), State: payment.Made})},
		{Name: "payment-batch-made", Page: Batch(BatchView{Page: layout.Sample("payment.batch_title", b.Number), Batch: b, Lines: []payment.Line{line}, Masks: masks,
			Acts: []payment.BatchAct{payment.BatchRelease, payment.BatchCancel}, Back: true})},
		{Name: "payment-batch-closed", Page: Batch(BatchView{Page: layout.Sample("payment.batch_title", b.Number), Batch: closed, Lines: []payment.Line{line, broken},
			Masks: masks, Answers: []payment.Read{{Paid: 1, Failed: 1, By: "冯洁", At: at}}, Acts: []payment.BatchAct{payment.BatchAnswer}, Download: true})},
		{Name: "payment-release", Page: Confirm(confirm)},
		{Name: "payment-answer-refused", Page: Answer(answer)},
	}
}

// formatExamples are the pages of the formats.
func formatExamples() []ui.Example {
	f := payment.Format{ID: 1, Name: "通用 CSV (UTF-8)", Encoding: payment.UTF8, Columns: payment.Columns, Header: true, Active: true}
	off := payment.Format{ID: 2, Name: "农行代发", Encoding: payment.GB18030, Columns: payment.Columns[1:4]}
	v := NewFormatView{Page: layout.Sample("payment.format_add")}
	v.Form = form.New(nil)
	v.Form.Text("name", "payment.format_name", form.Required)
	v.Form.Choice("encoding", "payment.format_encoding", form.Options(payment.Encodings...), form.Required)
	v.Form.Choice("header", "payment.format_header", form.YesNo(), form.Required)
	for i, name := range []string{"column.1", "column.2", "column.3"} {
		v.Form.Select(name, "payment.format_column", form.Options(payment.Columns...), form.LabelArgs(i+1))
	}
	return []ui.Example{
		{Name: "payment-formats", Page: Formats(FormatsView{Page: layout.Sample("payment.formats"), Formats: []payment.Format{f, off}, Change: true})},
		{Name: "payment-format-new", Page: NewFormat(v)},
	}
}
