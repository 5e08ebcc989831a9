package casefile

import (
	"context"
	"fmt"
	"slices"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// Register opens an empty registration at the actor's own office.
func Register(ctx context.Context, u *work.Unit) (work.FileID, error) {
	id, err := insertFile(ctx, u)
	if err != nil {
		return 0, fmt.Errorf("opening a registration: %w", err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "casefile.register", Kind: "file", ID: int64(id), FileID: id})
}

// TasksOf lists the sections with their standing, with one person's drafts. A section that was done is Wrong when
// something changed elsewhere since: a new cause asks for a paper, a newborn for the guardian's declaration.
func TasksOf(ctx context.Context, q work.Querier, f File, who work.StaffID, today day.Date) ([]Task, error) {
	known, err := readTasks(ctx, q, f.ID, who)
	if err != nil {
		return nil, fmt.Errorf("reading the sections of file %d: %w", f.ID, err)
	}
	s, err := SituationOf(ctx, q, f)
	if err != nil {
		return nil, err
	}
	held, err := EvidenceOf(ctx, q, f.ID)
	if err != nil {
		return nil, err
	}
	signed, err := DeclarationsOf(ctx, q, f.ID)
	if err != nil {
		return nil, err
	}
	wrong := map[Section]bool{
		EvidenceSection: len(s.Missing(held, today)) > 0,
		DeclarationsSection: slices.ContainsFunc(Declared(s.People, today), func(k DeclarationKind) bool {
			return !slices.ContainsFunc(signed, func(d Declaration) bool { return d.Kind == k && d.Version == DeclarationText })
		}),
	}
	tasks := make([]Task, len(Sections))
	for i, section := range Sections {
		t, ok := known[section]
		if !ok {
			t = Task{Section: section, Standing: NotStarted}
		}
		if t.Standing == Done && wrong[section] {
			t.Standing = Wrong
		}
		tasks[i] = t
	}
	return tasks, nil
}

// Submit hands a finished registration in. It is refused while a section is unfinished, and the refusal names the
// first such section; the task list shows all.
func Submit(ctx context.Context, u *work.Unit, id work.FileID) error {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	tasks, err := TasksOf(ctx, u, f, u.By.StaffID, u.Today())
	if err != nil {
		return err
	}
	unfinished := slices.DeleteFunc(tasks, func(t Task) bool { return t.Standing == Done })
	if len(unfinished) > 0 && f.State.Editable() {
		return work.Refuse("casefile.refusal.unfinished", len(unfinished), unfinished[0].Section)
	}
	return move(ctx, u, u.By.Scope, id, ActSubmit, outcome{})
}
