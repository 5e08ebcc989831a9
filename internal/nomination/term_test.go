package nomination_test

import (
	"testing"
	"time"

	"bangfu/internal/idcard"
	"bangfu/internal/nomination"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// The words go the day after three years, not on the day: of the answer, or where nobody answered, of the day on which it
// was due. Those of one that was taken in stay with the file.
func TestForget(t *testing.T) {
	u, declined, w := begin(t)
	make := func(number idcard.Number) nomination.ID {
		u.By = sample.UnitClerk
		w.Number = number
		id, err := nomination.Make(t.Context(), u, sample.Keys(), w)
		must(t, err)
		return id
	}
	withdrawn, taken, waiting := make(sample.Number(w.Number.Birth(), idcard.Female)), make(sample.Number(w.Number.Birth().Add(1), idcard.Male)), make(sample.Number(w.Number.Birth().Add(2), idcard.Male))
	must(t, nomination.Withdraw(t.Context(), u, withdrawn, "本人不愿意"))
	u.By = sample.Clerk
	must(t, nomination.Decline(t.Context(), u, declined, "请补诊断证明"))
	_, err := nomination.Accept(t.Context(), u, sample.Keys(), taken)
	must(t, err)

	answered, due := u.Today(), u.Today().Add(nomination.DaysToAnswer)
	for _, step := range []struct {
		on   time.Time
		want int
	}{
		{answered.AddMonths(36).Start(), 0}, {answered.AddMonths(36).Add(1).Start(), 2}, {answered.AddMonths(36).Add(2).Start(), 0},
		{due.AddMonths(36).Start(), 0}, {due.AddMonths(36).Add(1).Start(), 1}, {due.AddMonths(36).Add(2).Start(), 0},
	} {
		if n, err := nomination.Forget(t.Context(), u.Tx, func() time.Time { return step.on }); err != nil || n != step.want {
			t.Errorf("on %s: %d, %v; want %d", step.on, n, err, step.want)
		}
	}
	for id, state := range map[nomination.ID]nomination.State{declined: nomination.Declined, withdrawn: nomination.Withdrawn, waiting: nomination.Lapsed} {
		n, err := nomination.Find(t.Context(), u, sample.Keys(), u.By.Scope, id)
		if err != nil || !n.Erased || n.State != state || n.Name != "**" || n.Number != "" || n.Phone != "" || n.Employer != "**" || n.Address != "" ||
			n.Happened != "**" || len(n.Papers) != 0 || n.Reason != "**" && state != nomination.Lapsed || n.Cause != w.Cause || n.DueOn != due {
			t.Errorf("%+v, %v", n, err)
		}
	}
	if n, err := nomination.Find(t.Context(), u, sample.Keys(), u.By.Scope, taken); err != nil || n.Erased || n.Name != w.Name {
		t.Errorf("%+v, %v", n, err)
	}
	if told := sample.Told(t, nomination.Decline(t.Context(), u, waiting, "不符合")); told != "nomination.refusal.answered" {
		t.Errorf("a lapsed nomination is declined: told %q", told)
	}
	var trail string
	must(t, u.QueryRow(t.Context(), `SELECT coalesce(string_agg(changes::text, ' '), '') FROM audit_entry
		WHERE kind = 'nomination' AND changes::text ~ '诊断|愿意|赵川'`).Scan(&trail))
	if trail != "" {
		t.Errorf("the trail speaks of the worker: %s", trail)
	}
	u.By = sample.UnitClerk
	_, err = nomination.Make(t.Context(), u, sample.Keys(), w) // the person of the lapsed one may be nominated again
	must(t, err)
}

// What the database refuses whoever asks.
func TestTheDatabaseKeepsTheTerm(t *testing.T) {
	u, waiting, w := begin(t)
	w.Number = sample.Number(w.Number.Birth(), idcard.Female)
	declined, err := nomination.Make(t.Context(), u, sample.Keys(), w)
	must(t, err)
	u.By = sample.Clerk
	must(t, nomination.Decline(t.Context(), u, declined, "请补诊断证明"))
	for sql, rule := range map[string]string{
		`UPDATE nomination_nomination SET erased_at = answered_at + interval '3 years' WHERE id = $2 AND $1 > 0`:                             "nomination_kept",
		`UPDATE nomination_nomination SET erased_at = made_at + interval '9 years', state = 'withdrawn' WHERE id = $2 AND $1 > 0`:            "nomination_kept",
		`UPDATE nomination_nomination SET erased_at = made_at + interval '9 years' WHERE id = $1 AND $2 > 0`:                                 "nomination_kept",
		`UPDATE nomination_nomination SET erased_at = made_at + interval '3 years', state = 'lapsed' WHERE id = $1 AND $2 > 0`:               "nomination_kept",
		`UPDATE nomination_nomination SET state = 'lapsed' WHERE id = $1 AND $2 > 0`:                                                         "nomination_lapsed",
		`UPDATE nomination_nomination SET state = 'waiting', reason = NULL, answered_by = NULL, answered_at = NULL WHERE id = $2 AND $1 > 0`: "nomination_answered",
	} {
		err := u.Within(t.Context(), func(u *work.Unit) error {
			_, err := u.Exec(t.Context(), "-- test\n"+sql, int64(waiting), int64(declined))
			return err
		})
		if work.Violated(err) != rule {
			t.Errorf("%s: %v, want %s", sql, err, rule)
		}
	}
	after := func() time.Time { return u.Today().AddMonths(37).Start() }
	if n, err := nomination.Forget(t.Context(), u.Tx, after); err != nil || n != 2 {
		t.Fatalf("%d, %v", n, err)
	}
	err = u.Within(t.Context(), func(u *work.Unit) error {
		_, err := u.Exec(t.Context(), "-- test\nUPDATE nomination_nomination SET reason = '补' WHERE id = $1", int64(declined))
		return err
	})
	if work.Violated(err) != "nomination_erased" {
		t.Errorf("%v", err)
	}
}
