package casefileweb_test

import (
	"net/http"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// A changed card is stopped by the second person, who must say why; the one who asked reads it on the cards and in the
// timeline, and may then enter the right one.
func TestAChangedCardIsStopped(t *testing.T) {
	s := site(t)
	var f casefile.File
	s.Set(sample.Clerk, func(u *work.Unit) {
		f = sample.File(t, u, casefile.Active)
		if _, err := casefile.ProposeCard(t.Context(), u, sample.Keys(), f.ID, casefile.NewCard{Holder: "王建国", Bank: "中国建设银行",
			Branch: "青石支行", Number: "6217001210024455220"}); err != nil {
			t.Fatal(err)
		}
	})
	path := casefilepage.CardsPath(f.ID)
	s.As(sample.Clerk).Get(path).Says("待确认").SaysNot("核对无误，启用")
	second := s.As(sample.Supervisor)
	second.Get(path).Press("不启用").Is(http.StatusUnprocessableEntity).Says("不启用的理由", "待确认")
	second.Get(path).Press("不启用", webtest.Fill{"不启用的理由": "错"}).Is(http.StatusUnprocessableEntity).Says("待确认")
	second.Get(path).Press("不启用", webtest.Fill{"不启用的理由": "卡号与复印件不一致"}).Is(http.StatusOK).Says("未通过", "卡号与复印件不一致")
	asker := s.As(sample.Clerk)
	asker.Get(path).Says("卡号与复印件不一致", sample.Supervisor.Name, "提交新卡")
	asker.Get(casefilepage.FilePath(f.ID)).Says("理由：卡号与复印件不一致")
}
