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

// BlankPaper is the form of the visit that a file waits for, for the pen, put on record: it shows what was declared.
var BlankPaper = casefile.Paper{Kind: casefile.VisitBlank, Need: staff.CapVisitRecord,
	Path: func(file work.FileID, _ int64) string { return visitpage.BlankPath(file) }, Says: saysBlank}

// saysBlank is what the household declared, and for which visit it is printed. That the file moves on changes nothing of it.
func saysBlank(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, _ int64) (any, error) {
	f, err := casefile.Find(ctx, q, by.Scope, file)
	if err != nil {
		return nil, err
	}
	due, err := visit.DueFor(ctx, q, f)
	if err != nil {
		return nil, err
	}
	if due.Purpose == visit.Nothing && visit.FollowUp(f, visit.Review).Purpose == visit.Nothing && visit.FollowUp(f, visit.CallBack).Purpose == visit.Nothing {
		return nil, work.ErrNotFound
	}
	facts, err := casefile.FactsOf(ctx, q, by.Scope, file)
	if err != nil {
		return nil, err
	}
	facts.Cover.State = ""
	_, declared, err := facts.Encode()
	if err != nil {
		return nil, err
	}
	papers, err := casefile.EvidenceOf(ctx, q, file)
	held := []casefile.EvidenceKind{}
	for _, p := range papers {
		held = append(held, p.Kind)
	}
	return struct {
		Purpose  visit.Purpose
		Declared []byte
		Papers   []casefile.EvidenceKind
	}{due.Purpose, declared, held}, err
}

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
