package deskweb_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/desk/deskweb"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
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
	mine := site.As(sample.Clerk).Get("/").Is(200).Says("我的草稿和退回件 1", "（未填户主）", "草稿", "已等 0 天")
	if !strings.Contains(strings.Join(mine.Links(), " "), "/registration") {
		t.Errorf("no link leads on: %v", mine.Links())
	}
	// A draft is its registrar's alone, and so are its name and its number.
	site.As(sample.Clerk2).Get("/").Is(200).Says("我的草稿和退回件 0").SaysNot("（未填户主）")
}

// What each post sees is what it can do; a post without an inbox is told so.
func TestEachPostSeesItsOwnLists(t *testing.T) {
	site := webtest.New(t, deskweb.Routes)
	for _, test := range []struct {
		by   work.Actor
		sees []string
		not  []string
	}{
		{sample.Supervisor, []string{"待认定", "待评议", "有异议待处理", "待确认的银行卡"}, []string{"待公示", "待发放"}},
		{sample.Officer, []string{"待公示", "待我处理的救助申请", "公示中，最近到期"}, []string{"待认定", "待复核批次"}},
		{sample.GroupMember, []string{"待我处理的救助申请"}, []string{"待入户核查", "本年资金"}},
		{sample.Cashier, []string{"待发放", "待银行回盘"}, []string{"待复核批次", "我的草稿和退回件"}},
		{sample.Accountant, []string{"待复核批次", "银行退票"}, []string{"待银行回盘", "我的草稿和退回件"}},
		{sample.Admin, []string{"没有等您办理的事项"}, []string{"待认定", "待发放", "待我处理的救助申请"}},
	} {
		site.As(test.by).Get("/").Is(200).Says(test.sees...).SaysNot(test.not...)
	}
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
	if many := cost(); few != many || many > 6 {
		t.Errorf("%d queries with nothing to do, %d with thirty drafts", few, many)
	}
}
