package app

import (
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/seal"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
)

// A key file that was lost and made anew would split the register in two; the program does not start with it.
func TestRefusesOtherKeys(t *testing.T) {
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	u := pgtest.Unit(t, sample.Clerk)
	path := filepath.Join(t.TempDir(), "keys.json")
	others, err := seal.Open(path, seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	c := Config{KeyFile: path, Suite: seal.Intl}
	if err := checkKeys(t.Context(), u, c, others, log); err != nil {
		t.Errorf("an empty register: %v", err)
	}
	sample.Centre(t, u)
	sample.File(t, u, casefile.Submitted)
	if err := checkKeys(t.Context(), u, c, sample.Keys(), log); err != nil {
		t.Errorf("its own keys: %v", err)
	}
	if err := checkKeys(t.Context(), u, c, others, log); !errors.Is(err, casefile.ErrOtherKeys) || !strings.Contains(err.Error(), path) {
		t.Errorf("other keys: %v", err)
	}
}

// After a rotation, here to the other suite, old seals still open and new ones carry the new suite.
func TestRotateKeys(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	before, err := seal.Open(path, seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := before.Seal([]byte("6228"), "test")
	if err != nil {
		t.Fatal(err)
	}
	a := &App{Config: Config{KeyFile: path, Suite: seal.GM}}
	var said strings.Builder
	if err := a.RotateKeys(t.Context(), &said); err != nil || !strings.Contains(said.String(), path) {
		t.Fatalf("said %q, %v", said.String(), err)
	}
	after, err := seal.Open(path, seal.GM)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := after.Unseal(sealed, "test"); err != nil || string(plain) != "6228" || after.Suite() != seal.GM {
		t.Errorf("%q, %v, suite %s", plain, err, after.Suite())
	}
}
