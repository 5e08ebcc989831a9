package form

import (
	"slices"
	"strconv"
	"strings"
)

// The buttons that add and remove a row work without script: they send the form,
// which then shows itself again, changed and unchecked.
const (
	// AddName is the button's name; its value is the prefix of the rows.
	AddName = "add_row"
	// RemoveName is the button's name; its value is "prefix.index".
	RemoveName = "remove_row"
)

// maxIndex is the highest index a row may carry.
const maxIndex = 999

// Row is one of several rows of fields, such as the members of a household.
type Row struct {
	Prefix string
	Index  int  // in the names of the fields; rows removed leave gaps
	Place  int  // 1, 2, 3 … as shown
	New    bool // just added by its button: nothing was typed in it yet
}

// Name gives the name of one of the row's fields: income.3.amount.
func (r Row) Name(field string) string {
	return r.Prefix + "." + strconv.Itoa(r.Index) + "." + field
}

// ID gives the value of the button that removes the row.
func (r Row) ID() string { return r.Prefix + "." + strconv.Itoa(r.Index) }

// Editing tells whether the form was sent by an add or remove button: then show
// it again instead of acting on it.
func (f *Form) Editing() bool {
	return f.values.Has(AddName) || f.values.Has(RemoveName)
}

// Rows finds the rows of the prefix. A fresh form has `least` of them. A sent one
// has those that were sent, without rows left wholly blank and without the one
// just removed, but never fewer than least, and one more after the add button.
// More than most rows is a problem of the whole form.
func (f *Form) Rows(prefix string, least, most int) []Row {
	f.Known(AddName, RemoveName)
	indexes := slices.DeleteFunc(f.indexes(prefix), func(i int) bool { return f.blank(prefix, i) })
	next := 0
	if len(indexes) > 0 {
		next = indexes[len(indexes)-1] + 1
	}
	indexes = slices.DeleteFunc(indexes, func(i int) bool { return f.removed(prefix, i) })
	adding, added := f.values.Get(AddName) == prefix, next
	if len(indexes) > most {
		f.Fail("", "form.rows", most)
		indexes = indexes[:most]
	}
	if adding && len(indexes) < most {
		indexes = append(indexes, next)
		next++
	}
	for len(indexes) < least {
		indexes = append(indexes, next)
		next++
	}
	rows := make([]Row, len(indexes))
	for i, index := range indexes {
		rows[i] = Row{Prefix: prefix, Index: index, Place: i + 1, New: adding && index == added}
	}
	return rows
}

// indexes lists, in order, the indexes that the sent names carry.
func (f *Form) indexes(prefix string) []int {
	var found []int
	for name := range f.values {
		rest, ok := strings.CutPrefix(name, prefix+".")
		if !ok {
			continue
		}
		number, _, _ := strings.Cut(rest, ".")
		index, err := strconv.Atoi(number)
		if err == nil && index >= 0 && index <= maxIndex && strconv.Itoa(index) == number {
			found = append(found, index)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// blank tells whether nothing was typed in a row. The names of such a row become
// known, so that they are no problem.
func (f *Form) blank(prefix string, index int) bool {
	names := f.names(prefix, index)
	for _, name := range names {
		typed := func(value string) bool { return strings.TrimSpace(value) != "" }
		if slices.ContainsFunc(f.values[name], typed) {
			return false
		}
	}
	f.Known(names...)
	return true
}

// removed tells whether a row's remove button was pressed.
func (f *Form) removed(prefix string, index int) bool {
	return f.values.Get(RemoveName) == Row{Prefix: prefix, Index: index}.ID()
}

// names lists the sent names of a row's fields.
func (f *Form) names(prefix string, index int) []string {
	start := Row{Prefix: prefix, Index: index}.Name("")
	var all []string
	for name := range f.values {
		if strings.HasPrefix(name, start) {
			all = append(all, name)
		}
	}
	return all
}
