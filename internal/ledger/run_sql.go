package ledger

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// claim takes the import that waits longest, or one whose worker is silent; 0 when there is none. One that was begun too
// often without getting on is given up by fail.
func claim(ctx context.Context, o Office, worker string) (ImportID, error) {
	now := o.Clock()
	var id ImportID
	var tries int
	err := o.DB.QueryRow(ctx, `
		-- ledger.claim
		UPDATE ledger_import SET worker = @worker, beat_at = @now, tries = tries + 1,
			state = CASE WHEN state = 'queued' THEN 'running' ELSE state END
		WHERE id = (
			SELECT id FROM ledger_import
			WHERE state IN ('queued', 'running', 'undoing') AND (beat_at IS NULL OR beat_at < @silent)
			ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
		RETURNING id, tries`,
		pgx.NamedArgs{"worker": worker, "now": now, "silent": now.Add(-silence)}).Scan(&id, &tries)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	if err != nil || tries <= mostTries {
		return id, err
	}
	i, err := find(ctx, o.DB, work.Everywhere, id)
	if err != nil {
		return 0, err
	}
	return 0, o.fail(ctx, i, worker, Fault{Key: "ledger.failure.stuck"})
}

// byIndex makes the statements of this transaction find rows by their indexes. A first import fills tables of which the
// database still thinks that they are empty; it would read all of them for every batch.
func byIndex(ctx context.Context, u *work.Unit) error {
	_, err := u.Exec(ctx, `
		-- ledger.byIndex
		SET LOCAL enable_seqscan = off`)
	return err
}

// progress writes how far the import is. It touches the row only while the worker is still the one, and the import still
// where this batch began; else errLost.
func progress(ctx context.Context, u *work.Unit, id ImportID, worker string, from int, b batch) error {
	count := map[Verdict]int{}
	files, noted := 0, 0
	for _, f := range b.families {
		for n, v := range f.verdicts {
			count[v]++
			if v == Taken && len(f.lines[n].Notes) > 0 {
				noted++
			}
		}
		if f.taken() {
			files++
		}
	}
	err := u.ChangeOne(ctx, `
		-- ledger.progress
		UPDATE ledger_import SET done_row = @upto, percent = @percent, files = files + @files, taken = taken + @taken,
			known = known + @known, bad = bad + @bad, held = held + @held, noted = noted + @noted, tries = 0, beat_at = @now, version = version + 1,
			state = CASE WHEN @last THEN 'done' ELSE state END,
			ended_at = CASE WHEN @last THEN @now::timestamptz END,
			worker = CASE WHEN @last THEN NULL ELSE worker END
		WHERE id = @id AND state = 'running' AND worker = @worker AND done_row = @from`,
		pgx.NamedArgs{"id": id, "worker": worker, "from": from, "upto": b.upto, "percent": percentOf(b), "files": files,
			"taken": count[Taken], "known": count[Known], "bad": count[Bad], "held": count[Held], "noted": noted, "last": b.last, "now": u.Now})
	if errors.Is(err, work.ErrStale) {
		return errLost
	}
	return err
}

// percentOf is what a batch says of the progress; only the last one says that all is done.
func percentOf(b batch) int {
	if b.last {
		return 100
	}
	return min(b.percent, 99)
}

// end is the program's own move to a last state.
func end(ctx context.Context, u *work.Unit, id ImportID, worker string, from, to State, fault *Fault) error {
	var said []byte
	if fault != nil {
		var err error
		if said, err = json.Marshal(fault); err != nil {
			return err
		}
	}
	err := u.ChangeOne(ctx, `
		-- ledger.end
		UPDATE ledger_import SET state = @to, fault = @fault, ended_at = @now, worker = NULL, beat_at = NULL, tries = 0,
			percent = CASE WHEN @to = 'failed' THEN percent ELSE 100 END, version = version + 1
		WHERE id = @id AND state = @from AND worker = @worker`,
		pgx.NamedArgs{"id": id, "worker": worker, "from": string(from), "to": string(to), "fault": said, "now": u.Now})
	if errors.Is(err, work.ErrStale) {
		return errLost
	}
	return err
}

// readAbove finds the people and households of a batch among the rows of the same import.
func readAbove(ctx context.Context, u *work.Unit, keys *seal.Keys, id ImportID, families []*family, numbers []idcard.Number) (above, error) {
	up := above{people: map[string]int{}, households: map[string]int{}}
	people, households := make([][]byte, len(numbers)), [][]byte{}
	for i, n := range numbers {
		people[i] = casefile.PersonIndex(keys, n)
	}
	for _, f := range families {
		if f.key != "" {
			households = append(households, keys.Index(f.key, householdContext))
		}
	}
	rows, err := u.Query(ctx, `
		-- ledger.readAbove
		SELECT sought.person, NULL::bytea, r.row FROM unnest(@people::bytea[]) AS sought (person)
		CROSS JOIN LATERAL (SELECT row FROM ledger_row WHERE import_id = @id AND id_index = sought.person ORDER BY row LIMIT 1) r
		UNION ALL
		SELECT NULL, sought.household, r.row FROM unnest(@households::bytea[]) AS sought (household)
		CROSS JOIN LATERAL (SELECT row FROM ledger_row WHERE import_id = @id AND household = sought.household ORDER BY row LIMIT 1) r`,
		pgx.NamedArgs{"id": id, "people": people, "households": households})
	if err != nil {
		return up, err
	}
	var person, household []byte
	var row int
	_, err = pgx.ForEachRow(rows, []any{&person, &household, &row}, func() error {
		if person != nil {
			up.people[string(person)] = row
		} else {
			up.households[string(household)] = row
		}
		return nil
	})
	return up, err
}

// readImported tells which of the files that claim people came from an import, and lie where the actor sees them.
func readImported(ctx context.Context, u *work.Unit, claims map[idcard.Number]casefile.Claim) (map[work.FileID]bool, error) {
	imported := map[work.FileID]bool{}
	var ids []int64
	for _, c := range claims {
		if u.By.Scope.Covers(c.Path) {
			ids = append(ids, int64(c.FileID))
		}
	}
	if len(ids) == 0 {
		return imported, nil
	}
	rows, err := u.Query(ctx, `
		-- ledger.readImported
		SELECT file_id FROM ledger_origin WHERE file_id = ANY(@ids)`, pgx.NamedArgs{"ids": ids})
	if err != nil {
		return nil, err
	}
	var id work.FileID
	_, err = pgx.ForEachRow(rows, []any{&id}, func() error {
		imported[id] = true
		return nil
	})
	return imported, err
}

// insertRows copies the verdicts of a batch.
func insertRows(ctx context.Context, u *work.Unit, keys *seal.Keys, id ImportID, families []*family) error {
	var rows [][]any
	for _, f := range families {
		for i, l := range f.lines {
			var faults, notes, index, household, file any
			var err error
			switch v := f.verdicts[i]; {
			case v == Bad || v == Held:
				faults, err = json.Marshal(l.Faults)
			case v == Taken && len(l.Notes) > 0:
				notes, err = json.Marshal(l.Notes)
			}
			if err != nil {
				return err
			}
			if faults == nil {
				file = int64(f.file)
			}
			if l.Person.Number != "" {
				index = casefile.PersonIndex(keys, l.Person.Number)
			}
			if f.key != "" {
				household = keys.Index(f.key, householdContext)
			}
			rows = append(rows, []any{int64(id), int32(l.Row), string(f.verdicts[i]), faults, notes, index, household, file})
		}
	}
	_, err := u.CopyFrom(ctx, pgx.Identifier{"ledger_row"},
		[]string{"import_id", "row", "verdict", "faults", "notes", "id_index", "household", "file_id"}, pgx.CopyFromRows(rows))
	return err
}

// insertOrigins copies where each registration comes from.
func insertOrigins(ctx context.Context, u *work.Unit, id ImportID, taken []*family) error {
	rows := make([][]any, len(taken))
	for i, f := range taken {
		h := f.head()
		rows[i] = []any{int64(f.file), int64(id), int32(h.Row), h.Old.Number, h.Old.Category, h.Old.On, fen(h.Old.Monthly), fen(h.Old.Yearly),
			fen(h.Old.Aid), h.Old.Remark}
	}
	_, err := u.CopyFrom(ctx, pgx.Identifier{"ledger_origin"}, []string{"file_id", "import_id", "row", "old_number", "old_category",
		"old_on", "monthly_fen", "yearly_fen", "aid_fen", "remark"}, pgx.CopyFromRows(rows))
	return err
}

// fen gives an amount as the database takes it; NULL for none.
func fen(a *money.Amount) any {
	if a == nil {
		return nil
	}
	return int64(*a)
}
