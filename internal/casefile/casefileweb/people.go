package casefileweb

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/idcard"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// options makes the options of a code list on the day of the form; held is the value that the file has.
func options(l casefile.List, h household, held string) []form.Option {
	var all []form.Option
	for _, value := range l.Offer(h.today, held) {
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

// mostMembers is the largest household a form takes, beside its head.
const mostMembers = 20

// head is the head of the household; before there is one, newHead.
func (h household) head() casefile.Person {
	if len(h.people) > 0 && h.people[0].Relation == casefile.Head {
		return h.people[0]
	}
	return newHead
}

// newHead is what most heads of households are, before one is known.
var newHead = casefile.Person{Relation: casefile.Head, Ethnicity: "han", ModelWorker: "none"}

// aName is what a search for a person by name looks like: Chinese characters, and the dot of a foreign one.
var aName = regexp.MustCompile(`^\p{Han}[\p{Han}·]{1,19}$`)

// headOf gives what a search that found nobody says of the head to register: the ID number or the name that was typed, so
// that it is not typed twice (ux.md U24); nil when it was something else.
func headOf(sought string) *casefile.Person {
	head := newHead
	number, err := idcard.Parse(sought)
	switch {
	case err == nil:
		head.Number = number
	case aName.MatchString(sought):
		head.Name = sought
	default:
		return nil
	}
	return &head
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
	numberField(f, "number", p, h, form.Required, form.Hint("casefile.id_hint"))
	f.Text("name", "casefile.name", form.Required, form.Max(40), form.Width(10), form.Default(p.Name))
	reachFields(f, "", p, form.Needed, form.Hint("casefile.contact_hint"))
	f.Text("district", "casefile.district", form.Max(6), form.Width(8), form.SixDigits, form.Hint("casefile.district_hint"), form.Default(p.District))
	f.Select("ethnicity", "casefile.ethnicity", options(casefile.Ethnicity, h, p.Ethnicity), form.Needed, form.Default(p.Ethnicity))
	f.Choice("registration", "casefile.registration", options(casefile.Registration, h, p.Registration), form.Needed, form.Default(p.Registration))
	f.Choice("marital", "casefile.marital", options(casefile.Marital, h, p.Marital), form.Needed, form.Default(p.Marital))
	f.Choice("political", "casefile.political", options(casefile.Political, h, p.Political), form.Needed, form.Default(p.Political))
	f.Choice("identity", "casefile.identity", options(casefile.Identity, h, p.Identity), form.Needed, form.Default(p.Identity))
	f.Choice("model", "casefile.model", options(casefile.ModelWorker, h, p.ModelWorker), form.Needed, form.Default(p.ModelWorker))
	healthFields(f, "", p, h)
}

// healthFields asks for one person's health and medical insurance; prefix is the row's.
func healthFields(f *form.Form, prefix string, p casefile.Person, h household) {
	f.Choice(prefix+"health", "casefile.health", options(casefile.Health, h, p.Health), form.Needed, form.Default(p.Health))
	f.Select(prefix+"illness", "casefile.illness", options(casefile.Illness, h, p.Illness), form.Needed, form.Hint("casefile.illness_hint"), form.Default(p.Illness))
	f.Select(prefix+"disability", "casefile.disability", options(casefile.Disability, h, p.Disability), form.Needed, form.Hint("casefile.disability_hint"), form.Default(p.Disability))
	f.Select(prefix+"grade", "casefile.grade", grades(), form.Needed, form.Hint("casefile.disability_hint"), form.Default(number(p.Grade)))
	f.Text(prefix+"medication", "casefile.medication", form.Max(200), form.Hint("casefile.medication_hint"), form.Default(p.Medication))
	f.Choice(prefix+"insurance", "casefile.insurance", options(casefile.Insurance, h, p.Insurance), form.Needed, form.Default(p.Insurance))
}

// personOf reads what all people have in common: number with what it tells, name and health.
func personOf(f *form.Form, prefix string) casefile.Person {
	id := f.Field(prefix + "number").IDNumber()
	n, _ := strconv.Atoi(f.Field(prefix + "grade").Text()) // empty is no grade; the options allow 1 to 4 only
	p := casefile.Person{Number: id, Birth: id.Birth(), Sex: id.Sex(), Name: f.Field(prefix + "name").Text(),
		Health: f.Field(prefix + "health").Text(), Insurance: f.Field(prefix + "insurance").Text(),
		Medication: f.Field(prefix + "medication").Text(), Ethnicity: f.Field(prefix + "ethnicity").Text(),
		Registration: f.Field(prefix + "registration").Text(), Marital: f.Field(prefix + "marital").Text(),
		Political: f.Field(prefix + "political").Text(), Identity: f.Field(prefix + "identity").Text(),
		ModelWorker: f.Field(prefix + "model").Text(), Phone: reach(f, prefix+"phone"), Contact: reach(f, prefix+"contact")}
	switch p.Health {
	case "ill":
		p.Illness = f.Field(prefix + "illness").Text()
	case "disabled":
		p.Disability, p.Grade = f.Field(prefix+"disability").Text(), n
	}
	return p
}

// headPerson reads the head of the household. The district is the one in the ID number unless another is given.
func headPerson(f *form.Form) casefile.Person {
	p := personOf(f, "")
	p.District = f.Field("district").Text()
	if p.District == "" && len(p.Number) >= 6 {
		p.District = string(p.Number[:6])
	}
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

// memberFields asks for the others in the household, one row each. A row just added begins with what the household has in
// common (ux.md U21).
func memberFields(f *form.Form, h household) {
	saved, least := h.members(), 0
	if h.fresh {
		least = len(saved)
	}
	for i, row := range f.Rows("member", least, mostMembers) {
		p, gone := rowPerson(f, row, saved)
		if h.fresh && i < len(saved) {
			p = saved[i]
		}
		// Who was taken out since the form was shown is no mistake of the form: the page that asks tells of it.
		late := gone && f.Sent("seen") != strconv.Itoa(h.task.Version)
		memberRow(f, row, p, h, form.If(!late, form.Required))
	}
}

// memberRow asks for one member. needed says whether the number must be given.
func memberRow(f *form.Form, row form.Row, p casefile.Person, h household, needed form.Opt) {
	common := func(value, head string) form.Opt {
		if row.New {
			return form.Prefill(head)
		}
		return form.Default(value)
	}
	choose := func(name string, label words.Key, l casefile.List, held string, more ...form.Opt) {
		f.Select(row.Name(name), label, options(l, h, held), append([]form.Opt{form.Default(held)}, more...)...)
	}
	head := h.head()
	if p.ID != 0 {
		f.Hidden(row.Name("person"), form.Prefill(strconv.FormatInt(int64(p.ID), 10)))
	} else if d := f.Hidden(row.Name("person")); f.Posted() && !d.Empty() && person(d) <= 0 {
		f.Fail("", "form.unknown", d.Name) // no page of ours sends it
	}
	numberField(f, row.Name("number"), p, h, needed)
	f.Text(row.Name("name"), "casefile.name", form.Required, form.Max(40), form.Width(10), form.Default(p.Name))
	choose("relation", "casefile.relation", casefile.Relations, p.Relation, form.Required)
	choose("work_status", "casefile.work_status", casefile.WorkStatus, p.WorkStatus, form.Needed)
	healthFields(f, row.ID()+".", p, h)
	f.Text(row.Name("school"), "casefile.school", form.Needed, form.Max(80), form.Hint("casefile.school_hint"), form.Default(p.School))
	choose("education", "casefile.education", casefile.Education, p.Education, form.Needed)
	f.Number(row.Name("enrolled"), "casefile.enrolled_year", form.Between(1950, int64(h.today.Year())), form.Hint("casefile.enrolled_hint"), form.Default(number(p.EnrolledYear)))
	f.Number(row.Name("school_years"), "casefile.school_years", form.Between(1, 12), form.Default(number(p.SchoolYears)))
	f.Text(row.Name("employer"), "casefile.employer", form.Max(80), form.Default(p.Employer))
	choose("ownership", "casefile.ownership", casefile.Ownership, p.Ownership)
	choose("condition", "casefile.condition", casefile.Conditions, p.Condition)
	choose("industry", "casefile.industry", casefile.Industry, p.Industry)
	f.Date(row.Name("contract_on"), "casefile.member_contract_on", form.NotAfter(h.today), form.Default(p.ContractOn))
	choose("contract_term", "casefile.contract_term", casefile.ContractTerm, p.ContractTerm)
	f.Select(row.Name("ethnicity"), "casefile.ethnicity", options(casefile.Ethnicity, h, p.Ethnicity), common(p.Ethnicity, head.Ethnicity))
	f.Select(row.Name("registration"), "casefile.registration", options(casefile.Registration, h, p.Registration), common(p.Registration, head.Registration))
	choose("marital", "casefile.marital", casefile.Marital, p.Marital)
	choose("political", "casefile.political", casefile.Political, p.Political)
	choose("identity", "casefile.member_identity", casefile.Identity, p.Identity)
	choose("model", "casefile.model", casefile.ModelWorker, p.ModelWorker)
	reachFields(f, row.ID()+".", p, form.Optional, form.Optional)
	f.Text(row.Name("remark"), "casefile.remark", form.Max(200), form.Default(p.Remark))
}

// number writes a number as a form does; "" for none.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// memberRows lists the rows that the form declared.
func memberRows(f *form.Form) []form.Row {
	var rows []form.Row
	for _, d := range f.Fields() {
		rest, isMember := strings.CutPrefix(d.Name, "member.")
		index, isNumber := strings.CutSuffix(rest, ".number")
		if n, err := strconv.Atoi(index); isMember && isNumber && err == nil {
			rows = append(rows, form.Row{Prefix: "member", Index: n, Place: len(rows) + 1, New: d.Empty() && !d.Keeps()})
		}
	}
	return rows
}

// memberPeople reads the rows.
func memberPeople(f *form.Form) []casefile.Person {
	var people []casefile.Person
	for _, row := range memberRows(f) {
		text := func(name string) string { return f.Field(row.Name(name)).Text() }
		p := personOf(f, row.ID()+".")
		p.ID = person(f.Field(row.Name("person")))
		p.Relation, p.WorkStatus, p.School, p.Education = text("relation"), text("work_status"), text("school"), text("education")
		p.EnrolledYear, p.SchoolYears = int(f.Field(row.Name("enrolled")).Number()), int(f.Field(row.Name("school_years")).Number())
		p.Employer, p.Ownership, p.Condition, p.Industry = text("employer"), text("ownership"), text("condition"), text("industry")
		p.ContractOn, p.ContractTerm, p.Remark = f.Field(row.Name("contract_on")).Date(), text("contract_term"), text("remark")
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
