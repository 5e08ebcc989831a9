// Package pinyin says how names are spoken, in letters without tones, and what somebody may mean who types the
// beginning of it.
//
// The readings are those of mozillazg/go-pinyin; surnames whose reading as a name differs from the common one are
// corrected (tested in pinyin_test.go). Start reading at Of.
package pinyin

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	gopinyin "github.com/mozillazg/go-pinyin"
)

// surnames are read otherwise than the same character elsewhere.
var surnames = map[rune]string{
	'曾': "zeng", '单': "shan", '仇': "qiu", '解': "xie", '查': "zha", '朴': "piao", '盖': "ge", '翟': "zhai", '区': "ou", '缪': "miao",
	'乐': "yue", '秘': "bi", '冼': "xian", '折': "she", '员': "yun", '召': "shao", '种': "chong", '覃': "qin", '繁': "po", '黑': "he",
	'尹': "yin", '任': "ren", '沈': "shen", '宁': "ning", '华': "hua", '燕': "yan", '洗': "xian", '葛': "ge", '纪': "ji", '句': "gou",
	'幺': "yao", '逄': "pang", '万': "wan", '曲': "qu", '卜': "bu", '牟': "mu", '车': "che", '隗': "wei", '应': "ying", '令': "ling",
}

// doubles are surnames of two characters with a reading of their own.
var doubles = map[string]string{
	"万俟": "mo qi", "尉迟": "yu chi", "单于": "chan yu", "长孙": "zhang sun", "澹台": "tan tai", "令狐": "ling hu", "宰父": "zai fu",
	"鲜于": "xian yu", "夏侯": "xia hou", "澹臺": "tan tai",
}

// most is how many syllables of a name are kept.
const most = 12

// Of gives the syllables of a name, in small letters, with spaces between them: "wang zhong jian". Letters that the name
// itself has make a syllable of their own; characters without a known reading and signs are left out.
func Of(name string) string {
	var said []string
	runes := []rune(strings.TrimSpace(name))
	if len(runes) >= 2 {
		if reading, ok := doubles[string(runes[:2])]; ok {
			said, runes = strings.Fields(reading), runes[2:]
		}
	}
	if len(said) == 0 && len(runes) > 0 {
		if reading, ok := surnames[runes[0]]; ok {
			said, runes = []string{reading}, runes[1:]
		}
	}
	latin := ""
	for _, r := range runes {
		if r < unicode.MaxASCII && unicode.IsLetter(r) {
			latin += string(unicode.ToLower(r))
			continue
		}
		if latin != "" {
			said, latin = append(said, latin), ""
		}
		if reading := readingOf(r); reading != "" {
			said = append(said, reading)
		}
	}
	if latin != "" {
		said = append(said, latin)
	}
	return strings.Join(said[:min(len(said), most)], " ")
}

var readings sync.Map // rune to string; a register has a few thousand characters

// readingOf gives the common reading of one character; "" when there is none.
func readingOf(r rune) string {
	if known, ok := readings.Load(r); ok {
		return known.(string)
	}
	reading := ""
	if all := gopinyin.SinglePinyin(r, args); len(all) > 0 {
		reading = all[0]
	}
	readings.Store(r, reading)
	return reading
}

var args = gopinyin.NewArgs()

// Typed brings letters that somebody typed into the form of Of without its spaces; false when they are no such letters.
func Typed(text string) (string, bool) {
	letters := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\'' || r == '’':
			return -1
		case r == 'ü' || r == 'Ü':
			return 'v'
		}
		return unicode.ToLower(r)
	}, text)
	if len(letters) < 2 || len(letters) > 60 || strings.ContainsFunc(letters, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return "", false
	}
	return strings.ReplaceAll(letters, "lyu", "lv"), true // as passports write it
}

// Completions gives what the letters may be the beginning of: themselves when they are two whole syllables or more, and
// all that has one syllable more, whose beginning was typed. Of "wangzho" it gives wangzhong and wangzhou. One whole
// syllable is too little to look by.
func Completions(letters string) []string {
	whole := cuts(letters)
	var all []string
	switch whole[len(letters)] {
	case 0:
	case 1:
		return nil // a surname alone
	default:
		all = append(all, letters)
	}
	for cut := 1; cut < len(letters); cut++ {
		if whole[cut] == 0 {
			continue
		}
		begun := letters[cut:]
		first, _ := slices.BinarySearch(syllables, begun)
		for _, s := range syllables[first:] {
			if !strings.HasPrefix(s, begun) {
				break
			}
			if s != begun {
				all = append(all, letters[:cut]+s)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// cuts tells for each length how many syllables the letters up to it can be at most; 0 = they are none.
func cuts(letters string) []int {
	count := make([]int, len(letters)+1)
	for end := 1; end <= len(letters); end++ {
		for start := max(0, end-longest); start < end; start++ {
			if start > 0 && count[start] == 0 {
				continue
			}
			if _, found := slices.BinarySearch(syllables, letters[start:end]); found {
				count[end] = max(count[end], count[start]+1)
			}
		}
	}
	return count
}

// longest is the length of the longest syllable, such as zhuang.
const longest = 6

// syllables are all there are, in order.
var syllables = strings.Fields(`a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang
	cao ce cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong
	cou cu cuan cui cun cuo da dai dan dang dao de den deng di dian diao die ding diu dong dou du duan dui dun duo e ei en eng
	er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo
	ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong
	jiu ju juan jue jun ka kai kan kang kao ke ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei
	leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai man mang mao me mei men meng mi mian
	miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan
	nun nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin
	qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se sen seng
	sha shai shan shang shao she shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo
	ta tai tan tang tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia
	xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai
	zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun
	zhuo zi zong zou zu zuan zui zun zuo`)
