package nominationweb_test

import (
	"net/http"
	"testing"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/nomination/nominationweb"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
)

// A unit nominates a worker; the centre declines with a reason that the unit reads, then takes the worker in when the
// unit nominates again. Bad input keeps what was typed.
func TestANominationFromTheUnitToTheRegistration(t *testing.T) {
	site := webtest.New(t, func(rs *web.Routes, k *web.Kit) {
		nominationweb.Routes(rs, k)
		rs.Get("/files/{file}/registration", staff.CapFileRegister, func(w http.ResponseWriter, _ *http.Request) error {
			w.WriteHeader(http.StatusNoContent)
			return nil
		})
	})
	site.Kit.Keys = sample.Keys()
	unit, clerk := site.As(sample.UnitClerk), site.As(sample.Clerk)
	number := string(sample.Number(day.Of(1979, 5, 6), idcard.Male))
	nominate := func() *webtest.Page {
		form := unit.Get("/nominations").Is(http.StatusOK).Link("推荐困难职工").Is(http.StatusOK)
		wrong := form.Press("推荐", webtest.Fill{"姓名": "赵川", "身份证号": number, "工作单位": "青石纺织厂", "困难情况": "", "二级以上医院诊断证明": "yes"})
		wrong.Is(http.StatusUnprocessableEntity).Says("错误：", "困难情况")
		return wrong.Press("推荐", webtest.Fill{"困难情况": "每周透析三次"}).Is(http.StatusOK).
			Says("已推荐，等待答复", "青石县总工会困难职工帮扶中心", "0879-2100001", "2026-11-27", "诊断证明", "每周透析三次").SaysNot(number)
	}
	made := nominate()
	made.SaysNot("acceptance", "refusal")
	unit.Get(made.Path + "/refusal").Is(http.StatusUnprocessableEntity).Says("其他人员答复")
	unit.Get("/nominations/new").Press("推荐", webtest.Fill{"姓名": "赵川", "身份证号": number, "工作单位": "青石纺织厂", "困难情况": "每周透析三次"}).
		Is(http.StatusUnprocessableEntity).Says("正在等待答复")

	decline := clerk.Get("/nominations").Is(http.StatusOK).Says("待答复").Link("赵川").Is(http.StatusOK).Says("接收建档").Link("退回").Is(http.StatusOK)
	decline.Press("退回", webtest.Fill{"理由": ""}).Is(http.StatusUnprocessableEntity).Says("理由")
	decline.Press("退回", webtest.Fill{"理由": "请补住院票据"}).Is(http.StatusOK).Says("已退回推荐单位", "请补住院票据").SaysNot("acceptance")
	unit.Get(made.Path).Is(http.StatusOK).Says("已退回", "请补住院票据", "何敏")

	again := nominate()
	clerk.Get(again.Path).Press("接收建档").Is(http.StatusNoContent)
	unit.Get(again.Path).Is(http.StatusOK).Says("已接收", "已转为登记，由青石县总工会困难职工帮扶中心办理")
	clerk.Get("/nominations?state=accepted").Is(http.StatusOK).Says("赵川")
	clerk.Get("/nominations?state=nothing").Is(http.StatusNotFound)
	site.As(sample.SiblingClerk).Get(again.Path).Is(http.StatusNotFound)
}

// The unit takes a nomination back while it waits.
func TestANominationTakenBack(t *testing.T) {
	site := webtest.New(t, nominationweb.Routes)
	site.Kit.Keys = sample.Keys()
	unit := site.As(sample.UnitClerk)
	made := unit.Get("/nominations/new").Press("推荐", webtest.Fill{"姓名": "赵川", "身份证号": string(sample.Number(day.Of(1979, 5, 6), idcard.Male)),
		"工作单位": "青石纺织厂", "困难情况": "每周透析三次"}).Is(http.StatusOK)
	made.Link("撤回").Is(http.StatusOK).Press("撤回", webtest.Fill{"理由": "本人不愿意"}).Is(http.StatusOK).Says("推荐已撤回", "本人不愿意")
	site.As(sample.Clerk).Get(made.Path).Is(http.StatusOK).SaysNot("acceptance")
}
