package ledger_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/ledger"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// Work on a registration that is none of its sections counts too: what is owed, a form that was printed to be signed, and
// what another feature notes. Looking at it does not.
func TestUndoLeavesWhatSomebodyWorkedOn(t *testing.T) {
	o := open(t)
	i := o.imported(t, "姓名,身份证号", "王建国,"+man(), "赵川,"+man(), "何花,"+woman(), "马德,"+man(), "孙平,"+man())
	ids := strings.Fields(o.text(t, `SELECT id::text FROM casefile_file ORDER BY id`))
	file := func(n int) (id work.FileID) {
		_, err := fmt.Sscan(ids[n], &id)
		must(t, err)
		return id
	}
	people, err := casefile.People(t.Context(), o.Unit, o.Keys, file(1))
	must(t, err)
	_, err = casefile.AddArrears(t.Context(), o.Unit, file(1), casefile.Arrears{Person: people[0].ID, Kind: casefile.WageArrears,
		From: o.Unit.Today(), Amount: 900000, Employer: "云川纺织厂"})
	must(t, err)
	for n, act := range map[int]string{2: "referral.send", 3: "casefile.print", 4: "casefile.view_evidence"} {
		must(t, o.Unit.Audit(t.Context(), work.Entry{Act: act, Kind: "file", ID: int64(file(n)), FileID: file(n)}))
	}
	must(t, ledger.Undo(t.Context(), o.Unit, i.ID))
	o.work(t, i.ID)
	same(t, o.text(t, `SELECT concat_ws('|', head_name, state) FROM casefile_file ORDER BY id`),
		"**|discarded\n赵川|draft\n何花|draft\n马德|draft\n**|discarded\n")
}

// Nothing that was read in is left of what is taken back: no list, no search and no page finds it, the trail tells of it, and
// the same people can be registered anew.
func TestNothingIsLeftOfWhatIsTakenBack(t *testing.T) {
	o := open(t)
	head, wife := man(), woman()
	rows := []string{"户编号,关系,姓名,身份证号,手机,住址,单位,住房类型,面积,致困原因,银行卡号,月工资,档案号,备注,困难类别,建档时间,累计帮扶金额,人均收入,家庭年收入",
		"1,户主,王建国," + head + ",13900001111,云川市河西街道,云川纺织厂,租房,46,因病,6228480402564890018,2000,YC2018003,特困,低保户,2018-03-05,5000,512,6144",
		"1,妻,林秀兰," + wife + ",,,,,,,,1000,,,,,,,"}
	i := o.read(t, ledger.Mapping{Until: o.Today()}, rows...)
	id := o.only(t)
	must(t, ledger.Undo(t.Context(), o.Unit, i.ID))
	i = o.work(t, i.ID)
	if i.State != ledger.Undone || i.Undone != 1 {
		t.Fatalf("%+v", i)
	}
	for _, table := range []string{"person", "claim", "cause", "card", "snapshot", "figure", "term"} {
		same(t, o.text(t, `SELECT count(*)::text FROM casefile_`+table), "0\n")
	}
	same(t, o.text(t, `SELECT concat_ws('|', state, org_path, head_name, people, address, employer, old_number, housing, housing_m2, main_cause, economy_until) FROM casefile_file`),
		"discarded|~|**|0||||\n")
	same(t, o.text(t, `SELECT concat_ws('|', old_number, old_category, old_on, monthly_fen, yearly_fen, aid_fen, remark) FROM ledger_origin`), "||\n")
	for _, text := range []string{"王建国", "林秀兰", "wangjianguo", head, head[12:], "13900001111", "1111", "河西街道", "纺织厂", "YC2018003"} {
		if r, err := casefile.Search(t.Context(), o.Unit, o.Keys, sample.Clerk.Scope, text, ""); err != nil || len(r.Found) != 0 {
			t.Errorf("%s is found: %+v, %v", text, r.Found, err)
		}
	}
	for _, list := range casefile.WorkLists {
		page, err := casefile.ListFiles(t.Context(), o.Unit, sample.Clerk.Scope, casefile.Query{List: list, Who: sample.Clerk.StaffID, Size: 10, Today: o.Today()})
		if err != nil || len(page.Files) != 0 {
			t.Errorf("%s lists %+v, %v", list, page.Files, err)
		}
	}
	if _, err := casefile.Find(t.Context(), o.Unit, sample.Clerk.Scope, id); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("the file is found: %v", err)
	}
	same(t, o.text(t, `SELECT concat_ws(' ', act, staff_name) FROM audit_entry WHERE file_id = $1 ORDER BY id`, id), "ledger.take 何敏\ncasefile.discard 何敏\n")
	same(t, o.outcome(t, o.read(t, ledger.Mapping{Until: o.Today()}, rows...)), "done: 1 files, 2 taken, 0 known, 0 bad, 0 held\n")
}

// A draft that was typed by hand and discarded is kept like every file that ended.
func TestADiscardedDraftIsKept(t *testing.T) {
	o := open(t)
	f := sample.File(t, o.Unit, casefile.Discarded)
	r, err := casefile.Search(t.Context(), o.Unit, o.Keys, sample.Clerk.Scope, "王建国", "")
	if err != nil || len(r.Found) != 1 || r.Found[0].ID != f.ID {
		t.Errorf("%+v, %v", r.Found, err)
	}
}

// The database takes nothing back that somebody worked on, whoever asks, and nothing that no import made.
func TestWhatTheDatabaseTakesBack(t *testing.T) {
	for name, test := range map[string]struct{ sql, want string }{
		"an import's draft":      {"", ""},
		"one that was changed":   {`UPDATE casefile_file SET version = 2`, "casefile_take_back"},
		"one that was handed in": {`UPDATE casefile_file SET state = 'submitted', submitted_at = registered_at`, "casefile_take_back"},
		"one that was saved":     {`INSERT INTO casefile_section (file_id, section, saved_at, saved_by) SELECT id, 'head', registered_at, registered_by FROM casefile_file`, "casefile_take_back"},
		"one that was typed into": {`INSERT INTO casefile_typed (file_id, section, staff_id, typed, saved_at) SELECT id, 'head', registered_by, '', registered_at FROM casefile_file`,
			"casefile_take_back"},
		"none of an import": {`INSERT INTO casefile_file (org_id, org_path, state, registered_by, registered_at) SELECT org_id, '', 'draft', registered_by, registered_at FROM casefile_file`,
			"casefile_take_back"},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			o.imported(t, "姓名,身份证号", "王建国,"+man())
			if test.sql != "" {
				_, err := o.Exec(t.Context(), test.sql)
				must(t, err)
			}
			_, err := o.Exec(t.Context(), `SELECT casefile_take_back((SELECT array_agg(id) FROM casefile_file), '误', $1)`, o.now)
			if got := work.Violated(err); got != test.want || test.want == "" && err != nil {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	for name, sql := range map[string]string{
		"by hand, with a name left":    `UPDATE casefile_file SET state = 'discarded', closed_at = registered_at, undone_at = registered_at`,
		"what a ledger said":           `UPDATE ledger_origin SET remark = 'x'`,
		"a note of a row that is bad":  `INSERT INTO ledger_row (import_id, row, verdict, faults, notes) SELECT id, 99, 'bad', '[]', '[]' FROM ledger_import`,
		"an amount beyond what can be": `UPDATE ledger_origin SET undone_at = now(), yearly_fen = -1`,
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			o.imported(t, "姓名,身份证号", "王建国,"+man())
			if _, err := o.Exec(t.Context(), sql); err == nil {
				t.Error("the database let it pass")
			}
		})
	}
	t.Run("and leaves it so", func(t *testing.T) {
		o := open(t)
		i := o.imported(t, "姓名,身份证号", "王建国,"+man())
		must(t, ledger.Undo(t.Context(), o.Unit, i.ID))
		o.work(t, i.ID)
		if _, err := o.Exec(t.Context(), `UPDATE casefile_file SET head_name = '王建国'`); work.Violated(err) != "casefile_undone" {
			t.Errorf("what was taken back is changed: %v", err)
		}
	})
}
