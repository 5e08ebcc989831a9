package ledger_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/ledger"
	"bangfu/internal/sheet"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

func TestAnOldLedgerBecomesRegistrations(t *testing.T) {
	o := open(t)
	head, wife, alone := man(), woman(), man()
	i := o.imported(t,
		"某市困难职工台账",
		"户编号,与户主关系,姓名,身份证号,性别,出生年月,手机,住址,单位,健康状况,致困原因,档案编号,困难类别,建档时间,人均收入,备注",
		"1,本人,王 建国,"+head+",男,1976.3,139 0000 1111,云川市河西街道 12 号,云川纺织厂,患病,因病、因学,YC2018003,低保户,43164,512.345,=特困",
		"1,妻子,林秀兰,"+strings.ToLower(wife)+",女,1976年3月12日,,,,健康,,,,,,",
		",,,,,",
		"2,户主,赵小川,"+alone+",,,,云川市城东路 3 号,,,,,,2018年3月5日,,")
	same(t, o.outcome(t, i), "done: 2 files, 3 taken, 0 known, 0 bad, 0 held\n")
	same(t, o.text(t, `SELECT concat_ws('|', state, head_name, people, address, employer, main_cause, org_id, registered_by) FROM casefile_file ORDER BY id`),
		fmt.Sprintf("draft|王建国|2|云川市河西街道 12 号|云川纺织厂|6|%d|%[2]d\ndraft|赵小川|1|云川市城东路 3 号||%d|%[2]d\n", sample.County, sample.Clerk.StaffID, sample.County))
	same(t, o.text(t, `SELECT concat_ws('|', row, old_number, old_category, old_on, monthly_fen, remark) FROM ledger_origin ORDER BY row`),
		"3|YC2018003|低保户|2018-03-05|51235|=特困\n6|||2018-03-05|\n")
	var id work.FileID
	must(t, o.QueryRow(t.Context(), `SELECT id FROM casefile_file WHERE people = 2`).Scan(&id))
	people, err := casefile.People(t.Context(), o.Unit, o.Keys, id)
	must(t, err)
	if p := people[0]; string(p.Number) != head || p.Phone != "13900001111" || p.Health != "ill" || p.Birth.String() != "1976-03-12" {
		t.Errorf("the head is %+v", p)
	}
	origin, err := ledger.OriginOf(t.Context(), o.Unit, id)
	must(t, err)
	if origin == nil || origin.Row != 3 || origin.Name != "旧台账.csv" || origin.By != "何敏" || origin.On.String() != "2026-11-22" ||
		origin.Number != "YC2018003" || origin.Monthly == nil || *origin.Monthly != 51235 || origin.Aid != nil {
		t.Errorf("the file comes from %+v", origin)
	}
	if origin, err := ledger.OriginOf(t.Context(), o.Unit, sample.File(t, o.Unit, casefile.Draft).ID); err != nil || origin != nil {
		t.Errorf("a file that was registered here comes from %+v, %v", origin, err)
	}
	f, err := casefile.Find(t.Context(), o.Unit, sample.Everywhere, id)
	must(t, err)
	tasks, err := casefile.TasksOf(t.Context(), o.Unit, f, sample.Clerk.StaffID, o.Today())
	must(t, err)
	for _, task := range tasks {
		if task.Standing == casefile.Done {
			t.Errorf("section %s counts as filled in, though nobody looked at it", task.Section)
		}
	}
	same(t, o.text(t, `SELECT act || ' ' || count(*) FROM audit_entry WHERE act LIKE 'ledger.%' GROUP BY act ORDER BY act`),
		"ledger.batch 1\nledger.start 1\nledger.take 2\nledger.upload 1\n")
	same(t, o.text(t, `SELECT DISTINCT staff_name FROM audit_entry WHERE act = 'ledger.take'`), "何敏\n")
}

func TestWhatIsWrongWithARow(t *testing.T) {
	m := man()
	wrongDigit := m[:17] + string("0123456789X"[(strings.IndexByte("0123456789X", m[17])+1)%11])
	tests := map[string]struct{ heads, cells, want string }{
		"a wrong check digit":       {"", "王建国," + wrongDigit, "id/id_checksum[]"},
		"fifteen digits":            {"", "王建国,110105491231002", "id/id_fifteen[]"},
		"seventeen":                 {"", "王建国," + m[:17], "id/id_length[]"},
		"letters":                   {"", "王建国,ABCDEFGHIJKLMNOPQR", "id/id_character[]"},
		"rounded by a spreadsheet":  {"", "王建国," + m[:15] + "000", "id/id_rounded[]"},
		"as an exponent":            {"", "王建国,5.39901E+17", "id/id_rounded[]"},
		"no name":                   {"", "," + man(), "name/missing[]"},
		"no number":                 {"", "王建国,", "id/missing[]"},
		"a long name":               {"", strings.Repeat("王", 41) + "," + man(), "name/long[40]"},
		"HTML in a name":            {"", "王<b>建国," + man(), "name/markup[]"},
		"HTML in an address":        {"住址", "王建国," + man() + ",城关镇<script>", "address/markup[]"},
		"no such day":               {"建档时间", "王建国," + man() + ",2018.13.5", "old_on/date[2018.13.5]"},
		"a year alone":              {"建档时间", "王建国," + man() + ",2018", "old_on/date[2018]"},
		"a day to come":             {"参加工作时间", "王建国," + man() + ",2026-11-23", "started/future[2026-11-23]"},
		"no amount":                 {"人均收入", "王建国," + man() + ",五百", "monthly/amount[五百]"},
		"a negative amount":         {"人均收入", "王建国," + man() + ",-5", "monthly/amount[-5]"},
		"an unknown word":           {"健康状况", "王建国," + man() + ",凑合", "health/word[凑合]"},
		"another sex":               {"性别", "王建国," + man() + ",女", "sex/sex[]"},
		"no sex":                    {"性别", "王建国," + man() + ",保密", "sex/word[保密]"},
		"another birthday":          {"出生日期", "王建国," + man() + ",1976-03-13", "birth/birth[]"},
		"another month":             {"出生日期", "王建国," + man() + ",1976-04", "birth/birth[]"},
		"no phone":                  {"手机", "王建国," + man() + ",12345", "phone/phone[]"},
		"a number in a wrong place": {"住房面积", "王建国," + man() + "," + m, "area/number[***]"},
		"two things":                {"性别,健康状况", "," + man() + ",女,凑合", "health/word[凑合] name/missing[] sex/sex[]"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			i := o.imported(t, strings.TrimSuffix("姓名,身份证号,"+test.heads, ","), test.cells)
			if got, want := o.outcome(t, i), "done: 0 files, 0 taken, 0 known, 1 bad, 0 held\n2 bad: "+test.want+"\n"; got != want {
				t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
			}
		})
	}
}

func TestWhatIsRightWithARow(t *testing.T) {
	tests := map[string]struct{ head, cell, sql, want string }{
		"a month for a birthday": {"出生年月", "1976年3月", `SELECT birth_on::text FROM casefile_person`, "1976-03-12"},
		"full-width digits":      {"参加工作时间", "２０１８．３．５", `SELECT started_on::text FROM casefile_person`, "2018-03-05"},
		"today":                  {"参加工作时间", "2026年11月22日", `SELECT started_on::text FROM casefile_person`, "2026-11-22"},
		"a day number":           {"参加工作时间", "43164", `SELECT started_on::text FROM casefile_person`, "2018-03-05"},
		"an amount in groups":    {"累计帮扶金额", `"1,234.50"`, `SELECT aid_fen::text FROM ledger_origin`, "123450"},
		"an old word":            {"医保状况", "新农合", `SELECT insurance FROM casefile_person`, "resident"},
		"the list's own word":    {"政治面貌", "中共党员", `SELECT political FROM casefile_person`, "party"},
		"a cause by number":      {"致困原因", "3", `SELECT main_cause::text FROM casefile_file`, "3"},
		"square metres":          {"面积", "46.5㎡", `SELECT housing_m2::text FROM casefile_file`, "46"},
		"a landline":             {"联系电话", "03161234567、13900000000", `SELECT (phone_index IS NOT NULL)::text FROM casefile_person`, "true"},
		"a grade":                {"残疾等级", "二级", `SELECT grade::text FROM casefile_person`, "2"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			i := o.imported(t, "姓名,身份证号,"+test.head, "王建国,"+man()+","+test.cell)
			if i.Files != 1 {
				t.Errorf("%s: %s", name, o.outcome(t, i))
			} else if got := o.text(t, test.sql); got != test.want+"\n" {
				t.Errorf("%s: %q, want %q", name, got, test.want)
			}
		})
	}
}

func TestHouseholds(t *testing.T) {
	a, b, c, d := man(), woman(), man(), woman()
	bad := a[:17] + "?"
	keyed := "户编号,与户主关系,姓名,身份证号"
	tests := map[string]struct {
		rows []string
		want string
	}{
		"by the head's number": {[]string{"户主身份证号,姓名,身份证号,关系", a + ",王建国," + a + ",", a + ",林秀兰," + b + ",妻", c + ",赵川," + c + ",户主"},
			"done: 2 files, 3 taken, 0 known, 0 bad, 0 held\n"},
		"by the order of the rows": {[]string{"关系,姓名,身份证号", "户主,王建国," + a, "妻,林秀兰," + b, "户主,赵川," + c, "户主,何花," + d},
			"done: 3 files, 4 taken, 0 known, 0 bad, 0 held\n"},
		"merged cells":    {[]string{keyed, "7,户主,王建国," + a, ",妻,林秀兰," + b, "8,户主,赵川," + c}, "done: 2 files, 3 taken, 0 known, 0 bad, 0 held\n"},
		"each for itself": {[]string{"姓名,身份证号", "王建国," + a, "林秀兰," + b}, "done: 2 files, 2 taken, 0 known, 0 bad, 0 held\n"},
		"one bad row holds the others": {[]string{keyed, "7,户主,王建国," + a, "7,妻,林秀兰," + bad, "7,子,王小," + c, "8,户主,何花," + d},
			"done: 1 files, 1 taken, 0 known, 1 bad, 2 held\n2 held: /held[3]\n3 bad: id/id_character[]\n4 held: /held[3]\n"},
		"no head": {[]string{keyed, "7,妻,林秀兰," + b}, "done: 0 files, 0 taken, 0 known, 1 bad, 0 held\n2 bad: relation/no_head[]\n"},
		"two heads": {[]string{keyed, "7,户主,王建国," + a, "7,户主,林秀兰," + b},
			"done: 0 files, 0 taken, 0 known, 1 bad, 1 held\n2 held: /held[3]\n3 bad: relation/two_heads[2]\n"},
		"no relation": {[]string{keyed, "7,户主,王建国," + a, "7,,林秀兰," + b},
			"done: 0 files, 0 taken, 0 known, 1 bad, 1 held\n2 held: /held[3]\n3 bad: relation/missing[]\n"},
		"a household torn apart": {[]string{keyed, "7,户主,王建国," + a, "8,户主,赵川," + c, "7,户主,林秀兰," + b},
			"done: 2 files, 2 taken, 0 known, 1 bad, 0 held\n4 bad: household/apart[2]\n"},
		"a person twice": {[]string{"姓名,身份证号", "王建国," + a, "林秀兰," + b, "王建国," + a},
			"done: 2 files, 2 taken, 0 known, 1 bad, 0 held\n4 bad: id/twice[2]\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			if got := o.outcome(t, o.imported(t, test.rows...)); got != test.want {
				t.Errorf("%s: got\n%s\nwant\n%s", name, got, test.want)
			}
		})
	}
}

func TestALargeHousehold(t *testing.T) {
	for n, want := range map[int]string{30: "done: 1 files, 30 taken", 31: "done: 0 files, 0 taken"} {
		t.Run(want, func(t *testing.T) {
			o := open(t)
			rows := []string{"户编号,关系,姓名,身份证号"}
			for i := range n {
				relation := "户主"
				if i > 0 {
					relation = "子"
				}
				rows = append(rows, "1,"+relation+",王某,"+man())
			}
			if got := o.outcome(t, o.imported(t, rows...)); !strings.HasPrefix(got, want) {
				t.Errorf("%d people: %s", n, got)
			}
		})
	}
}

func TestWhoIsInAnotherFile(t *testing.T) {
	o := open(t)
	f := sample.File(t, o.Unit, casefile.Active)
	people, err := casefile.People(t.Context(), o.Unit, o.Keys, f.ID)
	must(t, err)
	i := o.imported(t, "姓名,身份证号", "王建国,"+string(people[0].Number), "赵川,"+man())
	got := o.outcome(t, i)
	if !strings.HasPrefix(got, "done: 1 files, 1 taken, 0 known, 1 bad, 0 held\n2 bad: id/elsewhere[") || !strings.Contains(got, "王**") && !strings.Contains(got, "王*") {
		t.Error(got)
	}
	if strings.Contains(got, string(people[0].Number)) || strings.Contains(got, "王建国") {
		t.Errorf("more than whom to call is told: %s", got)
	}
}

func TestCorrectedRowsAreReadInAgain(t *testing.T) {
	o := open(t)
	a, b, c := man(), woman(), man()
	rows := []string{"户编号,关系,姓名,身份证号,健康状况", "1,户主,王建国," + a + ",良好", "2,户主,赵川," + c + ",良好", "2,妻,林秀兰," + b + ",凑合"}
	first := o.imported(t, rows...)
	same(t, o.outcome(t, first), "done: 1 files, 1 taken, 0 known, 1 bad, 1 held\n3 held: /held[4]\n4 bad: health/word[凑合]\n")

	must(t, ledger.Rejects(t.Context(), o.Unit, first.ID))
	var out bytes.Buffer
	must(t, ledger.WriteRejects(t.Context(), o.Unit, o.Shelf, first, &out))
	r, err := sheet.Open(bytes.NewReader(out.Bytes()), int64(out.Len()), sheet.Usual)
	must(t, err)
	var back []string
	for {
		cells, err := r.Next()
		if err != nil {
			break
		}
		back = append(back, strings.Join(cells, ","))
	}
	if len(back) != 3 || back[0] != "户编号,关系,姓名,身份证号,健康状况,未导入的原因" || !strings.HasPrefix(back[2], "2,妻,林秀兰,"+b+",凑合,健康状况：") {
		t.Fatalf("%q", back)
	}
	back[2] = strings.Replace(back[2], "凑合", "良好", 1)
	corrected := o.imported(t, back...)
	same(t, o.outcome(t, corrected), "done: 1 files, 2 taken, 0 known, 0 bad, 0 held\n")

	rows[3] = strings.Replace(rows[3], "凑合", "良好", 1)
	again := o.imported(t, rows...)
	same(t, o.outcome(t, again), "done: 0 files, 0 taken, 3 known, 0 bad, 0 held\n")
}

func TestUndoLeavesWhatSomebodyWentOnWith(t *testing.T) {
	o := open(t)
	i := o.imported(t, "姓名,身份证号", "王建国,"+man(), "赵川,"+man(), "何花,"+woman(), "马德,"+man())
	ids := strings.Fields(o.text(t, `SELECT id::text FROM casefile_file ORDER BY id`))
	file := func(n int) (id work.FileID) {
		_, err := fmt.Sscan(ids[n], &id)
		must(t, err)
		return id
	}
	must(t, casefile.SaveHousing(t.Context(), o.Unit, file(1), 0, casefile.Housing{Address: "云川市", Kind: "rented"}))
	must(t, casefile.SaveTyped(t.Context(), o.Unit, o.Keys, file(2), casefile.HeadSection, casefile.Whenever, map[string][]string{"name": {"何"}}))
	must(t, ledger.Undo(t.Context(), o.Unit, i.ID))
	i = o.work(t, i.ID)
	if i.State != ledger.Undone || i.Undone != 2 || i.Percent != 100 {
		t.Errorf("%+v", i)
	}
	same(t, o.text(t, `SELECT concat_ws('|', head_name, state, return_reason) FROM casefile_file ORDER BY id`),
		"**|discarded|导入撤销\n赵川|draft\n何花|draft\n**|discarded|导入撤销\n")
	kept, err := ledger.Kept(t.Context(), o.Unit, i.ID, 0, 10)
	must(t, err)
	if len(kept) != 2 || kept[0].Head != "赵川" || kept[1].Head != "何花" || kept[1].Row != 4 {
		t.Errorf("%+v", kept)
	}
	same(t, o.text(t, `SELECT count(*)::text FROM casefile_claim`), "2\n")
	same(t, o.text(t, `SELECT count(*)::text FROM audit_entry WHERE act = 'casefile.discard'`), "2\n")
	if told := sample.Told(t, ledger.Undo(t.Context(), o.Unit, i.ID)); told != "ledger.refusal.state" {
		t.Errorf("undone twice: %q", told)
	}
}

func TestColumnsAreRememberedByTheOffice(t *testing.T) {
	o := open(t)
	rows := []string{"姓名,身份证号,单位,乙", "王建国," + man() + ",x,y"}
	id := o.upload(t, rows...)
	i := o.find(t, id)
	if got := fmt.Sprint(i.Columns); got != "[name id employer ]" {
		t.Errorf("guessed %s", got)
	}
	columns := []ledger.Field{ledger.Name, ledger.IDNumber, ledger.School, ledger.Remark}
	must(t, ledger.Map(t.Context(), o.Unit, id, i.Version, ledger.Mapping{Columns: columns}))
	if err := ledger.Map(t.Context(), o.Unit, id, i.Version, ledger.Mapping{Columns: columns}); err == nil || !strings.Contains(err.Error(), work.ErrStale.Error()) {
		t.Errorf("the second of two who map the same: %v", err)
	}
	if got := fmt.Sprint(o.find(t, o.upload(t, rows...)).Columns); got != "[name id school remark]" {
		t.Errorf("remembered %s", got)
	}
	for _, reason := range []string{"未导入的原因", "Why it was not taken"} {
		corrected := []string{rows[0] + "," + reason, rows[1] + ",z"}
		if got := fmt.Sprint(o.find(t, o.upload(t, corrected...)).Columns); got != "[name id school remark ]" {
			t.Errorf("corrected rows, with %s: %s", reason, got)
		}
	}
	if got := fmt.Sprint(o.find(t, o.upload(t, rows[0]+",丙", rows[1]+",z")).Columns); got != "[name id employer  ]" {
		t.Errorf("with another column: %s", got)
	}
	o.By = sample.SiblingClerk
	if got := fmt.Sprint(o.find(t, o.upload(t, rows...)).Columns); got != "[name id employer ]" {
		t.Errorf("another office's memory gives %s", got)
	}
}

func TestColumnsThatCannotBeTaken(t *testing.T) {
	heads := []string{"a", "b", "c"}
	for name, test := range map[string]struct {
		columns []ledger.Field
		want    string
	}{
		"right":        {[]ledger.Field{ledger.Name, ledger.IDNumber, ledger.NotTaken}, ""},
		"two left out": {[]ledger.Field{ledger.Name, ledger.NotTaken, ledger.NotTaken}, "ledger.refusal.needed"},
		"no name":      {[]ledger.Field{ledger.School, ledger.IDNumber, ledger.NotTaken}, "ledger.refusal.needed"},
		"one twice":    {[]ledger.Field{ledger.Name, ledger.IDNumber, ledger.Name}, "ledger.refusal.twice"},
		"too few":      {[]ledger.Field{ledger.Name, ledger.IDNumber}, "ledger.refusal.columns"},
		"an invention": {[]ledger.Field{ledger.Name, ledger.IDNumber, "x"}, "ledger.refusal.columns"},
	} {
		got := ""
		if refusal := ledger.CheckColumns(heads, test.columns); refusal != nil {
			got = refusal.Key
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestUploadsThatAreNoLedger(t *testing.T) {
	o := open(t)
	for name, test := range map[string]struct{ data, want string }{
		"no heads":   {"一,二\n三,四", "ledger.refusal.no_heads"},
		"heads only": {"姓名,身份证号\n,,\n", "ledger.refusal.no_rows"},
		"heads low":  {strings.Repeat("某\n", 20) + "姓名,身份证号\n王,1", "ledger.refusal.no_heads"},
	} {
		_, err := ledger.Upload(t.Context(), o.Unit, o.Shelf, "x", strings.NewReader(test.data))
		if told := sample.Told(t, err); told != test.want {
			t.Errorf("%s: %q, want %q", name, told, test.want)
		}
	}
	if _, err := ledger.Upload(t.Context(), o.Unit, o.Shelf, "x", strings.NewReader("")); err == nil {
		t.Error("an empty file was taken")
	}
	if _, err := ledger.Upload(t.Context(), o.Unit, o.Shelf, "x", strings.NewReader(strings.Repeat("某\n", 19)+"姓名,身份证号\n王,1")); err != nil {
		t.Errorf("heads in row 20: %v", err)
	}
}

func TestOthersImports(t *testing.T) {
	o := open(t)
	id := o.upload(t, "姓名,身份证号", "王建国,"+man())
	o.By = sample.SiblingClerk
	if err := ledger.Start(t.Context(), o.Unit, id); err == nil || !strings.Contains(err.Error(), "not found") {
		t.Errorf("another county's import: %v", err)
	}
	o.By = sample.UnitClerk
	low := o.upload(t, "姓名,身份证号", "王建国,"+man())
	o.By = sample.Clerk
	if told := sample.Told(t, ledger.Start(t.Context(), o.Unit, low)); told != "ledger.refusal.office" {
		t.Errorf("an import of an office below: %q", told)
	}
}

// An import whose starter may no longer import is given up.
func TestAnImportOfOneWhoMayNoMore(t *testing.T) {
	o := open(t)
	id := o.upload(t, "姓名,身份证号", "王建国,"+man())
	must(t, ledger.Start(t.Context(), o.Unit, id))
	_, err := o.Exec(t.Context(), `DELETE FROM staff_role WHERE staff_id = $1`, sample.Clerk.StaffID)
	must(t, err)
	if i := o.work(t, id); i.State != ledger.Failed || i.Fault == nil || i.Fault.Key != "ledger.failure.rights" {
		t.Errorf("%+v", i)
	}
}

// An import that never gets on is given up; one whose worker may live is left alone.
func TestAnImportThatNeverGetsOn(t *testing.T) {
	o := open(t)
	id := o.upload(t, "姓名,身份证号", "王建国,"+man())
	must(t, ledger.Start(t.Context(), o.Unit, id))
	_, err := o.Exec(t.Context(), `UPDATE ledger_import SET state = 'running', tries = 5, worker = 'gone', beat_at = $2 WHERE id = $1`, id, o.now)
	must(t, err)
	o.now = o.now.Add(30 * time.Second)
	if i := o.work(t, id); i.State != ledger.Running {
		t.Errorf("taken over while its worker may live: %+v", i)
	}
	o.now = o.now.Add(time.Second)
	if i := o.work(t, id); i.State != ledger.Failed || i.Fault == nil || i.Fault.Key != "ledger.failure.stuck" {
		t.Errorf("%+v", i)
	}
}

// A sheet that breaks off gives what stood above, and says where it broke.
func TestADamagedSheetGivesWhatStoodAbove(t *testing.T) {
	o := open(t)
	i := o.imported(t, "姓名,身份证号", "王建国,"+man(), "赵川,"+man(), `"何花,`+woman())
	if i.State != ledger.Failed || i.Files != 2 || i.Fault == nil || i.Fault.Row != 4 || i.Fault.Key != "sheet.fault.quotes" {
		t.Errorf("%+v %+v", i, i.Fault)
	}
}
