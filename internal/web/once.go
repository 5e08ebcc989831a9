package web

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bangfu/internal/form"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ErrFormKey means that a form came without a key of ours, or with another person's.
var ErrFormKey = errors.New("form key missing or not given to this person")

// formKey makes a one-time key: sixteen random bytes, and a MAC that ties them to the person the form is shown to.
func (k *Kit) formKey(id work.StaffID) string {
	var nonce [16]byte
	_, _ = rand.Read(nonce[:]) // never fails
	text := base64.RawURLEncoding.EncodeToString(nonce[:])
	return text + "." + k.formMAC(text, id)
}

func (k *Kit) formMAC(nonce string, id work.StaffID) string {
	mac := k.Keys.MAC([]byte(nonce+"/"+strconv.FormatInt(int64(id), 10)), "web.form_key")
	return base64.RawURLEncoding.EncodeToString(mac[:12])
}

// genuine tells whether the key was made by formKey for this person.
func (k *Kit) genuine(key string, id work.StaffID) bool {
	nonce, mac, found := strings.Cut(key, ".")
	return found && len(nonce) == 22 && subtle.ConstantTimeCompare([]byte(mac), []byte(k.formMAC(nonce, id))) == 1
}

// Do runs one form as one unit of work, once: fn does it and answers with the address to go to, which Do gives back.
// The same form again gives the same address and has no second effect.
func (k *Kit) Do(r *http.Request, fn func(u *work.Unit) (string, error)) (string, error) {
	return k.do(r, By(r), fn)
}

// Act does what a form asks, as Do does, when everything in it is right: then it tells what was done and leads on. A form that is
// not right, or that a rule refuses, is shown again with what was typed in it.
func (k *Kit) Act(w http.ResponseWriter, r *http.Request, f *form.Form, again func() error, fn func(u *work.Unit) (string, error), done words.Key, args ...string) error {
	if !f.Valid() {
		return again()
	}
	to, err := k.Do(r, fn)
	if Refused(f, err) {
		return again()
	}
	if err != nil {
		return err
	}
	k.Flash(r, done, args...)
	return SeeOther(w, r, to)
}

// DoUnnamed does the same for an act of the public: nothing that is kept tells who was signed in at the browser.
func (k *Kit) DoUnnamed(r *http.Request, fn func(u *work.Unit) (string, error)) (string, error) {
	return k.do(r, work.Visitor(Address(r)), fn)
}

func (k *Kit) do(r *http.Request, by work.Actor, fn func(u *work.Unit) (string, error)) (string, error) {
	values, err := Form(r)
	if err != nil {
		return "", err
	}
	key := values.Get(form.KeyName)
	if !k.genuine(key, By(r).StaffID) {
		return "", ErrFormKey
	}
	body, err := bodyHash(r, values)
	if err != nil {
		return "", err
	}
	copy(body[:], k.Keys.MAC(body[:], "web.form_body")) // without the key nobody can guess from it what was typed
	to, err := work.Once(r.Context(), k.DB, k.Now(), by, work.Form{Key: key, Path: r.URL.Path, Body: body}, fn)
	if err == nil {
		k.acts.note(by.Scope)
	}
	return to, err
}

// bodyHash is a hash of everything the form carries but its key.
func bodyHash(r *http.Request, values url.Values) (sum [32]byte, err error) {
	h := sha256.New()
	rest := maps.Clone(values)
	delete(rest, form.KeyName)
	io.WriteString(h, rest.Encode())
	if r.MultipartForm != nil {
		for _, name := range slices.Sorted(maps.Keys(r.MultipartForm.File)) {
			for _, header := range r.MultipartForm.File[name] {
				io.WriteString(h, "\x00"+name+"\x00"+header.Filename+"\x00")
				f, err := header.Open()
				if err != nil {
					return sum, err
				}
				_, err = io.Copy(h, f)
				_ = f.Close() // only read from
				if err != nil {
					return sum, err
				}
			}
		}
	}
	return [32]byte(h.Sum(nil)), nil
}

// Typed is a form that was sent after its session had ended: kept sealed in the sign-in page, and offered again to the
// same person after signing in at the same browser, so that nothing typed is lost (ux.md U26) and nobody else reads it.
type Typed struct {
	Path   string     `json:"path"`
	Values url.Values `json:"values"`
	Key    string     `json:"key"` // of the form; it tells to whom the form was shown
}

const typedContext = "web.typed"

// KeepTyped seals what a late form carried. Files are not kept; they have to be chosen again.
func (k *Kit) KeepTyped(r *http.Request) (string, error) {
	values, err := Form(r)
	if err != nil {
		return "", err
	}
	rest := maps.Clone(values)
	delete(rest, form.KeyName)
	return k.Keys.Pack(Typed{Path: r.URL.Path, Values: rest, Key: values.Get(form.KeyName)}, typedContext)
}

// TypedBefore opens what KeepTyped sealed, for the person to whom the form was shown. Anything else is ErrBadForm.
func (k *Kit) TypedBefore(kept string, id work.StaffID) (Typed, error) {
	var typed Typed
	if k.Keys.Unpack(kept, typedContext, &typed) != nil || !k.genuine(typed.Key, id) {
		return Typed{}, ErrBadForm
	}
	return typed, nil
}
