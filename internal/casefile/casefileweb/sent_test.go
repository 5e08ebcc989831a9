package casefileweb_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// scan is a PDF that differs from others by its text.
func scan(name, text string) webtest.Upload {
	return webtest.Upload{"change_file": {Name: name, Content: []byte("%PDF-1.4\n% " + text + "\n%%EOF")}}
}

// held names the papers of a file, by kind and name.
func held(t *testing.T, s *webtest.Site, id work.FileID) []string {
	t.Helper()
	papers, err := casefile.EvidenceOf(t.Context(), s.Kit.DB, id)
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, len(papers))
	for i, e := range papers {
		names[i] = string(e.Kind) + " " + e.Name
	}
	return names
}

// A change brings the paper that proves it: what was chosen outlives a refused form, goes into the file with the request
// and not before, and the second person sees it beside the change.
func TestAChangeBringsItsPaper(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk, supervisor := s.As(sample.Clerk), s.As(sample.Supervisor)
	before := len(held(t, s, f.ID))
	path := casefilepage.NewChangePath(f.ID, casefile.ChangeLeaving)
	fill := webtest.Fill{"person": "王小明", "why": "迁出", "变更原因": "随外婆生活"}
	refused := clerk.Get(path).PressWith("下一步：核对", scan("户口簿.pdf", "迁出页"), fill).
		Is(http.StatusUnprocessableEntity).Says("请填写离开日期", "随外婆生活", "已上传 1 页", "户口簿.pdf")
	check := clerk.Get(path).Says("输入但未保存的内容", "户口簿.pdf").
		PressWith("下一步：核对", scan("另一页.pdf", "户主页"), webtest.Fill{"离开日期": "2026-11-01"}).Is(http.StatusOK).
		Says("户口簿：户口簿.pdf（随本次变更上传）；户口簿：另一页.pdf（随本次变更上传）")
	refused.Press("下一步：核对", webtest.Fill{"离开日期": "2026-11-01"}).Is(http.StatusOK).Press("返回修改").Is(http.StatusOK).Says("户口簿.pdf")
	if got := held(t, s, f.ID); len(got) != before {
		t.Errorf("before the request the file holds %v", got)
	}
	asked := check.Press("提交确认").Is(http.StatusOK).Says("等待确认", "户口簿：户口簿.pdf", "户口簿：另一页.pdf").
		SaysNot("材料3.jpg") // is in the file, and proves nothing of this
	if got := held(t, s, f.ID); len(got) != before+2 || got[before] != "household_register 户口簿.pdf" {
		t.Errorf("the file holds %v", got)
	}
	supervisor.Get(asked.Path).Link("户口簿：户口簿.pdf").Is(http.StatusOK).Says("这份材料")
	supervisor.Get(asked.Path).Press("提交决定", webtest.Fill{"act": "agree"}).Is(http.StatusOK).Says("已生效", "户口簿.pdf")
}

// The paper and the request come together or not at all; what was sent is in nobody's file then, and still with the form.
func TestARefusedRequestBringsNoPaper(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk := s.As(sample.Clerk)
	path := casefilepage.NewChangePath(f.ID, casefile.ChangeHousing)
	fill := webtest.Fill{"metres": "88", "住房类型": "商品房", "变更原因": "买了房"}
	late := clerk.Get(path).PressWith("下一步：核对", scan("房产证.pdf", "一"), fill).Is(http.StatusOK)
	clerk.Get(path).Press("下一步：核对", fill).Press("提交确认").Is(http.StatusOK).Says("没有材料")
	before := held(t, s, f.ID)
	late.Press("提交确认").Is(http.StatusUnprocessableEntity).Says("已有一项同样的变更等待确认", "买了房", "房产证.pdf")
	if got := held(t, s, f.ID); len(got) != len(before) {
		t.Errorf("the file holds %v", got)
	}
}

// What is no paper is refused at its field, and nothing typed is lost; a paper that ages says when it was issued.
func TestAPaperOfAChangeIsChecked(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk := s.As(sample.Clerk)
	path := casefilepage.NewChangePath(f.ID, casefile.ChangeEconomy)
	fill := webtest.Fill{"经营": "12000", "变更原因": "开了小店"}
	clerk.Get(path).PressWith("下一步：核对", webtest.Upload{"change_file": {Name: "说明.txt", Content: []byte("没有格式")}}, fill).
		Is(http.StatusUnprocessableEntity).Says("只能上传照片", "开了小店").SaysNot("已上传")
	undated := clerk.Get(path).PressWith("下一步：核对", scan("收入.pdf", "一"), fill).Is(http.StatusUnprocessableEntity).
		Says("请填写近一年收入证明的开具日期", "已上传 1 页", "开了小店")
	dropped := undated.Press("不用已上传的文件").Is(http.StatusOK).Says("开了小店").SaysNot("已上传", "收入.pdf")
	dropped.Press("下一步：核对").Is(http.StatusOK).Says("没有材料")
	full := clerk.Get(path).PressWith("下一步：核对", scan("第1页.pdf", "第1页"), webtest.Fill{"变更原因": ""})
	for i := 2; i <= 10; i++ {
		full = full.PressWith("下一步：核对", scan(fmt.Sprintf("第%d页.pdf", i), fmt.Sprint("第", i, "页"))).Is(http.StatusUnprocessableEntity)
	}
	full.Says("已上传 10 页").SaysNot("一次最多")
	full.PressWith("下一步：核对", scan("第11页.pdf", "第11页")).Is(http.StatusUnprocessableEntity).Says("一次最多 10 页，这次有 11 页", "已上传 10 页")
	full.PressWith("下一步：核对", scan("又是第1页.pdf", "第1页")).SaysNot("又是第1页")
}

// A figure names the paper that comes with its change, and keeps naming it once the change is made.
func TestAFigureNamesThePaperOfItsChange(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk, supervisor := s.As(sample.Clerk), s.As(sample.Supervisor)
	path := casefilepage.NewChangePath(f.ID, casefile.ChangeEconomy)
	fill := webtest.Fill{"经营": "12000", "income.business.paper": "new", "变更原因": "开了小店", "change_issued_on": "2026-11-02"}
	asked := clerk.Get(path).Press("下一步：核对", fill).Is(http.StatusUnprocessableEntity).Says("选了本次上传的材料，请在下方选择文件").
		PressWith("下一步：核对", scan("收入证明.pdf", "小店")).Is(http.StatusOK).Says("收入证明.pdf（随本次变更上传）").
		Press("提交确认").Is(http.StatusOK)
	supervisor.Get(asked.Path).Press("提交决定", webtest.Fill{"act": "agree"}).Is(http.StatusOK).Says("已生效", "收入证明.pdf")
	papers, err := casefile.EvidenceOf(t.Context(), s.Kit.DB, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	economy, err := casefile.EconomyOf(t.Context(), s.Kit.DB, f)
	if err != nil {
		t.Fatal(err)
	}
	last := papers[len(papers)-1]
	if line := economy.At(casefile.Income, "business", 0); line.Evidence != last.ID || last.Name != "收入证明.pdf" {
		t.Errorf("the figure names paper %d, the new one is %+v", line.Evidence, last)
	}
}

// What a form carries of its pages is good for its own file and person only.
func TestPagesCannotBeTakenFromAnother(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk, other := s.As(sample.Clerk), s.As(sample.Clerk2)
	path := casefilepage.NewChangePath(f.ID, casefile.ChangeHousing)
	fill := webtest.Fill{"metres": "88", "住房类型": "商品房", "变更原因": "买了房"}
	carried := bodyOf(t, clerk.Get(path).PressWith("下一步：核对", scan("房产证.pdf", "一"), fill).Is(http.StatusOK).Request("提交确认", nil))
	sent := carried.Get("change_sent")
	theirs := other.Get(path).Press("下一步：核对", fill).Is(http.StatusOK).Request("提交确认", nil)
	for name, text := range map[string]string{"another person's": sent, "cut": sent[:len(sent)-4], "nonsense": "房产证", "turned": strings.ToUpper(sent)} {
		values := bodyOf(t, theirs.Clone(t.Context()))
		values.Set("change_sent", text)
		theirs = post(theirs, values)
		if page := other.Send(post(theirs, values)); page.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, page.Code)
		} else {
			page.Says("先前上传的文件已经失效", "买了房")
		}
	}
}

// Another card comes with its copy, and who confirms it sees the copy beside the number.
func TestACardBringsItsCopy(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk, supervisor := s.As(sample.Clerk), s.As(sample.Supervisor)
	before := len(held(t, s, f.ID))
	page := clerk.Get(casefilepage.CardsPath(f.ID)).PressWith("提交新卡", scan("银行卡.pdf", "卡"), webtest.Fill{"银行卡号": "123"}).
		Is(http.StatusUnprocessableEntity).Says("已上传 1 页", "银行卡.pdf")
	if got := held(t, s, f.ID); len(got) != before {
		t.Errorf("before the card the file holds %v", got)
	}
	page.Press("不用已上传的文件").Is(http.StatusOK).SaysNot("银行卡.pdf")
	page.Press("提交新卡", webtest.Fill{"银行卡号": "6217 0012 1002 4455 220", "支行名称": "青石支行"}).Is(http.StatusOK)
	if got := held(t, s, f.ID); len(got) != before+1 || got[before] != "card_copy 银行卡.pdf" {
		t.Errorf("the file holds %v", got)
	}
	supervisor.Get(casefilepage.CardsPath(f.ID)).Says("档案中的银行卡复印件").Link("银行卡复印件：银行卡.pdf").Is(http.StatusOK)
}

// A form with files carries no more text than one without: what is longer than a draft is refused as too large.
func TestAChangeCarriesNoMoreTextThanAForm(t *testing.T) {
	s := site(t)
	f := set(t, s, casefile.Active)
	clerk := s.As(sample.Clerk)
	page := clerk.Get(casefilepage.NewChangePath(f.ID, casefile.ChangeHousing))
	page.Press("下一步：核对", webtest.Fill{"变更原因": strings.Repeat("长", 25_000)}).Is(http.StatusUnprocessableEntity)
	page.Press("下一步：核对", webtest.Fill{"变更原因": strings.Repeat("长", 100_000)}).Is(http.StatusRequestEntityTooLarge)
	clerk.Get(casefilepage.CardsPath(f.ID)).Press("提交新卡", webtest.Fill{"支行名称": strings.Repeat("长", 100_000)}).Is(http.StatusRequestEntityTooLarge)
}
