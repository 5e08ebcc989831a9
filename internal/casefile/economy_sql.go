package casefile

import (
	"context"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// readEconomy reads the lines of a household's twelve months.
func readEconomy(ctx context.Context, q work.Querier, id work.FileID) ([]Line, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readEconomy
		SELECT side, kind, amount_fen FROM casefile_economy WHERE file_id = @id ORDER BY side, kind`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Line])
}

// putEconomy writes all lines anew.
func putEconomy(ctx context.Context, u *work.Unit, id work.FileID, e Economy) error {
	var sides, kinds []string
	var amounts []int64
	for _, l := range e.Lines {
		sides, kinds, amounts = append(sides, string(l.Side)), append(kinds, string(l.Kind)), append(amounts, int64(l.Amount))
	}
	args := pgx.NamedArgs{"id": id, "sides": sides, "kinds": kinds, "amounts": amounts, "until": e.Until}
	if _, err := u.Exec(ctx, `
		-- casefile.putEconomy clear
		DELETE FROM casefile_economy WHERE file_id = @id`, args); err != nil {
		return err
	}
	if _, err := u.Exec(ctx, `
		-- casefile.putEconomy
		INSERT INTO casefile_economy (file_id, side, kind, amount_fen)
		SELECT @id, side, kind, fen FROM unnest(@sides::text[], @kinds::text[], @amounts::bigint[]) AS l (side, kind, fen)
		WHERE fen > 0`, args); err != nil {
		return err
	}
	return u.ChangeOne(ctx, `
		-- casefile.putEconomy cover
		UPDATE casefile_file SET version = version + 1, economy_until = @until WHERE id = @id`, args)
}

// readCauses reads the causes, the main one first.
func readCauses(ctx context.Context, q work.Querier, id work.FileID) ([]Cause, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readCauses
		SELECT cause FROM casefile_cause WHERE file_id = @id ORDER BY position`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[Cause])
}

// putCauses writes all causes anew, and the main one on the cover.
func putCauses(ctx context.Context, u *work.Unit, id work.FileID, causes []Cause) error {
	codes := make([]int16, len(causes))
	for i, c := range causes {
		codes[i] = int16(c)
	}
	args := pgx.NamedArgs{"id": id, "causes": codes}
	if _, err := u.Exec(ctx, `
		-- casefile.putCauses clear
		DELETE FROM casefile_cause WHERE file_id = @id`, args); err != nil {
		return err
	}
	if _, err := u.Exec(ctx, `
		-- casefile.putCauses
		INSERT INTO casefile_cause (file_id, position, cause)
		SELECT @id, place - 1, cause FROM unnest(@causes::smallint[]) WITH ORDINALITY AS c (cause, place)`, args); err != nil {
		return err
	}
	return u.ChangeOne(ctx, `
		-- casefile.putCauses cover
		UPDATE casefile_file SET version = version + 1, main_cause = (@causes::smallint[])[1] WHERE id = @id`, args)
}
