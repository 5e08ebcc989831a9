package casefile

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"bangfu/internal/work"
)

// allActs are the acts that move a file.
var allActs = []Act{ActSubmit, ActDiscard, ActAgree, ActDisagree, ActQualify, ActDisqualify, ActPass, ActReturn, ActRefuse,
	ActPublish, ActContest, ActRenotice, ActStrikeOff, ActActivate, ActClose, ActKeepTemporary, ActConvert, ActCancel}

// The diagram of a file's life, drawn from the table of moves, is the one in testdata: whoever changes the table changes
// the diagram, and it is read in review.
func TestDiagram(t *testing.T) {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n    [*] --> draft\n")
	for _, m := range moves {
		fmt.Fprintf(&b, "    %s --> %s : %s\n", m.from, m.to, m.act)
	}
	for _, s := range States {
		if !slices.ContainsFunc(moves, func(m step) bool { return m.from == s }) {
			fmt.Fprintf(&b, "    %s --> [*]\n", s)
		}
	}
	golden, err := os.ReadFile("testdata/states.mmd")
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(golden) {
		t.Errorf("the life of a file changed; testdata/states.mmd should be:\n%s", b.String())
	}
}

// Every act from every state leads where the table says, or is refused; nothing leaves an end.
func TestEveryActFromEveryState(t *testing.T) {
	by := work.Actor{StaffID: 2}
	allowed := 0
	for _, from := range States {
		for _, act := range allActs {
			f := File{State: from, RegisteredBy: 1}
			to, refusal := f.after(act, by)
			i := slices.IndexFunc(moves, func(m step) bool { return m.from == from && m.act == act })
			switch {
			case i < 0 && (refusal == nil || refusal.Key != "casefile.refusal.state" || to != from):
				t.Errorf("%s from %s: %s, %v", act, from, to, refusal)
			case i >= 0 && (refusal != nil || to != moves[i].to):
				t.Errorf("%s from %s: %s, %v; want %s", act, from, to, refusal, moves[i].to)
			case i >= 0:
				allowed++
			}
			if refusal == nil && !from.Open() {
				t.Errorf("%s leaves the end %s", act, from)
			}
			if f.May(act, by) != (refusal == nil) {
				t.Errorf("the page and the rule disagree on %s from %s", act, from)
			}
		}
	}
	if allowed != len(moves) {
		t.Errorf("%d of %d moves are reachable", allowed, len(moves))
	}
}

// Nobody judges, assesses, cancels or closes a file of their own.
func TestNobodyDecidesTheirOwn(t *testing.T) {
	registrar := work.Actor{StaffID: 1}
	for from, acts := range map[State][]Act{Visited: {ActQualify, ActDisqualify}, Judged: {ActPass, ActReturn, ActRefuse}, Active: {ActClose}, Temporary: {ActCancel}} {
		for _, act := range acts {
			f := File{State: from, RegisteredBy: registrar.StaffID}
			if _, refusal := f.after(act, registrar); refusal == nil || refusal.Key != "casefile.refusal.own" {
				t.Errorf("%s of one's own file: %v", act, refusal)
			}
		}
	}
}

// The states of the program are those of the database, and "open" means the same in both.
func TestEndsAreTheDatabaseOnes(t *testing.T) {
	migration, err := os.ReadFile("../../migrations/20261125205000_casefile_temporary.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(migration), "SELECT state NOT IN (")
	ends, _, _ := strings.Cut(after, ")")
	for _, s := range States {
		if !strings.Contains(string(migration), "'"+string(s)+"'") {
			t.Errorf("the database does not know %s", s)
		}
		if s.Open() == strings.Contains(ends, "'"+string(s)+"'") {
			t.Errorf("%s: open %v in the program, ends are %s in the database", s, s.Open(), ends)
		}
	}
}
