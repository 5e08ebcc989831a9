package visit_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/visit"
	"bangfu/internal/work"
)

// census is a plan of the county for two weeks.
func census(change ...func(*visit.Plan)) visit.Plan {
	p := visit.Plan{Name: "2026 年普查", Kind: visit.Census, Aim: "不漏一户", From: day22, Until: day22.Add(13), LedBy: "马骏"}
	for _, c := range change {
		c(&p)
	}
	return p
}

func team(leader string, a, b work.Actor) visit.Team {
	return visit.Team{Leader: leader, Visitors: [2]work.StaffID{a.StaffID, b.StaffID}}
}

// threeTeams are the teams of 001-69b: three, each under a leader.
func threeTeams() []visit.Team {
	return []visit.Team{team("马骏", sample.Clerk2, sample.Clerk3), team("钱江", sample.Clerk, sample.Clerk4), team("孙莉", sample.UnitClerk, sample.UnitClerk2)}
}

// households makes so many files on the register, each at an address of its own.
func households(t *testing.T, u *work.Unit, n int) []casefile.File {
	t.Helper()
	var all []casefile.File
	for i := range n {
		f := sample.File(t, u, casefile.Active)
		if _, err := u.Exec(t.Context(), "UPDATE casefile_file SET address = $2 WHERE id = $1", f.ID, fmt.Sprintf("青石县河西街道%02d号", n-i)); err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

// said draws a route as lines of team, position, day and state.
func said(stops []visit.Stop) string {
	var all []string
	for _, s := range stops {
		all = append(all, fmt.Sprintf("%d.%d %s %s %s", s.Team, s.Position, strings.TrimPrefix(s.Address, "青石县河西街道"), s.DueOn.String()[5:], s.State))
	}
	return strings.Join(all, "\n")
}

func TestAPlanIsFrozenToRoutes(t *testing.T) {
	u := centre(t, sample.Supervisor)
	households(t, u, 7)
	sample.File(t, u, casefile.Submitted)
	id, err := visit.MakePlan(t.Context(), u, census(), threeTeams())
	if err != nil {
		t.Fatal(err)
	}
	households(t, u, 1) // came later, is no stop
	stops, err := visit.Route(t.Context(), u, sample.Clerk.Scope, id, 0, false, visit.StopCursor{}, 100)
	want := "1.1 01号 11-22 open\n1.2 02号 11-26 open\n1.3 03号 12-01 open\n2.1 04号 11-22 open\n2.2 05号 11-29 open\n3.1 06号 11-22 open\n3.2 07号 11-29 open"
	if got := said(stops); err != nil || got != want {
		t.Fatalf("%s\n%v", got, err)
	}
	next, err := visit.Route(t.Context(), u, sample.Clerk.Scope, id, 0, true, visit.StopCursor{Team: 1, Position: 3, ID: stops[2].ID}, 2)
	if err != nil || said(next) != strings.Join(strings.Split(want, "\n")[3:5], "\n") {
		t.Errorf("the next page: %s, %v", said(next), err)
	}
	if own, err := visit.Route(t.Context(), u, sample.SiblingClerk.Scope, id, 0, false, visit.StopCursor{}, 100); err != nil || len(own) != 0 {
		t.Errorf("another county reads %d stops, %v", len(own), err)
	}
	for name, by := range map[string]work.Actor{"another county": sample.SiblingClerk, "a unit that is in no team": sample.OtherClerk} {
		if _, err := visit.FindPlan(t.Context(), u, by, id); !errors.Is(err, work.ErrNotFound) {
			t.Errorf("%s finds the plan: %v", name, err)
		}
	}
	if p, err := visit.FindPlan(t.Context(), u, sample.UnitClerk, id); err != nil || p.Name != "2026 年普查" || p.LedBy != "马骏" {
		t.Errorf("a member of a team reads %+v, %v", p, err)
	}
	if plans, err := visit.ListPlans(t.Context(), u, sample.Clerk, 0, 10); err != nil || len(plans) != 1 || plans[0].Stops != 7 {
		t.Errorf("%+v, %v", plans, err)
	}
}

// A route is walked as people count: by number of house, building, unit and floor, and a page of it goes on where the one before
// ended.
func TestARouteCountsHouseNumbers(t *testing.T) {
	u := centre(t, sample.Supervisor)
	want := []string{"2号", "10号", "10号2栋1单元3层", "10号2栋1单元12层", "10号2栋二单元3层", "10号2栋十单元3层", "10号１１栋1单元1层", "100号"}
	for i, f := range households(t, u, len(want)) {
		at := "青石县河西街道" + want[(i*5+3)%len(want)] // in no order
		if _, err := u.Exec(t.Context(), "UPDATE casefile_file SET address = $2 WHERE id = $1", f.ID, at); err != nil {
			t.Fatal(err)
		}
	}
	id, err := visit.MakePlan(t.Context(), u, census(), []visit.Team{team("马骏", sample.Clerk2, sample.Clerk3)})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	cursor := visit.StopCursor{}
	for range len(want) { // more pages than there are
		page, err := visit.Route(t.Context(), u, u.By.Scope, id, 0, false, cursor, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range page {
			got = append(got, strings.TrimPrefix(s.Address, "青石县河西街道"))
			cursor = visit.StopCursor{Team: s.Team, Position: s.Position, ID: s.ID}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the route goes %v, want %v", got, want)
	}
}

func TestWhomAPlanChooses(t *testing.T) {
	u := centre(t, sample.Supervisor)
	all := households(t, u, 4)
	u.By = sample.Clerk2
	if _, err := visit.RecordFollowUp(t.Context(), u, all[0].ID, visit.Review, followed(sample.Clerk2, sample.Clerk3)); err != nil {
		t.Fatal(err)
	}
	unit := sample.File(t, u, casefile.Active, func(h *sample.Household) { h.By = sample.UnitClerk })
	sample.File(t, u, casefile.Submitted)
	u.By = sample.Supervisor
	tests := map[string]struct {
		kind   visit.PlanKind
		target visit.Target
		want   int
	}{
		"all":                       {visit.Census, visit.Target{}, 5},
		"a unit":                    {visit.Census, visit.Target{Orgs: []work.OrgID{sample.UnitA}}, 1},
		"two units":                 {visit.Census, visit.Target{Orgs: []work.OrgID{sample.UnitA, sample.County}}, 5},
		"a street":                  {visit.Census, visit.Target{Street: "街道03"}, 1},
		"no pattern in a street":    {visit.Census, visit.Target{Street: "街%03"}, 0},
		"a category":                {visit.Census, visit.Target{Categories: []eligibility.Category{all[0].Category}}, 5},
		"another category":          {visit.Census, visit.Target{Categories: []eligibility.Category{"accident"}}, 0},
		"a fixed list":              {visit.Census, visit.Target{Numbers: []string{all[1].Number, unit.Number}}, 2},
		"not visited since today":   {visit.Census, visit.Target{Unseen: day22}, 4},
		"what waits for its first":  {visit.FirstChecks, visit.Target{}, 1},
		"not visited since long":    {visit.Census, visit.Target{Unseen: day22.Add(-13)}, 0},
		"the day after their first": {visit.Census, visit.Target{Unseen: day22.Add(-12)}, 4},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if n, err := visit.Matching(t.Context(), u, u.By.Scope, test.kind, test.target); err != nil || n != test.want {
				t.Errorf("%d, %v; want %d", n, err, test.want)
			}
		})
	}
	if n, err := visit.Matching(t.Context(), u, sample.SiblingHead.Scope, visit.Census, visit.Target{}); err != nil || n != 0 {
		t.Errorf("another county chooses %d, %v", n, err)
	}
}

func TestPlansThatDoNotHoldTogether(t *testing.T) {
	u := centre(t, sample.Supervisor)
	households(t, u, 2)
	two := []visit.Team{team("马骏", sample.Clerk2, sample.Clerk3)}
	until := func(n int) visit.Plan { return census(func(p *visit.Plan) { p.Until = day22.Add(n) }) }
	past := func(from, n int) visit.Plan {
		return census(func(p *visit.Plan) { p.From, p.Until = day22.Add(from), day22.Add(n) })
	}
	tests := map[string]struct {
		plan  visit.Plan
		teams []visit.Team
		told  string
	}{
		"one day":                  {until(0), two, ""},
		"ends before it begins":    {until(-1), two, "visit.refusal.until"},
		"a year and a day":         {until(366), two, ""},
		"a day longer":             {until(367), two, "visit.refusal.period"},
		"over today":               {past(-9, 0), two, ""},
		"over yesterday":           {past(-9, -1), two, "visit.refusal.over"},
		"no team":                  {census(), nil, "visit.refusal.teams"},
		"a team of one":            {census(), []visit.Team{team("马骏", sample.Clerk2, sample.Clerk2)}, "visit.refusal.two_people"},
		"somebody without post":    {census(), []visit.Team{team("马骏", sample.Clerk2, sample.Officer)}, "visit.refusal.team_person"},
		"somebody of elsewhere":    {census(), []visit.Team{team("马骏", sample.Clerk2, sample.SiblingClerk)}, "visit.refusal.team_person"},
		"more teams than families": {census(), threeTeams(), "visit.refusal.teams_many"},
		"nobody chosen":            {census(func(p *visit.Plan) { p.Target.Street = "无此街道" }), two, "visit.refusal.nobody"},
		"an unknown file number":   {census(func(p *visit.Plan) { p.Target.Numbers = []string{"X-1"} }), two, "visit.refusal.numbers"},
		"a sample of nothing":      {census(func(p *visit.Plan) { p.Kind = visit.Samples }), two, "visit.refusal.which_sample"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			inside(t, u, func(u *work.Unit) {
				_, err := visit.MakePlan(t.Context(), u, test.plan, test.teams)
				if told := sample.Told(t, err); told != test.told {
					t.Errorf("told %q, want %q", told, test.told)
				}
			})
		})
	}
}

func TestAPlanFromItsFirstStopToItsReport(t *testing.T) {
	u := centre(t, sample.Supervisor)
	all := households(t, u, 3)
	declare(t, u, sample.Clerk3, all[2].ID) // address 01: the first stop of the first team
	id, err := visit.MakePlan(t.Context(), u, census(), threeTeams()[:2])
	if err != nil {
		t.Fatal(err)
	}
	stops, err := visit.Route(t.Context(), u, sample.Clerk.Scope, id, 0, false, visit.StopCursor{}, 100)
	if got := said(stops); err != nil || got != "1.2 02号 11-29 open\n2.1 01号 11-22 open\n2.1 03号 11-22 open" {
		t.Fatalf("a relative's household is not given to the other team: %s, %v", got, err)
	}
	byAddress := map[string]visit.Stop{}
	for _, s := range stops {
		byAddress[strings.TrimPrefix(s.Address, "青石县河西街道")] = s
	}
	u.By = sample.Clerk2
	other := followed(sample.Clerk2, sample.Clerk4, func(r *visit.Report) {
		r.Findings[2], r.Remark, r.Opinions = visit.Finding{Item: "income", Note: "另有零工"}, "不影响", ""
		r.Proposals = ""
	})
	if _, err := visit.RecordFollowUp(t.Context(), u, byAddress["02号"].FileID, visit.Spot, other); err != nil { // of another purpose
		t.Fatal(err)
	}
	if s := stopOf(t, u, byAddress["02号"].ID); s.State != visit.StopOpen || len(s.Differed) != 1 || s.Differed[0] != "income" {
		t.Errorf("ticked off by a visit of another purpose: %+v", s)
	}
	if _, err := visit.RecordFollowUp(t.Context(), u, byAddress["02号"].FileID, visit.Review, followed(sample.Clerk2, sample.Clerk3)); err != nil {
		t.Fatal(err)
	}
	if s := stopOf(t, u, byAddress["02号"].ID); s.State != visit.StopVisited || s.VisitID == 0 {
		t.Errorf("not ticked off: %+v", s)
	}
	missStops(t, u, byAddress)
	readStanding(t, u, id)
	u.By = sample.Supervisor
	if err := visit.ClosePlan(t.Context(), u, id); err != nil {
		t.Fatal(err)
	}
	afterwards(t, u, id, byAddress)
}

// missStops tries the reasons why a household was not met on the stops of the plan.
func missStops(t *testing.T, u *work.Unit, byAddress map[string]visit.Stop) {
	t.Helper()
	misses := []struct {
		stop visit.Stop
		why  visit.Why
		note string
		told string
		want visit.StopState
	}{
		{byAddress["01号"], visit.Absent, "", "", visit.StopOpen},
		{byAddress["01号"], visit.Absent, "", "", visit.StopOpen},
		{byAddress["01号"], "moved", "迁", "visit.refusal.stop_note", visit.StopOpen},
		{byAddress["01号"], "moved", "迁往外省", "", visit.StopSkipped},
		{byAddress["01号"], visit.Absent, "", "visit.refusal.stop_over", visit.StopSkipped},
		{byAddress["02号"], visit.Absent, "", "visit.refusal.stop_over", visit.StopVisited},
	}
	for i, m := range misses {
		if told := sample.Told(t, visit.Miss(t.Context(), u, m.stop.ID, m.why, m.note)); told != m.told {
			t.Errorf("%d: told %q, want %q", i, told, m.told)
		}
		if s := stopOf(t, u, m.stop.ID); s.State != m.want {
			t.Errorf("%d: %s, want %s", i, s.State, m.want)
		}
	}
	if s := stopOf(t, u, byAddress["01号"].ID); s.Tries != 3 || s.Note != "迁往外省" {
		t.Errorf("%+v", s)
	}
}

// readStanding reads how far the plan is, and what was found.
func readStanding(t *testing.T, u *work.Unit, id visit.PlanID) {
	t.Helper()
	standing, err := visit.StandingOf(t.Context(), u, sample.Clerk.Scope, id, day22.Add(1))
	if err != nil || standing.All != (visit.Progress{Stops: 3, Visited: 1, Skipped: 1, Late: 1}) || len(standing.Teams) != 2 ||
		standing.Teams[1] != (visit.Progress{Team: 2, Stops: 2, Skipped: 1, Late: 1}) || len(standing.Units) != 1 || standing.Units[0].Unit != "青石县总工会困难职工帮扶中心" {
		t.Errorf("%+v, %v", standing, err)
	}
	if s, err := visit.StandingOf(t.Context(), u, sample.Clerk.Scope, id, day22); err != nil || s.All.Late != 0 {
		t.Errorf("late on the day itself: %+v, %v", s.All, err)
	}
	sum, err := visit.Summarise(t.Context(), u, sample.Clerk.Scope, id)
	if err != nil || sum.Visits != 1 || sum.Cadres != 2 || sum.Agrees != 1 || len(sum.Findings) != len(visit.Items) || sum.Degrees[1].Count != 1 ||
		len(sum.Said) != 1 || sum.Said[0].Opinions != "体检到厂里来" {
		t.Errorf("%+v, %v", sum, err)
	}
}

// afterwards tries the closed plan, and makes a plan of key visits after it.
func afterwards(t *testing.T, u *work.Unit, id visit.PlanID, byAddress map[string]visit.Stop) {
	t.Helper()
	if told := sample.Told(t, visit.ClosePlan(t.Context(), u, id)); told != "visit.refusal.plan_closed" {
		t.Errorf("closed twice: %q", told)
	}
	inside(t, u, func(u *work.Unit) {
		if told := sample.Told(t, visit.Miss(t.Context(), u, byAddress["03号"].ID, visit.Absent, "")); told != "visit.refusal.plan_closed" {
			t.Errorf("a stop of a closed plan: %q", told)
		}
	})
	after := census(func(p *visit.Plan) { p.Name, p.Kind, p.Target = "重点访", visit.KeyVisits, visit.Target{After: id} })
	key, err := visit.MakePlan(t.Context(), u, after, []visit.Team{team("马骏", sample.Clerk, sample.Clerk4)})
	if err != nil {
		t.Fatal(err)
	}
	if stops, err := visit.Route(t.Context(), u, sample.Clerk.Scope, key, 0, false, visit.StopCursor{}, 9); err != nil || len(stops) != 1 || stops[0].FileID != byAddress["02号"].FileID {
		t.Errorf("key visits go to %s, %v", said(stops), err)
	}
	if n, err := visit.Matching(t.Context(), u, u.By.Scope, visit.KeyVisits, visit.Target{After: id, Degrees: []visit.Degree{visit.DegreeSevere}}); err != nil || n != 0 {
		t.Errorf("%d were found severe, %v", n, err)
	}
}

func stopOf(t *testing.T, u *work.Unit, id visit.StopID) visit.Stop {
	t.Helper()
	s, err := visit.FindStop(t.Context(), u, sample.Clerk.Scope, id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// By hand, as the application's role: a stop is ticked off only by a visit of its own.
func TestStopsByHand(t *testing.T) {
	u := centre(t, sample.Supervisor)
	all := households(t, u, 2)
	id, err := visit.MakePlan(t.Context(), u, census(), threeTeams()[:1])
	if err != nil {
		t.Fatal(err)
	}
	var other int64
	if err := u.QueryRow(t.Context(), "SELECT id FROM visit_visit WHERE file_id = $1", all[1].ID).Scan(&other); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ sql, rule string }{
		"by a visit to another":     {`UPDATE visit_stop SET state = 'visited', visit_id = @visit WHERE plan_id = @plan AND file_id <> @file`, "visit_stop_fits"},
		"by the first visit":        {`UPDATE visit_stop SET state = 'visited', visit_id = @visit WHERE plan_id = @plan AND file_id = @file`, "visit_stop_fits"},
		"by nothing":                {`UPDATE visit_stop SET state = 'visited' WHERE plan_id = @plan AND file_id = @file AND @visit > 0`, "visit_stop_done"},
		"left out without a reason": {`UPDATE visit_stop SET state = 'skipped' WHERE plan_id = @plan AND file_id = @file AND @visit > 0`, "visit_stop_skipped"},
		"a plan longer than a year": {`INSERT INTO visit_plan SELECT 1, org_id, org_path, name, kind, purpose, aim, from_on, from_on + 367, led_by, target, state, made_by, made_at, closed_at FROM visit_plan WHERE id = @plan AND @visit > 0 AND @file > 0`, "visit_plan_period"},
		"a team of one":             {`INSERT INTO visit_team (plan_id, number, leader, visitor_a, visitor_b) SELECT @plan, 9, '马骏', 9202, 9202 WHERE @visit > 0 AND @file > 0`, "visit_team_two"},
		"the same household twice":  {`INSERT INTO visit_stop (plan_id, team_id, file_id, position, due_on) SELECT plan_id, team_id, file_id, 9, due_on FROM visit_stop WHERE plan_id = @plan AND file_id = @file AND @visit > 0`, "visit_stop_plan_id_file_id_key"},
	} {
		t.Run(name, func(t *testing.T) {
			err := byHand(t, u, test.sql, pgx.NamedArgs{"plan": id, "visit": other, "file": all[1].ID})
			if got := work.Violated(err); got != test.rule {
				t.Errorf("refused by %q (%v)", got, err)
			}
		})
	}
}

func TestNobodyOmitted(t *testing.T) {
	u := centre(t, sample.Clerk2)
	all := households(t, u, 3)
	if _, err := visit.RecordFollowUp(t.Context(), u, all[1].ID, visit.Review, followed(sample.Clerk2, sample.Clerk4)); err != nil {
		t.Fatal(err)
	}
	left, err := visit.OmittedPage(t.Context(), u, sample.Clerk2.Scope, day22, day22, 0, 10)
	if err != nil || len(left) != 2 || left[0].FileID != all[2].ID || left[1].FileID != all[0].ID || left[0].LastOn != day22.Add(-13) {
		t.Errorf("%+v, %v", left, err)
	}
	if left, err = visit.OmittedPage(t.Context(), u, sample.Clerk2.Scope, day22, day22, all[2].ID, 10); err != nil || len(left) != 1 {
		t.Errorf("the next page: %+v, %v", left, err)
	}
	if left, err = visit.OmittedPage(t.Context(), u, sample.Clerk2.Scope, day22.Add(-13), day22, 0, 10); err != nil || len(left) != 0 {
		t.Errorf("with the first visits in the period: %+v, %v", left, err)
	}
	if left, err = visit.OmittedPage(t.Context(), u, sample.SiblingClerk.Scope, day22, day22, 0, 10); err != nil || len(left) != 0 {
		t.Errorf("another county: %+v, %v", left, err)
	}
	tally, err := visit.TallyOf(t.Context(), u, sample.Clerk2.Scope, day22.Add(-13), day22)
	if err != nil || tally != (visit.Tally{Visits: 4, Households: 3, Cadres: 3}) {
		t.Errorf("%+v, %v", tally, err)
	}
	if _, err := visit.TallyOf(t.Context(), u, sample.Clerk2.Scope, day22.Add(-366), day22); err != nil {
		t.Errorf("a year and a day: %v", err)
	}
	if _, err := visit.TallyOf(t.Context(), u, sample.Clerk2.Scope, day22.Add(-367), day22); sample.Told(t, err) != "visit.refusal.period" {
		t.Errorf("a day longer: %v", err)
	}
}
