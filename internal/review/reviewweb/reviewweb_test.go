package reviewweb_test

import (
	"fmt"
	"net/http"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/review/reviewweb"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// open is a site with an active file of the county and one of a unit below it.
func open(t *testing.T) (*webtest.Site, casefile.File) {
	t.Helper()
	site := webtest.New(t, reviewweb.Routes)
	site.Kit.Keys = sample.Keys()
	var f casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) {
		f = sample.File(t, u, casefile.Active)
		sample.File(t, u, casefile.Active, func(h *sample.Household) {
			h.By, h.Head.Name, h.Card.Holder = sample.UnitClerk, "赵春梅", "赵春梅"
		})
	})
	return site, f
}

// A round of half a year: opened by the office, worked through by caseworkers of the centre and of the unit, one change of
// category confirmed by the supervisor, and closed.
func TestAHalfYearRound(t *testing.T) {
	site, f := open(t)
	form := site.As(sample.Officer).Get("/reviews").Is(http.StatusOK).Says("还没有复核").Link("开启一轮复核").Is(http.StatusOK)
	form.Press("开启一轮复核", webtest.Fill{"类型": "半年调整", "截止日期": "2026-11-21"}).Is(http.StatusUnprocessableEntity).Says("错误：", "截止日期不能早于 2026-11-22")
	round := form.Press("开启一轮复核", webtest.Fill{"类型": "半年调整", "截止日期": "2026-12-31"}).Is(http.StatusOK).Says("复核已开启", "0 / 2 户，0%", "青石纺织厂工会")

	unit := site.As(sample.UnitClerk2)
	unit.Get(round.Path).Is(http.StatusOK).Says("0 / 1 户").SaysNot("结束这一轮")
	list := unit.Get(round.Path + "/files").Is(http.StatusOK).Says("赵春梅").SaysNot("王建国")
	record := list.Link("赵春梅").Is(http.StatusOK).Says("从未帮扶", "按现行标准认定")
	record.Press("记录复核", webtest.Fill{"复核结果": "建议注销", "纸质与电子档案": "不一致"}).Is(http.StatusUnprocessableEntity).Says("请说明情况", "建议注销")
	record.Press("记录复核", webtest.Fill{"复核结果": "建议注销", "纸质与电子档案": "不一致", "说明": "已迁往外地"}).Is(http.StatusOK).
		Says("复核已记录", "已迁往外地", "前改正", "提出退出").Press("已改正").Is(http.StatusOK).Says("2026-11-22 核对一致")

	site.Set(sample.Admin, func(u *work.Unit) {
		if _, err := eligibility.AddLine(t.Context(), u, eligibility.Line{District: sample.District, From: day.Of(2026, 11, 22), Monthly: money.Yuan(400), Source: "公告"}, sample.GroupHead.StaffID); err != nil {
			t.Fatal(err)
		}
	})
	clerk := site.As(sample.Clerk2)
	clerk.Get("/reviews/signs?sign=line_changed").Is(http.StatusOK).Says("王建国", "赵春梅")
	page := clerk.Get(fmt.Sprintf("%s/files/%d", round.Path, f.ID)).Is(http.StatusOK).Says("标准已变", "相对困难")
	page.Press("记录复核", webtest.Fill{"复核结果": "类别变化", "纸质与电子档案": "一致", "说明": "标准降低"}).Is(http.StatusOK).Says("待确认")
	confirm := site.As(sample.Supervisor).Get(round.Path + "/files").Is(http.StatusOK).Link("王建国").Is(http.StatusOK)
	confirm.Press("确认", webtest.Fill{"确认结论": "退回重新复核"}).Is(http.StatusUnprocessableEntity).Says("请写明退回的原因")
	confirm.Press("确认", webtest.Fill{"确认结论": "确认"}).Is(http.StatusOK).Says("确认已记录", "相对困难", "李正")

	site.As(sample.Officer).Get(round.Path).Is(http.StatusOK).Link("打印结果").Is(http.StatusOK).
		Says("对 2 户在档困难职工逐户核查，已核查 2 户，其中符合标准 1 户，不再符合 1 户", "青石纺织厂工会", "2026年11月22日").SaysNot("王建国")
	site.As(sample.Officer).Get(round.Path).Is(http.StatusOK).Says("2 / 2 户，100%").Press("结束这一轮").Is(http.StatusOK).Says("复核已结束", "已结束").SaysNot("结束这一轮")
}

// Who has reviewed a file gets on to the next one, and from a file that needs a change to its change.
func TestFromOneFileToTheNext(t *testing.T) {
	site, f := open(t)
	round := site.As(sample.Officer).Get("/reviews/new").Press("开启一轮复核", webtest.Fill{"类型": "半年调整", "截止日期": "2026-12-31"}).Is(http.StatusOK)
	page := site.As(sample.Clerk2).Get(fmt.Sprintf("%s/files/%d", round.Path, f.ID)).Is(http.StatusOK).SaysNot("下一户").
		Says("认定月人均 500.00 元，低保标准 700.00 元")
	page = page.Press("记录复核", webtest.Fill{"复核结果": "需变更", "纸质与电子档案": "一致", "说明": "户主换了单位"}).Is(http.StatusOK).Says("复核已记录", "变更档案")
	page = page.Link("下一户").Is(http.StatusOK).Says("赵春梅")
	page.Press("记录复核", webtest.Fill{"复核结果": "无变化", "纸质与电子档案": "不一致"}).Is(http.StatusOK).SaysNot("下一户", "变更档案")
	// Who puts the paper right gets from the list to where that is noted.
	page = site.As(sample.Clerk2).Get("/reviews/signs?sign=papers_differ").Is(http.StatusOK).Link("赵春梅").Is(http.StatusOK)
	page.Press("已改正").Is(http.StatusOK).Says("核对一致")
}

func TestWhoMay(t *testing.T) {
	site, f := open(t)
	round := site.As(sample.Officer).Get("/reviews/new").Press("开启一轮复核", webtest.Fill{"类型": "年度复核"}).Is(http.StatusOK)
	file := fmt.Sprintf("%s/files/%d", round.Path, f.ID)
	for name, test := range map[string]struct {
		by   work.Actor
		path string
		code int
	}{
		"a caseworker opens none":           {sample.Clerk, "/reviews/new", http.StatusForbidden},
		"a unit below sees the round":       {sample.UnitClerk, round.Path, http.StatusOK},
		"and not the county's file":         {sample.UnitClerk, file, http.StatusNotFound},
		"another county sees neither":       {sample.SiblingClerk, round.Path, http.StatusNotFound},
		"the city sees the round":           {sample.CitySupervisor, round.Path, http.StatusOK},
		"no such round":                     {sample.Clerk, "/reviews/999", http.StatusNotFound},
		"no such sign":                      {sample.Clerk, "/reviews/signs?sign=x", http.StatusNotFound},
		"no such part":                      {sample.Clerk, round.Path + "/files?part=x", http.StatusNotFound},
		"no such office":                    {sample.Clerk, round.Path + "?after=%00", http.StatusNotFound},
		"no such place":                     {sample.Clerk, "/reviews?below=x", http.StatusNotFound},
		"the cashier looks at no household": {sample.Cashier, "/reviews", http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) { site.As(test.by).Get(test.path).Is(test.code) })
	}
	site.As(sample.Supervisor).Get(file).Is(http.StatusOK).SaysNot("记录复核")
	site.As(sample.Officer).Get("/reviews/new").Press("开启一轮复核", webtest.Fill{"类型": "年度复核"}).Is(http.StatusUnprocessableEntity).Says("还有一轮复核没有结束")
}

func TestEnglish(t *testing.T) {
	site, f := open(t)
	round := site.As(sample.Officer).Get("/reviews/new").Press("开启一轮复核", webtest.Fill{"类型": "年度复核"}).Is(http.StatusOK)
	clerk := site.As(sample.Clerk2).In(words.English)
	for _, path := range []string{"/reviews", round.Path, round.Path + "/files?part=reviewed", fmt.Sprintf("%s/files/%d", round.Path, f.ID), "/reviews/signs?sign=papers_differ"} {
		clerk.Get(path).Is(http.StatusOK).SaysNot("⟦")
	}
}

// Whom training is for is listed by group with its rule, and a new rule is added from a day on by those who keep the rules.
func TestTraining(t *testing.T) {
	site := webtest.New(t, reviewweb.Routes)
	young := func(birth day.Date) func(h *sample.Household) {
		return func(h *sample.Household) {
			h.Head.Birth, h.Head.WorkStatus = birth, "on_post"
			h.Head.Number = sample.Number(birth, h.Head.Sex)
		}
	}
	site.Set(sample.Clerk, func(u *work.Unit) {
		sample.File(t, u, casefile.Active, young(day.Of(1980, 3, 1)))
		sample.File(t, u, casefile.Active, young(day.Of(1979, 3, 1)), func(h *sample.Household) {
			h.By, h.Head.Name, h.Card.Holder = sample.UnitClerk, "赵春梅", "赵春梅"
		})
	})
	clerk := site.As(sample.Clerk)
	list := clerk.Get("/reviews").Is(http.StatusOK).Link("培训对象").Is(http.StatusOK).Says("户主未满 50 周岁", "王建国", "赵春梅")
	list.Link("零就业家庭子女").Is(http.StatusOK).Says("年满 16 周岁", "没有符合条件的人")
	site.As(sample.UnitClerk).Get("/reviews/training").Is(http.StatusOK).Says("赵春梅").SaysNot("王建国")
	clerk.Get("/reviews/training?group=x").Is(http.StatusNotFound)
	clerk.Get("/rules/training").Is(http.StatusForbidden)
	page := site.As(sample.Admin).Get("/rules/training").Is(http.StatusOK).Says("2000-01-01")
	page.Press("增加规则", webtest.Fill{"执行日期": "2026-11-21", "依据": "市总工会通知"}).Is(http.StatusUnprocessableEntity).Says("错误：", "执行日期不能早于 2026-11-22")
	page.Press("增加规则", webtest.Fill{"执行日期": "2026-11-22", "困难职工未满（周岁）": "17", "依据": "市总工会通知"}).Is(http.StatusUnprocessableEntity).Says("错误：", "必须在 18 到 70 之间")
	page.Press("增加规则", webtest.Fill{"执行日期": "2026-11-22", "困难职工未满（周岁）": "45", "依据": "市总工会通知"}).Is(http.StatusOK).Says("规则已增加", "市总工会通知", "45")
	clerk.Get("/reviews/training").Is(http.StatusOK).Says("户主未满 45 周岁", "没有符合条件的人")
}

// A review says what of the file is out of date, and leads the caseworker to where it is put right.
func TestAReviewWarnsOfWhatIsOutOfDate(t *testing.T) {
	site, f := open(t)
	round := site.As(sample.Officer).Get("/reviews").Link("开启一轮复核").
		Press("开启一轮复核", webtest.Fill{"类型": "半年调整", "截止日期": "2026-12-31"}).Is(http.StatusOK)
	path := fmt.Sprintf("%s/files/%d", round.Path, f.ID)
	site.As(sample.Clerk2).Get(path).Is(http.StatusOK).SaysNot("已经过期")
	site.Now = day.Of(2027, 11, 1).Start() // the figures run up to 2026-10-31
	site.As(sample.Clerk2).Get(path).Is(http.StatusOK).Says("有 3 项依据已经过期", "更新收支情况", "补充材料")
	site.As(sample.Supervisor).Get(path).Is(http.StatusOK).Says("有 3 项依据已经过期", "查看档案，请经办人更新").SaysNot("更新收支情况")
}
