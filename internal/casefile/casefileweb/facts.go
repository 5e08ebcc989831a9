package casefileweb

import (
	"context"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// workFields asks for the head's work. The day of the contract is a migrant worker's only.
func workFields(f *form.Form, h household) {
	p := h.head()
	f.Select("status", "casefile.work_status", options(casefile.WorkStatus, h), form.Required, form.Default(p.WorkStatus))
	f.Text("employer", "casefile.employer", form.Required, form.Max(80), form.Hint("casefile.employer_hint"), form.Default(p.Employer))
	f.Choice("ownership", "casefile.ownership", options(casefile.Ownership, h), form.Required, form.Default(p.Ownership))
	f.Date("started_on", "casefile.started_on", form.Required, form.NotAfter(h.today), form.Default(p.StartedOn))
	if p.Identity == "migrant" {
		f.Date("contract_on", "casefile.contract_on", form.Required, form.NotAfter(h.today), form.Hint("casefile.contract_hint"), form.Default(p.ContractOn))
	} else {
		f.Known("contract_on")
	}
}

func saveWork(ctx context.Context, u *work.Unit, _ *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	w := casefile.Work{Status: f.Field("status").Text(), Employer: f.Field("employer").Text(),
		Ownership: f.Field("ownership").Text(), StartedOn: f.Field("started_on").Date()}
	if contract := f.Field("contract_on"); contract != nil {
		w.ContractOn = contract.Date()
	}
	return casefile.SaveWork(ctx, u, h.file.ID, seen(f), w)
}

// housingFields asks where and how the household lives.
func housingFields(f *form.Form, h household) {
	metres := ""
	if h.file.HousingM2 > 0 {
		metres = strconv.Itoa(h.file.HousingM2)
	}
	f.Text("address", "casefile.address", form.Required, form.Max(200), form.Default(h.file.Address))
	f.Choice("kind", "casefile.housing_kind", options(casefile.HousingKinds, h), form.Required, form.Default(h.file.Housing))
	f.Number("metres", "casefile.metres", form.Required, form.Between(0, 10000), form.Hint("casefile.metres_hint"), form.Default(metres))
}

func saveHousing(ctx context.Context, u *work.Unit, _ *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	return casefile.SaveHousing(ctx, u, h.file.ID, seen(f), casefile.Housing{Address: f.Field("address").Text(),
		Kind: f.Field("kind").Text(), Metres: int(f.Field("metres").Number())})
}

// economyFields asks for the twelve months: one amount a kind. An empty box is none.
func economyFields(f *form.Form, h household) {
	until := h.economy.Until
	if until.IsZero() {
		until = monthEnd(h.today)
	}
	f.Date("until", "casefile.economy_until", form.Required, form.NotAfter(h.today), form.NotBefore(h.today.AddMonths(-24)),
		form.Hint("casefile.economy_until_hint"), form.Default(until))
	for _, side := range casefile.Sides {
		for _, kind := range casefile.Kinds[side] {
			amount := form.Optional
			if a := h.economy.Of(side, kind); a > 0 {
				amount = form.Default(a)
			}
			f.Money(string(side)+"."+string(kind), kind.Key(side), amount)
		}
	}
}

// monthEnd is the last day of the month before.
func monthEnd(today day.Date) day.Date { return day.Of(today.Year(), today.Month(), 1).Add(-1) }

// economyOf reads the amounts of the form; it also adds up what is not yet right.
func economyOf(f *form.Form) casefile.Economy {
	e := casefile.Economy{Until: f.Field("until").Date()}
	for _, side := range casefile.Sides {
		for _, kind := range casefile.Kinds[side] {
			if amount := f.Field(string(side) + "." + string(kind)).Money(); amount > 0 {
				e.Lines = append(e.Lines, casefile.Line{Side: side, Kind: kind, Amount: amount})
			}
		}
	}
	return e
}

func economyDoubts(f *form.Form, _ household) []casefile.Doubt { return economyOf(f).Doubts() }

func saveEconomy(ctx context.Context, u *work.Unit, _ *web.Kit, h household, f *form.Form, confirmed []casefile.Doubt) error {
	return casefile.SaveEconomy(ctx, u, h.file.ID, seen(f), economyOf(f), confirmed)
}

// causeOptions are the ten causes by code.
func causeOptions() []form.Option {
	all := make([]form.Option, len(casefile.Causes))
	for i, c := range casefile.Causes {
		all[i] = form.Option{Value: strconv.Itoa(int(c)), Key: c.Key()}
	}
	return all
}

// causeFields asks for one main cause and up to three others.
func causeFields(f *form.Form, h household) {
	main, secondary := "", []string(nil)
	for i, c := range h.causes {
		if i == 0 {
			main = strconv.Itoa(int(c))
		} else {
			secondary = append(secondary, strconv.Itoa(int(c)))
		}
	}
	f.Select("main", "casefile.main_cause", causeOptions(), form.Required, form.Default(main))
	f.Choices("secondary", "casefile.secondary_causes", causeOptions(), form.Hint("casefile.secondary_hint"), form.Default(secondary))
}

func saveCauses(ctx context.Context, u *work.Unit, _ *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	var causes []casefile.Cause
	for _, code := range slices.Concat([]string{f.Field("main").Text()}, f.Field("secondary").Chosen()) {
		n, err := strconv.Atoi(code)
		if err != nil {
			return err
		}
		causes = append(causes, casefile.Cause(n))
	}
	return casefile.SaveCauses(ctx, u, h.file.ID, seen(f), causes, casefile.Particulars{})
}

// bankFields asks for the card; its holder is one of the household.
func bankFields(f *form.Form, h household) {
	card := casefile.Card{Holder: h.head().Name}
	if h.card != nil {
		card = *h.card
	}
	f.Card("number", "casefile.card_number", form.Required, form.Hint("casefile.card_hint"), form.Default(h.number))
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

// declarationFields asks for each declaration by itself (PIPL 29), and for the day of the signatures.
func declarationFields(f *form.Form, h household) {
	signed := map[casefile.DeclarationKind]bool{}
	var on day.Date
	for _, d := range h.signed {
		signed[d.Kind], on = d.Version == casefile.DeclarationText, d.SignedOn
	}
	for _, kind := range casefile.Declared(h.people, h.today) {
		f.Tick(string(kind), kind.Key(), form.Required, form.Default(signed[kind]))
	}
	f.Known(string(casefile.Guardian))
	if on.IsZero() {
		on = h.today
	}
	f.Date("signed_on", "casefile.signed_on", form.Required, form.NotAfter(h.today), form.NotBefore(h.today.AddMonths(-12)), form.Default(on))
}

func saveDeclarations(ctx context.Context, u *work.Unit, _ *web.Kit, h household, f *form.Form, _ []casefile.Doubt) error {
	return casefile.SaveDeclarations(ctx, u, h.file.ID, seen(f), casefile.Declared(h.people, h.today), f.Field("signed_on").Date(), nil)
}
