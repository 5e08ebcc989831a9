package review

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Training says from a day on whom training is for (001-79).
type Training struct {
	From      day.Date
	BelowAge  int // heads of household younger than this, in years
	ChildFrom int // sons and daughters of zero-employment families of this age and older
	Source    string
}

// Group is one of the two groups that training is for.
type Group string

// The groups.
const (
	Workers  Group = "workers"
	Children Group = "children"
)

// Groups lists both in the order of the page.
var Groups = []Group{Workers, Children}

// Key gives the name of the group.
func (g Group) Key() words.Key { return words.Key("review.training.group." + string(g)) }

// Trainee is a person of an active file whom training is for.
type Trainee struct {
	FileID     work.FileID
	Number     string
	HeadName   string
	OrgName    string
	Name       string
	Relation   string
	Birth      day.Date
	WorkStatus string
	Education  string
}

// trainee says who belongs to a group: a condition on the file f and one on the person t. A worker has work or could have it.
var trainee = map[Group]struct{ file, person string }{
	Workers: {`true`, `t.relation = 'head' AND t.birth_on > @below_age AND t.work_status = ANY(@able::text[])`},
	Children: {casefile.ZeroEmploymentSQL,
		`t.relation IN ('son', 'daughter') AND t.birth_on <= @child_from AND t.work_status <> 'student'`},
}

// Trainings gives all rules on whom training is for, the newest first.
func Trainings(ctx context.Context, q work.Querier) ([]Training, error) {
	rows, err := q.Query(ctx, `
		-- review.Trainings
		SELECT from_on, below_age, child_from, source FROM review_training ORDER BY from_on DESC`)
	if err != nil {
		return nil, fmt.Errorf("listing whom training is for: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Training])
}

// TrainingOn gives the rule in force on a day.
func TrainingOn(ctx context.Context, q work.Querier, on day.Date) (Training, error) {
	rows, err := q.Query(ctx, `
		-- review.TrainingOn
		SELECT from_on, below_age, child_from, source FROM review_training WHERE from_on <= @on ORDER BY from_on DESC LIMIT 1`, pgx.NamedArgs{"on": on})
	if err != nil {
		return Training{}, fmt.Errorf("reading whom training is for on %v: %w", on, err)
	}
	rule, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Training])
	if errors.Is(err, pgx.ErrNoRows) {
		return rule, work.Refuse("review.refusal.no_training", on)
	}
	return rule, err
}

// AddTraining adds a rule from today or a later day on. Like every dated rule it is never changed.
func AddTraining(ctx context.Context, u *work.Unit, r Training) error {
	if r.From.Before(u.Today()) {
		return work.Refuse("review.refusal.training_past").On("from")
	}
	_, err := u.Exec(ctx, `
		-- review.AddTraining
		INSERT INTO review_training (from_on, below_age, child_from, source) VALUES (@from, @below, @child, @source)`,
		pgx.NamedArgs{"from": r.From, "below": r.BelowAge, "child": r.ChildFrom, "source": r.Source})
	if work.Violated(err) == "review_training_pkey" {
		return work.Refuse("review.refusal.training_twice", r.From).On("from")
	}
	if err != nil {
		return fmt.Errorf("adding whom training is for: %w", err)
	}
	return u.Audit(ctx, work.Entry{Act: "review.training", Kind: "rule", ID: 0, Changes: []work.Change{{Field: "from_on", After: r.From.String()},
		{Field: "below_age", After: r.BelowAge}, {Field: "child_from", After: r.ChildFrom}, {Field: "source", After: r.Source}}})
}

// Trainees gives those of one group by the rule of the day: one page of active files in the scope, the newest first, below
// an id (zero: from the top), and of each all who belong to it. Two statements, whatever the size.
func Trainees(ctx context.Context, q work.Querier, scope work.Scope, group Group, rule Training, today day.Date, below work.FileID, size int) ([]Trainee, work.FileID, error) {
	who, a := trainee[group], casefile.ZeroEmploymentArgs(today)
	a["scope"], a["below"], a["limit"] = scope, below, size+1
	a["below_age"], a["child_from"] = today.AddMonths(-12*rule.BelowAge), today.AddMonths(-12*rule.ChildFrom)
	rows, err := q.Query(ctx, `
		-- review.Trainees files
		SELECT f.id FROM casefile_file f
		WHERE f.state = 'active' AND f.org_path LIKE @scope AND (@below::bigint = 0 OR f.id < @below) AND `+who.file+`
			AND EXISTS (SELECT FROM casefile_person t WHERE t.file_id = f.id AND t.left_on IS NULL AND `+who.person+`)
		ORDER BY f.id DESC LIMIT @limit`, a)
	if err != nil {
		return nil, 0, fmt.Errorf("listing whom training is for: %w", err)
	}
	files, err := pgx.CollectRows(rows, pgx.RowTo[work.FileID])
	if err != nil {
		return nil, 0, fmt.Errorf("listing whom training is for: %w", err)
	}
	next := work.FileID(0)
	if len(files) > size {
		files = files[:size]
		next = files[size-1]
	}
	a["files"] = files
	rows, err = q.Query(ctx, `
		-- review.Trainees
		SELECT f.id, coalesce(f.number, ''), f.head_name, o.name, t.name, t.relation, t.birth_on, t.work_status, t.education
		FROM casefile_file f JOIN staff_org o ON o.id = f.org_id JOIN casefile_person t ON t.file_id = f.id
		WHERE f.id = ANY(@files) AND f.org_path LIKE @scope AND t.left_on IS NULL AND `+who.person+`
		ORDER BY f.id DESC, t.id`, a)
	if err != nil {
		return nil, 0, fmt.Errorf("listing whom training is for: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Trainee])
	return all, next, err
}
