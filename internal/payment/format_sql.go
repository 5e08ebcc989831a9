package payment

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

const formatColumns = `id, name, encoding, columns, header, active FROM payment_format`

// FindFormat gives one format, or work.ErrNotFound.
func FindFormat(ctx context.Context, q work.Querier, id FormatID) (Format, error) {
	formats, err := readFormats(ctx, q, `
		-- payment.FindFormat
		SELECT `+formatColumns+` WHERE id = @id`, pgx.NamedArgs{"id": id})
	if err == nil && len(formats) == 0 {
		err = work.ErrNotFound
	}
	if err != nil {
		return Format{}, fmt.Errorf("finding format %d: %w", id, err)
	}
	return formats[0], nil
}

// Formats lists all formats, those in use first.
func Formats(ctx context.Context, q work.Querier) ([]Format, error) {
	formats, err := readFormats(ctx, q, `
		-- payment.Formats
		SELECT `+formatColumns+` ORDER BY active DESC, id LIMIT 200`, pgx.NamedArgs{})
	if err != nil {
		return nil, fmt.Errorf("listing formats: %w", err)
	}
	return formats, nil
}

func readFormats(ctx context.Context, q work.Querier, sql string, args pgx.NamedArgs) ([]Format, error) {
	rows, err := q.Query(ctx, sql, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Format])
}

func insertFormat(ctx context.Context, u *work.Unit, f Format) (FormatID, error) {
	var id FormatID
	err := u.QueryRow(ctx, `
		-- payment.insertFormat
		INSERT INTO payment_format (name, encoding, columns, header, made_by, made_at)
		VALUES (@name, @encoding, @columns, @header, @by, @now) RETURNING id`,
		pgx.NamedArgs{"name": f.Name, "encoding": f.Encoding, "columns": f.Columns, "header": f.Header, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	return id, err
}

func updateFormat(ctx context.Context, u *work.Unit, id FormatID, active bool) error {
	return u.ChangeOne(ctx, `
		-- payment.updateFormat
		UPDATE payment_format SET active = @active WHERE id = @id AND active <> @active`, pgx.NamedArgs{"id": id, "active": active})
}
