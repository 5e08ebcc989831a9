package casefile

import (
	"context"
	"fmt"
	"slices"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// Intake is one household as an older ledger tells it: enough to open a file, never enough to skip the visit, the
// judgement and the notice (domain.md c.1).
type Intake struct {
	Housing   Housing
	Causes    []Cause // at most four, the main one first
	People    []Person
	OldNumber string   // the number of the file in the older ledger, at most 60 characters; "" = none
	Card      *NewCard // the head's, filled (NewCard.Fill); nil = none
	Until     day.Date // the last day of the twelve months that Figures are of
	Figures   []IntakeFigure
}

// IntakeFigure is one figure of the twelve months.
type IntakeFigure struct {
	Person int // whose it is, as a place in Intake.People; below zero: the household's
	Side   Side
	Kind   Kind
	Amount money.Amount
}

// Fits tells whether the form has a line for the figure: a known kind, of one person only where the kind can be one
// person's.
func (f IntakeFigure) Fits() bool {
	return slices.Contains(Kinds[f.Side], f.Kind) && f.Amount >= 0 && (f.Person < 0 || f.Kind.Personal(f.Side))
}

// TakeIn opens one registration for each household at the actor's own office, in the given order. Each person must be
// checked already and each household have exactly one head. Sections stay untouched: a caseworker looks at what came in
// before it counts as filled in, the card and the figures too; the card of a registration needs no second person (SaveCard). A
// person of another open file is refused by the database ("casefile_one_open_file") and
// with it the whole unit; ClaimsOf says beforehand who is in one. The caller writes the audit entries (AuditMany).
func TakeIn(ctx context.Context, u *work.Unit, keys *seal.Keys, households []Intake) ([]work.FileID, error) {
	if len(households) == 0 {
		return nil, nil
	}
	ids, err := drawFiles(ctx, u, len(households))
	if err != nil {
		return nil, fmt.Errorf("drawing ids of %d files: %w", len(households), err)
	}
	if err := insertIntakes(ctx, u, ids, households); err != nil {
		return nil, fmt.Errorf("opening %d registrations: %w", len(households), err)
	}
	if err := insertPeople(ctx, u, keys, ids, households); err != nil {
		return nil, fmt.Errorf("writing the people of %d registrations: %w", len(households), err)
	}
	if err := insertCards(ctx, u, keys, ids, households); err != nil {
		return nil, fmt.Errorf("writing the cards of %d registrations: %w", len(households), err)
	}
	if err := insertFigures(ctx, u, keys, ids, households); err != nil {
		return nil, fmt.Errorf("writing the figures of %d registrations: %w", len(households), err)
	}
	return ids, nil
}

// ClaimsOf gives, for those of the people who are in an open file anywhere in the tree, where that file lies.
func ClaimsOf(ctx context.Context, q work.Querier, keys *seal.Keys, numbers []idcard.Number) (map[idcard.Number]Claim, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	claims, err := readClaims(ctx, q, keys, numbers)
	if err != nil {
		return nil, fmt.Errorf("looking for the open files of %d people: %w", len(numbers), err)
	}
	return claims, nil
}

// PersonIndex is the keyed index by which a person is found without the number: the same in every table.
func PersonIndex(keys *seal.Keys, number idcard.Number) []byte {
	return keys.Index(string(number), numberContext)
}

// TakeBack takes those of the registrations of an import back that nobody has touched since they came in: still drafts, no
// section saved or typed into, no paper added, and nothing else done about them either. Nothing that was read in is left of
// them, and no list, search or page finds them; the trail names them. It answers with those it took back, each with its audit
// entry; the others stay as they are. A draft that somebody typed and discarded is kept as every file that ended (Discard).
func TakeBack(ctx context.Context, u *work.Unit, ids []work.FileID, reason string) ([]work.FileID, error) {
	gone, err := takeBack(ctx, u, ids, reason)
	if err != nil {
		return nil, fmt.Errorf("taking back %d registrations: %w", len(ids), err)
	}
	entries := make([]work.Entry, len(gone))
	for i, id := range gone {
		entries[i] = work.Entry{Act: "casefile." + string(ActDiscard), Kind: "file", ID: int64(id), FileID: id, Changes: []work.Change{
			{Field: "state", Before: Draft, After: Discarded}, {Field: "reason", After: reason}}}
	}
	return gone, u.AuditMany(ctx, entries)
}
