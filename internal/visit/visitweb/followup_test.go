package visitweb_test

import (
	"fmt"
	"net/http"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/visit/visitweb"
	"bangfu/internal/work"
)

// onFile is a site with one file of a state.
func onFile(t *testing.T, state casefile.State) (*webtest.Site, casefile.File) {
	t.Helper()
	site := webtest.New(t, visitweb.Routes)
	var f casefile.File
	site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, state) })
	return site, f
}

func TestAReviewAKeyVisitAndTheirComparison(t *testing.T) {
	site, f := onFile(t, casefile.Active)
	path := fmt.Sprintf("/files/%d/visit", f.ID)
	form := site.As(sample.Clerk2).Get(path).Is(http.StatusOK).Says("定期走访", "重点走访", "抽查", "回访", "这次走访不改变档案状态")
	page := form.Press("记录入户核查", agreeing()).Is(http.StatusUnprocessableEntity).Says("困难程度")
	page = page.Press("记录入户核查", webtest.Fill{"困难程度": "比较困难", "对工会的意见和建议": "体检到厂里来", "收入是否相符": "不符", "收入的说明": "另有零工", "总体说明": "不影响"})
	page.Is(http.StatusOK).Says("定期走访", "比较困难", "体检到厂里来").SaysNot("结果不同的项目已标出")
	page.Link("打印核查表").Is(http.StatusOK).Says("困难职工家庭入户核查表", "☑ 不符", "另有零工", f.Number)

	key := site.As(sample.Clerk4).Get(path + "?purpose=key").Is(http.StatusOK)
	fill := webtest.Fill{"困难程度": "很困难"}
	key = key.Press("记录入户核查", agreeing(), fill).Is(http.StatusUnprocessableEntity)
	key = key.Press("记录入户核查", webtest.Fill{"入户人员 1": "杨帆", "入户人员 2": "韩雪"})
	key.Is(http.StatusOK).Says("重点走访", "罗杰、段芳的走访对照", "上次走访", "另有零工", "很困难")
	site.As(sample.SiblingClerk).Get(path).Is(http.StatusNotFound)
	site.As(sample.SiblingHead).Get(key.Path + "/form").Is(http.StatusNotFound)
}

func TestACallBackAfterLeaving(t *testing.T) {
	site, f := onFile(t, casefile.Closed)
	form := site.As(sample.Clerk2).Get(fmt.Sprintf("/files/%d/visit?purpose=callback", f.ID)).Is(http.StatusOK)
	form.Press("记录入户核查", agreeing(), webtest.Fill{"困难程度": "有所缓解"}).Is(http.StatusOK).Says("回访", "有所缓解")
}

func TestADraftHasNoFollowUp(t *testing.T) {
	site, f := onFile(t, casefile.Draft)
	site.As(sample.Clerk2).Get(fmt.Sprintf("/files/%d/visit?purpose=callback", f.ID)).Is(http.StatusUnprocessableEntity).Says("不需要入户核查")
}
