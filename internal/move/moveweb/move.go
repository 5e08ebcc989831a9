package moveweb

import (
	"errors"
	"net/http"
	"net/url"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/move"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/movepage"
)

// newDecideForm asks for the second person's word.
func newDecideForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("act", "move.verdict", []form.Option{{Value: "agree", Key: "move.act.agree"}, {Value: "reject", Key: "move.act.reject"}}, form.Required)
	f.Area("opinion", "move.opinion", form.Max(500), form.Hint("move.opinion_hint"))
	return f
}

// newReceiveForm asks for the receiving office's answer.
func newReceiveForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("act", "move.received", []form.Option{{Value: "take", Key: "move.act.receive"}, {Value: "refuse", Key: "move.act.refuse"}}, form.Required)
	f.Area("answer", "move.answer", form.Max(500), form.Hint("move.answer_hint"))
	return f
}

// capOf says which capability an act takes.
var capOf = map[move.Act]work.Capability{
	move.ActAgree: staff.CapChangeDecide, move.ActReceive: staff.CapFileRegister, move.ActWithdraw: staff.CapFileRegister,
}

// getMove shows a move with what it does and what the reader may do to it.
func (h *Handlers) getMove(w http.ResponseWriter, r *http.Request) error {
	m, err := h.move(r)
	if err != nil {
		return err
	}
	return h.showMove(w, r, http.StatusOK, m, newDecideForm(nil), newReceiveForm(nil))
}

// showMove draws the page of a move with the forms that are the reader's.
func (h *Handlers) showMove(w http.ResponseWriter, r *http.Request, status int, m move.Move, decide, receive *form.Form) error {
	by := web.By(r)
	v := movepage.MoveView{Page: h.Page(r, "move.of", m.Kind), Move: m, Shown: m.Within}
	v.Crumbs, v.Wide = crumbs(m), true
	for act, cap := range capOf {
		if by.Can(cap) && m.May(act, by) {
			v.May = append(v.May, act)
			switch act {
			case move.ActAgree:
				v.Decide, v.Form = decide, decide
			case move.ActReceive:
				v.Receive, v.Form = receive, receive
			}
		}
	}
	if decide.Posted() {
		v.Decide, v.Form = decide, decide
	}
	if receive.Posted() {
		v.Receive, v.Form = receive, receive
	}
	if m.Within && m.Evidence != 0 {
		paper, err := casefile.FindEvidence(r.Context(), h.DB, by.Scope, m.FileID, m.Evidence)
		if err != nil && !errors.Is(err, work.ErrNotFound) {
			return err
		}
		if err == nil {
			v.Paper = &paper
		}
	}
	if printable(m) {
		v.Print = movepage.HandoverPath(m.ID)
	}
	if err := h.effect(r, &v); err != nil {
		return err
	}
	return h.Render(w, r, status, movepage.Move(v))
}

// printable tells whether the hand-over list is the reader's to print: that of a file within the scope, and the kept one.
func printable(m move.Move) bool {
	return m.Handed != nil || m.Kind == move.Transfer && m.Within && (m.State == move.Asked || m.State == move.Agreed)
}

// effect tells what a move that waits would do, and what one that is done did.
func (h *Handlers) effect(r *http.Request, v *movepage.MoveView) (err error) {
	m, ctx := v.Move, r.Context()
	switch {
	case !m.Within && !m.OtherWithin:
		return nil
	case m.Kind == move.Transfer:
		if m.Handed != nil {
			v.Matters = m.Handed.Open
			return nil
		}
		v.Matters, err = move.Matters(ctx, h.DB, m.FileID, m.Kind)
		return err
	case m.State == move.Asked:
		v.Trial, err = h.try(r, m)
		if refusal, refused := work.AsRefusal(err); refused {
			v.Stale, v.Shown = refusal, false
			return nil
		}
		return err
	case m.State != move.Done:
		v.Shown = false
		return nil
	}
	return h.done(r, v)
}

// done compares the versions before and after a split or a merge, and reads the household that a split made.
func (h *Handlers) done(r *http.Request, v *movepage.MoveView) (err error) {
	m, ctx, scope := v.Move, r.Context(), web.By(r).Scope
	file, after := m.FileID, m.After
	if m.Kind == move.Merge {
		file, after = m.Other, m.OtherAfter
		v.Shown = m.OtherWithin
	}
	if m.Kind == move.Split && m.OtherWithin {
		if v.Trial.Fresh, err = casefile.People(ctx, h.DB, h.Keys, m.Other); err != nil {
			return err
		}
	}
	if !v.Shown {
		return nil
	}
	was, err := casefile.FindVersion(ctx, h.DB, scope, file, after-1)
	if err != nil {
		return err
	}
	is, err := casefile.FindVersion(ctx, h.DB, scope, file, after)
	if err != nil {
		return err
	}
	if err := errors.Join(was.Facts.Reveal(h.Keys), is.Facts.Reveal(h.Keys)); err != nil {
		return err
	}
	v.Trial.Differences = casefile.Compare(was.Facts, is.Facts)
	return nil
}

// postDecision lets the second person agree or reject.
func (h *Handlers) postDecision(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	m, err := h.move(r)
	if err != nil {
		return err
	}
	f := newDecideForm(values)
	return h.Act(w, r, f, func() error { return h.showMove(w, r, http.StatusUnprocessableEntity, m, f, newReceiveForm(nil)) }, func(u *work.Unit) (string, error) {
		return movepage.Path(m.ID), move.Decide(r.Context(), u, m.ID, f.Field("act").Text() == "agree", f.Field("opinion").Text())
	}, "move.decided")
}

// postReceipt lets the receiving office take the file over or send it back.
func (h *Handlers) postReceipt(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	m, err := h.move(r)
	if err != nil {
		return err
	}
	f := newReceiveForm(values)
	return h.Act(w, r, f, func() error { return h.showMove(w, r, http.StatusUnprocessableEntity, m, newDecideForm(nil), f) }, func(u *work.Unit) (string, error) {
		return movepage.Path(m.ID), move.Receive(r.Context(), u, m.ID, f.Field("act").Text() == "take", f.Field("answer").Text())
	}, "move.answered")
}

// postWithdrawal takes a request back.
func (h *Handlers) postWithdrawal(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.Only(r); err != nil {
		return err
	}
	m, err := h.move(r)
	if err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) { return movepage.Path(m.ID), move.Withdraw(r.Context(), u, m.ID) })
	if err != nil {
		return err
	}
	h.Flash(r, "move.taken_back")
	return web.SeeOther(w, r, to)
}

// getHandover prints the hand-over list: as it was kept when the file was taken over, before that as it is now.
func (h *Handlers) getHandover(w http.ResponseWriter, r *http.Request) error {
	m, err := h.move(r)
	if err != nil {
		return err
	}
	if !printable(m) {
		return work.Refuse("move.refusal.no_list")
	}
	v := movepage.HandoverView{Move: m, Whole: m.Within}
	v.Sheet = layout.Sheet{Page: h.Page(r, "move.handover.title"), Number: m.Number, By: web.By(r).Name, At: h.Now(), Back: movepage.Path(m.ID)}
	if m.Handed != nil {
		v.List = *m.Handed
	} else if v.List, err = move.ListFor(r.Context(), h.DB, m.FileID); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, movepage.Handover(v))
}
