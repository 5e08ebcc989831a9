package casefile

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// keepTyped replaces the person's draft of a section. A draft that was begun before the section was last saved comes too
// late, and is work.ErrStale: a script sends drafts by itself and may lose the race with the person's own saving. The
// lock on the file waits for a section being saved for the first time, the one on the section for a later saving.
func keepTyped(ctx context.Context, u *work.Unit, id work.FileID, section Section, seen int, sealed []byte) error {
	args := pgx.NamedArgs{"id": id, "section": string(section), "seen": seen, "by": u.By.StaffID, "typed": sealed, "now": u.Now}
	if _, err := u.Exec(ctx, `
		-- casefile.keepTyped lock
		SELECT FROM casefile_file WHERE id = @id FOR UPDATE`, args); err != nil {
		return err
	}
	return u.ChangeOne(ctx, `
		-- casefile.keepTyped
		INSERT INTO casefile_typed (file_id, section, staff_id, typed, saved_at)
		SELECT @id, @section, @by, @typed, @now
		WHERE @seen < 0
		   OR coalesce((SELECT version FROM casefile_section WHERE file_id = @id AND section = @section FOR SHARE), 0) = @seen
		ON CONFLICT (file_id, section, staff_id) DO UPDATE SET typed = excluded.typed, saved_at = excluded.saved_at`, args)
}

// dropTyped removes the person's draft of a section that was accepted.
func dropTyped(ctx context.Context, u *work.Unit, id work.FileID, section Section) error {
	_, err := u.Exec(ctx, `
		-- casefile.dropTyped
		DELETE FROM casefile_typed WHERE file_id = @id AND section = @section AND staff_id = @by`,
		pgx.NamedArgs{"id": id, "section": string(section), "by": u.By.StaffID})
	return err
}

// readTyped reads the person's draft of a section; nil when there is none.
func readTyped(ctx context.Context, q work.Querier, id work.FileID, section Section, who work.StaffID) ([]byte, time.Time, error) {
	var sealed []byte
	var at time.Time
	err := q.QueryRow(ctx, `
		-- casefile.readTyped
		SELECT typed, saved_at FROM casefile_typed WHERE file_id = @id AND section = @section AND staff_id = @who`,
		pgx.NamedArgs{"id": id, "section": string(section), "who": who}).Scan(&sealed, &at)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, time.Time{}, nil
	}
	return sealed, at, err
}

// accept marks a section as saved. seen is the version its writer had before them, 0 when there was none: anything
// else by now is work.ErrStale. The file is locked first and the section then, as keepTyped does it, so that neither waits
// for the other.
func accept(ctx context.Context, u *work.Unit, id work.FileID, section Section, seen int) error {
	args := pgx.NamedArgs{"id": id, "section": string(section), "seen": seen, "now": u.Now, "by": u.By.StaffID}
	if err := Lock(ctx, u, id); err != nil {
		return err
	}
	if seen == 0 {
		return u.ChangeOne(ctx, `
			-- casefile.accept first
			INSERT INTO casefile_section (file_id, section, saved_at, saved_by) VALUES (@id, @section, @now, @by)
			ON CONFLICT DO NOTHING`, args)
	}
	return u.ChangeOne(ctx, `
		-- casefile.accept
		UPDATE casefile_section SET version = version + 1, saved_at = @now, saved_by = @by
		WHERE file_id = @id AND section = @section AND version = @seen`, args)
}

// touch gives sections a new version that were not saved but hold other people now: whoever had them open, and whoever asked
// for a change of them, wrote of a household that is no more. It is called after the people are written.
func touch(ctx context.Context, u *work.Unit, id work.FileID, sections ...Section) error {
	_, err := u.Exec(ctx, `
		-- casefile.touch
		INSERT INTO casefile_section (file_id, section, saved_at, saved_by)
		SELECT @id, section, @now, @by FROM unnest(@sections::text[]) AS s (section)
		ON CONFLICT (file_id, section) DO UPDATE SET version = casefile_section.version + 1, saved_at = excluded.saved_at, saved_by = excluded.saved_by`,
		pgx.NamedArgs{"id": id, "sections": sections, "now": u.Now, "by": u.By.StaffID})
	return err
}

// readTasks reads how far each section is, with whether the person has a draft of it.
func readTasks(ctx context.Context, q work.Querier, id work.FileID, who work.StaffID) (map[Section]Task, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readTasks
		SELECT coalesce(s.section, t.section), coalesce(s.version, 0), coalesce(s.saved_at, t.saved_at), coalesce(m.name, ''),
			t.section IS NOT NULL
		FROM (SELECT * FROM casefile_section WHERE file_id = @id) s
		FULL JOIN (SELECT * FROM casefile_typed WHERE file_id = @id AND staff_id = @who) t USING (section)
		LEFT JOIN staff_member m ON m.id = s.saved_by`,
		pgx.NamedArgs{"id": id, "who": who})
	if err != nil {
		return nil, err
	}
	tasks := map[Section]Task{}
	_, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (struct{}, error) {
		var t Task
		var typed bool
		err := row.Scan(&t.Section, &t.Version, &t.SavedAt, &t.SavedBy, &typed)
		t.Standing = Started
		if t.Version > 0 && !typed {
			t.Standing = Done
		}
		tasks[t.Section] = t
		return struct{}{}, err
	})
	return tasks, err
}
