package casefile

import (
	"slices"

	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// recognise gives each of the members the id of the row that holds the same person: the one with the same ID number, or else
// the one whose id was given and whose number is corrected. An id that is none of these is dropped. Nobody is there twice,
// and nobody is the head.
func recognise(keys *seal.Keys, before, members []Person) error {
	taken := map[PersonID]bool{}
	same := make([]PersonID, len(members))
	for i, m := range members {
		if slices.ContainsFunc(members[:i], func(o Person) bool { return o.Number == m.Number }) {
			return work.Refuse("casefile.refusal.twice", m.Name)
		}
		index := keys.Index(string(m.Number), numberContext)
		for _, b := range before {
			switch {
			case !slices.Equal(b.NumberIndex, index):
			case b.Relation == Head:
				return work.Refuse("casefile.refusal.head_again", m.Name)
			default:
				same[i], taken[b.ID] = b.ID, true
			}
		}
	}
	for i, m := range members {
		named := slices.ContainsFunc(before, func(b Person) bool { return b.ID == m.ID && b.Relation != Head })
		if same[i] == 0 && named && !taken[m.ID] {
			same[i], taken[m.ID] = m.ID, true
		}
		members[i].ID = same[i]
	}
	return nil
}

// renumbered tells for the trail which of the numbers of a person are another now, masked before and after. before are the
// rows that the household had; who was not among them has no numbers to change.
func renumbered(keys *seal.Keys, before []Person, p Person) ([]work.Change, error) {
	at := slices.IndexFunc(before, func(b Person) bool { return b.ID == p.ID })
	if p.ID == 0 || at < 0 {
		return nil, nil
	}
	old := before[at]
	if err := old.Reveal(keys); err != nil {
		return nil, err
	}
	var changes []work.Change
	for _, n := range []struct{ field, was, is, before, after string }{
		{"id_number", string(old.Number), string(p.Number), old.Number.Masked(), p.Number.Masked()},
		{"phone", old.Phone, p.Phone, idcard.MaskPhone(old.Phone), idcard.MaskPhone(p.Phone)},
		{"contact", old.Contact, p.Contact, idcard.MaskPhone(old.Contact), idcard.MaskPhone(p.Contact)},
	} {
		if n.was != n.is {
			changes = append(changes, work.Change{Field: n.field, Before: n.before, After: n.after})
		}
	}
	return changes, nil
}
