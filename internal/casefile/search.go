package casefile

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Sought says by what a search looks.
type Sought string

// What can be looked for; NotSought is a text too short or of no known form.
const (
	NotSought Sought = ""
	ByName    Sought = "name"
	ByID      Sought = "id"
	ByPhone   Sought = "phone"
	ByNumber  Sought = "number"
)

// Found is one file that a search found, with the person who fits.
type Found struct {
	File
	Person   string // name of the person who fits; the head's for a file number
	Relation string
}

// Result is the answer to a search. Elsewhere is set when the person looked for by ID number is in an open file
// outside the asker's scope: whom to call, and nothing more.
type Result struct {
	By        Sought
	Found     []Found
	More      bool // only the first of many are listed
	Elsewhere *Claim
}

// most is the number of files that one search lists.
const most = 50

var (
	fileNumber = regexp.MustCompile(`^[A-Z0-9]{2,12}20[0-9]{2}[0-9]{5}$`)
	mobile     = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
	landline   = regexp.MustCompile(`^0[0-9]{2,3}-?[0-9]{7,8}$`)
)

// kindOf tells by what a text looks, with the text as it is compared. A name has at least two characters (ux.md U11).
func kindOf(text string) (Sought, string) {
	compact := strings.ToUpper(strings.Join(strings.Fields(text), ""))
	if number, err := idcard.Parse(compact); err == nil {
		return ByID, string(number)
	}
	switch {
	case mobile.MatchString(compact):
		return ByPhone, compact
	case landline.MatchString(compact):
		if !strings.Contains(compact, "-") {
			return NotSought, ""
		}
		return ByPhone, compact
	case fileNumber.MatchString(compact):
		return ByNumber, compact
	}
	name := []rune(strings.TrimSpace(text))
	if len(name) < 2 || len(name) > 40 {
		return NotSought, ""
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune("·•.- ", r) {
			return NotSought, ""
		}
	}
	return ByName, string(name)
}

// Search finds files within the scope by a person's name or its beginning, a whole ID number, a phone, or a file
// number. It lists nothing for anything shorter.
func Search(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, text string) (Result, error) {
	by, sought := kindOf(text)
	result := Result{By: by}
	if by == NotSought {
		return result, nil
	}
	var err error
	result.Found, err = search(ctx, q, keys, scope, by, sought)
	if err != nil {
		return result, fmt.Errorf("searching files: %w", err)
	}
	if len(result.Found) > most {
		result.Found, result.More = result.Found[:most], true
	}
	if by == ByID {
		claim, err := Where(ctx, q, keys, idcard.Number(sought))
		if err != nil {
			return result, err
		}
		if claim != nil && !scope.Covers(claim.Path) {
			result.Elsewhere = claim
		}
	}
	return result, nil
}

// WorkList names one list of files that wait for the same act.
type WorkList string

// The work lists.
const (
	MineList    WorkList = "mine" // my registrations and what came back to me
	VisitList   WorkList = "to_visit"
	JudgeList   WorkList = "to_judge"
	AssessList  WorkList = "to_assess"
	PublishList WorkList = "to_publish"
	NoticeList  WorkList = "in_notice"
	ActiveList  WorkList = "active"
	EndedList   WorkList = "ended"
)

// WorkLists lists all of them in the order of a file's life.
var WorkLists = []WorkList{MineList, VisitList, JudgeList, AssessList, PublishList, NoticeList, ActiveList, EndedList}

// listStates says which states each list shows.
var listStates = map[WorkList][]State{
	MineList:    {Draft, Returned},
	VisitList:   {Submitted},
	JudgeList:   {Visited},
	AssessList:  {Judged},
	PublishList: {Assessed},
	NoticeList:  {InNotice, Contested},
	ActiveList:  {Active},
	EndedList:   {NotQualified, Refused, StruckOff, Discarded, Closed},
}

// Page is one page of a work list, newest files first; the next page begins below After, zero when there is none.
type Page struct {
	Files []File
	After work.FileID
}

// ListOf gives one page of a work list within the scope, below the given id (zero: from the top).
func ListOf(ctx context.Context, q work.Querier, scope work.Scope, list WorkList, who work.StaffID, below work.FileID, size int) (Page, error) {
	if list != MineList {
		who = 0
	}
	files, err := readList(ctx, q, scope, listStates[list], who, below, size+1)
	if err != nil {
		return Page{}, fmt.Errorf("listing files %s: %w", list, err)
	}
	if len(files) <= size {
		return Page{Files: files}, nil
	}
	return Page{Files: files[:size], After: files[size-1].ID}, nil
}

// Waiting counts the files of each list that waits for somebody, within the scope; lists that only grow are not
// counted.
func Waiting(ctx context.Context, q work.Querier, scope work.Scope, who work.StaffID) (map[WorkList]int, error) {
	states, mine, err := readCounts(ctx, q, scope, who)
	if err != nil {
		return nil, fmt.Errorf("counting files: %w", err)
	}
	counts := map[WorkList]int{MineList: mine}
	for _, list := range []WorkList{VisitList, JudgeList, AssessList, PublishList, NoticeList} {
		for _, s := range listStates[list] {
			counts[list] += states[s]
		}
	}
	return counts, nil
}

// Key gives the name of the list.
func (l WorkList) Key() words.Key { return words.Key("casefile.list." + string(l)) }
