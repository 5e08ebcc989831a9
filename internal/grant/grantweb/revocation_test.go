package grantweb_test

import (
	"net/http"
	"testing"

	"bangfu/internal/payment"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
)

// An approved grant that finance refused is ended on its page by the head of the group, who signed it, with the reason; its
// money is in the fund again, and the decision stays.
func TestAGrantThatIsNotPaidIsRevoked(t *testing.T) {
	c := newCentre(t)
	path := c.apply("300")
	c.As(sample.Officer).Get(path).Press("审核通过", webtest.Fill{"意见": "材料齐全"}).Is(http.StatusOK)
	c.As(sample.GroupHead).Get(path).Press("签批", webtest.Fill{"意见": "同意"}).Is(http.StatusOK).Says("已签批", "待发放").SaysNot("撤销原因")
	c.Set(sample.Accountant, func(u *work.Unit) {
		all, err := payment.List(t.Context(), u, u.By, payment.Ready, 0, 10)
		if err != nil || len(all) != 1 {
			t.Fatalf("%+v, %v", all, err)
		}
		if err := payment.Decide(t.Context(), u, all[0].ID, payment.ActRefuse, "卡已注销"); err != nil {
			t.Fatal(err)
		}
	})
	c.As(sample.Clerk).Get(path).Is(http.StatusOK).Says("财务拒付", "卡已注销").SaysNot("撤销原因")
	stale := c.As(sample.GroupHead).Get(path)
	page := c.As(sample.GroupHead).Get(path).Is(http.StatusOK).Says("财务拒付", "预留的 ¥300.00 退回“2026 年市级财政 · 生活救助”账户")
	page.Press("撤销发放", nil).Is(http.StatusUnprocessableEntity).Says("请填写撤销原因", "错误：")
	page.Press("撤销发放", webtest.Fill{"撤销原因": "户主放弃"}).Is(http.StatusOK).Says("发放已撤销", "已撤销", "户主放弃", "已批准").SaysNot("撤销原因")
	if got := c.rows(`SELECT p.state || ' ' || t.balance_fen FROM payment_payable p JOIN fund_pot t ON t.account_id = p.account_id AND t.pot = 'reserved'`); got != "revoked 0" {
		t.Errorf("%s", got)
	}
	stale.Press("撤销发放", webtest.Fill{"撤销原因": "再来一次"}).Is(http.StatusUnprocessableEntity).Says("只有财务拒付或银行退票的才能撤销")
}

// Whoever decides on an application is warned of figures and papers that are out of date, line by line and with the way to
// mend each; a decided one warns of nothing.
func TestWhatIsOutOfDateIsSaid(t *testing.T) {
	c := newCentre(t)
	path := c.apply("300")
	c.As(sample.Officer).Get(path).Is(http.StatusOK).SaysNot("已经过期")
	c.Now = c.Now.AddDate(1, 0, 0) // the figures run up to 2026-10-31, the papers were issued on 2026-10-23
	page := c.As(sample.Officer).Get(path).Is(http.StatusOK).Says("有 3 项依据已经过期", "收支情况截至 2026-10-31，已超过 12 个月", "近一年收入证明的有效期到 2027-10-22 为止", "查看档案，请经办人更新")
	page.Press("审核通过", webtest.Fill{"意见": "材料齐全"})
	c.As(sample.Clerk).Get(path).Is(http.StatusOK).Says("更新收支情况", "补充材料")
	c.As(sample.Clerk).Get(path).Press("撤回申请", webtest.Fill{"撤回原因": "先更新材料"}).Is(http.StatusOK).SaysNot("已经过期")
}
