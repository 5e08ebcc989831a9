package noticeweb

import (
	"context"

	"bangfu/internal/casefile"
	"bangfu/internal/notice"
	"bangfu/internal/staff"
	"bangfu/internal/work"
	"bangfu/templates/noticepage"
)

// PosterPaper is a public notice as it hangs on the wall 公示, put on record.
var PosterPaper = casefile.Paper{Kind: casefile.NoticePoster, Need: staff.CapNoticeRead,
	Path: func(_ work.FileID, id int64) string { return noticepage.PosterPath(notice.ID(id)) }, Says: saysPoster}

// saysPoster is what hangs on the wall: the masked public entry, where, and by which office.
func saysPoster(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, id int64) (any, error) {
	n, err := notice.Find(ctx, q, by.Scope, notice.ID(id))
	if err == nil && n.FileID != file {
		err = work.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	shown, err := notice.ShownOf(ctx, q, by.Scope, n.ID)
	return struct {
		Shown         notice.Public
		Place, Office string
	}{shown, n.Place, n.OrgName}, err
}
