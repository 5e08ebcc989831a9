package move

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/casefile"
	"bangfu/internal/idcard"
	"bangfu/internal/work"
)

// columns lists the columns of a Move, in the order in which scanMove reads them.
const columns = `m.id, m.kind, m.file_id, coalesce(f.number, ''), f.head_name, f.people, coalesce(f.category, ''), f.registered_by,
	f.org_path LIKE @scope, m.from_org, (SELECT name FROM staff_org WHERE id = m.from_org), coalesce(m.to_org, 0),
	coalesce((SELECT name FROM staff_org WHERE id = m.to_org), ''), m.from_path LIKE @scope,
	coalesce(m.to_path LIKE @scope, false), coalesce(m.other_id, 0), coalesce(x.number, ''), coalesce(x.head_name, ''),
	coalesce(x.org_path LIKE @scope, false), m.state, m.why, m.reason, coalesce(m.evidence_id, 0), m.people, m.relations, m.before,
	coalesce(m.after, 0), coalesce(m.other_after, 0), m.handed, m.asked_by,
	(SELECT name FROM staff_member WHERE id = m.asked_by), m.asked_at, coalesce(m.decided_by, 0),
	coalesce((SELECT name FROM staff_member WHERE id = m.decided_by), ''),
	m.decided_at, coalesce(m.opinion, ''), coalesce((SELECT name FROM staff_member WHERE id = m.received_by), ''), m.received_at, coalesce(m.answer, '')`

// fromMove joins the two files alone. Names are read one by one: with eight tables in a row the server thinks about their order for
// twenty times as long as it reads.
const fromMove = ` FROM move_move m
	JOIN casefile_file f ON f.id = m.file_id
	LEFT JOIN casefile_file x ON x.id = m.other_id `

// scanMove reads one row of columns, and masks the heads of the files outside the scope.
func scanMove(row pgx.CollectableRow) (Move, error) {
	var m Move
	var decided, received pgtype.Timestamptz
	var handed []byte
	var goes []int64
	err := row.Scan(&m.ID, &m.Kind, &m.FileID, &m.Number, &m.HeadName, &m.People, &m.Category, &m.Registrar, &m.Within, &m.FromOrg, &m.From,
		&m.ToOrg, &m.To, &m.Giving, &m.Receiving, &m.Other, &m.OtherNumber, &m.OtherHead, &m.OtherWithin, &m.State, &m.Why, &m.Reason,
		&m.Evidence, &goes, &m.Relations, &m.Before, &m.After, &m.OtherAfter, &handed, &m.AskedBy, &m.Asker, &m.AskedAt, &m.DecidedBy,
		&m.Decider, &decided, &m.Opinion, &m.Receiver, &received, &m.Answer)
	if err != nil {
		return m, err
	}
	m.DecidedAt, m.ReceivedAt = decided.Time, received.Time
	for _, id := range goes {
		m.Goes = append(m.Goes, casefile.PersonID(id))
	}
	if !m.Within {
		m.HeadName = idcard.MaskName(m.HeadName)
	}
	if !m.OtherWithin {
		m.OtherHead = idcard.MaskName(m.OtherHead)
	}
	if handed != nil {
		if err := json.Unmarshal(handed, &m.Handed); err != nil {
			return m, fmt.Errorf("reading the hand-over list of move %d: %w", m.ID, err)
		}
	}
	return m, nil
}

// readMoves reads moves that fit a condition of the program's own, the newest first.
func readMoves(ctx context.Context, q work.Querier, scope work.Scope, where string, args map[string]any, limit int) ([]Move, error) {
	all := pgx.NamedArgs{"scope": scope, "limit": limit}
	maps.Copy(all, args)
	rows, err := q.Query(ctx, `
		-- move.readMoves
		SELECT `+columns+fromMove+`WHERE `+where+` ORDER BY m.id DESC LIMIT @limit`, all)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanMove)
}

// countMoves counts the moves that fit a condition of the program's own, up to Bound+1.
func countMoves(ctx context.Context, q work.Querier, scope work.Scope, where string) (n int, err error) {
	err = q.QueryRow(ctx, `
		-- move.countMoves
		SELECT count(*) FROM (SELECT FROM move_move m WHERE `+where+` LIMIT @bound + 1) w`,
		pgx.NamedArgs{"scope": scope, "bound": Bound}).Scan(&n)
	return n, err
}

// insert writes a request; the database fills in the giving office and the place of the receiving one.
func insert(ctx context.Context, u *work.Unit, m Move) (ID, error) {
	goes := make([]int64, len(m.Goes))
	for i, id := range m.Goes {
		goes[i] = int64(id)
	}
	relations := m.Relations
	if relations == nil {
		relations = []string{}
	}
	var id ID
	err := u.Within(ctx, func(u *work.Unit) error {
		return u.QueryRow(ctx, `
			-- move.insert
			INSERT INTO move_move (kind, file_id, from_org, from_path, to_org, other_id, state, why, reason, evidence_id, people, relations,
				before, asked_by, asked_at)
			VALUES (@kind, @file, 0, '', nullif(@to, 0), nullif(@other, 0), 'asked', @why, @reason, nullif(@evidence, 0), @people, @relations,
				@before, @by, @now) RETURNING id`,
			pgx.NamedArgs{"kind": string(m.Kind), "file": m.FileID, "to": int64(m.ToOrg), "other": int64(m.Other), "why": string(m.Why),
				"reason": m.Reason, "evidence": int64(m.Evidence), "people": goes, "relations": relations, "before": m.Before,
				"by": u.By.StaffID, "now": u.Now}).Scan(&id)
	})
	return id, err
}

// begin marks a move as the one that this transaction carries out.
func begin(ctx context.Context, u *work.Unit, m Move) error {
	return u.ChangeOne(ctx, `
		-- move.begin
		UPDATE move_move SET carried_in = pg_current_xact_id() WHERE id = @id AND state = @state`,
		pgx.NamedArgs{"id": m.ID, "state": string(m.State)})
}

// advance is the only statement that writes move_move.state. Each act leaves its person and its time.
func advance(ctx context.Context, u *work.Unit, m Move, act Act, to State) error {
	var handed []byte
	if m.Handed != nil {
		var err error
		if handed, err = json.Marshal(m.Handed); err != nil {
			return fmt.Errorf("encoding the hand-over list of move %d: %w", m.ID, err)
		}
	}
	return u.Within(ctx, func(u *work.Unit) error {
		return u.ChangeOne(ctx, `
			-- move.advance
			UPDATE move_move SET state = @to, other_id = nullif(@other, 0), after = nullif(@after, 0), other_after = nullif(@other_after, 0),
				handed = @handed, opinion = nullif(@opinion, ''), answer = nullif(@answer, ''),
				decided_by = CASE WHEN @act IN ('agree', 'reject') THEN @by ELSE decided_by END,
				decided_at = CASE WHEN @act IN ('agree', 'reject') THEN @now ELSE decided_at END,
				received_by = CASE WHEN @act IN ('receive', 'refuse') THEN @by ELSE received_by END,
				received_at = CASE WHEN @act IN ('receive', 'refuse') THEN @now::timestamptz ELSE received_at END
			WHERE id = @id AND state = @from`,
			pgx.NamedArgs{"id": m.ID, "from": string(m.State), "to": string(to), "act": string(act), "other": int64(m.Other), "after": m.After,
				"other_after": m.OtherAfter, "handed": handed, "opinion": m.Opinion, "answer": m.Answer, "by": u.By.StaffID, "now": u.Now})
	})
}
