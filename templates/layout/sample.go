package layout

import (
	"time"

	"bangfu/internal/day"
	"bangfu/internal/words"
)

// SampleAt is when the prints of galleries are made.
var SampleAt = time.Date(2026, 11, 22, 12, 0, 0, 0, day.Zone)

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
