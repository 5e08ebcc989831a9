package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/ledger"
	"bangfu/internal/sheet"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// benchRows is how many rows the benchmarks read in and give out: go test -bench . -benchtime 1x -args -rows 20000.
var (
	benchRows   = flag.Int("rows", 100_000, "rows of a ledger in the benchmarks")
	benchPeople = flag.Int("people", 1, "rows of each household in the benchmark of imports")
)

// BenchmarkImport reads a ledger of fourteen columns in and compares it with reading the sheet alone; run it with
// -benchtime 1x.
func BenchmarkImport(b *testing.B) {
	rows := *benchRows
	var out bytes.Buffer
	w, err := sheet.NewWriter(&out, sheet.XLSX, "台账")
	must(b, err)
	must(b, w.Row(sheet.Texts("户编号", "关系", "姓名", "身份证号", "性别", "民族", "政治面貌", "手机", "住址", "单位", "健康状况", "致困原因", "档案号", "建档时间")...))
	for i, n := range people(rows) {
		sex := "女"
		if n.Sex() == idcard.Male {
			sex = "男"
		}
		relation := "户主"
		if i%*benchPeople != 0 {
			relation = "子"
		}
		must(b, w.Row(append(sheet.Texts(fmt.Sprint(i / *benchPeople), relation, fmt.Sprintf("王%d", i), string(n), sex, "汉族", "群众", fmt.Sprintf("139%08d", i), fmt.Sprintf("云川市河西街道 %d 号", i),
			"云川纺织厂", "患病", "因病", fmt.Sprintf("YC%06d", i)), sheet.Date(day.Of(2018, 3, 5)))...))
	}
	must(b, w.Close())
	for b.Loop() {
		start := time.Now()
		r, err := sheet.Open(bytes.NewReader(out.Bytes()), int64(out.Len()), ledger.Limits)
		must(b, err)
		for err == nil {
			_, err = r.Next()
		}
		if !errors.Is(err, io.EOF) {
			b.Fatal(err)
		}
		alone := time.Since(start)
		o := committed(b)
		id := o.started(b, bytes.NewReader(out.Bytes()))
		stop, most := make(chan struct{}), make(chan uint64)
		go watchHeap(stop, most)
		start = time.Now()
		must(b, ledger.Work(b.Context(), o.Office))
		took := time.Since(start)
		close(stop)
		if i, err := ledger.Find(b.Context(), o.DB, sample.Everywhere, id); err != nil || i.Rows[ledger.Taken] != rows {
			b.Fatal(i, err)
		}
		b.ReportMetric(float64(rows)/alone.Seconds(), "rows/s-read-alone")
		b.ReportMetric(float64(rows)/took.Seconds(), "rows/s-imported")
		b.ReportMetric(alone.Seconds()/took.Seconds(), "of-reading")
		b.ReportMetric(float64(<-most>>20), "MB-heap-most")
	}
}

// watchHeap gives the most that was in use until it is stopped.
func watchHeap(stop chan struct{}, most chan uint64) {
	var m runtime.MemStats
	high := uint64(0)
	for {
		select {
		case <-stop:
			most <- high
			return
		case <-time.After(50 * time.Millisecond):
			runtime.ReadMemStats(&m)
			high = max(high, m.HeapInuse)
		}
	}
}

// BenchmarkGive writes the same list three times at once and tells how much memory all of them took together.
func BenchmarkGive(b *testing.B) {
	rows := *benchRows
	o := committed(b)
	o.started(b, strings.NewReader(csv(people(rows))))
	must(b, ledger.Work(b.Context(), o.Office))
	o.do(b, func(u *work.Unit) error {
		_, err := u.Exec(b.Context(), `INSERT INTO staff_role (staff_id, role, granted_by, granted_at) VALUES ($1, 'officer', $1, $2)`, sample.Clerk.StaffID, o.now)
		return errors.Join(err, u.Audit(b.Context(), work.Entry{Act: "staff.sign_in", Kind: "member", ID: 1}))
	})
	by, err := staff.Actor(b.Context(), o.DB, sample.Clerk.StaffID, "")
	must(b, err)
	for b.Loop() {
		for range 3 {
			must(b, work.Do(b.Context(), o.DB, o.now, by, func(u *work.Unit) error {
				_, err := ledger.Ask(b.Context(), u, ledger.Wish{Layout: ledger.FileTable, Format: sheet.XLSX, List: casefile.MineList, Reason: "量一量有多快"})
				return err
			}))
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		stop, most := make(chan struct{}), make(chan uint64)
		go watchHeap(stop, most)
		start := time.Now()
		var workers sync.WaitGroup
		for range 3 {
			workers.Go(func() {
				if err := ledger.Give(context.WithoutCancel(b.Context()), o.Office); err != nil {
					b.Error(err)
				}
			})
		}
		workers.Wait()
		took := time.Since(start)
		close(stop)
		b.ReportMetric(3*float64(rows)/took.Seconds(), "rows/s")
		b.ReportMetric(float64(int64(<-most)-int64(m.HeapInuse))/3/(1<<20), "MB-more-each")
	}
}
