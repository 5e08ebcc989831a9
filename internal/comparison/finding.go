package comparison

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/money"
	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// FindingID names a row of comparison_finding.
type FindingID int64

// Standing says how a finding stands to what was declared.
type Standing string

// The standings. The last four are the ways in which an open difference is resolved.
const (
	Agrees     Standing = "agrees"
	Open       Standing = "open"
	Explained  Standing = "explained"   // it is in order, and the note says why
	Corrected  Standing = "corrected"   // the file was corrected by a change
	JudgeAgain Standing = "judge_again" // the file is to be judged anew
	ExitDue    Standing = "exit"        // the household is to leave the register

	Waiting  Standing = "withdrawn" // its answer was withdrawn; it waits for the right one
	Replaced Standing = "replaced"  // a later answer speaks of the person
)

// Resolutions lists the ways to resolve a difference, in the order of the form.
var Resolutions = []Standing{Explained, Corrected, JudgeAgain, ExitDue}

// Key gives the word of the standing.
func (s Standing) Key() words.Key { return words.Key("comparison.standing." + string(s)) }

// Finding is what an answer says of one person.
type Finding struct {
	ID         FindingID
	Answer     AnswerID
	FileID     work.FileID
	HeadName   string
	OrgName    string
	Registrar  work.StaffID
	PersonName string
	Kind       Kind
	Value      string // opened
	Declared   Declared
	State      Standing
	Note       string
	ResolvedBy string
	ResolvedAt time.Time
	FoundAt    time.Time
	Receiver   string // who said so
}

// Declared is what the household says today about what was compared, and what the answer says of all its people together.
type Declared struct {
	Marital   string       // code of the person's marital status; "" = not said
	Insurance string       // code of the person's insurance; "" = not said
	Income    money.Amount // of the household, of the twelve months declared
	Allowance money.Amount // the part of it that is 低保
	Told      money.Amount // the incomes of the household in the answer, those that could be read
}

// Unsettled tells whether somebody may still resolve it.
func (s Standing) Unsettled() bool { return s == Open || s == Waiting }

// MayResolve tells whether a person may resolve the difference: not the one who registered the file.
func (f Finding) MayResolve(by work.Actor) bool {
	return f.State.Unsettled() && f.Registrar != by.StaffID
}

// Resolve settles one difference with a reason. The registrar of the file does not, and who decides or pays in this case
// does not either: the database refuses them too.
func Resolve(ctx context.Context, u *work.Unit, keys *seal.Keys, id FindingID, to Standing, note string) error {
	f, err := FindFinding(ctx, u, keys, u.By.Scope, id)
	switch {
	case err != nil:
		return err
	case !f.State.Unsettled():
		return work.Refuse("comparison.refusal.resolved", f.State)
	case f.Registrar == u.By.StaffID:
		return work.Refuse("comparison.refusal.registrar")
	case !slices.Contains(Resolutions, to):
		return work.Refuse("comparison.refusal.resolution").On("resolution")
	case note == "":
		return work.Refuse("comparison.refusal.note").On("note")
	}
	if err := resolve(ctx, u, f, to, note); err != nil {
		return fmt.Errorf("resolving finding %d: %w", id, worded(err))
	}
	return u.Audit(ctx, work.Entry{Act: "comparison.resolve", Kind: "comparison_finding", ID: int64(id), FileID: f.FileID, Changes: []work.Change{
		{Field: "state", Before: f.State, After: to}, {Field: "kind", After: f.Kind}, {Field: "note", After: note}}})
}

// FindFinding gives a finding of a file within the scope, its value opened, or work.ErrNotFound.
func FindFinding(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, id FindingID) (Finding, error) {
	f, err := findFinding(ctx, q, keys, scope, id)
	if err != nil {
		return Finding{}, fmt.Errorf("finding finding %d: %w", id, err)
	}
	return f, nil
}

// OpenFindings gives at most limit open differences within the scope, of a kind or of all (""), the newest first, below an id
// (zero = from the newest), and the cursor of the next page, or zero.
func OpenFindings(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, kind Kind, below FindingID, limit int) ([]Finding, FindingID, error) {
	list, err := openFindings(ctx, q, keys, scope, kind, below, limit+1)
	if err != nil {
		return nil, 0, fmt.Errorf("listing open differences: %w", err)
	}
	if len(list) <= limit {
		return list, 0, nil
	}
	return list[:limit], list[limit-1].ID, nil
}

// MostCounted is the number above which a list is only said to hold more.
const MostCounted = 1000

// CountOpen counts the open differences within the scope by kind, at most MostCounted + 1 in all.
func CountOpen(ctx context.Context, q work.Querier, scope work.Scope) (map[Kind]int, error) {
	counts, err := countOpen(ctx, q, scope)
	if err != nil {
		return nil, fmt.Errorf("counting open differences: %w", err)
	}
	return counts, nil
}

// Total adds up what CountOpen counted.
func Total(counts map[Kind]int) int {
	n := 0
	for _, of := range counts {
		n += of
	}
	return n
}

// OfFile gives the findings of a file within the scope, the open ones first and then the newest, at most fifty, and
// whether there are more.
func OfFile(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, file work.FileID) ([]Finding, bool, error) {
	list, err := ofFile(ctx, q, keys, scope, file, shown+1)
	if err != nil {
		return nil, false, fmt.Errorf("listing the findings of file %d: %w", file, err)
	}
	return list[:min(len(list), shown)], len(list) > shown, nil
}

// shown is how many findings a file's page lists.
const shown = 50
