package audit

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"bangfu/internal/work"
)

// Hash is one link of the chain: SHA-256 over the link before, the place, the time of sealing, and every column of the
// entry (encode). The first link follows 32 zero bytes.
type Hash [sha256.Size]byte

// Head is the end of the chain. Noted outside of the database it proves that the chain was not shortened since.
type Head struct {
	Seq  int64
	Hash Hash
}

// batch is how many entries one transaction seals.
const batch = 1000

// Seal chains every committed entry that waits, in order of its id, and gives the end of the chain. Two at once wait
// for each other, so it may be called at any time and by several programs. Note the head in a log: see Verify.
func Seal(ctx context.Context, db work.Beginner, now time.Time) (Head, error) {
	for {
		head, sealed, err := sealSome(ctx, db, now)
		if err != nil {
			return Head{}, fmt.Errorf("sealing the trail: %w", err)
		}
		if sealed < batch {
			return head, nil
		}
	}
}

// sealSome seals at most one batch in one transaction.
func sealSome(ctx context.Context, db work.Beginner, now time.Time) (Head, int, error) {
	tx, err := db.Begin(ctx)
	if err != nil {
		return Head{}, 0, err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // does nothing after a commit
	if _, err := tx.Exec(ctx, `
		-- audit.sealLock
		SELECT pg_advisory_xact_lock(hashtext('audit.seal'))`); err != nil {
		return Head{}, 0, err
	}
	head, err := lastSeal(ctx, tx)
	if err != nil {
		return Head{}, 0, err
	}
	waiting, err := pending(ctx, tx, batch)
	if err != nil || len(waiting) == 0 {
		return head, 0, err
	}
	seals := make([]sealed, len(waiting))
	for i, r := range waiting {
		head = Head{Seq: head.Seq + 1, Hash: head.Hash.next(head.Seq+1, now, r)}
		seals[i] = sealed{Head: head, at: now, row: r}
	}
	if err := insertSeals(ctx, tx, seals); err != nil {
		return Head{}, 0, err
	}
	return head, len(seals), tx.Commit(ctx)
}

// next is the link that seals a row at a place and time.
func (h Hash) next(seq int64, at time.Time, r row) Hash {
	sum := sha256.New()
	sum.Write(h[:])
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(seq))
	binary.BigEndian.PutUint64(b[8:], uint64(at.UnixMicro()))
	sum.Write(b[:])
	sum.Write(r.encode())
	return Hash(sum.Sum(nil))
}

// row is every column of an entry as text; nil stands for NULL. Texts of the server are the same on every server.
type row struct {
	id      int64
	columns [columnCount]*string
}

// encode writes the columns so that no two rows look alike: each with its length before it, NULL as length −1.
func (r row) encode() []byte {
	out := binary.BigEndian.AppendUint64(nil, uint64(r.id))
	for _, c := range r.columns {
		if c == nil {
			out = binary.BigEndian.AppendUint64(out, ^uint64(0))
			continue
		}
		out = binary.BigEndian.AppendUint64(out, uint64(len(*c)))
		out = append(out, *c...)
	}
	return out
}

// sealed is one seal with the row it covers.
type sealed struct {
	Head
	at  time.Time
	row row
}
