package casefileweb_test

import (
	"net/http"
	"slices"
	"strconv"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// A figure is one person's or the household's, names the paper that proves it, and leads to it on the page that shows the
// snapshots side by side (ux.md U22).
func TestFiguresAndTheirPapers(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Returned)
	clerk := s.As(sample.Clerk)
	people, err := casefile.People(t.Context(), s.Kit.DB, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	held, err := casefile.EvidenceOf(t.Context(), s.Kit.DB, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	paper := strconv.FormatInt(int64(held[3].ID), 10)
	wage := "income.wage.p" + strconv.FormatInt(int64(people[0].ID), 10)
	clerk.Get(casefilepage.SectionPath(f.ID, casefile.EconomySection)).Says("王建国 的工资性收入").
		Press("保存并返回", webtest.Fill{"income.wage": "", wage: "26,400", wage + ".paper": paper}).Is(http.StatusOK)
	clerk.Get(casefilepage.EconomyPath(f.ID)).Says("截至 2026-10-31", "王建国 的工资性收入", "26,400.00", "24,000.00", "家庭收入（每人每月）", "733.33", "登记，何敏")
	leads := slices.Contains(clerk.Get(casefilepage.EconomyPath(f.ID)).Links(), casefilepage.PaperPath(f.ID, held[3].ID))
	if !leads {
		t.Error("the figure does not lead to its paper")
	}
	clerk.Get(casefilepage.FilePath(f.ID)).Says("王建国 的工资性收入", "月人均 733.33 元")
}

// Arrears are recorded on a page of their own, seen on the file, settled on a day, and what is wrong with them is told.
func TestArrearsPages(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk := s.As(sample.Clerk)
	path := casefilepage.ArrearsPath(f.ID)
	fill := webtest.Fill{"家庭成员": "王建国", "拖欠的是": "养老保险", "从何时起": "2023-11-01", "拖欠金额": "12,600", "备注": "停产后未缴"}
	clerk.Get(path).Says("没有登记欠薪欠保").Press("登记", fill, webtest.Fill{"拖欠金额": "0"}).Is(http.StatusUnprocessableEntity)
	clerk.Get(path).Press("登记", fill, webtest.Fill{"到何时止": "2023-10-31"}).Is(http.StatusUnprocessableEntity).Says("截止日期不能早于起始日期")
	page := clerk.Get(path).Press("登记", fill).Is(http.StatusOK).Says("已登记", "养老保险", "12,600.00", "2023-11-01 起至今", "拖欠中", "青石纺织厂")
	clerk.Get(casefilepage.FilePath(f.ID)).Says("欠薪欠保", "12,600.00", "停产后未缴")
	settle := page.Link("记为已补发")
	settle.Press("确认已补发", webtest.Fill{"补发日期": "2023-10-31"}).Is(http.StatusUnprocessableEntity)
	settle.Press("确认已补发", webtest.Fill{"补发日期": "2026-11-01"}).Is(http.StatusOK).Says("已记为补发", "2026-11-01 已补发").SaysNot("拖欠中")
	s.As(sample.Supervisor).Get(path).Is(http.StatusOK).SaysNot("登记欠薪或欠缴保险")
}

// In a registration arrears entered by mistake are taken out again.
func TestArrearsRemoved(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Returned)
	clerk := s.As(sample.Clerk)
	fill := webtest.Fill{"家庭成员": "王建国", "拖欠的是": "工资", "从何时起": "2026-01-01", "拖欠金额": "5400"}
	clerk.Get(casefilepage.ArrearsPath(f.ID)).Press("登记", fill).Says("5,400.00").Press("删除（登记有误）").Is(http.StatusOK).Says("没有登记欠薪欠保")
}

// What a form marks as owed later is what the file says it lacks, field by field: neither knows more than the other.
func TestOwedFieldsAreMarked(t *testing.T) {
	s := site(t)
	clerk := s.As(sample.Clerk)
	id, tasks := register(t, clerk)
	tasks.Link("户主基本信息").Press("保存并返回", webtest.Fill{"number": string(sample.Number(day.Of(1980, 2, 29), idcard.Female)), "name": "刘海燕", "district": ""})
	for _, section := range []casefile.Section{casefile.WorkSection, casefile.HousingSection, casefile.CausesSection} {
		clerk.Get(casefilepage.SectionPath(id, section)).Press("保存并返回").Is(http.StatusOK)
	}
	clerk.Get(casefilepage.SectionPath(id, casefile.DeclarationsSection)).Press("保存并返回").Is(http.StatusOK)
	lacks := func() map[casefile.Section]int {
		f, err := casefile.Find(t.Context(), s.Kit.DB, sample.Everywhere, id)
		if err != nil {
			t.Fatal(err)
		}
		all, err := casefile.TasksOf(t.Context(), s.Kit.DB, f, sample.Clerk.StaffID, day.Of(2026, 11, 22))
		if err != nil {
			t.Fatal(err)
		}
		counts := map[casefile.Section]int{}
		for _, task := range all {
			for _, l := range task.Lacks {
				counts[task.Section]++
				if !asksFor(clerk.Get(casefilepage.SectionPath(id, l.Section)), l.Field) {
					t.Errorf("%s has no field %s", l.Section, l.Field)
				}
			}
		}
		return counts
	}
	got := lacks()
	for section, want := range map[casefile.Section]int{casefile.HeadSection: 7, casefile.WorkSection: 1, casefile.HousingSection: 3,
		casefile.CausesSection: 3, casefile.DeclarationsSection: 4} {
		if got[section] != want {
			t.Errorf("%s lacks %d, want %d", section, got[section], want)
		}
	}
}

// asksFor tells whether the page has a field of the name.
func asksFor(page *webtest.Page, name string) bool {
	return slices.ContainsFunc(page.Forms(), func(f webtest.Form) bool {
		return slices.ContainsFunc(f.Fields, func(d webtest.Field) bool { return d.Name == name })
	})
}

// What was typed where it does not apply any more is not lost: a school stays when its pupil becomes something else.
func TestWhatDoesNotApplyIsKept(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Returned)
	clerk := s.As(sample.Clerk)
	path := casefilepage.SectionPath(f.ID, casefile.MembersSection)
	clerk.Get(path).Press("保存并返回", webtest.Fill{"member.1.work_status": "unemployed"}).Is(http.StatusOK)
	holds(t, clerk.Get(path), "青石县第二中学")
}

// A row just added begins with what the household has in common.
func TestANewMemberIsPrefilled(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Returned)
	s.Set(sample.Clerk, func(u *work.Unit) {
		if _, err := u.Exec(t.Context(), `UPDATE casefile_person SET ethnicity = 'bai' WHERE file_id = $1 AND relation = 'head'`, f.ID); err != nil {
			t.Fatal(err)
		}
	})
	page := s.As(sample.Clerk).Get(casefilepage.SectionPath(f.ID, casefile.MembersSection)).Press("添加一位成员").Says("第 3 位成员")
	begins := slices.ContainsFunc(page.Forms(), func(f webtest.Form) bool { return f.Values.Get("member.2.ethnicity") == "bai" })
	if !begins {
		t.Error("the new row does not begin with the head's ethnicity")
	}
}
