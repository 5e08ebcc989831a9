package staffweb

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/staffpage"
	"bangfu/templates/ui"
)

// mostKept is the longest sealed form that the sign-in page carries along; a sign-in is a form with limits too.
const mostKept = 160 << 10

// keptKey names the late form that waits in the session for its person.
const keptKey = "kept"

func newSignInForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Text("username", "staff.username", form.Required, form.Max(40), form.Width(12), form.Complete("username"))
	f.Password("password", "staff.password", form.Required, form.Width(12), form.Complete("current-password"))
	f.Known("to", "kept")
	return f
}

// getSignIn answers the sign-in page. Who is signed in goes on to the page asked for.
func (h *Handlers) getSignIn(w http.ResponseWriter, r *http.Request) error {
	to := web.LocalPath(r.URL.Query().Get("to"))
	if web.By(r).StaffID != 0 {
		return web.SeeOther(w, r, to)
	}
	p := h.Page(r, "staff.sign_in_title")
	if r.URL.Query().Has("out") {
		p.Flash = &ui.Banner{Tone: ui.Good, Title: "staff.signed_out"}
	}
	return h.showSignIn(w, r, http.StatusOK, p, staffpage.SignInView{Form: newSignInForm(nil), To: to})
}

func (h *Handlers) showSignIn(w http.ResponseWriter, r *http.Request, status int, p layout.Page, v staffpage.SignInView) error {
	v.Action = web.SignInPath
	p.Lead = "staff.sign_in_help"
	p.Narrow = true
	p.Form = v.Form
	p.Path = web.SignInPath + "?to=" + url.QueryEscape(v.To)
	return h.Render(w, r, status, staffpage.SignIn(p, v))
}

// postSignIn signs a person in. It is no unit that happens once: the same password again is a try again, and has to be
// answered and counted as one. Origin headers keep other sites from sending it.
func (h *Handlers) postSignIn(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	v := staffpage.SignInView{Form: newSignInForm(values), To: web.LocalPath(values.Get("to")), Kept: values.Get("kept")}
	status := http.StatusUnprocessableEntity
	if v.Form.Valid() {
		answer, err := h.try(r, v.Form.Field("username").Text(), values.Get("password"))
		if err != nil {
			return err
		}
		switch answer.Outcome {
		case staff.SignedIn:
			return h.enter(w, r, answer.StaffID, v)
		case staff.Locked:
			status = http.StatusTooManyRequests
			v.Form.Fail("", answer.Outcome.Key(), answer.Until)
		case staff.Wrong:
			v.Form.Fail("", answer.Outcome.Key(), answer.Remaining)
		default:
			v.Form.Fail("", answer.Outcome.Key())
		}
	}
	return h.showSignIn(w, r, status, h.Page(r, "staff.sign_in_title"), v)
}

// try compares the password and records the try.
func (h *Handlers) try(r *http.Request, username, password string) (answer staff.Answer, err error) {
	address := web.Address(r)
	compared, err := staff.Compare(r.Context(), h.DB, h.Now(), username, password, address)
	if err != nil {
		return answer, err
	}
	err = work.Do(r.Context(), h.DB, h.Now(), work.Visitor(address), func(u *work.Unit) error {
		answer, err = staff.SignIn(r.Context(), u, compared)
		return err
	})
	return answer, err
}

// enter opens the session and goes to the page asked for, or to the form that was sent too late.
func (h *Handlers) enter(w http.ResponseWriter, r *http.Request, id work.StaffID, v staffpage.SignInView) error {
	if err := h.SignIn(r.Context(), id); err != nil {
		return fmt.Errorf("opening a session: %w", err)
	}
	if v.Kept != "" {
		if _, err := h.TypedBefore(v.Kept, id); err == nil {
			h.Sessions.Put(r.Context(), keptKey, v.Kept)
			return web.SeeOther(w, r, staffpage.KeptPath)
		}
	}
	return web.SeeOther(w, r, v.To)
}

// late answers a form whose session has ended: the sign-in page, which carries what was typed, sealed. A form with
// passwords is not kept.
func (h *Handlers) late(w http.ResponseWriter, r *http.Request) error {
	v := staffpage.SignInView{Form: newSignInForm(nil), To: "/"}
	if r.URL.Path != h.ChangePath {
		kept, err := h.KeepTyped(r)
		if err != nil {
			return err
		}
		if len(kept) <= mostKept {
			v.Kept = kept
		}
	}
	p := h.Page(r, "staff.sign_in_again")
	p.Flash = &ui.Banner{Tone: ui.Due, Title: "staff.kept"}
	if v.Kept != "" {
		p.Flash.Body = "staff.kept_why"
	}
	return h.showSignIn(w, r, http.StatusUnauthorized, p, v)
}

// getKept offers a late form again, with a key of its own.
func (h *Handlers) getKept(w http.ResponseWriter, r *http.Request) error {
	typed, err := h.TypedBefore(h.Sessions.GetString(r.Context(), keptKey), web.By(r).StaffID)
	if err != nil {
		return web.SeeOther(w, r, "/")
	}
	names := slices.Sorted(maps.Keys(typed.Values))
	p := h.page(r, nil, "staff.kept_title")
	p.Lead, p.LeadArg = "staff.kept_lead", []any{len(names)}
	return h.Render(w, r, http.StatusOK, staffpage.Kept(p, staffpage.KeptView{
		Action: typed.Path, Values: staffpage.KeptValues(typed.Values, names),
	}))
}

// postSignOut ends the session. A second click finds it ended, which is what was wanted.
func (h *Handlers) postSignOut(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.Only(r); err != nil {
		return err
	}
	if by := web.By(r); by.StaffID != 0 {
		err := work.Do(r.Context(), h.DB, h.Now(), by, func(u *work.Unit) error { return staff.SignOut(r.Context(), u) })
		if err != nil {
			return err
		}
		if err := h.SignOut(w, r); err != nil {
			return fmt.Errorf("ending a session: %w", err)
		}
	}
	return web.SeeOther(w, r, web.SignInPath+"?out=1")
}
