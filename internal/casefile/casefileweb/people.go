package casefileweb

import (
	"context"
	"strconv"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// options makes the options of a code list on the day of the form.
func options(l casefile.List, h household) []form.Option {
	var all []form.Option
	for _, value := range l.On(h.today) {
		all = append(all, form.Option{Value: value, Key: l.Key(value)})
	}
	return all
}

// grades are the four grades of disability.
func grades() []form.Option {
	all := make([]form.Option, 4)
	for i := range all {
		grade := strconv.Itoa(i + 1)
		all[i] = form.Option{Value: grade, Key: words.Key("casefile.grade." + grade)}
	}
	return all
}

// grade writes a grade as a form does; "" for none.
func grade(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// mostMembers is the largest household a form takes, beside its head.
const mostMembers = 20

// headOf is the head of the household; an empty person before there is one.
func (h household) head() casefile.Person {
	if len(h.people) > 0 && h.people[0].Relation == casefile.Head {
		return h.people[0]
	}
	return casefile.Person{Ethnicity: "han", ModelWorker: "none"}
}

// members are the others.
func (h household) members() []casefile.Person {
	if len(h.people) > 0 && h.people[0].Relation == casefile.Head {
		return h.people[1:]
	}
	return h.people
}

// headFields asks for the head of the household, the ID number first: it gives birth, sex and age (ux.md U24).
func headFields(f *form.Form, h household) {
	p := h.head()
	f.IDNumber("number", "casefile.id_number", form.Required, form.Default(string(p.Number)), form.Hint("casefile.id_hint"))
	f.Text("name", "casefile.name", form.Required, form.Max(40), form.Width(10), form.Default(p.Name))
	f.Phone("phone", "casefile.phone", form.Required, form.Default(p.Phone))
	f.Select("ethnicity", "casefile.ethnicity", options(casefile.Ethnicity, h), form.Required, form.Default(p.Ethnicity))
	f.Choice("registration", "casefile.registration", options(casefile.Registration, h), form.Required, form.Default(p.Registration))
	f.Choice("marital", "casefile.marital", options(casefile.Marital, h), form.Required, form.Default(p.Marital))
	f.Choice("political", "casefile.political", options(casefile.Political, h), form.Required, form.Default(p.Political))
	f.Choice("identity", "casefile.identity", options(casefile.Identity, h), form.Required, form.Default(p.Identity))
	f.Choice("model", "casefile.model", options(casefile.ModelWorker, h), form.Required, form.Default(p.ModelWorker))
	healthFields(f, "", p, h)
	f.Choice("insurance", "casefile.insurance", options(casefile.Insurance, h), form.Required, form.Default(p.Insurance))
}

// healthFields asks for one person's health; prefix is the row's.
func healthFields(f *form.Form, prefix string, p casefile.Person, h household) {
	f.Choice(prefix+"health", "casefile.health", options(casefile.Health, h), form.Required, form.Default(p.Health))
	f.Select(prefix+"illness", "casefile.illness", options(casefile.Illness, h), form.Hint("casefile.illness_hint"), form.Default(p.Illness))
	f.Select(prefix+"disability", "casefile.disability", options(casefile.Disability, h), form.Hint("casefile.disability_hint"), form.Default(p.Disability))
	f.Select(prefix+"grade", "casefile.grade", grades(), form.Default(grade(p.Grade)))
}

// personOf reads what all people have in common: number with what it tells, name and health.
func personOf(f *form.Form, prefix string) casefile.Person {
	number := f.Field(prefix + "number").IDNumber()
	n, _ := strconv.Atoi(f.Field(prefix + "grade").Text()) // empty is no grade; the options allow 1 to 4 only
	p := casefile.Person{Number: number, Birth: number.Birth(), Sex: number.Sex(), Name: f.Field(prefix + "name").Text(),
		Health: f.Field(prefix + "health").Text(), Insurance: f.Field(prefix + "insurance").Text()}
	switch p.Health {
	case "ill":
		p.Illness = f.Field(prefix + "illness").Text()
	case "disabled":
		p.Disability, p.Grade = f.Field(prefix+"disability").Text(), n
	}
	return p
}

// headPerson reads the head of the household.
func headPerson(f *form.Form) casefile.Person {
	p := personOf(f, "")
	p.Phone = f.Field("phone").Phone()
	p.Ethnicity, p.Registration = f.Field("ethnicity").Text(), f.Field("registration").Text()
	p.Marital, p.Political = f.Field("marital").Text(), f.Field("political").Text()
	p.Identity, p.ModelWorker = f.Field("identity").Text(), f.Field("model").Text()
	return p
}

func headDoubts(f *form.Form, h household) []casefile.Doubt {
	return casefile.DoubtsOf([]casefile.Person{headPerson(f)}, h.today)
}

func saveHead(ctx context.Context, u *work.Unit, k *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	return onField("number", casefile.SaveHead(ctx, u, k.Keys, h.file.ID, seen(f), headPerson(f)))
}

// onField ties a refusal about a person to the field with the number, unless it names one itself.
func onField(name string, err error) error {
	if refusal, ok := work.AsRefusal(err); ok && refusal.Field == "" {
		return refusal.On(name)
	}
	return err
}

// memberFields asks for the others in the household, one row each.
func memberFields(f *form.Form, h household) {
	saved, least := h.members(), 0
	if h.fresh {
		least = len(saved)
	}
	for i, row := range f.Rows("member", least, mostMembers) {
		p := casefile.Person{}
		if h.fresh && i < len(saved) {
			p = saved[i]
		}
		f.IDNumber(row.Name("number"), "casefile.id_number", form.Required, form.Default(string(p.Number)))
		f.Text(row.Name("name"), "casefile.name", form.Required, form.Max(40), form.Width(10), form.Default(p.Name))
		f.Select(row.Name("relation"), "casefile.relation", options(casefile.Relations, h), form.Required, form.Default(p.Relation))
		f.Select(row.Name("work_status"), "casefile.work_status", options(casefile.WorkStatus, h), form.Required, form.Default(p.WorkStatus))
		healthFields(f, row.ID()+".", p, h)
		f.Choice(row.Name("insurance"), "casefile.insurance", options(casefile.Insurance, h), form.Required, form.Default(p.Insurance))
		f.Text(row.Name("school"), "casefile.school", form.Max(80), form.Hint("casefile.school_hint"), form.Default(p.School))
	}
}

// memberRows lists the rows that the form declared.
func memberRows(f *form.Form) []form.Row {
	var rows []form.Row
	for _, d := range f.Fields() {
		rest, isMember := strings.CutPrefix(d.Name, "member.")
		index, isNumber := strings.CutSuffix(rest, ".number")
		if n, err := strconv.Atoi(index); isMember && isNumber && err == nil {
			rows = append(rows, form.Row{Prefix: "member", Index: n, Place: len(rows) + 1})
		}
	}
	return rows
}

// memberPeople reads the rows.
func memberPeople(f *form.Form) []casefile.Person {
	var people []casefile.Person
	for _, row := range memberRows(f) {
		p := personOf(f, row.ID()+".")
		p.Relation, p.WorkStatus = f.Field(row.Name("relation")).Text(), f.Field(row.Name("work_status")).Text()
		p.School = f.Field(row.Name("school")).Text()
		people = append(people, p)
	}
	return people
}

func memberDoubts(f *form.Form, h household) []casefile.Doubt {
	return casefile.DoubtsOf(memberPeople(f), h.today)
}

func saveMembers(ctx context.Context, u *work.Unit, k *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	return casefile.SaveMembers(ctx, u, k.Keys, h.file.ID, seen(f), memberPeople(f))
}
