package plan

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Since lists what is not the same in the plan that a file had at a time and in the one it has now, the plan first and then
// each measure, told by what is to be done. A replaced plan is kept as it was. Of a measure that moved on since, the progress
// before is not kept: it stands on the paper alone.
func Since(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID, at time.Time) ([]casefile.Difference, error) {
	then, moved, err := heldAt(ctx, q, scope, file, at)
	if err != nil {
		return nil, fmt.Errorf("reading the plan that file %d had: %w", file, err)
	}
	now, err := current(ctx, q, scope, file)
	if err != nil && !errors.Is(err, work.ErrNotFound) {
		return nil, fmt.Errorf("reading the plan of file %d: %w", file, err)
	}
	all := differ(nil, "", "plan.target", keyed(then.Target), keyed(now.Target))
	all = differ(all, "", "plan.goal", text(then.Goal), text(now.Goal))
	all = differ(all, "", "plan.exit_on", text(then.ExitOn.String()), text(now.ExitOn.String()))
	all = differ(all, "", "plan.responsible", text(then.Responsible), text(now.Responsible))
	all = differ(all, "", "plan.contact", text(then.Contact), text(now.Contact))
	rest := slices.Clone(now.Measures)
	for _, was := range then.Measures {
		i := slices.IndexFunc(rest, func(m Measure) bool { return m.What == was.What && m.Cause == was.Cause })
		if i < 0 {
			all = append(all, casefile.Difference{Label: "plan.measure", Before: was.What})
			continue
		}
		all = append(all, was.since(rest[i], moved[was.ID])...)
		rest = slices.Delete(rest, i, i+1)
	}
	for _, is := range rest {
		all = append(all, casefile.Difference{Label: "plan.measure", After: is.What})
	}
	return all, nil
}

// since lists what is not the same in a measure and in what became of it; moved: it moved on after the time.
func (m Measure) since(is Measure, moved bool) []casefile.Difference {
	all := differ(nil, m.What, "plan.batch_head", m.Batch.Key(), is.Batch.Key())
	all = differ(all, m.What, "plan.who_head", m.Responsible, is.Responsible)
	all = differ(all, m.What, "plan.due_head", m.DueOn.String(), is.DueOn.String())
	all = differ(all, m.What, "plan.expected_head", m.Expected, is.Expected)
	if moved {
		return append(all, casefile.Difference{Person: m.What, Label: "plan.state", Before: words.Key("plan.on_paper"), After: is.State.Key()})
	}
	return differ(all, m.What, "plan.state", m.State.Key(), is.State.Key())
}

// differ adds a difference if it is one.
func differ(all []casefile.Difference, of string, label words.Key, before, after any) []casefile.Difference {
	if before == after {
		return all
	}
	return append(all, casefile.Difference{Person: of, Label: label, Before: before, After: after})
}

// keyed gives the word of a group; nil of none.
func keyed(t Target) any {
	if t == "" {
		return nil
	}
	return t.Key()
}

// text gives what was written; nil for nothing.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// heldAt reads the plan that held at a time, the zero plan when there was none, and which of its measures moved on later.
func heldAt(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID, at time.Time) (Plan, map[MeasureID]bool, error) {
	rows, err := q.Query(ctx, `
		-- plan.heldAt
		SELECT p.id, p.file_id, p.target, p.goal, p.exit_on, p.responsible, p.contact,
			m.id, m.cause, m.batch, m.what, m.responsible, m.due_on, m.expected, m.state, m.note, coalesce(m.moved_at > @at, false)
		FROM plan_plan p JOIN casefile_file f ON f.id = p.file_id JOIN plan_measure m ON m.plan_id = p.id
		WHERE p.file_id = @file AND f.org_path LIKE @scope AND p.made_at <= @at AND (p.replaced_at IS NULL OR p.replaced_at > @at)
		ORDER BY m.due_on, m.id`, pgx.NamedArgs{"file": file, "scope": scope, "at": at})
	if err != nil {
		return Plan{}, nil, err
	}
	var p Plan
	var m Measure
	var later bool
	moved := map[MeasureID]bool{}
	_, err = pgx.ForEachRow(rows, []any{&p.ID, &p.FileID, &p.Target, &p.Goal, &p.ExitOn, &p.Responsible, &p.Contact,
		&m.ID, &m.Cause, &m.Batch, &m.What, &m.Responsible, &m.DueOn, &m.Expected, &m.State, &m.Note, &later}, func() error {
		p.Measures = append(p.Measures, m)
		moved[m.ID] = later
		return nil
	})
	return p, moved, err
}
