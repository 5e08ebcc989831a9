package staff

import (
	"context"
	"crypto/rand"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"bangfu/internal/work"
)

// cost is what one hash takes: 19 MiB and two passes, the least that OWASP's password storage sheet names for argon2id.
var cost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashing lets two hashes be made at a time, so that many sign-ins at once cost time and not memory.
var hashing = make(chan struct{}, 2)

// nobody is a hash that fits no password. An unknown user name is compared with it, so that it costs the same time.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2Q$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// Limits of passwords.
const (
	LeastPassword = 12  // characters
	mostPassword  = 128 // characters; nothing is cut off
	leastSigns    = 5   // different characters

	// OnceFor is how long a one-time password can be used.
	OnceFor = 72 * time.Hour
)

//go:embed common.txt
var commonText string

// common holds the words that common passwords are made of, in small letters, the longest first.
var common = slices.SortedFunc(slices.Values(strings.Fields(commonText)), func(a, b string) int { return len(b) - len(a) })

// hash makes the stored form of a password. It waits for its turn; a context that ends meanwhile is the error.
func hash(ctx context.Context, password string) (string, error) {
	if err := turn(ctx); err != nil {
		return "", err
	}
	defer func() { <-hashing }()
	return argon2id.CreateHash(password, cost)
}

// fits tells whether the password belongs to the stored hash.
func fits(ctx context.Context, password, stored string) (bool, error) {
	if err := turn(ctx); err != nil {
		return false, err
	}
	defer func() { <-hashing }()
	return argon2id.ComparePasswordAndHash(password, stored)
}

// patience is how long somebody who signs in waits for their turn.
const patience = 15 * time.Second

// queues let one at a time through for each name.
type queues struct {
	mu      sync.Mutex
	waiting map[string]*queue
}

type queue struct {
	free  chan struct{}
	users int
}

// guessing holds who signs in, by address.
var guessing queues

// turn waits until nobody else of the name is at it; done lets the next one through.
func (q *queues) turn(ctx context.Context, name string) (done func(), err error) {
	q.mu.Lock()
	if q.waiting == nil {
		q.waiting = map[string]*queue{}
	}
	own := q.waiting[name]
	if own == nil {
		own = &queue{free: make(chan struct{}, 1)}
		q.waiting[name] = own
	}
	own.users++
	q.mu.Unlock()
	leave := func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		if own.users--; own.users == 0 {
			delete(q.waiting, name)
		}
	}
	select {
	case own.free <- struct{}{}:
		return func() { <-own.free; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, fmt.Errorf("waiting for a turn: %w", ctx.Err())
	}
}

// turn waits until a hash may be made.
func turn(ctx context.Context) error {
	select {
	case hashing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("waiting for a hash: %w", ctx.Err())
	}
}

// CheckPassword applies the policy to a password that a person chose (等保 CES1-01, in the mildest form that is
// accepted): at least 12 characters, of at least two kinds and five different ones, no common password, nothing that
// contains the user name. It gives a refusal, or nil.
func CheckPassword(username, password string) *work.Refusal {
	plain := strings.ToLower(password)
	switch n := utf8.RuneCountInString(password); {
	case n < LeastPassword:
		return work.Refuse("staff.refusal.password_short", LeastPassword)
	case n > mostPassword:
		return work.Refuse("staff.refusal.password_long", mostPassword)
	case strings.Contains(plain, username):
		return work.Refuse("staff.refusal.password_name")
	case kinds(password) < 2 || signs(password) < leastSigns:
		return work.Refuse("staff.refusal.password_plain")
	case isCommon(plain):
		return work.Refuse("staff.refusal.password_common")
	}
	return nil
}

// kinds counts which of small letters, capitals, digits and other signs a password has.
func kinds(password string) int {
	var lower, upper, digit, other int
	for _, r := range password {
		switch {
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return lower + upper + digit + other
}

// signs counts the different characters of a password.
func signs(password string) int {
	all := []rune(password)
	slices.Sort(all)
	return len(slices.Compact(all))
}

// isCommon tells whether a password in small letters is made of common ones: without them fewer than five characters
// are left.
func isCommon(plain string) bool {
	rest := plain
	for _, word := range common {
		rest = strings.ReplaceAll(rest, word, "")
	}
	return rest != plain && utf8.RuneCountInString(rest) < 5
}

// onceSigns are the signs of one-time passwords: none that look alike on paper.
const onceSigns = "abcdefghjkmnpqrstuvwxyz23456789"

// newOnce makes a one-time password of twelve signs (59 bits) in three groups, such as "k7mp-2hqx-9wte".
func newOnce() string {
	var b strings.Builder
	for b.Len() < 14 {
		if b.Len() == 4 || b.Len() == 9 {
			b.WriteByte('-')
		}
		var n [1]byte
		_, _ = rand.Read(n[:]) // never fails
		if limit := 256 - 256%len(onceSigns); int(n[0]) < limit {
			b.WriteByte(onceSigns[int(n[0])%len(onceSigns)])
		}
	}
	return b.String()
}
