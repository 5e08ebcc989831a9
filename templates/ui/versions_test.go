package ui_test

import (
	"strings"
	"testing"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/templates/ui"
)

// A rule holds from its first day on, and until the day before the next one.
func TestVersionsOnTheDay(t *testing.T) {
	first, second := day.Of(2026, 1, 1), day.Of(2026, 11, 22)
	version := func(from day.Date, says string) ui.Version {
		return ui.Version{From: from, Facts: []ui.Item{{Key: "ui.changed_fact", Value: ui.Text(says)}}}
	}
	all := []ui.Version{version(second, "new"), version(first, "old")}
	tests := map[string]struct {
		today day.Date
		want  []string
	}{
		"before any":            {first.Add(-1), []string{"目前没有执行中的规则", "自 2026-01-01 起执行新的规则", "未生效 new", "未生效 old"}},
		"the first day":         {first, []string{"2026-01-01 old", "自 2026-11-22 起执行新的规则", "未生效 new", "执行中 old"}},
		"the last day":          {second.Add(-1), []string{"2026-01-01 old", "自 2026-11-22 起执行新的规则", "未生效 new", "执行中 old"}},
		"the day of the second": {second, []string{"2026-11-22 new", "执行中 new", "已失效 old"}},
	}
	for name, test := range tests {
		var b strings.Builder
		if err := ui.Versions(ui.VersionsView{Caption: "ui.versions", All: all, Today: test.today}).Render(words.In(t.Context(), words.Chinese), &b); err != nil {
			t.Fatal(err)
		}
		got := plain(b.String())
		for _, want := range test.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in %q", name, want, got)
			}
		}
		if test.today == second && strings.Contains(got, "执行新的规则") {
			t.Errorf("%s: a rule is announced that holds already: %q", name, got)
		}
	}
}

// plain takes the marks off a page, and puts what stands between them into one row of words without labels.
func plain(page string) string {
	var b strings.Builder
	inside := false
	for _, r := range page {
		switch {
		case r == '<':
			inside = true
			b.WriteByte(' ')
		case r == '>':
			inside = false
		case !inside:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(strings.NewReplacer("项目", "", "执行日期", "").Replace(b.String())), " ")
}
