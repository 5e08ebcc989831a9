package referralweb

import (
	"context"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/referral"
	"bangfu/internal/staff"
	"bangfu/internal/work"
	"bangfu/templates/referralpage"
)

// LetterPaper is the letter of a referral 转介函, put on record.
var LetterPaper = casefile.Paper{Kind: casefile.ReferralLetter, Need: staff.CapReferralRead,
	Path: func(_ work.FileID, id int64) string { return referralpage.LetterPath(referral.ID(id)) }, Says: saysLetter}

// saysLetter is what the letter tells: to whom, for whom, why, what is owed, by when, and the papers that go with it.
func saysLetter(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, id int64) (any, error) {
	r, err := referral.Find(ctx, q, by.Scope, referral.ID(id))
	if err == nil && (r.FileID != file || r.Number == "") {
		err = work.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return struct {
		Number, Office, Person, Head, Reason string
		Kind                                 referral.Kind
		Owed                                 money.Amount
		OwedSince, ConsentOn, SentOn, DueOn  day.Date
		Papers                               []casefile.EvidenceID
	}{r.Number, r.Office, r.PersonName, r.HeadName, r.Reason, r.Kind, r.Owed, r.OwedSince, r.ConsentOn, r.SentOn, r.DueOn, r.Papers}, nil
}
