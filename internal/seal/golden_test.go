package seal_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"bangfu/internal/seal"
)

// What was once stored must open for ever: the file of keys and the envelopes here are
// as they were written first, and the digests were compared with those of OpenSSL.
func TestStoredDataStaysReadable(t *testing.T) {
	text, err := os.ReadFile("testdata/keys.json")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "keys.json")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := seal.Open(path, seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	for suite, stored := range map[seal.Suite]string{
		seal.Intl: "010100000001e6c4f7026dc32d98e1f5a3be5a68bb45e7b38840ae4cffd73e699b6cdf9e46c19730",
		seal.GM:   "0102000000025c90566051bd036c24179e8a4364131772b47e4fb1c97dcff2735615b2405c355d8f",
	} {
		sealed, err := hex.DecodeString(stored)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := keys.Unseal(sealed, context); err != nil || string(got) != "帮扶" {
			t.Errorf("%s opens to %q, %v", suite, got, err)
		}
	}
	for want, got := range map[string][]byte{
		"21521d1ef07fbb802a3f8f615be89fe6f497e875b95ae1ef1869e95062fe5b51": keys.Index("v", context),
		"836df69bf8a62a19563d08684e0c673a6e57ff01e9d2db9d1517964a73694b95": keys.MAC([]byte("v"), context),
	} {
		if hex.EncodeToString(got) != want {
			t.Errorf("the digest is %x, want %s", got, want)
		}
	}
}
