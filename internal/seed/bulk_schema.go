package seed

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// schema is what is taken off the tables while they are loaded, and put back: indexes are made in one go many times
// faster than row by row, and keys are checked by one join. Names and definitions come from the server, so a table that
// gains an index needs nothing here.
type schema struct {
	drop, restore []string
}

// takeOff reads what stands on the tables, in the order in which it can be dropped: keys to and from them, other
// constraints with an index, indexes. Triggers are switched off: what they would write, the loader writes itself.
func takeOff(ctx context.Context, conn *pgx.Conn, tables []string) (*schema, error) {
	var s schema
	rows, err := conn.Query(ctx, `
		-- seed.takeOff
		WITH loaded AS (SELECT oid, oid::regclass::text AS name FROM pg_class WHERE relname = ANY ($1) AND relnamespace = 'public'::regnamespace),
		parts AS (
			SELECT 1 AS step, format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname) AS off,
				format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) AS back
			FROM pg_constraint c WHERE c.contype = 'f' AND (c.conrelid IN (SELECT oid FROM loaded) OR c.confrelid IN (SELECT oid FROM loaded))
			UNION ALL
			SELECT 2, format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname),
				format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
			FROM pg_constraint c WHERE c.contype IN ('p', 'u') AND c.conrelid IN (SELECT oid FROM loaded)
			UNION ALL
			SELECT 3, format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
			FROM pg_index i WHERE i.indrelid IN (SELECT oid FROM loaded) AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
			UNION ALL
			SELECT 4, format('ALTER TABLE %s DISABLE TRIGGER USER', name), format('ALTER TABLE %s ENABLE TRIGGER USER', name) FROM loaded)
		SELECT off, back FROM parts ORDER BY step, off`, tables)
	if err != nil {
		return nil, err
	}
	var off, back string
	_, err = pgx.ForEachRow(rows, []any{&off, &back}, func() error {
		s.drop, s.restore = append(s.drop, off), append(s.restore, back)
		return nil
	})
	return &s, err
}

// off takes everything off, in one transaction: all of it or nothing.
func (s *schema) off(ctx context.Context, conn *pgx.Conn) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		for _, sql := range s.drop {
			if _, err := tx.Exec(ctx, sql); err != nil {
				return fmt.Errorf("%s: %w", sql, err)
			}
		}
		return nil
	})
}

// back puts everything back, the last taken off first; keys come last and find the indexes that they need.
func (s *schema) back(ctx context.Context, conn *pgx.Conn) error {
	for i := len(s.restore) - 1; i >= 0; i-- {
		if _, err := conn.Exec(ctx, s.restore[i]); err != nil {
			return fmt.Errorf("%s: %w", s.restore[i], err)
		}
	}
	return nil
}
