package casefile

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Opinion is the verdict of an assessment 评议.
type Opinion string

// The verdicts of an assessment.
const (
	Pass   Opinion = "pass"
	Return Opinion = "return"
	Refuse Opinion = "refuse"
)

// Opinions lists the verdicts in the order of the form.
var Opinions = []Opinion{Pass, Return, Refuse}

// Key gives the word of the verdict.
func (o Opinion) Key() words.Key { return words.Key("casefile.opinion." + string(o)) }

// acts says what each verdict does to the file.
var acts = map[Opinion]Act{Pass: ActPass, Return: ActReturn, Refuse: ActRefuse}

// Assessment is one assessment of a file.
type Assessment struct {
	Round      int
	Verdict    Opinion
	Opinion    string
	AssessedBy string
	AssessedAt time.Time
}

// Assess passes a judged file on to its notice, returns it for correction, or refuses it, always with an opinion. The
// assessor is of the deciding side: whoever gathered the case is refused by the database.
func Assess(ctx context.Context, u *work.Unit, id work.FileID, verdict Opinion, opinion string) error {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	act, ok := acts[verdict]
	if !ok {
		return work.Refuse("casefile.refusal.opinion").On("verdict")
	}
	if _, refusal := f.after(act, u.By); refusal != nil {
		return refusal
	}
	err = u.Within(ctx, func(u *work.Unit) error {
		_, err := u.Exec(ctx, `
			-- casefile.Assess
			INSERT INTO casefile_assessment (file_id, round, verdict, opinion, assessed_by, assessed_at)
			VALUES (@file, @round, @verdict, @opinion, @by, @now)`,
			pgx.NamedArgs{"file": id, "round": f.Round, "verdict": string(verdict), "opinion": opinion, "by": u.By.StaffID, "now": u.Now})
		return err
	})
	if err != nil {
		return fmt.Errorf("assessing file %d: %w", id, worded(err))
	}
	reason := opinion
	if verdict == Pass {
		reason = ""
	}
	return move(ctx, u, u.By.Scope, id, act, outcome{reason: reason})
}

// Assessments lists the assessments of a file, newest first.
func Assessments(ctx context.Context, q work.Querier, id work.FileID) ([]Assessment, error) {
	rows, err := q.Query(ctx, `
		-- casefile.Assessments
		SELECT a.round, a.verdict, a.opinion, s.name, a.assessed_at
		FROM casefile_assessment a JOIN staff_member s ON s.id = a.assessed_by WHERE a.file_id = @id ORDER BY a.id DESC`,
		pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, fmt.Errorf("reading the assessments of file %d: %w", id, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Assessment])
}

// Duty is the one side a person is on in a household's case. A person gathers, or decides, or pays.
type Duty string

// The three sides; NoDuty is a person who has done nothing in the case yet.
const (
	NoDuty Duty = ""
	Gather Duty = "gather"
	Decide Duty = "decide"
	Pay    Duty = "pay"
)

// Key gives the word of the side.
func (d Duty) Key() words.Key { return words.Key("casefile.duty." + string(d)) }

// Fits tells whether a person of this side may act on the other one: it is the same, or there was none yet.
func (d Duty) Fits(side Duty) bool { return d == NoDuty || d == side }

// DutyOf tells on which side of the case a person is.
func DutyOf(ctx context.Context, q work.Querier, id work.FileID, who work.StaffID) (Duty, error) {
	var d Duty
	err := q.QueryRow(ctx, `
		-- casefile.DutyOf
		SELECT side FROM casefile_duty WHERE file_id = @file AND staff_id = @who`,
		pgx.NamedArgs{"file": id, "who": who}).Scan(&d)
	if errors.Is(err, pgx.ErrNoRows) {
		return NoDuty, nil
	}
	if err != nil {
		return NoDuty, fmt.Errorf("reading the duties in file %d: %w", id, err)
	}
	return d, nil
}

// deciding refuses those who gathered or pay the case before they decide in it. The database keeps the rule where a
// decision is written; this says so before anything is carried out.
func deciding(ctx context.Context, u *work.Unit, id work.FileID) error {
	d, err := DutyOf(ctx, u, id, u.By.StaffID)
	if err != nil {
		return err
	}
	if !d.Fits(Decide) {
		return work.Refuse("casefile.refusal.sides")
	}
	return nil
}
