package review

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Outcome is what the review of a file came to.
type Outcome string

// The outcomes of a review.
const (
	Unchanged Outcome = "unchanged" // 无变化
	Change    Outcome = "change"    // 需变更: facts of the file are to be changed
	Category  Outcome = "category"  // 类别变化: by today's line; needs a second person
	Exit      Outcome = "exit"      // 建议脱困或解困
	Cancel    Outcome = "cancel"    // 建议注销
)

// Outcomes lists them in the order of the form.
var Outcomes = []Outcome{Unchanged, Change, Category, Exit, Cancel}

// Key gives the word of the outcome.
func (o Outcome) Key() words.Key { return words.Key("review.outcome." + string(o)) }

// State says whether a result stands.
type State string

// The states of a result.
const (
	Done      State = "done"
	ToConfirm State = "to_confirm"
	Rejected  State = "rejected" // by the second person; the file is to be reviewed again
)

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("review.state." + string(s)) }

// agreeWithin is in how many work days paper and record are made to agree ([W44] art. 13).
const agreeWithin = 30

// Result is the review of one file in one round.
type Result struct {
	Round       RoundID
	FileID      work.FileID
	Outcome     Outcome
	State       State
	Note        string
	PapersAgree bool
	AgreeBy     day.Date // until when papers that differ are put right
	AgreedAt    time.Time
	ReviewedBy  work.StaffID
	Reviewer    string
	ReviewedAt  time.Time
	Confirmer   string
	ConfirmedAt time.Time
	Remark      string // of the second person
}

// Finding is what a reviewer brings.
type Finding struct {
	Outcome     Outcome
	Note        string // up to 1000 characters; needed unless unchanged
	PapersAgree bool   // paper and electronic file agree (003-12)
}

// Record writes the review of a file in an open round; one that the second person rejected is written anew.
func Record(ctx context.Context, u *work.Unit, id RoundID, file work.FileID, f Finding) error {
	if _, err := Find(ctx, u, u.By.Scope, id); err != nil {
		return err
	}
	if _, err := casefile.Find(ctx, u, u.By.Scope, file); err != nil {
		return err
	}
	if f.Outcome != Unchanged && f.Note == "" {
		return work.Refuse("review.refusal.note").On("note")
	}
	state := Done
	if f.Outcome == Category {
		state = ToConfirm
	}
	var agreeBy day.Date
	if !f.PapersAgree {
		agreeBy = day.AddWorkdays(u.Today(), agreeWithin)
	}
	err := u.Within(ctx, func(u *work.Unit) error {
		return u.ChangeOne(ctx, `
			-- review.Record
			INSERT INTO review_result (round_id, file_id, org_id, outcome, state, note, papers_agree, agree_by, reviewed_by, reviewed_at)
			SELECT @round, f.id, f.org_id, @outcome, @state, @note, @agree, @agree_by, @by, @now FROM casefile_file f WHERE f.id = @file
			ON CONFLICT (round_id, file_id) DO UPDATE SET outcome = excluded.outcome, state = excluded.state, note = excluded.note,
				papers_agree = excluded.papers_agree, agree_by = excluded.agree_by, agreed_at = NULL, agreed_by = NULL,
				reviewed_by = excluded.reviewed_by, reviewed_at = excluded.reviewed_at, confirmed_by = NULL, confirmed_at = NULL, remark = NULL
			WHERE review_result.state = 'rejected'`,
			pgx.NamedArgs{"round": id, "file": file, "outcome": string(f.Outcome), "state": string(state), "note": f.Note,
				"agree": f.PapersAgree, "agree_by": agreeBy, "by": u.By.StaffID, "now": u.Now})
	})
	if errors.Is(err, work.ErrStale) {
		return work.Refuse("review.refusal.done")
	}
	if err != nil {
		return fmt.Errorf("reviewing file %d in round %d: %w", file, id, worded(err))
	}
	return u.Audit(ctx, work.Entry{Act: "review.record", Kind: "round", ID: int64(id), FileID: file, Changes: []work.Change{
		{Field: "outcome", After: f.Outcome}, {Field: "papers_agree", After: f.PapersAgree}, {Field: "note", After: f.Note}}})
}

// Confirm lets the second person confirm a change of category, which judges the file by today's line, or reject it with
// a remark, after which the file waits in the round again.
func Confirm(ctx context.Context, u *work.Unit, id RoundID, file work.FileID, agrees bool, remark string) error {
	r, err := ResultOf(ctx, u, u.By.Scope, id, file)
	switch {
	case err != nil:
		return err
	case r.State != ToConfirm:
		return work.Refuse("review.refusal.nothing_waits")
	case r.ReviewedBy == u.By.StaffID:
		return work.Refuse("review.refusal.own")
	case !agrees && remark == "":
		return work.Refuse("review.refusal.remark").On("remark")
	}
	to := Rejected
	if agrees {
		to = Done
		if err := casefile.Recategorise(ctx, u, file); err != nil {
			return err
		}
	}
	err = u.Within(ctx, func(u *work.Unit) error {
		return u.ChangeOne(ctx, `
			-- review.Confirm
			UPDATE review_result SET state = @to, confirmed_by = @by, confirmed_at = @now, remark = nullif(@remark, '')
			WHERE round_id = @round AND file_id = @file AND state = 'to_confirm'`,
			pgx.NamedArgs{"round": id, "file": file, "to": string(to), "by": u.By.StaffID, "now": u.Now, "remark": remark})
	})
	if err != nil {
		return fmt.Errorf("confirming the review of file %d: %w", file, worded(err))
	}
	return u.Audit(ctx, work.Entry{Act: "review.confirm", Kind: "round", ID: int64(id), FileID: file, Changes: []work.Change{
		{Field: "state", Before: ToConfirm, After: to}, {Field: "remark", After: remark}}})
}

// Agree notes that paper and record of a file agree by now.
func Agree(ctx context.Context, u *work.Unit, id RoundID, file work.FileID) error {
	r, err := ResultOf(ctx, u, u.By.Scope, id, file)
	if err != nil {
		return err
	}
	if r.PapersAgree || !r.AgreedAt.IsZero() {
		return work.Refuse("review.refusal.agree")
	}
	err = u.ChangeOne(ctx, `
		-- review.Agree
		UPDATE review_result SET agreed_at = @now, agreed_by = @by
		WHERE round_id = @round AND file_id = @file AND NOT papers_agree AND agreed_at IS NULL`,
		pgx.NamedArgs{"round": id, "file": file, "by": u.By.StaffID, "now": u.Now})
	if err != nil {
		return fmt.Errorf("noting that the papers of file %d agree: %w", file, err)
	}
	return u.Audit(ctx, work.Entry{Act: "review.agree", Kind: "round", ID: int64(id), FileID: file})
}

// ResultOf gives the review of a file in a round, or work.ErrNotFound when there is none or the file is not in scope.
func ResultOf(ctx context.Context, q work.Querier, scope work.Scope, id RoundID, file work.FileID) (Result, error) {
	rows, err := q.Query(ctx, `
		-- review.ResultOf
		SELECT x.round_id, x.file_id, x.outcome, x.state, x.note, x.papers_agree, x.agree_by, x.agreed_at, x.reviewed_by, s.name, x.reviewed_at,
			coalesce(c.name, ''), x.confirmed_at, coalesce(x.remark, '')
		FROM review_result x JOIN casefile_file f ON f.id = x.file_id
		JOIN staff_member s ON s.id = x.reviewed_by LEFT JOIN staff_member c ON c.id = x.confirmed_by
		WHERE x.round_id = @round AND x.file_id = @file AND f.org_path LIKE @scope`,
		pgx.NamedArgs{"round": id, "file": file, "scope": scope})
	if err != nil {
		return Result{}, fmt.Errorf("reading the review of file %d: %w", file, err)
	}
	r, err := pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (Result, error) {
		var r Result
		var agreed, confirmed pgtype.Timestamptz
		err := row.Scan(&r.Round, &r.FileID, &r.Outcome, &r.State, &r.Note, &r.PapersAgree, &r.AgreeBy, &agreed, &r.ReviewedBy, &r.Reviewer,
			&r.ReviewedAt, &r.Confirmer, &confirmed, &r.Remark)
		r.AgreedAt, r.ConfirmedAt = agreed.Time, confirmed.Time
		return r, err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	if err != nil {
		return r, fmt.Errorf("reading the review of file %d: %w", file, err)
	}
	return r, nil
}
