package comparison_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/comparison"
)

// The number on an answer's page and the judgement say the same of an allowance that the household declared: who is not in the
// table is answered with nothing found, but not where the household itself says that there is something.
func TestTheNumberAgreesWithTheJudgement(t *testing.T) {
	for what, test := range map[string]struct {
		declared  bool
		rows      int // of the people who are in the table with their allowance
		allowance int
		told      string
	}{
		"nothing declared, nobody in the table":    {false, 0, 2, ""},
		"an allowance declared, nobody in it":      {true, 0, 0, "casefile.refusal.comparison_first"},
		"an allowance declared, one of two in it":  {true, 1, 1, "casefile.refusal.comparison_first"},
		"an allowance declared, both of two in it": {true, 2, 2, ""},
	} {
		t.Run(what, func(t *testing.T) {
			u, f := centre(t)
			run(t, u, `INSERT INTO comparison_rule (from_on, required, months, source) VALUES (@day, true, 12, '市总')`, pgx.NamedArgs{"day": today})
			if test.declared {
				run(t, u, `INSERT INTO casefile_figure (snapshot_id, side, kind, amount_fen) SELECT id, 'income', 'allowance', 1 FROM casefile_snapshot
					WHERE file_id = @file AND current`, pgx.NamedArgs{"file": f.ID})
			}
			batch, err := comparison.Make(t.Context(), u, plan(func(p *comparison.Plan) { p.Asked = []comparison.Kind{comparison.Allowance, comparison.Vehicle} }))
			if err == nil {
				err = comparison.Send(t.Context(), u, batch)
			}
			if err != nil {
				t.Fatal(err)
			}
			text := "姓名,身份证号,低保,车辆\n"
			for n := range test.rows {
				text += person(t, u, f, n) + ",享受,无\n"
			}
			a := mapped(t, u, batch, text, comparison.Mapping{Head: 1, Columns: []comparison.Column{name, id, "allowance", "vehicle"}, AbsentNone: true})
			if a.Answered[comparison.Allowance] != test.allowance || a.Answered[comparison.Vehicle] != 2 {
				t.Errorf("answered %v", a.Answered)
			}
			if got := judge(t, u, f); got != test.told {
				t.Errorf("refused by %q, want %q", got, test.told)
			}
		})
	}
}
