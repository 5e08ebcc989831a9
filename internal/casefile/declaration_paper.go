package casefile

import (
	"context"

	"bangfu/internal/day"
	"bangfu/internal/seal"
	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Printed is the paper on which the declaration is signed.
func (k DeclarationKind) Printed() PrintKind { return PrintKind("declaration_" + k) }

// Title gives the heading of that paper.
func (k DeclarationKind) Title() words.Key { return k.Printed().Key() }

// clausesOf is the number of clauses of each wording; that of the comparison stands with the comparisons, which know what is asked
// of whom. Another wording is another DeclarationText.
var clausesOf = map[DeclarationKind]int{Truth: 5, Notice: 5, Sensitive: 6, Guardian: 5}

// Clauses lists what is declared, clause by clause; empty for the comparison.
func (k DeclarationKind) Clauses() []words.Key {
	clauses := make([]words.Key, clausesOf[k])
	for i := range clauses {
		clauses[i] = words.Key("casefile.text." + string(k) + "." + string(rune('1'+i)))
	}
	return clauses
}

// Signer is one line of such a paper: whose declaration it is, and whether a guardian signs for him or her.
type Signer struct {
	Person
	Guarded bool
}

// Signers lists whose declaration it is on a day. That all is true, and that it may be posted, is said by the head; to the
// comparison and to sensitive data each grown member of the household agrees, and a guardian for each under eighteen (PIPL 29, 31);
// the guardian's is for the children under fourteen.
func (k DeclarationKind) Signers(people []Person, on day.Date) []Signer {
	var all []Signer
	for _, p := range people {
		switch k {
		case Truth, Notice:
			if p.Relation == Head {
				all = append(all, Signer{Person: p})
			}
		case Guardian:
			if p.Child(on) {
				all = append(all, Signer{p, true})
			}
		default:
			all = append(all, Signer{p, p.Minor(on)})
		}
	}
	return all
}

// ToSign gives what the paper of a declaration bears of its record, and the lines of those whose declaration it is: as of the day of
// the print with the code, or without one as of today. The numbers are revealed, to be shown masked.
func ToSign(ctx context.Context, q work.Querier, keys *seal.Keys, by work.Actor, paper Paper, code string, id work.FileID, kind DeclarationKind,
	today day.Date) (Trace, []Signer, error) {
	t, err := paper.Trace(ctx, q, by, code, id, 0)
	if err != nil {
		return t, nil, err
	}
	if !t.At.IsZero() {
		today = day.On(t.At)
	}
	people, err := People(ctx, q, keys, id)
	return t, kind.Signers(people, today), err
}

// PaperNumber is what a paper of the file bears for a number: its own, or before it has one its place in the register.
func (f File) PaperNumber(ctx context.Context) string {
	if f.Number != "" {
		return f.Number
	}
	return words.T(ctx, "casefile.denied.number", int64(f.ID))
}

// NewDeclarationPaper makes the paper of a declaration that is shown at an address. Every household signs each of them but the
// guardian's.
func NewDeclarationPaper(kind DeclarationKind, path func(work.FileID) string) Paper {
	return Paper{Kind: kind.Printed(), Need: staff.CapFileRead, Every: kind != Guardian,
		Path: func(file work.FileID, _ int64) string { return path(file) },
		Says: func(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, _ int64) (any, error) {
			return saysDeclaration(ctx, q, by.Scope, file, kind)
		}}
}

// saysDeclaration is what the paper says of the household: in which wording, to which office, and whom it names. Who is of age
// follows from the births and the day of the print.
func saysDeclaration(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID, kind DeclarationKind) (any, error) {
	facts, err := FactsOf(ctx, q, scope, file)
	if err != nil {
		return nil, err
	}
	type named struct {
		Name, Relation string
		Birth          day.Date
		Number         []byte // its index
	}
	said := struct {
		Kind         DeclarationKind
		Text, Office string
		People       []named
	}{Kind: kind, Text: DeclarationText, Office: facts.Office}
	for _, p := range facts.People {
		said.People = append(said.People, named{p.Name, p.Relation, p.Birth, p.NumberIndex})
	}
	return said, nil
}
