package seed

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
)

// table is one table that is loaded, with its columns in the order in which rows are written.
type table struct {
	name    string
	columns string
}

// lines are rows of one table in the text form of COPY.
type lines struct {
	buf   []byte
	begun bool // a value of the row has been written
}

// sep begins the next value.
func (l *lines) sep() {
	if l.begun {
		l.buf = append(l.buf, '\t')
	}
	l.begun = true
}

// end ends the row.
func (l *lines) end() {
	l.buf = append(l.buf, '\n')
	l.begun = false
}

// row writes a whole row.
func (l *lines) row(values ...any) {
	for _, v := range values {
		l.value(v)
	}
	l.end()
}

// value writes one value; nil is NULL, as are the zero time and the unknown date.
func (l *lines) value(v any) {
	l.sep()
	switch v := v.(type) {
	case nil:
		l.buf = append(l.buf, `\N`...)
	case int64:
		l.buf = strconv.AppendInt(l.buf, v, 10)
	case int:
		l.buf = strconv.AppendInt(l.buf, int64(v), 10)
	case string:
		l.text(v)
	case bool:
		l.buf = strconv.AppendBool(l.buf, v)
	case []byte:
		if v == nil {
			l.buf = append(l.buf, `\N`...)
			return
		}
		l.buf = append(l.buf, `\\x`...)
		const digits = "0123456789abcdef"
		for _, b := range v {
			l.buf = append(l.buf, digits[b>>4], digits[b&15])
		}
	case time.Time:
		if v.IsZero() {
			l.buf = append(l.buf, `\N`...)
			return
		}
		l.buf = v.UTC().AppendFormat(l.buf, "2006-01-02 15:04:05.999999+00")
	case day.Date:
		if v.IsZero() {
			l.buf = append(l.buf, `\N`...)
			return
		}
		l.buf = append(l.buf, v.String()...)
	default:
		panic(fmt.Sprintf("seed: no way to write a %T", v))
	}
}

// text writes a text; what COPY reads as a mark is escaped.
func (l *lines) text(s string) {
	if !strings.ContainsAny(s, "\\\t\n\r") {
		l.buf = append(l.buf, s...)
		return
	}
	for i := range len(s) {
		switch s[i] {
		case '\\':
			l.buf = append(l.buf, `\\`...)
		case '\t':
			l.buf = append(l.buf, `\t`...)
		case '\n':
			l.buf = append(l.buf, `\n`...)
		case '\r':
			l.buf = append(l.buf, `\r`...)
		default:
			l.buf = append(l.buf, s[i])
		}
	}
}

// stream is one running COPY of a table.
type stream struct {
	pipe *io.PipeWriter
	done chan error
}

// open starts to copy into a table on a connection of its own.
func open(ctx context.Context, connect func(context.Context) (*pgx.Conn, error), t table) (*stream, error) {
	conn, err := connect(ctx)
	if err != nil {
		return nil, err
	}
	reader, writer := io.Pipe()
	s := &stream{pipe: writer, done: make(chan error, 1)}
	go func() {
		_, err := conn.PgConn().CopyFrom(ctx, reader, "COPY "+t.name+" ("+t.columns+") FROM STDIN")
		if err != nil {
			err = fmt.Errorf("copying into %s: %w", t.name, err)
		}
		reader.CloseWithError(err) // a writer that is not done is told
		_ = conn.Close(context.WithoutCancel(ctx))
		s.done <- err
	}()
	return s, nil
}

// close ends the rows and waits for the server.
func (s *stream) close(err error) error {
	_ = s.pipe.CloseWithError(err) // always nil; io.EOF when err is nil
	return <-s.done
}

// copyOnce copies a few rows with all rules and triggers in force.
func copyOnce(ctx context.Context, conn *pgx.Conn, t table, l *lines) error {
	_, err := conn.PgConn().CopyFrom(ctx, strings.NewReader(string(l.buf)), "COPY "+t.name+" ("+t.columns+") FROM STDIN")
	if err != nil {
		return fmt.Errorf("copying into %s: %w", t.name, err)
	}
	return nil
}
