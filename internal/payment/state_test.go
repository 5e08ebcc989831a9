package payment

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bangfu/internal/staff"
	"bangfu/internal/work"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares with a file in testdata, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != string(got) {
		t.Errorf("%s: %v; got\n%s", name, err, got)
	}
}

// The diagrams in testdata are what people read; a change of the life of payments changes them in the same commit.
func TestTheLifeOfPayments(t *testing.T) {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n    [*] --> ready: add\n")
	for _, m := range moves {
		fmt.Fprintf(&b, "    %s --> %s: %s\n", m.from, m.to, m.act)
	}
	b.WriteString("    paid --> [*]\n    revoked --> [*]\n")
	golden(t, "payable.mmd", []byte(b.String()))

	b.Reset()
	b.WriteString("stateDiagram-v2\n    [*] --> made: make\n")
	for _, m := range batchMoves {
		fmt.Fprintf(&b, "    %s --> %s: %s\n", m.from, m.to, m.act)
	}
	b.WriteString("    closed --> [*]\n    cancelled --> [*]\n")
	golden(t, "batch.mmd", []byte(b.String()))
}

func TestWhatAPersonIsOffered(t *testing.T) {
	finance := work.Actor{StaffID: 1, Caps: []work.Capability{staff.CapPaymentRefuse, staff.CapPaymentRelease}}
	sound := Payable{Card: 1, CurrentCard: 1, FileActive: true, NoticeFinished: true}
	for _, test := range []struct {
		name string
		by   work.Actor
		p    Payable
		want []Act
	}{
		{"ready", finance, with(sound, Ready), []Act{ActRefuse}},
		{"refused", finance, with(sound, Refused), []Act{ActRestore}},
		{"failed", finance, with(sound, Failed), []Act{ActRetry}},
		{"batched", finance, with(sound, Batched), nil},
		{"paid", finance, with(sound, Paid), nil},
		{"revoked", finance, with(sound, Revoked), nil},
		{"another card", finance, Payable{State: Ready, Card: 1, CurrentCard: 2, FileActive: true, NoticeFinished: true}, []Act{ActRefuse, ActCard}},
		{"failed without a card", finance, Payable{State: Failed, Card: 1, FileActive: true, NoticeFinished: true}, nil},
		{"failed and the file closed", finance, Payable{State: Failed, Card: 1, CurrentCard: 1, NoticeFinished: true}, nil},
		{"on the other side", finance, Payable{State: Ready, Card: 1, CurrentCard: 1, FileActive: true, NoticeFinished: true, OtherSide: true}, nil},
		{"without the capability", work.Actor{StaffID: 1}, with(sound, Ready), nil},
	} {
		if got := test.p.Acts(test.by); !slices.Equal(got, test.want) {
			t.Errorf("%s: offered %v, want %v", test.name, got, test.want)
		}
	}
	mine, other := Batch{State: Made, MadeBy: 1}, Batch{State: Made, MadeBy: 2}
	if got := mine.Acts(finance); !slices.Equal(got, []BatchAct{BatchCancel}) {
		t.Errorf("the maker is offered %v", got)
	}
	if got := other.Acts(finance); !slices.Equal(got, []BatchAct{BatchRelease, BatchCancel}) {
		t.Errorf("another person is offered %v", got)
	}
}

func with(p Payable, s State) Payable {
	p.State = s
	return p
}
