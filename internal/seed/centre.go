package seed

import (
	"context"
	"fmt"
	"time"

	"bangfu/internal/eligibility"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/staff"
	"bangfu/internal/work"
)

// firstDay is how many days ago the sample centre was founded.
const firstDay = 210

// Password is everybody's in the sample centre. It is printed at every start in development and protects nothing.
const Password = "chunfeng-huayu-26"

// SignIn is one person of the sample centre, as the program prints them.
type SignIn struct {
	Username, Name string
	Role           work.Role
	Office         string
}

// tree is the invented tree of unions: four levels, two counties of one city.
var tree = []struct {
	code, parent   string
	level          staff.Level
	name, district string
	phone          string
}{
	{"YS", "", staff.Province, "云山省总工会", "530000", "0871-60000001"},
	{"YSLC", "YS", staff.City, "澜城市总工会", "539900", "0879-2000001"},
	{"QSX", "YSLC", staff.County, "青石县总工会困难职工帮扶中心", "539901", "0879-2100001"},
	{"QSFZ", "QSX", staff.Unit, "青石纺织厂工会", "539901", "0879-2100101"},
	{"QSGJ", "QSX", staff.Unit, "青石公交公司工会", "539901", "0879-2100102"},
	{"QSSN", "QSX", staff.Unit, "青石水泥厂工会", "539901", "0879-2100103"},
	{"QSYY", "QSX", staff.Unit, "青石县中医院工会", "539901", "0879-2100104"},
	{"BHX", "YSLC", staff.County, "白河县总工会困难职工帮扶中心", "539902", "0879-2200001"},
	{"BHTC", "BHX", staff.Unit, "白河陶瓷厂工会", "539902", "0879-2200101"},
	{"BHCY", "BHX", staff.Unit, "白河茶业公司工会", "539902", "0879-2200102"},
}

// staffed is who works where. At the centre of 青石 every step of a household's way has its person, and the two who
// recheck after an objection are others than those who went first.
var staffed = []struct {
	username, name, org string
	role                work.Role
}{
	{"clerk", "何敏", "QSX", staff.Caseworker},
	{"clerk2", "罗杰", "QSX", staff.Caseworker},
	{"clerk3", "段芳", "QSX", staff.Caseworker},
	{"clerk4", "杨帆", "QSX", staff.Caseworker},
	{"supervisor", "李正", "QSX", staff.Supervisor},
	{"officer", "周文", "QSX", staff.Officer},
	{"grouphead", "马骏", "QSX", staff.GroupHead},
	{"group1", "钱江", "QSX", staff.GroupMember},
	{"group2", "孙莉", "QSX", staff.GroupMember},
	{"chair", "陈刚", "QSX", staff.CommitteeMember},
	{"committee1", "吴霞", "QSX", staff.CommitteeMember},
	{"committee2", "郑凯", "QSX", staff.CommitteeMember},
	{"cashier", "冯洁", "QSX", staff.Cashier},
	{"accountant", "褚明", "QSX", staff.Accountant},
	{"accountant2", "温岚", "QSX", staff.Accountant},
	{"auditor", "蒋平", "QSX", staff.Auditor},
	{"unitclerk", "韩雪", "QSFZ", staff.Caseworker},
	{"sibling", "许晴", "BHX", staff.Caseworker},
	{"provincehead", "邵远", "YS", staff.GroupHead},
	{"admin", "沈静", "YS", staff.Administrator},
}

// People lists the people of the sample centre in the order of a household's way.
func People() []SignIn {
	people := make([]SignIn, len(staffed))
	for i, p := range staffed {
		people[i] = SignIn{Username: p.username, Name: p.name, Role: p.role, Office: officeOf(p.org)}
	}
	return people
}

func officeOf(code string) string {
	for _, o := range tree {
		if o.code == code {
			return o.name
		}
	}
	return ""
}

// found sets up the tree, the people, the bodies, the lines and the funds, on the first day.
func (c *centre) found(ctx context.Context) error {
	at := c.today.Add(-firstDay).Start().Add(9 * time.Hour)
	for _, set := range []func(ctx context.Context, at time.Time) error{c.setTree, c.setPeople, c.setBodies, c.setLines, c.setExitRules, c.setFunds} {
		if err := set(ctx, at); err != nil {
			return err
		}
		at = at.Add(20 * time.Minute)
	}
	return nil
}

// setTree makes the organisations. The first one comes with the administrator, as in a fresh production database.
func (c *centre) setTree(ctx context.Context, at time.Time) error {
	ids := map[string]work.OrgID{"": 0}
	admin := staffed[len(staffed)-1]
	for _, o := range tree {
		by := c.people[admin.username]
		org := staff.Org{ParentID: ids[o.parent], Level: o.level, Code: o.code, Name: o.name, District: o.district, Phone: o.phone}
		err := c.do(ctx, at, by, func(ctx context.Context, u *work.Unit) error {
			if o.parent == "" {
				u.By = work.System("seed")
				_, err := staff.AddFirst(ctx, u, staff.First{Org: org, Username: admin.username, Name: admin.name})
				return err
			}
			id, err := staff.AddOrg(ctx, u, org)
			ids[o.code] = id
			return err
		})
		if err != nil {
			return fmt.Errorf("adding %s: %w", o.name, err)
		}
		if o.parent != "" {
			continue
		}
		if by, err = c.actor(ctx, admin.username); err != nil {
			return err
		}
		c.people[admin.username], ids[o.code] = by, by.OrgID
	}
	orgs, err := staff.ListOrgs(ctx, c.tx, work.Everywhere)
	for _, o := range orgs {
		c.orgs[o.Code] = o
	}
	return err
}

// actor loads a person by user name.
func (c *centre) actor(ctx context.Context, username string) (work.Actor, error) {
	ids, err := staff.Named(ctx, c.tx, username)
	if err != nil || len(ids) != 1 {
		return work.Actor{}, fmt.Errorf("%d people are named %s: %w", len(ids), username, err)
	}
	return staff.Actor(ctx, c.tx, ids[0], "192.0.2.10")
}

// setPeople adds everybody else and gives all the printed password.
func (c *centre) setPeople(ctx context.Context, at time.Time) error {
	known, err := staff.Know(ctx, Password)
	if err != nil {
		return err
	}
	admin := c.people["admin"]
	for i, p := range staffed {
		err := c.do(ctx, at.Add(time.Duration(i)*time.Minute), admin, func(ctx context.Context, u *work.Unit) error {
			if p.username == "admin" {
				return staff.SetKnown(ctx, u, admin.StaffID, known)
			}
			_, err := staff.AddKnown(ctx, u, staff.New{OrgID: c.orgs[p.org].ID, Username: p.username, Name: p.name, Roles: []work.Role{p.role}}, known)
			return err
		})
		if err != nil {
			return fmt.Errorf("adding %s: %w", p.username, err)
		}
		if c.people[p.username], err = c.actor(ctx, p.username); err != nil {
			return err
		}
	}
	return nil
}

// setBodies seats the leading group and the committee of the centre at 青石.
func (c *centre) setBodies(ctx context.Context, at time.Time) error {
	since := c.today.Add(-firstDay)
	for _, b := range []struct {
		kind  staff.BodyKind
		name  string
		seats []string // the head first
	}{
		{staff.Group, "困难职工帮扶领导组", []string{"grouphead", "group1", "group2"}},
		{staff.Committee, "帮扶中心领导委员会", []string{"chair", "committee1", "committee2"}},
	} {
		err := c.do(ctx, at, c.people["admin"], func(ctx context.Context, u *work.Unit) error {
			id, err := staff.AddBody(ctx, u, staff.Body{OrgID: c.orgs["QSX"].ID, Kind: b.kind, Name: b.name})
			if err != nil {
				return err
			}
			for i, username := range b.seats {
				seat := staff.Seat{Member: c.people[username].StaffID, Head: i == 0, Since: since}
				if err := staff.AddSeat(ctx, u, id, seat); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("seating %s: %w", b.name, err)
		}
	}
	return nil
}

// setLines enters the 低保 lines of both counties for last year and this one.
func (c *centre) setLines(ctx context.Context, at time.Time) error {
	year := c.today.Year()
	for _, l := range []struct {
		district string
		year     int
		yuan     int64
	}{
		{"539901", year - 1, 660}, {"539901", year, 700}, {"539902", year - 1, 640}, {"539902", year, 680},
	} {
		err := c.do(ctx, at, c.people["grouphead"], func(ctx context.Context, u *work.Unit) error {
			_, err := eligibility.AddLine(ctx, u, eligibility.Line{District: l.district, From: newYear(l.year), Monthly: money.Yuan(l.yuan),
				Source: fmt.Sprintf("%s民政局公告 %d-12", map[string]string{"539901": "青石县", "539902": "白河县"}[l.district], l.year-1)}, c.people["admin"].StaffID)
			return err
		})
		if err != nil {
			return fmt.Errorf("entering the line of %d: %w", l.year, err)
		}
	}
	return nil
}

// budget is what comes into the accounts of a year, in yuan.
var budget = []struct {
	source  fund.Source
	purpose fund.Purpose
	yuan    []int64
}{
	{fund.Central, fund.Living, []int64{20000, 16000}},
	{fund.County, fund.Medical, []int64{30000}},
	{fund.City, fund.Disaster, []int64{12000}},
	{fund.Donation, fund.Tuition, []int64{8800, 6000}},
	{fund.Dues, fund.Training, []int64{5000}},
}

// setFunds opens the accounts of this year, and of the last one when half a year ago lies in it, and books what came
// in.
func (c *centre) setFunds(ctx context.Context, at time.Time) error {
	for year := c.today.Add(-firstDay).Year(); year <= c.today.Year(); year++ {
		for i, b := range budget {
			var id fund.AccountID
			err := c.do(ctx, at, c.people["accountant"], func(ctx context.Context, u *work.Unit) (err error) {
				id, err = fund.Open(ctx, u, b.source, b.purpose, year)
				return err
			})
			if err != nil {
				return fmt.Errorf("opening an account: %w", err)
			}
			c.accounts[account{b.purpose, year}] = id
			for n, yuan := range b.yuan {
				paper := fmt.Sprintf("进账单 %d-%03d", year, i*10+n+1)
				c.then(firstDay-1-n*45-i, 9*60+30+i*10, "accountant", func(ctx context.Context, u *work.Unit) error {
					_, err := fund.Receive(ctx, u, id, fund.Receipt{Amount: money.Yuan(yuan), On: u.Today(), Paper: paper})
					return err
				})
			}
		}
	}
	return nil
}
