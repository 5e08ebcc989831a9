package comparison_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/comparison"
	"bangfu/internal/words"
)

// wordings are the beginnings of the hashes of what a household signs, by version.
var wordings = map[string]string{"2026-02": "a4bf25e92489278c"}

// Who signs a text agrees to these very words: other words, or another kind of data that is compared, are another version, which is
// asked for anew (casefile.DeclarationText).
func TestAnotherWordingIsAnotherVersion(t *testing.T) {
	var text strings.Builder
	say := func(key words.Key) { text.WriteString(words.T(t.Context(), key) + "\n") }
	for _, kind := range casefile.DeclarationKinds {
		say(kind.Key())
		say(kind.Title())
		for _, clause := range kind.Clauses() {
			say(clause)
		}
	}
	for i := 1; i <= 6; i++ {
		say(words.Key(fmt.Sprintf("comparison.authorisation.%d", i)))
	}
	for _, kind := range comparison.Kinds {
		say(kind.Covers())
		say(kind.Source())
	}
	if strings.Contains(text.String(), "⟦") {
		t.Error("a clause has no words")
	}
	sum := sha256.Sum256([]byte(text.String()))
	if got := hex.EncodeToString(sum[:])[:16]; wordings[casefile.DeclarationText] != got {
		t.Errorf("the texts have the hash %s, and %s stands for wording %s: another wording is another version", got, wordings[casefile.DeclarationText], casefile.DeclarationText)
	}
}
