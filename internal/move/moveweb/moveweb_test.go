package moveweb_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/move/moveweb"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// open is a site with one active file; its page is only its panel.
func open(t *testing.T) (*webtest.Site, *casefile.File) {
	t.Helper()
	f := &casefile.File{}
	site := webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		moveweb.Routes(rs, k)
		panel := moveweb.Panel(k)
		rs.Get("/files/{file}", staff.CapDesk, func(w http.ResponseWriter, r *http.Request) error {
			id, err := web.PathID[work.FileID](r, "file")
			if err != nil {
				return err
			}
			now, err := casefile.Find(r.Context(), k.DB, web.By(r).Scope, id)
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
	site.Set(sample.Clerk, func(u *work.Unit) { *f = sample.File(t, u, casefile.Active) })
	return site, f
}

func path(f casefile.File) string { return fmt.Sprintf("/files/%d", f.ID) }

// From the file to the other office: asked for, agreed to, seen by its cover, taken over, printed on both sides.
func TestATransferIsWalked(t *testing.T) {
	site, f := open(t)
	clerk, supervisor, there := site.As(sample.Clerk2), site.As(sample.Supervisor), site.As(sample.SiblingClerk)
	form := clerk.Get(path(*f)).Says("没有移交、分户或并户").Link("移交到别的单位").Is(http.StatusOK).Says("档案编号不变")
	fill := webtest.Fill{"原因": "家庭迁居", "情况说明": "已迁居白河县城"}
	form.Press("下一步：查看结果", fill).Is(http.StatusUnprocessableEntity).Says("错误：", "已迁居白河县城")
	form.Press("下一步：查看结果", fill, webtest.Fill{"接收单位（名称或编号）": "月球"}).Is(http.StatusUnprocessableEntity).Says("没有找到“月球”", "已迁居白河县城")
	form.Press("下一步：查看结果", fill, webtest.Fill{"接收单位（名称或编号）": "白河"}).Is(http.StatusUnprocessableEntity).Says("符合几个单位", "BHTC")
	form.Press("下一步：查看结果", fill, webtest.Fill{"接收单位（名称或编号）": "QSX"}).Is(http.StatusUnprocessableEntity).Says("档案本来就在")
	check := form.Press("下一步：查看结果", fill, webtest.Fill{"接收单位（名称或编号）": "bhx"}).Is(http.StatusOK).Says("还没有提交", "青石县总工会困难职工帮扶中心", "白河县总工会困难职工帮扶中心")
	check.Press("返回修改").Is(http.StatusOK).Says("已迁居白河县城").SaysNot("错误：").Press("下一步：查看结果").Is(http.StatusOK).Says("白河县总工会困难职工帮扶中心")
	page := check.Press("提交审核").Is(http.StatusOK).Says("待审核", "王建国", f.Number).SaysNot("提交审核结论")
	clerk.Get(path(*f)).Says("待审核").SaysNot("移交到别的单位")
	clerk.Get(path(*f) + "/split").Is(http.StatusOK).Says("已有一项移交、分户或并户正在办理").SaysNot("下一步：查看结果").
		Link("查看正在办理的事项").Is(http.StatusOK).Says("待审核")

	there.Get(path(*f)).Is(http.StatusNotFound)
	there.Get(page.Path).Is(http.StatusOK).Says("王*国", f.Number).SaysNot("王建国", "打印移交清单", "提交办理结果")
	there.Get(page.Path + "/handover").Is(http.StatusUnprocessableEntity)
	decide := supervisor.Get("/moves").Is(http.StatusOK).Says("王建国", "移交").Link("王建国").Is(http.StatusOK)
	decide.Press("提交审核结论", webtest.Fill{"审核结论": "不同意"}).Is(http.StatusUnprocessableEntity).Says("不同意时请写明理由")
	decide.Press("提交审核结论", webtest.Fill{"审核结论": "同意", "审核意见": "同意移交"}).Is(http.StatusOK).Says("审核结论已记录", "待接收", "同意移交")
	clerk.Get(page.Path).Link("打印移交清单").Is(http.StatusOK).Says("困难职工档案移交清单", "王建国", "建档申请审批表", "移出单位：青石县总工会困难职工帮扶中心", "接收单位：白河县总工会困难职工帮扶中心")

	take := there.Get("/moves").Is(http.StatusOK).Says("王*国").SaysNot("王建国").Link("王*国").Is(http.StatusOK).Says("接收前只显示档案封面")
	take.Press("提交办理结果", webtest.Fill{"办理结果": "退回移交"}).Is(http.StatusUnprocessableEntity).Says("退回时请写明理由")
	take.Press("提交办理结果", webtest.Fill{"办理结果": "接收档案", "接收意见": "材料齐全"}).Is(http.StatusOK).Says("办理结果已记录", "已完成", "王建国")
	there.Get(path(*f)).Is(http.StatusOK).Says("已完成")
	clerk.Get(path(*f)).Is(http.StatusNotFound)
	clerk.Get("/moves?list=given").Says("王*国", f.Number).SaysNot("王建国")
	clerk.Get(page.Path).Says("材料齐全", "许晴").SaysNot("王建国")
	clerk.Get(page.Path+"/handover").Is(http.StatusOK).Says("王*国", "已随档案移交").SaysNot("王建国")
	there.Get("/moves?list=received").Says("王建国")
	there.Get(page.Path + "/handover").Is(http.StatusOK).Says("王建国")
}

// A transfer is taken back by whoever asked; a list or page that there is not is not found.
func TestATransferIsTakenBack(t *testing.T) {
	site, f := open(t)
	clerk := site.As(sample.Clerk2)
	page := clerk.Get(path(*f)+"/transfer").Press("下一步：查看结果", webtest.Fill{"原因": "其他", "情况说明": "弄错了", "接收单位（名称或编号）": "QSFZ"}).Press("提交审核").Is(http.StatusOK)
	page.Press("撤回").Is(http.StatusOK).Says("已撤回").SaysNot("撤回后档案保持原样")
	clerk.Get("/moves?list=not").Says("王建国", "已撤回")
	for _, address := range []string{"/moves?list=all", "/moves?below=x", "/moves?below=0", "/moves/1", "/moves/x", path(*f) + "/transfers"} {
		clerk.Get(address).Is(http.StatusNotFound)
	}
	site.As(sample.Auditor).Get(path(*f) + "/transfer").Is(http.StatusForbidden)
}

// A split: the form keeps what was typed, the page before it is asked for shows both households, the second person
// carries it out.
func TestASplitIsWalked(t *testing.T) {
	site, f := open(t)
	clerk, supervisor := site.As(sample.Clerk2), site.As(sample.Supervisor)
	form := clerk.Get(path(*f)).Link("分户").Is(http.StatusOK).Says("李秀兰", "王小明", "户主留在本户")
	fill := webtest.Fill{"原因": "离婚", "情况说明": "离婚证 2026-11-02"}
	form.Press("下一步：查看结果", fill, webtest.Fill{"李秀兰": "分出，任新户主"}).Is(http.StatusUnprocessableEntity).Says("已向有关各方说明")
	fill["已向有关各方说明，并征得同意"] = "yes"
	form.Press("下一步：查看结果", fill).Is(http.StatusUnprocessableEntity).Says("请选择谁分出去", "离婚证 2026-11-02")
	form.Press("下一步：查看结果", fill, webtest.Fill{"王小明": "子"}).Is(http.StatusUnprocessableEntity).Says("请选择谁任新户主")
	form.Press("下一步：查看结果", fill, webtest.Fill{"李秀兰": "分出，任新户主", "王小明": "分出，任新户主"}).Is(http.StatusUnprocessableEntity).Says("新户只能有一位户主")
	check := form.Press("下一步：查看结果", fill, webtest.Fill{"李秀兰": "分出，任新户主", "王小明": "子"}).Is(http.StatusOK).Says("原户变更前后", "分出的家庭", "李秀兰", "王小明")
	page := check.Press("提交审核").Is(http.StatusOK).Says("待审核")
	done := supervisor.Get(page.Path).Says("分出的家庭", "原户变更前后").Press("提交审核结论", webtest.Fill{"审核结论": "同意"}).Is(http.StatusOK).Says("已完成", "分出的家庭", "李秀兰", "原户变更前后")
	clerk.Get(path(*f)).Says("分出的家庭：", "李秀兰")
	done.Link("李秀兰").Is(http.StatusOK).Says("由此户分出：", "王建国")
	supervisor.Get(page.Path).SaysNot("提交审核结论")
}

// A merge ends one file in the other; both pages lead to each other.
func TestAMergeIsWalked(t *testing.T) {
	site, f := open(t)
	var other casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) {
		other = sample.File(t, u, casefile.Active, func(h *sample.Household) {
			h.Head.Name, h.Head.Marital, h.Card.Holder = "周丽华", "widowed", "周丽华"
			h.Members = []casefile.Person{sample.Person("daughter", "周小雨", day.Of(2012, 5, 1), idcard.Female)}
			h.Members[0].WorkStatus, h.Members[0].Education, h.Members[0].School = "student", "junior", "青石县第二中学"
			h.Members[0].EnrolledYear, h.Members[0].SchoolYears = 2025, 3
			h.Economy.Lines[0].Amount = money.Yuan(14000)
		})
	})
	clerk, supervisor := site.As(sample.Clerk2), site.As(sample.Supervisor)
	form := clerk.Get(path(other)).Link("并入另一户").Is(http.StatusOK)
	fill := webtest.Fill{"原因": "结婚", "情况说明": "结婚证 2026-11-09", "已向有关各方说明，并征得同意": "yes", "周丽华与新户主的关系": "其他", "周小雨与新户主的关系": "女"}
	form.Press("下一步：查看结果", fill, webtest.Fill{"并入的档案编号": "QSX209900001"}).Is(http.StatusUnprocessableEntity).Says("没有这个编号的档案", "结婚证 2026-11-09")
	form.Press("下一步：查看结果", fill, webtest.Fill{"并入的档案编号": other.Number}).Is(http.StatusUnprocessableEntity).Says("不能并入自己")
	form.Press("下一步：查看结果", fill, webtest.Fill{"并入的档案编号": f.Number, "周小雨与新户主的关系": ""}).Is(http.StatusUnprocessableEntity).Says("周小雨与新户主的关系")
	check := form.Press("下一步：查看结果", fill, webtest.Fill{"并入的档案编号": f.Number}).Is(http.StatusOK).Says("并入后的家庭", "周小雨")
	page := check.Press("提交审核").Is(http.StatusOK)
	supervisor.Get(page.Path).Press("提交审核结论", webtest.Fill{"审核结论": "同意"}).Is(http.StatusOK).Says("已完成", "并入后的家庭", "周小雨")
	clerk.Get(path(other)).Says("已并入：", "王建国")
	clerk.Get(path(*f)).Says("并入本户的档案：", "周丽华")
	if now, err := casefile.Find(t.Context(), site.Kit.DB, sample.Everywhere, other.ID); err != nil || !strings.HasPrefix(string(now.State), "closed") {
		t.Errorf("%+v, %v", now, err)
	}
}

// An office hands several files over at once: the verdicts stand file by file, also in the bulk agreement and receipt.
func TestABatchIsWalked(t *testing.T) {
	site, f := open(t)
	var other casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) {
		other = sample.File(t, u, casefile.Active, func(h *sample.Household) { h.By = sample.UnitClerk })
		sample.Signed(t, u, other, sample.Fund(t, u, 100000), 40000)
		if _, err := u.Exec(t.Context(), `UPDATE casefile_person SET condition = 'closed' WHERE relation = 'head'`); err != nil {
			t.Fatal(err)
		}
	})
	clerk, supervisor, there := site.As(sample.Clerk2), site.As(sample.Supervisor), site.As(sample.SiblingClerk)
	clerk.Get("/moves/batch?dissolved=yes").Is(http.StatusOK).Says(other.Number).SaysNot(f.Number)
	clerk.Get("/moves/batch?office=QSGJ").Is(http.StatusOK).Says("没有可移交的档案")
	clerk.Get("/moves/batch?office=月球").Is(http.StatusOK).Says("没有找到“月球”")
	clerk.Get("/moves/batch?office=青石").Is(http.StatusOK).Says("符合几个单位")
	form := clerk.Get("/moves").Link("批量移交").Is(http.StatusOK).Says(f.Number, other.Number)
	fill := webtest.Fill{"原因": "原单位破产、关闭或注销", "情况说明": "单位撤并", "接收单位（名称或编号）": "BHX"}
	form.Press("提交所选档案", fill).Is(http.StatusUnprocessableEntity).Says("错误：", "单位撤并")
	page := form.Press("提交所选档案", fill, webtest.Fill{"选择 " + f.HeadName + " " + f.Number: "yes", "选择 " + other.HeadName + " " + other.Number: "yes"})
	page.Is(http.StatusOK).Says("1 份已办理，1 份未办理", "还有未决定的救助申请（1 项）：请先作出决定", f.Number, other.Number)
	there.Get(page.Path).Is(http.StatusNotFound)
	waiting := supervisor.Get("/moves?list=to_decide").Is(http.StatusOK).Says(f.Number).SaysNot(other.Number, "批量移交")
	waiting.Press("同意所选").Is(http.StatusUnprocessableEntity).Says("请至少选择一份")
	waiting.Press("同意所选", webtest.Fill{"选择 " + f.HeadName + " " + f.Number: "yes"}).Is(http.StatusOK).Says("1 份全部办理")
	arrived := there.Get("/moves?list=to_receive").Is(http.StatusOK).Says("王*国", f.Number)
	arrived.Press("接收所选", webtest.Fill{"选择 王*国 " + f.Number: "yes"}).Is(http.StatusOK).Says("1 份全部办理", "王建国")
	clerk.Get(page.Path).Is(http.StatusOK).Says("王*国")
	if now, err := casefile.Find(t.Context(), site.Kit.DB, sample.Everywhere, f.ID); err != nil || now.OrgID != sample.Sibling {
		t.Errorf("%+v, %v", now, err)
	}
}
