package payment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/money"
	"bangfu/internal/work"
)

// payableColumns reads a payable with what may hold it. @reader is the person for whom it is read.
const payableColumns = `p.id, p.application_id, p.file_id, coalesce(f.number, ''), f.head_name, p.org_path, o.name, g.name_zh, g.name_en,
		a.id, a.org_id, a.org_path, a.source, a.purpose, a.year,
		p.amount_fen, p.card_id, coalesce(c.id, 0), p.state, p.attempt, p.reason, p.created_at,
		f.state = 'active', notice_finished(p.file_id), coalesce(d.side <> 'pay', false)`

const payableTables = `payment_payable p
		JOIN casefile_file f ON f.id = p.file_id
		JOIN staff_org o ON o.id = p.org_id
		JOIN fund_account a ON a.id = p.account_id
		JOIN grant_application ga ON ga.id = p.application_id
		JOIN grant_terms t ON t.id = ga.terms_id
		JOIN grant_programme g ON g.id = t.programme_id
		LEFT JOIN casefile_card c ON c.file_id = p.file_id AND c.state = 'current'
		LEFT JOIN casefile_duty d ON d.file_id = p.file_id AND d.staff_id = @reader`

// fields are where the columns go.
func (p *Payable) fields() []any {
	return []any{&p.ID, &p.Grant, &p.File, &p.FileNumber, &p.HeadName, &p.OrgPath, &p.Office, &p.ProgrammeZh, &p.ProgrammeEn,
		&p.Account.ID, &p.Account.OrgID, &p.Account.OrgPath, &p.Account.Source, &p.Account.Purpose, &p.Account.Year,
		&p.Amount, &p.Card, &p.CurrentCard, &p.State, &p.Attempt, &p.Reason, &p.CreatedAt,
		&p.FileActive, &p.NoticeFinished, &p.OtherSide}
}

func scanPayable(row pgx.CollectableRow) (Payable, error) {
	var p Payable
	return p, row.Scan(p.fields()...)
}

// read runs one statement that reads payables for the person, within the person's scope.
func read(ctx context.Context, q work.Querier, by work.Actor, sql string, args pgx.NamedArgs) ([]Payable, error) {
	args["scope"], args["reader"] = by.Scope, by.StaffID
	rows, err := q.Query(ctx, sql, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanPayable)
}

// Find gives one payable as the person sees it, or work.ErrNotFound.
func Find(ctx context.Context, q work.Querier, by work.Actor, id PayableID) (Payable, error) {
	found, err := read(ctx, q, by, `
		-- payment.Find
		SELECT `+payableColumns+` FROM `+payableTables+`
		WHERE p.id = @id AND p.org_path LIKE @scope`, pgx.NamedArgs{"id": id})
	if err == nil && len(found) == 0 {
		err = work.ErrNotFound
	}
	if err != nil {
		return Payable{}, fmt.Errorf("finding payable %d: %w", id, err)
	}
	return found[0], nil
}

// FindSome gives the payables among the ids that the person sees, in order of id.
func FindSome(ctx context.Context, q work.Querier, by work.Actor, ids []PayableID) ([]Payable, error) {
	found, err := read(ctx, q, by, `
		-- payment.FindSome
		SELECT `+payableColumns+` FROM `+payableTables+`
		WHERE p.id = ANY (@ids) AND p.org_path LIKE @scope ORDER BY p.id`, pgx.NamedArgs{"ids": ids})
	if err != nil {
		return nil, fmt.Errorf("finding payables: %w", err)
	}
	return found, nil
}

// OfFile lists the payables of a household, the newest first.
func OfFile(ctx context.Context, q work.Querier, by work.Actor, file work.FileID) ([]Payable, error) {
	found, err := read(ctx, q, by, `
		-- payment.OfFile
		SELECT `+payableColumns+` FROM `+payableTables+`
		WHERE p.file_id = @file AND p.org_path LIKE @scope ORDER BY p.id DESC LIMIT 100`, pgx.NamedArgs{"file": file})
	if err != nil {
		return nil, fmt.Errorf("listing the payables of file %d: %w", file, err)
	}
	return found, nil
}

// List gives up to limit payables in the state, the oldest first; after is the last one of the page before, zero for
// the first page.
func List(ctx context.Context, q work.Querier, by work.Actor, state State, after PayableID, limit int) ([]Payable, error) {
	found, err := read(ctx, q, by, `
		-- payment.List
		SELECT `+payableColumns+` FROM `+payableTables+`
		WHERE p.state = @state AND p.org_path LIKE @scope AND p.id > @after ORDER BY p.id LIMIT @limit`,
		pgx.NamedArgs{"state": state, "after": after, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("listing payables: %w", err)
	}
	return found, nil
}

// Bound is up to where lists are counted and added up; beyond it a count says nothing to a person and costs time.
const Bound = 10_000

// Total is how many payables a list holds and what they come to.
type Total struct {
	Count  int
	Amount money.Amount
	More   bool // there are more than Bound; Count and Amount stop there
}

// Sums counts and adds the payables of each state in the scope, up to Bound each.
func Sums(ctx context.Context, q work.Querier, scope work.Scope) (map[State]Total, error) {
	rows, err := q.Query(ctx, `
		-- payment.Sums
		SELECT s.state, count(l.amount_fen), coalesce(sum(l.amount_fen), 0)::bigint
		FROM unnest(@states::text[]) s (state) LEFT JOIN LATERAL (
			SELECT p.amount_fen FROM payment_payable p WHERE p.state = s.state AND p.org_path LIKE @scope LIMIT @bound + 1) l ON true
		GROUP BY s.state`,
		pgx.NamedArgs{"states": States, "scope": scope, "bound": Bound})
	if err != nil {
		return nil, fmt.Errorf("adding up payables: %w", err)
	}
	sums := map[State]Total{}
	var state State
	var t Total
	_, err = pgx.ForEachRow(rows, []any{&state, &t.Count, &t.Amount}, func() error {
		t.More = t.Count > Bound
		sums[state] = t
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("adding up payables: %w", err)
	}
	return sums, nil
}

// Decision is one act of finance on a payable, or its revocation by the deciding side.
type Decision struct {
	Act    Act
	Reason string
	By     string
	At     time.Time
}

func insertPayable(ctx context.Context, u *work.Unit, d Due) (PayableID, error) {
	var id PayableID
	err := u.QueryRow(ctx, `
		-- payment.insertPayable
		INSERT INTO payment_payable (application_id, file_id, org_id, org_path, account_id, amount_fen, card_id, state, created_at)
		SELECT @grant, f.id, f.org_id, f.org_path, @account, @amount, @card, 'ready', @now FROM casefile_file f WHERE f.id = @file
		RETURNING id`,
		pgx.NamedArgs{"grant": d.Grant, "file": d.File, "account": d.Account, "amount": int64(d.Amount), "card": d.Card, "now": u.Now}).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, work.ErrNotFound
	}
	return id, err
}

// lockPayables takes the payables for the rest of the unit, in order of id.
func lockPayables(ctx context.Context, u *work.Unit, ids []PayableID) error {
	_, err := u.Exec(ctx, `
		-- payment.lockPayables
		SELECT FROM payment_payable WHERE id = ANY (@ids) ORDER BY id FOR UPDATE`, pgx.NamedArgs{"ids": ids})
	return err
}

// insertAct writes what finance did; the database puts the person on the paying side of the case.
func insertAct(ctx context.Context, u *work.Unit, id PayableID, act Act, reason string) error {
	_, err := u.Exec(ctx, `
		-- payment.insertAct
		INSERT INTO payment_refusal (payable_id, act, reason, staff_id, at) VALUES (@id, @act, @reason, @by, @now)`,
		pgx.NamedArgs{"id": id, "act": act, "reason": reason, "by": u.By.StaffID, "now": u.Now})
	return err
}

// change is the only statement that writes a payable, one at a time. changeAll in batch_sql.go writes those of a batch.
func change(ctx context.Context, u *work.Unit, was, is Payable) error {
	return u.ChangeOne(ctx, `
		-- payment.change
		UPDATE payment_payable SET state = @to, attempt = @attempt, card_id = @card, reason = @reason
		WHERE id = @id AND state = @from AND attempt = @was`,
		pgx.NamedArgs{"id": was.ID, "from": was.State, "was": was.Attempt, "to": is.State, "attempt": is.Attempt,
			"card": is.Card, "reason": is.Reason})
}

// Decisions lists what people did to a payable that the caller has found in its scope, the newest first.
func Decisions(ctx context.Context, q work.Querier, p Payable) ([]Decision, error) {
	rows, err := q.Query(ctx, `
		-- payment.Decisions
		SELECT r.act, r.reason, m.name, r.at
		FROM (SELECT 'revoke' AS act, v.reason, v.staff_id, v.at, 'infinity'::float8 AS place FROM payment_revocation v WHERE v.payable_id = @id
			UNION ALL SELECT f.act, f.reason, f.staff_id, f.at, f.id FROM payment_refusal f WHERE f.payable_id = @id) r
		JOIN staff_member m ON m.id = r.staff_id ORDER BY r.place DESC LIMIT 100`, pgx.NamedArgs{"id": p.ID})
	if err != nil {
		return nil, fmt.Errorf("listing what was decided on payable %d: %w", p.ID, err)
	}
	decisions, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Decision])
	if err != nil {
		return nil, fmt.Errorf("listing what was decided on payable %d: %w", p.ID, err)
	}
	return decisions, nil
}

// Try is one line that a payable had in a batch.
type Try struct {
	Batch     BatchID
	Number    string // of the batch
	Reference string
	Attempt   int
	State     LineState
	Reason    string
	MadeAt    time.Time
}

// Tries lists the lines that a payable had, the newest first. The caller has found it in its scope.
func Tries(ctx context.Context, q work.Querier, p Payable) ([]Try, error) {
	rows, err := q.Query(ctx, `
		-- payment.Tries
		SELECT b.id, b.number, l.reference, l.attempt, l.state, l.reason, b.made_at
		FROM payment_line l JOIN payment_batch b ON b.id = l.batch_id
		WHERE l.payable_id = @id ORDER BY l.id DESC LIMIT 100`, pgx.NamedArgs{"id": p.ID})
	if err != nil {
		return nil, fmt.Errorf("listing the lines of payable %d: %w", p.ID, err)
	}
	tries, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Try])
	if err != nil {
		return nil, fmt.Errorf("listing the lines of payable %d: %w", p.ID, err)
	}
	return tries, nil
}
