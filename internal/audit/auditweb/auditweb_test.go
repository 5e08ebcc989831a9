package auditweb_test

import (
	"fmt"
	"testing"
	"time"

	"bangfu/internal/audit"
	"bangfu/internal/audit/auditweb"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// open is a site with the trail: sixty sign-ins at the county and one person added.
func open(t *testing.T) *webtest.Site {
	t.Helper()
	s := webtest.New(t, auditweb.Routes)
	s.Set(sample.Admin, func(u *work.Unit) {
		if _, _, err := staff.Add(t.Context(), u, staff.New{OrgID: sample.County, Username: "newcomer", Name: "方晴",
			Roles: []work.Role{staff.Caseworker}}); err != nil {
			t.Fatal(err)
		}
		for i := range 60 {
			u.By, u.Now = sample.Clerk, s.Now.Add(time.Duration(i)*time.Hour)
			if err := u.Audit(t.Context(), work.Entry{Act: "staff.sign_in", Kind: "member", ID: int64(1000 + i)}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := audit.Seal(t.Context(), u, u.Now); err != nil {
			t.Fatal(err)
		}
	})
	return s
}

func TestTrail(t *testing.T) {
	s := open(t)
	v := s.As(sample.Auditor)
	page := v.Get("/audit").Is(200).Says("何敏", "登录", "人员 1059", "人员 1010").SaysNot("人员 1009", "⟦")
	page = page.Link("下一页").Is(200).Says("人员 1009", "添加人员", "沈静").SaysNot("人员 1010")
	page.Link("上一页").Is(200).Says("人员 1059")
	page = page.Press("应用", webtest.Fill{"人员（姓名或用户名）": "沈静"}).Is(200).Says("添加人员").SaysNot("人员 1009")
	page.Press("应用", webtest.Fill{"人员（姓名或用户名）": "无此人"}).Is(200).Says("没有符合条件的操作记录")
	page.Press("应用", webtest.Fill{"从": "2026-11-24", "到": "2026-11-23"}).Is(422).Says("开始日期不能晚于结束日期")
	page.Press("应用", webtest.Fill{"从": "soon"}).Is(422).Says("必须是日期")
	v.Get("/audit?from=2026-11-23&to=2026-11-23&area=staff").Is(200).Says("2026-11-23").SaysNot("2026-11-22 1", "2026-11-24")
	v.Get("/audit?record=member:1005").Is(200).Says("人员 1005").SaysNot("人员 1006").Link("清除全部").Says("人员 1059")
	v.Get("/audit?file=12").Is(200).Says("没有符合条件")
	v.Get("/audit?act=staff.sign_in").Is(200).Says("人员 1059")
	v.Get("/audit?before=x&record=y").Is(200)
	v.Get("/audit?madeup=1").Is(422)
	s.As(sample.Auditor).In(words.English).Get("/audit").Is(200).Says("Signed in").SaysNot("⟦")
}

func TestEntry(t *testing.T) {
	s := open(t)
	v := s.As(sample.Auditor)
	page := v.Get("/audit?act=staff.add").Is(200)
	page = page.Link("2026-11-22 10:00").Is(200).Says("改动后", "newcomer", "方晴", "192.0.2.1", "链上第 1 号")
	id := webtest.ID(t, page.Path, "audit")
	s.As(sample.ProvinceAuditor).Get(fmt.Sprintf("/audit/%d", id)).Is(200)
	v.Get("/audit/999999999").Is(404)
	v.Get("/audit/x").Is(404)
	page.Link("人员 ").Is(200).Says("添加人员").SaysNot("人员 1005")
}

func TestChain(t *testing.T) {
	s := open(t)
	s.As(sample.Auditor).Get("/audit").Link("核对封印链").Is(200).Says("封印链完整：共 61 条")
}

func TestWhoMayRead(t *testing.T) {
	s := open(t)
	for _, by := range []work.Actor{sample.Clerk, sample.Admin, sample.GroupHead} {
		s.As(by).Get("/audit").Is(403)
	}
}
