package deskweb_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/desk/deskweb"
	"bangfu/internal/eligibility"
	"bangfu/internal/fund"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/move"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/trial"
	"bangfu/internal/work"
)

func TestWhatWaitsForMe(t *testing.T) {
	site := webtest.New(t, deskweb.Routes)
	site.As(sample.Clerk).Get("/").Is(200).Says("我的工作", "上午好，何敏（经办人）", "我的草稿和退回件 0", "待入户核查 0", "查找或登记困难职工")

	site.Set(sample.Clerk, func(u *work.Unit) {
		if _, err := casefile.Register(t.Context(), u); err != nil {
			t.Fatal(err)
		}
	})
	mine := site.As(sample.Clerk).Get("/").Is(200).Says("我的草稿和退回件 1", "（未填户主）", "草稿", "今天")
	if !strings.Contains(strings.Join(mine.Links(), " "), "/registration") {
		t.Errorf("no link leads on: %v", mine.Links())
	}
	// A draft is its registrar's alone, and so are its name and its number.
	site.As(sample.Clerk2).Get("/").Is(200).Says("我的草稿和退回件 0").SaysNot("（未填户主）")
}

// Of more cases than stand on the page, those that wait longest do.
func TestTheLongestWaitingComeFirst(t *testing.T) {
	site := webtest.New(t, deskweb.Routes)
	site.Set(sample.Clerk, func(u *work.Unit) {
		if _, err := u.Exec(t.Context(), `INSERT INTO casefile_file (org_id, org_path, state, head_name, registered_by, registered_at, submitted_at)
			SELECT $1, '', s.state, s.state || '第' || n || '天', $2, $3::timestamptz - n * interval '1 day', $3::timestamptz - n * interval '1 day'
			FROM generate_series(1, 6) n, unnest(ARRAY['visited', 'judged']) AS s (state)`, sample.County, sample.Clerk.StaffID, u.Now); err != nil {
			t.Fatal(err)
		}
	})
	site.As(sample.Supervisor).Get("/").Is(200).Says("visited第6天", "visited第2天", "judged第6天").SaysNot("visited第1天", "judged第1天")
}

// A case waits on a desk since it came there, not since the household handed its papers in.
func TestACaseWaitsSinceItCame(t *testing.T) {
	for _, test := range []struct {
		state casefile.State
		by    work.Actor
		act   func(u *work.Unit, id work.FileID) error // what brings it to the desk, five days later
		list  string
		who   work.Actor
	}{
		{casefile.Submitted, sample.Clerk2, func(u *work.Unit, id work.FileID) error {
			if _, err := u.Exec(t.Context(), `INSERT INTO visit_visit (file_id, round, purpose, visited_on, visitor_a, visitor_b, agrees, remark,
				visitors_signed, applicant_signed, entered_by, entered_at) VALUES ($1, 1, 'first', $2, $3, $4, true, '', true, true, $3, $5)`,
				id, u.Today(), u.By.StaffID, sample.Clerk3.StaffID, u.Now); err != nil {
				return err
			}
			return casefile.RecordVisit(t.Context(), u, id, true, "")
		}, "待认定 1", sample.Supervisor},
		{casefile.Visited, sample.Supervisor, func(u *work.Unit, id work.FileID) error {
			_, err := casefile.Judge(t.Context(), u, id, casefile.Ruling{})
			return err
		}, "待评议 1", sample.Supervisor},
		{casefile.Judged, sample.Supervisor, func(u *work.Unit, id work.FileID) error {
			return casefile.Assess(t.Context(), u, id, casefile.Return, "请补收入证明")
		}, "我的草稿和退回件 1", sample.Clerk},
	} {
		t.Run(test.list, func(t *testing.T) {
			site := webtest.New(t, deskweb.Routes)
			var f casefile.File
			site.Set(sample.Clerk, func(u *work.Unit) { f = sample.File(t, u, test.state) })
			site.Now = site.Now.AddDate(0, 0, 5)
			site.Set(test.by, func(u *work.Unit) {
				if err := test.act(u, f.ID); err != nil {
					t.Fatal(err)
				}
			})
			site.Now = site.Now.AddDate(0, 0, 2)
			site.As(test.who).Get("/").Is(200).Says(test.list, "已等 2 天").SaysNot("已等 7 天")
		})
	}
}

// What each post sees is what it can do.
func TestEachPostSeesItsOwnLists(t *testing.T) {
	site := webtest.New(t, deskweb.Routes)
	for _, test := range []struct {
		by   work.Actor
		sees []string
		not  []string
	}{
		{sample.Supervisor, []string{"待认定", "待评议", "有异议待处理", "待确认的银行卡", "待我复核的档案变更", "待我审核的移交与分并户", "变更后待重新认定 0", "待办的退出"}, []string{"待公示", "待发放", "到期的退出回访", "待审批的销毁批次", "待接收的移交"}},
		{sample.Officer, []string{"待公示", "待我处理的救助申请", "公示中，最近到期", "待确认的亲属登记"}, []string{"待认定", "待复核批次"}},
		{sample.Clerk, []string{"待办的退出", "到期的退出回访", "本轮待复核的档案", "待接收的移交"}, []string{"待我复核的档案变更", "待我审核的移交与分并户", "待确认的亲属登记"}},
		{sample.GroupHead, []string{"待审批的销毁批次"}, []string{"待办的退出"}},
		{sample.GroupMember, []string{"待我处理的救助申请"}, []string{"待入户核查", "本年资金"}},
		{sample.Cashier, []string{"待发放", "待银行回盘"}, []string{"待复核批次", "我的草稿和退回件"}},
		{sample.Accountant, []string{"待复核批次", "银行退票"}, []string{"待银行回盘", "我的草稿和退回件"}},
		{sample.Admin, []string{"待确认的亲属登记"}, []string{"待认定", "待发放", "待我处理的救助申请"}},
	} {
		site.As(test.by).Get("/").Is(200).Says(test.sees...).SaysNot(test.not...)
	}
}

// A move that was asked for stands on the desk of the deciding side, then on the receiving office's, until it is taken.
func TestAMoveOnTheDesk(t *testing.T) {
	site := webtest.New(t, deskweb.Routes)
	var f casefile.File
	var id move.ID
	site.Set(sample.Clerk2, func(u *work.Unit) {
		f = sample.File(t, u, casefile.Active)
		u.By = sample.Clerk2
		var err error
		if id, err = move.Ask(t.Context(), u, f.ID, move.Request{Kind: move.Transfer, Why: "household_moved", Reason: "迁居白河县", To: sample.Sibling}); err != nil {
			t.Fatal(err)
		}
	})
	leads := func(page *webtest.Page) {
		t.Helper()
		if !slices.Contains(page.Links(), fmt.Sprintf("/moves/%d", id)) {
			t.Errorf("no link leads on: %v", page.Links())
		}
	}
	leads(site.As(sample.Supervisor).Get("/").Is(200).Says("待我审核的移交与分并户 1", f.Number, "罗杰"))
	site.As(sample.SiblingClerk).Get("/").Is(200).Says("待接收的移交 0")
	site.Set(sample.Supervisor, func(u *work.Unit) {
		if err := move.Decide(t.Context(), u, id, true, "同意移交"); err != nil {
			t.Fatal(err)
		}
	})
	site.As(sample.Supervisor).Get("/").Is(200).Says("待我审核的移交与分并户 0")
	site.As(sample.Clerk).Get("/").Is(200).Says("待接收的移交 0")
	leads(site.As(sample.SiblingClerk).Get("/").Is(200).Says("待接收的移交 1", f.Number).SaysNot(f.HeadName))
}

// Relatives that others declared stand on the desk of who confirms them, one's own do not.
func TestRelativesOnTheDesk(t *testing.T) {
	site := webtest.New(t, deskweb.Routes)
	for _, who := range []work.Actor{sample.Clerk, sample.Officer} {
		site.Set(who, func(u *work.Unit) {
			if _, err := staff.Declare(t.Context(), u, sample.Keys(), "sibling", "冯立", sample.Number(day.Of(1970, 3, 4), idcard.Male)); err != nil {
				t.Fatal(err)
			}
		})
	}
	page := site.As(sample.Officer).Get("/").Is(200).Says("待确认的亲属登记 1", "何敏").SaysNot("冯立")
	if !strings.Contains(strings.Join(page.Links(), " "), "/staff/relatives/") {
		t.Errorf("no link leads on: %v", page.Links())
	}
	site.As(sample.Admin).Get("/").Is(200).Says("待确认的亲属登记 2", "何敏", "周文")
}

// A line that was entered stands on the desk of the head of the union at the top until it is confirmed.
func TestAProposalOnTheDesk(t *testing.T) {
	site := webtest.New(t, deskweb.Routes)
	site.Set(sample.Admin, func(u *work.Unit) {
		if _, err := trial.ProposeLine(t.Context(), u, eligibility.Line{District: sample.District, From: u.Today().AddMonths(2), Monthly: money.Yuan(735), Source: "公告"}); err != nil {
			t.Fatal(err)
		}
	})
	page := site.As(sample.GroupHead).Get("/").Is(200).Says("待确认的标准和规则 1", "735.00", "沈静")
	if !strings.Contains(strings.Join(page.Links(), " "), "/rules/proposals/") {
		t.Errorf("no link leads on: %v", page.Links())
	}
}

// A household that changed waits to be judged again, since the day of the change.
func TestAChangedHouseholdOnTheDesk(t *testing.T) {
	site := webtest.New(t, deskweb.Routes)
	site.Set(sample.Clerk, func(u *work.Unit) {
		f := sample.File(t, u, casefile.Active)
		if _, err := u.Exec(t.Context(), `UPDATE casefile_file SET weigh_since = $2 WHERE id = $1`, f.ID, u.Now); err != nil {
			t.Fatal(err)
		}
	})
	site.Now = site.Now.AddDate(0, 0, 3)
	desk := site.As(sample.Supervisor).Get("/").Is(200).Says("变更后待重新认定 1", "王建国", "已等 3 天")
	if !strings.Contains(strings.Join(desk.Links(), " "), "/rejudgement") {
		t.Errorf("no link leads on: %v", desk.Links())
	}
	site.As(sample.Clerk).Get("/").Is(200).SaysNot("变更后待重新认定")
}

// A household that leaves the register stands on the desk of each who is next, until its callbacks are due.
func TestAnExitOnTheDesk(t *testing.T) {
	site := webtest.New(t, deskweb.Routes)
	var f casefile.File
	var id int64
	site.Set(sample.Clerk, func(u *work.Unit) {
		f = sample.File(t, u, casefile.Active)
		if err := u.QueryRow(t.Context(), `INSERT INTO exit_exit (file_id, org_path, reason, state, grounds, happened_on, rule_on, proposed_by, proposed_at)
			SELECT $1, '', 'moved', 'proposed', '迁往外省', '2026-11-01', max(from_on), $2, $3 FROM exit_rule RETURNING id`,
			f.ID, sample.Clerk2.StaffID, u.Now).Scan(&id); err != nil {
			t.Fatal(err)
		}
	})
	site.As(sample.Supervisor).Get("/").Is(200).Says("待办的退出 1", f.Number)
	site.As(sample.Clerk).Get("/").Is(200).Says("待办的退出 0", "到期的退出回访 0", "本轮待复核的档案 0")
	site.Set(sample.Clerk, func(u *work.Unit) {
		for _, sql := range []string{
			`INSERT INTO exit_paper (exit_id, evidence_id) SELECT $1, min(v.id) FROM casefile_evidence v JOIN exit_exit e USING (file_id) WHERE e.id = $1`,
			fmt.Sprintf(`UPDATE exit_exit SET state = 'agreed', opinion = '同意', assessed_by = %d, assessed_at = proposed_at WHERE id = $1`, sample.Supervisor.StaffID),
			fmt.Sprintf(`INSERT INTO review_round (kind, org_id, org_path, from_on, until_on, opened_by, opened_at)
				SELECT 'year', %d, '', '2026-11-01', '2026-12-31', %d, proposed_at FROM exit_exit WHERE id = $1`, sample.County, sample.Officer.StaffID),
		} {
			if _, err := u.Exec(t.Context(), sql, id); err != nil {
				t.Fatal(err)
			}
		}
	})
	site.As(sample.Clerk).Get("/").Is(200).Says("待办的退出 1", "本轮待复核的档案 1", "2026-12-31")
	site.As(sample.Supervisor).Get("/").Is(200).Says("待办的退出 0")
	site.Set(sample.Clerk, func(u *work.Unit) {
		if _, err := u.Exec(t.Context(), `UPDATE exit_exit SET state = 'told', told_on = $2, told_how = 'home', told_whom = '王建国', told_by = $3, told_at = $4 WHERE id = $1`,
			id, u.Today(), u.By.StaffID, u.Now); err != nil {
			t.Fatal(err)
		}
	})
	site.As(sample.Supervisor).Get("/").Is(200).Says("待办的退出 1", f.Number) // to be closed
	site.As(sample.Clerk).Get("/").Is(200).Says("待办的退出 0")
}

// The auditor sees at once who read unusually much within seven days, at the auditor's own offices.
func TestUnusualReadingOnTheDesk(t *testing.T) {
	site := webtest.New(t, deskweb.Routes)
	site.As(sample.Auditor).Get("/").Is(200).Says("近七天的异常查阅 0")
	site.Set(sample.Clerk, func(u *work.Unit) {
		for _, row := range []struct {
			by   work.Actor
			hour string
			held any
		}{
			{sample.Clerk, "2026-11-22 09:00+08", nil}, {sample.Clerk2, "2026-11-16 00:00+08", u.Now}, {sample.Clerk3, "2026-11-15 23:00+08", u.Now},
			{sample.SiblingClerk, "2026-11-22 08:00+08", u.Now},
		} {
			if _, err := u.Exec(t.Context(), `INSERT INTO reading_hour (staff_id, hour, files, searches, unusual_at, braked_at) VALUES ($1, $2::text::timestamptz, 212, 1, $3, $4)`,
				row.by.StaffID, row.hour, u.Now, row.held); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := u.Exec(t.Context(), `INSERT INTO reading_hour (staff_id, hour, files, searches) VALUES ($1, $2, 60, 20)`, sample.Supervisor.StaffID, u.Now); err != nil {
			t.Fatal(err)
		}
	})
	page := site.As(sample.Auditor).Get("/").Is(200).Says("近七天的异常查阅 2", "何敏", "罗杰", "打开 212 户，搜索 1 次").SaysNot("段芳", "许晴", "李正")
	if !strings.Contains(strings.Join(page.Links(), " "), fmt.Sprintf("/audit/readings/%d/2026-11-22", sample.Clerk.StaffID)) {
		t.Errorf("no link leads on: %v", page.Links())
	}
	site.As(sample.ProvinceAuditor).Get("/").Is(200).Says("近七天的异常查阅 3", "许晴")
	site.As(sample.Clerk).Get("/").Is(200).SaysNot("异常查阅")
}

// Money of another office than one's own is named with it; what does not fit on the page is one link away.
func TestWhoseMoneyItIs(t *testing.T) {
	site := webtest.New(t, deskweb.Routes)
	for _, purpose := range []fund.Purpose{fund.Living, fund.Medical, fund.Disaster, fund.Tuition, fund.Training} {
		site.Set(sample.Accountant, func(u *work.Unit) {
			if _, err := fund.Open(t.Context(), u, fund.County, purpose, 2026); err != nil {
				t.Fatal(err)
			}
		})
	}
	site.As(sample.GroupHead).Get("/").Is(200).Says("2026 年县级财政 · 生活救助").SaysNot("生活救助（青石县", "全部资金")
	site.As(sample.ProvinceAuditor).Get("/").Is(200).Says("2026 年县级财政 · 生活救助（青石县总工会困难职工帮扶中心）").SaysNot("全部资金")
	site.Set(sample.Accountant, func(u *work.Unit) {
		if _, err := fund.Open(t.Context(), u, fund.City, fund.Living, 2026); err != nil {
			t.Fatal(err)
		}
	})
	site.As(sample.GroupHead).Get("/").Is(200).Says("全部资金").SaysNot("市级财政")
}

// counter counts the queries that a page makes.
type counter struct {
	pgx.Tx
	queries int
}

func (c *counter) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	c.queries++
	return c.Tx.Query(ctx, sql, args...)
}

func (c *counter) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	c.queries++
	return c.Tx.QueryRow(ctx, sql, args...)
}

// What the page costs does not grow with what waits.
func TestTheNumberOfQueriesIsFixed(t *testing.T) {
	db := &counter{Tx: pgtest.Tx(t)}
	sample.Centre(t, work.NewUnit(db, pgtest.Now, work.System("test")))
	site := webtest.On(t, db, deskweb.Routes)
	cost := func() int {
		v := site.As(sample.Clerk)
		db.queries = 0
		v.Get("/").Is(200)
		return db.queries
	}
	few := cost()
	site.Set(sample.Clerk, func(u *work.Unit) {
		for range 30 {
			if _, err := casefile.Register(t.Context(), u); err != nil {
				t.Fatal(err)
			}
		}
	})
	if many := cost(); few != many || many > 10 {
		t.Errorf("%d queries with nothing to do, %d with thirty drafts", few, many)
	}
}
