package ledger

import (
	"crypto/sha256"
	"slices"
	"strings"
	"unicode"

	"bangfu/internal/casefile"
	"bangfu/internal/words"
)

// Field is what a column of an old ledger can be.
type Field string

// The fields, in the order in which a page offers them. NotTaken is a column that is left out.
const (
	NotTaken     Field = ""
	Household    Field = "household"
	HeadID       Field = "head_id"
	Relation     Field = "relation"
	Name         Field = "name"
	IDNumber     Field = "id"
	Sex          Field = "sex"
	Birth        Field = "birth"
	Phone        Field = "phone"
	Address      Field = "address"
	Ethnicity    Field = "ethnicity"
	Political    Field = "political"
	Marital      Field = "marital"
	Registration Field = "registration"
	Health       Field = "health"
	Illness      Field = "illness"
	Disability   Field = "disability"
	Grade        Field = "grade"
	Insurance    Field = "insurance"
	Identity     Field = "identity"
	WorkStatus   Field = "work_status"
	Employer     Field = "employer"
	Ownership    Field = "ownership"
	Started      Field = "started"
	Contract     Field = "contract"
	Model        Field = "model"
	School       Field = "school"
	Housing      Field = "housing"
	Area         Field = "area"
	Cause        Field = "cause"
	OldNumber    Field = "old_number"
	OldCategory  Field = "old_category"
	OldDate      Field = "old_on"
	Card         Field = "card"
	Bank         Field = "bank"
	Branch       Field = "branch"
	Income       Field = "income"
	Wage         Field = "wage"
	Pension      Field = "pension"
	Allowance    Field = "allowance"
	Medical      Field = "medical"
	Tuition      Field = "tuition"
	Monthly      Field = "monthly"
	Yearly       Field = "yearly"
	Aid          Field = "aid"
	Remark       Field = "remark"
)

// heads are the words that ledgers write over a column, without spaces and brackets; the first is ours.
var heads = []struct {
	field Field
	words []string
}{
	{Household, []string{"户编号", "家庭编号", "户号", "家庭序号", "户序号"}},
	{HeadID, []string{"户主身份证号", "户主身份证号码", "户主身份证", "户主证件号码"}},
	{Relation, []string{"与户主关系", "关系", "家庭关系", "成员关系", "与职工关系", "与本人关系"}},
	{Name, []string{"姓名", "职工姓名", "困难职工姓名", "成员姓名", "name"}},
	{IDNumber, []string{"身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码", "idnumber", "id"}},
	{Sex, []string{"性别", "sex"}},
	{Birth, []string{"出生日期", "出生年月", "出生年月日", "生日"}},
	{Phone, []string{"手机号码", "手机", "手机号", "联系电话", "电话", "联系方式", "phone"}},
	{Address, []string{"家庭住址", "住址", "地址", "现住址", "家庭地址", "address"}},
	{Ethnicity, []string{"民族"}},
	{Political, []string{"政治面貌"}},
	{Marital, []string{"婚姻状况", "婚否", "婚姻"}},
	{Registration, []string{"户口类型", "户口性质", "户籍性质", "户籍类型"}},
	{Health, []string{"健康状况", "身体状况", "健康"}},
	{Illness, []string{"疾病类别", "疾病名称", "所患疾病", "病种"}},
	{Disability, []string{"残疾类别", "残疾类型"}},
	{Grade, []string{"残疾等级", "残疾级别"}},
	{Insurance, []string{"医保状况", "医保类型", "医疗保险", "参保情况"}},
	{Identity, []string{"身份类别", "人员身份", "职工身份", "人员类别"}},
	{WorkStatus, []string{"工作状态", "就业状况", "在岗情况"}},
	{Employer, []string{"工作单位", "单位", "单位名称", "所在单位", "employer"}},
	{Ownership, []string{"单位性质", "企业性质"}},
	{Started, []string{"参加工作时间", "工作时间", "入职时间"}},
	{Contract, []string{"劳动合同签订时间", "合同签订时间", "合同时间"}},
	{Model, []string{"劳模类型", "劳模"}},
	{School, []string{"就读学校", "学校", "学校名称"}},
	{Housing, []string{"住房类型", "住房性质", "住房情况"}},
	{Area, []string{"建筑面积", "住房面积", "面积", "建筑面积㎡", "建筑面积平方米"}},
	{Cause, []string{"主要致困原因", "致困原因", "困难原因"}},
	{OldNumber, []string{"原档案编号", "档案编号", "档案号", "职工编号", "编号", "原编号"}},
	{OldCategory, []string{"原困难类别", "困难类别", "困难类型", "困难等级", "建档类别"}},
	{OldDate, []string{"原建档时间", "建档时间", "建档日期", "入档时间"}},
	{Card, []string{"银行卡号", "银行账号", "卡号", "银行卡", "开户账号", "银行帐号", "收款账号"}},
	{Bank, []string{"开户银行", "开户行", "银行名称", "银行"}},
	{Branch, []string{"支行名称", "开户支行", "支行", "开户网点"}},
	{Income, []string{"本人月收入", "月收入", "本人月平均收入", "月平均收入", "个人月收入"}},
	{Wage, []string{"月工资", "月工资收入", "本人月工资", "工资收入", "工资"}},
	{Pension, []string{"月养老金", "养老金", "月退休金", "退休金"}},
	{Allowance, []string{"月低保金", "低保金", "低保金额", "享受低保金额", "低保月金额"}},
	{Medical, []string{"年自付医疗费", "自付医疗费", "年医疗支出", "医疗支出", "医疗费用"}},
	{Tuition, []string{"年教育支出", "教育支出", "年学费", "学费"}},
	{Monthly, []string{"家庭月人均收入", "月人均收入", "人均月收入", "人均收入"}},
	{Yearly, []string{"家庭年收入", "家庭年度总收入", "家庭年总收入", "家庭总收入"}},
	{Aid, []string{"累计帮扶金额", "帮扶金额", "救助金额", "已救助金额"}},
	{Remark, []string{"备注", "说明", "remark"}},
}

// figures are the fields that become figures of the household's twelve months (domain.md b.2): which side and kind, whether
// the ledger gives them by the month, and whether they are the person's of the row or the household's. The income of a
// household as a whole is none of them: what it consists of, the ledger does not say.
var figures = map[Field]struct {
	side      casefile.Side
	kind      casefile.Kind
	monthly   bool
	household bool
}{
	Income:    {casefile.Income, "", true, false}, // the kind follows the work status
	Wage:      {casefile.Income, "wage", true, false},
	Pension:   {casefile.Income, "pension", true, false},
	Allowance: {casefile.Income, casefile.AllowanceKind, true, true},
	Medical:   {casefile.Expense, "illness", false, false},
	Tuition:   {casefile.Expense, "schooling", false, false},
}

// IsFigure tells whether the field is a figure of the household's twelve months.
func (f Field) IsFigure() bool {
	_, is := figures[f]
	return is
}

// needed are the fields without which nobody knows who is in a household: what is wrong with one of them holds the
// household, whatever was chosen.
var needed = []Field{NotTaken, Household, HeadID, Relation, Name, IDNumber, Sex, Birth}

// optional tells whether a household can be taken although the field cannot be read.
func (f Field) optional() bool { return !slices.Contains(needed, f) }

// Fields lists all fields but NotTaken.
func Fields() []Field {
	all := make([]Field, len(heads))
	for i, h := range heads {
		all[i] = h.field
	}
	return all
}

// Key gives the name of the field.
func (f Field) Key() words.Key {
	if f == NotTaken {
		return "ledger.field.none"
	}
	return words.Key("ledger.field." + string(f))
}

// Known tells whether a text names a field, or that a column is not taken.
func (f Field) Known() bool { return f == NotTaken || slices.Contains(Fields(), f) }

// Head is the word that our own sheets write over the field, which Guess understands.
func (f Field) Head() string {
	for _, h := range heads {
		if h.field == f {
			return h.words[0]
		}
	}
	return ""
}

// Guess says of each column by its head what it probably is; no field comes twice.
func Guess(titles []string) []Field {
	columns := make([]Field, len(titles))
	used := map[Field]bool{}
	for rank := range 8 { // a better word anywhere goes before a worse one
		for i, title := range titles {
			if columns[i] != NotTaken {
				continue
			}
			for _, h := range heads {
				if rank < len(h.words) && !used[h.field] && bareWord(title) == h.words[rank] {
					columns[i], used[h.field] = h.field, true
				}
			}
		}
	}
	return columns
}

// looksLikeHeads tells whether a row of a sheet is the one with the heads: at least two of them are known, or a name or
// an ID number is among them.
func looksLikeHeads(cells []string) bool {
	known := 0
	for _, f := range Guess(cells) {
		if f != NotTaken {
			known++
		}
		if f == Name || f == IDNumber {
			known++
		}
	}
	return known >= 2
}

// headsHash names a set of heads, for the memory of an office.
func headsHash(titles []string) []byte {
	bare := make([]string, len(titles))
	for i, t := range titles {
		bare[i] = bareWord(t)
	}
	sum := sha256.Sum256([]byte(strings.Join(bare, "\x00")))
	return sum[:]
}

// bareWord is a word as it is compared: without spaces, brackets, stars and strokes, in small letters, half width.
func bareWord(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if unicode.IsSpace(r) || strings.ContainsRune("()[]{}（）【】*:：、,，./\\|-_—·\"'“”", r) || unicode.IsControl(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}
