package visit

import (
	"context"
	"encoding/hex"
	"fmt"
	"regexp"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// SampleID names a row of visit_sample.
type SampleID int64

// LeastShare is the least part of the register that a year's sample takes, in thousandths (Hunan, [W45]).
const LeastShare = 300

// Sample is a random sample of the files on the register, which anybody who has its frame and its seed draws again:
// the numbers of the frame in the order of SHA-256 of "seed/number", the first Drawn of them.
type Sample struct {
	ID          SampleID
	OrgID       work.OrgID
	OrgName     string
	Name        string
	Permille    int
	FrameSize   int
	FrameHash   []byte // SHA-256 of the frame's numbers in order, a line feed between two
	AnnouncedBy string
	announcer   work.StaffID
	AnnouncedAt time.Time
	Seed        string // empty until it is given
	Source      string // where its number comes from
	SeededBy    string
	SeededAt    time.Time
	Visited     int // picks visited since the draw; filled by FindSample
}

// Drawn is the size of the sample: the share of the frame, rounded up.
func (s Sample) Drawn() int { return Share(s.FrameSize, s.Permille) }

// Hash writes the hash of the frame in hexadecimal.
func (s Sample) Hash() string { return hex.EncodeToString(s.FrameHash) }

// MaySeed tells whether the person may give the seed: somebody else than who announced the sample, once.
func (s Sample) MaySeed(by work.Actor) bool { return s.Seed == "" && s.announcer != by.StaffID }

// Share gives so many thousandths of a frame, rounded up: 300 of 10 is 3, of 11 is 4.
func Share(frame, permille int) int { return (frame*permille + 999) / 1000 }

// Announce freezes the frame of a sample — every file on the register within the scope — and its hash, before anybody
// knows the seed. A share below LeastShare is refused, on field "share".
func Announce(ctx context.Context, u *work.Unit, name string, permille int) (SampleID, error) {
	if permille < LeastShare || permille > 1000 {
		return 0, work.Refuse("visit.refusal.share").On("share")
	}
	id, size, err := announce(ctx, u, name, permille)
	if work.Violated(err) == "visit_sample_frame" {
		return 0, work.Refuse("visit.refusal.frame")
	}
	if err != nil {
		return 0, fmt.Errorf("announcing a sample: %w", err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "visit.sample_announce", Kind: "sample", ID: int64(id), Changes: []work.Change{
		{Field: "name", After: name}, {Field: "permille", After: permille}, {Field: "frame", After: size}}})
}

// seedNumber is the number of a public draw.
var seedNumber = regexp.MustCompile(`^[0-9A-Za-z]{4,60}$`)

// GiveSeed gives the seed of an announced sample, made of a day and a number that nobody could know at the announcement
// (a public draw of that day, or one drawn before witnesses), and draws. It is another person than the announcer's act.
func GiveSeed(ctx context.Context, u *work.Unit, id SampleID, on day.Date, number, source string) error {
	s, err := FindSample(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	switch {
	case s.Seed != "":
		return work.Refuse("visit.refusal.seeded")
	case s.announcer == u.By.StaffID:
		return work.Refuse("visit.refusal.seed_own")
	case on.Before(day.On(s.AnnouncedAt)) || on.After(u.Today()):
		return work.Refuse("visit.refusal.seed_day", day.On(s.AnnouncedAt)).On("on")
	case !seedNumber.MatchString(number):
		return work.Refuse("visit.refusal.seed_number").On("number")
	}
	seed := on.String() + "/" + number
	if err := draw(ctx, u, id, seed, source); err != nil {
		return fmt.Errorf("drawing sample %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "visit.sample_seed", Kind: "sample", ID: int64(id), Changes: []work.Change{
		{Field: "seed", After: seed}, {Field: "source", After: source}, {Field: "drawn", After: s.Drawn()}}})
}

// FindSample gives a sample of an office within the scope, or work.ErrNotFound.
func FindSample(ctx context.Context, q work.Querier, scope work.Scope, id SampleID) (Sample, error) {
	s, err := findSample(ctx, q, scope, id)
	if err != nil {
		return Sample{}, fmt.Errorf("finding sample %d: %w", id, err)
	}
	return s, nil
}

// ListSamples gives at most limit samples of the scope with ids below the cursor (0 = from the newest).
func ListSamples(ctx context.Context, q work.Querier, scope work.Scope, below SampleID, limit int) ([]Sample, error) {
	all, err := listSamples(ctx, q, scope, below, limit)
	if err != nil {
		return nil, fmt.Errorf("listing samples: %w", err)
	}
	return all, nil
}

// Pick is one file of a sample.
type Pick struct {
	Position  int
	FileID    work.FileID
	Number    string
	HeadName  string
	OrgName   string
	VisitedOn day.Date // first visited since the draw; unknown = not yet
}

// Picks gives at most limit picks of a sample whose files lie in the scope, after a position.
func Picks(ctx context.Context, q work.Querier, scope work.Scope, id SampleID, after, limit int) ([]Pick, error) {
	picks, err := picksOf(ctx, q, scope, id, after, limit)
	if err != nil {
		return nil, fmt.Errorf("listing the picks of sample %d: %w", id, err)
	}
	return picks, nil
}

// Redrawn is what a second draw says of a sample.
type Redrawn struct {
	Hash  bool // the frame is the one announced
	Picks bool // the picks are those drawn
	Drawn int
}

// Redraw draws a sample again from its frame and seed, and compares.
func Redraw(ctx context.Context, q work.Querier, scope work.Scope, id SampleID) (Redrawn, error) {
	r, err := redraw(ctx, q, scope, id)
	if err != nil {
		return Redrawn{}, fmt.Errorf("drawing sample %d again: %w", id, err)
	}
	return r, nil
}

// Frame gives the numbers of the frame in order, a line feed between two: what FrameHash is the SHA-256 of.
func Frame(ctx context.Context, q work.Querier, scope work.Scope, id SampleID) (string, error) {
	text, err := frameOf(ctx, q, scope, id)
	if err != nil {
		return "", fmt.Errorf("reading the frame of sample %d: %w", id, err)
	}
	return text, nil
}
