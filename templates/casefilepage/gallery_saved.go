package casefilepage

import (
	"net/url"

	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// savedExamples are the pages of saved lists in their states.
func savedExamples() []ui.Example {
	severe := casefile.Saved{ID: 3, Owner: 1, OwnerName: "李正", OrgName: "青石县总工会困难职工帮扶中心", Name: "深度困难在档户", Query: "category=severe&list=active",
		Shared: true, SavedAt: galleryTime, Starred: true, First: true}
	other := casefile.Saved{ID: 4, Owner: 1, OwnerName: "李正", OrgName: severe.OrgName, Name: "缺材料", Query: "list=active", SavedAt: galleryTime}
	question := &Question{Office: "青石纺织厂工会", Query: casefile.Query{List: casefile.ActiveList, Sort: casefile.BySpokenName, Backward: true,
		Filter: casefile.Filter{Org: 4, Category: eligibility.Severe}}}
	opened := galleryList(casefile.ActiveList, url.Values{"category": {"severe"}}, casefile.Page{Files: []casefile.File{galleryFile(casefile.Active)}})
	opened.Marked, opened.Saved, opened.Changed = []casefile.Saved{severe, other}, &severe, true
	gone := galleryList(casefile.EndedList, nil, casefile.Page{})
	gone.Gone = true
	return []ui.Example{
		{Name: "casefile-list-saved", Page: List(opened)},
		{Name: "casefile-list-gone", Page: List(gone)},
		{Name: "casefile-saved-lists", Page: SavedLists(SavedListsView{Page: layout.Sample("casefile.saved.title"), Own: []casefile.Saved{severe, other}, Shared: []casefile.Saved{severe}})},
		{Name: "casefile-saved-none", Page: SavedLists(SavedListsView{Page: layout.Sample("casefile.saved.title")})},
		{Name: "casefile-saved-new", Page: SavedList(SavedView{Page: withForm(layout.Sample("casefile.saved.new"), gallerySaved(url.Values{"name": {""}})), Owner: true, Question: question})},
		{Name: "casefile-saved-changed", Page: SavedList(SavedView{Page: withForm(layout.Sample("casefile.saved.one", severe.Name), gallerySaved(nil)), Saved: severe, Owner: true, Anew: true, Question: question})},
		{Name: "casefile-saved-other", Page: SavedList(SavedView{Page: withForm(layout.Sample("casefile.saved.one", severe.Name), form.New(nil)), Saved: severe, Question: question})},
		{Name: "casefile-saved-stale", Page: SavedList(SavedView{Page: withForm(layout.Sample("casefile.saved.one", severe.Name), gallerySaved(nil)), Saved: severe, Owner: true})},
		{Name: "casefile-saved-removal", Page: SavedRemoval(SavedRemovalView{Page: layout.Sample("casefile.saved.remove_title", severe.Name), Saved: severe})},
	}
}

func gallerySaved(values url.Values) *form.Form {
	f := form.New(values)
	f.Text("name", "casefile.saved.name", form.Required, form.Default("深度困难在档户"))
	f.Tick("starred", "casefile.saved.star", form.Hint("casefile.saved.star_hint"))
	f.Tick("first", "casefile.saved.first")
	f.Tick("shared", "casefile.saved.share", form.Hint("casefile.saved.share_hint"))
	return f
}
