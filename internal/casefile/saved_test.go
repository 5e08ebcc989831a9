package casefile_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// shownLists writes down a person's lists: name, who sees them, and the person's marks.
func shownLists(t *testing.T, u *work.Unit, by work.Actor) string {
	t.Helper()
	all, err := casefile.SavedLists(t.Context(), u, by)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, s := range all {
		line := s.Name + " " + s.OwnerName
		if s.Shared {
			line += " shared"
		}
		if s.Starred {
			line += " star"
		}
		if s.First {
			line += " first"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// A list is kept, seen by those with whom it is shared, marked by each for themselves, changed and deleted by its owner.
func TestSavedLists(t *testing.T) {
	u := pgtest.Unit(t, sample.Supervisor)
	sample.Centre(t, u)
	ctx := t.Context()
	severe, err := casefile.SaveList(ctx, u, casefile.SavedWish{Name: " 深度困难 ", Query: "category=severe&list=active", Shared: true, Starred: true})
	if err != nil {
		t.Fatal(err)
	}
	mine, err := casefile.SaveList(ctx, u, casefile.SavedWish{Name: "待评议", Query: "list=to_assess", First: true})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := shownLists(t, u, sample.Supervisor), "待评议 李正 first\n深度困难 李正 shared star"; got != want {
		t.Errorf("the owner sees\n%s\nwant\n%s", got, want)
	}
	for name, by := range map[string]work.Actor{"of the same office": sample.Clerk, "of an office below": sample.UnitClerk} {
		if got := shownLists(t, u, by); got != "深度困难 李正 shared" {
			t.Errorf("%s sees %q", name, got)
		}
	}
	for name, by := range map[string]work.Actor{"of the county beside": sample.SiblingClerk, "of the city above": sample.CitySupervisor} {
		if got := shownLists(t, u, by); got != "" {
			t.Errorf("%s is shown %q", name, got)
		}
	}
	if _, err := casefile.FindSaved(ctx, u, sample.CitySupervisor, severe); err != nil {
		t.Errorf("the city cannot look at what its county shares: %v", err)
	}
	for id, by := range map[casefile.SavedID]work.Actor{severe: sample.SiblingClerk, mine: sample.Clerk} {
		if _, err := casefile.FindSaved(ctx, u, by, id); !errors.Is(err, work.ErrNotFound) {
			t.Errorf("%s finds list %d: %v", by.Name, id, err)
		}
	}

	u.By = sample.UnitClerk
	if err := casefile.MarkSaved(ctx, u, severe, true, true); err != nil {
		t.Fatal(err)
	}
	if told := sample.Told(t, casefile.ChangeSaved(ctx, u, severe, casefile.SavedWish{Name: "我的"})); told != "casefile.refusal.saved_owner" {
		t.Errorf("somebody else's list is changed: %q", told)
	}
	if told := sample.Told(t, casefile.DropSaved(ctx, u, severe)); told != "casefile.refusal.saved_owner" {
		t.Errorf("somebody else's list is deleted: %q", told)
	}
	if got := shownLists(t, u, sample.UnitClerk); got != "深度困难 李正 shared star first" {
		t.Errorf("the unit's clerk sees %q", got)
	}

	u.By = sample.Supervisor // the other list opens first from now on, and the first one has lost its only mark
	if err := casefile.ChangeSaved(ctx, u, severe, casefile.SavedWish{Name: "深度", First: true}); err != nil {
		t.Fatal(err)
	}
	if got, want := shownLists(t, u, sample.Supervisor), "待评议 李正\n深度 李正 first"; got != want {
		t.Errorf("the owner sees\n%s\nwant\n%s", got, want)
	}
	if marked, err := casefile.Marked(ctx, u, sample.UnitClerk); err != nil || len(marked) != 0 {
		t.Errorf("what is no longer shared is still offered: %v, %v", marked, err)
	}
	if s, err := casefile.FindSaved(ctx, u, sample.Supervisor, severe); err != nil || s.Query != "category=severe&list=active" {
		t.Errorf("a new name changed the question: %q, %v", s.Query, err)
	}
	if err := casefile.DropSaved(ctx, u, severe); err != nil {
		t.Fatal(err)
	}
	if got := shownLists(t, u, sample.Supervisor); got != "待评议 李正" {
		t.Errorf("after deleting: %q", got)
	}
}

// Fifty lists a person, fifty that an office shares, eight stars, one name once: the next one is refused in words, and by
// the database whoever writes it.
func TestSavedListsAreFew(t *testing.T) {
	u := pgtest.Unit(t, sample.Supervisor)
	sample.Centre(t, u)
	ctx := t.Context()
	save := func(wish casefile.SavedWish) string {
		wish.Query = "list=active"
		_, err := casefile.SaveList(ctx, u, wish)
		return sample.Told(t, err)
	}
	for i := range casefile.MostStarred {
		if told := save(casefile.SavedWish{Name: fmt.Sprint("星", i), Starred: true, Shared: true}); told != "" {
			t.Fatalf("star %d: %s", i, told)
		}
	}
	if told := save(casefile.SavedWish{Name: "第九颗", Starred: true}); told != "casefile.refusal.saved_starred" {
		t.Errorf("the ninth star: %q", told)
	}
	if told := save(casefile.SavedWish{Name: "星0"}); told != "casefile.refusal.saved_name" {
		t.Errorf("a name twice: %q", told)
	}
	for i := casefile.MostStarred; i < casefile.MostSaved; i++ {
		if told := save(casefile.SavedWish{Name: fmt.Sprint("名单", i), Shared: true}); told != "" {
			t.Fatalf("list %d: %s", i, told)
		}
	}
	if told := save(casefile.SavedWish{Name: "第五十一个"}); told != "casefile.refusal.saved_most" {
		t.Errorf("the fifty-first: %q", told)
	}
	u.By = sample.Clerk
	if told := save(casefile.SavedWish{Name: "星0", Shared: true}); told != "casefile.refusal.saved_shared" {
		t.Errorf("the fifty-first of the office: %q", told)
	}
	if told := save(casefile.SavedWish{Name: "星0"}); told != "" {
		t.Errorf("another person's name: %q", told)
	}
	for rule, sql := range map[string]string{
		"casefile_saved_most": `INSERT INTO casefile_saved (owner_id, org_id, name, query, saved_at) SELECT owner_id, org_id, '又一个', query, saved_at FROM casefile_saved WHERE name = '星1'`,
		"casefile_saved_most_starred": `INSERT INTO casefile_saved_mark (staff_id, saved_id, starred, opens_first)
			SELECT owner_id, id, true, false FROM casefile_saved WHERE name = '名单9'`,
		"casefile_saved_one_first":          `UPDATE casefile_saved_mark SET opens_first = true`,
		"casefile_saved_mark_check":         `UPDATE casefile_saved_mark SET starred = false`,
		"casefile_saved_once":               `UPDATE casefile_saved SET name = '星1'`,
		"casefile_saved_mark_saved_id_fkey": `INSERT INTO casefile_saved_mark (staff_id, saved_id, starred, opens_first) VALUES (9205, 999999, false, true)`,
	} {
		err := u.Within(ctx, func(u *work.Unit) error {
			_, err := u.Exec(ctx, sql)
			if err == nil {
				_, err = u.Exec(ctx, "SET CONSTRAINTS ALL IMMEDIATE")
			}
			return err
		})
		if got := work.Violated(err); got != rule {
			t.Errorf("%s is not kept: %q, %v", rule, got, err)
		}
	}
}
