package retentionweb_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"bangfu/internal/audit"
	"bangfu/internal/casefile"
	"bangfu/internal/retention"
	"bangfu/internal/retention/retentionweb"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// open is a site with closed files, on the day after their term.
func open(t *testing.T, files int) (*webtest.Site, []casefile.File) {
	t.Helper()
	var all []casefile.File
	site := webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		retentionweb.Routes(rs, k)
		panel := retentionweb.Panel(k)
		rs.Get("/panel", staff.CapDesk, func(w http.ResponseWriter, r *http.Request) error {
			now, err := casefile.Find(r.Context(), k.DB, work.Everywhere, all[0].ID)
			if err != nil {
				return err
			}
			part, err := panel(r, now)
			if err != nil || part == nil {
				return errors.Join(err, work.ErrNotFound)
			}
			return k.Render(w, r, http.StatusOK, part)
		})
	})
	site.Kit.Keys = sample.Keys()
	site.Set(sample.Clerk, func(u *work.Unit) {
		for range files {
			all = append(all, sample.File(t, u, casefile.Closed))
		}
		if _, err := u.Exec(t.Context(), `UPDATE exit_callback SET done_on = due_on, how = 'phone', result = 'stable', note = '', called_by = $1, entered_at = $2`,
			sample.Clerk2.StaffID, u.Now); err != nil {
			t.Fatal(err)
		}
	})
	site.Now = site.Now.AddDate(10, 0, 1)
	return site, all
}

// From the list to the proposal, its decision by somebody else, the destruction, and the certificate without names.
func TestABatchFromTheListToItsCertificate(t *testing.T) {
	site, files := open(t, 2)
	officer, head := site.As(sample.Officer), site.As(sample.GroupHead)
	list := officer.Get("/retention").Is(http.StatusOK).Says("保管十年", "王建国", files[0].Number, "2036-11-22", "可以提出")
	list.Link("青石县总工会").Is(http.StatusOK).Says("王建国")
	form := list.Link("提出销毁").Is(http.StatusOK).Says("一批最多 500 份")
	page := form.Press("提出销毁", webtest.Fill{"批次名称": "2026 年撤档档案", "撤档日期不晚于": "2026-11-23", "销毁依据": "保管期满，无诉讼需要"})
	page.Is(http.StatusUnprocessableEntity).Says("错误：", "2026-11-22 之后撤档的档案保管期未满", "保管期满，无诉讼需要")
	page = page.Press("提出销毁", webtest.Fill{"撤档日期不晚于": "2026-11-22"}).Is(http.StatusOK).Says("共 2 份档案", "待审批", files[1].Number, "撤回提议").SaysNot("审批意见")
	officer.Get("/retention").Says("已在批次中").SaysNot("可以提出")
	decide := head.Get("/retention/batches").Is(http.StatusOK).Says("2026 年撤档档案").Link("2026 年撤档档案").Is(http.StatusOK)
	decide.Press("审批", webtest.Fill{"审批结论": "同意销毁"}).Is(http.StatusUnprocessableEntity).Says("请填写审批意见")
	decide.Press("审批", webtest.Fill{"审批结论": "同意销毁", "审批意见": "同意"}).Is(http.StatusOK).Says("审批已记录", "正在销毁")
	officer.Get(page.Path + "/certificate").Is(http.StatusUnprocessableEntity).Says("销毁完成后才能打印清册")
	site.Set(sample.Officer, func(u *work.Unit) {
		_, err := audit.Seal(t.Context(), u.Tx, site.Now)
		if err == nil {
			_, err = retention.RunDue(t.Context(), u.Tx, func() time.Time { return site.Now })
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	done := officer.Get(page.Path).Is(http.StatusOK).Says("已完成", "已销毁", files[0].Number).SaysNot("王建国")
	done.Link("打印销毁清册").Is(http.StatusOK).Says("销毁清册", files[0].Number, files[1].Number, "合计 2 份", sample.Officer.Name, sample.GroupHead.Name, "监销人").SaysNot("王建国")
	officer.Get("/retention").Is(http.StatusOK).Says("没有到期的档案")
	officer.Get("/retention?org=1").Is(http.StatusNotFound)
	officer.Get("/retention/batches?below=x").Is(http.StatusNotFound)
}

// A proposal is refused or taken back, and its files can be proposed again.
func TestAProposalThatEnds(t *testing.T) {
	site, _ := open(t, 1)
	officer, chair := site.As(sample.Officer), site.As(sample.Chair)
	propose := func() *webtest.Page {
		return officer.Get("/retention/batches/new").Press("提出销毁", webtest.Fill{"批次名称": "一批", "销毁依据": "到期"})
	}
	first := propose().Is(http.StatusOK)
	first.Press("撤回").Is(http.StatusOK).Says("已撤回", "批次没有获得同意")
	second := propose().Is(http.StatusOK)
	chair.Get(second.Path).Press("审批", webtest.Fill{"审批结论": "不同意", "审批意见": "再核对一遍"}).Is(http.StatusOK).Says("不同意", "再核对一遍")
	officer.Get("/retention").Says("可以提出")
	chair.Get("/retention/batches/new").Is(http.StatusForbidden)
	site.As(sample.Auditor).Get(second.Path).Is(http.StatusOK).SaysNot("撤回提议")
}

// A hold is placed from the file, listed, and lifted by somebody else.
func TestAHold(t *testing.T) {
	site, files := open(t, 1)
	officer, head := site.As(sample.Officer), site.As(sample.GroupHead)
	form := officer.Get("/panel").Is(http.StatusOK).Says("保管期已于 2036-11-22 届满", "没有保留").Link("设置保留").Is(http.StatusOK)
	form.Press("设置保留", webtest.Fill{"保留类型": "诉讼"}).Is(http.StatusUnprocessableEntity).Says("请填写保留原因")
	hold := form.Press("设置保留", webtest.Fill{"保留类型": "诉讼", "保留原因": "法院调阅"}).Is(http.StatusOK).Says("保留已设置", "法院调阅", "保留中").SaysNot("解除后")
	officer.Get("/panel").Link("设置保留").Press("设置保留", webtest.Fill{"保留类型": "诉讼", "保留原因": "法院再次调阅"}).Is(http.StatusUnprocessableEntity).Says("已经有“诉讼”保留")
	officer.Get("/retention").Says("有保留，不得销毁").SaysNot("可以提出")
	officer.Get("/panel").Says("继续保管：有保留，不得销毁")
	officer.Get("/retention/batches/new").Press("提出销毁", webtest.Fill{"批次名称": "一批", "销毁依据": "到期"}).Is(http.StatusUnprocessableEntity).Says("没有可以提出销毁的档案")
	lift := head.Get("/retention/holds").Is(http.StatusOK).Link("王建国").Is(http.StatusOK)
	lift.Press("解除保留").Is(http.StatusUnprocessableEntity).Says("请填写解除原因")
	lift.Press("解除保留", webtest.Fill{"解除原因": "案件已结"}).Is(http.StatusOK).Says("保留已解除", "已解除", "案件已结")
	head.Get(hold.Path).Is(http.StatusOK).Says(files[0].Number).SaysNot("解除后")
	head.Get("/retention/holds").Says("没有保留中的档案")
	site.As(sample.Clerk).Get("/panel").Is(http.StatusNotFound)
}
