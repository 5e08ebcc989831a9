package ui

import (
	"strings"
	"testing"
)

// A menu of one act would hide it: it stands beside the others where there is room.
func TestASingleActStandsBeside(t *testing.T) {
	one, two := Btn{Key: "common.apply", Href: "/a", Look: Quiet}, []Btn{{Key: "common.save", Href: "/b"}, {Key: "common.search", Href: "/c"}}
	for name, test := range map[string]struct {
		v    IdentityView
		menu bool
	}{
		"alone":              {IdentityView{More: []Btn{one}}, false},
		"beside another":     {IdentityView{Actions: two[:1], More: []Btn{one}}, false},
		"without room":       {IdentityView{Actions: two, More: []Btn{one}}, true},
		"several in a menu":  {IdentityView{More: append(two, one)}, true},
		"nothing in no menu": {IdentityView{Actions: two}, false},
	} {
		var page strings.Builder
		if err := Identity(test.v).Render(t.Context(), &page); err != nil {
			t.Fatal(err)
		}
		if menu := strings.Contains(page.String(), "<details"); menu != test.menu {
			t.Errorf("%s: a menu: %v", name, menu)
		}
	}
}
