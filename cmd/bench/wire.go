package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/textproto"
	"strconv"
)

// wire is a connection that stays open. What it reads of an answer is its status, its length and where it leads, so that
// little of the machine goes to asking.
type wire struct {
	net.Conn
	reader *textproto.Reader
}

func dial(address string) (*wire, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &wire{conn, textproto.NewReader(bufio.NewReaderSize(conn, 64<<10))}, nil
}

// written is a request as it goes over the wire.
func written(r *http.Request) ([]byte, error) {
	var text bytes.Buffer
	err := r.Write(&text)
	return text.Bytes(), err
}

// expect sends a request and gives where the answer leads. An answer of another status is an error that shows the request, without who sent it.
func (w *wire) expect(want int, request []byte) (to string, err error) {
	status, to, err := w.exchange(request)
	if err == nil && status != want {
		err = fmt.Errorf("answer %d, want %d", status, want)
	}
	if err != nil {
		head, body, _ := bytes.Cut(request, []byte("\r\n\r\n"))
		first, _, _ := bytes.Cut(head, []byte("\r\n"))
		err = fmt.Errorf("%w, to %s %s", err, first, body)
	}
	return to, err
}

// exchange sends a request and reads the answer to its end. It gives the status and where the answer leads.
func (w *wire) exchange(request []byte) (status int, to string, err error) {
	if _, err := w.Write(request); err != nil {
		return 0, "", err
	}
	first, err := w.reader.ReadLine()
	if err != nil {
		return 0, "", err
	}
	if len(first) < len("HTTP/1.1 200") {
		return 0, "", errors.New("no answer of HTTP: " + first)
	}
	if status, err = strconv.Atoi(first[9:12]); err != nil {
		return 0, "", err
	}
	header, err := w.reader.ReadMIMEHeader()
	if err != nil {
		return status, "", err
	}
	to = header.Get("Location")
	if header.Get("Transfer-Encoding") == "chunked" {
		if _, err := io.Copy(io.Discard, httputil.NewChunkedReader(w.reader.R)); err != nil {
			return status, to, err
		}
		_, err = w.reader.ReadLine() // behind the last chunk
		return status, to, err
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return status, to, err
	}
	_, err = w.reader.R.Discard(length)
	return status, to, err
}
