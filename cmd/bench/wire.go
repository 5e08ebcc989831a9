package main

import (
	"bufio"
	"bytes"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
)

// wire is a connection that stays open. What it reads of an answer is its status and its length, so that little of the
// machine goes to asking.
type wire struct {
	net.Conn
	reader *bufio.Reader
	sent   bytes.Buffer
}

func dial(address string) (*wire, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &wire{Conn: conn, reader: bufio.NewReaderSize(conn, 64<<10)}, nil
}

// put writes a request out, to be sent by exchange.
func (w *wire) put(r *http.Request) error {
	w.sent.Reset()
	return r.Write(&w.sent)
}

// exchange sends what was put and reads the answer to its end. It gives the status.
func (w *wire) exchange() (status int, err error) {
	if _, err := w.Write(w.sent.Bytes()); err != nil {
		return 0, err
	}
	first, err := w.reader.ReadString('\n')
	if err != nil {
		return 0, err
	}
	if len(first) < 12 {
		return 0, errors.New("no answer of HTTP: " + first)
	}
	if status, err = strconv.Atoi(first[9:12]); err != nil {
		return 0, err
	}
	length, chunked := 0, false
	for {
		line, err := w.reader.ReadString('\n')
		if err != nil {
			return status, err
		}
		name, value, found := strings.Cut(strings.TrimSpace(line), ":")
		switch {
		case !found && chunked:
			return status, w.chunks()
		case !found:
			_, err := w.reader.Discard(length)
			return status, err
		case strings.EqualFold(name, "Content-Length"):
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
				return status, err
			}
		case strings.EqualFold(name, "Transfer-Encoding"):
			chunked = true
		}
	}
}

// chunks reads a body that comes in chunks.
func (w *wire) chunks() error {
	for {
		line, err := w.reader.ReadString('\n')
		if err != nil {
			return err
		}
		size, err := strconv.ParseInt(strings.TrimSpace(line), 16, 32)
		if err != nil {
			return err
		}
		if _, err := w.reader.Discard(int(size) + len("\r\n")); err != nil || size == 0 {
			return err
		}
	}
}
