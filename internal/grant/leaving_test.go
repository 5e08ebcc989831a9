package grant_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/grant"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// Nobody applies for a household whose exit was agreed to; while it is only proposed, or when nothing came of it, they may.
func TestNoAidForAHouseholdThatLeaves(t *testing.T) {
	for _, test := range []struct{ state, told string }{{"proposed", ""}, {"agreed", "grant.refusal.leaving"}, {"withdrawn", ""}} {
		t.Run(test.state, func(t *testing.T) {
			o := inTx(t)
			args := pgx.NamedArgs{"id": o.file.ID, "clerk": sample.Clerk2.StaffID, "supervisor": sample.Supervisor.StaffID, "state": test.state}
			err := o.do(sample.Clerk2, func(u *work.Unit) error {
				args["now"] = u.Now
				for _, sql := range []string{
					`INSERT INTO exit_exit (file_id, org_path, reason, state, grounds, happened_on, rule_on, proposed_by, proposed_at)
						SELECT @id, '', 'retired', 'proposed', '到龄退休', @now::date, max(from_on), @clerk, @now FROM exit_rule`,
					`INSERT INTO exit_paper (exit_id, evidence_id) SELECT e.id, min(v.id) FROM exit_exit e JOIN casefile_evidence v USING (file_id)
						WHERE e.file_id = @id GROUP BY e.id`,
					`UPDATE exit_exit SET state = 'agreed', opinion = '同意', assessed_by = @supervisor, assessed_at = @now
						WHERE file_id = @id AND @state = 'agreed'`,
					`UPDATE exit_exit SET state = 'withdrawn' WHERE file_id = @id AND @state = 'withdrawn'`,
				} {
					if _, err := u.Exec(t.Context(), sql, args); err != nil {
						return err
					}
				}
				return u.Audit(t.Context(), work.Entry{Act: "exit.propose", Kind: "exit", FileID: o.file.ID})
			})
			if err != nil {
				t.Fatal(err)
			}
			err = o.do(sample.Clerk, func(u *work.Unit) error {
				_, offers, err := grant.Offers(t.Context(), u, u.By.Scope, o.file.ID, u.Today())
				if told := sample.Told(t, err); told != test.told || (told == "") != (len(offers) > 0) {
					t.Errorf("offered %d programmes, told %q; want %q", len(offers), told, test.told)
				}
				return u.Audit(t.Context(), work.Entry{Act: "exit.propose", Kind: "exit", FileID: o.file.ID})
			})
			if err != nil {
				t.Fatal(err)
			}
			_, told := o.apply("living", grant.Request{Amount: o.yuan("300")})
			o.want(test.told, told)
		})
	}
}
