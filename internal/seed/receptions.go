package seed

import (
	"context"

	"bangfu/internal/day"
	"bangfu/internal/referral"
	"bangfu/internal/work"
)

// came is one person who came to the window without a file.
type came struct {
	name    string
	daysAgo int
	kind    referral.Kind
	asked   string
	office  string
	days    int    // to answer
	answer  string // "" = none yet
	told    string // "" = not closed
}

// visitors came to the county's window: one waits, one is overdue, one was answered and one is settled.
var visitors = []came{
	{name: "唐小满", daysAgo: 34, kind: referral.PensionGap, asked: "原单位改制后养老保险断缴四年，询问如何接续。", office: "青石县社会保险局", days: 15,
		answer: "可按灵活就业人员接续，已当场办理登记", told: "来访人已办妥参保登记，电话确认无其他诉求"},
	{name: "贺立冬", daysAgo: 19, kind: referral.WorkInjury, asked: "在工地摔伤，单位不申报工伤认定。", office: "青石县人力资源和社会保障局", days: 15},
	{name: "骆霜降", daysAgo: 9, kind: referral.Employment, asked: "企业停产后失业，想学电工并找工作。", office: "青石县公共就业服务中心", days: 15, answer: "已登记求职，十二月开班的电工班留有名额"},
	{name: "池惊蛰", daysAgo: 2, kind: referral.WageArrears, asked: "在建筑公司做工，拖欠三个月工资共一万八千元，多次讨要未果。", office: "青石县劳动保障监察大队", days: 30},
}

// receptions tells of the visitors.
func (c *centre) receptions() {
	for _, v := range visitors {
		var id referral.ReceptionID
		c.then(v.daysAgo, 9*60+10, "clerk", func(ctx context.Context, u *work.Unit) (err error) {
			id, err = referral.Receive(ctx, u, c.keys, referral.Visitor{CameOn: u.Today(), Name: v.name, Phone: c.phone(), Kind: v.kind, Asked: v.asked,
				Office: v.office, DueOn: u.Today().Add(v.days)})
			return err
		})
		if v.answer != "" {
			c.then(v.daysAgo-6, 16*60+10, "clerk", func(ctx context.Context, u *work.Unit) error {
				follow := day.Date{}
				if v.told == "" {
					follow = u.Today().Add(3)
				}
				return referral.AnswerReception(ctx, u, id, u.Today(), v.answer, follow)
			})
		}
		if v.told != "" {
			c.then(v.daysAgo-7, 17*60+10, "clerk", func(ctx context.Context, u *work.Unit) error {
				return referral.CloseReception(ctx, u, id, v.told)
			})
		}
	}
}
