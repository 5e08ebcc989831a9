package casefileweb_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/casefile/casefileweb"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// site is a program with the pages of worker files only.
func site(t *testing.T) *webtest.Site {
	t.Helper()
	return webtest.New(t, func(rs *web.Routes, k *web.Kit) { casefileweb.Routes(rs, k, nil, nil, nil) })
}

// photo is the smallest picture there is.
func photo(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// register opens a registration as a person and gives its id and task list.
func register(t *testing.T, v *webtest.Visitor) (work.FileID, *webtest.Page) {
	t.Helper()
	page := v.Get(casefilepage.SearchPath).Press("搜索", webtest.Fill{"姓名、身份证号": "刘海燕"}).Says("没有找到档案").
		Press("登记新家庭").Is(http.StatusOK).Says("登记任务", "已完成 0 / 10 部分")
	return work.FileID(webtest.ID(t, page.Path, "files")), page
}

// headFill is what is typed about a head of a household.
func headFill(number idcard.Number) webtest.Fill {
	return webtest.Fill{"number": string(number), "name": "刘海燕", "手机号码": "139 0879 1234", "district": "", "民族": "汉族", "户口类型": "非农业",
		"婚姻状况": "已婚", "政治面貌": "群众", "身份类别": "在职职工", "劳模类型": "非劳模", "健康状况": "疾病", "疾病类别": "终末期肾病", "医保状况": "城镇职工医保"}
}

// The whole registration, from the search to the submission.
func TestRegistration(t *testing.T) {
	s := site(t)
	clerk := s.As(sample.Clerk)
	id, tasks := register(t, clerk)
	head := sample.Number(day.Of(1980, 2, 29), idcard.Female)

	tasks = tasks.Link("户主基本信息").Press("保存并返回", headFill(head)).Is(http.StatusOK).Says("已完成 1 / 10 部分", "刘海燕")
	child := sample.Number(day.Of(2015, 5, 5), idcard.Male)
	members := tasks.Link("家庭成员").Says("除户主外没有其他成员").Press("添加一位成员").Is(http.StatusOK).Says("第 1 位成员")
	tasks = members.Press("保存并返回", webtest.Fill{"member.0.number": strings.ToLower(string(child)), "member.0.name": "刘小宝", "member.0.relation": "子",
		"member.0.work_status": "在校学生", "member.0.health": "good", "member.0.insurance": "resident", "member.0.school": "青石一小", "member.0.education": "primary"}).Says("已完成 2 / 10 部分")
	tasks = tasks.Link("工作情况").Press("保存并返回", webtest.Fill{"工作状态": "在岗", "工作单位": "青石纺织厂", "单位性质": "国有企业", "参加工作时间": "2001年7月1日",
		"企业状况": "正常经营", "所属行业": "制造业"}).Says("已完成 3 / 10 部分")
	tasks = tasks.Link("住房情况").Press("保存并返回", webtest.Fill{"家庭住址": "青石县东街9号", "住房类型": "租房", "建筑面积": "55"}).Says("已完成 4 / 10 部分")
	economy := tasks.Link("近12个月").Press("计算合计", webtest.Fill{"income.wage": "24,000", "expense.illness": "6000.50"}).Says("¥24,000.00", "¥6,000.50")
	tasks = economy.Press("保存并返回").Says("已完成 5 / 10 部分")
	property := tasks.Link("财产与其他情况").Press("保存并返回", webtest.Fill{"家庭名下住房（套）": "2", "存款和投资净值（元）": "1,500"}).
		Is(http.StatusUnprocessableEntity).Says("请填写证载面积合计")
	tasks = property.Press("保存并返回", webtest.Fill{"名下住房证载面积合计（平方米）": "30"}).Says("已完成 6 / 10 部分")
	tasks = tasks.Link("致困原因").Press("保存并返回", webtest.Fill{"main": "6", "self_help": "yes", "needs": "medical"}).Says("已完成 7 / 10 部分")
	evidence := tasks.Link("证明材料").Says("二级以上医院诊断证明", "因为致困原因有重特大疾病", "缺 8 项")
	evidence.Press("材料已齐").Is(http.StatusUnprocessableEntity).Says("还缺 8 项材料")
	for _, kind := range []string{"建档申请审批表", "户主身份证", "户口簿", "近一年收入证明", "银行卡复印件", "家庭经济状况核对授权书", "二级以上医院诊断证明", "自付费用票据"} {
		evidence = evidence.PressWith("上传", webtest.Upload{"paper": {Name: "扫描.jpg", Content: photo(t)}},
			webtest.Fill{"材料种类": kind, "开具日期": "2026-11-02"}).Is(http.StatusOK)
	}
	tasks = evidence.Says("齐全").Press("材料已齐").Says("已完成 8 / 10 部分")
	tasks = tasks.Link("银行卡").Press("保存并返回", webtest.Fill{"银行卡号": "6228 4804 0256 4890 018", "支行名称": "青石县支行", "持卡人": "刘海燕"}).Says("已完成 9 / 10 部分")
	tasks = tasks.Link("声明与授权").Says("我作为监护人").Press("保存并返回", webtest.Fill{"truth": "yes", "comparison": "yes", "notice": "yes",
		"sensitive": "yes", "guardian": "yes"}).Says("已完成 10 / 10 部分")
	check := tasks.Link("检查并提交").Says("刘海燕", head.Masked(), "刘小宝", "11 岁，未成年人", "青石县东街9号", "24,000.00", "患重特大疾病", "中国农业银行").
		SaysNot(string(head), string(child), "6228480402564890018")
	check.Press("提交核查").Is(http.StatusOK).Says("已提交，等待入户核查", "待核查")

	f, err := casefile.Find(t.Context(), s.Kit.DB, sample.Everywhere, id)
	if err != nil || f.State != casefile.Submitted || f.People != 2 || f.MainCause != casefile.SeriousIllness || f.HeadName != "刘海燕" {
		t.Errorf("file %+v, %v", f, err)
	}
	clerk.Get(casefilepage.TasksPath(id)).Is(http.StatusUnprocessableEntity).Says("登记内容不能修改")
}

// What is wrong with a form is told beside its fields; it changes nothing, and what was typed is still there when the
// page is opened again.
func TestRefusedInputIsKept(t *testing.T) {
	s := site(t)
	clerk := s.As(sample.Clerk)
	id, _ := register(t, clerk)
	right := sample.Number(day.Of(1980, 2, 29), idcard.Female)
	wrongSum := string(right[:17]) + string('0'+(right[17]-'0'+1)%10)
	if right[17] == 'X' {
		wrongSum = string(right[:17]) + "1"
	}
	unborn := sample.Number(day.Of(2031, 1, 1), idcard.Male)
	long := strings.Repeat("长", 41)
	tests := map[string]struct {
		change webtest.Fill
		says   string
	}{
		"wrong check digit":  {webtest.Fill{"number": wrongSum}, "校验不通过"},
		"fifteen digits":     {webtest.Fill{"number": "532301800229001"}, "15 位旧号码"},
		"born tomorrow":      {webtest.Fill{"number": string(unborn)}, "出生日期"},
		"name too long":      {webtest.Fill{"name": long}, "不能超过 40 个字"},
		"NUL in the name":    {webtest.Fill{"name": "刘\x00燕"}, "无法识别的字符"},
		"not a phone":        {webtest.Fill{"手机号码": "139087912"}, "必须是手机号"},
		"district of five":   {webtest.Fill{"district": "53230"}, "必须是 6 位数字"},
		"district of letter": {webtest.Fill{"district": "53230a"}, "必须是 6 位数字"},
		"nothing in a field": {webtest.Fill{"name": ""}, "请填写姓名"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			clerk.Get(casefilepage.SectionPath(id, casefile.HeadSection)).Press("保存并返回", headFill(right), test.change).
				Is(http.StatusUnprocessableEntity).Says("错误：", test.says, "有 1 处需要修改")
			clerk.Get(casefilepage.SectionPath(id, casefile.HeadSection)).Says("已恢复您").Is(http.StatusOK)
			f, err := casefile.Find(t.Context(), s.Kit.DB, sample.Everywhere, id)
			if err != nil || f.HeadName != "" || f.People != 0 {
				t.Errorf("a refused form changed the file: %+v, %v", f, err)
			}
		})
	}
}

// A field nobody declared is told, and so is a body beyond the limit; neither changes anything.
func TestForgedForms(t *testing.T) {
	s := site(t)
	clerk := s.As(sample.Clerk)
	id, _ := register(t, clerk)
	path := casefilepage.SectionPath(id, casefile.HousingSection)
	for name, test := range map[string]struct {
		field, value string
		code         int
	}{
		"unknown field":  {"state", "active", http.StatusUnprocessableEntity},
		"unknown option": {"kind", "castle", http.StatusUnprocessableEntity},
		"a megabyte":     {"address", strings.Repeat("x", 1<<20), http.StatusRequestEntityTooLarge},
		"a long address": {"address", strings.Repeat("地", 201), http.StatusUnprocessableEntity},
		"html":           {"metres", "<script>", http.StatusUnprocessableEntity},
		"no version":     {"seen", "", http.StatusUnprocessableEntity},
	} {
		t.Run(name, func(t *testing.T) {
			request := clerk.Get(path).Request("保存并返回", nil, webtest.Fill{"家庭住址": "东街9号", "住房类型": "租房", "建筑面积": "55"})
			values := bodyOf(t, request)
			values.Set(test.field, test.value)
			clerk.Send(post(request, values)).Is(test.code)
			if f, err := casefile.Find(t.Context(), s.Kit.DB, sample.Everywhere, id); err != nil || f.Address != "" {
				t.Errorf("a forged form changed the file: %+v, %v", f, err)
			}
		})
	}
}

// Money is read as written, and refused beyond two decimals, below zero and beyond what is possible.
func TestEconomyInput(t *testing.T) {
	s := site(t)
	clerk := s.As(sample.Clerk)
	id, _ := register(t, clerk)
	path := casefilepage.SectionPath(id, casefile.EconomySection)
	for typed, says := range map[string]string{"-1": "不能是负数", "1.005": "最多两位小数", "1000000000000000": "过大", "一千": "必须是金额"} {
		holds(t, clerk.Get(path).Press("保存并返回", webtest.Fill{"income.wage": typed}).Is(http.StatusUnprocessableEntity).Says(says), typed)
	}
	// Nothing at all is possible, but unlikely: it is asked before it is kept (U29).
	asked := clerk.Get(path).Press("保存并返回", webtest.Fill{"income.wage": ""}).Is(http.StatusOK).Says("请核对", "近12个月家庭收入为 0 元")
	asked.Press("返回修改").Is(http.StatusOK).Says("保存并返回任务列表")
	asked.Press("确认无误").Is(http.StatusOK).Says("已完成 1 / 10 部分")
	var confirmed string
	if err := s.Kit.DB.QueryRow(t.Context(), `SELECT changes::text FROM audit_entry WHERE act = 'casefile.save_economy'`).Scan(&confirmed); err != nil ||
		!strings.Contains(confirmed, `"no_income"`) {
		t.Errorf("the answer is not kept: %s, %v", confirmed, err)
	}
}

// Two people open the same section; the second to save sees what both began with, what the first wrote and what was typed,
// chooses field by field, and nothing is lost (ux.md U32).
func TestConflict(t *testing.T) {
	s := site(t)
	first, second := s.As(sample.Clerk), s.As(sample.Clerk2)
	id, _ := register(t, first)
	path := casefilepage.SectionPath(id, casefile.HousingSection)
	first.Get(path).Press("保存并返回", webtest.Fill{"家庭住址": "东街9号", "住房类型": "租房", "建筑面积": "55"}).Is(http.StatusOK)
	mine := second.Get(path)
	first.Get(path).Press("保存并返回", webtest.Fill{"家庭住址": "东街19号", "建筑面积": "60", "邮政编码": "679900"}).Is(http.StatusOK)
	// Both changed the address; the area is the first's, the kind the second's. The postal code nobody typed here.
	conflict := mine.Press("保存并返回", webtest.Fill{"家庭住址": "西街1号", "住房类型": "自建房"}).Is(http.StatusConflict).
		Says("何敏 刚刚保存了这一部分", "原值", "东街9号", "东街19号", "西街1号", "租房", "自建房", "679900")
	conflict.Press("按所选保存").Is(http.StatusConflict).Says("请选择“家庭住址”保留哪一个").SaysNot("请选择“住房类型”")
	if f, err := casefile.Find(t.Context(), s.Kit.DB, sample.Everywhere, id); err != nil || f.Address != "东街19号" {
		t.Errorf("an open choice changed the file: %+v, %v", f, err)
	}
	conflict.Press("带回表单继续填写", webtest.Fill{"take.address": "mine"}).Is(http.StatusOK).Says("保存并返回任务列表")
	conflict.Press("按所选保存", webtest.Fill{"take.address": "mine"}).Is(http.StatusOK).Says("登记任务")
	f, err := casefile.Find(t.Context(), s.Kit.DB, sample.Everywhere, id)
	if err != nil || f.Address != "西街1号" || f.Housing != "self_built" || f.HousingM2 != 60 {
		t.Errorf("file %+v, %v", f, err)
	}
	if said, err := casefile.SaidOf(t.Context(), s.Kit.DB, id); err != nil || said.Particulars.PostalCode != "679900" {
		t.Errorf("it says %+v, %v", said, err)
	}
}

// What was never typed into a form, as with an old ledger, is kept by the first who saves over it: the second still sees
// what both began with.
func TestConflictOverWhatWasReadIn(t *testing.T) {
	s := site(t)
	first, second := s.As(sample.Clerk), s.As(sample.Clerk2)
	id, _ := register(t, first)
	s.Set(sample.Clerk, func(u *work.Unit) {
		if err := casefile.SaveHousing(t.Context(), u, id, 0, casefile.Housing{Address: "老街7号", Kind: "rented", Metres: 40}); err != nil {
			t.Fatal(err)
		}
	})
	path := casefilepage.SectionPath(id, casefile.HousingSection)
	mine := second.Get(path)
	first.Get(path).Press("保存并返回", webtest.Fill{"家庭住址": "东街9号"}).Is(http.StatusOK)
	mine.Press("保存并返回", webtest.Fill{"建筑面积": "55"}).Is(http.StatusConflict).
		Says("老街7号", "东街9号", "40", "55").SaysNot("没有留存").Press("按所选保存").Is(http.StatusOK).Says("登记任务")
	f, err := casefile.Find(t.Context(), s.Kit.DB, sample.Everywhere, id)
	if err != nil || f.Address != "东街9号" || f.HousingM2 != 55 {
		t.Errorf("file %+v, %v", f, err)
	}
}

// A choice made while a third saving came between is asked again, and what was typed is still there.
func TestConflictTwice(t *testing.T) {
	s := site(t)
	first, second := s.As(sample.Clerk), s.As(sample.Clerk2)
	id, _ := register(t, first)
	path := casefilepage.SectionPath(id, casefile.HousingSection)
	mine := second.Get(path)
	first.Get(path).Press("保存并返回", webtest.Fill{"家庭住址": "东街9号"}).Is(http.StatusOK)
	conflict := mine.Press("保存并返回", webtest.Fill{"家庭住址": "西街1号"}).Is(http.StatusConflict)
	first.Get(path).Press("保存并返回", webtest.Fill{"家庭住址": "北街3号"}).Is(http.StatusOK)
	again := conflict.Press("按所选保存", webtest.Fill{"take.address": "mine"}).Is(http.StatusConflict).Says("北街3号", "西街1号")
	again.Press("按所选保存", webtest.Fill{"take.address": "theirs"}).Is(http.StatusOK)
	if f, err := casefile.Find(t.Context(), s.Kit.DB, sample.Everywhere, id); err != nil || f.Address != "北街3号" {
		t.Errorf("file %+v, %v", f, err)
	}
}

// Members are put beside each other by their ID numbers: who was added by one person and who was changed by the other are
// both kept.
func TestConflictOfMembers(t *testing.T) {
	s := site(t)
	first, second := s.As(sample.Clerk), s.As(sample.Clerk2)
	id, tasks := register(t, first)
	tasks.Link("户主基本信息").Press("保存并返回", headFill(sample.Number(day.Of(1980, 2, 29), idcard.Female))).Is(http.StatusOK)
	path := casefilepage.SectionPath(id, casefile.MembersSection)
	old, young := sample.Number(day.Of(2008, 5, 5), idcard.Male), sample.Number(day.Of(2015, 5, 5), idcard.Male)
	person := func(i, name string, number idcard.Number) webtest.Fill {
		return webtest.Fill{"member." + i + ".number": string(number), "member." + i + ".name": name, "member." + i + ".relation": "子",
			"member." + i + ".work_status": "在校学生", "member." + i + ".health": "good", "member." + i + ".insurance": "resident"}
	}
	first.Get(path).Press("添加一位成员").Press("保存并返回", person("0", "刘小宝", young)).Is(http.StatusOK)
	mine := second.Get(path)
	first.Get(path).Press("添加一位成员").Press("保存并返回", person("1", "刘大宝", old)).Is(http.StatusOK)
	conflict := mine.Press("保存并返回", webtest.Fill{"member.0.school": "青石一小"}).Is(http.StatusConflict).
		Says("刘大宝（子，"+old.Masked()+"）", "刘小宝 的就读学校", "青石一小").SaysNot(string(old), string(young))
	conflict.Press("按所选保存").Is(http.StatusOK)
	people, err := casefile.People(t.Context(), s.Kit.DB, sample.Keys(), id)
	if err != nil || len(people) != 3 || people[1].Name != "刘大宝" || people[2].Name != "刘小宝" || people[2].School != "青石一小" {
		t.Errorf("people %+v, %v", people, err)
	}
}

// Required means required at submit: a section is saved without its answers, says how many it lacks, and the check page
// leads to each of them.
func TestLackingAnswersAreOwed(t *testing.T) {
	s := site(t)
	clerk := s.As(sample.Clerk)
	id, tasks := register(t, clerk)
	tasks = tasks.Link("户主基本信息").Press("保存并返回", webtest.Fill{"number": string(sample.Number(day.Of(1980, 2, 29), idcard.Female)), "name": "刘海燕"}).
		Is(http.StatusOK).Says("还缺 7 项", "已完成 0 / 10 部分")
	tasks.Link("住房情况").Press("保存并返回").Is(http.StatusOK).Says("还缺 3 项")
	check := clerk.Get("/files/"+strconv.FormatInt(int64(id), 10)+"/submission").Says("提交前还缺", "户主基本信息：手机号码", "住房情况：建筑面积")
	check.Link("住房情况：建筑面积").Is(http.StatusOK).Press("保存并返回", webtest.Fill{"家庭住址": "东街9号", "住房类型": "租房", "建筑面积": "0"}).
		Says("已完成 1 / 10 部分")
}

// What is typed is kept while it is typed, for its writer only, and survives until the section is saved.
func TestDraftSurvives(t *testing.T) {
	s := site(t)
	clerk, other := s.As(sample.Clerk), s.As(sample.Clerk2)
	id, _ := register(t, clerk)
	draft := url.Values{"number": {"53990119800229"}, "name": {"刘海"}, "seen": {"0"}}
	request, err := http.NewRequest(http.MethodPost, casefilepage.DraftPath(id, casefile.HeadSection), strings.NewReader(draft.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	clerk.Send(request).Is(http.StatusNoContent)
	clerk.Get(casefilepage.TasksPath(id)).Says("进行中")
	holds(t, clerk.Get(casefilepage.SectionPath(id, casefile.HeadSection)).Says("已恢复您"), "53990119800229", "刘海")
	other.Get(casefilepage.SectionPath(id, casefile.HeadSection)).SaysNot("53990119800229", "刘海")
	var stored []byte
	if err := s.Kit.DB.QueryRow(t.Context(), `SELECT typed FROM casefile_typed WHERE file_id = $1`, id).Scan(&stored); err != nil ||
		bytes.Contains(stored, []byte("539901")) {
		t.Errorf("the draft lies open in the table: %q, %v", stored, err)
	}
}

// The script may send a draft while its form is being saved; what was saved is not shown as unfinished again.
func TestALateDraftIsDropped(t *testing.T) {
	s := site(t)
	clerk := s.As(sample.Clerk)
	id, _ := register(t, clerk)
	fill := webtest.Fill{"家庭住址": "东街9号", "住房类型": "租房", "建筑面积": "55"}
	clerk.Get(casefilepage.SectionPath(id, casefile.HousingSection)).Press("保存并返回", fill).Is(http.StatusOK)
	late := url.Values{"address": {"东街"}, "seen": {"0"}}
	request, err := http.NewRequest(http.MethodPost, casefilepage.DraftPath(id, casefile.HousingSection), strings.NewReader(late.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	clerk.Send(request).Is(http.StatusNoContent)
	var drafts int
	if err := s.Kit.DB.QueryRow(t.Context(), `SELECT count(*) FROM casefile_typed WHERE file_id = $1 AND section = $2`, id, casefile.HousingSection).Scan(&drafts); err != nil || drafts != 0 {
		t.Errorf("%d drafts, %v; want none", drafts, err)
	}
}
