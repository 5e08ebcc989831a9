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

// The level of a file is the one of its category, wherever it is shown, and nobody is asked for it.
func TestTheLevelFollowsFromTheCategory(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk := s.As(sample.Clerk)
	clerk.Get(casefilepage.FilePath(f.ID)).Is(http.StatusOK).Says("建档标准全国级", "建档标准：全国级").SaysNot("区县级", "登记时填写")
	draft := set(t, s, casefile.Draft)
	clerk.Get(casefilepage.SectionPath(draft.ID, casefile.CausesSection)).Is(http.StatusOK).Says("建档标准由判定的困难类别得出").SaysNot("区县级", "地市级")
	clerk.Get(casefilepage.FilePath(draft.ID)).Is(http.StatusOK).SaysNot("建档标准")
}

// What an older file had picked by hand is shown as what was said then; its version says it still, and so does its print.
// It goes with the next answers about the causes, and nobody has to agree to that.
func TestALevelThatWasPicked(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	s.Set(sample.Clerk, func(u *work.Unit) {
		if _, err := u.Exec(t.Context(), `UPDATE casefile_particular SET level = 'county' WHERE file_id = $1`, f.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := casefile.Keep(t.Context(), u, f.ID, "casefile.save_causes"); err != nil {
			t.Fatal(err)
		}
	})
	last := func() int {
		v, err := casefile.LastVersion(t.Context(), s.Kit.DB, sample.Everywhere, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		return v.Number
	}
	then := last()
	clerk := s.As(sample.Clerk)
	clerk.Get(casefilepage.FilePath(f.ID)).Is(http.StatusOK).Says("建档标准全国级", "登记时填写：区县级")
	clerk.Get(casefilepage.VersionPath(f.ID, then)).Is(http.StatusOK).Says("建档标准区县级").SaysNot("全国级")
	form := clerk.Get(casefilepage.NewChangePath(f.ID, casefile.ChangeCauses)).Is(http.StatusOK)
	form.Press("下一步：核对", webtest.Fill{"思想动态": "情绪稳定", "变更原因": "回访得知"}).Is(http.StatusOK).
		Says("这项变更不需他人确认", "建档标准", "区县级", "全国级").
		Press("变更").Is(http.StatusOK).Says("已生效")
	clerk.Get(casefilepage.FilePath(f.ID)).Is(http.StatusOK).Says("建档标准全国级").SaysNot("登记时填写")
	if now := last(); now != then+1 {
		t.Fatalf("version %d after %d", now, then)
	}
	clerk.Get(casefilepage.VersionPath(f.ID, then+1)).Is(http.StatusOK).Says("建档标准全国级")
	clerk.Get(casefilepage.VersionPath(f.ID, then)).Is(http.StatusOK).Says("建档标准区县级")
	sheet := func(version int) *webtest.Page {
		return clerk.Get(casefilepage.PrintsPath(f.ID, version)).Is(http.StatusOK).Press("生成并打开", webtest.Fill{"kind": "record"}).Is(http.StatusOK)
	}
	sheet(then).Says("建档标准", "区县级").SaysNot("全国级")
	sheet(then+1).Says("建档标准", "全国级").SaysNot("区县级")
}

// A form that was opened, or a change that was asked for, while the level was still a question is taken without it.
func TestAFormThatStillAsksTheLevel(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Draft)
	clerk := s.As(sample.Clerk)
	request := clerk.Get(casefilepage.SectionPath(f.ID, casefile.CausesSection)).Request("保存", nil, webtest.Fill{"思想动态": "情绪稳定"})
	values := bodyOf(t, request)
	values.Set("level", "county")
	clerk.Send(post(request, values)).Is(http.StatusSeeOther)
	said, err := casefile.SaidOf(t.Context(), s.Kit.DB, f.ID)
	if err != nil || said.Particulars.Level != "" || said.Particulars.Mood != "情绪稳定" {
		t.Errorf("%+v, %v", said.Particulars, err)
	}
}
