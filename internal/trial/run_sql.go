package trial

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// ask notes that a proposal is to be tried, and throws away what an older trial of it found.
func ask(ctx context.Context, u *work.Unit, id ID) error {
	if err := clear(ctx, u, id); err != nil {
		return err
	}
	var run RunID
	if err := u.QueryRow(ctx, `
		-- trial.ask
		INSERT INTO trial_run (proposal_id, asked_by, asked_at) VALUES (@id, @by, @now) RETURNING id`,
		pgx.NamedArgs{"id": id, "by": u.By.StaffID, "now": u.Now}).Scan(&run); err != nil {
		return fmt.Errorf("asking for a trial of proposal %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "trial.ask", Kind: "proposal", ID: int64(id), Changes: []work.Change{{Field: "run", After: int64(run)}}})
}

// clear throws away which households the trials of a proposal found; the sums stay with the run.
func clear(ctx context.Context, u *work.Unit, id ID) error {
	_, err := u.Exec(ctx, `
		-- trial.clear
		DELETE FROM trial_change WHERE run_id IN (SELECT id FROM trial_run WHERE proposal_id = @id)`, pgx.NamedArgs{"id": id})
	if err != nil {
		return fmt.Errorf("throwing away the trials of proposal %d: %w", id, err)
	}
	return nil
}

// runColumns lists the columns of a Run in the order of scanRun.
const runColumns = `r.id, r.proposal_id, r.asked_at, r.started_at, r.ended_at, r.total, r.done, r.without, r.ceiling_fen, r.result,
	(SELECT coalesce(jsonb_object_agg(d, staff_district(d)), '{}') FROM (SELECT DISTINCT g ->> 'district' FROM jsonb_array_elements(r.result) g) x (d))`

// scanRun reads one row of runColumns.
func scanRun(row pgx.CollectableRow) (Run, error) {
	var r Run
	var started, ended pgtype.Timestamptz
	var groups []byte
	var places map[string]string
	if err := row.Scan(&r.ID, &r.Proposal, &r.AskedAt, &started, &ended, &r.Total, &r.Done, &r.Without, &r.Ceiling, &groups, &places); err != nil {
		return r, err
	}
	r.StartedAt, r.EndedAt = started.Time, ended.Time
	if err := json.Unmarshal(groups, &r.Groups); err != nil {
		return r, err
	}
	for i, g := range r.Groups {
		r.Groups[i].Place = places[g.District]
	}
	return r, nil
}

// LastRun gives the newest trial of a proposal; nil when there is none.
func LastRun(ctx context.Context, q work.Querier, id ID) (*Run, error) {
	rows, err := q.Query(ctx, `
		-- trial.LastRun
		SELECT `+runColumns+` FROM trial_run r WHERE r.proposal_id = @id ORDER BY r.id DESC LIMIT 1`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, fmt.Errorf("finding the trial of proposal %d: %w", id, err)
	}
	r, err := pgx.CollectExactlyOneRow(rows, scanRun)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the trial of proposal %d: %w", id, err)
	}
	return &r, nil
}

// take takes up the oldest trial that nobody is at work on, with what another program may have left of it removed; or
// work.ErrNotFound. It commits at once, so that the page shows that the trial has begun.
func take(ctx context.Context, db work.Beginner, now time.Time) (Run, error) {
	tx, err := db.Begin(ctx)
	if err != nil {
		return Run{}, err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // does nothing after a commit
	rows, err := tx.Query(ctx, `
		-- trial.take
		UPDATE trial_run r SET started_at = @now, beat_at = @now, done = 0, without = 0, total = (SELECT count(*) FROM casefile_standing)
		WHERE r.id = (SELECT id FROM trial_run WHERE ended_at IS NULL AND (beat_at IS NULL OR beat_at < @stale)
			ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
		RETURNING `+runColumns, pgx.NamedArgs{"now": now, "stale": now.Add(-stale)})
	if err != nil {
		return Run{}, err
	}
	r, err := pgx.CollectExactlyOneRow(rows, scanRun)
	if errors.Is(err, pgx.ErrNoRows) {
		return Run{}, work.ErrNotFound
	}
	if err != nil {
		return Run{}, err
	}
	if _, err := tx.Exec(ctx, `
		-- trial.take clear
		DELETE FROM trial_change WHERE run_id = @id`, pgx.NamedArgs{"id": r.ID}); err != nil {
		return Run{}, err
	}
	return r, tx.Commit(ctx)
}

// plan is by what a trial judges, and how far it is.
type plan struct {
	rule      eligibility.Rule
	lines     map[string]eligibility.Line
	districts []string // in which households are judged, each with its line beside
	monthly   []int64
	only      []string // nil = every district; households elsewhere are not concerned
	since     day.Date // households not on the register are looked at when they were judged since
	after     int64    // the last file looked at
	upTo      int64    // the last file to look at
}

// divide gives each of two plans a half of the files.
func divide(ctx context.Context, q work.Querier, first, second *plan) error {
	err := q.QueryRow(ctx, `
		-- trial.divide
		SELECT (min(file_id) + max(file_id)) / 2 FROM casefile_standing`).Scan(&first.upTo)
	second.after = first.upTo
	return err
}

// step looks at the next households and commits. It is false when there are none left. Somebody who is not on the
// register would enter only if judged within the twelve months before, and in no open file now.
//
// Whether a head is on file again is asked by the index of present heads; OFFSET 0 keeps the server from hashing everybody
// on file for it, which takes longer than a statement may at a million files.
func (p *plan) step(ctx context.Context, db work.Beginner, now time.Time, id RunID) (bool, error) {
	tx, err := db.Begin(ctx)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // does nothing after a commit
	var seen, without int64
	err = tx.QueryRow(ctx, `
		-- trial.step
		WITH part AS MATERIALIZED (
			SELECT * FROM casefile_standing WHERE file_id > @after AND file_id <= @up_to ORDER BY file_id LIMIT @batch),
		judged AS (
			SELECT s.file_id, s.org_path, s.district, s.category AS before, `+p.rule.SQL("s", "l.monthly")+` AS after
			FROM part s JOIN unnest(@districts::text[], @monthly::bigint[]) AS l (district, monthly) ON l.district = s.district
			WHERE s.open OR s.judged_at >= @since AND NOT EXISTS (
				SELECT FROM casefile_person h JOIN casefile_claim c ON c.id_index = h.id_index
				WHERE h.file_id = s.file_id AND h.relation = 'head' AND h.left_on IS NULL OFFSET 0)),
		put AS (
			INSERT INTO trial_change (run_id, file_id, org_path, district, before, after)
			SELECT @run, file_id, org_path, district, before, after FROM judged WHERE after <> before)
		SELECT count(*), count(*) FILTER (WHERE @every AND NOT district = ANY(@districts::text[])), coalesce(max(file_id), @after) FROM part`,
		pgx.NamedArgs{"after": p.after, "up_to": p.upTo, "batch": batch, "run": id, "districts": p.districts, "monthly": p.monthly,
			"since": p.since.Start(), "every": p.only == nil}).Scan(&seen, &without, &p.after)
	if err != nil {
		return false, err
	}
	if _, err := tx.Exec(ctx, `
		-- trial.step beat
		UPDATE trial_run SET done = done + @seen, without = without + @without, beat_at = @now WHERE id = @run`,
		pgx.NamedArgs{"run": id, "seen": seen, "without": without, "now": now}); err != nil {
		return false, err
	}
	return seen == batch, tx.Commit(ctx)
}

// groupsOf adds up what a trial found.
func groupsOf(ctx context.Context, u *work.Unit, id RunID, lines map[string]eligibility.Line) ([]Group, error) {
	rows, err := u.Query(ctx, `
		-- trial.groupsOf
		SELECT c.district, c.before, c.after, count(*), coalesce(sum(s.people), 0)
		FROM trial_change c LEFT JOIN casefile_standing s ON s.file_id = c.file_id
		WHERE c.run_id = @run GROUP BY c.district, c.before, c.after`, pgx.NamedArgs{"run": id})
	if err != nil {
		return nil, err
	}
	groups, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Group, error) {
		var g Group
		err := row.Scan(&g.District, &g.Before, &g.After, &g.Files, &g.People)
		g.Monthly = lines[g.District].Monthly
		return g, err
	})
	return sorted(groups), err
}

// finish writes what a trial found.
func finish(ctx context.Context, u *work.Unit, id RunID, ceiling money.Amount, groups []Group) error {
	if groups == nil {
		groups = []Group{}
	}
	result, err := json.Marshal(groups)
	if err != nil {
		return err
	}
	err = u.ChangeOne(ctx, `
		-- trial.finish
		UPDATE trial_run SET ended_at = @now, total = done, ceiling_fen = @ceiling, result = @result WHERE id = @run AND ended_at IS NULL`,
		pgx.NamedArgs{"run": id, "now": u.Now, "ceiling": int64(ceiling), "result": result})
	if err != nil {
		return err
	}
	return u.Audit(ctx, work.Entry{Act: "trial.finish", Kind: "run", ID: int64(id), Changes: []work.Change{{Field: "groups", After: len(groups)}}})
}
