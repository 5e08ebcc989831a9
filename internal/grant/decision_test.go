package grant_test

import (
	"slices"
	"testing"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/fund"
	"bangfu/internal/grant"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

var sampleDay = day.Of(2026, time.November, 22)

// The four ways from filing to the payable, each by the people whose steps they are.
func TestTheWayOfEachTier(t *testing.T) {
	for name, test := range map[string]struct {
		file  func(*office) grant.ApplicationID
		tier  grant.Tier
		steps []grant.Step
	}{
		"499.99 is the head's alone": {func(o *office) grant.ApplicationID { return o.living("499.99") },
			grant.HeadAlone, []grant.Step{grant.AtReview, grant.AtSignature}},
		"500.00 goes to the group": {func(o *office) grant.ApplicationID { return o.living("500.00") },
			grant.GroupTier, []grant.Step{grant.AtReview, grant.AtGroup, grant.AtSignature}},
		"999.99 goes to the group": {func(o *office) grant.ApplicationID { return o.living("999.99") },
			grant.GroupTier, []grant.Step{grant.AtReview, grant.AtGroup, grant.AtSignature}},
		"1,000.00 goes to the committee": {func(o *office) grant.ApplicationID { return o.living("1000.00") },
			grant.CommitteeTier, []grant.Step{grant.AtReview, grant.AtCommittee, grant.AtSignature}},
		"illness goes to both, however small": {func(o *office) grant.ApplicationID { return o.illness("5000.00", "0.01") },
			grant.GroupThenCommittee, []grant.Step{grant.AtReview, grant.AtGroup, grant.AtCommittee, grant.AtSignature}},
	} {
		t.Run(name, func(t *testing.T) {
			o := inTx(t)
			id := test.file(o)
			c := o.find(id)
			if c.Tier != test.tier || c.State != grant.Submitted || !slices.Equal(c.Tier.Steps(), test.steps) {
				t.Fatalf("tier %s, state %s, steps %v", c.Tier, c.State, c.Tier.Steps())
			}
			o.pass(id)
			o.want("granted", o.decide(sample.GroupHead, id, grant.ActSign))
			c = o.find(id)
			if c.State != grant.Approved || c.Step != grant.NoStep || c.Account == 0 || c.Card == 0 || c.DecidedAt.IsZero() {
				t.Errorf("after the signature: %+v", c.Application)
			}
			if n := o.number(`SELECT count(*) FROM payment_payable WHERE application_id = $1 AND state = 'ready'
				AND (amount_fen, account_id, card_id) = ($2, $3, $4)`, id, c.Amount, c.Account, c.Card); n != 1 {
				t.Errorf("%d payables", n)
			}
			if held := o.number(`SELECT balance_fen FROM fund_pot WHERE account_id = $1 AND pot = 'reserved'`, c.Account); held != int64(c.Amount) {
				t.Errorf("%d fen reserved; want %d", held, c.Amount)
			}
			if lacks := o.table(`SELECT coalesce(grant_lacks(a), 'nothing') FROM grant_application a WHERE id = $1`, id); lacks != "nothing" {
				t.Errorf("the database finds that the chain lacks %s", lacks)
			}
		})
	}
}

// At every step: exactly the acts that the domain gives each person, and the inbox of exactly those who can act.
func TestActsAndInboxAgree(t *testing.T) {
	o := inTx(t)
	returned := o.living("300.00")
	o.want("gone_back", o.decide(sample.Officer, returned, grant.ActReturn))
	id := o.illness("12345.67", "1234.57")
	stages := []struct {
		name string
		move func()
		acts map[string][]grant.Act
	}{
		{"submitted", func() {}, map[string][]grant.Act{
			"officer": {grant.ActReview, grant.ActReturn, grant.ActRefuse}, "clerk": {grant.ActWithdraw}}},
		{"before the group", func() { o.decide(sample.Officer, id, grant.ActReview) }, map[string][]grant.Act{
			"grouphead": {grant.ActApprove, grant.ActAgainst, grant.ActAbstain, grant.ActReturn, grant.ActSetAmount},
			"group1":    {grant.ActApprove, grant.ActAgainst, grant.ActAbstain}, "clerk": {grant.ActWithdraw}}},
		{"one vote cast", func() { o.decide(sample.GroupMember, id, grant.ActApprove) }, map[string][]grant.Act{
			"grouphead": {grant.ActApprove, grant.ActAgainst, grant.ActAbstain, grant.ActReturn, grant.ActSetAmount},
			"group1":    nil, "clerk": {grant.ActWithdraw}}},
		{"quorum, undecided", func() { o.decide(sample.GroupHead, id, grant.ActAbstain) }, map[string][]grant.Act{
			"grouphead": {grant.ActClose, grant.ActSetAmount}, "clerk": {grant.ActWithdraw}}},
		{"before the committee", func() { o.decide(sample.GroupMember2, id, grant.ActApprove) }, map[string][]grant.Act{
			"chair":      {grant.ActApprove, grant.ActAgainst, grant.ActAbstain, grant.ActReturn},
			"committee1": {grant.ActApprove, grant.ActAgainst, grant.ActAbstain},
			"grouphead":  {grant.ActSetAmount}, "clerk": {grant.ActWithdraw}}},
		{"to be signed", func() {
			o.decide(sample.Committee, id, grant.ActApprove)
			o.decide(sample.Chair, id, grant.ActApprove)
		}, map[string][]grant.Act{
			"grouphead": {grant.ActSign, grant.ActReturn, grant.ActRefuse, grant.ActSetAmount}, "clerk": {grant.ActWithdraw}}},
		{"approved", func() { o.decide(sample.GroupHead, id, grant.ActSign) }, nil},
	}
	people := map[string]work.Actor{"officer": sample.Officer, "clerk": sample.Clerk, "grouphead": sample.GroupHead, "group1": sample.GroupMember,
		"chair": sample.Chair, "committee1": sample.Committee, "auditor": sample.Auditor, "cashier": sample.Cashier, "supervisor": sample.Supervisor}
	for _, stage := range stages {
		stage.move()
		for name, who := range people {
			got := o.findAs(who, id).Acts(who)
			slices.Sort(got)
			want := slices.Sorted(slices.Values(stage.acts[name]))
			if !slices.Equal(got, want) {
				t.Errorf("%s: %s may %v; want %v", stage.name, name, got, want)
			}
			waits, err := grant.WaitingFor(t.Context(), o.db, who, sampleDay)
			o.must(err)
			deciding := slices.ContainsFunc(want, func(a grant.Act) bool { return a != grant.ActWithdraw && a != grant.ActSetAmount })
			if slices.Contains(waits, id) != deciding {
				t.Errorf("%s: waits for %s: %v; may %v", stage.name, name, slices.Contains(waits, id), want)
			}
			if slices.Contains(waits, returned) != (name == "clerk") {
				t.Errorf("%s: the returned one waits for %s: %v", stage.name, name, slices.Contains(waits, returned))
			}
		}
	}
}

func TestVotesThatFailEndTheApplication(t *testing.T) {
	t.Run("beyond change", func(t *testing.T) {
		o := inTx(t)
		id := o.living("600.00")
		o.decide(sample.Officer, id, grant.ActReview)
		o.want("voted", o.decide(sample.GroupMember, id, grant.ActAgainst))
		o.want("lost", o.decide(sample.GroupMember2, id, grant.ActAbstain))
		if c := o.find(id); c.State != grant.Refused || c.DecidedAt.IsZero() {
			t.Errorf("state %s", c.State)
		}
		o.want("grant.refusal.state", o.decide(sample.GroupHead, id, grant.ActApprove))
	})
	t.Run("closed", func(t *testing.T) {
		o := inTx(t)
		id := o.living("600.00")
		o.decide(sample.Officer, id, grant.ActReview)
		o.decide(sample.GroupMember, id, grant.ActAgainst)
		o.want("grant.refusal.quorum", o.decide(sample.GroupHead, id, grant.ActClose))
		o.decide(sample.GroupHead, id, grant.ActApprove)
		o.want("grant.refusal.office", o.decide(sample.GroupMember, id, grant.ActClose))
		o.want("lost", o.decide(sample.GroupHead, id, grant.ActClose))
	})
}

func TestReturnAndResubmission(t *testing.T) {
	o := inTx(t)
	id := o.living("800.00")
	o.decide(sample.Officer, id, grant.ActReview)
	o.decide(sample.GroupMember, id, grant.ActApprove)
	o.want("gone_back", o.decide(sample.GroupHead, id, grant.ActReturn))
	resubmit := func(by work.Actor) string {
		return sample.Told(t, o.do(by, func(u *work.Unit) error {
			return grant.Resubmit(t.Context(), u, id, grant.Request{Reason: "补充说明", Amount: o.yuan("400")})
		}))
	}
	o.want("grant.refusal.office", resubmit(sample.Officer))
	o.want("", resubmit(sample.Clerk4))
	c := o.find(id)
	if c.State != grant.Submitted || c.Round != 2 || c.Amount != o.yuan("400") || c.Tier != grant.HeadAlone || c.WindowSum != o.yuan("400") {
		t.Errorf("after the correction: %+v", c.Application)
	}
	// Who corrects an application has gathered its case.
	if side := o.table(`SELECT side FROM casefile_duty WHERE file_id = $1 AND staff_id = $2`, o.file.ID, sample.Clerk4.StaffID); side != "gather" {
		t.Errorf("side %q", side)
	}
	o.pass(id)
	o.want("granted", o.decide(sample.GroupHead, id, grant.ActSign))
}

func TestTheGroupSetsTheAmount(t *testing.T) {
	amount := func(o *office, by work.Actor, id grant.ApplicationID, sum string) string {
		return o.deed(by, id, grant.Deed{Act: grant.ActSetAmount, Opinion: "按家庭情况核定", Amount: o.yuan(sum)})
	}
	t.Run("before a vote, in the same round", func(t *testing.T) {
		o := inTx(t)
		id := o.living("1200.00")
		o.decide(sample.Officer, id, grant.ActReview)
		o.want("grant.refusal.office", amount(o, sample.GroupMember, id, "600"))
		o.want("grant.refusal.same_amount", amount(o, sample.GroupHead, id, "1200"))
		o.want("grant.refusal.ceiling", amount(o, sample.GroupHead, id, "5000.01"))
		o.want("amount", amount(o, sample.GroupHead, id, "600"))
		if c := o.find(id); c.Round != 1 || c.Tier != grant.GroupTier || c.Step != grant.AtGroup || c.WindowSum != o.yuan("600") {
			t.Errorf("%+v", c.Application)
		}
		o.want("amount", amount(o, sample.GroupHead, id, "400"))
		if c := o.find(id); c.Tier != grant.HeadAlone || c.Step != grant.AtSignature {
			t.Errorf("%+v", c.Application)
		}
		o.want("granted", o.decide(sample.GroupHead, id, grant.ActSign))
	})
	t.Run("after a vote, in a new round", func(t *testing.T) {
		o := inTx(t)
		id := o.living("600.00")
		o.decide(sample.Officer, id, grant.ActReview)
		o.decide(sample.GroupMember, id, grant.ActApprove)
		o.want("new_round", amount(o, sample.GroupHead, id, "1000"))
		c := o.find(id)
		if c.State != grant.Submitted || c.Round != 2 || c.Tier != grant.CommitteeTier || c.Tally(grant.AtGroup).Present() != 0 {
			t.Errorf("%+v", c.Application)
		}
		o.pass(id)
		o.want("granted", o.decide(sample.GroupHead, id, grant.ActSign))
	})
}

// An earlier request grows after the later one was filed: at its signature the later one belongs to a higher tier.
func TestSignatureLooksAtTheWindowAgain(t *testing.T) {
	o := inTx(t)
	first, second := o.living("100.00"), o.living("350.00")
	o.pass(first)
	o.pass(second)
	o.want("amount", o.deed(sample.GroupHead, first, grant.Deed{Act: grant.ActSetAmount, Opinion: "核定", Amount: o.yuan("450")}))
	o.want("escalated", o.decide(sample.GroupHead, second, grant.ActSign))
	c := o.find(second)
	if c.Tier != grant.GroupTier || c.Step != grant.AtGroup || c.WindowSum != o.yuan("800") || c.State != grant.InApproval {
		t.Errorf("%+v", c.Application)
	}
	if n := o.number(`SELECT count(*) FROM grant_decision WHERE application_id = $1 AND step = 'sign'`, second); n != 0 {
		t.Errorf("%d signatures", n)
	}
	o.decide(sample.GroupMember, second, grant.ActApprove)
	o.want("passed", o.decide(sample.GroupMember2, second, grant.ActApprove))
	o.want("granted", o.decide(sample.GroupHead, second, grant.ActSign))
	// What grows in the window after an approval does not undo it. But what was approved counts for what still grows,
	// though it was filed later: else the head alone could sign 499 for the first.
	o.want("amount", o.deed(sample.GroupHead, first, grant.Deed{Act: grant.ActSetAmount, Opinion: "核定", Amount: o.yuan("499")}))
	if lacks := o.table(`SELECT coalesce(grant_lacks(a), 'nothing') FROM grant_application a WHERE id = $1`, second); lacks != "nothing" {
		t.Errorf("lacks %s", lacks)
	}
	c = o.find(first)
	if c.Tier != grant.GroupTier || c.Step != grant.AtGroup || c.WindowSum != o.yuan("849") {
		t.Errorf("the first is %s at %s with %s", c.Tier, c.Step, c.WindowSum)
	}
	if sum := o.number(`SELECT grant_window(a) FROM grant_application a WHERE id = $1`, first); sum != int64(c.WindowSum) {
		t.Errorf("the database counts %d fen, the program %d", sum, c.WindowSum)
	}
}

func TestAFundThatCannotPayChangesNothing(t *testing.T) {
	o := inTx(t)
	var poor fund.AccountID
	o.must(o.do(sample.Accountant, func(u *work.Unit) (err error) {
		if poor, err = fund.Open(t.Context(), u, fund.County, fund.Living, 2026); err != nil {
			return err
		}
		_, err = fund.Receive(t.Context(), u, poor, fund.Receipt{Amount: 39_999, On: u.Today(), Paper: "拨款单 2 号"})
		return err
	}))
	id := o.living("400.00")
	o.want("grant.refusal.account", o.deed(sample.Officer, id, grant.Deed{Act: grant.ActReview, Opinion: "同意", Account: o.fund[fund.Medical]}))
	o.want("grant.refusal.account", o.deed(sample.Officer, id, grant.Deed{Act: grant.ActReview, Opinion: "同意", Account: 999}))
	o.want("reviewed", o.deed(sample.Officer, id, grant.Deed{Act: grant.ActReview, Opinion: "同意", Account: poor}))
	o.want("fund.refusal.short", o.decide(sample.GroupHead, id, grant.ActSign))
	if c := o.find(id); c.State != grant.InApproval || c.Step != grant.AtSignature || len(c.Decisions) != 1 {
		t.Errorf("%s at %s with %d decisions", c.State, c.Step, len(c.Decisions))
	}
}

// A person gathers, or decides, or pays. The code asks first; the database would refuse as well.
func TestNobodyIsOnTwoSides(t *testing.T) {
	o := inTx(t)
	both := sample.Clerk4
	both.Caps = append(slices.Clone(both.Caps), sample.Officer.Caps...)
	id := o.living("300.00")
	o.want("gone_back", o.decide(both, id, grant.ActReturn))
	err := o.do(both, func(u *work.Unit) error {
		return grant.Resubmit(t.Context(), u, id, grant.Request{Reason: "补充", Amount: o.yuan("300")})
	})
	o.want("grant.refusal.side", sample.Told(t, err))
	err = o.do(both, func(u *work.Unit) error {
		_, err := grant.Apply(t.Context(), u, o.file.ID, "living", grant.Request{Cause: 6, Reason: "再申请", Amount: o.yuan("100")})
		return err
	})
	o.want("grant.refusal.side", sample.Told(t, err))
	registrar := sample.Clerk
	registrar.Caps = append(slices.Clone(registrar.Caps), sample.Officer.Caps...)
	other := o.living("200.00")
	o.want("grant.refusal.side", o.decide(registrar, other, grant.ActReview))
	if acts := o.findAs(registrar, other).Acts(registrar); !slices.Equal(acts, []grant.Act{grant.ActWithdraw}) {
		t.Errorf("the registrar is offered %v", acts)
	}
}

func TestOutsideTheScopeThereIsNothing(t *testing.T) {
	o := inTx(t)
	id := o.living("300.00")
	officer := sample.Officer
	officer.Scope = sample.SiblingClerk.Scope
	if _, err := grant.FindCase(t.Context(), o.db, officer, sampleDay, id); err == nil {
		t.Error("found")
	}
	err := o.do(officer, func(u *work.Unit) error {
		_, err := grant.Decide(t.Context(), u, id, grant.Deed{Act: grant.ActReturn, Opinion: "退回"})
		return err
	})
	if !isNotFound(err) {
		t.Errorf("%v", err)
	}
}

func TestEveryDeedLeavesItsEntry(t *testing.T) {
	o := inTx(t)
	id := o.living("600.00")
	o.pass(id)
	o.decide(sample.GroupHead, id, grant.ActSign)
	got := o.table(`SELECT act, staff_name FROM audit_entry WHERE kind = 'application' AND subject_id = $1 ORDER BY id`, id)
	want := "grant.apply 何敏\ngrant.review 周文\ngrant.approve 钱江\ngrant.approve 孙莉\ngrant.sign 马骏"
	if got != want {
		t.Errorf("trail:\n%s\nwant:\n%s", got, want)
	}
}
