package casefileweb_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"bangfu/internal/casefile"
	"bangfu/internal/casefile/casefileweb"
	"bangfu/internal/idcard"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// set makes a sample file and commits it into the site.
func set(t *testing.T, s *webtest.Site, state casefile.State, change ...func(*sample.Household)) casefile.File {
	t.Helper()
	var f casefile.File
	s.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, state, change...) })
	return f
}

// Every address of a file, asked by somebody of another office, says that there is none.
func TestFilesOfOthersDoNotExist(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	for _, route := range s.Routes {
		path := strings.NewReplacer("{file}", fmt.Sprint(f.ID), "{section}", "head", "{paper}", "1", "{card}", "1", "{person}", "1").Replace(route.Pattern)
		if path == route.Pattern {
			continue
		}
		for _, who := range []work.Actor{sample.SiblingClerk, sample.SiblingHead} {
			if !who.Can(route.Cap) {
				continue
			}
			v := s.As(who)
			request := httptest.NewRequest(route.Method, path, nil)
			if route.Method == http.MethodPost {
				request = v.Get(casefilepage.SearchPath).Request("搜索", nil, webtest.Fill{"sought": "王建国"})
				values := bodyOf(t, request)
				values.Del("sought") // the key alone, as of a form of one button
				request = post(request, values)
				request.URL.Path = path
			}
			if page := v.Send(request); page.Code != http.StatusNotFound {
				t.Errorf("%s %s by %s: %d\n%s", route.Method, path, who.Name, page.Code, page.Text())
			}
		}
	}
}

// The page of a file shows everything about it, and no number in the clear.
func TestFilePage(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	page := s.As(sample.Supervisor).Get(casefilepage.FilePath(f.ID)).Is(http.StatusOK).
		Says("王建国", f.Number, "在档", "深度困难", "李秀兰", "24,000.00", "患重特大疾病", "中国农业银行", "材料1.jpg", "500.00 < 低保标准 700.00", "情况属实")
	people, err := casefile.People(t.Context(), s.Kit.DB, s.Kit.Keys, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	page.SaysNot(string(people[0].Number), people[0].Phone, "6228480402564890018")
	// A look at the number asks why, shows it once, and asks again afterwards.
	ask := s.As(sample.Supervisor).Get(casefilepage.PersonNumberPath(f.ID, people[0].ID)).Is(http.StatusOK).SaysNot(string(people[0].Number))
	ask.Press("查看").Is(http.StatusUnprocessableEntity).Says("请选择查看原因").SaysNot(string(people[0].Number))
	request := ask.Request("查看", nil, webtest.Fill{"reason": "comparison"})
	body := bodyOf(t, request)
	s.As(sample.Supervisor).Send(post(request, body)).Is(http.StatusOK).Says(string(people[0].Number), "已记录")
	s.As(sample.Supervisor).Send(post(request, body)).Is(http.StatusSeeOther).SaysNot(string(people[0].Number))
}

// Who has to call the household gets to its phone from the phone, for that reason, and the page dials it.
func TestThePhoneIsReached(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	people, err := casefile.People(t.Context(), s.Kit.DB, s.Kit.Keys, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	masked := idcard.MaskPhone(people[0].Phone)
	page := s.As(sample.Clerk3).Get(casefilepage.FilePath(f.ID)).Is(http.StatusOK).Says(masked)
	ask := page.Link("查看 手机号码").Is(http.StatusOK).Says(masked).SaysNot(people[0].Phone)
	shown := ask.Press("查看", webtest.Fill{"查看原因": "联系本人或家属（入户、电话核对、回访）"}).Is(http.StatusOK).Says(people[0].Phone, "已记录")
	if !bytes.Contains(shown.Body, []byte(`href="tel:`+people[0].Phone+`"`)) {
		t.Errorf("the phone is not dialled: %s", shown.Body)
	}
	if got := trail(t, s, "casefile.unmask_person"); !strings.Contains(got, `"call"`) {
		t.Errorf("the trail says %s", got)
	}
}

// The number of queries of the page of a file and of a list does not depend on how much they show.
func TestQueriesAreFixed(t *testing.T) {
	s := site(t)
	counted := &counting{Beginner: s.Kit.DB}
	s.Kit.DB = counted
	small := set(t, s, casefile.Draft)
	large := set(t, s, casefile.Active)
	count := func(path string) int64 {
		v := s.As(sample.Clerk)
		s.Now = s.Now.Add(time.Minute) // nothing is kept so long
		counted.queries.Store(0)
		v.Get(path).Is(http.StatusOK)
		return counted.queries.Load()
	}
	before := count(casefilepage.WorkListPath(casefile.MineList))
	for range 5 {
		set(t, s, casefile.Draft)
	}
	if after := count(casefilepage.WorkListPath(casefile.MineList)); after != before || after > 4 {
		t.Errorf("a list of one took %d queries, of six %d", before, after)
	}
	// A judged file reads its line and its rule too; rows do not matter.
	if a, b := count(casefilepage.FilePath(small.ID)), count(casefilepage.FilePath(large.ID)); b > a+2 || b > 16 {
		t.Errorf("an empty file took %d queries, a full one %d", a, b)
	}
}

// counting counts the queries outside of units of work.
type counting struct {
	work.Beginner
	queries atomic.Int64
}

// Query counts and passes on.
func (c *counting) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	c.queries.Add(1)
	return c.Beginner.Query(ctx, sql, args...)
}

// QueryRow counts and passes on.
func (c *counting) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	c.queries.Add(1)
	return c.Beginner.QueryRow(ctx, sql, args...)
}

// Exec counts and passes on.
func (c *counting) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	c.queries.Add(1)
	return c.Beginner.Exec(ctx, sql, args...)
}

// A paper must be what it says: too large, empty, or a page called a photo is refused and nothing is kept.
func TestUploads(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Submitted)
	clerk := s.As(sample.Clerk)
	path := casefilepage.EvidencePath(f.ID)
	papers := func() []casefile.Evidence {
		held, err := casefile.EvidenceOf(t.Context(), s.Kit.DB, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		return held
	}
	before := len(papers())
	upload := func(name string, content []byte) *webtest.Page {
		return clerk.Get(path).PressWith("上传", webtest.Upload{"paper": {Name: name, Content: content}},
			webtest.Fill{"kind": "receipts", "issued_on": "2026-11-20"})
	}
	upload("照片.jpg", []byte("<!DOCTYPE html><script>alert(1)</script>")).Is(http.StatusUnprocessableEntity).Says("只能上传照片")
	upload("图.png", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)).Is(http.StatusUnprocessableEntity).Says("只能上传照片")
	upload("空.pdf", nil).Is(http.StatusUnprocessableEntity).Says("“空.pdf”是空的")
	upload("大.jpg", append(photo(t), make([]byte, 10<<20)...)).Is(http.StatusUnprocessableEntity).Says("超过 10 MB")
	// A photo above the limit is told on the page with what was chosen; only what cannot be read at all has a page of its own, with the way back.
	kept := upload("巨大.jpg", append(photo(t), make([]byte, 15<<20)...)).Is(http.StatusUnprocessableEntity).Says("“巨大.jpg”超过 10 MB", "较小的尺寸")
	if !bytes.Contains(kept.Body, []byte(`value="2026-11-20"`)) || !bytes.Contains(kept.Body, []byte(`value="receipts" selected`)) {
		t.Error("what was said of the paper is lost")
	}
	upload("太大.jpg", append(photo(t), make([]byte, 52<<20)...)).Is(http.StatusRequestEntityTooLarge).
		Says("合计超过了上限（50 MB）", "150 至 200 dpi").Link("返回表单").Is(http.StatusOK).Says("上传材料")
	upload("半张.jpg", photo(t)[:len(photo(t))-3]).Is(http.StatusUnprocessableEntity).Says("“半张.jpg”是一张打不开的照片")
	upload("苹果.heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic\x00\x00\x00\x08meta")).Is(http.StatusUnprocessableEntity).Says("兼容性最佳")
	clerk.Get(path).PressWith("上传", nil, webtest.Fill{"kind": "receipts", "issued_on": "2026-11-20"}).Is(http.StatusUnprocessableEntity).Says("请选择")
	clerk.Get(path).PressWith("上传", webtest.Upload{"paper": {Name: "a.jpg", Content: photo(t)}},
		webtest.Fill{"kind": "receipts"}).Is(http.StatusUnprocessableEntity).Says("请填写自付费用票据的开具日期")
	if len(papers()) != before {
		t.Errorf("%d papers, %d before", len(papers()), before)
	}
	upload(`..\..\报告"<b>.jpg`, photo(t)).Is(http.StatusOK).Says(`报告"<b>.jpg`)
	if held := papers(); len(held) != before+1 || held[before].ValidUntil.String() != "2027-11-19" {
		t.Errorf("held %+v", held)
	}
}

// A paper is shown in its place, a photograph without what the telephone wrote beside it; who looked stands in the trail.
func TestPapersAreShown(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Submitted)
	clerk := s.As(sample.Clerk)
	noted := append([]byte("\xff\xd8\xff\xe1\x00\x18Exif\x00\x00GPS 39.9N 116.4E"), photo(t)[2:]...)
	clerk.Get(casefilepage.EvidencePath(f.ID)).PressWith("上传", webtest.Upload{"paper": {Name: "证明.jpg", Content: noted}},
		webtest.Fill{"kind": "other"}).Is(http.StatusOK)
	held, err := casefile.EvidenceOf(t.Context(), s.Kit.DB, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	paper := held[len(held)-1]
	page := clerk.Get(casefilepage.PaperPath(f.ID, paper.ID)).Is(http.StatusOK).Says("证明.jpg").Says("何敏")
	for address, disposition := range map[string]string{"": "inline", "?save=yes": "attachment"} {
		content := clerk.Get(casefilepage.PaperContentPath(f.ID, paper.ID) + address).Is(http.StatusOK)
		if bytes.Contains(content.Body, []byte("GPS")) || int64(len(content.Body)) != paper.Size {
			t.Errorf("%d bytes came, with the place %v", len(content.Body), bytes.Contains(content.Body, []byte("GPS")))
		}
		for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'", "X-Content-Type-Options": "nosniff",
			"Content-Disposition": disposition, "Content-Type": "image/jpeg", "Cache-Control": "no-store"} {
			if !strings.Contains(content.Header.Get(name), want) {
				t.Errorf("%s: %q", name, content.Header.Get(name))
			}
		}
	}
	var looks int
	if err := s.Kit.DB.QueryRow(t.Context(), `SELECT count(*) FROM audit_entry WHERE act = 'casefile.view_evidence' AND subject_id = $1 AND staff_id = $2`,
		paper.ID, sample.Clerk.StaffID).Scan(&looks); err != nil || looks != 2 {
		t.Errorf("%d looks in the trail, %v; want 2", looks, err)
	}
	again := page.Press("用作这种材料", webtest.Fill{"kind": "diagnosis"}).Is(http.StatusOK).Says("诊断证明")
	again.Press("用作这种材料", webtest.Fill{"kind": "diagnosis"}).Is(http.StatusUnprocessableEntity).Says("已经作为")
	s.As(sample.SiblingClerk).Get(casefilepage.PaperContentPath(f.ID, paper.ID)).Is(http.StatusNotFound)
}

// The same form sent fifty times at once opens one registration, and every answer leads to it.
func TestOneFormOneRegistration(t *testing.T) {
	db := pgtest.DB(t)
	tx, err := db.App.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sample.Centre(t, work.NewUnit(tx, pgtest.Now, work.System("test")))
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := webtest.On(t, db.App, func(rs *web.Routes, k *web.Kit) { casefileweb.Routes(rs, k, nil, nil, nil) })
	clerk := s.As(sample.Clerk)
	request := clerk.Get(casefilepage.SearchPath).Press("搜索", webtest.Fill{"sought": "刘海燕"}).Request("登记新家庭", nil)
	body := bodyOf(t, request)
	answers := make(chan string, 50)
	for range cap(answers) {
		v := s.As(sample.Clerk)
		again := post(request, body)
		go func() { answers <- v.Send(again).Header.Get("Location") }()
	}
	first := <-answers
	for range cap(answers) - 1 {
		if other := <-answers; other != first {
			t.Errorf("one answer leads to %q, another to %q", first, other)
		}
	}
	var files int
	if err := db.App.QueryRow(t.Context(), "SELECT count(*) FROM casefile_file").Scan(&files); err != nil || files != 1 {
		t.Errorf("%d files, %v", files, err)
	}
}

// The way of a file from its visit to the notice, through the pages of those whose steps it is.
func TestJudgementAndAssessment(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Visited)
	supervisor := s.As(sample.Supervisor)
	page := supervisor.Get(casefilepage.FilePath(f.ID)).Says("等待您办理：认定").Link("类别认定").
		Says("(年收入 24,000.00 − 刚性支出 6,000.00) ÷ 12 ÷ 3 = 500.00", "500.00 < 低保标准 700.00 × 100% = 700.00", "比界限低 200.00 元", "2026-01-01")
	file := page.Press("确认为深度困难").Is(http.StatusOK).Says("待评议", "深度困难")
	assess := file.Link("评议")
	assess.Press("评议", webtest.Fill{"评议结论": "同意，进入公示"}).Is(http.StatusUnprocessableEntity).Says("请填写评议意见")
	assess.Press("评议", webtest.Fill{"评议结论": "同意，进入公示", "评议意见": "情况属实"}).Is(http.StatusOK).Says("待公示")
}

// A household that does not qualify gets a page with the reason in figures, confirmed by a person; figures that changed
// meanwhile are not confirmed.
func TestNotQualified(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Visited)
	supervisor := s.As(sample.Supervisor)
	stale := supervisor.Get(casefilepage.JudgementPath(f.ID))
	s.Set(sample.Clerk, func(u *work.Unit) {
		if _, err := u.Exec(t.Context(), `UPDATE casefile_figure g SET amount_fen = 5640000 FROM casefile_snapshot s
				WHERE s.id = g.snapshot_id AND s.file_id = $1 AND g.side = 'income'`, f.ID); err != nil {
			t.Fatal(err)
		}
	})
	stale.Press("确认为深度困难").Is(http.StatusConflict)
	// (56,400 − 6,000) ÷ 12 ÷ 3 = 1,400.00: exactly twice the line, and strictly not below it.
	page := supervisor.Get(casefilepage.JudgementPath(f.ID)).Says("不符合条件", "1,400.00 ≥ 低保标准 700.00 × 200% = 1,400.00", "与界限相等")
	page.Press("确认不符合条件").Is(http.StatusOK).Says("不符合建档条件", "1,400.00", "与界限相等", "还可以提供的帮助", "李正")
	if got, err := casefile.Find(t.Context(), s.Kit.DB, sample.Everywhere, f.ID); err != nil || got.State != casefile.NotQualified {
		t.Errorf("%+v, %v", got, err)
	}
}

// A household that was refused gets it in writing: why, in figures, and how to object. The print is on record, and a scan
// of it tells whether it still holds.
func TestRefusalInWriting(t *testing.T) {
	s := site(t)
	f, active := set(t, s, casefile.NotQualified), set(t, s, casefile.Active)
	clerk := s.As(sample.Clerk)
	sheet := clerk.Get(casefilepage.FilePath(f.ID)).Link("打印告知书").Is(http.StatusOK).Says("不予建档告知书", f.HeadName+"同志", "低保标准 700.00",
		"如有异议", "未参与本次审核的人员", "还可以提供的帮助", "申请人签收").SaysNot("/prints/")
	made := sheet.Press("打印（登记并带二维码）").Is(http.StatusOK).Says("不予建档告知书", "http://example.com/prints/", "打印：何敏").SaysNot("登记并生成打印件")
	_, code, _ := strings.Cut(made.Path, "print=")
	clerk.Get("/prints/"+code).Is(http.StatusOK).Says("不予建档告知书", "打印件所载内容与现在的记录一致")
	if got := clerk.Get("/prints/" + code + "/sheet"); got.Path != made.Path {
		t.Errorf("the sheet of the code is at %s, want %s", got.Path, made.Path)
	}
	s.As(sample.Supervisor).Get(casefilepage.PrintsPath(f.ID, 0)).Says("不予建档告知书", code)
	s.As(sample.SiblingClerk).Get(made.Path).Is(http.StatusNotFound)
	day := regexp.MustCompile(`<p class="seal">2026年\d+月\d+日</p>`)
	s.Now = s.Now.AddDate(0, 0, 9)
	clerk = s.As(sample.Clerk)
	for name, later := range map[string]*webtest.Page{"later": clerk.Get(sheet.Path), "on record, later": clerk.Get(made.Path), "by an English reader": s.As(sample.Clerk).In(words.English).Get(sheet.Path)} {
		if want := day.Find(sheet.Body); want == nil || !bytes.Contains(later.Is(http.StatusOK).Says("不予建档告知书").Body, want) {
			t.Errorf("%s: the notice bears another day than %q, that of the decision", name, want)
		}
	}
	clerk.Get(casefilepage.RefusalPath(active.ID)).Is(http.StatusUnprocessableEntity).Says("没有不予建档的决定")
	clerk.Get(casefilepage.FilePath(active.ID)).SaysNot("打印告知书")
	for name, kind := range map[string]string{"a kind that no feature prints": "poem", "a form of the file itself": "record"} {
		r := sheet.Request("打印（登记并带二维码）", nil)
		body := bodyOf(t, r)
		body.Set("kind", kind)
		r = httptest.NewRequest(http.MethodPost, r.URL.Path, strings.NewReader(body.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if page := clerk.Send(r); page.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", name, page.Code)
		}
	}
}

// A card of an active file is replaced by two people through two pages.
func TestCardPages(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk, supervisor := s.As(sample.Clerk), s.As(sample.Supervisor)
	page := clerk.Get(casefilepage.CardsPath(f.ID)).Says("使用中").SaysNot("6228480402564890018")
	page.Press("提交新卡", webtest.Fill{"银行卡号": "6217001210024455221", "支行名称": "青石支行", "持卡人": "王建国"}).Is(http.StatusUnprocessableEntity)
	page.Press("提交新卡", webtest.Fill{"银行卡号": "6217 0012 1002 4455 220", "支行名称": "青石支行", "持卡人": "王建国"}).Is(http.StatusOK).
		Says("待确认", "中国建设银行").SaysNot("核对无误，启用", "6217001210024455220")
	supervisor.Get(casefilepage.CardsPath(f.ID)).Says("何敏 录入").Press("核对无误，启用").Is(http.StatusOK).Says("已更换", "使用中").SaysNot("待确认")
}

// The timeline begins with the newest acts and leads to the rest.
func TestTheWholeTimeline(t *testing.T) {
	s := site(t)
	var f casefile.File
	s.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, casefile.Active) })
	clerk := s.As(sample.Clerk)
	first := clerk.Get(casefilepage.FilePath(f.ID)).Is(http.StatusOK).SaysNot("开始登记")
	first.Link("全部过程").Is(http.StatusOK).Says("开始登记").SaysNot("全部过程")
}
