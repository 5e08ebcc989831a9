package exitweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/exit"
	"bangfu/internal/form"
	"bangfu/internal/payment"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/exitpage"
	"bangfu/templates/layout"
)

// getExit shows an exit with what it rests on and what the reader may do to it.
func (h *Handlers) getExit(w http.ResponseWriter, r *http.Request) error {
	e, err := h.exit(r)
	if err != nil {
		return err
	}
	return h.showExit(w, r, http.StatusOK, e, "", nil)
}

// forms makes the form of each act that has fields.
var forms = map[exit.Act]func(values url.Values, e exit.Exit, today day.Date) *form.Form{
	exit.ActAgree: func(values url.Values, _ exit.Exit, _ day.Date) *form.Form {
		f := form.New(values)
		f.Choice("verdict", "exit.verdict", []form.Option{{Value: "agree", Key: "exit.verdict_agree"}, {Value: "refuse", Key: "exit.verdict_refuse"}}, form.Required)
		f.Area("opinion", "exit.opinion", form.Required, form.Max(1000))
		return f
	},
	exit.ActPost: func(values url.Values, e exit.Exit, today day.Date) *form.Form {
		f := form.New(values)
		f.Date("posted_on", "exit.posted_on", form.Required, form.Default(today), form.NotAfter(today), form.NotBefore(day.On(e.AssessedAt)))
		f.Text("posted_where", "exit.posted_where", form.Required, form.Least(2))
		return f
	},
	exit.ActTell: func(values url.Values, e exit.Exit, today day.Date) *form.Form {
		f := form.New(values)
		f.Date("told_on", "exit.told_on", form.Required, form.Default(today), form.NotAfter(today), form.NotBefore(day.On(e.AssessedAt)))
		f.Choice("told_how", "exit.told_how", form.Options(exit.Ways...), form.Required)
		f.Text("told_whom", "exit.told_whom", form.Required, form.Least(2), form.Max(40), form.Hint("exit.told_whom_hint"))
		return f
	},
	exit.ActRevoke: func(values url.Values, _ exit.Exit, _ day.Date) *form.Form {
		f := form.New(values)
		f.Area("why", "exit.revoke_why", form.Required, form.Least(2), form.Max(1000))
		return f
	},
}

// capOf says which capability an act takes.
var capOf = map[exit.Act]work.Capability{
	exit.ActAgree: staff.CapExitAssess, exit.ActWithdraw: staff.CapExitPropose, exit.ActPost: staff.CapExitPropose,
	exit.ActTell: staff.CapExitPropose, exit.ActRevoke: staff.CapExitAssess, exit.ActClose: staff.CapExitAssess,
}

// showExit draws the page of an exit. typed is the form of one act that was refused; the other acts are offered fresh.
func (h *Handlers) showExit(w http.ResponseWriter, r *http.Request, status int, e exit.Exit, act exit.Act, typed *form.Form) error {
	by, today := web.By(r), day.On(h.Now())
	proof, err := exit.ProofOf(r.Context(), h.DB, e)
	if err != nil {
		return err
	}
	v := exitpage.ExitView{Page: h.Page(r, "exit.of", casefile.ExitReasons.Key(e.Reason)), Exit: e, Proof: proof, Today: today, Forms: map[exit.Act]*form.Form{}}
	v.Crumbs = crumbs(e)
	v.Identity = exitpage.IdentityOf(e)
	v.Form = typed
	for a, cap := range capOf {
		if !by.Can(cap) || !e.May(a, by) || a == exit.ActPost && !e.Posting() || a == exit.ActClose && e.Waits(today) {
			continue
		}
		v.May = append(v.May, a)
		if newForm := forms[a]; newForm != nil {
			v.Forms[a] = newForm(nil, e, today)
		}
	}
	if typed != nil {
		v.Forms[act] = typed
	}
	if slices.Contains(v.May, exit.ActClose) {
		if v.Halted, err = payment.HaltedOf(r.Context(), h.DB, by, e.FileID); err != nil {
			return err
		}
	}
	if e.State == exit.Agreed || e.State == exit.Told || e.State == exit.Closed {
		v.Letter = exitpage.LetterPath(e.ID)
	}
	if by.Can(staff.CapRecoveryRead) && e.State == exit.Closed && len(proof.Claims) > 0 {
		v.Recovery = exitpage.RecoveryPath(e.ID)
	}
	return h.Render(w, r, status, exitpage.Exit(v))
}

// act carries out one act of the exit in the address, or shows its page again with what is wrong.
func (h *Handlers) act(w http.ResponseWriter, r *http.Request, act exit.Act, done words.Key, do func(u *work.Unit, id exit.ID, f *form.Form) error) error {
	e, err := h.exit(r)
	if err != nil {
		return err
	}
	var f *form.Form
	if newForm := forms[act]; newForm != nil {
		values, err := web.Form(r)
		if err != nil {
			return err
		}
		if f = newForm(values, e, day.On(h.Now())); !f.Valid() && e.May(act, web.By(r)) {
			return h.showExit(w, r, http.StatusUnprocessableEntity, e, act, f)
		}
	} else {
		if _, err := web.Only(r); err != nil {
			return err
		}
		f = form.New(url.Values{})
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) { return exitpage.Path(e.ID), do(u, e.ID, f) })
	if web.Refused(f, err) {
		return h.showExit(w, r, http.StatusUnprocessableEntity, e, act, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, done)
	return web.SeeOther(w, r, to)
}

// postAssessment agrees to a proposal or refuses it.
func (h *Handlers) postAssessment(w http.ResponseWriter, r *http.Request) error {
	return h.act(w, r, exit.ActAgree, "exit.assessed", func(u *work.Unit, id exit.ID, f *form.Form) error {
		return exit.Assess(r.Context(), u, id, f.Field("verdict").Text() == "agree", f.Field("opinion").Text())
	})
}

// postWithdrawal takes a proposal back.
func (h *Handlers) postWithdrawal(w http.ResponseWriter, r *http.Request) error {
	return h.act(w, r, exit.ActWithdraw, "exit.withdrawn", func(u *work.Unit, id exit.ID, _ *form.Form) error {
		return exit.Withdraw(r.Context(), u, id)
	})
}

// postPosting notes the posting of an exit.
func (h *Handlers) postPosting(w http.ResponseWriter, r *http.Request) error {
	return h.act(w, r, exit.ActPost, "exit.posted", func(u *work.Unit, id exit.ID, f *form.Form) error {
		return exit.Post(r.Context(), u, id, f.Field("posted_on").Date(), f.Field("posted_where").Text())
	})
}

// postTelling notes that the worker was told.
func (h *Handlers) postTelling(w http.ResponseWriter, r *http.Request) error {
	return h.act(w, r, exit.ActTell, "exit.told", func(u *work.Unit, id exit.ID, f *form.Form) error {
		return exit.Tell(r.Context(), u, id, exit.Telling{On: f.Field("told_on").Date(), How: form.One[exit.How](f.Field("told_how")),
			Whom: f.Field("told_whom").Text()})
	})
}

// postRevocation takes an agreed exit back.
func (h *Handlers) postRevocation(w http.ResponseWriter, r *http.Request) error {
	return h.act(w, r, exit.ActRevoke, "exit.revoked", func(u *work.Unit, id exit.ID, f *form.Form) error {
		return exit.Revoke(r.Context(), u, id, f.Field("why").Text())
	})
}

// postClosing takes the file off the register.
func (h *Handlers) postClosing(w http.ResponseWriter, r *http.Request) error {
	return h.act(w, r, exit.ActClose, "exit.closed", func(u *work.Unit, id exit.ID, _ *form.Form) error {
		return exit.Close(r.Context(), u, id)
	})
}

// getLetter prints the notice to the worker. It bears the day of the decision, whenever it is printed.
func (h *Handlers) getLetter(w http.ResponseWriter, r *http.Request) error {
	e, err := h.exit(r)
	if err != nil {
		return err
	}
	if !lettered(e) {
		return work.Refuse("exit.refusal.no_letter", e.State)
	}
	proof, err := exit.ProofOf(r.Context(), h.DB, e)
	if err != nil {
		return err
	}
	sheet := layout.Sheet{Page: h.Page(r, "exit.letter.title"), Number: e.Number + "-" + strconv.FormatInt(int64(e.ID), 10),
		By: web.By(r).Name, At: h.Now(), Back: exitpage.Path(e.ID), Official: true}
	t, err := LetterPaper.Trace(words.Official(r.Context()), h.DB, web.By(r), r.URL.Query().Get("print"), e.FileID, int64(e.ID))
	if err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, exitpage.Letter(exitpage.LetterView{Sheet: h.Traced(r, sheet, layout.Trace(t)), Exit: e, Proof: proof, On: day.On(e.AssessedAt)}))
}
