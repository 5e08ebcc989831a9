// Package sample makes people and records for tests: an invented four-level tree of unions with its staff, and worker
// files in every state. All of it goes through a unit of work as the application's role, so it meets every rule that
// the program meets. Nobody in it exists.
package sample

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/staff"
	"bangfu/internal/work"
)

// The organisations of the sample tree. The ids are fixed and lie above those that the database gives.
const (
	Province    work.OrgID = 9001
	City        work.OrgID = 9002
	County      work.OrgID = 9003 // the centre of most tests
	UnitA       work.OrgID = 9004 // below County
	UnitB       work.OrgID = 9005 // below County
	Sibling     work.OrgID = 9006 // another county of the same city
	SiblingUnit work.OrgID = 9007 // below Sibling
)

// The county's leading group (three members, GroupHead its head) and committee (three members, Chair its head).
const (
	GroupID     int64 = 9101
	CommitteeID int64 = 9102
)

// District is the county's, with a 低保 line of 700.00 from 2026-01-01.
const District = "539901"

// org is one organisation of the tree.
type org struct {
	id, parent work.OrgID
	level      string
	code       string
	name       string
	district   string
	phone      string
	path       string
}

var orgs = []org{
	{Province, 0, "province", "YS", "云山省总工会", "530000", "0871-60000001", "/9001/"},
	{City, Province, "city", "YSLC", "澜城市总工会", "539900", "0879-2000001", "/9001/9002/"},
	{County, City, "county", "QSX", "青石县总工会困难职工帮扶中心", District, "0879-2100001", "/9001/9002/9003/"},
	{UnitA, County, "unit", "QSFZ", "青石纺织厂工会", District, "0879-2100101", "/9001/9002/9003/9004/"},
	{UnitB, County, "unit", "QSGJ", "青石公交公司工会", District, "0879-2100102", "/9001/9002/9003/9005/"},
	{Sibling, City, "county", "BHX", "白河县总工会困难职工帮扶中心", "539902", "0879-2200001", "/9001/9002/9006/"},
	{SiblingUnit, Sibling, "unit", "BHTC", "白河陶瓷厂工会", "539902", "0879-2200101", "/9001/9002/9006/9007/"},
}

// The people of the sample tree, as they act when signed in. At the county there is one for each role and more where
// a rule needs others; UnitClerk and UnitClerk2 work at UnitA, OtherClerk at UnitB, SiblingClerk at the sibling county.
var (
	Clerk           = person(9201, "clerk", "何敏", County, staff.Caseworker)
	Clerk2          = person(9202, "clerk2", "罗杰", County, staff.Caseworker)
	Clerk3          = person(9203, "clerk3", "段芳", County, staff.Caseworker)
	Clerk4          = person(9204, "clerk4", "杨帆", County, staff.Caseworker)
	Supervisor      = person(9205, "supervisor", "李正", County, staff.Supervisor)
	Supervisor2     = person(9206, "supervisor2", "赵慧", County, staff.Supervisor)
	Officer         = person(9207, "officer", "周文", County, staff.Officer)
	GroupHead       = person(9208, "grouphead", "马骏", County, staff.GroupHead)
	GroupMember     = person(9209, "group1", "钱江", County, staff.GroupMember)
	GroupMember2    = person(9210, "group2", "孙莉", County, staff.GroupMember)
	Chair           = person(9211, "chair", "陈刚", County, staff.CommitteeMember)
	Committee       = person(9212, "committee1", "吴霞", County, staff.CommitteeMember)
	Committee2      = person(9213, "committee2", "郑凯", County, staff.CommitteeMember)
	Cashier         = person(9214, "cashier", "冯洁", County, staff.Cashier)
	Accountant      = person(9215, "accountant", "褚明", County, staff.Accountant)
	Accountant2     = person(9216, "accountant2", "卫东", County, staff.Accountant)
	Auditor         = person(9217, "auditor", "蒋平", County, staff.Auditor)
	Admin           = person(9218, "admin", "沈静", County, staff.Administrator)
	UnitClerk       = person(9219, "unitclerk", "韩雪", UnitA, staff.Caseworker)
	UnitClerk2      = person(9220, "unitclerk2", "朱琳", UnitA, staff.Caseworker)
	OtherClerk      = person(9221, "otherclerk", "秦岭", UnitB, staff.Caseworker)
	SiblingClerk    = person(9222, "siblingclerk", "许晴", Sibling, staff.Caseworker)
	SiblingHead     = person(9223, "siblinghead", "吕亮", Sibling, staff.Supervisor)
	CitySupervisor  = person(9224, "citysupervisor", "施恩", City, staff.Supervisor)
	ProvinceAuditor = person(9225, "provinceauditor", "张弛", Province, staff.Auditor)
)

// People lists everybody above.
var People = []work.Actor{Clerk, Clerk2, Clerk3, Clerk4, Supervisor, Supervisor2, Officer, GroupHead, GroupMember,
	GroupMember2, Chair, Committee, Committee2, Cashier, Accountant, Accountant2, Auditor, Admin, UnitClerk, UnitClerk2,
	OtherClerk, SiblingClerk, SiblingHead, CitySupervisor, ProvinceAuditor}

// Everywhere is the scope that sees every file.
var Everywhere = work.Everywhere

// usernames gives the sign-in name of each person.
var usernames = map[work.StaffID]string{}

// person makes the actor of one member of staff.
func person(id work.StaffID, username, name string, at work.OrgID, role work.Role) work.Actor {
	usernames[id] = username
	o := orgOf(at)
	return work.Actor{StaffID: id, Name: name, OrgID: at, Office: o.name, Scope: work.Under(o.path),
		Roles: []work.Role{role}, Caps: staff.CapsOf([]work.Role{role}), Address: "192.0.2.1"}
}

// orgOf finds an organisation of the tree.
func orgOf(id work.OrgID) org {
	for _, o := range orgs {
		if o.id == id {
			return o
		}
	}
	panic("sample: no such organisation")
}

// noPassword stands where a hash must: no password fits it.
const noPassword = "$argon2id$v=19$m=65536,t=1,p=1$c2FtcGxlc2FtcGxlc2E$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// Centre inserts the tree, its people, the two bodies of the county and the 低保 lines. Call it once in a unit; then
// let people act by setting u.By.
func Centre(t testing.TB, u *work.Unit) {
	t.Helper()
	for _, o := range orgs {
		exec(t, u, `INSERT INTO staff_org (id, parent_id, level, code, name, district, phone, path)
			VALUES (@id, nullif(@parent, 0), @level, @code, @name, @district, @phone, '')`,
			pgx.NamedArgs{"id": o.id, "parent": o.parent, "level": o.level, "code": o.code, "name": o.name,
				"district": o.district, "phone": o.phone})
	}
	for _, p := range People {
		exec(t, u, `INSERT INTO staff_member (id, org_id, username, name, password_hash, created_at)
			VALUES (@id, @org, @username, @name, @hash, @now)`,
			pgx.NamedArgs{"id": p.StaffID, "org": p.OrgID, "username": usernames[p.StaffID], "name": p.Name,
				"hash": noPassword, "now": u.Now})
		for _, role := range p.Roles {
			exec(t, u, `INSERT INTO staff_role (staff_id, role, granted_at) VALUES (@id, @role, @now)`,
				pgx.NamedArgs{"id": p.StaffID, "role": role, "now": u.Now})
		}
	}
	exec(t, u, `INSERT INTO staff_body (id, org_id, kind, name) VALUES (@group, @org, 'group', '困难职工帮扶领导组'),
		(@committee, @org, 'committee', '帮扶中心领导委员会')`,
		pgx.NamedArgs{"group": GroupID, "committee": CommitteeID, "org": County})
	for _, seat := range []struct {
		body int64
		who  work.Actor
		head bool
	}{
		{GroupID, GroupHead, true}, {GroupID, GroupMember, false}, {GroupID, GroupMember2, false},
		{CommitteeID, Chair, true}, {CommitteeID, Committee, false}, {CommitteeID, Committee2, false},
	} {
		exec(t, u, `INSERT INTO staff_body_member (body_id, staff_id, head, since) VALUES (@body, @who, @head, '2026-01-01')`,
			pgx.NamedArgs{"body": seat.body, "who": seat.who.StaffID, "head": seat.head})
	}
	exec(t, u, `INSERT INTO eligibility_line (district, from_on, monthly_fen, source, entered_at) VALUES
		(@county, '2025-01-01', 66000, '青石县民政局公告 2024-12', @now), (@county, '2026-01-01', 70000, '青石县民政局公告 2025-12', @now),
		('539902', '2026-01-01', 68000, '白河县民政局公告 2025-12', @now)`, pgx.NamedArgs{"county": District, "now": u.Now})
}

// exec runs one statement or ends the test.
func exec(t testing.TB, u *work.Unit, sql string, args pgx.NamedArgs) {
	t.Helper()
	if _, err := u.Exec(t.Context(), "-- sample\n"+sql, args); err != nil {
		t.Fatalf("sample: %v", err)
	}
}

// Told gives the catalogue key of the refusal that err is, "" when err is nil, and ends the test at any other error.
func Told(t testing.TB, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	if refusal, ok := work.AsRefusal(err); ok {
		return refusal.Key
	}
	t.Fatalf("neither done nor refused: %v", err)
	return ""
}
