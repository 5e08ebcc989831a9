package app_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/idcard"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// secrets are all ID numbers, phones, other contacts and cards of the register, each with whose it is.
func (w walk) secrets() map[string]string {
	w.t.Helper()
	all := map[string]string{}
	for _, file := range w.ids(`SELECT id FROM casefile_file ORDER BY id`) {
		people, err := casefile.People(w.t.Context(), w.tx, sample.Keys(), work.FileID(file))
		must(w.t, err)
		for _, p := range people {
			for name, n := range map[string]string{"ID number": string(p.Number), "phone": p.Phone, "other contact": p.Contact} {
				if n != "" {
					all[n] = fmt.Sprintf("the %s of person %d", name, p.ID)
				}
			}
		}
		cards, err := casefile.Cards(w.t.Context(), w.tx, work.FileID(file))
		must(w.t, err)
		for _, c := range cards {
			n, err := c.Number(sample.Keys())
			must(w.t, err)
			all[n] = fmt.Sprintf("the number of card %d", c.ID)
		}
	}
	return all
}

// ids reads a column of ids.
func (w walk) ids(sql string, args ...any) []int64 {
	w.t.Helper()
	var all []int64
	must(w.t, w.tx.QueryRow(w.t.Context(), `SELECT coalesce(array_agg(id), '{}') FROM (`+sql+`) AS ids (id)`, args...).Scan(&all))
	return all
}

// addresses gives all addresses of a pattern on a file and its people and cards: each section and each kind of change too.
func (w walk) addresses(pattern string, file work.FileID) []string {
	one := func(sql string) int64 { return number(w.t, w.tx, sql, file) }
	r := maps.Clone(w.records)
	r.set("/files/{file}", int64(file))
	r.set("/files/{file}/people/{person}", one(`SELECT min(id) FROM casefile_person WHERE file_id = $1`))
	r.set("/files/{file}/cards/{card}", one(`SELECT min(id) FROM casefile_card WHERE file_id = $1`))
	r["/files/{file}/versions/{version}"], r["/files/{file}/versions/{version}/changes/{later}"] = "1", "1"
	var all []string
	add := func() {
		path, missing := r.at(pattern)
		if missing != "" {
			w.t.Errorf("%s: no record for %s", pattern, missing)
			return
		}
		all = append(all, path)
	}
	switch {
	case strings.Contains(pattern, "{section}"):
		for _, s := range casefile.Sections {
			r["/files/{file}/registration/{section}"] = string(s)
			add()
		}
	case strings.Contains(pattern, "{kind}"):
		for _, k := range casefile.ChangeKinds {
			r["/files/{file}/changes/{kind}"] = string(k)
			add()
		}
	default:
		add()
	}
	return all
}

// masked gives the ID number of the first member and the card of a file as pages show them.
func (w walk) masked(file work.FileID) (id, card string) {
	w.t.Helper()
	household, err := casefile.People(w.t.Context(), w.tx, sample.Keys(), file)
	must(w.t, err)
	current, err := casefile.CurrentCard(w.t.Context(), w.tx, file)
	must(w.t, err)
	n, err := current.Number(sample.Keys())
	must(w.t, err)
	return household[1].Number.Masked(), idcard.MaskCard(n)
}

// No page that is only looked at shows a whole number to anybody: not of a file that is handed in, accepted or returned,
// not the form that changes it, and not to whoever may see everything. A whole number takes a reason, which is a POST.
func TestNoPageShowsAWholeNumber(t *testing.T) {
	w, people := newWalk(t)
	u := work.NewUnit(w.tx, w.Now, sample.Clerk)
	states := map[casefile.State]work.FileID{}
	for _, state := range []casefile.State{casefile.Submitted, casefile.Active, casefile.Returned} {
		as(u, sample.Clerk, func() {
			states[state] = sample.File(t, u, state, func(h *sample.Household) {
				h.Head.Contact, h.Members[0].Phone = "13900001234", "13900005678"
			}).ID
		})
	}
	secrets := w.secrets()
	shown, forms := 0, map[string]bool{}
	for _, a := range people {
		if !a.inside {
			continue
		}
		v := w.As(a.Actor)
		look := func(path string) {
			page := w.ask(v, http.MethodGet, path, "")
			if page.Code != http.StatusOK {
				return
			}
			shown++
			forms[path] = forms[path] || bytes.Contains(page.Body, []byte("不改则留空"))
			for n, whose := range secrets {
				if bytes.Contains(page.Body, []byte(n)) {
					t.Errorf("GET %s shows %s to a %s of the %s", path, whose, a.role, a.name)
				}
			}
		}
		for _, r := range w.Routes {
			switch {
			case r.Method != http.MethodGet || !r.Public && !a.Can(r.Cap):
			case !strings.HasPrefix(r.Pattern, "/files/{file}"):
				if path, missing := w.records.at(r.Pattern); missing == "" {
					look(path)
				}
			default:
				for _, file := range states {
					for _, path := range w.addresses(r.Pattern, file) {
						look(path)
					}
				}
			}
		}
	}
	active, returned := states[casefile.Active], states[casefile.Returned]
	for _, path := range []string{fmt.Sprintf("/files/%d/changes/head", active), fmt.Sprintf("/files/%d/changes/members", active),
		fmt.Sprintf("/files/%d/registration/head", returned), fmt.Sprintf("/files/%d/registration/members", returned),
		fmt.Sprintf("/files/%d/registration/bank", returned)} {
		if !forms[path] {
			t.Errorf("%s was not seen as the form of stored numbers", path)
		}
	}
	id, _ := w.masked(active)
	w.ask(w.As(sample.Clerk), http.MethodGet, fmt.Sprintf("/files/%d/changes/members", active), "").Says(id)
	_, card := w.masked(returned)
	w.ask(w.As(sample.Clerk), http.MethodGet, fmt.Sprintf("/files/%d/registration/bank", returned), "").Says(card)
	if shown < 500 || len(secrets) < 15 {
		t.Errorf("only %d pages were looked at, for %d numbers", shown, len(secrets))
	}
}
