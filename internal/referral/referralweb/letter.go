package referralweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/referral"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/referralpage"
)

// letterForm is the form of a letter with its fields by place.
type letterForm struct {
	*form.Form
	person, origin, reason          *form.Field
	office, contact, phone, address *form.Field
	owed, since                     *form.Field // nil where the kind speaks of no debt
	papers                          *form.Field // nil where the file holds none
	version                         *form.Field // nil for a new one
}

// newLetterForm declares the form of a letter of a kind; shown is what a fresh form holds.
func newLetterForm(values url.Values, kind referral.Kind, shown referral.Letter, people, papers []form.Option, today day.Date) letterForm {
	f := letterForm{Form: form.New(values)}
	f.Known("kind")
	f.person = f.Select("person", "referral.person", people, form.Required, form.Default(ident(shown.Person)))
	f.origin = f.Choice("origin", "referral.origin_head", form.Options(referral.Origins...), form.Required, form.Default(string(shown.Origin)))
	f.reason = f.Area("reason", "referral.reason", form.Required, form.Least(2), form.Max(1000), form.Hint("referral.reason_hint"), form.Default(shown.Reason))
	if kind.Owed() {
		f.owed = f.Money("owed", "referral.owed", form.Required, form.Positive, ifSet(shown.Owed != 0, shown.Owed))
		f.since = f.Date("owed_since", "referral.owed_since", form.Required, form.NotAfter(today), form.Default(shown.OwedSince))
	}
	f.office = f.Text("office", "referral.to", form.Required, form.Least(2), form.Max(80), form.Default(shown.Office))
	f.contact = f.Text("contact", "referral.contact", form.Max(40), form.Default(shown.Contact), form.Width(8))
	f.phone = f.Phone("phone", "referral.phone", form.Default(shown.Phone))
	f.address = f.Text("address", "referral.address", form.Max(120), form.Default(shown.Address))
	if len(papers) > 0 {
		f.papers = f.Choices("papers", "referral.papers", papers, form.Default(idents(shown.Papers)))
	}
	return f
}

// ifSet shows an amount only when there is one.
func ifSet(set bool, value any) form.Opt { return form.If(set, form.Default(value)) }

// ident writes an id as a form carries it; none is the empty text.
func ident[T ~int64](id T) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}

func idents(ids []casefile.EvidenceID) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = ident(id)
	}
	return all
}

// letter reads what was typed.
func (f letterForm) letter() referral.Letter {
	person, _ := strconv.ParseInt(f.person.Text(), 10, 64) // one of the options
	l := referral.Letter{Person: casefile.PersonID(person), Origin: form.One[referral.Origin](f.origin), Reason: f.reason.Text(),
		Office: f.office.Text(), Contact: f.contact.Text(), Phone: f.phone.Phone(), Address: f.address.Text()}
	if f.owed != nil {
		l.Owed, l.OwedSince = f.owed.Money(), f.since.Date()
	}
	if f.papers != nil {
		for _, text := range f.papers.Chosen() {
			id, _ := strconv.ParseInt(text, 10, 64) // one of the options
			l.Papers = append(l.Papers, casefile.EvidenceID(id))
		}
	}
	return l
}

// offered gives whom and which papers of a file a letter may name.
func (h *Handlers) offered(r *http.Request, file work.FileID) (people, papers []form.Option, held []casefile.Evidence, head casefile.PersonID, err error) {
	ctx := r.Context()
	household, err := casefile.People(ctx, h.DB, h.Keys, file)
	if err != nil {
		return nil, nil, nil, 0, err
	}
	for _, p := range household {
		relation := words.Key("casefile.head")
		if p.Relation == casefile.Head {
			head = p.ID
		} else {
			relation = casefile.Relations.Key(p.Relation)
		}
		people = append(people, form.Option{Value: ident(p.ID), Text: words.T(ctx, "referral.person_option", p.Name, relation)})
	}
	if held, err = casefile.EvidenceOf(ctx, h.DB, file); err != nil {
		return nil, nil, nil, 0, err
	}
	for _, e := range held {
		papers = append(papers, form.Option{Value: ident(e.ID), Text: words.T(ctx, "referral.paper_option", e.Kind, day.On(e.AddedAt))})
	}
	return people, papers, held, head, nil
}

// getNew offers the kinds, or with one chosen the form of its letter, filled as far as the file and the last letter of
// the kind can fill it.
func (h *Handlers) getNew(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	kind := referral.Kind(r.URL.Query().Get("kind"))
	if kind == "" {
		return h.showKinds(w, r, f)
	}
	typed, err := h.fresh(r, f, kind)
	if err != nil {
		return err
	}
	return h.showNew(w, r, http.StatusOK, f, kind, typed)
}

// file finds the file of the address; one that is closed hands nobody on.
func (h *Handlers) file(r *http.Request) (casefile.File, error) {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return casefile.File{}, err
	}
	f, err := casefile.Find(r.Context(), h.DB, web.By(r).Scope, id)
	if err == nil && !f.State.Open() {
		err = work.Refuse("referral.refusal.file", f.State)
	}
	return f, err
}

// fresh is the form of a new letter, of a kind that may be chosen today.
func (h *Handlers) fresh(r *http.Request, f casefile.File, kind referral.Kind) (letterForm, error) {
	today := day.On(h.Now())
	if !slices.Contains(referral.KindsOn(today), kind) {
		return letterForm{}, work.ErrNotFound
	}
	people, papers, held, head, err := h.offered(r, f.ID)
	if err != nil {
		return letterForm{}, err
	}
	last, err := referral.LastReceiver(r.Context(), h.DB, f.OrgID, kind)
	if err != nil {
		return letterForm{}, err
	}
	shown := referral.Letter{Person: head, Office: last.Office, Contact: last.Contact, Phone: last.Phone, Address: last.Address}
	if shown.Office == "" {
		shown.Office = words.T(r.Context(), kind.Office())
	}
	for _, e := range held {
		if kind.Asks(e.Kind) {
			shown.Papers = append(shown.Papers, e.ID)
		}
	}
	var values url.Values
	if r.Method == http.MethodPost {
		if values, err = web.Form(r); err != nil {
			return letterForm{}, err
		}
	}
	return newLetterForm(values, kind, shown, people, papers, today), nil
}

// postNew drafts a referral.
func (h *Handlers) postNew(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f, err := h.file(r)
	if err != nil {
		return err
	}
	kind := referral.Kind(values.Get("kind"))
	typed, err := h.fresh(r, f, kind)
	if err != nil {
		return badKind(err)
	}
	if !typed.Valid() {
		return h.showNew(w, r, http.StatusUnprocessableEntity, f, kind, typed)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, err := referral.Begin(r.Context(), u, f.ID, kind, typed.letter())
		return referralpage.Path(id), err
	})
	if web.Refused(typed.Form, err) {
		return h.showNew(w, r, http.StatusUnprocessableEntity, f, kind, typed)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "referral.drafted")
	return web.SeeOther(w, r, to)
}

// badKind words what a form of no kind gets: it was not made by this program.
func badKind(err error) error {
	if err == work.ErrNotFound {
		return web.ErrBadForm
	}
	return err
}

func (h *Handlers) showKinds(w http.ResponseWriter, r *http.Request, f casefile.File) error {
	list, err := referral.OfFile(r.Context(), h.DB, web.By(r).Scope, f.ID)
	if err != nil {
		return err
	}
	v := referralpage.KindsView{Page: h.Page(r, "referral.choose"), FileID: f.ID}
	for _, kind := range referral.KindsOn(day.On(h.Now())) {
		row := referralpage.KindRow{Kind: kind}
		for _, x := range list {
			if x.Kind == kind && row.Last.ID == 0 {
				row.Last = x
			}
		}
		v.Rows = append(v.Rows, row)
	}
	v.Page.Lead, v.Page.Crumbs = "referral.choose_lead", fileCrumbs(f)
	return h.Render(w, r, http.StatusOK, referralpage.Kinds(v))
}

func fileCrumbs(f casefile.File) []layout.Crumb {
	return []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "referral.list", Path: referralpage.ListPath},
		{Text: f.HeadName, Path: referralpage.FilePath(f.ID)}}
}

func (h *Handlers) showNew(w http.ResponseWriter, r *http.Request, status int, f casefile.File, kind referral.Kind, typed letterForm) error {
	v := referralpage.LetterFormView{Page: h.Page(r, "referral.new", kind), Action: referralpage.NewPath(f.ID), Kind: kind,
		Back: referralpage.FilePath(f.ID), Button: "referral.save_draft"}
	v.Page.Crumbs = fileCrumbs(f)
	return h.showLetterForm(w, r, status, v, typed)
}

func (h *Handlers) showLetterForm(w http.ResponseWriter, r *http.Request, status int, v referralpage.LetterFormView, typed letterForm) error {
	v.Page.Form = typed.Form
	v.Whom = []*form.Field{typed.person, typed.origin, typed.reason}
	if typed.owed != nil {
		v.Owed = []*form.Field{typed.owed, typed.since}
	}
	v.To = []*form.Field{typed.office, typed.contact, typed.phone, typed.address}
	v.Papers, v.Version = typed.papers, typed.version
	return h.Render(w, r, status, referralpage.LetterForm(v))
}

// draft reads the form of a letter that may be written anew, filled with what it says.
func (h *Handlers) draft(r *http.Request, values url.Values) (referral.Referral, letterForm, error) {
	found, err := h.found(r)
	if err != nil {
		return found, letterForm{}, err
	}
	if !found.State.Editable() {
		return found, letterForm{}, work.Refuse("referral.refusal.sent", found.State)
	}
	people, papers, _, _, err := h.offered(r, found.FileID)
	if err != nil {
		return found, letterForm{}, err
	}
	typed := newLetterForm(values, found.Kind, found.Letter, people, papers, day.On(h.Now()))
	typed.version = typed.Hidden("version", form.Default(found.Version))
	return found, typed, nil
}

// getDraft shows the form of a letter that is not out.
func (h *Handlers) getDraft(w http.ResponseWriter, r *http.Request) error {
	found, typed, err := h.draft(r, nil)
	if err != nil {
		return err
	}
	return h.showDraft(w, r, http.StatusOK, found, typed)
}

// postDraft writes the letter anew.
func (h *Handlers) postDraft(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	found, typed, err := h.draft(r, values)
	if err != nil {
		return err
	}
	seen, err := strconv.Atoi(typed.version.Text())
	if err != nil {
		return web.ErrBadForm
	}
	if !typed.Valid() {
		return h.showDraft(w, r, http.StatusUnprocessableEntity, found, typed)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return referralpage.Path(found.ID), referral.Rewrite(r.Context(), u, found.ID, seen, typed.letter())
	})
	if web.Refused(typed.Form, err) {
		return h.showDraft(w, r, http.StatusUnprocessableEntity, found, typed)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "referral.rewritten")
	return web.SeeOther(w, r, to)
}

func (h *Handlers) showDraft(w http.ResponseWriter, r *http.Request, status int, found referral.Referral, typed letterForm) error {
	v := referralpage.LetterFormView{Page: h.Page(r, "referral.edit", found.Kind), Action: referralpage.DraftPath(found.ID), Kind: found.Kind,
		Back: referralpage.Path(found.ID), Button: "referral.save"}
	v.Page.Crumbs, v.Page.Identity = crumbs(found), referralpage.Identity(found)
	return h.showLetterForm(w, r, status, v, typed)
}

// getLetter shows the letter on paper: two copies, and the slip that the office sends back.
func (h *Handlers) getLetter(w http.ResponseWriter, r *http.Request) error {
	found, err := h.found(r)
	if err != nil {
		return err
	}
	if found.Number == "" {
		return work.Refuse("referral.refusal.not_sent")
	}
	papers, err := h.papers(r, found)
	if err != nil {
		return err
	}
	ctx := words.Official(r.Context())
	v := referralpage.LetterView{Referral: found, Papers: papers, Sheet: layout.Sheet{Page: h.Page(r, "referral.letter.title"), Official: true,
		Number: found.Number, Version: words.T(ctx, "casefile.version.nth", found.Version), By: web.By(r).Name, At: h.Now(), Back: referralpage.Path(found.ID)}}
	t, err := LetterPaper.Trace(ctx, h.DB, web.By(r), r.URL.Query().Get("print"), found.FileID, int64(found.ID))
	if err != nil {
		return err
	}
	v.Sheet = h.Traced(r, v.Sheet, layout.Trace(t))
	return h.Render(w, r, http.StatusOK, referralpage.LetterPrint(v))
}
