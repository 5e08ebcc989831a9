package staffweb_test

import (
	"net/http"
	"testing"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
)

func TestARelativeFromTheDeclarationToItsEnd(t *testing.T) {
	site := open(t)
	number := string(sample.Number(day.Of(1971, 5, 2), idcard.Male))
	mine := site.As(sample.Clerk).Get("/me").Is(http.StatusOK).Link("查看和申报").Is(http.StatusOK).Says("没有亲属登记")
	wrong := mine.Press("申报", webtest.Fill{"关系": "兄弟姐妹", "姓名": "何勇", "身份证号": "53990119710502001"})
	wrong.Is(http.StatusUnprocessableEntity).Says("错误：", "必须是 18 位")
	done := wrong.Press("申报", webtest.Fill{"身份证号": number}).Is(http.StatusOK).Says("已申报，等待他人确认", "已申报，待确认", "兄弟姐妹")
	done.SaysNot(number)
	done.Press("申报", webtest.Fill{"关系": "其他亲属", "姓名": "何勇", "身份证号": number}).Is(http.StatusUnprocessableEntity).Says("已在您的亲属登记中")

	site.As(sample.Clerk2).Get("/staff/relatives").Is(http.StatusForbidden)
	site.As(sample.SiblingHead).Get("/staff/relatives").Is(http.StatusForbidden)
	page := site.As(sample.Officer).Get("/staff/relatives").Is(http.StatusOK).Link("何勇").Is(http.StatusOK).Says("何敏", "青石县总工会")
	page = page.Press("提交", webtest.Fill{"经核对属实": "否"}).Is(http.StatusUnprocessableEntity).Says("请写明原因")
	page = page.Press("提交", webtest.Fill{"经核对属实": "是"}).Is(http.StatusOK).Says("已确认", "周文")
	site.As(sample.Officer).Get("/staff/relatives").Says("没有亲属登记")
	site.As(sample.Officer).Get("/staff/relatives?all=yes").Says("何勇")
	page.Press("终止", webtest.Fill{"说明": "收养关系解除"}).Is(http.StatusOK).Says("登记已终止", "收养关系解除").SaysNot("终止这条登记")
}

// Nobody is offered to confirm their own.
func TestOnesOwnRelativeIsConfirmedByOthers(t *testing.T) {
	site := open(t)
	number := string(sample.Number(day.Of(1971, 5, 2), idcard.Male))
	site.As(sample.Officer).Get("/me/relatives").Press("申报", webtest.Fill{"关系": "父母", "姓名": "周大山", "身份证号": number}).Is(http.StatusOK)
	site.As(sample.Officer).Get("/staff/relatives").Link("周大山").Is(http.StatusOK).SaysNot("经核对属实")
	site.As(sample.Admin).Get("/staff/relatives").Link("周大山").Is(http.StatusOK).Says("经核对属实")
}
