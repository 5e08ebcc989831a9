package seed

import (
	"math/rand/v2"
	"strings"

	"bangfu/internal/idcard"
)

// Names of a register: family names by a frequency such as a province has, given names of the fashion of an age.
var (
	// common are surnames with their share in ten thousand; what is left over goes to surnames.
	common = []struct {
		name  string
		share int
	}{{"王", 720}, {"李", 740}, {"张", 690}, {"刘", 520}, {"陈", 450}, {"杨", 410}, {"赵", 220}, {"黄", 210}, {"周", 200}, {"吴", 190}, {"徐", 150},
		{"孙", 140}, {"胡", 130}, {"朱", 120}, {"高", 110}, {"林", 110}, {"何", 110}, {"郭", 110}, {"马", 100}, {"罗", 90}, {"段", 60}, {"单", 8},
		{"曾", 40}, {"解", 10}, {"查", 8}, {"欧阳", 6}, {"上官", 2}, {"司马", 2}}
	oldMen     = strings.Split("建国志强永福德明华学军长河红兵树林海涛文斌远立新大勇启广才春生玉山宏伟少平忠义良庆祥发贵全喜顺昌", "")
	oldWomen   = strings.Split("秀英桂兰玉梅春花淑珍丽华红霞美玲晓燕惠芳金凤雪翠萍月娥琴彩云素芬爱巧静莲香菊琼仙会", "")
	youngMen   = strings.Split("子轩浩然一鸣俊杰天佑明家豪思源宇航博文泽晨曦嘉树墨昊睿立群小川阳皓铭辰逸凡梓涵", "")
	youngWomen = strings.Split("雨桐欣怡诗涵佳子梦瑶晓彤思琪婷若曦语嫣可乐芷安然心禾书云舒萱悦琳雅静妍依诺", "")
	// minority are names as some of the peoples of a province bear them, dots and length included.
	minority = strings.Fields("阿依古丽·买买提 古丽娜尔·艾力 阿木·热合曼 岩罕 玉罕叫 扎西顿珠 卓玛央金 阿普·古曲 木呷·阿约 依波·罗尔 腊保 娜朵 岩温香 玛依热·吐尔逊 曲木阿支 沙马拉毅")
)

func pickOf[T any](chance *rand.Rand, from []T) T { return from[chance.IntN(len(from))] }

// familyName draws a surname.
func familyName(chance *rand.Rand) string {
	n := chance.IntN(10000)
	for _, c := range common {
		if n -= c.share; n < 0 {
			return c.name
		}
	}
	return pickOf(chance, surnames)
}

// givenName draws a given name of one character or two.
func givenName(chance *rand.Rand, sex idcard.Sex, age int) string {
	if chance.IntN(100) < 40 { // the names that many of an age have
		if age < 25 {
			return pickOf(chance, given[sex].young)
		}
		return pickOf(chance, given[sex].old)
	}
	from := oldMen
	switch {
	case sex == idcard.Male && age < 25:
		from = youngMen
	case sex == idcard.Female && age < 25:
		from = youngWomen
	case sex == idcard.Female:
		from = oldWomen
	}
	first := pickOf(chance, from)
	if chance.IntN(100) < 14 {
		return first
	}
	return first + pickOf(chance, from)
}
