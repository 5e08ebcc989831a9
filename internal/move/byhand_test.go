package move_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/move"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// What the database refuses the application's own role, whatever the program does.
func TestWhatNobodyDoesByHand(t *testing.T) {
	u := centre(t)
	f, into := sample.File(t, u, casefile.Active, another), sample.File(t, u, casefile.Active)
	id := ask(t, u, f.ID, sample.Sibling)
	args := pgx.NamedArgs{"file": f.ID, "into": into.ID, "move": id, "to": sample.Sibling, "by": sample.Supervisor.StaffID, "asker": sample.Clerk2.StaffID, "now": u.Now}
	for name, test := range map[string]struct{ want, sql string }{
		"the office changes by a transfer": {"move_before_office", `UPDATE casefile_file SET org_id = @to WHERE id = @file`},
		"a split by a split":               {"move_before_split", `INSERT INTO casefile_file (org_id, org_path, state, registered_by, registered_at, split_of) VALUES (@to, '', 'draft', @by, @now, @file)`},
		"a merge by a merge":               {"exit_before_close", `UPDATE casefile_file SET state = 'closed', return_reason = 'merged', closed_at = @now, merged_into = @into WHERE id = @file`},
		"the link to a file that goes on":  {"move_before_merge", `UPDATE casefile_file SET merged_into = @into WHERE id = @file`},
		"a request is asked for":           {"move_begins_asked", `INSERT INTO move_move (kind, file_id, from_org, from_path, to_org, state, why, reason, before, asked_by, asked_at, decided_by, decided_at) VALUES ('transfer', @into, 0, '', @to, 'agreed', 'other', '……', 1, @asker, @now, @by, @now)`},
		"one move at a time":               {"move_one", `INSERT INTO move_move (kind, file_id, from_org, from_path, to_org, state, why, reason, before, asked_by, asked_at) VALUES ('transfer', @file, 0, '', @to, 'asked', 'other', '……', 1, @asker, @now)`},
		"who asked does not agree":         {"move_three_people", `UPDATE move_move SET state = 'agreed', decided_by = @asker, decided_at = @now WHERE id = @move`},
		"it is carried out first":          {"move_moves", `UPDATE move_move SET state = 'done', decided_by = @by, decided_at = @now, after = 2, received_by = 9222, received_at = @now, handed = '{}' WHERE id = @move`},
		"what was asked for stays":         {"move_fixed", `UPDATE move_move SET opinion = '另有意见' WHERE id = @move`},
	} {
		err := u.Within(t.Context(), func(u *work.Unit) error {
			_, err := u.Exec(t.Context(), test.sql, args)
			return err
		})
		if got := work.Violated(err); got != test.want {
			t.Errorf("%s: refused by %q (%v), want %q", name, got, err, test.want)
		}
	}
	agree(t, u, id)
	for name, test := range map[string]struct{ want, sql string }{
		"done only by the unit that did it": {"move_done", `UPDATE move_move SET state = 'done', after = 2, received_by = 9222, received_at = @now, handed = '{}' WHERE id = @move`},
		"the marked office only":            {"move_before_office", `UPDATE casefile_file SET org_id = 9004 WHERE id = @file`},
	} {
		err := u.Within(t.Context(), func(u *work.Unit) error {
			if _, err := u.Exec(t.Context(), `UPDATE move_move SET carried_in = pg_current_xact_id() WHERE id = @move`, args); err != nil {
				return err
			}
			_, err := u.Exec(t.Context(), test.sql, args)
			return err
		})
		if got := work.Violated(err); got != test.want {
			t.Errorf("%s: refused by %q (%v), want %q", name, got, err, test.want)
		}
	}
	// What stops a transfer stops it by hand too.
	sample.Signed(t, u, f, sample.Fund(t, u, 100000), 40000)
	err := u.Within(t.Context(), func(u *work.Unit) error {
		_, err := u.Exec(t.Context(), `UPDATE move_move SET carried_in = pg_current_xact_id() WHERE id = @move`, args)
		if err == nil {
			_, err = u.Exec(t.Context(), `UPDATE casefile_file SET org_id = @to WHERE id = @file`, args)
		}
		return err
	})
	if got := work.Violated(err); got != "move_stopped" {
		t.Errorf("refused by %q (%v)", got, err)
	}
	if m, err := move.Find(t.Context(), u, sample.Everywhere, id); err != nil || m.State != move.Agreed {
		t.Errorf("%s, %v", m.State, err)
	}
}
