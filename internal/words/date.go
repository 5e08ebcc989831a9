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
