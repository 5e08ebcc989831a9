package app

import (
	"slices"
	"testing"

	"bangfu/internal/staff"
	"bangfu/internal/work"
)

// Each role sees everything that is its own in the navigation, in seven items at most.
func TestNavigation(t *testing.T) {
	for _, role := range staff.Roles {
		by := work.Actor{Roles: []work.Role{role}, Caps: staff.CapsOf([]work.Role{role})}
		nav := navigation(t.Context(), by)
		if len(nav) > 7 {
			t.Errorf("%s has %d items", role, len(nav))
		}
		var paths []string
		for _, item := range nav {
			paths = append(paths, item.Path)
			for _, within := range item.Within {
				paths = append(paths, within.Path)
			}
		}
		for _, p := range places {
			if !by.Can(p.need) {
				continue
			}
			for _, want := range append([]place{p}, p.within...) {
				if by.Can(want.need) && !slices.Contains(paths, want.path) {
					t.Errorf("%s does not get to %s: %v", role, want.path, paths)
				}
			}
		}
	}
}

// Who reads funds and not payments gets to the funds by their own name.
func TestNavigationOfOnePart(t *testing.T) {
	nav := navigation(t.Context(), work.Actor{Caps: []work.Capability{staff.CapFundRead}})
	if len(nav) != 1 || nav[0].Path != "/funds" || nav[0].Label != "app.nav.funds" || len(nav[0].Within) > 0 {
		t.Errorf("%+v", nav)
	}
}
