package form

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/words"
)

// told lists what a form has to say: "name: key".
func told(f *Form) []string {
	var all []string
	for _, p := range f.Errors() {
		all = append(all, p.Name+": "+string(p.Message.Key))
	}
	return all
}

func is(t *testing.T, what string, got, want any) {
	t.Helper()
	if got != want {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

const label = words.Key("ui.id_number")

// good has every kind of field, filled as people fill them.
func good() url.Values {
	return url.Values{
		KeyName: {"k1"}, "name": {" 林　秀兰 "}, "note": {"一\r\n二\t三"}, "rent": {"￥１,２００．５"}, "on": {"2026年11月2日"},
		"at": {"０９：３０"}, "postal": {"６７９９００"}, "people": {"１,０００"}, "cause": {"ill"}, "needs": {"a", "b", "a"}, "agree": {"yes"},
		"id": {"11010519491231002x"}, "card": {"4111 1111 1111 1111"}, "phone": {"+86 138-0013-8000"},
		"line": {"（0871）65123456"}, "code": {"０4２9１7"}, "secret": {" pass word "}, "answer": {"no"}, "ref": {"7"},
	}
}

func every(values url.Values) *Form {
	f := New(values)
	f.Text("name", label, Required, Max(5))
	f.Area("note", label)
	f.Money("rent", label, Required, AtMost(money.Yuan(2000)), Positive)
	f.Date("on", label, NotAfter(day.Of(2026, 11, 22)), NotBefore(day.Of(2026, 1, 1)))
	f.Time("at", label)
	f.Text("postal", label, Max(6), SixDigits)
	f.Number("people", label, Between(1, 1000))
	f.Choice("cause", label, []Option{{Value: "ill"}, {Value: "jobless"}}, Required)
	f.Choices("needs", label, []Option{{Value: "a"}, {Value: "b"}})
	f.Tick("agree", label, Required)
	f.IDNumber("id", label)
	f.Card("card", label)
	f.Phone("phone", label)
	f.Phone("line", label)
	f.Code("code", label)
	f.Password("secret", label)
	f.Choice("answer", label, YesNo())
	f.Hidden("ref")
	return f
}

func TestValues(t *testing.T) {
	f := every(good())
	if !f.Valid() {
		t.Fatalf("not valid: %v", told(f))
	}
	id, err := idcard.Parse("11010519491231002X")
	if err != nil {
		t.Fatal(err)
	}
	is(t, "name", f.Field("name").Text(), "林　秀兰")
	is(t, "note", f.Field("note").Text(), "一\n二\t三")
	is(t, "rent", f.Field("rent").Money(), money.Amount(120050))
	is(t, "on", f.Field("on").Date(), day.Of(2026, 11, 2))
	is(t, "at", f.Field("at").Text(), "09:30")
	is(t, "postal", f.Field("postal").Text(), "679900")
	is(t, "people", f.Field("people").Number(), int64(1000))
	is(t, "cause", One[words.Key](f.Field("cause")), words.Key("ill"))
	is(t, "needs", strings.Join(f.Field("needs").Chosen(), "+"), "a+b")
	is(t, "agree", f.Field("agree").Ticked(), true)
	is(t, "id", f.Field("id").IDNumber(), id)
	is(t, "card", f.Field("card").Card(), "4111111111111111")
	is(t, "phone", f.Field("phone").Phone(), "13800138000")
	is(t, "line", f.Field("line").Phone(), "0871-65123456")
	is(t, "code", f.Field("code").Text(), "042917")
	is(t, "secret", f.Field("secret").Text(), " pass word ")
	is(t, "answer", f.Field("answer").Yes(), false)
	is(t, "as typed", f.Field("rent").Value, "￥１,２００．５")
}

func TestRefusals(t *testing.T) {
	tests := map[string]struct {
		name  string
		value []string
		want  string
	}{
		"nothing typed":              {"name", []string{""}, "name: form.required"},
		"only spaces":                {"name", []string{" 　\u200b "}, "name: form.required"},
		"not sent at all":            {"name", nil, "name: form.required"},
		"a tag of HTML in a line":    {"name", []string{"<b>林"}, "name: form.markup"},
		"a tag of HTML in a text":    {"note", []string{"见 </script>"}, "note: form.markup"},
		"a sum below a line":         {"note", []string{"收入<低保线, 1<2, a <= b"}, ""},
		"longer than the limit":      {"name", []string{"一二三四五六"}, "name: form.too_long"},
		"the limit counts signs":     {"name", []string{"𠮷𠮷𠮷𠮷𠮷"}, ""},
		"sent twice":                 {"name", []string{"一", "二"}, "name: form.twice"},
		"a NUL byte":                 {"name", []string{"林\x00兰"}, "name: form.broken"},
		"broken text":                {"name", []string{"林\xff"}, "name: form.broken"},
		"a mark turning the reading": {"name", []string{"林\u202e兰"}, "name: form.broken"},
		"two lines in one":           {"name", []string{"林\n兰"}, "name: form.broken"},
		"a NUL byte in a choice":     {"needs", []string{"a", "b\x00"}, "needs: form.broken"},
		"no amount":                  {"rent", []string{"很多"}, "rent: form.money"},
		"three decimals":             {"rent", []string{"1.005"}, "rent: form.money_decimals"},
		"a negative amount":          {"rent", []string{"-1"}, "rent: form.money_negative"},
		"too large an amount":        {"rent", []string{"100000000000000"}, "rent: form.money_large"},
		"above the cap by a fen":     {"rent", []string{"2000.01"}, "rent: form.at_most"},
		"at the cap":                 {"rent", []string{"2000"}, ""},
		"zero":                       {"rent", []string{"0.00"}, "rent: form.positive"},
		"no such day":                {"on", []string{"2026-02-30"}, "on: form.date"},
		"tomorrow":                   {"on", []string{"2026-11-23"}, "on: form.not_after"},
		"last year":                  {"on", []string{"2025-12-31"}, "on: form.not_before"},
		"no such minute":             {"at", []string{"9:75"}, "at: form.time"},
		"a word for a number":        {"people", []string{"三"}, "people: form.number"},
		"a number out of range":      {"people", []string{"0"}, "people: form.between"},
		"a number beyond int64":      {"people", []string{"99999999999999999999"}, "people: form.number"},
		"an answer not offered":      {"cause", []string{"other"}, "cause: form.option"},
		"none chosen":                {"cause", []string{""}, "cause: form.choose"},
		"one of several not offered": {"needs", []string{"a", "z"}, "needs: form.option"},
		"not ticked":                 {"agree", nil, "agree: form.tick"},
		"a tick with another value":  {"agree", []string{"1"}, "agree: form.option"},
		"an old ID number":           {"id", []string{"110105491231002"}, "id: form.id_fifteen"},
		"a short ID number":          {"id", []string{"1101054912310"}, "id: form.id_length"},
		"a letter in an ID number":   {"id", []string{"11010519491231O02X"}, "id: form.id_character"},
		"no such birth":              {"id", []string{"110105194913310021"}, "id: form.id_birth"},
		"one digit wrong":            {"id", []string{"110105194912310021"}, "id: form.id_checksum"},
		"a card with a wrong digit":  {"card", []string{"4111111111111112"}, "card: form.card_checksum"},
		"a card that is too short":   {"card", []string{"411111111111111"}, "card: form.card"},
		"a short phone number":       {"phone", []string{"1380013800"}, "phone: form.phone"},
		"no area code":               {"phone", []string{"65123456"}, "phone: form.phone"},
		"five digits of six":         {"code", []string{"12345"}, "code: form.code"},
		"letters in a code":          {"code", []string{"12a456"}, "code: form.code"},
		"a NUL byte in hidden":       {"ref", []string{"\x00"}, ": form.broken"},
		"a name nobody declared":     {"amount_fen", []string{"1"}, ": form.unknown"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			values := good()
			values[test.name] = test.value
			f := every(values)
			valid := f.Valid()
			if got := strings.Join(told(f), ", "); got != test.want || valid != (test.want == "") {
				t.Errorf("valid %v, told %q; want %q", valid, got, test.want)
			}
			if d := f.Field(test.name); d != nil && strings.Contains(d.Value, "\x00") {
				t.Errorf("the value to show carries a NUL byte: %q", d.Value)
			}
		})
	}
}

// A wrong field gives no value, but what was typed stays.
func TestWrongGivesNothing(t *testing.T) {
	values := good()
	values.Set("rent", "12x")
	values.Set("on", "soon")
	values.Set("id", "1")
	values.Set("card", "1")
	values.Set("phone", "1")
	f := every(values)
	is(t, "rent", f.Field("rent").Money(), money.Amount(0))
	is(t, "on", f.Field("on").Date(), day.Date{})
	is(t, "id", f.Field("id").IDNumber(), *new(idcard.Number))
	is(t, "card", f.Field("card").Card(), "")
	is(t, "phone", f.Field("phone").Phone(), "")
	is(t, "typed", f.Field("rent").Value, "12x")
}

func TestAllProblemsAtOnce(t *testing.T) {
	f := every(url.Values{"extra": {""}, "more": {""}})
	is(t, "valid", f.Valid(), false)
	f.Valid()
	want := []string{
		": form.unknown", ": form.unknown", "name: form.required", "rent: form.required",
		"cause: form.choose", "agree: form.tick",
	}
	if got := told(f); !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
}

func TestFail(t *testing.T) {
	f := every(good())
	f.Fail("rent", "form.at_most", label, money.Yuan(1))
	f.Fail("rent", "form.money")
	f.Fail("", "form.unknown", "x")
	f.Fail("no_such_field", "form.unknown", "y")
	want := []string{": form.unknown", ": form.unknown", "rent: form.at_most"}
	if got := told(f); !slices.Equal(got, want) || f.Valid() {
		t.Errorf("told %v, want %v and not valid", got, want)
	}
	if got := f.Errors()[2].Message.In(t.Context()); got != "身份证号不能超过 1.00 元" {
		t.Errorf("message %q", got)
	}
}

func TestFresh(t *testing.T) {
	f := New(nil)
	f.Money("rent", label, Required, Default(money.Amount(120050)))
	f.Date("on", label, Default(day.Of(2026, 11, 2)))
	f.Date("never", label, Default(day.Date{}))
	f.Tick("agree", label, Default(true))
	f.Tick("refuse", label, Default(false))
	f.Choices("needs", label, []Option{{Value: "a"}}, Default([]string{"a"}))
	f.Number("people", label, Default(3), Between(5, 9))
	f.Text("name", label, Required)
	var shown []string
	for _, d := range f.Fields() {
		shown = append(shown, d.Value+strings.Join(d.Values, "+"))
	}
	if got := strings.Join(shown, "|"); got != "1200.50|2026-11-02||yes||a|3|" {
		t.Errorf("shown %q", got)
	}
	is(t, "rent", f.Field("rent").Money(), money.Amount(120050))
	if f.Valid() || len(f.Errors()) != 0 {
		t.Errorf("a fresh form is neither valid nor wrong: %v", told(f))
	}
}

func TestDraftAndFilter(t *testing.T) {
	d := every(url.Values{"name": {"一二三四五六"}, "rent": {"12x"}})
	is(t, "checked", len(d.Errors()) > 0, true)
	draft := Draft(url.Values{"rent": {"12x"}})
	rent := draft.Money("rent", label, Required, Default(money.Amount(1)))
	is(t, "as kept", rent.Value, "12x")
	is(t, "problems of a draft", len(draft.Errors()), 0)
	is(t, "valid", draft.Valid(), false)
	empty := Draft(nil)
	is(t, "no draft: default", empty.Money("rent", label, Default(money.Amount(1))).Value, "0.01")

	none := Filter(url.Values{})
	q := none.Text("q", label, Default("all"))
	is(t, "no query", q.Value, "all")
	is(t, "filters", q.Filters(), true)
	some := Filter(url.Values{"q": {""}, "after": {"9"}})
	some.Text("q", label, Default("all"))
	some.Known("after")
	is(t, "query", some.Field("q").Value, "")
	is(t, "valid filter", some.Valid(), true)
}

type kin string

func (k kin) Key() words.Key { return words.Key("ui." + string(k)) }

func TestOptions(t *testing.T) {
	got := Options(kin("male"), kin("female"))
	if len(got) != 2 || !reflect.DeepEqual(got[1], Option{Value: "female", Key: "ui.female"}) {
		t.Errorf("options %v", got)
	}
	f := New(url.Values{"kin": {"male"}, "kins": {"female", "male"}})
	is(t, "one", One[kin](f.Choice("kin", label, got)), kin("male"))
	is(t, "many", len(Many[kin](f.Choices("kins", label, got))), 2)
	is(t, "has", f.Field("kins").Has("female"), true)
	many := f.Choice("other", label, make([]Option, 7))
	is(t, "kind of a long choice", many.Kind, KindSelect)
}

// An answer owed later is no problem while it is missing, and checked like any other when it is given.
func TestNeeded(t *testing.T) {
	f := New(url.Values{"a": {""}, "b": {"x"}})
	f.Number("a", label, Needed)
	f.Number("b", label, Needed)
	if got := told(f); len(got) != 1 || got[0] != "b: form.number" {
		t.Errorf("problems %v", got)
	}
}

// A rule of the page's own says what is wrong with a value that is there.
func TestCheckOfThePage(t *testing.T) {
	rule := Check(func(d *Field) { d.Fail("form.code", d.Label) })
	f := New(url.Values{"a": {""}, "b": {"x"}})
	f.Text("a", label, rule)
	f.Text("b", label, rule)
	if got := told(f); len(got) != 1 || got[0] != "b: form.code" {
		t.Errorf("problems %v", got)
	}
}
