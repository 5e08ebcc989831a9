package staff_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"bangfu/internal/staff"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

const (
	here      = "192.0.2.1"
	elsewhere = "192.0.2.2"
)

// centre gives a unit in which the sample centre and a new caseworker "newcomer" exist, with her one-time password.
func centre(t *testing.T) (*work.Unit, work.StaffID, string) {
	t.Helper()
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	id, once, err := staff.Add(t.Context(), u, staff.New{
		OrgID: sample.County, Username: "newcomer", Name: "方晴", Roles: []work.Role{staff.Caseworker}})
	if err != nil {
		t.Fatal(err)
	}
	return u, id, once
}

// try signs in from an address and gives what came of it.
func try(t *testing.T, u *work.Unit, username, password, address string) staff.Answer {
	t.Helper()
	u.By = work.Visitor(address)
	c, err := staff.Compare(t.Context(), u, u.Now, username, password, address)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := staff.SignIn(t.Context(), u, c)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// acts lists the newest acts of the trail, the newest first.
func acts(t *testing.T, u *work.Unit, n int) string {
	t.Helper()
	var list string
	if err := u.QueryRow(t.Context(), `SELECT string_agg(act, ' ' ORDER BY id DESC) FROM
		(SELECT id, act FROM audit_entry ORDER BY id DESC LIMIT $1) a`, n).Scan(&list); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestFiveFailuresLockThePair(t *testing.T) {
	u, id, once := centre(t)
	for i := 1; i < staff.MostFailures; i++ {
		if a := try(t, u, "newcomer", "wrong", here); a.Outcome != staff.Wrong || a.Remaining != staff.MostFailures-i {
			t.Fatalf("failure %d: %+v", i, a)
		}
	}
	if a := try(t, u, "Newcomer ", "wrong", here); a.Outcome != staff.Locked || !a.Until.Equal(pgtest.Now.Add(10*time.Minute)) {
		t.Fatalf("the fifth failure: %+v", a)
	}
	if got := acts(t, u, 3); got != "staff.sign_in_failed staff.lock staff.sign_in_failed" {
		t.Errorf("trail %q", got)
	}
	if a := try(t, u, "newcomer", once, here); a.Outcome != staff.Locked {
		t.Errorf("the sixth with the right password: %+v", a)
	}
	if got := acts(t, u, 1); got != "staff.sign_in_locked" {
		t.Errorf("trail %q", got)
	}
	if a := try(t, u, "newcomer", once, elsewhere); a.Outcome != staff.SignedIn || a.StaffID != id || u.By.StaffID != id {
		t.Errorf("from another address: %+v as %d", a, u.By.StaffID)
	}
	if got := acts(t, u, 1); got != "staff.sign_in" {
		t.Errorf("trail %q", got)
	}
	u.Now = pgtest.Now.Add(10*time.Minute - time.Second)
	if a := try(t, u, "newcomer", once, here); a.Outcome != staff.Locked {
		t.Errorf("a second before the lock ends: %+v", a)
	}
	u.Now = pgtest.Now.Add(10 * time.Minute)
	if a := try(t, u, "newcomer", "wrong", here); a.Outcome != staff.Wrong || a.Remaining != 4 {
		t.Errorf("after the lock the count begins anew: %+v", a)
	}
	if a := try(t, u, "newcomer", once, here); a.Outcome != staff.SignedIn {
		t.Errorf("after the lock: %+v", a)
	}
}

func TestOldFailuresDoNotCount(t *testing.T) {
	u, _, _ := centre(t)
	for range 4 {
		try(t, u, "newcomer", "wrong", here)
	}
	u.Now = pgtest.Now.Add(staff.LockFor)
	if a := try(t, u, "newcomer", "wrong", here); a.Outcome != staff.Wrong || a.Remaining != 4 {
		t.Errorf("ten minutes later: %+v", a)
	}
}

func TestWhoCannotSignIn(t *testing.T) {
	u, id, once := centre(t)
	if a := try(t, u, "nobody.here", once, here); a.Outcome != staff.Wrong {
		t.Errorf("an unknown name: %+v", a)
	}
	if a := try(t, u, "MyPassword1 in the wrong box", once, here); a.Outcome != staff.Wrong {
		t.Errorf("no name at all: %+v", a)
	}
	var kept int
	if err := u.QueryRow(t.Context(), `SELECT count(*) FROM staff_attempt WHERE username ILIKE '%password%'`).Scan(&kept); err != nil || kept != 0 {
		t.Errorf("what was typed for a name is kept in %d rows, %v", kept, err)
	}
	u.By = sample.Admin
	if err := staff.Deactivate(t.Context(), u, id); err != nil {
		t.Fatal(err)
	}
	if a := try(t, u, "newcomer", once, here); a.Outcome != staff.Wrong {
		t.Errorf("somebody barred: %+v", a)
	}
	if _, err := staff.Actor(t.Context(), u, id, here); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("an open session of somebody barred: %v", err)
	}
}

func TestAOneTimePasswordExpires(t *testing.T) {
	u, id, once := centre(t)
	u.Now = pgtest.Now.Add(staff.OnceFor - time.Second)
	if a := try(t, u, "newcomer", once, here); a.Outcome != staff.SignedIn || !u.By.MustChange {
		t.Errorf("a second before: %+v, must change %v", a, u.By.MustChange)
	}
	u.Now = pgtest.Now.Add(staff.OnceFor)
	if a := try(t, u, "newcomer", once, here); a.Outcome != staff.OnceExpired {
		t.Errorf("at its end: %+v", a)
	}
	u.By = sample.Admin
	fresh, err := staff.ResetPassword(t.Context(), u, id)
	if err != nil {
		t.Fatal(err)
	}
	if a := try(t, u, "newcomer", fresh, here); a.Outcome != staff.SignedIn {
		t.Errorf("with a new one: %+v", a)
	}
	if a := try(t, u, "newcomer", once, here); a.Outcome != staff.Wrong {
		t.Errorf("with the old one: %+v", a)
	}
}

func TestChangePassword(t *testing.T) {
	u, id, once := centre(t)
	try(t, u, "newcomer", once, here)
	const chosen = "Kettle-harbour-19"
	insertSession(t, u, "mine", id)
	insertSession(t, u, "theirs", sample.Clerk.StaffID)
	c, err := staff.CheckChange(t.Context(), u, id, once, chosen)
	if err != nil {
		t.Fatal(err)
	}
	if err := staff.ChangePassword(t.Context(), u, c); err != nil {
		t.Fatal(err)
	}
	if err := staff.ChangePassword(t.Context(), u, c); !errors.Is(err, work.ErrStale) {
		t.Errorf("the same change twice: %v", err)
	}
	var left string
	if err := u.QueryRow(t.Context(), `SELECT string_agg(token, ' ') FROM sessions`).Scan(&left); err != nil || left != "theirs" {
		t.Errorf("sessions left: %q, %v", left, err)
	}
	if a := try(t, u, "newcomer", chosen, here); a.Outcome != staff.SignedIn || u.By.MustChange {
		t.Errorf("with the new one: %+v, must change %v", a, u.By.MustChange)
	}
	for _, test := range []struct{ present, password, told, field string }{
		{"not it", "Another-harbour-7", "staff.refusal.password_present", "present"},
		{chosen, chosen, "staff.refusal.password_same", "password"},
		{chosen, "short-1", "staff.refusal.password_short", "password"},
	} {
		_, err := staff.CheckChange(t.Context(), u, id, test.present, test.password)
		refusal, ok := work.AsRefusal(err)
		if !ok || refusal.Key != test.told || refusal.Field != test.field {
			t.Errorf("%s to %s: %v", test.present, test.password, err)
		}
	}
}

func insertSession(t *testing.T, u *work.Unit, token string, id work.StaffID) {
	t.Helper()
	data := fmt.Sprintf(`{"d":"2026-11-22T18:00:00+08:00","v":{"staff":"%d"}}`, id)
	if _, err := u.Exec(t.Context(), `INSERT INTO sessions (token, data, expiry) VALUES ($1, $2, $3)`,
		token, []byte(data), pgtest.Now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
}

func TestCheckPassword(t *testing.T) {
	for password, want := range map[string]string{
		"Kettle-harbour-19":                  "",
		"正确的马电池订书钉安全得很9":                     "",
		"kx7m-2hqp-9wte":                     "",
		strings.Repeat("Ab1-", 32):           "staff.refusal.password_plain",
		"Kettle-harb":                        "staff.refusal.password_short",
		"kettleharbour":                      "staff.refusal.password_plain",
		"000000000000":                       "staff.refusal.password_plain",
		"Newcomer-2026-09":                   "staff.refusal.password_name",
		"Password123456":                     "staff.refusal.password_common",
		"Qwertyuiop2026":                     "staff.refusal.password_common",
		"woaini1314520":                      "staff.refusal.password_common",
		strings.Repeat("Kettle-1", 16) + "x": "staff.refusal.password_long",
	} {
		refusal := staff.CheckPassword("newcomer", password)
		got := ""
		if refusal != nil {
			got = refusal.Key
		}
		if got != want {
			t.Errorf("%s: %q, want %q", password, got, want)
		}
	}
}

func TestAThousandGuessesAtOnceAreFive(t *testing.T) {
	db := pgtest.DB(t)
	var once string
	err := work.Do(t.Context(), db.App, pgtest.Now, work.System("test"), func(u *work.Unit) (err error) {
		once, err = staff.AddFirst(t.Context(), u, first("root1"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	outcomes := make(chan staff.Answer, 24)
	for range cap(outcomes) {
		go func() {
			var a staff.Answer
			c, err := staff.Compare(t.Context(), db.App, pgtest.Now, "root1", "wrong", here)
			if err == nil {
				err = work.Do(t.Context(), db.App, pgtest.Now, work.Visitor(here), func(u *work.Unit) (err error) {
					a, err = staff.SignIn(t.Context(), u, c)
					return err
				})
			}
			if err != nil {
				t.Error(err)
			}
			outcomes <- a
		}()
	}
	wrong := 0
	for range cap(outcomes) {
		if a := <-outcomes; a.Outcome == staff.Wrong {
			wrong++
		}
	}
	if wrong != staff.MostFailures-1 {
		t.Errorf("%d tries were told wrong, want 4 and the rest locked", wrong)
	}
	c, err := staff.Compare(t.Context(), db.App, pgtest.Now, "root1", once, elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	err = work.Do(t.Context(), db.App, pgtest.Now, work.Visitor(elsewhere), func(u *work.Unit) error {
		a, err := staff.SignIn(t.Context(), u, c)
		if a.Outcome != staff.SignedIn {
			t.Errorf("the real one from elsewhere: %+v", a)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
