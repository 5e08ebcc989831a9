package casefile

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// FilterNames are the names of a filter's conditions in an address, as the list of files writes them.
var FilterNames = []string{"state", "org", "category", "cause", "housing", "papers", "from", "to"}

// OrderNames are the names of a list's order in an address.
var OrderNames = []string{"sort", "turned"}

// OrderFrom reads the order of an address, the usual one when it names none, or gives work.ErrNotFound when it is none.
func OrderFrom(values url.Values) (by Sort, backward bool, err error) {
	by, backward = Sort(values.Get("sort")), values.Get("turned") == "yes"
	if by == "" {
		by = ByRegistration
	}
	if !slices.Contains(Sorts, by) {
		return by, backward, work.ErrNotFound
	}
	return by, backward, nil
}

// Categories are those that a filter can ask for.
var Categories = []eligibility.Category{eligibility.Severe, eligibility.Relative, eligibility.Accident}

// FilterFrom reads the conditions of an address, or gives work.ErrNotFound when one of them is none. Whether the
// organisation lies in anybody's scope is not asked here.
func FilterFrom(values url.Values) (Filter, error) {
	f := Filter{State: State(values.Get("state")), Category: eligibility.Category(values.Get("category")), Housing: values.Get("housing"),
		Lacking: values.Get("papers") == "missing"}
	known := func(text string, is bool) bool { return text == "" || is }
	if !known(string(f.State), slices.Contains(States, f.State)) || !known(string(f.Category), slices.Contains(Categories, f.Category)) ||
		!known(f.Housing, HousingKinds.Has(f.Housing)) || !known(values.Get("papers"), f.Lacking) {
		return f, work.ErrNotFound
	}
	if text := values.Get("org"); text != "" {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id < 1 {
			return f, work.ErrNotFound
		}
		f.Org = work.OrgID(id)
	}
	if text := values.Get("cause"); text != "" {
		cause, err := strconv.Atoi(text)
		if err != nil || !Cause(cause).Known() {
			return f, work.ErrNotFound
		}
		f.Cause = Cause(cause)
	}
	for name, to := range map[string]*day.Date{"from": &f.From, "to": &f.To} {
		if text := values.Get(name); text != "" {
			var err error
			if *to, err = day.Parse(text); err != nil {
				return f, work.ErrNotFound
			}
		}
	}
	return f, nil
}

// Fits tells whether the filter can narrow the list: its state is one of the list's, and registrations that are still
// written are not asked for missing papers.
func (f Filter) Fits(l WorkList) bool {
	return (f.State == "" || slices.Contains(l.States(), f.State)) && (!f.Lacking || l != MineList)
}

// Conditions says the filter, one text a condition; none for the whole list. The organisation is looked up within the
// scope: work.ErrNotFound when it lies outside.
func (f Filter) Conditions(ctx context.Context, q work.Querier, scope work.Scope) ([]string, error) {
	var all []string
	add := func(key words.Key, value string) {
		all = append(all, words.T(ctx, "casefile.filter.is", words.Saying(key), value))
	}
	if f.Org != 0 {
		org, err := staff.FindOrg(ctx, q, scope, f.Org)
		if err != nil {
			return nil, err
		}
		add("casefile.office", org.Name)
	}
	if f.State != "" {
		add("casefile.state", words.T(ctx, f.State.Key()))
	}
	if f.Category != "" {
		add("casefile.category", words.T(ctx, f.Category.Key()))
	}
	if f.Cause != 0 {
		add("casefile.main_cause", words.T(ctx, f.Cause.Key()))
	}
	if f.Housing != "" {
		add("casefile.housing_kind", words.T(ctx, HousingKinds.Key(f.Housing)))
	}
	if f.Lacking {
		all = append(all, words.T(ctx, "casefile.list.papers_missing"))
	}
	if !f.From.IsZero() {
		add("casefile.list.from", f.From.String())
	}
	if !f.To.IsZero() {
		add("casefile.list.to", f.To.String())
	}
	return all, nil
}
