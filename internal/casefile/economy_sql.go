package casefile

import (
	"context"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// readSnapshots reads snapshots with their figures, the newest first: the current one only, which each file has at most
// one of, or all from the one after before (0 = the newest) on; together at most as many as limit.
func readSnapshots(ctx context.Context, q work.Querier, of whose, current bool, before SnapshotID, limit int) (map[work.FileID][]Economy, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readSnapshots
		SELECT s.file_id, s.id, s.until_on, s.source, s.round, s.people, m.name, s.taken_at, coalesce(g.side, ''), coalesce(g.kind, ''),
			coalesce(g.amount_fen, 0), coalesce(g.person_id, 0), coalesce(g.evidence_id, 0),
			CASE WHEN p.left_on IS NULL THEN '' ELSE p.name END
		FROM (SELECT * FROM casefile_snapshot WHERE file_id `+of.is+` AND (current OR NOT @current) AND (id < @before OR @before = 0)
			ORDER BY id DESC LIMIT @limit) s
		JOIN staff_member m ON m.id = s.taken_by
		LEFT JOIN casefile_figure g ON g.snapshot_id = s.id
		LEFT JOIN casefile_person p ON p.id = g.person_id
		ORDER BY s.id DESC, g.side, g.kind, g.person_id NULLS FIRST`,
		pgx.NamedArgs{"files": of.ids, "current": current, "before": before, "limit": limit})
	if err != nil {
		return nil, err
	}
	all := map[work.FileID][]Economy{}
	_, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (struct{}, error) {
		var id work.FileID
		var e Economy
		var l Line
		err := row.Scan(&id, &e.ID, &e.Until, &e.Source, &e.Round, &e.People, &e.TakenBy, &e.TakenAt, &l.Side, &l.Kind, &l.Amount,
			&l.Person, &l.Evidence, &l.Left)
		if n := len(all[id]); n == 0 || all[id][n-1].ID != e.ID {
			all[id] = append(all[id], e)
		}
		if l.Side != "" {
			newest := &all[id][len(all[id])-1]
			newest.Lines = append(newest.Lines, l)
		}
		return struct{}{}, err
	})
	return all, err
}

// putSnapshot makes a snapshot the current one. One of the registration that was not submitted since is written anew
// instead of followed.
func putSnapshot(ctx context.Context, u *work.Unit, id work.FileID, before, e Economy) error {
	args := pgx.NamedArgs{"id": id, "old": before.ID, "until": e.Until, "source": string(e.Source), "round": e.Round,
		"people": e.People, "by": u.By.StaffID, "now": u.Now}
	again := before.ID != 0 && e.Source == FromRegistration && before.Source == e.Source && before.Round == e.Round
	if again {
		if _, err := u.Exec(ctx, `
			-- casefile.putSnapshot clear
			DELETE FROM casefile_figure WHERE snapshot_id = @old`, args); err != nil {
			return err
		}
		if err := u.ChangeOne(ctx, `
			-- casefile.putSnapshot again
			UPDATE casefile_snapshot SET until_on = @until, people = @people, taken_by = @by, taken_at = @now
			WHERE id = @old AND current`, args); err != nil {
			return err
		}
		return putFigures(ctx, u, id, before.ID, e)
	}
	if before.ID != 0 {
		if err := u.ChangeOne(ctx, `
			-- casefile.putSnapshot past
			UPDATE casefile_snapshot SET current = false WHERE id = @old AND current`, args); err != nil {
			return err
		}
	}
	var snapshot SnapshotID
	if err := u.QueryRow(ctx, `
		-- casefile.putSnapshot
		INSERT INTO casefile_snapshot (file_id, until_on, source, round, people, taken_by, taken_at, current)
		VALUES (@id, @until, @source, @round, @people, @by, @now, true) RETURNING id`, args).Scan(&snapshot); err != nil {
		return err
	}
	return putFigures(ctx, u, id, snapshot, e)
}

// putFigures writes a snapshot's figures, and its day on the cover.
func putFigures(ctx context.Context, u *work.Unit, id work.FileID, snapshot SnapshotID, e Economy) error {
	var sides, kinds []string
	var amounts, people, papers []int64
	for _, l := range e.Lines {
		sides, kinds, amounts = append(sides, string(l.Side)), append(kinds, string(l.Kind)), append(amounts, int64(l.Amount))
		people, papers = append(people, int64(l.Person)), append(papers, int64(l.Evidence))
	}
	args := pgx.NamedArgs{"id": id, "snapshot": snapshot, "sides": sides, "kinds": kinds, "amounts": amounts, "people": people,
		"papers": papers, "until": e.Until}
	if _, err := u.Exec(ctx, `
		-- casefile.putFigures
		INSERT INTO casefile_figure (snapshot_id, person_id, side, kind, amount_fen, evidence_id)
		SELECT @snapshot, nullif(person, 0), side, kind, fen, nullif(paper, 0)
		FROM unnest(@sides::text[], @kinds::text[], @amounts::bigint[], @people::bigint[], @papers::bigint[])
			AS l (side, kind, fen, person, paper)
		WHERE fen > 0`, args); err != nil {
		return err
	}
	return u.ChangeOne(ctx, `
		-- casefile.putFigures cover
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
