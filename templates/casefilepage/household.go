package casefilepage

import (
	"context"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/words"
	"bangfu/templates/ui"
)

// Household is what a file says about its people, read at once.
type Household struct {
	File         casefile.File
	People       []casefile.Person
	Economy      casefile.Economy
	Arrears      []casefile.Arrears
	Property     *casefile.Property // nil = not asked
	Causes       []casefile.Cause
	Particulars  casefile.Particulars
	BodyOpinions []casefile.BodyOpinion
	Evidence     []casefile.Evidence
	Missing      []casefile.Requirement
	Declarations []casefile.Declaration
	Card         *casefile.Card // the one in use; nil = none
	CardMasked   string
	Proposed     bool // a new card waits for its second person
	Kept         bool // as a version kept it; false = as it stands now
	Today        day.Date
	Reveal       bool              // the reader may ask for numbers in the clear
	Meant        casefile.PersonID // who was looked for; zero = nobody of them
}

// meant is the member who was looked for; nil when it is the head, who gives the page its name, or nobody.
func (h Household) meant() *casefile.Person {
	for i, p := range h.People {
		if p.ID == h.Meant && p.Relation != casefile.Head {
			return &h.People[i]
		}
	}
	return nil
}

// head is the head of the household; an empty person before there is one.
func (h Household) head() casefile.Person {
	if len(h.People) > 0 && h.People[0].Relation == casefile.Head {
		return h.People[0]
	}
	return casefile.Person{}
}

// headFacts are the facts about the head of the household.
func (h Household) headFacts() []ui.Item {
	p := h.head()
	if p.Name == "" {
		return []ui.Item{{Key: "casefile.head_name", Fill: SectionPath(h.File.ID, casefile.HeadSection)}}
	}
	items := []ui.Item{
		{Key: "casefile.head_name", Value: ui.Text(p.Name)},
		{Key: "casefile.id_number", Value: masked(h.File, p, h.Reveal)},
		{Key: "casefile.sex", Value: sexKey(p.Sex)},
		{Key: "casefile.birth", Value: h.birth(p)},
		{Key: "casefile.phone", Value: h.phone(p)},
		{Key: "casefile.contact", Value: maskedContact(p)},
		{Key: "casefile.district", Value: ui.Text(p.District)},
		h.said("casefile.ethnicity", casefile.Ethnicity, p.Ethnicity, casefile.HeadSection),
		{Key: "casefile.political", Value: coded(casefile.Political, p.Political)},
		{Key: "casefile.marital", Value: coded(casefile.Marital, p.Marital)},
		{Key: "casefile.registration", Value: coded(casefile.Registration, p.Registration)},
		{Key: "casefile.identity", Value: coded(casefile.Identity, p.Identity)},
		{Key: "casefile.model", Value: coded(casefile.ModelWorker, p.ModelWorker)},
		{Key: "casefile.health", Value: h.health(p)},
		{Key: "casefile.medication", Value: ui.Text(p.Medication)},
		{Key: "casefile.insurance", Value: coded(casefile.Insurance, p.Insurance)},
	}
	return given(items, "casefile.contact", "casefile.medication")
}

// birth shows a date of birth with the age, and says of whom it is true that they are under age.
func (h Household) birth(p casefile.Person) ui.Cell {
	if p.Minor(h.Today) {
		return ui.Word("casefile.born_minor", p.Birth, p.Birth.Age(h.Today))
	}
	return ui.Word("casefile.born", p.Birth, p.Birth.Age(h.Today))
}

// health shows the health of a person with the illness or disability; an old ledger may name neither.
func (h Household) health(p casefile.Person) ui.Cell {
	switch {
	case p.Health == "ill" && p.Illness != "":
		return ui.Word("casefile.ill_with", casefile.Illness.Key(p.Illness))
	case p.Health == "disabled" && p.Disability != "" && p.Grade != 0:
		return ui.Word("casefile.disabled_with", casefile.Disability.Key(p.Disability), p.Grade)
	}
	return coded(casefile.Health, p.Health)
}

// members lists everybody in the household.
func (h Household) members(ctx context.Context) ui.TableView {
	t := ui.TableView{Caption: "casefile.section.members", HideCaption: true, Columns: []ui.Column{{Key: "casefile.name"},
		{Key: "casefile.birth"}, {Key: "casefile.id_number"}, {Key: "casefile.health"}, {Key: "casefile.work_status"}},
		Empty: ui.EmptyView{Title: "casefile.no_people"}}
	for _, p := range h.People {
		sexAge := words.Key("casefile.sex_age")
		if p.Minor(h.Today) {
			sexAge = "casefile.sex_age_minor"
		}
		t.Rows = append(t.Rows, ui.Row{Marked: p.ID == h.Meant, Cells: []ui.Cell{
			ui.Text(p.Name).With(words.T(ctx, relationKey(p.Relation).Key)),
			ui.Day(p.Birth).With(words.T(ctx, sexAge, sexKey(p.Sex).Key, p.Birth.Age(h.Today))),
			masked(h.File, p, h.Reveal), h.health(p), coded(casefile.WorkStatus, p.WorkStatus).With(p.School)}})
	}
	return t
}

// propertyFacts are what the household has, and the conditions that hold.
func (h Household) propertyFacts() []ui.Item {
	p := h.Property
	if p == nil {
		return []ui.Item{h.unsaid("casefile.homes", casefile.PropertySection)}
	}
	items := []ui.Item{{Key: "casefile.homes", Value: ui.Text(strconv.Itoa(p.Homes))}}
	if p.Metres > 0 {
		items = append(items, ui.Item{Key: "casefile.home_metres", Value: ui.Word("casefile.square_metres", p.Metres)})
	}
	items = append(items, ui.Item{Key: "casefile.savings", Value: ui.Word("casefile.yuan", p.Savings)})
	for _, e := range eligibility.Exclusions[1:] {
		if slices.Contains(p.Ticked, e) {
			items = append(items, ui.Item{Key: "casefile.against", Value: ui.Word(e.Key())})
		}
	}
	if len(p.Ticked) == 0 {
		items = append(items, ui.Item{Key: "casefile.against", Value: ui.Word("casefile.no_condition")})
	}
	if p.Note != "" {
		items = append(items, ui.Item{Key: "casefile.property_note", Value: ui.Text(p.Note)})
	}
	return items
}

// cardFacts are the facts about the card in use.
func (h Household) cardFacts() []ui.Item {
	if h.Card == nil {
		return []ui.Item{h.unsaid("casefile.card_number", casefile.BankSection)}
	}
	href := ""
	if h.Reveal {
		href = CardNumberPath(h.File.ID, h.Card.ID)
	}
	return []ui.Item{
		{Key: "casefile.card_number", Value: ui.Part(ui.Masked(h.CardMasked, href, "casefile.card_number"))},
		{Key: "casefile.card_bank", Value: ui.Text(h.Card.Bank)},
		{Key: "casefile.card_branch", Value: ui.Text(h.Card.Branch)},
		{Key: "casefile.card_holder", Value: ui.Text(h.Card.Holder)},
	}
}

// declarations lists what was signed.
func (h Household) declarations() ui.TableView {
	t := ui.TableView{Caption: "casefile.section.declarations", HideCaption: true,
		Columns: []ui.Column{{Key: "casefile.declared"}, {Key: "casefile.signed_on"}, {Key: "casefile.text_version"}},
		Empty:   ui.EmptyView{Title: "casefile.no_declarations"}}
	for _, d := range h.Declarations {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.Word(d.Kind.Name()), ui.Day(d.SignedOn), ui.Text(d.Version)}})
	}
	return t
}

// papers lists the evidence, each to be downloaded.
func (h Household) papers() ui.TableView {
	t := ui.TableView{Caption: "casefile.section.evidence", HideCaption: true,
		Columns: []ui.Column{{Key: "casefile.paper_kind"}, {Key: "casefile.paper_name"}, {Key: "casefile.paper_size", Numeric: true}, {Key: "casefile.paper_added"}},
		Empty:   ui.EmptyView{Title: "casefile.no_papers"}}
	for _, e := range h.Evidence {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.Word(e.Kind.Key()), ui.Link(e.Name, PaperPath(h.File.ID, e.ID)),
			ui.Text(size(e.Size)).Right(), ui.Text(words.Minute(e.AddedAt)).With(e.AddedBy)}})
	}
	return t
}

// unsaid is an answer that nobody gave yet, with the way to give it; a temporary file is converted first.
func (h Household) unsaid(key words.Key, section casefile.Section) ui.Item {
	if h.File.State == casefile.Temporary {
		return ui.Item{Key: key, Value: ui.Word("casefile.temporary.unsaid")}
	}
	return ui.Item{Key: key, Fill: SectionPath(h.File.ID, section)}
}

// said shows a value of a list, or where it can still be said.
func (h Household) said(key words.Key, of casefile.List, value string, section casefile.Section) ui.Item {
	if value == "" && h.File.State.Editable() {
		return h.unsaid(key, section)
	}
	return ui.Item{Key: key, Value: coded(of, value)}
}
