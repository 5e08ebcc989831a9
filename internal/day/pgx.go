package day

import (
	"fmt"

	"github.com/jackc/pgx/v5/pgtype"
)

// ScanDate reads a date column; NULL is the unknown date. The infinite dates of
// PostgreSQL, and years outside 1–9999, are errors.
func (d *Date) ScanDate(v pgtype.Date) error {
	if !v.Valid {
		*d = Date{}
		return nil
	}
	if v.InfinityModifier != pgtype.Finite {
		return fmt.Errorf("day: cannot hold the date %s", v.InfinityModifier)
	}
	read := Of(v.Time.Date())
	if read.IsZero() {
		return fmt.Errorf("day: year %d out of range", v.Time.Year())
	}
	*d = read
	return nil
}

// DateValue writes a date column; the unknown date is NULL.
func (d Date) DateValue() (pgtype.Date, error) {
	if d.IsZero() {
		return pgtype.Date{}, nil
	}
	return pgtype.Date{Time: d.utc(), Valid: true}, nil
}

// MarshalText writes "2026-11-22" for JSON and forms; nothing when unknown.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes, and all that Parse reads.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	read, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = read
	return nil
}
