package disclosurepage

import (
	"time"

	"bangfu/internal/audit"
	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/disclosure"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the list in every state, with an invented family.
func Examples() []ui.Example {
	family := casefile.File{ID: 418, Number: "QSX202600418", State: casefile.Active, HeadName: "林秀兰", OrgName: "青石县总工会", Category: "severe"}
	page := func(f casefile.File) layout.Page {
		p := layout.Sample("disclosure.title")
		p.Lead, p.Wide, p.Identity = "disclosure.lead", true, Identity(f)
		return p
	}
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, day.Zone)
	one := func(kind disclosure.Kind, to, what string, n int, full bool, why string) disclosure.Disclosure {
		at = at.AddDate(0, 0, -3)
		return disclosure.Disclosure{Kind: kind, ID: 7, At: at, By: "何敏", To: to, What: what, Count: n, Full: full, Why: why}
	}
	all := []disclosure.Disclosure{
		one(disclosure.Bank, "中国农业银行", "QSX20261110-01", 0, true, ""),
		one(disclosure.Number, "", audit.Entry{Act: "casefile.unmask_person"}.Act, 0, true, "payment"),
		one(disclosure.Sheet, "", "table", 1, true, "县审计局调阅"),
		one(disclosure.Notice, "县总工会公告栏", "", 1, false, ""),
		one(disclosure.Letter, "青石县民政局", "allowance", 0, false, "收入低于低保线，未纳入低保"),
		one(disclosure.Print, "", "record", 3, true, "contact"),
		one(disclosure.Print, "", "application", 2, false, ""),
		one(disclosure.Roster, "", "active", 0, false, ""),
		one(disclosure.Comparison, "青石县民政局核对中心", "", 3, true, "建档前核对家庭经济状况"),
	}
	return []ui.Example{
		{Name: "disclosure-list", Page: List(ListView{Page: page(family), FileID: family.ID, All: all, Behind: true, More: true})},
		{Name: "disclosure-none", Page: List(ListView{Page: page(casefile.File{ID: 419, State: casefile.Draft, OrgName: "青石县总工会"}), FileID: 419})},
		{Name: "disclosure-panel", Page: inPage(Panel(family.ID))},
	}
}
