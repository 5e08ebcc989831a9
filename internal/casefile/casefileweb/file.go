package casefileweb

import (
	"context"
	"errors"
	"net/http"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/ui"
)

// whole reads all that a file says about its household, in a fixed number of queries.
func (h *Handlers) whole(r *http.Request, f casefile.File) (casefilepage.Household, error) {
	ctx := r.Context()
	v := casefilepage.Household{File: f, Today: day.On(h.Now()), Reveal: web.By(r).Can(staff.CapFileRegister) || web.By(r).Can(staff.CapFileAssess)}
	var err error
	if v.People, err = casefile.People(ctx, h.DB, h.Keys, f.ID); err != nil {
		return v, err
	}
	if v.Economy, err = casefile.EconomyOf(ctx, h.DB, f); err != nil {
		return v, err
	}
	if v.Property, err = casefile.PropertyOf(ctx, h.DB, f.ID); err != nil {
		return v, err
	}
	said, err := casefile.SaidOf(ctx, h.DB, f.ID)
	if err != nil {
		return v, err
	}
	v.Causes, v.Particulars, v.BodyOpinions = said.Causes, said.Particulars, said.Opinions
	if v.Evidence, err = casefile.EvidenceOf(ctx, h.DB, f.ID); err != nil {
		return v, err
	}
	if v.Arrears, err = casefile.ArrearsOf(ctx, h.DB, f.ID); err != nil {
		return v, err
	}
	v.Missing = casefile.Situation{File: f, Causes: v.Causes, People: v.People, Economy: v.Economy}.Missing(v.Evidence, v.Today)
	if v.Declarations, err = casefile.DeclarationsOf(ctx, h.DB, f.ID); err != nil {
		return v, err
	}
	return v, h.cards(ctx, &v)
}

// cards adds the card in use, masked, and whether a new one waits for its second person.
func (h *Handlers) cards(ctx context.Context, v *casefilepage.Household) error {
	cards, err := casefile.Cards(ctx, h.DB, v.File.ID)
	if err != nil {
		return err
	}
	for _, card := range cards {
		switch card.State {
		case casefile.CardProposed:
			v.Proposed = true
		case casefile.CardCurrent:
			number, err := card.Number(h.Keys)
			if err != nil {
				return err
			}
			v.Card, v.CardMasked = &card, idcard.MaskCard(number)
		}
	}
	return nil
}

// getFile shows the file with everything about it.
func (h *Handlers) getFile(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	v := casefilepage.FileView{Page: h.Page(r, "casefile.file_title", f.Name())}
	v.Identity, v.Wide = casefilepage.Identity(f), true
	v.Crumbs = casefilepage.Crumbs(f)
	v.Crumbs[len(v.Crumbs)-1].Path = ""
	if v.Household, err = h.whole(r, f); err != nil {
		return err
	}
	v.Meant = casefilepage.Meant(r.URL.Query())
	if v.Judgement, err = h.judgement(ctx, f); err != nil {
		return err
	}
	if v.Opinions, err = casefile.Assessments(ctx, h.DB, f.ID); err != nil {
		return err
	}
	v.Whole = r.URL.Query().Get("timeline") == "all"
	if v.History, v.Older, err = h.history(r, f, v.Whole); err != nil {
		return err
	}
	if !f.State.Editable() {
		if v.Panels, err = h.notesOn(r, v.Household, nil); err != nil {
			return err
		}
	}
	for _, panel := range h.panels {
		part, err := panel(r, f)
		if err != nil {
			return err
		}
		if part != nil {
			v.Panels = append(v.Panels, part)
		}
	}
	by := web.By(r)
	v.Print = by.Can(staff.CapFilePrint)
	v.Next = next(f, by)
	v.Identity.Actions, v.Identity.More = acts(f, by)
	return h.Render(w, r, http.StatusOK, casefilepage.File(v))
}

// judgement gives the last judgement; nil when there is none.
func (h *Handlers) judgement(ctx context.Context, f casefile.File) (*casefile.Judgement, error) {
	j, err := casefile.LastJudgement(ctx, h.DB, f.ID)
	if errors.Is(err, work.ErrNotFound) {
		return nil, nil
	}
	return &j, err
}

// offer is one act on a file, with what it needs and where it is done.
type offer struct {
	act  casefile.Act
	need work.Capability
	btn  ui.Btn
	more bool
}

// offers lists the acts of this feature in the order of a file's life.
func offers(id work.FileID) []offer {
	return []offer{
		{casefile.ActSubmit, staff.CapFileRegister, ui.Btn{Key: "casefile.go_on", Href: casefilepage.TasksPath(id)}, false},
		{casefile.ActQualify, staff.CapFileJudge, ui.Btn{Key: "casefile.judge", Href: casefilepage.JudgementPath(id)}, false},
		{casefile.ActPass, staff.CapFileAssess, ui.Btn{Key: "casefile.assess", Href: casefilepage.AssessmentPath(id)}, false},
		{casefile.ActConvert, staff.CapFileRegister, ui.Btn{Key: "casefile.temporary.convert", Href: casefilepage.ConversionPath(id)}, false},
		{casefile.ActCancel, staff.CapFileAssess, ui.Btn{Key: "casefile.temporary.cancel", Look: ui.Secondary, Href: casefilepage.CancellationPath(id)}, false},
		{casefile.ActKeepTemporary, staff.CapFileRegister, ui.Btn{Key: "casefile.temporary.keep", Look: ui.Quiet, Href: casefilepage.TemporaryPath(id)}, true},
		{casefile.ActDiscard, staff.CapFileRegister, ui.Btn{Key: "casefile.discard", Look: ui.Quiet, Href: casefilepage.DiscardPath(id)}, true},
	}
}

// acts gives the buttons for what the person may do to the file now: the next step, and the rest in the menu.
func acts(f casefile.File, by work.Actor) (first, more []ui.Btn) {
	for _, o := range offers(f.ID) {
		if !by.Can(o.need) || !f.May(o.act, by) {
			continue
		}
		if o.more {
			more = append(more, o.btn)
		} else {
			first = append(first, o.btn)
		}
	}
	if casefile.MayChange(f, false) == nil && by.Can(staff.CapFileRead) {
		more = append(more, ui.Btn{Key: "casefile.changes", Look: ui.Quiet, Href: casefilepage.FileChangesPath(f.ID)})
	}
	if f.State == casefile.Active && by.Can(staff.CapFileJudge) {
		more = append(more, ui.Btn{Key: "casefile.rejudge", Look: ui.Quiet, Href: casefilepage.RejudgementPath(f.ID)})
	}
	if f.State == casefile.NotQualified {
		first = append(first, ui.Btn{Key: "casefile.see_decision", Href: casefilepage.JudgementPath(f.ID), Look: ui.Secondary})
	}
	if f.State.Denied() {
		first = append(first, ui.Btn{Key: "casefile.denied.open", Href: casefilepage.RefusalPath(f.ID), Look: ui.Secondary})
	}
	return first, more
}

// next says what waits for the reader on this file; nil when nothing does. A temporary file waits for nobody: its need
// may pass, or it is registered whole.
func next(f casefile.File, by work.Actor) *ui.Banner {
	if f.State == casefile.Temporary {
		return nil
	}
	for _, o := range offers(f.ID) {
		if !o.more && by.Can(o.need) && f.May(o.act, by) {
			return &ui.Banner{Tone: ui.Due, Title: "casefile.waits_for_you", Args: []any{o.act}, Href: o.btn.Href, Link: o.btn.Key}
		}
	}
	return nil
}
