package disclosureweb_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/casefile/casefileweb"
	"bangfu/internal/disclosure"
	"bangfu/internal/disclosure/disclosureweb"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/disclosurepage"
)

// The list is reached from the file by whoever may read the trail, and by nobody else.
func TestWhatLeftTheOfficeFromTheFile(t *testing.T) {
	s := webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		casefileweb.Routes(rs, k, []casefileweb.Panel{disclosureweb.Panel}, nil, nil)
		disclosureweb.Routes(rs, k)
	})
	s.Kit.Keys = sample.Keys()
	var f, draft casefile.File
	s.Set(sample.Clerk, func(u *work.Unit) {
		f, draft = sample.File(t, u, casefile.Active), sample.File(t, u, casefile.Draft)
		people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
		if err != nil {
			t.Fatal(err)
		}
		u.By = sample.Supervisor
		for i := range 60 {
			u.Now = pgtest.Now.Add(time.Duration(i) * time.Minute)
			if _, err := casefile.UnmaskPerson(t.Context(), u, sample.Keys(), f.ID, people[0].ID, casefile.ForPayment); err != nil {
				t.Fatal(err)
			}
		}
	})
	auditor := s.As(sample.Auditor)
	file := auditor.Get(fmt.Sprintf("/files/%d", f.ID)).Is(http.StatusOK).Says("对外提供记录")
	page := file.Link("查看记录").Is(http.StatusOK).Says("王建国", f.Number, "查看完整号码", "银行查询", "李正", "2026-11-22 10:59", "2026-11-22 10:10", "不逐户记录").
		SaysNot("2026-11-22 10:09", "公示栏")
	page.Link("下一页").Is(http.StatusOK).Says("2026-11-22 10:09", "2026-11-22 10:00", "帮扶中心公示栏", "第 1 次公示").SaysNot("2026-11-22 10:10").
		Link("上一页").Is(http.StatusOK).Says("2026-11-22 10:59")
	auditor.Get(disclosurepage.Path(draft.ID, disclosure.Place{})).Is(http.StatusOK).Says("没有对外提供过")
	s.As(sample.Clerk).Get(file.Path).Is(http.StatusOK).SaysNot("对外提供记录")
	s.As(sample.Clerk).Get(page.Path).Is(http.StatusForbidden)
	s.As(sample.ProvinceAuditor).Get(page.Path).Is(http.StatusOK).Says("查看完整号码")
	for _, wrong := range []string{"x", "1-number", "1-number-0", "1-number--1", "-1-number-1", "1-nothing-1", "9999999999999999999-number-1", "253402300800000000-number-1"} {
		auditor.Get(page.Path + "?behind=" + wrong).Is(http.StatusNotFound)
	}
}
