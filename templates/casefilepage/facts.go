package casefilepage

import (
	"context"
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/idcard"
	"bangfu/internal/words"
	"bangfu/templates/ui"
)

// given leaves out those items of the keys that say nothing: they are asked of some people only.
func given(items []ui.Item, keys ...words.Key) []ui.Item {
	return slices.DeleteFunc(items, func(i ui.Item) bool {
		return slices.Contains(keys, i.Key) && i.Value.Blank()
	})
}

// maskedContact shows the other contact with its middle hidden.
func maskedContact(p casefile.Person) ui.Cell {
	return ui.Text(idcard.MaskPhone(p.Contact))
}

// workFacts are the facts about the head's work.
func (h Household) workFacts() []ui.Item {
	items := []ui.Item{h.said("casefile.work_status", casefile.WorkStatus, h.head().WorkStatus, casefile.WorkSection)}
	if casefile.Employed(h.head().WorkStatus) {
		return append(items, employment(h.head(), "casefile.contract_on")...)
	}
	return append(items, given(employment(h.head(), "casefile.contract_on"), employmentKeys...)...)
}

// employmentKeys are the keys of employment.
var employmentKeys = []words.Key{"casefile.employer", "casefile.ownership", "casefile.condition", "casefile.industry",
	"casefile.employment_form", "casefile.started_on", "casefile.contract_on", "casefile.member_contract_on", "casefile.contract_term"}

// employment are the facts about a person's employer and contract; what applies to some only is left out for the others.
func employment(p casefile.Person, contract words.Key) []ui.Item {
	return given([]ui.Item{
		{Key: "casefile.employer", Value: ui.Text(p.Employer)},
		{Key: "casefile.ownership", Value: coded(casefile.Ownership, p.Ownership)},
		{Key: "casefile.condition", Value: coded(casefile.Conditions, p.Condition)},
		{Key: "casefile.industry", Value: coded(casefile.Industry, p.Industry)},
		{Key: "casefile.employment_form", Value: coded(casefile.EmploymentForm, p.EmploymentForm)},
		{Key: "casefile.started_on", Value: ui.Day(p.StartedOn)},
		{Key: contract, Value: ui.Day(p.ContractOn)},
		{Key: "casefile.contract_term", Value: coded(casefile.ContractTerm, p.ContractTerm)},
	}, "casefile.employment_form", contract, "casefile.contract_term")
}

// others are the members beside the head.
func (h Household) others() []casefile.Person {
	return slices.DeleteFunc(slices.Clone(h.People), func(p casefile.Person) bool { return p.Relation == casefile.Head })
}

// more are the facts about a member that the table of the household has no room for, those that say something.
func (h Household) more(p casefile.Person) []ui.Item {
	items := []ui.Item{
		{Key: "casefile.ethnicity", Value: coded(casefile.Ethnicity, p.Ethnicity)},
		{Key: "casefile.political", Value: coded(casefile.Political, p.Political)},
		{Key: "casefile.marital", Value: coded(casefile.Marital, p.Marital)},
		{Key: "casefile.registration", Value: coded(casefile.Registration, p.Registration)},
		{Key: "casefile.member_identity", Value: coded(casefile.Identity, p.Identity)},
		{Key: "casefile.model", Value: coded(casefile.ModelWorker, p.ModelWorker)},
		{Key: "casefile.insurance", Value: coded(casefile.Insurance, p.Insurance)},
		{Key: "casefile.medication", Value: ui.Text(p.Medication)},
		{Key: "casefile.school", Value: ui.Text(p.School)},
		{Key: "casefile.education", Value: coded(casefile.Education, p.Education)},
	}
	if p.EnrolledYear > 0 && p.SchoolYears > 0 {
		items = append(items, ui.Item{Key: "casefile.schooling", Value: ui.Word("casefile.enrolled_is", p.EnrolledYear, p.SchoolYears)})
	}
	items = append(items, employment(p, "casefile.member_contract_on")...)
	if monthly, err := h.Economy.PersonMonthly(p.ID); err == nil && monthly > 0 {
		items = append(items, ui.Item{Key: "casefile.monthly_income", Value: ui.Yuan(monthly)})
	}
	items = append(items, ui.Item{Key: "casefile.phone", Value: h.phone(p)}, ui.Item{Key: "casefile.contact", Value: maskedContact(p)},
		ui.Item{Key: "casefile.remark", Value: ui.Text(p.Remark)})
	var all []words.Key
	for _, i := range items {
		all = append(all, i.Key)
	}
	return given(items, all...)
}

// housingFacts are the facts about the housing.
func (h Household) housingFacts() []ui.Item {
	if h.File.Address == "" && h.File.State.Editable() {
		return []ui.Item{{Key: "casefile.address", Fill: SectionPath(h.File.ID, casefile.HousingSection)}}
	}
	items := []ui.Item{{Key: "casefile.address", Value: ui.Text(h.File.Address)},
		{Key: "casefile.postal_code", Value: ui.Text(h.Particulars.PostalCode)},
		{Key: "casefile.housing_kind", Value: coded(casefile.HousingKinds, h.File.Housing)}}
	if h.File.AreaSaid {
		items = append(items, ui.Item{Key: "casefile.floor_area", Value: ui.Word("casefile.area_is", h.File.HousingM2, casefile.AreaClass(h.File.HousingM2))})
	}
	return given(items, "casefile.postal_code")
}

// causeFacts are the causes, the main one first, and what the file says of needs and groups.
func (h Household) causeFacts(ctx context.Context) []ui.Item {
	p := h.Particulars
	var items []ui.Item
	for i, c := range h.Causes {
		key := words.Key("casefile.secondary_cause")
		if i == 0 {
			key = "casefile.main_cause"
		}
		items = append(items, ui.Item{Key: key, Value: ui.Word(c.Key())})
	}
	if len(items) == 0 {
		items = []ui.Item{{Key: "casefile.main_cause", Fill: SectionPath(h.File.ID, casefile.CausesSection)}}
	}
	items = append(items,
		ui.Item{Key: "casefile.cause_note", Value: ui.Text(p.CauseNote)},
		ui.Item{Key: "casefile.needs", Value: ui.Text(codedAll(ctx, casefile.Needs, p.Needs))},
		ui.Item{Key: "casefile.need_note", Value: ui.Text(p.NeedNote)},
		ui.Item{Key: "casefile.self_help", Value: yesNo(p.SelfHelp)},
		ui.Item{Key: "casefile.target_group", Value: coded(casefile.TargetGroups, p.TargetGroup)},
		ui.Item{Key: "casefile.measure", Value: coded(casefile.Measures, p.Measure)},
		ui.Item{Key: "casefile.target_on", Value: ui.Day(p.TargetOn)},
		ui.Item{Key: "casefile.level", Value: h.level(ctx)},
		ui.Item{Key: "casefile.mood", Value: ui.Text(p.Mood)})
	if p.ReliefCard > 0 {
		items = append(items, ui.Item{Key: "casefile.relief_card", Value: ui.Yuan(p.ReliefCard)})
	}
	return given(items, "casefile.cause_note", "casefile.needs", "casefile.need_note", "casefile.self_help", "casefile.target_group",
		"casefile.measure", "casefile.target_on", "casefile.level", "casefile.mood")
}

// level is the standard under which the file is kept: the one of its category, with what was picked by hand before where
// that was another. A version says what it said.
func (h Household) level(ctx context.Context) ui.Cell {
	said, given := h.Particulars.Level, string(h.File.Category.Level())
	switch {
	case h.Kept && said != "":
		return coded(casefile.Levels, said)
	case said == "" || said == given:
		return coded(casefile.Levels, given)
	case given == "":
		return ui.Word("casefile.level_said", casefile.Levels.Key(said))
	}
	return coded(casefile.Levels, given).With(words.T(ctx, "casefile.level_said", casefile.Levels.Key(said)))
}

// computed are the facts that follow from others, each with its reason.
func (h Household) computed(ctx context.Context) []ui.Item {
	if len(h.People) == 0 {
		return nil
	}
	var items []ui.Item
	open := func(p casefile.Person) bool { return p.WorkStatus == "" && !p.Minor(h.Today) }
	if !slices.ContainsFunc(h.People, open) { // nothing is said of work before all have answered
		none, able := casefile.ZeroEmployment(h.People, h.Today)
		reason := words.T(ctx, "casefile.zero_nobody")
		if len(able) > 0 {
			reason = words.T(ctx, "casefile.zero_of", len(able), names(able))
		}
		items = append(items, ui.Item{Key: "casefile.zero_employment", Value: truth(none).With(reason)})
	}
	alone, children := casefile.SingleParent(h.People, h.Today)
	single := truth(alone)
	if alone {
		single = single.With(words.T(ctx, "casefile.single_of", casefile.Marital.Key(h.head().Marital), names(children)))
	}
	items = append(items, ui.Item{Key: "casefile.single_parent", Value: single})
	for _, special := range casefile.Specials(h.People, h.Particulars, h.Today) {
		because := words.T(ctx, "casefile.special_ticked")
		if len(special.People) > 0 {
			because = names(special.People).In(ctx)
		}
		items = append(items, ui.Item{Key: "casefile.specials", Value: ui.Word(special.Key()).With(because)})
	}
	return items
}

// clears says which of the five are clear 五清.
func (h Household) clears() []ui.Item {
	s := casefile.Situation{File: h.File, Causes: h.Causes, People: h.People, Economy: h.Economy, Particulars: h.Particulars}
	var items []ui.Item
	for _, c := range s.Clears() {
		tag := ui.Tag{Key: "casefile.clear_not", Tone: ui.Due}
		if c.Is {
			tag = ui.Tag{Key: "casefile.clear_is", Tone: ui.Plain}
		}
		items = append(items, ui.Item{Key: c.Key, Value: ui.State(tag)})
	}
	return items
}

// codedAll writes several values of a code list.
func codedAll(ctx context.Context, l casefile.List, values []string) string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = words.T(ctx, l.Key(v))
	}
	return words.Listing(all).In(ctx)
}

// names lists people by name.
func names(people []casefile.Person) words.List {
	all := make(words.List, len(people))
	for i, p := range people {
		all[i] = p.Name
	}
	return all
}

// truth is yes or no.
func truth(is bool) ui.Cell {
	if is {
		return ui.Word("common.yes")
	}
	return ui.Word("common.no")
}

// yesNo shows an answer that may not be given yet.
func yesNo(answer string) ui.Cell {
	if answer == "" {
		return ui.Cell{}
	}
	return truth(answer == "yes")
}

// opinions lists the opinions of the paper form.
func (h Household) bodyOpinions() ui.TableView {
	t := ui.TableView{Caption: "casefile.body_opinions",
		Columns: []ui.Column{{Key: "casefile.body_of"}, {Key: "casefile.body_wrote"}, {Key: "casefile.opinion_by"}, {Key: "casefile.opinion_on"}}}
	for _, o := range h.BodyOpinions {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.Word(o.Body.Key()), ui.Text(o.Opinion), ui.Text(o.GivenBy), ui.Day(o.GivenOn)}})
	}
	return t
}
