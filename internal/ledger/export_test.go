package ledger_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/file"
	"bangfu/internal/ledger"
	"bangfu/internal/sheet"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// wish is the list of active files as XLSX, for the city's statistics.
func wish(change func(*ledger.Wish)) ledger.Wish {
	w := ledger.Wish{Layout: ledger.CoverList, Format: sheet.XLSX, List: casefile.ActiveList, Reason: "报市总统计"}
	if change != nil {
		change(&w)
	}
	return w
}

// asked asks for a list and lets the background write it.
func (o *office) asked(t *testing.T, w ledger.Wish) ledger.Export {
	t.Helper()
	id, err := ledger.Ask(t.Context(), o.Unit, w)
	must(t, err)
	must(t, ledger.Give(t.Context(), o.Office))
	return o.export(t, id)
}

func (o *office) export(t *testing.T, id ledger.ExportID) ledger.Export {
	t.Helper()
	e, err := ledger.FindExport(t.Context(), o.Unit, sample.Everywhere, id)
	must(t, err)
	return e
}

// sent fetches a list and gives its rows, those of all its sheets.
func (o *office) sent(t *testing.T, e ledger.Export) []string {
	t.Helper()
	e, err := ledger.Fetch(t.Context(), o.Unit, e.ID)
	must(t, err)
	var out bytes.Buffer
	must(t, ledger.Send(t.Context(), o.Shelf, e, &out))
	if zip := bytes.HasPrefix(out.Bytes(), []byte("PK")); zip != (e.Format == sheet.XLSX) {
		t.Errorf("asked for %s, got a zip file: %v", e.Format, zip)
	}
	book, err := sheet.OpenBook(bytes.NewReader(out.Bytes()), int64(out.Len()), sheet.Usual)
	must(t, err)
	if e.Format == sheet.XLSX && book.Tabs[0].Name != words.T(t.Context(), e.Layout.Key()) {
		t.Errorf("the first sheet is called %q", book.Tabs[0].Name) // a long name is cut off
	}
	var rows []string
	for tab := range book.Tabs {
		r, err := book.Open(tab, 0)
		must(t, err)
		for {
			cells, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			must(t, err)
			rows = append(rows, strings.Join(cells, "|"))
		}
	}
	return rows
}

func TestAListIsGivenOut(t *testing.T) {
	o := open(t)
	f := sample.File(t, o.Unit, casefile.Active)
	sample.File(t, o.Unit, casefile.Draft)
	people, err := casefile.People(t.Context(), o.Unit, o.Keys, f.ID)
	must(t, err)
	o.By = sample.Supervisor
	for _, test := range []struct {
		change    func(*ledger.Wish)
		rows      int // without heads
		says, not []string
	}{
		{nil, 1, []string{"档案编号|状态|困难类别|姓名", f.Number, people[0].Number.Masked(), "王建国"}, []string{string(people[0].Number)}},
		{func(w *ledger.Wish) { w.Format = sheet.CSV }, 1, []string{people[0].Number.Masked()}, []string{string(people[0].Number)}},
		{func(w *ledger.Wish) { w.Full = true }, 1, []string{string(people[0].Number)}, []string{"*****"}},
		{func(w *ledger.Wish) { w.Layout = ledger.Roster }, len(people), []string{"与户主关系", "户主|王建国|" + people[0].Number.Masked()}, []string{string(people[0].Number)}},
		{func(w *ledger.Wish) { w.Layout = ledger.FileTable }, len(people), []string{"档案编号|原档案编号|建档标准|困难类别|姓名", f.Number + "||全国级|", "政治面貌", "开户银行", "银行卡号（后四位）", "666.67",
			"\n档案编号|户主|与户主关系|姓名", f.Number + "|王建国|配偶|李秀兰"}, []string{"|户主|王建国|"}},
		{func(w *ledger.Wish) { w.Layout, w.Format = ledger.FileTable, sheet.CSV }, 1, []string{f.Number + "||全国级|"}, []string{"李秀兰"}},
		{func(w *ledger.Wish) { w.Layout, w.File, w.List = ledger.FileTable, f.ID, "" }, len(people), []string{f.Number}, nil},
		{func(w *ledger.Wish) { w.Filter.Category = f.Category }, 1, []string{f.Number}, nil},
		{func(w *ledger.Wish) { w.Filter.Org, w.Filter.Lacking = sample.County, false }, 1, []string{f.Number}, nil},
		{func(w *ledger.Wish) { w.Filter.Category = eligibility.Accident }, 0, []string{"档案编号"}, []string{"王建国"}},
		{func(w *ledger.Wish) { w.List = casefile.EndedList }, 0, []string{"档案编号"}, []string{"王建国"}},
	} {
		e := o.asked(t, wish(test.change))
		if e.Standing != ledger.ExportReady || e.Rows != test.rows || len(e.Hash) != 64 || !e.ExpiresAt.Equal(o.now.Add(24*time.Hour)) {
			t.Errorf("%+v", e)
			continue
		}
		rows := o.sent(t, e)
		text := strings.Join(rows, "\n")
		heads := 1
		if e.Layout == ledger.FileTable && e.Format == sheet.XLSX {
			heads = 2
		}
		if len(rows) != test.rows+heads {
			t.Errorf("%s %s: %d rows\n%s", e.Layout, e.List, len(rows), text)
		}
		for _, want := range test.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s %s does not say %q:\n%s", e.Layout, e.List, want, text)
			}
		}
		for _, not := range test.not {
			if strings.Contains(text, not) {
				t.Errorf("%s %s says %q:\n%s", e.Layout, e.List, not, text)
			}
		}
	}
	same(t, o.text(t, `SELECT act || ' ' || count(*) FROM audit_entry WHERE act LIKE 'ledger.%' GROUP BY act ORDER BY act`),
		"ledger.ask 11\nledger.fetch 11\nledger.give 11\n")
	if trail := o.text(t, `SELECT changes::text FROM audit_entry WHERE act LIKE 'ledger.%'`); strings.Contains(trail, string(people[0].Number)) {
		t.Error("the trail holds a number in the clear")
	}
}

// More files than one page, to the last one and each once, in the order that was asked for.
func TestAListOfManyPages(t *testing.T) {
	o := open(t)
	numbers := people(1001)
	i := o.imported(t, strings.Split(strings.TrimSpace(csv(numbers)), "\n")...)
	if i.Files != 1001 {
		t.Fatal(o.outcome(t, i))
	}
	_, err := o.Exec(t.Context(), `INSERT INTO staff_role (staff_id, role, granted_by, granted_at) VALUES ($1, 'officer', $1, $2)`, sample.Clerk.StaffID, o.now)
	must(t, err)
	e := o.asked(t, wish(func(w *ledger.Wish) { w.List = casefile.MineList }))
	rows := o.sent(t, e)
	seen := map[string]bool{}
	for _, row := range rows {
		seen[row] = true
	}
	if e.Rows != 1001 || len(rows) != 1002 || len(seen) != 1002 {
		t.Errorf("%d rows counted, %d written, %d different", e.Rows, len(rows), len(seen))
	}
	for order, sorted := range map[ledger.Wish]string{
		{}:                            "registered_at DESC, id DESC",
		{Backward: true}:              "registered_at, id",
		{Sort: casefile.BySpokenName}: "head_pinyin, id",
		{Sort: casefile.BySpokenName, Backward: true}: "head_pinyin DESC, id DESC",
	} {
		e := o.asked(t, wish(func(w *ledger.Wish) {
			w.List, w.Sort, w.Backward = casefile.MineList, order.Sort, order.Backward
			w.Filter.From = day.On(o.now) // narrowed, and yet in its order
		}))
		names := ""
		for _, row := range o.sent(t, e)[1:] {
			names += strings.Split(row, "|")[3] + "\n"
		}
		same(t, names, o.text(t, `SELECT head_name FROM casefile_file ORDER BY `+sorted))
	}
}

func TestWhoGetsAList(t *testing.T) {
	o := open(t)
	f := sample.File(t, o.Unit, casefile.Active)
	o.By = sample.Officer
	for name, test := range map[string]struct {
		change func(*ledger.Wish)
		want   string
	}{
		"a reason too short":       {func(w *ledger.Wish) { w.Reason = "统计统计" }, "ledger.refusal.reason"},
		"a filter of another list": {func(w *ledger.Wish) { w.Filter.State = casefile.Closed }, "ledger.refusal.filter"},
		"without the right":        {func(w *ledger.Wish) { w.Full = true }, "ledger.refusal.full"},
		"a reason just right":      {func(w *ledger.Wish) { w.Reason = "统计统计用" }, ""},
	} {
		_, err := ledger.Ask(t.Context(), o.Unit, wish(test.change))
		if told := sample.Told(t, err); told != test.want {
			t.Errorf("%s: %q, want %q", name, told, test.want)
		}
	}
	o.By = sample.SiblingHead
	if _, err := ledger.Ask(t.Context(), o.Unit, wish(func(w *ledger.Wish) { w.File = f.ID })); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("another county's file: %v", err)
	}
	if rows := o.sent(t, o.asked(t, wish(nil))); len(rows) != 1 {
		t.Errorf("another county's list holds %q", rows)
	}
	o.By = sample.Supervisor
	e := o.asked(t, wish(nil))
	o.By = sample.Supervisor2
	if _, err := ledger.Fetch(t.Context(), o.Unit, e.ID); sample.Told(t, err) != "ledger.refusal.asker" {
		t.Errorf("fetched by another: %v", err)
	}
	o.By = sample.Supervisor
	o.sent(t, e)
	if _, err := ledger.Fetch(t.Context(), o.Unit, e.ID); sample.Told(t, err) != "ledger.refusal.standing" {
		t.Errorf("fetched twice: %v", err)
	}
}

func TestAListExpires(t *testing.T) {
	for after, want := range map[time.Duration]string{24*time.Hour - time.Second: "", 24 * time.Hour: "ledger.refusal.standing"} {
		t.Run(fmt.Sprint(after), func(t *testing.T) {
			o := open(t)
			o.By = sample.Supervisor
			e := o.asked(t, wish(nil))
			o.Now = o.Now.Add(after)
			if _, err := ledger.Fetch(t.Context(), o.Unit, e.ID); sample.Told(t, err) != want {
				t.Errorf("%v, want %q", err, want)
			}
		})
	}
}

func TestTheShelfIsSwept(t *testing.T) {
	o := open(t)
	left := o.upload(t, "姓名,身份证号", "王建国,"+man())
	done := o.imported(t, "姓名,身份证号", "赵川,"+man(), "何花,1")
	o.By = sample.Supervisor
	waiting, gone := o.asked(t, wish(nil)), o.asked(t, wish(nil))
	o.sent(t, gone)
	kept := func() string {
		return o.text(t, `SELECT concat_ws(' ', 'import', id, state, shelf IS NOT NULL) FROM ledger_import UNION ALL
			SELECT concat_ws(' ', 'export', id, state, shelf IS NOT NULL) FROM ledger_export ORDER BY 1`)
	}
	line := func(kind string, id any, rest string) string { return fmt.Sprintf("%s %v %s\n", kind, id, rest) }
	sweep := func(after time.Duration) string {
		o.now = o.now.Add(after)
		must(t, ledger.Sweep(t.Context(), o.Office))
		return kept()
	}
	day := 24 * time.Hour
	same(t, sweep(0), line("export", waiting.ID, "ready t")+line("export", gone.ID, "fetched t")+line("import", left, "uploaded t")+line("import", done.ID, "done t"))
	same(t, sweep(day), line("export", waiting.ID, "expired f")+line("export", gone.ID, "fetched f")+line("import", left, "uploaded t")+line("import", done.ID, "done t"))
	same(t, sweep(6*day+time.Second), line("export", waiting.ID, "expired f")+line("export", gone.ID, "fetched f")+line("import", left, "dropped f")+line("import", done.ID, "done t"))
	same(t, sweep(23*day), line("export", waiting.ID, "expired f")+line("export", gone.ID, "fetched f")+line("import", left, "dropped f")+line("import", done.ID, "done f"))
	o.By = sample.Clerk
	if told := sample.Told(t, ledger.Rejects(t.Context(), o.Unit, done.ID)); told != "ledger.refusal.no_rejects" {
		t.Errorf("rows of a ledger that is no longer kept: %q", told)
	}
	if err := ledger.Send(t.Context(), o.Shelf, waiting, io.Discard); !errors.Is(err, file.ErrNotFound) {
		t.Errorf("an expired list is sent: %v", err)
	}
}

func TestAListOfOneWhoMayNoMore(t *testing.T) {
	o := open(t)
	o.By = sample.Supervisor
	id, err := ledger.Ask(t.Context(), o.Unit, wish(nil))
	must(t, err)
	_, err = o.Exec(t.Context(), `DELETE FROM staff_role WHERE staff_id = $1`, sample.Supervisor.StaffID)
	must(t, err)
	must(t, ledger.Give(t.Context(), o.Office))
	if e := o.export(t, id); e.Standing != ledger.ExportFailed || e.Fault == nil || e.Fault.Key != "ledger.failure.export_rights" {
		t.Errorf("%+v", e)
	}
}

// A list whose worker was killed is written anew, and its worker cannot put his own beside it.
func TestAListGoesOnAfterItsWorkerWasKilled(t *testing.T) {
	o := open(t)
	sample.File(t, o.Unit, casefile.Active)
	o.By = sample.Supervisor
	id, err := ledger.Ask(t.Context(), o.Unit, wish(nil))
	must(t, err)
	_, err = o.Exec(t.Context(), `UPDATE ledger_export SET state = 'running', worker = 'gone', beat_at = $1, tries = 1, rows = 77`, o.now)
	must(t, err)
	must(t, ledger.Give(t.Context(), o.Office))
	if e := o.export(t, id); e.Standing != ledger.ExportRunning || e.Rows != 77 {
		t.Errorf("taken over while its worker may live: %+v", e)
	}
	o.now = o.now.Add(31 * time.Second)
	must(t, ledger.Give(t.Context(), o.Office))
	if e := o.export(t, id); e.Standing != ledger.ExportReady || e.Rows != 1 {
		t.Errorf("%+v", e)
	}
}

// What was asked for stays, and a list is given out once, against a hand at the keyboard too.
func TestExportRulesOfTheDatabase(t *testing.T) {
	for name, sql := range map[string]string{
		"another reason": `UPDATE ledger_export SET reason = 'something else'`,
		"another filter": `UPDATE ledger_export SET filter = '{"State": "closed"}'`,
		"another order":  `UPDATE ledger_export SET sort = 'name'`,
		"turned round":   `UPDATE ledger_export SET turned = true`,
		"whole numbers":  `UPDATE ledger_export SET full_numbers = true`,
		"ready again":    `UPDATE ledger_export SET state = 'ready', fetched_at = NULL`,
		"removed":        `DELETE FROM ledger_export`,
		"ready for nothing": `INSERT INTO ledger_export (org_id, org_path, layout, format, list, full_numbers, language, reason, state, asked_by, asked_at, address)
			SELECT org_id, '', layout, format, list, full_numbers, language, reason, 'ready', asked_by, asked_at, address FROM ledger_export`,
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			o.By = sample.Supervisor
			o.sent(t, o.asked(t, wish(nil)))
			if _, err := o.Exec(t.Context(), sql); err == nil {
				t.Error("the database let it pass")
			}
		})
	}
}

// A list is of the moment at which its writing began: a file that is put at its other end meanwhile stands in it once.
func TestAListIsOfOneMoment(t *testing.T) {
	o := committed(t)
	const files = 700 // more than are read at once
	change := func(sql string, args ...any) {
		o.do(t, func(u *work.Unit) error {
			_, err := u.Exec(t.Context(), sql, args...)
			return errors.Join(err, u.Audit(t.Context(), work.Entry{Act: "staff.sign_in", Kind: "member", ID: 1}))
		})
	}
	change(`INSERT INTO staff_role (staff_id, role, granted_by, granted_at) VALUES ($1, 'officer', $1, $2)`, sample.Clerk.StaffID, o.now)
	change(`INSERT INTO casefile_file (org_id, org_path, state, address, head_pinyin, registered_by, registered_at, closed_at)
		SELECT $1, '', 'discarded', '路' || to_char(n, 'FM000'), 'ming ' || to_char(n, 'FM000'), $2, $3, $3 FROM generate_series(1, $4::int) n`,
		sample.County, sample.Clerk.StaffID, o.now, files)
	by, err := staff.Actor(t.Context(), o.DB, sample.Clerk.StaffID, "")
	must(t, err)
	var id ledger.ExportID
	must(t, work.Do(t.Context(), o.DB, o.now, by, func(u *work.Unit) error {
		id, err = ledger.Ask(t.Context(), u, ledger.Wish{Layout: ledger.CoverList, Format: sheet.CSV, List: casefile.EndedList, Sort: casefile.BySpokenName, Reason: "报市总统计"})
		return err
	}))
	changed := false
	o.Clock = func() time.Time {
		var rows int
		must(t, o.DB.QueryRow(t.Context(), `SELECT rows FROM ledger_export WHERE id = $1`, id).Scan(&rows))
		if rows > 0 && !changed {
			changed = true
			change(`UPDATE casefile_file SET head_pinyin = CASE address WHEN '路001' THEN 'zhang' ELSE 'an' END WHERE address IN ('路001', '路700')`)
		}
		return o.now
	}
	must(t, ledger.Give(t.Context(), o.Office))
	var e ledger.Export
	must(t, work.Do(t.Context(), o.DB, o.now, by, func(u *work.Unit) error {
		e, err = ledger.Fetch(t.Context(), u, id)
		return err
	}))
	var out bytes.Buffer
	must(t, ledger.Send(t.Context(), o.Shelf, e, &out))
	if !changed || e.Rows != files {
		t.Errorf("changed: %v, %d rows of %d files", changed, e.Rows, files)
	}
	for n := range files {
		if name := fmt.Sprintf("路%03d", n+1); strings.Count(out.String(), name) != 1 {
			t.Errorf("%s stands %d times in the list", name, strings.Count(out.String(), name))
		}
	}
}
