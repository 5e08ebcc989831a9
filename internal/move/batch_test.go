package move_test

import (
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/move"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// Two hundred files go at once and not one more, each once; what is nobody's has its verdict too.
func TestHowManyFilesGoAtOnce(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	r := move.Request{Kind: move.Transfer, Why: move.Dissolved, Reason: "单位破产", To: sample.Sibling}
	chosen := []work.FileID{f.ID, f.ID}
	for id := work.FileID(1000000); len(chosen) < move.Most+1; id++ {
		chosen = append(chosen, id)
	}
	id, err := move.AskAll(t.Context(), u, chosen, r)
	must(t, err)
	b, err := move.FindBatch(t.Context(), u, sample.Clerk.Scope, id)
	if err != nil || len(b.Verdicts) != move.Most || b.Done() != 1 || b.Verdicts[0].Move == 0 || b.Verdicts[1].Refusal.Key != "move.refusal.unseen" || b.Verdicts[1].File != 0 {
		t.Errorf("%d verdicts, %d done, %+v, %v", len(b.Verdicts), b.Done(), b.Verdicts[:2], err)
	}
	if _, err := move.FindBatch(t.Context(), u, sample.SiblingClerk.Scope, id); told(t, err) != "not found" {
		t.Errorf("another county reads the batch: %v", err)
	}
	if _, err := move.AskAll(t.Context(), u, append(chosen, 5000000), r); told(t, err) != "move.refusal.too_many" {
		t.Errorf("201 files: %v", err)
	}
	if _, err := move.AgreeAll(t.Context(), u, nil); told(t, err) != "move.refusal.none_chosen" {
		t.Errorf("no file: %v", err)
	}
	again, err := move.AskAll(t.Context(), u, []work.FileID{f.ID}, r)
	must(t, err)
	if b, err = move.FindBatch(t.Context(), u, sample.Clerk.Scope, again); err != nil || b.Done() != 0 || b.Verdicts[0].Refusal.Key != "move.refusal.open" || b.Verdicts[0].Move != 0 {
		t.Errorf("%+v, %v", b.Verdicts, err)
	}
}
