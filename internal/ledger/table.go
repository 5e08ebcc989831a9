package ledger

import (
	"context"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/idcard"
	"bangfu/internal/sheet"
	"bangfu/internal/words"
)

// table writes files as rows of one layout.
type table struct {
	layout Layout
	full   bool
	today  day.Date
}

// tableOf makes the table of an export.
func tableOf(e Export, today day.Date) table { return table{e.Layout, e.Full, today} }

// source is what a row is written from: a file, and one of its people.
type source struct {
	table
	file   casefile.Whole
	person casefile.Person
}

// column is one column: its head, and its cell of a row.
type column struct {
	key  words.Key
	cell func(context.Context, source) sheet.Cell
}

// The columns that several layouts have.
var (
	numberColumn   = column{"ledger.export.number", func(_ context.Context, s source) sheet.Cell { return sheet.Text(s.file.Number) }}
	stateColumn    = column{"ledger.export.state", func(ctx context.Context, s source) sheet.Cell { return say(ctx, s.file.State.Key()) }}
	nameColumn     = column{"ledger.field.name", func(_ context.Context, s source) sheet.Cell { return sheet.Text(s.person.Name) }}
	idColumn       = column{"ledger.field.id", func(_ context.Context, s source) sheet.Cell { return sheet.Text(s.number()) }}
	sexColumn      = column{"ledger.field.sex", func(ctx context.Context, s source) sheet.Cell { return s.sex(ctx) }}
	birthColumn    = column{"ledger.field.birth", func(_ context.Context, s source) sheet.Cell { return sheet.Date(s.person.Birth) }}
	phoneColumn    = column{"ledger.field.phone", func(_ context.Context, s source) sheet.Cell { return sheet.Text(s.phone()) }}
	addressColumn  = column{"ledger.field.address", func(_ context.Context, s source) sheet.Cell { return sheet.Text(s.file.Address) }}
	peopleColumn   = column{"ledger.export.people", func(_ context.Context, s source) sheet.Cell { return sheet.Number(s.file.People) }}
	categoryColumn = column{"ledger.export.category", func(ctx context.Context, s source) sheet.Cell {
		if s.file.Category == "" {
			return sheet.Text("")
		}
		return say(ctx, s.file.Category.Key())
	}}
	levelColumn = column{"ledger.export.level", func(ctx context.Context, s source) sheet.Cell {
		if level := s.file.Category.Level(); level != eligibility.NoLevel {
			return say(ctx, casefile.Levels.Key(string(level)))
		}
		return sheet.Text("")
	}}
	officeColumn   = column{"ledger.office", func(_ context.Context, s source) sheet.Cell { return sheet.Text(s.file.OrgName) }}
	employerColumn = column{"ledger.field.employer", func(_ context.Context, s source) sheet.Cell { return sheet.Text(s.person.Employer) }}
	causeColumn    = column{"ledger.field.cause", func(ctx context.Context, s source) sheet.Cell { return s.cause(ctx, 0) }}
	monthlyColumn  = column{"ledger.export.monthly", func(_ context.Context, s source) sheet.Cell {
		if s.file.Monthly == nil {
			return sheet.Text("")
		}
		return sheet.Money(*s.file.Monthly)
	}}
	activeColumn = column{"ledger.export.active_on", func(_ context.Context, s source) sheet.Cell { return sheet.Date(day.On(s.file.ActivatedAt)) }}
	relation     = column{"ledger.field.relation", func(ctx context.Context, s source) sheet.Cell { return s.relation(ctx) }}
)

// coded is a column of a code list.
func coded(key words.Key, list casefile.List, value func(casefile.Person) string) column {
	return column{key, func(ctx context.Context, s source) sheet.Cell {
		if v := value(s.person); v != "" {
			return say(ctx, list.Key(v))
		}
		return sheet.Text("")
	}}
}

// personal are the columns of a person that the file table and the roster share (domain.md b.2).
var personal = []column{
	coded("ledger.field.ethnicity", casefile.Ethnicity, func(p casefile.Person) string { return p.Ethnicity }),
	coded("ledger.field.political", casefile.Political, func(p casefile.Person) string { return p.Political }),
	coded("ledger.field.marital", casefile.Marital, func(p casefile.Person) string { return p.Marital }),
	coded("ledger.field.registration", casefile.Registration, func(p casefile.Person) string { return p.Registration }),
	coded("ledger.field.identity", casefile.Identity, func(p casefile.Person) string { return p.Identity }),
	coded("ledger.field.health", casefile.Health, func(p casefile.Person) string { return p.Health }),
	coded("ledger.field.illness", casefile.Illness, func(p casefile.Person) string { return p.Illness }),
	coded("ledger.field.disability", casefile.Disability, func(p casefile.Person) string { return p.Disability }),
	{"ledger.field.grade", func(_ context.Context, s source) sheet.Cell {
		if s.person.Grade == 0 {
			return sheet.Text("")
		}
		return sheet.Text(strconv.Itoa(s.person.Grade))
	}},
	coded("ledger.field.insurance", casefile.Insurance, func(p casefile.Person) string { return p.Insurance }),
	employerColumn,
	coded("ledger.field.ownership", casefile.Ownership, func(p casefile.Person) string { return p.Ownership }),
	coded("ledger.field.work_status", casefile.WorkStatus, func(p casefile.Person) string { return p.WorkStatus }),
	{"ledger.field.started", func(_ context.Context, s source) sheet.Cell { return sheet.Date(s.person.StartedOn) }},
	{"ledger.field.contract", func(_ context.Context, s source) sheet.Cell { return sheet.Date(s.person.ContractOn) }},
	coded("ledger.field.model", casefile.ModelWorker, func(p casefile.Person) string { return p.ModelWorker }),
	{"ledger.field.school", func(_ context.Context, s source) sheet.Cell { return sheet.Text(s.person.School) }},
}

// columnsOf lists the columns of a layout.
func columnsOf(l Layout) []column {
	switch l {
	case FileTable:
		return slices.Concat([]column{numberColumn, levelColumn, categoryColumn, nameColumn, sexColumn, birthColumn, idColumn, phoneColumn, addressColumn},
			personal, []column{peopleColumn, monthlyColumn,
				{"ledger.field.housing", func(ctx context.Context, s source) sheet.Cell {
					if s.file.Housing == "" {
						return sheet.Text("")
					}
					return say(ctx, casefile.HousingKinds.Key(s.file.Housing))
				}},
				{"ledger.field.area", func(_ context.Context, s source) sheet.Cell { return sheet.Number(s.file.HousingM2) }},
				causeColumn,
				{"ledger.export.second_cause", func(ctx context.Context, s source) sheet.Cell { return s.cause(ctx, 1) }},
				{"ledger.export.bank", func(_ context.Context, s source) sheet.Cell { return sheet.Text(s.file.Bank) }},
				{"ledger.export.branch", func(_ context.Context, s source) sheet.Cell { return sheet.Text(s.file.Branch) }},
				{"ledger.export.card", func(_ context.Context, s source) sheet.Cell { return sheet.Text(s.file.Card) }},
				stateColumn, activeColumn, officeColumn,
				{"ledger.export.registrar", func(_ context.Context, s source) sheet.Cell { return sheet.Text(s.file.RegistrarName) }}})
	case Roster:
		return slices.Concat([]column{numberColumn,
			{"ledger.export.head", func(_ context.Context, s source) sheet.Cell { return sheet.Text(s.file.HeadName) }},
			relation, nameColumn, sexColumn, birthColumn,
			{"ledger.export.age", func(_ context.Context, s source) sheet.Cell { return sheet.Number(s.person.Birth.Age(s.today)) }},
			idColumn, phoneColumn}, personal, []column{categoryColumn, officeColumn})
	}
	return []column{numberColumn, stateColumn, categoryColumn, nameColumn, idColumn, phoneColumn, peopleColumn, monthlyColumn, causeColumn,
		employerColumn, addressColumn, officeColumn,
		{"ledger.export.registered_on", func(_ context.Context, s source) sheet.Cell { return sheet.Date(day.On(s.file.RegisteredAt)) }},
		activeColumn}
}

// columnKeys names the columns of a layout, for the trail.
func columnKeys(l Layout) []words.Key {
	var keys []words.Key
	for _, c := range columnsOf(l) {
		keys = append(keys, c.key)
	}
	return keys
}

// heads is the first row.
func (t table) heads(ctx context.Context) []sheet.Cell {
	var row []sheet.Cell
	for _, key := range columnKeys(t.layout) {
		row = append(row, say(ctx, key))
	}
	return row
}

// write writes the rows of one file and counts them.
func (t table) write(ctx context.Context, w *sheet.Writer, f casefile.Whole) (int, error) {
	people := []casefile.Person{f.HeadOf()}
	if t.layout == Roster {
		people = f.Members
	}
	columns := columnsOf(t.layout)
	row := make([]sheet.Cell, len(columns))
	for n, p := range people {
		for i, c := range columns {
			row[i] = c.cell(ctx, source{t, f, p})
		}
		if err := w.Row(row...); err != nil {
			return n, err
		}
	}
	return len(people), nil
}

func say(ctx context.Context, key words.Key) sheet.Cell { return sheet.Text(words.T(ctx, key)) }

// number is the ID number as the wish allows.
func (s source) number() string {
	if s.full || s.person.Number == "" {
		return string(s.person.Number)
	}
	return s.person.Number.Masked()
}

// phone is the phone as the wish allows.
func (s source) phone() string {
	if s.full || s.person.Phone == "" {
		return s.person.Phone
	}
	return idcard.MaskPhone(s.person.Phone)
}

func (s source) sex(ctx context.Context) sheet.Cell {
	if s.person.Sex == "" {
		return sheet.Text("")
	}
	if s.person.Sex == idcard.Male {
		return say(ctx, "ledger.export.male")
	}
	return say(ctx, "ledger.export.female")
}

func (s source) relation(ctx context.Context) sheet.Cell {
	if s.person.Relation == casefile.Head {
		return say(ctx, "casefile.head")
	}
	return say(ctx, casefile.Relations.Key(s.person.Relation))
}

func (s source) cause(ctx context.Context, position int) sheet.Cell {
	if position >= len(s.file.Causes) {
		return sheet.Text("")
	}
	return say(ctx, s.file.Causes[position].Key())
}
