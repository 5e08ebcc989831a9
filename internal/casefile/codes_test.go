package casefile

import (
	"testing"

	"bangfu/internal/words"
)

// The words of a value are found by a key made of the list and the value, so no other test misses one.
func TestEveryCodeHasWords(t *testing.T) {
	for _, l := range []List{Political, Marital, Registration, Health, Illness, Disability, Insurance, Identity, WorkStatus,
		Ownership, ModelWorker, HousingKinds, Ethnicity, Relations, ExitReasons} {
		for _, c := range l.Codes {
			if !words.Has(l.Key(c.Value)) {
				t.Errorf("%s has no words", l.Key(c.Value))
			}
		}
	}
}
