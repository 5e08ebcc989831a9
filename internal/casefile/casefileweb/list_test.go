package casefileweb_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// many puts 120 ended files on the register: sixty at the county, sixty at its unit, named 名001 to 名120.
func many(t *testing.T, s *webtest.Site) {
	t.Helper()
	s.Set(sample.Clerk, func(u *work.Unit) {
		if _, err := u.Exec(t.Context(), `
			INSERT INTO casefile_file (org_id, org_path, state, head_name, head_pinyin, category, main_cause, address, registered_by, registered_at, closed_at)
			SELECT (ARRAY[@county, @unit]::bigint[])[1 + n % 2], '', 'discarded', '名' || to_char(n, 'FM000'), 'ming ' || to_char(n, 'FM000'),
				CASE n % 3 WHEN 0 THEN 'severe' ELSE 'relative' END, 6, '青石县名山路' || n || '号', @by, @now::timestamptz - n * interval '1 hour', @now
			FROM generate_series(1, 120) n`,
			pgx.NamedArgs{"county": sample.County, "unit": sample.UnitA, "by": sample.Clerk.StaffID, "now": u.Now}); err != nil {
			t.Fatal(err)
		}
	})
}

// Without a question the address leads to the list that waits for the reader, with its files.
func TestTheFirstListHasItsFiles(t *testing.T) {
	s := site(t)
	s.Set(sample.Clerk, func(u *work.Unit) { sample.File(t, u, casefile.Draft) })
	s.As(sample.Clerk).Get(casefilepage.ListPath).Is(http.StatusOK).Says("我登记的 1", "未填户主", "共 1 条")
}

// A list is walked there and back, sorted and turned round, and narrowed by conditions that can be taken away again.
func TestListPages(t *testing.T) {
	s := site(t)
	many(t, s)
	v := s.As(sample.Clerk)
	first := v.Get(casefilepage.WorkListPath(casefile.EndedList)).Is(http.StatusOK).Says("名001", "名050", "共 120 条").SaysNot("名051")
	second := first.Link("下一页").Says("名051", "名100").SaysNot("名050", "名101")
	third := second.Link("下一页").Says("名101", "名120", "共 120 条").SaysNot("名100")
	third.Link("上一页").Says("名051", "名100").SaysNot("名101").Link("上一页").Says("名001", "名050").SaysNot("名051")

	byName := first.Link("户主姓名").Says("名001").SaysNot("名051")
	byName.Link("户主姓名").Says("名120", "名071").SaysNot("名070")

	ordered := s.As(sample.Supervisor).Get("/files?list=ended&sort=name&turned=yes&category=severe").Links()
	if !slices.Contains(ordered, "/exports/new?category=severe&list=ended&sort=name&turned=yes") {
		t.Errorf("a list is not given out as it stands: %q", ordered)
	}

	narrowed := first.Press("应用", webtest.Fill{"困难类别": "severe", "单位": "青石纺织厂"}).Is(http.StatusOK).
		Says("名003", "名117").SaysNot("名001", "名006")
	if strings.Contains(narrowed.Path, "office=") || !strings.Contains(narrowed.Path, "org=") {
		t.Errorf("the address keeps what was typed for the office: %s", narrowed.Path)
	}
	narrowed.Says("清除")
	first.Press("应用", webtest.Fill{"单位": "没有这样的单位"}).Is(http.StatusUnprocessableEntity).Says("没有“没有这样的单位”").SaysNot("名001")
	first.Press("应用", webtest.Fill{"单位": "青石"}).Is(http.StatusUnprocessableEntity).Says("“青石”有几个单位")
	first.Press("应用", webtest.Fill{"登记起始日期": "2026-11-23"}).Is(http.StatusUnprocessableEntity).SaysNot("这里没有档案")
	first.Press("应用", webtest.Fill{"登记起始日期": "2026-11-20", "登记截止日期": "2026-11-19"}).Is(http.StatusUnprocessableEntity).Says("起始日期不能晚于截止日期")
	for _, wrong := range []string{"?list=nothing", "?sort=address", "?after=x", "?after=-1", "?after=1&before=2", "?org=9006", "?org=0"} {
		v.Get("/files" + wrong).Is(http.StatusNotFound)
	}
}

// A search shows twenty, by what each was found, and the next twenty on the next page; nothing stands in the address.
func TestSearchGoesOn(t *testing.T) {
	s := site(t)
	many(t, s)
	page := s.As(sample.Clerk).Get(casefilepage.SearchPath).Press("搜索", webtest.Fill{"sought": "名山路"}).Is(http.StatusOK).Says("住址", "名山路")
	pages := 1
	for ; strings.Contains(page.Text(), "后 20 条"); pages++ {
		page = page.Press("后 20 条").Is(http.StatusOK)
		if page.Path != casefilepage.SearchPath {
			t.Fatalf("the address tells what was looked for: %s", page.Path)
		}
	}
	if page.Says("已是最后一页"); pages != 6 {
		t.Errorf("120 files stand on %d pages", pages)
	}
}

// The numbers of a small office are as they were after the last act of its people; those of a large one, where a list is
// "99+", stand for ten seconds.
func TestCountsOfALargeOfficeAreKept(t *testing.T) {
	s := site(t)
	add := func(state casefile.State, n int) {
		s.Set(sample.Clerk, func(u *work.Unit) {
			if _, err := u.Exec(t.Context(), `INSERT INTO casefile_file (org_id, org_path, state, registered_by, registered_at)
				SELECT $1, '', $2, $3, $4 FROM generate_series(1, $5)`, sample.County, string(state), sample.Clerk2.StaffID, u.Now, n); err != nil {
				t.Fatal(err)
			}
		})
	}
	act := func(by work.Actor) {
		s.As(by).Get(casefilepage.SearchPath).Press("搜索", webtest.Fill{"sought": "名山路"}).Press("登记新家庭").Is(http.StatusOK)
	}
	v := s.As(sample.Clerk)
	add(casefile.Visited, 3)
	v.Get(casefilepage.ListPath).Says("待认定 3")
	add(casefile.Visited, 1)
	v.Get(casefilepage.ListPath).Says("待认定 3")
	v.Get(casefilepage.SearchPath).Press("搜索", webtest.Fill{"sought": "名山路"}).Is(http.StatusOK) // does nothing
	v.Get(casefilepage.ListPath).Says("待认定 3")
	for i, by := range []work.Actor{sample.Clerk2, sample.UnitClerk} {
		act(by)
		v.Get(casefilepage.ListPath).Says("待认定 " + strconv.Itoa(4+i))
		add(casefile.Visited, 1)
		v.Get(casefilepage.ListPath).Says("待认定 " + strconv.Itoa(4+i))
	}
	act(sample.Clerk)
	v.Get(casefilepage.ListPath).Says("待认定 6")
	add(casefile.Submitted, casefile.Counted+1)
	act(sample.Clerk)
	v.Get(casefilepage.ListPath).Says("待核查 99+", "待认定 6")
	add(casefile.Visited, 1)
	act(sample.Clerk)
	s.Now = s.Now.Add(9 * time.Second)
	v.Get(casefilepage.ListPath).Says("待认定 6")
	s.Now = s.Now.Add(time.Second)
	v.Get(casefilepage.ListPath).Says("待核查 99+", "待认定 7")
}

// A registration whose head was not entered yet has one name wherever it is shown, and none of them is its key.
func TestADraftWithoutAHeadHasOneName(t *testing.T) {
	s := site(t)
	var id work.FileID
	s.Set(sample.Clerk, func(u *work.Unit) {
		var err error
		if id, err = casefile.Register(t.Context(), u); err != nil {
			t.Fatal(err)
		}
	})
	clerk := s.As(sample.Clerk)
	page := clerk.Get(casefilepage.FilePath(id)).Is(http.StatusOK).Says("（未填户主） 家庭档案", "困难职工档案（未填户主）").SaysNot("#"+strconv.FormatInt(int64(id), 10), "未填姓名")
	if n := strings.Count(page.Text(), "（未填户主）"); n < 4 { // title, crumb, identity, heading
		t.Errorf("named %d times: %s", n, page.Text())
	}
	clerk.Get(casefilepage.ListPath + "?list=mine").Is(http.StatusOK).Says("（未填户主）").SaysNot("未填姓名")
	clerk.Get(casefilepage.PrintsPath(id, 0)).Is(http.StatusOK).Says("（未填户主）")
}

// A list longer than a page says how many files it holds, up to a thousand: the tab's own number, or one that is kept for
// ten seconds. A list that is narrowed says that it goes on, and is not counted.
func TestALongListSaysItsLength(t *testing.T) {
	s := site(t)
	add := func(n int) {
		s.Set(sample.Clerk, func(u *work.Unit) {
			if _, err := u.Exec(t.Context(), `INSERT INTO casefile_file (org_id, org_path, state, registered_by, registered_at, closed_at)
				SELECT $1, '', 'discarded', $2, $3, $3 FROM generate_series(1, $4)`, sample.County, sample.Clerk2.StaffID, u.Now, n); err != nil {
				t.Fatal(err)
			}
		})
	}
	v, ended := s.As(sample.Clerk), casefilepage.WorkListPath(casefile.EndedList)
	for _, step := range []struct {
		add  int
		says string
	}{{50, "共 50 条"}, {1, "共 51 条"}, {casefile.Longest - 51, "共 1,000 条"}, {1, "1,000 条以上"}} {
		add(step.add)
		s.Now = s.Now.Add(10 * time.Second)
		v.Get(ended).Says(step.says)
	}
	add(1)
	v.Get(ended+"&state=discarded").Says("后面还有").SaysNot("条以上", "共 1")
	v.Get(casefilepage.WorkListPath(casefile.ActiveList)).SaysNot("后面还有", "条以上")
}

// Each list says when a file reached it: was handed in, entered the register, ended. The office of a row narrows it further.
func TestTheListSaysWhenAFileReachedIt(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Visited)
	set(t, s, casefile.Active)
	s.Now = s.Now.AddDate(0, 0, 3)
	v := s.As(sample.Supervisor)
	v.Get(casefilepage.JudgementPath(f.ID)).Press("确认为深度困难").Is(http.StatusOK)
	list := v.Get(casefilepage.WorkListPath(casefile.AssessList)+"&category=severe").Is(http.StatusOK).Says("提交日期", "2026-11-222026-11-22待评议")
	if !slices.ContainsFunc(list.Links(), func(to string) bool { return strings.Contains(to, "category=severe&list=to_assess&org=") }) {
		t.Errorf("the office drops the filter: %v", list.Links())
	}
	v.Get(casefilepage.WorkListPath(casefile.ActiveList)).Is(http.StatusOK).Says("建档日期", "2026-11-22在档").SaysNot("提交日期")
}
