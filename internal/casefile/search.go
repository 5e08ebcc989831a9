package casefile

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"bangfu/internal/idcard"
	"bangfu/internal/pinyin"
	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Sought says by what a search looks, and by what a file was found.
type Sought string

// What can be looked for; NotSought is a text too short or of no known form.
const (
	NotSought   Sought = ""
	ByName      Sought = "name"     // two characters or more, anywhere in the name
	BySpoken    Sought = "spoken"   // pinyin, two syllables or more, the last one perhaps begun only
	ByInitials  Sought = "initials" // of two syllables or more
	ByID        Sought = "id"       // the whole number
	ByTail      Sought = "tail"     // its last six places
	ByPhone     Sought = "phone"
	ByPhoneTail Sought = "phone_tail" // its last four digits
	ByNumber    Sought = "number"     // the file's, whole or its beginning
	ByEmployer  Sought = "employer"   // two characters or more of it
	ByAddress   Sought = "address"    // two characters or more of it
	ByOld       Sought = "old_number" // the whole number that the file had in an older ledger, signs and spaces aside
)

// Key gives the word of what was looked for.
func (s Sought) Key() words.Key { return words.Key("casefile.by." + string(s)) }

// Found is one file that a search found, and by what. Person is who fits; for an employer, an address or a number of an
// older ledger the text of it.
type Found struct {
	File
	By       Sought
	Person   string
	Relation string // "" when no person was looked for

	place    int
	personID PersonID
}

// Result is one page of the answer to a search: by what it looked in their order, and the files by office within each.
// Elsewhere is set when the person looked for by ID number is in an open file outside the asker's scope: whom to call,
// and nothing more.
type Result struct {
	By        []Sought
	Found     []Found
	After     string // where the next page begins; "" = these were all
	Elsewhere *Claim

	whole  string        // the whole number that was looked for; "" = none, or a later page
	sought idcard.Number // with Elsewhere
}

// Meant gives the open file that a whole number can only have meant: an ID number or a phone found in one file alone, or
// the file's own. The person is zero when the number is not one person's.
func (r Result) Meant() (file work.FileID, person PersonID, ok bool) {
	if r.whole == "" || len(r.Found) == 0 || r.After != "" {
		return 0, 0, false
	}
	first := r.Found[0]
	if r.By[0] == ByNumber && first.Number != r.whole { // an office's code may make a beginning look whole
		return 0, 0, false
	}
	for _, f := range r.Found[1:] {
		if f.ID != first.ID {
			return 0, 0, false
		}
	}
	if len(r.Found) == 1 && r.By[0] != ByNumber {
		person = first.personID
	}
	return first.ID, person, first.State.Open()
}

// Most is the number of files that one page of a search lists.
const Most = 20

var (
	fileNumber  = regexp.MustCompile(`^[A-Z0-9]{2,12}20[0-9]{2}[0-9]{5}$`)
	numberBegin = regexp.MustCompile(`^[A-Z][A-Z0-9]{1,11}[0-9]{2,9}$`)
	idTail      = regexp.MustCompile(`^[0-9]{5}[0-9X]$`)
	phoneEnd    = regexp.MustCompile(`^[0-9]{4}$`)
	mobile      = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
	landline    = regexp.MustCompile(`^0[0-9]{2,3}-[0-9]{7,8}$`)
	mistyped    = regexp.MustCompile(`^[0-9]{14,18}[0-9X]$`) // meant as an ID number, which is told
)

// asked is what a text asks: one exact thing, or by what its terms can be found.
type asked struct {
	by    []Sought
	exact string // of an ID number, its tail, a phone, its end or a file number
	whole bool   // exact is a whole number
	text  string // characters, or letters
}

// leastOld is how many signs a number of an older ledger has at least to be looked for.
const leastOld = 3

// longest is the longest text that is looked for, in characters.
const longest = 60

// read tells by what a text looks, with the text as it is compared. A name has at least two characters (ux.md U11). Signs
// of full width, as an input method gives them, count as plain ones in numbers and letters.
func read(text string) asked {
	folded := width.Fold.String(text)
	compact := strings.ToUpper(strings.Join(strings.Fields(folded), ""))
	if number, err := idcard.Parse(compact); err == nil {
		return asked{by: []Sought{ByID}, exact: string(number), whole: true}
	}
	switch {
	case len([]rune(compact)) > longest:
		return asked{}
	case mobile.MatchString(compact), landline.MatchString(compact):
		return asked{by: []Sought{ByPhone}, exact: compact, whole: true}
	case phoneEnd.MatchString(compact):
		return asked{by: []Sought{ByPhoneTail, ByOld}, exact: compact, text: compact}
	case idTail.MatchString(compact):
		return asked{by: []Sought{ByTail, ByOld}, exact: compact, text: compact}
	case fileNumber.MatchString(compact), numberBegin.MatchString(compact):
		return asked{by: []Sought{ByNumber, ByOld}, exact: compact, text: compact, whole: fileNumber.MatchString(compact)}
	}
	if letters, ok := pinyin.Typed(folded); ok {
		a := asked{text: letters}
		if len(pinyin.Completions(letters)) > 0 {
			a.by = append(a.by, BySpoken)
		}
		if len(letters) <= 12 {
			a.by = append(a.by, ByInitials)
		}
		return a
	}
	a := readCharacters(text)
	if strings.ContainsAny(compact, "0123456789") && len([]rune(oldWord(compact))) >= leastOld && !mistyped.MatchString(oldWord(compact)) {
		if len(a.by) == 0 {
			a.text = compact
		}
		a.by = append(a.by, ByOld)
	}
	return a
}

// readCharacters reads a text of Chinese characters: a name, when there is nothing else in it, an employer or an
// address. Marks of LIKE and other signs are no part of either.
func readCharacters(text string) asked {
	a := asked{text: strings.Join(strings.Fields(text), "")}
	isName, beside, before := true, false, rune(0)
	for _, r := range a.text {
		switch {
		case placeLetter(r):
			beside = beside || placeLetter(before)
		case unicode.IsDigit(r) || unicode.IsLetter(r) || strings.ContainsRune("-－（）()#", r):
			isName = false
		case !strings.ContainsRune("·•.", r):
			return asked{}
		}
		before = r
	}
	if isName && len(plain(a.text)) >= 2 {
		a.by = append(a.by, ByName)
	}
	if beside {
		a.by = append(a.by, ByEmployer, ByAddress)
	}
	return a
}

// Search finds files within the scope by any part of a person's name of two characters, by how it is spoken, by its
// initials, an ID number or its last six places, a phone or its last four digits, a file number or its beginning, a part of the employer or of
// the address, or the number that the file had in an older ledger. It lists nothing for anything shorter. after is Result.After of the page before, "" for the first.
func Search(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, text, after string) (Result, error) {
	a := read(text)
	result := Result{By: a.by}
	if a.whole && after == "" {
		result.whole = a.exact
	}
	if len(a.by) == 0 {
		return result, nil
	}
	from, err := cursorOf(ctx, q, scope, after)
	if err != nil {
		return result, err
	}
	switch {
	case a.exact != "" && from.place > 0: // what the exact number gave stood on the pages before
	case a.by[0] == ByNumber:
		result.Found, err = searchNumber(ctx, q, scope, a.exact, from)
	case a.exact != "":
		result.Found, err = searchIndex(ctx, q, keys, scope, a, from)
	}
	if err == nil && len(result.Found) <= Most && (a.exact == "" || len(a.by) > 1) {
		var more []Found
		more, err = searchTerms(ctx, q, scope, a, from)
		result.Found = append(result.Found, more...)
	}
	if err != nil {
		return result, fmt.Errorf("searching files: %w", err)
	}
	for i := range result.Found {
		result.Found[i].By = a.by[result.Found[i].place]
	}
	if len(result.Found) > Most {
		result.Found = result.Found[:Most]
		last := result.Found[Most-1]
		result.After = fmt.Sprintf("%d.%d.%d", last.place, last.ID, last.personID)
	}
	// One open file holds a person: found within the scope, it cannot lie elsewhere.
	if a.by[0] == ByID && !slices.ContainsFunc(result.Found, func(f Found) bool { return f.State.Open() }) {
		claim, err := Where(ctx, q, keys, idcard.Number(a.exact))
		if err != nil {
			return result, err
		}
		if claim != nil && !scope.Covers(claim.Path) {
			result.Elsewhere, result.sought = claim, idcard.Number(a.exact)
		}
	}
	return result, nil
}

// cursor is the last row of a page of a search: its kind, office, file and person.
type cursor struct {
	place  int
	path   string
	number string
	file   work.FileID
	person PersonID
}

// cursorOf reads Result.After. What is none of ours, or a file outside the scope, is work.ErrNotFound.
func cursorOf(ctx context.Context, q work.Querier, scope work.Scope, after string) (cursor, error) {
	path, _ := scope.Range()
	c := cursor{path: path}
	if after == "" {
		return c, nil
	}
	parts := strings.Split(after, ".")
	if len(parts) != 3 {
		return c, work.ErrNotFound
	}
	var numbers [3]int64
	for i, part := range parts {
		n, err := strconv.ParseInt(part, 10, 64)
		if err != nil || n < 0 {
			return c, work.ErrNotFound
		}
		numbers[i] = n
	}
	f, err := Find(ctx, q, scope, work.FileID(numbers[1]))
	if err != nil {
		return c, err
	}
	return cursor{place: int(numbers[0]), path: f.OrgPath, number: f.Number, file: f.ID, person: PersonID(numbers[2])}, nil
}
