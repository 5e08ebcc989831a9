package notice

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// The diagram in testdata is what people read; a change of the life of a notice changes it in the same commit.
func TestTheLifeOfANotice(t *testing.T) {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n    [*] --> open: publish\n")
	for _, m := range moves {
		fmt.Fprintf(&b, "    %s --> %s: %s\n", m.from, m.to, m.act)
	}
	for _, s := range States {
		if s.Closed() {
			fmt.Fprintf(&b, "    %s --> [*]\n", s)
		}
	}
	golden := filepath.Join("testdata", "states.mmd")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || b.String() != string(want) {
		t.Errorf("%v; the life is\n%s", err, b.String())
	}
}

func TestAfter(t *testing.T) {
	const before, last, over = "2026-11-27", "2026-11-28", "2026-11-29"
	tests := []struct {
		from  State
		act   Act
		today string
		want  State
		told  string
	}{
		{Open, ActObject, before, Objected, ""},
		{Open, ActObject, last, Objected, ""},
		{Open, ActObject, over, Open, "notice.refusal.late"},
		{Objected, ActObject, last, Objected, ""},
		{Objected, ActObject, over, Objected, ""}, // the clock stands still
		{Open, ActEnd, last, Open, "notice.refusal.running"},
		{Open, ActEnd, over, Ended, ""},
		{Objected, ActEnd, over, Objected, "notice.refusal.state"},
		{Objected, ActRestart, over, Interrupted, ""},
		{Open, ActRestart, before, Open, "notice.refusal.state"},
		{Objected, ActUphold, before, Upheld, ""},
		{Open, ActUphold, before, Open, "notice.refusal.state"},
		{Ended, ActObject, over, Ended, "notice.refusal.state"},
		{Ended, ActEnd, over, Ended, "notice.refusal.state"},
		{Interrupted, ActObject, before, Interrupted, "notice.refusal.state"},
		{Upheld, ActRestart, before, Upheld, "notice.refusal.state"},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%s %s on %s", test.from, test.act, test.today), func(t *testing.T) {
			n := Notice{State: test.from, Period: Terms{Days: 7}.Reckon(date(t, "2026-11-22"))}
			got, refusal := n.after(test.act, date(t, test.today))
			told := ""
			if refusal != nil {
				told = refusal.Key
			}
			if got != test.want || told != test.told {
				t.Errorf("%s, %q; want %s, %q", got, told, test.want, test.told)
			}
		})
	}
}

func TestParseReceipt(t *testing.T) {
	for typed, want := range map[string]string{
		"261122-K7QM-2P9X":     "261122-K7QM-2P9X",
		" 261122k7qm2p9x ":     "261122-K7QM-2P9X",
		"261122 k7qm 2p9x":     "261122-K7QM-2P9X",
		"26ll22–K7QM–2P9X":     "261122-K7QM-2P9X",
		"261122-K7QO-IP9X":     "261122-K7Q0-1P9X",
		"261122-K7QM-2P9":      "",
		"261122-K7QM-2P9X0":    "",
		"261122-K7QU-2P9X":     "",
		"' OR 1=1 --":          "",
		"":                     "",
		"261122-K7QM-2P9X\x00": "",
	} {
		if got := ParseReceipt(typed); got != want {
			t.Errorf("%q reads as %q, want %q", typed, got, want)
		}
	}
	seen := map[string]bool{}
	for range 1000 {
		r := newReceipt(date(t, "2026-11-22").Start())
		if ParseReceipt(r) != r || seen[r] || !strings.HasPrefix(r, "261122-") {
			t.Fatalf("%q is malformed or came twice", r)
		}
		seen[r] = true
	}
}

func TestCursor(t *testing.T) {
	c := Cursor{On: date(t, "2026-11-28"), ID: 12}
	if got := ParseCursor(c.String()); got != c {
		t.Errorf("%q reads as %+v", c, got)
	}
	for _, bad := range []string{"", "x", "2026-11-28", "2026-11-28.", "2026-11-28.-1", "2026-13-28.1", "2026-11-28.1.2"} {
		if got := ParseCursor(bad); got != (Cursor{}) {
			t.Errorf("%q reads as %+v", bad, got)
		}
	}
}
