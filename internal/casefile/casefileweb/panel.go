package casefileweb

import (
	"net/http"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/templates/casefilepage"
)

// Panel is a card on the worker's page that another feature brings: its visits, notices, grants or payments of the
// file. It gives nil when it has nothing to show to the person who asks.
type Panel = func(r *http.Request, f casefile.File) (templ.Component, error)

// Note is what another feature says of the answers of a file, wherever they are shown whole: before they are handed in,
// after each section, and on the file's page. It gives nil when it has nothing to say.
type Note = func(r *http.Request, a casefile.Answers) (templ.Component, error)

// notesOn asks each note about a household that was read; tasks are those of a registration.
func (h *Handlers) notesOn(r *http.Request, v casefilepage.Household, tasks []casefile.Task) ([]templ.Component, error) {
	a := casefile.Answers{Papers: v.Evidence, Missing: v.Missing, Facts: casefile.Facts{Cover: v.File, Office: v.File.OrgName, Particulars: v.Particulars,
		Economy: v.Economy, Arrears: v.Arrears, Causes: v.Causes, Opinions: v.BodyOpinions, Property: v.Property}}
	for _, p := range v.People {
		a.Facts.People = append(a.Facts.People, casefile.Member{Person: p})
	}
	if v.Card != nil {
		a.Facts.Card = &casefile.Account{ID: v.Card.ID, Holder: v.Card.Holder}
	}
	for _, t := range tasks {
		if t.Version == 0 {
			a.Unsaved = append(a.Unsaved, t.Section)
		}
	}
	var notes []templ.Component
	for _, note := range h.notes {
		part, err := note(r, a)
		if err != nil {
			return nil, err
		}
		if part != nil {
			notes = append(notes, part)
		}
	}
	return notes, nil
}
