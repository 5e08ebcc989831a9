package move

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// Handover is the hand-over list 移交清单 of a file: what goes from one office to the other. It is kept with the transfer
// as it was when the file was taken over.
type Handover struct {
	Papers   []Paper  `json:"papers"`
	Versions int      `json:"versions"` // kept of the file
	Hash     string   `json:"hash"`     // beginning of the last version's, as prints bear it
	Open     []Matter `json:"open"`     // what goes along unfinished
	Aid      []Aid    `json:"aid"`      // paid so far; the money stays in the books of the office that paid it
}

// Paper is a paper of the file.
type Paper struct {
	Kind casefile.EvidenceKind `json:"kind"`
	Name string                `json:"name"`
	On   day.Date              `json:"on"` // day on which it came into the file
}

// Aid is a grant that was paid.
type Aid struct {
	ProgrammeZh string       `json:"zh"`
	ProgrammeEn string       `json:"en"`
	Amount      money.Amount `json:"fen"`
	On          day.Date     `json:"on"`
}

// ListFor makes the hand-over list of a file as it stands now. The caller has found the file within the scope, or takes
// it over.
func ListFor(ctx context.Context, q work.Querier, file work.FileID) (Handover, error) {
	var h Handover
	papers, err := casefile.EvidenceOf(ctx, q, file)
	if err != nil {
		return h, err
	}
	for _, p := range papers {
		h.Papers = append(h.Papers, Paper{Kind: p.Kind, Name: p.Name, On: day.On(p.AddedAt)})
	}
	last, err := casefile.LastVersion(ctx, q, work.Everywhere, file)
	switch {
	case errors.Is(err, work.ErrNotFound): // an old ledger's file may have none
	case err != nil:
		return h, err
	default:
		h.Versions, h.Hash = last.Number, last.Short()
	}
	if h.Open, err = Matters(ctx, q, file, Transfer); err != nil {
		return h, err
	}
	h.Aid, err = paid(ctx, q, file)
	return h, err
}

// paid lists what was paid to a household, the oldest first.
func paid(ctx context.Context, q work.Querier, file work.FileID) ([]Aid, error) {
	rows, err := q.Query(ctx, `
		-- move.paid
		SELECT g.name_zh, g.name_en, p.amount_fen, w.at FROM payment_payable p
		JOIN payment_line l ON l.payable_id = p.id AND l.state = 'paid'
		JOIN payment_answer w ON w.id = l.answer_id
		JOIN grant_application a ON a.id = p.application_id
		JOIN grant_terms t ON t.id = a.terms_id
		JOIN grant_programme g ON g.id = t.programme_id
		WHERE p.file_id = @file AND p.state = 'paid' ORDER BY p.id`, pgx.NamedArgs{"file": file})
	if err != nil {
		return nil, fmt.Errorf("listing what was paid to file %d: %w", file, err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Aid, error) {
		var a Aid
		var at time.Time
		err := row.Scan(&a.ProgrammeZh, &a.ProgrammeEn, &a.Amount, &at)
		a.On = day.On(at)
		return a, err
	})
}
