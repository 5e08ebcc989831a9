package audit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Fault says what is wrong with the trail.
type Fault string

// The faults.
const (
	Altered  Fault = "altered"  // an entry or its seal is not what was sealed
	Gone     Fault = "gone"     // an entry was deleted
	Gap      Fault = "gap"      // a seal is missing in the chain
	Unsealed Fault = "unsealed" // an entry's seal was taken away
	Short    Fault = "short"    // the chain ends before a head that was noted, or is another one
)

// Key gives the words of the fault.
func (f Fault) Key() words.Key { return words.Key("audit.fault." + string(f)) }

// Broken is the first place at which the trail is not what it should be.
type Broken struct {
	Fault Fault
	Seq   int64 // place in the chain; zero for an entry without a seal
	Entry ID    // zero when it is not known
}

// Report is what Verify found.
type Report struct {
	Sealed  int64
	Waiting int64 // entries committed and not yet sealed, which is no fault
	Head    Head  // the end of the chain, as far as it is whole
	Broken  *Broken
}

// String is the hash as a person can note it.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Verify walks the chain and names the first broken place: an entry that was altered or deleted, a gap, an entry whose
// seal was taken away. Heads that were noted earlier show also that the chain was not cut at its end or written anew.
// It reads in pieces of a few thousand rows, so memory stays flat and nobody waits for it.
func Verify(ctx context.Context, q work.Querier, noted ...Head) (Report, error) {
	r := Report{}
	heads := map[int64]Hash{}
	var farthest int64
	for _, h := range noted {
		heads[h.Seq] = h.Hash
		farthest = max(farthest, h.Seq)
	}
	err := r.walk(ctx, q, heads)
	if err == nil && r.Broken == nil {
		err = r.sweep(ctx, q)
	}
	if err != nil {
		return Report{}, fmt.Errorf("verifying the trail: %w", err)
	}
	if r.Broken == nil && farthest > r.Head.Seq {
		r.Broken = &Broken{Fault: Short, Seq: r.Head.Seq + 1}
	}
	return r, nil
}

const piece = 5000

// walk follows the chain from its beginning.
func (r *Report) walk(ctx context.Context, q work.Querier, noted map[int64]Hash) error {
	for {
		links, err := chain(ctx, q, r.Head.Seq, piece)
		if err != nil {
			return err
		}
		for _, l := range links {
			if fault := r.follow(l, noted); fault != "" {
				r.Broken = &Broken{Fault: fault, Seq: r.Head.Seq + 1, Entry: ID(l.entryID)}
				return nil
			}
			r.Head = l.Head
			r.Sealed++
		}
		if len(links) < piece {
			return nil
		}
	}
}

// follow checks one link against the one before. Of an entry about a destroyed file the words are gone, so that its link
// cannot be computed anew: what is left of it is held by its digest, and the digests by the sealed entry of the
// destruction (sweep).
func (r *Report) follow(l link, noted map[int64]Hash) Fault {
	switch {
	case l.Seq != r.Head.Seq+1:
		return Gap
	case l.row.id == 0:
		return Gone
	case l.digest != nil:
		if sum := sha256.Sum256(l.row.encode()); !bytes.Equal(sum[:], l.digest) {
			return Altered
		}
	case l.Hash != r.Head.Hash.next(l.Seq, l.at, l.row):
		return Altered
	}
	if hash, ok := noted[l.Seq]; ok && hash != l.Hash {
		return Short
	}
	return ""
}

// sweep looks for entries whose seal was taken away. An entry and its seal, or its place among those that wait, are
// seen together or not at all.
func (r *Report) sweep(ctx context.Context, q work.Querier) error {
	last, waiting, err := extent(ctx, q)
	if err != nil {
		return err
	}
	r.Waiting = waiting
	if id, err := uncovered(ctx, q); err != nil || id != 0 {
		r.Broken = &Broken{Fault: Altered, Entry: id}
		return err
	}
	for after := int64(0); after < last; after += piece {
		id, err := unsealed(ctx, q, after, min(after+piece, last))
		if err != nil {
			return err
		}
		if id != 0 {
			r.Broken = &Broken{Fault: Unsealed, Entry: id}
			return nil
		}
	}
	return nil
}
