package ledger_test

import (
	"strings"
	"testing"

	"bangfu/internal/ledger"
)

// A household right above a damage may go on below it: it is left, and the mended sheet brings all of it.
func TestADamageCutsNoHousehold(t *testing.T) {
	o := open(t)
	heads, child := "户编号,关系,姓名,身份证号,住址", man()
	rows := []string{heads, "1,户主,甲一明," + man() + ",河西街道1号", "2,户主,乙二明," + man() + ",河西街道2号", "2,配偶,乙二红," + woman() + ",河西街道2号"}
	broken := append(rows[:len(rows):len(rows)], "2,子,乙小明,"+child+",\""+strings.Repeat("长", ledger.Limits.CellRunes+1)+"\"")
	if i := o.imported(t, broken...); i.State != ledger.Failed || i.Files != 1 || i.Fault == nil || i.Fault.Row != 5 {
		t.Errorf("%s %+v", o.outcome(t, i), i.Fault)
	}
	mended := append(rows[:len(rows):len(rows)], "2,子,乙小明,"+child+",河西街道2号")
	i := o.imported(t, mended...)
	same(t, o.outcome(t, i), "done: 1 files, 3 taken, 1 known, 0 bad, 0 held\n")
	same(t, o.text(t, `SELECT head_name || ' ' || people FROM casefile_file WHERE state = 'draft' ORDER BY head_name`), "乙二明 3\n甲一明 1\n")
}

// A long remark is a row's own fault, and none at all in a column that nobody reads.
func TestALongCellIsItsRowsFault(t *testing.T) {
	o := open(t)
	long := strings.Repeat("长", 1001)
	i := o.imported(t, "姓名,身份证号,住址,随笔", "甲一明,"+man()+","+long+",", "乙二明,"+man()+",河西街道2号,"+long)
	if i.State != ledger.Done || i.Files != 1 || i.Rows[ledger.Bad] != 1 || !strings.Contains(o.outcome(t, i), "long") {
		t.Error(o.outcome(t, i))
	}
}

// Once a sheet has shown that its numbers were rounded, one that is sound by chance is not believed either; in a sheet without
// rounding it is somebody's own.
func TestARoundedNumberThatIsSound(t *testing.T) {
	o := open(t)
	const sound = "539901197603012000"
	i := o.imported(t, "姓名,身份证号", "甲一明,"+man(), "乙二明,539901197603011000", "丙三明,"+sound)
	if o.outcome(t, i) != "done: 1 files, 1 taken, 0 known, 2 bad, 0 held\n3 bad: id/id_rounded[]\n4 bad: id/id_rounded[]\n" {
		t.Error(o.outcome(t, i))
	}
	if i = o.imported(t, "姓名,身份证号", "丙三明,"+sound); i.Files != 1 {
		t.Error(o.outcome(t, i))
	}
}
