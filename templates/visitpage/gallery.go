package visitpage

import (
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/visit"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of home visits with invented families, for the gallery.
func Examples() []ui.Example {
	none := list()
	none.Errands, none.Total = nil, 0
	again := record()
	again.Purpose, again.TooFew = visit.Again, true
	return append(planExamples(), []ui.Example{
		{Name: "visit-list", Page: List(list())},
		{Name: "visit-list-none", Page: List(none)},
		{Name: "visit-record", Page: Record(record())},
		{Name: "visit-recheck", Page: Record(again)},
		{Name: "visit-form", Page: Blank(blank())},
		{Name: "visit-form-empty", Page: Blank(BlankView{Sheet: layout.Sheet{Page: layout.Sample("visit.blank.title"), Official: true, Number: "空白", By: "罗杰", At: noon, Back: "/forms"},
			Rows: emptyRows()})},
		{Name: "visit-visit", Page: Visit(VisitView{Page: filePage("visit.title", made.VisitedOn), Visit: made})},
		{Name: "visit-panel", Page: inPage(Panel(PanelView{FileID: family.ID, Visits: []visit.Visit{made}, Due: visit.Again}))},
		{Name: "visit-follow-up", Page: Record(followUp())},
		{Name: "visit-key", Page: Visit(VisitView{Page: filePage("visit.title", keyVisit.VisitedOn), Visit: keyVisit, Before: &made})},
		{Name: "visit-filled", Page: Filled(FilledView{Sheet: blank().Sheet, Visit: keyVisit, Rows: entered,
			Cover: Cover{Head: family.HeadName, Address: family.Address, Office: family.OrgName, Registrar: family.RegistrarName, Purpose: keyVisit.Purpose, On: keyVisit.VisitedOn, Visitors: keyVisit.Visitors}})},
		{Name: "visit-panel-relative", Page: inPage(Panel(PanelView{FileID: family.ID, Visits: []visit.Visit{made}, FollowUp: true,
			Relatives: []casefile.Relative{{Staff: 3, Name: "周文", Office: "云川市总工会", Relation: "sibling", Person: "林秀兰"}}}))},
		{Name: "visit-panel-none", Page: inPage(Panel(PanelView{FileID: family.ID, Due: visit.First}))},
		{Name: "visit-rule", Page: Rule(RuleView{Page: ruleForm(), Rules: rules, Today: day.Of(2026, 11, 22)})},
		{Name: "visit-rules", Page: inPage(Rules(RulesView{Rules: rules, Today: day.Of(2026, 11, 22), Manage: true}))},
	}...)
}

var (
	today  = day.Of(2026, 11, 22)
	noon   = time.Date(2026, 11, 22, 12, 0, 0, 0, day.Zone)
	family = casefile.File{ID: 418, State: casefile.Submitted, HeadName: "林秀兰", Address: "云川市河西街道 12 号",
		OrgName: "云川市总工会", RegistrarName: "周敏", Category: eligibility.None}
	made = visit.Visit{ID: 7, FileID: 418, Round: 1, Purpose: visit.First, VisitedOn: today, Visitors: [2]string{"罗杰", "段芳"}, Agrees: true,
		Remark: "面积相差不影响认定", EnteredBy: "罗杰", EnteredAt: noon, Findings: []visit.Finding{
			{Item: "household", Agrees: true}, {Item: "work", Agrees: true}, {Item: "income", Agrees: true}, {Item: "spending", Agrees: true},
			{Item: "housing", Note: "实测 48 平方米，登记为 46 平方米"}, {Item: "cause", Agrees: true}, {Item: "evidence", Agrees: true}}}
	keyVisit = visit.Visit{ID: 9, FileID: 418, Round: 1, Purpose: visit.Key, VisitedOn: today.Add(3), Visitors: [2]string{"杨帆", "韩雪"}, Agrees: true,
		Remark: "女儿本月开始兼职，收入变化另行申请变更", EnteredBy: "杨帆", EnteredAt: noon, Talk: visit.Talk{Situation: "户主每周透析三次，医保外自付约 800 元", Degree: visit.DegreeHard,
			Opinions: "希望工会的体检能到厂里来做", Proposals: "联系市医院减免检查费，介绍女儿参加技能培训"}, Findings: []visit.Finding{
			{Item: "household", Agrees: true}, {Item: "work", Agrees: true}, {Item: "income", Note: "女儿兼职，每月约 600 元"}, {Item: "spending", Agrees: true},
			{Item: "housing", Agrees: true}, {Item: "cause", Agrees: true}, {Item: "evidence", Agrees: true}}}
	rules = []visit.Rule{{From: day.Of(2027, 1, 1), Source: "市总工会〔2026〕9 号"}, {From: day.Of(2000, 1, 1), RegistrarMay: true, Source: "中心只有三个岗位"}}
)

// emptyRows are all items of the form with nothing declared.
func emptyRows() []Entered {
	rows := make([]Entered, len(visit.Items))
	for i, item := range visit.Items {
		rows[i].Item = item
	}
	return rows
}

func filePage(title words.Key, args ...any) layout.Page {
	p := layout.Sample(title, args...)
	p.Identity = Identity(family)
	return p
}

func list() ListView {
	return ListView{Page: layout.Sample("visit.waiting"), Tabs: Tabs(ListPath, true), Total: 2, Today: today, Next: 419, Errands: []visit.Errand{
		{FileID: 418, HeadName: "林秀兰", Address: family.Address, Employer: "云川纺织厂", OrgName: family.OrgName, Registrar: "周敏", Purpose: visit.First, Since: noon.AddDate(0, 0, -4), Round: 1},
		{FileID: 419, HeadName: "马德胜", Address: "云川市城东路 3 号", Employer: "云川公交公司", OrgName: family.OrgName, Registrar: "何敏", Purpose: visit.Again, Since: noon, Round: 1}}}
}

// record is the form sent with two things wrong.
func record() RecordView {
	people := []form.Option{{Value: "1", Text: "罗杰（云川市总工会）"}, {Value: "2", Text: "段芳（云川市总工会）"}}
	answers := []form.Option{{Value: "yes", Key: "visit.agrees"}, {Value: "no", Key: "visit.differs"}}
	f := form.New(map[string][]string{"purpose": {"first"}, "visited_on": {"2026-11-22"}, "visitor_a": {"1"}, "agrees_housing": {"no"}, "visitors_signed": {"yes"}})
	v := RecordView{FileID: family.ID, Purpose: visit.First, Hidden: f.Hidden("purpose")}
	v.Who = []*form.Field{f.Date("visited_on", "visit.visited_on", form.Required), f.Select("visitor_a", "visit.visitor", people, form.Required, form.LabelArgs(1)),
		f.Select("visitor_b", "visit.visitor", people, form.Required, form.LabelArgs(2))}
	for _, e := range entered {
		v.Rows = append(v.Rows, Row{Entered: e,
			Agrees: f.Choice("agrees_"+string(e.Item), "visit.item_agrees", answers, form.LabelArgs(e.Item)),
			Note:   f.Area("note_"+string(e.Item), "visit.item_note", form.LabelArgs(e.Item))})
	}
	v.Talk = talkFields(f)
	v.Whole = []*form.Field{f.Choice("agrees", "visit.whole", answers), f.Area("remark", "visit.remark", form.Hint("visit.form.remark_hint"))}
	v.Signed = []*form.Field{f.Tick("visitors_signed", "visit.visitors_signed", form.Required), f.Tick("applicant_signed", "visit.applicant_signed")}
	f.Fail("note_housing", "visit.refusal.note", visit.Item("housing"))
	v.Page = filePage("visit.form.record")
	v.Form = f
	return v
}

// talkFields are the questions on what was heard.
func talkFields(f *form.Form) []*form.Field {
	return []*form.Field{f.Area("situation", "visit.situation", form.Hint("visit.form.situation_hint")),
		f.Choice("degree", "visit.degree_head", form.Options(visit.Degrees...)),
		f.Area("opinions", "visit.opinions", form.Hint("visit.form.opinions_hint")), f.Area("proposals", "visit.proposals", form.Hint("visit.form.proposals_hint"))}
}

// followUp is the form for a household on file.
func followUp() RecordView {
	v := record()
	v.Page = filePage("visit.form.record")
	v.Purpose, v.FollowUp = visit.Review, true
	f := form.New(nil)
	v.Hidden = f.Choice("purpose", "visit.purpose_head", form.Options(visit.FollowUps...), form.Required, form.Default("review"))
	v.Form = f
	return v
}

var entered = []Entered{
	{"household", []string{"林秀兰，户主，50 岁", "林晓，子，16 岁"}}, {"work", []string{"云川纺织厂，在岗"}}, {"income", []string{"工资性收入 24,000.00 元/年"}},
	{"spending", []string{"疾病自付费用 6,000.00 元/年"}}, {"housing", []string{family.Address, "政府廉租房，46 平方米"}}, {"cause", []string{"患重特大疾病"}},
	{"evidence", []string{"户主身份证、户口簿、诊断证明"}}}

func blank() BlankView {
	return BlankView{Rows: entered,
		Sheet: layout.Sheet{Page: layout.Sample("visit.blank.title"), Number: "登记 418", By: "罗杰", At: layout.SampleAt, Back: RecordPath(family.ID)},
		Cover: Cover{Head: family.HeadName, Address: family.Address, Office: family.OrgName, Registrar: family.RegistrarName, Purpose: visit.First}}
}

func ruleForm() layout.Page {
	p := layout.Sample("visit.form.rule")
	p.Form = form.New(nil)
	p.Form.Date("from", "visit.rule.from", form.Required)
	p.Form.Text("source", "visit.rule.source", form.Required)
	return p
}
