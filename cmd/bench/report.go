package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"time"
)

// result is what was measured of an operation at one register.
type result struct {
	files int
	round
	bare    float64 // what pgbench does of its statements a second
	bareCPU time.Duration
}

func (r result) ratio() float64 { return r.perSecond / r.bare }

// measured is one operation at both registers.
type measured struct {
	operation
	results []result
}

// measure takes both registers and pgbench in turns, round by round.
func measure(ctx context.Context, s settings, o operation, sites []*site) (measured, error) {
	dir, err := os.MkdirTemp("", "bangfu-bench-")
	if err != nil {
		return measured{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // scripts, with what was looked for in them
	type turn struct {
		*site
		clients []asking
		scripts []string
		rounds  []round
		bare    []float64
		bareCPU []float64
	}
	var turns []*turn
	for _, t := range sites {
		if o.large && t != sites[len(sites)-1] {
			continue
		}
		if o.deep != "" && len(t.facts.deep) == 0 {
			fmt.Fprintf(os.Stderr, "%s: a register of %d files has no such page\n", o.name, t.files)
			continue
		}
		u := &turn{site: t}
		if u.scripts, err = t.scripts(o, dir); err != nil {
			return measured{}, err
		}
		if s.explain {
			if err := t.explain(ctx, os.Stdout, u.scripts); err != nil {
				return measured{}, err
			}
			continue
		}
		if u.clients, err = t.clients(o, s.clients); err != nil {
			return measured{}, err
		}
		if _, err := t.drive(ctx, o, u.clients, s.span/3); err != nil { // warms up
			return measured{}, err
		}
		turns = append(turns, u)
	}
	if s.explain {
		return measured{operation: o}, nil
	}
	for range s.rounds {
		for _, u := range turns {
			r, err := u.drive(ctx, o, u.clients, s.span)
			if err != nil {
				return measured{}, err
			}
			bare, cpu, err := u.site.bare(ctx, u.scripts, len(u.clients), s.span)
			if err != nil {
				return measured{}, err
			}
			u.rounds, u.bare, u.bareCPU = append(u.rounds, r), append(u.bare, bare), append(u.bareCPU, float64(cpu))
		}
	}
	m := measured{operation: o}
	for _, u := range turns {
		m.results = append(m.results, result{u.files, middle(u.rounds), median(u.bare), time.Duration(median(u.bareCPU))})
	}
	return m, nil
}

// middle gives the median of each figure of the rounds.
func middle(rounds []round) round {
	of := func(figure func(round) float64) float64 {
		var all []float64
		for _, r := range rounds {
			all = append(all, figure(r))
		}
		return median(all)
	}
	return round{of(func(r round) float64 { return r.perSecond }),
		time.Duration(of(func(r round) float64 { return float64(r.p50) })),
		time.Duration(of(func(r round) float64 { return float64(r.p95) })),
		time.Duration(of(func(r round) float64 { return float64(r.p99) })),
		time.Duration(of(func(r round) float64 { return float64(r.cpu) }))}
}

func median(all []float64) float64 {
	sorted := slices.SortedFunc(slices.Values(all), cmp.Compare)
	return sorted[len(sorted)/2]
}

// print writes the rows of one operation.
func (m measured) print(w io.Writer) {
	for i, r := range m.results {
		if i == 0 {
			fmt.Fprintf(w, "%-34s", m.name)
		} else {
			fmt.Fprintf(w, "%-34s", "")
		}
		fmt.Fprintf(w, " %9d files %8.0f/s  p50 %6.2f  p95 %6.2f  p99 %6.2f ms   pgbench %8.0f/s   to SQL %4.2f %s   cpu %.2f to %.2f ms = %.2f\n", r.files, r.perSecond,
			ms(r.p50), ms(r.p95), ms(r.p99), r.bare, r.ratio(), met(r.ratio() >= m.need, fmt.Sprintf("≥ %.1f", m.need)),
			ms(r.cpu), ms(r.bareCPU), float64(r.bareCPU)/float64(max(r.cpu, 1)))
	}
	if len(m.results) == 2 {
		growth := float64(m.results[1].p95) / float64(m.results[0].p95)
		fmt.Fprintf(w, "%-34s p95 %.2f of the small one's %s\n", "", growth, met(growth <= 1.3, "≤ 1.3"))
	}
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func met(yes bool, need string) string {
	if yes {
		return "pass (" + need + ")"
	}
	return "MISS (" + need + ")"
}

// summary compares far pages with first ones and counts what was met.
func summary(w io.Writer, all []measured) {
	passed, of := 0, 0
	count := func(yes bool) {
		of++
		if yes {
			passed++
		}
	}
	for _, m := range all {
		for _, r := range m.results {
			count(r.ratio() >= m.need)
		}
		if len(m.results) == 2 {
			count(float64(m.results[1].p95) <= 1.3*float64(m.results[0].p95))
		}
		for _, first := range all {
			if m.deep == first.name && m.deep != "" && len(m.results) > 0 {
				growth := float64(m.results[0].p95) / float64(first.results[len(first.results)-1].p95)
				fmt.Fprintf(w, "%-34s p95 %.2f of %s %s\n", m.name, growth, first.name, met(growth <= 1.2, "≤ 1.2"))
				count(growth <= 1.2)
			}
		}
	}
	fmt.Fprintf(w, "%d of %d met\n", passed, of)
}
