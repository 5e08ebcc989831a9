package casefileweb_test

import (
	"net/http"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/templates/casefilepage"
)

// An active file is taken off the register with a reason of the list, once, by somebody other than its registrar.
func TestClosing(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	s.As(sample.Clerk).Get(casefilepage.ClosingPath(f.ID)).Is(http.StatusForbidden)
	form := s.As(sample.Supervisor).Get(casefilepage.FilePath(f.ID)).Link("撤档").Is(http.StatusOK).Says("档案至少保存十年")
	form.Press("撤档").Is(http.StatusUnprocessableEntity).Says("错误：", "撤档原因")
	form.Press("撤档", webtest.Fill{"撤档原因": "脱困"}).Is(http.StatusOK).Says("已撤档", "原因：脱困")
	s.As(sample.Supervisor).Get(casefilepage.ClosingPath(f.ID)).Press("撤档", webtest.Fill{"撤档原因": "死亡"}).Is(http.StatusUnprocessableEntity)
	got, err := casefile.Find(t.Context(), s.Kit.DB, sample.Everywhere, f.ID)
	if err != nil || got.State != casefile.Closed {
		t.Errorf("%+v, %v", got, err)
	}
}
