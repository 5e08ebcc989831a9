package censusweb_test

import (
	"fmt"
	"net/http"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/census"
	"bangfu/internal/census/censusweb"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// open is a site with an active file, whose registrations are only named.
func open(t *testing.T) (*webtest.Site, casefile.File) {
	t.Helper()
	var entered work.FileID
	site := webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		censusweb.Routes(rs, k)
		panel := censusweb.Panel(k)
		rs.Get("/files/{file}/registration", staff.CapFileRegister, func(w http.ResponseWriter, r *http.Request) error {
			id, err := web.PathID[work.FileID](r, "file")
			if err != nil {
				return err
			}
			part, err := panel(r, casefile.File{ID: id})
			if err != nil || part == nil {
				return work.ErrNotFound
			}
			entered = id
			return k.Render(w, r, http.StatusOK, part)
		})
	})
	site.Kit.Keys = sample.Keys()
	var f casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, casefile.Active) })
	t.Cleanup(func() {
		if entered == f.ID {
			t.Error("the census names itself in a file that came another way")
		}
	})
	return site, f
}

// From an empty form to the printed report: forms go out to a unit, the unit takes some back, one is entered, one is
// dismissed, one is lost; bad input says what is wrong and keeps what was typed.
func TestACensusFromItsFormToItsReport(t *testing.T) {
	site, f := open(t)
	boss, clerk, unit := site.As(sample.Supervisor), site.As(sample.Clerk), site.As(sample.UnitClerk)
	form := boss.Get("/censuses").Is(http.StatusOK).Says("还没有普查").Link("开始普查").Is(http.StatusOK)
	wrong := form.Press("开始普查", webtest.Fill{"普查名称": "特困职工普查", "目的和范围": "摸清底数", "结束日期": "2026-11-21"})
	wrong.Is(http.StatusUnprocessableEntity).Says("错误：", "结束日期不能早于开始日期", "摸清底数")
	page := wrong.Press("开始普查", webtest.Fill{"结束日期": "2026-12-22"}).Is(http.StatusOK).Says("普查已开始", "还没有发放普查表")
	home := page.Path

	hand := page.Link("发放普查表").Is(http.StatusOK).Says("从第 1 号起连续编号")
	hand.Press("发放", webtest.Fill{"机构": "青石纺织厂工会", "份数": "5001", "领表人": "韩雪"}).Is(http.StatusUnprocessableEntity).Says("份数")
	bundle := hand.Press("发放", webtest.Fill{"机构": "青石纺织厂工会", "单位": "二车间", "份数": "4", "领表人": "韩雪"})
	bundle.Is(http.StatusOK).Says("普查表已发放", "二车间", "PC", "-0001", "-0004", "1–4")
	paper := bundle.Link("打印领表单和空白表").Is(http.StatusOK)
	paper.Says("普查表领表单", "困难职工生活状况普查表", "-0003", "家庭成员（不含本人）", "患病用药情况", "领表人签字")
	unit.Get(home + "/bundles/new").Is(http.StatusForbidden)

	back := unit.Get(home).Is(http.StatusOK).Says("二车间").Link("收回普查表").Is(http.StatusOK)
	back.Press("收回", webtest.Fill{"收回的编号": "一号"}).Is(http.StatusUnprocessableEntity).Says("编号“一号”没有看懂")
	refused := back.Press("收回", webtest.Fill{"收回的编号": "1-2，9"}).Is(http.StatusUnprocessableEntity).Says("这些编号不能收回", "：9", "1-2，9")
	waiting := refused.Press("收回", webtest.Fill{"收回的编号": "1-2"}).Is(http.StatusOK).Says("收回了 2 份", "待录入")
	boss.Get(home+"/closing").Press("结束普查", webtest.Fill{"普查结论": "完成"}).Is(http.StatusUnprocessableEntity).Says("还有收回的普查表没有处理", "完成")

	first := clerk.Get(waiting.Path).Link(code(t, site, 1)).Is(http.StatusOK)
	entry := first.Link("录入建档").Is(http.StatusOK)
	number := sample.Number(day.Of(1979, 5, 6), idcard.Male)
	var taken idcard.Number
	site.Set(sample.Clerk, func(u *work.Unit) {
		people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
		if err != nil {
			t.Fatal(err)
		}
		taken = people[0].Number
	})
	twice := entry.Press("建立登记", webtest.Fill{"姓名": "王建国", "身份证号": string(taken)})
	twice.Is(http.StatusUnprocessableEntity).Says("王建国已在建档", "青石县总工会困难职工帮扶中心", "王*国", "0879-2100001")
	twice.Press("建立登记", webtest.Fill{"姓名": "赵川", "身份证号": string(number), "手机号码": "13800000001"}).Is(http.StatusOK).
		Says("来自普查", "-0001", "二车间").SaysNot(string(number))
	clerk.Get(first.Path).Is(http.StatusOK).Says("已录入", "赵川").SaysNot("录入建档")
	clerk.Get(first.Path + "/entry").Is(http.StatusUnprocessableEntity).Says("已录入")

	second := clerk.Get(waiting.Path).Link(code(t, site, 2)).Link("不需要建档").Is(http.StatusOK)
	second.Press("记录", webtest.Fill{"不予建档原因": "已经建档"}).Is(http.StatusUnprocessableEntity).Says("请填写填表人姓名")
	second.Press("记录", webtest.Fill{"填表人（户主）": "王建国", "不予建档原因": "已经建档"}).Is(http.StatusOK).Says("已记录不予建档的原因")
	clerk.Get(home+"/forms?state=out").Is(http.StatusOK).Link(code(t, site, 3)).Link("遗失或作废").
		Press("记录", webtest.Fill{"怎么遗失或作废的": "被雨淋湿"}).Is(http.StatusOK).Says("遗失或作废", "被雨淋湿")
	clerk.Get(home + "/forms?state=nothing").Is(http.StatusNotFound)

	done := boss.Get(home+"/closing").Press("结束普查", webtest.Fill{"普查结论": "一份没有收回"}).Is(http.StatusOK).Says("普查已结束", "一份没有收回", "已经建档")
	done.SaysNot("/closing\"", "/bundles/new")
	done.Link("普查报告").Is(http.StatusOK).Says("共发放普查表 4 份，收回 2 份；录入建档 1 户，不予建档 1 户", "未收回 1 份，遗失或作废 1 份", "一份没有收回").SaysNot("赵川", "王建国")
	site.As(sample.SiblingClerk).Get(home).Is(http.StatusNotFound)
}

// code is what stands on the paper of a number of the only census.
func code(t *testing.T, site *webtest.Site, number int) string {
	t.Helper()
	all, err := census.List(t.Context(), site.Kit.DB, sample.Everywhere, 0, 1)
	if err != nil || len(all) != 1 {
		t.Fatal(fmt.Errorf("%d censuses: %w", len(all), err))
	}
	return census.Code(all[0].ID, number)
}
