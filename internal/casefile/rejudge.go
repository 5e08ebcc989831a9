package casefile

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/eligibility"
	"bangfu/internal/work"
)

// Rejudge judges an active file anew, after its household changed or in a review, and keeps the judgement. A household
// that still qualifies stays on file, in the category that now fits; one that does not is refused with the way to leave:
// nobody falls off the register by a computation (PIPL 24). The judge is of the deciding side.
func Rejudge(ctx context.Context, u *work.Unit, id work.FileID, listed bool) (eligibility.Verdict, error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return eligibility.Verdict{}, err
	}
	if f.State != Active {
		return eligibility.Verdict{}, work.Refuse("casefile.refusal.recategorise", f.State)
	}
	if f.RegisteredBy == u.By.StaffID {
		return eligibility.Verdict{}, work.Refuse("casefile.refusal.own")
	}
	if err := deciding(ctx, u, id); err != nil {
		return eligibility.Verdict{}, err
	}
	last, err := LastJudgement(ctx, u, id)
	if err != nil {
		return eligibility.Verdict{}, err
	}
	// What was ruled on a condition against the file stands, as long as the condition does.
	ruling := Ruling{Listed: listed, Kind: last.Ruling.Kind, Reason: last.Ruling.Reason}
	weighed, err := Weigh(ctx, u, f, u.Today(), ruling)
	if err != nil {
		return weighed.Verdict, fmt.Errorf("judging file %d anew: %w", id, err)
	}
	if len(weighed.Exclusions) == 0 {
		ruling = Ruling{Listed: listed}
	}
	if refusal := ruling.fits(weighed.Exclusions); refusal != nil {
		return weighed.Verdict, refusal
	}
	verdict := weighed.Verdict
	if !verdict.Qualifies() {
		return verdict, work.Refuse("casefile.refusal.no_category")
	}
	if err := putJudgement(ctx, u, f, weighed, ruling); err != nil {
		return verdict, fmt.Errorf("judging file %d anew: %w", id, worded(err))
	}
	if err := markWeigh(ctx, u, id, false); err != nil {
		return verdict, fmt.Errorf("judging file %d anew: %w", id, err)
	}
	if err := setCategory(ctx, u, id, verdict.Category); err != nil {
		return verdict, fmt.Errorf("judging file %d anew: %w", id, err)
	}
	if _, err := Keep(ctx, u, id, "casefile.rejudge"); err != nil {
		return verdict, err
	}
	return verdict, u.Audit(ctx, work.Entry{Act: "casefile.rejudge", Kind: "file", ID: int64(id), FileID: id,
		Changes: []work.Change{{Field: "category", Before: f.Category, After: verdict.Category}}})
}

// Recategorise judges an active file anew, after a review that found its category changed. It is refused when the category
// stays, or when the household does not qualify any more: then an exit is proposed. A listed event stays one.
func Recategorise(ctx context.Context, u *work.Unit, id work.FileID) error {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	last, err := LastJudgement(ctx, u, id)
	if err != nil {
		return err
	}
	verdict, err := Rejudge(ctx, u, id, last.Verdict.Facts.Listed)
	if err == nil && verdict.Category == f.Category {
		return work.Refuse("casefile.refusal.same_category", f.Category)
	}
	return err
}

// setCategory writes the category of an active file.
func setCategory(ctx context.Context, u *work.Unit, id work.FileID, category eligibility.Category) error {
	return u.ChangeOne(ctx, `
		-- casefile.setCategory
		UPDATE casefile_file SET category = @category, version = version + 1 WHERE id = @id AND state = 'active'`,
		pgx.NamedArgs{"id": id, "category": string(category)})
}

// ListWeigh gives one page of the active files whose household changed in what decides the category, below an id, and one
// more than size when there are more.
func ListWeigh(ctx context.Context, q work.Querier, scope work.Scope, below work.FileID, size int) ([]File, error) {
	rows, err := q.Query(ctx, `
		-- casefile.ListWeigh
		SELECT `+cover+fromFile+`
		WHERE f.weigh_since IS NOT NULL AND f.state = 'active' AND f.org_path LIKE @scope AND (@below::bigint = 0 OR f.id < @below)
		ORDER BY f.id DESC LIMIT @limit`, pgx.NamedArgs{"scope": scope, "below": below, "limit": size + 1})
	if err != nil {
		return nil, fmt.Errorf("listing files to be judged again: %w", err)
	}
	return pgx.CollectRows(rows, scanFile)
}

// WeighSince tells since when files wait to be judged again, for the few that a page shows: the caller has found them within
// its scope.
func WeighSince(ctx context.Context, q work.Querier, files []work.FileID) (map[work.FileID]time.Time, error) {
	rows, err := q.Query(ctx, `
		-- casefile.WeighSince
		SELECT id, weigh_since FROM casefile_file WHERE id = ANY(@files) AND weigh_since IS NOT NULL`, pgx.NamedArgs{"files": files})
	if err != nil {
		return nil, fmt.Errorf("asking since when files are to be judged again: %w", err)
	}
	since, err := timesByFile(rows)
	if err != nil {
		return nil, fmt.Errorf("asking since when files are to be judged again: %w", err)
	}
	return since, nil
}
