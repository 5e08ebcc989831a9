package gallery

import (
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// page is a page of the sample centre with its whole navigation. Sample persons
// are invented.
func page(title words.Key, args ...any) layout.Page {
	p := layout.Sample(title, args...)
	p.Nav = []layout.Nav{
		{Path: "/", Label: "layout.home"},
		{Path: "/files", Label: "gallery.files", Current: true},
		{Path: "/grants", Label: "gallery.grants"},
		{Path: "/notices", Label: "gallery.notices"},
		{Path: "/funds", Label: "gallery.funds"},
		{Path: "/petitions", Label: "gallery.petitions"},
		{Path: "/reports", Label: "gallery.reports"},
	}
	p.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "gallery.files", Path: "/files"}}
	p.Search = "/files"
	return p
}

// identity is the bar of a sample household.
func identity() *ui.IdentityView {
	return &ui.IdentityView{
		Number: "YC-2026-00418",
		Name:   "林秀兰",
		Href:   "/files/418",
		Class:  "gallery.severe",
		Status: ui.Tag{Key: "gallery.on_file"},
		Facts:  []ui.Item{{Key: "gallery.household", Value: ui.Text("4 人")}},
		Actions: []ui.Btn{
			{Key: "gallery.apply_aid", Href: "/files/418/grants/new"},
			{Key: "gallery.record_visit", Href: "/files/418/visits/new", Look: ui.Secondary},
		},
		More: []ui.Btn{
			{Key: "common.print", Href: "/files/418/print", Look: ui.Secondary},
			{Key: "gallery.close_file", Href: "/files/418/closing", Look: ui.Secondary},
		},
	}
}

// key stands for a one-time form key.
func key() string { return "k-sample" }
