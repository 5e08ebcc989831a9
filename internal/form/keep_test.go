package form

import (
	"net/url"
	"testing"
)

// A field that stands for a stored value is empty, keeps the value when nothing is typed, and takes what is typed instead.
func TestAStoredValueIsKept(t *testing.T) {
	const stored, other = "11010519491231002X", "440524198001010013"
	const oldPhone, newPhone = "13908790001", "13908790002"
	tests := map[string]struct {
		values                url.Values
		draft                 bool
		number, phone, remark string // what the fields come to
		shown                 string // what the number's box shows
		valid                 bool
	}{
		"a fresh form":               {nil, false, stored, oldPhone, "旧", "", false},
		"nothing typed":              {url.Values{"seen": {"1"}}, false, stored, oldPhone, "旧", "", true},
		"spaces are nothing":         {url.Values{"id": {"  "}}, false, stored, oldPhone, "旧", "", true},
		"the same once more":         {url.Values{"id": {"1101 0519 4912 3100 2x"}}, false, stored, oldPhone, "旧", "", true},
		"others":                     {url.Values{"id": {other}, "phone": {"139 0879 0002"}, "remark": {"新"}}, false, other, newPhone, "新", other, true},
		"a wrong one":                {url.Values{"id": {"110105194912310021"}}, false, "", oldPhone, "旧", "110105194912310021", false},
		"a draft with the stored":    {url.Values{"id": {stored}, "phone": {oldPhone}}, true, stored, oldPhone, "旧", "", false},
		"a draft with half a number": {url.Values{"id": {"1101"}}, true, "", oldPhone, "旧", "1101", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := New(test.values)
			if test.draft {
				f = Draft(test.values)
			}
			f.Known("seen")
			id := f.IDNumber("id", label, Keep(stored, "form.required"), Required)
			phone := f.Phone("phone", label, Keep(oldPhone, "form.required"))
			remark := f.Text("remark", label, Keep("旧", "form.required"))
			if got := string(id.IDNumber()); got != test.number || id.Whole() != test.number || id.Value != test.shown {
				t.Errorf("number %q, whole %q, shown %q; want %q and %q", got, id.Whole(), id.Value, test.number, test.shown)
			}
			if phone.Phone() != test.phone || phone.Whole() != test.phone || remark.Whole() != test.remark {
				t.Errorf("phone %q, %q, text %q; want %q, %q", phone.Phone(), phone.Whole(), remark.Whole(), test.phone, test.remark)
			}
			if f.Valid() != test.valid || id.Required || !id.Keeps() {
				t.Errorf("valid %v, required %v, keeps %v", f.Valid(), id.Required, id.Keeps())
			}
		})
	}
}

// Without a stored value the field is as any other.
func TestNothingStoredIsNothingKept(t *testing.T) {
	f := New(url.Values{})
	card := f.Card("card", label, Required, Keep("", "form.required"))
	if card.Keeps() || card.Card() != "" || f.Valid() || card.Error == nil {
		t.Errorf("keeps %v, %q, error %v", card.Keeps(), card.Card(), card.Error)
	}
}
