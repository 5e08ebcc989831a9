package staffweb

import (
	"net/http"
	"net/url"
	"strconv"

	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/staffpage"
)

// Crumbs of the relatives' pages.
var (
	underMe        = []layout.Crumb{{Key: "staff.me_title", Path: staffpage.MePath}}
	underRelatives = []layout.Crumb{{Key: "staff.me_title", Path: staffpage.MePath}, {Key: "staff.relatives_title", Path: staffpage.RelativesPath}}
)

func newRelativeForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Select("relation", "staff.relation_head", form.Options(staff.Relations...), form.Required)
	f.Text("name", "staff.relative_name", form.Required, form.Max(40), form.Width(10))
	f.IDNumber("number", "staff.relative_number", form.Required)
	return f
}

// getMyRelatives answers one's own relatives.
func (h *Handlers) getMyRelatives(w http.ResponseWriter, r *http.Request) error {
	return h.showMyRelatives(w, r, http.StatusOK, newRelativeForm(nil))
}

func (h *Handlers) showMyRelatives(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	all, err := staff.RelativesOf(r.Context(), h.DB, h.Keys, web.By(r).StaffID)
	if err != nil {
		return err
	}
	p := h.page(r, underMe, "staff.relatives_mine")
	p.Lead, p.Form = "staff.relatives_why", f
	return h.Render(w, r, status, staffpage.MyRelatives(p, all, f))
}

// postMyRelative declares a relative.
func (h *Handlers) postMyRelative(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newRelativeForm(values)
	return h.Act(w, r, f, func() error { return h.showMyRelatives(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		_, err := staff.Declare(r.Context(), u, h.Keys, form.One[staff.Relation](f.Field("relation")), f.Field("name").Text(), f.Field("number").IDNumber())
		return staffpage.MyRelativesPath, err
	}, "staff.relative_declared")
}

// relativePage is the number of relatives on a page of the list.
const relativePage = 50

// getRelatives lists the relatives of the scope's members: those that wait, or all.
func (h *Handlers) getRelatives(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	below, err := strconv.ParseInt(query.Get("below"), 10, 64)
	if err != nil || below < 0 {
		below = 0
	}
	v := staffpage.RelativesView{Waiting: query.Get("all") != "yes"}
	v.Relatives, err = staff.ListRelatives(r.Context(), h.DB, h.Keys, web.By(r).Scope, v.Waiting, staff.RelativeID(below), relativePage+1)
	if err != nil {
		return err
	}
	if len(v.Relatives) > relativePage {
		v.Relatives = v.Relatives[:relativePage]
		v.Next = v.Relatives[relativePage-1].ID
	}
	p := h.page(r, underMe, "staff.relatives_title")
	p.Wide = true
	return h.Render(w, r, http.StatusOK, staffpage.Relatives(p, v))
}

func newRelativeDecisionForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("agree", "staff.relative_agree", form.YesNo(), form.Required)
	f.Text("note", "staff.relative_note", form.Hint("staff.relative_note_hint"))
	return f
}

func newRelativeEndForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Text("note", "staff.relative_note", form.Required, form.Least(2))
	return f
}

// getRelative answers one relative with what the reader may do about it.
func (h *Handlers) getRelative(w http.ResponseWriter, r *http.Request) error {
	return h.showRelative(w, r, http.StatusOK, nil, nil)
}

// showRelative draws one relative; a form that was sent is shown again in place of a fresh one.
func (h *Handlers) showRelative(w http.ResponseWriter, r *http.Request, status int, decide, end *form.Form) error {
	id, err := web.PathID[staff.RelativeID](r, "relative")
	if err != nil {
		return err
	}
	rel, err := staff.FindRelative(r.Context(), h.DB, h.Keys, web.By(r).Scope, id)
	if err != nil {
		return err
	}
	v := staffpage.RelativeView{Relative: rel}
	if rel.Member != web.By(r).StaffID {
		switch rel.State {
		case staff.RelativeDeclared:
			v.Decide = fresh(decide, newRelativeDecisionForm)
		case staff.RelativeConfirmed:
			v.End = fresh(end, newRelativeEndForm)
		}
	}
	p := h.page(r, underRelatives, "staff.relative_title", rel.Of)
	for _, f := range []*form.Form{decide, end} {
		if f != nil {
			p.Form = f
		}
	}
	return h.Render(w, r, status, staffpage.Relative(p, v))
}

// fresh gives the form that was sent, or a new one.
func fresh(sent *form.Form, start func(url.Values) *form.Form) *form.Form {
	if sent != nil {
		return sent
	}
	return start(nil)
}

// postRelativeDecision confirms a relative or rejects it.
func (h *Handlers) postRelativeDecision(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newRelativeDecisionForm(values)
	return h.moveRelative(w, r, f, "staff.relative_is_decided",
		func(status int) error { return h.showRelative(w, r, status, f, nil) },
		func(u *work.Unit, id staff.RelativeID) error {
			return staff.Confirm(r.Context(), u, id, f.Field("agree").Yes(), f.Field("note").Text())
		})
}

// postRelativeEnd ends a relation.
func (h *Handlers) postRelativeEnd(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newRelativeEndForm(values)
	return h.moveRelative(w, r, f, "staff.relative_is_ended",
		func(status int) error { return h.showRelative(w, r, status, nil, f) },
		func(u *work.Unit, id staff.RelativeID) error {
			return staff.EndRelation(r.Context(), u, id, f.Field("note").Text())
		})
}

// moveRelative carries out one act on a relative, or shows its form again.
func (h *Handlers) moveRelative(w http.ResponseWriter, r *http.Request, f *form.Form, done words.Key,
	show func(status int) error, act func(u *work.Unit, id staff.RelativeID) error) error {
	id, err := web.PathID[staff.RelativeID](r, "relative")
	if err != nil {
		return err
	}
	return h.Act(w, r, f, func() error { return show(http.StatusUnprocessableEntity) }, func(u *work.Unit) (string, error) {
		return staffpage.RelativePath(id), act(u, id)
	}, done)
}
