package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/ledger"
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
		"王建国|discarded\n赵川|draft\n何花|draft\n马德|draft\n孙平|discarded\n")
}
