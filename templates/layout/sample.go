package layout

import "bangfu/internal/words"

// Sample is a page of an invented caseworker, for galleries and tests.
func Sample(title words.Key, args ...any) Page {
	return Page{
		Title: title,
		Args:  args,
		Crumbs: []Crumb{
			{Key: "layout.home", Path: "/"},
		},
		Path: "/sample",
		Nav: []Nav{
			{Path: "/", Label: "layout.home", Current: true},
		},
		Who:     &Who{Name: "周敏", Office: "云川市总工会帮扶中心", Path: "/me"},
		Idle:    900,
		FormKey: func() string { return "k-sample" },
	}
}
