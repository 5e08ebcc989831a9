package exitweb_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/exit"
	"bangfu/internal/exit/exitweb"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/exitpage"
)

// open is a site with one file in a state. Its files' pages and registrations are only named.
func open(t *testing.T, state casefile.State) (*webtest.Site, *casefile.File) {
	t.Helper()
	f := &casefile.File{}
	site := webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		exitweb.Routes(rs, k)
		panel := exitweb.Panel(k)
		rs.Get("/panel", staff.CapDesk, func(w http.ResponseWriter, r *http.Request) error {
			now, err := casefile.Find(r.Context(), k.DB, work.Everywhere, f.ID)
			if err != nil {
				return err
			}
			part, err := panel(r, now)
			if err != nil || part == nil {
				return errors.Join(err, work.ErrNotFound)
			}
			return k.Render(w, r, http.StatusOK, part)
		})
	})
	site.Kit.Keys = sample.Keys()
	site.Set(sample.Clerk, func(u *work.Unit) { *f = sample.File(t, u, state) })
	return site, f
}

// months fills the six months that end in October 2026.
func months(yuan string) webtest.Fill {
	fill := webtest.Fill{}
	for month := 5; month <= 10; month++ {
		fill[fmt.Sprintf("income_2026%02d", month)] = yuan
	}
	return fill
}

// From the file to the proposal, its assessment, the printed notice, the telling and the closing, each by the person whose
// step it is; nothing typed is lost on the way.
func TestAnExitFromTheFileToItsEnd(t *testing.T) {
	site, f := open(t, casefile.Active)
	clerk, supervisor := site.As(sample.Clerk2), site.As(sample.Supervisor)
	reasons := clerk.Get("/panel").Says("没有提出过退出").Link("提出退出").Is(http.StatusOK).Says("脱困", "连续若干个月", "信息不实")
	form := reasons.Link("脱困").Is(http.StatusOK).Says("2026-05 家庭总收入", "高于低保标准的 100%")
	fill := webtest.Fill{"事实和理由": "配偶重新就业", "建档申请审批表": "yes"}
	page := form.Press("提交审核", fill, months("2100.00"))
	page.Is(http.StatusUnprocessableEntity).Says("错误：", "2026-05 的人均收入 700.00 元，没有高于界限 700.00 元", "配偶重新就业")
	page = page.Press("提交审核", months("2100.03")).Is(http.StatusOK).Says("退出已提出", "700.01", "高于", "待审核").SaysNot("审核结论")
	list := supervisor.Get("/exits").Is(http.StatusOK).Says("王建国", f.Number, "脱困")
	assess := list.Link("王建国").Is(http.StatusOK)
	assess.Press("审核", webtest.Fill{"审核结论": "同意退出"}).Is(http.StatusUnprocessableEntity).Says("请填写审核意见")
	assess.Press("审核", webtest.Fill{"审核结论": "同意退出", "审核意见": "情况属实"}).Is(http.StatusOK).Says("审核已记录", "待告知")
	page = clerk.Get(page.Path).Is(http.StatusOK).Says("请告知职工本人").SaysNot("撤档后不能再申请救助")
	page.Link("打印告知书").Is(http.StatusOK).Says("困难职工档案退出告知书", "王建国：", "700.01", "可以重新申请", "0879-2100001").SaysNot("530000")
	page.Press("记录告知", webtest.Fill{"告知日期": "2026-11-23", "告知方式": "上门送达", "签收人": "李秀兰"}).Is(http.StatusUnprocessableEntity).Says("告知日期不能晚于 2026-11-22")
	page.Press("记录告知", webtest.Fill{"告知方式": "上门送达", "签收人": "李秀兰"}).Is(http.StatusOK).Says("告知已记录", "上门送达", "李秀兰")
	supervisor.Get(page.Path).Press("撤档").Is(http.StatusOK).Says("已撤档", "2027-02-22", "2027-05-22", "2027-11-22")
	supervisor.Get("/exits?list=left").Is(http.StatusOK).Says("王建国")
	if got, err := casefile.Find(t.Context(), site.Kit.DB, sample.Everywhere, f.ID); err != nil || got.State != casefile.Closed {
		t.Errorf("%+v, %v", got, err)
	}
}

// The callback of a closed file, a relapse found by it, and the new registration with the people of the old file.
func TestACallbackAndARelapse(t *testing.T) {
	site, f := open(t, casefile.Closed)
	clerk := site.As(sample.Clerk3)
	clerk.Get("/exits/callbacks").Is(http.StatusOK).Says("没有到期的回访")
	site.Now = site.Now.AddDate(0, 2, 8) // 2027-01-30: due on 2027-02-22, within thirty days
	clerk = site.As(sample.Clerk3)
	form := clerk.Get("/exits/callbacks").Is(http.StatusOK).Says("2027-02-22", "脱困").SaysNot("2027-05-22").Link("王建国").Is(http.StatusOK)
	people, err := casefile.People(t.Context(), site.Kit.DB, site.Kit.Keys, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	if form.Says("139****0001"); !slices.Contains(form.Links(), exitpage.NumberPath(f.ID, people[0].ID)) {
		t.Errorf("who calls does not get to the phone: %v", form.Links())
	}
	form.Press("记录回访", webtest.Fill{"方式": "电话", "结果": "返困"}).Is(http.StatusUnprocessableEntity).Says("请说明情况")
	done := form.Press("记录回访", webtest.Fill{"方式": "电话", "结果": "返困", "说明": "户主失业"}).Is(http.StatusOK).Says("回访已记录", "回访发现返困")
	again := clerk.Send(done.Request("返困，重新登记", nil))
	to := again.Header.Get("Location")
	if again.Code != http.StatusSeeOther || !strings.HasSuffix(to, "/registration") {
		t.Fatalf("%d to %q", again.Code, to)
	}
	fresh, err := casefile.Find(t.Context(), site.Kit.DB, sample.Everywhere, work.FileID(webtest.ID(t, to, "files")))
	if err != nil || fresh.RelapseOf != f.ID || fresh.People != 3 || fresh.HeadName != "王建国" || fresh.State != casefile.Draft || fresh.Number != "" {
		t.Errorf("%+v, %v", fresh, err)
	}
	clerk.Get("/panel").Says("返困，重新登记", "新档案").SaysNot("没有提出过退出")
	clerk.Get(done.Path).SaysNot("回访发现返困")
	clerk.Get("/exits/callbacks").SaysNot("王建国")
}

// False information is claimed back grant by grant, and the accountant books what comes back.
func TestARecovery(t *testing.T) {
	site, f := open(t, casefile.Active)
	clerk := site.As(sample.Clerk2)
	clerk.Get(exitpage.ReasonPath(f.ID, exit.False)).Is(http.StatusOK).Says("没有需要追回的款项").
		Press("提交审核", webtest.Fill{"事实和理由": "收入不实"}).Is(http.StatusUnprocessableEntity).Says("请选择依据的材料")
	site.Set(sample.Clerk, func(u *work.Unit) { pay(t, u, *f) })
	form := clerk.Get(exitpage.ReasonPath(f.ID, exit.False)).Is(http.StatusOK).Says("追回金额")
	fill := webtest.Fill{"事实和理由": "收入不实", "建档申请审批表": "yes"}
	form.Press("提交审核", fill, webtest.Fill{"生活救助": "400.01"}).Is(http.StatusUnprocessableEntity).Says("不能超过 400.00 元")
	page := form.Press("提交审核", fill, webtest.Fill{"生活救助": "300"}).Is(http.StatusOK).Says("生活救助", "400.00", "300.00")
	supervisor := site.As(sample.Supervisor)
	supervisor.Get(page.Path).Press("审核", webtest.Fill{"审核结论": "同意退出", "审核意见": "属实"}).Is(http.StatusOK)
	clerk.Get(page.Path).Press("记录告知", webtest.Fill{"告知方式": "邮寄", "签收人": "王建国"}).Is(http.StatusOK).Link("打印告知书").Says("须退回 300.00 元")
	accountant := site.As(sample.Accountant)
	accountant.Get("/exits/recoveries").Is(http.StatusOK).Says("没有需要追回的款项")
	supervisor.Get(page.Path).Press("撤档").Is(http.StatusOK)
	claim := accountant.Get("/exits/recoveries").Says("300.00", "未结清").Link("王建国").Is(http.StatusOK)
	claim.Press("登记追回款", webtest.Fill{"追回金额": "300.01", "票据": "收据 1 号"}).Is(http.StatusUnprocessableEntity).Says("追回金额不能超过 300.00 元")
	claim = claim.Press("登记追回款", webtest.Fill{"追回金额": "120", "票据": "收据 1 号"}).Is(http.StatusOK).Says("追回款已登记", "180.00", "未结清")
	claim.Press("登记追回款", webtest.Fill{"追回金额": "180", "票据": "收据 2 号"}).Is(http.StatusOK).Says("已结清").SaysNot("登记追回款")
	site.As(sample.Auditor).Get(claim.Path).Is(http.StatusOK).Says("收据 2 号")
	site.As(sample.Cashier).Get("/exits/recoveries").Is(http.StatusForbidden)
	accountant.Get("/exits").Is(http.StatusForbidden)
}

// A receipt that was booked wrongly is taken back by the other accountant, with its reason; both stay to be read.
func TestAReceiptIsTakenBack(t *testing.T) {
	site, f := open(t, casefile.Active)
	site.Set(sample.Clerk, func(u *work.Unit) {
		pay(t, u, *f)
		papers, err := casefile.EvidenceOf(t.Context(), u, f.ID)
		must(t, err)
		paid, err := exit.PaidTo(t.Context(), u, f.ID)
		must(t, err)
		u.By = sample.Clerk2
		id, err := exit.Propose(t.Context(), u, f.ID, exit.Proposal{Reason: exit.False, Grounds: "收入不实", Papers: []casefile.EvidenceID{papers[0].ID},
			Claims: []exit.Claim{{Payable: paid[0].Payable, Amount: money.Yuan(400)}}})
		must(t, err)
		u.By = sample.Supervisor
		must(t, exit.Assess(t.Context(), u, id, true, "属实"))
		u.By = sample.Clerk2
		must(t, exit.Tell(t.Context(), u, id, exit.Telling{On: u.Today(), How: "post", Whom: "王建国"}))
		u.By = sample.Supervisor
		must(t, exit.Close(t.Context(), u, id))
	})
	first, second := site.As(sample.Accountant), site.As(sample.Accountant2)
	claim := first.Get("/exits/recoveries").Link("王建国").Is(http.StatusOK)
	claim = claim.Press("登记追回款", webtest.Fill{"追回金额": "120", "票据": "收据 1 号"}).Is(http.StatusOK).Says("2026 年市级财政 · 生活救助", "280.00").SaysNot("冲正")
	form := second.Get(claim.Path).Is(http.StatusOK).Link("冲正").Is(http.StatusOK).Says("未追回金额增加 ¥120.00", "收据 1 号", "壹佰贰拾元整")
	first.Get(form.Path).Is(http.StatusUnprocessableEntity).Says("不能冲正自己登记的")
	form.Press("确认冲正", nil).Is(http.StatusUnprocessableEntity).Says("请填写冲正原因")
	done := form.Press("确认冲正", webtest.Fill{"冲正原因": "录到了别人的名下"}).Is(http.StatusOK).Says("已冲正", "400.00", "录到了别人的名下", sample.Accountant2.Name, "未结清")
	second.Get(form.Path).Is(http.StatusUnprocessableEntity).Says("已经冲正")
	first.In(words.English).Get(done.Path).Is(http.StatusOK).Says("Taken back")
	site.As(sample.Auditor).Get(form.Path).Is(http.StatusForbidden)
}

// Whoever closes a file sees what the closing ends: a grant that finance refused goes back to its fund.
func TestAClosingSaysWhatItEnds(t *testing.T) {
	site, f := open(t, casefile.Active)
	var id exit.ID
	site.Set(sample.Clerk, func(u *work.Unit) {
		payable := sample.Award(t, u, *f, sample.Fund(t, u, money.Yuan(1000)), money.Yuan(400))
		u.By = sample.Accountant
		must(t, payment.Decide(t.Context(), u, payable, payment.ActRefuse, "签领表缺签字"))
		papers, err := casefile.EvidenceOf(t.Context(), u, f.ID)
		must(t, err)
		u.By = sample.Clerk2
		id, err = exit.Propose(t.Context(), u, f.ID, exit.Proposal{Reason: "died", Grounds: "因病去世", HappenedOn: u.Today().Add(-3), Papers: []casefile.EvidenceID{papers[0].ID}})
		must(t, err)
		u.By = sample.Supervisor
		must(t, exit.Assess(t.Context(), u, id, true, "属实"))
		u.By = sample.Clerk2
		must(t, exit.Tell(t.Context(), u, id, exit.Telling{On: u.Today(), How: "home", Whom: "李秀兰"}))
	})
	page := site.As(sample.Supervisor).Get(exitpage.Path(id)).Is(http.StatusOK).Says("有 1 笔救助被拒付或退票", "400.00", "签领表缺签字", "2026 年市级财政 · 生活救助")
	site.As(sample.Clerk2).Get(exitpage.Path(id)).Is(http.StatusOK).SaysNot("被拒付或退票")
	page.Press("撤档").Is(http.StatusOK).Says("已撤档").SaysNot("被拒付或退票")
	site.Set(sample.Accountant, func(u *work.Unit) {
		all, err := payment.OfFile(t.Context(), u, u.By, f.ID)
		if err != nil || len(all) != 1 || all[0].State != payment.Revoked {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// pay lets the bank pay 400.00 of living aid to the household.
func pay(t *testing.T, u *work.Unit, f casefile.File) {
	t.Helper()
	payable := sample.Award(t, u, f, sample.Fund(t, u, money.Yuan(1000)), money.Yuan(400))
	u.By = sample.Cashier
	batch, err := payment.Make(t.Context(), u, []payment.PayableID{payable}, 1)
	u.By = sample.Accountant2
	err = errors.Join(err, payment.Release(t.Context(), u, sample.Keys(), batch))
	u.By = sample.Cashier
	_, file, opened := payment.Download(t.Context(), u, sample.Keys(), batch)
	if err = errors.Join(err, opened); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(file)), "\r\n")
	if _, err := payment.Answer(t.Context(), u, sample.Keys(), batch, []byte(lines[0]+",结果,失败原因\r\n"+lines[1]+",成功,\r\n")); err != nil {
		t.Fatal(err)
	}
}

func TestWithdrawAndRevoke(t *testing.T) {
	site, f := open(t, casefile.Active)
	clerk := site.As(sample.Clerk2)
	propose := func() *webtest.Page {
		form := clerk.Get(exitpage.ReasonPath(f.ID, "moved")).Is(http.StatusOK)
		form.Press("提交审核", webtest.Fill{"事实和理由": "迁出", "建档申请审批表": "yes", "发生日期": "2026-11-23"}).Is(http.StatusUnprocessableEntity).Says("发生日期不能晚于 2026-11-22")
		return form.Press("提交审核", webtest.Fill{"事实和理由": "迁出", "建档申请审批表": "yes", "发生日期": "2026-11-01"}).Is(http.StatusOK)
	}
	propose().Press("撤回").Is(http.StatusOK).Says("退出已撤回", "已撤回")
	page := propose()
	site.As(sample.Supervisor).Get(page.Path).Press("审核", webtest.Fill{"审核结论": "同意退出", "审核意见": "同意"}).Is(http.StatusOK).
		Press("取消退出", webtest.Fill{"取消的原因": "本人并未迁出"}).Is(http.StatusOK).Says("退出已取消", "本人并未迁出", "不同意")
	clerk.Get("/exits?list=not").Says("王建国")
}

func TestWhoMay(t *testing.T) {
	site, f := open(t, casefile.Active)
	path := exitpage.ProposePath(f.ID)
	for name, test := range map[string]struct {
		by   work.Actor
		code int
	}{
		"a caseworker of the office":   {sample.Clerk3, http.StatusOK},
		"a caseworker of another":      {sample.SiblingClerk, http.StatusNotFound},
		"a caseworker of a unit below": {sample.UnitClerk, http.StatusNotFound},
		"a supervisor":                 {sample.Supervisor, http.StatusForbidden},
		"the auditor":                  {sample.Auditor, http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) { site.As(test.by).Get(path).Is(test.code) })
	}
	for _, nowhere := range []string{"/exits?list=nonesuch", "/exits?below=x", "/exits?below=-1", "/exits/callbacks?after=x", "/exits/callbacks?after=2026-11-22.0", "/exits/999999", "/exits/recoveries?below=0"} {
		site.As(sample.Clerk).Get(nowhere).Is(http.StatusNotFound)
	}
}

// The same proposal sent twice is one; the panel offers no second.
func TestTheSameFormTwiceIsOneExit(t *testing.T) {
	site, f := open(t, casefile.Active)
	clerk := site.As(sample.Clerk2)
	form := clerk.Get(exitpage.ReasonPath(f.ID, "misjudged"))
	fill := webtest.Fill{"事实和理由": "复核不符", "建档申请审批表": "yes"}
	first := clerk.Send(form.Request("提交审核", nil, fill))
	second := clerk.Send(form.Request("提交审核", nil, fill))
	if first.Code != http.StatusSeeOther || second.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("%d to %q, then %d to %q", first.Code, first.Header.Get("Location"), second.Code, second.Header.Get("Location"))
	}
	clerk.Get("/panel").Says("待审核").SaysNot("提出退出")
	clerk.Get(exitpage.ReasonPath(f.ID, "misjudged")).Press("提交审核", fill).Is(http.StatusUnprocessableEntity).Says("已有正在办理的退出")
}

func TestTheDatedRule(t *testing.T) {
	site, f := open(t, casefile.Active)
	form := site.As(sample.Admin).Get("/rules/exits").Is(http.StatusOK).Says("2000-01-01", "100%", "3、6、12")
	fill := webtest.Fill{"连续月数": "3", "高于低保标准": "150", "公示天数": "5", "依据": "县总工会〔2026〕9号"}
	form.Press("增加规则", fill, webtest.Fill{"执行日期": "2026-11-21"}).Is(http.StatusUnprocessableEntity).Says("执行日期不能早于 2026-11-22")
	form.Press("增加规则", fill, webtest.Fill{"执行日期": "2026-11-22", "连续月数": "25"}).Is(http.StatusUnprocessableEntity)
	form.Press("增加规则", fill, webtest.Fill{"执行日期": "2026-11-22"}).Is(http.StatusOK).Says("规则已增加", "150%")
	site.As(sample.Clerk2).Get(exitpage.ReasonPath(f.ID, exit.OutOfHardship)).Says("连续 3 个月", "150%").SaysNot("2026-06 家庭总收入")
	site.As(sample.Clerk).Get("/rules/exits").Is(http.StatusForbidden)
}

// Where the rule asks for a posting, it is a step of the exit, and is done when its last day has passed.
func TestAPostingIsAStep(t *testing.T) {
	site, f := open(t, casefile.Active)
	site.As(sample.Admin).Get("/rules/exits").Press("增加规则", webtest.Fill{"执行日期": "2026-11-22", "连续月数": "6", "高于低保标准": "100", "公示天数": "5",
		"依据": "县总工会〔2026〕9号"}).Is(http.StatusOK)
	clerk := site.As(sample.Clerk2)
	steps := func(page *webtest.Page) string {
		var all []string
		for _, m := range regexp.MustCompile(`<li class="step step-(\w+)"`).FindAllStringSubmatch(string(page.Body), -1) {
			all = append(all, m[1])
		}
		return strings.Join(all, " ")
	}
	is := func(page *webtest.Page, want string) {
		t.Helper()
		if got := steps(page); got != want {
			t.Errorf("the steps are %q, want %q", got, want)
		}
	}
	page := clerk.Get(exitpage.ReasonPath(f.ID, "moved")).Press("提交审核", webtest.Fill{"事实和理由": "迁出", "建档申请审批表": "yes", "发生日期": "2026-11-01"}).Is(http.StatusOK)
	is(page, "done current ahead ahead ahead")
	site.As(sample.Supervisor).Get(page.Path).Press("审核", webtest.Fill{"审核结论": "同意退出", "审核意见": "同意"}).Is(http.StatusOK)
	page = clerk.Get(page.Path)
	is(page, "done done current ahead ahead")
	page = page.Press("记录告知", webtest.Fill{"告知方式": "邮寄", "签收人": "王建国"}).Is(http.StatusOK)
	is(page, "done done current done ahead")
	page = page.Press("记录公示", webtest.Fill{"公示地点": "社区公告栏"}).Is(http.StatusOK).Says("2026-11-22 – 2026-11-27")
	is(page, "done done current done ahead")
	for day, want := range map[int]string{27: "done done current done ahead", 28: "done done done done current"} {
		site.Now = time.Date(2026, 11, day, 4, 0, 0, 0, time.UTC)
		is(site.As(sample.Clerk2).Get(page.Path), want)
	}
}

func TestEnglish(t *testing.T) {
	site, f := open(t, casefile.Active)
	clerk := site.As(sample.Clerk2).In(words.English)
	clerk.Get(exitpage.ReasonPath(f.ID, exit.Eased)).Is(http.StatusOK).Says("Choose the reason").SaysNot("five guarantees", "⟦") // of an accident only
	for _, reason := range []string{exit.OutOfHardship, exit.False, exit.Duplicate, "died"} {
		clerk.Get(exitpage.ReasonPath(f.ID, reason)).Is(http.StatusOK).Says("Hand in for assessment").SaysNot("⟦")
	}
}

// The statement of a period on the page and on paper, with the figures as a report says them, and the way to it.
func TestTheStatementOfAPeriod(t *testing.T) {
	site, _ := open(t, casefile.Active)
	clerk := site.As(sample.Clerk)
	page := clerk.Get("/exits").Is(http.StatusOK).Link("动态调整情况表").Is(http.StatusOK).
		Says("2026-01-01 至 2026-11-22：期初在档困难职工 0 户，新增 1 户，退出 0 户，期末在档 1 户", "提交申请 1 户，经认定符合标准 1 户", "青石县总工会困难职工帮扶中心")
	page.Link("打印情况表").Is(http.StatusOK).Says("动态调整情况表", "期末在档 1 户", "期初在档＋新增", "2026年11月22日").SaysNot("王建国")
	clerk.Get("/exits/statement?from=2026-11-23&until=2026-11-30").Is(http.StatusOK).Says("期初在档困难职工 1 户，新增 0 户")
	clerk.Get("/exits/statement?from=x&until=").Is(http.StatusOK).Says("2026-01-01 至 2026-11-22")
	clerk.Get("/exits/statement?after=x").Is(http.StatusNotFound)
	site.As(sample.SiblingClerk).Get("/exits/statement").Is(http.StatusOK).Says("这段时间没有档案")
	site.As(sample.Admin).Get("/exits/statement").Is(http.StatusForbidden)
	clerk.In(words.English).Get("/exits/statement").Is(http.StatusOK).Says("1 added", "Result of identification")
}

// The letter bears the day of the decision whenever it is printed, and is in Chinese whoever prints it.
func TestTheLetterIsOfTheDayOfTheDecision(t *testing.T) {
	site, f := open(t, casefile.Active)
	page := site.As(sample.Clerk2).Get(exitpage.ReasonPath(f.ID, exit.False)).
		Press("提交审核", webtest.Fill{"事实和理由": "收入不实", "建档申请审批表": "yes"}).Is(http.StatusOK)
	site.As(sample.Supervisor).Get(page.Path).Press("审核", webtest.Fill{"审核结论": "同意退出", "审核意见": "属实"}).Is(http.StatusOK)
	day := []byte(`<p class="seal">2026年11月22日</p>`)
	first := site.As(sample.Clerk2).Get(page.Path).Link("打印告知书").Is(http.StatusOK)
	site.Now = site.Now.AddDate(0, 0, 5)
	english := site.As(sample.Clerk).In(words.English).Get(first.Path)
	for name, letter := range map[string]*webtest.Page{"at once": first, "five days later": site.As(sample.Clerk).Get(first.Path), "by an English reader": english} {
		letter.Is(http.StatusOK).Says("困难职工档案退出告知书", "送达回执")
		if !bytes.Contains(letter.Body, day) {
			t.Errorf("%s: another day than that of the decision", name)
		}
	}
	english.Says("Notice of leaving the register", "it is not printed").SaysNot("⟦")
}
