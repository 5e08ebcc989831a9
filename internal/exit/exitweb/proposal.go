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
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/exitpage"
	"bangfu/templates/layout"
)

// basis is what the form of a proposal is made of: the file, its papers, what was paid to it, and the rule of the day.
type basis struct {
	casefile.File
	reason string
	rule   exit.Rule
	papers []casefile.Evidence
	paid   []exit.Paid
	today  day.Date
}

// basis reads what the form for a reason is made of.
func (h *Handlers) basis(r *http.Request, reason string) (b basis, err error) {
	b.reason, b.today = reason, day.On(h.Now())
	if b.File, err = h.file(r); err != nil {
		return b, err
	}
	if b.State != casefile.Active {
		return b, work.Refuse("exit.refusal.active", b.State)
	}
	if b.rule, err = exit.RuleOn(r.Context(), h.DB, b.today); err != nil {
		return b, err
	}
	if b.papers, err = casefile.EvidenceOf(r.Context(), h.DB, b.ID); err != nil {
		return b, err
	}
	b.paid, err = exit.PaidTo(r.Context(), h.DB, b.ID)
	return b, err
}

// getProposal asks for the reason first, and then for what the reason asks for.
func (h *Handlers) getProposal(w http.ResponseWriter, r *http.Request) error {
	reason := r.URL.Query().Get("reason")
	if !slices.Contains(casefile.ExitReasons.On(day.On(h.Now())), reason) {
		return h.showReasons(w, r)
	}
	b, err := h.basis(r, reason)
	if err != nil {
		return err
	}
	if !exit.Fits(reason, b.File) {
		return h.showReasons(w, r)
	}
	return h.showProposal(w, r, http.StatusOK, b, newProposalForm(nil, b, r))
}

// showReasons lets the reader choose why a household leaves.
func (h *Handlers) showReasons(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	if f.State != casefile.Active {
		return work.Refuse("exit.refusal.active", f.State)
	}
	v := exitpage.ReasonsView{Page: h.Page(r, "exit.propose"), FileID: f.ID}
	for _, reason := range casefile.ExitReasons.On(day.On(h.Now())) {
		if exit.Fits(reason, f) {
			v.Reasons = append(v.Reasons, reason)
		}
	}
	v.Identity, v.Lead = exitpage.Identity(f), "exit.propose_lead"
	v.Crumbs = exitpage.Crumbs(layout.Crumb{Text: f.HeadName, Path: exitpage.FilePath(f.ID)})
	return h.Render(w, r, http.StatusOK, exitpage.Reasons(v))
}

// newProposalForm declares the fields that the reason asks for.
func newProposalForm(values url.Values, b basis, r *http.Request) *form.Form {
	f := form.New(values)
	f.Hidden("reason", form.Default(b.reason))
	f.Area("grounds", "exit.grounds", form.Required, form.Least(2), form.Hint("exit.grounds_hint"))
	if exit.Dated(b.reason) {
		f.Date("happened_on", "exit.happened_on", form.Required, form.NotAfter(b.today))
	}
	switch b.reason {
	case exit.OutOfHardship:
		for _, month := range b.rule.Window(b.today) {
			f.Money(exit.MonthField(month), "exit.month_income", form.LabelArgs(exit.MonthText(month)))
			f.Number(peopleField(month), "exit.month_people", form.LabelArgs(exit.MonthText(month)), form.Between(1, 30), form.Default(max(b.People, 1)))
		}
	case exit.Eased:
		f.Area("aid", "exit.aid", form.Required, form.Least(2), form.Max(1000), form.Hint("exit.aid_hint"))
		for _, g := range exit.Guarantees {
			f.Choice("need_"+string(g), "exit.need", needs, form.Required, form.LabelArgs(g))
			f.Text("note_"+string(g), "exit.need_note", form.Required, form.Least(2), form.LabelArgs(g))
			f.Select("paper_"+string(g), "exit.need_paper", paperOptions(r, b.papers), form.LabelArgs(g))
		}
	case exit.Duplicate:
		f.Text("other_number", "exit.other_number", form.Required, form.Max(40), form.Hint("exit.other_number_hint"))
	case exit.False:
		for _, p := range b.paid {
			f.Money(exit.ClaimField(p.Payable), "exit.claim", form.Required, form.Default(p.Amount), form.AtMost(p.Amount),
				form.LabelArgs(exitpage.Programme(r.Context(), p.ProgrammeZh, p.ProgrammeEn), p.PaidOn))
		}
	}
	f.Choices("papers", "exit.papers", paperOptions(r, b.papers), form.Required, form.Hint("exit.papers_hint"))
	return f
}

// needs are the answers to whether a guarantee is needed.
var needs = []form.Option{{Value: "yes", Key: "exit.need_had"}, {Value: "no", Key: "exit.need_none"}}

// peopleField is the name of the field for the people of a month.
func peopleField(month day.Date) string { return "people_" + exit.MonthField(month)[len("income_"):] }

// paperOptions offers the papers of the file.
func paperOptions(r *http.Request, papers []casefile.Evidence) []form.Option {
	options := make([]form.Option, len(papers))
	for i, p := range papers {
		options[i] = form.Option{Value: strconv.FormatInt(int64(p.ID), 10),
			Text: words.T(r.Context(), "exit.paper", p.Kind, p.Name, day.On(p.AddedAt))}
	}
	return options
}

// proposal reads what was typed.
func proposal(f *form.Form, b basis) exit.Proposal {
	p := exit.Proposal{Reason: b.reason, Grounds: f.Field("grounds").Text()}
	for _, id := range f.Field("papers").Chosen() {
		p.Papers = append(p.Papers, paperID(id))
	}
	if exit.Dated(b.reason) {
		p.HappenedOn = f.Field("happened_on").Date()
	}
	switch b.reason {
	case exit.OutOfHardship:
		for _, month := range b.rule.Window(b.today) {
			if income := f.Field(exit.MonthField(month)); !income.Empty() {
				p.Months = append(p.Months, exit.Month{First: month, Income: income.Money(), People: int(f.Field(peopleField(month)).Number())})
			}
		}
	case exit.Eased:
		p.Aid = f.Field("aid").Text()
		for _, g := range exit.Guarantees {
			p.Guarantees = append(p.Guarantees, exit.Secured{Guarantee: g, Needed: f.Field("need_" + string(g)).Yes(),
				Note: f.Field("note_" + string(g)).Text(), Paper: paperID(f.Field("paper_" + string(g)).Text())})
		}
	case exit.Duplicate:
		p.OtherNumber = f.Field("other_number").Text()
	case exit.False:
		for _, paid := range b.paid {
			p.Claims = append(p.Claims, exit.Claim{Payable: paid.Payable, Amount: f.Field(exit.ClaimField(paid.Payable)).Money()})
		}
	}
	return p
}

// paperID reads the id of a paper that the form offered; zero for none.
func paperID(text string) casefile.EvidenceID {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return casefile.EvidenceID(id)
}

// postProposal proposes the exit.
func (h *Handlers) postProposal(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	reason := values.Get("reason")
	if !slices.Contains(casefile.ExitReasons.On(day.On(h.Now())), reason) {
		if _, err := h.file(r); err != nil {
			return err
		}
		return web.ErrBadForm
	}
	b, err := h.basis(r, reason)
	if err != nil {
		return err
	}
	f := newProposalForm(values, b, r)
	return h.Act(w, r, f, func() error { return h.showProposal(w, r, http.StatusUnprocessableEntity, b, f) }, func(u *work.Unit) (string, error) {
		id, err := exit.Propose(r.Context(), u, b.ID, proposal(f, b))
		return exitpage.Path(id), err
	}, "exit.proposed")
}

// showProposal draws the form of a proposal.
func (h *Handlers) showProposal(w http.ResponseWriter, r *http.Request, status int, b basis, f *form.Form) error {
	page := h.Page(r, "exit.propose_for", casefile.ExitReasons.Key(b.reason))
	page.Form, page.Identity = f, exitpage.Identity(b.File)
	page.Crumbs = exitpage.Crumbs(layout.Crumb{Text: b.HeadName, Path: exitpage.FilePath(b.ID)},
		layout.Crumb{Key: "exit.propose", Path: exitpage.ProposePath(b.ID)})
	v := exitpage.ProposalView{Page: page, FileID: b.ID, Reason: b.reason, Rule: b.rule, NoPapers: len(b.papers) == 0, NothingPaid: len(b.paid) == 0}
	taken := map[string]bool{}
	pick := func(name string) *form.Field { taken[name] = true; return f.Field(name) }
	if b.reason == exit.OutOfHardship {
		for _, month := range b.rule.Window(b.today) {
			v.Months = append(v.Months, exitpage.MonthRow{Month: exit.MonthText(month), Income: pick(exit.MonthField(month)), People: pick(peopleField(month))})
		}
	}
	if b.reason == exit.Eased {
		for _, g := range exit.Guarantees {
			v.Guarantees = append(v.Guarantees, exitpage.GuaranteeRow{Guarantee: g, Fields: []*form.Field{
				pick("need_" + string(g)), pick("note_" + string(g)), pick("paper_" + string(g))}})
		}
	}
	for _, p := range b.paid {
		if d := f.Field(exit.ClaimField(p.Payable)); d != nil {
			v.Claims = append(v.Claims, pick(d.Name))
		}
	}
	for _, d := range f.Fields() {
		if !taken[d.Name] {
			v.Rest = append(v.Rest, d)
		}
	}
	return h.Render(w, r, status, exitpage.Proposal(v))
}
