package plan

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ID names a row of plan_plan, MeasureID one of plan_measure.
type (
	ID        int64
	MeasureID int64
)

// Target is the group of households that the plan is for (五类重点群体, domain.md b.5).
type Target string

// Targets lists the five groups and the rest.
var Targets = []Target{"allowance", "below_line", "spending", "migrant", "restructured", "other"}

// Key gives the word of the group.
func (t Target) Key() words.Key { return words.Key("plan.target." + string(t)) }

// Batch is one of the four batches of measures (四个一批, domain.md b.5; 003-18).
type Batch string

// Batches lists the four.
var Batches = []Batch{"work", "insurance", "relief", "union"}

// Key gives the word of the batch.
func (b Batch) Key() words.Key { return words.Key("plan.batch." + string(b)) }

// State is the progress of a measure.
type State string

// The states of a measure.
const (
	Planned State = "planned"
	Doing   State = "doing"
	Done    State = "done"
	Dropped State = "dropped"
)

// States lists them in order.
var States = []State{Planned, Doing, Done, Dropped}

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("plan.state." + string(s)) }

// Over tells whether nothing more is to be done.
func (s State) Over() bool { return s == Done || s == Dropped }

// Measure is one step of a plan.
type Measure struct {
	ID          MeasureID
	Cause       casefile.Cause
	Batch       Batch
	What        string // 2 to 400 characters
	Responsible string // 责任人, 2 to 40
	DueOn       day.Date
	Expected    string // 2 to 400
	State       State
	Note        string // up to 1000; needed when it is over
}

// Late tells whether the measure should be over by the day and is not.
func (m Measure) Late(today day.Date) bool { return !m.State.Over() && m.DueOn.Before(today) }

// Plan is the plan of a household.
type Plan struct {
	ID          ID
	FileID      work.FileID
	Target      Target
	Goal        string
	ExitOn      day.Date // when the household should have left hardship
	Responsible string
	Contact     string // 联系人
	MadeBy      string
	MadeAt      time.Time
	Measures    []Measure
}

// most is how many measures a plan holds.
const most = 20

// Save writes the plan of an active file, in place of the one that was shown (zero: there was none). Measures with an ID
// of that plan keep their progress. work.ErrStale when somebody else changed the plan meanwhile.
func Save(ctx context.Context, u *work.Unit, file work.FileID, shown ID, p Plan) (ID, error) {
	f, err := casefile.Find(ctx, u, u.By.Scope, file)
	if err != nil {
		return 0, err
	}
	switch {
	case f.State != casefile.Active:
		return 0, work.Refuse("plan.refusal.active", f.State)
	case len(p.Measures) == 0 || len(p.Measures) > most:
		return 0, work.Refuse("plan.refusal.measures", most)
	case p.ExitOn.Before(u.Today()):
		return 0, work.Refuse("plan.refusal.exit_on").On("exit_on")
	}
	before, err := current(ctx, u, u.By.Scope, file)
	if err != nil && !errors.Is(err, work.ErrNotFound) {
		return 0, fmt.Errorf("saving the plan of file %d: %w", file, err)
	}
	if before.ID != shown {
		return 0, work.ErrStale
	}
	for i := range p.Measures {
		m := &p.Measures[i]
		kept := slices.IndexFunc(before.Measures, func(o Measure) bool { return m.ID != 0 && o.ID == m.ID })
		m.State, m.Note = Planned, ""
		if kept >= 0 {
			m.State, m.Note = before.Measures[kept].State, before.Measures[kept].Note
		} else if m.DueOn.Before(u.Today()) {
			return 0, work.Refuse("plan.refusal.due", i+1)
		}
	}
	var id ID
	err = u.Within(ctx, func(u *work.Unit) error {
		id, err = replace(ctx, u, file, before.ID, p)
		return err
	})
	switch work.Violated(err) {
	case "plan_current":
		return 0, work.ErrStale
	case "casefile_duty_sides":
		return 0, work.Refuse("plan.refusal.sides")
	}
	if err != nil {
		return 0, fmt.Errorf("saving the plan of file %d: %w", file, err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "plan.save", Kind: "plan", ID: int64(id), FileID: file, Changes: []work.Change{
		{Field: "target", Before: before.Target, After: p.Target}, {Field: "exit_on", Before: before.ExitOn.String(), After: p.ExitOn.String()},
		{Field: "measures", Before: len(before.Measures), After: len(p.Measures)}}})
}

// Note notes the progress of a measure of the current plan; what is over says how it ended.
func Note(ctx context.Context, u *work.Unit, file work.FileID, id MeasureID, to State, note string) error {
	p, err := Of(ctx, u, u.By.Scope, file)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(p.Measures, func(m Measure) bool { return m.ID == id })
	switch {
	case i < 0:
		return fmt.Errorf("noting measure %d: %w", id, work.ErrNotFound)
	case to.Over() && note == "":
		return work.Refuse("plan.refusal.note").On("note")
	}
	m := p.Measures[i]
	err = u.ChangeOne(ctx, `
		-- plan.Note
		UPDATE plan_measure SET state = @to, note = @note, moved_by = @by, moved_at = @now WHERE id = @id AND state = @from`,
		pgx.NamedArgs{"id": id, "from": string(m.State), "to": string(to), "note": note, "by": u.By.StaffID, "now": u.Now})
	if err != nil {
		return fmt.Errorf("noting measure %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "plan.note", Kind: "measure", ID: int64(id), FileID: file,
		Changes: []work.Change{{Field: "state", Before: m.State, After: to}, {Field: "note", Before: m.Note, After: note}}})
}

// Of gives the current plan of a file, or work.ErrNotFound when it has none or lies outside the scope.
func Of(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) (Plan, error) {
	p, err := current(ctx, q, scope, file)
	if err != nil {
		return p, fmt.Errorf("reading the plan of file %d: %w", file, err)
	}
	return p, nil
}

// current reads the current plan with its measures, in one statement.
func current(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) (Plan, error) {
	rows, err := q.Query(ctx, `
		-- plan.current
		SELECT p.id, p.file_id, p.target, p.goal, p.exit_on, p.responsible, p.contact, s.name, p.made_at,
			m.id, m.cause, m.batch, m.what, m.responsible, m.due_on, m.expected, m.state, m.note
		FROM plan_plan p JOIN casefile_file f ON f.id = p.file_id JOIN staff_member s ON s.id = p.made_by JOIN plan_measure m ON m.plan_id = p.id
		WHERE p.file_id = @file AND p.replaced_at IS NULL AND f.org_path LIKE @scope ORDER BY m.due_on, m.id`,
		pgx.NamedArgs{"file": file, "scope": scope})
	if err != nil {
		return Plan{}, err
	}
	var p Plan
	var m Measure
	_, err = pgx.ForEachRow(rows, []any{&p.ID, &p.FileID, &p.Target, &p.Goal, &p.ExitOn, &p.Responsible, &p.Contact, &p.MadeBy, &p.MadeAt,
		&m.ID, &m.Cause, &m.Batch, &m.What, &m.Responsible, &m.DueOn, &m.Expected, &m.State, &m.Note}, func() error {
		p.Measures = append(p.Measures, m)
		return nil
	})
	if err == nil && p.ID == 0 {
		err = work.ErrNotFound
	}
	return p, err
}

// replace writes a plan in place of another one.
func replace(ctx context.Context, u *work.Unit, file work.FileID, before ID, p Plan) (ID, error) {
	if before != 0 {
		if err := u.ChangeOne(ctx, `
			-- plan.replace old
			UPDATE plan_plan SET replaced_at = @now WHERE id = @id AND replaced_at IS NULL`, pgx.NamedArgs{"id": before, "now": u.Now}); err != nil {
			return 0, err
		}
	}
	var id ID
	err := u.QueryRow(ctx, `
		-- plan.replace
		INSERT INTO plan_plan (file_id, target, goal, exit_on, responsible, contact, made_by, made_at)
		VALUES (@file, @target, @goal, @exit, @responsible, @contact, @by, @now) RETURNING id`,
		pgx.NamedArgs{"file": file, "target": string(p.Target), "goal": p.Goal, "exit": p.ExitOn, "responsible": p.Responsible,
			"contact": p.Contact, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	if err != nil {
		return 0, err
	}
	batch := &pgx.Batch{}
	for _, m := range p.Measures {
		batch.Queue(`
			-- plan.replace measure
			INSERT INTO plan_measure (plan_id, cause, batch, what, responsible, due_on, expected, state, note)
			VALUES (@plan, @cause, @batch, @what, @responsible, @due, @expected, @state, @note)`,
			pgx.NamedArgs{"plan": id, "cause": int16(m.Cause), "batch": string(m.Batch), "what": m.What, "responsible": m.Responsible,
				"due": m.DueOn, "expected": m.Expected, "state": string(m.State), "note": m.Note})
	}
	return id, u.SendBatch(ctx, batch).Close()
}

// Task is a measure in the timetable, with its household.
type Task struct {
	Measure
	FileID   work.FileID
	Number   string
	HeadName string
	OrgName  string
}

// Cursor is the place in the timetable after which a page begins; zero is the top.
type Cursor struct {
	DueOn day.Date
	ID    MeasureID
}

// Timetable gives one page of the measures of active files that are due by a day and not over, the most late first.
func Timetable(ctx context.Context, q work.Querier, scope work.Scope, by day.Date, after Cursor, size int) ([]Task, Cursor, error) {
	rows, err := q.Query(ctx, `
		-- plan.Timetable
		SELECT m.id, m.cause, m.batch, m.what, m.responsible, m.due_on, m.expected, m.state, m.note, f.id, coalesce(f.number, ''), f.head_name, o.name
		FROM plan_measure m JOIN plan_plan p ON p.id = m.plan_id JOIN casefile_file f ON f.id = p.file_id JOIN staff_org o ON o.id = f.org_id
		WHERE m.state IN ('planned', 'doing') AND m.due_on <= @by AND p.replaced_at IS NULL AND f.state = 'active' AND f.org_path LIKE @scope
			AND (@id::bigint = 0 OR (m.due_on, m.id) > (@on::date, @id::bigint))
		ORDER BY m.due_on, m.id LIMIT @limit`,
		pgx.NamedArgs{"by": by, "scope": scope, "id": after.ID, "on": after.DueOn, "limit": size + 1})
	if err != nil {
		return nil, Cursor{}, fmt.Errorf("listing measures: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Task, error) {
		var t Task
		err := row.Scan(&t.ID, &t.Cause, &t.Batch, &t.What, &t.Responsible, &t.DueOn, &t.Expected, &t.State, &t.Note, &t.FileID, &t.Number, &t.HeadName, &t.OrgName)
		return t, err
	})
	if err != nil {
		return nil, Cursor{}, fmt.Errorf("listing measures: %w", err)
	}
	if len(all) <= size {
		return all, Cursor{}, nil
	}
	last := all[size-1]
	return all[:size], Cursor{DueOn: last.DueOn, ID: last.ID}, nil
}
