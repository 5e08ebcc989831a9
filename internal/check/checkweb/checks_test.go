package checkweb_test

import (
	"net/http"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/check"
	"bangfu/internal/check/checkweb"
	"bangfu/internal/day"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// What was found is listed by kind, leads to its file, and is set aside with a reason by the deciding side only.
func TestFindingOnItsWay(t *testing.T) {
	s := webtest.New(t, checkweb.Routes)
	s.As(sample.Clerk).Get("/checks").Is(http.StatusOK).Says("没有发现问题")

	s.Set(work.System("test"), func(u *work.Unit) {
		sample.File(t, u, casefile.Submitted, func(h *sample.Household) {
			pupil := sample.Person("sibling", "王老三", day.Of(1981, 1, 1), "male")
			pupil.WorkStatus, pupil.School, pupil.Education = "student", "夜校", "senior"
			h.Members = append(h.Members, pupil)
		})
	})
	if _, err := check.RunDue(t.Context(), s.Kit.DB, sample.Keys(), func() time.Time { return s.Now }); err != nil {
		t.Fatal(err)
	}
	clerk := s.As(sample.Clerk)
	list := clerk.Get("/checks").Says("学生年龄偏大", "可疑").Link("学生年龄偏大").Is(http.StatusOK).Says("王建国", "王老三 登记为在校学生，已 45 岁")
	finding := list.Link("王建国").Is(http.StatusOK).Says("打开档案", "王老三").SaysNot("写明理由后搁置")
	s.As(sample.SiblingClerk).Get(finding.Path).Is(http.StatusNotFound)
	s.As(sample.SiblingClerk).Get("/checks").Says("没有发现问题")
	s.As(sample.Admin).Get("/checks").Is(http.StatusForbidden)
	page := s.As(sample.Supervisor).Get(finding.Path)
	page.Press("搁置", webtest.Fill{"理由": ""}).Is(http.StatusUnprocessableEntity).Says("错误：")
	page.Press("搁置", webtest.Fill{"理由": "在读夜大，有学籍证明"}).Is(http.StatusOK).Says("已搁置", "李正", "在读夜大").SaysNot("写明理由后搁置")
	clerk.Get("/checks?kind=pupil_age").Is(http.StatusOK).SaysNot("王建国")
	for _, wrong := range []string{"/checks?kind=x", "/checks?kind=pupil_age&behind=x", "/checks?kind=pupil_age&behind=1-0", "/checks/999999"} {
		clerk.Get(wrong).Is(http.StatusNotFound)
	}
	clerk.In(words.English).Get("/checks").Says("Findings")
}
