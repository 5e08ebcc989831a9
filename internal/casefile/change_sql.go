package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/work"
)

// putChange inserts a change. A second one of the same kind that is not decided yet is refused ("casefile_change_one").
func putChange(ctx context.Context, u *work.Unit, c Change, sealed []byte) (ChangeID, error) {
	told, err := json.Marshal(c.Told)
	if err != nil {
		return 0, err
	}
	var id ChangeID
	err = u.Within(ctx, func(u *work.Unit) error {
		return u.QueryRow(ctx, `
			-- casefile.putChange
			INSERT INTO casefile_change (file_id, kind, state, second, reason, typed, told, evidence_id, before, asked_by, asked_at)
			VALUES (@file, @kind, 'asked', @second, @reason, @typed, @told, nullif(@evidence, 0), @before, @by, @now) RETURNING id`,
			pgx.NamedArgs{"file": c.FileID, "kind": string(c.Kind), "second": c.Second, "reason": c.Reason,
				"typed": sealed, "told": told, "evidence": int64(c.Evidence), "before": c.Before, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	})
	return id, err
}

// beginChange marks an undecided change as the one that this transaction carries out.
func beginChange(ctx context.Context, u *work.Unit, id ChangeID) error {
	return u.ChangeOne(ctx, `
		-- casefile.beginChange
		UPDATE casefile_change SET carried_in = pg_current_xact_id() WHERE id = @id AND state = 'asked'`, pgx.NamedArgs{"id": id})
}

// endChange ends an undecided change: one that was carried out with the version it made, any other without. Who decides is
// the actor, but for a change that needs nobody.
func endChange(ctx context.Context, u *work.Unit, c Change, to ChangeState) error {
	return u.ChangeOne(ctx, `
		-- casefile.endChange
		UPDATE casefile_change SET state = @to, after = nullif(@after, 0), note = nullif(@note, ''),
			decided_by = CASE WHEN second THEN @by::bigint END, decided_at = CASE WHEN second THEN @now::timestamptz END
		WHERE id = @id AND state = 'asked'`,
		pgx.NamedArgs{"id": c.ID, "to": string(to), "after": c.After, "note": c.Note, "by": u.By.StaffID, "now": u.Now})
}

// carrying tells whether a change of the kind is being carried out in this very unit; no other unit ever sees one.
func carrying(ctx context.Context, u *work.Unit, id work.FileID, kind ChangeKind) (bool, error) {
	var found bool
	err := u.QueryRow(ctx, `
		-- casefile.carrying
		SELECT EXISTS (SELECT FROM casefile_change WHERE file_id = @id AND kind = @kind AND state = 'asked'
			AND carried_in = pg_current_xact_id())`,
		pgx.NamedArgs{"id": id, "kind": string(kind)}).Scan(&found)
	return found, err
}

// markWeigh notes that what decides the category changed, or that somebody looked at it since.
func markWeigh(ctx context.Context, u *work.Unit, id work.FileID, open bool) error {
	return u.ChangeOne(ctx, `
		-- casefile.markWeigh
		UPDATE casefile_file SET weigh_since = CASE WHEN @open THEN coalesce(weigh_since, @now::timestamptz) END WHERE id = @id`,
		pgx.NamedArgs{"id": id, "open": open, "now": u.Now})
}

const changeColumns = `c.id, c.file_id, c.kind, c.state, c.second, c.reason, c.told, coalesce(c.evidence_id, 0), c.before, coalesce(c.after, 0),
	c.asked_by, a.name, c.asked_at, coalesce(d.name, ''), c.decided_at, coalesce(c.note, ''), f.head_name, o.name, c.typed`

const fromChange = ` FROM casefile_change c JOIN casefile_file f ON f.id = c.file_id JOIN staff_org o ON o.id = f.org_id
	JOIN staff_member a ON a.id = c.asked_by LEFT JOIN staff_member d ON d.id = c.decided_by `

func scanChange(row pgx.CollectableRow) (Change, error) {
	var c Change
	var decided pgtype.Timestamptz
	var told []byte
	err := row.Scan(&c.ID, &c.FileID, &c.Kind, &c.State, &c.Second, &c.Reason, &told, &c.Evidence, &c.Before, &c.After,
		&c.AskedBy, &c.AskedName, &c.AskedAt, &c.Decided, &decided, &c.Note, &c.HeadName, &c.Office, &c.sealed)
	if err != nil {
		return c, err
	}
	c.DecidedAt = decided.Time
	return c, json.Unmarshal(told, &c.Told)
}

// FindChange gives one change of a file within the scope, or work.ErrNotFound.
func FindChange(ctx context.Context, q work.Querier, scope work.Scope, change ChangeID) (Change, error) {
	rows, err := q.Query(ctx, `
		-- casefile.FindChange
		SELECT `+changeColumns+fromChange+`WHERE c.id = @id AND f.org_path LIKE @scope`,
		pgx.NamedArgs{"id": change, "scope": scope})
	if err != nil {
		return Change{}, fmt.Errorf("finding change %d: %w", change, err)
	}
	c, err := pgx.CollectExactlyOneRow(rows, scanChange)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	if err != nil {
		return Change{}, fmt.Errorf("finding change %d: %w", change, err)
	}
	return c, nil
}

// ChangesOf lists the changes of a file, the newest first, at most so many.
func ChangesOf(ctx context.Context, q work.Querier, id work.FileID, most int) ([]Change, error) {
	rows, err := q.Query(ctx, `
		-- casefile.ChangesOf
		SELECT `+changeColumns+fromChange+`WHERE c.file_id = @id ORDER BY c.id DESC LIMIT @most`, pgx.NamedArgs{"id": id, "most": most})
	if err != nil {
		return nil, fmt.Errorf("listing the changes of file %d: %w", id, err)
	}
	return pgx.CollectRows(rows, scanChange)
}

// ChangeList names one list of changes.
type ChangeList string

// The lists of changes.
const (
	ChangesWaiting ChangeList = "waiting" // for a second person
	ChangesMine    ChangeList = "mine"    // that the reader asked for
	ChangesWeigh   ChangeList = "weigh"   // files to be judged again
)

// ChangeLists lists them in the order of the page.
var ChangeLists = []ChangeList{ChangesWaiting, ChangesMine, ChangesWeigh}

// ListChanges gives one page of changes below an id, the newest first, and one more than size when there are more.
func ListChanges(ctx context.Context, q work.Querier, by work.Actor, list ChangeList, below ChangeID, size int) ([]Change, error) {
	where := `c.state = 'asked' AND f.org_path LIKE @scope`
	if list == ChangesMine {
		where = `c.asked_by = @by AND f.org_path LIKE @scope`
	}
	rows, err := q.Query(ctx, `
		-- casefile.ListChanges
		SELECT `+changeColumns+fromChange+`WHERE `+where+` AND (@below::bigint = 0 OR c.id < @below) ORDER BY c.id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": by.Scope, "by": by.StaffID, "below": int64(below), "limit": size + 1})
	if err != nil {
		return nil, fmt.Errorf("listing changes: %w", err)
	}
	return pgx.CollectRows(rows, scanChange)
}

// CountChanges counts the changes that wait for the reader as the second person, at most so many and one: those that
// somebody else asked for, of households for which the reader neither gathered nor pays.
func CountChanges(ctx context.Context, q work.Querier, by work.Actor, most int) (int, error) {
	var n int
	err := q.QueryRow(ctx, `
		-- casefile.CountChanges
		SELECT count(*) FROM (SELECT FROM casefile_change c JOIN casefile_file f ON f.id = c.file_id
			WHERE c.state = 'asked' AND c.asked_by <> @by AND f.org_path LIKE @scope
				AND NOT EXISTS (SELECT FROM casefile_duty d WHERE d.file_id = c.file_id AND d.staff_id = @by AND d.side <> 'decide') LIMIT @most) w`,
		pgx.NamedArgs{"scope": by.Scope, "by": by.StaffID, "most": most + 1}).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("counting changes: %w", err)
	}
	return n, nil
}
