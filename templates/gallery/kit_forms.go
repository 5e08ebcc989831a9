package gallery

import (
	"net/url"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// kitForms shows forms: fresh, filled, with every kind of error, with rows.
func kitForms() []ui.Example {
	fresh := page("gallery.register")
	wrong := page("gallery.register")
	wrong.Form = kinds(mistakes())
	alone := layout.Page{Title: "gallery.signin", Narrow: true, Path: "/signin", FormKey: key}
	signin := form.New(nil)
	signin.Text("account", "gallery.account", form.Required, form.Complete("username"))
	signin.Password("password", "gallery.password", form.Required)
	signin.Code("code", "gallery.code", form.Required, form.Hint("gallery.code_hint"))
	return []ui.Example{
		{Name: "kit-form-fresh", Page: formPage(fresh, kinds(nil))},
		{Name: "kit-form-wrong", Page: formPage(wrong, wrong.Form)},
		{Name: "kit-form-rows", Page: rowsPage(page("gallery.incomes"), incomes(nil))},
		{Name: "kit-form-signin", Page: signinPage(alone, signin)},
		{Name: "kit-tasks", Page: tasksPage(tasksView())},
		{Name: "kit-check", Page: checkPage(page("gallery.check"))},
	}
}

// kinds declares one field of each kind.
func kinds(values url.Values) *form.Form {
	today := day.Of(2026, 11, 22)
	f := form.New(values)
	f.IDNumber("id_number", "gallery.id_number", form.Required, form.Hint("gallery.id_hint"))
	f.Text("name", "gallery.person", form.Required, form.Max(40), form.Width(12))
	f.Phone("phone", "gallery.phone", form.Required)
	f.Date("joined", "gallery.joined", form.Required, form.NotAfter(today))
	f.Card("card", "gallery.card")
	f.Money("rent", "gallery.rent", form.Required, form.AtMost(money.Yuan(100_000)))
	f.Number("people", "gallery.people", form.Required, form.Between(1, 20), form.Default(3))
	f.Choice("cause", "gallery.cause", causes(), form.Required, form.Hint("gallery.cause_hint"))
	f.Select("employer", "gallery.employer", employers(), form.Required)
	f.Choices("needs", "gallery.needs", []form.Option{
		{Value: "living", Key: "gallery.need_living"},
		{Value: "medical", Key: "gallery.need_medical"},
		{Value: "tuition", Key: "gallery.need_tuition"},
	})
	f.Area("note", "gallery.note", form.Max(300))
	f.File("paper", "gallery.paper", "image/jpeg,image/png,application/pdf", form.Hint("gallery.paper_hint"))
	f.Tick("consent", "gallery.consent", form.Required)
	f.Valid()
	return f
}

// mistakes is a form sent with something wrong in most fields.
func mistakes() url.Values {
	return url.Values{
		form.KeyName: {"k-sample"},
		"id_number":  {"110105194912310021"},
		"name":       {""},
		"phone":      {"1380013"},
		"joined":     {"2027-01-01"},
		"card":       {"6222 0212 3456"},
		"rent":       {"1200.505"},
		"people":     {"三"},
		"note":       {"户主去年确诊，妻子在家照护，无其他收入。"},
		"extra":      {"1"},
	}
}

func causes() []form.Option {
	return []form.Option{
		{Value: "illness", Key: "gallery.cause_illness", Hint: "gallery.cause_illness_hint"},
		{Value: "jobless", Key: "gallery.cause_jobless"},
		{Value: "accident", Key: "gallery.cause_accident"},
	}
}

func employers() []form.Option {
	return []form.Option{
		{Value: "1", Text: "云川纺织有限公司工会"},
		{Value: "2", Text: "云川市第二人民医院工会"},
	}
}

// incomes is a form with two rows.
func incomes(values url.Values) *form.Form {
	f := form.New(values)
	for _, row := range f.Rows("income", 2, 20) {
		f.Text(row.Name("source"), "gallery.income_source", form.Required, form.Width(12))
		f.Money(row.Name("amount"), "gallery.income_amount", form.Required)
	}
	return f
}

// tasksView is a registration under way.
func tasksView() (layout.Page, []ui.Task) {
	p := page("gallery.tasks")
	p.Lead = "gallery.tasks_lead"
	return p, []ui.Task{
		{Key: "gallery.task_basic", Href: "/files/418/basic", State: ui.Done},
		{Key: "gallery.task_members", Href: "/files/418/members", Hint: "4 人", State: ui.Done},
		{Key: "gallery.task_income", Href: "/files/418/income", State: ui.Started},
		{Key: "gallery.task_papers", Href: "/files/418/papers", Hint: "缺 2 份", State: ui.Wrong},
		{Key: "gallery.task_card", Href: "/files/418/card", State: ui.NotStarted},
		{Key: "gallery.task_consent", State: ui.Locked},
	}
}

// nth names a row for the button that removes it.
func nth(row form.Row) words.Message { return words.Saying("gallery.nth_income", row.Place) }
