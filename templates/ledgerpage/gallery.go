package ledgerpage

import (
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/ledger"
	"bangfu/internal/money"
	"bangfu/internal/sheet"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of ledgers with invented families, for the gallery.
func Examples() []ui.Example {
	one := func(change func(*ledger.Import)) ImportView {
		i := made
		i.Rows = map[ledger.Verdict]int{ledger.Taken: 1204, ledger.Known: 12, ledger.Bad: 31, ledger.Held: 44}
		change(&i)
		return ImportView{Page: importPage("ledger.import", i.Name), Import: i, Own: true, File: true}
	}
	page := uploadPage()
	return []ui.Example{
		{Name: "ledger-list", Page: List(ListView{Page: widePage("ledger.imports"), Next: 7, Imports: []ledger.Import{made}})},
		{Name: "ledger-list-none", Page: List(ListView{Page: widePage("ledger.imports")})},
		{Name: "ledger-upload", Page: Upload(UploadView{Page: page})},
		{Name: "ledger-uploaded", Page: Import(one(func(i *ledger.Import) { i.State = ledger.Uploaded }))},
		{Name: "ledger-running", Page: Import(one(func(i *ledger.Import) { i.State, i.Percent, i.DoneRow = ledger.Running, 43, 43_021 }))},
		{Name: "ledger-done", Page: Import(one(func(i *ledger.Import) {}))},
		{Name: "ledger-done-all", Page: Import(one(func(i *ledger.Import) { i.Rows = map[ledger.Verdict]int{ledger.Taken: 1204} }))},
		{Name: "ledger-failed", Page: Import(one(func(i *ledger.Import) {
			i.State, i.Fault = ledger.Failed, &ledger.Fault{Row: 812, Key: "sheet.fault.quotes"}
		}))},
		{Name: "ledger-undoing", Page: Import(one(func(i *ledger.Import) { i.State, i.Percent, i.Undone = ledger.Undoing, 60, 240 }))},
		{Name: "ledger-undone", Page: Import(one(func(i *ledger.Import) { i.State, i.Undone = ledger.Undone, 398 }))},
		{Name: "ledger-columns", Page: Columns(columns())},
		{Name: "ledger-rows", Page: Rows(RowsView{Page: importPage("ledger.rows.title", made.Name), Import: made, Rows: wrong, Next: 90})},
		{Name: "ledger-notes", Page: Notes(NotesView{Page: importPage("ledger.notes.title", made.Name), Import: one(func(i *ledger.Import) { i.Noted = 2 }).Import, Rows: noted})},
		{Name: "ledger-notes-none", Page: Notes(NotesView{Page: importPage("ledger.notes.title", made.Name), Import: made})},
		{Name: "ledger-done-noted", Page: Import(one(func(i *ledger.Import) {
			i.Sheet, i.Lenient, i.Until, i.Noted = "市直单位", true, day.Of(2026, 10, 31), 2
		}))},
		{Name: "ledger-columns-lacking", Page: Columns(lacking())},
		{Name: "ledger-undo", Page: Undo(UndoView{Page: importPage("ledger.undo.title", made.Name), Import: made})},
		{Name: "ledger-kept", Page: Kept(KeptView{Page: importPage("ledger.kept.title", made.Name), Import: made, Kept: []ledger.Stayed{
			{FileID: 418, Row: 17, Head: "林秀兰", State: casefile.Submitted}, {FileID: 419, Row: 21, Head: "马德胜", State: casefile.Draft}}})},
		{Name: "ledger-exports", Page: Exports(ExportsView{Page: widePage("ledger.exports"), Next: 3, Exports: []ledger.Export{given}})},
		{Name: "ledger-exports-none", Page: Exports(ExportsView{Page: widePage("ledger.exports")})},
		{Name: "ledger-ask", Page: Ask(AskView{Page: askPage()})},
		{Name: "ledger-ask-narrowed", Page: Ask(AskView{Page: askPage(), Narrowed: []string{"困难类别：深度困难", "缺材料或材料已过期"}})},
		{Name: "ledger-export-running", Page: Export(list(func(e *ledger.Export) { e.Standing, e.Hash, e.Rows = ledger.ExportRunning, "", 81_500 }))},
		{Name: "ledger-export-ready", Page: Export(list(func(*ledger.Export) {}))},
		{Name: "ledger-export-fetched", Page: Export(list(func(e *ledger.Export) {
			e.Standing, e.FetchedAt, e.Full, e.File = ledger.ExportFetched, noon.Add(time.Hour), true, 418
		}))},
		{Name: "ledger-export-failed", Page: Export(list(func(e *ledger.Export) {
			e.Standing, e.Hash, e.Fault = ledger.ExportFailed, "", &ledger.Fault{Key: "ledger.failure.export_rights"}
		}))},
		{Name: "ledger-panel", Page: inPage(Panel(panel()))},
	}
}

var (
	noon = time.Date(2026, 11, 22, 12, 0, 0, 0, day.Zone)
	made = ledger.Import{ID: 7, OrgName: "云川市总工会", Name: "云川市困难职工台账 2018.xlsx", Size: 412_000, State: ledger.Done, Uploader: "周敏",
		UploadedAt: noon, StartedAt: noon.Add(2 * time.Minute), EndedAt: noon.Add(3 * time.Minute), Files: 402, DoneRow: 1292, Percent: 100,
		Heads:   []string{"户号", "姓名", "身份证号", "关系", "病情"},
		Mapping: ledger.Mapping{Columns: []ledger.Field{ledger.Household, ledger.Name, ledger.IDNumber, ledger.Relation, ledger.NotTaken}},
		Rows:    map[ledger.Verdict]int{ledger.Taken: 1204, ledger.Known: 12, ledger.Bad: 31, ledger.Held: 44}}
	wrong = []ledger.Wrong{
		{Row: 17, Verdict: ledger.Bad, Faults: []ledger.Fault{{Field: ledger.IDNumber, Key: "ledger.fault.id_checksum"}, {Field: ledger.Health, Key: "ledger.fault.word", Args: []any{"凑合"}}}},
		{Row: 18, Verdict: ledger.Held, Faults: []ledger.Fault{{Key: "ledger.fault.held", Args: []any{17}}}},
		{Row: 90, Verdict: ledger.Bad, Faults: []ledger.Fault{{Field: ledger.IDNumber, Key: "ledger.fault.elsewhere", Args: []any{"青河县总工会", "王**", "0316-1234567"}}}},
	}
)

var noted = []ledger.Noted{
	{Row: 3, File: 418, Number: "YC2018003", Notes: []ledger.Fault{{Field: ledger.Phone, Key: "ledger.note.phones", Args: []any{1}}, {Field: ledger.Area, Key: "ledger.fault.number", Args: []any{"约60"}}}},
	{Row: 9, Notes: []ledger.Fault{{Field: ledger.Card, Key: "ledger.note.card_member"}}},
}

func importPage(title words.Key, args ...any) layout.Page {
	p := layout.Sample(title, args...)
	p.Crumbs = append(p.Crumbs, layout.Crumb{Key: "ledger.imports", Path: ImportsPath})
	return p
}

func widePage(title words.Key) layout.Page {
	p := layout.Sample(title)
	p.Wide, p.Lead = true, "ledger.imports_lead"
	return p
}

// uploadPage is the form sent without a file.
func uploadPage() layout.Page {
	p := importPage("ledger.upload")
	p.Form = form.New(map[string][]string{})
	p.Form.File("ledger", "ledger.file", ".xlsx,.csv", form.Required, form.Hint("ledger.file_hint"))
	p.Form.Fail("ledger", "ledger.file_missing")
	return p
}

func columns() ColumnsView {
	f := form.New(nil)
	options := []form.Option{{Value: "none", Key: ledger.NotTaken.Key()}}
	for _, field := range ledger.Fields() {
		options = append(options, form.Option{Value: string(field), Key: field.Key()})
	}
	v := ColumnsView{Page: importPage("ledger.columns.title"), Import: made, Seen: f.Hidden("seen", form.Default(1)), Ready: true, Sheets: form.New(nil)}
	v.Sheets.Hidden("seen", form.Default(1))
	v.Sheets.Select("sheet", "ledger.sheet.choose", []form.Option{{Value: "市直单位", Text: "市直单位"}, {Value: "各县", Key: "ledger.sheet.hidden", Args: []any{"各县"}}},
		form.Required, form.Default("市直单位"), form.Hint("ledger.sheet.hint"))
	v.Wide, v.Lead, v.Form = true, "ledger.columns.lead", f
	examples := []string{"1", "林秀兰", "***", "户主", ""}
	for n, head := range made.Heads {
		chosen, hint := string(made.Columns[n]), form.Hint("ledger.columns.example", examples[n])
		if chosen == "" {
			chosen, hint = "none", form.Hint("ledger.columns.empty")
		}
		v.Columns = append(v.Columns, f.Select("column_"+string(rune('0'+n)), "ledger.columns.column", options, form.Required,
			form.Default(chosen), form.LabelArgs(n+1, head), hint))
	}
	v.How = []*form.Field{f.Date("until", "ledger.columns.until", form.Hint("ledger.columns.until_hint"), form.Default(day.Of(2026, 10, 31))),
		f.Tick("lenient", "ledger.columns.lenient", form.Hint("ledger.columns.lenient_hint"))}
	v.Preview = []ledger.Preview{
		{Row: 3, Line: ledger.Line{Row: 3, Person: casefile.Person{Name: "林秀兰", Number: "539901197603122023", Relation: casefile.Head, Birth: day.Of(1976, 3, 12), Phone: "13900001111"}, Notes: noted[0].Notes}},
		{Row: 4, Line: ledger.Line{Row: 4, Person: casefile.Person{Name: "林晓"}, Faults: wrong[0].Faults}},
	}
	return v
}

// lacking is the page of columns of which one is a figure, without the day up to which it counts.
func lacking() ColumnsView {
	v := columns()
	v.Sheets, v.Ready, v.Lacks = nil, false, work.Refuse("ledger.refusal.until")
	return v
}

func panel() PanelView {
	monthly := money.Yuan(512)
	return PanelView{FileID: 418, Open: true, Give: true, Origin: &ledger.Origin{ImportID: 7, Name: made.Name, Row: 17, By: "周敏",
		On: day.Of(2026, 11, 22), Old: ledger.Old{Number: "YC2018003", Category: "低保户", On: day.Of(2018, 3, 5), Monthly: &monthly, Remark: "原帮扶责任人李正"}}}
}

var given = ledger.Export{ID: 3, Wish: ledger.Wish{Layout: ledger.CoverList, Format: sheet.XLSX, List: casefile.ActiveList, Sort: casefile.BySpokenName, Reason: "报市总工会年度统计"},
	OrgName: "云川市总工会", Standing: ledger.ExportReady, Asker: "李正", AskedAt: noon, Rows: 402, Size: 31_000, ExpiresAt: noon.Add(24 * time.Hour),
	Hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}

// list is the page of a list in some state.
func list(change func(*ledger.Export)) ExportView {
	e := given
	change(&e)
	p := layout.Sample("ledger.export.title", e.Layout)
	p.Crumbs = append(p.Crumbs, layout.Crumb{Key: "ledger.exports", Path: ExportsPath})
	return ExportView{Page: p, Export: e, Mine: true}
}

// askPage is the form sent with too short a reason.
func askPage() layout.Page {
	p := layout.Sample("ledger.ask")
	f := form.New(map[string][]string{"list": {"active"}, "sort": {"name"}, "layout": {"roster"}, "format": {"xlsx"}, "reason": {"统计"}})
	f.Select("list", "ledger.ask.list", form.Options(casefile.WorkLists...), form.Required)
	f.Select("sort", "ledger.ask.order", form.Options(casefile.Sorts...), form.Required, form.Default(string(casefile.BySpokenName)))
	f.Tick("turned", "ledger.ask.turned")
	f.Choice("layout", "ledger.ask.layout", form.Options(ledger.Layouts...), form.Required)
	f.Choice("format", "ledger.ask.format", form.Options(sheet.XLSX, sheet.CSV), form.Required)
	f.Text("reason", "ledger.ask.reason", form.Required, form.Least(5), form.Hint("ledger.ask.reason_hint", 5))
	f.Tick("full", "ledger.ask.full", form.Hint("ledger.ask.full_hint"))
	p.Form = f
	return p
}
