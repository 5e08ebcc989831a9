package casefilepage

import (
	"net/url"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/templates/ui"
)

// temporaryExamples are the pages of a temporary file in their states.
func temporaryExamples() []ui.Example {
	draft, kept := galleryFile(casefile.Draft), galleryFile(casefile.Temporary)
	owed := []casefile.Lack{{Section: casefile.HeadSection, Field: "phone", Label: "casefile.phone"},
		{Section: casefile.HousingSection, Field: "address", Label: "casefile.address"}}
	ask := func(values url.Values, lacks []casefile.Lack) TemporaryView {
		v := TemporaryView{Page: withForm(galleryPage(draft, "casefile.temporary.title"), galleryTemporary(values)), File: draft, Lacks: lacks}
		return v
	}
	was := kept
	was.State = casefile.Draft
	file := FileView{Page: wide(galleryPage(kept, "casefile.file_title", kept.HeadName)), Household: galleryHousehold(kept)}
	file.Actions = []ui.Btn{{Key: "casefile.temporary.convert", Href: ConversionPath(kept.ID)}}
	cancel := form.New(nil)
	cancel.Area("reason", "casefile.temporary.cancel_reason", form.Required, form.Max(500), form.Least(2))
	return []ui.Example{
		{Name: "casefile-temporary-owed", Page: Temporary(ask(nil, owed))},
		{Name: "casefile-temporary-ask", Page: Temporary(ask(nil, nil))},
		{Name: "casefile-temporary-wrong", Page: Temporary(ask(url.Values{"reason": {"急"}}, owed[:1]))},
		{Name: "casefile-temporary-file", Page: File(file)},
		{Name: "casefile-temporary-list", Page: List(galleryList(casefile.TemporaryList, nil, casefile.Page{Files: []casefile.File{kept}}))},
		{Name: "casefile-temporary-convert", Page: Conversion(ConversionView{Page: withForm(galleryPage(kept, "casefile.temporary.convert"), form.New(nil)), File: kept})},
		{Name: "casefile-temporary-converted", Page: Tasks(TasksView{Page: galleryPage(was, "casefile.tasks_title"), File: was, Tasks: galleryTasks(), Temporary: true})},
		{Name: "casefile-temporary-cancel", Page: Reason(ReasonView{Page: withForm(galleryPage(kept, "casefile.temporary.cancel"), cancel), File: kept,
			Submit: "casefile.temporary.cancel_now", Warn: "casefile.temporary.cancel_warn", Back: FilePath(kept.ID)})},
	}
}

// galleryTemporary asks why a household is kept in a temporary file.
func galleryTemporary(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("reason", "casefile.temporary.reason", form.Required, form.Max(500), form.Least(2), form.Hint("casefile.temporary.reason_hint"))
	return f
}
