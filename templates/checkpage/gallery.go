// Package checkpage holds the pages of what the checks found.
package checkpage

import (
	"net/url"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/check"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of the findings in their states.
func Examples() []ui.Example {
	at := day.Of(2026, 11, 22).Start().Add(10 * time.Hour)
	pupil := check.Finding{ID: 4, FileID: 7, HeadName: "王建国", Number: "QSX202600012", Office: "青石县总工会困难职工帮扶中心", Name: "pupil_age",
		Args: []string{"王小明", "40"}, Since: at}
	married := check.Finding{ID: 5, FileID: 7, HeadName: "王建国", Number: "QSX202600012", Office: "青石县总工会困难职工帮扶中心", Name: "single_spouse",
		Args: []string{"王建国", "casefile.marital.widowed"}, Since: at, AsideBy: "李正", AsideAt: at, Reason: "再婚登记办理中"}
	open := FindingView{Page: layout.Sample("check.finding"), Finding: pupil, Aside: true}
	open.Form = form.New(url.Values{"reason": {""}})
	open.Form.Area("reason", "check.reason", form.Required)
	page, _ := check.Of("worker_age")
	holder, _ := check.Of("card_holder")
	notes := []check.Found{{Check: page, Note: check.Note{Args: []string{"王小明", "12"}}}, {Check: holder, Note: check.Note{Args: []string{"赵六"}}}}
	return []ui.Example{
		{Name: "check-kinds", Page: Kinds(KindsView{Page: layout.Sample("check.title"), Counts: map[check.Name]int{"pupil_age": 3, "single_spouse": 1001, "paper_missing": 12}})},
		{Name: "check-kinds-none", Page: Kinds(KindsView{Page: layout.Sample("check.title")})},
		{Name: "check-list", Page: List(ListView{Page: layout.Sample("check.title"), Name: "pupil_age", All: []check.Finding{pupil}, More: true})},
		{Name: "check-finding", Page: Finding(open)},
		{Name: "check-finding-aside", Page: Finding(FindingView{Page: layout.Sample("check.finding"), Finding: married})},
		{Name: "check-panel", Page: inPage(layout.Sample("check.title"), Panel([]check.Finding{{FileID: 7, Name: "worker_age", Args: []string{"王小明", "12"}}, pupil, married}))},
		{Name: "check-notes", Page: inPage(layout.Sample("check.title"), Notes(casefile.File{ID: 7}.ID, notes))},
	}
}
