package noticeweb_test

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/notice"
	"bangfu/internal/notice/noticeweb"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/visit"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// open is a site with one file in the state.
func open(t *testing.T, state casefile.State) (*webtest.Site, casefile.File) {
	t.Helper()
	site := webtest.New(t, noticeweb.Routes)
	site.Kit.Keys = sample.Keys()
	var f casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, state) })
	return site, f
}

// publish publishes the file's notice through the pages, and gives the page of the notice.
func publish(site *webtest.Site, f casefile.File) *webtest.Page {
	form := site.As(sample.Officer).Get(fmt.Sprintf("/files/%d/notice", f.ID)).Is(http.StatusOK)
	return form.Press("核对公示内容").Is(http.StatusOK).Press("发布公示").Is(http.StatusOK)
}

// recheck records a recheck by two other people.
func recheck(site *webtest.Site, f casefile.File) {
	site.T.Helper()
	site.Set(sample.Clerk4, func(u *work.Unit) {
		r := visit.Report{VisitedOn: u.Today(), Visitors: [2]work.StaffID{sample.Clerk4.StaffID, sample.UnitClerk.StaffID},
			Agrees: true, VisitorsSigned: true, ApplicantSigned: true}
		for _, item := range visit.Items {
			r.Findings = append(r.Findings, visit.Finding{Item: item, Agrees: true})
		}
		if _, err := visit.Recheck(site.T.Context(), u, f.ID, r); err != nil {
			site.T.Fatal(err)
		}
	})
}

func TestPublishing(t *testing.T) {
	site, f := open(t, casefile.Assessed)
	list := site.As(sample.Officer).Get("/notices").Is(http.StatusOK).Says("待公示", "王建国", "深度困难")
	form := list.Link("王建国").Is(http.StatusOK).Says("7 个自然日", "张贴地点")
	check := form.Press("核对公示内容", webtest.Fill{"公示时长": "5 个工作日", "首日": "明天"}).Is(http.StatusOK)
	check.Says("核对公示内容", "自 2026年11月23日 起，至 2026年11月27日 24 时止", "第 1 天", "第 5 天", "单位公示栏、帮扶中心大厅", "王*国", "因病", "2026年11月28日 零时起自动在档")
	form = check.Press("修改").Is(http.StatusOK).Says("张贴地点")
	page := form.Press("核对公示内容", webtest.Fill{"首日": "今天"}).Press("发布公示").Is(http.StatusOK)
	page.Says("公示已发布", "公示中", "5 个工作日", "2026-11-22 至 2026-11-27", "休息日", "没有收到异议", "公示中")
	site.As(sample.Officer).Get("/notices?tab=open").Says("王建国", "2026-11-27", "5 天后", "共 1 条")
	site.As(sample.Officer).Get(fmt.Sprintf("/files/%d/notice", f.ID)).Is(http.StatusUnprocessableEntity).Says("不能发布公示")
}

func TestWrongPublishing(t *testing.T) {
	site, f := open(t, casefile.Assessed)
	form := site.As(sample.Officer).Get(fmt.Sprintf("/files/%d/notice", f.ID))
	form.Press("核对公示内容", webtest.Fill{"张贴地点": ""}).Is(http.StatusUnprocessableEntity).Says("请填写张贴地点")
	form.Press("核对公示内容", webtest.Fill{"张贴地点": strings.Repeat("栏", 121)}).Is(http.StatusUnprocessableEntity)
	site.As(sample.SiblingHead).Get(fmt.Sprintf("/files/%d/notice", f.ID)).Is(http.StatusForbidden)
	site.As(sample.Supervisor).Get(fmt.Sprintf("/files/%d/notice", f.ID)).Is(http.StatusForbidden)
	site.As(sample.Officer).Get("/notices").Says("王建国")
}

func TestTheSameFormTwiceIsOneNotice(t *testing.T) {
	site, f := open(t, casefile.Assessed)
	officer := site.As(sample.Officer)
	check := officer.Get(fmt.Sprintf("/files/%d/notice", f.ID)).Press("核对公示内容")
	first, second := officer.Send(check.Request("发布公示", nil)), officer.Send(check.Request("发布公示", nil))
	if first.Code != http.StatusSeeOther || second.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("%d to %q, then %d to %q", first.Code, first.Header.Get("Location"), second.Code, second.Header.Get("Location"))
	}
}

func TestAnObjectionFromTheDeskToTheNewNotice(t *testing.T) {
	site, f := open(t, casefile.Assessed)
	page := publish(site, f)
	form := page.Link("登记异议").Is(http.StatusOK).Says("登记后公示立即暂停")
	form.Press("登记并暂停公示").Is(http.StatusUnprocessableEntity).Says("请选择来源", "请填写异议内容")
	page = form.Press("登记并暂停公示", webtest.Fill{"来源": "电话", "异议内容": "他家有两套房", "异议人姓名": "赵某", "联系方式": "13700000001"}).Is(http.StatusOK)
	page.Says("公示已暂停", "有异议，已暂停", "待认定").SaysNot("他家有两套房", "13700000001")
	receipt := regexp.MustCompile(`\d{6}-[0-9A-Z]{4}-[0-9A-Z]{4}`).FindString(page.Text())
	objection := page.Link(receipt).Is(http.StatusOK).Says("他家有两套房", "赵某", "13700000001", "还没有可作依据的复核")
	judge := objection.Path + "/judgement"
	site.As(sample.Supervisor2).Get(judge).Is(http.StatusUnprocessableEntity).Says("须先由登记人和原核查人以外的两人入户复核")
	site.As(sample.Clerk).Get(judge).Is(http.StatusForbidden)
	site.As(sample.GroupHead).Get(objection.Path).Is(http.StatusForbidden)
	site.As(sample.SiblingHead).Get(judge).Is(http.StatusNotFound)

	recheck(site, f)
	open := site.As(sample.Supervisor2).Get("/notices").Is(http.StatusOK).Says("王建国").Link("王建国").Link(receipt)
	ruling := open.Says("杨帆、韩雪").Link("认定异议").Is(http.StatusOK).Says("立即重新公示一个完整的公示期")
	ruling.Press("认定异议").Is(http.StatusUnprocessableEntity).Says("请选择认定结论", "请填写认定理由")
	done := ruling.Press("认定异议", webtest.Fill{"依据的复核": "2026-11-22", "认定结论": "不成立", "认定理由": "经复核，申报属实"}).Is(http.StatusOK)
	done.Says("异议已认定", "不成立", "经复核，申报属实")
	site.As(sample.Supervisor2).Get(judge).Is(http.StatusConflict)
	site.As(sample.Officer).Get("/notices?tab=open").Says("王建国", "共 1 条")
	site.As(sample.Officer).Get("/notices?tab=closed").Says("异议不成立，重新公示")
}

func TestAnUpheldObjectionHidesTheRow(t *testing.T) {
	site, f := open(t, casefile.Assessed)
	publish(site, f)
	public := site.Nobody().Get("/public/notices").Link("王*国")
	public.Link("提出异议").Press("提交异议", webtest.Fill{"异议内容": "他家有两套房"}).Is(http.StatusOK)
	recheck(site, f)
	page := site.As(sample.Supervisor2).Get("/notices?tab=objected").Link("王建国").Link("26").Link("认定异议")
	page.Press("认定异议", webtest.Fill{"依据的复核": "2026-11-22", "认定结论": "成立", "认定理由": "另有住房"}).Is(http.StatusOK)
	site.Nobody().Get("/public/notices").Is(http.StatusOK).Says("目前没有公示")
	site.Nobody().Get(public.Path).Is(http.StatusNotFound)
	site.As(sample.Officer).Get("/notices?tab=closed").Says("王建国", "异议成立") // the staff still sees it
}

func TestThePublicObjects(t *testing.T) {
	site, f := open(t, casefile.Assessed)
	publish(site, f)
	list := site.Nobody().Get("/public/notices").Is(http.StatusOK)
	form := list.Link("王*国").Is(http.StatusOK).Says("监督电话", "0879-2100001", "收到异议后，公示立即暂停").Link("提出异议")
	form.Press("提交异议").Is(http.StatusUnprocessableEntity).Says("请填写异议内容")
	form.Press("提交异议", webtest.Fill{"异议内容": strings.Repeat("长", 2001)}).Is(http.StatusUnprocessableEntity).Says("不能超过 2000 个字")
	receipt := form.Press("提交异议", webtest.Fill{"异议内容": strings.Repeat("长", 2000)}).Is(http.StatusOK)
	receipt.Says("请记下编号", "待认定", "公示已暂停")
	number := regexp.MustCompile(`\d{6}-[0-9A-Z]{4}-[0-9A-Z]{4}`).FindString(receipt.Text())
	ask := site.Nobody().Get("/public/objections").Is(http.StatusOK)
	ask.Press("查询", webtest.Fill{"受理编号": strings.ToLower(strings.ReplaceAll(number, "-", " "))}).Is(http.StatusOK).Says(number)
	ask.Press("查询", webtest.Fill{"受理编号": "123"}).Is(http.StatusUnprocessableEntity).Says("受理编号不对")
	site.Nobody().Get("/public/objections/261122-0000-0000").Is(http.StatusNotFound)
	var by string
	site.Set(sample.Officer, func(u *work.Unit) {
		err := u.QueryRow(t.Context(), "SELECT coalesce(entered_by::text, 'nobody') FROM notice_objection").Scan(&by)
		if err != nil || by != "nobody" {
			t.Errorf("entered by %s, %v", by, err)
		}
	})
}

func TestTheSameObjectionTwiceIsOne(t *testing.T) {
	site, f := open(t, casefile.Assessed)
	publish(site, f)
	nobody := site.Nobody()
	form := nobody.Get("/public/notices").Link("王*国").Link("提出异议")
	fill := webtest.Fill{"异议内容": "不实"}
	first, second := nobody.Send(form.Request("提交异议", nil, fill)), nobody.Send(form.Request("提交异议", nil, fill))
	if first.Code != http.StatusSeeOther || second.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("%d to %q, then %d to %q", first.Code, first.Header.Get("Location"), second.Code, second.Header.Get("Location"))
	}
}

// Whatever is known of the family, the public pages show the masked columns alone.
func TestThePublicPagesTellNothingElse(t *testing.T) {
	const name, phone, card, street = "欧阳金丝雀", "13908791234", "6228480402564890018", "金丝雀巷七十七号"
	site := webtest.New(t, noticeweb.Routes)
	site.Kit.Keys = sample.Keys()
	var f casefile.File
	var number string
	site.Set(sample.Clerk, func(u *work.Unit) {
		f = sample.File(t, u, casefile.Assessed, func(h *sample.Household) {
			h.Head.Name, h.Head.Phone, h.Card.Number, h.Card.Holder = name, phone, card, name
			number = string(h.Head.Number)
		})
		if _, err := u.Exec(t.Context(), "UPDATE casefile_file SET address = $1 WHERE id = $2", street, f.ID); err != nil {
			t.Fatal(err)
		}
	})
	if number == "" {
		t.Fatal("the sample has no ID number")
	}
	staff := publish(site, f)
	site.As(sample.Officer).Get(staff.Path+"/poster").Is(http.StatusOK).SaysNot(name, number, phone, card, street)
	secrets := []string{name, number, number[:10], number[14:], phone, card, card[15:], street, "何敏", "周文", "kidney", "肾", "李秀兰", "王小明", "第二中学"}
	nobody := site.Nobody()
	list := nobody.Get("/public/notices").Is(http.StatusOK).Says("欧***雀", "青石纺织厂", "深度困难", "因病", "2026-11-23 至 2026-11-29")
	one := list.Link("欧***雀").Is(http.StatusOK).Says("欧***雀")
	form := one.Link("提出异议").Is(http.StatusOK)
	wrong := form.Press("提交异议").Is(http.StatusUnprocessableEntity)
	receipt := form.Press("提交异议", webtest.Fill{"异议内容": "不实"}).Is(http.StatusOK)
	ask := nobody.Get("/public/objections").Is(http.StatusOK)
	english := site.Nobody().In(words.English).Get("/public/notices").Is(http.StatusOK).Says("Illness")
	for _, page := range []*webtest.Page{list, one, form, wrong, receipt, ask, english} {
		page.SaysNot(secrets...)
		if page.Header.Get("X-Robots-Tag") == "" || page.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be listed or kept: %v", page.Path, page.Header)
		}
	}
	for _, secret := range secrets {
		if strings.Contains(site.Log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
}

func TestObjectionsAreLimitedByAddress(t *testing.T) {
	site, f := open(t, casefile.Assessed)
	publish(site, f)
	nobody := site.Nobody()
	form := nobody.Get("/public/notices").Link("王*国").Link("提出异议")
	for range 20 {
		nobody.Send(form.Request("提交异议", nil)).Is(http.StatusUnprocessableEntity)
	}
	nobody.Send(form.Request("提交异议", nil)).Is(http.StatusTooManyRequests).Says("提交过于频繁")
	other := form.Request("提交异议", nil)
	other.RemoteAddr = "198.51.100.9:4711"
	nobody.Send(other).Is(http.StatusUnprocessableEntity)
}

func TestEndedNoticesAreLate(t *testing.T) {
	site, f := open(t, casefile.Assessed)
	page := publish(site, f)
	public := site.Nobody().Get("/public/notices").Link("王*国").Link("提出异议")
	site.Now = site.Now.AddDate(0, 0, 8)
	public.Press("提交异议", webtest.Fill{"异议内容": "不实"}).Is(http.StatusNotFound)
	site.As(sample.Officer).Get(page.Path).Is(http.StatusOK).Says("已过 1 天").SaysNot("登记异议")
	site.As(sample.Officer).Get(page.Path + "/objection").Is(http.StatusUnprocessableEntity).Says("公示期已于 2026-11-29 24 时届满")
}

// The worker's page shows the panel of its notices to those who may read them.
func TestPanel(t *testing.T) {
	var f casefile.File
	site := webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		panel := noticeweb.Panel(k)
		rs.Get("/panel", staff.CapDesk, func(w http.ResponseWriter, r *http.Request) error {
			part, err := panel(r, f)
			if err != nil || part == nil {
				return errors.Join(err, work.ErrNotFound)
			}
			return k.Render(w, r, http.StatusOK, part)
		})
	})
	site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, casefile.Assessed) })
	site.As(sample.Officer).Get("/panel").Is(http.StatusOK).Says("发布公示", "尚未公示")
	site.As(sample.Clerk).Get("/panel").Is(http.StatusNotFound) // nothing to show, nothing to do
	site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, casefile.Active) })
	site.As(sample.Clerk).Get("/panel").Is(http.StatusOK).Says("期满无异议", "第 1 次公示").SaysNot("发布公示")
	site.As(sample.Cashier).Get("/panel").Is(http.StatusNotFound)
}

func TestCursorsInAddresses(t *testing.T) {
	site, _ := open(t, casefile.Contested)
	site.As(sample.Supervisor).Get("/notices?tab=objected&after=2026-11-01.1").Is(http.StatusOK).Says("王建国")
	site.As(sample.Supervisor).Get("/notices?tab=objected&after=nonsense").Is(http.StatusOK).Says("王建国")
	site.As(sample.Cashier).Get("/notices").Is(http.StatusForbidden)
}

func TestListsPageByKey(t *testing.T) {
	site := webtest.New(t, noticeweb.Routes)
	site.Kit.Keys = sample.Keys()
	site.Set(sample.Clerk, func(u *work.Unit) {
		for range 4 {
			sample.File(t, u, casefile.InNotice)
		}
		seen := map[notice.ID]bool{}
		var after notice.Cursor
		for range 4 {
			page, next, err := notice.List(t.Context(), u, sample.Clerk.Scope, notice.TabOpen, after, 1)
			if err != nil || len(page) != 1 || seen[page[0].ID] {
				t.Fatalf("%+v, %v", page, err)
			}
			seen[page[0].ID], after = true, next
		}
		if after != (notice.Cursor{}) {
			t.Errorf("behind the last there is %v", after)
		}
	})
}
