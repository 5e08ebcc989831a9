// Package static serves the sheet, the script and the icons. Each file is named
// with a hash of its content, so that browsers may keep it for a year and still
// never show yesterday's.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Prefix is the address below which Handler answers.
const Prefix = "/static/"

//go:embed css/*.css js/*.js *.svg
var files embed.FS

// parts says which files each asset is joined from, in the order of their names.
var parts = map[string]string{
	"app.css":  "css/*.css",
	"app.js":   "js/*.js",
	"icon.svg": "icon.svg",
}

// asset is one file, ready to be sent.
type asset struct {
	kind   string
	plain  []byte
	zipped []byte
}

var byName, byAddress = mustLoad()

// Path gives the address of a file, e.g. Path("app.css") is
// "/static/app-3f9c2a17b0.css". It panics on a file that does not exist: the
// names are written in the program.
func Path(name string) string {
	address, ok := byName[name]
	if !ok {
		panic("static: no file " + name)
	}
	return address
}

// Handler answers the addresses that Path gives. An address of an older version
// is not found.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file, ok := byAddress[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
			return
		}
		file.send(w, r)
	})
}

// send writes the file, zipped when the browser takes that.
func (f asset) send(w http.ResponseWriter, r *http.Request) {
	body := f.plain
	head := w.Header()
	head.Set("Content-Type", f.kind)
	head.Set("Cache-Control", "public, max-age=31536000, immutable")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		body = f.zipped
		head.Set("Content-Encoding", "gzip")
	}
	head.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		// A browser that went away is no fault of ours.
		_, _ = w.Write(body)
	}
}

// mustLoad joins, hashes and zips the embedded files once. It panics on what
// cannot happen with embedded files.
func mustLoad() (map[string]string, map[string]asset) {
	names, addresses := map[string]string{}, map[string]asset{}
	for name, pattern := range parts {
		data, err := join(pattern)
		if err != nil {
			panic(fmt.Sprintf("static: %s: %v", name, err))
		}
		ext := path.Ext(name)
		sum := sha256.Sum256(data)
		address := Prefix + strings.TrimSuffix(name, ext) + "-" + hex.EncodeToString(sum[:5]) + ext
		names[name] = address
		addresses[address] = asset{kind: kindOf(ext), plain: data, zipped: zip(data)}
	}
	return names, addresses
}

// join reads the files of a pattern one after the other.
func join(pattern string) ([]byte, error) {
	names, err := fs.Glob(files, pattern)
	if err != nil {
		return nil, err
	}
	var all []byte
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		all = append(all, data...)
	}
	return all, nil
}

// kindOf gives the content type of a file name's ending.
func kindOf(ext string) string {
	if ext == ".js" {
		return "text/javascript; charset=utf-8"
	}
	return mime.TypeByExtension(ext)
}

// zip compresses a file as far as it goes; it is done once at start.
func zip(data []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic(fmt.Sprintf("static: %v", err))
	}
	if _, err := w.Write(data); err != nil {
		panic(fmt.Sprintf("static: %v", err))
	}
	if err := w.Close(); err != nil {
		panic(fmt.Sprintf("static: %v", err))
	}
	return b.Bytes()
}
