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
	return webtest.New(t, func(rs *web.Routes, k *web.Kit) { eligibilityweb.Routes(rs, k, []eligibilityweb.Panel{panel}) })
}

// The rules page shows by what the program decides, with other features' panels; an empty panel is left out.
func TestRulesPage(t *testing.T) {
	s := site(t)
	s.As(sample.Clerk).Get(eligibilitypage.RulesPath).Is(http.StatusOK).
		Says("严格低于（<）", "(Y − E) ÷ 12 ÷ N < B", "B × 200%", "C > Y × 80%", "B × 300%", sample.District, "700.00", "panel of another feature").SaysNot("660.00")
	s.As(sample.Admin).Get(eligibilitypage.RulesPath).Is(http.StatusOK).SaysNot("panel of another feature")
	s.As(sample.Clerk).In(words.English).Get(eligibilitypage.RulesPath).Says("Severe hardship", "Strictly below")
}

// An administrator adds a line and nobody else; what is wrong is told and what was typed stays.
func TestAddLine(t *testing.T) {
	s := site(t)
	s.As(sample.Clerk).Get(eligibilitypage.LinesPath).Is(http.StatusOK).Says("660.00", "已失效", "执行中").SaysNot("录入新标准")
	page := s.As(sample.Admin).Get(eligibilitypage.LinesPath).Is(http.StatusOK)
	fill := webtest.Fill{"行政区划代码": sample.District, "执行日期": "2027-01-01", "低保标准": "735.5", "依据": "青石县民政局公告 2026-12"}
	page.Press("录入标准", fill, webtest.Fill{"行政区划代码": "53990"}).Is(http.StatusUnprocessableEntity).Says("必须是六位数字", "错误：")
	page.Press("录入标准", fill, webtest.Fill{"低保标准": "0"}).Is(http.StatusUnprocessableEntity).Says("必须大于 0")
	page.Press("录入标准", fill, webtest.Fill{"执行日期": "2026-01-01"}).Is(http.StatusUnprocessableEntity).Says("已有自 2026-01-01 起执行的标准")
	page.Press("录入标准", fill).Is(http.StatusOK).Says("已录入 539901 自 2027-01-01 起执行", "735.50", "未生效")
}
