package ledger

import (
	"regexp"
	"slices"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/money"
)

// purse gathers what the cells of a row say of a bank card, in whatever order they stand.
type purse struct {
	number string
	card   casefile.NewCard
}

// roundedCard is what a spreadsheet leaves of a card number that it took for a figure: fifteen digits, filled up with zeros.
// With sixteen digits the check digit alone tells, since one sound number in ten ends so.
var roundedCard = regexp.MustCompile(`^[0-9]{15}0{2,4}$|[0-9]E\+1[0-9]$`)

// The longest names of a bank and of a branch, in characters; the shortest name of a bank.
const (
	leastBank  = 2
	mostBank   = 60
	mostBranch = 80
)

// take keeps one cell.
func (p *purse) take(l *Line, f Field, cell string) {
	switch f {
	case Card:
		p.number = cell
	case Bank:
		if p.card.Bank = l.text(f, cell, mostBank); len([]rune(p.card.Bank)) < leastBank && !l.said(f) {
			p.card.Bank = ""
			l.fail(f, "ledger.fault.word", short(cell))
		}
	default:
		p.card.Branch = l.text(f, cell, mostBranch)
	}
}

// close makes the card of what was kept, by the rules of a card that is typed.
func (p *purse) close(l *Line) {
	if p.number == "" {
		if p.card.Bank+p.card.Branch != "" {
			l.note(Bank, "ledger.note.bank_alone")
		}
		return
	}
	if roundedCard.MatchString(strings.ReplaceAll(p.number, " ", "")) {
		l.fail(Card, "ledger.fault.card_rounded")
		return
	}
	p.card.Number = p.number
	switch refusal := p.card.Fill(); {
	case refusal != nil && refusal.Field == "bank":
		if !l.said(Bank) {
			l.fail(Bank, "ledger.fault.card_bank")
		}
	case refusal != nil:
		l.fail(Card, "ledger.fault.card")
	default:
		l.Card = &p.card
	}
}

// mostAmount is the largest amount that a file holds, in fen: a hundred thousand millions of yuan.
const mostAmount money.Amount = 10_000_000_000_000

// takeFigure reads a figure of the twelve months; false when the field is none. What the ledger gives by the month counts
// twelve times: its monthly income is the average of a year (domain.md b.2).
func (l *Line) takeFigure(f Field, cell string) bool {
	is, ok := figures[f]
	if !ok {
		return false
	}
	a, ok := amount(cell)
	if is.monthly {
		ok = ok && a <= mostAmount/12
		a *= 12
	}
	if !ok {
		l.fail(f, "ledger.fault.amount", short(cell))
		return true
	}
	l.Figures = append(l.Figures, casefile.IntakeFigure{Side: is.side, Kind: is.kind, Amount: a})
	return true
}

// settle says of which kind a person's monthly income is: a pension of who is retired, a wage of who has an employer,
// otherwise another income. Where the row gives the wage or the pension itself, the sum is left out: it holds them already.
func (l *Line) settle() {
	at := slices.IndexFunc(l.Figures, func(f casefile.IntakeFigure) bool { return f.Kind == "" })
	if at < 0 {
		return
	}
	if slices.ContainsFunc(l.Figures, func(f casefile.IntakeFigure) bool { return f.Kind == "wage" || f.Kind == "pension" }) {
		l.Figures = slices.Delete(l.Figures, at, at+1)
		l.note(Income, "ledger.note.income_parts")
		return
	}
	kind := casefile.Kind("other")
	switch status := l.Person.WorkStatus; {
	case casefile.Employed(status) || status == "" && l.Person.Identity == "employed":
		kind = "wage"
	case strings.HasSuffix(status, "retired") || status == "" && l.Person.Identity == "retired":
		kind = "pension"
	}
	l.Figures[at].Kind = kind
}
