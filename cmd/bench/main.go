// Command bench measures the program over HTTP against its own SQL, at two sizes of the register:
//
//	make bench
//
// It makes up both registers unless they are there from the last time, starts the real program on each, signs people in
// at every level of the tree, and drives lists, searches, the page of a file and a saving over loopback with a few
// clients at once. The statements behind each page are taken from the program itself by a tracer and run prepared by
// pgbench on the same databases in the same minutes. It prints, for each operation, requests a second and the times of
// half, 95 and 99 of 100 requests, and what has to be met:
//
//	to SQL   requests a second through those of pgbench: lists and searches 0.2 of the bare query, a file and a saving 0.3
//	         of all their statements (without those of the session and of who is asking)
//	to small the time of 95 of 100 at the large register through that at the small one: at most 1.3
//	deep     the same of page 2,000 of a list through page 1: at most 1.2
//
// Beside them stands the time on a processor: of program and database for a request, of pgbench and database for its
// statements, and the one through the other. It says the same as "to SQL" on a machine that is busy with other things.
//
// Both sizes and pgbench take turns in short rounds, and the middle round counts: other work on the machine then
// disturbs all alike. It is no test: it prints and ends with 0, whatever was met.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"syscall"
	"time"

	"bangfu/internal/day"
)

// settings are what the command line says.
type settings struct {
	program string
	dir     string
	small   int
	large   int
	clients int
	rounds  int
	span    time.Duration
	only    *regexp.Regexp
	explain bool
	clock   string // how far ahead the program's clock runs
}

// tillMorning is the time until ten in the morning in China: at night all files are checked, which is no work of an
// office's day.
func tillMorning(now time.Time) time.Duration {
	morning := day.On(now).Start().Add(10 * time.Hour)
	if morning.Before(now) {
		morning = morning.AddDate(0, 0, 1)
	}
	return morning.Sub(now).Truncate(time.Second)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := settings{clock: tillMorning(time.Now()).String()}
	only := ""
	flag.StringVar(&s.program, "program", "bin/bangfu", "the program to measure")
	flag.StringVar(&s.dir, "dir", "bench-data", "folder for the registers; they are used again")
	flag.IntVar(&s.small, "small", 10_000, "files of the small register")
	flag.IntVar(&s.large, "large", 1_000_000, "files of the large register")
	flag.IntVar(&s.clients, "clients", 4, "clients at once")
	flag.IntVar(&s.rounds, "rounds", 3, "rounds of each operation; the middle one counts")
	flag.DurationVar(&s.span, "span", 1500*time.Millisecond, "length of a round")
	flag.StringVar(&only, "only", "", "only operations whose name has this (regular expression)")
	flag.BoolVar(&s.explain, "explain", false, "print the plans of the statements instead of measuring")
	flag.Parse()
	var err error
	if s.only, err = regexp.Compile(only); err == nil {
		err = run(ctx, s)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures all operations at both sizes.
func run(ctx context.Context, s settings) error {
	if err := findPgbench(); err != nil {
		return err
	}
	var sites []*site
	defer func() {
		for _, t := range sites {
			t.close()
		}
	}()
	for _, files := range []int{s.small, s.large} {
		t, err := open(ctx, s, files)
		if err != nil {
			return fmt.Errorf("the register of %d files: %w", files, err)
		}
		sites = append(sites, t)
	}
	var all []measured
	for _, o := range operations {
		if !s.only.MatchString(o.name) {
			continue
		}
		m, err := measure(ctx, s, o, sites)
		if err != nil {
			return fmt.Errorf("%s: %w", o.name, err)
		}
		all = append(all, m)
		m.print(os.Stdout)
	}
	if s.explain {
		return nil
	}
	summary(os.Stdout, all)
	return nil
}
