package app_test

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/census"
	"bangfu/internal/check"
	"bangfu/internal/comparison"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/exit"
	"bangfu/internal/file"
	"bangfu/internal/fund"
	"bangfu/internal/grant"
	"bangfu/internal/idcard"
	"bangfu/internal/ledger"
	"bangfu/internal/money"
	"bangfu/internal/move"
	"bangfu/internal/nomination"
	"bangfu/internal/notice"
	"bangfu/internal/payment"
	"bangfu/internal/plan"
	"bangfu/internal/referral"
	rounds "bangfu/internal/review"
	"bangfu/internal/sheet"
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
	r := records{"/files/{file}/registration/{section}": "head", "/files/{file}/changes/{kind}": "head", "/payments/formats/{format}": "1"}
	paid := sample.File(t, u, casefile.Active)
	r.ofFile(t, u, files, paid)
	r.ofGrant(t, u, paid)
	r.ofReferral(t, u, paid)
	r.ofComparison(t, u, paid)
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
	r.ofExits(t, u)
	r.ofRetention(t, u, paid.ID)
	r.ofReview(t, u, paid.ID)
	r.ofMove(t, u)
	as(u, sample.Clerk, func() {
		p, err := plan.Save(t.Context(), u, paid.ID, 0, plan.Plan{Target: "other", Goal: "脱困", ExitOn: u.Today(), Responsible: "何敏", Contact: "何敏",
			Measures: []plan.Measure{{Cause: casefile.SeriousIllness, Batch: "union", What: "走访", Responsible: "何敏", DueOn: u.Today(), Expected: "了解情况"}}})
		must(t, err)
		r.set("/files/{file}/plan/measures/{measure}", number(t, u, `SELECT id FROM plan_measure WHERE plan_id = $1`, p))
	})
	r.ofLedgers(t, u, files)
	r.ofChange(t, u, paid.ID)
	r.set("/staff/{member}", int64(sample.Clerk2.StaffID))
	r.set("/staff/orgs/{org}", int64(sample.County))
	r.set("/staff/bodies/{body}", sample.GroupID)
	r.set("/grants/meetings/{body}", sample.GroupID)
	r.ofCensus(t, u)
	r.ofVisits(t, u)
	as(u, sample.Admin, func() {
		proposal, err := trial.ProposeLine(t.Context(), u, eligibility.Line{District: sample.District, From: u.Today().AddMonths(2), Monthly: money.Yuan(735), Source: "公告"})
		must(t, err)
		r.set("/rules/proposals/{proposal}", int64(proposal))
	})
	_, err := check.RunDue(t.Context(), u, sample.Keys(), func() time.Time { return u.Now })
	must(t, err)
	r.set("/checks/{finding}", finding(t, u, paid.ID))
	_, err = trial.RunDue(t.Context(), u, func() time.Time { return u.Now }, func(ctx context.Context, q work.Querier, p trial.Proposal) (money.Amount, error) {
		return grant.LivingCeiling(ctx, q, p.Line.From)
	})
	must(t, err)
	r.set("/audit/readings/{member}", int64(sample.Clerk.StaffID))
	r["/audit/readings/{member}/{day}"] = u.Today().String()
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
	as(u, sample.Clerk, func() {
		owed, err := casefile.AddArrears(t.Context(), u, f.ID, casefile.Arrears{Person: casefile.PersonID(number(t, u,
			`SELECT min(id) FROM casefile_person WHERE file_id = $1`, f.ID)), Kind: casefile.WageArrears, From: u.Today().AddMonths(-3),
			Amount: money.Yuan(5400), Employer: "青石纺织厂"})
		must(t, err)
		r.set("/files/{file}/arrears/{arrears}", int64(owed))
	})
	r.set("/files/{file}/cards/{card}", number(t, u, `SELECT id FROM casefile_card WHERE file_id = $1`, f.ID))
	r.set("/files/{file}/people/{person}", number(t, u, `SELECT min(id) FROM casefile_person WHERE file_id = $1`, f.ID))
	r.set("/visits/{visit}", number(t, u, `SELECT id FROM visit_visit WHERE file_id = $1`, f.ID))
	as(u, sample.Clerk, func() {
		saved, err := casefile.SaveList(t.Context(), u, casefile.SavedWish{Name: "在档户", Query: "list=active", Shared: true})
		must(t, err)
		r.set("/files/lists/{list}", int64(saved))
	})
	r["/files/{file}/versions/{version}"], r["/files/{file}/versions/{version}/changes/{later}"] = "3", "3" // an active file has three
	as(u, sample.Clerk, func() {
		p, _, err := casefile.NewPrint(t.Context(), u, f.ID, casefile.RecordForm, 0, "")
		must(t, err)
		r["/prints/{code}"] = p.Code()
	})
}

// ofChange asks for a change of the head that waits for its second person.
func (r records) ofChange(t testing.TB, u *work.Unit, f work.FileID) {
	t.Helper()
	as(u, sample.Clerk, func() {
		people, err := casefile.People(t.Context(), u, sample.Keys(), f)
		must(t, err)
		head := people[0]
		head.Marital = "divorced"
		seen := int(number(t, u, `SELECT version FROM casefile_section WHERE section = 'head' AND file_id = $1`, f))
		c, err := casefile.AskChange(t.Context(), u, sample.Keys(), f, casefile.NewChange{Kind: casefile.ChangeHead, Reason: "离婚", Values: url.Values{}},
			func(u *work.Unit) error { return casefile.SaveHead(t.Context(), u, sample.Keys(), f, seen, head) })
		must(t, err)
		r.set("/changes/{change}", int64(c.ID))
	})
}

// ofReferral sends a referral of the file.
func (r records) ofReferral(t testing.TB, u *work.Unit, f casefile.File) {
	t.Helper()
	as(u, sample.Clerk, func() {
		id, err := referral.Begin(t.Context(), u, f.ID, referral.Housing, referral.Letter{Origin: referral.FromVisit, Office: "住建局", Reason: "租住危房"})
		must(t, err)
		must(t, referral.Send(t.Context(), u, id, referral.Dispatch{ConsentOn: u.Today(), On: u.Today(), Due: u.Today().Add(30)}))
		r.set("/referrals/{referral}", int64(id))
		came, err := referral.Receive(t.Context(), u, sample.Keys(), visitor(u))
		must(t, err)
		r.set("/receptions/{reception}", int64(came))
	})
}

// visitor is somebody who came to the window today and has no file.
func visitor(u *work.Unit) referral.Visitor {
	return referral.Visitor{CameOn: u.Today(), Name: "唐小满", Phone: "13908795566", Kind: referral.WageArrears, Asked: "拖欠工资", Office: "劳动监察大队",
		DueOn: u.Today().Add(referral.DaysToAnswer)}
}

// ofComparison compares the household and finds a car.
func (r records) ofComparison(t testing.TB, u *work.Unit, f casefile.File) {
	t.Helper()
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	must(t, err)
	as(u, sample.Officer, func() {
		batch, err := comparison.Make(t.Context(), u, comparison.Plan{Receiver: "民政局", Purpose: "年度核对", Aim: comparison.ForFile, File: f.ID,
			From: u.Today(), Until: u.Today(), Asked: comparison.Kinds})
		must(t, err)
		must(t, comparison.Send(t.Context(), u, batch))
		table := "姓名,身份证号,车辆\n" + people[0].Name + "," + string(people[0].Number) + ",云A12345\n"
		answer, err := comparison.Upload(t.Context(), u, sample.Keys(), batch, "结果.csv", []byte(table))
		must(t, err)
		must(t, comparison.Start(t.Context(), u, answer, comparison.Mapping{Head: 1, Columns: []comparison.Column{comparison.NameCol, comparison.NumberCol, comparison.Column(comparison.Vehicle)}}))
		must(t, comparison.ReadDue(t.Context(), u.Tx, sample.Keys(), func() time.Time { return u.Now }))
		r.set("/comparisons/{batch}", int64(batch))
		r.set("/comparisons/answers/{answer}", int64(answer))
	})
	r.set("/comparisons/findings/{finding}", number(t, u, `SELECT id FROM comparison_finding WHERE file_id = $1`, f.ID))
}

// ofCensus hands out two forms of a census to the county itself, of which one came back, and nominates a worker to the
// city.
func (r records) ofCensus(t testing.TB, u *work.Unit) {
	t.Helper()
	as(u, sample.Supervisor, func() {
		id, err := census.Make(t.Context(), u, census.Draft{Name: "特困职工普查", Aim: "摸清底数", From: u.Today(), Until: u.Today().Add(30)})
		must(t, err)
		bundle, err := census.HandOut(t.Context(), u, id, census.Handing{OrgID: sample.County, Count: 2, TakenBy: "何敏", On: u.Today(), Due: u.Today().Add(9)})
		must(t, err)
		_, err = census.Return(t.Context(), u, id, census.Ranges{{First: 1, Last: 1}}, u.Today())
		must(t, err)
		r.set("/censuses/{census}", int64(id))
		r.set("/censuses/bundles/{bundle}", int64(bundle))
		r.set("/censuses/forms/{form}", number(t, u, `SELECT id FROM census_form WHERE bundle_id = $1 AND number = 1`, int64(bundle)))
	})
	as(u, sample.Clerk, func() {
		id, err := nomination.Make(t.Context(), u, sample.Keys(), nomination.Worker{Name: "赵川", Number: sample.Number(day.Of(1979, 5, 6), idcard.Male),
			Employer: "青石纺织厂", Cause: casefile.SeriousIllness, Happened: "每周透析三次"})
		must(t, err)
		r.set("/nominations/{nomination}", int64(id))
	})
}

// ofLedgers makes an upload and a list that was asked for.
func (r records) ofLedgers(t testing.TB, u *work.Unit, files file.Store) {
	t.Helper()
	as(u, sample.Clerk, func() {
		id, err := ledger.Upload(t.Context(), u, files, "旧台账.csv", strings.NewReader("姓名,身份证号\n赵川,1\n"))
		must(t, err)
		r.set("/imports/{import}", int64(id))
	})
	as(u, sample.Supervisor, func() {
		id, err := ledger.Ask(t.Context(), u, ledger.Wish{Layout: ledger.CoverList, Format: sheet.XLSX, List: casefile.ActiveList, Reason: "报市总统计"})
		must(t, err)
		r.set("/exports/{export}", int64(id))
	})
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

// ofReview opens a round at the county and reviews a file in it.
func (r records) ofReview(t testing.TB, u *work.Unit, f work.FileID) {
	t.Helper()
	as(u, sample.Officer, func() {
		round, err := rounds.Begin(t.Context(), u, rounds.Year, u.Today(), u.Today().AddMonths(1))
		must(t, err)
		as(u, sample.Clerk, func() { must(t, rounds.Record(t.Context(), u, round, f, rounds.Finding{Outcome: rounds.Unchanged})) })
		r.set("/reviews/{round}", int64(round))
	})
	r.set("/reviews/{round}/files/{file}", int64(f))
}

// ofExits closes a household for false information after a grant was paid to it, and another one that is better off.
func (r records) ofExits(t testing.TB, u *work.Unit) {
	t.Helper()
	id := exitOf(t, u, fund.AccountID(number(t, u, `SELECT min(id) FROM fund_account`)))
	r.set("/exits/{exit}", int64(id))
	as(u, sample.Accountant2, func() {
		must(t, exit.Receive(t.Context(), u, id, exit.Receipt{Amount: money.Yuan(1), ReceivedOn: u.Today(), Paper: "收据 1 号"}))
	})
	r.set("/exits/receipts/{receipt}", number(t, u, `SELECT id FROM exit_receipt WHERE exit_id = $1`, id))
	closed := sample.File(t, u, casefile.Closed)
	r.set("/exits/callbacks/{callback}", number(t, u, `SELECT min(id) FROM exit_callback WHERE file_id = $1`, closed.ID))
}

// ofMove asks for the transfer of a file to the sibling county.
func (r records) ofMove(t testing.TB, u *work.Unit) {
	t.Helper()
	f := sample.File(t, u, casefile.Active)
	as(u, sample.Clerk2, func() {
		id, err := move.Ask(t.Context(), u, f.ID, move.Request{Kind: move.Transfer, Why: "household_moved", Reason: "迁居", To: sample.Sibling})
		must(t, err)
		r.set("/moves/{move}", int64(id))
		batch, err := move.AskAll(t.Context(), u, []work.FileID{f.ID}, move.Request{Kind: move.Transfer, Why: "household_moved", Reason: "迁居", To: sample.Sibling})
		must(t, err)
		r.set("/moves/batches/{batch}", int64(batch))
	})
}

// exitOf brings an exit for false information, with one paid grant claimed back, to its closing.
func exitOf(t testing.TB, u *work.Unit, account fund.AccountID) exit.ID {
	t.Helper()
	ctx, f := t.Context(), sample.File(t, u, casefile.Active)
	granted(t, u, f.ID, account, 200)
	payable := number(t, u, `SELECT id FROM payment_payable WHERE file_id = $1`, f.ID)
	as(u, sample.Cashier, func() {
		batch, err := payment.Make(ctx, u, []payment.PayableID{payment.PayableID(payable)}, 1)
		must(t, err)
		as(u, sample.Accountant2, func() { must(t, payment.Release(ctx, u, sample.Keys(), batch)) })
		_, file, err := payment.Download(ctx, u, sample.Keys(), batch)
		must(t, err)
		lines := strings.Split(strings.TrimSpace(string(file)), "\r\n")
		_, err = payment.Answer(ctx, u, sample.Keys(), batch, []byte(lines[0]+",结果,失败原因\r\n"+lines[1]+",成功,\r\n"))
		must(t, err)
	})
	papers, err := casefile.EvidenceOf(ctx, u, f.ID)
	must(t, err)
	var id exit.ID
	as(u, sample.Clerk, func() {
		id, err = exit.Propose(ctx, u, f.ID, exit.Proposal{Reason: exit.False, Grounds: "收入不实", Papers: []casefile.EvidenceID{papers[0].ID},
			Claims: []exit.Claim{{Payable: payable, Amount: money.Yuan(200)}}})
		must(t, err)
	})
	as(u, sample.Supervisor, func() { must(t, exit.Assess(ctx, u, id, true, "属实")) })
	as(u, sample.Clerk, func() {
		must(t, exit.Tell(ctx, u, id, exit.Telling{On: u.Today(), How: "hand", Whom: "王建国"}))
	})
	as(u, sample.Supervisor, func() { must(t, exit.Close(ctx, u, id)) })
	return id
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

// finding notes something that a check found in a file: its papers are all there, so it is made up.
func finding(t testing.TB, u *work.Unit, id work.FileID) int64 {
	t.Helper()
	return number(t, u, `INSERT INTO check_finding (file_id, name, subject, args, facts, org_path, since)
		SELECT id, 'pupil_age', '王小明', '{王小明,40}', decode(repeat('00', 32), 'hex'), org_path, registered_at FROM casefile_file WHERE id = $1
		ON CONFLICT (file_id, name, subject) DO UPDATE SET name = excluded.name RETURNING id`, id)
}
