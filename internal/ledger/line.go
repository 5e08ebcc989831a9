package ledger

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/words"
)

// Fault is what is wrong with a row, at which field: a key with its arguments, which never hold an ID or phone number.
type Fault struct {
	Row   int       `json:"row,omitempty"` // of what ended an import; a row's own faults do not repeat it
	Field Field     `json:"field,omitempty"`
	Key   words.Key `json:"key"`
	Args  []any     `json:"args,omitempty"`
}

// Message says the fault, after the name of its field.
func (f Fault) Message() words.Message {
	said := words.Saying(f.Key, f.Args...)
	switch {
	case f.Row != 0:
		return words.Saying("ledger.fault.in_row", f.Row, said)
	case f.Field == NotTaken:
		return said
	}
	return words.Saying("ledger.fault.at", f.Field, said)
}

// Line is one row of a ledger as it was read.
type Line struct {
	Row     int
	Key     string // of the household; "" where the ledger has no such column or the cell is empty
	Person  casefile.Person
	Housing casefile.Housing
	Causes  []casefile.Cause // in the order of the cell
	Card    *casefile.NewCard
	Figures []casefile.IntakeFigure // whose they are is said by the household
	Old     Old
	Faults  []Fault // why the row is not taken
	Notes   []Fault // what is left out of it when it is taken
}

// Old is what the ledger says that has no place in a file.
type Old struct {
	Number   string
	Category string
	On       day.Date
	Monthly  *money.Amount // per head
	Yearly   *money.Amount // of the household
	Aid      *money.Amount // all aid so far
	Remark   string
}

// fail notes what is wrong at a field.
func (l *Line) fail(f Field, key words.Key, args ...any) {
	l.Faults = append(l.Faults, Fault{Field: f, Key: key, Args: args})
}

// note says what is left out of a field of a row that is taken.
func (l *Line) note(f Field, key words.Key, args ...any) {
	l.Notes = append(l.Notes, Fault{Field: f, Key: key, Args: args})
}

// forgive makes notes of what is wrong with optional fields: none of these values has been taken.
func (l *Line) forgive() {
	kept := l.Faults[:0]
	for _, fault := range l.Faults {
		if fault.Field.optional() {
			l.Notes = append(l.Notes, fault)
		} else {
			kept = append(kept, fault)
		}
	}
	l.Faults = kept
}

// said tells whether a fault of the field is noted.
func (l *Line) said(f Field) bool {
	for _, fault := range l.Faults {
		if fault.Field == f {
			return true
		}
	}
	return false
}

// read reads one row by the columns. Everything wrong with it is in Faults.
func (r *reader) read(ctx context.Context, columns []Field, row int, cells []string) Line {
	l := Line{Row: row}
	var sex, birth, headID, household string
	var purse purse
	for i, f := range columns {
		if i >= len(cells) || cells[i] == "" || f == NotTaken {
			continue
		}
		cell := cells[i]
		switch f {
		case Household:
			household = cell
		case HeadID:
			headID = cell
		case Sex:
			sex = cell
		case Birth:
			birth = cell
		case Card, Bank, Branch:
			purse.take(&l, f, cell)
		default:
			r.take(ctx, &l, f, cell)
		}
	}
	if l.Person.Name == "" && !l.said(Name) {
		l.fail(Name, "ledger.fault.missing")
	}
	if l.Person.Number == "" && !l.said(IDNumber) {
		l.fail(IDNumber, "ledger.fault.missing")
	}
	l.Key = household
	if headID != "" && household == "" {
		if n, err := idcard.Parse(headID); err != nil {
			l.fail(HeadID, idFault(headID, err))
		} else {
			l.Key = string(n)
			if n == l.Person.Number && l.Person.Relation == "" {
				l.Person.Relation = casefile.Head
			}
		}
	}
	r.agree(&l, sex, birth)
	purse.close(&l)
	l.settle()
	if r.lenient {
		l.forgive()
	}
	return l
}

// take reads one cell into the line.
func (r *reader) take(ctx context.Context, l *Line, f Field, cell string) {
	p := &l.Person
	switch f {
	case Name:
		p.Name = l.text(f, strings.Join(strings.Fields(cell), ""), 40)
	case IDNumber:
		n, err := idcard.Parse(cell)
		if err != nil || r.rounds && rounded.MatchString(string(n)) {
			l.fail(f, idFault(cell, err))
			r.rounds = r.rounds || rounded.MatchString(cell)
		} else {
			p.Number, p.Birth, p.Sex = n, n.Birth(), n.Sex()
		}
	case Phone:
		var others int
		if p.Phone, others = phone(cell); p.Phone == "" {
			l.fail(f, "ledger.fault.phone")
		} else if others > 0 {
			l.note(f, "ledger.note.phones", others)
		}
	case Address:
		l.Housing.Address = l.text(f, cell, 200)
	case Employer:
		p.Employer = l.text(f, cell, 80)
	case School:
		p.School = l.text(f, cell, 80)
	case Started:
		p.StartedOn = l.day(f, cell, r.today)
	case Contract:
		p.ContractOn = l.day(f, cell, r.today)
	case Grade:
		n, ok := grade(cell)
		if p.Grade = n; !ok {
			l.fail(f, "ledger.fault.word", short(cell))
		}
	case Area:
		if n, ok := metres(cell); ok {
			l.Housing.Metres = n
		} else {
			l.fail(f, "ledger.fault.number", short(cell))
		}
	case Cause:
		r.takeCauses(ctx, l, cell)
	default:
		if !l.takeFigure(f, cell) && !r.takeOld(l, f, cell) {
			r.takeCode(l, f, cell)
		}
	}
}

// takeCauses reads all causes of a cell. A word that names none is left out beside others that do.
func (r *reader) takeCauses(ctx context.Context, l *Line, cell string) {
	known, unknown := r.causes(ctx, cell)
	if len(known) == 0 {
		l.fail(Cause, "ledger.fault.word", short(cell))
		return
	}
	l.Causes = known
	for _, word := range unknown {
		l.note(Cause, "ledger.note.cause", short(word))
	}
}

// takeOld reads a cell that has no place in a file; false when the field is none of these.
func (r *reader) takeOld(l *Line, f Field, cell string) bool {
	switch f {
	case OldNumber:
		l.Old.Number = l.text(f, cell, 60)
	case OldCategory:
		l.Old.Category = l.text(f, cell, 60)
	case Remark:
		l.Old.Remark = l.text(f, cell, 500)
	case OldDate:
		l.Old.On = l.day(f, cell, r.today)
	case Monthly, Yearly, Aid:
		a, ok := amount(cell)
		if !ok {
			l.fail(f, "ledger.fault.amount", short(cell))
			return true
		}
		*map[Field]**money.Amount{Monthly: &l.Old.Monthly, Yearly: &l.Old.Yearly, Aid: &l.Old.Aid}[f] = &a
	default:
		return false
	}
	return true
}

// takeCode reads a word of a code list.
func (r *reader) takeCode(l *Line, f Field, cell string) {
	p := &l.Person
	target := map[Field]struct {
		list casefile.List
		to   *string
	}{
		Relation: {casefile.Relations, &p.Relation}, Ethnicity: {casefile.Ethnicity, &p.Ethnicity},
		Political: {casefile.Political, &p.Political}, Marital: {casefile.Marital, &p.Marital},
		Registration: {casefile.Registration, &p.Registration}, Health: {casefile.Health, &p.Health},
		Illness: {casefile.Illness, &p.Illness}, Disability: {casefile.Disability, &p.Disability},
		Insurance: {casefile.Insurance, &p.Insurance}, Identity: {casefile.Identity, &p.Identity},
		WorkStatus: {casefile.WorkStatus, &p.WorkStatus}, Ownership: {casefile.Ownership, &p.Ownership},
		Model: {casefile.ModelWorker, &p.ModelWorker}, Housing: {casefile.HousingKinds, &l.Housing.Kind},
	}[f]
	value, ok := r.code(target.list, cell)
	if !ok {
		l.fail(f, "ledger.fault.word", short(cell))
		return
	}
	*target.to = value
}

// agree compares what the ledger says of sex and birth with the ID number, which both are taken from.
func (r *reader) agree(l *Line, sex, birth string) {
	if l.Person.Number == "" {
		return
	}
	if l.Person.Birth.After(r.today) {
		l.fail(IDNumber, "ledger.fault.unborn")
	}
	switch said := bareWord(sex); {
	case said == "":
	case said == "男" || said == "male" || said == "男性" || said == "1":
		if l.Person.Sex != idcard.Male {
			l.fail(Sex, "ledger.fault.sex")
		}
	case said == "女" || said == "female" || said == "女性" || said == "2":
		if l.Person.Sex != idcard.Female {
			l.fail(Sex, "ledger.fault.sex")
		}
	default:
		l.fail(Sex, "ledger.fault.word", short(sex))
	}
	if birth == "" {
		return
	}
	at, ok := date(birth)
	switch {
	case !ok:
		l.fail(Birth, "ledger.fault.date", short(birth))
	case at != l.Person.Birth && !(at.Day() == 1 && at.Year() == l.Person.Birth.Year() && at.Month() == l.Person.Birth.Month()):
		l.fail(Birth, "ledger.fault.birth")
	}
}

// text takes a text that has to fit its field.
func (l *Line) text(f Field, cell string, most int) string {
	if utf8.RuneCountInString(cell) > most {
		l.fail(f, "ledger.fault.long", most)
		return ""
	}
	if form.HasMarkup(cell) {
		l.fail(f, "ledger.fault.markup")
		return ""
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, cell)
}

// day takes a day that is not to come.
func (l *Line) day(f Field, cell string, today day.Date) day.Date {
	at, ok := date(cell)
	switch {
	case !ok:
		l.fail(f, "ledger.fault.date", short(cell))
	case at.After(today):
		l.fail(f, "ledger.fault.future", at.String())
		return day.Date{}
	}
	return at
}

// idFault says what is wrong with an ID number, and how it came about where that is plain: a spreadsheet that takes the
// number for a figure keeps fifteen digits and fills up with zeros. Who really has such a number is registered by hand.
func idFault(cell string, err error) words.Key {
	if err == nil || rounded.MatchString(cell) {
		return "ledger.fault.id_rounded"
	}
	switch {
	case errors.Is(err, idcard.ErrFifteen):
		return "ledger.fault.id_fifteen"
	case errors.Is(err, idcard.ErrLength):
		return "ledger.fault.id_length"
	case errors.Is(err, idcard.ErrCharacter):
		return "ledger.fault.id_character"
	case errors.Is(err, idcard.ErrBirth):
		return "ledger.fault.id_birth"
	}
	return "ledger.fault.id_checksum"
}

// rounded is what a spreadsheet leaves of an ID number that it took for a figure.
var rounded = regexp.MustCompile(`^[0-9]{15}000$|[0-9]E\+1[0-9]$`)

// digits are as many as an ID, card or phone number has: a message does not repeat them, whatever column they stand in.
var digits = regexp.MustCompile(`[0-9０-９]{7,}[XxＸｘ]?`)

// short is what a message repeats of a cell.
func short(cell string) string {
	cell = digits.ReplaceAllString(cell, "***")
	if runes := []rune(cell); len(runes) > 20 {
		return string(runes[:20]) + "…"
	}
	return cell
}
