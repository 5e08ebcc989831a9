package casefileweb_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// left writes entries about a file: each is the act, who did it and when after a beginning.
func left(t *testing.T, s *webtest.Site, id work.FileID, by work.Actor, after time.Duration, kind string, acts ...string) {
	t.Helper()
	s.Set(sample.Clerk, func(u *work.Unit) {
		u.By, u.Now = by, pgtest.Now.Add(after)
		for _, act := range acts {
			e := work.Entry{Act: act, Kind: "file", ID: int64(id), FileID: id}
			if kind != "" {
				e.Changes = []work.Change{{Field: "kind", After: kind}}
			}
			if err := u.Audit(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
	})
}

var tags = regexp.MustCompile(`<[^>]*>`)

// events gives the lines of the timeline, newest first, without what is folded.
func events(page *webtest.Page) []string {
	body := string(page.Body)
	body = body[strings.Index(body, `id="timeline"`):]
	var lines []string
	for _, part := range strings.Split(body, `<li class="event`)[1:] {
		part, _, _ = strings.Cut(part, "<details")
		part, _, _ = strings.Cut(part, "</li>")
		lines = append(lines, strings.Join(strings.Fields(tags.ReplaceAllString(`<li class="event`+part, " ")), " "))
	}
	return lines
}

// What one unit of work left is one line, whichever features had a part in it; what the clock did has a day and no hour;
// papers that one person uploaded on one day are one line that opens.
func TestTheTimelineTellsAnEventOnce(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Draft)
	path := casefilepage.FilePath(f.ID) + "?timeline=all"
	before := len(events(s.As(sample.Clerk).Get(path).Is(http.StatusOK)))
	midnight := 14*time.Hour + 30*time.Second // the clock of the tests stands at 10:00
	for _, l := range []struct {
		by    work.Actor
		after time.Duration
		kind  string
		acts  []string
	}{
		{sample.Clerk, time.Hour, "head_id", []string{"casefile.add_evidence"}},
		{sample.Clerk, time.Hour + 6*time.Minute, "receipts", []string{"casefile.add_evidence"}},
		{sample.Clerk, time.Hour + 9*time.Minute, "diagnosis", []string{"casefile.add_evidence"}},
		{sample.Clerk2, time.Hour + 10*time.Minute, "receipts", []string{"casefile.add_evidence"}},               // another person
		{sample.Clerk2, 13*time.Hour + 59*time.Minute, "receipts", []string{"casefile.add_evidence"}},            // the last minute of the day
		{sample.Clerk2, 14*time.Hour + time.Second, "receipts", []string{"casefile.add_evidence"}},               // the next day
		{sample.Clerk2, 15 * time.Hour, "", []string{"casefile.agree", "visit.first"}},                           // one unit
		{sample.Clerk2, 15*time.Hour + time.Microsecond, "", []string{"visit.review"}},                           // another
		{work.System("notice"), 24*time.Hour + midnight, "", []string{"casefile.activate", "notice.end"}},        // by the clock
		{work.Visitor("198.51.100.7"), 40 * time.Hour, "", []string{"casefile.contest", "notice.object"}},        // by the public
		{sample.GroupHead, 41 * time.Hour, "", []string{"grant.sign", "fund.reserve", "payment.add"}},            // three features
		{sample.Cashier, 42 * time.Hour, "", []string{"fund.pay", "payment.pay", "fund.pay", "payment.pay"}},     // two payables at once
		{sample.Supervisor, 43 * time.Hour, "", []string{"casefile.renotice", "notice.publish", "notice.judge"}}, // two acts of one feature
		{sample.Clerk, 43*time.Hour + time.Minute, "", []string{"ledger.take", "casefile.register", "casefile.save_head", "casefile.save_work", "casefile.save_housing"}},
		{sample.Clerk, 44 * time.Hour, "", []string{"casefile.save_head", "casefile.save_work", "casefile.type"}}, // one moment, one feature: two events
	} {
		left(t, s, f.ID, l.by, l.after, l.kind, l.acts...)
	}
	page := s.As(sample.Clerk).Get(path).Is(http.StatusOK)
	got := events(page)
	want := []string{
		"保存工作情况 2026-11-24 06:00 何敏",
		"保存户主信息 2026-11-24 06:00 何敏",
		"由旧台账导入登记等 5 项 2026-11-24 05:01 何敏",
		"发布公示 · 认定异议 · 重新公示 2026-11-24 05:00 李正",
		"支付救助金（2 次） · 银行已付（2 次） 2026-11-24 04:00 冯洁",
		"签批 · 预留救助金 · 列为待发放 2026-11-24 03:00 马骏",
		"收到异议 2026-11-24 02:00 公众",
		"公示期满 · 入档 2026-11-24 系统",
		"定期走访 2026-11-23 01:00 罗杰",
		"入户核查 2026-11-23 01:00 罗杰",
		"上传材料 2026-11-23 00:00 罗杰",
		"上传材料（2 次） 2026-11-22 11:10–23:59 罗杰",
		"上传材料（3 次） 2026-11-22 11:00–11:09 何敏",
	}
	if n := len(got) - before; n != len(want) || strings.Join(got[:len(want)], "\n") != strings.Join(want, "\n") {
		t.Errorf("%d new lines:\n%s\nwant\n%s", n, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	page.Says("逐项查看（3）", "11:00 户主身份证", "11:06 自付费用票据", "11:09 二级以上医院诊断证明")
}
