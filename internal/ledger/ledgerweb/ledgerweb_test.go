package ledgerweb_test

import (
	"bytes"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/file"
	"bangfu/internal/idcard"
	"bangfu/internal/ledger"
	"bangfu/internal/ledger/ledgerweb"
	"bangfu/internal/sheet"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/words"
)

// open is a site with a shelf; work lets the background do what waits.
func open(t *testing.T) (site *webtest.Site, work func()) {
	t.Helper()
	site = webtest.New(t, ledgerweb.Routes)
	site.Kit.Keys = sample.Keys()
	store, err := file.Folder(filepath.Join(t.TempDir(), "evidence"), sample.Keys())
	if err != nil {
		t.Fatal(err)
	}
	site.Kit.Files = store
	return site, func() {
		t.Helper()
		o := ledger.Office{DB: site.Kit.DB, Clock: func() time.Time { return pgtest.Now }, Keys: sample.Keys(), Shelf: store}
		if err := ledger.Work(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
}

func man() string   { return string(sample.Number(day.Of(1976, 3, 12), idcard.Male)) }
func woman() string { return string(sample.Number(day.Of(1976, 3, 12), idcard.Female)) }

// uploaded is a ledger of three rows, the second of which is wrong.
func uploaded(first, second, third string) webtest.Upload {
	return webtest.Upload{"ledger": {Name: "旧台账.csv", Content: []byte("户编号,关系,姓名,身份证号,病况,档案号\n" +
		"1,户主,王建国," + first + ",良好,YC001\n2,户主,赵川," + second + ",凑合,\n2,妻,林秀兰," + third + ",良好,\n")}}
}

func TestALedgerFromTheUploadToItsUndoing(t *testing.T) {
	site, work := open(t)
	clerk := site.As(sample.Clerk)
	first, second, third := man(), man(), woman()
	list := clerk.Get("/imports").Is(http.StatusOK).Says("还没有导入过台账")
	columns := list.Link("上传台账").Is(http.StatusOK).Says("导入的都是草稿").PressWith("上传并核对列", uploaded(first, second, third))
	columns.Is(http.StatusOK).Says("核对列", "第 5 列“病况”", "例：良好", "王建国", idcard.Number(first).Masked()).SaysNot(first)
	columns.Press("保存并重新预览", webtest.Fill{"第 3 列": "不导入"}).Is(http.StatusUnprocessableEntity).Says("请指出哪一列是“姓名”")
	columns = columns.Press("保存并重新预览", webtest.Fill{"第 5 列": "健康状况"}).Is(http.StatusOK).
		Says("列已保存", "健康状况：“凑合”不是可选的值")
	running := columns.Press("开始导入").Is(http.StatusOK).Says("排队中", "页面每 3 秒自动刷新")
	if got := running.Header.Get("Refresh"); got != "3" {
		t.Errorf("the page looks again after %q", got)
	}
	if again := columns.Press("开始导入"); again.Path != running.Path {
		t.Errorf("the same form again led to %s", again.Path)
	}
	work()
	done := clerk.Get(running.Path).Is(http.StatusOK).Says("新建登记 1 户；2 行没有导入", "已完成")
	if done.Header.Get("Refresh") != "" {
		t.Error("a page on which nothing moves looks again")
	}
	done.Link("查看没有导入的行").Is(http.StatusOK).Says("第 3 行有问题", "健康状况：“凑合”不是可选的值")
	rejects := done.Press("下载没有导入的行").Is(http.StatusOK)
	if got := rejects.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("a list of people may be cached: %q", got)
	}
	r, err := sheet.Open(bytes.NewReader(rejects.Body), int64(len(rejects.Body)), sheet.Usual)
	if err != nil {
		t.Fatal(err)
	}
	if heads, err := r.Next(); err != nil || heads[6] != "未导入的原因" {
		t.Errorf("%v, %v", heads, err)
	}

	corrected := webtest.Upload{"ledger": {Name: "改.csv", Content: bytes.Replace(uploaded(first, second, third)["ledger"].Content, []byte("凑合"), []byte("良好"), 1)}}
	again := clerk.Get("/imports/new").PressWith("上传并核对列", corrected).Says("健康状况").Press("开始导入")
	work()
	clerk.Get(again.Path).Says("新建登记 1 户", "先前已导入")

	undo := clerk.Get(running.Path).Link("撤销这次导入").Is(http.StatusOK).Says("1 户登记将作废")
	undo.Press("撤销导入").Is(http.StatusOK).Says("撤销中")
	work()
	clerk.Get(running.Path).Says("已撤销 1 户，保留 0 户").SaysNot("查看保留的登记")
	clerk.Get("/imports").Says("旧台账.csv", "已撤销", "改.csv")
	site.As(sample.SiblingClerk).Get(running.Path).Is(http.StatusNotFound)
	site.As(sample.Supervisor).Get(running.Path).Is(http.StatusForbidden)
}

// A workbook of several sheets: another one is chosen, with figures up to a day, and a household is taken without what
// cannot be read in it.
func TestASheetIsChosen(t *testing.T) {
	site, work := open(t)
	clerk := site.As(sample.Clerk)
	book := sample.Workbook(t, sample.Sheet{Name: "市直", Rows: []string{"姓名,身份证号", "王建国," + man()}},
		sample.Sheet{Name: "各县", Hidden: true, Rows: []string{"姓名,身份证号,月工资,手机,面积,档案号", "赵川," + man() + ",2000,13900001111/13900002222,约60,QX-018"}},
		sample.Sheet{Name: "说明", Rows: []string{"填表说明"}})
	columns := clerk.Get("/imports/new").PressWith("上传并核对列", webtest.Upload{"ledger": {Name: "台账.xlsx", Content: book}})
	columns.Is(http.StatusOK).Says("导入哪一张表", "各县（隐藏）", "王建国", "开始导入").SaysNot("赵川")
	columns.Press("改用这张表", webtest.Fill{"导入哪一张表": "说明"}).Is(http.StatusUnprocessableEntity).Says("没有找到表头", "王建国")
	stale := clerk.Get(columns.Path)
	columns = columns.Press("改用这张表", webtest.Fill{"导入哪一张表": "各县（隐藏）"}).Is(http.StatusOK).
		Says("已改用这张表", "赵川", "第 3 列“月工资”", "请填写“金额截至”并保存").SaysNot("王建国", "开始导入")
	stale.Press("改用这张表", webtest.Fill{"导入哪一张表": "各县（隐藏）"}).Is(http.StatusConflict)
	for until, says := range map[string]string{"2024-01-31": "应在最近 24 个月内", "2026-12-31": "不能晚于 2026-11-22", "上月": "金额截至"} {
		refused := columns.Press("保存并重新预览", webtest.Fill{"金额截至": until}).Is(http.StatusUnprocessableEntity).Says(says)
		if !bytes.Contains(refused.Body, []byte(until)) {
			t.Errorf("what was typed is gone: %s", until)
		}
	}
	columns = columns.Press("保存并重新预览", webtest.Fill{"金额截至": "2026-10-31", "非必填的值读不懂时": "yes"}).Is(http.StatusOK).
		Says("列已保存", "另有 1 个没有导入", "“约60”不是 0 到 10000 的数")
	running := columns.Press("开始导入").Is(http.StatusOK)
	work()
	done := clerk.Get(running.Path).Is(http.StatusOK).Says("导入完成，新建登记 1 户", "导入但有略过（行）", "各县", "2026-10-31", "略过该值，仍导入这一户")
	notes := done.Link("查看略过的内容").Is(http.StatusOK).Says("QX-018", "另有 1 个没有导入", "建筑面积（平方米）：“约60”")
	if len(notes.Links()) == 0 {
		t.Error("no way to the registration")
	}
	clerk.Get(notes.Path + "?above=2").Says("没有略过的内容")
	clerk.Get(notes.Path + "?above=x").Is(http.StatusNotFound)
	clerk.Get(columns.Path).Is(http.StatusUnprocessableEntity)
	csv := clerk.Get("/imports/new").PressWith("上传并核对列", uploaded(man(), man(), woman()))
	csv.Is(http.StatusOK).SaysNot("导入哪一张表")
	clerk.In(words.English).Get(notes.Path).Says("1 more were not", "Floor area (m²): “约60”")
}

func TestUploadsThatAreRefused(t *testing.T) {
	site, _ := open(t)
	clerk := site.As(sample.Clerk)
	for name, test := range map[string]struct{ data, says string }{
		"nothing":      {"", "文件是空的"},
		"an image":     {"\x89PNG\r\n\x1a\n\x00", "这不是表格"},
		"an old sheet": {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式"},
		"no heads":     {"一,二\n三,四\n", "没有找到表头"},
		"half a zip":   {"PK\x03\x04", "已损坏"},
	} {
		page := clerk.Get("/imports/new").PressWith("上传并核对列", webtest.Upload{"ledger": {Name: "x.xlsx", Content: []byte(test.data)}})
		if page.Code != http.StatusUnprocessableEntity || !strings.Contains(page.Text(), test.says) {
			t.Errorf("%s: %d %s", name, page.Code, page.Text())
		}
	}
	clerk.Get("/imports/new").PressWith("上传并核对列", nil).Is(http.StatusUnprocessableEntity).Says("请选择台账文件")
	clerk.Get("/imports").Says("还没有导入过台账")
}

func TestAnUploadThatIsThrownAway(t *testing.T) {
	site, work := open(t)
	clerk := site.As(sample.Clerk)
	columns := clerk.Get("/imports/new").PressWith("上传并核对列", uploaded(man(), man(), woman()))
	page := clerk.Get(strings.TrimSuffix(columns.Path, "/columns")).Says("待核对列")
	page.Press("丢弃这个文件").Is(http.StatusOK).Says("文件已丢弃", "已丢弃")
	columns.Press("开始导入").Is(http.StatusUnprocessableEntity).Says("这次导入的状态是“已丢弃”")
	clerk.Get(columns.Path).Is(http.StatusUnprocessableEntity)
	work()
	clerk.Get("/imports").Says("还没有导入过台账")
}

func TestTheTemplateIsUnderstood(t *testing.T) {
	site, _ := open(t)
	page := site.As(sample.Clerk).Get("/imports/template").Is(http.StatusOK)
	r, err := sheet.Open(bytes.NewReader(page.Body), int64(len(page.Body)), sheet.Usual)
	if err != nil {
		t.Fatal(err)
	}
	heads, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(ledger.Guess(heads)), fmt.Sprint(ledger.Fields()); got != want {
		t.Errorf("our own heads are guessed as\n%s\nwant\n%s", got, want)
	}
}

// A list is given out as it was narrowed on the page of files, and the whole of it is one link away.
func TestANarrowedListIsGivenOut(t *testing.T) {
	s, _ := open(t)
	supervisor := s.As(sample.Supervisor)
	ask := supervisor.Get("/exports/new?list=ended&category=severe&papers=missing").Is(http.StatusOK).
		Says("只导出符合筛选条件的档案：困难类别：深度困难；缺材料或材料已过期")
	ask.Press("申请导出", webtest.Fill{"用途": "统计"}).Is(http.StatusUnprocessableEntity).Says("困难类别：深度困难")
	ask.Press("申请导出", webtest.Fill{"用途": "报市总统计"}).Is(http.StatusOK).Says("筛选条件", "困难类别：深度困难；缺材料或材料已过期", "已结束")
	ask = supervisor.Get("/exports/new?list=ended&category=severe&papers=missing")
	ask.Press("申请导出", webtest.Fill{"用途": "报市总统计", "哪些档案": "我登记的"}).Is(http.StatusUnprocessableEntity).Says("筛选条件不适用于“我登记的”")
	ordered := "/exports/new?list=active&sort=name&turned=yes"
	supervisor.Get(ordered).Press("申请导出", webtest.Fill{"用途": "报市总统计"}).Is(http.StatusOK).Says("户主姓名（音序），倒序")
	supervisor.Get(ordered).Press("申请导出", webtest.Fill{"用途": "报市总统计", "倒序": "", "顺序": "档案编号"}).Is(http.StatusOK).Says("档案编号").SaysNot("倒序")
	ask = supervisor.Get("/exports/new?list=ended&category=severe&papers=missing")
	ask.Link("改为导出整个清单").Is(http.StatusOK).SaysNot("只导出符合筛选条件")
	for _, bad := range []string{"category=poor", "org=x", "org=999999", "sort=height", "file=1&category=severe"} {
		supervisor.Get("/exports/new?" + bad).Is(http.StatusNotFound)
	}
}
