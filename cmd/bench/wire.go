package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/textproto"
	"strconv"
)

// wire is a connection that stays open. What it reads of an answer is its status and its length, so that little of the
// machine goes to asking.
type wire struct {
	net.Conn
	reader *textproto.Reader
	sent   bytes.Buffer
}

func dial(address string) (*wire, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &wire{Conn: conn, reader: textproto.NewReader(bufio.NewReaderSize(conn, 64<<10))}, nil
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
	first, err := w.reader.ReadLine()
	if err != nil {
		return 0, err
	}
	if len(first) < len("HTTP/1.1 200") {
		return 0, errors.New("no answer of HTTP: " + first)
	}
	if status, err = strconv.Atoi(first[9:12]); err != nil {
		return 0, err
	}
	header, err := w.reader.ReadMIMEHeader()
	if err != nil {
		return status, err
	}
	if header.Get("Transfer-Encoding") == "chunked" {
		if _, err := io.Copy(io.Discard, httputil.NewChunkedReader(w.reader.R)); err != nil {
			return status, err
		}
		_, err = w.reader.ReadLine() // behind the last chunk
		return status, err
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return status, err
	}
	_, err = w.reader.R.Discard(length)
	return status, err
}
