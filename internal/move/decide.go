package move

import (
	"context"
	"errors"
	"fmt"

	"bangfu/internal/casefile"
	"bangfu/internal/work"
)

// Decide lets a second person of the giving side agree to a move or reject it with an opinion. A split and a merge are
// carried out by it; a transfer then waits for the receiving office.
func Decide(ctx context.Context, u *work.Unit, id ID, agree bool, opinion string) error {
	m, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	act := ActReject
	if agree {
		act = ActAgree
	}
	to, refusal := m.after(act, u.By)
	switch {
	case refusal != nil:
		return refusal
	case !agree && len([]rune(opinion)) < 2:
		return work.Refuse("move.refusal.opinion").On("opinion")
	}
	changes := []work.Change{{Field: "state", Before: m.State, After: to}}
	if m.Opinion = opinion; opinion != "" {
		changes = append(changes, work.Change{Field: "opinion", After: opinion})
	}
	if to == Done { // marked first, so that the move does not stop itself
		if err := begin(ctx, u, m); err != nil {
			return fmt.Errorf("carrying out move %d: %w", id, err)
		}
	}
	if agree {
		if err := m.free(ctx, u); err != nil {
			return err
		}
	}
	if to == Done {
		if err := carry(ctx, u, &m); err != nil {
			return fmt.Errorf("carrying out move %d: %w", id, worded(err))
		}
	}
	if err := advance(ctx, u, m, act, to); err != nil {
		return fmt.Errorf("deciding move %d: %w", id, worded(err))
	}
	return m.audit(ctx, u, string(act), changes...)
}

// free refuses while something open stops the move.
func (m Move) free(ctx context.Context, u *work.Unit) error {
	err := stopped(ctx, u, m.FileID, m.Kind)
	if err == nil && m.Kind == Merge {
		return stopped(ctx, u, m.Other, into)
	}
	return err
}

// Receive lets the receiving office take the file over, with its hand-over list, or refuse it with an answer. Only then
// does the file lie there, with all that goes along; the giving office keeps the record of the transfer.
func Receive(ctx context.Context, u *work.Unit, id ID, take bool, answer string) error {
	m, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	act := ActRefuse
	if take {
		act = ActReceive
	}
	to, refusal := m.after(act, u.By)
	switch {
	case refusal != nil:
		return refusal
	case !take && len([]rune(answer)) < 2:
		return work.Refuse("move.refusal.answer").On("answer")
	}
	m.Answer = answer
	changes := []work.Change{{Field: "state", Before: m.State, After: to}}
	if answer != "" {
		changes = append(changes, work.Change{Field: "answer", After: answer})
	}
	if take {
		if err := stopped(ctx, u, m.FileID, Transfer); err != nil {
			return err
		}
		list, err := ListFor(ctx, u, m.FileID)
		if err != nil {
			return err
		}
		m.Handed = &list
		if err := begin(ctx, u, m); err != nil {
			return fmt.Errorf("receiving move %d: %w", id, err)
		}
		if err := carry(ctx, u, &m); err != nil {
			return fmt.Errorf("receiving move %d: %w", id, worded(err))
		}
		changes = append(changes, work.Change{Field: "office", Before: m.From, After: m.To})
	}
	if err := advance(ctx, u, m, act, to); err != nil {
		return fmt.Errorf("receiving move %d: %w", id, worded(err))
	}
	return m.audit(ctx, u, string(act), changes...)
}

// Withdraw takes a request back, by whoever made it; a transfer also while the receiving office has not answered.
func Withdraw(ctx context.Context, u *work.Unit, id ID) error {
	m, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	to, refusal := m.after(ActWithdraw, u.By)
	if refusal != nil {
		return refusal
	}
	if err := advance(ctx, u, m, ActWithdraw, to); err != nil {
		return fmt.Errorf("withdrawing move %d: %w", id, worded(err))
	}
	return m.audit(ctx, u, string(ActWithdraw), work.Change{Field: "state", Before: m.State, After: to})
}

// carry writes a move on the files, within the transaction that begin marked, and notes the versions that it made.
func carry(ctx context.Context, u *work.Unit, m *Move) (err error) {
	switch m.Kind {
	case Transfer:
		m.After, err = casefile.Rehome(ctx, u, m.FileID, m.ToOrg)
	case Split:
		relations := m.relations()
		head := m.Goes[0]
		delete(relations, head)
		m.Other, m.After, err = casefile.Split(ctx, u, m.FileID, m.AskedBy, casefile.Parting{Head: head, Relations: relations})
	case Merge:
		m.After, m.OtherAfter, err = casefile.Merge(ctx, u, m.FileID, m.Other, m.relations())
	default:
		err = errors.New("move: a kind that nobody carries out")
	}
	return err
}
