package visit

import (
	"strings"
	"testing"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// report is a report that holds together; change spoils it.
func report(change func(*Report)) Report {
	r := Report{VisitedOn: day.Of(2026, 11, 22), Visitors: [2]work.StaffID{1, 2}, Agrees: true,
		VisitorsSigned: true, ApplicantSigned: true}
	for _, item := range Items {
		r.Findings = append(r.Findings, Finding{Item: item, Agrees: true})
	}
	if change != nil {
		change(&r)
	}
	return r
}

func TestCheck(t *testing.T) {
	today := day.Of(2026, 11, 22)
	due := Due{Purpose: First, NotBefore: day.Of(2026, 11, 20)}
	differs := func(r *Report) { r.Findings[2] = Finding{Item: Items[2], Note: "丈夫另有零工收入"} }
	tests := map[string]struct {
		change      func(*Report)
		told, field string
	}{
		"all agrees":                         {nil, "", ""},
		"on the day of submission":           {func(r *Report) { r.VisitedOn = due.NotBefore }, "", ""},
		"before the submission":              {func(r *Report) { r.VisitedOn = due.NotBefore.Add(-1) }, "visit.refusal.early", "visited_on"},
		"tomorrow":                           {func(r *Report) { r.VisitedOn = today.Add(1) }, "visit.refusal.future", "visited_on"},
		"no day":                             {func(r *Report) { r.VisitedOn = day.Date{} }, "visit.refusal.future", "visited_on"},
		"one person twice":                   {func(r *Report) { r.Visitors[1] = r.Visitors[0] }, "visit.refusal.two_people", "visitor_b"},
		"an item missing":                    {func(r *Report) { r.Findings = r.Findings[1:] }, "visit.refusal.items", ""},
		"an item twice":                      {func(r *Report) { r.Findings[1] = r.Findings[0] }, "visit.refusal.items", ""},
		"a difference without a note":        {func(r *Report) { r.Findings[2].Agrees = false }, "visit.refusal.note", "note_income"},
		"a difference that is not explained": {differs, "visit.refusal.explain", "remark"},
		"a difference that is explained":     {func(r *Report) { differs(r); r.Remark = "不影响认定" }, "", ""},
		"no agreement without words":         {func(r *Report) { r.Agrees = false }, "visit.refusal.remark", "remark"},
		"no agreement":                       {func(r *Report) { r.Agrees = false; r.Remark = "收入不实" }, "", ""},
		"visitors did not sign":              {func(r *Report) { r.VisitorsSigned = false }, "visit.refusal.visitors_signed", "visitors_signed"},
		"applicant did not sign":             {func(r *Report) { r.ApplicantSigned = false }, "visit.refusal.applicant_signed", "applicant_signed"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			told, field := "", ""
			if refusal := report(test.change).check(due, today); refusal != nil {
				told, field = refusal.Key, refusal.Field
			}
			if told != test.told || field != test.field {
				t.Errorf("told %q on %q, want %q on %q", told, field, test.told, test.field)
			}
		})
	}
}

func TestReasonFitsTheFile(t *testing.T) {
	long := report(func(r *Report) {
		r.Agrees, r.Remark = false, strings.Repeat("住", 990)
		r.Findings[0] = Finding{Item: Items[0], Note: strings.Repeat("户", 500)}
	})
	if got := []rune(long.reason()); len(got) != reasonLimit || got[990] != '；' || got[999] != '户' {
		t.Errorf("%d characters", len(got))
	}
	short := report(func(r *Report) { r.Findings[0] = Finding{Item: Items[0], Note: "少报一人"} })
	if got := short.reason(); got != "少报一人" {
		t.Errorf("reason %q", got)
	}
}
