package staff

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"bangfu/internal/words"
	"bangfu/internal/work"
)

// The lock of a pair of user name and address. It stands on the pair, so that nobody can lock out somebody else who
// sits elsewhere (security.md 3.3).
const (
	MostFailures = 5
	LockFor      = 10 * time.Minute // also: failures longer ago do not count
)

// act names an entry of the trail whose act is chosen while the program runs.
type act string

const (
	actSignIn        act = "staff.sign_in"
	actSignInFailed  act = "staff.sign_in_failed"
	actSignInLocked  act = "staff.sign_in_locked"
	actSignInExpired act = "staff.sign_in_expired"
	actRoleGrant     act = "staff.role_grant"
	actRoleRevoke    act = "staff.role_revoke"
	actActivate      act = "staff.activate"
	actDeactivate    act = "staff.deactivate"
)

// Outcome is how a try to sign in ended.
type Outcome string

// The outcomes.
const (
	SignedIn    Outcome = "signed_in"
	Wrong       Outcome = "wrong"        // user name or password, and never which of them
	Locked      Outcome = "locked"       // too many failures; the password was not looked at
	OnceExpired Outcome = "once_expired" // the one-time password was right, and too old
)

// Key gives the sentence for the person who tries.
func (o Outcome) Key() words.Key { return words.Key("staff.outcome." + string(o)) }

// Try is a user name with a password that was compared, not yet recorded. Make it with Compare.
type Try struct {
	username string
	address  string
	member   Member // zero for an unknown name
	fits     bool
}

// Answer is what SignIn decided. It is a value and no error, because a failure has to be committed and audited.
type Answer struct {
	Outcome   Outcome
	StaffID   work.StaffID // who, when SignedIn
	Remaining int          // tries left before the lock, when Wrong
	Until     time.Time    // when Locked
}

var wellFormed = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,30}$`)

// Compare looks a user name up and compares the password, outside of any transaction: a hash takes its time, and no
// connection should wait for it. An unknown or barred name costs the same time as a wrong password; a pair that is locked,
// which the answer tells anyway, costs none. From one address one password is compared at a time, so that guesses by the
// hundred do not keep others waiting; who waits longer than patience is told that the program is busy.
func Compare(ctx context.Context, q work.Querier, now time.Time, username, password, address string) (Try, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	done, err := guessing.turn(ctx, address)
	if err != nil {
		return Try{}, fmt.Errorf("comparing a password: %w", err)
	}
	defer done()
	t := Try{username: strings.ToLower(strings.TrimSpace(username)), address: address}
	if !wellFormed.MatchString(t.username) {
		t.username = "?" // whatever was typed is no name: perhaps a password in the wrong box, so it is kept nowhere
	}
	member, stored, err := findByUsername(ctx, q, t.username)
	switch {
	case errors.Is(err, work.ErrNotFound):
		stored = nobody
	case err != nil:
		return Try{}, fmt.Errorf("looking up who signs in: %w", err)
	}
	t.member = member
	locked, err := isLocked(ctx, q, t, now)
	if err != nil {
		return Try{}, fmt.Errorf("looking up who signs in: %w", err)
	}
	if locked {
		return t, nil
	}
	if t.fits, err = fits(ctx, password, stored); err != nil {
		return Try{}, fmt.Errorf("comparing a password: %w", err)
	}
	t.fits = t.fits && member.Active
	return t, nil
}

// SignIn decides a try and records it. Units of the same pair wait for each other here, so that a thousand guesses
// sent at once are five. On success the unit goes on as the person who signed in.
func SignIn(ctx context.Context, u *work.Unit, t Try) (Answer, error) {
	pair, err := lockPair(ctx, u, t)
	if err != nil {
		return Answer{}, fmt.Errorf("signing in: %w", err)
	}
	if t.member.ID != 0 {
		u.By.OrgID = t.member.OrgID // so that the trail's readers of that office find it
	}
	answer := decide(pair, t, u.Now)
	act := actSignIn
	switch answer.Outcome {
	case SignedIn:
		u.By, err = Actor(ctx, u, t.member.ID, t.address)
		if err == nil {
			err = clearPair(ctx, u, t)
		}
	case Locked:
		act = actSignInLocked
	case OnceExpired:
		act = actSignInExpired
	case Wrong:
		act = actSignInFailed
		answer, err = fail(ctx, u, t, pair)
	}
	if err != nil {
		return Answer{}, fmt.Errorf("signing in: %w", err)
	}
	return answer, u.Audit(ctx, work.Entry{Act: string(act), Kind: "member", ID: int64(t.member.ID)})
}

// decide is the rule, without its effects.
func decide(p pair, t Try, now time.Time) Answer {
	switch {
	case now.Before(p.lockedUntil):
		return Answer{Outcome: Locked, Until: p.lockedUntil}
	case !t.fits:
		return Answer{Outcome: Wrong}
	case t.member.MustChange && !now.Before(t.member.OnceUntil):
		return Answer{Outcome: OnceExpired}
	}
	return Answer{Outcome: SignedIn, StaffID: t.member.ID}
}

// fail counts a failure; the fifth within ten minutes locks the pair.
func fail(ctx context.Context, u *work.Unit, t Try, p pair) (Answer, error) {
	failures := p.failures + 1
	if u.Now.Sub(p.lastAt) >= LockFor {
		failures = 1
	}
	answer := Answer{Outcome: Wrong, Remaining: MostFailures - failures}
	if failures >= MostFailures {
		answer = Answer{Outcome: Locked, Until: u.Now.Add(LockFor)}
		if err := u.Audit(ctx, work.Entry{Act: "staff.lock", Kind: "member", ID: int64(t.member.ID),
			Changes: []work.Change{{Field: "locked_until", After: answer.Until}}}); err != nil {
			return Answer{}, err
		}
	}
	return answer, countFailure(ctx, u, t, failures, answer.Until)
}

// SignOut records that the actor leaves. The session itself is the caller's to destroy.
func SignOut(ctx context.Context, u *work.Unit) error {
	return u.Audit(ctx, work.Entry{Act: "staff.sign_out", Kind: "member", ID: int64(u.By.StaffID)})
}

// ForgetFailures removes the counts of failures that no longer matter. A job calls it.
func ForgetFailures(ctx context.Context, db work.Beginner, now time.Time) error {
	if err := forgetFailures(ctx, db, now); err != nil {
		return fmt.Errorf("forgetting failures: %w", err)
	}
	return nil
}
