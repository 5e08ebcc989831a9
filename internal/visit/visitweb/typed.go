package visitweb

import (
	"net/http"
	"net/url"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/visit"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/visitpage"
)

// postDraft keeps what was typed so far. It has no form key and no visible effect: the newest draft counts.
func (h *Handlers) postDraft(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return err
	}
	if err := h.keep(r, id, values); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// keepTyped answers the button that keeps a draft, for a phone without script.
func (h *Handlers) keepTyped(w http.ResponseWriter, r *http.Request, f casefile.File, values url.Values) error {
	if err := h.keep(r, f.ID, values); err != nil {
		return err
	}
	h.Flash(r, "visit.kept")
	to := visitpage.RecordPath(f.ID)
	if p := visit.Purpose(values.Get("purpose")); p == visit.Review || p == visit.Key || p == visit.Spot || p == visit.CallBack {
		to = visitpage.FollowUpPath(f.ID, p)
	}
	return web.SeeOther(w, r, to)
}

// keep saves what was typed as the person's draft.
func (h *Handlers) keep(r *http.Request, id work.FileID, values url.Values) error {
	typed := url.Values{}
	for name, value := range values {
		if name != form.KeyName && name != "keep" {
			typed[name] = value
		}
	}
	return work.Do(r.Context(), h.DB, h.Now(), web.By(r), func(u *work.Unit) error {
		return visit.Keep(r.Context(), u, h.Keys, id, typed)
	})
}
