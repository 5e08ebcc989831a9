package ledger

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// Origin is the ledger that a file comes from, and what it said that has no place in the file.
type Origin struct {
	ImportID ImportID
	Name     string // of the upload
	Row      int    // of the head of the household
	By       string // who imported it
	On       day.Date
	Old
}

// OriginOf gives where a file comes from; nil when it was registered here. The caller has found the file in its scope.
func OriginOf(ctx context.Context, q work.Querier, id work.FileID) (*Origin, error) {
	var o Origin
	var monthly, yearly, aid *int64
	err := q.QueryRow(ctx, `
		-- ledger.OriginOf
		SELECT o.import_id, i.name, o.row, s.name, (i.started_at AT TIME ZONE 'Asia/Shanghai')::date, o.old_number, o.old_category, o.old_on,
			o.monthly_fen, o.yearly_fen, o.aid_fen, o.remark
		FROM ledger_origin o JOIN ledger_import i ON i.id = o.import_id JOIN staff_member s ON s.id = i.started_by
		WHERE o.file_id = @id`, pgx.NamedArgs{"id": id}).Scan(&o.ImportID, &o.Name, &o.Row, &o.By, &o.On, &o.Number, &o.Category, &o.Old.On,
		&monthly, &yearly, &aid, &o.Remark)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("looking for the origin of file %d: %w", id, err)
	}
	o.Monthly, o.Yearly, o.Aid = amountOf(monthly), amountOf(yearly), amountOf(aid)
	return &o, nil
}

// amountOf reads an amount as the database gives it; nil for NULL.
func amountOf(fen *int64) *money.Amount {
	if fen == nil {
		return nil
	}
	a := money.Amount(*fen)
	return &a
}
