package seed

import (
	"fmt"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
)

// Parts of invented names.
var (
	surnames = []string{"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "吴", "徐", "马", "胡", "郭", "林", "罗", "郑", "梁", "谢",
		"宋", "唐", "许", "邓", "冯", "韩", "曹", "曾", "彭", "萧", "蔡", "潘", "田", "董", "袁", "于", "余", "叶", "蒋", "杜", "苏", "魏",
		"程", "吕", "丁", "沈", "任", "姚", "卢", "傅", "钟", "姜", "崔", "谭", "廖", "范", "汪", "陆", "金", "石", "戴", "贾"}
	given = map[idcard.Sex]struct{ old, young []string }{
		idcard.Male: {
			old: []string{"建国", "志强", "永福", "德明", "国华", "学军", "长河", "红兵", "树林", "海涛", "文斌", "志远", "立新", "大勇",
				"启明", "广才", "春生", "玉山", "宏伟", "少华"},
			young: []string{"子轩", "浩然", "一鸣", "俊杰", "天佑", "明轩", "家豪", "思源", "小军", "阳", "宇航", "博文", "泽宇", "晨曦",
				"嘉树", "子墨", "昊天", "睿", "立群", "小川"},
		},
		idcard.Female: {
			old: []string{"秀英", "桂兰", "玉梅", "春花", "淑珍", "丽华", "红霞", "美玲", "晓燕", "惠芳", "金凤", "雪梅", "翠萍", "月娥",
				"凤琴", "彩云", "素芬", "爱华", "巧珍", "静"},
			young: []string{"雨桐", "欣怡", "诗涵", "佳怡", "子涵", "梦瑶", "晓彤", "小雨", "思琪", "婷", "若曦", "语嫣", "可欣", "乐瑶",
				"芷若", "安然", "心怡", "小禾", "书瑶", "云舒"},
		},
	}
)

// newYear is the first day of a year.
func newYear(year int) day.Date { return day.Of(year, time.January, 1) }

// name invents a name that nobody here has yet, one of the fashion of the person's age.
func (c *centre) name(surname string, sex idcard.Sex, age int) string {
	fashion := given[sex].old
	if age < 25 {
		fashion = given[sex].young
	}
	for {
		if name := surname + pick(c, fashion); !c.names[name] {
			c.names[name] = true
			return name
		}
	}
}

// number invents an ID number for a birth date. The district is not in use.
func (c *centre) number(district string, born day.Date, sex idcard.Sex) idcard.Number {
	for {
		sequence := 2 * c.chance.IntN(500)
		if sex == idcard.Male {
			sequence++
		}
		year, month, dayOfMonth := born.Date()
		first := fmt.Sprintf("%s%04d%02d%02d%03d", district, year, month, dayOfMonth, sequence)
		check, _ := idcard.CheckDigit(first) // seventeen digits by construction
		if number := first + string(check); !c.numbers[number] {
			c.numbers[number] = true
			return idcard.Number(number)
		}
	}
}

// phone invents a telephone number in a range that is not assigned.
func (c *centre) phone() string {
	c.phones++
	return fmt.Sprintf("1990000%04d", 1000+37*c.phones%9000)
}

// card invents the number of a bank card with a right check digit.
func (c *centre) card() string {
	c.cards++
	first := fmt.Sprintf("%s000000%06d", []string{"622848", "621700", "621799", "621226"}[c.cards%4], 4200+17*c.cards)
	for check := '0'; check <= '9'; check++ {
		if number, err := idcard.ParseCard(first + string(check)); err == nil {
			return number
		}
	}
	panic("seed: no check digit fits") // one of ten always does
}

// born gives a birth date for an age in full years today.
func (c *centre) born(age int) day.Date {
	return c.today.AddMonths(-12 * age).Add(-c.between(1, 360))
}

// person invents somebody of a household.
func (c *centre) person(district, surname, relation string, sex idcard.Sex, age int) casefile.Person {
	born := c.born(age)
	p := casefile.Person{
		Relation: relation, Name: c.name(surname, sex, age), Number: c.number(district, born, sex), Birth: born, Sex: sex,
		Ethnicity: pick(c, []string{"han", "han", "han", "yi", "bai", "hui", "dai"}), Political: "masses", Marital: "married",
		Registration: pick(c, []string{"urban", "urban", "converted", "rural"}), Health: "good", Insurance: "employee", ModelWorker: "none",
	}
	switch {
	case age < 7:
		p.Marital, p.Insurance, p.WorkStatus = "single", "resident", "child"
	case age < 23:
		p.Marital, p.Insurance, p.WorkStatus, p.Political = "single", "resident", "student", pick(c, []string{"masses", "league"})
		p.School, p.Education, p.EnrolledYear, p.SchoolYears = c.school(age)
	default:
		p.Phone, p.WorkStatus = c.phone(), "on_post"
	}
	return p
}

// school names an invented school for an age, with its level, the year of enrolment and its length in years.
func (c *centre) school(age int) (name, education string, enrolled, years int) {
	first := 7
	switch {
	case age < 13:
		name, education, years = "青石县城关小学", "primary", 6
	case age < 16:
		name, education, first, years = "青石县第三初级中学", "junior", 13, 3
	case age < 19:
		name, education, first, years = "澜城市高级中学", "senior", 16, 3
	default:
		name, education, first, years = "云山职业技术学院", "college", 19, 3
	}
	return name, education, c.today.Year() - (age - first) - 1, years
}
