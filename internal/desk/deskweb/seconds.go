package deskweb

import (
	"context"
	"slices"

	"bangfu/internal/move"
	"bangfu/internal/staff"
	"bangfu/internal/trial"
	"bangfu/internal/words"
	"bangfu/templates/deskpage"
	"bangfu/templates/ui"
)

// movesToDecide are transfers, splits and merges that wait for the deciding side; who asked, or registered the file, does
// not decide.
func (d desk) movesToDecide(ctx context.Context) (deskpage.List, error) {
	return d.moves(ctx, move.ToDecide, move.ActAgree)
}

// movesToReceive are files handed over to an office of the person's, until somebody takes them.
func (d desk) movesToReceive(ctx context.Context) (deskpage.List, error) {
	return d.moves(ctx, move.ToReceive, move.ActReceive)
}

func (d desk) moves(ctx context.Context, list move.List, act move.Act) (deskpage.List, error) {
	all, _, err := move.ListOf(ctx, d, d.by.Scope, list, 0, counted)
	mine := slices.DeleteFunc(all, func(m move.Move) bool { return !m.May(act, d.by) })
	slices.Reverse(mine) // who waits longest first
	return first(mine, func(m move.Move) deskpage.Item {
		where, at := m.From, m.AskedAt
		if list == move.ToReceive {
			where, at = m.To, m.DecidedAt
		}
		return deskpage.Item{Who: m.HeadName, Sub: m.Number, Href: deskpage.Under(deskpage.MovesPath, int64(m.ID)), What: ui.Word(m.Kind.Key()).With(m.Asker),
			Where: where, Since: d.since(ctx, at)}
	}), err
}

// proposals are lines and rules that somebody else entered and that hold once a second person confirms them.
func (d desk) proposals(ctx context.Context) (deskpage.List, error) {
	all, err := trial.Waiting(ctx, d, d.by, counted)
	return first(all, func(p trial.Proposal) deskpage.Item {
		who := words.T(ctx, p.Rule.Generation.Key())
		if p.Kind == trial.Line {
			who = words.T(ctx, "trial.line_value", p.Line.Where(), p.Line.Monthly)
		}
		return deskpage.Item{Who: who, Sub: words.T(ctx, p.Kind.Key()), Href: deskpage.Under(deskpage.ProposalsPath, int64(p.ID)),
			What: ui.Day(p.Line.From).With(p.Enterer), Since: d.since(ctx, p.EnteredAt)}
	}), err
}

// relatives are those that other members of staff declared. They count from the first day; a second person says that they are so.
func (d desk) relatives(ctx context.Context) (deskpage.List, error) {
	all, err := staff.WaitingRelatives(ctx, d, d.by, counted)
	return first(all, func(r staff.Relative) deskpage.Item {
		return deskpage.Item{Who: r.Of, Href: deskpage.Under(deskpage.RelativesPath, int64(r.ID)), What: ui.Word(r.Relation.Key()),
			Where: r.Office, Since: d.since(ctx, r.EnteredAt)}
	}), err
}
