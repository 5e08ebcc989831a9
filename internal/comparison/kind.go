package comparison

import (
	"slices"
	"strings"

	"bangfu/internal/money"
	"bangfu/internal/words"
)

// Kind is one thing that another office may know of a person.
type Kind string

// The kinds.
const (
	Income    Kind = "income"    // 收入, of the period asked about
	Property  Kind = "property"  // 不动产
	Vehicle   Kind = "vehicle"   // 车辆
	Company   Kind = "company"   // 工商登记
	Insurance Kind = "insurance" // 社会保险状态
	Allowance Kind = "allowance" // 低保
	Death     Kind = "death"     // 死亡
	Marriage  Kind = "marriage"  // 婚姻登记
	NameKind  Kind = "name"      // not asked for: the office knows the number under another name
)

// Kinds lists what may be asked for, in the order of the form.
var Kinds = []Kind{Income, Property, Vehicle, Company, Insurance, Allowance, Death, Marriage}

// Key gives the word of the kind.
func (k Kind) Key() words.Key { return words.Key("comparison.kind." + string(k)) }

// Covers says in full what of the kind is compared, as the authorisation that is signed words it.
func (k Kind) Covers() words.Key { return words.Key("comparison.covers." + string(k)) }

// Source says which offices know it; the authorisation names them (PIPL 23).
func (k Kind) Source() words.Key { return words.Key("comparison.source." + string(k)) }

// Column says what a column of an answer holds: one of the kinds, or one of these.
type Column string

// The columns that are no kind.
const (
	Skip      Column = "skip"
	NumberCol Column = "id"
	NameCol   Column = "name_col"
	KindCol   Column = "kind" // a table with one row a person and kind says the kind here
	ValueCol  Column = "value"
)

// mostColumns is how many columns of an answer are looked at.
const mostColumns = 40

// Columns lists what a column may be, in the order of the form.
func Columns() []Column {
	all := []Column{Skip, NumberCol, NameCol, KindCol, ValueCol}
	for _, k := range Kinds {
		all = append(all, Column(k))
	}
	return all
}

// Key gives the word of the column.
func (c Column) Key() words.Key {
	if slices.Contains(Kinds, Kind(c)) {
		return Kind(c).Key()
	}
	return words.Key("comparison.column." + string(c))
}

// heads are words that tell what a column or a row holds, the most telling first.
var heads = []struct {
	column Column
	words  []string
}{
	{NumberCol, []string{"身份证", "证件号", "身份号码"}},
	{NameCol, []string{"姓名"}},
	{Column(Income), []string{"收入", "工资", "养老金"}},
	{Column(Property), []string{"不动产", "房产", "房屋"}},
	{Column(Vehicle), []string{"车辆", "机动车", "车牌"}},
	{Column(Company), []string{"工商", "企业", "经营", "市场主体"}},
	{Column(Insurance), []string{"社保", "社会保险", "参保"}},
	{Column(Allowance), []string{"低保", "最低生活保障"}},
	{Column(Death), []string{"死亡", "殡葬", "火化"}},
	{Column(Marriage), []string{"婚姻"}},
	{KindCol, []string{"项目", "类别", "类型"}},
	{ValueCol, []string{"结果", "内容", "信息"}},
}

// Guess tells by its head what a column holds; Skip when nothing is known of it.
func Guess(head string) Column {
	for _, h := range heads {
		for _, word := range h.words {
			if strings.Contains(head, word) {
				return h.column
			}
		}
	}
	return Skip
}

// kindOf reads the kind that a row names.
func kindOf(text string) (Kind, bool) {
	k := Kind(Guess(text))
	return k, slices.Contains(Kinds, k)
}

// nothing are the ways in which an office says that it found nothing.
var nothing = []string{"", "无", "否", "没有", "0", "0.00", "-", "—", "/", "无记录", "未查到", "未查询到", "无信息", "未登记", "无登记"}

// empty tells whether a value says that nothing was found.
func empty(value string) bool { return slices.Contains(nothing, value) }

// declared is what the household said about the things that are compared.
type declared struct {
	marital   string
	allowance money.Amount
}

// marital are the words for a marital status in an answer, by the code of the file.
var marital = map[string][]string{"married": {"已婚", "有配偶", "结婚", "初婚", "再婚", "复婚"}, "single": {"未婚"},
	"divorced": {"离婚", "离异"}, "widowed": {"丧偶"}}

// saying is a value that an answer gives, compared with what was declared.
type saying struct {
	kind   Kind
	value  string
	amount *int64 // fen, of an income that could be read
	agrees bool
}

// weigh compares a value with what was declared. Property, vehicles and companies are not declared at all, so each one is
// for a person to look at. A household's incomes are summed up and compared once all rows are read; until then they are
// open. false: the value says nothing that could differ.
func weigh(kind Kind, value string, d declared) (saying, bool) {
	s := saying{kind: kind, value: shorten(value, 400)}
	none := empty(value)
	switch kind {
	case Allowance:
		s.agrees = none == (d.allowance == 0)
	case Marriage:
		for code, said := range marital {
			for _, word := range said {
				if strings.Contains(value, word) && code == d.marital {
					s.agrees = true
				}
			}
		}
		if none || d.marital == "" {
			return s, false
		}
	case Insurance:
		s.agrees = !strings.Contains(value, "停") && !strings.Contains(value, "断") && !strings.Contains(value, "欠")
	case Income:
		amount, err := money.Parse(value)
		if err == nil {
			fen := int64(amount)
			s.amount = &fen
		}
	default:
		s.agrees = none
	}
	return s, !none || kind == Allowance && !s.agrees
}

// shorten cuts a text to at most n runes.
func shorten(s string, n int) string {
	runes := []rune(s)
	if len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return s
}
