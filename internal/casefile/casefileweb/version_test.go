package casefileweb_test

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// move writes another address past the pages and keeps it as a version, as a change of the file does.
func move(t *testing.T, s *webtest.Site, f casefile.File, address string) {
	t.Helper()
	s.Set(sample.Clerk, func(u *work.Unit) {
		if _, err := u.Exec(t.Context(), `UPDATE casefile_file SET address = $2 WHERE id = $1`, f.ID, address); err != nil {
			t.Fatal(err)
		}
		if _, err := casefile.Keep(t.Context(), u, f.ID, "casefile.submit"); err != nil {
			t.Fatal(err)
		}
	})
}

// A file is seen as it stood: the list of its versions, one of them whole, two beside each other, and as of a day.
func TestVersionPages(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	s.Set(sample.Clerk, func(u *work.Unit) {
		_, err := u.Exec(t.Context(), `UPDATE casefile_property SET savings_fen = 350000, ticked = '{vehicle}' WHERE file_id = $1`, f.ID)
		if err != nil {
			t.Fatal(err)
		}
	})
	move(t, s, f, "青石县河东街道3号")
	v := s.As(sample.Supervisor)
	list := v.Get(casefilepage.VersionsPath(f.ID)).Is(http.StatusOK).Says("第 4 版", "第 1 版", "家庭住址", "首个版本", "入档")
	v.Get(casefilepage.VersionPath(f.ID, 3)).Is(http.StatusOK).Says("青石县河西街道12号", "不是最新内容", "李秀兰", "材料1.jpg").SaysNot("青石县河东街道3号")
	v.Get(casefilepage.VersionPath(f.ID, 4)).Is(http.StatusOK).Says("青石县河东街道3号", "3,500.00", "经常使用非营运机动车", "困难类别深度困难").SaysNot("不是最新内容")
	v.Get(casefilepage.ChangesPath(f.ID, 3, 4)).Is(http.StatusOK).Says("家庭住址", "青石县河西街道12号", "青石县河东街道3号")
	v.Get(casefilepage.ChangesPath(f.ID, 4, 4)).Is(http.StatusOK).Says("没有变动")
	for _, path := range []string{casefilepage.VersionPath(f.ID, 5), casefilepage.VersionPath(f.ID, 0), casefilepage.ChangesPath(f.ID, 1, 9), casefilepage.VersionsPath(f.ID) + "?below=x"} {
		v.Get(path).Is(http.StatusNotFound)
	}

	day := list.Path + "?day="
	v.Get(day + "2026-11-21").Is(http.StatusUnprocessableEntity).Says("还没有提交")
	v.Get(day + "2026-11-23").Is(http.StatusUnprocessableEntity).Says("截至日期")
	v.Get(day + "昨天").Is(http.StatusUnprocessableEntity)
	v.Get(day+"2026-11-22").Is(http.StatusOK).Says("这是 2026-11-22 结束时的档案内容", "青石县河东街道3号")
}

// The timeline leads from each act that changed the file to what it changed.
func TestTimelineLeadsToChanges(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	page := s.As(sample.Supervisor).Get(casefilepage.FilePath(f.ID)).Is(http.StatusOK).Says("形成第 1 版", "形成第 3 版，查看变动")
	for _, href := range []string{casefilepage.VersionPath(f.ID, 1), casefilepage.ChangesPath(f.ID, 1, 2), casefilepage.ChangesPath(f.ID, 2, 3)} {
		if !bytes.Contains(page.Body, []byte(`href="`+href+`"`)) {
			t.Errorf("no link to %s", href)
		}
	}
}

// After a return the judge sees only what changed, and nothing of the kind in the first round (ux.md U39).
func TestOnlyWhatChanged(t *testing.T) {
	s := site(t)
	first := set(t, s, casefile.Visited)
	s.As(sample.Supervisor).Get(casefilepage.JudgementPath(first.ID)).Is(http.StatusOK).SaysNot("上一轮之后的变动")
	again := set(t, s, casefile.Returned)
	s.Set(sample.Clerk, func(u *work.Unit) {
		ctx := t.Context()
		tasks, err := casefile.TasksOf(ctx, u, again, u.By.StaffID, u.Today())
		if err != nil {
			t.Fatal(err)
		}
		for _, task := range tasks {
			if task.Section == casefile.HousingSection {
				if err := casefile.SaveHousing(ctx, u, again.ID, task.Version, casefile.Housing{Address: "青石县北关8号", Kind: "rented", Metres: 46}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := casefile.Submit(ctx, u, again.ID); err != nil {
			t.Fatal(err)
		}
		u.By = sample.Clerk2
		if _, err := u.Exec(ctx, `INSERT INTO visit_visit (file_id, round, purpose, visited_on, visitor_a, visitor_b, agrees, remark,
				visitors_signed, applicant_signed, entered_by, entered_at)
			SELECT file_id, 2, purpose, visited_on, visitor_a, visitor_b, true, '', true, true, entered_by, entered_at FROM visit_visit WHERE file_id = $1`, again.ID); err != nil {
			t.Fatal(err)
		}
		if err := casefile.RecordVisit(ctx, u, again.ID, true, ""); err != nil {
			t.Fatal(err)
		}
	})
	s.As(sample.Supervisor).Get(casefilepage.JudgementPath(again.ID)).Is(http.StatusOK).
		Says("上一轮之后的变动", "家庭住址", "青石县北关8号", "青石县河西街道12号", "查看全部内容").SaysNot("待核查", "身份证号")
}

// A print is put on record with its code; the code says later what changed; numbers are in the clear once, with a
// reason, to those who may.
func TestPrints(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	people, err := casefile.People(t.Context(), s.Kit.DB, s.Kit.Keys, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	secrets := []string{string(people[0].Number), people[0].Phone, "6228480402564890018"}
	clerk := s.As(sample.Clerk)
	ask := clerk.Get(casefilepage.PrintsPath(f.ID, 0)).Is(http.StatusOK).Says("还没有打印过")
	ask.Press("生成并打开").Is(http.StatusUnprocessableEntity).Says("表格")
	sheet := ask.Press("生成并打开", webtest.Fill{"kind": "application"}).Is(http.StatusOK).
		Says("困难职工家庭建档申请审批表", "王建国", "情况属实，同意", "准予建档", f.Number, "第 3 版", "大写", "24,000.00 元", "贰万肆仟元整", "长期透析，自付费用高", "残疾等级", "年", "何敏", "539***********", "/prints/").SaysNot(secrets...)
	code := regexp.MustCompile(`/prints/([0-9a-z]+-[0-9a-f]{12})`).FindStringSubmatch(string(sheet.Body))
	if code == nil {
		t.Fatal("no code on the print")
	}
	s.As(sample.Auditor).Get("/prints/"+code[1]).Is(http.StatusOK).Says("没有变动", "何敏", "已遮挡")
	s.As(sample.Auditor).Get("/prints/" + code[1] + "/sheet").Is(http.StatusForbidden)
	s.As(sample.SiblingClerk).Get("/prints/" + code[1]).Is(http.StatusNotFound)
	for _, wrong := range []string{code[1][:len(code[1])-1] + "g", "0" + code[1], "zzzz-0123456789ab", "1"} {
		clerk.Get("/prints/" + wrong).Is(http.StatusNotFound)
	}
	move(t, s, f, "青石县河东街道3号")
	clerk.Get("/prints/"+code[1]).Is(http.StatusOK).Says("档案内容有变动", "家庭住址", "青石县河西街道12号", "青石县河东街道3号")
	clerk.Get("/prints/"+code[1]+"/sheet").Is(http.StatusOK).Says("青石县河西街道12号", "第 3 版").SaysNot("青石县河东街道3号")

	for kind, title := range map[string]string{"application": "建档申请审批表", "record": "困难职工档案表"} {
		page := clerk.Get(casefilepage.PrintsPath(f.ID, 0)).Press("生成并打开", webtest.Fill{"kind": kind, "显示完整号码的原因": "制作纸质档案、报送"}).Is(http.StatusOK).Says(title, secrets[0])
		code := regexp.MustCompile(`/prints/([0-9a-z]+-[0-9a-f]{12})`).FindStringSubmatch(string(page.Body))
		clerk.Get("/prints/" + code[1] + "/sheet").Is(http.StatusOK).Says(title).SaysNot(secrets...)
		clerk.Get("/prints/"+code[1]).Says("制作纸质档案、报送", "完整")
		clerk.Get(casefilepage.PrintsPath(f.ID, 0)).Says(title)
	}
	// Who registers nothing and assesses nothing gets masked prints only.
	officer := s.As(sample.Officer).Get(casefilepage.PrintsPath(f.ID, 0)).Is(http.StatusOK).SaysNot("显示完整号码的原因")
	request := officer.Request("生成并打开", nil, webtest.Fill{"kind": "record"})
	values := bodyOf(t, request)
	values.Set("reason", "comparison")
	s.As(sample.Officer).Send(post(request, values)).SaysNot(secrets...)
}

// A registration is printed for signing: what was printed is kept and compared with what is handed in.
func TestPrintOfARegistration(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Draft)
	s.As(sample.Clerk).Get(casefilepage.PrintsPath(f.ID, 0)).Press("生成并打开", webtest.Fill{"kind": "application"}).Is(http.StatusOK).Says("第 1 版", "申请人签字")
	v, err := casefile.LastVersion(t.Context(), s.Kit.DB, sample.Everywhere, f.ID)
	if err != nil || v.Why != "casefile.print" || v.Facts.Cover.State != casefile.Draft {
		t.Errorf("%+v, %v", v, err)
	}
	s.As(sample.Clerk).Get(fmt.Sprintf("%s?version=2", casefilepage.PrintsPath(f.ID, 0))).Is(http.StatusNotFound)
}

// A roster lists a page of a work list as it was, and its code names the households that changed since.
func TestRoster(t *testing.T) {
	s := site(t)
	var files []casefile.File
	for range 3 {
		files = append(files, set(t, s, casefile.Active))
	}
	clerk := s.As(sample.Clerk)
	clerk.Get("/files/roster?list=nothing").Is(http.StatusNotFound)
	clerk.Get(casefilepage.RosterOf{List: casefile.NoticeList}.Path()).Is(http.StatusOK).SaysNot("生成")
	sheet := clerk.Get(casefilepage.RosterOf{List: casefile.ActiveList}.Path()).Is(http.StatusOK).Press("生成 3 户的花名册").Is(http.StatusOK).
		Says("困难职工花名册", files[0].Number, files[2].Number, "共 3 户", "患重特大疾病", "截至 2026年11月22日")
	code := regexp.MustCompile(`/prints/([0-9a-z]+-[0-9a-f]{12})`).FindStringSubmatch(string(sheet.Body))[1]
	clerk.Get("/prints/"+code).Is(http.StatusOK).Says("没有变动", "3")
	move(t, s, files[1], "青石县河东街道3号")
	page := clerk.Get("/prints/"+code).Is(http.StatusOK).Says("有 1 户内容变动", files[1].Number, "第 3 版 → 第 4 版").SaysNot(files[0].Number)
	if !strings.Contains(string(page.Body), casefilepage.ChangesPath(files[1].ID, 3, 4)) {
		t.Error("no way to what changed")
	}
	// A reader of one unit below sees of a roster of the county nothing.
	s.As(sample.UnitClerk).Get("/prints/" + code).Is(http.StatusNotFound)
}

// A roster of one class is in the order of the spoken names, with running numbers that go on from page to page.
func TestRosterOfAClass(t *testing.T) {
	s := site(t)
	var files []casefile.File
	for _, name := range []string{"赵小兰", "陈晓东", "王建国"} {
		files = append(files, set(t, s, casefile.Active, func(h *sample.Household) { h.Head.Name, h.Card.Holder = name, name }))
	}
	clerk := s.As(sample.Clerk)
	whole := clerk.Get(casefilepage.RosterOf{List: casefile.ActiveList}.Path()).Press("生成 3 户的花名册").Is(http.StatusOK)
	inOrder(t, whole.Text(), "陈晓东", "王建国", "赵小兰")
	clerk.Get("/files?list=active&category=severe").Is(http.StatusOK).Link("打印花名册").Is(http.StatusOK).Says("生成 3 户的花名册")
	ask := clerk.Get(casefilepage.RosterOf{List: casefile.ActiveList}.Path()).Link("深度困难")
	sheet := ask.Press("生成 3 户的花名册").Is(http.StatusOK).Says("困难职工花名册（在档 · 深度困难）", "共 3 户")
	inOrder(t, sheet.Text(), "陈晓东", "王建国", "赵小兰")
	// The second page is behind the first household of the class, as if a page ended there.
	of := casefilepage.RosterOf{List: casefile.ActiveList, Class: eligibility.Severe, Below: files[1].ID, First: 101}
	second := clerk.Get(of.Path()).Press("生成 2 户的花名册").Is(http.StatusOK).SaysNot("陈晓东")
	inOrder(t, second.Text(), "101", "王建国", "102", "赵小兰")
	clerk.Get(second.Path).Is(http.StatusOK).Says("深度困难", "102")
	clerk.Get(casefilepage.RosterOf{List: casefile.ActiveList, Class: eligibility.Accident}.Path()).Is(http.StatusOK).SaysNot("生成")
	for _, bad := range []string{"category=poor", "category=severe&first=101", "category=severe&below=1&first=100", "category=severe&below=1&first=-1", "first=x"} {
		clerk.Get("/files/roster?list=active&" + bad).Is(http.StatusNotFound)
	}
}

// inOrder fails unless the texts follow each other.
func inOrder(t *testing.T, text string, wanted ...string) {
	t.Helper()
	rest := text
	for _, w := range wanted {
		i := strings.Index(rest, w)
		if i < 0 {
			t.Fatalf("%q is not where it is wanted in:\n%s", w, text)
		}
		rest = rest[i+len(w):]
	}
}
