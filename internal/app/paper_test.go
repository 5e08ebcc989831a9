package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// Every paper that is printed of a file's record can be put on record; a scan says whether it still holds, and a changed
// record does not bear the old code.
func TestPapersAreScanned(t *testing.T) {
	db := pgtest.DB(t)
	s := open(t, db.App)
	var r records
	s.Set(work.System("test"), func(u *work.Unit) {
		sample.Centre(t, u)
		r = household(t, u, s.Kit.Files)
	})
	printed := regexp.MustCompile(`/prints/([0-9a-z]+-[0-9a-f]{12})`)
	tests := map[string]struct {
		pattern, change string
	}{
		"a declaration":           {"/files/{file}/declarations/truth", `UPDATE casefile_person SET name = name || '某' WHERE relation = 'spouse'`},
		"the authorisation":       {"/files/{file}/declarations/comparison", `UPDATE casefile_person SET name = name || '某' WHERE relation = 'spouse'`},
		"the ledger of aid":       {"/files/{file}/aid/sheet", `UPDATE grant_programme SET name_zh = name_zh || '（新）'`},
		"the blank of a visit":    {"/files/{file}/visit/form", `UPDATE casefile_file SET address = address || '又一号'`},
		"the form of a visit":     {"/visits/{visit}/form", `UPDATE visit_visit SET remark = remark || '，又及'`},
		"a public notice":         {"/notices/{notice}/poster", `UPDATE staff_org SET name = name || '（新）'`},
		"the approval of a grant": {"/grants/{application}/print", `UPDATE casefile_file SET head_name = head_name || '某'`},
		"the plan":                {"/files/{file}/plan/form", `UPDATE plan_measure SET note = '已办一半'`},
		"a letter of referral":    {"/referrals/{referral}/letter", `UPDATE casefile_file SET head_name = head_name || '某'`},
		"a letter on leaving":     {"/exits/{exit}/letter", `UPDATE casefile_file SET head_name = head_name || '某'`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path, missing := r.at(test.pattern)
			if missing != "" {
				t.Fatalf("no record for %s", missing)
			}
			clerk := s.As(sample.Clerk)
			plain := clerk.Get(path).Is(http.StatusOK)
			if printed.Match(plain.Body) {
				t.Fatal("a paper that is not on record bears a code")
			}
			made := plain.Press("打印（登记并带二维码）").Is(http.StatusOK).SaysNot("打印（登记并带二维码）", "本件未登记")
			code := printed.FindStringSubmatch(string(made.Body))
			if code == nil {
				t.Fatalf("no code on %s", made.Path)
			}
			clerk.Get(code[0]).Is(http.StatusOK).Says("打印件所载内容与现在的记录一致")
			if sheet := clerk.Get(code[0] + "/sheet").Is(http.StatusOK); sheet.Path != made.Path {
				t.Errorf("the sheet of the code is at %s, want %s", sheet.Path, made.Path)
			}
			clerk.Get(strings.Replace(made.Path, code[1], "zz-"+strings.Repeat("0", 12), 1)).Is(http.StatusNotFound)
			s.As(sample.SiblingClerk).Get(made.Path).Is(http.StatusNotFound)
			_, err := db.Owner.Exec(t.Context(), test.change)
			must(t, err)
			clerk.Get(code[0]).Is(http.StatusOK).Says("打印后所载记录有变动")
			again := clerk.Get(made.Path).Is(http.StatusOK).Says("上次打印后记录有变动", "打印（登记并带二维码）")
			if printed.Match(again.Body) {
				t.Error("a changed record bears the old code")
			}
		})
	}
}
