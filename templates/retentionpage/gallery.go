package retentionpage

import (
	"context"
	"io"
	"time"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/internal/retention"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of retention with invented families, for the gallery.
func Examples() []ui.Example {
	lifted := galleryHold
	lifted.Lifter, lifted.LiftedAt, lifted.LiftedWhy = "李正", galleryNoon, "案件已结"
	return []ui.Example{
		{Name: "retention-list", Page: List(ListView{Page: wide("retention.title"), MayPropose: true, Next: retention.Cursor{File: 3}, Files: galleryKept})},
		{Name: "retention-list-office", Page: List(ListView{Page: wide("retention.title"), Org: 5, OrgName: "云川市总工会", Files: galleryKept[:1]})},
		{Name: "retention-list-none", Page: List(ListView{Page: wide("retention.title"), MayPropose: true})},
		{Name: "retention-batches", Page: Batches(BatchesView{Page: wide("retention.title"), Batches: []retention.Batch{gallery(retention.Proposed), gallery(retention.Done)}, Next: 3})},
		{Name: "retention-batches-none", Page: Batches(BatchesView{Page: wide("retention.title")})},
		{Name: "retention-holds", Page: Holds(HoldsView{Page: wide("retention.title"), Holds: []retention.Hold{galleryHold}, Next: 3})},
		{Name: "retention-holds-none", Page: Holds(HoldsView{Page: wide("retention.title")})},
		{Name: "retention-propose", Page: Proposal(ProposalView{Page: proposal()})},
		{Name: "retention-batch-decide", Page: BatchPage(BatchView{Page: wide("retention.title"), Batch: gallery(retention.Proposed), Items: galleryItems[:2], Next: 2, Decision: decision()})},
		{Name: "retention-batch-own", Page: BatchPage(BatchView{Page: wide("retention.title"), Batch: gallery(retention.Proposed), Items: galleryItems[:2], MayWithdraw: true})},
		{Name: "retention-batch-failed", Page: BatchPage(BatchView{Page: wide("retention.title"), Batch: gallery(retention.Agreed), Items: []retention.Item{galleryItems[2], galleryFailed}})},
		{Name: "retention-batch-done", Page: BatchPage(BatchView{Page: wide("retention.title"), Batch: gallery(retention.Done), Items: galleryItems[2:]})},
		{Name: "retention-certificate", Page: Certificate(CertificateView{Sheet: sheet(), Batch: gallery(retention.Done), Erased: galleryErased})},
		{Name: "retention-certificate-none", Page: Certificate(CertificateView{Sheet: sheet(), Batch: gallery(retention.Done)})},
		{Name: "retention-place", Page: Place(PlaceView{Page: placing(), FileID: 418})},
		{Name: "retention-hold", Page: HoldPage(HoldView{Page: lifting(), Hold: galleryHold})},
		{Name: "retention-hold-lifted", Page: HoldPage(HoldView{Page: layout.Sample("retention.hold"), Hold: lifted})},
		{Name: "retention-panel", Page: inPage(Panel(PanelView{FileID: 418, Until: day.Of(2026, 11, 2), Over: true, Bar: "retention_held", Holds: []retention.Hold{galleryHold, lifted}, MayHold: true}))},
		{Name: "retention-panel-none", Page: inPage(Panel(PanelView{FileID: 418, Until: day.Of(2036, 11, 2)}))},
	}
}

var (
	galleryNoon = time.Date(2026, 11, 22, 12, 0, 0, 0, day.Zone)
	galleryHold = retention.Hold{ID: 4, FileID: 418, Number: "YCX201600041", HeadName: "林秀兰", OrgName: "云川市总工会", Kind: retention.Litigation,
		Reason: "劳动争议诉讼，法院调阅档案", Placer: "周敏", PlacedAt: galleryNoon.AddDate(0, 0, -9)}
	galleryKept = []retention.Kept{
		{FileID: 1, Number: "YCX201600007", HeadName: "林秀兰", OrgID: 5, OrgName: "云川市总工会", State: casefile.Closed, Reason: "out_of_hardship", ClosedAt: galleryNoon.AddDate(-10, 0, -40), Papers: 9},
		{FileID: 2, Number: "YCX201600012", HeadName: "陈立新", OrgID: 5, OrgName: "云川市总工会", State: casefile.Closed, Reason: "died", ClosedAt: galleryNoon.AddDate(-10, 0, -31), Papers: 12, Bar: "retention_relapse"},
		{FileID: 3, HeadName: "吴桂芳", OrgID: 6, OrgName: "云川市纺织厂工会", State: casefile.NotQualified, ClosedAt: galleryNoon.AddDate(-10, 0, -2), Papers: 4, Batch: 2},
	}
	galleryItems = []retention.Item{
		{FileID: 1, Number: "YCX201600007", Name: "林秀兰", State: retention.ItemWaiting, ClosedOn: day.Of(2016, 10, 13), Until: day.Of(2026, 10, 13), Ended: retention.Ended(casefile.Closed, "out_of_hardship"), People: 3, Papers: 9},
		{FileID: 2, Number: "YCX201600012", Name: "陈立新", State: retention.ItemWaiting, ClosedOn: day.Of(2016, 10, 22), Until: day.Of(2026, 10, 22), Ended: retention.Ended(casefile.Closed, "died"), People: 2, Papers: 12, Bar: "retention_held"},
		{FileID: 1, Number: "YCX201600007", State: retention.ItemErased, ClosedOn: day.Of(2016, 10, 13), Until: day.Of(2026, 10, 13), Ended: retention.Ended(casefile.Closed, "out_of_hardship"), People: 3, Papers: 9},
		{FileID: 2, Name: "陈立新", State: retention.ItemKept, Why: "retention_held", ClosedOn: day.Of(2016, 10, 22), Until: day.Of(2026, 10, 22), Ended: retention.Ended("refused", ""), People: 2, Papers: 12},
	}
	galleryFailed = retention.Item{FileID: 4, Number: "YCX201600015", Name: "何桂珍", State: retention.ItemWaiting, ClosedOn: day.Of(2016, 10, 25), Until: day.Of(2026, 10, 25),
		Ended: retention.Ended(casefile.Closed, "moved"), People: 1, Papers: 6, FailedAt: galleryNoon}
	galleryErased = []retention.Erased{
		{FileID: 1, Number: "YCX201600007", OrgName: "云川市总工会", Ended: retention.Ended(casefile.Closed, "out_of_hardship"), RegisteredOn: day.Of(2014, 3, 2), ClosedOn: day.Of(2016, 10, 13), Until: day.Of(2026, 10, 13),
			Category: "relative", People: 3, Papers: 9, Versions: 5, Visits: 4, Aid: money.Yuan(3600), ErasedAt: galleryNoon},
		{FileID: 3, OrgName: "云川市纺织厂工会", Ended: retention.Ended("not_qualified", ""), RegisteredOn: day.Of(2016, 11, 1), ClosedOn: day.Of(2016, 11, 20), Until: day.Of(2026, 11, 20), People: 2, Papers: 4, Versions: 2, Visits: 1, ErasedAt: galleryNoon},
	}
)

func wide(title words.Key) layout.Page {
	p := layout.Sample(title)
	p.Wide = true
	return p
}

// inPage puts a panel on a page.
func inPage(panel templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return layout.Staff(layout.Sample("retention.title")).Render(templ.WithChildren(ctx, panel), w)
	})
}

func gallery(state retention.State) retention.Batch {
	b := retention.Batch{ID: 2, OrgName: "云川市总工会", Name: "2016 年撤档档案（第一批）", Basis: "保管期满，经鉴定无诉讼、审计、检查需要", ClosedUntil: day.Of(2016, 11, 21),
		State: state, Files: 3, Proposer: "周敏", ProposedAt: galleryNoon.AddDate(0, 0, -3)}
	if state == retention.Done {
		b.Decider, b.DecidedAt, b.Opinion, b.DoneAt = "李正", galleryNoon.AddDate(0, 0, -1), "同意销毁", galleryNoon
	}
	return b
}

func sheet() layout.Sheet {
	return layout.Sheet{Page: layout.Sample("retention.certificate"), Number: "2", By: "周敏", At: layout.SampleAt, Back: Path(2), Wide: true}
}

// proposal is the form with a day whose term is not over.
func proposal() layout.Page {
	p := layout.Sample("retention.propose")
	f := form.New(map[string][]string{"name": {"2016 年撤档档案"}, "closed_until": {"2016-11-22"}})
	f.Text("name", "retention.name", form.Required, form.Hint("retention.name_hint"))
	f.Date("closed_until", "retention.closed_until", form.Required, form.Hint("retention.closed_until_hint", retention.Most))
	f.Area("basis", "retention.basis", form.Required, form.Hint("retention.basis_hint"))
	f.Fail("closed_until", "retention.refusal.term", day.Of(2016, 11, 21))
	p.Form = f
	return p
}

func decision() *form.Form {
	f := form.New(nil)
	f.Choice("verdict", "retention.verdict", []form.Option{{Value: "agree", Key: "retention.verdict_agree"}, {Value: "refuse", Key: "retention.verdict_refuse"}}, form.Required)
	f.Area("opinion", "retention.opinion", form.Required)
	return f
}

func placing() layout.Page {
	p := layout.Sample("retention.place")
	f := form.New(nil)
	f.Choice("kind", "retention.kind", form.Options(retention.HoldKinds...), form.Required)
	f.Area("reason", "retention.reason", form.Required)
	p.Form = f
	return p
}

func lifting() layout.Page {
	p := layout.Sample("retention.hold")
	p.Form = form.New(nil)
	p.Form.Area("why", "retention.lifted_why", form.Required)
	return p
}
