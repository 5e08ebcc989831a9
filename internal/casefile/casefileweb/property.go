package casefileweb

import (
	"context"

	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// propertyFields asks what the household has, and for the conditions that keep one off the register (domain.md d.4).
func propertyFields(f *form.Form, h household) {
	p := h.property
	if p == nil {
		p = &casefile.Property{}
	}
	known := func(value any) form.Opt { return form.If(h.property != nil, form.Default(value)) }
	f.Number("homes", "casefile.homes", form.Required, form.Between(0, 99), form.Hint("casefile.homes_hint"), form.Width(4), known(p.Homes))
	f.Number("metres", "casefile.home_metres", form.Between(0, 100000), form.Hint("casefile.home_metres_hint"), form.Width(6), form.If(p.Metres > 0, form.Default(p.Metres)))
	f.Money("savings", "casefile.savings", form.Required, form.Hint("casefile.savings_hint"), known(p.Savings))
	f.Choices("ticked", "casefile.conditions", form.Options(eligibility.Exclusions[1:]...), form.Hint("casefile.conditions_hint"), form.Default(texts(p.Ticked)))
	f.Area("note", "casefile.property_note", form.Max(500), form.Default(p.Note))
}

// texts gives values of an enumeration as a form takes them.
func texts[T ~string](values []T) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

func saveProperty(ctx context.Context, u *work.Unit, _ *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	return casefile.SaveProperty(ctx, u, h.file.ID, seen(f), casefile.Property{Homes: int(f.Field("homes").Number()),
		Metres: int(f.Field("metres").Number()), Savings: f.Field("savings").Money(),
		Ticked: form.Many[eligibility.Exclusion](f.Field("ticked")), Note: f.Field("note").Text()})
}
