package ui

import (
	"testing"

	"bangfu/internal/money"
)

func TestShare(t *testing.T) {
	tests := map[string]struct {
		part, whole money.Amount
		want        string
	}{
		"a half":                       {50, 100, "500"},
		"nothing spent":                {0, 100, "0"},
		"nothing came in":              {50, 0, "0"},
		"more than the whole fills it": {250, 100, "1000"},
		"below zero is not drawn":      {-1, 100, "0"},
		"no overflow at the limit":     {money.Max, money.Max, "1000"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := share(test.part, test.whole); got != test.want {
				t.Errorf("share(%d, %d) = %s, want %s", test.part, test.whole, got, test.want)
			}
		})
	}
}

func TestBarLength(t *testing.T) {
	rows := []BarRow{{Value: 20}, {Value: 80}, {Value: 0}}
	for i, want := range []string{"250", "1000", "0"} {
		if got := barLength(rows[i].Value, rows); got != want {
			t.Errorf("bar %d is %s long, want %s", i, got, want)
		}
	}
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1284: "1,284", 1234567: "1,234,567"} {
		if got := grouped(n); got != want {
			t.Errorf("grouped(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestMeterLeft(t *testing.T) {
	v := MeterView{Total: 1000, Spent: 300, Reserved: 200}
	if got := v.Left(); got != 500 {
		t.Errorf("left %d, want 500", got)
	}
}
