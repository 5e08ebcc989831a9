package noticeweb

import (
	"net/http"
	"slices"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/notice"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/templates/ui"
)

// Signed fills the box of the public notice on a file's application form: the period and its result by the given time.
func Signed(k *web.Kit) func(r *http.Request, f casefile.File, by time.Time) ([]ui.Opinion, error) {
	return func(r *http.Request, f casefile.File, by time.Time) ([]ui.Opinion, error) {
		notices, err := notice.OfFile(r.Context(), k.DB, web.By(r).Scope, f.ID)
		if err != nil {
			return nil, err
		}
		box := ui.Opinion{Key: "notice.print.result"}
		at := slices.IndexFunc(notices, func(n notice.Notice) bool { return !n.PublishedAt.After(by) })
		if at < 0 {
			return []ui.Opinion{box}, nil
		}
		n, ctx := notices[at], r.Context()
		state := n.State
		if n.ClosedAt.After(by) {
			state = notice.Open
		}
		box.Text, box.By = words.T(ctx, "notice.print.text", n.Period.Starts, n.Period.Ends, state), n.PublishedBy
		box.On = words.Long(ctx, n.Period.Ends)
		return []ui.Opinion{box}, nil
	}
}
