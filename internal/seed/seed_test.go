package seed_test

import (
	"path/filepath"
	"testing"
	"time"

	"bangfu/internal/file"
	"bangfu/internal/fund"
	"bangfu/internal/invariant"
	"bangfu/internal/payment"
	"bangfu/internal/seal"
	"bangfu/internal/seed"
	"bangfu/internal/testkit/pgtest"
)

// fill makes the sample centre as of a time and gives its database.
func fill(t *testing.T, now time.Time) (*pgtest.Database, *seal.Keys) {
	t.Helper()
	dir := t.TempDir()
	keys, err := seal.Open(filepath.Join(dir, "keys.json"), seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	files, err := file.Folder(filepath.Join(dir, "evidence"), keys)
	if err != nil {
		t.Fatal(err)
	}
	db := pgtest.DB(t)
	if err := seed.Fill(t.Context(), seed.Into{DB: db.App, Keys: keys, Files: files, Now: now}); err != nil {
		t.Fatal(err)
	}
	return db, keys
}

// The sample centre is sound by every check and shows everything, whatever the day: after a long holiday, in the first
// minutes of a year whose holidays nobody knows yet, weeks after a holiday that began with a month.
func TestTheSampleCentre(t *testing.T) {
	zone := pgtest.Now.Location()
	for name, now := range map[string]time.Time{
		"an ordinary day":       pgtest.Now,
		"New Year":              time.Date(2027, 1, 1, 0, 5, 0, 0, zone),
		"after National Day":    time.Date(2026, 10, 9, 8, 0, 0, 0, zone),
		"after Spring Festival": time.Date(2026, 2, 25, 23, 50, 0, 0, zone),
		"weeks after a holiday": time.Date(2026, 11, 27, 0, 5, 0, 0, zone),
	} {
		t.Run(name, func(t *testing.T) {
			db, keys := fill(t, now)
			found, err := invariant.Verify(t.Context(), db.App)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				t.Errorf("%s %s %d: %s", f.Number, f.Table, f.ID, f.Said.In(t.Context()))
			}
			faults, err := fund.Verify(t.Context(), db.App)
			if err != nil || len(faults) > 0 {
				t.Errorf("the ledger: %v, %v", faults, err)
			}
			faults, err = payment.VerifyFiles(t.Context(), db.App, keys)
			if err != nil || len(faults) > 0 {
				t.Errorf("payments: %v, %v", faults, err)
			}
			if got := states(t, db); got != want {
				t.Errorf("the centre has\n%s", got)
			}
		})
	}
}

// states counts what stands in which state: files, notices, grants at each of their steps, payables, batches.
func states(t *testing.T, db *pgtest.Database) string {
	t.Helper()
	var text string
	err := db.App.QueryRow(t.Context(), `SELECT string_agg(line, E'\n' ORDER BY line) FROM (
		SELECT 'file ' || state || ' ' || count(*) AS line FROM casefile_file GROUP BY state
		UNION ALL SELECT 'notice ' || state || ' ' || count(*) FROM notice_notice GROUP BY state
		UNION ALL SELECT 'grant ' || state || coalesce(' ' || step, '') || ' ' || count(*) FROM grant_application GROUP BY state, step
		UNION ALL SELECT 'payable ' || state || ' ' || count(*) FROM payment_payable GROUP BY state
		UNION ALL SELECT 'batch ' || state || ' ' || count(*) FROM payment_batch GROUP BY state
		UNION ALL SELECT 'card ' || state || ' ' || count(*) FROM casefile_card WHERE state <> 'current' GROUP BY state
		UNION ALL SELECT 'exit ' || state || ' ' || count(*) FROM exit_exit GROUP BY state
		UNION ALL SELECT 'callback ' || coalesce(result, 'due') || ' ' || count(*) FROM exit_callback GROUP BY result
		UNION ALL SELECT 'households ' || count(*) FROM casefile_file
		UNION ALL SELECT 'people ' || count(*) FROM staff_member) l`).Scan(&text)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// want has somebody in every state.
const want = `batch closed 1
batch made 1
batch released 1
callback due 3
card proposed 1
exit agreed 1
exit closed 2
exit proposed 1
exit told 1
file active 22
file assessed 3
file closed 2
file contested 2
file discarded 1
file draft 7
file in_notice 7
file judged 3
file not_qualified 3
file refused 2
file returned 3
file struck_off 1
file submitted 5
file temporary 1
file visited 3
grant approved 12
grant in_approval committee 2
grant in_approval group 2
grant in_approval sign 2
grant refused 1
grant returned 1
grant submitted review 2
grant withdrawn 1
households 65
notice ended 24
notice interrupted 2
notice objected 2
notice open 7
notice upheld 1
payable batched 4
payable failed 1
payable paid 4
payable ready 2
payable refused 1
people 20`
