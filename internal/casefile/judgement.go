package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/work"
)

// Judgement is what was judged, by whom, with everything needed to compute it again.
type Judgement struct {
	ID       int64
	Round    int
	Verdict  eligibility.Verdict
	JudgedBy string
	JudgedAt time.Time
}

// Weigh computes what Judge would say on a day, and keeps nothing. listed tells of a listed event (domain.md d.4). The
// refusal is that of a household without people, or of a district without a line.
func Weigh(ctx context.Context, q work.Querier, f File, on day.Date, listed bool) (eligibility.Verdict, error) {
	e, err := EconomyOf(ctx, q, f)
	if err != nil {
		return eligibility.Verdict{}, err
	}
	facts, err := e.Facts(f.People, listed)
	if err != nil {
		return eligibility.Verdict{}, err
	}
	line, err := eligibility.LineOn(ctx, q, f.District, on)
	if err != nil {
		return eligibility.Verdict{}, err
	}
	rule, err := eligibility.RuleOn(ctx, q, on)
	if err != nil {
		return eligibility.Verdict{}, err
	}
	verdict, err := eligibility.Judge(facts, line, rule)
	if errors.Is(err, eligibility.ErrPeople) {
		return verdict, work.Refuse("casefile.refusal.nobody")
	}
	return verdict, err
}

// Judge confirms the computed verdict of a visited file and keeps it with its figures, line and rule. A household that
// does not qualify is told by a person, never by the program alone (PIPL 24): that person is the one who judges.
func Judge(ctx context.Context, u *work.Unit, id work.FileID, listed bool) (eligibility.Verdict, error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return eligibility.Verdict{}, err
	}
	if err := deciding(ctx, u, id); err != nil {
		return eligibility.Verdict{}, err
	}
	verdict, err := Weigh(ctx, u, f, u.Today(), listed)
	if err != nil {
		return verdict, fmt.Errorf("judging file %d: %w", id, err)
	}
	act := ActDisqualify
	if verdict.Qualifies() {
		act = ActQualify
	}
	if _, refusal := f.after(act, u.By); refusal != nil {
		return verdict, refusal
	}
	if err := putJudgement(ctx, u, f, verdict); err != nil {
		return verdict, fmt.Errorf("judging file %d: %w", id, worded(err))
	}
	return verdict, move(ctx, u, u.By.Scope, id, act, outcome{category: verdict.Category})
}

// LastJudgement gives the newest judgement of a file, or work.ErrNotFound.
func LastJudgement(ctx context.Context, q work.Querier, id work.FileID) (Judgement, error) {
	var j Judgement
	var facts []byte
	var line eligibility.LineID
	var rule eligibility.RuleID
	err := q.QueryRow(ctx, `
		-- casefile.LastJudgement
		SELECT j.id, j.round, j.line_id, j.rule_id, j.facts, s.name, j.judged_at
		FROM casefile_judgement j JOIN staff_member s ON s.id = j.judged_by
		WHERE j.file_id = @id ORDER BY j.id DESC LIMIT 1`,
		pgx.NamedArgs{"id": id}).Scan(&j.ID, &j.Round, &line, &rule, &facts, &j.JudgedBy, &j.JudgedAt)
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
	line, err := eligibility.FindLine(ctx, q, lineID)
	if err != nil {
		return eligibility.Verdict{}, err
	}
	rule, err := eligibility.FindRule(ctx, q, ruleID)
	if err != nil {
		return eligibility.Verdict{}, err
	}
	return eligibility.Judge(facts, line, rule)
}

// putJudgement inserts a judgement.
func putJudgement(ctx context.Context, u *work.Unit, f File, v eligibility.Verdict) error {
	facts, err := json.Marshal(v.Facts)
	if err != nil {
		return err
	}
	_, err = u.Exec(ctx, `
		-- casefile.putJudgement
		INSERT INTO casefile_judgement (file_id, round, line_id, rule_id, facts, monthly_fen, category, judged_by, judged_at)
		VALUES (@file, @round, @line, @rule, @facts, @monthly, nullif(@category, ''), @by, @now)`,
		pgx.NamedArgs{"file": f.ID, "round": f.Round, "line": v.Line.ID, "rule": v.Rule.ID, "facts": facts,
			"monthly": int64(v.Monthly), "category": string(v.Category), "by": u.By.StaffID, "now": u.Now})
	return err
}

// Recategorise judges an active file anew by the line and the rule of today, after a review: the judgement is kept and the
// file gets the new category. It is refused when the category stays, or when the household does not qualify any more: then
// an exit is proposed. A listed event stays one.
func Recategorise(ctx context.Context, u *work.Unit, id work.FileID) error {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	if f.State != Active {
		return work.Refuse("casefile.refusal.recategorise", f.State)
	}
	if f.RegisteredBy == u.By.StaffID {
		return work.Refuse("casefile.refusal.own")
	}
	if err := deciding(ctx, u, id); err != nil {
		return err
	}
	last, err := LastJudgement(ctx, u, id)
	if err != nil {
		return err
	}
	verdict, err := Weigh(ctx, u, f, u.Today(), last.Verdict.Facts.Listed)
	switch {
	case err != nil:
		return fmt.Errorf("judging file %d anew: %w", id, err)
	case !verdict.Qualifies():
		return work.Refuse("casefile.refusal.no_category")
	case verdict.Category == f.Category:
		return work.Refuse("casefile.refusal.same_category", f.Category)
	}
	if err := putJudgement(ctx, u, f, verdict); err != nil {
		return fmt.Errorf("judging file %d anew: %w", id, worded(err))
	}
	err = u.ChangeOne(ctx, `
		-- casefile.Recategorise
		UPDATE casefile_file SET category = @category, version = version + 1 WHERE id = @id AND state = 'active' AND version = @version`,
		pgx.NamedArgs{"id": id, "category": string(verdict.Category), "version": f.Version})
	if err != nil {
		return fmt.Errorf("judging file %d anew: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "casefile.recategorise", Kind: "file", ID: int64(id), FileID: id,
		Changes: []work.Change{{Field: "category", Before: f.Category, After: verdict.Category}}})
}
