package ledger

import (
	"context"
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/sheet"
	"bangfu/internal/words"
)

// table writes files as rows of one layout, under the words under which the prints tell the same.
type table struct {
	layout Layout
	full   bool
	today  day.Date
}

// tablesOf lists the tables of an export: the file table of a workbook has the members of the households in a second one.
func tablesOf(e Export, today day.Date) []table {
	tables := []table{{e.Layout, e.Full, today}}
	if e.Layout == FileTable && e.Format == sheet.XLSX {
		tables = append(tables, table{memberTable, e.Full, today})
	}
	return tables
}

// memberTable is the second sheet of the file table: the members of the households, without their heads.
const memberTable Layout = "members"

// heads is the first row.
func (t table) heads(ctx context.Context) []sheet.Cell {
	var row []sheet.Cell
	for _, key := range t.keys() {
		row = append(row, sheet.Text(words.T(ctx, key)))
	}
	return row
}

// keys names the columns.
func (t table) keys() []words.Key {
	var keys []words.Key
	for _, fact := range t.row(casefile.Whole{}, casefile.Person{}) {
		keys = append(keys, fact.Label)
	}
	return keys
}

// write writes the rows of one file and counts them.
func (t table) write(ctx context.Context, w *sheet.Writer, f casefile.Whole) (int, error) {
	people := []casefile.Person{f.Facts.Head().Person}
	switch {
	case t.layout == Roster:
		people = f.Facts.Persons()
	case t.layout == memberTable:
		people = slices.DeleteFunc(f.Facts.Persons(), func(p casefile.Person) bool { return p.Relation == casefile.Head })
	}
	for n, p := range people {
		facts := t.row(f, p)
		row := make([]sheet.Cell, len(facts))
		for i, fact := range facts {
			row[i] = cell(ctx, fact.Value)
		}
		if err := w.Row(row...); err != nil {
			return n, err
		}
	}
	return len(people), nil
}

// cell writes a fact so that a spreadsheet can count and sort by it.
func cell(ctx context.Context, value any) sheet.Cell {
	switch v := value.(type) {
	case int:
		return sheet.Number(v)
	case money.Amount:
		return sheet.Money(v)
	case day.Date:
		return sheet.Date(v)
	}
	return sheet.Text(words.Say(ctx, value))
}

// row is one row: a file, and one of its people.
func (t table) row(f casefile.Whole, p casefile.Person) []casefile.Fact {
	switch t.layout {
	case FileTable:
		return t.household(f, p)
	case Roster, memberTable:
		return t.member(f, p)
	}
	return t.cover(f, p)
}

// cover is a row of the list: what tells one household from another.
func (t table) cover(f casefile.Whole, head casefile.Person) []casefile.Fact {
	fields, person := f.Facts.Fields(), t.person(head)
	return slices.Concat(pick(fields, "casefile.number", "casefile.state", "casefile.category"),
		pick(person, "casefile.name", "casefile.id_number", "casefile.phone"), pick(fields, "casefile.people"),
		[]casefile.Fact{monthly(f)}, f.Facts.ToldCauses()[:1],
		pick(person, "casefile.employer"), pick(fields, "casefile.address"), filed(f))
}

// household is a row of the file table 档案表, every field of the national form (domain.md b.2): the cover, the head, what
// is told of the household, its twelve months by kind, the card and the opinions of the paper form.
func (t table) household(f casefile.Whole, head casefile.Person) []casefile.Fact {
	fields := f.Facts.Fields()
	labels := []words.Key{"casefile.number", "casefile.old_number", "casefile.level", "casefile.category"}
	first := pick(fields, labels...)
	rest := slices.DeleteFunc(fields, func(fact casefile.Fact) bool { return slices.Contains(labels, fact.Label) })
	return slices.Concat(first, t.person(head)[1:], []casefile.Fact{ownMonthly(f, head)}, rest, f.Facts.Computed(t.today),
		f.Facts.ToldCauses(), economy(f), card(f.Facts.Card), opinions(f.Facts.Opinions), filed(f))
}

// member is a row of the roster 花名册: a person, and whose household it is.
func (t table) member(f casefile.Whole, p casefile.Person) []casefile.Fact {
	fields := f.Facts.Fields()
	row := append(pick(fields, "casefile.number"), casefile.Fact{Label: "ledger.export.head", Value: f.Facts.Head().Name})
	var age any
	if !p.Birth.IsZero() {
		age = p.Birth.Age(t.today)
	}
	row = append(append(row, t.person(p)...), casefile.Fact{Label: "ledger.export.age", Value: age}, ownMonthly(f, p))
	return append(append(row, pick(fields, "casefile.category")...), casefile.Fact{Label: "casefile.office", Value: f.Cover.OrgName})
}

// person lists the fields of a person, the relation first, with the numbers as the wish allows.
func (t table) person(p casefile.Person) []casefile.Fact {
	id, phone, contact := string(p.Number), p.Phone, p.Contact
	if !t.full {
		id, phone, contact = p.Number.Masked(), idcard.MaskPhone(phone), idcard.MaskPhone(contact)
	}
	told := p.Told()
	return slices.Insert(told, 2, casefile.Fact{Label: "casefile.id_number", Value: id}, casefile.Fact{Label: "casefile.phone", Value: phone},
		casefile.Fact{Label: "casefile.contact", Value: contact})
}

// ownMonthly is a person's average monthly income 本人月平均收入; empty before anybody told the twelve months.
func ownMonthly(f casefile.Whole, p casefile.Person) casefile.Fact {
	fact := casefile.Fact{Label: "ledger.export.own_monthly"}
	if own, err := f.Facts.Economy.PersonMonthly(p.ID); err == nil && !f.Facts.Economy.Until.IsZero() {
		fact.Value = own
	}
	return fact
}

// monthly is the income of the household per head and month 家庭月人均收入, before any expenditure, of the twelve months that
// stand beside it: the page of the file says the same.
func monthly(f casefile.Whole) casefile.Fact {
	fact := casefile.Fact{Label: "ledger.export.monthly"}
	if monthly, err := f.Facts.Economy.Monthly(casefile.Income); err == nil && !f.Facts.Economy.Until.IsZero() {
		fact.Value = monthly
	}
	return fact
}

// economy lists the twelve months: each kind and the sum of each side, what is owed still, and the income per head. What
// nobody told is empty, not zero.
func economy(f casefile.Whole) []casefile.Fact {
	var facts []casefile.Fact
	of := f.Facts.Economy
	say := func(label words.Key, amount money.Amount) {
		fact := casefile.Fact{Label: label}
		if !of.Until.IsZero() {
			fact.Value = amount
		}
		facts = append(facts, fact)
	}
	for _, side := range casefile.Sides {
		for _, kind := range casefile.Kinds[side] {
			say(kind.Key(side), of.Of(side, kind))
		}
		sum, err := of.Sum(side)
		if err != nil { // no accepted form adds up to more than can be counted
			sum = money.Max
		}
		say(words.Key("casefile.side_sum."+string(side)), sum)
	}
	for _, kind := range casefile.ArrearsKinds {
		var owed []money.Amount
		for _, a := range f.Facts.Arrears {
			if a.Kind == kind && a.SettledOn.IsZero() {
				owed = append(owed, a.Amount)
			}
		}
		fact := casefile.Fact{Label: words.Key("ledger.export.owed." + string(kind))}
		if sum, err := money.Sum(owed...); err == nil && len(owed) > 0 {
			fact.Value = sum
		}
		facts = append(facts, fact)
	}
	return append(facts, monthly(f))
}

// card lists the card in use; its number is never given out whole.
func card(a *casefile.Account) []casefile.Fact {
	if a == nil {
		a = &casefile.Account{}
	}
	return []casefile.Fact{{Label: "casefile.card_holder", Value: a.Holder}, {Label: "casefile.card_bank", Value: a.Bank},
		{Label: "casefile.card_branch", Value: a.Branch}, {Label: "ledger.export.card", Value: idcard.MaskCard(a.Number)}}
}

// opinions lists what each body wrote on the paper form, with who signed and when.
func opinions(all []casefile.BodyOpinion) []casefile.Fact {
	var facts []casefile.Fact
	for _, body := range casefile.Bodies {
		fact := casefile.Fact{Label: body.Key()}
		if i := slices.IndexFunc(all, func(o casefile.BodyOpinion) bool { return o.Body == body }); i >= 0 {
			fact.Value = words.Saying("ledger.export.opinion", all[i].Opinion, all[i].GivenBy, all[i].GivenOn)
		}
		facts = append(facts, fact)
	}
	return facts
}

// filed says where and when the file was kept, and by whom.
func filed(f casefile.Whole) []casefile.Fact {
	return []casefile.Fact{{Label: "casefile.office", Value: f.Cover.OrgName}, {Label: "ledger.export.registrar", Value: f.Cover.RegistrarName},
		{Label: "ledger.export.registered_on", Value: day.On(f.Cover.RegisteredAt)}, {Label: "ledger.export.active_on", Value: day.On(f.Cover.ActivatedAt)},
		{Label: "ledger.export.closed_on", Value: day.On(f.Cover.ClosedAt)}}
}

// pick takes some facts in the order of their labels.
func pick(facts []casefile.Fact, labels ...words.Key) []casefile.Fact {
	var some []casefile.Fact
	for _, label := range labels {
		i := slices.IndexFunc(facts, func(f casefile.Fact) bool { return f.Label == label })
		some = append(some, facts[i])
	}
	return some
}
