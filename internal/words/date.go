package words

import (
	"context"
	"fmt"
	"time"

	"bangfu/internal/day"
)

// zone is China Standard Time, which has no daylight saving.
var zone = time.FixedZone("CST", 8*60*60)

// Minute writes a time in China's zone to the minute: 2026-11-22 10:32.
func Minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format("2006-01-02 15:04")
}

type paperKey struct{}

// OnPaper gives a context in which Say writes every date in full, as official paper does; layout.Print draws in one. What a
// handler says for a print before it is drawn, it says in such a context too.
func OnPaper(ctx context.Context) context.Context { return context.WithValue(ctx, paperKey{}, true) }

// Official gives a context for a paper that goes to a worker, to another office or to the public: whoever prints it, it is in
// Chinese, with dates in full. layout.Print draws in one where Sheet.Official is set.
func Official(ctx context.Context) context.Context { return In(OnPaper(ctx), Chinese) }

// onPaper tells whether dates are written in full.
func onPaper(ctx context.Context) bool {
	on, _ := ctx.Value(paperKey{}).(bool)
	return on
}

// date writes a date: 2026-11-22, in full on paper.
func date(ctx context.Context, d day.Date) string {
	if onPaper(ctx) {
		return Long(ctx, d)
	}
	return d.String()
}

// moment writes a time to the minute: 2026-11-22 10:32, the date in full on paper.
func moment(ctx context.Context, t time.Time) string {
	if t.IsZero() || !onPaper(ctx) {
		return Minute(t)
	}
	return Long(ctx, day.On(t)) + t.In(zone).Format(" 15:04")
}

// Long writes a date in full: 2026年11月22日, or 22 November 2026. The unknown
// date gives the empty string.
func Long(ctx context.Context, date day.Date) string {
	if date == (day.Date{}) {
		return ""
	}
	t := date.Start().In(zone)
	if Of(ctx) == English {
		return t.Format("2 January 2006")
	}
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// Until says how far a date lies from today: 今天, 3 天后, 已过 2 天.
func Until(ctx context.Context, date, today day.Date) string {
	switch n := date.Sub(today); {
	case n == 0:
		return T(ctx, "common.today")
	case n == 1:
		return T(ctx, "common.tomorrow")
	case n > 1:
		return T(ctx, "common.in_days", n)
	default:
		return T(ctx, "common.days_over", -n)
	}
}
