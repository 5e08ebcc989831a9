package casefilepage

import (
	"context"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// PrintsPath is where a file is printed, in a version when it is not zero.
func PrintsPath(id work.FileID, version int) string {
	if version == 0 {
		return FilePath(id) + "/prints"
	}
	return FilePath(id) + "/prints?version=" + strconv.Itoa(version)
}

// CodePath says what became of a print.
func CodePath(p casefile.Print) string { return layout.CodePath(p.Code()) }

// SheetPath is the print itself.
func SheetPath(p casefile.Print) string { return CodePath(p) + "/sheet" }

// PrintsView asks what to print, and lists what was printed.
type PrintsView struct {
	layout.Page
	File   casefile.File
	Prints []casefile.Print
	Next   string // address of older prints; "" = none
}

// FormView is one of the forms of a file on paper.
type FormView struct {
	layout.Sheet
	Facts    casefile.Facts
	Verdict  *eligibility.Verdict // nil = not judged yet
	Opinions []ui.Opinion         // of the application form
	Full     bool                 // numbers in the clear
	On       day.Date             // of the print
}

// CodeView says of a print what changed since.
type CodeView struct {
	layout.Page
	Print       casefile.Print
	File        casefile.File // of a print of one file
	Last        casefile.Version
	Differences []casefile.Difference
	Changed     []casefile.Changed // of a roster
	Paper       bool               // of a record beside the file's own facts
	Holds       bool               // a Paper still says what the record says
	MayPrint    bool
}

// number writes an ID number as the print may show it.
func number(n idcard.Number, full bool) string {
	if full {
		return string(n)
	}
	return n.Masked()
}

// phone writes a phone as the print may show it.
func phone(n string, full bool) string {
	if full {
		return n
	}
	return idcard.MaskPhone(n)
}

// card writes a card number as the print may show it.
func card(a *casefile.Account, full bool) string {
	switch {
	case a == nil:
		return ""
	case full:
		return a.Number
	}
	return idcard.MaskCard(a.Number)
}

// pairs puts facts into rows of three labels with their values.
func pairs(facts []casefile.Fact) [][]casefile.Fact {
	var rows [][]casefile.Fact
	for len(facts) > 0 {
		n := min(3, len(facts))
		rows = append(rows, facts[:n:n])
		facts = facts[n:]
	}
	return rows
}

// fact makes a fact.
func fact(label words.Key, value any) casefile.Fact { return casefile.Fact{Label: label, Value: value} }

// about are the facts of a person with the numbers in their place.
func (v FormView) about(m casefile.Member) []casefile.Fact {
	facts := []casefile.Fact{}
	for _, f := range m.Told() {
		facts = append(facts, measured(f))
		if f.Label == "casefile.name" {
			facts = append(facts, fact("casefile.id_number", number(m.Person.Number, v.Full)), fact("casefile.phone", phone(m.Phone, v.Full)),
				fact("casefile.contact", phone(m.Contact, v.Full)))
		}
	}
	return facts
}

// applicant are the facts of the head that the application form asks for.
func (v FormView) applicant() []casefile.Fact {
	head := v.Facts.Head()
	wanted := map[words.Key]bool{"casefile.name": true, "casefile.id_number": true, "casefile.phone": true, "casefile.birth": true, "casefile.sex": true,
		"casefile.ethnicity": true, "casefile.political": true, "casefile.marital": true, "casefile.registration": true, "casefile.identity": true,
		"casefile.health": true, "casefile.illness": true, "casefile.disability": true, "casefile.grade": true, "casefile.insurance": true, "casefile.work_status": true, "casefile.employer": true,
		"casefile.model": true}
	var facts []casefile.Fact
	for _, f := range v.about(head) {
		if wanted[f.Label] {
			facts = append(facts, f)
		}
	}
	return facts
}

// cover are the facts of the household's cover.
func (v FormView) cover() []casefile.Fact {
	facts := []casefile.Fact{fact("casefile.office", v.Facts.Office)}
	for _, f := range v.Facts.Told() {
		facts = append(facts, measured(f))
	}
	return facts
}

// measured writes what a bare number leaves open: the unit of an area, the degree of a disability.
func measured(f casefile.Fact) casefile.Fact {
	n, ok := f.Value.(int)
	switch {
	case ok && f.Label == "casefile.floor_area":
		f.Value = area(n)
	case ok && f.Label == "casefile.grade":
		f.Value = words.Key("casefile.grade." + strconv.Itoa(n))
	}
	return f
}

// area writes a floor area with the class it falls in.
func area(m2 int) words.Message { return words.Saying("casefile.area_is", m2, casefile.AreaClass(m2)) }

// yuan writes an amount with its unit.
func yuan(a money.Amount) words.Message { return words.Saying("casefile.print.yuan", a) }

// home are the facts of the housing, on the application form.
func (v FormView) home() []casefile.Fact {
	f := v.Facts.Cover
	var facts []casefile.Fact
	if f.Housing != "" {
		facts = append(facts, fact("casefile.housing_kind", casefile.HousingKinds.Key(f.Housing)))
	} else {
		facts = append(facts, fact("casefile.housing_kind", nil))
	}
	if f.HousingM2 > 0 {
		return append(facts, fact("casefile.floor_area", area(f.HousingM2)))
	}
	return append(facts, fact("casefile.floor_area", nil))
}

// bank are the facts of the card in use.
func (v FormView) bank() []casefile.Fact {
	a := v.Facts.Card
	if a == nil {
		a = &casefile.Account{}
	}
	return []casefile.Fact{fact("casefile.card_number", card(v.Facts.Card, v.Full)), fact("casefile.card_holder", a.Holder),
		fact("casefile.card_bank", a.Bank), fact("casefile.card_branch", a.Branch)}
}

// total is a sum of the form, with its label.
type total struct {
	label  words.Key
	amount money.Amount
	known  bool
}

// capitals writes the sum as vouchers do 大写 (ux.md U48); nothing while it is not known.
func (t total) capitals() string {
	if !t.known {
		return ""
	}
	return t.amount.Capitals()
}

// value writes the sum with its unit; nil while it is not known.
func (t total) value() any {
	if !t.known {
		return nil
	}
	return yuan(t.amount)
}

// totals are the sums of the twelve months and the monthly figure per head as it was judged; what nobody told is empty, not zero.
func (v FormView) totals() []total {
	var all []total
	for _, side := range casefile.Sides {
		sum, err := v.Facts.Economy.Sum(side)
		if err != nil { // no accepted form adds up to more than can be counted
			sum = money.Max
		}
		all = append(all, total{words.Key("casefile.side_sum." + string(side)), sum, !v.Facts.Economy.Until.IsZero()})
	}
	monthly := total{label: "casefile.print.monthly"}
	if v.Verdict != nil {
		monthly.amount, monthly.known = v.Verdict.Monthly, true
	}
	return append(all, monthly)
}

// sums are the totals as boxes.
func (v FormView) sums() []casefile.Fact {
	var facts []casefile.Fact
	for _, t := range v.totals() {
		facts = append(facts, fact(t.label, t.value()))
	}
	return facts
}

// owed lists the arrears of wages and insurance that stand open.
func (v FormView) owed() []casefile.Fact {
	var facts []casefile.Fact
	for _, a := range v.Facts.Arrears {
		if a.SettledOn.IsZero() {
			facts = append(facts, fact(a.Kind.Key(), yuan(a.Amount)))
		}
	}
	return facts
}

// figures lists every line of the twelve months.
func (v FormView) figures() []casefile.Fact {
	var facts []casefile.Fact
	for _, side := range casefile.Sides {
		for _, kind := range casefile.Kinds[side] {
			if amount := v.Facts.Economy.Of(side, kind); amount > 0 {
				facts = append(facts, fact(kind.Key(side), yuan(amount)))
			}
		}
	}
	return facts
}

// others lists the household without its head, with empty rows to fill in by hand up to the least number.
func (v FormView) others(least int) []casefile.Member {
	var members []casefile.Member
	for _, m := range v.Facts.People {
		if m.Relation != casefile.Head {
			members = append(members, m)
		}
	}
	for len(members) < least {
		members = append(members, casefile.Member{})
	}
	return members
}

// relationTo says a member's relation; nothing on an empty row.
func relationTo(ctx context.Context, m casefile.Member) string {
	if m.Relation == "" {
		return ""
	}
	return words.T(ctx, relationKey(m.Relation).Key)
}

// age writes a person's age on the day of the print; nothing on an empty row.
func (v FormView) age(m casefile.Member) string {
	if m.Birth.IsZero() {
		return ""
	}
	return strconv.Itoa(m.Birth.Age(v.On))
}

// word says a coded value; nothing for an empty one.
func word(ctx context.Context, list casefile.List, value string) string {
	if value == "" {
		return ""
	}
	return words.T(ctx, list.Key(value))
}

// printTable lists prints of a file.
func printTable(ctx context.Context, prints []casefile.Print) ui.TableView {
	t := ui.TableView{Caption: "casefile.print.earlier", HideCaption: true, Columns: []ui.Column{{Key: "casefile.print.kind"}, {Key: "casefile.version.number"},
		{Key: "casefile.print.at"}, {Key: "casefile.print.numbers"}, {Key: "casefile.print.code"}},
		Empty: ui.EmptyView{Title: "casefile.print.none", Body: "casefile.print.none_hint"}}
	for _, p := range prints {
		numbers := ui.Word("casefile.print.masked")
		if p.Reason != "" {
			numbers = ui.Word("casefile.print.full").With(words.T(ctx, p.Reason.Key()))
		}
		t.Rows = append(t.Rows, ui.Row{Href: CodePath(p), Cells: []ui.Cell{ui.Word(p.Kind.Key()), ui.Word("casefile.version.nth", p.Version),
			ui.Text(words.Minute(p.At)).With(p.ByName), numbers, ui.Text(p.Code())}})
	}
	return t
}

// facts are what is known of a print.
func (v CodeView) facts(ctx context.Context) []ui.Item {
	p := v.Print
	items := []ui.Item{{Key: "casefile.print.kind", Value: ui.Word(p.Kind.Key())}}
	if p.Kind == casefile.RosterForm {
		items = append(items, ui.Item{Key: "casefile.print.list", Value: ui.Word(p.List.Key())}, ui.Item{Key: "casefile.print.class", Value: ui.Word(classKey(p.Class))},
			ui.Item{Key: "casefile.print.files", Value: ui.Count(len(p.Roster))})
	} else {
		items = append(items, ui.Item{Key: "casefile.head_name", Value: ui.Link(words.Say(ctx, v.File.Name()), FilePath(v.File.ID))},
			ui.Item{Key: "casefile.version.number", Value: ui.Link(words.T(ctx, "casefile.version.nth", p.Version), VersionPath(p.FileID, p.Version))})
	}
	numbers := ui.Word("casefile.print.masked")
	if p.Reason != "" {
		numbers = ui.Word("casefile.print.full").With(words.T(ctx, p.Reason.Key()))
	}
	return append(items, ui.Item{Key: "casefile.print.at", Value: ui.Text(words.Minute(p.At)).With(p.ByName + " · " + p.Office)},
		ui.Item{Key: "casefile.print.numbers", Value: numbers}, ui.Item{Key: "casefile.version.hash", Value: ui.Text(p.Short())})
}

// state says at once whether the paper still tells the truth.
func (v CodeView) state() ui.Banner {
	if v.Print.Kind == casefile.RosterForm {
		if len(v.Changed) == 0 {
			return ui.Banner{Tone: ui.Good, Title: "casefile.print.same_roster"}
		}
		return ui.Banner{Tone: ui.Due, Title: "casefile.print.changed_roster", Args: []any{len(v.Changed)}}
	}
	if v.Paper && !v.Holds {
		return ui.Banner{Tone: ui.Due, Title: "casefile.print.paper_changed"}
	}
	if v.Paper {
		return ui.Banner{Tone: ui.Good, Title: "casefile.print.paper_same"}
	}
	if v.Print.Version == v.Last.Number {
		return ui.Banner{Tone: ui.Good, Title: "casefile.print.same"}
	}
	return ui.Banner{Tone: ui.Due, Title: "casefile.print.changed", Args: []any{v.Last.Number, v.Last.At}}
}
