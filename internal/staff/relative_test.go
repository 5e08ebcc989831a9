package staff_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

func TestRelatives(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	number := sample.Number(day.Of(1971, 5, 2), idcard.Male)
	id, err := staff.Declare(t.Context(), u, sample.Keys(), "sibling", "何勇", number)
	if err != nil {
		t.Fatal(err)
	}
	act := func(by work.Actor, fn func(u *work.Unit) error) string {
		t.Helper()
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		told := sample.Told(t, fn(work.NewUnit(tx, u.Now, by)))
		end := tx.Commit
		if told != "" {
			end = tx.Rollback
		}
		if err := end(t.Context()); err != nil {
			t.Fatal(err)
		}
		return told
	}
	confirm := func(agree bool, note string) func(u *work.Unit) error {
		return func(u *work.Unit) error { return staff.Confirm(t.Context(), u, id, agree, note) }
	}
	end := func(note string) func(u *work.Unit) error {
		return func(u *work.Unit) error { return staff.EndRelation(t.Context(), u, id, note) }
	}
	steps := []struct {
		name string
		by   work.Actor
		act  func(u *work.Unit) error
		told string
	}{
		{"the same person twice", sample.Clerk, func(u *work.Unit) error {
			_, err := staff.Declare(t.Context(), u, sample.Keys(), "other", "何勇", number)
			return err
		}, "staff.refusal.relative_once"},
		{"somebody else declares the same person", sample.Clerk2, func(u *work.Unit) error {
			_, err := staff.Declare(t.Context(), u, sample.Keys(), "in_law", "何勇", number)
			return err
		}, ""},
		{"confirmed by oneself", sample.Clerk, confirm(true, ""), "staff.refusal.relative_own"},
		{"ended before it was confirmed", sample.Officer, end("无关"), "staff.refusal.relative_state"},
		{"rejected without a reason", sample.Officer, confirm(false, "否"), "staff.refusal.relative_note"},
		{"confirmed by another", sample.Officer, confirm(true, ""), ""},
		{"confirmed twice", sample.Admin, confirm(true, ""), "staff.refusal.relative_state"},
		{"ended by oneself", sample.Clerk, end("已无关系"), "staff.refusal.relative_own"},
		{"ended without a reason", sample.Officer, end(""), "staff.refusal.relative_note"},
		{"ended by another", sample.Admin, end("收养关系解除"), ""},
		{"declared anew", sample.Clerk, func(u *work.Unit) error {
			_, err := staff.Declare(t.Context(), u, sample.Keys(), "sibling", "何勇", number)
			return err
		}, ""},
	}
	for _, step := range steps {
		if told := act(step.by, step.act); told != step.told {
			t.Errorf("%s: told %q, want %q", step.name, told, step.told)
		}
	}
	readRelatives(t, u, id, number)
}

// readRelatives reads what the steps left: one of before that ended, one that waits, and another's.
func readRelatives(t *testing.T, u *work.Unit, id staff.RelativeID, number idcard.Number) {
	t.Helper()
	mine, err := staff.RelativesOf(t.Context(), u, sample.Keys(), sample.Clerk.StaffID)
	if err != nil || len(mine) != 2 || mine[0].State != staff.RelativeDeclared || mine[1].State != staff.RelativeEnded ||
		mine[1].DecidedBy != "周文" || mine[1].EndedBy != "沈静" || mine[1].Number != number.Masked() {
		t.Errorf("%+v, %v", mine, err)
	}
	waiting, err := staff.ListRelatives(t.Context(), u, sample.Keys(), sample.Officer.Scope, true, 0, 10)
	if err != nil || len(waiting) != 2 {
		t.Errorf("%d wait, %v", len(waiting), err)
	}
	older, err := staff.ListRelatives(t.Context(), u, sample.Keys(), sample.Officer.Scope, false, waiting[1].ID, 10)
	if err != nil || len(older) != 1 || older[0].ID != id {
		t.Errorf("older: %+v, %v", older, err)
	}
	if _, err := staff.FindRelative(t.Context(), u, sample.Keys(), sample.SiblingHead.Scope, id); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("another county finds it: %v", err)
	}
}

// The same rules hold for statements by hand, as the application's role.
func TestRelativesByHand(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	id, err := staff.Declare(t.Context(), u, sample.Keys(), "sibling", "何勇", sample.Number(day.Of(1971, 5, 2), idcard.Male))
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ sql, rule string }{
		"confirmed by oneself": {`UPDATE staff_relative SET state = 'confirmed', decided_by = staff_id, decided_at = @now WHERE id = @id`, "staff_relative_second"},
		"ended at once":        {`UPDATE staff_relative SET state = 'ended', decided_by = 9207, decided_at = @now, ended_by = 9207, ended_at = @now, note = '无' WHERE id = @id`, "staff_relative_moves"},
		"entered as confirmed": {`INSERT INTO staff_relative (staff_id, relation, name, id_sealed, id_index, state, entered_at, decided_by, decided_at)
			SELECT 9202, relation, name, id_sealed, id_index, 'confirmed', @now, 9207, @now FROM staff_relative WHERE id = @id`, "staff_relative_moves"},
		"removed":          {`DELETE FROM staff_relative WHERE id = @id AND @now::timestamptz IS NOT NULL`, "42501"},
		"another's number": {`UPDATE staff_relative SET id_index = sha256('x') WHERE id = @id AND @now::timestamptz IS NOT NULL`, "42501"},
	} {
		t.Run(name, func(t *testing.T) {
			tx, err := u.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback(t.Context()) }()
			_, err = tx.Exec(t.Context(), test.sql, pgx.NamedArgs{"id": id, "now": u.Now})
			if err == nil || work.Violated(err) != test.rule && !strings.Contains(err.Error(), test.rule) {
				t.Errorf("%v; want %s", err, test.rule)
			}
		})
	}
}
