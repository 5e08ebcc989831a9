package grant

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/work"
)

// newest stands for an application not yet filed: every other one was filed before it.
const newest ApplicationID = math.MaxInt64

const applicationColumns = `a.id, a.file_id, coalesce(f.number, ''), f.state, f.head_name, a.org_path, o.name, a.terms_id,
	p.code, p.name_zh, p.name_en, a.purpose, a.cause, a.reason, a.facts, a.ceiling_fen, a.amount_fen, a.window_fen, a.tier,
	a.state, coalesce(a.step, ''), a.waiting_at, a.round, coalesce(a.account_id, 0), a.group_id, a.committee_id,
	coalesce(a.card_id, 0), a.entered_by, s.name, a.entered_at, a.decided_at`

const fromApplication = ` FROM grant_application a JOIN grant_terms t ON t.id = a.terms_id
	JOIN grant_programme p ON p.id = t.programme_id JOIN casefile_file f ON f.id = a.file_id
	JOIN staff_org o ON o.id = a.org_id JOIN staff_member s ON s.id = a.entered_by `

// scanApplication reads one row of applicationColumns.
func scanApplication(row pgx.CollectableRow) (Application, error) {
	var a Application
	var decided *time.Time
	err := row.Scan(&a.ID, &a.File, &a.FileNumber, &a.FileState, &a.HeadName, &a.OrgPath, &a.Office, &a.TermsID,
		&a.Programme.Code, &a.Programme.NameZh, &a.Programme.NameEn, &a.Purpose, &a.Cause, &a.Reason, &a.Facts, &a.Ceiling, &a.Amount,
		&a.WindowSum, &a.Tier, &a.State, &a.Step, &a.WaitingAt, &a.Round, &a.Account, &a.GroupID, &a.CommitteeID,
		&a.Card, &a.EnteredBy, &a.EnteredName, &a.EnteredAt, &decided)
	if decided != nil {
		a.DecidedAt = *decided
	}
	return a, err
}

// find reads one application within the scope.
func find(ctx context.Context, q work.Querier, scope work.Scope, id ApplicationID) (Application, error) {
	rows, err := q.Query(ctx, `
		-- grant.find
		SELECT `+applicationColumns+fromApplication+`WHERE a.id = @id AND a.org_path LIKE @scope`,
		pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Application{}, err
	}
	a, err := pgx.CollectExactlyOneRow(rows, scanApplication)
	if errors.Is(err, pgx.ErrNoRows) {
		return Application{}, work.ErrNotFound
	}
	return a, err
}

// insertApplication files a; the database fills in the office, and puts who enters it on the gathering side.
func insertApplication(ctx context.Context, u *work.Unit, a Application) (ApplicationID, error) {
	var id ApplicationID
	err := u.QueryRow(ctx, `
		-- grant.insertApplication
		INSERT INTO grant_application (file_id, org_id, org_path, terms_id, purpose, cause, reason, facts, ceiling_fen, amount_fen,
			window_fen, tier, state, step, waiting_at, round, group_id, committee_id, entered_by, entered_at)
		SELECT f.id, f.org_id, f.org_path, @terms, @purpose, @cause, @reason, @facts, @ceiling, @amount,
			@window, @tier, @state, @step, @now, 1, @group, @committee, @by, @now
		FROM casefile_file f WHERE f.id = @file RETURNING id`,
		pgx.NamedArgs{
			"file": a.File, "terms": a.TermsID, "purpose": a.Purpose, "cause": a.Cause, "reason": a.Reason, "facts": a.Facts,
			"ceiling": a.Ceiling, "amount": a.Amount, "window": a.WindowSum, "tier": a.Tier, "state": a.State, "step": a.Step,
			"group": a.GroupID, "committee": a.CommitteeID, "by": u.By.StaffID, "now": u.Now,
		}).Scan(&id)
	return id, err
}

// rewrite replaces what was asked, on a correction, and puts who corrects it on the gathering side.
func rewrite(ctx context.Context, u *work.Unit, is Application) error {
	return u.ChangeOne(ctx, `
		-- grant.rewrite
		UPDATE grant_application SET reason = @reason, facts = @facts, ceiling_fen = @ceiling, amount_fen = @amount,
			window_fen = @window, revised_by = @by
		WHERE id = @id AND state = 'returned'`,
		pgx.NamedArgs{"id": is.ID, "reason": is.Reason, "facts": is.Facts, "ceiling": is.Ceiling, "amount": is.Amount,
			"window": is.WindowSum, "by": u.By.StaffID})
}

// advance is the only statement that writes grant_application.state. It writes what the act changed, if the row still
// stands where the act began (work.ErrStale), and leaves the audit entry with what else there is to say.
func advance(ctx context.Context, u *work.Unit, act Act, was, is Application, also ...work.Change) error {
	if is.State != was.State || is.Step != was.Step {
		is.WaitingAt = u.Now
	}
	err := u.ChangeOne(ctx, `
		-- grant.advance
		UPDATE grant_application SET state = @state, step = nullif(@step, ''), waiting_at = @waiting, round = @round,
			amount_fen = @amount, window_fen = @window, tier = @tier, account_id = nullif(@account::bigint, 0),
			card_id = nullif(@card::bigint, 0), decided_at = CASE WHEN @ends THEN @now::timestamptz END
		WHERE id = @id AND state = @was_state AND coalesce(step, '') = @was_step AND round = @was_round`,
		pgx.NamedArgs{
			"id": was.ID, "was_state": was.State, "was_step": was.Step, "was_round": was.Round,
			"state": is.State, "step": is.Step, "waiting": is.WaitingAt, "round": is.Round, "amount": is.Amount,
			"window": is.WindowSum, "tier": is.Tier, "account": is.Account, "card": is.Card, "ends": is.State.End(), "now": u.Now,
		})
	if err != nil {
		return err
	}
	return u.Audit(ctx, work.Entry{Act: "grant." + string(act), Kind: "application", ID: int64(was.ID), FileID: was.File,
		Changes: append(differences(was, is), also...)})
}

// differences lists what an act changed, for the audit trail.
func differences(was, is Application) []work.Change {
	var changes []work.Change
	note := func(field string, before, after any) {
		if before != after {
			changes = append(changes, work.Change{Field: field, Before: before, After: after})
		}
	}
	note("state", was.State, is.State)
	note("step", was.Step, is.Step)
	note("round", was.Round, is.Round)
	note("amount_fen", was.Amount, is.Amount)
	note("window_fen", was.WindowSum, is.WindowSum)
	note("tier", was.Tier, is.Tier)
	note("account", was.Account, is.Account)
	note("card", was.Card, is.Card)
	return changes
}

// listClaims reads the household's applications for the cause that were filed before the one given, and those filed
// after it that were approved first, the oldest first. Those of the file that the household was split off from, up to the
// split, and of the files that were merged into its own are the household's too (casefile_kin).
func listClaims(ctx context.Context, q work.Querier, file work.FileID, cause casefile.Cause, before ApplicationID) ([]Claim, error) {
	rows, err := q.Query(ctx, `
		-- grant.listClaims
		SELECT a.id, a.entered_at, a.amount_fen, a.state
		FROM casefile_kin(@file) k JOIN grant_application a ON a.file_id = k.file_id AND a.entered_at <= k.until
		WHERE a.cause = @cause AND (a.id < @before OR a.id > @before AND a.state = 'approved'
			AND a.decided_at <= coalesce((SELECT decided_at FROM grant_application WHERE id = @before), 'infinity'))
		ORDER BY a.id`,
		pgx.NamedArgs{"file": file, "cause": cause, "before": before})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Claim, error) {
		var c Claim
		var at time.Time
		err := row.Scan(&c.ID, &at, &c.Amount, &c.State)
		c.On = day.On(at)
		return c, err
	})
}
