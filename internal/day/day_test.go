package day_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
	"pgregory.net/rapid"

	"bangfu/internal/day"
)

func of(year int, month time.Month, dayOfMonth int) day.Date { return day.Of(year, month, dayOfMonth) }

func TestOfKnowsTheCalendar(t *testing.T) {
	tests := []struct {
		date day.Date
		want string
	}{
		{of(2026, 11, 22), "2026-11-22"},
		{of(2024, 2, 29), "2024-02-29"},
		{of(2000, 2, 29), "2000-02-29"},
		{of(1, 1, 1), "0001-01-01"},
		{of(9999, 12, 31), "9999-12-31"},
		{of(1970, 1, 1), "1970-01-01"},
		{of(1969, 12, 31), "1969-12-31"},
		{of(2026, 2, 29), ""},
		{of(1900, 2, 29), ""},
		{of(2026, 4, 31), ""},
		{of(2026, 13, 1), ""},
		{of(2026, 0, 1), ""},
		{of(2026, 1, 0), ""},
		{of(0, 1, 1), ""},
		{of(10000, 1, 1), ""},
		{of(-1, 1, 1), ""},
		{of(2026, math.MaxInt64, 1), ""},
		{of(2026, 1, math.MaxInt64), ""},
	}
	for i, test := range tests {
		if got := test.date.String(); got != test.want || test.date.IsZero() != (test.want == "") {
			t.Errorf("case %d: got %q, want %q", i, got, test.want)
		}
	}
}

func TestParse(t *testing.T) {
	want := of(2026, 1, 2)
	for _, text := range []string{
		"2026-01-02", "2026-1-2", "2026/01/02", "2026/1/2", "2026.1.2", "2026年1月2日", "2026 年 01 月 02 日",
		"20260102", " 2026-01-02 ", "２０２６－０１－０２", "２０２６年１月２日", "\ufeff2026-01-02",
	} {
		if got, err := day.Parse(text); err != nil || got != want {
			t.Errorf("Parse(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for text, want := range map[string]error{
		"": day.ErrSyntax, " ": day.ErrSyntax, "2026": day.ErrSyntax, "2026-01": day.ErrSyntax,
		"26-01-02": day.ErrSyntax, "02-01-2026": day.ErrSyntax, "2026-01-02T00:00": day.ErrSyntax,
		"2026--02": day.ErrSyntax, "2026-01-": day.ErrSyntax, "2026-001-02": day.ErrSyntax,
		"2026-01/02": day.ErrSyntax, "2026年1月2": day.ErrSyntax, "2026月1年2日": day.ErrSyntax,
		"2026-+1-02": day.ErrSyntax, "2026012": day.ErrSyntax, "202601020": day.ErrSyntax,
		"二〇二六年一月二日": day.ErrSyntax, "2026-0a-02": day.ErrSyntax, "日": day.ErrSyntax, "2026-01-02\xff": day.ErrSyntax,
		"2026-02-29": day.ErrCalendar, "2026-13-01": day.ErrCalendar, "0000-01-01": day.ErrCalendar,
		"20260230": day.ErrCalendar, "2026年2月30日": day.ErrCalendar, "2026-00-00": day.ErrCalendar,
	} {
		if got, err := day.Parse(text); !errors.Is(err, want) || !got.IsZero() {
			t.Errorf("Parse(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
}

// FuzzParse asks that no text panics, and that a date stands by its own writing.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"2026-11-22", "2026年1月2日", "20261122", "2026.1.2", "2026-02-29", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		date, err := day.Parse(text)
		if (err == nil) == date.IsZero() {
			t.Errorf("Parse(%q) = %v, %v", text, date, err)
		}
		if err != nil {
			return
		}
		if again, err := day.Parse(date.String()); err != nil || again != date {
			t.Errorf("Parse(%q) = %v, read again as %v, %v", text, date, again, err)
		}
	})
}

func TestOnIsTheDayInChina(t *testing.T) {
	tests := []struct {
		at   time.Time
		want day.Date
	}{
		{time.Date(2026, 11, 21, 15, 59, 59, 0, time.UTC), of(2026, 11, 21)},
		{time.Date(2026, 11, 21, 16, 0, 0, 0, time.UTC), of(2026, 11, 22)},
		{time.Date(2026, 11, 22, 15, 59, 59, 999, time.UTC), of(2026, 11, 22)},
		{of(2026, 11, 22).Start(), of(2026, 11, 22)},
		{of(2026, 11, 22).Start().Add(-1), of(2026, 11, 21)},
		{time.Time{}, day.Date{}},
	}
	for _, test := range tests {
		if got := day.On(test.at); got != test.want {
			t.Errorf("On(%v) = %v, want %v", test.at, got, test.want)
		}
	}
	if start := (day.Date{}).Start(); !start.IsZero() {
		t.Errorf("an unknown day starts at %v", start)
	}
}

func TestAddMonthsHoldsAtTheEndOfTheMonth(t *testing.T) {
	tests := []struct {
		from   day.Date
		months int
		want   day.Date
	}{
		{of(2026, 1, 31), 1, of(2026, 2, 28)},
		{of(2024, 1, 31), 1, of(2024, 2, 29)},
		{of(2026, 12, 31), 2, of(2027, 2, 28)},
		{of(2026, 1, 15), -1, of(2025, 12, 15)},
		{of(2026, 3, 31), -1, of(2026, 2, 28)},
		{of(2024, 2, 29), 12, of(2025, 2, 28)},
		{of(2024, 2, 29), 48, of(2028, 2, 29)},
		{of(2026, 5, 1), 0, of(2026, 5, 1)},
		{of(1, 1, 1), -1, day.Date{}},
		{of(9999, 12, 1), 1, day.Date{}},
		{day.Date{}, 5, day.Date{}},
		{of(2026, 1, 1), math.MaxInt, day.Date{}},
		{of(2026, 1, 1), math.MinInt, day.Date{}},
	}
	for _, test := range tests {
		if got := test.from.AddMonths(test.months); got != test.want {
			t.Errorf("%v and %d months is %v, want %v", test.from, test.months, got, test.want)
		}
	}
}

func TestAge(t *testing.T) {
	tests := []struct {
		birth, on day.Date
		want      int
	}{
		{of(2012, 11, 23), of(2026, 11, 22), 13}, // 13 years and 364 days
		{of(2012, 11, 22), of(2026, 11, 22), 14},
		{of(2008, 2, 29), of(2026, 2, 27), 17},
		{of(2008, 2, 29), of(2026, 2, 28), 18},
		{of(2008, 2, 29), of(2028, 2, 28), 19},
		{of(2008, 2, 29), of(2028, 2, 29), 20},
		{of(2026, 11, 22), of(2026, 11, 22), 0},
		{of(2026, 11, 23), of(2026, 11, 22), -1},
		{of(1926, 12, 1), of(2026, 11, 22), 99},
		{day.Date{}, of(2026, 11, 22), -1},
		{of(2026, 11, 22), day.Date{}, -1},
	}
	for _, test := range tests {
		if got := test.birth.Age(test.on); got != test.want {
			t.Errorf("born %v, on %v: %d years, want %d", test.birth, test.on, got, test.want)
		}
	}
}

func TestOrder(t *testing.T) {
	unknown, first, second := day.Date{}, of(2026, 11, 22), of(2026, 11, 23)
	dates := []day.Date{second, unknown, first}
	slices.SortFunc(dates, day.Date.Compare)
	if !slices.Equal(dates, []day.Date{unknown, first, second}) {
		t.Errorf("sorted as %v", dates)
	}
	if !first.Before(second) || first.After(second) || first.Before(first) || !second.After(first) {
		t.Error("before and after disagree")
	}
	if second.Sub(first) != 1 || first.Sub(second) != -1 || first.Sub(unknown) != 0 || unknown.Sub(first) != 0 {
		t.Error("days between are wrong")
	}
	if first.Weekday() != time.Sunday {
		t.Errorf("%v is a %v", first, first.Weekday())
	}
	if first.Year() != 2026 || first.Month() != 11 || first.Day() != 22 || unknown.Year() != 0 || unknown.Month() != 0 || unknown.Day() != 0 {
		t.Error("year, month and day are wrong")
	}
}

// Counting days agrees with the clock of the standard library, to the ends of the calendar.
func TestAddAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		date := day.On(time.Unix(rapid.Int64Range(-62_135_596_799, 253_402_271_999).Draw(t, "at"), 0))
		days := rapid.IntRange(-4_000_000, 4_000_000).Draw(t, "days")
		want := date.Start().AddDate(0, 0, days)
		got := date.Add(days)
		if want.Year() < 1 || want.Year() > 9999 {
			if !got.IsZero() {
				t.Fatalf("%v and %d days is %v, past the end", date, days, got)
			}
			return
		}
		if !got.Start().Equal(want) || got.Sub(date) != days || got.Weekday() != want.Weekday() {
			t.Fatalf("%v and %d days is %v, want %v", date, days, got, want)
		}
	})
}

func TestADateIsADateColumn(t *testing.T) {
	types := pgtype.NewMap()
	for _, format := range []int16{pgtype.BinaryFormatCode, pgtype.TextFormatCode} {
		for _, want := range []day.Date{of(2026, 11, 22), of(1, 1, 1), of(9999, 12, 31), {}} {
			wire, err := types.Encode(pgtype.DateOID, format, want, nil)
			if err != nil {
				t.Fatal(err)
			}
			if (wire == nil) != want.IsZero() {
				t.Errorf("%v is written as %q", want, wire)
			}
			got := of(2000, 1, 1)
			if err := types.Scan(pgtype.DateOID, format, wire, &got); err != nil || got != want {
				t.Errorf("%v was read back as %v, %v", want, got, err)
			}
		}
	}
	for _, text := range []string{"infinity", "-infinity", "0044-03-15 BC"} {
		var got day.Date
		if err := types.Scan(pgtype.DateOID, pgtype.TextFormatCode, []byte(text), &got); err == nil {
			t.Errorf("the date %q was read as %v", text, got)
		}
	}
}

func TestJSON(t *testing.T) {
	type record struct {
		Born day.Date `json:"born"`
		Left day.Date `json:"left,omitzero"`
	}
	text, err := json.Marshal(record{Born: of(1980, 3, 4)})
	if err != nil || string(text) != `{"born":"1980-03-04"}` {
		t.Errorf("written as %s, %v", text, err)
	}
	got := record{Left: of(2000, 1, 1)}
	if err := json.Unmarshal([]byte(`{"born":"1980-03-04","left":""}`), &got); err != nil || got != (record{Born: of(1980, 3, 4)}) {
		t.Errorf("read as %v, %v", got, err)
	}
	if err := json.Unmarshal([]byte(`{"born":"1980-02-30"}`), &got); !errors.Is(err, day.ErrCalendar) {
		t.Errorf("a day that is not was read with %v", err)
	}
}
