package grantweb

import (
	"errors"
	"net/http"

	"bangfu/internal/casefile"
	"bangfu/internal/grant"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/grantpage"
	"bangfu/templates/ui"
)

// outdated warns of what a decision on an application would rest on and that is out of date: the household's figures, the
// papers that its situation asks for, and those that the programme asks for. Each line leads to where it is put right, for a
// reader who may open the file. A decided application and a file out of sight give none.
func (h *Handlers) outdated(r *http.Request, c grant.Case, held []casefile.Evidence) ([]ui.Doubt, error) {
	by := web.By(r)
	if c.State.End() {
		return nil, nil
	}
	f, err := casefile.Find(r.Context(), h.DB, by.Scope, c.File)
	if errors.Is(err, work.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all, err := casefile.OutdatedOf(r.Context(), h.DB, f, held, h.today(), c.Terms.Evidence...)
	if err != nil {
		return nil, err
	}
	doubts := make([]ui.Doubt, len(all))
	for i, o := range all {
		doubts[i] = ui.Doubt{Said: o.Message()}
		switch {
		case !by.Can(staff.CapFileRead):
		case o.Section == casefile.EvidenceSection:
			doubts[i].Href, doubts[i].Link = grantpage.PapersPath(c.File), "casefile.outdated.to_papers"
		case f.State == casefile.Active && by.Can(staff.CapFileRegister):
			doubts[i].Href, doubts[i].Link = grantpage.FilePath(c.File)+"/changes/"+string(casefile.ChangeEconomy), "casefile.outdated.to_change"
		default:
			doubts[i].Href, doubts[i].Link = grantpage.FilePath(c.File), "casefile.outdated.to_file"
		}
	}
	return doubts, nil
}
