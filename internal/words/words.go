// Package words holds every text a person reads, in Chinese first and English
// second. Each feature owns one file in catalogue/, whose keys begin with the
// name of the file. A key that a page uses and the catalogue lacks, a key that
// lacks a language and a key that nobody uses all fail the tests; should one
// reach a page nevertheless, T shows the key between ⟦ and ⟧.
package words

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/money"
)

// Key names one text of the catalogue, e.g. "form.required".
type Key string

// Keyed is an enumeration that knows its own word.
type Keyed interface{ Key() Key }

// Language is one of the languages of the catalogue.
type Language int

// The languages, in the order in which the catalogue lists them.
const (
	Chinese Language = iota
	English
)

// Languages lists all languages, for switches and tests.
var Languages = []Language{Chinese, English}

// Tag gives the BCP 47 tag for the lang attribute and the cookie.
func (l Language) Tag() string {
	if l == English {
		return "en"
	}
	return "zh-CN"
}

// Name gives the name of the language in that language.
func (l Language) Name() string {
	if l == English {
		return "English"
	}
	return "中文"
}

// ParseLanguage reads a tag such as "zh-CN", "zh" or "en-GB". False: a language
// that the catalogue does not have; the result is then Chinese.
func ParseLanguage(tag string) (Language, bool) {
	primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	switch primary {
	case "zh":
		return Chinese, true
	case "en":
		return English, true
	}
	return Chinese, false
}

type languageKey struct{}

// In gives a context in which T speaks the language.
func In(ctx context.Context, language Language) context.Context {
	return context.WithValue(ctx, languageKey{}, language)
}

// Of tells the language of the context; Chinese when none was set.
func Of(ctx context.Context) Language {
	language, _ := ctx.Value(languageKey{}).(Language)
	return language
}

// Has tells whether the catalogue knows the key.
func Has(key Key) bool {
	_, ok := catalogue[key]
	return ok
}

// T gives the text of the key in the language of the context, with {0}, {1} …
// replaced by the arguments. {0?day|days} chooses the first word when argument
// 0 is the number one. How an argument is written: see Say.
func T(ctx context.Context, key Key, args ...any) string {
	texts, ok := catalogue[key]
	if !ok {
		return "⟦" + string(key) + "⟧"
	}
	text := texts[Of(ctx)]
	if len(args) == 0 && !strings.Contains(text, "{") {
		return text
	}
	return fill(ctx, text, args)
}

// Say writes one value as a person reads it: keys and enumerations by their
// word, amounts grouped in yuan with two decimals, dates as 2026-11-22 (in full
// on paper, see OnPaper), times to the minute in China's zone.
func Say(ctx context.Context, value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case Key:
		return T(ctx, v)
	case Spoken:
		return v.In(ctx)
	case money.Amount:
		return v.Grouped()
	case day.Date:
		return date(ctx, v)
	case time.Time:
		return moment(ctx, v)
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case Keyed:
		return T(ctx, v.Key())
	}
	return fmt.Sprint(value)
}

// fill replaces the placeholders of a text.
func fill(ctx context.Context, text string, args []any) string {
	var b strings.Builder
	b.Grow(len(text) + 16*len(args))
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		inside, after, closed := strings.Cut(rest, "}")
		if !closed {
			b.WriteString("{" + rest)
			return b.String()
		}
		b.WriteString(placeholder(ctx, inside, args))
		text = after
	}
}

// placeholder writes what stands between { and }: "0" or "0?day|days".
func placeholder(ctx context.Context, inside string, args []any) string {
	number, forms, plural := strings.Cut(inside, "?")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= len(args) {
		return "⟦" + inside + "⟧"
	}
	if !plural {
		return Say(ctx, args[n])
	}
	one, many, _ := strings.Cut(forms, "|")
	if Say(ctx, args[n]) == "1" {
		return one
	}
	return many
}

// Message is a key with its arguments, to be said later, when the language of
// the reader is known.
type Message struct {
	Key  Key
	Args []any
}

// Spoken is a value that writes itself when the language of the reader is known.
type Spoken interface {
	In(ctx context.Context) string
}

// List is several values in one line, each written by Say: 甲、乙 in Chinese, "a, b" in English.
type List []any

// Listing makes a List of values of one type.
func Listing[T any](values []T) List {
	l := make(List, len(values))
	for i, v := range values {
		l[i] = v
	}
	return l
}

// In writes the list in the language of the context.
func (l List) In(ctx context.Context) string {
	comma := "、"
	if Of(ctx) == English {
		comma = ", "
	}
	said := make([]string, len(l))
	for i, v := range l {
		said[i] = Say(ctx, v)
	}
	return strings.Join(said, comma)
}

// Saying makes a Message.
func Saying(key Key, args ...any) Message { return Message{Key: key, Args: args} }

// In says the message in the language of the context.
func (m Message) In(ctx context.Context) string { return T(ctx, m.Key, m.Args...) }
