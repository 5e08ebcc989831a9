package move_test

import (
	"slices"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/move"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// people gives those who are in a household now, the head first.
func people(t *testing.T, u *work.Unit, id work.FileID) []casefile.Person {
	t.Helper()
	all, err := casefile.People(t.Context(), u, sample.Keys(), id)
	must(t, err)
	return all
}

// names writes a household as "name/relation".
func names(all []casefile.Person) (list []string) {
	for _, p := range all {
		list = append(list, p.Name+"/"+p.Relation)
	}
	return list
}

// splitOff asks for a split by Clerk2: the spouse goes, and takes the son along.
func splitOff(t *testing.T, u *work.Unit, id work.FileID) (move.ID, error) {
	t.Helper()
	r := move.Request{Kind: move.Split, Why: "divorced", Reason: "离婚分户"}
	for _, p := range people(t, u, id) {
		switch p.Relation {
		case "spouse":
			r.Goes, r.Relations = append([]casefile.PersonID{p.ID}, r.Goes...), append([]string{casefile.Head}, r.Relations...)
		case "son":
			r.Goes, r.Relations = append(r.Goes, p.ID), append(r.Relations, "son")
		}
	}
	var made move.ID
	err := by(u, sample.Clerk2, func() (err error) {
		made, err = move.Ask(t.Context(), u, id, r)
		return err
	})
	return made, err
}

// A split opens a registration of those who go, with their papers, and nobody is ever in two open files.
func TestASplit(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	before := people(t, u, f.ID)
	id, err := splitOff(t, u, f.ID)
	must(t, err)
	if now := people(t, u, f.ID); len(now) != len(before) {
		t.Fatalf("asking already moved somebody: %v", names(now))
	}
	must(t, by(u, sample.Supervisor, func() error { return move.Decide(t.Context(), u, id, true, "情况属实") }))
	m, err := move.Find(t.Context(), u, sample.Clerk.Scope, id)
	if err != nil || m.State != move.Done || m.Other == 0 || m.After != m.Before+1 {
		t.Fatalf("%+v, %v", m, err)
	}
	fresh, err := casefile.Find(t.Context(), u, sample.Clerk.Scope, m.Other)
	must(t, err)
	if fresh.State != casefile.Draft || fresh.SplitOf != f.ID || fresh.RegisteredBy != sample.Clerk2.StaffID || fresh.OrgID != f.OrgID || fresh.Number != "" {
		t.Errorf("%+v", fresh)
	}
	if got := names(people(t, u, m.Other)); !slices.Equal(got, []string{"李秀兰/head", "王小明/son"}) {
		t.Errorf("the new household is %v", got)
	}
	if got := names(people(t, u, f.ID)); !slices.Equal(got, []string{"王建国/head"}) {
		t.Errorf("the old household is %v", got)
	}
	if papers, err := casefile.EvidenceOf(t.Context(), u, m.Other); err != nil || len(papers) == 0 {
		t.Errorf("%d papers, %v", len(papers), err)
	}
	if splits, err := casefile.SplitsOf(t.Context(), u, sample.Clerk.Scope, f.ID); err != nil || len(splits) != 1 || splits[0].ID != m.Other {
		t.Errorf("%+v, %v", splits, err)
	}
	if got := versions(t, u, f.ID); got != "economy 2, head 1, members 2, work 1" {
		t.Errorf("the sections are at %s", got)
	}
	once(t, u)
}

// versions writes at which version the sections are that speak of people.
func versions(t *testing.T, u *work.Unit, id work.FileID) (all string) {
	t.Helper()
	must(t, u.QueryRow(t.Context(), `SELECT string_agg(section || ' ' || version, ', ' ORDER BY section) FROM casefile_section
		WHERE file_id = $1 AND section IN ('head', 'members', 'work', 'economy')`, id).Scan(&all))
	return all
}

// once checks that the claims of the open files are those of the people in them.
func once(t *testing.T, u *work.Unit) {
	t.Helper()
	var wrong int
	must(t, u.QueryRow(t.Context(), `SELECT count(*) FROM casefile_claim c
		FULL JOIN (SELECT p.* FROM casefile_person p JOIN casefile_file f ON f.id = p.file_id WHERE p.left_on IS NULL AND casefile_open(f.state)) p ON p.id = c.person_id
		WHERE c.person_id IS NULL OR p.id IS NULL OR c.file_id <> p.file_id`).Scan(&wrong))
	if wrong != 0 {
		t.Errorf("%d claims do not fit the people", wrong)
	}
}

// What no split may leave behind.
func TestWhatIsNotSplit(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active, func(h *sample.Household) {
		son := sample.Person("son", "王小明", u.Today().AddMonths(-14*12).Add(1), idcard.Male) // fourteen tomorrow
		son.WorkStatus, son.Education, son.School, son.EnrolledYear, son.SchoolYears = "student", "junior", "青石县第二中学", 2025, 3
		h.Members[1] = son
	})
	all := people(t, u, f.ID)
	head, spouse, son := all[0].ID, all[1].ID, all[2].ID
	for name, test := range map[string]struct {
		goes      []casefile.PersonID
		relations []string
		want      string
	}{
		"nobody":             {nil, nil, "casefile.refusal.split_nobody"},
		"the head":           {[]casefile.PersonID{head}, []string{"head"}, "casefile.refusal.split_head"},
		"the head as member": {[]casefile.PersonID{spouse, head}, []string{"head", "spouse"}, "casefile.refusal.split_head"},
		"a child as head":    {[]casefile.PersonID{son}, []string{"head"}, "casefile.refusal.head_child"},
		"no relation":        {[]casefile.PersonID{spouse, son}, []string{"head", "uncle"}, "casefile.refusal.relation"},
		"a stranger":         {[]casefile.PersonID{spouse, 1}, []string{"head", "son"}, "casefile.refusal.split_gone"},
	} {
		_, err := move.Ask(t.Context(), u, f.ID, move.Request{Kind: move.Split, Why: "apart", Reason: "分居", Goes: test.goes, Relations: test.relations})
		if got := told(t, err); got != test.want {
			t.Errorf("%s: told %q, want %q (%v)", name, got, test.want, err)
		}
	}
}

// another makes a second household, of a widow and her daughter.
func another(h *sample.Household) {
	h.Head.Name, h.Head.Marital, h.Card.Holder = "周丽华", "widowed", "周丽华"
	h.Members = []casefile.Person{sample.Person("daughter", "周小雨", day.Of(2012, 5, 1), idcard.Female)}
	h.Members[0].WorkStatus, h.Members[0].Education, h.Members[0].School = "student", "junior", "青石县第二中学"
	h.Members[0].EnrolledYear, h.Members[0].SchoolYears = 2025, 3
	h.Economy.Lines[0].Amount = money.Yuan(14000)
}

// mergeInto asks for a merge by Clerk2; everybody of the file that ends stands to the other head as "other".
func mergeInto(t *testing.T, u *work.Unit, f, into casefile.File) (move.ID, error) {
	t.Helper()
	r := move.Request{Kind: move.Merge, Why: "married", Reason: "两户户主登记结婚", Number: into.Number}
	for _, p := range people(t, u, f.ID) {
		r.Goes, r.Relations = append(r.Goes, p.ID), append(r.Relations, "other")
	}
	var id move.ID
	err := by(u, sample.Clerk2, func() (err error) {
		id, err = move.Ask(t.Context(), u, f.ID, r)
		return err
	})
	return id, err
}

// A merge ends one file in the other without an exit, linked both ways, and leaves no way of relapsing from it.
func TestAMerge(t *testing.T) {
	u := centre(t)
	f, into := sample.File(t, u, casefile.Active, another), sample.File(t, u, casefile.Active)
	id, err := mergeInto(t, u, f, into)
	must(t, err)
	must(t, by(u, sample.Supervisor, func() error { return move.Decide(t.Context(), u, id, true, "") }))
	ended, err := casefile.Find(t.Context(), u, sample.Clerk.Scope, f.ID)
	must(t, err)
	if ended.State != casefile.Closed || ended.ReturnReason != casefile.Merged || ended.MergedInto != into.ID || ended.Number != f.Number {
		t.Errorf("%+v", ended)
	}
	if got := names(people(t, u, into.ID)); !slices.Contains(got, "周丽华/other") || len(got) != 5 {
		t.Errorf("the household is %v", got)
	}
	goesOn, err := casefile.Find(t.Context(), u, sample.Clerk.Scope, into.ID)
	if err != nil || goesOn.People != 5 || goesOn.State != casefile.Active || goesOn.HeadName != into.HeadName {
		t.Errorf("%+v, %v", goesOn, err)
	}
	if got := versions(t, u, into.ID); got != "economy 2, head 1, members 2, work 1" {
		t.Errorf("the sections are at %s", got)
	}
	if all, err := casefile.MergedIntoFile(t.Context(), u, sample.Clerk.Scope, into.ID); err != nil || len(all) != 1 || all[0].ID != f.ID {
		t.Errorf("%+v, %v", all, err)
	}
	for _, file := range []work.FileID{f.ID, into.ID} {
		if all, err := move.OfFile(t.Context(), u, sample.Clerk.Scope, file); err != nil || len(all) != 1 || all[0].State != move.Done || all[0].OtherAfter == 0 {
			t.Errorf("file %d: %+v, %v", file, all, err)
		}
	}
	if _, _, err := casefile.Relapse(t.Context(), u, f.ID); told(t, err) != "casefile.refusal.relapse_merged" {
		t.Errorf("a relapse from a merged file: %v", err)
	}
	once(t, u)
}

// What no merge may be.
func TestWhatIsNotMerged(t *testing.T) {
	u := centre(t)
	f, into, draft := sample.File(t, u, casefile.Active, another), sample.File(t, u, casefile.Active), sample.File(t, u, casefile.Closed)
	for want, other := range map[string]casefile.File{
		"casefile.refusal.merge_itself": f, "casefile.refusal.merge_other": draft, "move.refusal.other": {Number: "QSX209900001"}} {
		if _, err := mergeInto(t, u, f, other); told(t, err) != want {
			t.Errorf("told %q, want %q", told(t, err), want)
		}
	}
	_, err := move.Ask(t.Context(), u, f.ID, move.Request{Kind: move.Merge, Why: "twice", Reason: "同户重复建档", Number: into.Number})
	if told(t, err) != "move.refusal.people" {
		t.Errorf("without relations: %v", err)
	}
	if _, err := move.Ask(t.Context(), u, f.ID, move.Request{Kind: move.Merge, Why: "divorced", Reason: "……"}); err == nil || told2(err) {
		t.Errorf("a reason of another kind: %v", err)
	}
	ask(t, u, into.ID, sample.Sibling)
	if _, err := mergeInto(t, u, f, into); told(t, err) != "move.refusal.stopped_other" {
		t.Errorf("into a file that is being handed over: %v", err)
	}
}

// told2 tells whether an error is worded for a person.
func told2(err error) bool {
	_, ok := work.AsRefusal(err)
	return ok
}
