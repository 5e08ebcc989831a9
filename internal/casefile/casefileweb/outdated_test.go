package casefileweb_test

import (
	"net/http"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/testkit/sample"
	"bangfu/templates/casefilepage"
)

// Whoever judges a file is warned of figures and papers that are out of date, line by line; it stops nothing.
func TestTheJudgementWarnsOfWhatIsOutOfDate(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Visited) // its figures run up to 2026-10-31
	path := casefilepage.JudgementPath(f.ID)
	s.Now = day.Of(2027, 10, 22).Start()
	s.As(sample.Supervisor).Get(path).Is(http.StatusOK).SaysNot("已经过期")
	s.Now = day.Of(2027, 11, 1).Start()
	page := s.As(sample.Supervisor).Get(path).Is(http.StatusOK).
		Says("有 3 项依据已经过期", "收支情况截至 2026-10-31，已超过 12 个月", "近一年收入证明的有效期到 2027-10-22 为止", "可以继续办理", "补充材料")
	page.Press("确认为深度困难").Is(http.StatusOK)
}

// The same when an active file is judged anew; who may change its figures is led to them.
func TestTheRejudgementWarnsOfWhatIsOutOfDate(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	s.Now = day.Of(2027, 11, 1).Start()
	s.As(sample.Supervisor).Get(casefilepage.RejudgementPath(f.ID)).Is(http.StatusOK).Says("有 3 项依据已经过期", "查看档案，请经办人更新")
}
