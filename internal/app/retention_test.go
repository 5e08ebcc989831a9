package app_test

import (
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/retention"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// ofRetention places a hold on a file, and proposes to destroy what will be past its term in ten years.
func (r records) ofRetention(t testing.TB, u *work.Unit, f work.FileID) {
	t.Helper()
	as(u, sample.Officer, func() {
		hold, err := retention.Place(t.Context(), u, f, retention.Audit, "专项审计")
		must(t, err)
		r.set("/retention/holds/{hold}", int64(hold))
		left := sample.File(t, u, casefile.Closed)
		_, err = u.Exec(t.Context(), `UPDATE exit_callback SET done_on = due_on, how = 'phone', result = 'stable', note = '', called_by = $2, entered_at = $3
			WHERE file_id = $1`, left.ID, sample.Clerk2.StaffID, u.Now)
		must(t, err)
		later := work.NewUnit(u.Tx, u.Now.AddDate(10, 0, 1), u.By)
		batch, _, err := retention.Propose(t.Context(), later, retention.Proposal{Org: sample.Officer.OrgID, Name: "到期档案", Basis: "保管期满",
			ClosedUntil: retention.LastOver(later.Today())})
		must(t, err)
		r.set("/retention/batches/{batch}", int64(batch))
	})
}
