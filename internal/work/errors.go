package work

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

// ErrNotFound means that a thing does not exist, or lies outside the reader's scope: the two look alike on purpose.
var ErrNotFound = errors.New("not found")

// ErrStale means that the row to be changed was no longer in the state the change started from.
var ErrStale = errors.New("changed by someone else meanwhile")

// ErrReused means that a form key came back with another body than the first time.
var ErrReused = errors.New("form key used with another body")

// ErrUnaudited means that a unit was about to commit without an audit entry. It is a fault of the program.
var ErrUnaudited = errors.New("unit of work without an audit entry")

// Refusal is a rule's answer to a person: a catalogue key with its arguments, and the field it speaks of, if any.
type Refusal struct {
	Key   string
	Args  []any
	Field string
}

// Refuse makes a Refusal.
func Refuse(key string, args ...any) *Refusal { return &Refusal{Key: key, Args: args} }

// On ties the refusal to a form field.
func (r *Refusal) On(field string) *Refusal { return &Refusal{Key: r.Key, Args: r.Args, Field: field} }

// Error names the key; it is for logs and tests and never shown to a person.
func (r *Refusal) Error() string { return "refused: " + r.Key }

// AsRefusal finds a Refusal in an error chain.
func AsRefusal(err error) (*Refusal, bool) {
	var refusal *Refusal
	return refusal, errors.As(err, &refusal)
}

// Violated gives the name of the constraint that the database refused a statement by, or "".
func Violated(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && len(pg.Code) == 5 && pg.Code[:2] == "23" {
		return pg.ConstraintName
	}
	return ""
}
