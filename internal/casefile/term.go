package casefile

import (
	"slices"
	"strings"

	"bangfu/internal/pinyin"
)

// Kinds of terms, their first letter. The database makes the terms of what is saved (casefile_person_terms and
// casefile_file_terms in the migrations); the functions here make the same, for those who look for them and for the
// one who fills a whole register at once. A test compares the two.
const (
	nameTerm     = "n"
	spokenTerm   = "p"
	initialsTerm = "i"
	addressTerm  = "a"
	employerTerm = "e"
	oldTerm      = "o"
)

// placeLetter tells whether a character is kept in terms: those of names and places, no digits, signs or Latin letters.
func placeLetter(r rune) bool { return r >= 0x3400 && r <= 0xFEFF || r >= 0x20000 && r <= 0x3FFFF }

// plain is a name without what is no character of names.
func plain(name string) []rune {
	var kept []rune
	for _, r := range name {
		if placeLetter(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// PersonTerms gives the terms by which a person is found: pieces of two and three characters of the name, and the
// first syllables and initials of how it is spoken (pinyin.Of), two or more. They come in order, each once.
func PersonTerms(name, spoken string) []string {
	word := plain(name)
	var terms []string
	for start := range word {
		for size := 2; size <= 3 && start+size <= len(word); size++ {
			terms = append(terms, nameTerm+string(word[start:start+size]))
		}
	}
	said, initials := "", ""
	for i, syllable := range strings.Fields(spoken) {
		said, initials = said+syllable, initials+syllable[:1]
		if i > 0 {
			terms = append(terms, spokenTerm+said, initialsTerm+initials)
		}
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// FileTerms gives the terms by which a file is found by its address and its head's employer: every two characters that
// stand beside each other.
func FileTerms(address, employer string) []string {
	return append(placeTerms(addressTerm, address), placeTerms(employerTerm, employer)...)
}

func placeTerms(kind, place string) []string {
	var terms []string
	before := rune(0)
	for _, r := range place {
		if placeLetter(before) && placeLetter(r) {
			terms = append(terms, kind+string(before)+string(r))
		}
		before = r
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// oldWord is a number of an older ledger as it is compared: its letters, large, its digits and characters.
func oldWord(number string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || placeLetter(r):
			return r
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return -1
	}, number)
}

// OldTerms gives the term by which a file is found by the number that it had in an older ledger; none without a number.
func OldTerms(number string) []string {
	if word := oldWord(number); word != "" {
		return []string{oldTerm + word}
	}
	return nil
}

// Spoken is how a name is spoken, as PersonTerms and the column take it.
func Spoken(name string) string { return pinyin.Of(name) }
