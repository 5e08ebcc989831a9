package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Judgement is what was judged, by whom, with everything needed to compute it again.
type Judgement struct {
	ID    int64
	Round int
	Weighed
	Ruling   Ruling
	JudgedBy string
	JudgedAt time.Time
}

// Weighed is what the figures of a file say on a day, and the conditions that would keep it off the register all the
// same (domain.md d.4).
type Weighed struct {
	Verdict    eligibility.Verdict
	Exclusions []eligibility.Exclusion
	Left       []Line // figures of people who left the household since they were taken: not counted
	Taken      int    // people in the household when the figures were taken
}

// RulingKind is what a person decided about a household that a condition keeps off the register.
type RulingKind string

// The rulings; none is for a household that no condition touches.
const (
	NoRuling RulingKind = ""
	Despite  RulingKind = "despite"  // judged by its figures all the same
	KeepOut  RulingKind = "keep_out" // no file, whatever the figures are
)

// RulingKinds lists the rulings in the order of the form.
var RulingKinds = []RulingKind{KeepOut, Despite}

// Key gives the word of the ruling.
func (k RulingKind) Key() words.Key { return words.Key("casefile.ruling." + string(k)) }

// Ruling is what a person adds to the computed verdict.
type Ruling struct {
	Listed bool // a listed event (domain.md d.4)
	Kind   RulingKind
	Reason string // of the ruling
}

// Weigh computes what Judge would say on a day, and keeps nothing. What the people who left the household earned and cost
// leaves with them. The refusal is that of a household without people, or
// of a district without a line.
func Weigh(ctx context.Context, q work.Querier, f File, on day.Date, r Ruling) (Weighed, error) {
	e, err := EconomyOf(ctx, q, f)
	if err != nil {
		return Weighed{}, err
	}
	w := Weighed{Taken: e.People}
	e, w.Left = e.parted()
	facts, err := e.Facts(f.People, r.Listed)
	if err != nil {
		return Weighed{}, err
	}
	causes, err := CausesOf(ctx, q, f.ID)
	if err != nil {
		return Weighed{}, err
	}
	property, err := PropertyOf(ctx, q, f.ID)
	if err != nil {
		return Weighed{}, err
	}
	line, err := eligibility.LineOn(ctx, q, f.District, on)
	if err != nil {
		return Weighed{}, err
	}
	rule, err := eligibility.RuleOn(ctx, q, on)
	if err != nil {
		return Weighed{}, err
	}
	facts.Allowance = e.Of(Income, AllowanceKind) > 0
	facts.Illness = slices.Contains(causes, SeriousIllness)
	if property != nil {
		facts.Savings = property.Savings
		w.Exclusions = rule.Excludes(eligibility.Property{Homes: int64(property.Homes), Metres: int64(property.Metres),
			People: int64(f.People), Ticked: property.Ticked, Cause: facts.Illness || slices.Contains(causes, NaturalDisaster)})
	}
	facts.Excluded = len(w.Exclusions) > 0 && r.Kind == KeepOut
	w.Verdict, err = eligibility.Judge(facts, line, rule)
	if errors.Is(err, eligibility.ErrPeople) {
		return w, work.Refuse("casefile.refusal.nobody")
	}
	return w, err
}

// Judge confirms the computed verdict of a visited file and keeps it with its figures, line and rule. A household that
// does not qualify is told by a person, never by the program alone (PIPL 24): that person is the one who judges. A
// condition that keeps a household off the register never decides by itself either: it needs a ruling with its reason.
func Judge(ctx context.Context, u *work.Unit, id work.FileID, r Ruling) (Weighed, error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return Weighed{}, err
	}
	if err := deciding(ctx, u, id); err != nil {
		return Weighed{}, err
	}
	w, err := Weigh(ctx, u, f, u.Today(), r)
	if err != nil {
		return w, fmt.Errorf("judging file %d: %w", id, err)
	}
	act := ActDisqualify
	if w.Verdict.Qualifies() {
		act = ActQualify
	}
	if _, refusal := f.after(act, u.By); refusal != nil {
		return w, refusal
	}
	if refusal := r.fits(w.Exclusions); refusal != nil {
		return w, refusal
	}
	if err := putJudgement(ctx, u, f, w, r); err != nil {
		return w, fmt.Errorf("judging file %d: %w", id, worded(err))
	}
	return w, move(ctx, u, u.By.Scope, id, act, outcome{category: w.Verdict.Category})
}

// fits refuses a ruling that is missing, or that nothing asks for.
func (r Ruling) fits(held []eligibility.Exclusion) *work.Refusal {
	switch {
	case len(held) > 0 && !slices.Contains(RulingKinds, r.Kind):
		return work.Refuse("casefile.refusal.ruling", len(held)).On("ruling")
	case len(held) > 0 && r.Reason == "":
		return work.Refuse("casefile.refusal.ruling_reason").On("ruling_reason")
	case len(held) == 0 && (r.Kind != NoRuling || r.Reason != ""):
		return work.Refuse("casefile.refusal.no_exclusion").On("ruling")
	}
	return nil
}

// LastJudgement gives the newest judgement of a file, or work.ErrNotFound.
func LastJudgement(ctx context.Context, q work.Querier, id work.FileID) (Judgement, error) {
	var j Judgement
	var facts []byte
	var line eligibility.LineID
	var rule eligibility.RuleID
	err := q.QueryRow(ctx, `
		-- casefile.LastJudgement
		SELECT j.id, j.round, j.line_id, j.rule_id, j.facts, j.exclusions, j.ruling, j.ruling_reason, s.name, j.judged_at
		FROM casefile_judgement j JOIN staff_member s ON s.id = j.judged_by
		WHERE j.file_id = @id ORDER BY j.id DESC LIMIT 1`,
		pgx.NamedArgs{"id": id}).Scan(&j.ID, &j.Round, &line, &rule, &facts, &j.Exclusions, &j.Ruling.Kind, &j.Ruling.Reason, &j.JudgedBy, &j.JudgedAt)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	if err != nil {
		return j, fmt.Errorf("reading the judgement of file %d: %w", id, err)
	}
	if j.Verdict, err = again(ctx, q, facts, line, rule); err != nil {
		return j, fmt.Errorf("computing judgement %d again: %w", j.ID, err)
	}
	return j, nil
}

// again computes an old verdict from what was kept of it.
func again(ctx context.Context, q work.Querier, kept []byte, lineID eligibility.LineID, ruleID eligibility.RuleID) (eligibility.Verdict, error) {
	var facts eligibility.Facts
	if err := json.Unmarshal(kept, &facts); err != nil {
		return eligibility.Verdict{}, err
	}
	line, rule, err := eligibility.Under(ctx, q, lineID, ruleID)
	if err != nil {
		return eligibility.Verdict{}, err
	}
	return eligibility.Judge(facts, line, rule)
}

// putJudgement inserts a judgement. From it the database brings the file's standing up to date.
func putJudgement(ctx context.Context, u *work.Unit, f File, w Weighed, r Ruling) error {
	facts, err := json.Marshal(w.Verdict.Facts)
	if err != nil {
		return err
	}
	held := make([]string, len(w.Exclusions))
	for i, e := range w.Exclusions {
		held[i] = string(e)
	}
	_, err = u.Exec(ctx, `
		-- casefile.putJudgement
		INSERT INTO casefile_judgement (file_id, round, line_id, rule_id, facts, monthly_fen, category, exclusions, ruling,
			ruling_reason, judged_by, judged_at)
		VALUES (@file, @round, @line, @rule, @facts, @monthly, nullif(@category, ''), @held, @ruling, @reason, @by, @now)`,
		pgx.NamedArgs{"file": f.ID, "round": f.Round, "line": w.Verdict.Line.ID, "rule": w.Verdict.Rule.ID, "facts": facts,
			"monthly": int64(w.Verdict.Monthly), "category": string(w.Verdict.Category), "held": held, "ruling": string(r.Kind),
			"reason": r.Reason, "by": u.By.StaffID, "now": u.Now})
	return err
}
