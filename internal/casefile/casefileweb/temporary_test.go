package casefileweb_test

import (
	"net/http"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/templates/casefilepage"
)

// From an empty registration to a temporary file, back to a registration, and to its end by another person.
func TestATemporaryFilesLife(t *testing.T) {
	s := site(t)
	clerk := s.As(sample.Clerk)
	id, tasks := register(t, clerk)

	tasks.Link("存为临时档案").Is(http.StatusOK).Says("还缺", "户主姓名和身份证号", "手机号码", "家庭住址", "主要致困原因").SaysNot("建临时档案的原因").
		Link("户主基本信息：户主姓名和身份证号").Press("保存并返回", headFill(sample.Number(day.Of(1980, 2, 29), idcard.Female))).Is(http.StatusOK)
	clerk.Get(casefilepage.TemporaryPath(id)).SaysNot("户主姓名和身份证号", "手机号码").
		Link("住房情况：家庭住址").Press("保存并返回", webtest.Fill{"家庭住址": "青石县东街9号"})
	clerk.Get(casefilepage.TemporaryPath(id)).Link("致困原因：主要致困原因").Press("保存并返回", webtest.Fill{"main": "6"})

	ask := clerk.Get(casefilepage.TemporaryPath(id)).SaysNot("还缺")
	ask.Press("存为临时档案").Is(http.StatusUnprocessableEntity).Says("请填写建临时档案的原因")
	long := strings.Repeat("急", 501)
	if page := ask.Press("存为临时档案", webtest.Fill{"建临时档案的原因": long}).Is(http.StatusUnprocessableEntity).Says("不能超过 500 个字"); !strings.Contains(string(page.Body), long) {
		t.Error("what was typed is gone")
	}
	cover := ask.Press("存为临时档案", webtest.Fill{"建临时档案的原因": "户主突发脑出血住院"}).Is(http.StatusOK).
		Says("已存为临时档案", "临时档案，2026-11-22 10:00 建档", "户主突发脑出血住院", "转正后补填").SaysNot("等待您", "登记（退回）")
	clerk.Get(casefilepage.WorkListPath(casefile.TemporaryList)).Says("刘海燕")
	clerk.Get(casefilepage.TasksPath(id)).Is(http.StatusUnprocessableEntity)
	clerk.Get(casefilepage.CancellationPath(id)).Is(http.StatusForbidden)

	convert := cover.Link("转正").Says("已填的内容全部保留")
	tasks = convert.Press("转正，继续登记").Is(http.StatusOK).Says("已转正", "由临时档案转来", "刘海燕").SaysNot("作废登记")
	clerk.Get(casefilepage.ConversionPath(id)).Is(http.StatusUnprocessableEntity)
	clerk.Get(casefilepage.DiscardPath(id)).Press("作废", webtest.Fill{"作废原因": "不再需要"}).Is(http.StatusUnprocessableEntity).Says("不能作废")

	tasks.Link("存为临时档案").Press("存为临时档案", webtest.Fill{"建临时档案的原因": "家属暂不申请"}).Is(http.StatusOK)
	supervisor := s.As(sample.Supervisor)
	cancel := supervisor.Get(casefilepage.FilePath(id)).Link("注销临时档案").Says("不能恢复")
	cancel.Press("注销").Is(http.StatusUnprocessableEntity).Says("请填写注销原因")
	cancel.Press("注销", webtest.Fill{"注销原因": "急难已解除"}).Is(http.StatusOK).Says("已注销", "急难已解除")
	supervisor.Get(casefilepage.CancellationPath(id)).Is(http.StatusUnprocessableEntity)
	supervisor.Get(casefilepage.WorkListPath(casefile.EndedList)).Says("刘海燕", "已注销")

	f, err := casefile.Find(t.Context(), s.Kit.DB, sample.Everywhere, id)
	if err != nil || f.State != casefile.Cancelled || f.HeadName != "刘海燕" {
		t.Errorf("file %+v, %v", f, err)
	}
}
