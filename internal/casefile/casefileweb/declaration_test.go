package casefileweb_test

import (
	"bytes"
	"net/http"
	"regexp"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/casefile/casefileweb"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/templates/casefilepage"
)

// What a household signs is printed with its names and masked numbers, put on record, and scanned.
func TestTextsToSign(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	people, err := casefile.People(t.Context(), s.Kit.DB, s.Kit.Keys, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	clerk := s.As(sample.Clerk)
	page := clerk.Get(casefilepage.FilePath(f.ID)).Link("签字文本与记录").Is(http.StatusOK).Says("已签字", "没有未满十四周岁的成员")
	text := page.Link("如实申报承诺书").Is(http.StatusOK).Says("本人向青石县总工会困难职工帮扶中心申请", "没有隐瞒", "王建国", "文本 2026-02", "本件未登记").
		SaysNot(string(people[0].Number), "李秀兰")
	made := text.Press("打印（登记并带二维码）").Is(http.StatusOK).SaysNot("本件未登记")
	code := regexp.MustCompile(`/prints/([0-9a-z]+-[0-9a-f]{12})`).FindString(string(made.Body))
	if code == "" {
		t.Fatal("no code on the text")
	}
	clerk.Get(code).Is(http.StatusOK).Says("如实申报承诺书", "打印件所载内容与现在的记录一致")
	page.Link("处理敏感个人信息同意书").Is(http.StatusOK).Says("王建国", "李秀兰", "王小明", "监护人：").SaysNot(string(people[1].Number))
	clerk.Get(casefilepage.DeclarationPath(f.ID, casefile.Guardian)).Is(http.StatusOK).Says("声明与授权", "不需要")
	s.As(sample.SiblingClerk).Get(text.Path).Is(http.StatusNotFound)
	english := s.As(sample.Clerk).In(words.English).Get(text.Path).Is(http.StatusOK).Says("如实申报承诺书", "nothing is hidden", "it is not printed")
	if !bytes.Contains(english.Body, []byte(`lang="zh-CN"`)) {
		t.Error("the paper is not marked as Chinese")
	}
	clerk.Get(casefilepage.PrintsPath(f.ID, 0)).Press("生成并打开", webtest.Fill{"kind": "declaration_notice"}).Is(http.StatusOK).Says("公示同意书", "/prints/")
}

// What was signed later, or taken back, is recorded on the page of the declarations; wrong entries keep what was typed.
func TestDeclarationsAreRecordedLater(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk := s.As(sample.Clerk)
	page := clerk.Get(casefilepage.DeclarationsPath(f.ID)).Is(http.StatusOK)
	page.Press("记录").Is(http.StatusUnprocessableEntity).Says("错误：")
	wrong := page.Press("记录", webtest.Fill{"kind": "truth", "act": "withdraw"}).Is(http.StatusUnprocessableEntity).Says("如实申报的承诺不能撤回")
	gone := wrong.Press("记录", webtest.Fill{"kind": "notice", "act": "withdraw"}).Is(http.StatusOK).Says("已记录撤回", "未签字")
	gone.Press("记录", webtest.Fill{"kind": "notice", "act": "sign", "on": "2026-11-23"}).Is(http.StatusUnprocessableEntity)
	gone.Press("记录", webtest.Fill{"kind": "notice", "act": "sign"}).Is(http.StatusOK).Says("已记录签字").SaysNot("未签字")
	s.As(sample.Auditor).Get(casefilepage.DeclarationsPath(f.ID)).Is(http.StatusOK).SaysNot("记录补签或撤回")
	draft := set(t, s, casefile.Draft)
	clerk.Get(casefilepage.DeclarationsPath(draft.ID)).Is(http.StatusOK).SaysNot("记录补签或撤回").Link("记录签字日期").Is(http.StatusOK).
		Link("打印签字文本").Is(http.StatusOK)
}

// The forms of a file are signed: they are in Chinese whoever prints them, with the opinions on them.
func TestTheFormsAreChinese(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	english := s.As(sample.Clerk).In(words.English)
	print := func(kind string) *webtest.Page {
		return english.Get(casefilepage.PrintsPath(f.ID, 0)).Press("Make and open", webtest.Fill{"kind": kind})
	}
	print("application").Is(http.StatusOK).Says("申请人签字", "准予建档", "第 3 版", "it is not printed").SaysNot("⟦")
	print("record").Is(http.StatusOK).Says("建档人：", "家庭住址", "it is not printed").SaysNot("⟦")
}

// The forms for the pen need no file, name nobody, and have boxes for all who sign.
func TestBlankForms(t *testing.T) {
	s := webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		casefileweb.Routes(rs, k, nil, nil, nil)
		casefileweb.FormRoutes(rs, k, nil, []casefile.Blank{{Path: "/files", Name: casefile.VisitForm.Key(), Use: "visit.blank.use"}})
	})
	set(t, s, casefile.Active)
	clerk := s.As(sample.Clerk)
	forms := clerk.Get(casefilepage.SearchPath).Link("空白表格").Is(http.StatusOK).Says("入户核查表")
	for name, says := range map[string][]string{
		"困难职工家庭建档申请审批表":  {"□\u00a0男", "□\u00a0已婚", "□ 患重特大疾病", "申请人签字", "帮扶中心评议意见", "县级以上总工会审批意见", "一式三份"},
		"如实申报承诺书":        {"没有隐瞒"},
		"公示同意书":          {"所患疾病"},
		"处理敏感个人信息同意书":    {"档案自撤档之日起保管十年"},
		"未成年人个人信息监护人同意书": {"父母或者其他监护人"},
	} {
		forms.Link(name).Is(http.StatusOK).Says(says...).SaysNot("王建国", "0.00", "未填", "⟦", "登记并带二维码")
	}
	s.As(sample.Admin).Get(casefilepage.FormsPath).Is(http.StatusForbidden)
}
