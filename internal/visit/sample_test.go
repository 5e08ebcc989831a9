package visit_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/testkit/sample"
	"bangfu/internal/visit"
	"bangfu/internal/work"
)

func TestShare(t *testing.T) {
	for _, test := range []struct{ frame, permille, want int }{
		{10, 300, 3}, {11, 300, 4}, {1, 300, 1}, {3, 300, 1}, {4, 300, 2}, {7, 500, 4}, {8, 500, 4}, {9, 1000, 9}, {1_000_000, 301, 301_000},
	} {
		if got := visit.Share(test.frame, test.permille); got != test.want {
			t.Errorf("%d ‰ of %d is %d, want %d", test.permille, test.frame, got, test.want)
		}
	}
}

// wrongShares tries a share just below 30 % and one above the whole.
func wrongShares(t *testing.T, u *work.Unit) {
	t.Helper()
	for _, permille := range []int{299, 1001} {
		if _, err := visit.Announce(t.Context(), u, "三成抽查", permille); sample.Told(t, err) != "visit.refusal.share" {
			t.Errorf("%d ‰: %v", permille, err)
		}
	}
}

func TestASampleIsRedrawn(t *testing.T) {
	u := centre(t, sample.Supervisor)
	all := households(t, u, 11)
	var numbers []string
	for _, f := range all {
		numbers = append(numbers, f.Number)
	}
	slices.Sort(numbers)
	wrongShares(t, u)
	id, err := visit.Announce(t.Context(), u, "2026 年抽查", 300)
	if err != nil {
		t.Fatal(err)
	}
	frame := sha256.Sum256([]byte(strings.Join(numbers, "\n")))
	s, err := visit.FindSample(t.Context(), u, sample.Auditor.Scope, id)
	if err != nil || s.FrameSize != 11 || s.Drawn() != 4 || s.Hash() != hex.EncodeToString(frame[:]) || s.Seed != "" {
		t.Fatalf("%+v, %v", s, err)
	}
	if text, err := visit.Frame(t.Context(), u, sample.Auditor.Scope, id); err != nil || text != strings.Join(numbers, "\n") {
		t.Errorf("frame %q, %v", text, err)
	}
	if _, err := visit.FindSample(t.Context(), u, sample.SiblingHead.Scope, id); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("another county finds it: %v", err)
	}
	u.By = sample.Officer
	for number, told := range map[string]string{"123": "visit.refusal.seed_number", strings.Repeat("7", 61): "visit.refusal.seed_number", "12-34": "visit.refusal.seed_number"} {
		if err := visit.GiveSeed(t.Context(), u, id, day22, number, "摇号"); sample.Told(t, err) != told {
			t.Errorf("seed %q: %v", number, err)
		}
	}
	give := func(by work.Actor, days int) string {
		u.By = by
		return sample.Told(t, visit.GiveSeed(t.Context(), u, id, day22.Add(days), "08231547", "福彩 3D 第 2026312 期"))
	}
	if told := give(sample.Supervisor, 0); told != "visit.refusal.seed_own" {
		t.Errorf("one's own seed: %q", told)
	}
	if told := give(sample.Officer, -1); told != "visit.refusal.seed_day" {
		t.Errorf("a number of before: %q", told)
	}
	if told := give(sample.Officer, 1); told != "visit.refusal.seed_day" {
		t.Errorf("a number of tomorrow: %q", told)
	}
	u.Now = u.Now.Add(time.Hour)
	households(t, u, 1) // came after the announcement
	if told := give(sample.Officer, 0); told != "" {
		t.Fatalf("told %q", told)
	}
	if told := give(sample.Supervisor2, 0); told != "visit.refusal.seeded" {
		t.Errorf("a second seed: %q", told)
	}
	slices.SortFunc(numbers, func(a, b string) int { // what anybody computes from the published parts
		x, y := sha256.Sum256([]byte("2026-11-22/08231547/"+a)), sha256.Sum256([]byte("2026-11-22/08231547/"+b))
		return slices.Compare(x[:], y[:])
	})
	picks, err := visit.Picks(t.Context(), u, sample.Auditor.Scope, id, 0, 10)
	var drawn []string
	for i, p := range picks {
		if p.Position != i+1 {
			t.Errorf("position %d at %d", p.Position, i)
		}
		drawn = append(drawn, p.Number)
	}
	if err != nil || !slices.Equal(drawn, numbers[:4]) {
		t.Fatalf("drawn %v, want %v, %v", drawn, numbers[:4], err)
	}
	followUpASample(t, u, id, picks)
}

// followUpASample draws a sample again, visits its first file, and makes a plan of it.
func followUpASample(t *testing.T, u *work.Unit, id visit.SampleID, picks []visit.Pick) {
	t.Helper()
	if again, err := visit.Redraw(t.Context(), u, sample.Auditor.Scope, id); err != nil || again != (visit.Redrawn{Hash: true, Picks: true, Drawn: 4}) {
		t.Errorf("%+v, %v", again, err)
	}
	u.By = sample.Clerk2
	if _, err := visit.RecordFollowUp(t.Context(), u, picks[0].FileID, visit.Spot, followed(sample.Clerk2, sample.Clerk4)); err != nil {
		t.Fatal(err)
	}
	if s, err := visit.FindSample(t.Context(), u, sample.Auditor.Scope, id); err != nil || s.Visited != 1 {
		t.Errorf("%d visited, %v", s.Visited, err)
	}
	if rest, err := visit.Picks(t.Context(), u, sample.Auditor.Scope, id, 2, 1); err != nil || len(rest) != 1 || rest[0].Position != 3 {
		t.Errorf("%+v, %v", rest, err)
	}
	u.By = sample.Supervisor
	plan := census(func(p *visit.Plan) { p.Kind, p.Target = visit.Samples, visit.Target{Sample: id} })
	made, err := visit.MakePlan(t.Context(), u, plan, threeTeams()[:1])
	if err != nil {
		t.Fatal(err)
	}
	if stops, err := visit.Route(t.Context(), u, sample.Clerk.Scope, made, 0, false, visit.StopCursor{}, 10); err != nil || len(stops) != 4 || stops[0].Purpose != visit.Spot {
		t.Errorf("%s, %v", said(stops), err)
	}
}

func TestAnEmptyRegisterHasNoSample(t *testing.T) {
	u := centre(t, sample.Supervisor)
	if _, err := visit.Announce(t.Context(), u, "抽查", 300); sample.Told(t, err) != "visit.refusal.frame" {
		t.Error(err)
	}
}

// By hand, as the application's role: the share, the second person, the frame and the picks cannot be bent.
func TestSamplesByHand(t *testing.T) {
	u := centre(t, sample.Supervisor)
	households(t, u, 4)
	id, err := visit.Announce(t.Context(), u, "抽查", 300)
	if err != nil {
		t.Fatal(err)
	}
	var drawn visit.SampleID
	if drawn, err = visit.Announce(t.Context(), u, "又一次", 300); err != nil {
		t.Fatal(err)
	}
	u.By = sample.Officer
	if err := visit.GiveSeed(t.Context(), u, drawn, day22, "1234", "现场摇号"); err != nil {
		t.Fatal(err)
	}
	const copied = `INSERT INTO visit_sample (org_id, org_path, name, permille, frame, frame_size, frame_hash, announced_by, announced_at)
		SELECT org_id, '', name, %s, frame_hash, announced_by, announced_at FROM visit_sample WHERE id = @id AND @drawn > 0`
	for name, test := range map[string]struct{ sql, rule string }{
		"29.9 %":                       {strings.Replace(copied, "%s", "299, frame, frame_size", 1), "visit_sample_share"},
		"a frame that is not its hash": {strings.Replace(copied, "%s", "300, frame[2:], frame_size - 1", 1), "visit_sample_frame"},
		"seeded by the announcer": {`UPDATE visit_sample SET seed = '2026-11-22/1234', source = '摇号', seeded_by = announced_by, seeded_at = announced_at
			WHERE id = @id AND @drawn > 0`, "visit_sample_second"},
		"seeded again":      {`UPDATE visit_sample SET seed = '2026-11-22/9999' WHERE id = @drawn AND @id > 0`, "visit_sample_once"},
		"a pick put in":     {`INSERT INTO visit_pick SELECT @drawn, 9, min(f.id) FROM casefile_file f WHERE @id > 0 AND NOT EXISTS (SELECT FROM visit_pick k WHERE k.file_id = f.id)`, "visit_pick_drawn"},
		"picks before seed": {`INSERT INTO visit_pick SELECT @id, 1, min(id) FROM casefile_file WHERE @drawn > 0`, "visit_pick_drawn"},
	} {
		t.Run(name, func(t *testing.T) {
			err := byHand(t, u, test.sql, pgx.NamedArgs{"id": id, "drawn": drawn})
			if got := work.Violated(err); got != test.rule {
				t.Errorf("refused by %q (%v)", got, err)
			}
		})
	}
	for name, statement := range map[string]string{
		"a pick is not removed":  "DELETE FROM visit_pick",
		"a frame is not changed": "UPDATE visit_sample SET frame = '{}'",
		"a share stays":          "UPDATE visit_sample SET permille = 500",
	} {
		t.Run(name, func(t *testing.T) {
			if err := byHand(t, u, statement, nil); err == nil || !strings.Contains(err.Error(), "42501") {
				t.Errorf("%v; want a refusal", err)
			}
		})
	}
}
