package referralweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/referral"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/referralpage"
)

// getUncovered lists who is entitled to the allowance and does not have it.
func (h *Handlers) getUncovered(w http.ResponseWriter, r *http.Request) error {
	return h.showUncovered(w, r, http.StatusOK, nil)
}

// showUncovered draws the list; f is a choice that was refused.
func (h *Handlers) showUncovered(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	by, today := web.By(r), day.On(h.Now())
	v := referralpage.UncoveredView{Page: h.Page(r, "referral.uncovered"), May: by.Can(staff.CapReferralMake)}
	after, err := web.QueryID[work.FileID](r, "after")
	if err != nil {
		return err
	}
	if v.Files, v.Next, err = referral.ListUncovered(r.Context(), h.DB, by.Scope, today, after, pageSize); err != nil {
		return err
	}
	if v.Total, err = referral.CountUncovered(r.Context(), h.DB, by.Scope, today); err != nil {
		return err
	}
	v.Page.Lead, v.Page.Wide, v.Page.Form = "referral.uncovered_lead", true, f
	v.Page.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "referral.list", Path: referralpage.ListPath}}
	return h.Render(w, r, status, referralpage.UncoveredList(v))
}

// chosenFiles reads the files that were ticked, each once.
func chosenFiles(values url.Values) ([]work.FileID, error) {
	var files []work.FileID
	for _, text := range values["file"] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id < 1 {
			return nil, web.ErrBadForm
		}
		if !slices.Contains(files, work.FileID(id)) {
			files = append(files, work.FileID(id))
		}
	}
	switch {
	case len(files) == 0:
		return nil, work.Refuse("referral.refusal.none")
	case len(files) > referral.MostAtOnce:
		return nil, work.Refuse("referral.refusal.many", referral.MostAtOnce)
	}
	return files, nil
}

// newDraftsForm asks once for what the letters of all chosen households have in common.
func (h *Handlers) newDraftsForm(r *http.Request, values url.Values) (*form.Form, error) {
	last, err := referral.LastReceiver(r.Context(), h.DB, web.By(r).OrgID, referral.Allowance)
	if err != nil {
		return nil, err
	}
	if last.Office == "" {
		last.Office = words.T(r.Context(), referral.Allowance.Office())
	}
	f := form.New(values)
	f.Known("file")
	f.Text("office", "referral.to", form.Required, form.Least(2), form.Max(80), form.Default(last.Office))
	f.Text("contact", "referral.contact", form.Max(40), form.Default(last.Contact), form.Width(8))
	f.Phone("phone", "referral.phone", form.Default(last.Phone))
	f.Text("address", "referral.address", form.Max(120), form.Default(last.Address))
	f.Area("reason", "referral.reason", form.Required, form.Least(2), form.Max(1000), form.Default(words.T(r.Context(), "referral.uncovered_reason")))
	return f, nil
}

// postUncovered shows what referring the chosen households would do. It changes nothing; it is a POST so that the choice
// stands in no address.
func (h *Handlers) postUncovered(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Only(r, "file")
	if err != nil {
		return err
	}
	files, err := chosenFiles(values)
	if f := form.New(url.Values{}); web.Refused(f, err) {
		return h.showUncovered(w, r, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	f, err := h.newDraftsForm(r, nil)
	if err != nil {
		return err
	}
	return h.showDrafts(w, r, http.StatusOK, files, f)
}

// postDrafts drafts a referral for each of the chosen households.
func (h *Handlers) postDrafts(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	files, err := chosenFiles(values)
	if f := form.New(url.Values{}); web.Refused(f, err) {
		return h.showUncovered(w, r, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	f, err := h.newDraftsForm(r, values)
	if err != nil {
		return err
	}
	letter := referral.Letter{Office: f.Field("office").Text(), Contact: f.Field("contact").Text(), Phone: f.Field("phone").Phone(),
		Address: f.Field("address").Text(), Reason: f.Field("reason").Text()}
	return h.Act(w, r, f, func() error { return h.showDrafts(w, r, http.StatusUnprocessableEntity, files, f) }, func(u *work.Unit) (string, error) {
		_, err := referral.BeginMany(r.Context(), u, files, letter)
		return referralpage.ViewPath(referral.ViewDrafts), err
	}, "referral.drafted_many", strconv.Itoa(len(files)))
}

// showDrafts draws what would be drafted: those of the chosen who are still on the list.
func (h *Handlers) showDrafts(w http.ResponseWriter, r *http.Request, status int, files []work.FileID, f *form.Form) error {
	list, err := referral.UncoveredAmong(r.Context(), h.DB, web.By(r).Scope, day.On(h.Now()), files)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return work.Refuse("referral.refusal.covered", len(files))
	}
	v := referralpage.DraftsView{Page: h.Page(r, "referral.drafts", len(list)), Files: list}
	v.Page.Lead, v.Page.Form = "referral.drafts_lead", f
	v.Page.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "referral.list", Path: referralpage.ListPath},
		{Key: "referral.uncovered", Path: referralpage.UncoveredPath}}
	return h.Render(w, r, status, referralpage.Drafts(v))
}

// newPeriodForm asks for a period.
func newPeriodForm(query url.Values, today day.Date) *form.Form {
	return form.Period(query, "referral.period_from", "referral.period_until", today)
}

// getSummary counts by kind and outcome.
func (h *Handlers) getSummary(w http.ResponseWriter, r *http.Request) error {
	today := day.On(h.Now())
	f := newPeriodForm(r.URL.Query(), today)
	from, until := f.Period(today)
	sums, err := referral.Summary(r.Context(), h.DB, web.By(r).Scope, from, until)
	if err != nil {
		return err
	}
	v := referralpage.SummaryView{Page: h.Page(r, "referral.summary"), From: from, Until: until, Sums: sums}
	v.Page.Lead, v.Page.Wide, v.Page.Form = "referral.summary_lead", true, f
	v.Page.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "referral.list", Path: referralpage.ListPath}}
	v.Page.Actions = v.Acts()
	return h.Render(w, r, http.StatusOK, referralpage.Summary(v))
}

// getSummaryPrint is the report to party and government, for paper.
func (h *Handlers) getSummaryPrint(w http.ResponseWriter, r *http.Request) error {
	today, by := day.On(h.Now()), web.By(r)
	from, until := newPeriodForm(r.URL.Query(), today).Period(today)
	sums, err := referral.Summary(r.Context(), h.DB, by.Scope, from, until)
	if err != nil {
		return err
	}
	waiting, err := referral.CountUncovered(r.Context(), h.DB, by.Scope, today)
	if err != nil {
		return err
	}
	v := referralpage.ReportView{From: from, Until: until, Sums: sums, Uncovered: waiting, Office: by.Office, On: today,
		Sheet: layout.Sheet{Page: h.Page(r, "referral.report.title"), By: by.Name, At: h.Now(), Back: referralpage.SummaryPath, Wide: true}}
	return h.Render(w, r, http.StatusOK, referralpage.Report(v))
}
