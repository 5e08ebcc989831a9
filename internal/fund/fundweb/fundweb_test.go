package fundweb_test

import (
	"net/http"
	"regexp"
	"testing"

	"bangfu/internal/fund/fundweb"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/words"
)

var entryPath = regexp.MustCompile(`/funds/entries/\d+`)

func TestFromAnEmptyFundToAReversal(t *testing.T) {
	site := webtest.New(t, fundweb.Routes)
	accountant := site.As(sample.Accountant)

	page := accountant.Get("/funds").Is(http.StatusOK).Says("2026 年还没有资金账户").Link("开设账户")
	page.Press("开设账户", webtest.Fill{"资金来源": "中央财政", "资金用途": "中心运转"}).
		Is(http.StatusUnprocessableEntity).Says("错误：", "中央财政的资金不能用于中心运转")
	page = page.Press("开设账户", webtest.Fill{"资金来源": "市级财政", "资金用途": "生活救助"}).Is(http.StatusOK).
		Says("账户已开设", "2026 年市级财政 · 生活救助", "还没有收支")
	account := page.Path
	accountant.Get("/funds/new").Press("开设账户", webtest.Fill{"资金来源": "市级财政", "资金用途": "生活救助"}).
		Is(http.StatusUnprocessableEntity).Says("账户已经有了")

	receipt := page.Link("登记到账").Is(http.StatusOK)
	for wrong, says := range map[string]string{"": "请填写", "-5": "不能是负数", "1.234": "最多两位小数", "0": "必须大于 0", "1000000000000000": "过大"} {
		receipt.Press("核对", webtest.Fill{"金额": wrong, "来源凭证号": "财拨〔2026〕12 号"}).Is(http.StatusUnprocessableEntity).Says(says)
	}
	receipt.Press("核对", webtest.Fill{"金额": "1", "来源凭证号": "财拨", "到账日期": "2026-11-23"}).Is(http.StatusUnprocessableEntity).Says("不能晚于")
	check := receipt.Press("核对", webtest.Fill{"金额": "50,000.00", "来源凭证号": "财拨〔2026〕12 号"}).Is(http.StatusOK).
		Says("核对到账信息", "¥50,000.00", "伍万元整")
	check.Press("修改").Is(http.StatusOK).SaysNot("请填写")
	booked := check.Press("确认入账").Is(http.StatusOK).Says("已入账 ¥50,000.00", "到账 ¥50,000.00", "财拨〔2026〕12 号")
	if booked.Path != account {
		t.Errorf("led to %s, want %s", booked.Path, account)
	}
	check.Press("确认入账").Is(http.StatusOK).SaysNot("100,000.00") // the same form again: one receipt

	receipt.Press("核对", webtest.Fill{"金额": "1", "来源凭证号": "财拨〔2026〕12 号"}).Says("在本账户已经入过账")
	entry := accountant.Get(entryPath.FindString(string(accountant.Get(account).Body))).Is(http.StatusOK).Says("外部来源", "可用")
	reversal := entry.Link("冲正").Is(http.StatusOK).Says("减少 ¥50,000.00")
	reversal.Press("确认冲正").Is(http.StatusUnprocessableEntity).Says("请填写冲正原因")
	reversal.Press("确认冲正", webtest.Fill{"冲正原因": "录错账户"}).Is(http.StatusOK).Says("已冲正", "冲正的凭证")
	accountant.Get(entry.Path + "/reversal").Is(http.StatusUnprocessableEntity).Says("已经冲正")
	accountant.Get(account).Says("可用 ¥0.00")
}

func TestWhoSeesFunds(t *testing.T) {
	site := webtest.New(t, fundweb.Routes)
	account := site.As(sample.Accountant).Get("/funds/new").
		Press("开设账户", webtest.Fill{"资金来源": "工会经费", "资金用途": "生活救助"}).Is(http.StatusOK).Path
	site.As(sample.Cashier).Get(account).Is(http.StatusOK).SaysNot("登记到账</a>")
	site.As(sample.ProvinceAuditor).Get(account).Is(http.StatusOK)
	site.As(sample.Clerk).Get(account).Is(http.StatusForbidden)
	site.As(sample.Cashier).Get(account + "/receipt").Is(http.StatusForbidden)
	for _, nowhere := range []string{"/funds/999999", "/funds/x", "/funds/entries/999999", "/funds?year=1", "/funds?purpose=nothing",
		"/funds?after=-1", account + "?before=x"} {
		site.As(sample.Accountant).Get(nowhere).Is(http.StatusNotFound)
	}
	site.As(sample.Accountant).In(words.English).Get(account).Is(http.StatusOK).Says("Union dues · Living aid", "No entries yet")
}
