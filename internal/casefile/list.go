package casefile

import (
	"context"
	"fmt"
	"slices"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// WorkList names one list of files that wait for the same act.
type WorkList string

// The work lists.
const (
	MineList      WorkList = "mine" // my registrations and what came back to me
	VisitList     WorkList = "to_visit"
	TemporaryList WorkList = "temporary" // 临时救助档案
	JudgeList     WorkList = "to_judge"
	AssessList    WorkList = "to_assess"
	PublishList   WorkList = "to_publish"
	NoticeList    WorkList = "in_notice"
	ActiveList    WorkList = "active"
	EndedList     WorkList = "ended"
)

// WorkLists lists all of them in the order of a file's life.
var WorkLists = []WorkList{MineList, TemporaryList, VisitList, JudgeList, AssessList, PublishList, NoticeList, ActiveList, EndedList}

// listStates says which states each list shows.
var listStates = map[WorkList][]State{
	MineList:      {Draft, Returned},
	TemporaryList: {Temporary},
	VisitList:     {Submitted},
	JudgeList:     {Visited},
	AssessList:    {Judged},
	PublishList:   {Assessed},
	NoticeList:    {InNotice, Contested},
	ActiveList:    {Active},
	EndedList:     {NotQualified, Refused, StruckOff, Discarded, Cancelled, Closed},
}

// Key gives the name of the list.
func (l WorkList) Key() words.Key { return words.Key("casefile.list." + string(l)) }

// States gives the states that the list shows.
func (l WorkList) States() []State { return listStates[l] }

// Sort is the order of a list. Each has its index.
type Sort string

// The orders of a list. By registration the newest stand first, by name those that are spoken first (domain.md b.6),
// by number those without one.
const (
	ByRegistration Sort = "registered"
	BySpokenName   Sort = "name"
	ByFileNumber   Sort = "number"
)

// Key gives the name of the order.
func (s Sort) Key() words.Key { return words.Key("casefile.sort." + string(s)) }

// Sorts lists all orders; the first is the usual one.
var Sorts = []Sort{ByRegistration, BySpokenName, ByFileNumber}

// Filter narrows a list. The zero Filter narrows nothing.
type Filter struct {
	State    State      // one of the list's; "" = all of them
	Org      work.OrgID // an organisation of the scope, with all below it
	Category eligibility.Category
	Cause    Cause // the main one
	Housing  string
	From, To day.Date // days of registration, both included
	Lacking  bool     // a paper is missing, or proves nothing any more on Query.Today; not for registrations that are written
}

// Query asks for one page of a work list.
type Query struct {
	List WorkList
	Who  work.StaffID // whose registrations MineList shows
	Filter
	Sort     Sort
	Backward bool        // the order turned round
	After    work.FileID // the page behind this file
	Before   work.FileID // or the page in front of it; both zero: the first page

	Size  int      // files a page
	Today day.Date // for Filter.Lacking
}

// Page is one page of a work list. The next page is behind After and the one before it in front of Before; zero when
// there is none. Of the files, what a list shows is filled in.
type Page struct {
	Files         []File
	Before, After work.FileID
}

// ListFiles gives one page of a work list within the scope.
func ListFiles(ctx context.Context, q work.Querier, scope work.Scope, query Query) (Page, error) {
	if query.Org != 0 {
		org, err := staff.FindOrg(ctx, q, scope, query.Org)
		if err != nil {
			return Page{}, err
		}
		scope = work.Under(org.Path)
	}
	files, err := readList(ctx, q, scope, query)
	if err != nil {
		return Page{}, fmt.Errorf("listing files %s: %w", query.List, err)
	}
	more := len(files) > query.Size
	files = files[:min(len(files), query.Size)]
	page := Page{Files: files}
	fromEnd := query.Before != 0
	if fromEnd {
		slices.Reverse(files)
	}
	if len(files) == 0 {
		return page, nil
	}
	if more && !fromEnd || query.Before != 0 {
		page.After = files[len(files)-1].ID
	}
	if more && fromEnd || query.After != 0 {
		page.Before = files[0].ID
	}
	return page, nil
}

// Counted is up to how many files the number beside a list is exact; above it stands Counted+1, which pages show as
// "99+". So the number costs the same at a thousand files and at a million.
const Counted = 99

// counted are the lists that wait for somebody; those that only grow are not counted.
var counted = []WorkList{MineList, TemporaryList, VisitList, JudgeList, AssessList, PublishList, NoticeList}

// Longest is up to how many files a list longer than a page is counted; above it stands "1,000 and more".
const Longest = 1000

// CountList counts the files of a whole list within the scope, as ListFiles without a filter gives them, up to most and one
// more. It reads no more than that of the list's own index, at a thousand files as at a million. A list that is narrowed
// has no such bound, since what does not fit is read too, and is not counted.
func CountList(ctx context.Context, q work.Querier, scope work.Scope, list WorkList, who work.StaffID, most int) (int, error) {
	n, err := countList(ctx, q, scope, Query{List: list, Who: who}, most)
	if err != nil {
		return 0, fmt.Errorf("counting the list %s: %w", list, err)
	}
	return n, nil
}

// Waiting counts the files of each list that waits for somebody, within the scope, up to Counted.
func Waiting(ctx context.Context, q work.Querier, scope work.Scope, who work.StaffID) (map[WorkList]int, error) {
	states, mine, err := readCounts(ctx, q, scope, who)
	if err != nil {
		return nil, fmt.Errorf("counting files: %w", err)
	}
	counts := map[WorkList]int{MineList: mine}
	for _, list := range counted[1:] {
		for _, s := range listStates[list] {
			counts[list] = min(counts[list]+states[s], Counted+1)
		}
	}
	return counts, nil
}
