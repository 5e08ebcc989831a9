package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// get reads a page as a person.
func (t *site) get(name, path string) ([]byte, error) {
	r, err := t.request(name, path, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Del("Accept-Encoding")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }() // read to the end below
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answers %d", path, answer.StatusCode)
	}
	return io.ReadAll(answer.Body)
}

// asking makes the next request of one client.
type asking func() (*http.Request, error)

// clients gives each client its requests of an operation, in an order of its own.
func (t *site) clients(o operation, count int) ([]asking, error) {
	all := make([]asking, count)
	for c := range all {
		n := c * 5
		switch {
		case o.save:
			if c >= len(t.facts.drafts)-1 { // the last one is for pgbench
				return all[:c], nil // two clients on one registration would meet each other's changes
			}
			all[c] = t.saving(o, &t.facts.drafts[c])
		case o.sought != nil:
			texts := o.sought(t.facts)
			all[c] = func() (*http.Request, error) {
				n++
				return t.request(o.who, "/files/search", url.Values{"sought": {texts[n%len(texts)]}, "after": {""}})
			}
		default:
			paths := o.paths(t.facts)
			all[c] = func() (*http.Request, error) {
				n++
				return t.request(o.who, paths[n%len(paths)], nil)
			}
		}
	}
	return all, nil
}

// saving saves one registration again and again, each time with a form key of its own.
func (t *site) saving(o operation, d *draft) asking {
	var keys []string
	return func() (*http.Request, error) {
		if len(keys) == 0 {
			var err error
			if keys, err = t.formKeys(o.who, 4000); err != nil {
				return nil, err
			}
		}
		key := keys[0]
		keys = keys[1:]
		return t.request(o.who, d.path, d.next(key))
	}
}

// round is what one round of driving measured.
type round struct {
	perSecond     float64
	p50, p95, p99 time.Duration
	cpu           time.Duration // of the program and the database for one request
}

// drive sends requests from all clients at once for a while, each on a connection of its own that stays open. An answer
// other than a page, or the way on after a saving, is an error.
func (t *site) drive(ctx context.Context, clients []asking, span time.Duration, want int) (round, error) {
	var mu sync.Mutex
	var all []time.Duration
	var failed error
	var wait sync.WaitGroup
	began, before := time.Now(), spent(t.process.Process.Pid)
	for _, next := range clients {
		wait.Go(func() {
			times, err := one(ctx, next, began.Add(span), want)
			mu.Lock()
			defer mu.Unlock()
			all = append(all, times...)
			if err != nil {
				failed = err
			}
		})
	}
	wait.Wait()
	took := time.Since(began)
	if failed != nil || len(all) == 0 {
		return round{}, failed
	}
	slices.Sort(all)
	at := func(share float64) time.Duration { return all[int(share*float64(len(all)-1))] }
	cpu := (spent(t.process.Process.Pid) - before) / time.Duration(len(all))
	return round{float64(len(all)) / took.Seconds(), at(0.5), at(0.95), at(0.99), cpu}, nil
}

// one is one client until the end.
func one(ctx context.Context, next asking, end time.Time, want int) ([]time.Duration, error) {
	var line *wire
	var times []time.Duration
	for time.Now().Before(end) && ctx.Err() == nil {
		r, err := next()
		if err != nil {
			return times, err
		}
		if line == nil {
			if line, err = dial(r.URL.Host); err != nil {
				return times, err
			}
			defer func() { _ = line.Close() }() // nothing is lost with it
		}
		if err := line.put(r); err != nil {
			return times, err
		}
		began := time.Now()
		status, err := line.exchange()
		if err != nil || status != want {
			return times, fmt.Errorf("%s answers %d, %w", r.URL.Path, status, err)
		}
		times = append(times, time.Since(began))
	}
	return times, ctx.Err()
}
