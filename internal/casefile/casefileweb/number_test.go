package casefileweb_test

import (
	"net/http"
	"net/url"
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

// numbersOf reads the household and its card, numbers open.
func numbersOf(t *testing.T, s *webtest.Site, file work.FileID) (people []casefile.Person, card string) {
	t.Helper()
	people, err := casefile.People(t.Context(), s.Kit.DB, s.Kit.Keys, file)
	if err != nil {
		t.Fatal(err)
	}
	current, err := casefile.CurrentCard(t.Context(), s.Kit.DB, file)
	if err == nil {
		card, err = current.Number(s.Kit.Keys)
	}
	if err != nil {
		t.Fatal(err)
	}
	return people, card
}

// trail gives the changes of the newest entry of an act.
func trail(t *testing.T, s *webtest.Site, act string) string {
	t.Helper()
	var changes string
	if err := s.Kit.DB.QueryRow(t.Context(), `SELECT changes::text FROM audit_entry WHERE act = $1 ORDER BY id DESC LIMIT 1`, act).Scan(&changes); err != nil {
		t.Fatal(err)
	}
	return changes
}

// bare fails the test when a page holds one of the numbers whole.
func bare(t *testing.T, page *webtest.Page, numbers ...string) *webtest.Page {
	t.Helper()
	for _, n := range numbers {
		if n != "" && strings.Contains(string(page.Body), n) {
			t.Errorf("%s shows a whole number", page.Path)
		}
	}
	return page
}

// A returned file shows no number whole to the clerk who puts it right: what is left empty stays, what is typed replaces it
// and is told masked in the trail.
func TestNumbersOfARegistrationAreKept(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Returned, func(h *sample.Household) { h.Head.Contact = "13900001234" })
	clerk := s.As(sample.Clerk)
	before, card := numbersOf(t, s, f.ID)
	all := []string{string(before[0].Number), string(before[1].Number), string(before[2].Number), before[0].Phone, "13900001234", card}
	section := func(name casefile.Section) *webtest.Page {
		return bare(t, clerk.Get(casefilepage.SectionPath(f.ID, name)).Is(http.StatusOK), all...)
	}
	section(casefile.HeadSection).Says("已存 "+before[0].Number.Masked(), before[0].Birth.String(), "不改则留空", "已存 "+idcard.MaskPhone(before[0].Phone), "139****1234").
		Press("保存并返回", webtest.Fill{"民族": "彝族"}).Is(http.StatusOK)
	section(casefile.MembersSection).Says("已存 "+before[2].Number.Masked()).Press("保存并返回", webtest.Fill{"member.0.remark": "已核"}).Is(http.StatusOK)
	section(casefile.BankSection).Says("已存 "+idcard.MaskCard(card)).Press("保存并返回", webtest.Fill{"支行名称": "河西支行"}).Is(http.StatusOK)
	people, now := numbersOf(t, s, f.ID)
	for i, p := range people {
		if p.ID != before[i].ID || p.Number != before[i].Number || p.Phone != before[i].Phone || p.Contact != before[i].Contact {
			t.Errorf("%s has other numbers", p.Name)
		}
	}
	if now != card || people[0].Ethnicity != "yi" || people[1].Remark+people[2].Remark != "已核" {
		t.Errorf("people %+v, card kept %v", people, now == card)
	}
	if told := trail(t, s, "casefile.save_head"); strings.Contains(told, "id_number") || strings.Contains(told, "phone") {
		t.Errorf("the trail tells of numbers that stayed: %s", told)
	}

	other := sample.Number(day.Of(1977, 4, 5), idcard.Male)
	section(casefile.HeadSection).Press("保存并返回", webtest.Fill{"number": string(other), "手机号码": "139 0879 0177", "contact_gone": "yes"}).Is(http.StatusOK)
	section(casefile.BankSection).Press("保存并返回", webtest.Fill{"银行卡号": "6217 0038 1002 6897 713"}).Is(http.StatusOK)
	people, now = numbersOf(t, s, f.ID)
	if p := people[0]; p.ID != before[0].ID || p.Number != other || p.Birth != day.Of(1977, 4, 5) || p.Phone != "13908790177" || p.Contact != "" || now != "6217003810026897713" {
		t.Errorf("head %+v, card %v", p, now)
	}
	told := trail(t, s, "casefile.save_head") + trail(t, s, "casefile.save_bank")
	for _, n := range []string{before[0].Number.Masked(), other.Masked(), idcard.MaskPhone(before[0].Phone), "139****0177", idcard.MaskCard(now)} {
		if !strings.Contains(told, n) {
			t.Errorf("the trail does not tell of %s: %s", n, told)
		}
	}
	for _, n := range append(all, string(other), "13908790177", now) {
		if strings.Contains(told, n) {
			t.Errorf("the trail holds a whole number: %s", told)
		}
	}
}

// A member's number is put right in the same person's row, also of an accepted file; somebody else's row is not to be had
// by naming it.
func TestAMembersNumberIsCorrected(t *testing.T) {
	s := site(t)
	f, others := set(t, s, casefile.Active), set(t, s, casefile.Active)
	before, _ := numbersOf(t, s, f.ID)
	strangers, _ := numbersOf(t, s, others.ID)
	clerk, supervisor := s.As(sample.Clerk), s.As(sample.Supervisor)
	path := casefilepage.NewChangePath(f.ID, casefile.ChangeMembers)
	form := bare(t, clerk.Get(path).Is(http.StatusOK), string(before[1].Number), string(before[2].Number)).Says(before[1].Number.Masked())
	right := sample.Number(before[1].Birth.Add(1), before[1].Sex)
	check := form.Press("下一步：核对", webtest.Fill{"member.0.number": string(right), "变更原因": "输错一位"}).Is(http.StatusOK).
		Says(before[1].Number.Masked(), right.Masked(), "须第二人确认")
	asked := bare(t, check.Press("提交确认").Is(http.StatusOK).Says("等待确认", right.Masked()), string(right), string(before[1].Number))
	bare(t, supervisor.Get(asked.Path), string(right)).Press("提交决定", webtest.Fill{"act": "agree"}).Is(http.StatusOK).Says("已生效")
	people, _ := numbersOf(t, s, f.ID)
	if len(people) != 3 || people[1].ID != before[1].ID || people[1].Number != right || people[2].Number != before[2].Number {
		t.Errorf("people %+v", people)
	}
	if told := trail(t, s, "casefile.save_members"); !strings.Contains(told, before[1].Number.Masked()) || strings.Contains(told, string(right)) {
		t.Errorf("the trail says %s", told)
	}

	theirs := webtest.Fill{"变更原因": "别人的成员", "member.1.person": id(strangers[2].ID)}
	bare(t, clerk.Get(path).Press("下一步：核对", theirs).Is(http.StatusUnprocessableEntity).Says("请填写身份证号"), string(strangers[2].Number))
}

// A member is removed, another one added and a third kept, all in one sending; a draft that still holds the numbers of old
// shows them no more.
func TestMembersComeAndGo(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Returned)
	before, _ := numbersOf(t, s, f.ID)
	clerk := s.As(sample.Clerk)
	path := casefilepage.SectionPath(f.ID, casefile.MembersSection)
	draft := url.Values{"seen": {"1"}, "member.0.number": {string(before[1].Number)}, "member.0.name": {before[1].Name}, "member.0.remark": {"旧草稿"},
		"member.1.number": {string(before[2].Number)}, "member.1.name": {before[2].Name}, "member.1.relation": {before[2].Relation}}
	request, err := http.NewRequest(http.MethodPost, casefilepage.DraftPath(f.ID, casefile.MembersSection), strings.NewReader(draft.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	clerk.Send(request).Is(http.StatusNoContent)
	form := bare(t, clerk.Get(path).Is(http.StatusOK).Says("已恢复您", before[2].Number.Masked()), string(before[1].Number), string(before[2].Number))
	added := sample.Number(day.Of(2019, 3, 3), idcard.Female)
	request = form.Request("保存并返回", nil)
	values := bodyOf(t, request)
	values.Set("remove_row", "member.0")
	form = bare(t, clerk.Send(post(request, values)).Is(http.StatusOK), before[1].Name)
	holds(t, form, before[2].Name)
	form = form.Press("添加一位成员").Is(http.StatusOK)
	form.Press("保存并返回", webtest.Fill{"member.2.number": string(added), "member.2.name": "王小红", "member.2.relation": "女"}).Is(http.StatusOK)
	people, _ := numbersOf(t, s, f.ID)
	if len(people) != 3 || people[1].ID != before[2].ID || people[1].Number != before[2].Number || people[2].Number != added {
		t.Errorf("people %+v", people)
	}
}

// Two who have the same household open: the phone that one put in stays when the other left it empty, and what both typed is
// chosen on the page of three columns, the stored ones masked.
func TestConflictOfNumbers(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Returned)
	before, _ := numbersOf(t, s, f.ID)
	first, second := s.As(sample.Clerk), s.As(sample.Clerk3)
	path := casefilepage.SectionPath(f.ID, casefile.HeadSection)
	mine, late := second.Get(path), second.Get(path)
	first.Get(path).Press("保存并返回", webtest.Fill{"手机号码": "13908790177"}).Is(http.StatusOK)
	second.Send(mine.Request("保存并返回", nil, webtest.Fill{"民族": "彝族"})).Is(http.StatusConflict).SaysNot("手机号码", "177").
		Press("按所选保存").Is(http.StatusOK)
	if people, _ := numbersOf(t, s, f.ID); people[0].Phone != "13908790177" || people[0].Ethnicity != "yi" {
		t.Errorf("head %+v", people[0])
	}
	conflict := late.Press("保存并返回", webtest.Fill{"手机号码": "13908790188"}).Is(http.StatusConflict).
		Says("手机号码", idcard.MaskPhone(before[0].Phone), "139****0177", "13908790188")
	bare(t, conflict, before[0].Phone, "13908790177", string(before[0].Number))
	conflict.Press("按所选保存", webtest.Fill{"take.phone": "theirs"}).Is(http.StatusOK)
	if people, _ := numbersOf(t, s, f.ID); people[0].Phone != "13908790177" || people[0].Number != before[0].Number {
		t.Errorf("head %+v", people[0])
	}
}

// Whom another took out of the household meanwhile is asked about, not missed as a number.
func TestConflictOverAMemberTakenOut(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Returned)
	before, _ := numbersOf(t, s, f.ID)
	first, second := s.As(sample.Clerk), s.As(sample.Clerk3)
	path := casefilepage.SectionPath(f.ID, casefile.MembersSection)
	mine := second.Get(path)
	request := first.Get(path).Request("保存并返回", nil)
	values := bodyOf(t, request)
	for name := range values {
		if strings.HasPrefix(name, "member.1.") {
			values.Del(name)
		}
	}
	first.Send(post(request, values)).Is(http.StatusSeeOther)
	conflict := mine.Press("保存并返回", webtest.Fill{"member.0.remark": "已核"}).Is(http.StatusConflict).Says(before[2].Name)
	holds(t, conflict.Press("按所选保存", webtest.Fill{"take.member.1": "mine"}).Is(http.StatusUnprocessableEntity).Says("请填写身份证号"), before[2].Name)
	conflict.Press("按所选保存", webtest.Fill{"take.member.1": "theirs"}).Is(http.StatusOK)
	if people, _ := numbersOf(t, s, f.ID); len(people) != 2 || people[1].Remark != "已核" || people[1].Number != before[1].Number {
		t.Errorf("people %+v", people)
	}
}

// An answer that tells of a household outside the scope is noted once, with the number masked; one within is not.
func TestToldElsewhereIsNoted(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	people, _ := numbersOf(t, s, f.ID)
	noted := func() (n int) {
		if err := s.Kit.DB.QueryRow(t.Context(), `SELECT count(*) FROM audit_entry WHERE act = 'casefile.tell_elsewhere' AND file_id = $1`, f.ID).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	look := func(by work.Actor, text string) *webtest.Page {
		return s.As(by).Get(casefilepage.SearchPath).Press("搜索", webtest.Fill{"sought": text}).Is(http.StatusOK)
	}
	look(sample.Clerk, string(people[0].Number))
	look(sample.SiblingClerk, "王建国")
	look(sample.SiblingClerk, people[0].Phone)
	if n := noted(); n != 0 {
		t.Fatalf("%d entries though nothing was told of a household elsewhere", n)
	}
	look(sample.SiblingClerk, strings.ToLower(string(people[1].Number))).Says("王*国")
	if n := noted(); n != 1 {
		t.Fatalf("%d entries, want 1", n)
	}
	told := trail(t, s, "casefile.tell_elsewhere")
	if !strings.Contains(told, people[1].Number.Masked()) || strings.Contains(told, string(people[1].Number)) || !strings.Contains(told, "青石县总工会") {
		t.Errorf("the entry says %s", told)
	}
}
