package casefileweb_test

import (
	"net/http"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// A narrowed list is kept, opened with one click, changed and kept anew, opens first, is shared, and deleted.
func TestAListIsSaved(t *testing.T) {
	s := site(t)
	many(t, s)
	v := s.As(sample.Clerk)
	narrowed := v.Get(casefilepage.WorkListPath(casefile.EndedList)).Press("应用", webtest.Fill{"困难类别": "severe", "单位": "青石纺织厂"}).Link("户主姓名")
	save := narrowed.Link("存为名单").Is(http.StatusOK).Says("困难类别：深度困难", "青石纺织厂", "户主姓名（音序）")
	save.Press("保存", webtest.Fill{"名单名称": ""}).Is(http.StatusUnprocessableEntity).Says("名单名称", "困难类别：深度困难")
	opened := save.Press("保存", webtest.Fill{"名单名称": "纺织厂深度困难", "打开“档案”时先看这个名单": "yes", "共享给本单位及下级单位": "yes"}).Is(http.StatusOK).
		Says("已存为名单“纺织厂深度困难”", "★ 纺织厂深度困难", "名003").SaysNot("名001", "更新名单")
	narrowed.Link("存为名单").Press("保存", webtest.Fill{"名单名称": "纺织厂深度困难"}).Is(http.StatusUnprocessableEntity).Says("您已有同名的名单")
	if first := v.Get("/files"); first.Path != opened.Path {
		t.Errorf("/files opens %s, want %s", first.Path, opened.Path)
	}

	changed := opened.Press("应用", webtest.Fill{"困难类别": "relative"}).Says("（已改动）", "名001").SaysNot("名003")
	update := changed.Link("更新名单").Says("保存后，名单改为下面的内容", "相对困难")
	update.Press("保存").Is(http.StatusOK).Says("名单“纺织厂深度困难”已更新").Link("纺织厂深度困难").Says("名001").SaysNot("名003", "已改动")

	below := s.As(sample.UnitClerk)
	lists := below.Get(casefilepage.SavedListsPath).Says("还没有存过名单", "共享给我的名单", "纺织厂深度困难")
	other := lists.Link("设置").Says("只有本人能改动").SaysNot("删除名单", "名单名称")
	other.Press("保存", webtest.Fill{"加星，排在档案列表上方": "yes"}).Is(http.StatusOK)
	below.Get("/files?list=ended").Says("★ 纺织厂深度困难").Link("★ 纺织厂深度困难").Says("名001")

	mine := v.Get(casefilepage.SavedListsPath).Link("设置")
	below.Get(mine.Path + "/removal").Is(http.StatusUnprocessableEntity).Says("只有本人能改动或删除")
	s.As(sample.SiblingClerk).Get(mine.Path).Is(http.StatusNotFound)
	mine.Link("删除名单").Says("此名单已共享", "不能恢复").Press("删除名单").Is(http.StatusOK).Says("名单“纺织厂深度困难”已删除", "还没有存过名单")
	below.Get("/files?list=ended").SaysNot("★")
	v.Get(opened.Path).Is(http.StatusOK).Says("这个名单已被删除或不再共享", "名003")
}

// What a saved list asks is read anew whenever it is opened: an office outside the reader's scope and a value that was
// given up are said, and nothing is shown in their place. What is no question is not saved.
func TestASavedListThatIsStale(t *testing.T) {
	s := site(t)
	many(t, s)
	ids := map[string]casefile.SavedID{}
	queries := map[string]string{"an office elsewhere": "list=ended&org=" + id(sample.Sibling), "a category given up": "category=poor&list=ended",
		"an order given up": "list=ended&sort=age", "nothing wrong": "list=ended"}
	s.Set(sample.UnitClerk, func(u *work.Unit) {
		for name, query := range queries {
			saved, err := casefile.SaveList(t.Context(), u, casefile.SavedWish{Name: name, Query: query})
			if err != nil {
				t.Fatal(err)
			}
			ids[name] = saved
		}
	})
	v := s.As(sample.UnitClerk)
	for name, query := range queries {
		page := v.Get(casefilepage.OpenSavedPath(casefile.Saved{ID: ids[name], Query: query}))
		settings := v.Get(casefilepage.SavedPath(ids[name])).Is(http.StatusOK)
		if name == "nothing wrong" {
			page.Is(http.StatusOK).Says("名001")
			settings.SaysNot("条件已失效")
			continue
		}
		page.Is(http.StatusUnprocessableEntity).SaysNot("名001")
		if name != "a category given up" { // there the field itself says it
			page.Says("名单里的条件已失效")
		}
		settings.Says("条件已失效").Press("保存", webtest.Fill{"名单名称": "改名 " + name}).Is(http.StatusOK)
	}
	v.Get(casefilepage.SavedListsPath + "/new?list=ended&org=" + id(sample.Sibling)).Is(http.StatusNotFound)
	v.Get(casefilepage.SavedListsPath + "/new?list=nothing").Is(http.StatusNotFound)
	r := v.Get(casefilepage.SavedListsPath+"/new?list=ended").Request("保存", nil, webtest.Fill{"名单名称": "乱写"})
	values := bodyOf(t, r)
	for _, wrong := range []string{"", "list=nothing", "list=ended&sought=王", "<script>", strings.Repeat("a", 1001)} {
		values.Set("question", wrong)
		if page := v.Send(post(r, values)); page.Code < 400 || page.Code >= 500 {
			t.Errorf("the question %.20q is saved: %d", wrong, page.Code)
		}
	}
	v.Get("/files?list=ended&saved=x").Is(http.StatusNotFound)
}
