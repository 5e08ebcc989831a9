package seed

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// slots is how many numbers of a kind each household has for itself: people, papers, entries of the trail.
const slots = 16

// made-up household: what its file says, and the acts that led there.
type family struct {
	*bulk
	index   int
	chance  *rand.Rand
	at      *office
	county  *office
	local   int // of the office
	serial  int // of the county; ID numbers and phones are made of it
	file    casefile.File
	people  []casefile.Person
	economy casefile.Economy
	causes  []casefile.Cause
	need    need
	said    casefile.Particulars
	verdict eligibility.Verdict
	judged  bool

	visited, decided, published, ended time.Time
}

// family makes up one household. All of it follows from its place in the register.
func (b *bulk) family(i int, chance *rand.Rand) (*family, error) {
	h := &family{bulk: b, index: i, chance: chance}
	h.at, h.county, h.local, h.serial = b.tree.place(i)
	f := &h.file
	f.ID = work.FileID(b.lastID["casefile_file"] + int64(i) + 1)
	f.OrgID, f.OrgPath, f.Round, f.Version = work.OrgID(h.at.id), h.at.path, 1, 1
	f.RegisteredBy = work.StaffID(h.registrar().id)
	span := b.Now.Add(-time.Hour).Sub(b.start)
	f.RegisteredAt = b.start.Add(time.Duration(float64(span) * float64(i) / float64(b.files))).Truncate(time.Second)
	f.State = h.state()
	h.settle()
	return h, h.proceed()
}

// registrar is who registered the household: the unit's clerk, or the first of the county.
func (h *family) registrar() person { return h.at.clerks[0] }

// passing is the share of the newest files that are still on their way.
const passing = 0.04

// state draws where the file stands. Old ones are on the register or off it; the newest are on their way.
func (h *family) state() casefile.State {
	n := h.chance.IntN(1000)
	if float64(h.index) >= float64(h.files)*(1-passing) {
		return drawn(n, []share{{casefile.Draft, 120}, {casefile.Returned, 70}, {casefile.Submitted, 240}, {casefile.Visited, 180},
			{casefile.Judged, 130}, {casefile.Assessed, 100}, {casefile.InNotice, 160}})
	}
	closed := 60 * int(h.Now.Sub(h.file.RegisteredAt)/(365*24*time.Hour))
	return drawn(n, []share{{casefile.NotQualified, 55}, {casefile.Refused, 18}, {casefile.Discarded, 27}, {casefile.Closed, closed}, {casefile.Active, 1000}})
}

// share is a state with its share in a thousand.
type share struct {
	state casefile.State
	of    int
}

func drawn(n int, shares []share) casefile.State {
	for _, s := range shares {
		if n -= s.of; n < 0 {
			return s.state
		}
	}
	return shares[len(shares)-1].state
}

// needNames are the kinds of hardship, in a fixed order.
var needNames = func() []string {
	var names []string
	for name := range needs {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}()

// settle makes up the people, the home and the figures.
func (h *family) settle() {
	f := &h.file
	h.need = needs[pickOf(h.chance, needNames)]
	n := h.need
	sex := pickOf(h.chance, []idcard.Sex{idcard.Male, idcard.Female})
	family := familyName(h.chance)
	head := h.person(casefile.Head, family, sex, h.between(34, 57))
	head.Identity, head.Marital, head.WorkStatus = n.identity, n.marital, n.status
	if n.ill != "" {
		head.Health, head.Illness = "ill", n.ill
	}
	if n.disabled != "" {
		head.Health, head.Disability, head.Grade = "disabled", n.disabled, h.between(2, 3)
	}
	f.Employer = h.at.employer
	if h.at == h.county {
		f.Employer = h.county.employer + pickOf(h.chance, brands) + pickOf(h.chance, trades)
	}
	head.Employer, head.Ownership, head.StartedOn = f.Employer, pickOf(h.chance, []string{"state", "collective", "private", "public"}), day.On(f.RegisteredAt).AddMonths(-h.between(30, 200))
	if casefile.Employed(n.status) {
		head.Condition, head.Industry, head.EmploymentForm, head.ContractTerm = pickOf(h.chance, []string{"normal", "loss", "stopped"}), "manufacturing", "contract", "open"
	}
	if n.identity == "migrant" {
		head.ContractOn, head.ContractTerm = day.On(f.RegisteredAt).AddMonths(-h.between(14, 50)), "three_years"
	}
	head.District = h.county.district
	h.said = n.said
	h.said.SelfHelp, h.said.PostalCode = "yes", "679900"
	if n.ill != "" || n.disabled != "" {
		h.said.SelfHelp = "no"
	}
	h.people = append(h.people, head)
	h.relatives(family, sex)
	slices.SortFunc(h.people[1:], func(a, b casefile.Person) int { return cmp.Or(a.Birth.Compare(b.Birth), cmp.Compare(a.ID, b.ID)) }) // as they are read
	f.HeadName, f.People = head.Name, len(h.people)
	f.Address = fmt.Sprintf("%s县%s%s%d号", h.county.employer, pickOf(h.chance, towns), pickOf(h.chance, roads), h.between(1, 380))
	f.AreaSaid = true
	f.Housing, f.HousingM2 = pickOf(h.chance, []string{"self_built", "unit_public", "low_rent", "rented", "commercial", "affordable"}), h.between(22, 110)
	f.EconomyUntil = monthEnd(day.On(f.RegisteredAt))
	h.causes = n.causes
	f.MainCause = h.causes[0]
	h.economy = casefile.Economy{Until: f.EconomyUntil, Source: casefile.FromRegistration, Round: 1, People: f.People, Lines: h.figures()}
}

// towns and roads make addresses.
var (
	towns = []string{"城关镇", "新桥镇", "南坪乡", "河西街道", "东山镇", "北门街道", "龙潭镇", "双江乡", "红旗镇", "大营街道"}
	roads = []string{"北门街", "文昌路", "河沿巷", "建设路", "人民路", "纺织厂宿舍", "水泥厂家属区", "学府路", "团结巷", "滨江路", "解放街", "西园路",
		"南城巷", "工农路", "光明小区", "桂花苑", "和平路", "青年路", "新村", "振兴路"}
)

// relatives adds those who live with the head.
func (h *family) relatives(family string, sex idcard.Sex) {
	other, childrenOf := idcard.Male, familyName(h.chance)
	if sex == idcard.Male {
		other, childrenOf = idcard.Female, family
	}
	if h.need.marital == "married" {
		h.people = append(h.people, h.person("spouse", familyName(h.chance), other, h.between(33, 56)))
	}
	for _, age := range h.need.children {
		childSex, relation := idcard.Male, "son"
		if h.chance.IntN(2) == 0 {
			childSex, relation = idcard.Female, "daughter"
		}
		h.people = append(h.people, h.person(relation, childrenOf, childSex, age))
	}
	if h.chance.IntN(100) < 22 {
		h.people = append(h.people, h.person("parent", family, pickOf(h.chance, []idcard.Sex{idcard.Male, idcard.Female}), h.between(62, 84)))
	}
}

// person makes up somebody of the household.
func (h *family) person(relation, family string, sex idcard.Sex, age int) casefile.Person {
	k := len(h.people)
	name := family + givenName(h.chance, sex, age)
	if h.chance.IntN(100) < 3 {
		name = pickOf(h.chance, minority)
	}
	p := casefile.Person{ID: casefile.PersonID(h.lastID["casefile_person"] + int64(h.index)*slots + int64(k) + 1), Relation: relation, Name: name, Sex: sex,
		Ethnicity: pickOf(h.chance, []string{"han", "han", "han", "han", "yi", "bai", "hui", "dai"}), Political: "masses", Marital: "married",
		Registration: pickOf(h.chance, []string{"urban", "urban", "converted", "rural"}), Health: "good", Insurance: "employee", ModelWorker: "none", WorkStatus: "on_post"}
	serial := h.serial*8 + k
	year := day.On(h.file.RegisteredAt).Year() - age
	p.Birth = day.Of(year, time.January, 1).Add(serial * 151 % 365)
	sequence := serial / 365 * 2
	if sex == idcard.Male {
		sequence++
	}
	y, m, d := p.Birth.Date()
	first := fmt.Sprintf("%s%04d%02d%02d%03d", h.county.district, y, int(m), d, sequence%1000)
	check, _ := idcard.CheckDigit(first) // seventeen digits by construction
	p.Number = idcard.Number(first + string(check))
	switch {
	case age < 7:
		p.Marital, p.Insurance, p.WorkStatus = "single", "resident", "child"
	case age < 23:
		p.Marital, p.Insurance, p.WorkStatus, p.School = "single", "resident", "student", h.county.employer+"县第一中学"
		p.Education, p.EnrolledYear, p.SchoolYears = "senior", year+age-1, 3
	default:
		if age > 61 {
			p.WorkStatus = "retired"
		}
		p.Phone = fmt.Sprintf("199%08d", (h.index*8+k)%100000000)
	}
	return p
}

func (h *family) between(low, high int) int { return low + h.chance.IntN(high-low+1) }

// line is the 低保 line of the time of registration.
func (h *family) line() eligibility.Line {
	year := day.On(h.file.RegisteredAt).Year()
	return h.lines[min(year-firstYear, len(h.lines)-1)]
}

// figures makes up twelve months that lead to a category, or to none for those who did not qualify.
func (h *family) figures() []casefile.Line {
	line := int(h.line().Monthly / 100)
	low, high := line*105/100, line*190/100
	switch n := h.chance.IntN(100); {
	case h.file.State == casefile.NotQualified:
		low, high = line*320/100, line*420/100
	case n < 28:
		low, high = line*45/100, line*95/100
	}
	rigid, income := 0, 12*len(h.people)*h.between(low, high)
	if h.need.rigid != "" {
		rigid = h.between(h.need.yuan[0], h.need.yuan[1])
	}
	if h.need.rigid == casefile.EventKind {
		if h.file.State == casefile.NotQualified {
			rigid = income / 10
		} else {
			income = 12 * len(h.people) * h.between(line*210/100, line*260/100)
			rigid = income * 9 / 10
		}
	} else {
		income += rigid
	}
	kind := casefile.Kind("wage")
	if h.need.status == "retired" || h.need.status == "sick_retired" {
		kind = "pension"
	}
	all := []casefile.Line{}
	if rigid > 0 {
		all = append(all, casefile.Line{Side: casefile.Expense, Kind: h.need.rigid, Amount: money.Yuan(int64(rigid))})
	}
	return append(all, casefile.Line{Side: casefile.Income, Kind: kind, Amount: money.Yuan(int64(income))})
}

// monthEnd is the last day of the month before.
func monthEnd(on day.Date) day.Date { return day.Of(on.Year(), on.Month(), 1).Add(-1) }

// proceed gives the acts their times and the file what they leave on it.
func (h *family) proceed() error {
	f := &h.file
	if f.State == casefile.Draft {
		return nil
	}
	if f.State == casefile.Discarded {
		f.ClosedAt, f.ReturnReason = f.RegisteredAt.Add(50*time.Hour), "申请人撤回申请"
		return nil
	}
	after := func(hours int) time.Time { // never after now
		at := f.RegisteredAt.Add(time.Duration(hours) * time.Hour)
		if at.After(h.Now) {
			at = h.Now.Add(-time.Minute).Truncate(time.Second)
		}
		return at
	}
	f.SubmittedAt = after(22)
	if f.State == casefile.Submitted {
		return nil
	}
	h.visited = after(96)
	if f.State == casefile.Returned {
		f.ReturnReason = "住址与核查不符，请补正后重新提交"
		return nil
	}
	if f.State == casefile.Visited {
		return nil
	}
	return h.decide(after)
}

// decide goes on from the judgement.
func (h *family) decide(after func(hours int) time.Time) error {
	f := &h.file
	facts, err := h.economy.Facts(f.People, false)
	if err != nil {
		return err
	}
	if h.verdict, err = eligibility.Judge(facts, h.line(), h.rule); err != nil {
		return err
	}
	h.judged, h.decided = true, after(144)
	f.Category = h.verdict.Category
	switch {
	case f.Category == eligibility.None: // the figures decide, not what was drawn
		f.State, f.ClosedAt, f.Category = casefile.NotQualified, h.decided, ""
		return nil
	case f.State == casefile.NotQualified:
		return fmt.Errorf("household %d qualifies and was to have not", h.index)
	case f.State == casefile.Refused:
		f.ClosedAt, f.ReturnReason = after(150), "集体评议认为家庭实际生活水平明显高于申报"
		return nil
	case f.State == casefile.Judged, f.State == casefile.Assessed:
		return nil
	case f.State == casefile.InNotice:
		h.published = h.today.Add(-h.between(0, 4)).Start().Add(9 * time.Hour)
		return nil
	}
	h.published = day.On(after(192)).Start().Add(10 * time.Hour)
	h.ended = day.On(h.published).Add(noticeDays).Start().Add(30 * time.Second)
	f.ActivatedAt = h.ended
	f.Number = fmt.Sprintf("%s%d%05d", h.at.code, day.On(h.ended).Year(), h.local+1)
	if f.State == casefile.Closed {
		f.ClosedAt = h.ended.Add(time.Duration(h.between(200, 700)) * 24 * time.Hour)
		if f.ClosedAt.After(h.Now) {
			f.State, f.ClosedAt = casefile.Active, time.Time{}
			return nil
		}
		f.ReturnReason = pickOf(h.chance, []string{"out_of_hardship", "out_of_hardship", "out_of_hardship", "retired", "died", "moved"})
	}
	return nil
}

// noticeDays is how long a notice stands.
const noticeDays = 7
