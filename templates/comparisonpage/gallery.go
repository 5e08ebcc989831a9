package comparisonpage

import (
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/comparison"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of comparisons with invented families, for the gallery.
func Examples() []ui.Example {
	made, uploaded, reading, failed := sent, answer, answer, answer
	made.State, made.LeftOut = comparison.Made, 2
	uploaded.State, reading.State, reading.RowsRead, failed.State, failed.RowsRead, failed.Fault = comparison.Uploaded, comparison.Reading, 1000, comparison.Failed, 1000, "sheet.fault.damaged"
	withdrawn := answer
	withdrawn.State, withdrawn.WithdrawnBy, withdrawn.WithdrawnAt, withdrawn.WithdrawnWhy = comparison.Withdrawn, "周文", noon, "把年收入一列当成了不动产"
	fewer := sent
	fewer.SentPeople, fewer.Unreached = 95, 12
	left := []comparison.LeftOut{{FileID: 421, HeadName: "马德胜"}, {FileID: 422, HeadName: "高翠云"}}
	resolved, earns := differs, differs
	earns.Kind, earns.Value, earns.Declared = comparison.Income, "36000", comparison.Declared{Income: money.Yuan(24000), Told: money.Yuan(36000)}
	resolved.State, resolved.Note, resolved.ResolvedBy, resolved.ResolvedAt = comparison.Explained, "车已过户，登记未更新", "段芳", noon
	batch := func(b comparison.Batch, maker bool, answers ...comparison.Answer) BatchView {
		v := BatchView{Page: layout.Sample("comparison.title", b.Receiver), Batch: b, May: true, Maker: maker, Answers: answers}
		if b.LeftOut > 0 {
			v.LeftOut = left
		}
		v.Page.Actions = v.Acts()
		return v
	}
	return []ui.Example{
		{Name: "comparison-list", Page: List(ListView{Page: listPage(), Batches: []comparison.Batch{made, sent}, Next: 3, Open: 2})},
		{Name: "comparison-list-many", Page: List(ListView{Page: listPage(), Batches: []comparison.Batch{sent}, Open: 1001})},
		{Name: "comparison-list-none", Page: List(ListView{Page: listPage()})},
		{Name: "comparison-form", Page: Form(formView())},
		{Name: "comparison-made", Page: Batch(batch(made, true))},
		{Name: "comparison-made-other", Page: Batch(batch(made, false))},
		{Name: "comparison-sent", Page: Batch(batch(sent, true, answer, uploaded))},
		{Name: "comparison-sent-fewer", Page: Batch(batch(fewer, true, answer))},
		{Name: "comparison-mapping", Page: Mapping(mapping(uploaded))},
		{Name: "comparison-reading", Page: Answer(AnswerView{Page: wide("comparison.answer_title", answer.Name), Answer: reading, Verdict: comparison.Matched})},
		{Name: "comparison-failed", Page: Answer(AnswerView{Page: wide("comparison.answer_title", answer.Name), Answer: failed, Verdict: comparison.Matched})},
		{Name: "comparison-waiting", Page: Answer(AnswerView{Page: wide("comparison.answer_title", answer.Name), Answer: uploaded, Verdict: comparison.Matched})},
		{Name: "comparison-answer", Page: Answer(AnswerView{Page: wide("comparison.answer_title", answer.Name), Answer: answer, Batch: sent, Verdict: comparison.Matched, Silent: 3, Next: 8,
			Counts: map[comparison.Verdict]int{comparison.Matched: 90, comparison.Unknown: 4, comparison.Duplicate: 1}, Rows: []comparison.Row{
				{Row: 2, Verdict: comparison.Matched, FileID: 418, Kind: "vehicle", Number: "539***********0021", Name: "林*兰"},
				{Row: 8, Verdict: comparison.Matched, Number: "539***********0018", Name: "马*胜"}}})},
		{Name: "comparison-withdrawn", Page: Answer(AnswerView{Page: wide("comparison.answer_title", answer.Name), Answer: withdrawn, Batch: sent, Verdict: comparison.Matched})},
		{Name: "comparison-withdrawal", Page: Form(withdrawalView())},
		{Name: "comparison-open", Page: Findings(FindingsView{Page: wide("comparison.open"), Findings: []comparison.Finding{differs}, Counts: map[comparison.Kind]int{comparison.Vehicle: 700, comparison.Income: 301}, Next: 7})},
		{Name: "comparison-open-kind", Page: Findings(FindingsView{Page: wide("comparison.open"), Kind: comparison.Vehicle, Findings: []comparison.Finding{differs}, Counts: map[comparison.Kind]int{comparison.Vehicle: 1}})},
		{Name: "comparison-open-none", Page: Findings(FindingsView{Page: wide("comparison.open")})},
		{Name: "comparison-finding", Page: Finding(findingView(differs, true))},
		{Name: "comparison-finding-income", Page: Finding(findingView(earns, true))},
		{Name: "comparison-finding-own", Page: Finding(findingView(differs, false))},
		{Name: "comparison-finding-resolved", Page: Finding(FindingView{Page: layout.Sample("comparison.finding_title", resolved.Kind), Finding: resolved})},
		{Name: "comparison-authorisation", Page: Authorisation(authorisation("青石县总工会困难职工帮扶中心", household...))},
		{Name: "comparison-authorisation-blank", Page: Authorisation(authorisation(""))},
		{Name: "comparison-panel", Page: inPage(Panel(PanelView{FileID: 418, Findings: []comparison.Finding{differs, resolved}, More: true, Send: true, Text: true}))},
		{Name: "comparison-panel-none", Page: inPage(Panel(PanelView{FileID: 418, Send: true}))},
		{Name: "comparison-rule", Page: Rule(RuleView{Page: rulePage(), Rules: rules, Today: day.Of(2026, 11, 22)})},
		{Name: "comparison-rules", Page: inPage(Rules(RulesView{Rules: rules, Today: day.Of(2026, 11, 22), Manage: true}))},
	}
}

var (
	today = day.Of(2026, 11, 22)
	noon  = time.Date(2026, 11, 22, 12, 0, 0, 0, day.Zone)
	sent  = comparison.Batch{ID: 4, OrgName: "云川市总工会", Receiver: "云川市民政局核对中心", Purpose: "年度动态管理，核对家庭经济状况", Aim: comparison.ForReview,
		From: day.Of(2025, 11, 23), Until: today, Asked: []comparison.Kind{comparison.Income, comparison.Vehicle, comparison.Allowance}, State: comparison.Sent,
		Files: 48, People: 97, MakerName: "周文", MadeAt: noon, SentAt: noon, SentPeople: 97}
	answer = comparison.Answer{ID: 6, Batch: 4, Name: "核对结果.xlsx", State: comparison.Done, RowsRead: 96, RowsAll: 96,
		Answered: map[comparison.Kind]int{comparison.Income: 94, comparison.Vehicle: 90}, Mapping: comparison.Mapping{Head: 1, AbsentNone: true, BlankNone: true}, UploadedBy: "周文", UploadedAt: noon, DoneAt: noon}
	differs = comparison.Finding{ID: 9, Answer: 6, FileID: 418, HeadName: "林秀兰", OrgName: "云川市总工会", PersonName: "林秀兰", Kind: comparison.Vehicle,
		Value: "云A12345，2019 年登记", State: comparison.Open, FoundAt: noon, Receiver: sent.Receiver}
	rules = []comparison.Rule{{From: day.Of(2027, 1, 1), Required: true, Months: 6, Source: "市总工会〔2026〕9 号"}, {From: day.Of(2000, 1, 1), Months: 12, Source: "没有统一规定，本系统默认值"}}
)

func wide(title words.Key, args ...any) layout.Page {
	p := layout.Sample(title, args...)
	p.Wide = true
	return p
}

func listPage() layout.Page {
	p := wide("comparison.batches")
	p.Actions = ListActions(true)
	return p
}

// formView is the form of a comparison, sent with something wrong.
func formView() FormView {
	p := layout.Sample("comparison.new")
	f := form.New(map[string][]string{"receiver": {"民"}, "from": {"2025-11-23"}, "until": {"2026-11-22"}})
	f.Choice("aim", "comparison.aim_head", form.Options(comparison.ForJudgement, comparison.ForReview), form.Required)
	f.Text("receiver", "comparison.receiver", form.Required, form.Least(2), form.Hint("comparison.receiver_hint"))
	f.Date("from", "comparison.from", form.Required)
	f.Date("until", "comparison.until", form.Required, form.Hint("comparison.period_hint"))
	f.Choices("asked", "comparison.asked", form.Options(comparison.Kinds...), form.Required, form.Hint("comparison.asked_hint"))
	p.Form = f
	return FormView{Page: p, Action: NewPath, Back: ListPath, Button: "comparison.make"}
}

// withdrawalView asks why an answer is withdrawn.
func withdrawalView() FormView {
	p := layout.Sample("comparison.withdraw_title")
	p.Lead, p.Form = "comparison.withdraw_lead", form.New(nil)
	p.Form.Area("why", "comparison.withdraw_why", form.Required, form.Hint("comparison.withdraw_why_hint"))
	return FormView{Page: p, Action: WithdrawalPath(6), Back: AnswerPath(6), Button: "comparison.withdraw"}
}

func mapping(a comparison.Answer) MappingView {
	s := comparison.Sample{Rows: []comparison.SampleRow{{Row: 1, Cells: []string{"核对结果反馈表"}}, {Row: 2, Cells: []string{"序号", "姓名", "身份证号", "车辆"}},
		{Row: 3, Cells: []string{"1", "林秀兰", "539***********0021", "无"}}}, Head: 2,
		Columns: []comparison.Column{comparison.Skip, comparison.NameCol, comparison.NumberCol, comparison.Column(comparison.Vehicle)}}
	p := wide("comparison.mapping")
	p.Form = form.New(nil)
	p.Form.Number("head", "comparison.heads", form.Required, form.Default(2), form.Hint("comparison.heads_hint"))
	for i, c := range s.Columns {
		p.Form.Select("column_"+string(rune('0'+i)), "comparison.column_nr", form.Options(comparison.Columns()...), form.Required, form.LabelArgs(i+1, s.Title(i)), form.Default(string(c)))
	}
	p.Form.Tick("blank", "comparison.blank_none", form.Hint("comparison.blank_none_hint"))
	p.Form.Tick("absent", "comparison.absent_none", form.Hint("comparison.absent_none_hint"))
	return MappingView{Page: p, Answer: a, Sample: s}
}

func findingView(f comparison.Finding, may bool) FindingView {
	v := FindingView{Page: layout.Sample("comparison.finding_title", f.Kind), Finding: f, Form: form.New(nil), May: may, Own: !may}
	v.Form.Choice("resolution", "comparison.resolution", form.Options(comparison.Resolutions...), form.Required)
	v.Form.Area("note", "comparison.note", form.Required, form.Hint("comparison.note_hint"))
	return v
}

func rulePage() layout.Page {
	p := layout.Sample("comparison.rule.new")
	p.Form = form.New(nil)
	p.Form.Date("from", "comparison.rule.from", form.Required)
	p.Form.Number("months", "comparison.rule.months", form.Required, form.Default(12))
	return p
}

// household are two adults and a child, invented.
var household = []casefile.Signer{{Person: casefile.Person{Relation: casefile.Head, Name: "林秀兰", Number: "110101198504040010"}},
	{Person: casefile.Person{Relation: "spouse", Name: "马德胜", Number: "110101198504040010"}},
	{Person: casefile.Person{Relation: "daughter", Name: "马小云", Number: "110101198504040010"}, Guarded: true}}

// authorisation is the text that a household signs; without people blank.
func authorisation(office string, signers ...casefile.Signer) AuthorisationView {
	v := AuthorisationView{Office: office, Signers: signers, Kinds: comparison.Kinds, Least: 1, Sheet: layout.Sheet{Page: layout.Sample(casefile.Comparison.Title()),
		Official: true, Number: "QSX202600012，文本 2026-02", By: "周文", At: noon, Back: DeclarationsPath(418)}}
	if office == "" {
		v.Number, v.Back, v.Least = "空白，文本 2026-02", "/forms", 5
	}
	return v
}
