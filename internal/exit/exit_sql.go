package exit

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/casefile"
	"bangfu/internal/work"
)

// cover lists the columns of an Exit, in the order in which scanExit reads them.
const cover = `e.id, e.file_id, coalesce(f.number, ''), f.head_name, o.name, o.phone, coalesce(f.category, ''), f.registered_by,
	e.reason, e.state, e.grounds, e.happened_on, coalesce(e.other_number, ''), coalesce(e.aid, ''), ` + ruleColumns + `,
	e.proposed_by, p.name, e.proposed_at, coalesce(e.opinion, ''), coalesce(a.name, ''), e.assessed_at,
	e.posted_on, coalesce(e.posted_where, ''), e.told_on, coalesce(e.told_how, ''), coalesce(e.told_whom, ''), coalesce(t.name, ''),
	coalesce(c.name, ''), e.closed_at`

const fromExit = ` FROM exit_exit e
	JOIN casefile_file f ON f.id = e.file_id
	JOIN staff_org o ON o.id = f.org_id
	JOIN exit_rule r ON r.from_on = e.rule_on
	JOIN staff_member p ON p.id = e.proposed_by
	LEFT JOIN staff_member a ON a.id = e.assessed_by
	LEFT JOIN staff_member t ON t.id = e.told_by
	LEFT JOIN staff_member c ON c.id = e.closed_by `

func scanExit(row pgx.CollectableRow) (Exit, error) {
	var e Exit
	var assessed, closed pgtype.Timestamptz
	err := row.Scan(&e.ID, &e.FileID, &e.Number, &e.HeadName, &e.OrgName, &e.OrgPhone, &e.Category, &e.Registrar,
		&e.Reason, &e.State, &e.Grounds, &e.HappenedOn, &e.OtherNumber, &e.Aid,
		&e.Rule.From, &e.Rule.Months, &e.Rule.Percent, &e.Rule.PostedDays, &e.Rule.Callbacks, &e.Rule.Source,
		&e.ProposedBy, &e.Proposer, &e.ProposedAt, &e.Opinion, &e.Assessor, &assessed,
		&e.PostedOn, &e.PostedWhere, &e.ToldOn, &e.ToldHow, &e.ToldWhom, &e.ToldBy, &e.Closer, &closed)
	e.AssessedAt, e.ClosedAt = assessed.Time, closed.Time
	return e, err
}

func find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Exit, error) {
	rows, err := q.Query(ctx, `
		-- exit.find
		SELECT `+cover+fromExit+`WHERE e.id = @id AND f.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Exit{}, err
	}
	e, err := pgx.CollectExactlyOneRow(rows, scanExit)
	if errors.Is(err, pgx.ErrNoRows) {
		return e, work.ErrNotFound
	}
	return e, err
}

func ofFile(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) ([]Exit, error) {
	rows, err := q.Query(ctx, `
		-- exit.ofFile
		SELECT `+cover+fromExit+`WHERE e.file_id = @file AND f.org_path LIKE @scope ORDER BY e.id DESC`,
		pgx.NamedArgs{"file": file, "scope": scope})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanExit)
}

// insert writes a proposal with all that it rests on.
func insert(ctx context.Context, u *work.Unit, f casefile.File, rule Rule, p Proposal) (ID, error) {
	var id ID
	err := u.QueryRow(ctx, `
		-- exit.insert
		INSERT INTO exit_exit (file_id, org_path, reason, state, grounds, happened_on, other_number, aid, rule_on, proposed_by, proposed_at)
		VALUES (@file, '', @reason, 'proposed', @grounds, @happened, nullif(@other, ''), nullif(@aid, ''), @rule, @by, @now) RETURNING id`,
		pgx.NamedArgs{"file": f.ID, "reason": p.Reason, "grounds": p.Grounds, "happened": p.HappenedOn, "other": p.OtherNumber,
			"aid": p.Aid, "rule": rule.From, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	if err != nil {
		return 0, err
	}
	batch := &pgx.Batch{}
	for _, paper := range p.Papers {
		batch.Queue(`
			-- exit.insert paper
			INSERT INTO exit_paper (exit_id, evidence_id) VALUES (@id, @paper)`, pgx.NamedArgs{"id": id, "paper": paper})
	}
	for _, m := range p.Months {
		batch.Queue(`
			-- exit.insert month
			INSERT INTO exit_month (exit_id, month, people, income_fen, line_id) VALUES (@id, @month, @people, @fen, @line)`,
			pgx.NamedArgs{"id": id, "month": m.First, "people": m.People, "fen": int64(m.Income), "line": m.Line.ID})
	}
	for _, s := range p.Guarantees {
		batch.Queue(`
			-- exit.insert guarantee
			INSERT INTO exit_guarantee (exit_id, guarantee, needed, note, evidence_id) VALUES (@id, @guarantee, @needed, @note, nullif(@paper, 0))`,
			pgx.NamedArgs{"id": id, "guarantee": string(s.Guarantee), "needed": s.Needed, "note": s.Note, "paper": int64(s.Paper)})
	}
	for _, c := range p.Claims {
		batch.Queue(`
			-- exit.insert claim
			INSERT INTO exit_claim (exit_id, payable_id, claim_fen) VALUES (@id, @payable, @fen)`,
			pgx.NamedArgs{"id": id, "payable": c.Payable, "fen": int64(c.Amount)})
	}
	return id, u.SendBatch(ctx, batch).Close()
}

// advance is the only statement that writes exit_exit.state. Each act leaves its person and its day, and leaves what other
// acts wrote as it is: posting and telling may come at the same moment.
func advance(ctx context.Context, u *work.Unit, e Exit, act Act, to State) error {
	return u.ChangeOne(ctx, `
		-- exit.advance
		UPDATE exit_exit SET
			state = @to,
			opinion = CASE WHEN @assesses THEN nullif(@opinion, '') ELSE opinion END,
			assessed_by = CASE WHEN @assesses THEN @by ELSE assessed_by END,
			assessed_at = CASE WHEN @assesses THEN @now ELSE assessed_at END,
			posted_on = CASE WHEN @act = 'post' THEN @posted_on::date ELSE posted_on END,
			posted_where = CASE WHEN @act = 'post' THEN @posted_where ELSE posted_where END,
			posted_by = CASE WHEN @act = 'post' THEN @by ELSE posted_by END,
			told_on = CASE WHEN @act = 'tell' THEN @told_on::date ELSE told_on END,
			told_how = CASE WHEN @act = 'tell' THEN @told_how ELSE told_how END,
			told_whom = CASE WHEN @act = 'tell' THEN @told_whom ELSE told_whom END,
			told_by = CASE WHEN @act = 'tell' THEN @by ELSE told_by END,
			told_at = CASE WHEN @act = 'tell' THEN @now ELSE told_at END,
			closed_by = CASE WHEN @act = 'close' THEN @by ELSE closed_by END,
			closed_at = CASE WHEN @act = 'close' THEN @now::timestamptz ELSE closed_at END
		WHERE id = @id AND state = ANY(@from)`,
		pgx.NamedArgs{
			"id": e.ID, "to": string(to), "from": []string{string(e.State)}, "act": string(act), "by": u.By.StaffID, "now": u.Now,
			"assesses": act == ActAgree || act == ActRefuse || act == ActRevoke, "opinion": e.Opinion,
			"posted_on": e.PostedOn, "posted_where": e.PostedWhere,
			"told_on": e.ToldOn, "told_how": string(e.ToldHow), "told_whom": e.ToldWhom,
		})
}

// deferFile lets the database wait for the end of the unit before it asks for the closed file: the exit is closed first.
func deferFile(ctx context.Context, u *work.Unit) error {
	_, err := u.Exec(ctx, `
		-- exit.deferFile
		SET CONSTRAINTS exit_with_file DEFERRED`)
	return err
}

// owedNothing lets the database ask now whether the closed file is owed nothing any more: finance may have taken a refusal
// back a moment ago.
func owedNothing(ctx context.Context, u *work.Unit) error {
	_, err := u.Exec(ctx, `
		-- exit.owedNothing
		SET CONSTRAINTS payment_left_open IMMEDIATE`)
	return err
}

// numberKnown tells whether some file has the number, wherever it lies; nothing else of it is read.
func numberKnown(ctx context.Context, q work.Querier, number string) (bool, error) {
	var known bool
	err := q.QueryRow(ctx, `
		-- exit.numberKnown
		SELECT EXISTS (SELECT FROM casefile_file f WHERE f.number = @number)`, pgx.NamedArgs{"number": number}).Scan(&known)
	return known, err
}
