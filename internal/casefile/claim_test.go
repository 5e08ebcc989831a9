package casefile_test

import (
	"fmt"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// asHead makes a sample file's head the given person.
func asHead(p casefile.Person) func(*sample.Household) {
	return func(h *sample.Household) {
		number, birth, sex := p.Number, p.Birth, p.Sex
		h.Head.Number, h.Head.Birth, h.Head.Sex = number, birth, sex
	}
}

// asMember makes a sample file's first member the given person.
func asMember(p casefile.Person) func(*sample.Household) {
	return func(h *sample.Household) {
		h.Members[0].Number, h.Members[0].Birth, h.Members[0].Sex = p.Number, p.Birth, p.Sex
	}
}

// by makes a person the registrar.
func by(a work.Actor) func(*sample.Household) { return func(h *sample.Household) { h.By = a } }

// Of a file that the caseworker may open anyway, the refusal says whose it is, not whom to call.
func TestOneOpenFileOfOnesOwn(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	who := sample.Person("spouse", "周若兰", day.Of(1985, 4, 4), idcard.Female)
	f := sample.File(t, u, casefile.Submitted, asMember(who))
	id, err := casefile.Register(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	refusal, ok := work.AsRefusal(casefile.SaveHead(t.Context(), u, sample.Keys(), id, 0, who))
	if !ok || refusal.Key != "casefile.refusal.already" || fmt.Sprint(refusal.Args) != fmt.Sprint([]any{"周若兰", f.OrgName, "王建国", casefile.Submitted}) {
		t.Errorf("%+v", refusal)
	}
}

// One person, one open file, in every combination of head and member, of offices and of states; after an end the person
// may be filed anew. The refusal names the office, the masked head and the phone, and nothing more.
func TestOneOpenFile(t *testing.T) {
	who := sample.Person("spouse", "周若兰", day.Of(1985, 4, 4), idcard.Female)
	inside := map[string]func(*sample.Household){"head": asHead(who), "member": asMember(who)}
	for _, state := range []casefile.State{casefile.Submitted, casefile.Returned, casefile.Judged, casefile.InNotice, casefile.Contested, casefile.Active,
		casefile.NotQualified, casefile.Refused, casefile.StruckOff, casefile.Discarded, casefile.Temporary, casefile.Cancelled, casefile.Closed} {
		for first, make1 := range inside {
			for second := range inside {
				t.Run(string(state)+" "+first+" then "+second, func(t *testing.T) {
					u := pgtest.Unit(t, sample.SiblingClerk)
					sample.Centre(t, u)
					sample.File(t, u, state, make1)
					id, err := casefile.Register(t.Context(), u) // in another county
					if err != nil {
						t.Fatal(err)
					}
					p := who
					p.Name = "周若兰"
					if second == "head" {
						err = casefile.SaveHead(t.Context(), u, sample.Keys(), id, 0, p)
					} else {
						err = casefile.SaveMembers(t.Context(), u, sample.Keys(), id, 0, []casefile.Person{p})
					}
					if !state.Open() {
						if err != nil {
							t.Errorf("a person of an ended file was refused: %v", err)
						}
						return
					}
					refusal, ok := work.AsRefusal(err)
					if !ok || refusal.Key != "casefile.refusal.elsewhere" {
						t.Fatalf("a second open file: %v", err)
					}
					want := []any{"周若兰", "青石县总工会困难职工帮扶中心", "王*国", "0879-2100001"}
					for i, arg := range refusal.Args {
						if i >= len(want) || arg != want[i] {
							t.Errorf("the refusal tells %v, want %v", refusal.Args, want)
						}
					}
				})
			}
		}
	}
}

// The database itself refuses a second file, even when a file that had ended is opened again by hand.
func TestOneOpenFileByHand(t *testing.T) {
	who := sample.Person("spouse", "周若兰", day.Of(1985, 4, 4), idcard.Female)
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	ended := sample.File(t, u, casefile.Discarded, asHead(who))
	sample.File(t, u, casefile.Submitted, asMember(who))
	for _, sql := range []string{
		"UPDATE casefile_file SET state = 'submitted', closed_at = NULL WHERE id = $1",
		"INSERT INTO casefile_claim (id_index, person_id, file_id) SELECT id_index, id, file_id FROM casefile_person WHERE file_id = $1",
	} {
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(t.Context(), sql, ended.ID); err == nil {
			t.Errorf("done by hand: %s", sql)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// In one household nobody stands twice, whether as head and member or as two members.
func TestNobodyTwiceInAHousehold(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	id, err := casefile.Register(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	head := sample.Person(casefile.Head, "周若兰", day.Of(1985, 4, 4), idcard.Female)
	son := sample.Person("son", "周小", day.Of(2012, 4, 4), idcard.Male)
	if err := casefile.SaveHead(t.Context(), u, sample.Keys(), id, 0, head); err != nil {
		t.Fatal(err)
	}
	told := sample.Told(t, casefile.SaveMembers(t.Context(), u, sample.Keys(), id, 0, []casefile.Person{son, son}))
	if told != "casefile.refusal.twice" {
		t.Errorf("the same son twice: told %q", told)
	}
}

// Two counties file the same person at the same moment: one of them is refused, whoever comes first.
func TestOneOpenFileAtOnce(t *testing.T) {
	db := pgtest.DB(t)
	commit(t, db, sample.Clerk, func(u *work.Unit) { sample.Centre(t, u) })
	who := sample.Person(casefile.Head, "周若兰", day.Of(1985, 4, 4), idcard.Female)
	answers := make(chan error, 20)
	for i := range cap(answers) {
		actor := []work.Actor{sample.Clerk, sample.SiblingClerk}[i%2]
		go func() {
			answers <- work.Do(t.Context(), db.App, pgtest.Now, actor, func(u *work.Unit) error {
				id, err := casefile.Register(t.Context(), u)
				if err != nil {
					return err
				}
				return casefile.SaveHead(t.Context(), u, sample.Keys(), id, 0, who)
			})
		}()
	}
	done := 0
	for range cap(answers) {
		if told := sample.Told(t, <-answers); told == "" {
			done++
		} else if told != "casefile.refusal.elsewhere" && told != "casefile.refusal.already" {
			t.Errorf("told %q", told)
		}
	}
	if done != 1 {
		t.Errorf("%d files of one person", done)
	}
}

// Neither a dump of the tables nor the audit trail shows a number in the clear.
func TestNumbersAreSealed(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	var dump string
	if err := u.QueryRow(t.Context(), `
		SELECT (SELECT string_agg(p::text, ' ') FROM casefile_person p) || (SELECT string_agg(c::text, ' ') FROM casefile_card c) ||
			(SELECT string_agg(f::text, ' ') FROM casefile_file f) || (SELECT string_agg(a::text, ' ') FROM audit_entry a)`).Scan(&dump); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{string(people[0].Number), people[0].Phone, "6228480402564890018"} {
		if secret == "" || strings.Contains(dump, secret) {
			t.Errorf("%q lies open", secret)
		}
	}
}
