package trialweb_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/money"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/trial"
	"bangfu/internal/trial/trialweb"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/trialpage"
)

// run carries out what waits at a site.
func run(t *testing.T, s *webtest.Site) {
	t.Helper()
	ceiling := func(context.Context, work.Querier, trial.Proposal) (money.Amount, error) {
		return money.Yuan(5000), nil
	}
	if _, err := trial.RunDue(t.Context(), s.Kit.DB, func() time.Time { return s.Now }, ceiling); err != nil {
		t.Fatal(err)
	}
}

// The whole way of a line: entered with a typing error, tried with its progress, seen by name within the scope, confirmed
// by the head of the leading group, then listed for a new judgement.
func TestALineOnItsWay(t *testing.T) {
	s := webtest.New(t, trialweb.Routes)
	s.Set(work.System("test"), func(u *work.Unit) {
		sample.File(t, u, casefile.Active, func(h *sample.Household) {
			h.Economy.Lines = []casefile.Line{{Side: casefile.Income, Kind: "wage", Amount: money.Yuan(25920)}}
		})
	})
	admin := s.As(sample.Admin)
	page := admin.Get(trialpage.ListPath).Says("还没有提出过").Link("录入新标准")
	fill := webtest.Fill{"行政区划代码": sample.District, "执行日期": "2027-01-01", "低保标准": "735", "依据": "青石县民政局公告"}
	page.Press("保存并试算", fill, webtest.Fill{"行政区划代码": "5399"}).Is(http.StatusUnprocessableEntity).Says("必须是六位数字", "错误：")
	page.Press("保存并试算", fill, webtest.Fill{"执行日期": "2026-01-01"}).Is(http.StatusUnprocessableEntity).Says("请换一个执行日期")
	waits := page.Press("保存并试算", fill).Is(http.StatusOK).Says("青石县低保标准：735.00 元/人·月，2027-01-01 起", "调整前后对照", "700.00（2026-01-01 起）", "735.00（增加 35.00 元，5.0%）",
		"青石县民政局公告 2025-12", "待确认", "正在排队").SaysNot("重新试算")
	if waits.Header.Get("Refresh") != "2" {
		t.Errorf("the page does not ask again by itself: %v", waits.Header)
	}
	head := s.As(sample.GroupHead)
	head.Get(waits.Path).Is(http.StatusOK).SaysNot("提交决定")
	run(t, s)
	tried := admin.Get(waits.Path).Says("青石县539901类别变化", "类别变化", "相对困难", "深度困难", "重新试算").SaysNot("提交决定")
	if tried.Header.Get("Refresh") != "" {
		t.Error("a finished trial still asks again")
	}
	admin.Get(waits.Path + "/households").Is(http.StatusForbidden)
	households := waits.Path + "/households?effect=changes"
	s.As(sample.Clerk).Get(households).Is(http.StatusOK).Says("王建国", "青石县539901", "相对困难", "深度困难")
	s.As(sample.SiblingClerk).Get(households).Is(http.StatusOK).SaysNot("王建国")
	s.As(sample.Clerk).Get(waits.Path + "/households?effect=x").Is(http.StatusNotFound)
	s.As(sample.Clerk).Get(waits.Path + "/households?behind=x").Is(http.StatusNotFound)
	s.Now = s.Now.Add(time.Minute)
	page = head.Get(waits.Path).Is(http.StatusOK)
	if n := strings.Count(string(page.Body), ">确认或不采用<"); n != 1 {
		t.Errorf("the decision is asked for %d times, want once", n)
	}
	page.Press("提交决定", webtest.Fill{"确认或不采用": "不采用"}).Is(http.StatusUnprocessableEntity).Says("请写明不采用的理由")
	page.Press("提交决定", webtest.Fill{"确认或不采用": "确认执行"}).Is(http.StatusOK).Says("已确认，到执行日期生效", "735.00（增加 35.00 元，5.0%）").SaysNot("提交决定", "需重新认定的家庭")
	s.As(sample.Clerk).Get(trialpage.AffectedPath(0)).Is(http.StatusOK).Says("没有需重新认定的家庭").SaysNot("王建国")
	s.Now = s.Now.AddDate(0, 0, 40)
	s.As(sample.Clerk).Get(waits.Path).Link("需重新认定的家庭").Is(http.StatusOK).Says("王建国")
	s.As(sample.Admin).In(words.English).Get(trialpage.ListPath).Says("Confirmed", "735.00")
}

// A rule is asked for the numbers that its generation uses; its enterer may take it back with a reason.
func TestARuleTakenBack(t *testing.T) {
	s := webtest.New(t, trialweb.Routes)
	page := s.As(sample.Admin).Get(trialpage.RulePath).Is(http.StatusOK)
	fill := webtest.Fill{"类别体系": "深度困难、相对困难、意外致困", "执行日期": "2027-01-01", "依据": "省总工会通知", "与低保标准本身比较时": "strict",
		"与低保标准的倍数比较时": "inclusive", "相对困难上限": "150", "事件支出超过年收入": "80"}
	page.Press("保存并试算", fill, webtest.Fill{"相对困难上限": ""}).Is(http.StatusUnprocessableEntity).Says("需要这个数字")
	page.Press("保存并试算", fill, webtest.Fill{"边缘类别上限": "150"}).Is(http.StatusUnprocessableEntity).Says("不使用的数字")
	page.Press("保存并试算", fill, webtest.Fill{"相对困难上限": "99"}).Is(http.StatusUnprocessableEntity)
	page.Press("保存并试算", fill, webtest.Fill{"与低保标准本身比较时": "inclusive", "与低保标准的倍数比较时": "strict"}).Is(http.StatusUnprocessableEntity).Says("倍数也应含等于")
	proposal := page.Press("保存并试算", fill).Is(http.StatusOK).Says("认定规则：深度困难、相对困难、意外致困，2027-01-01 起", "不高于当地低保标准的 150%", "(Y − E − J) ÷ 12 ÷ N ≤ B × 150%",
		"(Y − E − J) ÷ 12 ÷ N < B × 200%", "(Y − E) ÷ 12 ÷ N < B", "C > Y × 80%", "有变化", "不变", "2020-01-01", "省总工会通知")
	s.As(sample.Admin).In(words.English).Get(proposal.Path).Says("Rule of judgement: Severe", "Before and after", "Changed", "Same").SaysNot("⟦")
	run(t, s)
	again := s.As(sample.Admin).Get(proposal.Path).Says("没有户的类别会变化").Press("重新试算").Is(http.StatusOK).Says("正在排队")
	again.Press("撤回").Is(http.StatusUnprocessableEntity)
	again.Press("撤回", webtest.Fill{"理由": "数字抄错"}).Is(http.StatusOK).Says("未采用", "数字抄错").SaysNot("重新试算")
	s.As(sample.Clerk).Get(trialpage.RulePath).Is(http.StatusForbidden)
}
