package comparisonweb

import (
	"net/http"
	"net/url"

	"bangfu/internal/comparison"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/comparisonpage"
	"bangfu/templates/layout"
)

// newWithdrawalForm asks why an answer is withdrawn.
func newWithdrawalForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("why", "comparison.withdraw_why", form.Required, form.Least(2), form.Max(500), form.Hint("comparison.withdraw_why_hint"))
	return f
}

// getWithdrawal asks why an answer that was read is withdrawn.
func (h *Handlers) getWithdrawal(w http.ResponseWriter, r *http.Request) error {
	a, b, err := h.answer(r)
	if err != nil {
		return err
	}
	if !a.MayWithdraw() {
		return work.Refuse("comparison.refusal.answer", a.State)
	}
	return h.showWithdrawal(w, r, http.StatusOK, a, b, newWithdrawalForm(nil))
}

// postWithdrawal withdraws an answer whose columns were told wrongly, and leads to where the right one is handed in.
func (h *Handlers) postWithdrawal(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	a, b, err := h.answer(r)
	if err != nil {
		return err
	}
	f := newWithdrawalForm(values)
	may := a.MayWithdraw()
	if may && !f.Valid() {
		return h.showWithdrawal(w, r, http.StatusUnprocessableEntity, a, b, f)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return comparisonpage.UploadPath(b.ID), comparison.Withdraw(r.Context(), u, a.ID, f.Field("why").Text())
	})
	if may && web.Refused(f, err) {
		return h.showWithdrawal(w, r, http.StatusUnprocessableEntity, a, b, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "comparison.withdrawn")
	return web.SeeOther(w, r, to)
}

func (h *Handlers) showWithdrawal(w http.ResponseWriter, r *http.Request, status int, a comparison.Answer, b comparison.Batch, f *form.Form) error {
	v := comparisonpage.FormView{Page: h.Page(r, "comparison.withdraw_title"), Action: comparisonpage.WithdrawalPath(a.ID), Back: comparisonpage.AnswerPath(a.ID),
		Button: "comparison.withdraw"}
	v.Page.Lead, v.Page.Form = "comparison.withdraw_lead", f
	v.Page.Crumbs = way(layout.Crumb{Text: b.Receiver, Path: comparisonpage.Path(b.ID)}, layout.Crumb{Text: a.Name, Path: comparisonpage.AnswerPath(a.ID)})
	return h.Render(w, r, status, comparisonpage.Form(v))
}
