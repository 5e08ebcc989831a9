package grantweb_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/fund"
	"bangfu/internal/grant/grantweb"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// centre is a site of its own database with one active file and money for it.
type centre struct {
	*webtest.Site
	db   *pgtest.Database
	file casefile.File
}

func newCentre(t *testing.T) centre {
	t.Helper()
	db := pgtest.DB(t)
	c := centre{Site: webtest.On(t, db.App, grantweb.Routes), db: db}
	c.Set(work.System("test"), func(u *work.Unit) {
		sample.Centre(t, u)
		c.file = sample.File(t, u, casefile.Active)
	})
	c.Set(sample.Accountant, func(u *work.Unit) {
		for _, purpose := range []fund.Purpose{fund.Living, fund.Medical} {
			id, err := fund.Open(t.Context(), u, fund.City, purpose, 2026)
			if err == nil {
				_, err = fund.Receive(t.Context(), u, id, fund.Receipt{Amount: 10_000_000, On: u.Today(), Paper: "拨款单 1 号"})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	return c
}

func (c centre) new() string { return fmt.Sprintf("/files/%d/grants/new", c.file.ID) }

// apply files an application for living aid and gives its address.
func (c centre) apply(amount string) string {
	c.T.Helper()
	page := c.As(sample.Clerk).Get(c.new()+"?programme=living").Is(http.StatusOK).
		Press("检查", webtest.Fill{"申请理由": "住院期间没有收入", "申请金额": amount}).Is(http.StatusOK).
		Press("提交申请").Is(http.StatusOK).Says("申请已提交")
	return page.Path
}

// rows gives one line of what a query finds.
func (c centre) rows(sql string) string {
	c.T.Helper()
	row, err := c.db.Owner.Query(context.Background(), sql)
	if err != nil {
		c.T.Fatal(err)
	}
	found, err := pgx.CollectExactlyOneRow(row, func(r pgx.CollectableRow) (string, error) {
		values, err := r.Values()
		return fmt.Sprint(values...), err
	})
	if err != nil {
		c.T.Fatal(err)
	}
	return found
}

// The whole way of one illness case through its pages, each by the person whose page it is.
func TestTheWayThroughThePages(t *testing.T) {
	c := newCentre(t)
	clerk := c.As(sample.Clerk)
	clerk.Get(c.new()).Is(http.StatusOK).Says("生活救助", "大病救助", "灾害救助", "本户的致困原因不在救助范围")
	page := clerk.Get(c.new()+"?programme=illness").Is(http.StatusOK).
		Press("检查", webtest.Fill{"医保报销后个人自付金额": "12,345.67", "申请理由": "肾病透析", "申请金额": "1234.58"}).
		Is(http.StatusUnprocessableEntity).Says("1,234.58 元超过了最高限额 1,234.57 元", "错误：")
	page = page.Press("检查", webtest.Fill{"申请金额": "1234.57"}).Is(http.StatusOK).
		Says("提交前检查", "12,345.67 × 10% = 1,234.57 元", "办公室审核 → 领导组研究 → 委员会研究 → 组长签批", "肾病透析")
	page = page.Press("返回修改").Is(http.StatusOK).Press("检查").Is(http.StatusOK)
	page = page.Press("提交申请").Is(http.StatusOK).Says("申请已提交", "¥1,234.57", "领导组和委员会")
	address := page.Path

	c.As(sample.Officer).Get("/grants").Is(http.StatusOK).Says("王建国", "大病救助", "1,234.57").
		Link("王建国").Says("从哪个账户支付").
		Press("审核通过", webtest.Fill{"意见": "材料齐全"}).Is(http.StatusOK).Says("审核已通过", "材料齐全")
	c.As(sample.GroupMember).Get("/grants").Link("王建国").SaysNot("签批同时预留资金").Press("同意", webtest.Fill{"意见": "情况属实"}).Says("您的表决已记录")
	c.As(sample.GroupMember2).Get(address).Says("到会 1 人：同意 1").Press("同意", webtest.Fill{"意见": "同意"}).Says("表决已通过")
	for _, member := range []work.Actor{sample.Chair, sample.Committee} {
		c.As(member).Get(address).Press("同意", webtest.Fill{"意见": "同意"}).Is(http.StatusOK)
	}
	c.As(sample.GroupHead).Get("/grants").Link("王建国").Says("签批同时预留资金").Press("签批", webtest.Fill{"意见": "同意发放"}).Is(http.StatusOK).Says("已签批", "已批准")
	c.As(sample.GroupHead).Get("/grants").Says("没有等您处理的申请")
	c.As(sample.GroupHead).Get("/grants?list=done").Says("王建国", "已批准")
	c.As(sample.Clerk).Get(address+"/print").Is(http.StatusOK).Says("壹仟贰佰叁拾肆元伍角柒分", "情况属实")
	if got := c.rows(`SELECT count(*), min(state) FROM payment_payable`); got != "1ready" {
		t.Errorf("payables: %s", got)
	}
}

// Too little self-paid is no error: a page with the reason in figures, and nothing is filed.
func TestNotEligibleIsAPage(t *testing.T) {
	c := newCentre(t)
	page := c.As(sample.Clerk).Get(c.new()+"?programme=illness").
		Press("检查", webtest.Fill{"医保报销后个人自付金额": "4999.99", "申请理由": "肾病透析", "申请金额": "499.99"}).
		Is(http.StatusOK).Says("不符合大病救助条件", "个人自付 4,999.99 元，低于 5,000.00 元", "生活救助").SaysNot("错误：")
	page.Link("申请生活救助").Is(http.StatusOK).Says("申请生活救助")
	if got := c.rows(`SELECT count(*) FROM grant_application`); got != "0" {
		t.Errorf("%s applications", got)
	}
}

func TestReturnedAndCorrected(t *testing.T) {
	c := newCentre(t)
	address := c.apply("400")
	page := c.As(sample.Officer).Get(address)
	page.Press("退回修改").Is(http.StatusUnprocessableEntity).Says("请填写意见")
	page.Press("退回修改", webtest.Fill{"意见": "请写明费用"}).Is(http.StatusOK).Says("已退回经办人补正")
	page = c.As(sample.Clerk).Get("/grants").Says("退回补正").Link("王建国").Link("补正并重新提交").Is(http.StatusOK).
		Says("退回意见：请写明费用", "住院期间没有收入")
	page = page.Press("检查", webtest.Fill{"申请理由": "住院 30 天，自费 8,000 元"}).Press("重新提交申请").Is(http.StatusOK).
		Says("开始新一轮审批", "第 2 轮")
	page.Press("撤回申请", webtest.Fill{"撤回原因": "家属要求"}).Is(http.StatusOK).Says("申请已撤回", "已撤回")
}

func TestTheHeadSetsTheAmountOnThePage(t *testing.T) {
	c := newCentre(t)
	address := c.apply("1200")
	c.As(sample.Officer).Get(address).Press("审核通过", webtest.Fill{"意见": "同意"}).Is(http.StatusOK)
	head := c.As(sample.GroupHead)
	head.Get(address).Press("核定金额", webtest.Fill{"amount": "5000.01", "核定理由": "x"}).Is(http.StatusUnprocessableEntity).
		Says("5,000.00")
	head.Get(address).Press("核定金额", webtest.Fill{"amount": "450", "核定理由": "家庭另有补助"}).Is(http.StatusOK).
		Says("金额已核定", "¥450.00", "家庭另有补助")
	head.Get(address).Press("签批", webtest.Fill{"意见": "同意"}).Is(http.StatusOK).Says("已签批")
}

// A meeting goes through the agenda case by case.
func TestAMeeting(t *testing.T) {
	c := newCentre(t)
	for _, amount := range []string{"600", "350", "120"} {
		address := c.apply(amount)
		c.As(sample.Officer).Get(address).Press("审核通过", webtest.Fill{"意见": "同意"}).Is(http.StatusOK)
	}
	member := c.As(sample.GroupMember)
	page := member.Get("/grants").Link("困难职工帮扶领导组议程").Is(http.StatusOK).Says("马骏", "组长（主任）", "到会 0／3")
	page = page.Link("逐件审议").Is(http.StatusOK).Says("¥600.00")
	page = page.Press("同意", webtest.Fill{"意见": "同意"}).Is(http.StatusOK).Says("您的表决已记录", "¥350.00", "拆分疑似")
	page.Press("不同意", webtest.Fill{"意见": "重复"}).Is(http.StatusOK).Says("议程", "您已表决")
	c.As(sample.Chair).Get(fmt.Sprintf("/grants/meetings/%d", sample.GroupID)).Is(http.StatusNotFound)
	c.As(sample.Clerk).Get(fmt.Sprintf("/grants/meetings/%d", sample.GroupID)).Is(http.StatusForbidden)
}

// What a stale page sends is refused on the page as it stands by then.
func TestAStalePage(t *testing.T) {
	c := newCentre(t)
	address := c.apply("400")
	first, second := c.As(sample.Officer).Get(address), c.As(sample.Officer).Get(address)
	first.Press("不予批准", webtest.Fill{"意见": "不属实"}).Is(http.StatusOK).Says("已决定不予批准")
	second.Press("审核通过", webtest.Fill{"意见": "同意"}).Is(http.StatusUnprocessableEntity).Says("申请现在是“未批准”，不能“审核通过”")
}

// The same form fifty times has one effect and always the same answer.
func TestTheSameFormManyTimes(t *testing.T) {
	c := newCentre(t)
	address := c.apply("400")
	officer := c.As(sample.Officer)
	page := officer.Get(address)
	for range 50 {
		page.Press("审核通过", webtest.Fill{"意见": "同意"}).Is(http.StatusOK).Says("组长签批")
	}
	if got := c.rows(`SELECT count(*) FROM grant_decision`); got != "1" {
		t.Errorf("%s decisions", got)
	}
}

func TestBadForms(t *testing.T) {
	c := newCentre(t)
	address := c.apply("400")
	for name, test := range map[string]struct {
		path string
		form url.Values
		code int
	}{
		"an act of another step":  {"/review", url.Values{"act": {"sign"}, "account": {"1"}, "opinion": {"x"}}, 422},
		"no act":                  {"/review", url.Values{"opinion": {"x"}}, 422},
		"an account of nobody":    {"/review", url.Values{"act": {"review"}, "opinion": {"x"}, "account": {"99"}}, 422},
		"an unknown field":        {"/review", url.Values{"act": {"return"}, "account": {"1"}, "opinion": {"x"}, "state": {"approved"}}, 422},
		"NUL in the opinion":      {"/review", url.Values{"act": {"return"}, "account": {"1"}, "opinion": {"a\x00b"}}, 422},
		"a vote by an officer":    {"/votes", url.Values{"act": {"approve"}, "opinion": {"x"}}, 403},
		"an amount by an officer": {"/amount", url.Values{"amount": {"1"}, "amount_opinion": {"x"}}, 403},
	} {
		t.Run(name, func(t *testing.T) {
			officer := c.As(sample.Officer)
			given := officer.Get(address).Request("审核通过", nil)
			if err := given.ParseForm(); err != nil {
				t.Fatal(err)
			}
			test.form.Set(form.KeyName, given.PostForm.Get(form.KeyName))
			r := httptest.NewRequest(http.MethodPost, address+test.path, strings.NewReader(test.form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			officer.Send(r).Is(test.code)
		})
	}
	for _, amount := range []string{"-1", "0", "1.234", "abc", "1000000000000000", "12,34"} {
		c.As(sample.Clerk).Get(c.new()+"?programme=living").Press("检查", webtest.Fill{"申请理由": "理由", "申请金额": amount}).
			Is(http.StatusUnprocessableEntity)
	}
	if got := c.rows(`SELECT count(*) FROM grant_decision`) + c.rows(`SELECT count(*) FROM grant_application`); got != "01" {
		t.Errorf("decisions and applications: %s", got)
	}
}

// Another county's people find nothing, whatever they may do at home.
func TestOutsideTheScope(t *testing.T) {
	c := newCentre(t)
	address := c.apply("400")
	c.As(sample.SiblingClerk).Get(address).Is(http.StatusNotFound)
	c.As(sample.SiblingClerk).Get(c.new()).Is(http.StatusNotFound)
	c.As(sample.SiblingClerk).Get("/grants?list=all").Is(http.StatusOK).SaysNot("王建国")
	c.As(sample.ProvinceAuditor).Get("/grants?list=all").Is(http.StatusOK).Says("王建国")
	c.As(sample.Admin).Get(address).Is(http.StatusForbidden)
}

// Aid follows the file: without an active one there is no form.
func TestAFileFirst(t *testing.T) {
	c := newCentre(t)
	var id work.FileID
	c.Set(work.System("test"), func(u *work.Unit) { id = sample.File(t, u, casefile.Judged).ID })
	c.As(sample.Clerk).Get(fmt.Sprintf("/files/%d/grants/new", id)).Is(http.StatusUnprocessableEntity).Says("先建档、后帮扶")
}

func TestInEnglish(t *testing.T) {
	c := newCentre(t)
	address := c.apply("400")
	c.As(sample.Officer).In(words.English).Get(address).Is(http.StatusOK).
		Says("Application for Living aid", "Office review", "Pass the review", "Serious illness").SaysNot("⟦")
	c.As(sample.Officer).In(words.English).Get(address+"/print").Is(http.StatusOK).Says("患重特大疾病", "it is not printed").SaysNot("⟦")
}
