package seal_test

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"bangfu/internal/seal"
)

const context = "casefile_person.id_number"

var bothSuites = []seal.Suite{seal.Intl, seal.GM}

func newKeys(t testing.TB, suite seal.Suite) *seal.Keys {
	t.Helper()
	keys, err := seal.Open(filepath.Join(t.TempDir(), "keys.json"), suite)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestSealAndUnseal(t *testing.T) {
	for _, suite := range bothSuites {
		keys := newKeys(t, suite)
		rapid.Check(t, func(t *rapid.T) {
			plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
			where := rapid.StringN(1, 20, -1).Draw(t, "context")
			sealed, err := keys.Seal(plain, where)
			if err != nil || len(sealed) != len(plain)+seal.Overhead {
				t.Fatalf("%s: %d bytes sealed to %d, %v", suite, len(plain), len(sealed), err)
			}
			if got, err := keys.Unseal(sealed, where); err != nil || !bytes.Equal(got, plain) {
				t.Fatalf("%s: opened to %q, %v; want %q", suite, got, err, plain)
			}
			if got, err := keys.Unseal(sealed, where+"2"); !errors.Is(err, seal.ErrBroken) {
				t.Fatalf("%s: another context opened it to %q, %v", suite, got, err)
			}
		})
	}
}

func TestNothingPlainShows(t *testing.T) {
	plain := []byte("11010519491231002X")
	for _, suite := range bothSuites {
		keys := newKeys(t, suite)
		first, _ := keys.Seal(plain, context)
		second, _ := keys.Seal(plain, context)
		if bytes.Equal(first, second) || bytes.Contains(first, plain[:4]) {
			t.Errorf("%s: sealed to %q and %q", suite, first, second)
		}
	}
}

// A change of any byte to any of eight others, and a cut at any place, is found.
func TestTampering(t *testing.T) {
	for _, suite := range bothSuites {
		keys := newKeys(t, suite)
		sealed, err := keys.Seal([]byte("李小满 138"), context)
		if err != nil {
			t.Fatal(err)
		}
		for i := range sealed {
			for bit := range 8 {
				changed := bytes.Clone(sealed)
				changed[i] ^= 1 << bit
				if got, err := keys.Unseal(changed, context); !errors.Is(err, seal.ErrBroken) || got != nil {
					t.Errorf("%s: byte %d bit %d changed opens to %q, %v", suite, i, bit, got, err)
				}
			}
			if got, err := keys.Unseal(sealed[:i], context); !errors.Is(err, seal.ErrBroken) || got != nil {
				t.Errorf("%s: cut to %d bytes opens to %q, %v", suite, i, got, err)
			}
		}
		for _, longer := range [][]byte{append(bytes.Clone(sealed), 0), append([]byte{0}, sealed...)} {
			if _, err := keys.Unseal(longer, context); !errors.Is(err, seal.ErrBroken) {
				t.Errorf("%s: a longer one opens, %v", suite, err)
			}
		}
		if got, err := keys.Unseal(sealed, context); err != nil || string(got) != "李小满 138" {
			t.Errorf("%s: the sealed bytes themselves were changed: %q, %v", suite, got, err)
		}
	}
}

func TestOtherKeysDoNotOpen(t *testing.T) {
	for _, suite := range bothSuites {
		sealed, err := newKeys(t, suite).Seal([]byte("secret"), context)
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range bothSuites {
			if got, err := newKeys(t, other).Unseal(sealed, context); !errors.Is(err, seal.ErrBroken) {
				t.Errorf("%s sealed, %s opened to %q, %v", suite, other, got, err)
			}
		}
	}
}

func TestAnEmptyContextIsAMistake(t *testing.T) {
	keys := newKeys(t, seal.Intl)
	if _, err := keys.Seal([]byte("x"), ""); !errors.Is(err, seal.ErrContext) {
		t.Errorf("sealed with %v", err)
	}
	if _, err := keys.Unseal(make([]byte, 100), ""); !errors.Is(err, seal.ErrContext) {
		t.Errorf("opened with %v", err)
	}
}

func TestDigests(t *testing.T) {
	for _, suite := range bothSuites {
		keys, others := newKeys(t, suite), newKeys(t, suite)
		digests := map[string]string{}
		for name, digest := range map[string][]byte{
			"value":                 keys.Index("11010519491231002X", context),
			"another value":         keys.Index("110105194912310021", context),
			"another context":       keys.Index("11010519491231002X", "casefile_person.card"),
			"context and value run": keys.Index("X", context+"11010519491231002"),
			"the other digest":      keys.MAC([]byte("11010519491231002X"), context),
			"other keys":            others.Index("11010519491231002X", context),
			"the other of others":   others.MAC([]byte("11010519491231002X"), context),
			"nothing":               keys.Index("", context),
		} {
			if len(digest) != 32 {
				t.Errorf("%s, %s: %d bytes", suite, name, len(digest))
			}
			if twin, ok := digests[string(digest)]; ok {
				t.Errorf("%s: %s and %s have one digest", suite, name, twin)
			}
			digests[string(digest)] = name
		}
		if again := keys.Index("11010519491231002X", context); digests[string(again)] != "value" {
			t.Errorf("%s: the same value has two digests", suite)
		}
	}
}

func TestKeysAreNotPrinted(t *testing.T) {
	keys := newKeys(t, seal.Intl)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q"} {
		if text := fmt.Sprintf(verb, keys); text != "seal.Keys" {
			t.Errorf("%s prints %s", verb, text)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	for _, suite := range bothSuites {
		keys := newKeys(t, suite)
		index := keys.Index("value", context)
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				for n := range 200 {
					plain := strings.Repeat(fmt.Sprint(i), n)
					sealed, err := keys.Seal([]byte(plain), context)
					if err != nil {
						t.Error(err)
						return
					}
					if got, err := keys.Unseal(sealed, context); err != nil || string(got) != plain {
						t.Errorf("%s: opened to %q, %v", suite, got, err)
					}
					if !bytes.Equal(keys.Index("value", context), index) {
						t.Errorf("%s: another digest", suite)
					}
				}
			})
		}
		group.Wait()
	}
}

// FuzzUnseal asks that no bytes panic and that nothing opens that was not sealed.
func FuzzUnseal(f *testing.F) {
	keys := newKeys(f, seal.Intl)
	sealed, err := keys.Seal([]byte("plain"), context)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed)
	f.Add([]byte{})
	f.Add(make([]byte, seal.Overhead))
	f.Fuzz(func(t *testing.T, data []byte) {
		if plain, err := keys.Unseal(data, context); err == nil && !bytes.Equal(data, sealed) {
			t.Errorf("%x opens to %q", data, plain)
		}
	})
}
