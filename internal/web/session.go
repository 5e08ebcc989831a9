package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/ui"
)

// How long a session lives: without a request, and in all (等保 CES1-02; security.md 7.3).
const (
	IdleLimit     = 15 * time.Minute
	AbsoluteLimit = 8 * time.Hour
	seenEvery     = time.Minute // how exactly the last request is remembered; saves a write on every page
)

const (
	keyStaff = "staff"
	keySeen  = "seen"
	keySince = "since"
	keyFlash = "flash"

	keyChanges = "changes" // of people and roles, as the store read it with the session; see WithChanges
)

// NewSessions makes the session manager over a store. Secure cookies need HTTPS and carry the __Host- name.
func NewSessions(store scs.Store, secure bool) *scs.SessionManager {
	s := scs.New()
	s.Store = store
	s.Codec = jsonCodec{}
	s.Lifetime = AbsoluteLimit
	s.HashTokenInStore = true
	s.Cookie.Name = "bangfu"
	s.Cookie.Persist = false
	s.Cookie.SameSite = http.SameSiteLaxMode
	if secure {
		s.Cookie.Name = "__Host-bangfu"
		s.Cookie.Secure = true
	}
	return s
}

// jsonCodec stores sessions as JSON: a third of gob's cost for a request. Values are strings only.
type jsonCodec struct{}

type sessionRecord struct {
	Deadline time.Time      `json:"d"`
	Values   map[string]any `json:"v"`
}

func (jsonCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	if _, read := values[keyChanges]; read {
		values = maps.Clone(values)
		delete(values, keyChanges) // it is the store's
	}
	return json.Marshal(sessionRecord{deadline, values})
}

func (jsonCodec) Decode(b []byte) (time.Time, map[string]any, error) {
	var record sessionRecord
	b, changes, told := bytes.Cut(b, []byte{'\n'})
	err := json.Unmarshal(b, &record)
	if told && err == nil && record.Values != nil {
		record.Values[keyChanges] = string(changes)
	}
	return record.Deadline, record.Values, err
}

// WithChanges puts behind a stored session how often people and roles have changed, for a store that knows it. JSON has
// no line break in it.
func WithChanges(data []byte, changes int64) []byte {
	return strconv.AppendInt(append(data[:len(data):len(data)], '\n'), changes, 10)
}

// SignIn makes the session the person's own, under a new token.
func (k *Kit) SignIn(ctx context.Context, id work.StaffID) error {
	if err := k.Sessions.RenewToken(ctx); err != nil {
		return err
	}
	now := strconv.FormatInt(k.Now().Unix(), 10)
	k.Sessions.Put(ctx, keyStaff, strconv.FormatInt(int64(id), 10))
	k.Sessions.Put(ctx, keySeen, now)
	k.Sessions.Put(ctx, keySince, now)
	return nil
}

// SignOut ends the session and tells the browser to forget what it kept.
func (k *Kit) SignOut(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return k.Sessions.Destroy(r.Context())
}

type byKey struct{}

// By tells who is asking. Without a session it is a visitor.
func By(r *http.Request) work.Actor {
	if by, ok := r.Context().Value(byKey{}).(work.Actor); ok {
		return by
	}
	return work.Visitor(Address(r))
}

// Identify finds out who is asking and in which language. It stands before every page and every act; how much an act may
// carry is its own address's to say.
func (k *Kit) Identify(next http.Handler) http.Handler {
	return k.Handle(largeLimit, func(w http.ResponseWriter, r *http.Request) error {
		ctx := words.In(r.Context(), languageOf(r))
		r = r.WithContext(ctx)
		by, err := k.who(r)
		if err != nil {
			return err
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(ctx, byKey{}, by)))
		return nil
	})
}

// who reads the session. One that is over, idle too long, or of a person who may no longer sign in, is destroyed.
func (k *Kit) who(r *http.Request) (work.Actor, error) {
	ctx := r.Context()
	id, err := strconv.ParseInt(k.Sessions.GetString(ctx, keyStaff), 10, 64)
	if err != nil {
		return work.Visitor(Address(r)), nil
	}
	now := k.Now()
	seen, since := k.sessionTime(ctx, keySeen), k.sessionTime(ctx, keySince)
	if now.Sub(seen) > IdleLimit || now.Sub(since) > AbsoluteLimit {
		return work.Visitor(Address(r)), k.Sessions.Destroy(ctx)
	}
	by, err := k.actor(r, work.StaffID(id))
	if errors.Is(err, work.ErrNotFound) {
		return work.Visitor(Address(r)), k.Sessions.Destroy(ctx)
	}
	if err != nil {
		return work.Actor{}, err
	}
	if now.Sub(seen) > seenEvery {
		k.Sessions.Put(ctx, keySeen, strconv.FormatInt(now.Unix(), 10))
	}
	return by, nil
}

// actor loads who a session belongs to, or gives what was loaded since people and roles last changed.
func (k *Kit) actor(r *http.Request, id work.StaffID) (work.Actor, error) {
	by, err := k.people.Get(k, r, id, func() (work.Actor, error) { return k.Actor(r.Context(), k.DB, id, Address(r)) })
	by.Address = Address(r)
	return by, err
}

func (k *Kit) sessionTime(ctx context.Context, key string) time.Time {
	seconds, _ := strconv.ParseInt(k.Sessions.GetString(ctx, key), 10, 64)
	return time.Unix(seconds, 0)
}

// askWho answers somebody who is not signed in: a page is asked for again after signing in; a form that came too late
// is kept for its person (Typed), so that nothing typed is lost.
func (k *Kit) askWho(w http.ResponseWriter, r *http.Request) error {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return SeeOther(w, r, SignInPath+"?to="+url.QueryEscape(here(r)))
	}
	if k.Expired == nil {
		return &Forbidden{}
	}
	return k.Expired(w, r)
}

// SignInPath is where one signs in; "to" in its query is the page asked for.
const SignInPath = "/signin"

// LocalPath gives the address when it leads to a page of this program, else "/".
func LocalPath(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return "/"
	}
	return to
}

const languageCookie = "bangfu_language"

// languageOf reads the language chosen with the switch; Chinese unless chosen otherwise.
func languageOf(r *http.Request) words.Language {
	if c, err := r.Cookie(languageCookie); err == nil {
		if l, ok := words.ParseLanguage(c.Value); ok {
			return l
		}
	}
	return words.Chinese
}

// PostLanguage answers the language switch.
func (k *Kit) PostLanguage(w http.ResponseWriter, r *http.Request) error {
	values, err := Only(r, "lang", "to")
	if err != nil {
		return err
	}
	l, ok := words.ParseLanguage(values.Get("lang"))
	if !ok {
		return ErrBadForm
	}
	http.SetCookie(w, &http.Cookie{Name: languageCookie, Value: l.Tag(), Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: k.Sessions.Cookie.Secure})
	return SeeOther(w, r, LocalPath(values.Get("to")))
}

// PostStay answers the stay button of the time-out warning: the request itself keeps the session alive.
func (k *Kit) PostStay(w http.ResponseWriter, r *http.Request) error {
	k.Sessions.Put(r.Context(), keySeen, strconv.FormatInt(k.Now().Unix(), 10))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// flash is a message for the next page. Its arguments are plain texts.
type flash struct {
	Tone string   `json:"t"`
	Key  string   `json:"k"`
	Args []string `json:"a,omitempty"`
}

// Flash leaves a message of success for the next page.
func (k *Kit) Flash(r *http.Request, key words.Key, args ...string) {
	b, err := json.Marshal(flash{Tone: string(ui.Good), Key: string(key), Args: args})
	if err == nil {
		k.Sessions.Put(r.Context(), keyFlash, string(b))
	}
}

func (k *Kit) takeFlash(r *http.Request) *ui.Banner {
	if !k.Sessions.Exists(r.Context(), keyFlash) {
		return nil
	}
	var f flash
	if err := json.Unmarshal([]byte(k.Sessions.PopString(r.Context(), keyFlash)), &f); err != nil {
		return nil
	}
	args := make([]any, len(f.Args))
	for i, a := range f.Args {
		args[i] = a
	}
	return &ui.Banner{Tone: ui.Tone(f.Tone), Title: words.Key(f.Key), Args: args}
}
