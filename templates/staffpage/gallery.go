package staffpage

import (
	"net/url"
	"time"

	"github.com/a-h/templ"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are these pages in every state, with invented people.
func Examples() []ui.Example {
	once := sampleMembers()[1]
	return []ui.Example{
		{Name: "staff-sign-in", Page: SignIn(visitor("staff.sign_in_title", nil), SignInView{Action: "/signin", Form: sampleSignIn(nil), To: "/"})},
		{Name: "staff-sign-in-wrong", Page: wrongSignIn()},
		{Name: "staff-sign-in-late", Page: lateSignIn()},
		{Name: "staff-kept", Page: Kept(layout.Sample("staff.kept_title"), KeptView{Action: "/files/7/visits", Values: []KeptValue{{"name", "林秀兰"}}})},
		{Name: "staff-me", Page: Me(layout.Sample("staff.me_title"), MeView{Name: "周敏", Username: "zhou.min", Office: sampleOffice,
			Roles: []work.Role{staff.Caseworker, staff.GroupMember}})},
		{Name: "staff-password", Page: Password(layout.Sample("staff.change_title"), samplePassword(nil), "zhou.min")},
		{Name: "staff-password-wrong", Page: wrongPassword()},
		{Name: "staff-people", Page: People(layout.Sample("staff.people_title"), PeopleView{Filter: sampleFilter(), Members: sampleMembers(), Now: sampleNow})},
		{Name: "staff-people-empty", Page: People(layout.Sample("staff.people_title"), PeopleView{Filter: sampleFilter(), Now: sampleNow})},
		{Name: "staff-member", Page: Member(layout.Sample("staff.member_title", "周敏"), MemberView{Member: sampleMembers()[0], Now: sampleNow, Roles: sampleRoles()})},
		{Name: "staff-member-once", Page: Member(layout.Sample("staff.member_title", once.Name), MemberView{Member: once, Now: sampleNow, Once: "k7mp-2hqx-9wte", Roles: sampleRoles()})},
		{Name: "staff-member-own", Page: Member(layout.Sample("staff.member_title", "周敏"), MemberView{Member: sampleMembers()[0], Now: sampleNow, Own: true})},
		{Name: "staff-member-barred", Page: Member(layout.Sample("staff.member_title", "高原"), MemberView{Member: sampleMembers()[3], Now: sampleNow, Roles: sampleRoles()})},
		{Name: "staff-orgs", Page: Orgs(layout.Sample("staff.orgs_title"), sampleOrgs)},
		{Name: "staff-bodies", Page: Bodies(layout.Sample("staff.bodies_title"), []staff.Body{sampleGroup})},
		{Name: "staff-bodies-empty", Page: Bodies(layout.Sample("staff.bodies_title"), nil)},
		{Name: "staff-body", Page: Body(layout.Sample("staff.body_title", sampleGroup.Name), sampleBody(sampleSeats))},
		{Name: "staff-body-empty", Page: Body(layout.Sample("staff.body_title", sampleGroup.Name), sampleBody(nil))},
		{Name: "staff-relatives-mine", Page: MyRelatives(sampleRelativePage("staff.relatives_mine", sampleDeclaration()), sampleRelatives, sampleDeclaration())},
		{Name: "staff-relatives", Page: Relatives(layout.Sample("staff.relatives_title"), RelativesView{Relatives: sampleRelatives, Next: 4})},
		{Name: "staff-relatives-none", Page: Relatives(layout.Sample("staff.relatives_title"), RelativesView{Waiting: true})},
		{Name: "staff-relative-declared", Page: Relative(layout.Sample("staff.relative_title", "周敏"), RelativeView{Relative: sampleRelatives[0], Decide: sampleRelativeForm(true)})},
		{Name: "staff-relative-confirmed", Page: Relative(layout.Sample("staff.relative_title", "周敏"), RelativeView{Relative: sampleRelatives[1], End: sampleRelativeForm(false)})},
		{Name: "staff-help", Page: Help(layout.Sample("staff.help_title"), work.Actor{})},
		{Name: "staff-duties", Page: Duties(layout.Sample("staff.duties_title"))},
	}
}

const sampleOffice = "云川市总工会帮扶中心"

var (
	sampleNow   = time.Date(2026, 11, 22, 10, 0, 0, 0, day.Zone)
	sampleToday = day.On(sampleNow)
	sampleGroup = staff.Body{ID: 3, OrgID: 2, OrgName: sampleOffice, Kind: staff.Group, Name: "困难职工帮扶领导组", Seated: 2, Head: "马骏"}
	sampleOrgs  = []staff.Org{
		{ID: 2, Level: staff.City, Code: "YC", Name: sampleOffice, District: "539800", Phone: "0871-60000002", Path: "/2/", Members: 9},
		{ID: 3, ParentID: 2, Level: staff.County, Code: "QSX", Name: "青石县总工会", District: "539801", Phone: "0879-2100001", Path: "/2/3/", Members: 4},
		{ID: 4, ParentID: 3, Level: staff.Unit, Code: "QSFZ", Name: "青石纺织厂工会", District: "539801", Phone: "0879-2100101", Path: "/2/3/4/", Members: 1},
	}
	sampleSeats = []staff.Seat{
		{Member: 8, Name: "马骏", OrgName: sampleOffice, Head: true, Since: day.Of(2026, 1, 1)},
		{Member: 9, Name: "钱江", OrgName: sampleOffice, Since: day.Of(2026, 12, 1)},
		{Member: 10, Name: "孙莉", OrgName: sampleOffice, Since: day.Of(2025, 1, 1), Until: day.Of(2026, 1, 1)},
	}
)

func sampleMembers() []staff.Member {
	return []staff.Member{
		{ID: 1, OrgName: sampleOffice, Username: "zhou.min", Name: "周敏", Active: true, Roles: []work.Role{staff.Caseworker}, CreatedAt: sampleNow},
		{ID: 2, OrgName: "青石县总工会", Username: "fang.qing", Name: "方晴", Active: true, MustChange: true, OnceUntil: sampleNow.Add(staff.OnceFor),
			Roles: []work.Role{staff.GroupMember, staff.Caseworker}, CreatedAt: sampleNow},
		{ID: 3, OrgName: "青石县总工会", Username: "duan.fang", Name: "段芳", Active: true, MustChange: true, OnceUntil: sampleNow, Roles: []work.Role{staff.Cashier}, CreatedAt: sampleNow},
		{ID: 4, OrgName: "青石纺织厂工会", Username: "gao.yuan", Name: "高原", Roles: []work.Role{staff.Auditor}, CreatedAt: sampleNow},
	}
}

// visitor is a page of somebody who is not signed in.
func visitor(title words.Key, f *form.Form) layout.Page {
	p := layout.Sample(title)
	p.Who, p.Nav, p.Crumbs, p.Form, p.Lead = nil, nil, nil, f, "staff.sign_in_help"
	return p
}

func sampleSignIn(values url.Values) *form.Form {
	f := form.New(values)
	f.Text("username", "staff.username", form.Required, form.Width(12), form.Complete("username"))
	f.Password("password", "staff.password", form.Required, form.Width(12))
	return f
}

func wrongSignIn() templ.Component {
	f := sampleSignIn(url.Values{"username": {"zhou.min"}, "password": {"x"}})
	f.Fail("", staff.Wrong.Key(), 3)
	return SignIn(visitor("staff.sign_in_title", f), SignInView{Action: "/signin", Form: f, To: "/"})
}

func lateSignIn() templ.Component {
	p := visitor("staff.sign_in_again", nil)
	p.Flash = &ui.Banner{Tone: ui.Due, Title: "staff.kept", Body: "staff.kept_why"}
	return SignIn(p, SignInView{Action: "/signin", Form: sampleSignIn(nil), To: "/", Kept: "sealed"})
}

func samplePassword(values url.Values) *form.Form {
	f := form.New(values)
	f.Password("present", "staff.present", form.Required)
	f.Password("password", "staff.password_new", form.Required, form.Hint("staff.password_hint"), form.Complete("new-password"))
	f.Password("again", "staff.password_again", form.Required, form.Complete("new-password"))
	return f
}

func wrongPassword() templ.Component {
	f := samplePassword(url.Values{"present": {"x"}, "password": {"y"}, "again": {""}})
	refusal := staff.CheckPassword("zhou.min", "y")
	f.Fail("password", words.Key(refusal.Key), refusal.Args...)
	p := layout.Sample("staff.change_first")
	p.Lead, p.Form = "staff.change_why", f
	return Password(p, f, "zhou.min")
}

func sampleFilter() *form.Form {
	f := form.New(nil)
	f.Select("org", "staff.org", []form.Option{{Value: "0", Key: "staff.all_orgs"}, {Value: "2", Text: sampleOffice}}, form.Default("0"))
	return f
}

func sampleRoles() *form.Form {
	f := form.New(nil)
	var options []form.Option
	for _, role := range staff.Roles {
		options = append(options, form.Option{Value: string(role), Key: staff.RoleKey(role), Hint: staff.DutyKey(role)})
	}
	f.Choices("roles", "staff.roles", options, form.Required, form.Default([]string{string(staff.Caseworker)}))
	return f
}

func sampleBody(seats []staff.Seat) BodyView {
	v := BodyView{Body: sampleGroup, Seats: seats, Today: sampleToday, Add: form.New(nil), End: form.New(nil)}
	people := []form.Option{{Value: "9", Text: "钱江 (" + sampleOffice + ")"}}
	v.Add.Select("member", "staff.seat_member", people, form.Required, form.Hint("staff.seat_member_hint"))
	v.Add.Date("since", "staff.seat_since", form.Required, form.Default(sampleToday))
	v.Add.Tick("head", "staff.seat_head")
	v.End.Select("leaver", "staff.seat_member", people, form.Required)
	v.End.Date("until", "staff.seat_until", form.Required, form.Default(sampleToday))
	return v
}
