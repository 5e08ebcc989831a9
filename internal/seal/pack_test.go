package seal

import (
	"errors"
	"path/filepath"
	"testing"
)

func TestPack(t *testing.T) {
	k, err := Open(filepath.Join(t.TempDir(), "keys.json"), Intl)
	if err != nil {
		t.Fatal(err)
	}
	type paper struct{ Name string }
	text, err := k.Pack(paper{"户口簿"}, "test.paper")
	if err != nil {
		t.Fatal(err)
	}
	var got paper
	if err := k.Unpack(text, "test.paper", &got); err != nil || got.Name != "户口簿" {
		t.Errorf("%+v, %v", got, err)
	}
	for what, err := range map[string]error{
		"of another context": k.Unpack(text, "test.other", &got),
		"cut":                k.Unpack(text[:len(text)-4], "test.paper", &got),
		"no text of ours":    k.Unpack("AAAA", "test.paper", &got),
		"no such signs":      k.Unpack("*", "test.paper", &got),
		"nothing":            k.Unpack("", "test.paper", &got),
		"another value":      k.Unpack(text, "test.paper", new(int)),
	} {
		if !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
