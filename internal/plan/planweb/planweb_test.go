package planweb_test

import (
	"net/http"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/plan/planweb"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/planpage"
)

// A plan from the empty form to the print, its progress and the timetable; a second measure is added without script.
func TestAPlan(t *testing.T) {
	site := webtest.New(t, planweb.Routes)
	site.Kit.Keys = sample.Keys()
	var f casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, casefile.Active) })
	clerk := site.As(sample.Clerk2)
	form := clerk.Get(planpage.Path(f.ID)).Is(http.StatusOK).Says("还没有帮扶计划").Link("制订计划").Is(http.StatusOK)
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
	clerk.Get(page.Path).Link("打印实施计划表").Is(http.StatusOK).Says("困难职工家庭解困脱困实施计划表", "支出性生活困难", "2027-12-31", "救助金已到账", "责任人 罗杰（签字）")
	// Somebody who had the form open before is told, and nothing is written over.
	seen.Press("保存计划", fill).Is(http.StatusConflict)
	clerk.Get(planpage.ChangesPath(f.ID)).Press("保存计划", webtest.Fill{"measure.0.id": "<b>"}).Is(http.StatusBadRequest)

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
