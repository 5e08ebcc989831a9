package referralweb_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/referral"
	"bangfu/internal/referral/referralweb"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// open is a site with one active file.
func open(t *testing.T) (*webtest.Site, casefile.File) {
	t.Helper()
	site := webtest.New(t, referralweb.Routes)
	site.Kit.Keys = sample.Keys()
	var f casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, casefile.Active) })
	return site, f
}

// keeps fails the test unless a box of the page holds a value.
func keeps(t *testing.T, page *webtest.Page, value string) {
	t.Helper()
	if !strings.Contains(string(page.Body), `value="`+value+`"`) {
		t.Errorf("%s: no box holds %q", page.Path, value)
	}
}

func TestAReferralFromTheFormToTheEnd(t *testing.T) {
	site, f := open(t)
	clerk := site.As(sample.Clerk)
	kinds := clerk.Get(fmt.Sprintf("/files/%d/referrals/new", f.ID)).Is(http.StatusOK).Says("最低生活保障", "拖欠工资", "劳动保障监察大队")
	form := kinds.Link("最低生活保障").Is(http.StatusOK)
	keeps(t, form, "民政局（社会救助科）")
	wrong := form.Press("保存为草稿", webtest.Fill{"线索来源": "入户发现", "转介理由": "穷", "联系电话": "12"})
	wrong.Is(http.StatusUnprocessableEntity).Says("错误：", "转介理由至少", "联系电话")
	record := wrong.Press("保存为草稿", webtest.Fill{"转介理由": "人均收入低于低保标准", "联系电话": "0879-2000100"})
	record.Is(http.StatusOK).Says("转介已起草", "草稿", "王建国", "户主身份证", "0879-2000100")
	record.SaysNot("打印转介函")
	clerk.Get(record.Path + "/letter").Is(http.StatusUnprocessableEntity).Says("送出编号后才能打印")

	send := record.Link("送出").Is(http.StatusOK)
	send.Press("送出", webtest.Fill{"职工签字同意日期": ""}).Is(http.StatusUnprocessableEntity).Says("职工签字同意日期")
	record = send.Press("送出", webtest.Fill{"职工签字同意日期": "2026-11-22"}).Is(http.StatusOK).Says("QSX转〔2026〕1号", "已送出", "2026-12-22")
	letter := record.Link("打印转介函").Is(http.StatusOK)
	letter.Says("困难职工转介函", "第一联", "第二联", "回执", "民政局（社会救助科）", "人均收入低于低保标准", "户口簿")
	letter.SaysNot("13908790001", "6228480402564890018")

	answer := record.Link("登记答复").Is(http.StatusOK)
	wrong = answer.Press("登记答复", webtest.Fill{"对方的答复": "已落实", "每月金额": "420"})
	wrong.Is(http.StatusUnprocessableEntity).Says("有每月金额时须填写起发日期")
	keeps(t, wrong, "420")
	record = wrong.Press("登记答复", webtest.Fill{"起发日期": "2026-12-01", "下次跟进日期": "2026-12-10"}).Is(http.StatusOK)
	record.Says("已落实", "420.00", "低保金全年为 5,040.00 元")
	record = record.Link("记录跟进").Press("保存跟进", webtest.Fill{"跟进情况": "首月已到账"}).Is(http.StatusOK).Says("首月已到账")
	record = record.Link("办结或撤回").Press("确认", webtest.Fill{"办结或撤回的理由": "按月发放"}).Is(http.StatusOK).Says("已办结")
	record.SaysNot("登记答复")
	clerk.Get(record.Path + "/answer").Is(http.StatusUnprocessableEntity).Says("这一步现在不能办理")
	site.As(sample.SiblingClerk).Get(record.Path).Is(http.StatusNotFound)
	site.As(sample.Supervisor).Get(record.Path + "/answer").Is(http.StatusForbidden)
}

func TestALetterThatCameBackIsWrittenAnew(t *testing.T) {
	site, f := open(t)
	clerk := site.As(sample.Clerk)
	record := clerk.Get(fmt.Sprintf("/files/%d/referrals/new?kind=wage_arrears", f.ID)).
		Press("保存为草稿", webtest.Fill{"线索来源": "来访反映", "转介理由": "拖欠三个月工资", "拖欠或欠缴金额": "18600", "拖欠或欠缴起始日": "2026-08-01"})
	record = record.Is(http.StatusOK).Says("18,600.00").Link("送出").Press("送出", webtest.Fill{"职工签字同意日期": "2026-11-22"}).Is(http.StatusOK)
	record = record.Link("登记答复").Press("登记答复", webtest.Fill{"对方的答复": "退回补材料", "说明": "缺工资条"}).Is(http.StatusOK).Says("退回补材料", "缺工资条")
	edit := record.Link("修改转介函").Is(http.StatusOK)
	keeps(t, edit, "18600.00")
	edit.Press("保存转介函", webtest.Fill{"转介理由": "拖欠四个月工资"}).Is(http.StatusOK).Says("转介函已修改", "拖欠四个月工资")
	edit.Press("保存转介函", webtest.Fill{"转介理由": "另一个人同时改"}).Is(http.StatusConflict)
}

func TestTheUncoveredAreReferredTogether(t *testing.T) {
	site, f := open(t)
	var other casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) { other = sample.File(t, u, casefile.Active) })
	clerk := site.As(sample.Clerk)
	list := clerk.Get("/referrals/uncovered").Is(http.StatusOK).Says("王建国", "666.67", "500.00", "700.00", "收入低于标准", "共 2 条")
	list.Press("转介所选家庭").Is(http.StatusUnprocessableEntity).Says("错误：", "请至少选择一户", "王建国", "转介所选家庭")
	check := list.Press("转介所选家庭", webtest.Fill{"file": fmt.Sprint(f.ID)}).Is(http.StatusOK).Says("为 1 户起草低保转介", "还没有起草")
	site.As(sample.Supervisor).Get("/referrals/uncovered").Is(http.StatusOK).SaysNot("转介所选家庭")
	check.Press("起草 1 件转介", webtest.Fill{"受理部门": ""}).Is(http.StatusUnprocessableEntity).Says("受理部门")
	drafts := check.Press("起草 1 件转介").Is(http.StatusOK).Says("已起草 1 件转介", "民政局（社会救助科）")
	drafts.Link("应保未保").Is(http.StatusOK).Says("共 1 条")
	again := list.Press("转介所选家庭", webtest.Fill{"file": fmt.Sprint(f.ID)})
	again.Is(http.StatusUnprocessableEntity).Says("已不在应保未保清单上")
	site.Set(sample.Clerk, func(u *work.Unit) {
		if _, err := referral.BeginMany(t.Context(), u, []work.FileID{other.ID}, referral.Letter{Office: "民政局", Reason: "应保尽保"}); err != nil {
			t.Fatal(err)
		}
	})
	clerk.Get("/referrals/uncovered").Says("没有应保未保的家庭")
}

func TestTheReport(t *testing.T) {
	site, f := open(t)
	clerk := site.As(sample.Clerk)
	clerk.Get(fmt.Sprintf("/files/%d/referrals/new?kind=housing", f.ID)).
		Press("保存为草稿", webtest.Fill{"线索来源": "职工申请", "转介理由": "无房"}).
		Link("送出").Press("送出", webtest.Fill{"职工签字同意日期": "2026-11-22"}).Is(http.StatusOK)
	page := clerk.Get("/referrals/summary").Is(http.StatusOK).Says("住房救助（公租房优先）", "合计")
	report := page.Link("打印报告").Is(http.StatusOK).Says("困难职工转介社会救助情况报告", "2026年1月1日", "仍有 1 户", "纳入当地社会救助保障范围")
	report.SaysNot("王建国")
	clerk.Get("/referrals/summary?from=2026-11-23&until=2026-11-30").Is(http.StatusOK).Says("这段时间没有送出的转介")
	clerk.Get("/referrals?view=nonesuch").Is(http.StatusNotFound)
}

func TestEnglish(t *testing.T) {
	site, f := open(t)
	clerk := site.As(sample.Clerk).In(words.English)
	for _, path := range []string{"/referrals", "/referrals/uncovered", "/referrals/summary", "/referrals/summary/print", fmt.Sprintf("/files/%d/referrals/new?kind=allowance", f.ID)} {
		if page := clerk.Get(path).Is(http.StatusOK); strings.Contains(page.Text(), "⟦") {
			t.Errorf("%s: a word is missing", path)
		}
	}
}
