// Command testpg runs a command with a PostgreSQL for tests:
//
//	go run ./cmd/testpg -- go test ./...
//
// It starts one throw-away server, or takes the one that TEST_DATABASE_URL names, drops what earlier runs left there,
// runs the command with TEST_DATABASE_URL set, and drops and stops again. Its exit code is the command's.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"bangfu/internal/localdb"
	"bangfu/internal/testkit/pgtest"
)

func main() {
	args := os.Args[1:]
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: testpg -- command [argument …]")
		os.Exit(2)
	}
	code, err := run(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, "testpg:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// run gives the command's exit code; an error is one of our own.
func run(args []string) (int, error) {
	// An interrupt from the terminal reaches the command by itself; a SIGTERM to us alone is passed on below.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)

	url, stop, err := server()
	if err != nil {
		return 1, err
	}
	if err := clean(url); err != nil {
		return 1, errors.Join(err, stop())
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), pgtest.Env+"="+url)
	if err := cmd.Start(); err != nil {
		return 1, errors.Join(err, stop())
	}
	go func() {
		for s := range signals {
			if s == syscall.SIGTERM {
				_ = cmd.Process.Signal(s)
			}
		}
	}()
	err = cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return max(exit.ExitCode(), 1), errors.Join(clean(url), stop())
	}
	return 0, errors.Join(err, clean(url), stop())
}

// server gives the address of a running server and the function that ends it.
func server() (string, func() error, error) {
	if url := os.Getenv(pgtest.Env); url != "" {
		return url, func() error { return nil }, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute) // npm may have to fetch it
	defer cancel()
	s, err := localdb.Start(ctx, localdb.Options{Fast: true, Log: slog.Default()})
	if err != nil {
		return "", nil, err
	}
	stop := func() error {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		return s.Stop(ctx)
	}
	return s.URL(localdb.Superuser, "postgres"), stop, nil
}

func clean(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	return pgtest.Clean(ctx, url)
}
