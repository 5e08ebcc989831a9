package grant

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// FindCase gives an application with everything its rules look at, as it stands for the person now; work.ErrNotFound
// when there is none in the person's scope.
func FindCase(ctx context.Context, q work.Querier, by work.Actor, on day.Date, id ApplicationID) (Case, error) {
	c, err := findCase(ctx, q, by, on, id)
	if err != nil {
		return Case{}, fmt.Errorf("finding application %d: %w", id, err)
	}
	return c, nil
}

func findCase(ctx context.Context, q work.Querier, by work.Actor, on day.Date, id ApplicationID) (c Case, err error) {
	if c.Application, err = find(ctx, q, by.Scope, id); err != nil {
		return c, err
	}
	if c.Terms, err = findTerms(ctx, q, c.TermsID); err != nil {
		return c, err
	}
	if c.Decisions, err = listDecisions(ctx, q, id); err != nil {
		return c, err
	}
	bodies, err := findBodies(ctx, q, on, c.GroupID, c.CommitteeID)
	if err != nil {
		return c, err
	}
	c.Group, c.Committee = bodies[0], bodies[1]
	if c.Side, err = casefile.DutyOf(ctx, q, c.File, by.StaffID); err != nil {
		return c, err
	}
	earlier, err := listClaims(ctx, q, c.File, c.Cause, id)
	if err != nil {
		return c, err
	}
	c.Window, err = windowOf(c.Amount, c.FiledOn(), c.Terms.Months, earlier)
	return c, err
}

// OnPaper gives what the approval form of an application says, whoever reads it: the application, and its decisions of all
// rounds in order; work.ErrNotFound when there is none in the scope.
func OnPaper(ctx context.Context, q work.Querier, scope work.Scope, id ApplicationID) (Application, []Decision, error) {
	a, err := find(ctx, q, scope, id)
	if err != nil {
		return a, nil, fmt.Errorf("finding application %d: %w", id, err)
	}
	made, err := listDecisions(ctx, q, id)
	return a, made, err
}

// lockCase locks the household and then reads the case, so that nothing it says changes until the unit ends.
func lockCase(ctx context.Context, u *work.Unit, id ApplicationID) (Case, error) {
	var file work.FileID
	err := u.QueryRow(ctx, `
		-- grant.lockCase
		SELECT file_id FROM grant_application WHERE id = @id AND org_path LIKE @scope`,
		pgx.NamedArgs{"id": id, "scope": u.By.Scope}).Scan(&file)
	if errors.Is(err, pgx.ErrNoRows) {
		return Case{}, work.ErrNotFound
	}
	if err != nil {
		return Case{}, err
	}
	if err := casefile.Lock(ctx, u, file); err != nil {
		return Case{}, err
	}
	return findCase(ctx, u, u.By, u.Today(), id)
}

// insertDecision adds one row to the record of decisions. The database refuses a second voice, a person who is not of
// the body or is on another side of the case, and a round that is over.
func insertDecision(ctx context.Context, u *work.Unit, c Case, step Step, verdict Verdict, opinion string, amount money.Amount) error {
	_, err := u.Exec(ctx, `
		-- grant.insertDecision
		INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
		VALUES (@id, @round, @step, @verdict, @opinion, @amount, @by, @now)`,
		pgx.NamedArgs{"id": c.ID, "round": c.Round, "step": step, "verdict": verdict, "opinion": opinion, "amount": amount,
			"by": u.By.StaffID, "now": u.Now})
	return err
}

// listDecisions reads all decisions on an application in the order in which they were made.
func listDecisions(ctx context.Context, q work.Querier, id ApplicationID) ([]Decision, error) {
	rows, err := q.Query(ctx, `
		-- grant.listDecisions
		SELECT d.round, d.step, d.verdict, d.opinion, d.amount_fen, d.staff_id, s.name, d.decided_at
		FROM grant_decision d JOIN staff_member s ON s.id = d.staff_id WHERE d.application_id = @id ORDER BY d.id`,
		pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Decision])
}
