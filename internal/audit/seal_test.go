package audit_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"bangfu/internal/audit"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/work"
)

// leave commits n entries, each in a unit of its own.
func leave(t testing.TB, db work.Beginner, n int) {
	t.Helper()
	for i := range n {
		by := work.Actor{StaffID: 7, Name: "何敏", OrgID: 3, Address: "192.0.2.1"}
		err := work.Do(t.Context(), db, pgtest.Now, by, func(u *work.Unit) error {
			return u.Audit(t.Context(), work.Entry{Act: "staff.sign_in", Kind: "member", ID: int64(i + 1), FileID: 9,
				Changes: []work.Change{{Field: "name", Before: "甲", After: "乙"}}})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func seal(t testing.TB, db work.Beginner) audit.Head {
	t.Helper()
	head, err := audit.Seal(t.Context(), db, pgtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func verify(t testing.TB, q work.Querier, noted ...audit.Head) audit.Report {
	t.Helper()
	r, err := audit.Verify(t.Context(), q, noted...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheChainIsWhole(t *testing.T) {
	db := pgtest.DB(t)
	if head := seal(t, db.App); head.Seq != 0 {
		t.Errorf("nothing to seal: %+v", head)
	}
	leave(t, db.App, 3)
	if r := verify(t, db.App); r.Sealed != 0 || r.Waiting != 3 || r.Broken != nil {
		t.Errorf("before: %+v", r)
	}
	first := seal(t, db.App)
	if again := seal(t, db.App); again != first || first.Seq != 3 {
		t.Errorf("sealed %+v, then %+v", first, again)
	}
	leave(t, db.App, 2)
	last := seal(t, db.App)
	r := verify(t, db.Report, first, last)
	if r.Sealed != 5 || r.Waiting != 0 || r.Broken != nil || r.Head != last || last.Seq != 5 {
		t.Errorf("%+v", r)
	}
}

func TestOnlyWhatIsCommittedIsSealed(t *testing.T) {
	db := pgtest.DB(t)
	leave(t, db.App, 1)
	tx, err := db.App.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	u := work.NewUnit(tx, pgtest.Now, work.System("test"))
	if err := u.Audit(t.Context(), work.Entry{Act: "staff.lock", Kind: "member", ID: 1}); err != nil {
		t.Fatal(err)
	}
	leave(t, db.App, 1) // has a later id and commits first
	if head := seal(t, db.App); head.Seq != 2 {
		t.Errorf("while one is at work: %+v", head)
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if head := seal(t, db.App); head.Seq != 3 {
		t.Errorf("after its commit: %+v", head)
	}
	if r := verify(t, db.App); r.Broken != nil || r.Sealed != 3 {
		t.Errorf("%+v", r)
	}
}

func TestVerifyFindsEveryChange(t *testing.T) {
	tests := map[string]struct {
		by   []string // statements of the owner
		want audit.Broken
	}{
		"the time":                              {[]string{`UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE id = 2`}, audit.Broken{audit.Altered, 2, 2}},
		"who":                                   {[]string{`UPDATE audit_entry SET staff_id = 8 WHERE id = 2`}, audit.Broken{audit.Altered, 2, 2}},
		"nobody":                                {[]string{`UPDATE audit_entry SET staff_id = NULL WHERE id = 2`}, audit.Broken{audit.Altered, 2, 2}},
		"the name":                              {[]string{`UPDATE audit_entry SET staff_name = '何明' WHERE id = 2`}, audit.Broken{audit.Altered, 2, 2}},
		"the office":                            {[]string{`UPDATE audit_entry SET org_id = 4 WHERE id = 2`}, audit.Broken{audit.Altered, 2, 2}},
		"the address":                           {[]string{`UPDATE audit_entry SET address = '192.0.2.2' WHERE id = 2`}, audit.Broken{audit.Altered, 2, 2}},
		"the act":                               {[]string{`UPDATE audit_entry SET act = 'staff.sign_out' WHERE id = 2`}, audit.Broken{audit.Altered, 2, 2}},
		"the kind":                              {[]string{`UPDATE audit_entry SET kind = 'body' WHERE id = 2`}, audit.Broken{audit.Altered, 2, 2}},
		"the record":                            {[]string{`UPDATE audit_entry SET subject_id = 99 WHERE id = 2`}, audit.Broken{audit.Altered, 2, 2}},
		"the file":                              {[]string{`UPDATE audit_entry SET file_id = 99 WHERE id = 2`}, audit.Broken{audit.Altered, 2, 2}},
		"what changed":                          {[]string{`UPDATE audit_entry SET changes = '[{"field":"name","after":"丙"}]' WHERE id = 2`}, audit.Broken{audit.Altered, 2, 2}},
		"the transaction":                       {[]string{`UPDATE audit_entry SET tx = '1' WHERE id = 2`}, audit.Broken{audit.Altered, 2, 2}},
		"the hash":                              {[]string{`UPDATE audit_seal SET hash = decode(repeat('00', 32), 'hex') WHERE seq = 3`}, audit.Broken{audit.Altered, 3, 3}},
		"the time of the seal":                  {[]string{`UPDATE audit_seal SET at = at + interval '1 second' WHERE seq = 3`}, audit.Broken{audit.Altered, 3, 3}},
		"the last of all":                       {[]string{`UPDATE audit_entry SET subject_id = 99 WHERE id = 5`}, audit.Broken{audit.Altered, 5, 5}},
		"two exchanged":                         {[]string{`UPDATE audit_seal SET seq = 90 WHERE seq = 2`, `UPDATE audit_seal SET seq = 2 WHERE seq = 3`, `UPDATE audit_seal SET seq = 3 WHERE seq = 90`}, audit.Broken{audit.Altered, 2, 3}},
		"a seal":                                {[]string{`DELETE FROM audit_seal WHERE seq = 2`}, audit.Broken{audit.Gap, 2, 3}},
		"the first":                             {[]string{`DELETE FROM audit_seal WHERE seq = 1`, `DELETE FROM audit_entry WHERE id = 1`}, audit.Broken{audit.Gap, 1, 2}},
		"an entry and its seal":                 {[]string{`DELETE FROM audit_seal WHERE seq = 4`, `DELETE FROM audit_entry WHERE id = 4`}, audit.Broken{audit.Gap, 4, 5}},
		"an entry only":                         {[]string{`ALTER TABLE audit_seal DROP CONSTRAINT audit_seal_entry_id_fkey`, `DELETE FROM audit_entry WHERE id = 4`}, audit.Broken{audit.Gone, 4, 4}},
		"words taken out without a destruction": {[]string{`SELECT audit_redact(9)`}, audit.Broken{audit.Altered, 0, 1}},
		"what the destruction left":             {[]string{`SELECT audit_redact(9)`, `UPDATE audit_entry SET act = 'staff.sign_out' WHERE id = 2`}, audit.Broken{audit.Altered, 2, 2}},
		"the seal at the end":                   {[]string{`DELETE FROM audit_seal WHERE seq = 5`}, audit.Broken{audit.Unsealed, 0, 5}},
		"everything at the end":                 {[]string{`DELETE FROM audit_seal WHERE seq = 5`, `DELETE FROM audit_entry WHERE id = 5`}, audit.Broken{audit.Short, 5, 0}},
		"one put in by the owner": {[]string{`INSERT INTO audit_entry (at, staff_name, address, act, kind, subject_id) VALUES (now(), 'x', 'x', 'staff.lock', 'member', 1)`,
			`DELETE FROM audit_pending`}, audit.Broken{audit.Unsealed, 0, 6}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := pgtest.DB(t)
			leave(t, db.App, 5)
			head := seal(t, db.App)
			for _, statement := range test.by {
				if _, err := db.Owner.Exec(t.Context(), statement); err != nil {
					t.Fatal(err)
				}
			}
			r := verify(t, db.App, head)
			if r.Broken == nil || *r.Broken != test.want {
				t.Errorf("%v, want %v", r.Broken, test.want)
			}
		})
	}
}

func TestAChainWrittenAnewIsFound(t *testing.T) {
	db := pgtest.DB(t)
	leave(t, db.App, 3)
	noted := seal(t, db.App)
	for _, statement := range []string{
		`UPDATE audit_entry SET act = 'staff.sign_out' WHERE id = 2`,
		`DELETE FROM audit_seal`,
		`INSERT INTO audit_pending SELECT id FROM audit_entry`,
	} {
		if _, err := db.Owner.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	seal(t, db.App)
	if r := verify(t, db.App); r.Broken != nil {
		t.Errorf("by itself it is whole: %v", r.Broken)
	}
	if r := verify(t, db.App, noted); r.Broken == nil || r.Broken.Fault != audit.Short || r.Broken.Seq != 3 {
		t.Errorf("against a noted head: %v", r.Broken)
	}
}

func TestManySealAtOnce(t *testing.T) {
	db := pgtest.DB(t)
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() { leave(t, db.App, 20) })
		all.Go(func() {
			for range 10 {
				if _, err := audit.Seal(t.Context(), db.App, pgtest.Now); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	head := seal(t, db.App)
	if r := verify(t, db.App, head); r.Broken != nil || r.Sealed != 120 || r.Waiting != 0 {
		t.Errorf("%+v, broken %v", r, r.Broken)
	}
}

func TestMoreThanOneBatch(t *testing.T) {
	db := pgtest.DB(t)
	_, err := db.App.Exec(t.Context(), `
		INSERT INTO audit_entry (at, staff_name, address, act, kind, subject_id)
		SELECT '2026-11-22', '何敏', '192.0.2.1', 'staff.sign_in', 'member', i FROM generate_series(1, 6500) i`)
	if err != nil {
		t.Fatal(err)
	}
	if head := seal(t, db.App); head.Seq != 6500 {
		t.Errorf("%+v", head)
	}
	if r := verify(t, db.App); r.Broken != nil || r.Sealed != 6500 {
		t.Errorf("%+v, broken %v", r, r.Broken)
	}
}

func TestTheApplicationCannotChangeTheTrail(t *testing.T) {
	db := pgtest.DB(t)
	leave(t, db.App, 1)
	seal(t, db.App)
	for _, statement := range []string{
		`UPDATE audit_entry SET act = 'staff.sign_out'`,
		`DELETE FROM audit_entry`,
		`TRUNCATE audit_entry CASCADE`,
		`UPDATE audit_seal SET at = now()`,
		`DELETE FROM audit_seal`,
		`TRUNCATE audit_seal`,
		`INSERT INTO audit_pending (entry_id) VALUES (1)`,
		`UPDATE audit_pending SET entry_id = 1`,
		`ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_pending`,
	} {
		_, err := db.App.Exec(t.Context(), statement)
		if err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s: %v; want a refusal", statement, err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	db := pgtest.DB(b)
	if _, err := db.App.Exec(b.Context(), fmt.Sprintf(`
		INSERT INTO audit_entry (at, staff_name, address, act, kind, subject_id)
		SELECT '2026-11-22', '何敏', '192.0.2.1', 'staff.sign_in', 'member', i FROM generate_series(1, %d) i`, 20000)); err != nil {
		b.Fatal(err)
	}
	seal(b, db.App)
	for b.Loop() {
		verify(b, db.App)
	}
}
