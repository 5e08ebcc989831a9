package retention_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/audit"
	"bangfu/internal/casefile"
	"bangfu/internal/exit"
	"bangfu/internal/file"
	"bangfu/internal/money"
	"bangfu/internal/retention"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// Who does what to a batch: two people, and only the proposer takes it back.
func TestWhoMovesABatch(t *testing.T) {
	agree := func(u *work.Unit, id retention.BatchID) error {
		return retention.Decide(t.Context(), u, id, true, "同意")
	}
	refuse := func(u *work.Unit, id retention.BatchID) error {
		return retention.Decide(t.Context(), u, id, false, "再核对")
	}
	withdraw := func(u *work.Unit, id retention.BatchID) error { return retention.Withdraw(t.Context(), u, id) }
	for name, test := range map[string]struct {
		acts []func(*work.Unit, retention.BatchID) error
		by   work.Actor
		want retention.State
		told string
	}{
		"another agrees":                 {[]func(*work.Unit, retention.BatchID) error{agree}, sample.GroupHead, retention.Agreed, ""},
		"another refuses":                {[]func(*work.Unit, retention.BatchID) error{refuse}, sample.GroupHead, retention.Refused, ""},
		"the proposer does not agree":    {[]func(*work.Unit, retention.BatchID) error{agree}, sample.Officer, retention.Proposed, "retention.refusal.own"},
		"the proposer takes it back":     {[]func(*work.Unit, retention.BatchID) error{withdraw}, sample.Officer, retention.Withdrawn, ""},
		"nobody else takes it back":      {[]func(*work.Unit, retention.BatchID) error{withdraw}, sample.GroupHead, retention.Proposed, "retention.refusal.withdraw"},
		"what is agreed to stays":        {[]func(*work.Unit, retention.BatchID) error{agree, refuse}, sample.GroupHead, retention.Agreed, "retention.refusal.state"},
		"what is refused is not agreed":  {[]func(*work.Unit, retention.BatchID) error{refuse, agree}, sample.GroupHead, retention.Refused, "retention.refusal.state"},
		"another office sees no batches": {[]func(*work.Unit, retention.BatchID) error{agree}, sample.SiblingHead, retention.Proposed, "404"},
	} {
		t.Run(name, func(t *testing.T) {
			u := on(centre(t), over)
			now := u.Now
			u.Now = now.AddDate(-10, 0, -2)
			f := sample.File(t, u, casefile.Closed)
			u.Now = now
			u = on(u, over)
			id, n, err := retention.Propose(t.Context(), u, retention.Proposal{Org: sample.Officer.OrgID, Name: "批次", Basis: "到期", ClosedUntil: retention.LastOver(over)})
			if err != nil || n != 1 {
				t.Fatalf("%d files, %v", n, err)
			}
			told := ""
			for _, act := range test.acts {
				err := by(u, test.by, func() error { return act(u, id) })
				if told = "404"; !errors.Is(err, work.ErrNotFound) {
					told = sample.Told(t, err)
				}
			}
			b, err := retention.Find(t.Context(), u, sample.Officer.Scope, id)
			if err != nil || b.State != test.want || told != test.told {
				t.Errorf("%s, told %q, %v", b.State, told, err)
			}
			_, n, err = retention.Propose(t.Context(), u, retention.Proposal{Org: sample.Officer.OrgID, Name: "又一批", Basis: "到期", ClosedUntil: retention.LastOver(over)})
			if free := test.want == retention.Refused || test.want == retention.Withdrawn; free != (err == nil && n == 1) {
				t.Errorf("proposed again: %d files of %d, %v", n, f.ID, err)
			}
		})
	}
}

// A hold keeps a file out of a proposal, and one that comes after the agreement keeps it from being destroyed. Whoever
// placed it does not lift it.
func TestAHoldKeepsAFile(t *testing.T) {
	u := centre(t)
	held, late := sample.File(t, u, casefile.Closed), sample.File(t, u, casefile.Closed)
	later := on(u, over)
	hold, err := retention.Place(t.Context(), later, held.ID, retention.Litigation, "劳动争议诉讼未结")
	must(t, err)
	_, err = retention.Place(t.Context(), later, held.ID, retention.Litigation, "又一起")
	if told := sample.Told(t, err); told != "retention.refusal.held_already" {
		t.Errorf("placed twice: %q", told)
	}
	_, err = retention.Place(t.Context(), later, held.ID, retention.Audit, "专项审计")
	must(t, err)
	id, n, err := retention.Propose(t.Context(), later, retention.Proposal{Org: sample.Officer.OrgID, Name: "批次", Basis: "到期", ClosedUntil: retention.LastOver(over)})
	if err != nil || n != 1 {
		t.Fatalf("%d files, %v", n, err)
	}
	must(t, by(later, sample.GroupHead, func() error { return retention.Decide(t.Context(), later, id, true, "同意") }))
	_, err = retention.Place(t.Context(), later, late.ID, retention.Inspection, "巡察调阅")
	must(t, err)
	if n := run(t, later); n != 0 {
		t.Errorf("%d files destroyed under a hold", n)
	}
	b, err := retention.Find(t.Context(), u, sample.Officer.Scope, id)
	must(t, err)
	items, _, err := retention.Items(t.Context(), u, b, over, 0, 10)
	if err != nil || b.State != retention.Done || len(items) != 1 || items[0].State != retention.ItemKept || items[0].Why != "retention_held" {
		t.Errorf("%s: %+v, %v", b.State, items, err)
	}
	if told := sample.Told(t, retention.Lift(t.Context(), later, hold, "已结案")); told != "retention.refusal.own_hold" {
		t.Errorf("lifted by who placed it: %q", told)
	}
	must(t, by(later, sample.GroupHead, func() error { return retention.Lift(t.Context(), later, hold, "已结案") }))
	if told := sample.Told(t, by(later, sample.GroupHead, func() error { return retention.Lift(t.Context(), later, hold, "已结案") })); told != "retention.refusal.lifted" {
		t.Errorf("lifted twice: %q", told)
	}
	if all, _, err := retention.Holds(t.Context(), u, sample.Officer.Scope, 0, 10); err != nil || len(all) != 2 {
		t.Errorf("%d holds in force, %v", len(all), err)
	}
	if all, err := retention.HoldsOf(t.Context(), u, sample.Officer.Scope, held.ID); err != nil || len(all) != 2 || !all[1].Lifted() || all[0].Lifted() {
		t.Errorf("%+v, %v", all, err)
	}
}

// An exit for false information that was refused or withdrawn claims nothing: the file goes when its time has come.
func TestAClaimThatWasNotMadeKeepsNoFile(t *testing.T) {
	for name, end := range map[string]func(*work.Unit, exit.ID) error{
		"refused":   func(u *work.Unit, id exit.ID) error { return exit.Assess(t.Context(), u, id, false, "情况不属实") },
		"withdrawn": func(u *work.Unit, id exit.ID) error { return exit.Withdraw(t.Context(), u, id) },
	} {
		t.Run(name, func(t *testing.T) {
			u := centre(t)
			account := sample.Fund(t, u, money.Yuan(10000))
			f := sample.File(t, u, casefile.Active, family)
			payable := sample.Award(t, u, f, account, money.Yuan(400))
			settle(t, u, payable)
			papers, err := casefile.EvidenceOf(t.Context(), u, f.ID)
			must(t, err)
			var id exit.ID
			must(t, by(u, sample.Clerk2, func() (err error) {
				id, err = exit.Propose(t.Context(), u, f.ID, exit.Proposal{Reason: exit.False, Grounds: "有人举报", Papers: []casefile.EvidenceID{papers[0].ID},
					Claims: []exit.Claim{{Payable: int64(payable), Amount: money.Yuan(400)}}})
				return err
			}))
			who := sample.Clerk2
			if name == "refused" {
				who = sample.Supervisor
			}
			must(t, by(u, who, func() error { return end(u, id) }))
			leave(t, u, f.ID)
			later := on(u, over)
			agree(t, later)
			if n := run(t, later); n != 1 {
				t.Errorf("%d files destroyed", n)
			}
		})
	}
}

// Money claimed back and not yet received keeps a file; received, the claim stays with its receipts, and the words go.
func TestAClaimKeepsAFile(t *testing.T) {
	u := centre(t)
	account := sample.Fund(t, u, money.Yuan(10000))
	f := sample.File(t, u, casefile.Active, family)
	payable := sample.Award(t, u, f, account, money.Yuan(400))
	settle(t, u, payable)
	papers, err := casefile.EvidenceOf(t.Context(), u, f.ID)
	must(t, err)
	var id exit.ID
	must(t, by(u, sample.Clerk2, func() (err error) {
		id, err = exit.Propose(t.Context(), u, f.ID, exit.Proposal{Reason: exit.False, Grounds: "欧阳测忆瞒报收入", Papers: []casefile.EvidenceID{papers[0].ID},
			Claims: []exit.Claim{{Payable: int64(payable), Amount: money.Yuan(400)}}})
		return err
	}))
	must(t, by(u, sample.Supervisor, func() error { return exit.Assess(t.Context(), u, id, true, "欧阳测忆情况属实") }))
	must(t, by(u, sample.Clerk2, func() error {
		return exit.Tell(t.Context(), u, id, exit.Telling{On: u.Today(), How: "hand", Whom: "欧阳测忆"})
	}))
	must(t, by(u, sample.Supervisor, func() error { return exit.Close(t.Context(), u, id) }))
	later := on(u, over)
	propose := func() string {
		_, _, err := retention.Propose(t.Context(), later, retention.Proposal{Org: sample.Officer.OrgID, Name: "批次", Basis: "到期", ClosedUntil: retention.LastOver(over)})
		return sample.Told(t, err)
	}
	receive := func(fen money.Amount) {
		must(t, by(later, sample.Accountant, func() error {
			return exit.Receive(t.Context(), later, id, exit.Receipt{Amount: fen, ReceivedOn: later.Today(), Paper: "收据"})
		}))
	}
	receive(39999)
	if told := propose(); told != "retention.refusal.none" {
		t.Errorf("a fen is missing: %q", told)
	}
	receive(1)
	agree(t, later)
	if n := run(t, later); n != 1 {
		t.Errorf("%d files destroyed", n)
	}
	if left := holding(t, u, "测忆"); len(left) > 0 {
		t.Errorf("the name is still in %v", left)
	}
	if n := count(t, u, `SELECT count(*)::int FROM exit_receipt WHERE exit_id = $1`, id); n != 2 {
		t.Errorf("%d receipts", n)
	}
}

// What a person with the application's own login writes past the code is refused.
func TestByHand(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Closed)
	later := on(u, over)
	args := pgx.NamedArgs{"file": f.ID, "org": sample.Officer.OrgID, "by": sample.Officer.StaffID, "other": sample.GroupHead.StaffID, "now": u.Now, "later": later.Now}
	proposal := `INSERT INTO retention_batch (id, org_id, org_path, name, basis, closed_until, state, files, proposed_by, proposed_at)
		VALUES (77, @org, '', '批次', '到期', '2026-11-22', 'proposed', 1, @by, `
	item := `INSERT INTO retention_item (batch_id, file_id, state) VALUES (77, @file, 'waiting')`
	agreed := `UPDATE retention_batch SET state = 'agreed', opinion = '同意', decided_by = @other, decided_at = @later WHERE id = 77`
	hold := `INSERT INTO retention_hold (id, file_id, kind, reason, placed_by, placed_at) VALUES (77, @file, 'audit', '审计', @by, @now)`
	for name, test := range map[string]struct {
		rule       string
		statements []string
	}{
		"before the term is over":    {"retention_term", []string{proposal + "@now)", item}},
		"agreed by the proposer":     {"retention_two_people", []string{proposal + "@later)", strings.Replace(agreed, "@other", "@by", 1)}},
		"destroyed by hand":          {"retention_by_hand", []string{`UPDATE casefile_file SET erased_at = @later WHERE id = @file`}},
		"said to be destroyed":       {"retention_item_moves", []string{proposal + "@later)", item, `UPDATE retention_item SET state = 'erased', ended_at = @later WHERE batch_id = 77`}},
		"begun agreed to":            {"retention_batch_moves", []string{strings.Replace(proposal, "'proposed', 1", "'agreed', 1", 1) + "@later)"}},
		"done while a file waits":    {"retention_batch_done", []string{proposal + "@later)", item, agreed, `UPDATE retention_batch SET state = 'done', done_at = @later WHERE id = 77`}},
		"erased without agreement":   {"retention_agreed", []string{proposal + "@later)", item, `SELECT retention_erase(77, @file, @later)`}},
		"erased before its day":      {"retention_term", []string{proposal + "@later)", item, agreed, `SELECT retention_erase(77, @file, @now)`}},
		"erased under a hold":        {"retention_held", []string{proposal + "@later)", item, hold, agreed, `SELECT retention_erase(77, @file, @later)`}},
		"erased with the trail open": {"audit_unsealed", []string{proposal + "@later)", item, agreed, `SELECT retention_erase(77, @file, @later)`}},
		"a file under a hold":        {"retention_held", []string{hold, proposal + "@later)", item}},
		"lifted by who placed it":    {"retention_hold_two_people", []string{hold, `UPDATE retention_hold SET lifted_by = @by, lifted_at = @now, lifted_why = '已结' WHERE id = 77`}},
		"a hold of the past":         {"retention_hold_lifted", []string{hold, `UPDATE retention_hold SET lifted_by = @other, lifted_at = @now, lifted_why = '已结' WHERE id = 77`, `UPDATE retention_hold SET lifted_why = '其他' WHERE id = 77`}},
		"in two batches":             {"retention_item_once", []string{proposal + "@later)", item, strings.Replace(proposal, "(77", "(78", 1) + "@later)", strings.Replace(item, "(77", "(78", 1)}},
		"a decision that is undone":  {"retention_batch_moves", []string{proposal + "@later)", agreed, `UPDATE retention_batch SET state = 'proposed', opinion = NULL, decided_by = NULL, decided_at = NULL WHERE id = 77`}},
	} {
		tx, err := u.Begin(t.Context())
		must(t, err)
		got := ""
		for _, sql := range test.statements {
			if _, err := tx.Exec(t.Context(), sql, args); err != nil {
				if got = work.Violated(err); got == "" {
					t.Errorf("%s: %s: %v", name, sql, err)
				}
				break
			}
		}
		if got != test.rule {
			t.Errorf("%s: refused by %q, want %q", name, got, test.rule)
		}
		must(t, tx.Rollback(t.Context()))
	}
}

// The trail of a destroyed file can be altered no more than another: neither what is left of an entry, nor its digest.
func TestTheTrailStaysWhole(t *testing.T) {
	u := centre(t)
	sample.File(t, u, casefile.Closed)
	later := on(u, over)
	agree(t, later)
	if n := run(t, later); n != 1 {
		t.Fatalf("%d files destroyed", n)
	}
	if r, err := audit.Verify(t.Context(), u); err != nil || r.Broken != nil || r.Sealed < 10 {
		t.Fatalf("%+v, %v", r, err)
	}
	kept := count(t, u, `SELECT count(*)::int FROM audit_entry e, jsonb_array_elements(e.changes) c WHERE c->>'field' = 'state' AND c->>'after' = 'closed' AND e.kind = 'file'`)
	words := count(t, u, `SELECT count(*)::int FROM audit_entry e JOIN audit_redaction d ON d.entry_id = e.id, jsonb_array_elements(e.changes) c
		WHERE c->>'field' IN ('head', 'employer', 'reason', 'holder', 'bank', 'card', 'blob', 'opinion')`)
	if kept != 1 || words != 0 {
		t.Errorf("%d closings in the trail, %d words", kept, words)
	}
}

// The bytes of a destroyed paper are taken away, unless another file holds the same or somebody handed it in just now.
func TestClearBlobs(t *testing.T) {
	u := centre(t)
	root := t.TempDir()
	store, err := file.Folder(root, sample.Keys())
	must(t, err)
	put := func(text string) file.Blob {
		blob, err := store.Put(t.Context(), strings.NewReader("%PDF-1.4\n"+text+"\n%%EOF\n"))
		must(t, err)
		old := u.Now.Add(-2 * time.Hour)
		must(t, os.Chtimes(root+"/"+blob.Hash[:2]+"/"+blob.Hash, old, old))
		return blob
	}
	add := func(f casefile.File, blob file.Blob) {
		must(t, by(u, sample.Clerk, func() error {
			_, err := casefile.AddEvidence(t.Context(), u, f.ID, casefile.NewEvidence{Kind: casefile.OtherPaper, Name: "材料.pdf"}, blob)
			return err
		}))
	}
	own, both, fresh := put("own"), put("both"), put("fresh")
	f, other := sample.File(t, u, casefile.Active), sample.File(t, u, casefile.Active)
	for _, blob := range []file.Blob{own, both, fresh} {
		add(f, blob)
	}
	add(other, both)
	leave(t, u, f.ID)
	later := on(u, over)
	agree(t, later)
	if n := run(t, later); n != 1 {
		t.Fatalf("%d files destroyed", n)
	}
	now := u.Now
	must(t, os.Chtimes(root+"/"+fresh.Hash[:2]+"/"+fresh.Hash, now, now))
	if n, err := retention.ClearBlobs(t.Context(), u.Tx, store, now); err != nil || n < 1 {
		t.Errorf("%d papers taken away, %v", n, err)
	}
	for _, test := range []struct {
		blob file.Blob
		gone bool
	}{{own, true}, {both, false}, {fresh, false}} {
		if _, err := store.Open(t.Context(), test.blob.Hash); errors.Is(err, file.ErrNotFound) != test.gone {
			t.Errorf("%s: %v", test.blob.Hash[:8], err)
		}
	}
	if n := count(t, u, `SELECT count(*)::int FROM retention_blob`); n != 1 {
		t.Errorf("%d papers wait", n)
	}
}

// A relapse has a term of its own: once it has ended it keeps the old file neither longer nor shorter.
func TestARelapseHasItsOwnTerm(t *testing.T) {
	u := centre(t)
	old := sample.File(t, u, casefile.Closed)
	must(t, by(u, sample.Clerk, func() error {
		id, _, err := casefile.Relapse(t.Context(), u, old.ID)
		if err == nil {
			_, err = u.Exec(t.Context(), `UPDATE casefile_file SET state = 'discarded', closed_at = $2 WHERE id = $1`, id, u.Now.AddDate(9, 0, 0))
		}
		return err
	}))
	later := on(u, over)
	agree(t, later)
	if n := run(t, later); n != 1 {
		t.Errorf("%d files destroyed", n)
	}
	if n := count(t, u, `SELECT count(*)::int FROM casefile_person p JOIN casefile_file f ON f.id = p.file_id WHERE f.relapse_of = $1`, old.ID); n != 3 {
		t.Errorf("%d people in the new file", n)
	}
	if list, _, err := retention.Over(t.Context(), u, sample.Officer.Scope, 0, over.AddMonths(9*12-1), retention.Cursor{}, 9); err != nil || len(list) != 0 {
		t.Errorf("%d files to destroy, %v", len(list), err)
	}
}
