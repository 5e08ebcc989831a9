package paymentweb_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/payment/paymentweb"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// office is a site with three payables of 100.00, 200.00 and 300.00.
type office struct {
	*webtest.Site
	account  fund.AccountID
	payables []payment.PayableID
}

func newOffice(t *testing.T) office {
	t.Helper()
	o := office{Site: webtest.New(t, paymentweb.Routes)}
	o.Set(sample.Cashier, func(u *work.Unit) {
		o.account = sample.Fund(t, u, money.Yuan(1000))
		for i, holder := range []string{"王建国", "𠮷田秀英", "赵小兰"} {
			o.payables = append(o.payables, sample.Award(t, u, sample.PaidTo(t, u, i, holder), o.account, money.Yuan(int64(100*(i+1)))))
		}
	})
	return o
}

// answerOf turns the bank's file into an answer: each line with its result and reason.
func answerOf(file []byte, results ...string) []byte {
	lines := strings.Split(strings.TrimSuffix(strings.TrimPrefix(string(file), "\ufeff"), "\r\n"), "\r\n")
	out := []string{lines[0] + ",结果,失败原因"}
	for i, line := range lines[1:] {
		if i < len(results) && results[i] != "" {
			out = append(out, line+","+results[i])
		}
	}
	return []byte(strings.Join(out, "\r\n") + "\r\n")
}

func upload(content []byte) webtest.Upload {
	return webtest.Upload{"answer": {Name: "回盘.csv", Content: content}}
}

func TestFromTheListToTheAnswer(t *testing.T) {
	o := newOffice(t)
	cashier, accountant := o.As(sample.Cashier), o.As(sample.Accountant)

	list := cashier.Get("/payments").Is(http.StatusOK).Says("待发放 3", "共 3 条，合计 ¥600.00", "𠮷田秀英", "只包括本页显示的款项")
	list.Press("用勾选的制作批次").Is(http.StatusUnprocessableEntity).Says("请至少勾选一笔")
	list.Press("用勾选的制作批次", webtest.Fill{"选择 王建国": "yes"}).Is(http.StatusOK).Says("¥100.00").SaysNot("赵小兰")
	check := list.Press("本页 3 笔全部制作批次").Is(http.StatusOK).Says("核对批次", "¥600.00", "***0018", "冯洁").SaysNot(sample.Cards[0])
	batch := check.Press("制作批次（3 笔）").Is(http.StatusOK).Says("批次 QSX20261122-01", "待放行", "请由另一人放行")
	if again := check.Press("制作批次（3 笔）"); again.Path != batch.Path {
		t.Errorf("the same form again led to %s, not %s", again.Path, batch.Path)
	}
	cashier.Get(batch.Path + "/release").Is(http.StatusForbidden)

	release := accountant.Get(batch.Path).Is(http.StatusOK).Says("请逐笔核对").Link("放行").Is(http.StatusOK).Says("放行后批次不能再改")
	release.Press("放行").Is(http.StatusOK).Says("已放行", "待回盘")

	page := cashier.Get(batch.Path).Says("还有 3 笔没有结果")
	file := page.Press("下载银行文件").Is(http.StatusOK)
	if !bytes.Contains(file.Body, []byte(sample.Cards[0])) || file.Header.Get("Cache-Control") != "no-store" ||
		file.Header.Get("Content-Disposition") != `attachment; filename="QSX20261122-01.csv"` {
		t.Errorf("%v\n%s", file.Header, file.Body)
	}

	read := page.Link("读入回盘").Is(http.StatusOK)
	read.PressWith("读入并核对", nil).Is(http.StatusUnprocessableEntity).Says("请选择银行回盘文件")
	altered := bytes.Replace(answerOf(file.Body, "成功,", "成功,", "成功,"), []byte("200.00"), []byte("2000.00"), 1)
	read.PressWith("读入并核对", upload(altered)).Is(http.StatusUnprocessableEntity).
		Says("文件没有被采用", "第 3 行", "QSX20261122-01-0002", "发出 ¥200.00，回盘 ¥2,000.00")
	cashier.Get(batch.Path).Says("还有 3 笔没有结果")
	read.PressWith("读入并核对", upload(answerOf(file.Body, "成功,", "", "失败,账户已销户"))).Is(http.StatusOK).
		Says("成功 1 笔，失败 1 笔，还有 1 笔待回盘", "账户已销户")
	cashier.Get(batch.Path+"/answer").PressWith("读入并核对", upload(answerOf(file.Body, "成功,", "", "失败,账户已销户"))).
		Is(http.StatusOK).Says("这份回盘先前已经读入，没有任何变化")
	cashier.Get(batch.Path+"/answer").PressWith("读入并核对", upload(answerOf(file.Body, "成功,", "成功,", ""))).
		Is(http.StatusOK).Says("已了结")

	failed := accountant.Get("/payments?state=failed").Says("账户已销户").Link("赵小兰").Is(http.StatusOK).Says("银行没有付成：账户已销户")
	again := failed.Link("重新发放").Is(http.StatusOK)
	again.Press("重新发放").Is(http.StatusUnprocessableEntity).Says("请填写原因")
	again.Press("重新发放", webtest.Fill{"原因": "账户已恢复"}).Is(http.StatusOK).Says("已重新列为待发放", "第 2 次")
	o.audited(t, "payment.answer_refused", 1)
	o.audited(t, "payment.download", 1)
}

// audited counts the entries of an act.
func (o office) audited(t *testing.T, act string, want int) {
	t.Helper()
	var n int
	if err := o.Kit.DB.QueryRow(t.Context(), "SELECT count(*) FROM audit_entry WHERE act = $1", act).Scan(&n); err != nil || n != want {
		t.Errorf("%s: %d entries, %v; want %d", act, n, err, want)
	}
}

func TestRefusedAndSentBack(t *testing.T) {
	o := newOffice(t)
	cashier, accountant := o.As(sample.Cashier), o.As(sample.Accountant)
	payable := fmt.Sprintf("/payments/%d", o.payables[0])
	accountant.Get(payable).Is(http.StatusOK).Says("壹佰元整").Link("拒付").Press("拒付", webtest.Fill{"原因": "缺少签收单"}).
		Is(http.StatusOK).Says("财务已拒付：缺少签收单")
	cashier.Get(payable + "/decision?act=refuse").Is(http.StatusForbidden)
	cashier.Get("/payments").Says("待发放 2").SaysNot("王建国")
	accountant.Get(payable).Link("撤销拒付").Press("撤销拒付", webtest.Fill{"原因": "签收单已补"}).Is(http.StatusOK).Says("已恢复为待发放")

	batch := cashier.Get("/payments").Press("本页 3 笔全部制作批次").Press("制作批次（3 笔）").Is(http.StatusOK)
	accountant.Get(batch.Path).Link("退回批次").Is(http.StatusOK).Says("退回批次 ", "退回原因").SaysNot("取消批次").
		Press("退回批次", webtest.Fill{"退回原因": "资金来源不对"}).Is(http.StatusOK).Says("批次已退回", "资金来源不对")
	accountant.Get(batch.Path + "/release").Press("放行").Is(http.StatusUnprocessableEntity).Says("已取消")
	cashier.Get("/payments").Says("待发放 3")
}

func TestAChangedCardIsHeldBackOnTheCheckPage(t *testing.T) {
	o := newOffice(t)
	o.Set(sample.Cashier, func(u *work.Unit) {
		_, err := u.Exec(t.Context(), `UPDATE casefile_card SET state = 'replaced' WHERE holder = '王建国' AND state = 'current'`)
		if err != nil {
			t.Fatal(err)
		}
	})
	o.As(sample.Cashier).Get("/payments").Says("银行卡在审批后换过").Press("本页 3 笔全部制作批次").Is(http.StatusOK).
		Says("有 1 笔不能进入这个批次", "¥500.00", "制作批次（2 笔）")
}

func TestFormats(t *testing.T) {
	o := newOffice(t)
	cashier := o.As(sample.Cashier)
	form := cashier.Get("/payments/formats").Is(http.StatusOK).Says("通用 CSV (GB18030)").Link("添加格式").Is(http.StatusOK)
	form.Press("添加格式", webtest.Fill{"格式名称": "农行代发", "第 6 列": "用途", "第 7 列": ""}).
		Is(http.StatusUnprocessableEntity).Says("缺少“金额”列")
	form.Press("添加格式", webtest.Fill{"格式名称": "农行代发", "第 7 列": "卡号（纯数字）"}).
		Is(http.StatusUnprocessableEntity).Says("卡号列要有一列，且只能有一列")
	form.Press("添加格式", webtest.Fill{"格式名称": "农行代发", "第 7 列": "金额"}).Is(http.StatusUnprocessableEntity).Says("不存在或重复")
	form.Press("添加格式", webtest.Fill{"格式名称": "农行代发", "编码": "GB18030"}).Is(http.StatusOK).Says("格式已添加", "农行代发")
	cashier.Get("/payments/formats").Press("停用").Is(http.StatusOK).Says("已停用")
	o.As(sample.Accountant).Get("/payments/formats").Is(http.StatusOK).SaysNot("添加格式")
}

func TestBadRequests(t *testing.T) {
	o := newOffice(t)
	cashier := o.As(sample.Cashier)
	for _, nowhere := range []string{"/payments/999999", "/payments/x", "/payments?state=lost", "/payments?after=0", "/payments/batches/999999",
		"/payments/batches?state=lost", "/payments/batches/999999/answer", "/payments/batches?before=-1"} {
		cashier.Get(nowhere).Is(http.StatusNotFound)
	}
	page := cashier.Get("/payments")
	for name, values := range map[string]webtest.Fill{"no id": {"shown": "x"}, "below zero": {"shown": "-1"}} {
		if got := page.Press("本页 3 笔全部制作批次", values); got.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", name, got.Code)
		}
	}
	o.As(sample.SiblingHead).Get("/payments").Is(http.StatusForbidden)
	o.As(sample.ProvinceAuditor).Get(fmt.Sprintf("/payments/%d", o.payables[0])).Is(http.StatusOK).SaysNot("拒付</a>")
	cashier.In(words.English).Get("/payments").Is(http.StatusOK).Says("Payments", "Ready 3")
}
