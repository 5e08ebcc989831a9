package seed

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// orgCode gives the code of the office where a person works.
func (c *centre) orgCode(username string) string {
	for _, p := range staffed {
		if p.username == username {
			return p.org
		}
	}
	return ""
}

// register tells how the registrar enters the household, section by section, and hands it in.
func (c *centre) register(h *household) {
	daysAgo, minute := h.daysAgo, 8*60+50+c.between(0, 40)
	act := func(do func(ctx context.Context, u *work.Unit) error) {
		c.then(daysAgo, minute, h.registrar, do)
		minute += c.between(3, 7)
	}
	act(func(ctx context.Context, u *work.Unit) error {
		id, err := casefile.Register(ctx, u)
		h.file = id
		return err
	})
	sections := c.sections(h)
	if h.sections > 0 {
		sections = sections[:h.sections]
	}
	for _, section := range sections {
		act(section)
	}
	if h.fate == unfinished {
		act(func(ctx context.Context, u *work.Unit) error {
			return casefile.SaveTyped(ctx, u, c.keys, h.file, casefile.HousingSection, casefile.Whenever,
				url.Values{"address": {h.housing.Address}, "kind": {h.housing.Kind}})
		})
	}
	if h.fate == temporary {
		act(func(ctx context.Context, u *work.Unit) error {
			return casefile.KeepTemporary(ctx, u, h.file, "户主夜班途中遇车祸住院，肇事方尚未赔付，家属先来求助；收入和材料待出院后补齐。")
		})
	}
	if h.fate > temporary {
		act(func(ctx context.Context, u *work.Unit) error { return casefile.Submit(ctx, u, h.file) })
	}
}

// sections are the sections of a registration in the order in which they are filled here.
func (c *centre) sections(h *household) []func(ctx context.Context, u *work.Unit) error {
	began := c.date(h.daysAgo)       // what is registered on a day off is moved to the working day before it
	until := began.Add(-began.Day()) // the last day of the month before
	return []func(ctx context.Context, u *work.Unit) error{
		func(ctx context.Context, u *work.Unit) error {
			return casefile.SaveHead(ctx, u, c.keys, h.file, 0, h.head)
		},
		func(ctx context.Context, u *work.Unit) error {
			return casefile.SaveMembers(ctx, u, c.keys, h.file, 0, h.members)
		},
		func(ctx context.Context, u *work.Unit) error { return casefile.SaveWork(ctx, u, h.file, 0, h.work) },
		func(ctx context.Context, u *work.Unit) error {
			return casefile.SaveHousing(ctx, u, h.file, 0, h.housing)
		},
		func(ctx context.Context, u *work.Unit) error {
			return c.saveEconomy(ctx, u, h, until)
		},
		func(ctx context.Context, u *work.Unit) error {
			return casefile.SaveProperty(ctx, u, h.file, 0, h.property())
		},
		func(ctx context.Context, u *work.Unit) error {
			return casefile.SaveCauses(ctx, u, h.file, 0, needs[h.need].causes, h.said)
		},
		func(ctx context.Context, u *work.Unit) error { return c.hand(ctx, u, h) },
		func(ctx context.Context, u *work.Unit) error {
			return casefile.SaveCard(ctx, u, c.keys, h.file, 0, h.card)
		},
		func(ctx context.Context, u *work.Unit) error {
			return casefile.SaveDeclarations(ctx, u, h.file, 0, casefile.DeclarationKinds, u.Today(), []casefile.BodyOpinion{
				{Body: casefile.UnionBody, Opinion: "情况属实，同意上报。", GivenBy: "杨树", GivenOn: u.Today()}})
		},
	}
}

// saveEconomy writes the twelve months, each figure as that of the person whose it is; and what is owed to somebody whose
// hardship it is.
func (c *centre) saveEconomy(ctx context.Context, u *work.Unit, h *household, until day.Date) error {
	people, err := casefile.People(ctx, u, c.keys, h.file)
	if err != nil {
		return err
	}
	head, pupil := people[0].ID, casefile.PersonID(0)
	for _, p := range people {
		if p.WorkStatus == "student" {
			pupil = p.ID
		}
	}
	lines := slices.Clone(h.lines)
	for i, l := range lines {
		switch {
		case l.Kind == "schooling":
			lines[i].Person = pupil
		case l.Kind.Personal(l.Side):
			lines[i].Person = head
		}
	}
	if err := casefile.SaveEconomy(ctx, u, h.file, 0, casefile.Economy{Until: until, Lines: lines}, nil); err != nil {
		return err
	}
	if h.need != "unpaid" {
		return nil
	}
	_, err = casefile.AddArrears(ctx, u, h.file, casefile.Arrears{Person: head, Kind: casefile.PensionArrears, From: until.AddMonths(-36),
		Amount: money.Yuan(int64(c.between(9, 16) * 1000)), Employer: h.work.Employer, Note: "企业停产后未再缴纳"})
	return err
}

// hand adds every paper that the file asks for, and finishes the section.
func (c *centre) hand(ctx context.Context, u *work.Unit, h *household) error {
	f, err := casefile.Find(ctx, u, u.By.Scope, h.file)
	if err != nil {
		return err
	}
	missing, err := casefile.Missing(ctx, u, f, u.Today())
	if err != nil {
		return err
	}
	for i, m := range missing {
		blob, extension, err := c.paper(ctx, m.Kind)
		if err != nil {
			return err
		}
		issued := day.Date{}
		if m.Kind.Ages() {
			issued = u.Today().Add(-3 - 5*i)
		}
		name := fmt.Sprintf("IMG_%s_%04d%s", u.Now.Format("20060102"), 1000+i*17, extension)
		if _, err := casefile.AddEvidence(ctx, u, h.file, casefile.NewEvidence{Kind: m.Kind, Name: name, IssuedOn: issued, PersonID: m.PersonID}, blob); err != nil {
			return err
		}
	}
	return casefile.SaveEvidence(ctx, u, h.file, 0)
}

// property is what the household said it has: the home it lives in when that is its own, and a little saved.
func (h *household) property() casefile.Property {
	p := casefile.Property{Savings: money.Yuan(int64(800 + 150*len(h.members)))}
	switch h.housing.Kind {
	case "self_built", "commercial", "affordable", "limited_price":
		p.Homes, p.Metres = 1, h.housing.Metres
	}
	return p
}
