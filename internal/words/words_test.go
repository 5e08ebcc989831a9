package words

import (
	"context"
	"testing"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/money"
)

type colour string

func (c colour) Key() Key { return Key("common." + string(c)) }

func TestList(t *testing.T) {
	chinese, english := In(t.Context(), Chinese), In(t.Context(), English)
	for name, test := range map[string]struct {
		list             List
		chinese, english string
	}{
		"nothing":         {nil, "", ""},
		"one":             {Listing([]string{"甲"}), "甲", "甲"},
		"texts":           {Listing([]string{"甲", "乙", "丙"}), "甲、乙、丙", "甲, 乙, 丙"},
		"numbers":         {Listing([]int{3, 6}), "3、6", "3, 6"},
		"what has a word": {List{colour("yes"), Key("common.no"), Saying("common.in_days", 3)}, "是、否、3 天后", "Yes, No, in 3 days"},
	} {
		if got := test.list.In(chinese); got != test.chinese {
			t.Errorf("%s: %q, want %q", name, got, test.chinese)
		}
		if got := test.list.In(english); got != test.english {
			t.Errorf("%s in English: %q, want %q", name, got, test.english)
		}
	}
	if got := T(english, "form.required", Listing([]string{"a", "b"})); got != "Enter: a, b" {
		t.Errorf("as an argument: %q", got)
	}
}

func TestT(t *testing.T) {
	chinese := In(t.Context(), Chinese)
	english := In(t.Context(), English)
	tests := map[string]struct {
		ctx  context.Context
		key  Key
		args []any
		want string
	}{
		"Chinese when nothing was chosen":  {t.Context(), "common.yes", nil, "是"},
		"Chinese":                          {chinese, "common.yes", nil, "是"},
		"English":                          {english, "common.yes", nil, "Yes"},
		"a key nobody wrote is seen":       {chinese, "common.unwritten", nil, "⟦common.unwritten⟧"},
		"a missing argument is seen":       {chinese, "common.in_days", nil, "⟦0⟧ 天后"},
		"a number":                         {chinese, "common.in_days", []any{3}, "3 天后"},
		"one is singular":                  {english, "common.days_over", []any{1}, "1 day overdue"},
		"two are plural":                   {english, "common.days_over", []any{2}, "2 days overdue"},
		"a key as argument is translated":  {english, "form.required", []any{Key("common.yes")}, "Enter: Yes"},
		"a message as argument too":        {chinese, "form.required", []any{Saying("common.in_days", 2)}, "请填写2 天后"},
		"an enumeration says its own word": {english, "form.required", []any{colour("no")}, "Enter: No"},
		"amounts are grouped":              {chinese, "form.at_most", []any{Key("common.yes"), money.Amount(123456789)}, "是不能超过 1,234,567.89 元"},
		"dates are ISO in a sentence":      {chinese, "form.not_after", []any{"x", day.Of(2026, 11, 22)}, "x不能晚于 2026-11-22"},
		"braces in an argument stay":       {chinese, "form.required", []any{"{0}{1}"}, "请填写{0}{1}"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := T(test.ctx, test.key, test.args...); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSay(t *testing.T) {
	at := time.Date(2026, 11, 22, 2, 5, 59, 0, time.UTC)
	for want, value := range map[string]any{
		"2026-11-22 10:05": at, "7": int64(7), "": nil, "true": true,
	} {
		if got := Say(t.Context(), value); got != want {
			t.Errorf("Say(%v) = %q, want %q", value, got, want)
		}
	}
	if got := Minute(time.Time{}); got != "" {
		t.Errorf("an unknown time reads %q", got)
	}
}

func TestDates(t *testing.T) {
	english := In(t.Context(), English)
	date := day.Of(2026, 3, 5)
	got := []string{
		Long(t.Context(), date), Long(english, date), Long(t.Context(), day.Date{}),
		Until(t.Context(), date, date), Until(english, date, date.Add(-1)),
		Until(t.Context(), date, date.Add(-3)), Until(t.Context(), date, date.Add(2)),
	}
	want := []string{"2026年3月5日", "5 March 2026", "", "今天", "tomorrow", "3 天后", "已过 2 天"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d: got %q, want %q", i, got[i], want[i])
		}
	}
}

func TestParseLanguage(t *testing.T) {
	for tag, want := range map[string]Language{"zh-CN": Chinese, "zh": Chinese, "EN-gb": English, "en": English} {
		if got, ok := ParseLanguage(tag); !ok || got != want {
			t.Errorf("ParseLanguage(%q) = %v, %v", tag, got, ok)
		}
	}
	for _, tag := range []string{"", "fr", "english", "../zh"} {
		if got, ok := ParseLanguage(tag); ok || got != Chinese {
			t.Errorf("ParseLanguage(%q) = %v, %v; want Chinese, false", tag, got, ok)
		}
	}
	for _, l := range Languages {
		if got, ok := ParseLanguage(l.Tag()); !ok || got != l || l.Name() == "" {
			t.Errorf("%v does not survive its own tag", l)
		}
	}
}

// On paper dates are written in full, in sentences too; elsewhere as everywhere.
func TestDatesOnPaper(t *testing.T) {
	on, at := day.Of(2026, 8, 1), time.Date(2026, 8, 1, 23, 30, 0, 0, time.UTC) // the second of August in China
	for _, test := range []struct {
		in         Language
		paper      bool
		date, time string
	}{
		{Chinese, false, "2026-08-01", "2026-08-02 07:30"},
		{Chinese, true, "2026年8月1日", "2026年8月2日 07:30"},
		{English, false, "2026-08-01", "2026-08-02 07:30"},
		{English, true, "1 August 2026", "2 August 2026 07:30"},
	} {
		ctx := In(t.Context(), test.in)
		if test.paper {
			ctx = OnPaper(ctx)
		}
		if date, moment := Say(ctx, on), Say(ctx, at); date != test.date || moment != test.time {
			t.Errorf("%v, on paper %v: %q and %q", test.in, test.paper, date, moment)
		}
		if none := Say(ctx, day.Date{}) + Say(ctx, time.Time{}); none != "" {
			t.Errorf("%v, on paper %v: nothing is written %q", test.in, test.paper, none)
		}
	}
}

// What goes to a worker is in Chinese whoever prints it.
func TestOfficialPapersAreChinese(t *testing.T) {
	for _, language := range Languages {
		ctx := Official(In(t.Context(), language))
		if got := T(ctx, "common.yes") + Say(ctx, day.Of(2026, 8, 1)); got != "是2026年8月1日" {
			t.Errorf("%v: %q", language, got)
		}
	}
}
