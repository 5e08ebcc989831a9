package casefile

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// Version is the whole file as it stood from one act until the next version.
type Version struct {
	FileID work.FileID
	Number int // 1, 2, 3 … within the file
	Round  int // of the file then
	At     time.Time
	By     work.StaffID // zero = the program
	ByName string
	Why    string // the act that led to it, as the trail names it: "casefile.submit"
	Hash   []byte // SHA-256 over the facts
	Facts  Facts
}

// Short is the beginning of the hash, as prints bear it: twelve hexadecimal digits.
func (v Version) Short() string { return hex.EncodeToString(v.Hash)[:12] }

// Keep writes a version of the file when its facts differ from those of the last one, and gives the number of the
// version that holds now. why is the act that changed them, named as its audit entry is ("change.accept"), so that the
// timeline leads from the act to what it changed; the act's entry is the version's too. Call it last in the unit that
// changes a file, once it is submitted. The file is found within the actor's scope.
func Keep(ctx context.Context, u *work.Unit, id work.FileID, why string) (int, error) {
	return keep(ctx, u, u.By.Scope, id, why)
}

// keepOnRecord keeps a version of a file that is on record; what a registration holds is kept when it is handed in.
func keepOnRecord(ctx context.Context, u *work.Unit, f File, act string) error {
	if !f.State.HandedIn() && f.State != Temporary {
		return nil
	}
	_, err := Keep(ctx, u, f.ID, "casefile."+act)
	return err
}

func keep(ctx context.Context, u *work.Unit, scope work.Scope, id work.FileID, why string) (int, error) {
	if err := Lock(ctx, u, id); err != nil {
		return 0, fmt.Errorf("keeping a version of file %d: %w", id, err)
	}
	facts, err := FactsOf(ctx, u, scope, id)
	if err != nil {
		return 0, fmt.Errorf("keeping a version of file %d: %w", id, err)
	}
	last, err := LastVersion(ctx, u, scope, id)
	if err == nil {
		same, err := facts.same(last.Facts)
		if err != nil || same {
			return last.Number, err
		}
	} else if !errors.Is(err, work.ErrNotFound) {
		return 0, err
	}
	kept, hash, err := facts.Encode()
	if err != nil {
		return 0, err
	}
	number := last.Number + 1
	at := u.Now
	if at.Before(last.At) { // two units at once: the one that waited may have begun earlier
		at = last.At
	}
	if err := putVersion(ctx, u, Version{FileID: id, Number: number, Round: facts.Cover.Round, At: at, Why: why, Hash: hash}, kept); err != nil {
		return 0, fmt.Errorf("keeping version %d of file %d: %w", number, id, err)
	}
	if err := notePapers(ctx, u, facts.situation()); err != nil {
		return 0, err
	}
	return number, nil
}

// keeping lists the acts of a file after which a version is kept: those that hand facts in or put them on record, change
// the category or end the file. The others only pass it on.
var keeping = []Act{ActSubmit, ActDisagree, ActQualify, ActDisqualify, ActReturn, ActRefuse, ActStrikeOff, ActActivate, ActClose,
	ActKeepTemporary, ActCancel}

// keepsAfter tells whether an act is followed by a version. A registration that never was handed in leaves none.
func keepsAfter(act Act, from State) bool {
	return slices.Contains(keeping, act) || act == ActDiscard && from == Returned
}

// LastVersion gives the newest version of a file within the scope, or work.ErrNotFound when it has none yet.
func LastVersion(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID) (Version, error) {
	return oneVersion(ctx, q, scope, id, "", nil)
}

// FindVersion gives one version of a file within the scope, or work.ErrNotFound.
func FindVersion(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID, number int) (Version, error) {
	return oneVersion(ctx, q, scope, id, " AND v.number = @number", pgx.NamedArgs{"number": number})
}

// VersionOn gives the version that held at the end of a day in China, or work.ErrNotFound when the file was not handed
// in by then.
func VersionOn(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID, on day.Date) (Version, error) {
	return oneVersion(ctx, q, scope, id, " AND v.kept_at < @end", pgx.NamedArgs{"end": on.Add(1).Start()})
}

// VersionAt gives the version that held at a time, or work.ErrNotFound when the file was not handed in by then.
func VersionAt(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID, at time.Time) (Version, error) {
	return oneVersion(ctx, q, scope, id, " AND v.kept_at <= @at", pgx.NamedArgs{"at": at})
}

// oneVersion gives the newest version that fits.
func oneVersion(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID, where string, args pgx.NamedArgs) (Version, error) {
	found, err := readVersions(ctx, q, scope, id, where, args, 1)
	if err == nil && len(found) == 0 {
		err = work.ErrNotFound
	}
	if err != nil {
		return Version{}, fmt.Errorf("finding a version of file %d: %w", id, err)
	}
	return found[0], nil
}

// VersionPage is one page of a file's versions, the newest first; the next begins below After, zero when there is none.
type VersionPage struct {
	Versions []Version
	Before   *Version // the one before the last of the page, to compare with; nil = the last is the first of all
	After    int
}

// Versions lists the versions of a file within the scope with their facts, below a number (zero: from the newest).
func Versions(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID, below, size int) (VersionPage, error) {
	where, args := "", pgx.NamedArgs{}
	if below > 0 {
		where, args["below"] = " AND v.number < @below", below
	}
	found, err := readVersions(ctx, q, scope, id, where, args, size+1)
	if err != nil {
		return VersionPage{}, fmt.Errorf("listing the versions of file %d: %w", id, err)
	}
	if len(found) <= size {
		return VersionPage{Versions: found}, nil
	}
	return VersionPage{Versions: found[:size], Before: &found[size], After: found[size-1].Number}, nil
}

// Changes is what differs between two versions, the papers among it.
type Changes struct {
	From, Into  Version
	Differences []Difference
}

// ChangedSince gives what changed after the round before the running one, papers too (ux.md U39); nil in the first
// round. Numbers are told masked.
func ChangedSince(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, f File) (*Changes, error) {
	if f.Round < 2 {
		return nil, nil
	}
	before, err := oneVersion(ctx, q, scope, f.ID, " AND v.round < @round", pgx.NamedArgs{"round": f.Round})
	if errors.Is(err, work.ErrNotFound) {
		return nil, nil // its versions begin in this round
	}
	if err != nil {
		return nil, err
	}
	now, err := LastVersion(ctx, q, scope, f.ID)
	if err != nil {
		return nil, err
	}
	for _, facts := range []*Facts{&before.Facts, &now.Facts} {
		if err := facts.Reveal(keys); err != nil {
			return nil, err
		}
	}
	before.Facts.Cover.State = now.Facts.Cover.State // that it was sent back and came again is known
	c := Changes{From: before, Into: now, Differences: Compare(before.Facts, now.Facts)}
	came, gone, err := EvidenceSince(ctx, q, f.ID, before.At)
	for _, e := range gone {
		c.Differences = append(c.Differences, Difference{Part: EvidenceSection, Label: e.Kind.Key(), Before: e.Name})
	}
	for _, e := range came {
		c.Differences = append(c.Differences, Difference{Part: EvidenceSection, Label: e.Kind.Key(), After: e.Name})
	}
	return &c, err
}
