package casefile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// noTime is how JSON writes a time that is not known.
const noTime = `"0001-01-01T00:00:00Z"`

// canonical writes JSON in the one form in which facts are kept and hashed: names in order, nothing empty, without the
// parts named, everything else as encoding/json writes it. It is made for what this program or the database wrote and
// goes over the text once, for a check of the register does so with every version: by way of maps it took ten times as
// long.
func canonical(text []byte, without ...string) ([]byte, error) {
	w := canonWriter{text: text, without: without, out: make([]byte, 0, len(text))}
	if _, err := w.value(); err != nil {
		return nil, fmt.Errorf("reading kept facts: %w at byte %d", err, w.at)
	}
	return w.out, nil
}

// canonWriter is a text that is read up to a place, and what was written of it.
type canonWriter struct {
	text    []byte
	at      int
	without []string
	out     []byte
	spare   []byte
}

// canonMember is one part of an object, written with its name from one place of out up to another; nowhere when it says nothing.
type canonMember struct {
	name     []byte
	from, to int
}

var errNoJSON = errors.New("no JSON")

// value writes the next value and tells whether it says nothing.
func (w *canonWriter) value() (blank bool, err error) {
	switch w.next() {
	case '{':
		return w.object()
	case '[':
		return w.list()
	case '"':
		quoted, _, err := w.str()
		w.out = append(w.out, quoted...)
		return len(quoted) == len(`""`) || string(quoted) == noTime, err
	}
	end := bytes.IndexAny(w.text[w.at:], ",]} \t\r\n")
	if end < 0 {
		end = len(w.text) - w.at
	}
	word := w.text[w.at : w.at+end]
	if !json.Valid(word) {
		return false, errNoJSON
	}
	w.at += end
	w.out = append(w.out, word...)
	return string(word) == "null" || string(word) == "false" || string(word) == "0", nil
}

// next gives the first byte of what comes next; 0 at the end.
func (w *canonWriter) next() byte {
	for ; w.at < len(w.text); w.at++ {
		switch b := w.text[w.at]; b {
		case ' ', '\t', '\r', '\n':
		default:
			return b
		}
	}
	return 0
}

// object writes the parts of an object that say something, in the order of their names. Of two with one name the last
// counts, as for encoding/json.
func (w *canonWriter) object() (blank bool, err error) {
	w.at++
	start := len(w.out)
	var few [48]canonMember // a person has some forty
	members := few[:0]
	for more := !w.ends('}'); more; {
		m, blank, err := w.member()
		if err != nil {
			return false, err
		}
		if blank || slices.Contains(w.without, string(m.name)) {
			m.to = m.from
			w.out = w.out[:m.from]
		}
		members = append(members, m)
		if more, err = w.more('}'); err != nil {
			return false, err
		}
	}
	slices.SortStableFunc(members, func(a, b canonMember) int { return bytes.Compare(a.name, b.name) })
	w.spare = append(w.spare[:0], '{')
	for i, m := range members {
		if m.from == m.to || i+1 < len(members) && bytes.Equal(m.name, members[i+1].name) {
			continue
		}
		w.spare = append(append(w.spare, w.out[m.from:m.to]...), ',')
	}
	if blank = len(w.spare) == 1; !blank {
		w.spare = w.spare[:len(w.spare)-1]
	}
	w.out = append(append(w.out[:start], w.spare...), '}')
	return blank, nil
}

// member writes one name of an object with its value, and tells whether the value says nothing.
func (w *canonWriter) member() (m canonMember, blank bool, err error) {
	if w.next() != '"' {
		return m, false, errNoJSON
	}
	quoted, name, err := w.str()
	if err != nil {
		return m, false, err
	}
	m.name, m.from = name, len(w.out)
	w.out = append(append(w.out, quoted...), ':')
	if w.next() != ':' {
		return m, false, errNoJSON
	}
	w.at++
	blank, err = w.value()
	m.to = len(w.out)
	return m, blank, err
}

// list writes every value of a list, empty ones too: they keep the places of the others.
func (w *canonWriter) list() (blank bool, err error) {
	w.at++
	w.out = append(w.out, '[')
	if w.ends(']') {
		w.out = append(w.out, ']')
		return true, nil
	}
	for more := true; more; {
		if _, err := w.value(); err != nil {
			return false, err
		}
		if more, err = w.more(']'); err != nil {
			return false, err
		}
		w.out = append(w.out, ',')
	}
	w.out[len(w.out)-1] = ']'
	return false, nil
}

// ends steps over the end of an object or a list without anything in it.
func (w *canonWriter) ends(end byte) bool {
	if w.next() != end {
		return false
	}
	w.at++
	return true
}

// more steps over what follows one of several values, and tells whether it is a comma or their end.
func (w *canonWriter) more(end byte) (bool, error) {
	b := w.next()
	if b != ',' && b != end {
		return false, errNoJSON
	}
	w.at++
	return b == ',', nil
}

// str gives the text that begins here as encoding/json writes it, and what it says. A text in which nothing can be
// written in two ways is taken as it stands.
func (w *canonWriter) str() (quoted, said []byte, err error) {
	end, plain := w.at+1, true
	for ; end < len(w.text) && w.text[end] != '"'; end++ {
		switch b := w.text[end]; {
		case b == '\\':
			plain = false
			end++
		case b < ' ', b == '<', b == '>', b == '&', b == 0xE2: // of three bytes, two of which may end a line
			plain = false
		}
	}
	if end >= len(w.text) {
		return nil, nil, errNoJSON
	}
	quoted = w.text[w.at : end+1]
	w.at = end + 1
	if plain && utf8.Valid(quoted) {
		return quoted, quoted[1 : len(quoted)-1], nil
	}
	var text string
	if err := json.Unmarshal(quoted, &text); err != nil {
		return nil, nil, errNoJSON
	}
	quoted, err = json.Marshal(text)
	return quoted, []byte(text), err
}
