package casefile_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"bangfu/internal/casefile"
)

// byMaps writes the canonical form by way of maps, as slowly and plainly as can be.
func byMaps(text []byte, without ...string) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return json.Marshal(saying(value, without))
}

// saying takes out of objects what says nothing or is not wanted.
func saying(value any, without []string) any {
	switch v := value.(type) {
	case map[string]any:
		for name, part := range v {
			if part = saying(part, without); nothing(part) || slices.Contains(without, name) {
				delete(v, name)
			} else {
				v[name] = part
			}
		}
	case []any:
		for i := range v {
			v[i] = saying(v[i], without)
		}
	}
	return value
}

// nothing tells whether a JSON value says nothing.
func nothing(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == "" || v == "0001-01-01T00:00:00Z"
	case bool:
		return !v
	case json.Number:
		return v == "0"
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// The canonical form is that of encoding/json with sorted names, without what says nothing; of any text it is made or
// refused.
func FuzzCanonical(f *testing.F) {
	for _, text := range []string{
		`{}`, `[]`, `null`, `0`, `-0`, `1e400`, ` "" `, `true`, `{"b": 1, "a": 2, "B": 3, "aa": 4}`,
		`{"Cover": {"id": 7, "state": "active", "address": "青石县河西街道12号", "area_said": false, "people": 0, "closed_at": "0001-01-01T00:00:00Z"}}`,
		`{"People": [{"name": "王建国", "number_sealed": "AAA=", "number_index": "BBB=", "remark": null}, {}, null, {"name": ""}, [], 0]}`,
		`{"People": [{"number_sealed": "AAA="}], "Card": {"card_sealed": "AAA="}, "Arrears": [], "Causes": [6, 3]}`,
		`{"note": "“他说” <b>&\u003c\u2028 a\tb \" \\ \ud800 \/"}`, "{\"note\": \"\u2028\x7f\"}", `{"a\u0062": 1, "ab": 0}`,
		`{"a": 1, "a": {}}`, `{"a": {}, "a": 1}`, `{"a": {"b": {"c": [{"d": ""}]}}, "e": {"f": {"g": false}}}`,
		`{"number_sealed": {"a": 1}, "\u006eumber_sealed": 1}`, "{\"a\": \"\xff\", \"\xff\": 1}",
		``, `{`, `{"a"`, `{"a":`, `{"a":1,}`, `{"a":1 "b":2}`, `[1,]`, `[1 2]`, `[`, `"a`, `"a\`, `tru`, `01`, `{"a":1:2}`, `{1:2}`, `}`, `,`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, without := range [][]string{nil, {"number_sealed", "card_sealed", "a"}} {
			got, err := casefile.Canonical(text, without...)
			if !json.Valid(text) {
				continue
			}
			want, wrong := byMaps(text, without...)
			if err != nil || wrong != nil || !bytes.Equal(got, want) {
				t.Errorf("of %q without %v:\n%s, %v; want\n%s, %v", text, without, got, err, want, wrong)
			}
			if again, err := casefile.Canonical(got, without...); err != nil || !bytes.Equal(again, got) {
				t.Errorf("%q is made into %q, %v", got, again, err)
			}
		}
	})
}

// What is no JSON is refused and not read halfway.
func TestCanonicalRefuses(t *testing.T) {
	for _, text := range []string{``, ` `, `{`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,}`, `{"a":1 "b":2}`, `{"a" 1}`, `{1:2}`, `[`, `[1`, `[1,]`, `[1 2]`,
		`"a`, `"a\`, `"\x"`, "\"\n\"", `tru`, `01`, `{"a":1:2}`, `}`, `,`} {
		if got, err := casefile.Canonical([]byte(text)); err == nil {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}
