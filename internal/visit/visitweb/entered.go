package visitweb

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/visit"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/visitpage"
)

// entered gathers what the form says about each item now, in the reader's words, for the visitors to compare.
func (h *Handlers) entered(r *http.Request, f casefile.File) ([]visitpage.Entered, error) {
	ctx := r.Context()
	people, err := casefile.People(ctx, h.DB, h.Keys, f.ID)
	if err != nil {
		return nil, err
	}
	facts := casefile.Facts{Cover: f}
	for _, p := range people {
		facts.People = append(facts.People, casefile.Member{Person: p})
	}
	if facts.Economy, err = casefile.EconomyOf(ctx, h.DB, f); err != nil {
		return nil, err
	}
	if facts.Causes, err = casefile.CausesOf(ctx, h.DB, f.ID); err != nil {
		return nil, err
	}
	papers, err := casefile.EvidenceOf(ctx, h.DB, f.ID)
	return declared(ctx, facts, papers, day.On(h.Now())), err
}

// enteredThen gathers what the form said about each item when a visit was recorded; nothing of a file that had no version
// by then.
func (h *Handlers) enteredThen(r *http.Request, v visit.Visit) ([]visitpage.Entered, error) {
	ctx := r.Context()
	version, err := casefile.VersionAt(ctx, h.DB, web.By(r).Scope, v.FileID, v.EnteredAt)
	if errors.Is(err, work.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	papers, err := casefile.EvidenceOf(ctx, h.DB, v.FileID)
	papers = slices.DeleteFunc(papers, func(e casefile.Evidence) bool { return e.AddedAt.After(v.EnteredAt) })
	return declared(ctx, version.Facts, papers, v.VisitedOn), err
}

// declared says of each item what a file declares; ages are those of the day.
func declared(ctx context.Context, facts casefile.Facts, papers []casefile.Evidence, on day.Date) []visitpage.Entered {
	say := func(key words.Key, args ...any) string { return words.T(ctx, key, args...) }
	f := facts.Cover
	lines := map[visit.Item][]string{}
	for _, p := range facts.People {
		relation := casefile.Relations.Key(p.Relation)
		if p.Relation == casefile.Head {
			relation = "casefile.head"
			lines["work"] = workOf(say, f.Employer, p.WorkStatus)
		}
		lines["household"] = append(lines["household"], say("visit.said.person", p.Name, relation, p.Birth.Age(on)))
	}
	for _, l := range facts.Economy.Lines {
		item := visit.Item("spending")
		if l.Side == casefile.Income {
			item = "income"
		}
		lines[item] = append(lines[item], say("visit.said.amount", l.Kind.Key(l.Side), l.Amount))
	}
	lines["housing"] = []string{f.Address}
	if f.Housing != "" {
		housing := say(casefile.HousingKinds.Key(f.Housing))
		if f.AreaSaid || f.HousingM2 > 0 { // versions of before did not say whether it was asked
			housing = say("visit.said.housing", casefile.HousingKinds.Key(f.Housing), f.HousingM2)
		}
		lines["housing"] = append(lines["housing"], housing)
	}
	for _, c := range facts.Causes {
		lines["cause"] = append(lines["cause"], say(c.Key()))
	}
	lines["evidence"] = []string{strings.Join(kinds(say, papers), say("visit.said.and"))}
	entered := make([]visitpage.Entered, len(visit.Items))
	for i, item := range visit.Items {
		entered[i] = visitpage.Entered{Item: item, Lines: lines[item]}
	}
	return entered
}

// workOf says where the head works and how, as far as it was told.
func workOf(say func(words.Key, ...any) string, employer, status string) []string {
	switch {
	case employer == "" && status == "":
		return nil
	case employer == "":
		return []string{say(casefile.WorkStatus.Key(status))}
	case status == "":
		return []string{employer}
	}
	return []string{say("visit.said.work", employer, casefile.WorkStatus.Key(status))}
}

// kinds names the kinds of papers in the file, each once.
func kinds(say func(words.Key, ...any) string, papers []casefile.Evidence) []string {
	var names []string
	for _, p := range papers {
		if name := say(p.Kind.Key()); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
