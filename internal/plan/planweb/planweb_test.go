package planweb_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/casefile/casefileweb"
	"bangfu/internal/day"
	"bangfu/internal/plan"
	"bangfu/internal/plan/planweb"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/planpage"
)

// A plan from the empty form to the print, its progress and the timetable; a second measure is added without script.
func TestAPlan(t *testing.T) {
	site := webtest.New(t, planweb.Routes)
	site.Kit.Keys = sample.Keys()
	var f casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, casefile.Active) })
	clerk := site.As(sample.Clerk2)
	form := clerk.Get(planpage.Path(f.ID)).Is(http.StatusOK).Says("还没有帮扶计划").Link("制订计划").Is(http.StatusOK).SaysNot("修改计划")
	seen := clerk.Get(planpage.ChangesPath(f.ID)).Is(http.StatusOK)
	form.Press("保存计划").Is(http.StatusUnprocessableEntity).Says("错误：", "请填写预期目标")
	fill := webtest.Fill{"重点群体": "支出性生活困难", "预期目标": "减轻负担", "脱困时间": "2027-12-31", "责任人": "罗杰", "联系人": "何敏", "measure.0.batch": "社会救助",
		"measure.0.what": "申请医疗救助", "measure.0.responsible": "罗杰", "measure.0.due_on": "2026-11-30", "measure.0.expected": "费用减半"}
	form = form.Press("添加一项措施", fill).Is(http.StatusOK).Says("第 2 项措施")
	second := webtest.Fill{"measure.1.cause": "患重特大疾病", "measure.1.batch": "工会帮扶", "measure.1.what": "生活救助", "measure.1.responsible": "何敏", "measure.1.due_on": "2026-11-21", "measure.1.expected": "渡过难关"}
	form.Press("保存计划", second).Is(http.StatusUnprocessableEntity).Says("第 2 项措施的完成时间不能早于今天")
	page := form.Press("保存计划", second, webtest.Fill{"measure.1.due_on": "2027-06-30"}).Is(http.StatusOK).Says("计划已保存", "申请医疗救助", "患重特大疾病", "未开始")
	clerk.Get("/plans").Is(http.StatusOK).Says("申请医疗救助").SaysNot("生活救助")
	note := page.Link("申请医疗救助").Is(http.StatusOK)
	note.Press("记录进展", webtest.Fill{"进展": "已完成"}).Is(http.StatusUnprocessableEntity).Says("请说明结果")
	note.Press("记录进展", webtest.Fill{"进展": "已完成", "结果说明": "救助金已到账"}).Is(http.StatusOK).Says("进展已记录", "救助金已到账")
	clerk.Get("/plans").SaysNot("申请医疗救助")
	clerk.Get(page.Path).Link("打印实施计划表").Is(http.StatusOK).Says("困难职工家庭解困脱困实施计划表", "支出性生活困难", "2027年12月31日", "救助金已到账", "责任人 罗杰（签字）")
	// Somebody who had the form open before is told, and nothing is written over.
	seen.Press("保存计划", fill).Is(http.StatusConflict)
	clerk.Get(page.Path).SaysNot("制订计划").Link("修改计划").Is(http.StatusOK).Says("修改计划").SaysNot("制订计划").Press("保存计划", webtest.Fill{"measure.0.id": "<b>"}).Is(http.StatusBadRequest)

	site.As(sample.Supervisor).Get(planpage.Path(f.ID)).Is(http.StatusOK).SaysNot("制订计划")
	site.As(sample.Supervisor).Get(planpage.ChangesPath(f.ID)).Is(http.StatusForbidden)
	site.As(sample.SiblingClerk).Get(planpage.Path(f.ID)).Is(http.StatusNotFound)
	clerk.Get(planpage.MeasurePath(f.ID, 999)).Is(http.StatusNotFound)
	clerk.Get("/plans?after=x").Is(http.StatusNotFound)
	english := site.As(sample.Clerk2).In(words.English)
	for _, path := range []string{"/plans", planpage.Path(f.ID), planpage.ChangesPath(f.ID), planpage.PrintPath(f.ID)} {
		english.Get(path).Is(http.StatusOK).SaysNot("⟦")
	}
}

// There is one form of the plan. It is offered among the forms of the file, with empty rows before there is a plan; on
// record it bears what the plan says, and its code says later what changed in the plan and in the file.
func TestThePlanOnPaper(t *testing.T) {
	site := webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		casefileweb.Routes(rs, k, nil, nil, []casefile.Paper{planweb.FormPaper})
		planweb.Routes(rs, k)
	})
	site.Kit.Keys = sample.Keys()
	var f casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, casefile.Active) })
	clerk := site.As(sample.Clerk)
	press := func() *webtest.Page {
		return clerk.Get(casefilepage.PrintsPath(f.ID, 0)).Press("生成并打开", webtest.Fill{"kind": "困难职工家庭解困脱困实施计划表"}).Is(http.StatusOK)
	}
	empty := press().Says("困难职工家庭解困脱困实施计划表", f.HeadName, f.Number, "认定月人均", "患重特大疾病", "第 3 版", "/prints/").SaysNot("责任人 何敏")
	if n := strings.Count(string(empty.Body), `class="write-line"`); n != 5 {
		t.Errorf("%d rows for the pen, want 5", n)
	}
	// What is printed of a past version is a form of the file itself: the plan has no versions.
	for version, offered := range map[int]bool{0: true, 2: false} {
		page := clerk.Get(casefilepage.PrintsPath(f.ID, version)).Is(http.StatusOK).Says("困难职工档案表")
		if strings.Contains(string(page.Body), `value="household_plan"`) != offered {
			t.Errorf("of version %d the plan is offered: %v", version, !offered)
		}
	}

	site.Now = site.Now.Add(5 * time.Minute)
	made := plan.Plan{Target: "spending", Goal: "减轻医疗负担", ExitOn: day.Of(2027, 12, 31), Responsible: "何敏", Contact: "罗杰", Measures: []plan.Measure{
		{Cause: casefile.SeriousIllness, Batch: "relief", What: "申请医疗救助", Responsible: "何敏", DueOn: day.Of(2027, 3, 31), Expected: "费用减半"},
		{Cause: casefile.SeriousIllness, Batch: "union", What: "发放生活救助", Responsible: "罗杰", DueOn: day.Of(2027, 4, 30), Expected: "渡过难关"}}}
	var id plan.ID
	site.Set(sample.Clerk, func(u *work.Unit) {
		var err error
		if id, err = plan.Save(t.Context(), u, f.ID, 0, made); err != nil {
			t.Fatal(err)
		}
	})
	clerk.Get(empty.Path).Says("上次打印后记录有变动", "申请医疗救助").SaysNot("/prints/")
	site.Now = site.Now.Add(5 * time.Minute)
	full := press().Says("申请医疗救助", "发放生活救助", "费用减半", "减轻医疗负担", "责任人 何敏（签字）", "联系人 罗杰（签字）", "/prints/")
	_, code, _ := strings.Cut(full.Path, "print=")
	clerk.Get("/prints/" + code).Is(http.StatusOK).Says("打印件所载内容与现在的记录一致").SaysNot("打印后的变动")
	if got := clerk.Get("/prints/" + code + "/sheet"); got.Path != full.Path {
		t.Errorf("the sheet of the code is at %s, want %s", got.Path, full.Path)
	}

	site.Now = site.Now.Add(5 * time.Minute)
	site.Set(sample.Clerk, func(u *work.Unit) {
		p, err := plan.Of(t.Context(), u, sample.Everywhere, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := plan.Note(t.Context(), u, f.ID, p.Measures[0].ID, plan.Doing, "已递交材料"); err != nil {
			t.Fatal(err)
		}
		p.Measures[0].Expected, p.Measures[1].What, p.ExitOn = "费用全免", "发放助学金", day.Of(2028, 6, 30)
		if _, err := plan.Save(t.Context(), u, f.ID, id, p); err != nil {
			t.Fatal(err)
		}
	})
	clerk.Get("/prints/"+code).Is(http.StatusOK).Says("打印后所载记录有变动", "脱困时间", "申请医疗救助", "费用减半", "费用全免", "见打印件", "进行中", "发放生活救助", "发放助学金")
	clerk.Get(full.Path).Is(http.StatusOK).Says("上次打印后记录有变动", "费用全免").SaysNot("/prints/")
	english := clerk.In(words.English)
	for _, path := range []string{full.Path, "/prints/" + code, casefilepage.PrintsPath(f.ID, 0)} {
		english.Get(path).Is(http.StatusOK).SaysNot("⟦")
	}
	english.Get(full.Path).Says("解困脱困实施计划表", "it is not printed")
	site.As(sample.SiblingClerk).Get(full.Path).Is(http.StatusNotFound)
}
