package referral_test

import (
	"slices"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/money"
	"bangfu/internal/referral"
	"bangfu/internal/testkit/sample"
)

// What the union arranges with others (003-48) goes its whole way with dates, papers and follow-up: medical mutual aid, the
// love hospital and the Red Cross, each with another answer, and the summary counts each by its kind.
func TestWhatTheUnionArrangesIsWalked(t *testing.T) {
	u, f := centre(t)
	papers, err := casefile.EvidenceOf(t.Context(), u, f.ID)
	if err != nil || len(papers) == 0 {
		t.Fatalf("%d papers, %v", len(papers), err)
	}
	answers := map[referral.Kind]referral.Reply{
		referral.MutualAid:    {Act: referral.ActGrant, On: today, Once: money.Yuan(3000)},
		referral.LoveHospital: {Act: referral.ActGrant, On: today, Note: "减免检查费和床位费"},
		referral.RedCross:     {Act: referral.ActRefuse, On: today, Note: "病种不在救助范围"},
	}
	for kind, reply := range answers {
		if !slices.Contains(referral.KindsOn(today), kind) || !kind.Asks(casefile.Diagnosis) {
			t.Errorf("%s is not offered, or without its paper", kind)
		}
		id, err := referral.Begin(t.Context(), u, f.ID, kind, letter(func(l *referral.Letter) { l.Papers = []casefile.EvidenceID{papers[0].ID} }))
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		for step, err := range []error{
			referral.Send(t.Context(), u, id, dispatch),
			referral.Answer(t.Context(), u, id, referral.Reply{Act: referral.ActReceive, On: today}),
			referral.Follow(t.Context(), u, id, "电话询问，正在审核", today.Add(7)),
			referral.Answer(t.Context(), u, id, reply),
			referral.End(t.Context(), u, id, "已告知职工"),
		} {
			if err != nil {
				t.Fatalf("%s, step %d: %v", kind, step, err)
			}
		}
		r := found(t, u, id)
		if r.State != referral.Closed || r.SentOn != today || r.DueOn != today.Add(30) || r.AnsweredOn != today || len(r.Papers) != 1 {
			t.Errorf("%s: %+v", kind, r)
		}
	}
	sums, err := referral.Summary(t.Context(), u, sample.Everywhere, today, today)
	want := []referral.Sums{
		{Kind: referral.MutualAid, Sent: 1, Granted: 1, Once: money.Yuan(3000)},
		{Kind: referral.RedCross, Sent: 1, Refused: 1},
		{Kind: referral.LoveHospital, Sent: 1, Granted: 1},
		{Sent: 3, Granted: 2, Refused: 1, Once: money.Yuan(3000)},
	}
	if err != nil || !slices.Equal(sums, want) {
		t.Errorf("%+v, %v", sums, err)
	}
}
