package notice

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/work"
)

// Recheck is a home visit made by other people because of an objection to a notice. Package visit writes it and keeps
// the rule who may make it.
type Recheck struct {
	VisitID   int64
	On        day.Date
	Visitors  [2]string
	Agrees    bool // with the form as a whole
	Remark    string
	EnteredAt time.Time
}

// Answers tells whether the recheck can answer the objection: it was entered after the objection had come in.
func (r Recheck) Answers(o Objection) bool { return !r.EnteredAt.Before(o.ReceivedAt) }

// Rechecks gives the rechecks by which an objection can be judged, the newest first. One recheck may answer several
// objections to the same notice, those that came in before it.
func Rechecks(ctx context.Context, q work.Querier, o Objection) ([]Recheck, error) {
	all, err := rechecks(ctx, q, o.NoticeID)
	if err != nil {
		return nil, fmt.Errorf("listing the rechecks for objection %d: %w", o.ID, err)
	}
	return slices.DeleteFunc(all, func(r Recheck) bool { return !r.Answers(o) }), nil
}

// Ruling is what a judge decides on an objection.
type Ruling struct {
	Verdict ObjectionState // ObjectionUnfounded or ObjectionUpheld
	Reason  string         // 1 to 1000 characters
	VisitID int64          // the recheck it rests on
}

// Judge decides an open objection. Unfounded, which a recheck that disagrees with the form does not bear out, and none
// other open: the notice is interrupted and a full new period
// begins. Upheld: the notice ends, the public row is hidden at once, the file is struck off, and with it the other open
// objections to the notice are upheld. A person who gathered the case does not judge (casefile_duty).
func Judge(ctx context.Context, u *work.Unit, id ObjectionID, ruling Ruling) error {
	o, _, _, err := findObjection(ctx, u, u.By.Scope, id)
	if err != nil {
		return fmt.Errorf("judging objection %d: %w", id, err)
	}
	n, err := lock(ctx, u, u.By.Scope, o.NoticeID)
	if err != nil {
		return fmt.Errorf("judging objection %d: %w", id, err)
	}
	if !slices.Contains(Verdicts, ruling.Verdict) {
		return work.Refuse("notice.refusal.verdict").On("verdict")
	}
	usable, err := Rechecks(ctx, u, o)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(usable, func(r Recheck) bool { return r.VisitID == ruling.VisitID })
	if at < 0 {
		return work.Refuse("notice.refusal.recheck").On("visit")
	}
	if ruling.Verdict == ObjectionUnfounded && !usable[at].Agrees {
		return work.Refuse("notice.refusal.recheck_agrees").On("verdict")
	}
	if err := settle(ctx, u, o, ruling.Verdict, ruling); err != nil {
		return fmt.Errorf("judging objection %d: %w", id, worded(err))
	}
	if ruling.Verdict == ObjectionUpheld {
		err = uphold(ctx, u, n, ruling)
	} else {
		err = dismiss(ctx, u, n)
	}
	if err != nil {
		return fmt.Errorf("judging objection %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "notice.judge", Kind: "objection", ID: int64(id), FileID: n.FileID,
		Changes: []work.Change{
			{Field: "state", Before: o.State, After: ruling.Verdict},
			{Field: "reason", After: ruling.Reason},
			{Field: "visit_id", After: ruling.VisitID},
		}})
}

// dismiss begins a full new period once no other objection is open.
func dismiss(ctx context.Context, u *work.Unit, n Notice) error {
	all, err := Objections(ctx, u, u.By.Scope, n.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(o Objection) bool { return o.State == ObjectionOpen }) {
		return nil
	}
	if err := closeBy(ctx, u, n, ActRestart); err != nil {
		return err
	}
	if err := casefile.Renotice(ctx, u, n.FileID); err != nil {
		return err
	}
	_, err = restart(ctx, u, n)
	return err
}

// uphold ends the notice and strikes the file off.
func uphold(ctx context.Context, u *work.Unit, n Notice, ruling Ruling) error {
	all, err := Objections(ctx, u, u.By.Scope, n.ID)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.State != ObjectionOpen {
			continue
		}
		if err := settle(ctx, u, o, ObjectionUpheld, ruling); err != nil {
			return worded(err)
		}
	}
	if err := closeBy(ctx, u, n, ActUphold); err != nil {
		return err
	}
	return casefile.StrikeOff(ctx, u, n.FileID, ruling.Reason)
}

// closeBy closes a notice for good and takes its row off the public list.
func closeBy(ctx context.Context, u *work.Unit, n Notice, act Act) error {
	to, refusal := n.after(act, u.Today())
	if refusal != nil {
		return refusal
	}
	if err := advance(ctx, u, n, to); err != nil {
		return worded(err)
	}
	return hide(ctx, u, n.ID)
}
