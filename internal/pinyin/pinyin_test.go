package pinyin

import (
	"slices"
	"strings"
	"testing"
)

// Names are read as their bearers read them, surnames with a reading of their own among them.
func TestOf(t *testing.T) {
	for name, want := range map[string]string{
		"王中间": "wang zhong jian", "曾国藩": "zeng guo fan", "单雄信": "shan xiong xin", "仇英": "qiu ying", "解缙": "xie jin",
		"查良镛": "zha liang yong", "朴正": "piao zheng", "盖叫天": "ge jiao tian", "翟让": "zhai rang", "区寄": "ou ji", "缪荃孙": "miao quan sun",
		"乐毅": "yue yi", "万俟卨": "mo qi xie", "尉迟恭": "yu chi gong", "欧阳修": "ou yang xiu", "吕布": "lv bu", "沈从文": "shen cong wen",
		"阿依古丽·买买提": "a yi gu li mai mai ti", "John 李": "john li", " 王 五 ": "wang wu", "": "", "·": "", "任正": "ren zheng",
	} {
		if got := Of(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := strings.Fields(Of(strings.Repeat("王", 40))); len(got) != most {
		t.Errorf("%d syllables are kept, want %d", len(got), most)
	}
}

// Letters are read in any case and spacing; anything else is no reading.
func TestTyped(t *testing.T) {
	for text, want := range map[string]string{"wangzhong": "wangzhong", "Wang Zhong": "wangzhong", "WZJ": "wzj", "xi'an": "xian",
		"lü bu": "lvbu", "lyubu": "lvbu", "w": "", "wang1": "", "王w": "", "": "", strings.Repeat("a", 60): strings.Repeat("a", 60), strings.Repeat("a", 61): ""} {
		if got, ok := Typed(text); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v", text, got, ok)
		}
	}
}

// A syllable that was begun is completed in every way; one whole syllable alone is no name.
func TestCompletions(t *testing.T) {
	for letters, want := range map[string][]string{
		"wangzhong": {"wangzhong"}, "wangzho": {"wangzhong", "wangzhou"}, "wang": {}, "w": {}, "xyz": {}, "": {},
		"zhangwe": {"zhangwei", "zhangwen", "zhangweng"},
	} {
		if got := Completions(letters); !slices.Equal(got, want) && len(got)+len(want) > 0 {
			t.Errorf("%s may be %v, want %v", letters, got, want)
		}
	}
	if got := Completions("xian"); !slices.Contains(got, "xian") { // 西安 is two
		t.Errorf("xian may be %v", got)
	}
	if !slices.IsSorted(syllables) {
		t.Error("the syllables are not in order")
	}
}
