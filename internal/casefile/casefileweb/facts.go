package casefileweb

import (
	"context"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/idcard"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// workFields asks for the head's work. Employer, contract and the like are asked where they apply: the page hides them
// otherwise, and what was typed stays.
func workFields(f *form.Form, h household) {
	p := h.head()
	f.Select("status", "casefile.work_status", options(casefile.WorkStatus, h, p.WorkStatus), form.Needed, form.Default(p.WorkStatus))
	f.Text("employer", "casefile.employer", form.Needed, form.Max(80), form.Hint("casefile.employer_hint"), form.Default(p.Employer))
	f.Choice("ownership", "casefile.ownership", options(casefile.Ownership, h, p.Ownership), form.Needed, form.Default(p.Ownership))
	f.Date("started_on", "casefile.started_on", form.Needed, form.NotAfter(h.today), form.Default(p.StartedOn))
	f.Choice("condition", "casefile.condition", options(casefile.Conditions, h, p.Condition), form.Needed, form.Default(p.Condition))
	f.Select("industry", "casefile.industry", options(casefile.Industry, h, p.Industry), form.Needed, form.Default(p.Industry))
	f.Choice("employment_form", "casefile.employment_form", options(casefile.EmploymentForm, h, p.EmploymentForm), form.Default(p.EmploymentForm))
	owed := form.If(p.Identity == "migrant", form.Needed)
	f.Date("contract_on", "casefile.contract_on", owed, form.NotAfter(h.today), form.Hint("casefile.contract_hint"), form.Default(p.ContractOn))
	f.Select("contract_term", "casefile.contract_term", options(casefile.ContractTerm, h, p.ContractTerm), owed, form.Default(p.ContractTerm))
}

func saveWork(ctx context.Context, u *work.Unit, _ *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	text := func(name string) string { return f.Field(name).Text() }
	return casefile.SaveWork(ctx, u, h.file.ID, seen(f), casefile.Work{Status: text("status"), Employer: text("employer"),
		Ownership: text("ownership"), Condition: text("condition"), Industry: text("industry"), EmploymentForm: text("employment_form"),
		StartedOn: f.Field("started_on").Date(), ContractOn: f.Field("contract_on").Date(), ContractTerm: text("contract_term")})
}

// housingFields asks where and how the household lives.
func housingFields(f *form.Form, h household) {
	metres := ""
	if h.file.AreaSaid {
		metres = strconv.Itoa(h.file.HousingM2)
	}
	f.Text("address", "casefile.address", form.Needed, form.Max(200), form.Default(h.file.Address))
	f.Text("postal_code", "casefile.postal_code", form.Max(6), form.Width(8), form.SixDigits, form.Hint("casefile.postal_hint"), form.Default(h.said.Particulars.PostalCode))
	f.Choice("kind", "casefile.housing_kind", options(casefile.HousingKinds, h, h.file.Housing), form.Needed, form.Default(h.file.Housing))
	f.Number("metres", "casefile.metres", form.Needed, form.Between(0, 10000), form.Hint("casefile.metres_hint"), form.Default(metres))
}

func saveHousing(ctx context.Context, u *work.Unit, _ *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	return casefile.SaveHousing(ctx, u, h.file.ID, seen(f), casefile.Housing{Address: f.Field("address").Text(),
		PostalCode: f.Field("postal_code").Text(), Kind: f.Field("kind").Text(), Metres: int(f.Field("metres").Number()),
		NoArea: f.Field("metres").Empty()})
}

// causeOptions are the ten causes by code.
func causeOptions() []form.Option {
	all := make([]form.Option, len(casefile.Causes))
	for i, c := range casefile.Causes {
		all[i] = form.Option{Value: strconv.Itoa(int(c)), Key: c.Key()}
	}
	return all
}

// causeFields asks for one main cause and up to three others, and for needs and target group.
func causeFields(f *form.Form, h household) {
	main, secondary := "", []string(nil)
	for i, c := range h.said.Causes {
		if i == 0 {
			main = strconv.Itoa(int(c))
		} else {
			secondary = append(secondary, strconv.Itoa(int(c)))
		}
	}
	p := h.said.Particulars
	f.Select("main", "casefile.main_cause", causeOptions(), form.Needed, form.Default(main))
	f.Choices("secondary", "casefile.secondary_causes", causeOptions(), form.Hint("casefile.secondary_hint"), form.Default(secondary))
	f.Area("cause_note", "casefile.cause_note", form.Max(500), form.Hint("casefile.cause_note_hint"), form.Default(p.CauseNote))
	f.Choice("self_help", "casefile.self_help", form.YesNo(), form.Needed, form.Default(p.SelfHelp))
	f.Choices("needs", "casefile.needs", many(casefile.Needs, h), form.Needed, form.Default(p.Needs))
	f.Area("need_note", "casefile.need_note", form.Max(500), form.Hint("casefile.need_note_hint"), form.Default(p.NeedNote))
	f.Select("target_group", "casefile.target_group", options(casefile.TargetGroups, h, p.TargetGroup), form.Default(p.TargetGroup))
	f.Select("measure", "casefile.measure", options(casefile.Measures, h, p.Measure), form.Default(p.Measure))
	f.Date("target_on", "casefile.target_on", form.NotAfter(h.today), form.Hint("casefile.target_on_hint"), form.Default(p.TargetOn))
	f.Choices("special", "casefile.special", many(casefile.SpecialTicks, h), form.Hint("casefile.special_hint"), form.Default(p.Special))
	f.Known("level") // asked until it was computed: what was typed or asked for before that may carry it
	card := form.Optional
	if p.ReliefCard > 0 {
		card = form.Default(p.ReliefCard)
	}
	f.Money("relief_card", "casefile.relief_card", form.Hint("casefile.relief_card_hint"), card)
	f.Area("mood", "casefile.mood", form.Max(500), form.Hint("casefile.mood_hint"), form.Default(p.Mood))
}

// many makes the options of a question with several answers.
func many(l casefile.List, h household) []form.Option { return options(l, h, "") }

func saveCauses(ctx context.Context, u *work.Unit, _ *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	var causes []casefile.Cause
	for _, code := range slices.Concat([]string{f.Field("main").Text()}, f.Field("secondary").Chosen()) {
		if n, err := strconv.Atoi(code); err == nil { // nothing chosen is no cause; the options are numbers
			causes = append(causes, casefile.Cause(n))
		}
	}
	text := func(name string) string { return f.Field(name).Text() }
	return casefile.SaveCauses(ctx, u, h.file.ID, seen(f), causes, casefile.Particulars{SelfHelp: text("self_help"),
		ReliefCard: f.Field("relief_card").Money(), CauseNote: text("cause_note"), Needs: f.Field("needs").Chosen(),
		NeedNote: text("need_note"), TargetGroup: text("target_group"), TargetOn: f.Field("target_on").Date(),
		Measure: text("measure"), Special: f.Field("special").Chosen(), Mood: text("mood")})
}

// bankFields asks for the card; its holder is one of the household.
func bankFields(f *form.Form, h household) {
	card := casefile.Card{Holder: h.head().Name}
	if h.card != nil {
		card = *h.card
	}
	f.Card("number", "casefile.card_number", form.Required, form.Hint("casefile.card_hint"),
		form.Keep(h.number, "casefile.kept", idcard.MaskCard(h.number)))
	f.Text("bank", "casefile.card_bank", form.Max(60), form.Hint("casefile.card_bank_hint"), form.Default(card.Bank))
	f.Text("branch", "casefile.card_branch", form.Required, form.Max(80), form.Default(card.Branch))
	f.Select("holder", "casefile.card_holder", holders(h.people), form.Required, form.Default(card.Holder))
}

// holders are the names in the household.
func holders(people []casefile.Person) []form.Option {
	all := make([]form.Option, len(people))
	for i, p := range people {
		all[i] = form.Option{Value: p.Name, Text: p.Name}
	}
	return all
}

// cardOf reads a card.
func cardOf(f *form.Form) casefile.NewCard {
	return casefile.NewCard{Number: f.Field("number").Card(), Bank: f.Field("bank").Text(),
		Branch: f.Field("branch").Text(), Holder: f.Field("holder").Text()}
}

func saveBank(ctx context.Context, u *work.Unit, k *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	return casefile.SaveCard(ctx, u, k.Keys, h.file.ID, seen(f), cardOf(f))
}

// declarationFields asks for each declaration by itself (PIPL 29), for the day of the signatures, and for the opinions that
// stand on the paper form.
func declarationFields(f *form.Form, h household) {
	signed := map[casefile.DeclarationKind]bool{}
	var on day.Date
	for _, d := range h.signed {
		signed[d.Kind], on = d.Version == casefile.DeclarationText, d.SignedOn
	}
	for _, kind := range casefile.Declared(h.people, h.today) {
		f.Tick(string(kind), kind.Key(), form.Needed, form.Default(signed[kind]))
	}
	f.Known(string(casefile.Guardian))
	if on.IsZero() {
		on = h.today
	}
	f.Date("signed_on", "casefile.signed_on", form.Required, form.NotAfter(h.today), form.NotBefore(h.today.AddMonths(-12)), form.Default(on))
	for _, body := range casefile.Bodies {
		var held casefile.BodyOpinion
		for _, o := range h.said.Opinions {
			if o.Body == body {
				held = o
			}
		}
		f.Area(string(body)+".opinion", body.Key(), form.Max(500), form.Default(held.Opinion))
		f.Text(string(body)+".by", "casefile.opinion_by", form.Max(40), form.Width(10), form.Default(held.GivenBy))
		f.Date(string(body)+".on", "casefile.opinion_on", form.NotAfter(h.today), form.Default(held.GivenOn))
	}
}

func saveDeclarations(ctx context.Context, u *work.Unit, _ *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	var kinds []casefile.DeclarationKind
	for _, kind := range casefile.Declared(h.people, h.today) {
		if f.Field(string(kind)).Ticked() {
			kinds = append(kinds, kind)
		}
	}
	var opinions []casefile.BodyOpinion
	for _, body := range casefile.Bodies {
		o := casefile.BodyOpinion{Body: body, Opinion: f.Field(string(body) + ".opinion").Text(), GivenBy: f.Field(string(body) + ".by").Text(),
			GivenOn: f.Field(string(body) + ".on").Date()}
		if o.GivenOn.IsZero() {
			o.GivenOn = f.Field("signed_on").Date()
		}
		switch {
		case o.Opinion != "":
			opinions = append(opinions, o)
		case o.GivenBy != "":
			return work.Refuse("casefile.refusal.opinion_empty", body).On(string(body) + ".opinion")
		}
	}
	return casefile.SaveDeclarations(ctx, u, h.file.ID, seen(f), kinds, f.Field("signed_on").Date(), opinions)
}
