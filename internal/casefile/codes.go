package casefile

import (
	"bangfu/internal/day"
	"bangfu/internal/words"
)

// Code is one value of a code list, with the days between which it may be chosen anew. A value out of use stays
// readable in old files.
type Code struct {
	Value string
	From  day.Date // zero = always
	Until day.Date // last day; zero = still in use
}

// List is an enumeration of the national form (domain.md b.3 to b.5). Its name is the middle part of its words' keys.
type List struct {
	Name  string
	Codes []Code
}

// On lists the values that may be chosen on a day, in the order of the form.
func (l List) On(on day.Date) []string {
	var values []string
	for _, c := range l.Codes {
		if !on.Before(c.From) && (c.Until.IsZero() || !on.After(c.Until)) {
			values = append(values, c.Value)
		}
	}
	return values
}

// Key gives the word of a value.
func (l List) Key(value string) words.Key { return words.Key("casefile." + l.Name + "." + value) }

// always makes a list whose values have no dates.
func always(name string, values ...string) List {
	l := List{Name: name}
	for _, v := range values {
		l.Codes = append(l.Codes, Code{Value: v})
	}
	return l
}

// The code lists.
var (
	// Political status 政治面貌.
	Political = always("political", "party", "league", "masses", "democratic", "other")
	// Marital status 婚姻状况.
	Marital = always("marital", "married", "single", "divorced", "widowed")
	// Registration is the type of household registration 户口类型.
	Registration = always("registration", "urban", "rural", "converted")
	// Health 健康状况.
	Health = always("health", "good", "ill", "disabled")
	// Illness 疾病类别.
	Illness = always("illness", "tumour_malignant", "heart", "brain", "kidney", "mental", "liver", "blood", "diabetes", "tumour",
		"spine", "hypertension", "lung", "general", "coma", "paralysis", "alzheimer", "parkinson", "neuron")
	// Disability 残疾类别; its grade is 1 (most severe) to 4.
	Disability = always("disability", "sight", "hearing", "speech", "intellect", "limb", "mental", "multiple")
	// Insurance is the medical insurance 医保状况.
	Insurance = always("insurance", "employee", "resident", "none")
	// Identity says as what a person may apply 身份类别.
	Identity = always("identity", "employed", "retired", "flexible", "laid_off", "migrant", "survivor")
	// WorkStatus 工作状态; the last three are for members who do not work yet or any more.
	WorkStatus = List{Name: "work_status", Codes: []Code{
		{Value: "on_post"}, {Value: "waiting"}, {Value: "unemployed"}, {Value: "retired"}, {Value: "veteran_retired"},
		{Value: "sick_retired"}, {Value: "sick_leave"}, {Value: "internal_retired"}, {Value: "student"}, {Value: "child"}, {Value: "unable"},
	}}
	// Ownership of the employer 单位性质.
	Ownership = always("ownership", "public", "state", "collective", "private", "foreign", "other")
	// ModelWorker 劳模类型.
	ModelWorker = always("model", "none", "national", "provincial", "city", "other")
	// HousingKinds 住房类型.
	HousingKinds = always("housing", "self_built", "commercial", "affordable", "limited_price", "unit_public", "low_rent", "rented", "other")
	// Ethnicity 民族, the ones met most often in the form's order; any other is "other".
	Ethnicity = always("ethnicity", "han", "zhuang", "hui", "man", "uygur", "miao", "yi", "tujia", "tibetan", "mongol", "dong", "bai", "dai", "other")
	// Relations to the head of the household, without the head.
	Relations = always("relation", "spouse", "son", "daughter", "grandchild", "parent", "grandparent", "sibling", "other")
	// ExitReasons 退出原因.
	ExitReasons = always("exit", "out_of_hardship", "eased", "died", "retired", "moved", "false", "duplicate", "misjudged")
)
