package comparisonweb_test

import (
	"net/http"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/comparison"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/words"
	"bangfu/templates/comparisonpage"
)

// The authorisation names every adult with a masked number and a guardian's line for the child, and says what is asked of whom.
func TestTheAuthorisation(t *testing.T) {
	site, f := open(t)
	people, err := casefile.People(t.Context(), site.Kit.DB, site.Kit.Keys, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	path := comparisonpage.AuthorisationPath(f.ID)
	page := site.As(sample.Clerk).Get(path).Is(http.StatusOK).Says("家庭经济状况信息比对授权书", "授权青石县总工会困难职工帮扶中心", "王建国", "李秀兰", "王小明", "监护人：",
		"不动产登记机构", "随时以书面撤回", "文本 2026-02", "打印（登记并带二维码）")
	for _, p := range people {
		page.SaysNot(string(p.Number)).Says(p.Number.Masked())
	}
	if got := strings.Count(page.Text(), "监护人："); got != 1 {
		t.Errorf("a guardian signs %d times, want once", got)
	}
	for _, k := range comparison.Kinds {
		for _, key := range []words.Key{k.Covers(), k.Source()} {
			page.Says(words.T(t.Context(), key))
		}
	}
	site.As(sample.SiblingClerk).Get(path).Is(http.StatusNotFound)
	site.As(sample.Admin).Get(path).Is(http.StatusForbidden)
	site.As(sample.Clerk).In(words.English).Get(path).Is(http.StatusOK).Says("授权青石县总工会困难职工帮扶中心", "Real-estate registry").SaysNot("⟦")
	site.As(sample.Clerk).Get(comparisonpage.BlankPath).Is(http.StatusOK).Says("家庭经济状况信息比对授权书", "空白").SaysNot("王建国", "登记并带二维码")
}
