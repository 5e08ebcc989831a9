package staff_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

func first(username string) staff.First {
	return staff.First{Username: username, Name: "柳青",
		Org: staff.Org{Level: staff.City, Code: "YC", Name: "云川市总工会", District: "539800", Phone: "0871-60000002"}}
}

func TestRolesAndCapabilities(t *testing.T) {
	table := map[work.Capability][]work.Role{
		staff.CapStaffManage:    {staff.Administrator},
		staff.CapAuditRead:      {staff.Auditor},
		staff.CapGrantSign:      {staff.GroupHead},
		staff.CapPaymentMake:    {staff.Cashier},
		staff.CapPaymentRelease: {staff.Accountant},
		staff.CapFileRegister:   {staff.Caseworker},
		staff.CapGrantVote:      {staff.GroupHead, staff.GroupMember, staff.CommitteeMember},
		staff.CapDesk:           staff.Roles,
	}
	for c, want := range table {
		if got := staff.RolesWith(c); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", c, got, want)
		}
	}
	if caps := staff.CapsOf([]work.Role{staff.Administrator}); slices.Contains(caps, staff.CapFileRead) {
		t.Error("an administrator reads households")
	}
}

func TestRolesThatGoTogether(t *testing.T) {
	tests := map[string]struct {
		roles []work.Role
		told  string
	}{
		"a caseworker who sits in the group": {[]work.Role{staff.Caseworker, staff.GroupMember}, ""},
		"the same":                           {[]work.Role{staff.Caseworker}, "staff.refusal.same_roles"},
		"none":                               {nil, "staff.refusal.no_role"},
		"made up":                            {[]work.Role{"owner"}, "staff.refusal.unknown_role"},
		"an administrator who registers":     {[]work.Role{staff.Administrator, staff.Caseworker}, "staff.refusal.alone"},
		"an auditor who pays":                {[]work.Role{staff.Cashier, staff.Auditor}, "staff.refusal.alone"},
		"cashier and accountant":             {[]work.Role{staff.Cashier, staff.Accountant}, "staff.refusal.purse"},
		"from one post to another":           {[]work.Role{staff.Supervisor}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u, id, _ := centre(t)
			u.By = sample.Admin
			told := sample.Told(t, staff.SetRoles(t.Context(), u, id, test.roles))
			if told != test.told {
				t.Fatalf("told %q, want %q", told, test.told)
			}
			m, err := staff.Find(t.Context(), u, sample.Everywhere, id)
			want := []work.Role{staff.Caseworker}
			if test.told == "" {
				want = slices.Sorted(slices.Values(test.roles))
			}
			if err != nil || !slices.Equal(m.Roles, want) {
				t.Errorf("roles %v, %v; want %v", m.Roles, err, want)
			}
		})
	}
}

func TestNobodyActsOnThemselvesOrOutside(t *testing.T) {
	u, id, _ := centre(t)
	u.By = sample.Admin
	if told := sample.Told(t, staff.Deactivate(t.Context(), u, sample.Admin.StaffID)); told != "staff.refusal.own" {
		t.Errorf("deactivating oneself: %q", told)
	}
	if told := sample.Told(t, staff.SetRoles(t.Context(), u, sample.Admin.StaffID, []work.Role{staff.Administrator, staff.Cashier})); told != "staff.refusal.own" {
		t.Errorf("giving oneself a role: %q", told)
	}
	u.By = sample.SiblingHead
	for name, act := range map[string]func() error{
		"deactivate": func() error { return staff.Deactivate(t.Context(), u, id) },
		"reset":      func() error { _, err := staff.ResetPassword(t.Context(), u, id); return err },
		"roles":      func() error { return staff.SetRoles(t.Context(), u, id, []work.Role{staff.Cashier}) },
		"add": func() error {
			_, _, err := staff.Add(t.Context(), u, staff.New{OrgID: sample.County, Username: "x1", Name: "某", Roles: []work.Role{staff.Cashier}})
			return err
		},
		"seat": func() error {
			return staff.EndSeat(t.Context(), u, staff.BodyID(sample.GroupID), sample.GroupHead.StaffID, u.Today())
		},
	} {
		if err := act(); !errors.Is(err, work.ErrNotFound) {
			t.Errorf("%s from the sibling county: %v, want not found", name, err)
		}
	}
}

func TestAddRefusesWhatIsTaken(t *testing.T) {
	tests := map[string]struct {
		username string
		told     string
	}{
		"taken":     {"clerk", "staff.refusal.username_taken"},
		"capitals":  {"Clerk9", "staff.refusal.username"},
		"free":      {"clerk9", ""},
		"one sign":  {"c", "staff.refusal.username"},
		"with at":   {"c@d", "staff.refusal.username"},
		"in script": {"何敏", "staff.refusal.username"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := pgtest.Unit(t, sample.Admin)
			sample.Centre(t, u)
			_, once, err := staff.Add(t.Context(), u, staff.New{OrgID: sample.UnitA, Username: test.username, Name: "何", Roles: []work.Role{staff.Caseworker}})
			if told := sample.Told(t, err); told != test.told || (once != "") != (test.told == "") {
				t.Errorf("told %q with password %q, want %q", told, once, test.told)
			}
		})
	}
}

func TestActorIsLoadedInOneQuery(t *testing.T) {
	u, id, _ := centre(t)
	got, err := staff.Actor(t.Context(), u, id, here)
	if err != nil {
		t.Fatal(err)
	}
	if got.Name != "方晴" || got.OrgID != sample.County || got.Office != "青石县总工会困难职工帮扶中心" || !got.Can(staff.CapFileRegister) ||
		got.Can(staff.CapFileJudge) || !got.MustChange || !got.Scope.Covers("/9001/9002/9003/9004/") || got.Scope.Covers("/9001/9002/9006/") {
		t.Errorf("%+v", got)
	}
	if _, err := staff.Actor(t.Context(), u, 424242, here); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
}

func TestAddFirst(t *testing.T) {
	u := pgtest.Unit(t, work.System("staff add"))
	once, err := staff.AddFirst(t.Context(), u, first("root1"))
	if err != nil {
		t.Fatal(err)
	}
	if a := try(t, u, "root1", once, here); a.Outcome != staff.SignedIn || !u.By.Can(staff.CapStaffManage) || u.By.Office != "云川市总工会" {
		t.Errorf("%+v as %+v", a, u.By)
	}
	u.By = work.System("staff add")
	if _, err := staff.AddFirst(t.Context(), u, first("root2")); !errors.Is(err, staff.ErrNotFirst) {
		t.Errorf("a second first: %v", err)
	}
}

func TestOrganisations(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	orgs, err := staff.ListOrgs(t.Context(), u, sample.Admin.Scope)
	if err != nil || len(orgs) != 3 || orgs[0].ID != sample.County || orgs[0].Depth() != 2 || orgs[0].Members != 18 {
		t.Fatalf("%+v, %v", orgs, err)
	}
	add := staff.Org{ParentID: sample.County, Level: staff.Unit, Code: "QSJX", Name: "青石机械厂工会", District: "539901", Phone: "0879-2100103"}
	id, err := staff.AddOrg(t.Context(), u, add)
	if err != nil {
		t.Fatal(err)
	}
	got, err := staff.FindOrg(t.Context(), u, sample.Admin.Scope, id)
	if err != nil || got.Depth() != 3 || !sample.Admin.Scope.Covers(got.Path) {
		t.Errorf("%+v, %v", got, err)
	}
	add.Level = staff.City
	if _, err := staff.AddOrg(t.Context(), u, add); sample.Told(t, err) != "staff.refusal.level" {
		t.Errorf("a city below a county: %v", err)
	}
	add.Level, add.ParentID = staff.Unit, sample.Sibling
	if _, err := staff.AddOrg(t.Context(), u, add); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("below another county: %v", err)
	}
	if got := staff.Province.Below(); !slices.Equal(got, []staff.Level{staff.City, staff.County, staff.Unit}) {
		t.Errorf("below a province: %v", got)
	}
}

func TestBodies(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	group, today := staff.BodyID(sample.GroupID), u.Today()
	seat := func(who work.Actor, head bool, since day.Date) error {
		return staff.AddSeat(t.Context(), u, group, staff.Seat{Member: who.StaffID, Head: head, Since: since})
	}
	if told := sample.Told(t, seat(sample.Clerk, false, today)); told != "staff.refusal.seat_role" {
		t.Errorf("a seat without the role: %q", told)
	}
	if told := sample.Told(t, staff.EndSeat(t.Context(), u, group, sample.GroupMember.StaffID, today.Add(1))); told != "staff.refusal.until_ahead" {
		t.Errorf("an end that lies ahead: %q", told)
	}
	if err := staff.EndSeat(t.Context(), u, group, sample.GroupMember.StaffID, today); err != nil {
		t.Fatal(err)
	}
	bodies, err := staff.ListBodies(t.Context(), u, sample.Admin.Scope, today)
	if err != nil || len(bodies) != 2 || bodies[0].Kind != staff.Group || bodies[0].Seated != 2 || bodies[0].Head != "马骏" {
		t.Errorf("%+v, %v", bodies, err)
	}
	if err := seat(sample.GroupMember, false, today); err != nil {
		t.Errorf("back the same day: %v", err)
	}
	_, seats, err := staff.FindBody(t.Context(), u, sample.Admin.Scope, group)
	if err != nil || len(seats) != 4 || !seats[0].Head || seats[3].Until != today || seats[3].On(today) || !seats[3].On(today.Add(-1)) {
		t.Errorf("%+v, %v", seats, err)
	}
}

func TestOneHead(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	if _, err := u.Exec(t.Context(), `INSERT INTO staff_role (staff_id, role, granted_at) VALUES ($1, 'group_head', $2)`, sample.Officer.StaffID, u.Now); err != nil {
		t.Fatal(err)
	}
	err := staff.AddSeat(t.Context(), u, staff.BodyID(sample.GroupID), staff.Seat{Member: sample.Officer.StaffID, Head: true, Since: u.Today()})
	if told := sample.Told(t, err); told != "staff.refusal.one_head" {
		t.Errorf("two heads: %q", told)
	}
}

func TestWhatIsForgotten(t *testing.T) {
	u, id, _ := centre(t)
	insertSession(t, u, "an hour", id)
	try(t, u, "newcomer", "wrong", here)
	for _, step := range []struct {
		after              time.Duration
		sessions, attempts int
	}{{time.Minute, 1, 1}, {11 * time.Minute, 1, 0}, {61 * time.Minute, 0, 0}} {
		now := pgtest.Now.Add(step.after)
		if err := errors.Join(staff.ForgetFailures(t.Context(), u, now), staff.DropSessions(t.Context(), u, now)); err != nil {
			t.Fatal(err)
		}
		var sessions, attempts int
		if err := u.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM staff_attempt)`).Scan(&sessions, &attempts); err != nil {
			t.Fatal(err)
		}
		if sessions != step.sessions || attempts != step.attempts {
			t.Errorf("after %s: %d sessions, %d counts", step.after, sessions, attempts)
		}
	}
}
