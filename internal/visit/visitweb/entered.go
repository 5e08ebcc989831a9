package visitweb

import (
	"net/http"
	"slices"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/visit"
	"bangfu/internal/words"
	"bangfu/templates/visitpage"
)

// entered gathers what the form says about each item, in the reader's words, for the visitors to compare.
func (h *Handlers) entered(r *http.Request, f casefile.File) ([]visitpage.Entered, error) {
	ctx := r.Context()
	people, err := casefile.People(ctx, h.DB, h.Keys, f.ID)
	if err != nil {
		return nil, err
	}
	economy, err := casefile.EconomyOf(ctx, h.DB, f)
	if err != nil {
		return nil, err
	}
	causes, err := casefile.CausesOf(ctx, h.DB, f.ID)
	if err != nil {
		return nil, err
	}
	papers, err := casefile.EvidenceOf(ctx, h.DB, f.ID)
	if err != nil {
		return nil, err
	}
	say := func(key words.Key, args ...any) string { return words.T(ctx, key, args...) }
	lines := map[visit.Item][]string{}
	for _, p := range people {
		relation := casefile.Relations.Key(p.Relation)
		if p.Relation == casefile.Head {
			relation = "casefile.head"
			lines["work"] = []string{say("visit.said.work", f.Employer, casefile.WorkStatus.Key(p.WorkStatus))}
		}
		lines["household"] = append(lines["household"], say("visit.said.person", p.Name, relation, p.Birth.Age(day.On(h.Now()))))
	}
	for _, l := range economy.Lines {
		item := visit.Item("spending")
		if l.Side == casefile.Income {
			item = "income"
		}
		lines[item] = append(lines[item], say("visit.said.amount", l.Kind.Key(l.Side), l.Amount))
	}
	lines["housing"] = []string{f.Address}
	if f.Housing != "" {
		lines["housing"] = append(lines["housing"], say("visit.said.housing", casefile.HousingKinds.Key(f.Housing), f.HousingM2))
	}
	for _, c := range causes {
		lines["cause"] = append(lines["cause"], say(c.Key()))
	}
	lines["evidence"] = []string{strings.Join(kinds(say, papers), say("visit.said.and"))}
	entered := make([]visitpage.Entered, len(visit.Items))
	for i, item := range visit.Items {
		entered[i] = visitpage.Entered{Item: item, Lines: lines[item]}
	}
	return entered, nil
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
