package census_test

import (
	"errors"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/census"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// begin is a census of the county with ten forms at UnitA, handed out ten days ago and due the day before today.
func begin(t *testing.T) (*work.Unit, census.ID, census.BundleID) {
	t.Helper()
	u := pgtest.Unit(t, sample.Supervisor)
	sample.Centre(t, u)
	id, err := census.Make(t.Context(), u, draft(u))
	must(t, err)
	return u, id, handed(t, u, id, sample.UnitA, 10)
}

func draft(u *work.Unit) census.Draft {
	return census.Draft{Name: "特困职工普查", Aim: "摸清底数", From: u.Today().Add(-20), Until: u.Today().Add(20)}
}

func handed(t *testing.T, u *work.Unit, id census.ID, org work.OrgID, count int) census.BundleID {
	t.Helper()
	b, err := census.HandOut(t.Context(), u, id, census.Handing{OrgID: org, Count: count, TakenBy: "韩雪", On: u.Today().Add(-10), Due: u.Today().Add(-1)})
	must(t, err)
	return b
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// as lets somebody act.
func as(u *work.Unit, who work.Actor, fn func()) {
	before := u.By
	u.By = who
	fn()
	u.By = before
}

// formOf gives the id of a form by its number.
func formOf(t *testing.T, u *work.Unit, id census.ID, number int) census.FormID {
	t.Helper()
	var form census.FormID
	must(t, u.QueryRow(t.Context(), `SELECT id FROM census_form WHERE census_id = $1 AND number = $2`, id, number).Scan(&form))
	return form
}

// person is a household's head of an invented number.
func person() census.Household {
	return census.Household{Name: "赵川", Number: sample.Number(day.Of(1979, 5, 6), idcard.Male), Phone: "13800000001", Employer: "青石纺织厂",
		Address: "青石县河西街道3号", Cause: casefile.SeriousIllness}
}

func TestMake(t *testing.T) {
	tests := map[string]struct {
		from, until int // days from today
		told        string
	}{
		"one day":                  {0, 0, ""},
		"over yesterday":           {-3, -1, "census.refusal.over"},
		"the last day is today":    {-3, 0, ""},
		"ends before it begins":    {5, 4, "census.refusal.until"},
		"a year and a day":         {0, 366, ""},
		"a year and two days":      {0, 367, "census.refusal.period"},
		"begins in the far future": {300, 310, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := pgtest.Unit(t, sample.Supervisor)
			sample.Centre(t, u)
			d := draft(u)
			d.From, d.Until = u.Today().Add(test.from), u.Today().Add(test.until)
			_, err := census.Make(t.Context(), u, d)
			if told := sample.Told(t, err); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}

func TestHandOut(t *testing.T) {
	tests := map[string]struct {
		by     work.Actor
		change func(u *work.Unit, h *census.Handing)
		told   string
	}{
		"to a unit":               {sample.Supervisor, func(*work.Unit, *census.Handing) {}, ""},
		"to the office itself":    {sample.Supervisor, func(_ *work.Unit, h *census.Handing) { h.OrgID = sample.County }, ""},
		"to another county":       {sample.Supervisor, func(_ *work.Unit, h *census.Handing) { h.OrgID = sample.Sibling }, "census.refusal.below"},
		"by the city above":       {sample.CitySupervisor, func(*work.Unit, *census.Handing) {}, ""},
		"no form":                 {sample.Supervisor, func(_ *work.Unit, h *census.Handing) { h.Count = 0 }, "census.refusal.count"},
		"a bundle's most":         {sample.Supervisor, func(_ *work.Unit, h *census.Handing) { h.Count = 5000 }, ""},
		"one more":                {sample.Supervisor, func(_ *work.Unit, h *census.Handing) { h.Count = 5001 }, "census.refusal.count"},
		"tomorrow":                {sample.Supervisor, func(u *work.Unit, h *census.Handing) { h.On = u.Today().Add(1); h.Due = h.On }, "census.refusal.handed_on"},
		"before the census":       {sample.Supervisor, func(u *work.Unit, h *census.Handing) { h.On = u.Today().Add(-21) }, "census.refusal.handed_on"},
		"back before it went out": {sample.Supervisor, func(_ *work.Unit, h *census.Handing) { h.Due = h.On.Add(-1) }, "census.refusal.due_on"},
		"back on the day":         {sample.Supervisor, func(_ *work.Unit, h *census.Handing) { h.Due = h.On }, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u, id, _ := begin(t)
			h := census.Handing{OrgID: sample.UnitB, Unit: "公交二队", Count: 3, TakenBy: "秦岭", On: u.Today(), Due: u.Today().Add(9)}
			test.change(u, &h)
			u.By = test.by
			_, err := census.HandOut(t.Context(), u, id, h)
			if told := sample.Told(t, err); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}

// A unit sees its own bundle and not that of the unit beside it, takes forms back, and cannot hand any out.
func TestAUnitSeesItsOwnForms(t *testing.T) {
	u, id, _ := begin(t)
	other := handed(t, u, id, sample.UnitB, 5)
	as(u, sample.UnitClerk, func() {
		all, err := census.Bundles(t.Context(), u, u.By.Scope, id, u.Today(), 0, 10)
		if err != nil || len(all) != 1 || all[0].First != 1 || all[0].Last != 10 || all[0].Standing.Missing != 10 {
			t.Errorf("%+v, %v", all, err)
		}
		if _, err := census.FindBundle(t.Context(), u, u.By.Scope, other, u.Today()); !errors.Is(err, work.ErrNotFound) {
			t.Errorf("the other unit's bundle: %v", err)
		}
		_, err = census.HandOut(t.Context(), u, id, census.Handing{OrgID: sample.UnitA, Count: 1, TakenBy: "韩雪", On: u.Today(), Due: u.Today()})
		if told := sample.Told(t, err); told != "census.refusal.not_yours" {
			t.Errorf("told %q", told)
		}
		_, err = census.Return(t.Context(), u, id, census.Ranges{{10, 11}}, u.Today())
		if told := sample.Told(t, err); told != "census.refusal.not_out" {
			t.Errorf("told %q of a form of the other unit", told)
		}
		n, err := census.Return(t.Context(), u, id, census.Ranges{{1, 3}, {3, 4}, {9, 9}}, u.Today())
		if err != nil || n != 5 {
			t.Errorf("%d came back, %v", n, err)
		}
	})
	as(u, sample.SiblingClerk, func() {
		if _, err := census.Find(t.Context(), u, u.By.Scope, id); !errors.Is(err, work.ErrNotFound) {
			t.Errorf("another county finds the census: %v", err)
		}
	})
	s, _, err := census.StandingOf(t.Context(), u, sample.Everywhere, id, u.Today())
	if want := (census.Standing{Missing: 10, Returned: 5}); err != nil || s != want || s.Handed() != 15 || s.Back() != 5 {
		t.Errorf("%+v, want %+v, %v", s, want, err)
	}
}

// The day a bundle is due it is not missing, the day after it is; what is out is written as ranges.
func TestWhatIsMissing(t *testing.T) {
	u, id, bundle := begin(t)
	_, err := census.Return(t.Context(), u, id, census.Ranges{{2, 2}, {5, 7}}, u.Today())
	must(t, err)
	due := u.Today().Add(-1)
	for on, want := range map[day.Date]census.Standing{due: {Out: 6, Returned: 4}, due.Add(1): {Missing: 6, Returned: 4}} {
		b, err := census.FindBundle(t.Context(), u, sample.Everywhere, bundle, on)
		if err != nil || b.Standing != want {
			t.Errorf("on %s %+v, want %+v, %v", on, b.Standing, want, err)
		}
	}
	out, err := census.StillOut(t.Context(), u, bundle)
	if err != nil || out.In(t.Context()) != "1、3–4、8–10" {
		t.Errorf("%s, %v", out, err)
	}
	late, err := census.FindForm(t.Context(), u, sample.Everywhere, formOf(t, u, id, 1))
	if err != nil || late.Missing(due) || !late.Missing(due.Add(1)) {
		t.Errorf("%+v, %v", late, err)
	}
}

func TestReturn(t *testing.T) {
	tests := map[string]struct {
		numbers census.Ranges
		on      int // days from today
		told    string
	}{
		"all of them":             {census.Ranges{{1, 10}}, 0, ""},
		"one that is not there":   {census.Ranges{{1, 11}}, 0, "census.refusal.not_out"},
		"the day it went out":     {census.Ranges{{1, 1}}, -10, ""},
		"the day before it did":   {census.Ranges{{1, 1}}, -11, "census.refusal.not_out"},
		"tomorrow":                {census.Ranges{{1, 1}}, 1, "census.refusal.future"},
		"one that is back again":  {census.Ranges{{4, 5}}, 0, "census.refusal.not_out"},
		"one that had been lost":  {census.Ranges{{6, 6}}, 0, ""},
		"a number of many digits": {census.Ranges{{50_000, 50_000}}, 0, "census.refusal.not_out"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u, id, _ := begin(t)
			if strings.HasPrefix(name, "one that is back") {
				_, err := census.Return(t.Context(), u, id, census.Ranges{{5, 5}}, u.Today())
				must(t, err)
			}
			if strings.HasPrefix(name, "one that had been lost") {
				must(t, census.Lose(t.Context(), u, formOf(t, u, id, 6), "被雨淋湿"))
			}
			_, err := census.Return(t.Context(), u, id, test.numbers, u.Today().Add(test.on))
			if told := sample.Told(t, err); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}

// A returned form becomes a registration with its head, and shows in it; the same person again is told where they are.
func TestEnter(t *testing.T) {
	u, id, _ := begin(t)
	u.By = sample.Clerk
	_, err := census.Return(t.Context(), u, id, census.Ranges{{1, 2}}, u.Today())
	must(t, err)
	who := person()
	file, err := census.Enter(t.Context(), u, sample.Keys(), formOf(t, u, id, 1), who)
	must(t, err)
	f, err := casefile.Find(t.Context(), u, sample.Everywhere, file)
	if err != nil || f.State != casefile.Draft || f.HeadName != "赵川" || f.OrgID != sample.County || f.Address != "青石县河西街道3号" || f.Employer != "青石纺织厂" {
		t.Errorf("%+v, %v", f, err)
	}
	people, err := casefile.People(t.Context(), u, sample.Keys(), file)
	if err != nil || len(people) != 1 || people[0].Number != who.Number || people[0].Phone != "13800000001" {
		t.Errorf("%d people, %v", len(people), err)
	}
	from, err := census.OfFile(t.Context(), u, file)
	if err != nil || from == nil || from.Number != 1 || from.State != census.Entered || from.HeadName != "赵川" {
		t.Errorf("%+v, %v", from, err)
	}
	_, err = census.Enter(t.Context(), u, sample.Keys(), formOf(t, u, id, 2), who)
	refusal, ok := work.AsRefusal(err)
	if !ok || refusal.Key != "census.refusal.elsewhere" || refusal.Field != "number" || refusal.Args[1] != "青石县总工会困难职工帮扶中心" || refusal.Args[2] != "赵*" {
		t.Errorf("%v", err)
	}
	must(t, census.Dismiss(t.Context(), u, formOf(t, u, id, 2), "赵川", census.OnFile, ""))
	_, err = census.Enter(t.Context(), u, sample.Keys(), formOf(t, u, id, 3), who)
	if told := sample.Told(t, err); told != "census.refusal.state" {
		t.Errorf("told %q of a form that is out", told)
	}
	s, reasons, err := census.StandingOf(t.Context(), u, sample.Everywhere, id, u.Today())
	if want := (census.Standing{Missing: 8, Entered: 1, Dismissed: 1}); err != nil || s != want || reasons[census.OnFile] != 1 {
		t.Errorf("%+v %v, %v", s, reasons, err)
	}
	if _, err := u.Exec(t.Context(), `UPDATE census_form SET file_id = $1`, file); work.Violated(err) == "" {
		t.Errorf("a decided form was changed: %v", err)
	}
}

func TestDismiss(t *testing.T) {
	tests := map[string]struct {
		head   string
		reason census.Reason
		note   string
		told   string
	}{
		"above the line":    {"赵川", "above", "", ""},
		"nobody named":      {"", "above", "", "census.refusal.head"},
		"a blank form":      {"", census.Blank, "", ""},
		"other, and no why": {"赵川", census.Other, "无", "census.refusal.note"},
		"other, with why":   {"赵川", census.Other, "外地", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u, id, _ := begin(t)
			_, err := census.Return(t.Context(), u, id, census.Ranges{{1, 1}}, u.Today())
			must(t, err)
			if told := sample.Told(t, census.Dismiss(t.Context(), u, formOf(t, u, id, 1), test.head, test.reason, test.note)); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}

// A census is closed by its own office, when every form that came back is decided; afterwards nothing of it changes.
func TestClose(t *testing.T) {
	u, id, _ := begin(t)
	_, err := census.Return(t.Context(), u, id, census.Ranges{{1, 1}}, u.Today())
	must(t, err)
	as(u, sample.UnitClerk, func() {
		if told := sample.Told(t, census.Close(t.Context(), u, id, "结束")); told != "census.refusal.not_yours" {
			t.Errorf("told %q", told)
		}
	})
	if told := sample.Told(t, census.Close(t.Context(), u, id, "结束")); told != "census.refusal.undecided" {
		t.Errorf("told %q", told)
	}
	must(t, census.Dismiss(t.Context(), u, formOf(t, u, id, 1), "", census.Blank, ""))
	must(t, census.Close(t.Context(), u, id, "九份未收回"))
	c, err := census.Find(t.Context(), u, sample.Everywhere, id)
	if err != nil || !c.Closed || c.Conclusion != "九份未收回" || c.ClosedBy != "李正" || c.Forms != 10 {
		t.Errorf("%+v, %v", c, err)
	}
	_, err = census.Return(t.Context(), u, id, census.Ranges{{2, 2}}, u.Today())
	for what, told := range map[string]string{"again": sample.Told(t, census.Close(t.Context(), u, id, "结束")), "returned": sample.Told(t, err),
		"lost": sample.Told(t, census.Lose(t.Context(), u, formOf(t, u, id, 2), "遗失"))} {
		if told != "census.refusal.closed" {
			t.Errorf("%s: told %q", what, told)
		}
	}
	refused(t, u, "census_closed", `UPDATE census_form SET state = 'lost', note = '遗失', done_by = 9201, done_at = now() WHERE number = 2`)
}

// What must never be holds against the application's own role too.
func TestTheDatabaseKeepsForms(t *testing.T) {
	u, id, bundle := begin(t)
	refused(t, u, "census_form_number", `INSERT INTO census_form (census_id, number, bundle_id, org_path) VALUES ($1, 1, $2, '')`, id, bundle)
	refused(t, u, "census_form_bundle", `INSERT INTO census_form (census_id, number, bundle_id, org_path) VALUES ($1, 11, $2, '')`, id, bundle)
	refused(t, u, "census_form_moves", `UPDATE census_form SET state = 'dismissed', reason = 'above', head_name = 'x', returned_on = '2026-11-22', done_by = 9201,
		done_at = '2026-11-22' WHERE census_id = $1 AND number = 1`, id)
	refused(t, u, "census_form_before", `UPDATE census_form SET state = 'returned', returned_on = '2026-01-01', done_by = 9201, done_at = '2026-11-22'
		WHERE census_id = $1 AND number = 1`, id)
}

// refused fails the test unless the database refuses a statement by the name of a rule.
func refused(t *testing.T, u *work.Unit, rule, sql string, args ...any) {
	t.Helper()
	err := u.Within(t.Context(), func(u *work.Unit) error {
		_, err := u.Exec(t.Context(), "-- test\n"+sql, args...)
		return err
	})
	if work.Violated(err) != rule {
		t.Errorf("%v, want %s", err, rule)
	}
}

func TestReadRanges(t *testing.T) {
	for text, want := range map[string]string{"1": "1", "1-3": "1–3", "5, 1－3、4": "1–5", "1至2 9～10\n7": "1–2、7、9–10", "50000": "50000", "3-5,4-9": "3–9",
		"１－３，５": "1–3、5", "PC7-0010，PC7-0012": "10、12", "pc7-0003 - 5": "", "PC7-0003至PC7-0005": "3–5"} {
		if got, wrong := census.ReadRanges(7, text); want != "" && wrong != "" || got.In(t.Context()) != want {
			t.Errorf("%q: %s, %q; want %s", text, got, wrong, want)
		}
	}
	for text, want := range map[string]string{"": "", "、": "、", "0": "0", "50001": "50001", "1,3-2": "3-2", "2 a": "A", "1-2-3": "1-2-3", "-3": "-3",
		"99999999999999999999": "99999999999999999999", "PC8-0001": "PC8-0001"} {
		if got, wrong := census.ReadRanges(7, text); len(got) > 0 || wrong != want {
			t.Errorf("%q is read as %s, wrong %q; want %q", text, got, wrong, want)
		}
	}
}
