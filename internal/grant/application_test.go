package grant_test

import (
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/grant"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// The tiers as the migration seeds them, through the whole of filing.
func TestTierOfAFiledAmount(t *testing.T) {
	o := inTx(t)
	for _, test := range []struct {
		amount string
		want   grant.Tier
	}{
		{"499.99", grant.HeadAlone}, {"500.00", grant.GroupTier}, {"500.01", grant.GroupTier},
		{"999.99", grant.GroupTier}, {"1000.00", grant.CommitteeTier}, {"1000.01", grant.CommitteeTier},
	} {
		id := o.living(test.amount)
		if c := o.find(id); c.Tier != test.want || c.WindowSum != o.yuan(test.amount) {
			t.Errorf("%s: tier %s of %s; want %s", test.amount, c.Tier, c.WindowSum, test.want)
		}
		o.must(o.do(sample.Clerk, func(u *work.Unit) error { return grant.Withdraw(t.Context(), u, id, "重新申请") }))
	}
}

func TestFilingRefuses(t *testing.T) {
	o := inTx(t)
	facts := func(name, sum string) grant.Facts { return grant.Facts{name: o.yuan(sum)} }
	for name, test := range map[string]struct {
		programme string
		request   grant.Request
		want      string
	}{
		"nothing asked":                {"living", grant.Request{}, "grant.refusal.amount"},
		"above the ceiling":            {"living", grant.Request{Amount: o.yuan("5000.01")}, "grant.refusal.ceiling"},
		"a cause not on the file":      {"living", grant.Request{Amount: 1, Cause: casefile.ChildrenSchooling}, "grant.refusal.cause"},
		"a cause not of the programme": {"illness", grant.Request{Amount: 1, Cause: casefile.NaturalDisaster}, "grant.refusal.cause"},
		"below 5,000.00":               {"illness", grant.Request{Amount: 1, Facts: facts("self_paid", "4999.99")}, "grant.refusal.ineligible"},
		"one fen above a tenth":        {"illness", grant.Request{Amount: 123458, Facts: facts("self_paid", "12345.67")}, "grant.refusal.ceiling"},
		"above the lower cap": {"disaster", grant.Request{Amount: 100001, Cause: casefile.Accident, Facts: facts("loss", "10000.00")},
			"grant.refusal.ceiling"},
		"no reason": {"living", grant.Request{Amount: 1, Reason: " "}, "grant.refusal.reason"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, told := o.apply(test.programme, test.request); told != test.want {
				t.Errorf("%q; want %q", told, test.want)
			}
		})
	}
	if n := o.number(`SELECT count(*) FROM grant_application`); n != 0 {
		t.Errorf("%d applications were filed", n)
	}
}

func TestAFileFirstThenAid(t *testing.T) {
	o := inTx(t)
	o.must(o.do(work.System("test"), func(u *work.Unit) error {
		o.file = sample.File(t, u, casefile.InNotice, func(h *sample.Household) { h.Causes = []casefile.Cause{casefile.SeriousIllness} })
		return nil
	}))
	if _, told := o.apply("living", grant.Request{Amount: 1}); told != "grant.refusal.file_state" {
		t.Errorf("%q", told)
	}
}

func TestPapersMustBeOnTheFile(t *testing.T) {
	o := inTx(t)
	if _, err := o.db.Exec(t.Context(), `UPDATE casefile_evidence SET removed_at = $1, removed_by = $2 WHERE file_id = $3 AND kind = 'receipts'`,
		pgtest.Now, sample.Clerk.StaffID, o.file.ID); err != nil {
		t.Fatal(err)
	}
	request := grant.Request{Amount: 1, Facts: grant.Facts{"self_paid": o.yuan("6000")}}
	if _, told := o.apply("illness", request); told != "grant.refusal.evidence" {
		t.Errorf("%q", told)
	}
	_, offers, err := grant.Offers(t.Context(), o.db, sample.Everywhere, o.file.ID, sampleDay)
	o.must(err)
	for _, offer := range offers {
		if open := offer.Open(); open != (offer.Terms.Programme.Code != "illness") {
			t.Errorf("%s is open: %v, missing %v", offer.Terms.Programme.Code, open, offer.Missing)
		}
	}
}

// The window of the second application, by what became of the first and when it was filed.
func TestWindowOfASecondApplication(t *testing.T) {
	for name, test := range map[string]struct {
		cause  casefile.Cause
		filed  time.Time
		become string
		want   grant.Tier
	}{
		"pending":              {casefile.SeriousIllness, pgtest.Now, "submitted", grant.GroupTier},
		"approved":             {casefile.SeriousIllness, pgtest.Now, "approved", grant.GroupTier},
		"refused":              {casefile.SeriousIllness, pgtest.Now, "refused", grant.HeadAlone},
		"withdrawn":            {casefile.SeriousIllness, pgtest.Now, "withdrawn", grant.HeadAlone},
		"for another cause":    {casefile.Accident, pgtest.Now, "submitted", grant.HeadAlone},
		"on the anniversary":   {casefile.SeriousIllness, pgtest.Now.AddDate(-1, 0, 0).Add(-9 * time.Hour), "submitted", grant.GroupTier},
		"the day before it":    {casefile.SeriousIllness, pgtest.Now.AddDate(-1, 0, 0).Add(-11 * time.Hour), "submitted", grant.HeadAlone},
		"in the last minute":   {casefile.SeriousIllness, pgtest.Now.Add(-time.Minute), "submitted", grant.GroupTier},
		"eleven months before": {casefile.SeriousIllness, pgtest.Now.AddDate(0, -11, 0), "submitted", grant.GroupTier},
	} {
		t.Run(name, func(t *testing.T) {
			o := inTx(t)
			o.now = test.filed
			first, told := o.apply("living", grant.Request{Cause: test.cause, Amount: o.yuan("300.00")})
			o.want("", told)
			switch test.become {
			case "approved":
				o.pass(first)
				o.want("granted", o.decide(sample.GroupHead, first, grant.ActSign))
			case "refused":
				o.want("rejected", o.decide(sample.Officer, first, grant.ActRefuse))
			case "withdrawn":
				o.must(o.do(sample.Clerk, func(u *work.Unit) error { return grant.Withdraw(t.Context(), u, first, "本人要求") }))
			}
			o.now = pgtest.Now
			second := o.living("300.00")
			c := o.find(second)
			if c.Tier != test.want {
				t.Errorf("tier %s of %s; want %s", c.Tier, c.WindowSum, test.want)
			}
			if sum := o.number(`SELECT grant_window(a) FROM grant_application a WHERE id = $1`, second); sum != int64(c.WindowSum) {
				t.Errorf("the database counts %d fen, the program %d", sum, c.WindowSum)
			}
			if first := o.find(first); len(first.Window.Claims) != 0 {
				t.Error("a later application stands in the window of the earlier one")
			}
		})
	}
}

// New terms hold for new applications; one already filed keeps its own, also when it is corrected.
func TestTermsOfTheFilingDayAreKept(t *testing.T) {
	db := pgtest.DB(t)
	o := newOffice(t, db.App)
	id := o.illness("12345.67", "1234.57")
	if _, err := db.Owner.Exec(t.Context(), `
		INSERT INTO grant_terms (programme_id, from_on, formula, numbers, approval, purpose, causes, evidence, window_months, source)
		SELECT programme_id, '2026-11-23', formula, jsonb_set(numbers, '{base}', '"excess"'), approval, purpose, causes, evidence, 12, '中心会议 2026-11'
		FROM grant_terms WHERE formula = 'illness'`); err != nil {
		t.Fatal(err)
	}
	o.now = pgtest.Now.AddDate(0, 0, 1)
	_, told := o.apply("illness", grant.Request{Amount: o.yuan("1234.57"), Facts: grant.Facts{"self_paid": o.yuan("12345.67")}})
	o.want("grant.refusal.ceiling", told)
	newer := o.illness("12345.67", "734.57")
	o.want("gone_back", o.decide(sample.Officer, id, grant.ActReturn))
	o.must(o.do(sample.Clerk, func(u *work.Unit) error {
		return grant.Resubmit(t.Context(), u, id, grant.Request{Reason: "补充票据", Amount: o.yuan("3000"), Facts: grant.Facts{"self_paid": o.yuan("30000")}})
	}))
	old, young := o.find(id), o.find(newer)
	if old.Ceiling != o.yuan("3000") || young.Ceiling != o.yuan("734.57") || old.Terms.From == young.Terms.From {
		t.Errorf("ceilings %s from %s, %s from %s", old.Ceiling, old.Terms.From, young.Ceiling, young.Terms.From)
	}
}

// The other readings are other numbers: no line of code changes.
func TestTheOtherReadingsAreData(t *testing.T) {
	db := pgtest.DB(t)
	o := newOffice(t, db.App)
	if _, err := db.Owner.Exec(t.Context(), `
		BEGIN;
		UPDATE grant_tier SET holds = '[2000-01-01,2026-11-22)';
		INSERT INTO grant_tier (holds, amounts, body, source) VALUES ('[2026-11-22,)', '[1,50001)', 'head', '中心会议'),
			('[2026-11-22,)', '[50001,100001)', 'group', '中心会议'), ('[2026-11-22,)', '[100001,)', 'committee', '中心会议');
		COMMIT`); err != nil {
		t.Fatal(err)
	}
	first := o.living("500.00")
	second, told := o.apply("living", grant.Request{Cause: casefile.Accident, Amount: o.yuan("1000.00")})
	o.want("", told)
	if a, b := o.find(first).Tier, o.find(second).Tier; a != grant.HeadAlone || b != grant.GroupTier {
		t.Errorf("500.00 is %s, 1,000.00 is %s", a, b)
	}
	o.pass(first)
	o.want("granted", o.decide(sample.GroupHead, first, grant.ActSign))
}
