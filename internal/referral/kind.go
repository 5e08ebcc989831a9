package referral

import (
	"slices"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/words"
)

// Kind is what a household is handed on for.
type Kind string

// The kinds: the seven of 003-49 (社会救助暂行办法), medical relief, and what the union arranges with others.
const (
	Allowance    Kind = "allowance"     // 最低生活保障
	Destitute    Kind = "destitute"     // 特困人员供养
	Disaster     Kind = "disaster"      // 受灾人员救助
	Education    Kind = "education"     // 教育救助
	Housing      Kind = "housing"       // 住房救助, priority for public housing (003-51)
	Employment   Kind = "employment"    // 就业救助
	Temporary    Kind = "temporary"     // 临时救助
	Medical      Kind = "medical"       // 医疗救助
	MutualAid    Kind = "mutual_aid"    // 职工医疗互助保障
	RedCross     Kind = "red_cross"     // 红十字会等特殊病种救助
	LoveHospital Kind = "love_hospital" // 爱心医院、爱心药店
	PensionGap   Kind = "pension_gap"   // 社会保险中断, 接续补缴
	WorkInjury   Kind = "work_injury"   // 工伤待遇
	WageArrears  Kind = "wage_arrears"  // 拖欠工资, 劳动保障监察
)

// Key gives the word of the kind.
func (k Kind) Key() words.Key { return words.Key("referral.kind." + string(k)) }

// Office gives the office that usually answers for the kind, as the form offers it.
func (k Kind) Office() words.Key { return words.Key("referral.office." + string(k)) }

// terms are what the program knows of a kind.
type terms struct {
	kind   Kind
	from   day.Date // first day on which it exists; zero = always
	until  day.Date // last day; zero = still
	owed   bool     // there is a debt: an amount owed, and since when
	papers []casefile.EvidenceKind
}

// relief is the first day of the rules on social relief (社会救助暂行办法, State Council 649); before it there was the
// living allowance of 1999 alone.
var relief = day.Of(2014, time.May, 1)

// common are the papers that every office asks for.
var common = []casefile.EvidenceKind{casefile.HeadID, casefile.HouseRegister}

// kinds is the dated list, in the order of the form.
var kinds = []terms{
	{kind: Allowance, from: day.Of(1999, time.October, 1), papers: []casefile.EvidenceKind{casefile.IncomeProof}},
	{kind: Destitute, from: relief, papers: []casefile.EvidenceKind{casefile.IncomeProof, casefile.DisabilityProof}},
	{kind: Disaster, from: relief, papers: []casefile.EvidenceKind{casefile.EventProof}},
	{kind: Education, from: relief, papers: []casefile.EvidenceKind{casefile.SchoolProof, casefile.TuitionReceipts}},
	{kind: Housing, from: relief, papers: []casefile.EvidenceKind{casefile.IncomeProof}},
	{kind: Employment, from: relief, papers: []casefile.EvidenceKind{casefile.Contract}},
	{kind: Temporary, from: relief, papers: []casefile.EvidenceKind{casefile.IncomeProof, casefile.EventProof, casefile.Receipts}},
	{kind: Medical, papers: []casefile.EvidenceKind{casefile.Diagnosis, casefile.Receipts}},
	{kind: MutualAid, papers: []casefile.EvidenceKind{casefile.Diagnosis, casefile.Receipts}},
	{kind: RedCross, papers: []casefile.EvidenceKind{casefile.Diagnosis}},
	{kind: LoveHospital, papers: []casefile.EvidenceKind{casefile.Diagnosis}},
	{kind: PensionGap, owed: true, papers: []casefile.EvidenceKind{casefile.Contract}},
	{kind: WorkInjury, papers: []casefile.EvidenceKind{casefile.Contract, casefile.Diagnosis}},
	{kind: WageArrears, owed: true, papers: []casefile.EvidenceKind{casefile.Contract, casefile.IncomeProof}},
}

// KindsOn lists the kinds that may be chosen on a day.
func KindsOn(on day.Date) []Kind {
	var list []Kind
	for _, k := range kinds {
		if !on.Before(k.from) && (k.until.IsZero() || !on.After(k.until)) {
			list = append(list, k.kind)
		}
	}
	return list
}

// known finds a kind, of whatever day.
func (k Kind) known() (terms, bool) {
	i := slices.IndexFunc(kinds, func(t terms) bool { return t.kind == k })
	if i < 0 {
		return terms{}, false
	}
	return kinds[i], true
}

// Owed tells whether the kind speaks of a debt, such as wages.
func (k Kind) Owed() bool {
	t, _ := k.known()
	return t.owed
}

// Asks tells whether the office usually asks for a kind of paper, so that the form offers it as chosen.
func (k Kind) Asks(paper casefile.EvidenceKind) bool {
	t, _ := k.known()
	return slices.Contains(common, paper) || slices.Contains(t.papers, paper)
}

// Origin says how the need came to light.
type Origin string

// The origins.
const (
	FromRequest  Origin = "request"  // the worker asked
	FromVisit    Origin = "visit"    // seen in a home visit (002-36)
	FromPetition Origin = "petition" // told when received as a petitioner (001-73)
	FromList     Origin = "list"     // on the list of those entitled and not covered
)

// Origins lists the origins in the order of the form.
var Origins = []Origin{FromRequest, FromVisit, FromPetition, FromList}

// Key gives the word of the origin.
func (o Origin) Key() words.Key { return words.Key("referral.origin." + string(o)) }
