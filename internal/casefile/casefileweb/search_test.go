package casefileweb_test

import (
	"net/http"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// A search answers without anything personal in the address, and tells of a file elsewhere no more than whom to call.
func TestSearchPages(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	people, err := casefile.People(t.Context(), s.Kit.DB, s.Kit.Keys, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	s.As(sample.Clerk).Get(casefilepage.SearchPath).SaysNot("王建国")
	look := func(text string) *webtest.Page {
		page := s.As(sample.Clerk).Get(casefilepage.SearchPath).Press("搜索", webtest.Fill{"sought": text}).Is(http.StatusOK).Says("王建国", f.Number)
		if strings.Contains(page.Path, text) {
			t.Errorf("the address tells what was looked for: %s", page.Path)
		}
		return page
	}
	if found := look("王小明"); found.Path != casefilepage.SearchPath {
		t.Errorf("a name leads to %s", found.Path)
	}
	// A whole number that only one file has leads there, and to the member who has it.
	file := casefilepage.FilePath(f.ID)
	for _, c := range []struct {
		number, path string
		member       bool
	}{
		{string(people[0].Number), casefilepage.MeantPath(f.ID, people[0].ID), false},
		{string(people[2].Number), casefilepage.MeantPath(f.ID, people[2].ID), true},
		{people[0].Phone, casefilepage.MeantPath(f.ID, people[0].ID), false},
		{f.Number, file, false},
		{wide(f.Number), file, false},
	} {
		found := look(c.number)
		if found.Path != c.path {
			t.Errorf("%s leads to %s, want %s", c.number, found.Path, c.path)
		}
		if says := strings.Contains(found.Text(), "您查找的是本户成员王小明（"); says != c.member {
			t.Errorf("%s tells of the member: %v", c.path, says)
		}
	}
	for _, part := range []string{string(people[2].Number[12:]), f.Number[:len(f.Number)-1]} {
		if found := look(part); found.Path != casefilepage.SearchPath {
			t.Errorf("%s, a part, leads to %s", part, found.Path)
		}
	}
	s.As(sample.SiblingClerk).Get(casefilepage.SearchPath).Press("搜索", webtest.Fill{"sought": string(people[2].Number)}).
		Says("此人已在其他单位的档案中", "青石县总工会困难职工帮扶中心", "王*国", "0879-2100001").SaysNot("王建国", "王小明", f.Number)
	// A file that has ended binds nobody: the answer is a list, with the way to a new registration.
	s.Set(sample.Clerk, func(u *work.Unit) {
		if _, err := u.Exec(t.Context(), `UPDATE casefile_file SET state = 'discarded', closed_at = $2 WHERE id = $1`, f.ID, u.Now); err != nil {
			t.Fatal(err)
		}
	})
	for _, number := range []string{string(people[0].Number), f.Number} {
		if found := look(number).Says("登记新家庭"); found.Path != casefilepage.SearchPath {
			t.Errorf("the number of an ended file leads to %s", found.Path)
		}
	}
	s.As(sample.Clerk).Get(file + "?member=x").Is(http.StatusOK).SaysNot("您查找的是")
	for text, says := range map[string]string{"530000199001011234": "身份证号校验不通过", "53": "至少输入两个字", "530000900101123": "15 位旧号码", "5300001990010112345": "必须是 18 位"} {
		s.As(sample.Clerk).Get(casefilepage.SearchPath).Press("搜索", webtest.Fill{"sought": text}).Is(http.StatusUnprocessableEntity).Says(says)
	}
	s.As(sample.Clerk).Get(casefilepage.SearchPath).Press("搜索", webtest.Fill{"sought": "王"}).Is(http.StatusUnprocessableEntity).Says("至少输入两个字")
}

// What was looked for in vain stands in the new registration, and in no address: an ID number or a name, and nothing else.
func TestWhatWasSoughtIsNotTypedTwice(t *testing.T) {
	s := site(t)
	number := string(sample.Number(day.Of(1980, 5, 6), idcard.Female))
	for sought, kept := range map[string]bool{number: true, "赵小妹": true, "北门街12号": false} {
		tasks := s.As(sample.Clerk).Get(casefilepage.SearchPath).Press("搜索", webtest.Fill{"sought": sought}).Press("登记新家庭").Is(http.StatusOK)
		if strings.Contains(tasks.Path, sought) {
			t.Errorf("the address tells what was looked for: %s", tasks.Path)
		}
		head := s.As(sample.Clerk).Get(tasks.Path + "/" + string(casefile.HeadSection)).Is(http.StatusOK)
		if shown := strings.Contains(string(head.Body), `value="`+sought+`"`); shown != kept {
			t.Errorf("%s stands in the form: %v", sought, shown)
		}
	}
	s.As(sample.Clerk).Get(casefilepage.WorkListPath(casefile.MineList)).Says("共 3 条") // a list on one page says how long it is
}

// wide gives a text as an input method does in full width.
func wide(text string) string {
	return strings.Map(func(r rune) rune { return r - '!' + '！' }, text)
}
