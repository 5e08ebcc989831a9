package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/casefile"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// exportColumns lists the columns of an Export, in the order in which scanExport reads them.
const exportColumns = `e.id, e.layout, e.format, e.list, e.filter, e.sort, e.turned, coalesce(e.file_id, 0), e.full_numbers, e.language, e.reason, e.org_id, o.name, e.state,
	e.asked_by, s.name, e.asked_at, e.rows, coalesce(e.size, 0), coalesce(e.hash, ''), e.ready_at, e.expires_at, e.fetched_at, e.fault,
	coalesce(e.shelf, ''), e.address`

const fromExport = ` FROM ledger_export e JOIN staff_org o ON o.id = e.org_id JOIN staff_member s ON s.id = e.asked_by `

// scanExport reads one row of exportColumns.
func scanExport(row pgx.CollectableRow) (Export, error) {
	var e Export
	var language string
	var ready, expires, fetched pgtype.Timestamptz
	var fault, filter []byte
	err := row.Scan(&e.ID, &e.Layout, &e.Format, &e.List, &filter, &e.Sort, &e.Backward, &e.File, &e.Full, &language, &e.Reason, &e.OrgID, &e.OrgName, &e.Standing,
		&e.AskedBy, &e.Asker, &e.AskedAt, &e.Rows, &e.Size, &e.Hash, &ready, &expires, &fetched, &fault, &e.shelf, &e.address)
	if err != nil {
		return e, err
	}
	e.Language, _ = words.ParseLanguage(language)
	e.ReadyAt, e.ExpiresAt, e.FetchedAt = ready.Time, expires.Time, fetched.Time
	if filter != nil {
		err = json.Unmarshal(filter, &e.Filter)
	}
	if fault != nil {
		err = errors.Join(err, json.Unmarshal(fault, &e.Fault))
	}
	return e, err
}

// findExport reads one export within the scope.
func findExport(ctx context.Context, q work.Querier, scope work.Scope, id ExportID) (Export, error) {
	rows, err := q.Query(ctx, `
		-- ledger.findExport
		SELECT `+exportColumns+fromExport+`WHERE e.id = @id AND e.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Export{}, err
	}
	e, err := pgx.CollectExactlyOneRow(rows, scanExport)
	if errors.Is(err, pgx.ErrNoRows) {
		return Export{}, work.ErrNotFound
	}
	return e, err
}

// listExports reads the newest exports below an id.
func listExports(ctx context.Context, q work.Querier, scope work.Scope, below ExportID, limit int) ([]Export, error) {
	rows, err := q.Query(ctx, `
		-- ledger.listExports
		SELECT `+exportColumns+fromExport+`
		WHERE e.org_path LIKE @scope AND (@below::bigint = 0 OR e.id < @below) ORDER BY e.id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "below": below, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanExport)
}

// insertExport writes a wish down; the database copies the office's path.
func insertExport(ctx context.Context, u *work.Unit, w Wish) (ExportID, error) {
	var id ExportID
	var filter []byte
	if w.Filter != (casefile.Filter{}) {
		var err error
		if filter, err = json.Marshal(w.Filter); err != nil {
			return 0, err
		}
	}
	err := u.QueryRow(ctx, `
		-- ledger.insertExport
		INSERT INTO ledger_export (org_id, org_path, layout, format, list, filter, sort, turned, file_id, full_numbers, language, reason, state, asked_by, asked_at, address)
		VALUES (@org, '', @layout, @format, @list, @filter, @sort, @turned, nullif(@file::bigint, 0), @full, @language, @reason, 'queued', @by, @now, @address) RETURNING id`,
		pgx.NamedArgs{"org": u.By.OrgID, "layout": string(w.Layout), "format": string(w.Format), "list": string(w.List), "filter": filter, "sort": string(w.Sort), "turned": w.Backward, "file": w.File,
			"full": w.Full, "language": w.Language.Tag(), "reason": w.Reason, "by": u.By.StaffID, "now": u.Now, "address": u.By.Address}).Scan(&id)
	return id, err
}

// claimExport takes the export that waits longest, or one whose worker is silent; 0 when there is none.
func claimExport(ctx context.Context, o Office, worker string) (id ExportID, tries int, err error) {
	now := o.Clock()
	err = o.DB.QueryRow(ctx, `
		-- ledger.claimExport
		UPDATE ledger_export SET worker = @worker, beat_at = @now, tries = tries + 1, state = 'running', rows = 0
		WHERE id = (
			SELECT id FROM ledger_export WHERE state IN ('queued', 'running') AND (beat_at IS NULL OR beat_at < @silent)
			ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
		RETURNING id, tries`,
		pgx.NamedArgs{"worker": worker, "now": now, "silent": now.Add(-silence)}).Scan(&id, &tries)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, 0, nil
	}
	return id, tries, err
}

// beat says how many rows are written, and that the worker lives; errLost when another has taken its place.
func beat(ctx context.Context, o Office, id ExportID, worker string, rows int) error {
	tag, err := o.DB.Exec(ctx, `
		-- ledger.beat
		UPDATE ledger_export SET rows = @rows, beat_at = @now WHERE id = @id AND state = 'running' AND worker = @worker`,
		pgx.NamedArgs{"id": id, "worker": worker, "rows": rows, "now": o.Clock()})
	if err == nil && tag.RowsAffected() != 1 {
		return errLost
	}
	return err
}

// ready writes what came of an export.
func ready(ctx context.Context, u *work.Unit, id ExportID, worker string, k kept) error {
	return lost(u.ChangeOne(ctx, `
		-- ledger.ready
		UPDATE ledger_export SET state = 'ready', rows = @rows, size = @size, hash = @hash, shelf = @shelf, ready_at = @now,
			expires_at = @expires, worker = NULL
		WHERE id = @id AND state = 'running' AND worker = @worker`,
		pgx.NamedArgs{"id": id, "worker": worker, "rows": k.rows, "size": k.size, "hash": k.hash, "shelf": k.name, "now": u.Now,
			"expires": u.Now.Add(keptFor)}))
}

// giveUp ends an export that cannot be made.
func giveUp(ctx context.Context, u *work.Unit, id ExportID, worker string, fault Fault) error {
	said, err := json.Marshal(fault)
	if err != nil {
		return err
	}
	return lost(u.ChangeOne(ctx, `
		-- ledger.giveUp
		UPDATE ledger_export SET state = 'failed', fault = @fault, worker = NULL WHERE id = @id AND state = 'running' AND worker = @worker`,
		pgx.NamedArgs{"id": id, "worker": worker, "fault": said}))
}

// lost makes errLost of ErrStale: the row is no longer this worker's.
func lost(err error) error {
	if errors.Is(err, work.ErrStale) {
		return errLost
	}
	return err
}

// fetched notes that a list was given out. The name on the shelf stays until the file is removed.
func fetched(ctx context.Context, u *work.Unit, id ExportID) error {
	return u.ChangeOne(ctx, `
		-- ledger.fetched
		UPDATE ledger_export SET state = 'fetched', fetched_at = @now WHERE id = @id AND state = 'ready'`,
		pgx.NamedArgs{"id": id, "now": u.Now})
}

// Due is a file on the shelf whose time is over.
type due struct {
	id    int64
	shelf string
}

// expired ends lists that nobody fetched in time, and gives the files of all that are over.
func expired(ctx context.Context, u *work.Unit) ([]due, error) {
	return dueOf(u.Query(ctx, `
		-- ledger.expired
		WITH over AS (
			SELECT id, shelf FROM ledger_export
			WHERE shelf IS NOT NULL AND (state = 'fetched' AND fetched_at < @sent OR expires_at <= @now) ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED)
		UPDATE ledger_export e SET shelf = NULL, state = CASE WHEN e.state = 'ready' THEN 'expired' ELSE e.state END
		FROM over WHERE e.id = over.id RETURNING e.id, over.shelf`,
		pgx.NamedArgs{"now": u.Now, "sent": u.Now.Add(-time.Hour)}))
}

// outdated ends uploads that nobody began, and gives the files of imports that are long over.
func outdated(ctx context.Context, u *work.Unit) ([]due, error) {
	return dueOf(u.Query(ctx, `
		-- ledger.outdated
		WITH over AS (
			SELECT id, shelf FROM ledger_import
			WHERE shelf IS NOT NULL AND (state = 'dropped' OR state = 'uploaded' AND uploaded_at < @begun
				OR state IN ('done', 'failed', 'undone') AND ended_at < @ended) ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED)
		UPDATE ledger_import i SET shelf = NULL, version = i.version + 1, state = CASE WHEN i.state = 'uploaded' THEN 'dropped' ELSE i.state END
		FROM over WHERE i.id = over.id RETURNING i.id, over.shelf`,
		pgx.NamedArgs{"begun": u.Now.Add(-uploadKept), "ended": u.Now.Add(-importKept)}))
}

func dueOf(rows pgx.Rows, err error) ([]due, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (due, error) {
		var d due
		err := row.Scan(&d.id, &d.shelf)
		return d, err
	})
}
