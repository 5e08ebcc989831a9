package visitweb_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/visit/visitweb"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/visitpage"
)

// register is a site with so many files on the register.
func register(t *testing.T, n int) (*webtest.Site, []casefile.File) {
	t.Helper()
	site := webtest.New(t, visitweb.Routes)
	var all []casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) {
		for range n {
			all = append(all, sample.File(t, u, casefile.Active))
		}
	})
	return site, all
}

// planned is a filled form of a plan with one team.
func planned() webtest.Fill {
	return webtest.Fill{"计划名称": "下半年普查", "种类": "普查", "目的": "不漏一户", "结束日期": "2026-12-05", "总负责人": "马骏",
		"第 1 组带队领导": "钱江", "第 1 组走访人员甲": "罗杰", "第 1 组走访人员乙": "杨帆"}
}

func TestAPlanFromItsFormToItsReport(t *testing.T) {
	site, files := register(t, 2)
	chief := site.As(sample.Supervisor)
	form := chief.Get("/visits/plans").Is(http.StatusOK).Says("还没有走访计划").Link("制定计划").Is(http.StatusOK)
	form.Press("查看符合条件的户数", webtest.Fill{"住址包含": "河西"}).Is(http.StatusOK).Says("符合条件 2 户").SaysNot("错误：")
	form.Press("查看符合条件的户数", webtest.Fill{"住址包含": "无此街"}).Is(http.StatusOK).Says("符合条件 0 户")
	wrong := form.Press("制定计划", planned(), webtest.Fill{"第 1 组走访人员乙": "罗杰"}).Is(http.StatusUnprocessableEntity).Says("须由两名不同的人员入户")
	wrong.Press("制定计划", webtest.Fill{"第 1 组走访人员乙": "杨帆", "结束日期": "2026-11-21"}).Is(http.StatusUnprocessableEntity).Says("结束日期不能早于开始日期")
	wrong = wrong.Press("增加一组").Is(http.StatusOK).Says("第 2 组带队领导")
	wrong.Press("删除 第 2 组").Is(http.StatusOK).SaysNot("第 2 组带队领导")
	plan := wrong.Press("制定计划", webtest.Fill{"第 1 组走访人员乙": "杨帆", "第 2 组带队领导": "孙莉", "第 2 组走访人员甲": "段芳", "第 2 组走访人员乙": "韩雪"})
	plan.Is(http.StatusOK).Says("计划已制定", "第 2 组", "孙莉", "段芳、韩雪", "应走访 2 户", "已走访 0 户")
	site.As(sample.Clerk2).Get("/visits/plans/new").Is(http.StatusForbidden)
	site.As(sample.SiblingHead).Get(plan.Path).Is(http.StatusNotFound)

	sheet := site.As(sample.Clerk2).Get(plan.Path+"/sheet").Is(http.StatusOK).Says("走访路线单", "第 1 组", "带队：钱江", "王*国", "139****0001", "□ 相符")
	sheet.SaysNot("王建国", "13908790001")
	phone := site.As(sample.Clerk2).Get(plan.Path+"/stops?team=1").Is(http.StatusOK).Says("王建国", "1.1")
	now := site.Now
	phone.SaysNot("已逾期")
	site.Now = now.AddDate(0, 0, 20)
	site.As(sample.Clerk2).Get(plan.Path+"/stops?team=1").Is(http.StatusOK).Says("王建国", "已逾期")
	site.Now = now
	stop := phone.Link("王建国").Is(http.StatusOK).Says("按核查表逐项核对", "139****0001")
	if people, err := casefile.People(t.Context(), site.Kit.DB, site.Kit.Keys, files[0].ID); err != nil || !slices.Contains(stop.Links(), visitpage.NumberPath(files[0].ID, people[0].ID)) {
		t.Errorf("who stands at the door does not get to the phone: %v, %v", stop.Links(), err)
	}
	stop.Press("登记未遇", webtest.Fill{"原因": "已搬迁"}).Is(http.StatusUnprocessableEntity).Says("请写明情况")
	stop.Press("登记未遇", webtest.Fill{"原因": "家中无人"}).Is(http.StatusOK).Says("已登记", "未遇 1 次")
	record := stop.Link("开始记录").Is(http.StatusOK)
	fill := agreeing()
	delete(fill, "入户人员 1") // come from the team
	delete(fill, "入户人员 2")
	done := record.Press("记录入户核查", fill, webtest.Fill{"困难程度": "比较困难", "对工会的意见和建议": "助学金早些到账"}).Is(http.StatusOK)
	done.Says("罗杰、杨帆", "定期走访")
	if strings.Contains(done.Text(), "下一户") {
		t.Error("a next household where the team has none")
	}
	chief.Get(plan.Path).Says("已走访 1 户")
	chief.Get(plan.Path+"/report").Is(http.StatusOK).Says("应走访 2 户，已走访 1 户，参加干部 2 人", "助学金早些到账", "比较困难").SaysNot("王建国", files[0].Number)
	closed := chief.Get(plan.Path).Press("结束计划").Is(http.StatusOK).Says("计划已结束", "已结束").SaysNot("还有 1 户没有走访")
	chief.In(words.English).Get(closed.Path).Says("Closed", "To visit").SaysNot("⟦")
}

// A plan that asks for trained visitors: nothing is lost when somebody is not, and it is made after the training.
func TestTrainedVisitors(t *testing.T) {
	site, _ := register(t, 1)
	chief := site.As(sample.Supervisor)
	refused := chief.Get("/visits/plans/new").Press("制定计划", planned(), webtest.Fill{"走访人员须在本年度培训过": "yes"})
	refused.Is(http.StatusUnprocessableEntity).Says("罗杰 自 2026-01-01 以来没有培训记录", "不漏一户")
	form := chief.Get("/visits/trainings").Is(http.StatusOK).Says("还没有培训记录").Link("登记培训").Is(http.StatusOK)
	fill := webtest.Fill{"培训内容": "识别标准", "学时": "6", "授课人": "马骏"}
	form.Press("登记", fill).Is(http.StatusUnprocessableEntity).Says("错误：", "识别标准")
	form.Press("登记", fill, webtest.Fill{"培训日期": "2026-11-23"}).Is(http.StatusUnprocessableEntity).Says("识别标准")
	people := webtest.Fill{"罗杰（青石县总工会困难职工帮扶中心）": "yes", "杨帆（青石县总工会困难职工帮扶中心）": "yes"}
	page := form.Press("登记", fill, people, webtest.Fill{"培训日期": "2026-03-02"}).Is(http.StatusOK).Says("培训已登记", "罗杰", "杨帆", "2026-03-02", "李正")
	site.As(sample.Clerk).Get(page.Path).Is(http.StatusOK)
	site.As(sample.Clerk).Get("/visits/trainings/new").Is(http.StatusForbidden)
	site.As(sample.SiblingHead).Get(page.Path).Is(http.StatusNotFound)
	site.As(sample.SiblingHead).Get("/visits/trainings").Is(http.StatusOK).SaysNot("识别标准")
	chief.Get("/visits/trainings").Is(http.StatusOK).Link("识别标准").Is(http.StatusOK)
	wrong := chief.Get("/visits/trainings/new").Press("登记", fill, webtest.Fill{"段芳（青石县总工会困难职工帮扶中心）": "yes"}, webtest.Fill{"培训日期": "2026-11-22"}).Is(http.StatusOK)
	site.As(sample.Clerk).Get(wrong.Path).SaysNot("作废这条记录")
	wrong.Press("作废这条记录").Is(http.StatusUnprocessableEntity).Says("请填写作废原因")
	wrong.Press("作废这条记录", webtest.Fill{"作废原因": "日期写错"}).Is(http.StatusOK).Says("培训记录已作废", "日期写错").SaysNot("作废这条记录")
	chief.Get("/visits/trainings").Is(http.StatusOK).Says("已作废")
	again := chief.Get("/visits/plans/new").Says("罗杰（青石县总工会困难职工帮扶中心，2026-03-02 培训）")
	trained := planned()
	trained["第 1 组走访人员甲"], trained["第 1 组走访人员乙"] = "罗杰（青石县总工会困难职工帮扶中心，2026-03-02 培训）", "杨帆（青石县总工会困难职工帮扶中心，2026-03-02 培训）"
	again.Press("制定计划", trained, webtest.Fill{"走访人员须在本年度培训过": "yes"}).Is(http.StatusOK).
		Says("2026-01-01 以来须培训过", "罗杰 2026-03-02", "杨帆 2026-03-02")
}

// A team of two families: after the first, the way leads to the second.
func TestTheNextHousehold(t *testing.T) {
	site, _ := register(t, 2)
	plan := site.As(sample.Supervisor).Get("/visits/plans/new").Press("制定计划", planned()).Is(http.StatusOK)
	stop := site.As(sample.Clerk2).Get(plan.Path + "/stops").Is(http.StatusOK).Link("王建国")
	done := stop.Link("开始记录").Press("记录入户核查", agreeing(), webtest.Fill{"入户人员 2": "杨帆", "困难程度": "很困难"}).Is(http.StatusOK)
	done.Link("下一户").Is(http.StatusOK).Says("开始记录")
	site.As(sample.Clerk2).Get(plan.Path+"/stops?all=yes").Says("已走访", "未走访")
}

func TestADraftIsKeptUntilTheVisitIsRecorded(t *testing.T) {
	site, files := register(t, 1)
	path := fmt.Sprintf("/files/%d/visit", files[0].ID)
	form := site.As(sample.Clerk2).Get(path).Is(http.StatusOK)
	again := form.Press("暂存", webtest.Fill{"基本情况": "每周透析三次", "收入是否相符": "不符"}).Is(http.StatusOK).Says("已暂存", "每周透析三次")
	site.As(sample.Clerk4).Get(path).Is(http.StatusOK).SaysNot("每周透析三次")
	again.Press("记录入户核查", agreeing(), webtest.Fill{"困难程度": "很困难", "收入是否相符": "相符"}).Is(http.StatusOK).Says("每周透析三次")
	site.As(sample.Clerk2).Get(path).Is(http.StatusOK).SaysNot("每周透析三次")
}

func TestASampleFromTheAnnouncementToTheSecondDraw(t *testing.T) {
	site, files := register(t, 4)
	form := site.As(sample.Supervisor).Get("/visits/samples").Is(http.StatusOK).Says("还没有随机抽查").Link("公布抽查方案")
	wrong := form.Press("公布", webtest.Fill{"抽查名称": "三成抽查", "抽查比例": "29.9"}).Is(http.StatusUnprocessableEntity).Says("30% 至 100%")
	wrong.Press("公布", webtest.Fill{"抽查比例": "三成"}).Is(http.StatusUnprocessableEntity).Says("请填写百分比")
	page := wrong.Press("公布", webtest.Fill{"抽查比例": "３０．０％"}).Is(http.StatusOK).Says("抽查方案已公布", "等待另一人录入种子", "4 户的名册取 2 户").SaysNot("录入并抽取")
	frame := site.As(sample.Auditor).Get(page.Path + "/frame").Is(http.StatusOK)
	if frame.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("%v", frame.Header)
	}
	site.As(sample.SiblingHead).Get(page.Path).Is(http.StatusNotFound)
	seed := site.As(sample.Officer).Get(page.Path).Is(http.StatusOK)
	refused := seed.Press("录入并抽取", webtest.Fill{"公开号码": "482", "种子来源": "现场摇号"}).Is(http.StatusUnprocessableEntity).Says("4 至 60 位")
	refused.Press("录入并抽取", webtest.Fill{"公开号码": "08231547", "号码日期": "2026-11-21"}).Is(http.StatusUnprocessableEntity).Says("公布日")
	drawn := refused.Press("录入并抽取", webtest.Fill{"公开号码": "08231547"}).Is(http.StatusOK).Says("名单已抽取", "2026-11-22/08231547", "已走访 0 / 2 户", "QSX")
	drawn.Link("重新抽取核对").Is(http.StatusOK).Says("核对一致", "2 户")
	print := drawn.Link("打印").Is(http.StatusOK).Says("抽取规则", "1. ").SaysNot(files[0].HeadName)
	print.Says("SHA-256")
}

func TestNobodyIsOmitted(t *testing.T) {
	site, files := register(t, 1)
	page := site.As(sample.Auditor).Get("/visits/coverage").Is(http.StatusOK).Says("没有遗漏的家庭", "走访干部 2 人")
	page.Press("查看", webtest.Fill{"从": "2026-11-22"}).Is(http.StatusOK).Says(files[0].HeadName, files[0].Number, "2026-11-09")
	page.Press("查看", webtest.Fill{"从": "2025-11-20"}).Is(http.StatusUnprocessableEntity).Says("不能超过 366 天")
	page.Press("查看", webtest.Fill{"从": "2025-11-21"}).Is(http.StatusOK)
}
