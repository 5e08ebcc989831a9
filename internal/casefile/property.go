package casefile

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Property is what a household has, and the other conditions that keep one off the register (domain.md d.4). They are
// asked once, in the registration, and weighed when the file is judged.
type Property struct {
	Homes   int                     `json:"homes"`   // homes that belong to the household
	Metres  int                     `json:"home_m2"` // their certified floor area together, in square metres
	Savings money.Amount            `json:"savings_fen"`
	Ticked  []eligibility.Exclusion `json:"ticked"` // the other conditions that hold
	Note    string                  `json:"note"`
}

// SaveProperty writes what the household has. Two homes need their floor area, since a small one may not exclude.
func SaveProperty(ctx context.Context, u *work.Unit, id work.FileID, seen int, p Property) error {
	return saving(ctx, u, id, PropertySection, seen, func(f File) ([]work.Change, error) {
		if p.Homes >= 2 && p.Metres == 0 {
			return nil, work.Refuse("casefile.refusal.home_metres").On("metres")
		}
		for i, e := range p.Ticked {
			if e == eligibility.TwoHomes || !slices.Contains(eligibility.Exclusions, e) || slices.Contains(p.Ticked[:i], e) {
				return nil, fmt.Errorf("no such condition: %q", e)
			}
		}
		return []work.Change{{Field: "homes", After: p.Homes}, {Field: "conditions", After: p.Ticked}}, putProperty(ctx, u, id, p)
	})
}

// PropertyOf reads what the household said it has; nil when it was not asked.
func PropertyOf(ctx context.Context, q work.Querier, id work.FileID) (*Property, error) {
	all, err := readProperty(ctx, q, one(id))
	if err != nil {
		return nil, fmt.Errorf("reading the property of file %d: %w", id, err)
	}
	return only(all[id]), nil
}

// readProperty reads what households said they have.
func readProperty(ctx context.Context, q work.Querier, of whose) (map[work.FileID][]Property, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readProperty
		SELECT file_id, homes, home_m2, savings_fen, ticked, note FROM casefile_property WHERE file_id `+of.is, of.args())
	if err != nil {
		return nil, err
	}
	return byFile(rows, func(row pgx.CollectableRow) (Property, error) {
		var p Property
		err := row.Scan(&p.Homes, &p.Metres, &p.Savings, &p.Ticked, &p.Note)
		return p, err
	})
}

// putProperty writes the household's property.
func putProperty(ctx context.Context, u *work.Unit, id work.FileID, p Property) error {
	ticked := make([]string, len(p.Ticked))
	for i, e := range p.Ticked {
		ticked[i] = string(e)
	}
	_, err := u.Exec(ctx, `
		-- casefile.putProperty
		INSERT INTO casefile_property (file_id, homes, home_m2, savings_fen, ticked, note)
		VALUES (@id, @homes, @metres, @savings, @ticked, @note)
		ON CONFLICT (file_id) DO UPDATE SET homes = excluded.homes, home_m2 = excluded.home_m2, savings_fen = excluded.savings_fen,
			ticked = excluded.ticked, note = excluded.note`,
		pgx.NamedArgs{"id": id, "homes": p.Homes, "metres": p.Metres, "savings": int64(p.Savings), "ticked": ticked, "note": p.Note})
	return err
}

// compareProperty lists what two states of a file say differently of property.
func compareProperty(a, b *Property) []Difference {
	if a == nil {
		a = &Property{}
	}
	if b == nil {
		b = &Property{}
	}
	var all []Difference
	say := func(label words.Key, before, after any) {
		all = told(all, Difference{Part: PropertySection, Label: label, Before: before, After: after})
	}
	say("casefile.homes", a.Homes, b.Homes)
	say("casefile.home_metres", a.Metres, b.Metres)
	say("casefile.savings", a.Savings, b.Savings)
	for _, e := range eligibility.Exclusions[1:] {
		say(e.Key(), yesNo(slices.Contains(a.Ticked, e)), yesNo(slices.Contains(b.Ticked, e)))
	}
	say("casefile.property_note", a.Note, b.Note)
	return all
}

// yesNo is the word for a condition that holds or does not.
func yesNo(holds bool) words.Key {
	if holds {
		return "common.yes"
	}
	return "common.no"
}
