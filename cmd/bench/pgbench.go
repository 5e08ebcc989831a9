package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// pgbench is the program's path.
var pgbench string

// findPgbench finds pgbench in the path or beside the server's programs.
func findPgbench() error {
	if found, err := exec.LookPath("pgbench"); err == nil {
		pgbench = found
		return nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench") // the pattern is right
	if len(found) == 0 {
		return errors.New("pgbench is missing: apt-get install postgresql (or postgresql-contrib), or add its folder to PATH")
	}
	pgbench = found[len(found)-1]
	return nil
}

// statementName is the comment with which a statement begins.
var statementName = regexp.MustCompile(`^\s*-- ([a-z]+\.\w+)`)

// ours tells whether a statement is the page's own: neither the session's nor that of who is asking.
func (o operation) ours(s statement) bool {
	found := statementName.FindStringSubmatch(s.sql)
	switch {
	case found == nil:
		return o.save && !strings.Contains(s.sql, "sessions") // begin, constraints, commit
	case found[1] == "staff.Actor":
		return false
	}
	return strings.HasPrefix(found[1], o.queries)
}

// scripts writes the statements of each request of an operation into files of their own, as pgbench runs them: heard
// from the program, with their arguments written out. They are planned once for each client.
func (t *site) scripts(o operation, dir string) ([]string, error) {
	clients, err := t.clients(o, 1)
	if err != nil {
		return nil, err
	}
	if o.save {
		clients = []asking{t.saving(o, &t.facts.drafts[len(t.facts.drafts)-1])}
	}
	var files []string
	kept := map[string]bool{}
	count := samples
	if o.save {
		count = 1
	}
	for i := range count {
		var sent []statement
		request, err := clients[0]()
		for try := range 2 { // the first time statements are prepared
			if try > 0 && o.save { // a form is sent once
				request, err = clients[0]()
			}
			if err != nil {
				return nil, err
			}
			if sent, err = t.listen(o, request); err != nil {
				return nil, err
			}
		}
		script := ""
		for _, s := range sent {
			if !o.ours(s) {
				continue
			}
			text, err := asSQL(s)
			if err != nil {
				return nil, err
			}
			script += text + ";\n"
		}
		if script == "" {
			return nil, errors.New("no statement was heard")
		}
		file := filepath.Join(dir, fmt.Sprintf("%s-%d-%d.sql", strings.Map(letters, o.name), t.files, i))
		if kept[script] {
			continue
		}
		kept[script] = true
		if o.save {
			script = drawKey + script
		}
		if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// listen gives what the program sends to the database for a request, and for the page that its answer leads to.
func (t *site) listen(o operation, request []byte) ([]statement, error) {
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(request)))
	if err != nil {
		return nil, err
	}
	r.RemoteAddr = "127.0.0.1:1"
	answer := &discard{header: http.Header{}, status: http.StatusOK}
	sent := t.heard.during(func() { t.handler.ServeHTTP(answer, r) })
	if answer.status != o.status() {
		return nil, fmt.Errorf("%s answers %d", r.URL.Path, answer.status)
	}
	if !o.opens {
		return sent, nil
	}
	next, err := t.request(o.who, answer.header.Get("Location"), nil)
	if err != nil {
		return nil, err
	}
	text, err := written(next)
	if err != nil {
		return nil, err
	}
	more, err := t.listen(operation{}, text)
	return append(sent, more...), err
}

func letters(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return r
	}
	return '-'
}

// status is what the program answers when all went well.
func (o operation) status() int {
	if o.save || o.opens {
		return http.StatusSeeOther
	}
	return http.StatusOK
}

// asSQL is a statement with its arguments written out.
func asSQL(s statement) (string, error) {
	sql, args := s.sql, s.args
	if len(args) == 1 {
		if named, ok := args[0].(pgx.NamedArgs); ok {
			var err error
			if sql, args, err = named.RewriteQuery(context.Background(), nil, sql, nil); err != nil {
				return "", err
			}
		}
	}
	var lines []string
	for line := range strings.Lines(sql) {
		if !strings.HasPrefix(strings.TrimSpace(line), "--") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	text := strings.Join(lines, " ")
	for i := len(args); i >= 1; i-- {
		literal, err := literalOf(args[i-1])
		if err != nil {
			return "", fmt.Errorf("%s: %w", text, err)
		}
		text = strings.ReplaceAll(text, "$"+strconv.Itoa(i), literal)
	}
	return repeatable(text), nil
}

// repeatable changes what a transaction can do only once: a form key is another one each time, and a version is taken
// as it is found.
func repeatable(sql string) string {
	sql = pastVersion.ReplaceAllString(sql, "${1}(:k::bigint % 1000000007)::int,")
	return seenVersion.ReplaceAllString(formKeyText.ReplaceAllString(sql, `('bench-key-' || (:k)::text)`), "version = version")
}

// drawKey gives each run of a script a form key of its own.
const drawKey = "\\set k random(1000000000000, 9000000000000000000)\n"

var (
	formKeyText = regexp.MustCompile(`'[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{16}'`)
	pastVersion = regexp.MustCompile(`(casefile_section_past .*?[0-9]+, '[a-z]+', )[0-9]+,`)
	seenVersion = regexp.MustCompile(`version = [0-9]+$`)
)

// literalOf writes an argument as SQL.
func literalOf(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "NULL", nil
	case []byte:
		if v == nil {
			return "NULL", nil
		}
		if json.Valid(v) {
			return quoted(string(v)), nil
		}
		return `'\x` + hex.EncodeToString(v) + `'`, nil
	case time.Time:
		return fmt.Sprintf("to_timestamp(%d.%06d)", v.Unix(), v.Nanosecond()/1000), nil
	case pgtype.TextValuer:
		text, err := v.TextValue()
		return quoted(text.String), err
	case interface{ IsZero() bool }:
		if v.IsZero() {
			return "NULL", nil
		}
		return quoted(fmt.Sprint(v)), nil
	}
	value := reflect.ValueOf(v)
	switch value.Kind() {
	case reflect.String:
		return quoted(value.String()), nil
	case reflect.Int, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(value.Int(), 10), nil
	case reflect.Bool:
		return strconv.FormatBool(value.Bool()), nil
	case reflect.Slice:
		parts := make([]string, value.Len())
		for i := range parts {
			part := value.Index(i)
			if part.Kind() == reflect.String {
				parts[i] = strconv.Quote(part.String())
			} else {
				parts[i] = fmt.Sprint(part.Interface())
			}
		}
		return quoted("{" + strings.Join(parts, ",") + "}"), nil
	}
	return "", fmt.Errorf("no way to write a %T", v)
}

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

var tps = regexp.MustCompile(`tps = ([0-9.]+)`)

// bare runs scripts with pgbench, prepared, as the application's role, and gives how often a second, and the time on a
// processor of pgbench and the database for each.
func (t *site) bare(ctx context.Context, files []string, clients int, span time.Duration) (perSecond float64, cpu time.Duration, err error) {
	c := t.app.Pool().Config().ConnConfig
	seconds := max(2, int(span.Round(time.Second)/time.Second)) // planning, once for each client, is little of it
	args := []string{"-h", c.Host, "-p", strconv.Itoa(int(c.Port)), "-U", c.User, "-n", "-M", "prepared", "-c", strconv.Itoa(clients), "-j", "1", "-T", strconv.Itoa(seconds)}
	for _, f := range files {
		args = append(args, "-f", f)
	}
	before := spent(t.process.Process.Pid)
	command := exec.CommandContext(ctx, pgbench, append(args, c.Database)...)
	options := ""
	for name, value := range c.RuntimeParams {
		options += fmt.Sprintf(" -c %s=%s", name, value) // as the program's own connections plan
	}
	command.Env = append(os.Environ(), "PGOPTIONS="+options)
	out, err := command.CombinedOutput()
	found, done := tps.FindSubmatch(out), processed.FindSubmatch(out)
	if err != nil || found == nil || done == nil {
		return 0, 0, fmt.Errorf("pgbench: %w: %s", err, out)
	}
	count, err := strconv.ParseInt(string(done[1]), 10, 64)
	if err != nil || count == 0 {
		return 0, 0, fmt.Errorf("pgbench did nothing: %s", out)
	}
	took := spent(t.process.Process.Pid) - before + command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	perSecond, err = strconv.ParseFloat(string(found[1]), 64)
	return perSecond, took / time.Duration(count), err
}

var processed = regexp.MustCompile(`actually processed: ([0-9]+)`)

// explain prints the plans of the statements of one request, each run once.
func (t *site) explain(ctx context.Context, w io.Writer, files []string) error {
	text, err := os.ReadFile(files[0])
	if err != nil {
		return err
	}
	conn, err := t.app.Pool().Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	for sql := range strings.SplitSeq(strings.TrimSpace(strings.TrimPrefix(string(text), drawKey)), ";\n") {
		sql = strings.TrimSpace(strings.TrimSuffix(sql, ";"))
		fmt.Fprintf(w, "\n%d files: %s\n", t.files, sql)
		if !strings.HasPrefix(strings.ToUpper(sql), "SELECT") {
			continue
		}
		rows, err := conn.Query(ctx, "EXPLAIN (ANALYZE, BUFFERS) "+sql, pgx.QueryExecModeSimpleProtocol)
		if err != nil {
			return err
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return err
		}
		fmt.Fprintln(w, strings.Join(lines, "\n"))
	}
	return nil
}
