package work_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/work"
)

// Each passes over what somebody else changed meanwhile, and stops at any other error.
func TestEach(t *testing.T) {
	db, broken := pgtest.Tx(t), errors.New("broken")
	var seen []int
	n, err := work.Each(t.Context(), db, func() time.Time { return pgtest.Now }, "test", []int{1, 2, 3, 4, 5}, func(u *work.Unit, record int) error {
		seen = append(seen, record)
		switch record {
		case 2:
			return work.ErrStale
		case 4:
			return broken
		}
		return u.Audit(t.Context(), work.Entry{Act: "test.each", Kind: "test", ID: int64(record)})
	})
	if n != 3 || !errors.Is(err, broken) || !slices.Equal(seen, []int{1, 2, 3, 4}) {
		t.Errorf("%d, %v, saw %v", n, err, seen)
	}
	var kept int
	if err := db.QueryRow(t.Context(), `SELECT count(*) FROM audit_entry WHERE act = 'test.each' AND subject_id IN (1, 3) AND staff_name = 'system:test'`).Scan(&kept); err != nil || kept != 2 {
		t.Errorf("%d entries, %v", kept, err)
	}
}
