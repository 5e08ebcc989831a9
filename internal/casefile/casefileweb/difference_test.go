package casefileweb_test

import (
	"net/http"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// What comparison found to differ stands on the page of the judgement, and stops it, until it is resolved.
func TestAnOpenDifferenceStopsTheJudgement(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Visited)
	supervisor := s.As(sample.Supervisor)
	before := supervisor.Get(casefilepage.JudgementPath(f.ID)).Is(http.StatusOK).Says("确认为深度困难")
	exec := func(sql string, args ...any) {
		s.Set(sample.Officer, func(u *work.Unit) {
			if _, err := u.Exec(t.Context(), sql, args...); err != nil {
				t.Fatal(err)
			}
		})
	}
	exec(`WITH b AS (INSERT INTO comparison_batch (org_id, org_path, receiver, purpose, aim, from_on, until_on, asked, minors, state, files, people,
			left_out, made_by, made_at) VALUES ($1, '', '民政局', '核对', 'file', '2026-01-01', '2026-11-01', '{vehicle}', false, 'made', 1, 1, 0, $2, $3) RETURNING id),
		a AS (INSERT INTO comparison_answer (batch_id, name, size, state, rows_all, uploaded_by, uploaded_at)
			SELECT id, '结果.csv', 1, 'uploaded', 1, $2, $3 FROM b RETURNING id)
		INSERT INTO comparison_finding (answer_id, file_id, person_id, person_name, kind, sealed, state, found_at)
		SELECT id, $4, 1, '王建国', 'vehicle', '\x00', 'open', $3 FROM a`, sample.County, sample.Officer.StaffID, s.Now, f.ID)
	supervisor.Get(casefilepage.JudgementPath(f.ID)).Is(http.StatusOK).Says("有 1 项差异未处理").SaysNot("确认为深度困难")
	before.Press("确认为深度困难").Is(http.StatusUnprocessableEntity).Says("信息比对发现的差异还没有处理")
	exec(`UPDATE comparison_finding SET state = 'explained', note = '已过户', resolved_by = $1, resolved_at = $2 WHERE file_id = $3`,
		sample.Clerk4.StaffID, s.Now, f.ID)
	supervisor.Get(casefilepage.JudgementPath(f.ID)).Is(http.StatusOK).SaysNot("差异未处理").Says("确认为深度困难")
}
