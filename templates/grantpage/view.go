// Package grantpage draws the pages of package grant: the inbox, an application to decide on, a body's agenda, the way
// to a new application, the form for paper, and the panels for the worker's page and the rules page.
package grantpage

import (
	"context"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/fund"
	"bangfu/internal/grant"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/templates/ui"
)

// tones says how much attention a state asks for.
var tones = map[grant.State]ui.Tone{
	grant.Submitted:  ui.Due,
	grant.InApproval: ui.Info,
	grant.Returned:   ui.Due,
	grant.Approved:   ui.Good,
}

// stateTag draws where an application stands: its step while it is under way.
func stateTag(s grant.State, step grant.Step) ui.Tag {
	if step != grant.NoStep {
		return ui.Tag{Key: step.Key(), Tone: tones[s]}
	}
	return ui.Tag{Key: s.Key(), Tone: tones[s]}
}

// programmeName gives a programme's name in the reader's language.
func programmeName(ctx context.Context, p grant.Programme) string { return p.Name(words.Of(ctx)) }

// waited says for how many days something has been waiting.
func waited(ctx context.Context, since, today day.Date) string {
	n := today.Sub(since)
	if n <= 0 {
		return words.T(ctx, "grant.inbox.since_today")
	}
	return words.T(ctx, "grant.inbox.days", n)
}

// flags lists what to look out for in an application.
func flags(ctx context.Context, i grant.Item) string {
	var said []string
	for _, f := range i.Flags() {
		said = append(said, words.T(ctx, f.Key()))
	}
	return words.Listing(said).In(ctx)
}

// kinds names papers.
func kinds(ctx context.Context, all []casefile.EvidenceKind) string {
	said := make([]string, len(all))
	for i, k := range all {
		said[i] = words.T(ctx, k.Key())
	}
	return words.Listing(said).In(ctx)
}

// causes names causes of hardship.
func causes(ctx context.Context, all []casefile.Cause) string {
	said := make([]string, len(all))
	for i, c := range all {
		said[i] = words.T(ctx, c.Key())
	}
	return words.Listing(said).In(ctx)
}

// stepNames names the stops of a tier, in order.
func stepNames(ctx context.Context, t grant.Tier) string {
	var said []string
	for _, s := range t.Steps() {
		said = append(said, words.T(ctx, s.Key()))
	}
	return strings.Join(said, " → ")
}

// yen writes an amount with its sign, for sentences and figures.
func yen(a money.Amount) string { return "¥" + a.Grouped() }

// AccountName names an account with what it can still give.
func AccountName(ctx context.Context, a fund.Account) string {
	return a.Title().In(ctx) + " · " + words.T(ctx, "grant.case.account_left", a.Available)
}

// Identity is the bar of a household whose application is shown.
func Identity(ctx context.Context, c grant.Case, fileOpens bool) *ui.IdentityView {
	v := ui.IdentityView{
		Number: c.FileNumber, Name: c.HeadName, Href: CasePath(c.ID), Status: stateTag(c.State, c.Step),
		Facts: []ui.Item{
			{Key: "grant.column.programme", Value: ui.Text(programmeName(ctx, c.Programme))},
			{Key: "grant.column.cause", Value: ui.Word(c.Cause.Key())},
		},
	}
	if fileOpens {
		v.Href = FilePath(c.File)
	}
	return &v
}
