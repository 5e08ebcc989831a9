package casefile

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// PapersUntil gives the last day on which the papers held are all that the situation asks for, as the database writes a
// date: "-infinity" when one is missing altogether, "infinity" when none of them ages.
func (s Situation) PapersUntil(held []Evidence) string {
	until, ages := day.Date{}, false
	for _, r := range s.Required() {
		best := r.longest(held)
		switch {
		case best == nil:
			return "-infinity"
		case !best.ValidUntil.IsZero() && (!ages || best.ValidUntil.Before(until)):
			until, ages = best.ValidUntil, true
		}
	}
	if !ages {
		return "infinity"
	}
	return until.String()
}

// longest gives the paper among those held that meets the requirement for the longest time; nil when there is none.
func (r Requirement) longest(held []Evidence) *Evidence {
	var best *Evidence
	for i, e := range held {
		fits := e.Kind == r.Kind && (r.PersonID == 0 || e.PersonID == 0 || e.PersonID == r.PersonID)
		if fits && (best == nil || !best.ValidUntil.IsZero() && (e.ValidUntil.IsZero() || e.ValidUntil.After(best.ValidUntil))) {
			best = &held[i]
		}
	}
	return best
}

// situation is what the facts say of the household.
func (f Facts) situation() Situation {
	s := Situation{File: f.Cover, Causes: f.Causes, Economy: f.Economy, Particulars: f.Particulars}
	for _, m := range f.People {
		s.People = append(s.People, m.Person)
	}
	return s
}

// papersChanged notes anew whether the papers of a file are whole.
func papersChanged(ctx context.Context, u *work.Unit, f File) error {
	s, err := SituationOf(ctx, u, f)
	if err != nil {
		return err
	}
	return notePapers(ctx, u, s)
}

// notePapers writes on a file up to which day its papers are whole. It is the only statement that writes papers_until, and
// locks nothing when nothing changed.
func notePapers(ctx context.Context, u *work.Unit, s Situation) error {
	held, err := EvidenceOf(ctx, u, s.File.ID)
	if err != nil {
		return err
	}
	_, err = u.Exec(ctx, `
		-- casefile.notePapers
		UPDATE casefile_file SET papers_until = @until::text::date WHERE id = @id AND papers_until IS DISTINCT FROM @until::text::date`,
		pgx.NamedArgs{"id": s.File.ID, "until": s.PapersUntil(held)})
	if err != nil {
		return fmt.Errorf("noting the papers of file %d: %w", s.File.ID, err)
	}
	return nil
}

// papersBatch is how many files one unit of FillPapers takes.
const papersBatch = 100

// FillPapers notes for files that were handed in before it was noted whether their papers are whole, and gives how many it
// filled in; a program that finds none has one query to pay.
func FillPapers(ctx context.Context, db work.Beginner, now time.Time) (int, error) {
	filled := 0
	for {
		ids, err := readUnproved(ctx, db)
		if err != nil || len(ids) == 0 {
			return filled, err
		}
		err = work.Do(ctx, db, now, work.System("papers"), func(u *work.Unit) error {
			files, err := lockCovers(ctx, u, ids)
			if err != nil {
				return err
			}
			for _, f := range files {
				if err := papersChanged(ctx, u, f); err != nil {
					return err
				}
			}
			return u.Audit(ctx, work.Entry{Act: "casefile.fill_papers", Kind: "file", ID: ids[0],
				Changes: []work.Change{{Field: "files", After: len(files)}}})
		})
		if err != nil {
			return filled, fmt.Errorf("noting whether papers are whole: %w", err)
		}
		filled += len(ids)
	}
}

// readUnproved names files of which it is not noted whether their papers are whole.
func readUnproved(ctx context.Context, q work.Querier) ([]int64, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readUnproved
		SELECT id FROM casefile_file WHERE papers_until IS NULL AND state NOT IN ('draft', 'returned') ORDER BY id LIMIT @limit`,
		pgx.NamedArgs{"limit": papersBatch})
	if err != nil {
		return nil, fmt.Errorf("reading files whose papers are not noted: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// lockCovers reads the covers of files as whoever was saving them left them, and keeps others from changing them until the
// unit is done. It locks by id, as all who lock several files do.
func lockCovers(ctx context.Context, u *work.Unit, ids []int64) ([]File, error) {
	rows, err := u.Query(ctx, `
		-- casefile.lockCovers
		SELECT `+cover+fromFile+`WHERE f.id = ANY (@ids) ORDER BY f.id FOR NO KEY UPDATE OF f`, pgx.NamedArgs{"ids": ids})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFile)
}
