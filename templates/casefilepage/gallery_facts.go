package casefilepage

import (
	"net/url"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/templates/ui"
)

func gallerySection(f casefile.File, s casefile.Section, values url.Values) SectionView {
	v := SectionView{Page: galleryPage(f, s.Key()), File: f, Section: s}
	v.Form = form.New(values)
	v.Form.Hidden("seen", form.Default(1))
	if s == casefile.HousingSection {
		v.Form.Text("address", "casefile.address", form.Needed)
		v.Form.Text("postal_code", "casefile.postal_code", form.Max(6), form.Width(8), form.Hint("casefile.postal_hint"))
		v.Form.Choice("kind", "casefile.housing_kind", galleryOptions(casefile.HousingKinds), form.Needed)
		v.Form.Number("metres", "casefile.metres", form.Needed, form.Hint("casefile.metres_hint"))
	}
	return v
}

func galleryOptions(l casefile.List) []form.Option {
	var all []form.Option
	for _, value := range l.On(galleryDay) {
		all = append(all, form.Option{Value: value, Key: l.Key(value)})
	}
	return all
}

func galleryConflict(f casefile.File) ConflictView {
	return ConflictView{Page: galleryPage(f, casefile.HousingSection.Key()), ConflictView: ui.ConflictView{Who: "罗杰", Key: "k",
		Clashes: []ui.Clash{
			{Name: "address", Label: words.Saying("casefile.address"), Was: "青石县东街9号", Theirs: "青石县东街19号", Mine: "青石县西街1号", Wrong: true},
			{Name: "kind", Label: words.Saying("casefile.housing_kind"), Was: "租房", Theirs: "租房", Mine: "政府廉租房", Taken: ui.TakeMine},
			{Name: "postal_code", Label: words.Saying("casefile.postal_code"), Theirs: "679900", Taken: ui.TakeTheirs}},
		Carried: []ui.Carried{{Name: "seen", Value: "2"}}}}
}

func galleryEconomy(f casefile.File) SectionView {
	v := gallerySection(f, casefile.EconomySection, url.Values{"seen": {"1"}, "until": {"2026-10-31"}, "income.wage.p1": {"24,000"}, "income.wage.p1.paper": {"2"}, "expense.illness": {"六千"}})
	v.Form.Date("until", "casefile.economy_until", form.Required)
	for _, side := range casefile.Sides {
		view := SumView{Side: side, Papers: true}
		figure := func(name string, label words.Key, args ...any) {
			view.Figures = append(view.Figures, FigureView{Amount: v.Form.Money(name, label, form.LabelArgs(args...)),
				Paper: v.Form.Select(name+".paper", "casefile.figure_paper", []form.Option{{Value: "2", Text: "收入证明.pdf"}},
					form.LabelArgs(words.Saying(label, args...)))})
		}
		for _, kind := range casefile.Kinds[side] {
			name := string(side) + "." + string(kind)
			if kind == "wage" {
				figure(name+".p1", "casefile.kind_of", "王建国", kind.Key(side))
			}
			figure(name, kind.Key(side))
		}
		view.Sum = v.Form.Field("income.wage.p1").Money()
		v.Sums = append(v.Sums, view)
	}
	v.Typed = galleryTime
	return v
}

func galleryHousehold(f casefile.File) Household {
	person := func(relation, name string, birth day.Date, sex idcard.Sex) casefile.Person {
		return casefile.Person{ID: casefile.PersonID(birth.Year()), Relation: relation, Name: name, Number: "110101198504040010", Birth: birth, Sex: sex, Health: "good",
			Insurance: "resident", WorkStatus: "on_post"}
	}
	head := person(casefile.Head, "王建国", day.Of(1976, 3, 12), idcard.Male)
	head.Phone, head.Health, head.Illness, head.Marital, head.Identity = "13908790001", "ill", "kidney", "married", "employed"
	head.District, head.Contact, head.Medication, head.ModelWorker = "539901", "13900001234", "促红素，每周三次", "city"
	head.Employer, head.Ownership, head.Condition, head.Industry, head.StartedOn = "青石纺织厂", "state", "loss", "textile", day.Of(1998, 7, 1)
	son := person("son", "王小明", day.Of(2010, 9, 1), idcard.Male)
	son.WorkStatus, son.School = "student", "青石县第二中学"
	son.Education, son.EnrolledYear, son.SchoolYears, son.Ethnicity, son.Marital = "senior", 2025, 3, "yi", "single"
	return Household{File: f, Today: galleryDay, Reveal: true,
		People:  []casefile.Person{head, person("spouse", "李秀兰", day.Of(1978, 6, 1), idcard.Female), son},
		Economy: galleryTwelve(day.Of(2026, 10, 31), 24000, 2),
		Arrears: galleryOwed(),
		Causes:  []casefile.Cause{casefile.SeriousIllness, casefile.ChildrenSchooling},
		Particulars: casefile.Particulars{PostalCode: "679900", SelfHelp: "yes", Needs: []string{"living", "medical"}, TargetGroup: "spending",
			TargetOn: day.Of(2026, 3, 1), Measure: "union", Special: []string{"veteran"}, Mood: "情绪稳定，盼孩子读完高中"},
		BodyOpinions: []casefile.BodyOpinion{{Body: casefile.UnionBody, Opinion: "情况属实，同意上报。", GivenBy: "杨树", GivenOn: galleryDay}},
		Evidence:     galleryPapers(),
		Declarations: []casefile.Declaration{{Kind: casefile.Truth, Version: casefile.DeclarationText, SignedOn: galleryDay}},
		Card:         &casefile.Card{ID: 1, Holder: "王建国", Bank: "中国农业银行", Branch: "青石县支行", State: casefile.CardCurrent}, CardMasked: "***************0018"}
}

// galleryTwelve are twelve months up to a day, with a wage that a paper proves.
func galleryTwelve(until day.Date, wage int64, paper casefile.EvidenceID) casefile.Economy {
	return casefile.Economy{ID: casefile.SnapshotID(until.Year()), Until: until, Source: casefile.FromRegistration, Round: 1, People: 3,
		TakenBy: "何敏", TakenAt: galleryTime, Lines: []casefile.Line{
			{Side: casefile.Income, Kind: "wage", Amount: money.Yuan(wage), Person: 1976, Evidence: paper},
			{Side: casefile.Income, Kind: "support", Amount: money.Yuan(1200)},
			{Side: casefile.Expense, Kind: "illness", Amount: money.Yuan(6000), Person: 1976}}}
}

func galleryOwed() []casefile.Arrears {
	return []casefile.Arrears{
		{ID: 1, Person: 1976, Name: "王建国", Kind: casefile.PensionArrears, From: day.Of(2023, 11, 1), Amount: money.Yuan(12600), Employer: "青石纺织厂"},
		{ID: 2, Person: 1976, Name: "王建国", Kind: casefile.WageArrears, From: day.Of(2026, 1, 1), Until: day.Of(2026, 3, 31), Amount: money.Yuan(5400),
			Employer: "青石纺织厂", SettledOn: day.Of(2026, 6, 30)}}
}

func gallerySnapshots(f casefile.File) EconomyView {
	changed := galleryTwelve(day.Of(2027, 5, 31), 26400, 0)
	changed.Source = casefile.FromChange
	return EconomyView{Page: wide(galleryPage(f, "casefile.snapshots")), File: f, People: galleryHousehold(f).People, Evidence: galleryPapers(),
		Snapshots: []casefile.Economy{changed, galleryTwelve(day.Of(2026, 10, 31), 24000, 2)}, Older: true, Arrears: galleryOwed()}
}

func galleryArrearsPage(f casefile.File) ArrearsView {
	v := ArrearsView{Page: galleryPage(f, "casefile.arrears"), File: f, Arrears: galleryOwed(), Write: true, Remove: true, Back: FilePath(f.ID)}
	v.Form = form.New(nil)
	v.Form.Select("kind", "casefile.arrears_what", form.Options(casefile.ArrearsKinds...), form.Required)
	v.Form.Date("from", "casefile.arrears_from", form.Required)
	v.Form.Date("until", "casefile.arrears_until", form.Hint("casefile.arrears_until_hint"))
	v.Form.Money("amount", "casefile.arrears_amount", form.Required)
	return v
}

func gallerySettlement(f casefile.File) SettlementView {
	v := SettlementView{Page: galleryPage(f, "casefile.arrears_settle"), File: f, Arrears: galleryOwed()[0]}
	v.Form = form.New(nil)
	v.Form.Date("settled_on", "casefile.arrears_settled_on", form.Required, form.Default(galleryDay))
	return v
}

func galleryWork(f casefile.File) SectionView {
	v := gallerySection(f, casefile.WorkSection, url.Values{"seen": {"1"}, "status": {"on_post"}, "employer": {"青石纺织厂"}, "condition": {"loss"}})
	v.Form.Select("status", "casefile.work_status", galleryOptions(casefile.WorkStatus), form.Needed)
	v.Form.Text("employer", "casefile.employer", form.Needed, form.Hint("casefile.employer_hint"))
	v.Form.Choice("ownership", "casefile.ownership", galleryOptions(casefile.Ownership), form.Needed)
	v.Form.Date("started_on", "casefile.started_on", form.Needed)
	v.Form.Choice("condition", "casefile.condition", galleryOptions(casefile.Conditions), form.Needed)
	v.Form.Select("industry", "casefile.industry", galleryOptions(casefile.Industry), form.Needed)
	v.Form.Choice("employment_form", "casefile.employment_form", galleryOptions(casefile.EmploymentForm))
	v.Form.Date("contract_on", "casefile.contract_on", form.Hint("casefile.contract_hint"))
	v.Form.Select("contract_term", "casefile.contract_term", galleryOptions(casefile.ContractTerm))
	return v
}

// galleryMember is one member of whom the school is asked.
func galleryMember(f casefile.File) SectionView {
	v := gallerySection(f, casefile.MembersSection, url.Values{"seen": {"1"}, "member.0.name": {"王小明"}, "member.0.work_status": {"student"}, "member.0.health": {"good"}})
	row := form.Row{Prefix: "member", Place: 1}
	for _, t := range []struct {
		name  string
		label words.Key
		list  casefile.List
	}{{"relation", "casefile.relation", casefile.Relations}, {"work_status", "casefile.work_status", casefile.WorkStatus},
		{"health", "casefile.health", casefile.Health}, {"illness", "casefile.illness", casefile.Illness},
		{"disability", "casefile.disability", casefile.Disability}, {"insurance", "casefile.insurance", casefile.Insurance},
		{"education", "casefile.education", casefile.Education}, {"ownership", "casefile.ownership", casefile.Ownership},
		{"condition", "casefile.condition", casefile.Conditions}, {"industry", "casefile.industry", casefile.Industry},
		{"contract_term", "casefile.contract_term", casefile.ContractTerm}, {"ethnicity", "casefile.ethnicity", casefile.Ethnicity},
		{"registration", "casefile.registration", casefile.Registration}, {"marital", "casefile.marital", casefile.Marital},
		{"political", "casefile.political", casefile.Political}, {"identity", "casefile.member_identity", casefile.Identity},
		{"model", "casefile.model", casefile.ModelWorker}} {
		v.Form.Choice(row.Name(t.name), t.label, galleryOptions(t.list))
	}
	v.Form.IDNumber(row.Name("number"), "casefile.id_number", form.Required)
	v.Form.Select(row.Name("grade"), "casefile.grade", nil)
	for name, label := range map[string]words.Key{"name": "casefile.name", "medication": "casefile.medication", "school": "casefile.school",
		"employer": "casefile.employer", "contact": "casefile.contact", "remark": "casefile.remark"} {
		v.Form.Text(row.Name(name), label)
	}
	v.Form.Number(row.Name("enrolled"), "casefile.enrolled_year", form.Hint("casefile.enrolled_hint"))
	v.Form.Number(row.Name("school_years"), "casefile.school_years")
	v.Form.Date(row.Name("contract_on"), "casefile.member_contract_on")
	v.Form.Phone(row.Name("phone"), "casefile.phone")
	v.Rows = []form.Row{row}
	return v
}
