package casefile

import (
	"bytes"
	"reflect"
	"slices"

	"bangfu/internal/idcard"
	"bangfu/internal/words"
)

// Difference is one fact that is not the same in two states of a file. Before and After are written by words.Say; nil
// is nothing.
type Difference struct {
	Part   Section // of the form, where the fact is entered
	Person string  // whose fact it is; "" = the household's
	Label  words.Key
	Before any
	After  any
}

// field says how one field of a struct is told: under which label, and by which code list. Without a label it is told
// by another field, or never changes.
type field struct {
	name  string
	label words.Key
	part  Section
	list  List
	yes   bool // the value is yes or no
}

// coverFields are the fields of File, all of them.
var coverFields = []field{
	{name: "ID"}, {name: "OrgID"}, {name: "OrgPath"}, {name: "OrgName"}, {name: "OrgPhone"}, {name: "District"},
	{name: "State", label: "casefile.state"},
	{name: "Number", label: "casefile.number"},
	{name: "OldNumber", label: "casefile.old_number"},
	{name: "HeadName"},
	{name: "People", label: "casefile.people", part: MembersSection},
	{name: "Address", label: "casefile.address", part: HousingSection},
	{name: "Housing", label: "casefile.housing_kind", part: HousingSection, list: HousingKinds},
	{name: "HousingM2", label: "casefile.floor_area", part: HousingSection}, {name: "AreaSaid"},
	{name: "Employer"},
	{name: "EconomyUntil", label: "casefile.economy_until", part: EconomySection},
	{name: "MainCause"},
	{name: "Category", label: "casefile.category"},
	{name: "ReturnReason"}, {name: "RegisteredBy"}, {name: "RegistrarName"}, {name: "RegisteredAt"}, {name: "TemporaryAt"}, {name: "SubmittedAt"},
	{name: "ActivatedAt"}, {name: "ClosedAt"}, {name: "Round"}, {name: "Version"}, {name: "RelapseOf"},
	{name: "SplitOf"}, {name: "MergedInto"},
}

// relations is the code list of all relations, the head's too.
var relations = List{Name: "relation"}

// personFields are the fields of Person, all of them. Number and Phone are told apart by their indexes.
var personFields = []field{
	{name: "ID"},
	{name: "Relation", label: "casefile.relation", list: relations},
	{name: "Name", label: "casefile.name"},
	{name: "Number"},
	{name: "Birth", label: "casefile.birth"},
	{name: "Sex", label: "casefile.sex"},
	{name: "Phone"}, {name: "Contact"},
	{name: "District", label: "casefile.district"},
	{name: "Ethnicity", label: "casefile.ethnicity", list: Ethnicity},
	{name: "Political", label: "casefile.political", list: Political},
	{name: "Marital", label: "casefile.marital", list: Marital},
	{name: "Registration", label: "casefile.registration", list: Registration},
	{name: "Health", label: "casefile.health", list: Health},
	{name: "Illness", label: "casefile.illness", list: Illness},
	{name: "Medication", label: "casefile.medication"},
	{name: "Disability", label: "casefile.disability", list: Disability},
	{name: "Grade", label: "casefile.grade"},
	{name: "Insurance", label: "casefile.insurance", list: Insurance},
	{name: "Identity", label: "casefile.identity", list: Identity},
	{name: "WorkStatus", label: "casefile.work_status", part: WorkSection, list: WorkStatus},
	{name: "Employer", label: "casefile.employer", part: WorkSection},
	{name: "Ownership", label: "casefile.ownership", part: WorkSection, list: Ownership},
	{name: "Condition", label: "casefile.condition", part: WorkSection, list: Conditions},
	{name: "Industry", label: "casefile.industry", part: WorkSection, list: Industry},
	{name: "EmploymentForm", label: "casefile.employment_form", part: WorkSection, list: EmploymentForm},
	{name: "StartedOn", label: "casefile.started_on", part: WorkSection},
	{name: "ContractOn", label: "casefile.contract_on", part: WorkSection},
	{name: "ContractTerm", label: "casefile.contract_term", part: WorkSection, list: ContractTerm},
	{name: "ModelWorker", label: "casefile.model", list: ModelWorker},
	{name: "Education", label: "casefile.education", list: Education},
	{name: "School", label: "casefile.school"},
	{name: "EnrolledYear", label: "casefile.enrolled_year"},
	{name: "SchoolYears", label: "casefile.school_years"},
	{name: "Remark", label: "casefile.remark"},
	{name: "NumberSealed"}, {name: "NumberIndex"}, {name: "PhoneSealed"}, {name: "PhoneIndex"}, {name: "ContactSealed"}, {name: "ContactIndex"},
}

// particularFields are the fields of Particulars, all of them.
var particularFields = []field{
	{name: "Level", label: "casefile.level", list: Levels},
	{name: "PostalCode", label: "casefile.postal_code", part: HousingSection},
	{name: "SelfHelp", label: "casefile.self_help", yes: true},
	{name: "ReliefCard", label: "casefile.relief_card"},
	{name: "CauseNote", label: "casefile.cause_note"},
	{name: "Needs", label: "casefile.needs", list: Needs},
	{name: "NeedNote", label: "casefile.need_note"},
	{name: "TargetGroup", label: "casefile.target_group", list: TargetGroups},
	{name: "TargetOn", label: "casefile.target_on"},
	{name: "Measure", label: "casefile.measure", list: Measures},
	{name: "Special", label: "casefile.special", list: SpecialTicks},
	{name: "Mood", label: "casefile.mood"},
}

// Compare lists what is not the same in two states of a file, in the order of the form. Persons are matched by their
// id: one who is only in the first left, one only in the second came. Numbers are told masked when both were revealed,
// otherwise only that they changed.
func Compare(a, b Facts) []Difference {
	if a.Particulars.Level != "" || b.Particulars.Level != "" { // otherwise the category tells it
		a.Particulars.Level, b.Particulars.Level = a.Level(), b.Level()
	}
	all := compareFields(coverFields, a.Cover, b.Cover, "", "")
	all = told(all, Difference{Label: "casefile.office", Before: a.Office, After: b.Office})
	all = append(all, comparePeople(a.People, b.People)...)
	all = append(all, compareFields(particularFields, a.Particulars, b.Particulars, CausesSection, "")...)
	all = append(all, compareEconomy(a, b)...)
	all = append(all, compareArrears(a, b)...)
	all = append(all, compareProperty(a.Property, b.Property)...)
	all = append(all, compareCauses(a.Causes, b.Causes)...)
	all = append(all, compareCards(a.Card, b.Card)...)
	all = append(all, compareDeclarations(a.Declarations, b.Declarations)...)
	all = append(all, compareOpinions(a.Opinions, b.Opinions)...)
	slices.SortStableFunc(all, func(x, y Difference) int {
		return slices.Index(Sections, x.Part) - slices.Index(Sections, y.Part)
	})
	return all
}

// told adds a difference if it is one.
func told(all []Difference, d Difference) []Difference {
	if d.Before == "" {
		d.Before = nil
	}
	if d.After == "" {
		d.After = nil
	}
	if reflect.DeepEqual(d.Before, d.After) {
		return all
	}
	return append(all, d)
}

// compareFields compares two structs of one type by the table of their fields. part is where a field without a part of
// its own is entered.
func compareFields(fields []field, a, b any, part Section, person string) []Difference {
	var all []Difference
	before, after := reflect.ValueOf(a), reflect.ValueOf(b)
	for _, f := range fields {
		if f.label == "" {
			continue
		}
		d := Difference{Part: part, Person: person, Label: f.label}
		if f.part != "" && part != MembersSection {
			d.Part = f.part
		}
		from, into := before.FieldByName(f.name), after.FieldByName(f.name)
		if from.Kind() != reflect.Slice {
			d.Before, d.After = f.say(from), f.say(into)
			all = told(all, d)
			continue
		}
		for _, only := range f.only(from, into) { // of several values only those that went and came
			all = append(all, Difference{Part: d.Part, Person: person, Label: f.label, Before: only})
		}
		for _, only := range f.only(into, from) {
			all = append(all, Difference{Part: d.Part, Person: person, Label: f.label, After: only})
		}
	}
	return all
}

// only lists the values of the first list that the other does not hold.
func (f field) only(list, other reflect.Value) []any {
	var values []any
	for i := range list.Len() {
		held := false
		for j := range other.Len() {
			held = held || reflect.DeepEqual(list.Index(i).Interface(), other.Index(j).Interface())
		}
		if !held {
			values = append(values, f.say(list.Index(i)))
		}
	}
	return values
}

// say gives a value of the field as a reader reads it; nil when it says nothing.
func (f field) say(v reflect.Value) any {
	switch {
	case v.IsZero():
		return nil
	case f.list.Name == relations.Name && v.String() == Head:
		return words.Key("casefile.head")
	case f.yes:
		return words.Key("common." + v.String())
	case f.list.Name != "":
		return f.list.Key(v.String())
	}
	if sex, ok := v.Interface().(idcard.Sex); ok {
		return sexWords[sex]
	}
	return v.Interface()
}

// sexWords are the words of the two sexes.
var sexWords = map[idcard.Sex]words.Key{idcard.Male: "ui.male", idcard.Female: "ui.female"}

// section tells where a person's facts are entered.
func (m Member) section() Section {
	if m.Relation == Head {
		return HeadSection
	}
	return MembersSection
}

// outside is what a member is before coming and after leaving: no fact about them is missing.
const outside words.Key = "casefile.version.outside"

// comparePeople compares the households, person by person.
func comparePeople(a, b []Member) []Difference {
	var all []Difference
	find := func(people []Member, id PersonID) int {
		return slices.IndexFunc(people, func(m Member) bool { return m.ID == id })
	}
	for _, m := range a {
		if find(b, m.ID) < 0 {
			all = append(all, Difference{Part: MembersSection, Person: m.Name, Label: "casefile.version.left", Before: m.whole(), After: outside})
		}
	}
	for _, m := range b {
		i := find(a, m.ID)
		if i < 0 {
			all = append(all, Difference{Part: MembersSection, Person: m.Name, Label: "casefile.version.came", Before: outside, After: m.whole()})
			continue
		}
		old := a[i]
		all = append(all, compareFields(personFields, old.Person, m.Person, m.section(), m.Name)...)
		for _, n := range []struct {
			label      words.Key
			was, is    []byte
			from, into string
		}{
			{"casefile.id_number", old.NumberIndex, m.NumberIndex, old.Person.Number.Masked(), m.Person.Number.Masked()},
			{"casefile.contact", old.ContactIndex, m.ContactIndex, idcard.MaskPhone(old.Contact), idcard.MaskPhone(m.Contact)},
			{"casefile.phone", old.PhoneIndex, m.PhoneIndex, idcard.MaskPhone(old.Phone), idcard.MaskPhone(m.Phone)},
		} {
			if !bytes.Equal(n.was, n.is) {
				all = append(all, Difference{Part: m.section(), Person: m.Name, Label: n.label, Before: hidden(n.was, n.from), After: hidden(n.is, n.into)})
			}
		}
	}
	return all
}

// whole says who a member is.
func (m Member) whole() any {
	relation := Relations.Key(m.Relation)
	if m.Relation == Head {
		relation = "casefile.head"
	}
	return words.Saying("casefile.version.person", m.Name, relation, m.Birth)
}

// hidden says a number masked, that there is one when it was not revealed, or nothing when there is none.
func hidden(index []byte, masked string) any {
	switch {
	case len(index) == 0:
		return nil
	case masked == "":
		return words.Key("casefile.version.number_hidden")
	}
	return masked
}

// compareCauses compares the main cause, and which others came or went.
func compareCauses(a, b []Cause) []Difference {
	main := func(causes []Cause) any {
		if len(causes) == 0 {
			return nil
		}
		return causes[0].Key()
	}
	all := told(nil, Difference{Part: CausesSection, Label: "casefile.main_cause", Before: main(a), After: main(b)})
	others := func(causes []Cause) []Cause { return causes[min(1, len(causes)):] }
	for _, c := range others(a) {
		if !slices.Contains(others(b), c) {
			all = append(all, Difference{Part: CausesSection, Label: "casefile.secondary_cause", Before: c.Key()})
		}
	}
	for _, c := range others(b) {
		if !slices.Contains(others(a), c) {
			all = append(all, Difference{Part: CausesSection, Label: "casefile.secondary_cause", After: c.Key()})
		}
	}
	return all
}

// compareCards compares the cards in use.
func compareCards(a, b *Account) []Difference {
	var from, into Account
	if a != nil {
		from = *a
	}
	if b != nil {
		into = *b
	}
	var all []Difference
	if !bytes.Equal(from.Index, into.Index) {
		all = append(all, Difference{Part: BankSection, Label: "casefile.card_number",
			Before: hidden(from.Index, idcard.MaskCard(from.Number)), After: hidden(into.Index, idcard.MaskCard(into.Number))})
	}
	all = told(all, Difference{Part: BankSection, Label: "casefile.card_bank", Before: from.Bank, After: into.Bank})
	all = told(all, Difference{Part: BankSection, Label: "casefile.card_branch", Before: from.Branch, After: into.Branch})
	return told(all, Difference{Part: BankSection, Label: "casefile.card_holder", Before: from.Holder, After: into.Holder})
}

// compareDeclarations compares when each declaration was signed, and in which wording.
func compareDeclarations(a, b []Signed) []Difference {
	say := func(signed []Signed, kind DeclarationKind) any {
		for _, d := range signed {
			if d.Kind == kind {
				return d.SignedOn.String() + " (" + d.Version + ")"
			}
		}
		return nil
	}
	var all []Difference
	for _, kind := range DeclarationKinds {
		all = told(all, Difference{Part: DeclarationsSection, Label: kind.Name(), Before: say(a, kind), After: say(b, kind)})
	}
	return all
}
