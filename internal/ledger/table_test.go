package ledger_test

import (
	"slices"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/ledger"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/words"
)

// The file table and its members' sheet have a column for every field that the print of the file tells (domain.md b.2), each
// head once: a spreadsheet is sorted and filtered by heads.
func TestTheFileTableHasEveryField(t *testing.T) {
	o := open(t)
	f := sample.File(t, o.Unit, casefile.Active)
	o.By = sample.Supervisor
	rows := o.sent(t, o.asked(t, wish(func(w *ledger.Wish) { w.Layout, w.File, w.List = ledger.FileTable, f.ID, "" })))
	facts, err := casefile.FactsOf(t.Context(), o.Unit, sample.Everywhere, f.ID)
	must(t, err)
	table, members := strings.Split(rows[0], "|"), strings.Split(rows[2], "|")
	for _, heads := range [][]string{table, members} {
		for i, head := range heads {
			if head == "" || slices.Contains(heads[:i], head) {
				t.Errorf("the head %q stands twice or says nothing in %v", head, heads)
			}
		}
	}
	has := func(heads []string, facts []casefile.Fact) {
		for _, fact := range facts {
			if head := words.T(t.Context(), fact.Label); !slices.Contains(heads, head) && fact.Label != "casefile.relation" {
				t.Errorf("no column %s among %v", head, heads)
			}
		}
	}
	has(table, facts.Told())
	has(table, facts.Head().Told())
	has(members, facts.Head().Told())
	has(table, facts.Computed(o.Today()))
	for _, head := range []string{"本人月收入（元）", "拖欠工资", "拖欠住房公积金"} {
		if !slices.Contains(table, head) {
			t.Errorf("no column %s among %v", head, table)
		}
	}
}

// The income per head is that of the twelve months beside it, whether they were judged or not.
func TestTheFileTableSaysTheIncomeOfItsTwelveMonths(t *testing.T) {
	o := open(t)
	f := sample.File(t, o.Unit, casefile.Active)
	_, err := o.Exec(t.Context(), `UPDATE casefile_figure SET amount_fen = 3 * amount_fen WHERE side = 'income'`)
	must(t, err)
	o.By = sample.Supervisor
	for _, layout := range []ledger.Layout{ledger.FileTable, ledger.CoverList} {
		e := o.asked(t, wish(func(w *ledger.Wish) { w.Layout, w.File, w.List = layout, f.ID, "" }))
		rows := o.sent(t, e)
		i := slices.Index(strings.Split(rows[0], "|"), "家庭月人均收入（元）")
		if got := strings.Split(rows[1], "|")[i]; got != "2000.00" {
			t.Errorf("%s: %s", layout, got)
		}
	}
}
