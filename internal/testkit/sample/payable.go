package sample

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/work"
)

// Cards are card numbers with a right check digit, for households whose cards must differ.
var Cards = []string{"6228480402564890018", "6228480402637874213", "6222021234567890128", "6217001234567890122"}

// Fund opens an account of the county for living aid, of city money for 2026, and brings money in.
func Fund(t testing.TB, u *work.Unit, amount money.Amount) fund.AccountID {
	t.Helper()
	before := u.By
	defer func() { u.By = before }()
	u.By = Accountant
	account, err := fund.Open(t.Context(), u, fund.City, fund.Living, 2026)
	must(t, err)
	_, err = fund.Receive(t.Context(), u, account, fund.Receipt{Amount: amount, On: u.Today(), Paper: "财拨〔2026〕12 号"})
	must(t, err)
	return account
}

// PaidTo makes an active file whose money goes to the nth card in the holder's name.
func PaidTo(t testing.TB, u *work.Unit, n int, holder string) casefile.File {
	t.Helper()
	return File(t, u, casefile.Active, func(h *Household) {
		h.Head.Name = holder
		h.Card.Holder, h.Card.Number = holder, Cards[n%len(Cards)]
	})
}

// Signed does as SignedFor does. Each of a file is for another cause, so that none stands in the window of another.
func Signed(t testing.TB, u *work.Unit, file casefile.File, account fund.AccountID, amount money.Amount) int64 {
	t.Helper()
	var before int
	must(t, u.QueryRow(t.Context(), `SELECT count(*) FROM grant_application WHERE file_id = $1`, file.ID).Scan(&before))
	return SignedFor(t, u, file, account, amount, casefile.Cause(before+1))
}

// SignedFor writes an application of under 500.00 for a cause up to the point of its signature, as rows and by the people
// whose steps they are, and returns its id.
func SignedFor(t testing.TB, u *work.Unit, file casefile.File, account fund.AccountID, amount money.Amount, cause casefile.Cause) int64 {
	t.Helper()
	card, err := casefile.CurrentCard(t.Context(), u, file.ID)
	must(t, err)
	var id int64
	args := pgx.NamedArgs{"file": file.ID, "org": file.OrgID, "fen": int64(amount), "account": account, "cause": cause, "card": card.ID, "now": u.Now,
		"group": GroupID, "committee": CommitteeID, "clerk": Clerk.StaffID,
		"officer": Officer.StaffID, "head": GroupHead.StaffID}
	err = u.QueryRow(t.Context(), `
		INSERT INTO grant_application (file_id, org_id, org_path, terms_id, purpose, cause, reason, facts, ceiling_fen, amount_fen,
			window_fen, tier, state, step, waiting_at, account_id, group_id, committee_id, entered_by, entered_at)
		SELECT @file, @org, '', t.id, 'living', @cause, '生活困难', '{}', 500000, @fen, @fen, 'head', 'submitted', 'review', @now, @account,
			@group, @committee, @clerk, @now FROM grant_terms t WHERE t.purpose = 'living' RETURNING id`, args).Scan(&id)
	must(t, err)
	args["id"] = id
	for _, statement := range []string{
		`INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
			VALUES (@id, 1, 'review', 'approve', '同意', @fen, @officer, @now)`,
		`UPDATE grant_application SET state = 'in_approval', step = 'sign', card_id = @card WHERE id = @id`,
		`INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
			VALUES (@id, 1, 'sign', 'approve', '同意', @fen, @head, @now)`,
	} {
		exec(t, u, statement, args)
	}
	return id
}

// Award approves a grant of the file, reserves its money and gives its payable.
func Award(t testing.TB, u *work.Unit, file casefile.File, account fund.AccountID, amount money.Amount) payment.PayableID {
	t.Helper()
	grant := Signed(t, u, file, account, amount)
	before := u.By
	defer func() { u.By = before }()
	u.By = GroupHead
	exec(t, u, `UPDATE grant_application SET state = 'approved', step = NULL, decided_at = @now WHERE id = @id`, pgx.NamedArgs{"id": grant, "now": u.Now})
	must(t, fund.Reserve(t.Context(), u, account, fund.Hold{Grant: grant, Attempt: 1, Amount: amount, Reason: "生活救助", File: file.ID}))
	card, err := casefile.CurrentCard(t.Context(), u, file.ID)
	must(t, err)
	payable, err := payment.Add(t.Context(), u, payment.Due{Grant: grant, File: file.ID, Account: account, Amount: amount, Card: card.ID})
	must(t, err)
	return payable
}
