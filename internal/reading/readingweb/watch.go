package readingweb

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"bangfu/internal/reading"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Watch lets the watcher see who opens the file of which household, or another record of it, and how often households are searched for, at the addresses that are
// declared from now on, and hold who reads in masses.
func Watch(k *web.Kit, watcher *reading.Watcher) {
	k.Around = func(method, pattern string, h web.H) web.H {
		n, ok := namedBy(pattern)
		if method != http.MethodGet || !ok {
			return h
		}
		return watched(k, watcher, n, h)
	}
	k.Searching = func(by work.Actor) *web.Braked { return braked(watcher.Search(by, k.Now())) }
}

// named says which record of one household an address names: the address itself, and all under it.
type named struct {
	pattern string
	kind    reading.RecordKind
}

// addresses lists them. That every page about one household is below one of them is tested in package app.
var addresses = []named{
	{"/files/{file}", reading.File},
	{"/reviews/{round}/files/{file}", reading.File},
	{"/changes/{change}", reading.Change},
	{"/checks/{finding}", reading.Finding},
	{"/prints/{code}", reading.Print},
	{"/visits/{visit}", reading.Visit},
	{"/visits/stops/{stop}", reading.Stop},
	{"/censuses/forms/{form}", reading.Form},
	{"/nominations/{nomination}", reading.Nomination},
	{"/comparisons/findings/{finding}", reading.Difference},
	{"/receptions/{reception}", reading.Reception},
	{"/referrals/{referral}", reading.Referral},
	{"/notices/{notice}", reading.Notice},
	{"/objections/{objection}", reading.Objection},
	{"/grants/{application}", reading.Application},
	{"/payments/{payable}", reading.Payable},
	{"/exits/{exit}", reading.Exit},
	{"/exits/callbacks/{callback}", reading.Callback},
	{"/moves/{move}", reading.Move},
	{"/retention/holds/{hold}", reading.Hold},
}

// namedBy finds what an address names; false when it is no single household.
func namedBy(pattern string) (named, bool) {
	for _, n := range addresses {
		if strings.HasPrefix(pattern+"/", n.pattern+"/") {
			return n, true
		}
	}
	return named{}, false
}

// record reads the record from the address of a request.
func (n named) record(r *http.Request) (reading.Record, error) {
	param := n.pattern[strings.LastIndexByte(n.pattern, '{')+1 : len(n.pattern)-1]
	if n.kind == reading.Print { // a code begins with the number of the print (casefile.Print.Code)
		text, _, _ := strings.Cut(chi.URLParam(r, param), "-")
		id, err := strconv.ParseInt(text, 36, 64)
		if err != nil || id < 1 {
			return reading.Record{}, work.ErrNotFound
		}
		return reading.Record{Kind: n.kind, ID: id}, nil
	}
	id, err := web.PathID[int64](r, param)
	return reading.Record{Kind: n.kind, ID: id}, err
}

// watched is a page of a household that is remembered once it was shown.
func watched(k *web.Kit, watcher *reading.Watcher, n named, h web.H) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		record, err := n.record(r)
		if err != nil {
			return err
		}
		by, now := web.By(r), k.Now()
		brake, err := watcher.Open(r.Context(), k.DB, by, record, now)
		if err != nil {
			return err
		}
		if brake != nil {
			return braked(brake)
		}
		if err := h(w, r); err != nil {
			watcher.Missed(by, record, now)
			return err
		}
		watcher.Shown(by, record, now)
		return nil
	}
}

// braked words the answer to somebody whom the brake holds; nil when it holds nobody.
func braked(b *reading.Brake) *web.Braked {
	if b == nil {
		return nil
	}
	until := words.Minute(b.Until)
	lines := []words.Message{words.Saying("reading.braked.files", b.Limit), words.Saying("reading.braked.until", until)}
	if b.Kind == reading.Searches {
		lines = []words.Message{words.Saying("reading.braked.searches", b.Limit, until)}
	}
	return &web.Braked{Until: b.Until, Lines: append(lines, words.Saying("reading.braked.whom"))}
}
