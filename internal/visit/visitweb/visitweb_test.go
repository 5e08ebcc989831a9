package visitweb_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/visit"
	"bangfu/internal/visit/visitweb"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/visitpage"
)

// open is a site with one submitted file.
func open(t *testing.T) (*webtest.Site, string) {
	t.Helper()
	site := webtest.New(t, visitweb.Routes)
	site.Kit.Keys = sample.Keys()
	var f casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, casefile.Submitted) })
	return site, fmt.Sprintf("/files/%d/visit", f.ID)
}

// agreeing is a form in which everything agrees.
func agreeing() webtest.Fill {
	return webtest.Fill{"入户日期": "2026-11-22", "入户人员 1": "罗杰", "入户人员 2": "段芳", "家庭人口是否相符": "相符", "就业是否相符": "相符",
		"收入是否相符": "相符", "刚性支出是否相符": "相符", "住房是否相符": "相符", "致困原因与健康是否相符": "相符", "材料原件是否相符": "相符",
		"总体结论": "相符", "两名入户人员已": "yes", "申请人已": "yes"}
}

func TestAVisitFromTheListToTheRecord(t *testing.T) {
	site, _ := open(t)
	list := site.As(sample.Clerk2).Get("/visits").Is(http.StatusOK).Says("王建国", "初次核查", "何敏", "共 1 条")
	form := list.Link("王建国").Is(http.StatusOK).Says("王建国，户主，50 岁", "工资", "24,000.00", "46 平方米", "身份证")
	visit := form.Press("记录入户核查", agreeing()).Is(http.StatusOK)
	// On paper what was found stands beside what was declared then, with lines to sign on.
	paper := visit.Link("打印核查表").Is(http.StatusOK)
	paper.Says("申报内容", "王建国，户主，50 岁", "24,000.00", "46 平方米", "☑ 相符", "□ 不符", "☑ 初次核查", "2026年11月22日", "（签字）", "基层工会主席（签字）").
		SaysNot("2026-11-22")
	visit.Says("2026-11-22 的入户核查", "罗杰、段芳", "0 项不符", "入户核查已记录", "待认定")
	site.As(sample.Clerk2).Get("/visits").Says("没有等待入户的家庭")
	site.As(sample.SiblingHead).Get(visit.Path).Is(http.StatusNotFound)
}

func TestAFormThatDisagreesKeepsWhatWasTyped(t *testing.T) {
	site, path := open(t)
	form := site.As(sample.Clerk2).Get(path)
	page := form.Press("记录入户核查", agreeing(), webtest.Fill{"收入是否相符": "不符", "两名入户人员已": ""})
	page.Is(http.StatusUnprocessableEntity).Says("错误：", "请勾选“两名入户人员已在核查表上签字”")
	page = page.Press("记录入户核查", webtest.Fill{"两名入户人员已": "yes"})
	page.Is(http.StatusUnprocessableEntity).Says("“收入”不符，请写明实际情况")
	page = page.Press("记录入户核查", webtest.Fill{"收入的说明": "丈夫另有零工收入"})
	page.Is(http.StatusUnprocessableEntity).Says("有项目不符而总体相符", "丈夫另有零工收入")
	page = page.Press("记录入户核查", webtest.Fill{"总体结论": "不符", "总体说明": "收入不实"})
	page.Is(http.StatusOK).Says("1 项不符", "收入不实", "退回补正")
}

func TestWrongVisits(t *testing.T) {
	tests := map[string]struct {
		fill webtest.Fill
		says string
	}{
		"tomorrow":              {webtest.Fill{"入户日期": "2026-11-23"}, "入户日期不能晚于 2026-11-22"},
		"before the submission": {webtest.Fill{"入户日期": "2026-11-21"}, "入户日期不能早于 2026-11-22"},
		"no date":               {webtest.Fill{"入户日期": "昨天"}, "入户日期必须是日期"},
		"one person twice":      {webtest.Fill{"入户人员 2": "罗杰"}, "须由两名不同的人员入户"},
		"somebody not offered":  {webtest.Fill{"visitor_b": fmt.Sprint(sample.Officer.StaffID)}, "请从列出的选项中选择"},
		"a note too long":       {webtest.Fill{"住房的说明": strings.Repeat("长", 1001)}, "不能超过 1000 个字"},
		"HTML":                  {webtest.Fill{"总体说明": "<script>alert(1)</script>"}, "不能有网页代码"},
		"a NUL":                 {webtest.Fill{"总体说明": "a\x00b"}, "含有无法识别的字符"},
	}
	site, path := open(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			page := site.As(sample.Clerk2).Get(path).Press("记录入户核查", agreeing(), test.fill)
			page.Is(http.StatusUnprocessableEntity).Says(test.says)
		})
	}
	site.As(sample.Clerk2).Get("/visits").Says("共 1 条")
}

func TestTheSameFormTwiceIsOneVisit(t *testing.T) {
	site, path := open(t)
	clerk := site.As(sample.Clerk2)
	form := clerk.Get(path)
	first := clerk.Send(form.Request("记录入户核查", nil, agreeing()))
	second := clerk.Send(form.Request("记录入户核查", nil, agreeing()))
	if first.Code != http.StatusSeeOther || second.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("%d to %q, then %d to %q", first.Code, first.Header.Get("Location"), second.Code, second.Header.Get("Location"))
	}
	clerk.Get(path).Is(http.StatusUnprocessableEntity).Says("不需要入户核查")
}

func TestTheBlankForm(t *testing.T) {
	site, path := open(t)
	site.As(sample.Clerk2).In(words.English).Get(path+"/form").Is(http.StatusOK).Says("困难职工家庭入户核查表", "□ 相符", "it is not printed").SaysNot("⟦")
	page := site.As(sample.Clerk2).Get(path + "/form").Is(http.StatusOK)
	page.Says("困难职工家庭入户核查表", "青石县河西街道12号", "□ 相符", "申请人（签字）", "罗杰", "☑ 初次核查", "□ 定期走访", "□ 很困难", "本件未登记")
	page.SaysNot("13908790001", "6228480402564890018")
}

// The form for the pen needs no household: it names none and asks for everything.
func TestTheFormWithoutAHousehold(t *testing.T) {
	s, _ := open(t)
	page := s.As(sample.Clerk).Get(visitpage.EmptyPath).Is(http.StatusOK).Says("困难职工家庭入户核查表", "空白", "□", "申请人（签字）").SaysNot("王建国", "登记并带二维码", "⟦")
	for _, item := range visit.Items {
		page.Says(words.T(t.Context(), item.Key()))
	}
	s.As(sample.Admin).Get(visitpage.EmptyPath).Is(http.StatusForbidden)
}

func TestWhoMayRecord(t *testing.T) {
	site, path := open(t)
	for name, test := range map[string]struct {
		by   work.Actor
		code int
	}{
		"a caseworker of the office":   {sample.Clerk3, http.StatusOK},
		"a caseworker of another":      {sample.SiblingClerk, http.StatusNotFound},
		"a caseworker of a unit below": {sample.UnitClerk, http.StatusNotFound},
		"a supervisor":                 {sample.Supervisor, http.StatusForbidden},
		"the auditor":                  {sample.Auditor, http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			site.As(test.by).Get(path).Is(test.code)
		})
	}
	if page := site.Nobody().Send(httptest.NewRequest(http.MethodGet, path, nil)); page.Code != http.StatusSeeOther {
		t.Errorf("nobody gets %d", page.Code)
	}
}

func TestTheDatedRule(t *testing.T) {
	site, path := open(t)
	form := site.As(sample.Admin).Get("/rules/visits").Is(http.StatusOK).Says("2000-01-01", "可以")
	page := form.Press("增加规则", webtest.Fill{"执行日期": "2026-11-21", "登记人可否": "不可以", "依据": "县总工会〔2026〕9号"})
	page.Is(http.StatusUnprocessableEntity).Says("执行日期不能早于 2026-11-22")
	page = page.Press("增加规则", webtest.Fill{"执行日期": "2026-11-22"})
	page.Is(http.StatusOK).Says("规则已增加", "不可以", "县总工会〔2026〕9号")
	site.As(sample.Clerk2).Get(path).Is(http.StatusOK).Says("罗杰（青石县").SaysNot("何敏（青石县")
	site.As(sample.Clerk).Get("/rules/visits").Is(http.StatusForbidden)
}

// The worker's page shows the panel of its visits, and the way to the one that is due to those who may make it.
func TestPanel(t *testing.T) {
	var f casefile.File
	site := webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		panel := visitweb.Panel(k)
		rs.Get("/panel", staff.CapDesk, func(w http.ResponseWriter, r *http.Request) error {
			part, err := panel(r, f)
			if err != nil || part == nil {
				return errors.Join(err, work.ErrNotFound)
			}
			return k.Render(w, r, http.StatusOK, part)
		})
	})
	site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, casefile.Submitted) })
	site.As(sample.Clerk2).Get("/panel").Is(http.StatusOK).Says("记录入户核查", "打印空白核查表", "还没有入户核查")
	site.As(sample.Supervisor).Get("/panel").Is(http.StatusNotFound) // nothing to show, nothing to do
	site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, casefile.Visited) })
	site.As(sample.Supervisor).Get("/panel").Is(http.StatusOK).Says("罗杰、段芳", "相符").SaysNot("记录入户核查")
}

func TestEnglish(t *testing.T) {
	site, path := open(t)
	clerk := site.As(sample.Clerk2).In(words.English)
	clerk.Get("/visits").Is(http.StatusOK).Says("First visit", "1 in all")
	page := clerk.Get(path).Is(http.StatusOK).Says("Record the visit", "Originals of the papers")
	page.SaysNot("⟦")
	if !strings.Contains(page.Header.Get("Cache-Control"), "no-store") {
		t.Error("the page may be cached")
	}
}
