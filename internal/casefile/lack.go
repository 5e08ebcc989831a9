package casefile

import (
	"fmt"
	"slices"

	"bangfu/internal/words"
)

// Lack is one answer that a registration still owes before it is submitted. A section is saved without it all the same:
// required means required at submit, not while drafting.
type Lack struct {
	Section Section
	Field   string // its name in the section's form
	Label   words.Key
	Of      string // whose, in a section of several people; "" = there is one only
}

// owed is one field that a registration needs, with the condition under which it does.
type owed struct {
	field string
	label words.Key
	asked func(Person) bool // nil = always
	given func(Person) bool
}

func ill(p Person) bool       { return p.Health == "ill" }
func disabled(p Person) bool  { return p.Health == "disabled" }
func student(p Person) bool   { return p.WorkStatus == "student" }
func hired(p Person) bool     { return Employed(p.WorkStatus) }
func migrating(p Person) bool { return p.Identity == "migrant" }

// hasWorked tells whether the form needs an employer, the last one too.
func hasWorked(p Person) bool {
	return !slices.Contains([]string{"", "unemployed", "student", "child", "unable"}, p.WorkStatus)
}

// owedHealth is what everybody's health needs.
var owedHealth = []owed{
	{"health", "casefile.health", nil, func(p Person) bool { return p.Health != "" }},
	{"illness", "casefile.illness", ill, func(p Person) bool { return p.Illness != "" }},
	{"disability", "casefile.disability", disabled, func(p Person) bool { return p.Disability != "" }},
	{"grade", "casefile.grade", disabled, func(p Person) bool { return p.Grade != 0 }},
	{"insurance", "casefile.insurance", nil, func(p Person) bool { return p.Insurance != "" }},
}

// owedHead, owedMember and owedWork are what the starred fields of the national form need (domain.md b.2).
var (
	owedHead = slices.Concat([]owed{
		{"phone", "casefile.phone", nil, func(p Person) bool { return p.PhoneSealed != nil }},
		{"district", "casefile.district", nil, func(p Person) bool { return p.District != "" }},
		{"ethnicity", "casefile.ethnicity", nil, func(p Person) bool { return p.Ethnicity != "" }},
		{"registration", "casefile.registration", nil, func(p Person) bool { return p.Registration != "" }},
		{"marital", "casefile.marital", nil, func(p Person) bool { return p.Marital != "" }},
		{"political", "casefile.political", nil, func(p Person) bool { return p.Political != "" }},
		{"identity", "casefile.identity", nil, func(p Person) bool { return p.Identity != "" }},
		{"model", "casefile.model", nil, func(p Person) bool { return p.ModelWorker != "" }},
	}, owedHealth)
	owedMember = slices.Concat([]owed{
		{"work_status", "casefile.work_status", nil, func(p Person) bool { return p.WorkStatus != "" }},
	}, owedHealth, []owed{
		{"education", "casefile.education", student, func(p Person) bool { return p.Education != "" }},
		{"school", "casefile.school", student, func(p Person) bool { return p.School != "" }},
	})
	owedWork = []owed{
		{"status", "casefile.work_status", nil, func(p Person) bool { return p.WorkStatus != "" }},
		{"employer", "casefile.employer", hasWorked, func(p Person) bool { return p.Employer != "" }},
		{"ownership", "casefile.ownership", hasWorked, func(p Person) bool { return p.Ownership != "" }},
		{"started_on", "casefile.started_on", hasWorked, func(p Person) bool { return !p.StartedOn.IsZero() }},
		{"condition", "casefile.condition", hired, func(p Person) bool { return p.Condition != "" }},
		{"industry", "casefile.industry", hired, func(p Person) bool { return p.Industry != "" }},
		{"contract_on", "casefile.contract_on", migrating, func(p Person) bool { return !p.ContractOn.IsZero() }},
		{"contract_term", "casefile.contract_term", migrating, func(p Person) bool { return p.ContractTerm != "" }},
	}
)

// lacking lists what a person's answers still owe; prefix is the one of the form's fields.
func lacking(section Section, all []owed, p Person, prefix, of string) []Lack {
	var lacks []Lack
	for _, o := range all {
		if (o.asked == nil || o.asked(p)) && !o.given(p) {
			lacks = append(lacks, Lack{Section: section, Field: prefix + o.field, Label: o.label, Of: of})
		}
	}
	return lacks
}

// Lacks lists what the sections still owe, in the order of the form. It knows nothing of which sections were begun.
func (s Situation) Lacks() []Lack {
	var lacks []Lack
	var members []Person
	for _, p := range s.People {
		if p.Relation == Head {
			lacks = slices.Concat(lacks, lacking(HeadSection, owedHead, p, "", ""), lacking(WorkSection, owedWork, p, "", ""))
		} else {
			members = append(members, p)
		}
	}
	for i, p := range members {
		lacks = append(lacks, lacking(MembersSection, owedMember, p, fmt.Sprintf("member.%d.", i), p.Name)...)
	}
	owe := func(section Section, field string, label words.Key, missing bool) {
		if missing {
			lacks = append(lacks, Lack{Section: section, Field: field, Label: label})
		}
	}
	owe(HousingSection, "address", "casefile.address", s.File.Address == "")
	owe(HousingSection, "kind", "casefile.housing_kind", s.File.Housing == "")
	owe(HousingSection, "metres", "casefile.metres", !s.File.AreaSaid)
	owe(CausesSection, "main", "casefile.main_cause", len(s.Causes) == 0)
	owe(CausesSection, "cause_note", "casefile.cause_note", slices.Contains(s.Causes, OtherCause) && s.Particulars.CauseNote == "")
	owe(CausesSection, "self_help", "casefile.self_help", s.Particulars.SelfHelp == "")
	owe(CausesSection, "needs", "casefile.needs", len(s.Particulars.Needs) == 0)
	owe(CausesSection, "need_note", "casefile.need_note", slices.Contains(s.Particulars.Needs, "other") && s.Particulars.NeedNote == "")
	return lacks
}
