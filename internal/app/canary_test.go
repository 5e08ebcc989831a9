package app_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"bangfu/internal/app"
	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/file"
	"bangfu/internal/fund"
	"bangfu/internal/idcard"
	"bangfu/internal/notice"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/visit"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// What must not be seen: numbers of a household that exists in this test only, and its names.
const (
	canaryCard  = "6217003810026897713"
	canaryPhone = "13987654321"
	canaryName  = "欧阳鹤鸣"
	canaryChild = "欧阳雏凤"
)

// aviary is the program on a database of its own, with everything that leaves a trace: sessions in the database,
// papers in a folder, a log, and a list of all addresses that were asked for or led to.
type aviary struct {
	*webtest.Site
	t         *testing.T
	db        *pgtest.Database
	folder    string
	addresses []string
	numbers   map[string]string
	head      idcard.Number
	child     idcard.Number
}

func newAviary(t *testing.T) *aviary {
	t.Helper()
	a := &aviary{t: t, db: pgtest.DB(t), folder: t.TempDir(), head: sample.Number(day.Of(1981, 7, 13), idcard.Male),
		child: sample.Number(day.Of(2016, 4, 9), idcard.Female)}
	a.numbers = map[string]string{"ID number": string(a.head), "child's ID number": string(a.child), "card": canaryCard, "phone": canaryPhone}
	a.Site = webtest.Bare(t, a.db.App)
	files, err := file.Folder(a.folder, a.Kit.Keys)
	must(t, err)
	a.Kit = app.NewKit(a.db.App, a.Kit.Clock, a.Kit.Keys, files, a.Kit.Log)
	a.Kit.Sessions = web.NewSessions(app.NewSessions(a.db.App), false)
	handler, _ := app.Router(a.Kit, false, false)
	a.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.addresses = append(a.addresses, r.URL.String())
		handler.ServeHTTP(w, r)
		a.addresses = append(a.addresses, w.Header().Get("Location"))
	})
	must(t, work.Do(t.Context(), a.db.App, a.Now, work.System("test"), func(u *work.Unit) error {
		sample.Centre(t, u)
		return u.Audit(t.Context(), work.Entry{Act: "staff.found", Kind: "org", ID: int64(sample.County)})
	}))
	return a
}

// From the counter to the bank and back, then everywhere that something may have been left.
func TestNoNumberIsLeftAnywhere(t *testing.T) {
	a := newAviary(t)
	id := a.register()
	a.lookedAt(id)
	a.verified(id)
	a.shown()
	a.paid(id)
	a.broken(id)
	a.search()
}

// register is the registration, by its pages, with some wrong turns.
func (a *aviary) register() work.FileID {
	clerk := a.As(sample.Clerk)
	tasks := clerk.Get("/files/search").Press("搜索", webtest.Fill{"姓名、身份证号": string(a.head)}).Press("登记新家庭").Is(http.StatusOK)
	id := work.FileID(webtest.ID(a.t, tasks.Path, "files"))
	fill := webtest.Fill{"number": string(a.head), "name": canaryName, "手机号码": canaryPhone, "contact": canaryPhone, "民族": "汉族", "户口类型": "非农业",
		"婚姻状况": "已婚", "政治面貌": "群众", "身份类别": "在职职工", "劳模类型": "非劳模", "健康状况": "疾病", "疾病类别": "终末期肾病", "医保状况": "城镇职工医保"}
	head := tasks.Link("户主基本信息")
	head.Press("保存并返回", fill, webtest.Fill{"name": ""}).Is(http.StatusUnprocessableEntity)
	tasks = clerk.Get(head.Path).Press("保存并返回", fill).Is(http.StatusOK)
	tasks = tasks.Link("家庭成员").Press("添加一位成员").Press("保存并返回", webtest.Fill{"member.0.number": string(a.child),
		"member.0.name": canaryChild, "member.0.relation": "女", "member.0.work_status": "在校学生", "member.0.health": "good",
		"member.0.insurance": "resident", "member.0.school": "青石一小", "member.0.education": "primary"}).Is(http.StatusOK)
	tasks = tasks.Link("工作情况").Press("保存并返回", webtest.Fill{"工作状态": "在岗", "工作单位": "青石纺织厂", "单位性质": "国有企业", "参加工作时间": "2001年7月1日",
		"企业状况": "亏损", "所属行业": "制造业"})
	tasks = tasks.Link("住房情况").Press("保存并返回", webtest.Fill{"家庭住址": "青石县东街9号", "住房类型": "租房", "建筑面积": "55"})
	tasks = tasks.Link("近12个月").Press("保存并返回", webtest.Fill{"income.wage": "24,000", "expense.illness": "12000"})
	tasks = tasks.Link("财产与其他情况").Press("保存并返回", webtest.Fill{"家庭名下住房（套）": "0", "存款和投资净值（元）": "0"})
	evidence := tasks.Link("致困原因").Press("保存并返回", webtest.Fill{"main": "6", "self_help": "no", "needs": "medical"}).Link("证明材料")
	paper := []byte("%PDF-1.4\n" + string(a.head) + " " + canaryCard + "\n%%EOF\n")
	for _, kind := range []string{"建档申请审批表", "户主身份证", "户口簿", "近一年收入证明", "银行卡复印件", "家庭经济状况核对授权书", "二级以上医院诊断证明", "自付费用票据"} {
		evidence = evidence.PressWith("上传", webtest.Upload{"paper": {Name: "扫描.pdf", Content: paper}},
			webtest.Fill{"材料种类": kind, "开具日期": "2026-11-02"}).Is(http.StatusOK)
	}
	tasks = evidence.Press("材料已齐").Link("银行卡").Press("保存并返回", webtest.Fill{"银行卡号": canaryCard, "支行名称": "青石县支行", "持卡人": canaryName}).Is(http.StatusOK)
	tasks = tasks.Link("声明与授权").Press("保存并返回", webtest.Fill{"truth": "yes", "comparison": "yes", "notice": "yes", "sensitive": "yes", "guardian": "yes"})
	tasks.Link("检查并提交").Press("提交核查").Is(http.StatusOK).Says("待核查")
	return id
}

// lookedAt searches by each number, tries to register the household again, is asked to sign in again in the middle of
// it, and looks at the numbers in the clear.
func (a *aviary) lookedAt(id work.FileID) {
	clerk := a.As(sample.Clerk)
	for _, sought := range []string{string(a.head), canaryPhone, canaryName} {
		clerk.Get("/files/search").Press("搜索", webtest.Fill{"姓名、身份证号": sought}).Is(http.StatusOK)
	}
	again := clerk.Get("/files/search").Press("搜索", webtest.Fill{"姓名、身份证号": "查无此人"}).Press("登记新家庭").Link("户主基本信息")
	refused := again.Press("保存并返回", webtest.Fill{"number": string(a.head), "name": canaryName, "手机号码": canaryPhone})
	refused.Is(http.StatusUnprocessableEntity)
	late := again.Request("保存并返回", nil, webtest.Fill{"number": string(a.head), "手机号码": canaryPhone})
	a.Nobody().Send(late).Is(http.StatusUnauthorized)
	person := number(a.t, a.db.App, `SELECT min(id) FROM casefile_person WHERE file_id = $1`, id)
	card := number(a.t, a.db.App, `SELECT id FROM casefile_card WHERE file_id = $1`, id)
	for path, seen := range map[string]string{
		fmt.Sprintf("/files/%d/people/%d/number", id, person): string(a.head),
		fmt.Sprintf("/files/%d/cards/%d/number", id, card):    canaryCard,
	} {
		question := clerk.Get(path).Is(http.StatusOK)
		form := question.Forms()[len(question.Forms())-1]
		values := plausible(found{Form: form})
		if got := clerk.Send(form.Send(values, nil)); !bytes.Contains(got.Body, []byte(seen)) {
			a.t.Errorf("%s: %d; the canary is not alive\n%s", path, got.Code, got.Text())
		}
	}
}

// verified brings the file through visit, judgement, assessment and notice.
func (a *aviary) verified(id work.FileID) {
	ctx := a.t.Context()
	a.Set(sample.Clerk2, func(u *work.Unit) {
		r := visit.Report{VisitedOn: u.Today(), Visitors: [2]work.StaffID{sample.Clerk2.StaffID, sample.Clerk3.StaffID}, Agrees: true,
			VisitorsSigned: true, ApplicantSigned: true}
		for _, item := range visit.Items {
			r.Findings = append(r.Findings, visit.Finding{Item: item, Agrees: true})
		}
		_, err := visit.Record(ctx, u, id, r)
		must(a.t, err)
	})
	a.Set(sample.Supervisor, func(u *work.Unit) {
		_, err := casefile.Judge(ctx, u, id, casefile.Ruling{})
		must(a.t, err)
		must(a.t, casefile.Assess(ctx, u, id, casefile.Pass, "情况属实"))
	})
	a.Set(sample.Officer, func(u *work.Unit) {
		_, err := notice.Publish(ctx, u, id, notice.Plan{Preset: notice.SevenDays, Place: "公示栏"})
		must(a.t, err)
	})
}

// shown looks at the public pages: no number, no name of anybody in the household.
func (a *aviary) shown() {
	public := a.Nobody()
	list := public.Get("/public/notices").Is(http.StatusOK).Says("欧**鸣") // it is this household, masked
	for _, link := range append(list.Links(), "/public/objections") {
		if !strings.HasPrefix(link, "/public/") {
			continue
		}
		page := public.Get(link)
		page.SaysNot(canaryName, canaryChild, "青石一小", "东街", "肾")
		for name, n := range a.numbers {
			page.SaysNot(n)
			if strings.Contains(page.Text(), n[len(n)-4:]) && !strings.Contains(page.Text(), "0879-") {
				a.t.Errorf("%s shows the end of the %s", link, name)
			}
		}
	}
}

// paid lets the notice end, grants 300.00 and pays it through the pages.
func (a *aviary) paid(id work.FileID) {
	a.Now = a.Now.AddDate(0, 0, 8)
	if n, err := notice.EndDue(a.t.Context(), a.db.App, a.Now); n != 1 || err != nil {
		a.t.Fatalf("%d notices ended, %v", n, err)
	}
	a.Set(sample.Accountant, func(u *work.Unit) {
		account, _ := funded(a.t, u, fund.Living)
		granted(a.t, u, id, account, 300)
	})
	cashier := a.As(sample.Cashier)
	batch := cashier.Get("/payments").Press("本页 1 笔全部制作批次").Press("制作批次（1 笔）").Is(http.StatusOK)
	a.As(sample.Accountant2).Get(batch.Path + "/release").Press("放行").Is(http.StatusOK)
	sent := cashier.Get(batch.Path).Press("下载银行文件").Is(http.StatusOK)
	if !bytes.Contains(sent.Body, []byte(canaryCard)) {
		a.t.Error("the bank's file does not hold the card: the canary is not alive")
	}
	lines := strings.Split(strings.TrimSpace(string(sent.Body)), "\r\n")
	answer := lines[0] + ",结果,失败原因\r\n" + lines[1] + ",成功,\r\n"
	wrong := strings.Replace(answer, "300.00", "301.00", 1)
	upload := func(content string) webtest.Upload {
		return webtest.Upload{"answer": {Name: "回盘.csv", Content: []byte(content)}}
	}
	cashier.Get(batch.Path+"/answer").PressWith("读入并核对", upload(wrong)).Is(http.StatusUnprocessableEntity)
	cashier.Get(batch.Path+"/answer").PressWith("读入并核对", upload(answer)).Is(http.StatusOK).Says("已了结")
}

// broken sends the numbers while the database is away, so that the log has something to say.
func (a *aviary) broken(id work.FileID) {
	clerk := a.As(sample.Clerk)
	search := clerk.Get("/files/search").Request("搜索", nil, webtest.Fill{"姓名、身份证号": string(a.head)})
	config, err := pgxpool.ParseConfig("postgres://nobody@127.0.0.1:1/nothing?connect_timeout=1")
	must(a.t, err)
	away, err := pgxpool.NewWithConfig(a.t.Context(), config)
	must(a.t, err)
	defer away.Close()
	before := a.Kit.DB
	a.Kit.DB = away
	clerk.Send(search).Is(http.StatusServiceUnavailable)
	clerk.Get(fmt.Sprintf("/files/%d", id)).Is(http.StatusServiceUnavailable)
	a.Kit.DB = before
	if !strings.Contains(a.Log.String(), "request failed") {
		a.t.Error("the log says nothing of a database that is away")
	}
}

// search looks for the canaries in all that is left.
func (a *aviary) search() {
	a.absent("the log", []byte(a.Log.String()))
	a.absent("the addresses", []byte(strings.Join(a.addresses, "\n")))
	tables := newJournal(a.t, a.db.Owner).tables
	rows, seen := 0, ""
	for _, table := range append(tables, untold...) {
		text := a.dump(table)
		rows += len(text)
		seen += strings.Join(text, "\n")
		for _, row := range text {
			a.absent("table "+table, []byte(row))
			for _, plain := range bytea.FindAllString(row, -1) {
				content, err := hex.DecodeString(plain[2:])
				must(a.t, err)
				a.absent("table "+table+", as bytes", content)
			}
		}
	}
	if rows < 100 || !strings.Contains(seen, canaryName) {
		a.t.Errorf("the dump has %d rows and may not be one", rows)
	}
	papers := 0
	must(a.t, filepath.WalkDir(a.folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		papers++
		content, err := os.ReadFile(path)
		a.absent("the stored paper "+entry.Name(), append(content, path...))
		return err
	}))
	if papers == 0 {
		a.t.Error("no papers were stored")
	}
}

var bytea = regexp.MustCompile(`\\x[0-9a-f]{2,}`)

// dump is a table as text, a row a line, as its owner sees it; every role's rows, and bytes as \x….
func (a *aviary) dump(table string) []string {
	a.t.Helper()
	rows, err := a.db.Owner.Query(a.t.Context(), "SELECT r::text FROM "+pgx.Identifier{table}.Sanitize()+" r")
	must(a.t, err)
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	must(a.t, err)
	return lines
}

// absent fails the test if a canary sits in the content: as it is, as hex, or in base64 at any offset.
func (a *aviary) absent(where string, content []byte) {
	a.t.Helper()
	for name, n := range a.numbers {
		for form, written := range writings(n) {
			if bytes.Contains(content, []byte(written)) {
				a.t.Errorf("%s holds the %s%s", where, name, form)
			}
		}
	}
}

// writings are the ways in which a number may hide.
func writings(n string) map[string]string {
	ways := map[string]string{"": n, " in groups": n[:4] + " " + n[4:8], " in hex": hex.EncodeToString([]byte(n))}
	for offset := range 3 {
		encoded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", offset) + n))
		first, last := (offset*8+5)/6, len(encoded)-1 // signs that hold bits of other bytes are left out
		ways[fmt.Sprintf(" in base64 at %d", offset)] = encoded[first:last]
	}
	return ways
}

// What the search would find it finds: each writing of a number, in a long text.
func TestCanariesAreFound(t *testing.T) {
	for _, text := range []string{"a" + canaryCard + "b", hex.EncodeToString([]byte("a" + canaryCard)),
		base64.StdEncoding.EncodeToString([]byte(canaryCard)), base64.StdEncoding.EncodeToString([]byte("{" + canaryCard + "}")),
		base64.URLEncoding.EncodeToString([]byte(`{"` + canaryCard + "}"))} {
		found := false
		for _, written := range writings(canaryCard) {
			found = found || strings.Contains(text, written)
		}
		if !found {
			t.Errorf("not found in %s", text)
		}
	}
}
