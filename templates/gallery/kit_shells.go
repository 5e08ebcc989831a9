package gallery

import (
	"net/http"

	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// kitShells shows the shells: public, print, errors, banners.
func kitShells() []ui.Example {
	public := layout.Page{Title: "gallery.public_notice", Lead: "gallery.public_lead", LeadArg: []any{"2026-11-18", "2026-11-24"}, Path: "/public/notices/7", FormKey: key}
	sheet := layout.Sheet{
		Page: page("gallery.print_title"), Number: "YC-2026-00418", Version: "第 3 版",
		By: "周敏", At: layout.SampleAt, Back: "/files/418",
	}
	across := sheet
	across.Wide, across.Back, across.Version = true, "", ""
	nobody := layout.Page{Title: "gallery.missing", FormKey: key}
	return []ui.Example{
		{Name: "kit-public", Page: publicPage(public)},
		{Name: "kit-print", Page: printPage(sheet)},
		{Name: "kit-print-across", Page: printPage(across)},
		{Name: "kit-error-public", Page: layout.Error(nobody, missing())},
		{Name: "kit-error-staff", Page: layout.Error(page("gallery.broken"), broken())},
		{Name: "kit-banners", Page: bannersPage(page("gallery.banners"))},
	}
}

func missing() layout.Failure {
	return layout.Failure{Status: http.StatusNotFound, Lines: []words.Message{words.Saying("gallery.missing_why")}}
}

func broken() layout.Failure {
	return layout.Failure{
		Status:    http.StatusInternalServerError,
		Lines:     []words.Message{words.Saying("gallery.broken_why"), words.Saying("gallery.broken_do")},
		Reference: "7Q4K-29",
		Actions:   []ui.Btn{{Key: "layout.home", Href: "/"}, {Key: "layout.help", Href: layout.HelpPath, Look: ui.Secondary}},
	}
}

func noticeRows() []ui.Row {
	row := func(n, name, unit, class, programme, sum string) ui.Row {
		return ui.Row{Cells: []ui.Cell{ui.Text(n), ui.Text(name), ui.Text(unit), ui.Text(class), ui.Text(programme), ui.Text(sum).Right()}}
	}
	return []ui.Row{
		row("1", "林*兰", "云川纺织有限公司", "深度困难", "大病救助", "5,000.00"),
		row("2", "赵*远", "云川市公交集团", "相对困难", "生活救助", "3,000.00"),
		row("3", "古*", "云川市第二人民医院", "意外致困", "金秋助学", "6,000.00"),
	}
}
