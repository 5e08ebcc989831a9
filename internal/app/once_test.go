package app_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/grant"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
)

// atOnce is how often a form is sent at the same moment.
const atOnce = 50

// counter is the program on a database of its own, where acts really commit.
type counter struct {
	*webtest.Site
	t       *testing.T
	db      *pgtest.Database
	account fund.AccountID
}

func newCounter(t *testing.T) counter {
	t.Helper()
	db := pgtest.DB(t)
	c := counter{Site: open(t, db.App), t: t, db: db}
	c.Set(work.System("test"), func(u *work.Unit) {
		sample.Centre(t, u)
		c.account, _ = funded(t, u, fund.Living)
	})
	return c
}

// active makes an active file, with a main cause that living aid is for.
func (c counter) active() (f casefile.File) {
	c.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(c.t, u, casefile.Active) })
	return f
}

// waiting makes an application of a file that stands at a step.
func (c counter) waiting(yuan int64, deeds ...grant.Deed) string {
	f := c.active()
	var id grant.ApplicationID
	c.Set(sample.Clerk, func(u *work.Unit) {
		var err error
		id, err = grant.Apply(c.t.Context(), u, f.ID, "living", grant.Request{Cause: casefile.SeriousIllness, Reason: "住院", Amount: money.Yuan(yuan)})
		must(c.t, err)
		for _, d := range deeds {
			d.Opinion, d.Account = "同意", c.account
			as(u, sample.Officer, func() {
				_, err := grant.Decide(c.t.Context(), u, id, d)
				must(c.t, err)
			})
		}
	})
	return fmt.Sprintf("/grants/%d", id)
}

// storm sends one request of a person many times at the same moment and gives where each answer led to.
func (c counter) storm(by work.Actor, r *http.Request) map[string]int {
	c.t.Helper()
	body, err := io.ReadAll(r.Body)
	must(c.t, err)
	c.As(by).Sign(r)
	start := make(chan struct{})
	answers := make(chan string, atOnce)
	var senders sync.WaitGroup
	for range atOnce {
		senders.Go(func() {
			one := httptest.NewRequest(r.Method, r.URL.String(), bytes.NewReader(body))
			one.Header = r.Header.Clone()
			w := httptest.NewRecorder()
			<-start
			c.Handler.ServeHTTP(w, one)
			answers <- fmt.Sprintf("%d %s", w.Code, w.Header().Get("Location"))
		})
	}
	close(start)
	senders.Wait()
	close(answers)
	led := map[string]int{}
	for a := range answers {
		led[a]++
	}
	return led
}

// count reads what the form has done: rows, and entries of the trail.
func (c counter) count(rows, act string) string {
	c.t.Helper()
	return fmt.Sprintf("%d rows, %d in the trail", number(c.t, c.db.Owner, rows),
		number(c.t, c.db.Owner, `SELECT count(*) FROM audit_entry WHERE act = $1`, act))
}

// storms are the forms that matter most: who sends them, from which page, and what their effect is.
var storms = []struct {
	name string
	by   work.Actor
	form func(c counter, v *webtest.Visitor) *http.Request
	rows string // counts the effect
	act  string
	adds int // how many rows there are afterwards; one entry in the trail for each but those set up
	told int
}{
	{"open a registration", sample.Clerk, func(_ counter, v *webtest.Visitor) *http.Request {
		return v.Get("/files/search").Press("搜索", webtest.Fill{"姓名、身份证号": "刘海燕"}).Request("登记新家庭", nil)
	}, `SELECT count(*) FROM casefile_file`, "casefile.register", 1, 1},
	{"submit", sample.Clerk, func(c counter, v *webtest.Visitor) *http.Request {
		var f casefile.File
		c.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(c.t, u, casefile.Returned) })
		return v.Get(fmt.Sprintf("/files/%d/submission", f.ID)).Request("提交核查", nil)
	}, `SELECT count(*) FROM casefile_file WHERE state = 'submitted' AND round = 2`, "casefile.submit", 1, 2},
	{"apply for a grant", sample.Clerk, func(c counter, v *webtest.Visitor) *http.Request {
		return v.Get(fmt.Sprintf("/files/%d/grants/new?programme=living", c.active().ID)).
			Press("检查", webtest.Fill{"申请理由": "住院期间没有收入", "申请金额": "300"}).Request("提交申请", nil)
	}, `SELECT count(*) FROM grant_application`, "grant.apply", 1, 1},
	{"vote", sample.GroupMember, func(c counter, v *webtest.Visitor) *http.Request {
		return v.Get(c.waiting(600, grant.Deed{Act: grant.ActReview})).Request("同意", nil, webtest.Fill{"意见": "情况属实"})
	}, `SELECT count(*) FROM grant_decision WHERE step = 'group'`, "grant.approve", 1, 1},
	{"sign", sample.GroupHead, func(c counter, v *webtest.Visitor) *http.Request {
		return v.Get(c.waiting(300, grant.Deed{Act: grant.ActReview})).Request("签批", nil, webtest.Fill{"意见": "同意"})
	}, `SELECT count(*) FROM fund_entry WHERE kind = 'reserve'`, "grant.sign", 1, 1},
	{"make a batch", sample.Cashier, func(c counter, v *webtest.Visitor) *http.Request {
		c.award()
		return v.Get("/payments").Press("本页 1 笔全部制作批次").Request("制作批次（1 笔）", nil)
	}, `SELECT count(*) FROM payment_batch`, "payment.make", 1, 1},
	{"release a batch", sample.Accountant2, func(c counter, v *webtest.Visitor) *http.Request {
		return v.Get(c.batch()+"/release").Request("放行", nil)
	}, `SELECT count(*) FROM payment_batch WHERE state = 'released'`, "payment.release", 1, 1},
	{"read the bank's answer", sample.Cashier, func(c counter, v *webtest.Visitor) *http.Request {
		batch := c.batch()
		c.As(sample.Accountant2).Get(batch + "/release").Press("放行").Is(http.StatusOK)
		sent := strings.Split(strings.TrimSpace(string(v.Get(batch).Press("下载银行文件").Is(http.StatusOK).Body)), "\r\n")
		answer := sent[0] + ",结果,失败原因\r\n" + sent[1] + ",成功,\r\n"
		return v.Get(batch+"/answer").Request("读入并核对", webtest.Upload{"answer": {Name: "回盘.csv", Content: []byte(answer)}})
	}, `SELECT count(*) FROM fund_entry WHERE kind = 'pay'`, "payment.answer", 1, 1},
	{"receive money", sample.Accountant, func(c counter, v *webtest.Visitor) *http.Request {
		form := v.Get(fmt.Sprintf("/funds/%d/receipt", c.account)).Forms()
		first := found{Form: form[len(form)-1]}
		check := v.Send(first.Send(plausible(first), nil)).Is(http.StatusOK).Forms()
		return check[len(check)-1].Send(check[len(check)-1].Values, nil)
	}, `SELECT count(*) FROM fund_entry WHERE kind = 'receipt'`, "fund.receipt", 2, 2},
}

// The same form sent fifty times at the same moment has one effect, one entry in the trail, and one answer.
func TestAFormSentFiftyTimesAtOnce(t *testing.T) {
	for _, test := range storms {
		t.Run(test.name, func(t *testing.T) {
			c := newCounter(t)
			r := test.form(c, c.As(test.by))
			led := c.storm(test.by, r)
			if len(led) != 1 {
				t.Errorf("the answers are not one: %v", led)
			}
			for answer := range led {
				if !strings.HasPrefix(answer, "303 /") {
					t.Errorf("answered %s", answer)
				}
			}
			if got, want := c.count(test.rows, test.act), fmt.Sprintf("%d rows, %d in the trail", test.adds, test.told); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
}

// award grants 300.00 to a household.
func (c counter) award() {
	f := c.active()
	c.Set(sample.Clerk, func(u *work.Unit) { granted(c.t, u, f.ID, c.account, 300) })
}

// batch makes a batch of one payable and gives its address.
func (c counter) batch() string {
	c.award()
	return c.As(sample.Cashier).Get("/payments").Press("本页 1 笔全部制作批次").Press("制作批次（1 笔）").Is(http.StatusOK).Path
}
