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
// something changed elsewhere since: a new cause asks for a paper. One whose required answers are not all there is Lacking, for example
// the guardian's declaration after a birth.
func TasksOf(ctx context.Context, q work.Querier, f File, who work.StaffID, today day.Date) ([]Task, error) {
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
	return TasksIn(ctx, q, s, held, signed, who, today)
}

// TasksIn lists the sections of a registration of which all else was read already, in one statement.
func TasksIn(ctx context.Context, q work.Querier, s Situation, held []Evidence, signed []Declaration, who work.StaffID, today day.Date) ([]Task, error) {
	known, err := readTasks(ctx, q, s.File.ID, who)
	if err != nil {
		return nil, fmt.Errorf("reading the sections of file %d: %w", s.File.ID, err)
	}
	wrong := map[Section]bool{
		EvidenceSection: len(s.Missing(held, today)) > 0,
		EconomySection: slices.ContainsFunc(s.Economy.Lines, func(l Line) bool {
			return l.Person != 0 && !slices.ContainsFunc(s.People, func(p Person) bool { return p.ID == l.Person })
		}),
	}
	lacks := s.Lacks()
	for _, kind := range Declared(s.People, today) {
		if !slices.ContainsFunc(signed, func(d Declaration) bool { return d.Kind == kind && d.Version == DeclarationText }) {
			lacks = append(lacks, Lack{Section: DeclarationsSection, Field: string(kind), Label: kind.Name()})
		}
	}
	tasks := make([]Task, len(Sections))
	for i, section := range Sections {
		t, ok := known[section]
		if !ok {
			t = Task{Section: section, Standing: NotStarted}
		}
		if t.Version > 0 {
			t.Lacks = slices.DeleteFunc(slices.Clone(lacks), func(l Lack) bool { return l.Section != section })
		}
		switch {
		case t.Standing == Done && wrong[section]:
			t.Standing = Wrong
		case t.Standing == Done && len(t.Lacks) > 0:
			t.Standing = Lacking
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
