package app_test

import (
	"testing"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/visit"
	"bangfu/internal/work"
)

// ofVisits makes a plan of the county with its first stop, a sample that waits for its seed, and a declared relative.
func (r records) ofVisits(t testing.TB, u *work.Unit) {
	t.Helper()
	as(u, sample.Supervisor, func() {
		training, err := visit.Train(t.Context(), u, visit.Training{On: u.Today(), Subject: "识别标准", Hours: 6, Trainer: "马骏", People: []work.StaffID{sample.Clerk2.StaffID}})
		must(t, err)
		r.set("/visits/trainings/{training}", int64(training))
		plan, err := visit.MakePlan(t.Context(), u, visit.Plan{Name: "普查", Kind: visit.Census, Aim: "不漏一户", From: u.Today(), Until: u.Today().Add(9), LedBy: "马骏"},
			[]visit.Team{{Leader: "马骏", Visitors: [2]work.StaffID{sample.Clerk2.StaffID, sample.Clerk4.StaffID}}})
		must(t, err)
		r.set("/visits/plans/{plan}", int64(plan))
		r.set("/visits/stops/{stop}", number(t, u, `SELECT min(id) FROM visit_stop WHERE plan_id = $1`, plan))
		drawn, err := visit.Announce(t.Context(), u, "三成抽查", 300)
		must(t, err)
		r.set("/visits/samples/{sample}", int64(drawn))
	})
	as(u, sample.Cashier, func() {
		id, err := staff.Declare(t.Context(), u, sample.Keys(), "sibling", "冯立", sample.Number(day.Of(1970, 3, 4), idcard.Male))
		must(t, err)
		r.set("/staff/relatives/{relative}", int64(id))
	})
}
