package eligibility

import "bangfu/internal/words"

// Category is the class of hardship, in the words of the generation it was found under (domain.md b.4). A file keeps
// the category of its own time: one of 2018 stays a household on the edge of the allowance.
type Category string

// None is a household that does not qualify.
const None Category = ""

// The categories in use since about 2020.
const (
	Severe   Category = "severe"   // 深度困难
	Relative Category = "relative" // 相对困难
	Accident Category = "accident" // 意外致困
)

// The categories of 2016 to 2020.
const (
	AllowanceHousehold Category = "allowance_household" // 低保户
	EdgeHousehold      Category = "edge_household"      // 低保边缘户
	AccidentHousehold  Category = "accident_household"  // 意外致困户
)

// The categories before 2016.
const (
	OnAllowance      Category = "on_allowance"      // 享受低保
	WithoutAllowance Category = "without_allowance" // 未享受低保
	AboveLine        Category = "above_line"        // 低保线以上
)

// The two classes of the company's rule (001-54, 001-55).
const (
	Extreme Category = "extreme" // 特困
	Poor    Category = "poor"    // 贫困
)

// The local auxiliary files under looser lines (domain.md b.4, d.4).
const (
	ProvincialAuxiliary Category = "provincial_auxiliary" // 省级辅助档案
	CityAuxiliary       Category = "city_auxiliary"       // 市级辅助档案
)

// ByAccident tells whether the category is that of a sudden event, in the words of whichever generation: such a household
// shows the papers of the event, and may leave by 解困 ([W60], of 2017).
func (c Category) ByAccident() bool { return c == Accident || c == AccidentHousehold }

// Key gives the word of the category.
func (c Category) Key() words.Key {
	if c == None {
		return "eligibility.category.none"
	}
	return words.Key("eligibility.category." + string(c))
}

// Level is the standard under which a file is kept 建档标准 (domain.md b.2): whose line the household passed (d.4). It
// follows from the category, so nobody is asked for it. Its words are those of the code list of files, which also holds
// the levels of counties and unions: older files name them, no test gives them.
type Level string

// The levels; a household that does not qualify has none.
const (
	NoLevel    Level = ""
	National   Level = "national"
	Provincial Level = "provincial"
	City       Level = "city"
)

// Level gives the standard of a category: the auxiliary files are the province's and the city's, all others national.
func (c Category) Level() Level {
	switch c {
	case None:
		return NoLevel
	case ProvincialAuxiliary:
		return Provincial
	case CityAuxiliary:
		return City
	}
	return National
}

// Generation is a set of categories that was in use together.
type Generation string

// The generations (domain.md b.4).
const (
	Company                Generation = "company"                  // 特困、贫困
	AllowanceStatus        Generation = "allowance_status"         // before 2016
	AllowanceEdgeAccident  Generation = "allowance_edge_accident"  // 2016 to 2020
	SevereRelativeAccident Generation = "severe_relative_accident" // since about 2020
)

// Generations lists all of them, the newest first.
var Generations = []Generation{SevereRelativeAccident, AllowanceEdgeAccident, AllowanceStatus, Company}

// Key gives the word of the generation.
func (g Generation) Key() words.Key { return words.Key("eligibility.generation." + string(g)) }
