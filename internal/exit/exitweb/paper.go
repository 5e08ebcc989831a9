package exitweb

import (
	"context"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/exit"
	"bangfu/internal/money"
	"bangfu/internal/staff"
	"bangfu/internal/work"
	"bangfu/templates/exitpage"
)

// LetterPaper is the letter to a household that leaves 退出告知书, put on record.
var LetterPaper = casefile.Paper{Kind: casefile.ExitLetter, Need: staff.CapFileRead,
	Path: func(_ work.FileID, id int64) string { return exitpage.LetterPath(exit.ID(id)) }, Says: saysLetter}

// saysLetter is what the letter tells: the result with its day, its months in figures, and what is claimed back.
func saysLetter(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, id int64) (any, error) {
	e, err := exit.Find(ctx, q, by.Scope, exit.ID(id))
	if err == nil && (e.FileID != file || !lettered(e)) {
		err = work.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	proof, err := exit.ProofOf(ctx, q, e)
	if err != nil {
		return nil, err
	}
	said := struct {
		Number, Name, Reason string
		On                   day.Date
		Months               []exit.Month
		Claims               []money.Amount
	}{Number: e.Number, Name: e.HeadName, Reason: e.Reason, On: day.On(e.AssessedAt), Months: proof.Months}
	for _, c := range proof.Claims {
		said.Claims = append(said.Claims, c.Claim)
	}
	return said, nil
}

// lettered tells whether there is anything to tell the household.
func lettered(e exit.Exit) bool {
	return e.State == exit.Agreed || e.State == exit.Told || e.State == exit.Closed
}
