package comparisonweb_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/comparison"
	"bangfu/internal/comparison/comparisonweb"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// open is a site with one household that waits for its judgement.
func open(t *testing.T) (*webtest.Site, casefile.File) {
	t.Helper()
	site := webtest.New(t, comparisonweb.Routes)
	site.Kit.Keys = sample.Keys()
	var f casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, casefile.Visited) })
	return site, f
}

// filled is a form of a comparison that holds together.
func filled() webtest.Fill {
	return webtest.Fill{"比对对象": "待认定的家庭", "核对单位": "青石县民政局", "用途": "建档前核对", "asked": "income"}
}

// csv is an answer as somebody uploads it.
func csv(text string) webtest.Upload {
	return webtest.Upload{"answer": webtest.File{Name: "结果.csv", Content: []byte(text)}}
}

func TestAComparisonFromTheFormToTheResolution(t *testing.T) {
	site, f := open(t)
	officer := site.As(sample.Officer)
	form := officer.Get("/comparisons").Is(http.StatusOK).Says("还没有信息比对").Link("新比对").Is(http.StatusOK)
	wrong := form.Press("列出名单", filled(), webtest.Fill{"核对单位": "民", "最近几个月内送过的不再送": "61"})
	wrong.Is(http.StatusUnprocessableEntity).Says("错误：", "核对单位至少", "建档前核对")
	batch := wrong.Press("列出名单", webtest.Fill{"核对单位": "青石县民政局", "最近几个月内送过的不再送": "6"}).Is(http.StatusOK)
	batch.Says("还没有送出", "姓名和身份证号", "仅成年人", "只能下载一次")

	list := batch.Press("下载名单：CSV 文本（.csv）").Is(http.StatusOK)
	if !strings.Contains(string(list.Body), "王建国") || strings.Contains(string(list.Body), "王小明") || list.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v\n%d bytes", list.Header, len(list.Body))
	}
	officer.Get(batch.Path).Is(http.StatusOK).Says("已送出", "2 人").SaysNot("下载名单")
	if again := batch.Press("下载名单：CSV 文本（.csv）").Is(http.StatusOK).Says("已送出"); strings.Contains(string(again.Body), "王建国") {
		t.Error("the same form gives the list a second time")
	}

	upload := officer.Get(batch.Path).Link("读入核对结果").Is(http.StatusOK)
	upload.PressWith("上传", nil).Is(http.StatusUnprocessableEntity).Says("请选择核对结果文件")
	upload.PressWith("上传", csv("")).Is(http.StatusUnprocessableEntity).Says("文件是空的")
	upload.PressWith("上传", csv("%PDF-1.4\n%%EOF\n")).Is(http.StatusUnprocessableEntity).Says("不到三列")
	answer := strings.Replace(strings.Replace(string(list.Body), "身份证号", "身份证号,车辆信息", 1), "\r\n2,", ",云A12345\r\n2,", 1)
	mapping := upload.PressWith("上传", csv(answer)).Is(http.StatusOK).Says("确认各列的内容", "第 4 列：车辆信息", "*")
	if bytes.Contains(mapping.Body, numberIn(list.Body)) {
		t.Error("the page shows a whole ID number")
	}
	mapping.Press("读入 3 行", webtest.Fill{"第 2 列：姓名": "不使用"}).Is(http.StatusUnprocessableEntity).Says("请指出哪一列是姓名")
	reading := mapping.Press("读入 3 行").Is(http.StatusOK).Says("已开始读入", "正在读入：0 / 3 行")
	site.Set(sample.Officer, func(u *work.Unit) {
		if err := comparison.ReadDue(t.Context(), u.Tx, sample.Keys(), func() time.Time { return u.Now }); err != nil {
			t.Fatal(err)
		}
	})
	officer.Get(reading.Path).Is(http.StatusOK).Says("已匹配", "王*国", "李*兰", "各项目有结果的人数").SaysNot("王建国", "正在读入")

	open := site.As(sample.Clerk4).Get("/comparisons/findings").Is(http.StatusOK).Says("王建国", "云A12345", "不在申报项目中", "共 1 条")
	own := site.As(sample.Clerk).Get("/comparisons/findings").Link("王建国").Is(http.StatusOK).Says("登记人不能处理自己登记的档案的差异")
	own.SaysNot("处理意见")
	finding := open.Link("王建国").Is(http.StatusOK)
	finding.Press("处理差异", webtest.Fill{"处理意见": "已说明，不影响认定"}).Is(http.StatusUnprocessableEntity).Says("理由")
	done := finding.Press("处理差异", webtest.Fill{"处理意见": "已说明，不影响认定", "理由": "车已过户，登记未更新"}).Is(http.StatusOK)
	done.Says("差异已处理", "车已过户", "杨帆").SaysNot("处理意见")
	site.As(sample.Clerk4).Get("/comparisons/findings").Says("没有待处理的差异")
	site.As(sample.SiblingClerk).Get(done.Path).Is(http.StatusNotFound)
	site.As(sample.SiblingClerk).Get(batch.Path).Is(http.StatusNotFound)
	site.As(sample.Clerk).Get(batch.Path).Is(http.StatusOK)
	site.As(sample.Clerk).Get(fmt.Sprintf("%s/answer", batch.Path)).Is(http.StatusForbidden)
	officer.Get(fmt.Sprintf("/comparisons/new?file=%d", f.ID)).Is(http.StatusOK).SaysNot("比对对象")
	officer.Get("/comparisons/new?file=999999").Is(http.StatusNotFound)
}

// numberIn gives the first ID number of a list.
func numberIn(list []byte) []byte {
	_, rest, _ := bytes.Cut(list, []byte("王建国,"))
	rest = bytes.Trim(rest, "\t\"'= ")
	return rest[:18]
}

func TestAListIsCancelledAndAnAnswerDropped(t *testing.T) {
	site, _ := open(t)
	officer := site.As(sample.Officer)
	batch := officer.Get("/comparisons/new").Press("列出名单", filled()).Is(http.StatusOK)
	officer.Get(batch.Path + "/answer").Is(http.StatusUnprocessableEntity).Says("还不能读入结果")
	batch.Press("取消这份名单").Is(http.StatusOK).Says("名单已取消", "已取消")
	other := officer.Get("/comparisons/new").Press("列出名单", filled()).Is(http.StatusOK)
	other.Press("下载名单：Excel 工作簿（.xlsx）").Is(http.StatusOK)
	mapping := officer.Get(other.Path).Link("读入核对结果").PressWith("上传", csv("姓名,天气,风\n王某,晴,无\n")).Is(http.StatusOK)
	mapping.Press("放弃这个文件").Is(http.StatusOK).Says("文件已放弃", "已放弃")
	officer.Get(mapping.Path).Is(http.StatusOK).Says("已放弃", "没有这样的行")
	officer.Get(mapping.Path + "?verdict=nonesuch").Is(http.StatusNotFound)
}

// A table with a title above its heads, told wrongly, is withdrawn and read again.
func TestAWronglyReadAnswerIsWithdrawn(t *testing.T) {
	site, _ := open(t)
	officer := site.As(sample.Officer)
	batch := officer.Get("/comparisons/new").Press("列出名单", filled()).Is(http.StatusOK)
	list := batch.Press("下载名单：CSV 文本（.csv）").Is(http.StatusOK)
	text := "青石县核对结果反馈表,,,\r\n" + strings.Replace(strings.Replace(string(list.Body), "身份证号", "身份证号,年收入", 1), "\r\n2,", ",36000\r\n2,", 1)
	read := func(fill ...webtest.Fill) *webtest.Page {
		t.Helper()
		mapping := officer.Get(batch.Path).Link("读入核对结果").PressWith("上传", csv(text)).Is(http.StatusOK).Says("第 4 列：年收入")
		mapping.Press("读入 4 行", webtest.Fill{"表头在第几行": "21"}).Is(http.StatusUnprocessableEntity).Says("错误：")
		page := mapping.Press("读入 4 行", fill...).Is(http.StatusOK)
		site.Set(sample.Officer, func(u *work.Unit) {
			if err := comparison.ReadDue(t.Context(), u.Tx, sample.Keys(), func() time.Time { return u.Now }); err != nil {
				t.Fatal(err)
			}
		})
		return officer.Get(page.Path).Is(http.StatusOK)
	}
	wrong := read(webtest.Fill{"第 4 列：年收入": "不动产"})
	site.As(sample.Clerk4).Get("/comparisons/findings").Says("36000", "不动产")
	site.As(sample.Clerk).Get(wrong.Path).Is(http.StatusOK).SaysNot("撤回这份结果")
	form := wrong.Link("撤回这份结果").Is(http.StatusOK)
	form.Press("撤回这份结果").Is(http.StatusUnprocessableEntity).Says("撤回的原因")
	form.Press("撤回这份结果", webtest.Fill{"撤回的原因": "把年收入当成了不动产"}).Is(http.StatusOK).Says("结果已撤回", "上传")
	officer.Get(wrong.Path).Says("周文", "把年收入当成了不动产").SaysNot("撤回这份结果")
	officer.Get(wrong.Path + "/withdrawal").Is(http.StatusUnprocessableEntity).Says("已撤回")
	site.As(sample.Clerk4).Get("/comparisons/findings").Says("没有待处理的差异")
	read(webtest.Fill{"空白格表示“查过，没有查到”": "on"}).Says("读入时注明：空白格表示查过、没有查到")
	site.As(sample.Clerk4).Get("/comparisons/findings").Says("36000", "收入", "全家十二个月 24,000.00 元").Link("王建国").Is(http.StatusOK).Says("全家合计", "36,000.00")
}

func TestTheDatedRule(t *testing.T) {
	site, _ := open(t)
	form := site.As(sample.Admin).Get("/rules/comparisons").Is(http.StatusOK).Says("2000-01-01", "不要求")
	page := form.Press("增加比对规则", webtest.Fill{"执行日期": "2026-11-21", "认定前的比对": "必须先比对", "依据": "合总工〔2018〕3号"})
	page.Is(http.StatusUnprocessableEntity).Says("执行日期不能早于 2026-11-22")
	page.Press("增加比对规则", webtest.Fill{"执行日期": "2026-11-22"}).Is(http.StatusOK).Says("比对规则已增加", "必须先比对", "合总工〔2018〕3号")
	site.As(sample.Officer).Get("/rules/comparisons").Is(http.StatusForbidden)
}

func TestEnglish(t *testing.T) {
	site, _ := open(t)
	officer := site.As(sample.Officer).In(words.English)
	for _, path := range []string{"/comparisons", "/comparisons/new", "/comparisons/findings"} {
		if page := officer.Get(path).Is(http.StatusOK); strings.Contains(page.Text(), "⟦") {
			t.Errorf("%s: a word is missing", path)
		}
	}
}
