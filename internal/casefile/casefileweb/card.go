package casefileweb

import (
	"net/http"
	"net/url"
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/idcard"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/ui"
)

// getCards shows all cards of a file.
func (h *Handlers) getCards(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	return h.showCards(w, r, http.StatusOK, f, form.New(nil), nil, nil)
}

// newCardForm asks for another card, and for a copy of it.
func newCardForm(f *form.Form, people []casefile.Person) *form.Form {
	bankFields(f, household{people: people})
	pagesField(f, casefile.CardCopy.Key())
	return f
}

// showCards shows the cards, and the form for another one with the pages that came with it.
func (h *Handlers) showCards(w http.ResponseWriter, r *http.Request, status int, f casefile.File, fm *form.Form, sent []sentPaper, refusal *work.Refusal) error {
	ctx, by := r.Context(), web.By(r)
	people, err := casefile.People(ctx, h.DB, h.Keys, f.ID)
	if err != nil {
		return err
	}
	cards, err := casefile.Cards(ctx, h.DB, f.ID)
	if err != nil {
		return err
	}
	duty, err := casefile.DutyOf(ctx, h.DB, f.ID, by.StaffID)
	if err != nil {
		return err
	}
	papers, err := casefile.EvidenceOf(ctx, h.DB, f.ID)
	if err != nil {
		return err
	}
	v := casefilepage.CardsView{Page: h.page(r, f, "casefile.cards"), File: f, Sent: shownSent(sent)}
	for _, e := range slices.Backward(papers) {
		if e.Kind == casefile.CardCopy {
			v.Copies = append(v.Copies, e)
		}
	}
	waiting := false
	for _, c := range cards {
		number, err := c.Number(h.Keys)
		if err != nil {
			return err
		}
		waiting = waiting || c.State == casefile.CardProposed
		v.Cards = append(v.Cards, casefilepage.CardView{Card: c, Masked: idcard.MaskCard(number),
			Confirm: c.State == casefile.CardProposed && by.Can(staff.CapCardConfirm) && c.EnteredBy != by.StaffID && duty.Fits(casefile.Decide)})
	}
	v.Propose = by.Can(staff.CapFileRegister) && f.State.HandedIn() && !waiting && duty.Fits(casefile.Gather)
	v.Rejection = newRejectionForm(nil)
	if fm.Field("reason") != nil { // the form of a rejection that was refused
		v.Rejection = fm
	} else if len(fm.Fields()) == 0 {
		newCardForm(fm, people)
	}
	v.Form = fm
	if refusal != nil {
		v.Form = refused(fm, refusal)
	}
	return h.Render(w, r, status, casefilepage.Cards(v))
}

// postCard proposes another card; it counts after a second person confirmed it.
func (h *Handlers) postCard(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	people, err := casefile.People(r.Context(), h.DB, h.Keys, f.ID)
	if err != nil {
		return err
	}
	values, sent, err := h.taken(r, f.ID, values)
	if err == nil && values.Has("again") {
		return h.showCards(w, r, http.StatusOK, f, newCardForm(form.Draft(values), people), sent, nil)
	}
	fm := newCardForm(form.New(values), people)
	if web.Refused(fm, err) || err == nil && !fm.Valid() {
		return h.showCards(w, r, http.StatusUnprocessableEntity, f, fm, sent, nil)
	}
	if err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		if _, err := addSent(r.Context(), u, f.ID, sent, casefile.NewEvidence{Kind: casefile.CardCopy}); err != nil {
			return "", err
		}
		_, err := casefile.ProposeCard(r.Context(), u, h.Keys, f.ID, cardOf(fm))
		return casefilepage.CardsPath(f.ID), err
	})
	if refusal, ok := work.AsRefusal(err); ok {
		return h.showCards(w, r, http.StatusUnprocessableEntity, f, fm, sent, refusal)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// postCardDecision confirms or rejects a proposed card.
func (h *Handlers) postCardDecision(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	card, err := web.PathID[casefile.CardID](r, "card")
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	act := values.Get("act")
	switch act {
	case "confirm":
		if _, err := web.Only(r, "act"); err != nil {
			return err
		}
	case "reject":
	default:
		return web.ErrBadForm
	}
	c, err := casefile.FindCard(r.Context(), h.DB, card)
	if err != nil {
		return err
	}
	if c.FileID != f.ID {
		return work.ErrNotFound
	}
	fm := newRejectionForm(values)
	if act == "reject" && !fm.Valid() {
		return h.showCards(w, r, http.StatusUnprocessableEntity, f, fm, nil, nil)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return casefilepage.CardsPath(f.ID), casefile.DecideCard(r.Context(), u, f.ID, card, act == "confirm", fm.Field("reason").Text())
	})
	if refusal, ok := work.AsRefusal(err); ok {
		return h.showCards(w, r, http.StatusUnprocessableEntity, f, fm, nil, refusal)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// newRejectionForm asks why a proposed card is stopped.
func newRejectionForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("reason", "casefile.card_reason", form.Required, form.Least(2), form.Max(500), form.Hint("casefile.card_reason_hint"))
	f.Known("act")
	return f
}

// newUnmaskForm asks for the reason.
func newUnmaskForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("reason", "casefile.unmask_reason", form.Options(casefile.Reasons...), form.Required)
	return f
}

// getPersonNumber asks why somebody's numbers are to be seen.
func (h *Handlers) getPersonNumber(w http.ResponseWriter, r *http.Request) error {
	f, person, err := h.person(r)
	if err != nil {
		return err
	}
	return h.showUnmask(w, r, http.StatusOK, f, maskedNumbers(person), newUnmaskForm(nil), nil)
}

// maskedNumbers says which numbers of a person are to be seen: the ID number, and the phone if there is one.
func maskedNumbers(p casefile.Person) string {
	if p.Phone == "" {
		return p.Number.Masked()
	}
	return p.Number.Masked() + " / " + idcard.MaskPhone(p.Phone)
}

// person finds the person that the address names, in a file within the asker's scope.
func (h *Handlers) person(r *http.Request) (casefile.File, casefile.Person, error) {
	f, err := h.file(r)
	if err != nil {
		return f, casefile.Person{}, err
	}
	id, err := web.PathID[casefile.PersonID](r, "person")
	if err != nil {
		return f, casefile.Person{}, err
	}
	people, err := casefile.People(r.Context(), h.DB, h.Keys, f.ID)
	if err != nil {
		return f, casefile.Person{}, err
	}
	for _, p := range people {
		if p.ID == id {
			return f, p, nil
		}
	}
	return f, casefile.Person{}, work.ErrNotFound
}

// postPersonNumber shows somebody's numbers once; the reason stands in the trail. The number is on the answer to the
// form only, so coming back asks again.
func (h *Handlers) postPersonNumber(w http.ResponseWriter, r *http.Request) error {
	f, person, err := h.person(r)
	if err != nil {
		return err
	}
	return h.unmask(w, r, f, maskedNumbers(person), func(u *work.Unit, reason casefile.Reason) ([]ui.Item, error) {
		p, err := casefile.UnmaskPerson(r.Context(), u, h.Keys, f.ID, person.ID, reason)
		return []ui.Item{{Key: "casefile.name", Value: ui.Text(p.Name)}, {Key: "casefile.id_number", Value: ui.Text(string(p.Number)).Right()},
			{Key: "casefile.phone", Value: call(p.Phone)}, {Key: "casefile.contact", Value: ui.Text(p.Contact)}}, err
	})
}

// call shows a phone so that a telephone dials it at a touch.
func call(phone string) ui.Cell {
	if phone == "" {
		return ui.Cell{}
	}
	return ui.Link(phone, "tel:"+phone)
}

// getCardNumber asks why a card number is to be seen.
func (h *Handlers) getCardNumber(w http.ResponseWriter, r *http.Request) error {
	f, _, masked, err := h.maskedCard(r)
	if err != nil {
		return err
	}
	return h.showUnmask(w, r, http.StatusOK, f, masked, newUnmaskForm(nil), nil)
}

// maskedCard finds the card that the address names, in a file within the asker's scope.
func (h *Handlers) maskedCard(r *http.Request) (casefile.File, casefile.Card, string, error) {
	f, err := h.file(r)
	if err != nil {
		return f, casefile.Card{}, "", err
	}
	id, err := web.PathID[casefile.CardID](r, "card")
	if err != nil {
		return f, casefile.Card{}, "", err
	}
	card, err := casefile.FindCard(r.Context(), h.DB, id)
	if err != nil {
		return f, card, "", err
	}
	if card.FileID != f.ID {
		return f, card, "", work.ErrNotFound
	}
	number, err := card.Number(h.Keys)
	return f, card, idcard.MaskCard(number), err
}

// postCardNumber shows a card number once; the reason stands in the trail.
func (h *Handlers) postCardNumber(w http.ResponseWriter, r *http.Request) error {
	f, card, masked, err := h.maskedCard(r)
	if err != nil {
		return err
	}
	return h.unmask(w, r, f, masked, func(u *work.Unit, reason casefile.Reason) ([]ui.Item, error) {
		number, err := casefile.UnmaskCard(r.Context(), u, h.Keys, f.ID, card.ID, reason)
		return []ui.Item{{Key: "casefile.card_holder", Value: ui.Text(card.Holder)},
			{Key: "casefile.card_bank", Value: ui.Text(card.Bank)}, {Key: "casefile.card_number", Value: ui.Text(number).Right()}}, err
	})
}

// unmask runs one look at a number as a unit of work and shows what it gave. A repeated form has no second effect and
// shows nothing again: it leads back to the question.
func (h *Handlers) unmask(w http.ResponseWriter, r *http.Request, f casefile.File, masked string, look func(*work.Unit, casefile.Reason) ([]ui.Item, error)) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	fm := newUnmaskForm(values)
	if !fm.Valid() {
		return h.showUnmask(w, r, http.StatusUnprocessableEntity, f, masked, fm, nil)
	}
	var shown []ui.Item
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		var err error
		shown, err = look(u, form.One[casefile.Reason](fm.Field("reason")))
		return r.URL.Path, err
	})
	if err != nil {
		return err
	}
	if shown == nil {
		return web.SeeOther(w, r, to)
	}
	return h.showUnmask(w, r, http.StatusOK, f, masked, fm, shown)
}

func (h *Handlers) showUnmask(w http.ResponseWriter, r *http.Request, status int, f casefile.File, masked string, fm *form.Form, shown []ui.Item) error {
	v := casefilepage.UnmaskView{Page: h.page(r, f, "casefile.unmask_title"), File: f, Masked: masked, Shown: shown, Back: casefilepage.FilePath(f.ID)}
	v.Form = fm
	return h.Render(w, r, status, casefilepage.Unmask(v))
}
