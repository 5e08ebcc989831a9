package exit

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/work"
)

// ProofOf reads everything that an exit rests on, and what came of it.
func ProofOf(ctx context.Context, q work.Querier, e Exit) (Proof, error) {
	var p Proof
	var err error
	if p.Months, err = months(ctx, q, e.ID); err != nil {
		return p, fmt.Errorf("reading the months of exit %d: %w", e.ID, err)
	}
	if p.Guarantees, err = guarantees(ctx, q, e.ID); err != nil {
		return p, fmt.Errorf("reading the guarantees of exit %d: %w", e.ID, err)
	}
	if p.Papers, err = papers(ctx, q, e); err != nil {
		return p, err
	}
	if e.Reason == False {
		if p.Claims, p.Receipts, err = recovery(ctx, q, e.ID); err != nil {
			return p, err
		}
	}
	if BetterOff(e.Reason) {
		p.Callbacks, err = CallbacksOf(ctx, q, e.ID)
	}
	return p, err
}

func months(ctx context.Context, q work.Querier, id ID) ([]Month, error) {
	rows, err := q.Query(ctx, `
		-- exit.months
		SELECT m.month, m.people, m.income_fen, l.id, l.district, l.from_on, l.monthly_fen, l.source
		FROM exit_month m JOIN eligibility_line l ON l.id = m.line_id WHERE m.exit_id = @id ORDER BY m.month`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Month, error) {
		var m Month
		err := row.Scan(&m.First, &m.People, &m.Income, &m.Line.ID, &m.Line.District, &m.Line.From, &m.Line.Monthly, &m.Line.Source)
		return m, err
	})
}

func guarantees(ctx context.Context, q work.Querier, id ID) ([]Secured, error) {
	rows, err := q.Query(ctx, `
		-- exit.guarantees
		SELECT g.guarantee, g.needed, g.note, coalesce(g.evidence_id, 0) FROM exit_guarantee g WHERE g.exit_id = @id`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Secured])
	slices.SortFunc(all, func(a, b Secured) int {
		return slices.Index(Guarantees, a.Guarantee) - slices.Index(Guarantees, b.Guarantee)
	})
	return all, err
}

// papers gives the papers that the proposal names, of those in the file.
func papers(ctx context.Context, q work.Querier, e Exit) ([]casefile.Evidence, error) {
	rows, err := q.Query(ctx, `
		-- exit.papers
		SELECT p.evidence_id FROM exit_paper p WHERE p.exit_id = @id`, pgx.NamedArgs{"id": e.ID})
	if err != nil {
		return nil, fmt.Errorf("reading the papers of exit %d: %w", e.ID, err)
	}
	named, err := pgx.CollectRows(rows, pgx.RowTo[casefile.EvidenceID])
	if err != nil {
		return nil, fmt.Errorf("reading the papers of exit %d: %w", e.ID, err)
	}
	held, err := casefile.EvidenceOf(ctx, q, e.FileID)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(held, func(v casefile.Evidence) bool { return !slices.Contains(named, v.ID) }), nil
}
