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

// asking makes the next request of one client, as it goes over the wire.
type asking func() ([]byte, error)

// clients gives each client its requests of an operation, in an order of its own. Requests that are no forms with a key are
// written once: making them is no part of what is measured.
func (t *site) clients(o operation, count int) ([]asking, error) {
	var texts [][]byte
	if !o.save {
		var err error
		if texts, err = t.requests(o); err != nil {
			return nil, err
		}
	}
	all := make([]asking, count)
	for c := range all {
		if o.save {
			if c >= len(t.facts.drafts)-1 { // the last one is for pgbench
				return all[:c], nil // two clients on one registration would meet each other's changes
			}
			all[c] = t.saving(o, &t.facts.drafts[c])
			continue
		}
		n := c * 5
		all[c] = func() ([]byte, error) {
			n++
			return texts[n%len(texts)], nil
		}
	}
	return all, nil
}

// requests writes out what an operation reads or looks for.
func (t *site) requests(o operation) ([][]byte, error) {
	var all [][]byte
	add := func(path string, body url.Values) error {
		r, err := t.request(o.who, path, body)
		if err != nil {
			return err
		}
		text, err := written(r)
		all = append(all, text)
		return err
	}
	if o.sought != nil {
		for _, text := range o.sought(t.facts) {
			if err := add("/files/search", url.Values{"sought": {text}, "after": {""}}); err != nil {
				return nil, err
			}
		}
		return all, nil
	}
	for _, path := range o.paths(t.facts) {
		if err := add(path, nil); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// saving saves one registration again and again, each time with a form key of its own.
func (t *site) saving(o operation, d *draft) asking {
	var keys []string
	return func() ([]byte, error) {
		if len(keys) == 0 {
			var err error
			if keys, err = t.formKeys(o.who, 4000); err != nil {
				return nil, err
			}
		}
		key := keys[0]
		keys = keys[1:]
		r, err := t.request(o.who, d.path, d.next(key))
		if err != nil {
			return nil, err
		}
		return written(r)
	}
}

// round is what one round of driving measured.
type round struct {
	perSecond     float64
	p50, p95, p99 time.Duration
	cpu           time.Duration // of the program and the database for one request
}

// drive sends requests from all clients at once for a while, each on a connection of its own that stays open. An answer
// other than the operation's is an error.
func (t *site) drive(ctx context.Context, o operation, clients []asking, span time.Duration) (round, error) {
	var mu sync.Mutex
	var all []time.Duration
	var failed error
	var wait sync.WaitGroup
	began, before := time.Now(), spent(t.process.Process.Pid)
	for _, next := range clients {
		wait.Go(func() {
			times, err := t.one(ctx, o, next, began.Add(span))
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
func (t *site) one(ctx context.Context, o operation, next asking, end time.Time) (times []time.Duration, err error) {
	line, err := dial(t.address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = line.Close() }() // nothing is lost with it
	led := map[string][]byte{}          // requests of the pages that answers lead to
	for time.Now().Before(end) && ctx.Err() == nil {
		request, err := next()
		if err != nil {
			return times, err
		}
		began := time.Now()
		to, err := line.expect(o.status(), request)
		if err != nil {
			return times, err
		}
		if o.opens {
			if led[to] == nil {
				r, err := t.request(o.who, to, nil)
				if err != nil {
					return times, err
				}
				if led[to], err = written(r); err != nil {
					return times, err
				}
			}
			if _, err := line.expect(http.StatusOK, led[to]); err != nil {
				return times, err
			}
		}
		times = append(times, time.Since(began))
	}
	return times, ctx.Err()
}
