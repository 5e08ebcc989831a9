package retention

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/casefile"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// HoldID names a row of retention_hold.
type HoldID int64

// HoldKind says why a file is kept beyond its term.
type HoldKind string

// The kinds of holds.
const (
	Litigation HoldKind = "litigation"
	Audit      HoldKind = "audit"
	Inspection HoldKind = "inspection"
)

// HoldKinds lists all kinds.
var HoldKinds = []HoldKind{Litigation, Audit, Inspection}

// Key gives the word of the kind.
func (k HoldKind) Key() words.Key { return words.Key("retention.hold_kind." + string(k)) }

// Hold keeps a file from being destroyed until somebody else lifts it.
type Hold struct {
	ID        HoldID
	FileID    work.FileID
	Number    string // of the file
	HeadName  string
	OrgName   string
	Kind      HoldKind
	Reason    string
	PlacedBy  work.StaffID
	Placer    string
	PlacedAt  time.Time
	Lifter    string // empty = not lifted
	LiftedAt  time.Time
	LiftedWhy string
}

// Lifted tells whether the hold is over.
func (h Hold) Lifted() bool { return !h.LiftedAt.IsZero() }

// MayLift tells whether the person may lift the hold: anybody with the capability but who placed it.
func (h Hold) MayLift(by work.Actor) bool { return !h.Lifted() && h.PlacedBy != by.StaffID }

// Place puts a hold on a file, whatever its state, with a reason. One of each kind at a time.
func Place(ctx context.Context, u *work.Unit, file work.FileID, kind HoldKind, reason string) (HoldID, error) {
	if _, err := casefile.Find(ctx, u, u.By.Scope, file); err != nil {
		return 0, err
	}
	var id HoldID
	err := u.Within(ctx, func(u *work.Unit) error {
		return u.QueryRow(ctx, `
			-- retention.Place
			INSERT INTO retention_hold (file_id, kind, reason, placed_by, placed_at) VALUES (@file, @kind, @reason, @by, @now) RETURNING id`,
			pgx.NamedArgs{"file": file, "kind": string(kind), "reason": reason, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	})
	if work.Violated(err) == "retention_hold_once" {
		return 0, work.Refuse("retention.refusal.held_already", kind).On("kind")
	}
	if err != nil {
		return 0, fmt.Errorf("placing a hold on file %d: %w", file, err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "retention.hold", Kind: "hold", ID: int64(id), FileID: file,
		Changes: []work.Change{{Field: "kind", After: kind}, {Field: "reason", After: reason}}})
}

// Lift ends a hold, by somebody else than who placed it, with a reason.
func Lift(ctx context.Context, u *work.Unit, id HoldID, why string) error {
	h, err := FindHold(ctx, u, u.By.Scope, id)
	switch {
	case err != nil:
		return err
	case h.Lifted():
		return work.Refuse("retention.refusal.lifted")
	case !h.MayLift(u.By):
		return work.Refuse("retention.refusal.own_hold")
	}
	if err := u.ChangeOne(ctx, `
		-- retention.Lift
		UPDATE retention_hold SET lifted_by = @by, lifted_at = @now, lifted_why = @why WHERE id = @id AND lifted_at IS NULL`,
		pgx.NamedArgs{"id": id, "by": u.By.StaffID, "now": u.Now, "why": why}); err != nil {
		return fmt.Errorf("lifting hold %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "retention.lift", Kind: "hold", ID: int64(id), FileID: h.FileID,
		Changes: []work.Change{{Field: "kind", Before: h.Kind}, {Field: "reason", After: why}}})
}

const holdColumns = `h.id, h.file_id, coalesce(f.number, ''), f.head_name, o.name, h.kind, h.reason, h.placed_by, p.name, h.placed_at,
	coalesce(l.name, ''), h.lifted_at, coalesce(h.lifted_why, '')
	FROM retention_hold h JOIN casefile_file f ON f.id = h.file_id JOIN staff_org o ON o.id = f.org_id
	JOIN staff_member p ON p.id = h.placed_by LEFT JOIN staff_member l ON l.id = h.lifted_by`

func scanHold(row pgx.CollectableRow) (Hold, error) {
	var h Hold
	var lifted pgtype.Timestamptz
	err := row.Scan(&h.ID, &h.FileID, &h.Number, &h.HeadName, &h.OrgName, &h.Kind, &h.Reason, &h.PlacedBy, &h.Placer, &h.PlacedAt,
		&h.Lifter, &lifted, &h.LiftedWhy)
	h.LiftedAt = lifted.Time
	return h, err
}

// FindHold gives a hold, or work.ErrNotFound when there is none or its file lies outside the scope.
func FindHold(ctx context.Context, q work.Querier, scope work.Scope, id HoldID) (Hold, error) {
	rows, err := q.Query(ctx, `
		-- retention.FindHold
		SELECT `+holdColumns+` WHERE h.id = @id AND f.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Hold{}, fmt.Errorf("finding hold %d: %w", id, err)
	}
	h, err := pgx.CollectExactlyOneRow(rows, scanHold)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	if err != nil {
		return h, fmt.Errorf("finding hold %d: %w", id, err)
	}
	return h, nil
}

// HoldsOf lists the holds of a file within the scope, the newest first, lifted ones too.
func HoldsOf(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) ([]Hold, error) {
	rows, err := q.Query(ctx, `
		-- retention.HoldsOf
		SELECT `+holdColumns+` WHERE h.file_id = @file AND f.org_path LIKE @scope ORDER BY h.id DESC`,
		pgx.NamedArgs{"file": file, "scope": scope})
	if err != nil {
		return nil, fmt.Errorf("listing the holds of file %d: %w", file, err)
	}
	all, err := pgx.CollectRows(rows, scanHold)
	if err != nil {
		return nil, fmt.Errorf("listing the holds of file %d: %w", file, err)
	}
	return all, nil
}

// Holds lists one page of the holds in force within the scope, the newest first, below an id (zero: from the top).
func Holds(ctx context.Context, q work.Querier, scope work.Scope, below HoldID, size int) ([]Hold, HoldID, error) {
	rows, err := q.Query(ctx, `
		-- retention.Holds
		SELECT `+holdColumns+` WHERE h.lifted_at IS NULL AND f.org_path LIKE @scope AND (@below::bigint = 0 OR h.id < @below)
		ORDER BY h.id DESC LIMIT @limit`, pgx.NamedArgs{"scope": scope, "below": below, "limit": size + 1})
	if err != nil {
		return nil, 0, fmt.Errorf("listing holds: %w", err)
	}
	all, err := pgx.CollectRows(rows, scanHold)
	if err != nil {
		return nil, 0, fmt.Errorf("listing holds: %w", err)
	}
	if len(all) <= size {
		return all, 0, nil
	}
	return all[:size], all[size-1].ID, nil
}
