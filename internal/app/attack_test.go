package app_test

import (
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"strings"

	"bangfu/internal/idcard"
	"bangfu/internal/testkit/webtest"
)

// canary would run, or at least be a tag, where it is not escaped.
const canary = `<img src=x onerror=alert(1) data-canary>`

// big is a megabyte of text.
var big = strings.Repeat("长", 350_000)

// wrongID is an ID number whose last sign does not fit; unborn is one that fits and is of a child of the year 2099.
const wrongID = "110105194912310021"

var unborn = fitting("53990120990101001")

func fitting(first17 string) string {
	check, _ := idcard.CheckDigit(first17)
	return first17 + string(check)
}

// attack is one thing sent that must be refused.
type attack struct {
	name   string
	values url.Values
}

// poisons are values that a field of a kind does not take.
var poisons = []struct {
	name  string
	kinds string // the kinds of field it is for
	value string
}{
	{"NUL", "text area money date number id card phone search", "甲\x00乙"},
	{"invalid UTF-8", "text area money date number id card phone search", "甲\xff\xfe"},
	{"HTML", "text area money date number id card phone search select radio hidden", canary},
	{"a megabyte", "text area", big},
	{"a text too long", "text area money date number id card phone", strings.Repeat("长", 20_000)},
	{"a negative amount", "money", "-1.00"},
	{"10^15", "money", "1000000000000000"},
	{"three decimals", "money", "1.234"},
	{"no number", "money number", "一百"},
	{"a number too large", "number", "99999999999999999999"},
	{"a wrong ID checksum", "id", wrongID},
	{"a birth in the future", "id", unborn},
	{"an ID of fifteen digits", "id", "110105491231002"},
	{"a wrong card", "card", "6228480402564890010"},
	{"no date", "date", "2026-02-30"},
	{"an answer not offered", "select radio checkbox", "nonesuch"},
}

// attacks lists what is sent to a form: for each field each poison of its kind, and what concerns the whole form.
func attacks(f found, sound url.Values) []attack {
	var all []attack
	for _, d := range f.Fields {
		if d.Name == "form_key" || d.Kind == "button" || d.Name == "to" || d.Name == "meeting" { // where to go next: what is no place of ours leads home
			continue
		}
		for _, p := range poisons {
			if strings.Contains(" "+p.kinds+" ", " "+d.Kind+" ") && (p.value != big || first(f, d)) {
				all = append(all, attack{name: p.name + " in " + d.Name, values: with(sound, d.Name, p.value)})
			}
		}
	}
	all = append(all, attack{name: "an unknown field", values: with(sound, "surplus", "1")})
	if d := lonely(f); d != "" {
		twice := maps.Clone(sound)
		twice[d] = []string{sound.Get(d), sound.Get(d) + "1"}
		all = append(all, attack{name: "two values of " + d, values: twice})
	}
	if asks(f) {
		missing := url.Values{"form_key": sound["form_key"]}
		all = append(all, attack{name: "missing fields", values: missing})
	}
	return all
}

// first tells whether the field is the first of its kind; the largest poison is sent once a kind.
func first(f found, d webtest.Field) bool {
	for _, other := range f.Fields {
		if other.Kind == d.Kind {
			return other.Name == d.Name
		}
	}
	return false
}

// lonely is a field that takes one value.
func lonely(f found) string {
	for _, d := range f.Fields {
		if strings.Contains(" text area money date number id card phone ", " "+d.Kind+" ") {
			return d.Name
		}
	}
	return ""
}

// asks tells whether a form has a field that must be filled.
func asks(f found) bool {
	for _, d := range f.Fields {
		if d.Required {
			return true
		}
	}
	return false
}

func with(values url.Values, name, value string) url.Values {
	changed := maps.Clone(values)
	changed[name] = []string{value}
	return changed
}

// wellKnown are fields that take only what fits a pattern or what is there.
var wellKnown = map[string]string{"username": "fang.lin", "code": "QSNEW", "district": "539901", "sought": "王建国",
	"amount": "100.00", "from": "2026-12-01", "columns": "reference"}

// plausible fills a form as somebody would who means well.
func plausible(f found) url.Values {
	values := maps.Clone(f.Values)
	for i, d := range f.Fields {
		if values.Get(d.Name) != "" {
			continue
		}
		if known, ok := wellKnown[d.Name]; ok {
			values.Set(d.Name, known)
			continue
		}
		switch d.Kind {
		case "text", "area":
			values.Set(d.Name, "情况说明"+strconv.Itoa(i))
		case "money":
			values.Set(d.Name, "100.00")
		case "number":
			values.Set(d.Name, "2")
		case "date":
			values.Set(d.Name, "2026-11-20")
		case "id":
			values.Set(d.Name, fitting(fmt.Sprintf("5399011980010%d001", 1+i%9)))
		case "card":
			values.Set(d.Name, "6228480402564890018")
		case "phone":
			values.Set(d.Name, "13908790001")
		case "select", "radio":
			if len(d.Options) > 0 {
				values.Set(d.Name, d.Options[i%len(d.Options)]) // so that two visitors are two people
			}
		case "checkbox":
			values[d.Name] = d.Options[:1]
		}
	}
	return values
}
