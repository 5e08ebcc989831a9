package ledger

import (
	"bangfu/internal/casefile"
	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// householdContext binds the index of a household's number to its column.
const householdContext = "ledger_row.household"

// above is what stood further up in the same sheet: in which row.
type above struct {
	people     map[string]int // by index of the person
	households map[string]int // by index of the household's number
}

// compare notes what the household says twice, and finds it known when an earlier import took all of it.
func (f *family) compare(keys *seal.Keys, up above, claims map[idcard.Number]casefile.Claim, imported map[work.FileID]bool) {
	if f.key != "" {
		index := string(keys.Index(f.key, householdContext))
		if row, ok := up.households[index]; ok {
			f.lines[0].fail(Household, "ledger.fault.apart", row)
		}
		up.households[index] = f.lines[0].Row
	}
	known := work.FileID(0)
	all := true
	for i := range f.lines {
		l := &f.lines[i]
		if l.Person.Number == "" {
			all = false
			continue
		}
		index := string(casefile.PersonIndex(keys, l.Person.Number))
		if row, ok := up.people[index]; ok {
			l.fail(IDNumber, "ledger.fault.twice", row)
		} else {
			up.people[index] = l.Row
		}
		claim, claimed := claims[l.Person.Number]
		all = all && claimed && imported[claim.FileID] && (known == 0 || known == claim.FileID)
		known = claim.FileID
	}
	if all && !f.wrong() {
		f.file, f.verdicts = known, make([]Verdict, len(f.lines))
		for i := range f.verdicts {
			f.verdicts[i] = Known
		}
		return
	}
	for i := range f.lines {
		if claim, ok := claims[f.lines[i].Person.Number]; ok && f.lines[i].Person.Number != "" {
			f.lines[i].fail(IDNumber, "ledger.fault.elsewhere", claim.Office, claim.Head, claim.Phone)
		}
	}
}

// wrong tells whether any row of the household has a fault.
func (f *family) wrong() bool {
	for _, l := range f.lines {
		if len(l.Faults) > 0 {
			return true
		}
	}
	return false
}

// forget takes back what compare and judge found, so that they can look anew.
func (f *family) forget() {
	f.file, f.verdicts = 0, nil
	for i := range f.lines {
		kept := f.lines[i].Faults[:0]
		for _, fault := range f.lines[i].Faults {
			switch fault.Key {
			case "ledger.fault.apart", "ledger.fault.twice", "ledger.fault.elsewhere", "ledger.fault.held":
			default:
				kept = append(kept, fault)
			}
		}
		f.lines[i].Faults = kept
	}
}
