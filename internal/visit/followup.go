package visit

import (
	"context"
	"fmt"
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// FollowUps lists the purposes of visits to a household that is or was on file.
var FollowUps = []Purpose{Review, Key, Second, Spot, CallBack}

// Degree says how hard the visitors found the household's life (000-50).
type Degree string

// The degrees of hardship, as visitors see it; the category is judged by figures.
const (
	DegreeSevere Degree = "severe" // 很困难
	DegreeHard   Degree = "hard"   // 比较困难
	DegreeEased  Degree = "eased"  // 有所缓解
	DegreeNone   Degree = "none"   // 已无明显困难
	NoDegree     Degree = ""       // not said
)

// Degrees lists them, the hardest first.
var Degrees = []Degree{DegreeSevere, DegreeHard, DegreeEased, DegreeNone}

// Key gives the word of the degree.
func (d Degree) Key() words.Key { return words.Key("visit.degree." + string(d)) }

// Talk is what the visitors heard (000-50): the situation and the degree of hardship, opinions on the union, proposals.
// Each text has up to 2000 characters.
type Talk struct {
	Situation string
	Degree    Degree
	Opinions  string
	Proposals string
}

// FollowUp gives the visit of a purpose that may be made to the file, on or after the day since when it stands as it
// does: on the register, or closed. Nothing when it is neither.
func FollowUp(f casefile.File, purpose Purpose) Due {
	if !slices.Contains(FollowUps, purpose) {
		return Due{}
	}
	switch f.State {
	case casefile.Active:
		return Due{Purpose: purpose, NotBefore: day.On(f.ActivatedAt), FollowUp: true}
	case casefile.Closed:
		return Due{Purpose: purpose, NotBefore: day.On(f.ClosedAt), FollowUp: true}
	}
	return Due{}
}

// RecordFollowUp writes a visit to a household that is or was on file: a review (domain.md c.1), a key visit by other
// people than those of the visit before (000-52), a sample, a call-back after leaving. It moves nothing by itself: what
// it found is taken up as a change of the file, a closing, or a new registration. The open stops of running plans for
// such visits are ticked off. work.Refusal says what is wrong with the report, with Field as on the form.
func RecordFollowUp(ctx context.Context, u *work.Unit, file work.FileID, purpose Purpose, r Report) (ID, error) {
	f, err := casefile.Find(ctx, u, u.By.Scope, file)
	if err != nil {
		return 0, err
	}
	due := FollowUp(f, purpose)
	if due.Purpose == Nothing && f.State == casefile.Visited {
		if due, err = DueFor(ctx, u, f); err != nil {
			return 0, err
		}
	}
	if due.Purpose == Nothing || due.Purpose != purpose {
		return 0, work.Refuse("visit.refusal.follow_up", f.State)
	}
	if err := fit(ctx, u, f, due, r); err != nil {
		return 0, fmt.Errorf("recording a visit to file %d: %w", file, err)
	}
	return write(ctx, u, f, due, r)
}

// Before gives the visit to the same file before v, with its findings, to compare the two (000-52); nil when v was the
// first.
func Before(ctx context.Context, q work.Querier, scope work.Scope, v Visit) (*Visit, error) {
	earlier, err := before(ctx, q, scope, v)
	if err != nil {
		return nil, fmt.Errorf("finding the visit before %d: %w", v.ID, err)
	}
	return earlier, nil
}
