package visit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ID names a row of visit_visit.
type ID int64

// Purpose says why a visit is made.
type Purpose string

// The purposes.
const (
	First    Purpose = "first"    // 初次核查, after each submission
	Again    Purpose = "recheck"  // 复核, because of an objection, by other people
	Review   Purpose = "review"   // 定期走访: census, half-year and yearly review, a talk at a festival
	Key      Purpose = "key"      // 重点走访: after the grassroots, by other people (000-52)
	Second   Purpose = "second"   // 二次核实, with the chair of the unit's union (003-25)
	Spot     Purpose = "sample"   // 抽查: drawn at random, or because a member of staff is a relative
	CallBack Purpose = "callback" // 回访, also after leaving
	Nothing  Purpose = ""         // no visit is due
)

// Purposes lists them in the order of the paper form.
var Purposes = []Purpose{First, Again, Review, Key, Second, Spot, CallBack}

// Key gives the word of the purpose.
func (p Purpose) Key() words.Key { return words.Key("visit.purpose." + string(p)) }

// Item is one thing the visitors compare with the form.
type Item string

// Items lists what is compared, in the order of the paper form.
var Items = []Item{"household", "work", "income", "spending", "housing", "cause", "evidence"}

// Key gives the word of the item.
func (i Item) Key() words.Key { return words.Key("visit.item." + string(i)) }

// Finding is what the visitors found about one item. One that differs from the form says how.
type Finding struct {
	Item   Item
	Agrees bool
	Note   string // up to 1000 characters
}

// Report is what the visitors bring back.
type Report struct {
	VisitedOn day.Date
	Visitors  [2]work.StaffID
	Findings  []Finding // one for each of Items
	Agrees    bool      // with the form as a whole
	Remark    string    // up to 2000 characters
	Chair
	Talk
	VisitorsSigned  bool
	ApplicantSigned bool
}

// Chair is the chair of the unit's union who was present (003-25); the zero Chair when none was.
type Chair struct {
	Name string // 2 to 40 characters
	Unit string // 2 to 80 characters
}

// Visit is a visit on record.
type Visit struct {
	ID          ID
	FileID      work.FileID
	Round       int // of the file's submissions
	Purpose     Purpose
	ObjectionID int64 // of a recheck
	VisitedOn   day.Date
	Visitors    [2]string
	Agrees      bool
	Remark      string
	Chair
	Talk
	Related   bool // somebody of the household is a relative of staff now
	EnteredBy string
	EnteredAt time.Time
	Findings  []Finding // filled by Find
}

// Differences counts the findings that differ from the form.
func (v Visit) Differences() int {
	n := 0
	for _, f := range v.Findings {
		if !f.Agrees {
			n++
		}
	}
	return n
}

// Due is the visit that a file waits for.
type Due struct {
	Purpose     Purpose
	ObjectionID int64
	NotBefore   day.Date // the day of submission, or on which the objection came in; of a follow-up, the day on file or off
	FollowUp    bool     // made to a household that is or was on file
}

// DueFor tells which visit the file waits for. A contested one waits for a recheck as long as there is an open objection
// that came in after the last one, a visited one with a relative of staff for two who are none (N7); Nothing when no visit is due.
func DueFor(ctx context.Context, q work.Querier, f casefile.File) (Due, error) {
	switch f.State {
	case casefile.Submitted:
		return Due{Purpose: First, NotBefore: day.On(f.SubmittedAt)}, nil
	case casefile.Visited: // by relatives of the household, or by people who turned out to be
		waits, err := unseen(ctx, q, f.ID)
		if err != nil {
			return Due{}, fmt.Errorf("looking for a visit to file %d: %w", f.ID, err)
		}
		if waits {
			return Due{Purpose: Spot, NotBefore: day.On(f.SubmittedAt)}, nil
		}
	case casefile.Contested:
		objection, received, err := openObjection(ctx, q, f.ID)
		if err != nil {
			return Due{}, fmt.Errorf("looking for objections to file %d: %w", f.ID, err)
		}
		if objection != 0 {
			return Due{Purpose: Again, ObjectionID: objection, NotBefore: day.On(received)}, nil
		}
	}
	return Due{}, nil
}

// Record writes the first visit after a submission, and moves the file on: to its judgement, or back to the registrar
// when the visitors disagree with the form.
func Record(ctx context.Context, u *work.Unit, file work.FileID, r Report) (ID, error) {
	f, due, err := ready(ctx, u, file, First, r)
	if err != nil {
		return 0, err
	}
	if err := casefile.RecordVisit(ctx, u, file, r.Agrees, r.reason()); err != nil {
		return 0, err
	}
	return write(ctx, u, f, due, r)
}

// Recheck writes a visit made by other people because of an objection. It leaves the file as it is: the objection is
// judged by it.
func Recheck(ctx context.Context, u *work.Unit, file work.FileID, r Report) (ID, error) {
	f, due, err := ready(ctx, u, file, Again, r)
	if err != nil {
		return 0, err
	}
	return write(ctx, u, f, due, r)
}

// ready checks that the file waits for this visit and that the report holds together.
func ready(ctx context.Context, u *work.Unit, file work.FileID, purpose Purpose, r Report) (casefile.File, Due, error) {
	f, err := casefile.Find(ctx, u, u.By.Scope, file)
	if err != nil {
		return f, Due{}, err
	}
	due, err := DueFor(ctx, u, f)
	if err != nil {
		return f, due, err
	}
	if due.Purpose != purpose {
		return f, due, work.Refuse("visit.refusal.not_due", f.State)
	}
	if err := fit(ctx, u, f, due, r); err != nil {
		return f, due, fmt.Errorf("checking the visit to file %d: %w", file, err)
	}
	return f, due, nil
}

// fit refuses a report that does not hold together, and visitors who may not go.
func fit(ctx context.Context, u *work.Unit, f casefile.File, due Due, r Report) error {
	if refusal := r.check(due, u.Today()); refusal != nil {
		return refusal
	}
	refusal, err := mayVisit(ctx, u, f, due, r)
	if err != nil {
		return err
	}
	if refusal != nil {
		return refusal
	}
	return nil
}

// check refuses a report that does not hold together; Field names the form's field.
func (r Report) check(due Due, today day.Date) *work.Refusal {
	switch {
	case r.VisitedOn.IsZero() || r.VisitedOn.After(today):
		return work.Refuse("visit.refusal.future").On("visited_on")
	case r.VisitedOn.Before(due.NotBefore):
		return work.Refuse("visit.refusal.early", due.NotBefore).On("visited_on")
	case r.Visitors[0] == r.Visitors[1]:
		return work.Refuse("visit.refusal.two_people").On("visitor_b")
	case len(r.Findings) != len(Items):
		return work.Refuse("visit.refusal.items")
	}
	differs := false
	for i, f := range r.Findings {
		if f.Item != Items[i] {
			return work.Refuse("visit.refusal.items")
		}
		if !f.Agrees && f.Note == "" {
			return work.Refuse("visit.refusal.note", f.Item).On("note_" + string(f.Item))
		}
		differs = differs || !f.Agrees
	}
	switch {
	case !r.Agrees && r.Remark == "":
		return work.Refuse("visit.refusal.remark").On("remark")
	case differs && r.Remark == "":
		return work.Refuse("visit.refusal.explain").On("remark")
	case r.Degree == NoDegree && slices.Contains(FollowUps, due.Purpose):
		return work.Refuse("visit.refusal.degree").On("degree")
	case (r.Chair.Name == "") != (r.Chair.Unit == ""):
		return work.Refuse("visit.refusal.chair_whole").On("chair")
	case r.Chair.Name == "" && due.Purpose == Second:
		return work.Refuse("visit.refusal.chair").On("chair")
	case !r.VisitorsSigned:
		return work.Refuse("visit.refusal.visitors_signed").On("visitors_signed")
	case !r.ApplicantSigned:
		return work.Refuse("visit.refusal.applicant_signed").On("applicant_signed")
	}
	return nil
}

// reasonLimit is what a file's reason for a return holds, in characters.
const reasonLimit = 1000

// reason is what the registrar reads on a returned file: the remark, and after it the notes of what differs.
func (r Report) reason() string {
	parts := []string{r.Remark}
	for _, f := range r.Findings {
		if !f.Agrees {
			parts = append(parts, f.Note)
		}
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	runes := []rune(strings.Join(parts, "；"))
	return string(runes[:min(len(runes), reasonLimit)])
}

// write inserts the visit with its findings and the audit entry.
func write(ctx context.Context, u *work.Unit, f casefile.File, due Due, r Report) (ID, error) {
	id, err := insert(ctx, u, f, due, r)
	if err != nil {
		return 0, fmt.Errorf("recording a visit to file %d: %w", f.ID, worded(err))
	}
	if err := tick(ctx, u, f.ID, id); err != nil {
		return 0, fmt.Errorf("ticking off the stops of file %d: %w", f.ID, err)
	}
	if err := forget(ctx, u, f.ID); err != nil {
		return 0, err
	}
	return id, u.Audit(ctx, work.Entry{Act: "visit." + string(due.Purpose), Kind: "visit", ID: int64(id), FileID: f.ID,
		Changes: []work.Change{
			{Field: "visited_on", After: r.VisitedOn.String()},
			{Field: "visitors", After: r.Visitors},
			{Field: "agrees", After: r.Agrees},
		}})
}

// worded turns the database's refusals that a person can meet into words.
func worded(err error) error {
	switch work.Violated(err) {
	case "visit_trained_scope":
		return work.Refuse("visit.refusal.trained_person").On("people")
	case "visit_two_people":
		return work.Refuse("visit.refusal.two_people").On("visitor_b")
	case "visit_other_people":
		return work.Refuse("visit.refusal.other_people").On("visitor_a")
	case "visit_registrar":
		return work.Refuse("visit.refusal.registrar").On("visitor_a")
	case "visit_key_people":
		return work.Refuse("visit.refusal.key_people").On("visitor_a")
	case "visit_second_of":
		return work.Refuse("visit.refusal.second_of").On("purpose")
	case "casefile_relative":
		return work.Refuse("visit.refusal.relative").On("visitor_a")
	case "visit_stop_over", "visit_plan_closed":
		return work.Refuse("visit.refusal.plan_closed")
	case "casefile_duty_sides":
		return work.Refuse("visit.refusal.sides")
	case "visit_once_a_round", "visit_once_an_objection":
		return errors.Join(work.ErrStale, err)
	}
	return err
}

// Find gives a visit with its findings, or work.ErrNotFound when its file lies outside the scope.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Visit, error) {
	v, err := find(ctx, q, scope, id)
	if err != nil {
		return Visit{}, fmt.Errorf("finding visit %d: %w", id, err)
	}
	return v, nil
}

// OfFile gives the visits to a file, the newest first, without findings.
func OfFile(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) ([]Visit, error) {
	visits, err := ofFile(ctx, q, scope, file)
	if err != nil {
		return nil, fmt.Errorf("listing the visits to file %d: %w", file, err)
	}
	return visits, nil
}

// Errand is a household that waits for a visit.
type Errand struct {
	FileID    work.FileID
	HeadName  string
	Address   string
	Employer  string
	OrgName   string
	Registrar string
	Purpose   Purpose
	Since     time.Time // of the submission, or the objection
	Round     int
}

// Waiting gives at most limit households within the scope that wait for a visit, in the order of their files, and the
// cursor of the next page: the id of the last file, or zero.
func Waiting(ctx context.Context, q work.Querier, scope work.Scope, after work.FileID, limit int) ([]Errand, work.FileID, error) {
	errands, err := waiting(ctx, q, scope, after, limit+1)
	if err != nil {
		return nil, 0, fmt.Errorf("listing households that wait for a visit: %w", err)
	}
	if len(errands) <= limit {
		return errands, 0, nil
	}
	return errands[:limit], errands[limit-1].FileID, nil
}

// Count tells how many households within the scope wait for a visit.
func Count(ctx context.Context, q work.Querier, scope work.Scope) (int, error) {
	n, err := count(ctx, q, scope)
	if err != nil {
		return 0, fmt.Errorf("counting households that wait for a visit: %w", err)
	}
	return n, nil
}
