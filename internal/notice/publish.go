package notice

import (
	"context"
	"errors"
	"fmt"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/work"
)

// minAge is the age in full years below which nobody is named in a notice (PIPL art. 28 and 31).
const minAge = 14

// Plan is what the publisher decides.
type Plan struct {
	Preset  Preset
	NextDay bool   // the first day is tomorrow instead of today
	Place   string // where else it hangs, 2 to 120 characters
}

// Draft is a notice as it would be published: the page shows it before the act.
type Draft struct {
	Terms  Terms
	Period Period
	Place  string
	Shown  Public // exactly what the public will read
}

// Prepare works out the notice of an assessed file, and refuses what may not be published: a file in another state, one
// whose worker did not agree to the notice (PIPL art. 25), one whose head is a child, one without an office's phone.
func Prepare(ctx context.Context, q work.Querier, by work.Actor, id work.FileID, plan Plan, today day.Date) (Draft, error) {
	f, err := casefile.Find(ctx, q, by.Scope, id)
	if err != nil {
		return Draft{}, err
	}
	if !f.May(casefile.ActPublish, by) {
		return Draft{}, work.Refuse("notice.refusal.file_state", f.State)
	}
	terms, ok := plan.Preset.Terms()
	if !ok {
		return Draft{}, work.Refuse("notice.refusal.preset").On("preset")
	}
	head, agreed, err := consent(ctx, q, id)
	if err != nil {
		return Draft{}, fmt.Errorf("preparing the notice of file %d: %w", id, err)
	}
	switch {
	case !agreed:
		return Draft{}, work.Refuse("notice.refusal.consent")
	case head.Age(today) < minAge:
		return Draft{}, work.Refuse("notice.refusal.child")
	case f.OrgPhone == "":
		return Draft{}, work.Refuse("notice.refusal.phone")
	}
	first := today
	if plan.NextDay {
		first = today.Add(1)
	}
	return draw(ctx, q, f, terms, first, plan.Place)
}

// draw masks a file for the public over the period that begins on the first day.
func draw(ctx context.Context, q work.Querier, f casefile.File, terms Terms, first day.Date, place string) (Draft, error) {
	relative, err := casefile.Related(ctx, q, f.ID)
	if err != nil {
		return Draft{}, err
	}
	unit := f.Employer
	if unit == "" {
		unit = f.OrgName
	}
	period := terms.Reckon(first)
	return Draft{Terms: terms, Period: period, Place: place, Shown: Public{
		Name: idcard.MaskName(f.HeadName), Unit: unit, Category: f.Category,
		Cause: CauseClass(f.MainCause.Class()), Period: period, Phone: f.OrgPhone, Relative: relative,
	}}, nil
}

// Publish begins the notice of an assessed file. Two people at once: the second finds the file moved on (ErrStale).
func Publish(ctx context.Context, u *work.Unit, id work.FileID, plan Plan) (ID, error) {
	draft, err := Prepare(ctx, u, u.By, id, plan, u.Today())
	if err != nil {
		return 0, err
	}
	if err := casefile.EnterNotice(ctx, u, id); err != nil {
		return 0, err
	}
	return begin(ctx, u, id, draft)
}

// begin writes a new notice of a file with its masked row, and its audit entry.
func begin(ctx context.Context, u *work.Unit, file work.FileID, draft Draft) (ID, error) {
	id, err := insert(ctx, u, file, draft)
	if err != nil {
		return 0, fmt.Errorf("publishing a notice of file %d: %w", file, worded(err))
	}
	return id, u.Audit(ctx, work.Entry{Act: "notice.publish", Kind: "notice", ID: int64(id), FileID: file,
		Changes: []work.Change{
			{Field: "starts_on", After: draft.Period.Starts.String()},
			{Field: "ends_on", After: draft.Period.Ends.String()},
			{Field: "place", After: draft.Place},
		}})
}

// restart begins a full new period after an unfounded objection: the same length and places, the first day as far from
// the day of publication as before.
func restart(ctx context.Context, u *work.Unit, n Notice) (ID, error) {
	f, err := casefile.Find(ctx, u, u.By.Scope, n.FileID)
	if err != nil {
		return 0, err
	}
	wait := n.Period.Starts.Sub(day.On(n.PublishedAt))
	draft, err := draw(ctx, u, f, n.Terms, u.Today().Add(wait), n.Place)
	if err != nil {
		return 0, err
	}
	return begin(ctx, u, n.FileID, draft)
}

// worded turns the database's refusals that a person can meet into words.
func worded(err error) error {
	switch work.Violated(err) {
	case "casefile_duty_sides":
		return work.Refuse("notice.refusal.sides")
	case "casefile_relative":
		return work.Refuse("notice.refusal.relative")
	case "notice_one_open":
		return errors.Join(work.ErrStale, err)
	case "notice_recheck":
		return work.Refuse("notice.refusal.recheck").On("visit")
	case "notice_recheck_agrees":
		return work.Refuse("notice.refusal.recheck_agrees").On("verdict")
	case "notice_history":
		return work.Refuse("notice.refusal.closed")
	}
	return err
}
