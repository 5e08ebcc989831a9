package ledger

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/sheet"
	"bangfu/internal/words"
)

// synonyms are the words of old ledgers beside those of today's lists, as bareWord writes them.
var synonyms = map[string]map[string]string{
	"relation": {"户主": casefile.Head, "本人": casefile.Head, "本人户主": casefile.Head, "职工本人": casefile.Head, "户主本人": casefile.Head,
		"妻": "spouse", "妻子": "spouse", "夫": "spouse", "丈夫": "spouse", "爱人": "spouse", "夫妻": "spouse",
		"儿子": "son", "长子": "son", "次子": "son", "独生子": "son", "三子": "son",
		"女儿": "daughter", "长女": "daughter", "次女": "daughter", "独生女": "daughter", "三女": "daughter",
		"孙子": "grandchild", "孙女": "grandchild", "外孙": "grandchild", "外孙女": "grandchild", "孙": "grandchild",
		"父亲": "parent", "母亲": "parent", "父": "parent", "母": "parent", "岳父": "parent", "岳母": "parent", "公公": "parent", "婆婆": "parent",
		"祖父": "grandparent", "祖母": "grandparent", "爷爷": "grandparent", "奶奶": "grandparent", "外祖父": "grandparent", "外祖母": "grandparent",
		"兄": "sibling", "弟": "sibling", "姐": "sibling", "妹": "sibling", "哥哥": "sibling", "弟弟": "sibling", "姐姐": "sibling", "妹妹": "sibling",
		"其他亲属": "other", "儿媳": "other", "女婿": "other"},
	"political": {"党员": "party", "中共预备党员": "party", "预备党员": "party", "中国共产党党员": "party", "团员": "league", "共青团": "league",
		"无党派": "masses", "无党派人士": "masses", "普通公民": "masses", "无": "masses"},
	"marital":      {"初婚": "married", "再婚": "married", "有配偶": "married", "单身": "single", "离婚": "divorced", "丧": "widowed", "丧夫": "widowed", "丧妻": "widowed"},
	"registration": {"城镇": "urban", "非农": "urban", "城镇户口": "urban", "居民": "urban", "农村": "rural", "农业户口": "rural", "非农业户口": "urban", "农转非": "converted"},
	"health": {"健康": "good", "正常": "good", "一般": "good", "良": "good", "好": "good", "患病": "ill", "有病": "ill", "大病": "ill", "重病": "ill", "慢性病": "ill", "重大疾病": "ill",
		"残": "disabled", "伤残": "disabled"},
	"illness": {"癌症": "tumour_malignant", "恶性肿瘤癌": "tumour_malignant", "心脏病": "heart", "冠心病": "heart", "脑梗": "brain", "脑梗死": "brain", "脑出血": "brain", "中风": "brain",
		"尿毒症": "kidney", "肾衰竭": "kidney", "肾病": "kidney", "精神分裂症": "mental", "肝硬化": "liver", "乙肝": "liver", "白血病": "blood", "高血压": "hypertension",
		"老年痴呆": "alzheimer", "帕金森": "parkinson", "渐冻症": "neuron", "植物人": "coma", "瘫痪": "paralysis", "其他": "general", "其他疾病": "general"},
	"disability": {"视力残疾": "sight", "盲": "sight", "听力残疾": "hearing", "聋": "hearing", "言语残疾": "speech", "哑": "speech", "智力残疾": "intellect", "肢体残疾": "limb",
		"肢残": "limb", "精神残疾": "mental", "多重残疾": "multiple"},
	"insurance": {"城镇职工": "employee", "职工医保": "employee", "城镇职工基本医疗保险": "employee", "职工": "employee", "城乡居民": "resident", "居民医保": "resident",
		"新农合": "resident", "城镇居民": "resident", "城乡居民基本医疗保险": "resident", "无": "none", "否": "none", "未参加": "none", "没有": "none"},
	"identity": {"在职": "employed", "职工": "employed", "在岗职工": "employed", "离退休": "retired", "退休": "retired", "退休职工": "retired", "灵活就业": "flexible",
		"下岗": "laid_off", "失业": "laid_off", "下岗职工": "laid_off", "失业人员": "laid_off", "下岗失业": "laid_off", "农民工": "migrant", "遗属": "survivor", "工亡家属": "survivor"},
	"work_status": {"在职": "on_post", "上班": "on_post", "就业": "on_post", "待岗": "waiting", "下岗": "waiting", "失业": "unemployed", "无业": "unemployed", "未就业": "unemployed",
		"学生": "student", "上学": "student", "在校": "student", "在读": "student", "学龄前": "child", "幼儿": "child", "丧失劳动能力": "unable", "无劳动力": "unable", "内退": "internal_retired"},
	"ownership": {"机关事业单位": "public", "事业单位": "public", "机关": "public", "国有": "state", "国企": "state", "国营": "state", "集体": "collective", "民营": "private", "私营": "private",
		"个体": "private", "民营企业": "private", "私营企业": "private", "外资": "foreign", "合资": "foreign", "外资企业": "foreign"},
	"model":   {"无": "none", "否": "none", "全国": "national", "省级": "provincial", "省部级": "provincial", "市级": "city", "地市级": "city", "省劳模": "provincial", "市劳模": "city"},
	"housing": {"自有": "commercial", "自有住房": "commercial", "自购房": "commercial", "自购": "commercial", "自建": "self_built", "公房": "unit_public", "单位公房": "unit_public", "廉租房": "low_rent", "公租房": "low_rent", "租住": "rented", "租赁": "rented", "借住": "other", "无房": "other"},
	"ethnicity": {"汉": "han", "壮": "zhuang", "回": "hui", "满": "man", "维吾尔": "uygur", "苗": "miao", "彝": "yi", "土家": "tujia", "藏": "tibetan", "蒙古": "mongol", "蒙": "mongol",
		"侗": "dong", "白": "bai", "傣": "dai"},
}

// causes are the words of old ledgers for the causes of hardship.
var causes = map[string]casefile.Cause{
	"因病": casefile.SeriousIllness, "患病": casefile.SeriousIllness, "大病": casefile.SeriousIllness, "重大疾病": casefile.SeriousIllness, "本人患病": casefile.SeriousIllness,
	"疾病": casefile.SeriousIllness, "家属患病": casefile.SeriousIllness, "因学": casefile.ChildrenSchooling, "子女就学": casefile.ChildrenSchooling, "供养子女上学": casefile.ChildrenSchooling,
	"下岗": casefile.LaidOff, "失业": casefile.LaidOff, "因灾": casefile.NaturalDisaster, "自然灾害": casefile.NaturalDisaster, "意外": casefile.Accident, "意外事故": casefile.Accident,
	"意外伤害": casefile.Accident, "因残": casefile.NoWorkAbility, "残疾": casefile.NoWorkAbility, "生活致困": casefile.OtherCause, "收入低": casefile.OtherCause,
}

// reader knows the words of every list on a day.
type reader struct {
	today   day.Date
	lists   map[string]map[string]string
	lenient bool // what is wrong with an optional field is left out, and does not hold the household
	rounds  bool // a number of the sheet was rounded: of eleven such numbers one is sound by chance
}

// lists are the code lists a ledger has columns for.
var lists = []casefile.List{casefile.Relations, casefile.Political, casefile.Marital, casefile.Registration, casefile.Health,
	casefile.Illness, casefile.Disability, casefile.Insurance, casefile.Identity, casefile.WorkStatus, casefile.Ownership,
	casefile.ModelWorker, casefile.HousingKinds, casefile.Ethnicity}

// newReader gathers the words: a value by its own word in both languages, with or without what stands in brackets, and
// the synonyms of values that may be chosen.
func newReader(ctx context.Context, today day.Date, lenient bool) *reader {
	r := &reader{today: today, lenient: lenient, lists: map[string]map[string]string{}}
	for _, l := range lists {
		known := map[string]string{}
		values := l.On(today)
		for word, value := range synonyms[l.Name] {
			if value == casefile.Head {
				known[word] = value
			}
			for _, v := range values {
				if v == value {
					known[word] = value
				}
			}
		}
		for _, v := range values {
			for _, language := range words.Languages {
				known[bareWord(words.T(words.In(ctx, language), l.Key(v)))] = v
			}
		}
		r.lists[l.Name] = known
	}
	return r
}

// code reads a word of a list.
func (r *reader) code(l casefile.List, word string) (string, bool) {
	value, ok := r.lists[l.Name][bareWord(word)]
	return value, ok
}

// partings are the signs by which ledgers part several causes, or several phones, in one cell.
const partings = "、，,；;/／|｜+＋\n"

// parted gives the words of a cell that holds several.
func parted(cell string) []string {
	return strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(partings, r) })
}

// causes reads the causes of a cell in their order, each once, and the words that name none. Words may be parted by spaces
// alone, but a space may stand within a word too.
func (r *reader) causes(ctx context.Context, cell string) (known []casefile.Cause, unknown []string) {
	for _, part := range parted(cell) {
		said := []string{part}
		if _, ok := r.cause(ctx, part); !ok {
			said = strings.Fields(part)
		}
		for _, word := range said {
			c, ok := r.cause(ctx, word)
			switch {
			case bareWord(word) == "":
			case !ok:
				unknown = append(unknown, word)
			case !slices.Contains(known, c):
				known = append(known, c)
			}
		}
	}
	return known, unknown
}

// cause reads one cause: by its word, its number, or an everyday word.
func (r *reader) cause(ctx context.Context, word string) (casefile.Cause, bool) {
	bare := bareWord(word)
	if n, err := strconv.Atoi(bare); err == nil {
		return casefile.Cause(n), casefile.Cause(n).Known()
	}
	if c, ok := causes[bare]; ok {
		return c, true
	}
	for _, c := range casefile.Causes {
		if bareWord(words.T(words.In(ctx, words.Chinese), c.Key())) == bare {
			return c, true
		}
	}
	return 0, false
}

var (
	monthOnly = regexp.MustCompile(`^([0-9]{4})[-/.年]([0-9]{1,2})月?$`)
	dayNumber = regexp.MustCompile(`^[0-9]{4,5}$`)
)

// date reads a day as ledgers write it: all that day.Parse reads ("2018.3.5", "2018年3月5日", full-width digits), a
// spreadsheet's day number ("43164"), and a month ("2018.3") for its first day. A year alone is no day.
func date(s string) (day.Date, bool) {
	if at, err := day.Parse(s); err == nil {
		return at, true
	}
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - ('！' - '!')
		case r == ' ' || r == '\u3000':
			return -1
		}
		return r
	}, s)
	if parts := monthOnly.FindStringSubmatch(plain); parts != nil {
		at, err := day.Parse(parts[1] + "-" + parts[2] + "-1")
		return at, err == nil
	}
	if dayNumber.MatchString(plain) {
		n, err := strconv.Atoi(plain)
		if at := sheet.DateOf(n, false); err == nil && n > 9999 && !at.IsZero() {
			return at, true
		}
	}
	return day.Date{}, false
}

// amount reads yuan; what a spreadsheet computed may have more than two decimals and is rounded to the fen.
func amount(s string) (money.Amount, bool) {
	if a, err := money.Parse(s); err == nil {
		return a, a <= mostAmount
	}
	whole, decimals, found := strings.Cut(s, ".")
	if !found || len(decimals) < 3 || strings.Trim(whole+decimals, "0123456789") != "" || len(s) > 30 {
		return 0, false
	}
	a, err := money.Parse(whole + "." + decimals[:2])
	if err == nil && decimals[2] >= '5' {
		a, err = a.Add(1)
	}
	return a, err == nil && a <= mostAmount
}

// metres reads a floor area in square metres, rounded down as the form takes it.
func metres(s string) (int, bool) {
	s = strings.TrimSpace(strings.NewReplacer("平方米", "", "㎡", "", "m²", "", "m2", "", "平米", "").Replace(s))
	whole, decimals, _ := strings.Cut(s, ".")
	n, err := strconv.Atoi(whole)
	return n, err == nil && n >= 0 && n <= 10_000 && strings.Trim(decimals, "0123456789") == ""
}

// grade reads the grade of a disability, 1 to 4.
func grade(s string) (int, bool) {
	bare := bareWord(s)
	for i, words := range [][]string{{"1", "一级", "1级", "极重度", "一", "壹级"}, {"2", "二级", "2级", "重度", "二", "贰级"}, {"3", "三级", "3级", "中度", "三", "叁级"}, {"4", "四级", "4级", "轻度", "四", "肆级"}} {
		for _, w := range words {
			if bare == w {
				return i + 1, true
			}
		}
	}
	return 0, false
}
