package visitweb

import (
	"context"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/staff"
	"bangfu/internal/visit"
	"bangfu/internal/work"
	"bangfu/templates/visitpage"
)

// FormPaper is the form of a visit, filled in 入户核查表, put on record.
var FormPaper = casefile.Paper{Kind: casefile.VisitForm, Need: staff.CapFileRead,
	Path: func(_ work.FileID, id int64) string { return visitpage.FilledPath(visit.ID(id)) }, Says: saysForm}

// saysForm is what the visitors brought back.
func saysForm(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, id int64) (any, error) {
	v, err := visit.Find(ctx, q, by.Scope, visit.ID(id))
	if err == nil && v.FileID != file {
		err = work.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return struct {
		Purpose   visit.Purpose
		VisitedOn day.Date
		Visitors  [2]string
		Agrees    bool
		Remark    string
		Chair     visit.Chair
		Talk      visit.Talk
		Findings  []visit.Finding
	}{v.Purpose, v.VisitedOn, v.Visitors, v.Agrees, v.Remark, v.Chair, v.Talk, v.Findings}, nil
}
