package readingweb_test

import (
	"bytes"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/casefile/casefileweb"
	"bangfu/internal/reading"
	"bangfu/internal/reading/readingweb"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// watched is a site with files, whose readers are watched.
type watched struct {
	*webtest.Site
	*reading.Watcher
}

func open(t *testing.T, limits reading.Limits) watched {
	t.Helper()
	w := reading.NewWatcher(limits)
	s := webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		readingweb.Watch(k, w)
		casefileweb.Routes(rs, k, []casefileweb.Panel{readingweb.Panel}, nil, nil)
		readingweb.Routes(rs, k)
	})
	return watched{s, w}
}

// files makes so many active files.
func (s watched) files(count int) []casefile.File {
	s.T.Helper()
	all := make([]casefile.File, count)
	s.Set(sample.Clerk, func(u *work.Unit) {
		for i := range all {
			all[i] = sample.File(s.T, u, casefile.Submitted)
		}
	})
	return all
}

// write writes down what was read.
func (s watched) write() {
	s.T.Helper()
	if _, err := s.Write(s.T.Context(), s.Kit.DB, s.Kit.Now); err != nil {
		s.T.Fatal(err)
	}
}

// number reads one number.
func (s watched) number(sql string, args ...any) (n int) {
	s.T.Helper()
	if err := s.Kit.DB.QueryRow(s.T.Context(), sql, args...).Scan(&n); err != nil {
		s.T.Fatal(err)
	}
	return n
}

func path(f casefile.File, rest string) string { return fmt.Sprintf("/files/%d%s", f.ID, rest) }

// Whoever opens a file is on the list of the file, which its supervisor and the auditors see, and nobody else.
func TestWhoLookedAtThisFile(t *testing.T) {
	s := open(t, reading.Limits{Files: 400, Searches: 240})
	f := s.files(1)[0]
	clerk := s.As(sample.Clerk)
	for _, page := range []string{"", "/evidence", "/versions", "/economy"} {
		clerk.Get(path(f, page)).Is(http.StatusOK)
	}
	clerk.Get(path(f, "/readings")).Is(http.StatusForbidden)
	clerk.Get("/files").Is(http.StatusOK)
	clerk.Get("/files/999999999").Is(http.StatusNotFound)
	s.As(sample.SiblingHead).Get(path(f, "")).Is(http.StatusNotFound)
	s.As(sample.SiblingHead).Get(path(f, "/readings")).Is(http.StatusNotFound)
	clerk.Get(path(f, "")).SaysNot("谁看过这份档案")
	auditor := s.As(sample.Auditor)
	page := auditor.Get(path(f, "")).Is(http.StatusOK).Says("谁看过这份档案").Link("查看人员").Is(http.StatusOK).Says("没有查阅记录", "王建国")
	s.Now = s.Now.Add(65 * time.Minute)
	s.As(sample.Clerk).Get(path(f, "")).Is(http.StatusOK)
	s.write()
	auditor = s.As(sample.Auditor)
	auditor.Get(page.Path).Is(http.StatusOK).Says("2026-11-22何敏10:00–11:056青石县总工会困难职工帮扶中心", "2026-11-22蒋平10:002青石县总工会困难职工帮扶中心").
		SaysNot("吕亮", "查阅异常")
	if n := s.number(`SELECT count(DISTINCT file_id) FROM reading_file`); n != 1 {
		t.Errorf("%d files", n)
	}
	s.As(sample.Supervisor).Get(page.Path).Is(http.StatusOK).Says("何敏")
	s.As(sample.CitySupervisor).In(words.English).Get(page.Path).Is(http.StatusOK).Says("Who looked at this file").SaysNot("⟦")
	for _, wrong := range []string{"x", "2026-11-22", "2026-11-22-0", "2026-13-22-7", "2026-11-22--7", "-7"} {
		auditor.Get(page.Path + "?behind=" + wrong).Is(http.StatusNotFound)
	}
}

// At the limit another file is not shown, with the reason, the time and whom to ask; the files that are open stay open, forms
// are sent, and the next hour begins anew.
func TestNoMoreFilesThanTheLimit(t *testing.T) {
	s := open(t, reading.Limits{Files: 3, Searches: 240})
	files := s.files(5)
	clerk := s.As(sample.Clerk)
	for _, f := range files[:3] {
		clerk.Get(path(f, "")).Is(http.StatusOK)
	}
	s.Now = s.Now.Add(20*time.Minute + 500*time.Millisecond)
	clerk = s.As(sample.Clerk)
	for range 2 {
		held := clerk.Get(path(files[3], "/evidence")).Is(http.StatusTooManyRequests).Says("查阅过多，请稍后再试", "已打开 3 户不同的档案", "2026-11-22 11:00 起可以继续",
			"已写入操作记录", "系统管理员").SaysNot("王建国")
		if got := held.Header.Get("Retry-After"); got != "2400" {
			t.Errorf("Retry-After %q", got)
		}
		s.write()
	}
	clerk.In(words.English).Get(path(files[4], "")).Is(http.StatusTooManyRequests).Says("3 different files", "go on from 2026-11-22 11:00").SaysNot("⟦")
	clerk.In(words.Chinese).Get(path(files[0], "/evidence")).Is(http.StatusOK)
	clerk.Get("/files").Is(http.StatusOK)
	s.As(sample.Clerk2).Get(path(files[3], "")).Is(http.StatusOK)
	if n := s.number(`SELECT count(*) FROM audit_entry WHERE act = 'reading.braked' AND staff_id = $1 AND org_id = $2`, sample.Clerk.StaffID, sample.County); n != 1 {
		t.Errorf("the trail has %d entries of the brake", n)
	}
	s.Now = pgtest.Now.Add(time.Hour)
	s.As(sample.Clerk).Get(path(files[3], "")).Is(http.StatusOK)
}

// At the limit a search is not made; what was typed is still in the box.
func TestNoMoreSearchesThanTheLimit(t *testing.T) {
	s := open(t, reading.Limits{Files: 400, Searches: 3})
	s.files(1)
	clerk := s.As(sample.Clerk)
	box := clerk.Get("/files/search").Is(http.StatusOK)
	box.Press("搜索", webtest.Fill{"sought": ""}).Is(http.StatusUnprocessableEntity) // no search was made
	for range 3 {
		box.Press("搜索", webtest.Fill{"sought": "王建"}).Is(http.StatusOK).Says("王建国")
	}
	held := box.Press("搜索", webtest.Fill{"sought": "王建"}).Is(http.StatusTooManyRequests).Says("错误", "已搜索 3 次", "2026-11-22 11:00 起可以继续搜索", "系统管理员").SaysNot("王建国")
	if !bytes.Contains(held.Body, []byte(`value="王建"`)) || held.Header.Get("Retry-After") != "3600" {
		t.Errorf("Retry-After %q, or the text is lost:\n%s", held.Header.Get("Retry-After"), held.Body)
	}
	s.write()
	if n := s.number(`SELECT searches FROM reading_hour WHERE staff_id = $1 AND braked_at IS NOT NULL AND files = 0`, sample.Clerk.StaffID); n != 3 {
		t.Errorf("%d searches", n)
	}
	s.Now = s.Now.Add(time.Hour)
	s.As(sample.Clerk).Get("/files/search").Press("搜索", webtest.Fill{"sought": "王建"}).Is(http.StatusOK).Says("王建国")
}

// The auditor sees who read most on a day, a person's days, and the files of a day; what is unusual is marked.
func TestTheAuditorsPages(t *testing.T) {
	s := open(t, reading.Limits{Files: 4, Searches: 240})
	files := s.files(5)
	clerk := s.As(sample.Clerk)
	for _, f := range files {
		clerk.Get(path(f, ""))
	}
	s.As(sample.Supervisor).Get(path(files[0], ""))
	s.As(sample.CitySupervisor).Get(path(files[1], ""))
	s.write()
	for _, by := range []work.Actor{sample.Clerk, sample.Supervisor, sample.Admin} {
		s.As(by).Get("/audit/readings").Is(http.StatusForbidden)
	}
	auditor := s.As(sample.Auditor)
	list := auditor.Get("/audit/readings").Is(http.StatusOK).Says("2026-11-22 查阅的人员", "何敏青石县总工会困难职工帮扶中心已暂停查阅44001",
		"李正青石县总工会困难职工帮扶中心11001").SaysNot("施恩", "⟦")
	s.As(sample.ProvinceAuditor).Get("/audit/readings").Is(http.StatusOK).Says("施恩", "何敏")
	opened := list.Link("何敏").Is(http.StatusOK).Says("何敏 在 2026-11-22 打开的档案", files[0].Number, "10:00").SaysNot(path(files[4], ""))
	opened.Link(name(files[0])).Is(http.StatusOK).Says("王建国")
	days := opened.Link("何敏").Is(http.StatusOK).Says("何敏 的查阅情况", "2026-11-22已暂停查阅44001")
	days.Link("2026-11-22").Is(http.StatusOK).Says("打开的档案")
	list.Link("全部异常查阅记录") // the trail is another feature's
	list.Link("前一天").Is(http.StatusOK).Says("没有符合条件的人员").SaysNot("何敏").Link("后一天").Is(http.StatusOK).Says("何敏")
	list.Press("应用", webtest.Fill{"人员": "李正"}).Is(http.StatusOK).Says("李正").SaysNot(">何敏<")
	list.Press("应用", webtest.Fill{"人员": "无此人"}).Is(http.StatusOK).Says("没有查阅记录")
	list.Press("应用", webtest.Fill{"日期": "2026-11-23"}).Is(http.StatusUnprocessableEntity).Says("错误")
	list.Press("应用", webtest.Fill{"日期": "soon"}).Is(http.StatusUnprocessableEntity).Says("必须是日期")
	auditor.In(words.English).Get(opened.Path).Is(http.StatusOK).Says("Files that 何敏 opened").SaysNot("⟦")
	member := fmt.Sprintf("/audit/readings/%d", sample.Clerk.StaffID)
	for _, wrong := range []string{"/audit/readings?behind=x", "/audit/readings?behind=1-0", "/audit/readings?behind=-1-7", "/audit/readings/x", "/audit/readings/0",
		fmt.Sprintf("/audit/readings/%d", sample.SiblingClerk.StaffID), fmt.Sprintf("/audit/readings/%d/2026-11-22", sample.SiblingClerk.StaffID),
		member + "?behind=x", member + "?behind=2026-11-23", member + "/2026-11-23", member + "/20261122", member + "/x",
		member + "/2026-11-22?behind=x", member + "/2026-11-22?behind=1-0", member + "/2026-11-22?behind=253402300800000000-1"} {
		auditor.Get(wrong).Is(http.StatusNotFound)
	}
}

// name is how a list names a file.
func name(f casefile.File) string {
	if f.Number != "" {
		return f.Number
	}
	return fmt.Sprintf("未编号档案（%d）", f.ID)
}

// Long lists go on, by key, and come back.
func TestLongLists(t *testing.T) {
	s := open(t, reading.Limits{})
	f := s.files(1)[0]
	s.Set(sample.Clerk, func(u *work.Unit) {
		for _, sql := range []string{
			`INSERT INTO reading_hour (staff_id, hour, files, searches) SELECT @clerk, '2026-11-22 09:00+08'::timestamptz - n * interval '1 day', 1, n FROM generate_series(0, 59) n`,
			`INSERT INTO reading_file (staff_id, hour, file_id, times, first_at, last_at) SELECT @clerk, h.hour, @file, 1, h.hour, h.hour FROM reading_hour h`,
			`INSERT INTO staff_member (id, org_id, username, name, password_hash, created_at) SELECT 9600 + n, @org, 'reader' || n, '读' || n, '$argon2id$', @now FROM generate_series(1, 60) n`,
			`INSERT INTO reading_hour (staff_id, hour, files, searches) SELECT 9600 + n, '2026-11-22 08:00+08', n, 0 FROM generate_series(1, 60) n`,
			`INSERT INTO casefile_file (org_id, org_path, state, head_name, registered_by, registered_at) SELECT @org, '', 'draft', '甲' || n, @clerk, @now FROM generate_series(1, 60) n`,
			`INSERT INTO reading_file (staff_id, hour, file_id, times, first_at, last_at) SELECT 9660, '2026-11-22 08:00+08', f.id, 1, '2026-11-22 08:00+08', '2026-11-22 08:00+08'
				FROM casefile_file f WHERE f.state = 'draft'`,
		} {
			if _, err := u.Exec(t.Context(), sql, pgx.NamedArgs{"clerk": sample.Clerk.StaffID, "file": f.ID, "org": sample.County, "now": u.Now}); err != nil {
				t.Fatalf("%s: %v", sql, err)
			}
		}
	})
	auditor := s.As(sample.Auditor)
	page := auditor.Get(path(f, "/readings")).Is(http.StatusOK).Says("2026-11-22", "2026-10-04").SaysNot("2026-10-03")
	page.Link("下一页").Is(http.StatusOK).Says("2026-10-03", "2026-09-24").SaysNot("2026-10-05").Link("上一页").Is(http.StatusOK).Says("2026-11-22")
	page = auditor.Get("/audit/readings").Is(http.StatusOK).Says("读60", "读11").SaysNot("读10<")
	page.Link("下一页").Is(http.StatusOK).Says("读10", "读1").SaysNot("读11<").Link("上一页").Is(http.StatusOK).Says("读60")
	page = auditor.Get(fmt.Sprintf("/audit/readings/%d", sample.Clerk.StaffID)).Is(http.StatusOK).Says("2026-11-22", "2026-10-04").SaysNot("2026-10-03")
	page.Link("下一页").Is(http.StatusOK).Says("2026-10-03", "2026-09-24").SaysNot("2026-10-05").Link("上一页").Is(http.StatusOK).Says("2026-11-22")
	first, last := s.number(`SELECT min(id) FROM casefile_file WHERE state = 'draft'`), s.number(`SELECT max(id) FROM casefile_file WHERE state = 'draft'`)
	page = auditor.Get("/audit/readings/9660/2026-11-22").Is(http.StatusOK).Says(fmt.Sprintf("（%d）", last)).SaysNot(fmt.Sprintf("（%d）", first))
	page.Link("下一页").Is(http.StatusOK).Says(fmt.Sprintf("（%d）", first)).SaysNot(fmt.Sprintf("（%d）", last)).Link("上一页").Is(http.StatusOK)
}
