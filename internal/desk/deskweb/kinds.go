package deskweb

import (
	"cmp"
	"context"
	"slices"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/grant"
	"bangfu/internal/notice"
	"bangfu/internal/staff"
	"bangfu/internal/visit"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/deskpage"
	"bangfu/templates/ui"
)

// desk is what the lists are read with.
type desk struct {
	work.Querier
	by    work.Actor
	now   time.Time
	today day.Date
}

// kinds lists every kind of work that waits for somebody, with who does it and how it is found, in the order of a
// case's life.
var kinds = []struct {
	id    string
	title words.Key
	who   words.Key // head of the first column
	what  words.Key // head of the column that tells the cases apart
	href  string
	caps  []work.Capability // one of them is enough
	list  func(d desk, ctx context.Context) (deskpage.List, error)
}{
	{"mine", "desk.mine", "desk.head", "desk.state", deskpage.MinePath, []work.Capability{staff.CapFileRegister}, desk.mine},
	{"visits", "desk.visits", "desk.head", "desk.purpose", deskpage.VisitsPath, []work.Capability{staff.CapVisitRecord}, desk.visits},
	{"to_judge", "desk.to_judge", "desk.head", "desk.cause", deskpage.ToJudgePath, []work.Capability{staff.CapFileJudge}, desk.toJudge},
	{"to_assess", "desk.to_assess", "desk.head", "desk.category", deskpage.ToAssessPath, []work.Capability{staff.CapFileAssess}, desk.toAssess},
	{"to_publish", "desk.to_publish", "desk.head", "desk.category", deskpage.ToPublish, []work.Capability{staff.CapNoticePublish}, desk.toPublish},
	{"objections", "desk.objections", "desk.head", "desk.open_objections", deskpage.Objected, []work.Capability{staff.CapObjectionJudge}, desk.objections},
	{"cards", "desk.cards", "desk.head", "desk.bank", "", []work.Capability{staff.CapCardConfirm}, desk.cards},
	{"changes", "desk.changes", "desk.head", "desk.change_kind", deskpage.ChangesPath, []work.Capability{staff.CapChangeDecide}, desk.changes},
	{"moves", "desk.moves", "desk.head", "desk.move_kind", deskpage.MovesToDecide, []work.Capability{staff.CapChangeDecide}, desk.movesToDecide},
	{"arrivals", "desk.arrivals", "desk.head", "desk.move_kind", deskpage.MovesToReceive, []work.Capability{staff.CapFileRegister}, desk.movesToReceive},
	{"weigh", "desk.weigh", "desk.head", "desk.category", deskpage.WeighPath, []work.Capability{staff.CapFileJudge}, desk.weigh},
	{"exits", "desk.exits", "desk.head", "desk.exit_reason", deskpage.ExitsPath, []work.Capability{staff.CapExitAssess, staff.CapExitPropose}, desk.exits},
	{"callbacks", "desk.callbacks", "desk.head", "desk.exit_kind", deskpage.CallbacksPath, []work.Capability{staff.CapExitPropose}, desk.callbacks},
	{"reviews", "desk.reviews", "desk.head", "desk.category", deskpage.ReviewsPath, []work.Capability{staff.CapReviewRecord}, desk.reviews},
	{"destructions", "desk.destructions", "desk.batch_name", "desk.batch_files", deskpage.DestructionsPath, []work.Capability{staff.CapRetentionDecide}, desk.destructions},
	{"grants", "desk.grants", "desk.head", "desk.applied_for", deskpage.GrantsPath,
		[]work.Capability{staff.CapGrantApply, staff.CapGrantReview, staff.CapGrantVote, staff.CapGrantSign}, desk.grants},
	{"ready", "desk.ready", "desk.head", "desk.amount", deskpage.ReadyPath, []work.Capability{staff.CapPaymentMake}, desk.ready},
	{"to_release", "desk.to_release", "desk.number", "desk.batch", deskpage.ReleasePath, []work.Capability{staff.CapPaymentRelease}, desk.toRelease},
	{"to_answer", "desk.to_answer", "desk.number", "desk.batch", deskpage.AnswerPath, []work.Capability{staff.CapPaymentAnswer}, desk.toAnswer},
	{"failed", "desk.failed", "desk.head", "desk.amount", deskpage.FailedPath, []work.Capability{staff.CapPaymentRefuse}, desk.failed},
	{"proposals", "desk.proposals", "desk.proposal", "desk.proposed_from", deskpage.ProposalsPath, []work.Capability{staff.CapRulesConfirm}, desk.proposals},
	{"relatives", "desk.relatives", "desk.relative", "desk.relative_of", deskpage.RelativesPath, []work.Capability{staff.CapRelativeConfirm}, desk.relatives},
	{"readings", "desk.readings", "desk.reader", "desk.read", deskpage.ReadingsPath, []work.Capability{staff.CapAuditRead}, desk.readings},
	{"ending", "desk.ending", "desk.head", "desk.category", deskpage.OpenNotices, []work.Capability{staff.CapNoticePublish}, desk.ending},
}

// since says from when a case waits, and how long that is.
func (d desk) since(ctx context.Context, at time.Time) ui.Cell {
	on := day.On(at)
	if on == d.today {
		return ui.Day(on).With(words.T(ctx, "common.today"))
	}
	return ui.Day(on).With(words.T(ctx, "desk.days", d.today.Sub(on)))
}

// moved tells since when the files behind what the page shows of a list are in the state in which they wait. before is what
// counts for a file that was brought from elsewhere and has no trail of its own.
func moved[T any](ctx context.Context, d desk, all []T, file func(T) work.FileID, before func(T) time.Time) (func(T) time.Time, error) {
	ids := make([]work.FileID, min(len(all), shown))
	for i := range ids {
		ids[i] = file(all[i])
	}
	since, err := casefile.Since(ctx, d, ids)
	return func(one T) time.Time { return cmp.Or(since[file(one)], before(one)) }, err
}

// movedFiles is moved for files themselves.
func movedFiles(ctx context.Context, d desk, files []casefile.File) (func(casefile.File) time.Time, error) {
	return moved(ctx, d, files, func(f casefile.File) work.FileID { return f.ID }, func(f casefile.File) time.Time { return f.SubmittedAt })
}

// first gives the first few of a list that was read up to the count.
func first[T any](all []T, item func(T) deskpage.Item) deskpage.List {
	l := deskpage.List{Count: len(all), More: len(all) >= counted}
	for _, one := range all[:min(len(all), shown)] {
		l.Items = append(l.Items, item(one))
	}
	return l
}

// mine are my registrations: what came back to me first, then my drafts, newest first.
func (d desk) mine(ctx context.Context) (deskpage.List, error) {
	page, err := casefile.ListFiles(ctx, d, d.by.Scope, casefile.Query{List: casefile.MineList, Who: d.by.StaffID, Size: counted})
	if err != nil {
		return deskpage.List{}, err
	}
	slices.SortStableFunc(page.Files, func(a, b casefile.File) int { return returned(b) - returned(a) })
	back := slices.IndexFunc(page.Files, func(f casefile.File) bool { return f.State != casefile.Returned })
	if back < 0 {
		back = len(page.Files)
	}
	at, err := movedFiles(ctx, d, page.Files[:back])
	return first(page.Files, func(f casefile.File) deskpage.Item {
		tag, since := ui.Tag{Key: f.State.Key(), Tone: ui.Info}, f.RegisteredAt
		if f.State == casefile.Returned {
			tag.Tone, since = ui.Due, at(f)
		}
		return deskpage.Item{Who: words.Say(ctx, f.Name()), Sub: f.ReturnReason, Href: deskpage.MinePage(f), What: ui.State(tag),
			Where: f.OrgName, Since: d.since(ctx, since)}
	}), err
}

// returned is 1 for a file that came back, 0 for a draft.
func returned(f casefile.File) int {
	if f.State == casefile.Returned {
		return 1
	}
	return 0
}

func (d desk) visits(ctx context.Context) (deskpage.List, error) {
	errands, _, err := visit.Waiting(ctx, d, d.by.Scope, 0, counted)
	return first(errands, func(e visit.Errand) deskpage.Item {
		tone := ui.Info
		if e.Purpose == visit.Again {
			tone = ui.Due
		}
		return deskpage.Item{Who: e.HeadName, Sub: e.Address, Href: deskpage.FilePath(e.FileID, "visit"),
			What: ui.State(ui.Tag{Key: e.Purpose.Key(), Tone: tone}), Where: e.OrgName, Since: d.since(ctx, e.Since)}
	}), err
}

func (d desk) toJudge(ctx context.Context) (deskpage.List, error) {
	page, err := casefile.ListFiles(ctx, d, d.by.Scope, casefile.Query{List: casefile.JudgeList, Backward: true, Size: counted}) // the longest waiting first
	if err != nil {
		return deskpage.List{}, err
	}
	at, err := movedFiles(ctx, d, page.Files)
	return first(page.Files, func(f casefile.File) deskpage.Item {
		return deskpage.Item{Who: f.HeadName, Href: deskpage.FilePath(f.ID, "judgement"), What: ui.Word(f.MainCause.Key()),
			Where: f.OrgName, Since: d.since(ctx, at(f))}
	}), err
}

func (d desk) toAssess(ctx context.Context) (deskpage.List, error) {
	page, err := casefile.ListFiles(ctx, d, d.by.Scope, casefile.Query{List: casefile.AssessList, Backward: true, Size: counted}) // the longest waiting first
	if err != nil {
		return deskpage.List{}, err
	}
	at, err := movedFiles(ctx, d, page.Files)
	return first(page.Files, func(f casefile.File) deskpage.Item {
		return deskpage.Item{Who: f.HeadName, Href: deskpage.FilePath(f.ID, "assessment"), What: ui.Word(f.Category.Key()),
			Where: f.OrgName, Since: d.since(ctx, at(f))}
	}), err
}

func (d desk) toPublish(ctx context.Context) (deskpage.List, error) {
	files, _, err := notice.Waiting(ctx, d, d.by.Scope, 0, counted)
	return first(files, func(c notice.Candidate) deskpage.Item {
		return deskpage.Item{Who: c.HeadName, Sub: c.Employer, Href: deskpage.FilePath(c.FileID, "notice"), What: ui.Word(c.Category.Key()),
			Where: c.OrgName, Since: d.since(ctx, c.AssessedAt)}
	}), err
}

func (d desk) objections(ctx context.Context) (deskpage.List, error) {
	notices, _, err := notice.List(ctx, d, d.by.Scope, notice.TabObjected, notice.Cursor{}, counted)
	if err != nil {
		return deskpage.List{}, err
	}
	at, err := moved(ctx, d, notices, func(n notice.Notice) work.FileID { return n.FileID }, func(n notice.Notice) time.Time { return n.PublishedAt })
	return first(notices, func(n notice.Notice) deskpage.Item {
		return deskpage.Item{Who: n.HeadName, Sub: n.Employer, Href: deskpage.Under("/notices", int64(n.ID)), What: ui.Word("desk.some", n.Waiting),
			Where: n.OrgName, Since: d.since(ctx, at(n))}
	}), err
}

// ending are the notices that run, the one that ends next first.
func (d desk) ending(ctx context.Context) (deskpage.List, error) {
	notices, _, err := notice.List(ctx, d, d.by.Scope, notice.TabOpen, notice.Cursor{}, counted)
	l := first(notices, func(n notice.Notice) deskpage.Item {
		return deskpage.Item{Who: n.HeadName, Sub: n.Employer, Href: deskpage.Under("/notices", int64(n.ID)), What: ui.Word(n.Category.Key()),
			Where: n.OrgName, Since: ui.Day(n.Period.Ends).With(words.Until(ctx, n.Period.Ends, d.today))}
	})
	l.Calm = true
	return l, err
}

func (d desk) cards(ctx context.Context) (deskpage.List, error) {
	proposals, err := casefile.Proposals(ctx, d, d.by.Scope, d.by.StaffID, counted)
	l := deskpage.List{Count: len(proposals), More: len(proposals) >= counted}
	for _, p := range proposals {
		l.Items = append(l.Items, deskpage.Item{Who: p.HeadName, Sub: p.FileNumber, Href: deskpage.FilePath(p.FileID, "cards"),
			What: ui.Text(p.Bank).With(p.EnteredBy), Where: p.Office, Since: d.since(ctx, p.EnteredAt)})
	}
	return l, err
}

func (d desk) grants(ctx context.Context) (deskpage.List, error) {
	items, err := grant.Inbox(ctx, d, d.by, d.today, grant.Waiting, 0, counted)
	return first(items, func(i grant.Item) deskpage.Item {
		step := i.Step.Key()
		if i.Step == grant.NoStep {
			step = i.State.Key()
		}
		return deskpage.Item{Who: i.HeadName, Sub: i.FileNumber, Href: deskpage.Under("/grants", int64(i.ID)),
			What:  ui.Text("¥" + i.Amount.Grouped()).With(i.Programme.Name(words.Of(ctx)) + " · " + words.T(ctx, step)),
			Where: i.Office, Since: d.since(ctx, i.WaitingAt)}
	}), err
}
