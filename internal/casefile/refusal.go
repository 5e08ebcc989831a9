package casefile

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bangfu/internal/eligibility"
	"bangfu/internal/work"
)

// Refusal is why no file was opened for a household that asked for one (001-46): the judgement with its figures, what the
// assessment said, or an objection to the notice that was upheld.
type Refusal struct {
	State   State
	Asked   time.Time // when the application was handed in, the last time
	At      time.Time // when it was decided
	Judged  *Judgement
	Opinion string // of the assessment that refused it
}

// Denied tells whether a household in this state asked for a file and got none.
func (s State) Denied() bool { return s == NotQualified || s == Refused || s == StruckOff }

// RefusalOf gives why no file was opened, or work.ErrNotFound for a household that was not refused or whose file lies
// outside the scope.
func RefusalOf(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID) (Refusal, error) {
	f, err := Find(ctx, q, scope, id)
	if err == nil && !f.State.Denied() {
		err = work.ErrNotFound
	}
	if err != nil {
		return Refusal{}, fmt.Errorf("finding the refusal of file %d: %w", id, err)
	}
	r := Refusal{State: f.State, Asked: f.SubmittedAt, At: f.ClosedAt}
	j, err := LastJudgement(ctx, q, id)
	switch {
	case err == nil:
		r.Judged = &j
	case !errors.Is(err, work.ErrNotFound):
		return r, err
	}
	if f.State != Refused {
		return r, nil
	}
	all, err := Assessments(ctx, q, id)
	if err != nil {
		return r, err
	}
	for _, a := range all {
		if a.Round == f.Round && a.Verdict == Refuse {
			r.Opinion = a.Opinion
		}
	}
	return r, nil
}

// Unmet are the tests of the judgement that the household did not meet; none where it met those of a category, and
// another condition kept it out.
func (r Refusal) Unmet() []eligibility.Test {
	if r.Judged == nil || r.Judged.Verdict.Category != eligibility.None {
		return nil
	}
	var all []eligibility.Test
	for _, t := range r.Judged.Verdict.Tests {
		if !t.Met {
			all = append(all, t)
		}
	}
	return all
}

// Says is what the notice tells, for its hash.
func (r Refusal) Says() any {
	said := struct {
		State      State
		Asked, At  time.Time
		Category   eligibility.Category
		Monthly    int64
		Line       int64
		Unmet      []eligibility.Test
		Exclusions []eligibility.Exclusion
		Ruling     Ruling
		Opinion    string
	}{State: r.State, Asked: r.Asked.UTC(), At: r.At.UTC(), Opinion: r.Opinion}
	if j := r.Judged; j != nil {
		said.Category, said.Monthly, said.Line = j.Verdict.Category, int64(j.Verdict.Monthly), int64(j.Verdict.Line.ID)
		said.Unmet, said.Exclusions, said.Ruling = r.Unmet(), j.Exclusions, j.Ruling
	}
	return said
}
