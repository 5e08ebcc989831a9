package form

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"bangfu/internal/money"
)

// table declares two fields a row and writes the form down, a line a row.
func table(values url.Values) (*Form, string) {
	f := New(values)
	var b strings.Builder
	for _, row := range f.Rows("income", 1, 3) {
		source := f.Text(row.Name("source"), label, Required)
		amount := f.Money(row.Name("amount"), label, LabelArgs(row.Place))
		fmt.Fprintf(&b, "%d %s %s=%s;", row.Place, row.ID(), source.Value, amount.Value)
	}
	return f, b.String()
}

func TestRows(t *testing.T) {
	two := func(extra ...string) url.Values {
		v := url.Values{
			"income.0.source": {"工资"}, "income.0.amount": {"2100"},
			"income.4.source": {"房租"}, "income.4.amount": {"300"},
		}
		for i := 0; i < len(extra); i += 2 {
			v.Set(extra[i], extra[i+1])
		}
		return v
	}
	tests := map[string]struct {
		values  url.Values
		want    string
		editing bool
		told    string
	}{
		"a fresh form has the least":      {nil, "1 income.0 =;", false, ""},
		"gaps in the numbers stay":        {two(), "1 income.0 工资=2100;2 income.4 房租=300;", false, ""},
		"a blank row is dropped":          {two("income.2.source", " ", "income.2.amount", ""), "1 income.0 工资=2100;2 income.4 房租=300;", false, ""},
		"all blank leaves the least":      {url.Values{"income.0.source": {""}}, "1 income.0 =;", false, "income.0.source: form.required"},
		"the add button adds one":         {two(AddName, "income"), "1 income.0 工资=2100;2 income.4 房租=300;3 income.5 =;", true, ""},
		"another add button does not":     {two(AddName, "members"), "1 income.0 工资=2100;2 income.4 房租=300;", true, ""},
		"the remove button takes one":     {two(RemoveName, "income.0"), "1 income.4 房租=300;", true, ""},
		"half a row is checked":           {two("income.2.amount", "9"), "1 income.0 工资=2100;2 income.2 =9;3 income.4 房租=300;", false, "income.2.source: form.required"},
		"more than the most":              {two("income.5.source", "a", "income.6.source", "b"), "1 income.0 工资=2100;2 income.4 房租=300;3 income.5 a=;", false, ": form.rows, : form.unknown"},
		"numbers written oddly":           {two("income.04.source", "x", "income.-1.source", "x", "income.1000.source", "x"), "1 income.0 工资=2100;2 income.4 房租=300;", false, ": form.unknown, : form.unknown, : form.unknown"},
		"a field the row does not have":   {two("income.4.fen", "1"), "1 income.0 工资=2100;2 income.4 房租=300;", false, ": form.unknown"},
		"an amount in a row can be wrong": {two("income.4.amount", "1.005"), "1 income.0 工资=2100;2 income.4 房租=1.005;", false, "income.4.amount: form.money_decimals"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f, got := table(test.values)
			valid := f.Valid()
			if got != test.want || f.Editing() != test.editing {
				t.Errorf("rows %q, editing %v; want %q, %v", got, f.Editing(), test.want, test.editing)
			}
			if told := strings.Join(told(f), ", "); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
			if valid != (test.values != nil && !test.editing && test.told == "") {
				t.Errorf("valid %v", valid)
			}
		})
	}
}

func TestRowsRead(t *testing.T) {
	f, _ := table(url.Values{"income.7.source": {"工资"}, "income.7.amount": {"1,000"}})
	if got := f.Field("income.7.amount").Money(); got != money.Yuan(1000) {
		t.Errorf("amount %v", got)
	}
}

// Whatever is sent, the form shows only text that a page can carry, and nothing
// in it makes the reading fail.
func FuzzForm(f *testing.F) {
	f.Add("name=%00&income.1.amount=9&income.1.source=%ff")
	f.Add("add_row=income&income.999.source=x&remove_row=income.999")
	f.Add("rent=%EF%BC%91&id=11010519491231002X&needs=a&needs=b&agree=yes")
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		form := every(values)
		for _, row := range form.Rows("income", 1, 3) {
			form.Text(row.Name("source"), label)
		}
		form.Valid()
		for _, d := range form.Fields() {
			shown := d.Value + strings.Join(d.Values, "")
			if d.Error == nil && d.Kind != KindPassword && strings.ContainsRune(shown, 0) {
				t.Errorf("%s shows %q", d.Name, shown)
			}
			if shown != strings.ToValidUTF8(shown, "?") {
				t.Errorf("%s is not UTF-8: %q", d.Name, shown)
			}
		}
		for _, p := range form.Errors() {
			if text := p.Message.In(t.Context()); strings.ContainsAny(text, "\x00⟦") {
				t.Errorf("message %q", text)
			}
		}
	})
}

// A row just added begins with what it is given; those before it keep what was typed.
func TestPrefill(t *testing.T) {
	f := New(url.Values{"m.0.name": {"甲"}, "m.0.kind": {"typed"}, AddName: {"m"}})
	var got []string
	for _, row := range f.Rows("m", 0, 5) {
		opt := Default("")
		if row.New {
			opt = Prefill("given")
		}
		got = append(got, f.Text(row.Name("kind"), label, opt).Value)
	}
	if strings.Join(got, " ") != "typed given" {
		t.Errorf("the rows have %v", got)
	}
}
