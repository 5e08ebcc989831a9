package moveweb

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"bangfu/internal/form"
	"bangfu/internal/move"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/movepage"
)

// newBatchForm asks which files go where, and why.
func newBatchForm(values url.Values, files []move.Candidate) *form.Form {
	f := form.New(values)
	options := make([]form.Option, len(files))
	for i, c := range files {
		options[i] = form.Option{Value: strconv.FormatInt(int64(c.File), 10), Text: c.HeadName}
	}
	f.Choices("file", "move.batch.files", options, form.Required)
	f.Text("to", "move.field.to", form.Required, form.Max(80), form.Hint("move.field.to_hint"))
	f.Choice("why", "move.why", form.Options(move.Transfer.Whys()...), form.Required)
	f.Area("reason", "move.reason", form.Required, form.Least(2), form.Max(500), form.Hint("move.field.reason_hint"))
	return f
}

// newBatchFilter narrows the files that are offered.
func newBatchFilter(query url.Values) *form.Form {
	f := form.Filter(query)
	f.Known("below")
	f.Text("office", "move.batch.office", form.Max(80), form.Hint("move.batch.office_hint"))
	f.Tick("dissolved", "move.batch.dissolved")
	return f
}

// offered reads the files that the address asks for; an office that is not found is said at the field.
func (h *Handlers) offered(r *http.Request) (v movepage.BatchView, err error) {
	by := web.By(r)
	v = movepage.BatchView{Page: h.Page(r, "move.batch.title"), Filter: newBatchFilter(r.URL.Query()), Query: r.URL.Query()}
	v.Lead, v.LeadArg, v.Wide, v.Crumbs = "move.batch.lead", []any{move.Most}, true, movepage.Crumbs()
	below, err := web.QueryID[work.FileID](r, "below")
	if err != nil {
		return v, err
	}
	office := by.Scope
	if text := v.Filter.Field("office").Text(); text != "" && v.Filter.Valid() {
		orgs, err := staff.OrgsNamed(r.Context(), h.DB, by.Scope, text, 2)
		switch {
		case err != nil:
			return v, err
		case len(orgs) == 1 || len(orgs) > 1 && orgs[0].Name == text:
			office = work.Under(orgs[0].Path)
		case len(orgs) == 0:
			v.Filter.Fail("office", "move.field.to_none", text)
		default:
			v.Filter.Fail("office", "move.field.to_which", text, orgs[0].Name+"（"+orgs[0].Code+"）、"+orgs[1].Name+"（"+orgs[1].Code+"）")
		}
	}
	v.Files, v.Next, err = move.Candidates(r.Context(), h.DB, by.Scope, office, v.Filter.Field("dissolved").Ticked(), work.FileID(below), move.Most)
	return v, err
}

// getBatch offers files to be handed over together.
func (h *Handlers) getBatch(w http.ResponseWriter, r *http.Request) error {
	v, err := h.offered(r)
	if err != nil {
		return err
	}
	v.Form = newBatchForm(nil, v.Files)
	return h.Render(w, r, http.StatusOK, movepage.BatchPage(v))
}

// postBatch asks for the transfer of the files that were ticked.
func (h *Handlers) postBatch(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	v, err := h.offered(r)
	if err != nil {
		return err
	}
	f := newBatchForm(values, v.Files)
	v.Form = f
	asked := move.Request{Kind: move.Transfer, Why: form.One[move.Why](f.Field("why")), Reason: f.Field("reason").Text()}
	if f.Valid() {
		if err := h.office(r, f, &asked); err != nil {
			return err
		}
	}
	if !f.Valid() {
		return h.Render(w, r, http.StatusUnprocessableEntity, movepage.BatchPage(v))
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, err := move.AskAll(r.Context(), u, ids[work.FileID](f.Field("file").Chosen()), asked)
		return movepage.BatchPath(id), err
	})
	if web.Refused(f, err) {
		return h.Render(w, r, http.StatusUnprocessableEntity, movepage.BatchPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// ids reads numbers that came with ticks; what is no number is none.
func ids[T ~int64](texts []string) []T {
	var all []T
	for _, text := range texts {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil {
			all = append(all, T(id))
		}
	}
	return all
}

// postDecisions agrees to the moves that were ticked.
func (h *Handlers) postDecisions(w http.ResponseWriter, r *http.Request) error {
	return h.postMany(w, r, move.ToDecide, move.AgreeAll)
}

// postReceipts takes over the files that were ticked.
func (h *Handlers) postReceipts(w http.ResponseWriter, r *http.Request) error {
	return h.postMany(w, r, move.ToReceive, move.ReceiveAll)
}

// postMany acts on the moves that were ticked in a list.
func (h *Handlers) postMany(w http.ResponseWriter, r *http.Request, list move.List, act func(context.Context, *work.Unit, []move.ID) (move.BatchID, error)) error {
	values, err := web.Only(r, "move")
	if err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, err := act(r.Context(), u, ids[move.ID](values["move"]))
		return movepage.BatchPath(id), err
	})
	f := form.New(url.Values{})
	if web.Refused(f, err) {
		return h.showMoves(w, r, http.StatusUnprocessableEntity, list, 0, f)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// getBatchVerdicts shows what became of each file of a batch.
func (h *Handlers) getBatchVerdicts(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[move.BatchID](r, "batch")
	if err != nil {
		return err
	}
	v := movepage.VerdictsView{Page: h.Page(r, "move.batch.verdicts")}
	v.Crumbs, v.Wide = movepage.Crumbs(layout.Crumb{Key: "move.batch.title", Path: movepage.NewBatchPath}), true
	if v.Batch, err = move.FindBatch(r.Context(), h.DB, web.By(r).Scope, id); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, movepage.Verdicts(v))
}
