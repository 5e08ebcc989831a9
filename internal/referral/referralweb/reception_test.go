package referralweb_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"bangfu/internal/casefile/casefileweb"
	"bangfu/internal/referral/referralweb"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/words"
)

// window is a site with the pages of referrals, and of worker files with the panel of referrals.
func window(t *testing.T) *webtest.Site {
	t.Helper()
	site := webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		referralweb.Routes(rs, k)
		casefileweb.Routes(rs, k, []casefileweb.Panel{referralweb.Panel(k)}, nil, nil)
	})
	site.Kit.Keys = sample.Keys()
	return site
}

// visitorFill is what is asked at the window.
var visitorFill = webtest.Fill{"来访人": "唐小满", "来访人电话": "139 0879 5566", "反映事项": "拖欠工资", "反映内容": "拖欠三个月工资"}

func TestAVisitorFromTheWindowToTheFile(t *testing.T) {
	site := window(t)
	clerk := site.As(sample.Clerk)
	list := clerk.Get("/receptions").Is(http.StatusOK).Says("没有来访登记")
	form := list.Link("登记来访").Is(http.StatusOK)
	wrong := form.Press("登记", webtest.Fill{"来访人": "唐小满", "来访人电话": "12", "反映内容": "欠"}).Is(http.StatusUnprocessableEntity)
	wrong.Says("错误：", "来访人电话", "反映内容至少", "反映事项")
	keeps(t, wrong, "唐小满")
	wrong = form.Press("登记", visitorFill, webtest.Fill{"应答复日期": "2026-11-22"}).Is(http.StatusUnprocessableEntity).Says("应答复日期必须晚于来访日期")
	keeps(t, wrong, "唐小满")
	record := wrong.Press("登记", webtest.Fill{"应答复日期": "2026-11-23"}).Is(http.StatusOK)
	record.Says("来访已登记", "QSX转〔2026〕1号", "139****5566", "劳动保障监察大队", "首问责任人", sample.Clerk.Name, "待答复", "2026-11-23").SaysNot("13908795566")
	letter := record.Link("打印介绍信").Is(http.StatusOK)
	letter.Says("介绍信", "唐小满", "拖欠三个月工资", "回执", sample.Clerk.Name).SaysNot("13908795566", "139****5566")
	clerk.Get("/receptions").Says("唐小满", "待答复")

	phone := clerk.Get(record.Path + "/phone").Is(http.StatusOK).SaysNot("13908795566")
	phone.Press("查看").Is(http.StatusUnprocessableEntity)
	phone.Press("查看", webtest.Fill{"reason": "contact"}).Is(http.StatusOK).Says("13908795566")

	record = record.Link("记录跟进").Press("记录跟进", webtest.Fill{"跟进情况": "对方已立案", "下次跟进日期": "2026-11-25"}).Is(http.StatusOK).Says("跟进已记录", "对方已立案")
	answer := record.Link("登记答复").Is(http.StatusOK)
	answer.Press("登记答复", webtest.Fill{"答复内容": ""}).Is(http.StatusUnprocessableEntity).Says("答复内容")
	record = answer.Press("登记答复", webtest.Fill{"答复内容": "已责令限期支付"}).Is(http.StatusOK).Says("答复已登记", "已责令限期支付", "已答复")

	head := record.Press("转为建档登记").Is(http.StatusOK).Says("姓名和电话已带入")
	keeps(t, head, "唐小满")
	keeps(t, head, "13908795566")
	file := webtest.ID(t, head.Path, "files")
	record = clerk.Get(record.Path).Is(http.StatusOK).Says("打开由此登记的档案").SaysNot("转为建档登记")
	record = record.Link("办结").Press("办结", webtest.Fill{"办结情况和告知来访人的内容": "已电话告知"}).Is(http.StatusOK).Says("已办结")
	clerk.Get(record.Path + "/answer").Is(http.StatusUnprocessableEntity).Says("这一步现在不能办理")
	clerk.Get("/files/"+strconv.FormatInt(file, 10)).Is(http.StatusOK).Says("来访登记", "介绍到")
}

func TestWhoMaySeeVisitors(t *testing.T) {
	site := window(t)
	record := site.As(sample.Clerk).Get("/receptions/new").Press("登记", visitorFill).Is(http.StatusOK)
	site.As(sample.SiblingClerk).Get(record.Path).Is(http.StatusNotFound)
	site.As(sample.SiblingClerk).Get("/receptions").Is(http.StatusOK).SaysNot("唐小满")
	read := site.As(sample.Supervisor).Get(record.Path).Is(http.StatusOK).SaysNot("转为建档登记", "登记答复")
	site.As(sample.Supervisor).Get(read.Path + "/phone").Is(http.StatusForbidden)
	site.As(sample.Supervisor).Get("/receptions").Is(http.StatusOK).Says("唐小满").SaysNot("没有档案的职工来访时")
	site.As(sample.Cashier).Get("/receptions").Is(http.StatusForbidden)
	site.As(sample.Clerk).Get("/receptions?view=nonesuch").Is(http.StatusNotFound)
	for _, path := range []string{"/receptions", "/receptions/new", record.Path, record.Path + "/letter", record.Path + "/answer", record.Path + "/end", record.Path + "/phone"} {
		if page := site.As(sample.Clerk).In(words.English).Get(path).Is(http.StatusOK); strings.Contains(page.Text(), "⟦") {
			t.Errorf("%s: a word is missing", path)
		}
	}
}
