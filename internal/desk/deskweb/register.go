package deskweb

import (
	"context"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/exit"
	"bangfu/internal/reading"
	"bangfu/internal/retention"
	"bangfu/internal/review"
	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/deskpage"
	"bangfu/templates/ui"
)

// changes wait for a second person, whoever did not ask for them.
func (d desk) changes(ctx context.Context) (deskpage.List, error) {
	all, err := casefile.ListChanges(ctx, d, d.by, casefile.ChangesWaiting, 0, counted)
	var others []casefile.Change
	for _, c := range all {
		if c.AskedBy != d.by.StaffID {
			others = append(others, c)
		}
	}
	return first(others, func(c casefile.Change) deskpage.Item {
		return deskpage.Item{Who: c.HeadName, Sub: c.Reason, Href: deskpage.Under("/changes", int64(c.ID)), What: ui.Word(c.Kind.Key()).With(c.AskedName),
			Where: c.Office, Since: d.since(ctx, c.AskedAt)}
	}), err
}

// weigh are the active files whose household changed in what decides the category, until somebody judged them again.
func (d desk) weigh(ctx context.Context) (deskpage.List, error) {
	files, err := casefile.ListWeigh(ctx, d, d.by.Scope, 0, counted-1)
	if err != nil {
		return deskpage.List{}, err
	}
	ids := make([]work.FileID, min(len(files), shown))
	for i := range ids {
		ids[i] = files[i].ID
	}
	since, err := casefile.WeighSince(ctx, d, ids)
	return first(files, func(f casefile.File) deskpage.Item {
		return deskpage.Item{Who: f.HeadName, Sub: f.Number, Href: deskpage.FilePath(f.ID, "rejudgement"), What: ui.Word(f.Category.Key()),
			Where: f.OrgName, Since: d.since(ctx, since[f.ID])}
	}), err
}

// exits wait for the deciding side, to be assessed and in the end closed, or for the gathering one, that the worker is told.
func (d desk) exits(ctx context.Context) (deskpage.List, error) {
	lists := []exit.List{exit.ToTell}
	if d.by.Can(staff.CapExitAssess) {
		lists = []exit.List{exit.ToAssess, exit.ToClose}
	}
	all, _, err := exit.ListOf(ctx, d, d.by.Scope, 0, counted, lists...)
	return first(all, func(e exit.Exit) deskpage.Item {
		at := e.ProposedAt
		switch e.State {
		case exit.Agreed:
			at = e.AssessedAt
		case exit.Told:
			at = e.ToldOn.Start()
		}
		return deskpage.Item{Who: e.HeadName, Sub: e.Number, Href: deskpage.Under("/exits", int64(e.ID)),
			What: ui.Word(casefile.ExitReasons.Key(e.Reason)).With(words.T(ctx, e.State.Key())), Where: e.OrgName, Since: d.since(ctx, at)}
	}), err
}

// callbacks are those that are due, the oldest first.
func (d desk) callbacks(ctx context.Context) (deskpage.List, error) {
	all, _, err := exit.Due(ctx, d, d.by.Scope, d.today, exit.Cursor{}, counted)
	return first(all, func(c exit.Callback) deskpage.Item {
		return deskpage.Item{Who: c.HeadName, Sub: c.Number, Href: deskpage.Under("/exits/callbacks", int64(c.ID)), What: ui.Word(exit.Kind(c.Reason)),
			Where: c.OrgName, Since: ui.Day(c.DueOn).With(words.Until(ctx, c.DueOn, d.today))}
	}), err
}

// reviews are the files of my offices that wait in the round that runs.
func (d desk) reviews(ctx context.Context) (deskpage.List, error) {
	rounds, _, err := review.Rounds(ctx, d, d.by.Scope, 0, 1)
	if err != nil || len(rounds) == 0 || !rounds[0].Open() {
		return deskpage.List{}, err
	}
	round := rounds[0]
	files, _, err := review.FilesOf(ctx, d, d.by.Scope, round, review.Waiting, 0, counted)
	return first(files, func(f review.Item) deskpage.Item {
		return deskpage.Item{Who: f.HeadName, Sub: f.Number, Href: deskpage.Under(deskpage.Under("/reviews", int64(round.ID))+"/files", int64(f.FileID)),
			What: ui.Word(f.Category.Key()), Where: f.OrgName, Since: ui.Day(round.Until).With(words.Until(ctx, round.Until, d.today))}
	}), err
}

// destructions are the batches of files past their term that somebody else proposed.
func (d desk) destructions(ctx context.Context) (deskpage.List, error) {
	batches, err := retention.Waiting(ctx, d, d.by, counted)
	return first(batches, func(b retention.Batch) deskpage.Item {
		return deskpage.Item{Who: b.Name, Href: deskpage.Under("/retention/batches", int64(b.ID)), What: ui.Word("desk.files", b.Files).With(b.Proposer),
			Where: b.OrgName, Since: d.since(ctx, b.ProposedAt)}
	}), err
}

// readingsFor is for how many days an unusual hour stands on the desk of those who may read the trail.
const readingsFor = 7

// readings are the hours in which somebody read unusually much. Nothing is to be done here but to know and to ask.
func (d desk) readings(ctx context.Context) (deskpage.List, error) {
	hours, err := reading.Unusual(ctx, d, d.by.Scope, d.today.Add(1-readingsFor).Start(), counted)
	return first(hours, func(h reading.Hour) deskpage.Item {
		on := day.On(h.At)
		return deskpage.Item{Who: h.Name, Href: deskpage.ReadingPath(h.StaffID, on), What: ui.Word("desk.read_much", h.Files, h.Searches), Where: h.Office,
			Since: ui.Day(on).With(h.At.In(day.Zone).Format("15:04"))}
	}), err
}
