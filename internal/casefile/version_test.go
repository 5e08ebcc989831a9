package casefile_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// table writes versions one a line, oldest first: number, round, why, state.
func table(t *testing.T, u *work.Unit, id work.FileID) string {
	t.Helper()
	page, err := casefile.Versions(t.Context(), u, sample.Everywhere, id, 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, v := range slices.Backward(page.Versions) {
		b.WriteString(strings.Join([]string{words.Say(t.Context(), v.Number), words.Say(t.Context(), v.Round), v.Why, string(v.Facts.Cover.State)}, " ") + "\n")
	}
	return b.String()
}

// lines says differences, one a line.
func lines(t *testing.T, all []casefile.Difference) string {
	t.Helper()
	var b strings.Builder
	for _, d := range all {
		b.WriteString(strings.Join([]string{string(d.Part), d.Person, words.T(t.Context(), d.Label),
			words.Say(t.Context(), d.Before), words.Say(t.Context(), d.After)}, "|") + "\n")
	}
	return b.String()
}

// Each act that changes a fact leaves a version; those that only pass the file on leave none.
func TestActsKeepVersions(t *testing.T) {
	for state, want := range map[casefile.State]string{
		casefile.Draft:        "",
		casefile.Discarded:    "",
		casefile.Temporary:    "1 1 casefile.keep_temporary temporary\n",
		casefile.Cancelled:    "1 1 casefile.keep_temporary temporary\n2 1 casefile.cancel cancelled\n",
		casefile.Submitted:    "1 1 casefile.submit submitted\n",
		casefile.Visited:      "1 1 casefile.submit submitted\n",
		casefile.Returned:     "1 1 casefile.submit submitted\n2 1 casefile.disagree returned\n",
		casefile.Judged:       "1 1 casefile.submit submitted\n2 1 casefile.qualify judged\n",
		casefile.NotQualified: "1 1 casefile.submit submitted\n2 1 casefile.disqualify not_qualified\n",
		casefile.Contested:    "1 1 casefile.submit submitted\n2 1 casefile.qualify judged\n",
		casefile.StruckOff:    "1 1 casefile.submit submitted\n2 1 casefile.qualify judged\n3 1 casefile.strike_off struck_off\n",
		casefile.Closed:       "1 1 casefile.submit submitted\n2 1 casefile.qualify judged\n3 1 casefile.activate active\n4 1 casefile.close closed\n",
	} {
		t.Run(string(state), func(t *testing.T) {
			u := pgtest.Unit(t, sample.Clerk)
			sample.Centre(t, u)
			if got := table(t, u, sample.File(t, u, state).ID); got != want {
				t.Errorf("versions:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// Keeping twice without a change keeps one version, and a new name of the office is no change of the household.
func TestKeepOnlyWhatChanged(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	keep := func(want int) {
		t.Helper()
		if n, err := casefile.Keep(t.Context(), u, f.ID, "casefile.test"); err != nil || n != want {
			t.Errorf("version %d, %v; want %d", n, err, want)
		}
	}
	keep(3)
	exec(t, u, `UPDATE staff_org SET name = '青石县总工会' WHERE id = $1`, f.OrgID)
	keep(3)
	exec(t, u, `UPDATE casefile_file SET address = '青石县河东街道3号' WHERE id = $1`, f.ID)
	keep(4)
	keep(4)
	if _, err := casefile.Keep(t.Context(), work.NewUnit(u.Tx, u.Now, sample.SiblingClerk), f.ID, "casefile.test"); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("outside of the scope: %v", err)
	}
}

// A version holds until the moment the next was kept; a day ends at midnight in China.
func TestVersionOn(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Submitted)
	midnight := day.Of(2026, 11, 24).Start()
	for _, step := range []struct {
		at      time.Time
		address string
	}{{midnight.Add(-time.Microsecond), "东街 1 号"}, {midnight, "东街 2 号"}} {
		exec(t, u, `UPDATE casefile_file SET address = $2 WHERE id = $1`, f.ID, step.address)
		if _, err := casefile.Keep(t.Context(), work.NewUnit(u.Tx, step.at, u.By), f.ID, "casefile.test"); err != nil {
			t.Fatal(err)
		}
	}
	for on, want := range map[day.Date]string{
		day.Of(2026, 11, 21): "", day.Of(2026, 11, 22): "青石县河西街道12号", day.Of(2026, 11, 23): "东街 1 号",
		day.Of(2026, 11, 24): "东街 2 号", day.Of(2030, 1, 1): "东街 2 号",
	} {
		v, err := casefile.VersionOn(t.Context(), u, sample.Clerk.Scope, f.ID, on)
		if v.Facts.Cover.Address != want || (want == "") != errors.Is(err, work.ErrNotFound) {
			t.Errorf("%s: %q, %v; want %q", on, v.Facts.Cover.Address, err, want)
		}
		if _, err := casefile.VersionOn(t.Context(), u, sample.SiblingClerk.Scope, f.ID, on); !errors.Is(err, work.ErrNotFound) {
			t.Errorf("%s, outside of the scope: %v", on, err)
		}
	}
}

// A version keeps no number in the clear, and gives all of them back with the keys.
func TestVersionsKeepNumbersSealed(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	var stored string
	if err := u.QueryRow(t.Context(), `SELECT string_agg(facts::text, '') FROM casefile_version WHERE file_id = $1`, f.ID).Scan(&stored); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{string(people[0].Number), people[0].Phone, string(people[1].Number), "6228480402564890018"} {
		if secret == "" || strings.Contains(stored, secret) {
			t.Errorf("%q is in the stored facts, or empty", secret)
		}
	}
	v, err := casefile.LastVersion(t.Context(), u, sample.Everywhere, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Facts.Reveal(sample.Keys()); err != nil {
		t.Fatal(err)
	}
	kept := v.Facts.Persons()
	for i, p := range people {
		if kept[i].Number != p.Number || kept[i].Phone != p.Phone || kept[i].Name != p.Name {
			t.Errorf("person %d: kept %q %q", i, kept[i].Number, kept[i].Phone)
		}
	}
	if v.Facts.Card.Number != "6228480402564890018" {
		t.Errorf("card %q", v.Facts.Card.Number)
	}
}

// The hash depends on what is said: not on the order in which it is written, nor on the nonce of a sealed number.
func TestHashOfFacts(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Submitted)
	hash := func() []byte {
		facts, err := casefile.FactsOf(t.Context(), u, sample.Everywhere, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, hash, err := facts.Encode()
		if err != nil {
			t.Fatal(err)
		}
		return hash
	}
	first := hash()
	exec(t, u, `UPDATE casefile_person SET id_sealed = $2 WHERE file_id = $1`, f.ID, []byte("sealed anew"))
	if !bytes.Equal(first, hash()) {
		t.Error("a number sealed anew changed the hash")
	}
	exec(t, u, `UPDATE casefile_figure SET amount_fen = amount_fen + 1 WHERE side = 'income' AND snapshot_id IN
		(SELECT id FROM casefile_snapshot WHERE file_id = $1 AND current)`, f.ID)
	if bytes.Equal(first, hash()) {
		t.Error("one fen more did not change the hash")
	}
}

// Every kind of difference is told, with the household matched person by person.
func TestCompare(t *testing.T) {
	head := casefile.Member{Person: casefile.Person{ID: 1, Relation: casefile.Head, Name: "王建国", Birth: day.Of(1976, 3, 12),
		Sex: idcard.Male, Health: "good", WorkStatus: "on_post", Phone: "13908790001", NumberIndex: []byte("a"), PhoneIndex: []byte("p")}}
	wife := casefile.Member{Person: casefile.Person{ID: 2, Relation: "spouse", Name: "李秀兰", Birth: day.Of(1978, 6, 1), Sex: idcard.Female, NumberIndex: []byte("b")}}
	son := casefile.Member{Person: casefile.Person{ID: 3, Relation: "son", Name: "王小明", Birth: day.Of(2010, 9, 1), Sex: idcard.Male, NumberIndex: []byte("c")}}
	a := casefile.Facts{Cover: casefile.File{State: casefile.Submitted, Address: "东街1号", Housing: "rented"}, Office: "甲单位",
		People:  []casefile.Member{head, wife},
		Economy: casefile.Economy{Until: day.Of(2026, 10, 31), Lines: []casefile.Line{{Side: casefile.Income, Kind: "wage", Amount: money.Yuan(24000)}}},
		Causes:  []casefile.Cause{casefile.SeriousIllness, casefile.LaidOff}, Card: &casefile.Account{Bank: "中国农业银行", Index: []byte("x")},
		Declarations: []casefile.Signed{{Kind: casefile.Truth, Version: "2026-01", SignedOn: day.Of(2026, 11, 1)}}}
	if got := casefile.Compare(a, a); len(got) != 0 {
		t.Fatalf("a state differs from itself: %s", lines(t, got))
	}
	b := a
	head2 := head
	head2.Health, head2.Illness, head2.Phone, head2.PhoneIndex, head2.WorkStatus, head2.NumberIndex = "ill", "kidney", "13908790002", []byte("q"), "waiting", []byte("d")
	b.People = []casefile.Member{head2, son}
	b.Cover.State, b.Cover.Address, b.Cover.Number, b.Office = casefile.Active, "东街2号", "QSX202600001", "乙单位"
	b.Economy = casefile.Economy{Until: day.Of(2026, 10, 31), Lines: []casefile.Line{{Side: casefile.Income, Kind: "wage", Amount: money.Yuan(12000)},
		{Side: casefile.Expense, Kind: "illness", Amount: money.Yuan(6000)}}}
	b.Causes = []casefile.Cause{casefile.SeriousIllness, casefile.ChildrenSchooling}
	b.Card = &casefile.Account{Bank: "中国建设银行", Index: []byte("y"), Number: "6227001234567895220"}
	b.Declarations = nil
	const want = `||状态|待核查|在档
||档案编号||QSX202600001
||建档单位|甲单位|乙单位
head|王建国|健康状况|良好|疾病
head|王建国|疾病类别||终末期肾病
head|王建国|身份证号|（号码已登记）|（号码已登记）
head|王建国|手机号码|139****0001|139****0002
members|李秀兰|成员离开|李秀兰，配偶，1978-06-01 出生|不在本户
members|王小明|成员加入|不在本户|王小明，子，2010-09-01 出生
work|王建国|工作状态|在岗|下（待）岗
housing||家庭住址|东街1号|东街2号
economy||工资性收入|24,000.00|12,000.00
economy||疾病自付费用||6,000.00
causes||次要致困原因|下岗失业|
causes||次要致困原因||子女上学
bank||银行卡号|（号码已登记）|***************5220
bank||开户银行|中国农业银行|中国建设银行
declarations||如实填报|2026-11-01 (2026-01)|
`
	if got := lines(t, casefile.Compare(a, b)); got != want {
		t.Errorf("differences:\n%s\nwant:\n%s", got, want)
	}
}

// Every field of a file and of a person is either told by Compare or left out on purpose: a new field must be entered in
// one of the two tables.
func TestCompareKnowsEveryField(t *testing.T) {
	for of, known := range map[reflect.Type][]string{
		reflect.TypeFor[casefile.File]():   casefile.CoverFields(),
		reflect.TypeFor[casefile.Person](): casefile.PersonFields(),
	} {
		for i := range of.NumField() {
			if f := of.Field(i); f.IsExported() && !slices.Contains(known, f.Name) {
				t.Errorf("%s.%s is in no table of compare.go", of, f.Name)
			}
		}
		for _, name := range known {
			if _, ok := of.FieldByName(name); !ok {
				t.Errorf("%s has no field %s", of, name)
			}
		}
	}
}

// The database takes versions one after the other, and lets nobody change or remove one.
func TestVersionsStand(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Submitted)
	for name, test := range map[string]struct{ sql, rule string }{
		"a hole":           {`INSERT INTO casefile_version SELECT file_id, 3, round, kept_at, kept_by, why, facts, hash FROM casefile_version WHERE file_id = $1`, "casefile_version_next"},
		"the same again":   {`INSERT INTO casefile_version SELECT * FROM casefile_version WHERE file_id = $1`, "casefile_version_next"},
		"back in time":     {`INSERT INTO casefile_version SELECT file_id, 2, round, kept_at - interval '1 microsecond', kept_by, why, facts, hash FROM casefile_version WHERE file_id = $1`, "casefile_version_next"},
		"the next, sound":  {`INSERT INTO casefile_version SELECT file_id, 2, round, kept_at, kept_by, why, facts, hash FROM casefile_version WHERE file_id = $1`, ""},
		"changed by hand":  {`UPDATE casefile_version SET facts = '{}' WHERE file_id = $1`, "denied"},
		"removed by hand":  {`DELETE FROM casefile_version WHERE file_id = $1`, "denied"},
		"facts of no kind": {`INSERT INTO casefile_version SELECT file_id, 2, round, kept_at, kept_by, why, '[]', hash FROM casefile_version WHERE file_id = $1`, "casefile_version_facts_check"},
	} {
		t.Run(name, func(t *testing.T) {
			tx, err := u.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback(context.Background()) }() // the next one begins with one version
			_, err = tx.Exec(t.Context(), test.sql, f.ID)
			got := work.Violated(err)
			if err != nil && strings.Contains(err.Error(), "permission denied") {
				got = "denied"
			}
			if got != test.rule {
				t.Errorf("%q, %v; want %q", got, err, test.rule)
			}
		})
	}
}

// Files that were handed in before versions were kept get their first one from the program, once; a draft gets none.
func TestKeepMissing(t *testing.T) {
	db := pgtest.DB(t)
	var handedIn casefile.File
	commit(t, db, sample.Clerk, func(u *work.Unit) {
		sample.Centre(t, u)
		handedIn = sample.File(t, u, casefile.Visited)
		sample.File(t, u, casefile.Draft)
	})
	if _, err := db.Owner.Exec(t.Context(), `DELETE FROM casefile_version`); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{1, 0} {
		if n, err := casefile.KeepMissing(t.Context(), db.App, pgtest.Now); err != nil || n != want {
			t.Errorf("%d kept, %v; want %d", n, err, want)
		}
	}
	v, err := casefile.LastVersion(t.Context(), db.App, sample.Everywhere, handedIn.ID)
	if err != nil || v.Number != 1 || v.By != 0 || v.Why != "casefile.keep_first" || v.Facts.Cover.State != casefile.Visited {
		t.Errorf("%+v, %v", v, err)
	}
}

// Many who change one file at once keep their versions one after the other, without a hole.
func TestVersionsAtOnce(t *testing.T) {
	db := pgtest.DB(t)
	var f casefile.File
	commit(t, db, sample.Clerk, func(u *work.Unit) {
		sample.Centre(t, u)
		f = sample.File(t, u, casefile.Submitted)
	})
	const people = 8
	var all sync.WaitGroup
	for i := range people {
		all.Go(func() {
			err := work.Do(t.Context(), db.App, pgtest.Now.Add(-time.Duration(i)*time.Second), sample.Clerk, func(u *work.Unit) error {
				if _, err := u.Exec(t.Context(), `UPDATE casefile_file SET housing_m2 = $2 WHERE id = $1`, f.ID, 100+i); err != nil {
					return err
				}
				if _, err := casefile.Keep(t.Context(), u, f.ID, "casefile.test"); err != nil {
					return err
				}
				return u.Audit(t.Context(), work.Entry{Act: "casefile.test", Kind: "file", ID: int64(f.ID), FileID: f.ID})
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	last, err := casefile.LastVersion(t.Context(), db.App, sample.Everywhere, f.ID)
	now, wrong := casefile.Find(t.Context(), db.App, sample.Everywhere, f.ID)
	if err != nil || wrong != nil || last.Number != people+1 || last.Facts.Cover.HousingM2 != now.HousingM2 {
		t.Errorf("version %d, %d square metres of %d, %v %v", last.Number, last.Facts.Cover.HousingM2, now.HousingM2, err, wrong)
	}
}

// exec runs a statement in a unit or ends the test.
func exec(t *testing.T, u *work.Unit, sql string, args ...any) {
	t.Helper()
	if _, err := u.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}
