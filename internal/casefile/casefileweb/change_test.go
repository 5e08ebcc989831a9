package casefileweb_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/templates/casefilepage"
)

// A phone number is changed at once, with before and after seen first; a bad one loses nothing.
func TestAPhoneIsChangedByOnePerson(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk := s.As(sample.Clerk)
	changes := clerk.Get(casefilepage.FilePath(f.ID)).Link("变更").Is(http.StatusOK).Says("可以变更什么", "没有变更")
	form := changes.Link("户主基本信息变更").Is(http.StatusOK).Says("下面是档案现在的内容")
	form.Press("下一步：核对", webtest.Fill{"手机号码": "123", "变更原因": "来电说明"}).Is(http.StatusUnprocessableEntity).Says("来电说明")
	clerk.Get(form.Path).Press("下一步：核对", webtest.Fill{"变更原因": "来电说明", "手机号码": "139 0879 0177"}).Is(http.StatusOK).
		Says("这项变更不需他人确认", "手机号码", "139****0177", "来电说明").SaysNot("13908790177").
		Press("变更").Is(http.StatusOK).Says("已生效", "139****0177")
	clerk.Get(form.Path).SaysNot("您上次填写的内容").Press("下一步：核对", webtest.Fill{"变更原因": "什么也没改"}).
		Is(http.StatusUnprocessableEntity).Says("没有任何变化", "什么也没改")
}

// What decides the category waits for a second person: the one who asked cannot agree, a rejection needs a word, and the
// household is to be judged again afterwards.
func TestAnIncomeIsChangedByTwo(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk, supervisor := s.As(sample.Clerk), s.As(sample.Supervisor)
	path := casefilepage.NewChangePath(f.ID, casefile.ChangeEconomy)
	check := clerk.Get(path).Press("下一步：核对", webtest.Fill{"经营": "12000", "变更原因": "开了小店"}).Is(http.StatusOK).
		Says("须第二人确认", "12,000.00", "对认定的影响", "开了小店")
	asked := check.Press("提交确认").Is(http.StatusOK).Says("等待确认", "12,000.00", "撤回修改").SaysNot("同意，立即生效")
	clerk.Get("/changes?list=mine").Says("开了小店", "等待确认")
	clerk.Get(path).Press("下一步：核对", webtest.Fill{"经营": "13000", "变更原因": "又一次"}).Is(http.StatusUnprocessableEntity).Says("已有一项同样的变更等待确认", "又一次")
	decide := supervisor.Get("/changes").Link("王建国").Is(http.StatusOK).Says("开了小店", "同意，立即生效")
	decide.Press("提交决定", webtest.Fill{"act": "reject"}).Is(http.StatusUnprocessableEntity).Says("不同意时请写明原因")
	s.As(sample.SiblingHead).Get(asked.Path).Is(http.StatusNotFound)
	decide.Press("提交决定", webtest.Fill{"act": "agree"}).Is(http.StatusOK).Says("已生效", "李正")
	supervisor.Get("/changes?list=weigh").Link("王建国").Is(http.StatusOK).Says("按今天的情况", "上次认定").
		Press("确认认定结果").Is(http.StatusOK).Says("王建国")
	supervisor.Get("/changes?list=weigh").SaysNot("王建国")
}

// What was taken back is a draft again; two who change the same section meet on the page of three columns.
func TestTwoChangeTheSameSection(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	first, second := s.As(sample.Clerk), s.As(sample.Clerk2)
	path := casefilepage.NewChangePath(f.ID, casefile.ChangeHousing)
	slow := second.Get(path)
	first.Get(path).Press("下一步：核对", webtest.Fill{"家庭住址": "青石县东街 8 号", "变更原因": "搬家"}).Press("变更").Is(http.StatusOK).Says("已生效")
	conflict := slow.Press("下一步：核对", webtest.Fill{"家庭住址": "青石县西街 9 号", "变更原因": "邻居说搬了"}).
		Is(http.StatusConflict).Says("青石县东街 8 号", "青石县西街 9 号", "青石县河西街道12号", "何敏")
	conflict.Press("按所选保存", webtest.Fill{"take.address": "mine"}).Is(http.StatusOK).Says("青石县东街 8 号", "青石县西街 9 号", "邻居说搬了").
		Press("变更").Is(http.StatusOK).Says("已生效", "青石县西街 9 号")
}

// A change that was taken back can be corrected; one of a member who leaves needs two.
func TestAMemberLeaves(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk, supervisor := s.As(sample.Clerk), s.As(sample.Supervisor)
	path := casefilepage.NewChangePath(f.ID, casefile.ChangeLeaving)
	asked := clerk.Get(path).Press("下一步：核对", webtest.Fill{"person": "王小明", "why": "迁出", "离开日期": "2026-11-01", "变更原因": "随外婆生活"}).
		Is(http.StatusOK).Says("王小明", "须第二人确认").Press("提交确认").Is(http.StatusOK).Says("等待确认")
	back := asked.Press("撤回修改").Is(http.StatusOK).Says("随外婆生活")
	again := back.Press("下一步：核对", webtest.Fill{"why": "其他"}).Press("提交确认").Is(http.StatusOK)
	supervisor.Get(again.Path).Press("提交决定", webtest.Fill{"act": "agree"}).Is(http.StatusOK).Says("已生效")
	clerk.Get(casefilepage.FilePath(f.ID)).Says("王建国", "李秀兰").SaysNot("王小明")
}

// In a change only somebody just added is taken off the form again; who lives in the household leaves it with a reason.
func TestAMemberIsNotTakenOffTheForm(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	removes := func(p *webtest.Page) int { return bytes.Count(p.Body, []byte(`name="remove_row"`)) }
	page := s.As(sample.Clerk).Get(casefilepage.NewChangePath(f.ID, casefile.ChangeMembers)).Is(http.StatusOK)
	if n := removes(page); n != 0 {
		t.Errorf("%d members can be taken off", n)
	}
	if n := removes(page.Press("添加一位成员").Is(http.StatusOK)); n != 1 {
		t.Errorf("%d rows can be taken off, want the new one", n)
	}
}

// The head dies: a member becomes the head, and everybody's relation is asked anew.
func TestANewHead(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	people, err := casefile.People(t.Context(), s.Kit.DB, s.Kit.Keys, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	clerk, supervisor := s.As(sample.Clerk), s.As(sample.Supervisor)
	path := casefilepage.NewChangePath(f.ID, casefile.ChangeNewHead)
	fill := webtest.Fill{"person": "李秀兰", "why": "去世", "离开日期": "2026-11-01", "变更原因": "户主病故"}
	clerk.Get(path).Press("下一步：核对", fill).Is(http.StatusUnprocessableEntity).Says("请选择王小明与新户主的关系", "户主病故")
	fill["relation."+id(people[2].ID)] = "子"
	asked := clerk.Get(path).Press("下一步：核对", fill).Is(http.StatusOK).Says("李秀兰").Press("提交确认").Is(http.StatusOK)
	supervisor.Get(asked.Path).Press("提交决定", webtest.Fill{"act": "agree"}).Is(http.StatusOK).Says("已生效")
	clerk.Get(casefilepage.FilePath(f.ID)).Is(http.StatusOK).Says("李秀兰")
}

// A form that starts empty does not speak of what the file says now, and its messages are whole sentences.
func TestAChangeSaysWhatItsFormAsks(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk := s.As(sample.Clerk)
	leaving := clerk.Get(casefilepage.NewChangePath(f.ID, casefile.ChangeLeaving)).Says("请选择去世或离开的成员").SaysNot("下面是档案现在的内容")
	leaving.Press("下一步：核对").Is(http.StatusUnprocessableEntity).Says("请选择哪位成员", "请填写离开日期")
	head := clerk.Get(casefilepage.NewChangePath(f.ID, casefile.ChangeNewHead)).Says("请选择新户主和原户主的去向").SaysNot("下面是档案现在的内容")
	head.Press("下一步：核对").Is(http.StatusUnprocessableEntity).Says("请选择新户主", "请选择原户主王建国的去向")
	clerk.Get(casefilepage.NewChangePath(f.ID, casefile.ChangeEconomy)).Says("下面是档案现在的内容").
		Press("下一步：核对", webtest.Fill{"until": ""}).Is(http.StatusUnprocessableEntity).Says("请填写近 12 个月收支的截止日")
}

// A rejected change is put right by the one who asked, from what was typed and the paper that is in the file by now.
func TestARejectedChangeIsPutRight(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk, supervisor := s.As(sample.Clerk), s.As(sample.Supervisor)
	path := casefilepage.NewChangePath(f.ID, casefile.ChangeLeaving)
	asked := clerk.Get(path).PressWith("下一步：核对", scan("迁出证明.pdf", "一"), webtest.Fill{"person": "王小明", "why": "迁出", "离开日期": "2026-11-01", "变更原因": "随外婆生活"}).
		Press("提交确认").Is(http.StatusOK)
	supervisor.Get(asked.Path).Press("提交决定", webtest.Fill{"act": "reject", "说明": "日期与证明不符"}).Is(http.StatusOK).Says("日期与证明不符").SaysNot("改好再提交")
	form := clerk.Get(asked.Path).Says("日期与证明不符").Link("改好再提交").Is(http.StatusOK).Says("随外婆生活")
	again := form.Press("下一步：核对", webtest.Fill{"离开日期": "2026-10-31"}).Is(http.StatusOK).Says("迁出证明.pdf").Press("提交确认").Is(http.StatusOK)
	supervisor.Get(again.Path).Says("迁出证明.pdf").Press("提交决定", webtest.Fill{"act": "agree"}).Is(http.StatusOK).Says("已生效")
	for _, none := range []string{id(int64(1) << 60), "x", strings.TrimPrefix(again.Path, "/changes/")} {
		clerk.Get(path + "?from=" + none).Is(http.StatusNotFound)
	}
	s.As(sample.Clerk2).Get(path + "?from=" + strings.TrimPrefix(asked.Path, "/changes/")).Is(http.StatusNotFound)
}

// What cannot be changed just now is said before a form is filled, and not offered.
func TestWhatIsNotChangedNowIsSaid(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.InNotice)
	clerk := s.As(sample.Clerk)
	clerk.Get(casefilepage.FileChangesPath(f.ID)).Is(http.StatusOK).Says("公示期间只能改电话、地址等联系方式", "户主基本信息变更").SaysNot("成员去世或离开", "收入支出变更", "变更户主")
}

// What was typed and not sent comes back, and can be thrown away: the form starts from the file again.
func TestWhatWasTypedIsThrownAway(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk := s.As(sample.Clerk)
	path := casefilepage.NewChangePath(f.ID, casefile.ChangeMembers)
	clerk.Get(path).SaysNot("放弃这些内容").Press("添加一位成员").Press("下一步：核对", webtest.Fill{"变更原因": "弄错了"}).Is(http.StatusUnprocessableEntity)
	clerk.Get(path).Says("已恢复您", "第 3 位成员").Press("放弃这些内容").Is(http.StatusOK).SaysNot("已恢复您", "第 3 位成员", "弄错了")
	clerk.Get(casefilepage.FilePath(f.ID)).SaysNot("放弃草稿")
}
