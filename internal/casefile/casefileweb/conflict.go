package casefileweb

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/idcard"
	"bangfu/internal/words"
	"bangfu/templates/casefilepage"
	"bangfu/templates/ui"
)

// baseName carries the version that a form began with through the page that shows a conflict.
const baseName = "base"

// three is what a section held when the form was shown, what it holds now, and what was typed: each as the values of its
// form, with rows of people beside each other under the same index.
type three struct {
	was, theirs, mine *form.Form
	known             bool // what it held at first was kept
}

// showConflict answers a section that somebody else saved since it was opened: of each field that differs, what both began
// with, what the other wrote and what was typed, to be chosen (ux.md U32). What was typed stays as a draft too.
func (h *Handlers) showConflict(w http.ResponseWriter, r *http.Request, hh household, s sheet, values url.Values, ask bool) error {
	if err := h.keep(r, hh, casefile.Whenever, values); err != nil {
		return err
	}
	now, err := h.file(r)
	if err != nil {
		return err
	}
	current, err := h.household(r, now, hh.task.Section)
	if err != nil {
		return err
	}
	current.change = hh.change
	sides, err := h.three(r.Context(), current, s, values)
	if err != nil {
		return err
	}
	v := casefilepage.ConflictView{Page: h.page(r, now, current.task.Section.Key())}
	v.ConflictView.Who, v.Action, v.ConflictView.Key = current.task.SavedBy, current.path(), v.Page.Key()
	v.Clashes = clashes(r.Context(), sides)
	for i, c := range v.Clashes {
		if taken := values.Get(ui.TakePrefix + c.Name); taken == ui.TakeMine || taken == ui.TakeTheirs {
			v.Clashes[i].Taken = taken
		}
		v.Clashes[i].Wrong = ask && v.Clashes[i].Taken == ""
	}
	carried := flat(sides.mine)
	carried.Set("seen", strconv.Itoa(current.task.Version))
	carried.Set(baseName, strconv.Itoa(baseOf(values)))
	v.Carried = carry(carried)
	return h.Render(w, r, http.StatusConflict, casefilepage.Conflict(v))
}

// baseOf is the version of the section that what was typed began with; -1 for none that can be.
func baseOf(values url.Values) int {
	name := "seen"
	if values.Has(baseName) {
		name = baseName
	}
	n, err := strconv.Atoi(values.Get(name))
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// three puts the three sides of a conflict beside each other.
func (h *Handlers) three(ctx context.Context, current household, s sheet, values url.Values) (three, error) {
	var sides three
	held, known, err := casefile.HeldAt(ctx, h.DB, h.Keys, current.file.ID, current.task.Section, baseOf(values))
	if err != nil {
		return sides, err
	}
	current.fresh = true
	theirs := flat(build(form.New(nil), s, current)) // its numbers are empty, which is what stands now
	current.fresh = false
	mine := typedOnly(values)
	next := 0
	for _, side := range []url.Values{mine, theirs, held} {
		for _, i := range memberIndexes(side) {
			next = max(next, i+1)
		}
	}
	theirs = beside(mine, theirs, next, current.people)
	held = beside(theirs, beside(mine, held, next, current.people), next+mostMembers, current.people)
	draft := func(side url.Values) *form.Form {
		side = maps.Clone(side)
		side.Set("seen", strconv.Itoa(current.task.Version)) // never empty: an empty draft would show defaults
		return build(form.Draft(side), s, current)
	}
	if held == nil {
		held = url.Values{}
	}
	return three{was: draft(held), theirs: draft(theirs), mine: draft(mine), known: known}, nil
}

// merged gives the values that the choices of a conflict lead to, under the section's version now. open tells that a
// choice is missing, or that the section was saved once more meanwhile.
func (h *Handlers) merged(r *http.Request, hh household, s sheet, values url.Values) (result url.Values, open bool, err error) {
	sides, err := h.three(r.Context(), hh, s, values)
	if err != nil {
		return nil, false, err
	}
	result, theirs := flat(sides.mine), flat(sides.theirs)
	result.Set("seen", values.Get("seen"))
	for _, c := range clashes(r.Context(), sides) {
		switch values.Get(ui.TakePrefix + c.Name) {
		case ui.TakeMine:
		case ui.TakeTheirs:
			take(result, theirs, c.Name)
		default:
			open = true
		}
	}
	return result, open || values.Get("seen") != strconv.Itoa(hh.task.Version), nil
}

// take replaces a field, or all fields of a row, by those of the other side.
func take(result, theirs url.Values, name string) {
	belongs := func(field string) bool { return field == name || strings.HasPrefix(field, name+".") && isRow(name) }
	for field := range result {
		if belongs(field) {
			result.Del(field)
		}
	}
	for field, value := range theirs {
		if belongs(field) {
			result[field] = value
		}
	}
}

// clashes lists the fields that differ between what stands now and what was typed, in the order of the form. A member whom
// one side does not have is one clash as a whole.
func clashes(ctx context.Context, sides three) []ui.Clash {
	var all []ui.Clash
	rows := map[string]bool{}
	fields := sides.mine.Fields()
	for _, d := range sides.theirs.Fields() {
		if sides.mine.Field(d.Name) == nil {
			fields = append(fields, d)
		}
	}
	for _, d := range fields {
		mine, theirs, was := sides.mine.Field(d.Name), sides.theirs.Field(d.Name), sides.was.Field(d.Name)
		c := ui.Clash{Name: d.Name, Label: words.Saying(d.Label, d.Args...), Unknown: !sides.known}
		if mine == nil || theirs == nil {
			row := rowOf(d.Name)
			if row == "" || rows[row] {
				continue
			}
			rows[row] = true
			c.Name, c.Label = row, words.Saying("casefile.conflict_member")
			c.Was, c.Theirs, c.Mine = memberText(ctx, sides.was, row), memberText(ctx, sides.theirs, row), memberText(ctx, sides.mine, row)
		} else {
			if d.Kind == form.KindHidden || strings.HasPrefix(d.Name, changePrefix) || meaning(mine) == meaning(theirs) {
				continue
			}
			if row := rowOf(d.Name); row != "" {
				c.Label = words.Saying("casefile.conflict_of_member", sides.mine.Field(row+".name").Text(), c.Label)
			}
			c.Was, c.Theirs, c.Mine = masked(ctx, was), masked(ctx, theirs), typed(ctx, mine)
		}
		if sides.known {
			c.Taken = unlike(sides, c.Name)
		}
		all = append(all, c)
	}
	return all
}

// unlike gives the side that differs from what both began with, when the other does not: of a field, or of a member as a
// whole. "" is both.
func unlike(sides three, name string) string {
	mine, theirs, was := meaning(sides.mine.Field(name)), meaning(sides.theirs.Field(name)), meaning(sides.was.Field(name))
	if isRow(name) {
		mine, theirs, was = memberMeaning(sides.mine, name), memberMeaning(sides.theirs, name), memberMeaning(sides.was, name)
	}
	switch was {
	case mine:
		return ui.TakeTheirs
	case theirs:
		return ui.TakeMine
	}
	return ""
}

// memberMeaning is who stands in a row, by name and relation: the rows are beside each other by number already.
func memberMeaning(f *form.Form, row string) string {
	return meaning(f.Field(row+".name")) + " " + meaning(f.Field(row+".relation"))
}

// rowOf is the row that a field belongs to, as in member.3; "" when it is in none.
func rowOf(name string) string {
	parts := strings.SplitN(name, ".", 3)
	if len(parts) < 3 || parts[0] != "member" {
		return ""
	}
	return parts[0] + "." + parts[1]
}

// isRow tells whether the name is that of a whole row.
func isRow(name string) bool { return rowOf(name+".") == name }

// memberText names a member in a row; "" when the side has none there.
func memberText(ctx context.Context, f *form.Form, row string) string {
	name := f.Field(row + ".name")
	if name == nil {
		return ""
	}
	return words.T(ctx, "casefile.conflict_person", name.Text(), said(ctx, f.Field(row+".relation")), masked(ctx, f.Field(row+".number")))
}

// meaning is what a field holds, the same for all ways to write it; "" for no field.
func meaning(d *form.Field) string {
	if d == nil {
		return ""
	}
	switch d.Kind {
	case form.KindMoney:
		if d.Money() > 0 {
			return d.Money().String()
		}
	case form.KindDate:
		if !d.Date().IsZero() {
			return d.Date().String()
		}
	case form.KindChoices:
		return strings.Join(slices.Sorted(slices.Values(d.Values)), " ")
	}
	if whole := d.Whole(); whole != "" {
		return whole
	}
	return d.Value
}

// masked is what a field holds as a person reads it, with a number masked as everywhere (ux.md U21).
func masked(ctx context.Context, d *form.Field) string {
	switch {
	case d == nil:
		return ""
	case d.Kind == form.KindID:
		return idcard.Number(meaning(d)).Masked()
	case d.Kind == form.KindPhone, d.Label == "casefile.contact":
		return idcard.MaskPhone(meaning(d))
	case d.Kind == form.KindCard:
		return idcard.MaskCard(meaning(d))
	}
	return said(ctx, d)
}

// typed is the same of what the reader typed: a number typed just now is theirs to see, one that was left as it is stored
// stays masked.
func typed(ctx context.Context, d *form.Field) string {
	if d != nil && d.Keeps() && d.Empty() {
		return masked(ctx, d)
	}
	return said(ctx, d)
}

// said is what a field holds as a person reads it; "" for no field.
func said(ctx context.Context, d *form.Field) string {
	switch {
	case d == nil:
		return ""
	case d.Kind == form.KindTick && d.Ticked():
		return words.T(ctx, "common.yes")
	case len(d.Options) == 0:
		return meaning(d)
	}
	var chosen []string
	for _, o := range d.Options {
		if d.Has(o.Value) {
			chosen = append(chosen, o.In(ctx))
		}
	}
	if len(chosen) == 0 {
		return d.Value
	}
	return words.Listing(chosen).In(ctx)
}

// flat gives the values that a form would send as it stands.
func flat(f *form.Form) url.Values {
	values := url.Values{}
	for _, d := range f.Fields() {
		switch {
		case d.Kind == form.KindChoices && len(d.Values) > 0:
			values[d.Name] = d.Values
		case d.Kind != form.KindChoices && d.Value != "":
			values.Set(d.Name, d.Value)
		}
	}
	return values
}

// memberIndexes lists the indexes of the rows of members in the values.
func memberIndexes(values url.Values) []int {
	var all []int
	for name := range values {
		if row := rowOf(name); row != "" {
			if n, err := strconv.Atoi(strings.TrimPrefix(row, "member.")); err == nil && n >= 0 && !slices.Contains(all, n) {
				all = append(all, n)
			}
		}
	}
	slices.Sort(all)
	return all
}

// heldBy gives what a form came to once it was saved, with the numbers it kept: what its section holds.
func heldBy(f *form.Form) url.Values {
	values := flat(f)
	for _, d := range f.Fields() {
		switch of, gone := strings.CutSuffix(d.Name, goneSuffix); {
		case d.Name == "seen" || strings.HasPrefix(d.Name, changePrefix):
			values.Del(d.Name)
		case gone && reach(f, of) == "":
			values.Del(d.Name)
			values.Del(of)
		case gone:
			values.Del(d.Name)
		case d.Keeps():
			values.Set(d.Name, d.Whole())
		}
	}
	return values
}

// beside gives the values with their rows of members renumbered: who stands in the reference as the same person, or by the
// same ID number, takes the index there, everybody else one from next on. people are the household now.
func beside(reference, values url.Values, next int, people []casefile.Person) url.Values {
	at := map[string]int{}
	for _, i := range memberIndexes(reference) {
		at[whose(reference, i, people)] = i
	}
	to := map[string]string{}
	for _, i := range memberIndexes(values) {
		place, known := at[whose(values, i, people)]
		if !known {
			place = next
			next++
		}
		to["member."+strconv.Itoa(i)] = "member." + strconv.Itoa(place)
	}
	result := url.Values{}
	for name, value := range values {
		if row := rowOf(name); to[row] != "" {
			name = to[row] + strings.TrimPrefix(name, row)
		}
		result[name] = value
	}
	return result
}

// carry lists values in the order of their names, to go along through a page unseen.
func carry(values url.Values) []ui.Carried {
	var all []ui.Carried
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, value := range values[name] {
			all = append(all, ui.Carried{Name: name, Value: value})
		}
	}
	return all
}
