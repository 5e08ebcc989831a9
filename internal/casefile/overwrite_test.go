package casefile_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// How much the test below does; `go test ./internal/casefile -run Overwrites -saves 100000 -records 2000` is the whole of it.
var (
	saves   = flag.Int("saves", 1600, "saves in all")
	records = flag.Int("records", 40, "records that they fall on")
)

// written is one saving that was told to be done.
type written struct {
	record, seen int
	address      string
}

// Many people save the same records at the same time. Whoever was told that the saving was done, wrote over exactly the
// version they had seen: of each record every version has one writer, and the last of them is what stands there.
func TestNoSilentOverwrites(t *testing.T) {
	db := pgtest.DB(t)
	commit(t, db, sample.Clerk, func(u *work.Unit) { sample.Centre(t, u) })
	files := make([]work.FileID, *records)
	for i := range files {
		commit(t, db, sample.Clerk, func(u *work.Unit) {
			id, err := casefile.Register(t.Context(), u)
			if err == nil {
				err = casefile.SaveHousing(t.Context(), u, id, 0, casefile.Housing{Address: "0", Kind: "rented", Metres: 40})
			}
			if err != nil {
				t.Fatal(err)
			}
			files[i] = id
		})
	}
	done := make(chan written, *saves)
	var stale, failed sync.Map
	var wg sync.WaitGroup
	const people = 16
	for p := range people {
		wg.Go(func() {
			for n := range *saves / people {
				record := rand.IntN(len(files))
				address := fmt.Sprintf("%d-%d", p, n)
				var seen int
				err := work.Do(t.Context(), db.App, pgtest.Now, sample.Clerk, func(u *work.Unit) error {
					err := u.QueryRow(t.Context(), `SELECT version FROM casefile_section WHERE file_id = $1 AND section = 'housing'`, files[record]).Scan(&seen)
					if err != nil {
						return err
					}
					return casefile.SaveHousing(t.Context(), u, files[record], seen, casefile.Housing{Address: address, Kind: "rented", Metres: 40})
				})
				switch {
				case err == nil:
					done <- written{record, seen, address}
				case errors.Is(err, work.ErrStale):
					stale.Store(address, record)
				default:
					failed.Store(address, err)
				}
			}
		})
	}
	wg.Wait()
	close(done)
	failed.Range(func(address, err any) bool {
		t.Errorf("%s: %v", address, err)
		return true
	})
	acked := sound(t, db, files, done)
	refused := 0
	stale.Range(func(any, any) bool { refused++; return true })
	t.Logf("%d saves on %d records: %d done, %d told that somebody else had been there", acked+refused, len(files), acked, refused)
	if acked == 0 || refused == 0 {
		t.Errorf("nothing was tried: %d done, %d refused", acked, refused)
	}
}

// sound tries that each version of each record has one writer and that the last one's words stand, and counts the writers.
func sound(t *testing.T, db *pgtest.Database, files []work.FileID, done <-chan written) (acked int) {
	t.Helper()
	byRecord := map[int]map[int]string{}
	for w := range done {
		if byRecord[w.record] == nil {
			byRecord[w.record] = map[int]string{}
		}
		if other, twice := byRecord[w.record][w.seen]; twice {
			t.Errorf("record %d: %s and %s both wrote over version %d", w.record, other, w.address, w.seen)
		}
		byRecord[w.record][w.seen] = w.address
	}
	for record, writers := range byRecord {
		acked += len(writers)
		f, err := casefile.Find(t.Context(), db.App, sample.Everywhere, files[record])
		if err != nil {
			t.Fatal(err)
		}
		var version int
		if err := db.App.QueryRow(t.Context(), `SELECT version FROM casefile_section WHERE file_id = $1 AND section = 'housing'`, files[record]).Scan(&version); err != nil {
			t.Fatal(err)
		}
		if version != len(writers)+1 || f.Address != writers[version-1] {
			t.Errorf("record %d: version %d after %d savings, holds %q, the last wrote %q", record, version, len(writers), f.Address, writers[version-1])
		}
	}
	return acked
}
