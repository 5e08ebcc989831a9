// Package noticepage holds the pages of public notices and of objections to them: those of the staff, and those that
// anybody reads without signing in.
package noticepage

import (
	"context"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/notice"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/ui"
)

// Addresses of the staff's pages.
const (
	ListPath          = "/notices"
	PublicPath        = "/public/notices"
	PublicReceiptPath = "/public/objections"
)

// Path is the address of a notice.
func Path(id notice.ID) string { return ListPath + "/" + strconv.FormatInt(int64(id), 10) }

// PosterPath is the address of a notice as it hangs on the wall.
func PosterPath(id notice.ID) string { return Path(id) + "/poster" }

// ObjectPath is where an objection that came to the desk is entered.
func ObjectPath(id notice.ID) string { return Path(id) + "/objection" }

// PublishPath is where the notice of an assessed file is published.
func PublishPath(file work.FileID) string { return FilePath(file) + "/notice" }

// FilePath is the address of a file.
func FilePath(file work.FileID) string { return "/files/" + strconv.FormatInt(int64(file), 10) }

// named gives the masked name, and below it that a member of the union's staff is a relative (N7).
func named(ctx context.Context, p notice.Public) ui.Cell {
	if !p.Relative {
		return ui.Text(p.Name)
	}
	return ui.Text(p.Name).With(words.T(ctx, "notice.relative"))
}

// TabPath is the address of one of the lists of notices.
func TabPath(tab notice.Tab) string { return ListPath + "?tab=" + string(tab) }

// ObjectionPath is the address of an objection.
func ObjectionPath(id notice.ObjectionID) string {
	return "/objections/" + strconv.FormatInt(int64(id), 10)
}

// JudgePath is where an objection is judged.
func JudgePath(id notice.ObjectionID) string { return ObjectionPath(id) + "/judgement" }

// VisitPath is the address of a home visit.
func VisitPath(id int64) string { return "/visits/" + strconv.FormatInt(id, 10) }

// PublicNoticePath is the address of a notice for the public.
func PublicNoticePath(id notice.PublicID) string {
	return PublicPath + "/" + strconv.FormatInt(int64(id), 10)
}

// PublicObjectPath is where anybody objects to a notice.
func PublicObjectPath(id notice.PublicID) string { return PublicNoticePath(id) + "/objection" }

// ReceiptPath is where the state of an objection is told to who holds its number.
func ReceiptPath(receipt string) string { return PublicReceiptPath + "/" + receipt }

// tag gives a notice's state in a word.
func tag(s notice.State) ui.Tag {
	tone := ui.Plain
	switch s {
	case notice.Open:
		tone = ui.Info
	case notice.Objected:
		tone = ui.Due
	case notice.Upheld:
		tone = ui.Bad
	}
	return ui.Tag{Key: s.Key(), Tone: tone}
}

// objectionTag gives an objection's state in a word.
func objectionTag(s notice.ObjectionState) ui.Tag {
	if s == notice.ObjectionOpen {
		return ui.Tag{Key: s.Key(), Tone: ui.Due}
	}
	return ui.Tag{Key: s.Key()}
}

// span writes a period, each date in one piece: 2026-11-22 至 2026-11-28.
func span(p notice.Period) ui.Cell { return ui.Part(period(p)) }

// deadline tells how far the last day lies from today; the last two days stand out.
func deadline(ctx context.Context, p notice.Period, today day.Date) ui.Deadline {
	d := ui.Deadline{Date: p.Ends.String(), Away: words.Until(ctx, p.Ends, today)}
	if left := p.Ends.Sub(today); left <= 1 {
		d.Tone = ui.Due
	}
	return d
}

// length says how long a notice runs: 7 个自然日.
func length(t notice.Terms) ui.Cell { return ui.Word(t.Key(), t.Days) }

// weekday gives the key of a day's name.
func weekday(d day.Date) words.Key {
	return words.Key("notice.weekday." + strconv.Itoa(int(d.Weekday())))
}

// dayClass gives the class of one day of a period.
func dayClass(c notice.Counted, today day.Date) string {
	switch {
	case c.On == today:
		return "day-now"
	case c.Number == 0:
		return "day-off"
	}
	return ""
}

// dayNote says what a day counts as: the number it has, or why it has none.
func dayNote(ctx context.Context, c notice.Counted) string {
	switch {
	case c.Number > 0:
		return words.T(ctx, "notice.day_number", c.Number)
	case c.Holiday != "" && words.Of(ctx) == words.Chinese:
		return c.Holiday
	case c.Holiday != "":
		return words.T(ctx, "notice.day_holiday")
	}
	return words.T(ctx, "notice.day_off")
}

// when writes a time to the minute, blank when it is unknown.
func when(o notice.Objection) string { return words.Minute(o.ReceivedAt) }

// Identity is the bar of the file on the pages of its notices.
func Identity(f casefile.File) *ui.IdentityView {
	tone := ui.Info
	switch f.State {
	case casefile.Assessed, casefile.Contested:
		tone = ui.Due
	case casefile.Active, casefile.StruckOff, casefile.Closed:
		tone = ui.Plain
	}
	v := &ui.IdentityView{Number: f.Number, Name: f.HeadName, Href: FilePath(f.ID), Status: ui.Tag{Key: f.State.Key(), Tone: tone},
		Facts: []ui.Item{{Key: "notice.office", Value: ui.Text(f.OrgName)}}}
	if f.Category != eligibility.None {
		v.Class = f.Category.Key()
	}
	return v
}
