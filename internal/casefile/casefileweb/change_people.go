package casefileweb

import (
	"context"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// among makes options of people.
func among(people []casefile.Person, fits func(casefile.Person) bool) []form.Option {
	var all []form.Option
	for _, p := range people {
		if fits(p) {
			all = append(all, form.Option{Value: strconv.FormatInt(int64(p.ID), 10), Text: p.Name})
		}
	}
	return all
}

// person gives the person that a field names; zero for none.
func person(d *form.Field) casefile.PersonID {
	id, _ := strconv.ParseInt(d.Text(), 10, 64) // one of the options, so a number
	return casefile.PersonID(id)
}

// leavingFields asks who died or left, why and when.
func leavingFields(f *form.Form, h household) {
	f.Select("person", "casefile.leaving_who", among(h.people, func(p casefile.Person) bool { return p.Relation != casefile.Head }), form.Required)
	f.Select("why", "casefile.leaving_why", options(casefile.LeavingReasons, h, ""), form.Required)
	f.Date("left_on", "casefile.left_on", form.Required, form.NotAfter(h.today))
}

// saveLeaving takes a member out of the household.
func saveLeaving(ctx context.Context, u *work.Unit, _ *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	return casefile.Leave(ctx, u, h.file.ID, casefile.Leaving{Person: person(f.Field("person")), Why: f.Field("why").Text(), On: f.Field("left_on").Date()})
}

// stays is the answer that the old head stays in the household.
const stays = "stays"

// newHeadFields asks who becomes the head, what becomes of the old one, and everybody's relation to the new one.
func newHeadFields(f *form.Form, h household) {
	f.Select("person", "casefile.new_head_who", among(h.people, func(p casefile.Person) bool { return p.Relation != casefile.Head }), form.Required)
	why := append([]form.Option{{Value: stays, Key: "casefile.old_head_stays"}}, options(casefile.LeavingReasons, h, "")...)
	f.Select("why", "casefile.old_head", why, form.Required, form.LabelArgs(h.head().Name))
	f.Date("left_on", "casefile.left_on", form.NotAfter(h.today), form.Hint("casefile.left_on_hint"))
	for _, p := range h.people {
		f.Select("relation."+strconv.FormatInt(int64(p.ID), 10), "casefile.relation_of", options(casefile.Relations, h, ""), form.LabelArgs(p.Name))
	}
}

// saveNewHead names the new head.
func saveNewHead(ctx context.Context, u *work.Unit, _ *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	n := casefile.NewHead{Person: person(f.Field("person")), Relations: map[casefile.PersonID]string{}}
	if why := f.Field("why").Text(); why != stays {
		if f.Field("left_on").Date().IsZero() {
			return work.Refuse("casefile.refusal.left_on").On("left_on")
		}
		n.Old = casefile.Leaving{Why: why, On: f.Field("left_on").Date()}
	}
	for _, p := range h.people {
		n.Relations[p.ID] = f.Field("relation." + strconv.FormatInt(int64(p.ID), 10)).Text()
	}
	return casefile.NameHead(ctx, u, h.file.ID, n)
}
