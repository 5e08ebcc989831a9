package visitweb

import (
	"context"
	"net/http"
	"net/url"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/visit"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
	"bangfu/templates/visitpage"
)

// option offers a person with the office and the last training.
func option(ctx context.Context, p visit.Person) form.Option {
	o := form.Option{Value: id(p.ID), Text: words.T(ctx, "visit.person", p.Name, p.Office)}
	if !p.Trained.IsZero() {
		o.Text = words.T(ctx, "visit.person_trained", p.Name, p.Office, p.Trained)
	}
	return o
}

// getTrainings lists the trainings.
func (h *Handlers) getTrainings(w http.ResponseWriter, r *http.Request) error {
	below, err := web.QueryID[visit.TrainingID](r, "below")
	if err != nil {
		return err
	}
	all, err := visit.ListTrainings(r.Context(), h.DB, web.By(r).Scope, below, pageSize+1)
	if err != nil {
		return err
	}
	view := visitpage.TrainingsView{Page: h.Page(r, "visit.trainings"), Tabs: tabs(r, visitpage.TrainingsPath), Trainings: all}
	view.Lead, view.Wide, view.Crumbs = "visit.trainings_lead", true, []layout.Crumb{{Key: "layout.home", Path: "/"}}
	if web.By(r).Can(staff.CapVisitPlan) {
		view.Actions = []ui.Btn{{Key: "visit.training_new", Href: visitpage.TrainPath}}
	}
	if len(all) > pageSize {
		view.Trainings, view.Next = all[:pageSize], all[pageSize-1].ID
	}
	return h.Render(w, r, http.StatusOK, visitpage.Trainings(view))
}

// trainForm declares the form of a training.
func (h *Handlers) trainForm(r *http.Request, values url.Values) (*form.Form, error) {
	people, err := visit.Trainees(r.Context(), h.DB, web.By(r))
	if err != nil {
		return nil, err
	}
	options := make([]form.Option, len(people))
	for i, p := range people {
		options[i] = option(r.Context(), p)
	}
	today := day.On(h.Now())
	f := form.New(values)
	f.Date("trained_on", "visit.training_on", form.Required, form.NotAfter(today), form.Default(today))
	f.Text("subject", "visit.training_subject", form.Required, form.Least(2), form.Max(120), form.Hint("visit.training_subject_hint"))
	f.Number("hours", "visit.training_hours", form.Required, form.Between(1, 80), form.Width(4))
	f.Text("trainer", "visit.training_trainer", form.Required, form.Least(2), form.Max(40), form.Width(10))
	f.Choices("people", "visit.training_people", options, form.Required, form.Hint("visit.training_people_hint", visit.MostTrained))
	return f, nil
}

// getTrain shows the form of a training.
func (h *Handlers) getTrain(w http.ResponseWriter, r *http.Request) error {
	f, err := h.trainForm(r, nil)
	if err != nil {
		return err
	}
	return h.showTrain(w, r, http.StatusOK, f)
}

// postTrain enters a training.
func (h *Handlers) postTrain(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f, err := h.trainForm(r, values)
	if err != nil {
		return err
	}
	training := visit.Training{On: f.Field("trained_on").Date(), Subject: f.Field("subject").Text(), Hours: int(f.Field("hours").Number()),
		Trainer: f.Field("trainer").Text(), People: ids[work.StaffID](f.Field("people").Chosen()...)}
	return h.Act(w, r, f, func() error { return h.showTrain(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		id, err := visit.Train(r.Context(), u, training)
		return visitpage.TrainingPath(id), err
	}, "visit.training_saved")
}

func (h *Handlers) showTrain(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	page := h.Page(r, "visit.training_new")
	page.Crumbs, page.Form = under("visit.trainings", visitpage.TrainingsPath), f
	return h.Render(w, r, status, visitpage.Train(page))
}

// newVoid asks why a training is voided.
func newVoid(values url.Values) *form.Form {
	f := form.New(values)
	f.Text("why", "visit.training_void_why", form.Required, form.Least(2), form.Max(200), form.Hint("visit.training_void_hint"))
	return f
}

// getTraining shows a training with who took part.
func (h *Handlers) getTraining(w http.ResponseWriter, r *http.Request) error {
	return h.showTraining(w, r, http.StatusOK, newVoid(nil))
}

// postVoid voids a training.
func (h *Handlers) postVoid(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[visit.TrainingID](r, "training")
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newVoid(values)
	return h.Act(w, r, f, func() error { return h.showTraining(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		return visitpage.TrainingPath(id), visit.Void(r.Context(), u, id, f.Field("why").Text())
	}, "visit.training_voided")
}

func (h *Handlers) showTraining(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	id, err := web.PathID[visit.TrainingID](r, "training")
	if err != nil {
		return err
	}
	t, err := visit.FindTraining(r.Context(), h.DB, web.By(r).Scope, id)
	if err != nil {
		return err
	}
	page := h.Page(r, "visit.training_title", t.Subject)
	page.Crumbs = under("visit.trainings", visitpage.TrainingsPath)
	if web.By(r).Can(staff.CapVisitPlan) && t.VoidedAt.IsZero() || f.Posted() {
		page.Form = f
	}
	return h.Render(w, r, status, visitpage.Training(visitpage.TrainingView{Page: page, Training: t}))
}
