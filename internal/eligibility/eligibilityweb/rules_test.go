package eligibilityweb_test

import (
	"net/http"
	"testing"

	"github.com/a-h/templ"

	"bangfu/internal/eligibility/eligibilityweb"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/templates/eligibilitypage"
)

func site(t *testing.T) *webtest.Site {
	t.Helper()
	panel := func(r *http.Request) (templ.Component, error) {
		if web.By(r).StaffID == sample.Admin.StaffID {
			return nil, nil
		}
		return templ.Raw("<p>panel of another feature</p>"), nil
	}
	return webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		eligibilityweb.Routes(rs, k, []eligibilityweb.Panel{panel}, []eligibilityweb.Panel{panel})
	})
}

// The rules page shows by what the program decides, with other features' panels; an empty panel is left out.
func TestRulesPage(t *testing.T) {
	s := site(t)
	s.As(sample.Clerk).Get(eligibilitypage.RulesPath).Is(http.StatusOK).
		Says("严格低于（<）", "(Y − E) ÷ 12 ÷ N < B", "B × 200%", "C > Y × 80%", "B × 300%", "青石县"+sample.District, "700.00", "panel of another feature").SaysNot("660.00")
	s.As(sample.Admin).Get(eligibilitypage.RulesPath).Is(http.StatusOK).SaysNot("panel of another feature")
	s.As(sample.Clerk).In(words.English).Get(eligibilitypage.RulesPath).Says("Severe hardship", "Strictly below")
}

// The lines stand with their history; only who keeps the rules is led to a new one.
func TestLinesPage(t *testing.T) {
	s := site(t)
	s.As(sample.Clerk).Get(eligibilitypage.LinesPath).Is(http.StatusOK).Says("660.00", "已失效", "执行中").SaysNot("录入新标准")
	s.As(sample.Admin).Get(eligibilitypage.LinesPath).Is(http.StatusOK).Says("录入新标准")
}

// All generations stand in the history with their formulas, strict or inclusive.
func TestRulesHistory(t *testing.T) {
	s := site(t)
	s.As(sample.Clerk).Get(eligibilitypage.RulesPath).Says("低保边缘户", "Y ÷ 12 ÷ N ≤ B × 150%", "(Y − E) ÷ 12 ÷ N ≤ B", "(Y + S − E − C) ÷ 12 ÷ N ≤ B",
		"特困", "未享受低保", "2016-01-01").SaysNot("提出新规则")
	s.As(sample.Admin).Get(eligibilitypage.RulesPath).Says("提出新规则")
}

// A figure to hold incomes against is entered once for a district and day; what is wrong is told and what was typed stays.
func TestReferencesPage(t *testing.T) {
	s := site(t)
	s.As(sample.Clerk).Get(eligibilitypage.ReferencesPath).Is(http.StatusOK).SaysNot("行政区划代码")
	page := s.As(sample.Admin).Get(eligibilitypage.ReferencesPath).Is(http.StatusOK)
	fill := webtest.Fill{"种类": "最低工资标准", "行政区划代码": "530000", "执行日期": "2026-01-01", "每月金额": "1,900", "依据": "人社厅通知"}
	page.Press("录入", fill, webtest.Fill{"行政区划代码": "53"}).Is(http.StatusUnprocessableEntity).Says("必须是六位数字", "错误：")
	page.Press("录入", fill, webtest.Fill{"每月金额": "0"}).Is(http.StatusUnprocessableEntity).Says("必须大于 0")
	page.Press("录入", fill).Is(http.StatusOK).Says("已录入", "1,900.00", "最低工资标准")
}

// A standard of visiting aid is raised for the households on the register while that for the others stays, by those who keep
// the rules; everybody may read what is in force.
func TestStandardsAndWhatEverybodyReads(t *testing.T) {
	s := site(t)
	s.As(sample.Clerk).Get("/rules/standards").Is(http.StatusOK).Says("还没有录入慰问标准").SaysNot("每户（元） 来源")
	admin := s.As(sample.Admin)
	enter := func(audience, from, yuan string) *webtest.Page {
		return admin.Get("/rules/standards").Is(http.StatusOK).Press("录入", webtest.Fill{"对象": audience, "执行日期": from, "每户（元）": yuan, "依据": "市总工会通知"})
	}
	enter("建档困难职工", "2026-11-22", "1000").Is(http.StatusOK).Says("已录入自 2026-11-22 起的慰问标准", "1,000.00")
	enter("未建档的生活困难职工", "2026-11-22", "500").Is(http.StatusOK)
	enter("建档困难职工", "2027-01-01", "1200").Is(http.StatusOK).Says("1,200.00", "1,000.00", "500.00")
	enter("建档困难职工", "2027-01-01", "1300").Is(http.StatusUnprocessableEntity).Says("错误：", "已有标准")
	enter("建档困难职工", "2027-02-01", "0").Is(http.StatusUnprocessableEntity).Says("错误：")
	enter("建档困难职工", "2026-11-21", "1300").Is(http.StatusUnprocessableEntity).Says("错误：")
	open := s.Nobody().Get("/public/rules").Is(http.StatusOK).
		Says("申请条件", "扣除刚性支出后的月人均收入低于当地低保标准", "并且", "青石县"+sample.District, "办理程序", "入户核查：两人上门", "建档困难职工", "1,000.00", "未建档的生活困难职工", "500.00", "发放形式", "银行打卡", "执纪问责", "追回已发资金").SaysNot("1,200.00", "∧")
	open.Link("打印张贴").Is(http.StatusOK).Says("困难职工建档帮扶救助办事指南", "执纪问责")
	s.Nobody().In(words.English).Get("/public/rules").Is(http.StatusOK).Says("Accountability", "Form of payment").SaysNot("⟦")
}
