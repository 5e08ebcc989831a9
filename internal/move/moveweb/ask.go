package moveweb

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/move"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/movepage"
	"bangfu/templates/ui"
)

// basis is what the form of a request is made of.
type basis struct {
	casefile.File
	kind   move.Kind
	people []casefile.Person
	papers []casefile.Evidence
	today  day.Date
}

// basis reads what the form is made of.
func (h *Handlers) basis(r *http.Request, kind move.Kind) (b basis, err error) {
	b.kind, b.today = kind, day.On(h.Now())
	if b.File, err = h.file(r); err != nil {
		return b, err
	}
	if b.State != casefile.Active {
		return b, work.Refuse("move.refusal.active")
	}
	if b.people, err = casefile.People(r.Context(), h.DB, h.Keys, b.ID); err != nil {
		return b, err
	}
	b.papers, err = casefile.EvidenceOf(r.Context(), h.DB, b.ID)
	return b, err
}

// stays is the answer that somebody stays in the old household.
const stays = "stays"

// newAskForm declares the fields that the kind asks for.
func newAskForm(ctx context.Context, f *form.Form, b basis) *form.Form {
	f.Known("checked", "again")
	switch b.kind {
	case move.Transfer:
		f.Text("to", "move.field.to", form.Required, form.Max(80), form.Hint("move.field.to_hint"))
	case move.Merge:
		f.Text("other", "move.field.other", form.Required, form.Max(40), form.Hint("move.field.other_hint"))
		for _, p := range b.people {
			f.Select(casefile.RelationField(p.ID), "move.field.joins", relations(b.today), form.Required, form.LabelArgs(p.Name))
		}
	case move.Split:
		goes := append([]form.Option{{Value: stays, Key: "move.field.stays"}, {Value: casefile.Head, Key: "move.field.new_head"}}, relations(b.today)...)
		for _, p := range b.people {
			if p.Relation != casefile.Head {
				f.Select(casefile.RelationField(p.ID), "move.field.goes", goes, form.Required, form.Default(stays), form.LabelArgs(p.Name))
			}
		}
	}
	f.Choice("why", "move.why", form.Options(b.kind.Whys()...), form.Required)
	f.Area("reason", "move.reason", form.Required, form.Least(2), form.Max(500), form.Hint("move.field.reason_hint"))
	papers := []form.Option{{Value: "0", Key: "move.field.no_paper"}}
	for _, p := range b.papers {
		papers = append(papers, form.Option{Value: strconv.FormatInt(int64(p.ID), 10), Text: words.T(ctx, "move.field.paper_named", p.Kind, p.Name)})
	}
	f.Select("paper", "move.paper", papers, form.Required, form.Default("0"))
	if b.kind != move.Transfer {
		f.Tick("consent", "move.field.consent", form.Required)
	}
	return f
}

// relations offers the relations to a head.
func relations(today day.Date) []form.Option {
	var all []form.Option
	for _, value := range casefile.Relations.On(today) {
		all = append(all, form.Option{Value: value, Key: casefile.Relations.Key(value)})
	}
	return all
}

// request reads what was typed. What is wrong with it is said in the form.
func (h *Handlers) request(r *http.Request, f *form.Form, b basis) (move.Request, error) {
	paper, _ := strconv.ParseInt(f.Field("paper").Text(), 10, 64) // one of the options, so a number
	q := move.Request{Kind: b.kind, Why: form.One[move.Why](f.Field("why")), Reason: f.Field("reason").Text(), Evidence: casefile.EvidenceID(paper)}
	switch b.kind {
	case move.Transfer:
		return q, h.office(r, f, &q)
	case move.Merge:
		q.Number = f.Field("other").Text()
	}
	for _, p := range b.people {
		d := f.Field(casefile.RelationField(p.ID))
		if d == nil || d.Text() == stays {
			continue
		}
		if b.kind == move.Split && d.Text() == casefile.Head {
			if len(q.Relations) > 0 && q.Relations[0] == casefile.Head {
				f.Fail(d.Name, "move.field.two_heads")
			}
			q.Goes, q.Relations = append([]casefile.PersonID{p.ID}, q.Goes...), append([]string{casefile.Head}, q.Relations...)
			continue
		}
		q.Goes, q.Relations = append(q.Goes, p.ID), append(q.Relations, d.Text())
	}
	switch {
	case b.kind == move.Split && len(q.Goes) == 0:
		f.Fail("", "casefile.refusal.split_nobody")
	case b.kind == move.Split && q.Relations[0] != casefile.Head:
		f.Fail("", "move.field.no_head")
	}
	return q, nil
}

// office finds the receiving office that was typed, anywhere in the tree. One that is not found, or several, is said at
// the field.
func (h *Handlers) office(r *http.Request, f *form.Form, q *move.Request) error {
	const told = 5
	text := f.Field("to").Text()
	orgs, err := staff.OrgsNamed(r.Context(), h.DB, work.Everywhere, text, told+1)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(orgs, func(o staff.Org) bool { return o.Name == text }); i >= 0 {
		orgs = orgs[i : i+1]
	}
	switch {
	case len(orgs) == 1:
		q.To = orgs[0].ID
	case len(orgs) == 0:
		f.Fail("to", "move.field.to_none", text)
	case len(orgs) > told:
		f.Fail("to", "move.field.to_many", text, orgs[0].Name)
	default:
		names := words.List{}
		for _, o := range orgs {
			names = append(names, words.Saying("move.field.to_one", o.Name, o.Code))
		}
		f.Fail("to", "move.field.to_which", text, names)
	}
	return nil
}

// getAsk shows the form of a request.
func (h *Handlers) getAsk(w http.ResponseWriter, r *http.Request, kind move.Kind) error {
	b, err := h.basis(r, kind)
	if err != nil {
		return err
	}
	return h.showAsk(w, r, http.StatusOK, b, newAskForm(r.Context(), form.New(nil), b))
}

// showAsk draws the form with what is open around the file.
func (h *Handlers) showAsk(w http.ResponseWriter, r *http.Request, status int, b basis, f *form.Form) error {
	v := movepage.AskView{Page: h.Page(r, words.Key("move.ask."+string(b.kind))), Kind: b.kind, File: b.File}
	v.Identity, v.Form = movepage.Identity(b.File), f
	v.Crumbs = movepage.Crumbs(layout.Crumb{Text: b.HeadName, Path: movepage.FilePath(b.ID)})
	moves, err := move.OfFile(r.Context(), h.DB, web.By(r).Scope, b.ID)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(moves, func(m move.Move) bool { return m.State == move.Asked || m.State == move.Agreed }); i >= 0 {
		v.Open = &moves[i]
	}
	if v.Matters, err = move.Matters(r.Context(), h.DB, b.ID, b.kind); err != nil {
		return err
	}
	return h.Render(w, r, status, movepage.Ask(v))
}

// postAsk shows what the move would do, and asks for it once that was seen.
func (h *Handlers) postAsk(w http.ResponseWriter, r *http.Request, kind move.Kind) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	b, err := h.basis(r, kind)
	if err != nil {
		return err
	}
	f := newAskForm(r.Context(), form.New(values), b)
	if values.Get("again") == "yes" { // back to the form with what was typed
		return h.showAsk(w, r, http.StatusOK, b, newAskForm(r.Context(), form.Draft(edited(values)), b))
	}
	if !f.Valid() {
		return h.showAsk(w, r, http.StatusUnprocessableEntity, b, f)
	}
	asked, err := h.request(r, f, b)
	if err != nil {
		return err
	}
	if !f.Valid() {
		return h.showAsk(w, r, http.StatusUnprocessableEntity, b, f)
	}
	if values.Get("checked") != "yes" {
		return h.check(w, r, b, f, asked, values)
	}
	return h.Act(w, r, f, func() error { return h.showAsk(w, r, http.StatusUnprocessableEntity, b, f) }, func(u *work.Unit) (string, error) {
		id, err := move.Ask(r.Context(), u, b.ID, asked)
		return movepage.Path(id), err
	}, "move.asked")
}

// edited is what was typed, without the buttons.
func edited(values url.Values) url.Values {
	kept := maps.Clone(values)
	for _, name := range []string{"checked", "again", form.KeyName} {
		kept.Del(name)
	}
	return kept
}

// check shows what the move would do, before anybody asks for it.
func (h *Handlers) check(w http.ResponseWriter, r *http.Request, b basis, f *form.Form, asked move.Request, values url.Values) error {
	v := movepage.CheckView{Page: h.Page(r, words.Key("move.ask."+string(b.kind)))}
	var err error
	v.Move, err = move.Draw(r.Context(), h.DB, web.By(r).Scope, b.ID, asked)
	if err == nil && b.kind != move.Transfer {
		v.Trial, err = h.try(r, v.Move)
	}
	if web.Refused(f, err) {
		return h.showAsk(w, r, http.StatusUnprocessableEntity, b, f)
	}
	if err != nil {
		return err
	}
	if v.Matters, err = move.Matters(r.Context(), h.DB, b.ID, b.kind); err != nil {
		return err
	}
	kept := edited(values)
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		for _, value := range kept[name] {
			v.Values = append(v.Values, ui.Carried{Name: name, Value: value})
		}
	}
	v.Identity, v.Wide = movepage.Identity(b.File), true
	v.Crumbs = movepage.Crumbs(layout.Crumb{Text: b.HeadName, Path: movepage.FilePath(b.ID)})
	return h.Render(w, r, http.StatusOK, movepage.Check(v))
}

// try carries a split or a merge out and takes it back.
func (h *Handlers) try(r *http.Request, m move.Move) (move.Trial, error) {
	ctx := r.Context()
	tx, err := h.DB.Begin(ctx)
	if err != nil {
		return move.Trial{}, err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // nothing is ever committed
	return move.Try(ctx, work.NewUnit(tx, h.Now(), web.By(r)), h.Keys, m)
}
