package visit

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/work"
)

func announce(ctx context.Context, u *work.Unit, name string, permille int) (id SampleID, size int, err error) {
	err = u.QueryRow(ctx, `
		-- visit.announce
		INSERT INTO visit_sample (org_id, org_path, name, permille, frame, frame_size, frame_hash, announced_by, announced_at)
		SELECT @org, '', @name, @permille, a.frame, cardinality(a.frame), sha256(convert_to(array_to_string(a.frame, E'\n'), 'UTF8')), @by, @now
		FROM (SELECT coalesce(array_agg(f.number ORDER BY f.number COLLATE "C"), '{}') AS frame FROM casefile_file f
			WHERE f.state = 'active' AND f.org_path LIKE @scope) a
		RETURNING id, frame_size`,
		pgx.NamedArgs{"org": u.By.OrgID, "name": name, "permille": permille, "by": u.By.StaffID, "now": u.Now, "scope": u.By.Scope}).Scan(&id, &size)
	return id, size, err
}

// draw writes the seed and, in the same unit, what follows from it.
func draw(ctx context.Context, u *work.Unit, id SampleID, seed, source string) error {
	err := u.ChangeOne(ctx, `
		-- visit.seed
		UPDATE visit_sample SET seed = @seed, source = @source, seeded_by = @by, seeded_at = @now WHERE id = @id AND seed IS NULL`,
		pgx.NamedArgs{"id": id, "seed": seed, "source": source, "by": u.By.StaffID, "now": u.Now})
	if err != nil {
		return err
	}
	_, err = u.Exec(ctx, `
		-- visit.draw
		INSERT INTO visit_pick (sample_id, position, file_id)
		SELECT s.id, d.pos, f.id FROM visit_sample s CROSS JOIN LATERAL visit_draw(s.seed, s.frame, s.permille) d
			JOIN casefile_file f ON f.number = d.number
		WHERE s.id = @id`, pgx.NamedArgs{"id": id})
	return err
}

const sampleCover = `s.id, s.org_id, o.name, s.name, s.permille, s.frame_size, s.frame_hash, a.name, s.announced_by, s.announced_at,
	coalesce(s.seed, ''), coalesce(s.source, ''), coalesce(b.name, ''), s.seeded_at`

const fromSample = ` FROM visit_sample s JOIN staff_org o ON o.id = s.org_id JOIN staff_member a ON a.id = s.announced_by
	LEFT JOIN staff_member b ON b.id = s.seeded_by WHERE s.org_path LIKE @scope `

func scanSample(row pgx.CollectableRow, more ...any) (Sample, error) {
	var s Sample
	var seeded pgtype.Timestamptz
	err := row.Scan(append([]any{&s.ID, &s.OrgID, &s.OrgName, &s.Name, &s.Permille, &s.FrameSize, &s.FrameHash, &s.AnnouncedBy, &s.announcer,
		&s.AnnouncedAt, &s.Seed, &s.Source, &s.SeededBy, &seeded}, more...)...)
	s.SeededAt = seeded.Time
	return s, err
}

// seen tells that a pick was visited since the draw.
const seen = `FROM visit_visit v WHERE v.file_id = k.file_id AND v.visited_on >= (s.seeded_at AT TIME ZONE 'Asia/Shanghai')::date
	AND v.purpose IN ('sample', 'review', 'key')`

func findSample(ctx context.Context, q work.Querier, scope work.Scope, id SampleID) (Sample, error) {
	rows, err := q.Query(ctx, `
		-- visit.findSample
		SELECT `+sampleCover+`, (SELECT count(*) FROM visit_pick k WHERE k.sample_id = s.id AND EXISTS (SELECT `+seen+`))`+fromSample+`AND s.id = @id`,
		pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Sample{}, err
	}
	s, err := pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (Sample, error) {
		visited := 0
		s, err := scanSample(row, &visited)
		s.Visited = visited
		return s, err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	return s, err
}

func listSamples(ctx context.Context, q work.Querier, scope work.Scope, below SampleID, limit int) ([]Sample, error) {
	rows, err := q.Query(ctx, `
		-- visit.listSamples
		SELECT `+sampleCover+fromSample+`AND (@below = 0 OR s.id < @below) ORDER BY s.id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "below": below, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Sample, error) { return scanSample(row) })
}

func picksOf(ctx context.Context, q work.Querier, scope work.Scope, id SampleID, after, limit int) ([]Pick, error) {
	rows, err := q.Query(ctx, `
		-- visit.picks
		SELECT k.position, k.file_id, f.number, f.head_name, o.name, (SELECT min(v.visited_on) `+seen+`)
		FROM visit_pick k JOIN visit_sample s ON s.id = k.sample_id JOIN casefile_file f ON f.id = k.file_id JOIN staff_org o ON o.id = f.org_id
		WHERE k.sample_id = @id AND k.position > @after AND f.org_path LIKE @scope ORDER BY k.position LIMIT @limit`,
		pgx.NamedArgs{"id": id, "after": after, "scope": scope, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Pick])
}

func redraw(ctx context.Context, q work.Querier, scope work.Scope, id SampleID) (Redrawn, error) {
	var r Redrawn
	err := q.QueryRow(ctx, `
		-- visit.redraw
		SELECT s.frame_hash = sha256(convert_to(array_to_string(s.frame, E'\n'), 'UTF8')),
			NOT EXISTS (SELECT d.pos, d.number FROM visit_draw(s.seed, s.frame, s.permille) d
				EXCEPT SELECT k.position, f.number FROM visit_pick k JOIN casefile_file f ON f.id = k.file_id WHERE k.sample_id = s.id),
			(SELECT count(*) FROM visit_pick k WHERE k.sample_id = s.id)
		FROM visit_sample s WHERE s.id = @id AND s.seed IS NOT NULL AND s.org_path LIKE @scope`,
		pgx.NamedArgs{"id": id, "scope": scope}).Scan(&r.Hash, &r.Picks, &r.Drawn)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	return r, err
}

func frameOf(ctx context.Context, q work.Querier, scope work.Scope, id SampleID) (string, error) {
	var text string
	err := q.QueryRow(ctx, `
		-- visit.frame
		SELECT array_to_string(s.frame, E'\n') FROM visit_sample s WHERE s.id = @id AND s.org_path LIKE @scope`,
		pgx.NamedArgs{"id": id, "scope": scope}).Scan(&text)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	return text, err
}
