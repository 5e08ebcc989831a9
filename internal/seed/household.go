package seed

import (
	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/notice"
	"bangfu/internal/work"
)

// household is one invented household and what its story has led to so far.
type household struct {
	plan
	head    casefile.Person
	members []casefile.Person
	work    casefile.Work
	housing casefile.Housing
	lines   []casefile.Line
	said    casefile.Particulars
	card    casefile.NewCard
	file    work.FileID
	notice  notice.ID // the first, when somebody objected
	recheck int64     // the visit because of it
}

// need is a kind of hardship: what befell a household, and how that shows in its people and its figures.
type need struct {
	causes   []casefile.Cause // the main one first
	ill      string           // illness of the head; "" = in good health
	disabled string           // kind of disability of the head
	identity string
	status   string
	marital  string
	children []int // ages
	said     casefile.Particulars
	rigid    casefile.Kind
	yuan     [2]int // range of the rigid expenditure, or of the event's cost
}

// needs are the kinds of hardship that the sample households are made of.
var needs = map[string]need{
	"illness": {causes: []casefile.Cause{casefile.SeriousIllness}, ill: "tumour_malignant", identity: "employed", status: "sick_leave",
		marital: "married",
		said:    casefile.Particulars{Needs: []string{"medical", "living"}, TargetGroup: "spending", Measure: "union", Mood: "担心后续治疗费用，希望多了解大病政策"}, children: []int{12}, rigid: "illness", yuan: [2]int{18000, 46000}},
	"dialysis": {causes: []casefile.Cause{casefile.SeriousIllness, casefile.NoWorkAbility}, ill: "kidney", identity: "employed",
		status: "sick_retired", marital: "married",
		said: casefile.Particulars{Needs: []string{"medical", "living"}, TargetGroup: "spending", Measure: "relief", Mood: "长期透析，情绪低落，需要经常走访"}, children: []int{20}, rigid: "illness", yuan: [2]int{22000, 38000}},
	"school": {causes: []casefile.Cause{casefile.ChildrenSchooling, casefile.LaidOff}, identity: "laid_off", status: "unemployed",
		marital: "married",
		said:    casefile.Particulars{Needs: []string{"schooling", "employment"}, TargetGroup: "below_line", Measure: "employment", Mood: "盼孩子读完书，愿意再就业"}, children: []int{19, 16}, rigid: "schooling", yuan: [2]int{11000, 17000}},
	"single": {causes: []casefile.Cause{casefile.ChildrenSchooling}, identity: "flexible", status: "on_post",
		marital: "divorced",
		said:    casefile.Particulars{Needs: []string{"schooling", "living"}, TargetGroup: "below_line", Measure: "union", Mood: "独自带孩子，压力较大"}, children: []int{10, 13}, rigid: "schooling", yuan: [2]int{4800, 9600}},
	"laid_off": {causes: []casefile.Cause{casefile.LaidOff, casefile.Uninsured}, identity: "laid_off", status: "unemployed",
		marital: "married",
		said:    casefile.Particulars{Needs: []string{"employment", "insurance"}, TargetGroup: "restructured", Measure: "employment", Mood: "愿意参加技能培训"}, children: []int{15}},
	"disabled": {causes: []casefile.Cause{casefile.NoWorkAbility}, disabled: "limb", identity: "employed", status: "internal_retired",
		marital: "married",
		said:    casefile.Particulars{Needs: []string{"living", "medical"}, TargetGroup: "able_in_allowance", Measure: "relief", Mood: "情绪稳定"}, children: []int{17}, rigid: "disability", yuan: [2]int{6000, 12000}},
	"fire": {causes: []casefile.Cause{casefile.NaturalDisaster}, identity: "employed", status: "on_post",
		marital: "married",
		said:    casefile.Particulars{Needs: []string{"housing", "living"}, TargetGroup: "other", Measure: "union", Mood: "受灾后情绪已平复"}, children: []int{8}, rigid: casefile.EventKind, yuan: [2]int{58000, 76000}},
	"accident": {causes: []casefile.Cause{casefile.Accident}, identity: "migrant", status: "on_post",
		marital: "married",
		said:    casefile.Particulars{Needs: []string{"medical", "legal"}, TargetGroup: "urban_migrant", Measure: "insurance", Mood: "对工伤认定有疑问，需要法律帮助"}, children: []int{11}, rigid: casefile.EventKind, yuan: [2]int{62000, 81000}},
	"widowed": {causes: []casefile.Cause{casefile.OtherCause, casefile.ChildrenSchooling}, identity: "survivor", status: "on_post",
		marital: "widowed",
		said:    casefile.Particulars{Needs: []string{"living", "schooling"}, CauseNote: "配偶病故，留有债务", TargetGroup: "below_line", Measure: "union", Mood: "刚走出丧亲之痛"}, children: []int{18}, rigid: "schooling", yuan: [2]int{7000, 9000}},
	"unpaid": {causes: []casefile.Cause{casefile.InsuranceNotPaid}, identity: "retired", status: "retired",
		marital: "married",
		said:    casefile.Particulars{Needs: []string{"insurance"}, TargetGroup: "restructured", Measure: "insurance", Special: []string{"old_party_member"}, Mood: "要求补缴养老保险"}, rigid: "illness", yuan: [2]int{3000, 8000}},
}

// employers are invented.
var employers = []struct{ name, ownership, industry string }{
	{"青石纺织厂", "collective", "manufacturing"}, {"青石公交公司", "state", "transport"}, {"青石水泥厂", "state", "manufacturing"},
	{"青石县中医院", "public", "health_social"},
	{"澜江食品公司", "private", "manufacturing"}, {"青石县环卫站", "public", "water_environment"}, {"青石农机厂", "collective", "manufacturing"},
	{"云岭客运公司", "private", "transport"},
}

// streets are invented.
var streets = []string{"青石县城关镇北门街", "青石县城关镇河沿巷", "青石县新桥镇水泥厂家属区", "青石县城关镇纺织厂宿舍", "青石县南坪乡南坪村", "青石县城关镇文昌路"}

// household invents a household for a plan.
func (c *centre) household(p plan) *household {
	n := needs[p.need]
	district := c.orgs[c.orgCode(p.registrar)].District
	sex := pick(c, []idcard.Sex{idcard.Male, idcard.Female})
	surname := pick(c, surnames)
	h := &household{plan: p}
	h.head = c.person(district, surname, casefile.Head, sex, c.headAge(n))
	h.head.Identity, h.head.Marital, h.head.District = n.identity, n.marital, district
	if n.ill != "" {
		h.head.Health, h.head.Illness = "ill", n.ill
	}
	if n.disabled != "" {
		h.head.Health, h.head.Disability, h.head.Grade = "disabled", n.disabled, c.between(2, 3)
	}
	other := idcard.Male
	childrenOf := pick(c, surnames)
	if sex == idcard.Male {
		other, childrenOf = idcard.Female, surname
	}
	if n.marital == "married" {
		spouse := c.person(district, pick(c, surnames), "spouse", other, c.headAge(n)-1)
		if p.need == "laid_off" {
			spouse.WorkStatus = "unemployed"
		}
		h.members = append(h.members, spouse)
	}
	for _, age := range n.children {
		childSex, relation := idcard.Male, "son"
		if c.chance.IntN(2) == 0 {
			childSex, relation = idcard.Female, "daughter"
		}
		h.members = append(h.members, c.person(district, childrenOf, relation, childSex, age))
	}
	c.settle(h, n)
	return h
}

// headAge is a likely age for the head of a household in such need.
func (c *centre) headAge(n need) int {
	if n.status == "retired" {
		return c.between(62, 68)
	}
	return c.between(38, 52)
}

// settle gives the household its work, home, figures and card.
func (c *centre) settle(h *household, n need) {
	employer := employers[c.between(0, len(employers)-1)]
	h.work = casefile.Work{Status: n.status, Employer: employer.name, Ownership: employer.ownership, StartedOn: c.today.AddMonths(-c.between(30, 200))}
	if casefile.Employed(n.status) {
		h.work.Condition, h.work.Industry = pick(c, []string{"normal", "loss", "loss", "stopped"}), employer.industry
		h.work.EmploymentForm, h.work.ContractTerm = "contract", pick(c, []string{"open", "three_years", "two_years"})
	}
	if n.identity == "migrant" {
		h.work.ContractOn, h.work.ContractTerm = c.today.AddMonths(-c.between(32, 50)), "three_years"
	}
	h.said = n.said
	h.said.SelfHelp = "yes"
	if n.ill != "" || n.disabled != "" {
		h.said.SelfHelp = "no"
	}
	h.housing = casefile.Housing{PostalCode: "679900",
		Address: streets[c.between(0, len(streets)-1)] + " " + number(c.between(3, 188)) + " 号",
		Kind:    pick(c, []string{"self_built", "unit_public", "low_rent", "rented", "commercial"}), Metres: c.between(38, 92),
	}
	h.lines = c.economy(h, n)
	h.card = casefile.NewCard{Holder: h.head.Name, Branch: "青石县支行", Number: c.card()}
}

// perHead is the range of what a household of a category has left a month and head, in yuan. The line is 700, and 680
// in the other county.
var perHead = map[eligibility.Category][2]int{
	eligibility.Severe: {360, 640}, eligibility.Relative: {760, 1280}, eligibility.Accident: {1480, 1640}, eligibility.None: {1920, 2600},
}

// economy makes up the twelve months that lead to the category planned.
func (c *centre) economy(h *household, n need) []casefile.Line {
	band := perHead[h.category]
	people := 1 + len(h.members)
	rigid := 0
	if n.rigid != "" {
		rigid = c.between(n.yuan[0], n.yuan[1])
	}
	income := 12 * people * c.between(band[0], band[1])
	var lines []casefile.Line
	add := func(side casefile.Side, kind casefile.Kind, yuan int) {
		if yuan > 0 {
			lines = append(lines, casefile.Line{Side: side, Kind: kind, Amount: money.Yuan(int64(yuan))})
		}
	}
	if n.rigid == casefile.EventKind {
		rigid = max(rigid, income*9/10) // the event costs more than four fifths of the income
	} else {
		income += rigid
	}
	kind := casefile.Kind("wage")
	if n.status == "retired" || n.status == "sick_retired" {
		kind = "pension"
	}
	support := 0
	if h.category == eligibility.Severe {
		support = 1200
	}
	add(casefile.Income, kind, income-support)
	add(casefile.Income, "support", support)
	if n.rigid != "" {
		add(casefile.Expense, n.rigid, rigid)
	}
	return lines
}
