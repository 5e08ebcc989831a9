package app_test

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/file"
	"bangfu/internal/fund"
	"bangfu/internal/grant"
	"bangfu/internal/money"
	"bangfu/internal/notice"
	"bangfu/internal/payment"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/trial"
	"bangfu/internal/work"
)

// records gives, for each place in an address that names something, what it names at the county: the key is the
// pattern up to and with the parameter.
type records map[string]string

func (r records) set(prefix string, id int64) { r[prefix] = strconv.FormatInt(id, 10) }

// asking is the question that an address cannot do without.
var asking = map[string]string{"/payments/{payable}/decision": "?act=refuse"}

// at fills a pattern with the records; missing names the parameter that has none.
func (r records) at(pattern string) (path, missing string) {
	var done, filled strings.Builder
	for _, part := range strings.Split(pattern, "/")[1:] {
		done.WriteString("/" + part)
		if strings.HasPrefix(part, "{") {
			value, known := r[done.String()]
			if !known {
				return "", done.String()
			}
			part = value
		}
		filled.WriteString("/" + part)
	}
	return filled.String() + asking[pattern], ""
}

// pdf is the smallest thing that the evidence store takes for a paper.
const pdf = "%PDF-1.4\n%%EOF\n"

// household makes at the county one record of every kind: a household whose grant was paid, another one with an
// objection to its notice, and a third in its notice. Everything goes through the acts of the program.
func household(t testing.TB, u *work.Unit, files file.Store) records {
	t.Helper()
	r := records{"/files/{file}/registration/{section}": "head", "/payments/formats/{format}": "1"}
	paid := sample.File(t, u, casefile.Active)
	r.ofFile(t, u, files, paid)
	r.ofGrant(t, u, paid)
	contested := sample.File(t, u, casefile.InNotice)
	id := number(t, u, `SELECT id FROM notice_notice WHERE file_id = $1`, contested.ID)
	as(u, sample.Officer, func() {
		receipt, err := notice.Object(t.Context(), u, sample.Keys(), notice.ID(id), notice.Said{Channel: notice.ChannelDesk, Content: "家中另有住房"})
		must(t, err)
		r["/public/objections/{receipt}"] = receipt
	})
	r.set("/objections/{objection}", number(t, u, `SELECT id FROM notice_objection`))
	r.set("/notices/{notice}", id)
	shown := sample.File(t, u, casefile.InNotice)
	r.set("/public/notices/{notice}", number(t, u, `SELECT s.public_id FROM notice_shown s JOIN notice_notice n ON n.id = s.notice_id
		WHERE n.file_id = $1`, shown.ID))
	r.set("/staff/{member}", int64(sample.Clerk2.StaffID))
	r.set("/staff/orgs/{org}", int64(sample.County))
	r.set("/staff/bodies/{body}", sample.GroupID)
	r.set("/grants/meetings/{body}", sample.GroupID)
	as(u, sample.Admin, func() {
		proposal, err := trial.ProposeLine(t.Context(), u, eligibility.Line{District: sample.District, From: u.Today().AddMonths(2), Monthly: money.Yuan(735), Source: "公告"})
		must(t, err)
		r.set("/rules/proposals/{proposal}", int64(proposal))
	})
	_, err := trial.RunDue(t.Context(), u, func() time.Time { return u.Now }, func(ctx context.Context, q work.Querier, p trial.Proposal) (money.Amount, error) {
		return grant.LivingCeiling(ctx, q, p.Line.From)
	})
	must(t, err)
	r.set("/audit/{entry}", number(t, u, `SELECT min(id) FROM audit_entry WHERE file_id = $1`, paid.ID))
	return r
}

// ofFile notes what lies in a file.
func (r records) ofFile(t testing.TB, u *work.Unit, files file.Store, f casefile.File) {
	t.Helper()
	r.set("/files/{file}", int64(f.ID))
	as(u, sample.Clerk, func() {
		blob, err := files.Put(t.Context(), strings.NewReader(pdf))
		must(t, err)
		paper, err := casefile.AddEvidence(t.Context(), u, f.ID, casefile.NewEvidence{Kind: casefile.OtherPaper, Name: "材料.pdf"}, blob)
		must(t, err)
		r.set("/files/{file}/evidence/{paper}", int64(paper))
	})
	r.set("/files/{file}/cards/{card}", number(t, u, `SELECT id FROM casefile_card WHERE file_id = $1`, f.ID))
	r.set("/files/{file}/people/{person}", number(t, u, `SELECT min(id) FROM casefile_person WHERE file_id = $1`, f.ID))
	r.set("/visits/{visit}", number(t, u, `SELECT id FROM visit_visit WHERE file_id = $1`, f.ID))
}

// ofGrant makes an account, a grant of the file, and its payment up to the release of the batch.
func (r records) ofGrant(t testing.TB, u *work.Unit, f casefile.File) {
	t.Helper()
	account, entry := funded(t, u, fund.Living)
	r.set("/funds/{account}", int64(account))
	r.set("/funds/entries/{entry}", int64(entry))
	application := granted(t, u, f.ID, account, 300)
	r.set("/grants/{application}", int64(application))
	payable := number(t, u, `SELECT id FROM payment_payable WHERE application_id = $1`, application)
	r.set("/payments/{payable}", payable)
	as(u, sample.Cashier, func() {
		batch, err := payment.Make(t.Context(), u, []payment.PayableID{payment.PayableID(payable)}, 1)
		must(t, err)
		as(u, sample.Accountant2, func() { must(t, payment.Release(t.Context(), u, sample.Keys(), batch)) })
		r.set("/payments/batches/{batch}", int64(batch))
	})
}

// funded opens an account of the county for a purpose and brings in 100,000.00.
func funded(t testing.TB, u *work.Unit, purpose fund.Purpose) (id fund.AccountID, receipt fund.EntryID) {
	t.Helper()
	as(u, sample.Accountant, func() {
		var err error
		id, err = fund.Open(t.Context(), u, fund.City, purpose, u.Today().Year())
		must(t, err)
		receipt, err = fund.Receive(t.Context(), u, id, fund.Receipt{Amount: money.Yuan(100_000), On: u.Today(), Paper: "拨款单 1 号"})
		must(t, err)
	})
	return id, receipt
}

// granted brings an application for less than 500.00 of living aid through review and signature.
func granted(t testing.TB, u *work.Unit, f work.FileID, account fund.AccountID, yuan int64) grant.ApplicationID {
	t.Helper()
	id := applied(t, u, f, yuan)
	for _, step := range []struct {
		by   work.Actor
		deed grant.Deed
	}{
		{sample.Officer, grant.Deed{Act: grant.ActReview, Opinion: "材料齐全", Account: account}},
		{sample.GroupHead, grant.Deed{Act: grant.ActSign, Opinion: "同意"}},
	} {
		as(u, step.by, func() {
			_, err := grant.Decide(t.Context(), u, id, step.deed)
			must(t, err)
		})
	}
	return id
}

// applied enters an application for living aid.
func applied(t testing.TB, u *work.Unit, f work.FileID, yuan int64) (id grant.ApplicationID) {
	t.Helper()
	as(u, sample.Clerk, func() {
		var err error
		id, err = grant.Apply(t.Context(), u, f, "living", grant.Request{Cause: casefile.SeriousIllness, Reason: "住院期间没有收入", Amount: money.Yuan(yuan)})
		must(t, err)
	})
	return id
}
