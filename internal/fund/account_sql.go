package fund

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// columns reads an account with its pots; joined lateral, so that a list costs one statement.
const columns = `a.id, a.org_id, a.org_path, o.name, a.source, a.purpose, a.year, p.received, p.available, p.reserved, p.paid
		FROM fund_account a JOIN staff_org o ON o.id = a.org_id
		JOIN LATERAL (SELECT -sum(balance_fen) FILTER (WHERE pot = 'outside')::bigint AS received,
		                     sum(balance_fen) FILTER (WHERE pot = 'available')::bigint AS available,
		                     sum(balance_fen) FILTER (WHERE pot = 'reserved')::bigint AS reserved,
		                     sum(balance_fen) FILTER (WHERE pot = 'paid')::bigint AS paid
		              FROM fund_pot WHERE account_id = a.id) p ON true`

func scanAccount(row pgx.CollectableRow) (Account, error) {
	var a Account
	err := row.Scan(&a.ID, &a.OrgID, &a.OrgPath, &a.Office, &a.Source, &a.Purpose, &a.Year,
		&a.Received, &a.Available, &a.Reserved, &a.Paid)
	return a, err
}

// Find gives one account of the scope, or work.ErrNotFound.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id AccountID) (Account, error) {
	rows, err := q.Query(ctx, `
		-- fund.Find
		SELECT `+columns+`
		WHERE a.id = @id AND a.org_path LIKE @scope`,
		pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Account{}, fmt.Errorf("finding account %d: %w", id, err)
	}
	a, err := pgx.CollectExactlyOneRow(rows, scanAccount)
	if errors.Is(err, pgx.ErrNoRows) {
		return Account{}, fmt.Errorf("account %d: %w", id, work.ErrNotFound)
	}
	if err != nil {
		return Account{}, fmt.Errorf("finding account %d: %w", id, err)
	}
	return a, nil
}

// Choices lists the accounts of the scope that serve the purpose in the year, the fullest first: what an approval can
// draw on.
func Choices(ctx context.Context, q work.Querier, scope work.Scope, purpose Purpose, year int) ([]Account, error) {
	rows, err := q.Query(ctx, `
		-- fund.Choices
		SELECT `+columns+`
		WHERE a.org_path LIKE @scope AND a.purpose = @purpose AND a.year = @year
		ORDER BY p.available DESC, a.id LIMIT 200`,
		pgx.NamedArgs{"scope": scope, "purpose": purpose, "year": year})
	if err != nil {
		return nil, fmt.Errorf("listing accounts to draw on: %w", err)
	}
	accounts, err := pgx.CollectRows(rows, scanAccount)
	if err != nil {
		return nil, fmt.Errorf("listing accounts to draw on: %w", err)
	}
	return accounts, nil
}

// Filter chooses accounts for a list; After is the last account of the page before, zero for the first page.
type Filter struct {
	Year    int
	Purpose Purpose // "" = all
	After   AccountID
}

// List gives up to limit accounts of the scope, office by office. Ask for one more than is shown to know whether
// more follow.
func List(ctx context.Context, q work.Querier, scope work.Scope, f Filter, limit int) ([]Account, error) {
	rows, err := q.Query(ctx, `
		-- fund.List
		SELECT `+columns+`
		WHERE a.org_path LIKE @scope AND a.year = @year AND (@purpose = '' OR a.purpose = @purpose)
		  AND (@after = 0 OR (a.org_path, a.id) > (SELECT f.org_path, f.id FROM fund_account f WHERE f.id = @after))
		ORDER BY a.org_path, a.id LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "year": f.Year, "purpose": f.Purpose, "after": int64(f.After), "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("listing accounts: %w", err)
	}
	accounts, err := pgx.CollectRows(rows, scanAccount)
	if err != nil {
		return nil, fmt.Errorf("listing accounts: %w", err)
	}
	return accounts, nil
}

// Total is what a list holds altogether.
type Total struct {
	Count int
	Balances
}

// Sum counts and adds what the filter chooses in the scope, whatever page is shown.
func Sum(ctx context.Context, q work.Querier, scope work.Scope, f Filter) (Total, error) {
	var t Total
	err := q.QueryRow(ctx, `
		-- fund.Sum
		SELECT count(*) FILTER (WHERE p.pot = 'outside'),
		       coalesce(-sum(p.balance_fen) FILTER (WHERE p.pot = 'outside'), 0)::bigint,
		       coalesce(sum(p.balance_fen) FILTER (WHERE p.pot = 'available'), 0)::bigint,
		       coalesce(sum(p.balance_fen) FILTER (WHERE p.pot = 'reserved'), 0)::bigint,
		       coalesce(sum(p.balance_fen) FILTER (WHERE p.pot = 'paid'), 0)::bigint
		FROM fund_account a JOIN fund_pot p ON p.account_id = a.id
		WHERE a.org_path LIKE @scope AND a.year = @year AND (@purpose = '' OR a.purpose = @purpose)`,
		pgx.NamedArgs{"scope": scope, "year": f.Year, "purpose": f.Purpose}).
		Scan(&t.Count, &t.Received, &t.Available, &t.Reserved, &t.Paid)
	if err != nil {
		return Total{}, fmt.Errorf("adding up accounts: %w", err)
	}
	return t, nil
}

// Years lists the years for which the scope has accounts, the latest first.
func Years(ctx context.Context, q work.Querier, scope work.Scope) ([]int, error) {
	rows, err := q.Query(ctx, `
		-- fund.Years
		SELECT DISTINCT year FROM fund_account WHERE org_path LIKE @scope ORDER BY year DESC`,
		pgx.NamedArgs{"scope": scope})
	if err != nil {
		return nil, fmt.Errorf("listing the years of accounts: %w", err)
	}
	years, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		return nil, fmt.Errorf("listing the years of accounts: %w", err)
	}
	return years, nil
}

func insertAccount(ctx context.Context, u *work.Unit, source Source, purpose Purpose, year int) (AccountID, error) {
	var id AccountID
	err := u.QueryRow(ctx, `
		-- fund.insertAccount
		INSERT INTO fund_account (org_id, org_path, source, purpose, year, opened_by, opened_at)
		VALUES (@org, '', @source, @purpose, @year, @by, @now) RETURNING id`,
		pgx.NamedArgs{"org": u.By.OrgID, "source": source, "purpose": purpose, "year": year, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	return id, err
}
