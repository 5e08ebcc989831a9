package visitweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/visit"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
	"bangfu/templates/visitpage"
)

// recordForm is the form of a visit with its fields by place.
type recordForm struct {
	*form.Form
	purpose          *form.Field
	on               *form.Field
	visitors         [2]*form.Field
	chair, unit      *form.Field
	agrees, notes    []*form.Field
	whole, remark    *form.Field
	talk             []*form.Field // situation, degree, opinions, proposals
	signed, approved *form.Field
}

// newRecordForm declares the form; the people offered depend on the file and the purpose.
func newRecordForm(base *form.Form, due visit.Due, people []form.Option, team [2]string, today day.Date) recordForm {
	f := recordForm{Form: base}
	f.Known("keep")
	later := due.FollowUp
	if later {
		f.purpose = f.Choice("purpose", "visit.purpose_head", form.Options(visit.FollowUps...), form.Required, form.Default(string(due.Purpose)))
	} else {
		f.purpose = f.Hidden("purpose", form.Default(string(due.Purpose)))
	}
	f.on = f.Date("visited_on", "visit.visited_on", form.Required, form.Default(today), form.NotAfter(today), form.NotBefore(due.NotBefore))
	f.visitors[0] = f.Select("visitor_a", "visit.visitor", people, form.Required, form.LabelArgs(1), form.Default(team[0]))
	f.visitors[1] = f.Select("visitor_b", "visit.visitor", people, form.Required, form.LabelArgs(2), form.Default(team[1]))
	f.chair = f.Text("chair", "visit.chair", form.Least(2), form.Max(40), form.Hint("visit.chair_hint"), form.Width(10))
	f.unit = f.Text("chair_unit", "visit.chair_unit", form.Least(2), form.Max(80))
	for _, item := range visit.Items {
		f.agrees = append(f.agrees, f.Choice("agrees_"+string(item), "visit.item_agrees", found, form.Required, form.LabelArgs(item)))
		f.notes = append(f.notes, f.Area("note_"+string(item), "visit.item_note", form.Max(1000), form.LabelArgs(item)))
	}
	f.whole = f.Choice("agrees", "visit.whole", found, form.Required)
	f.remark = f.Area("remark", "visit.remark", form.Hint("visit.form.remark_hint"), form.Max(2000))
	f.talk = []*form.Field{
		f.Area("situation", "visit.situation", form.Hint("visit.form.situation_hint")),
		f.Choice("degree", "visit.degree_head", form.Options(visit.Degrees...), form.If(slices.Contains(visit.FollowUps, due.Purpose), form.Required)),
		f.Area("opinions", "visit.opinions", form.Hint("visit.form.opinions_hint")),
		f.Area("proposals", "visit.proposals", form.Hint("visit.form.proposals_hint")),
	}
	f.signed = f.Tick("visitors_signed", "visit.visitors_signed", form.Required)
	f.approved = f.Tick("applicant_signed", "visit.applicant_signed", form.Required)
	return f
}

// found are the answers to "does it agree".
var found = []form.Option{{Value: "yes", Key: "visit.agrees"}, {Value: "no", Key: "visit.differs"}}

// report reads what was typed.
func (f recordForm) report() visit.Report {
	r := visit.Report{VisitedOn: f.on.Date(), Agrees: f.whole.Yes(), Remark: f.remark.Text(),
		VisitorsSigned: f.signed.Ticked(), ApplicantSigned: f.approved.Ticked()}
	r.Chair = visit.Chair{Name: f.chair.Text(), Unit: f.unit.Text()}
	r.Talk = visit.Talk{Situation: f.talk[0].Text(), Degree: form.One[visit.Degree](f.talk[1]), Opinions: f.talk[2].Text(), Proposals: f.talk[3].Text()}
	for i, field := range f.visitors {
		id, err := strconv.ParseInt(field.Text(), 10, 64)
		if err == nil {
			r.Visitors[i] = work.StaffID(id)
		}
	}
	for i, item := range visit.Items {
		r.Findings = append(r.Findings, visit.Finding{Item: item, Agrees: f.agrees[i].Yes(), Note: f.notes[i].Text()})
	}
	return r
}

// waiting finds the file of the address, the visit it waits for, and who may make it.
func (h *Handlers) waiting(r *http.Request) (f casefile.File, due visit.Due, people []form.Option, err error) {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return f, due, nil, err
	}
	if f, err = casefile.Find(r.Context(), h.DB, web.By(r).Scope, id); err != nil {
		return f, due, nil, err
	}
	if due, err = visit.DueFor(r.Context(), h.DB, f); err != nil {
		return f, due, nil, err
	}
	if due.Purpose == visit.Nothing {
		if due = visit.FollowUp(f, asked(r)); due.Purpose == visit.Nothing {
			return f, due, nil, nil
		}
	}
	candidates, err := visit.Candidates(r.Context(), h.DB, f, due, day.On(h.Now()))
	for _, p := range candidates {
		label := words.Key("visit.person")
		if p.Registrar {
			label = "visit.person_registrar"
		}
		people = append(people, form.Option{Value: strconv.FormatInt(int64(p.ID), 10), Text: words.T(r.Context(), label, p.Name, p.Office)})
	}
	return f, due, people, err
}

// asked reads which follow-up the reader came for; a review when the address does not say.
func asked(r *http.Request) visit.Purpose {
	if p := visit.Purpose(r.URL.Query().Get("purpose")); slices.Contains(visit.FollowUps, p) {
		return p
	}
	return visit.Review
}

// getRecord shows the form of the visit that a file waits for.
func (h *Handlers) getRecord(w http.ResponseWriter, r *http.Request) error {
	f, due, people, err := h.waiting(r)
	if err != nil {
		return err
	}
	if due.Purpose == visit.Nothing {
		return work.Refuse("visit.refusal.not_due", f.State)
	}
	team, err := h.team(r, f)
	if err != nil {
		return err
	}
	kept, err := visit.Kept(r.Context(), h.DB, h.Keys, f.ID, web.By(r).StaffID)
	if err != nil {
		return err
	}
	return h.showRecord(w, r, http.StatusOK, f, due, newRecordForm(form.Draft(kept), due, people, team, day.On(h.Now())))
}

// postRecord records a visit. A form sent again finds no visit due any more; the form key then leads to the first one.
func (h *Handlers) postRecord(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f, due, people, err := h.waiting(r)
	if err != nil {
		return err
	}
	if values.Has("keep") {
		return h.keepTyped(w, r, f, values)
	}
	typed := newRecordForm(form.New(values), due, people, [2]string{}, day.On(h.Now()))
	if due.Purpose != visit.Nothing && !typed.Valid() {
		return h.showRecord(w, r, http.StatusUnprocessableEntity, f, due, typed)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, err := record(r.Context(), u, f.ID, visit.Purpose(typed.purpose.Text()), typed.report())
		return visitpage.Path(id), err
	})
	if due.Purpose != visit.Nothing && web.Refused(typed.Form, err) {
		return h.showRecord(w, r, http.StatusUnprocessableEntity, f, due, typed)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "visit.recorded")
	return web.SeeOther(w, r, to)
}

// team gives the two of the team whose stop the reader came from, when the stop is the file's.
func (h *Handlers) team(r *http.Request, f casefile.File) (team [2]string, err error) {
	id, err := strconv.ParseInt(r.URL.Query().Get("stop"), 10, 64)
	if err != nil {
		return team, nil // came from elsewhere
	}
	s, err := visit.FindStop(r.Context(), h.DB, web.By(r).Scope, visit.StopID(id))
	if err != nil || s.FileID != f.ID {
		return team, err
	}
	return [2]string{strconv.FormatInt(int64(s.Visitors[0]), 10), strconv.FormatInt(int64(s.Visitors[1]), 10)}, nil
}

// record writes the visit by what it was made for.
func record(ctx context.Context, u *work.Unit, file work.FileID, purpose visit.Purpose, report visit.Report) (visit.ID, error) {
	switch purpose {
	case visit.First:
		return visit.Record(ctx, u, file, report)
	case visit.Again:
		return visit.Recheck(ctx, u, file, report)
	}
	return visit.RecordFollowUp(ctx, u, file, purpose, report)
}

// showRecord draws the form beside what was entered.
func (h *Handlers) showRecord(w http.ResponseWriter, r *http.Request, status int, f casefile.File, due visit.Due, typed recordForm) error {
	entered, err := h.entered(r, f)
	if err != nil {
		return err
	}
	page := h.Page(r, "visit.form.record")
	page.Crumbs, page.Identity, page.Form = crumbs(web.By(r), f), visitpage.Identity(f), typed.Form
	page.Actions = []ui.Btn{{Key: "visit.blank.open", Href: visitpage.BlankPath(f.ID), Look: ui.Secondary}}
	view := visitpage.RecordView{Page: page, FileID: f.ID, Purpose: due.Purpose, FollowUp: due.FollowUp, Hidden: typed.purpose, Talk: typed.talk,
		Who:    []*form.Field{typed.on, typed.visitors[0], typed.visitors[1], typed.chair, typed.unit},
		Whole:  []*form.Field{typed.whole, typed.remark},
		Signed: []*form.Field{typed.signed, typed.approved},
		TooFew: len(typed.visitors[0].Options) < 2,
	}
	for i, e := range entered {
		view.Rows = append(view.Rows, visitpage.Row{Entered: e, Agrees: typed.agrees[i], Note: typed.notes[i]})
	}
	changes, err := casefile.ChangedSince(r.Context(), h.DB, h.Keys, web.By(r).Scope, f)
	if err != nil {
		return err
	}
	if changes != nil {
		view.Since = []ui.Change{}
		for _, d := range changes.Differences {
			view.Since = append(view.Since, ui.Change{Of: d.Person, Label: d.Label, Before: d.Before, After: d.After})
		}
	}
	return h.Render(w, r, status, visitpage.Record(view))
}

// EmptyForm is the paper form of a visit without a household, for the pen.
var EmptyForm = casefile.Blank{Path: visitpage.EmptyPath, Name: casefile.VisitForm.Key(), Use: "visit.blank.use"}

// getEmpty shows the paper form of a visit without a household.
func (h *Handlers) getEmpty(w http.ResponseWriter, r *http.Request) error {
	sheet := layout.Sheet{Page: h.Page(r, "visit.blank.title"), Official: true, Number: words.T(words.Official(r.Context()), "visit.blank.empty"),
		By: web.By(r).Name, At: h.Now(), Back: "/forms"}
	view := visitpage.BlankView{Sheet: sheet}
	for _, item := range visit.Items {
		view.Rows = append(view.Rows, visitpage.Entered{Item: item})
	}
	return h.Render(w, r, http.StatusOK, visitpage.Blank(view))
}

// getBlank shows the paper form of the visit that a file waits for. Why a household on file is visited is ticked by hand.
func (h *Handlers) getBlank(w http.ResponseWriter, r *http.Request) error {
	f, due, _, err := h.waiting(r)
	if err != nil {
		return err
	}
	if due.Purpose == visit.Nothing {
		due = visit.FollowUp(f, visit.CallBack)
	}
	if due.Purpose == visit.Nothing {
		return work.Refuse("visit.refusal.not_due", f.State)
	}
	entered, err := h.entered(r, f)
	if err != nil {
		return err
	}
	sheet := layout.Sheet{Page: h.Page(r, "visit.blank.title"), Number: number(r.Context(), f),
		By: web.By(r).Name, At: h.Now(), Back: visitpage.RecordPath(f.ID)}
	t, err := BlankPaper.Trace(r.Context(), h.DB, web.By(r), r.URL.Query().Get("print"), f.ID, 0)
	if err != nil {
		return err
	}
	cover := coverOf(f)
	if !due.FollowUp {
		cover.Purpose = due.Purpose
	}
	return h.Render(w, r, http.StatusOK, visitpage.Blank(visitpage.BlankView{Sheet: h.Traced(r, sheet, layout.Trace(t)), Cover: cover, Rows: entered}))
}
