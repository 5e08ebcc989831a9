package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/app"
	"bangfu/internal/form"
	"bangfu/internal/seed"
	"bangfu/templates/layout"
)

// site is one register with the program running on it.
type site struct {
	files   int
	address string
	process *exec.Cmd
	app     *app.App // a second one on the same database, to hear statements and make form keys
	handler http.Handler
	heard   *tracer
	cookies map[string]string // by user name
	facts   facts
}

// open makes up a register unless it is there, starts the program on it and signs everybody in.
func open(ctx context.Context, s settings, files int) (*site, error) {
	data := filepath.Join(s.dir, fmt.Sprint(files))
	env := append(os.Environ(), "BANGFU_DEV=1", "BANGFU_DATA="+data, "DATABASE_URL=", "BANGFU_CLOCK="+s.clock,
		"BANGFU_FILES_PER_HOUR=0", "BANGFU_SEARCHES_PER_HOUR=0") // one person reads for all
	if err := seeded(ctx, s, data, files, env); err != nil {
		return nil, err
	}
	t := &site{files: files, heard: &tracer{}, cookies: map[string]string{}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	t.address = listener.Addr().String()
	_ = listener.Close() // the program takes the port
	t.process = exec.Command(s.program, "serve")
	t.process.Env = append(env, "BANGFU_ADDR="+t.address)
	t.process.Stderr = os.Stderr
	if err := t.process.Start(); err != nil {
		return nil, err
	}
	if err := t.ready(ctx); err != nil {
		t.close()
		return nil, err
	}
	if t.app, err = app.Open(ctx, app.Config{Data: data, Dev: true, Clock: s.clock, Tracer: t.heard}, slog.New(slog.DiscardHandler)); err != nil {
		t.close()
		return nil, err
	}
	t.handler, _ = t.app.Handler()
	for _, name := range seed.Levels {
		if t.cookies[name], err = t.signIn(name); err != nil {
			t.close()
			return nil, fmt.Errorf("signing %s in: %w", name, err)
		}
	}
	if t.facts, err = readFacts(ctx, t); err == nil {
		err = t.settle(ctx)
	}
	if err != nil {
		t.close()
	}
	return t, err
}

// settle waits until the program has done what it does by itself after its start: two seconds without a statement, but
// not for ever, since some jobs return each minute.
func (t *site) settle(ctx context.Context) error {
	for quiet, waited := 0, 0; quiet < 20 && waited < 1200; waited++ {
		var busy bool
		err := t.app.Pool().QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_stat_activity
			WHERE usename = current_user AND pid <> pg_backend_pid() AND state <> 'idle')`).Scan(&busy)
		if err != nil {
			return err
		}
		if quiet++; busy {
			quiet = 0
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return nil
}

// seeded makes up the register. A mark says that it was finished.
func seeded(ctx context.Context, s settings, data string, files int, env []string) error {
	mark := filepath.Join(data, "seeded")
	if _, err := os.Stat(mark); err == nil {
		return nil
	}
	if err := os.RemoveAll(data); err != nil {
		return err
	}
	fmt.Printf("making up a register of %d files\n", files)
	var said bytes.Buffer
	c := exec.CommandContext(ctx, s.program, "seed", "--files", fmt.Sprint(files))
	c.Env, c.Stdout, c.Stderr = env, &said, os.Stderr
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	err := c.Run()
	for line := range strings.Lines(said.String()) {
		if strings.Contains(line, " s  ") {
			fmt.Print(line)
		}
	}
	if err != nil {
		return fmt.Errorf("seeding: %w", err)
	}
	return os.WriteFile(mark, nil, 0o644)
}

// ready waits until the program answers.
func (t *site) ready(ctx context.Context) error {
	for range 300 {
		if r, err := http.Get("http://" + t.address + "/signin"); err == nil {
			_ = r.Body.Close() // only the status counts
			if r.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
	return fmt.Errorf("the program does not answer at %s", t.address)
}

// close stops the program and the database.
func (t *site) close() {
	if t.app != nil {
		t.app.Close()
	}
	if t.process != nil && t.process.Process != nil {
		_ = t.process.Process.Signal(syscall.SIGTERM) // it may be gone
		_ = t.process.Wait()                          // how it ends does not matter any more
	}
}

// signIn signs somebody in at the running program, with the form of the page, and gives the cookie.
func (t *site) signIn(name string) (string, error) {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	page, err := client.Get("http://" + t.address + "/signin")
	if err != nil {
		return "", err
	}
	body, err := io.ReadAll(page.Body)
	_ = page.Body.Close() // read to the end
	if err != nil {
		return "", err
	}
	values, err := fieldsOf(body, "password")
	if err != nil {
		return "", err
	}
	values.Set("username", name)
	values.Set("password", seed.Password)
	r, err := http.NewRequest(http.MethodPost, "http://"+t.address+"/signin", strings.NewReader(values.Encode()))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range page.Cookies() {
		r.AddCookie(c)
	}
	answer, err := client.Do(r)
	if err != nil {
		return "", err
	}
	_ = answer.Body.Close() // only the cookie counts
	for _, c := range answer.Cookies() {
		if strings.HasSuffix(c.Name, "bangfu") && c.Value != "" {
			return c.Name + "=" + c.Value, nil
		}
	}
	return "", fmt.Errorf("answer %d without a session", answer.StatusCode)
}

// formKeys makes one-time keys for forms of the person, as the person's pages would carry them.
func (t *site) formKeys(name string, count int) ([]string, error) {
	var keys []string
	handler := t.app.Kit.Sessions.LoadAndSave(t.app.Kit.Identify(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var page layout.Page = t.app.Kit.Page(r, "common.product")
		for range count {
			keys = append(keys, page.Key())
		}
	})))
	r, err := http.NewRequest(http.MethodGet, "/", nil)
	if err != nil {
		return nil, err
	}
	r.RemoteAddr = "127.0.0.1:1"
	r.Header.Set("Cookie", t.cookies[name])
	handler.ServeHTTP(&discard{header: http.Header{}}, r)
	if len(keys) != count {
		return nil, fmt.Errorf("%d form keys of %d", len(keys), count)
	}
	return keys, nil
}

// discard is an answer that nobody reads.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(status int)      { d.status = status }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }

// request makes the request of a person; body is a form, nil for a page that is read.
func (t *site) request(name, path string, body url.Values) (*http.Request, error) {
	method, reader := http.MethodGet, io.Reader(http.NoBody)
	if body != nil {
		method, reader = http.MethodPost, strings.NewReader(body.Encode())
	}
	r, err := http.NewRequest(method, "http://"+t.address+path, reader)
	if err != nil {
		return nil, err
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Cookie", t.cookies[name])
	r.Header.Set("Accept-Encoding", "gzip")
	return r, nil
}

// keyName is the field of the one-time key.
const keyName = form.KeyName

// tracer keeps the statements that the second program sends.
type tracer struct {
	mu   sync.Mutex
	on   bool
	sent []statement
}

// statement is one statement as the program gave it to the driver.
type statement struct {
	sql  string
	args []any
}

func (y *tracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	y.mu.Lock()
	defer y.mu.Unlock()
	if y.on {
		y.sent = append(y.sent, statement{data.SQL, data.Args})
	}
	return ctx
}

func (y *tracer) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// during gives what was sent while fn ran.
func (y *tracer) during(fn func()) []statement {
	y.mu.Lock()
	y.on, y.sent = true, nil
	y.mu.Unlock()
	fn()
	y.mu.Lock()
	defer y.mu.Unlock()
	y.on = false
	return y.sent
}
