package visit

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// TrainingID names a row of visit_training.
type TrainingID int64

// Training is a training of those who go to households (003-39): 调查人员培训.
type Training struct {
	ID        TrainingID
	OrgName   string
	On        day.Date // not after the day on which it is entered
	Subject   string   // 2 to 120 characters
	Hours     int      // class hours 学时, 1 to 80
	Trainer   string   // 2 to 40 characters
	People    []work.StaffID
	Names     []string // of the people, in the order of offices
	EnteredBy string
	EnteredAt time.Time
	VoidedAt  time.Time // zero while it counts
	VoidedBy  string
	Why       string // why it was voided
}

// MostTrained is how many people one record of a training names; a larger training takes several.
const MostTrained = 200

// Trainees lists who may be named in a training by somebody: active staff who visit, of the own office and of
// those directly below it, for each level trains the next. Person.Trained is the last day on which each was trained.
func Trainees(ctx context.Context, q work.Querier, by work.Actor) ([]Person, error) {
	people, err := trainees(ctx, q, by)
	if err != nil {
		return nil, fmt.Errorf("listing who may be trained: %w", err)
	}
	return people, nil
}

// Train enters a training with those who took part, all of whom Trainees lists.
func Train(ctx context.Context, u *work.Unit, t Training) (TrainingID, error) {
	t.People = slices.Compact(slices.Sorted(slices.Values(t.People)))
	switch {
	case t.On.IsZero() || t.On.After(u.Today()):
		return 0, work.Refuse("visit.refusal.trained_on").On("trained_on")
	case t.Hours < 1 || t.Hours > 80:
		return 0, work.Refuse("visit.refusal.trained_hours").On("hours")
	case len(t.People) == 0 || len(t.People) > MostTrained:
		return 0, work.Refuse("visit.refusal.trained_people", MostTrained).On("people")
	}
	may, err := Trainees(ctx, u, u.By)
	if err != nil {
		return 0, err
	}
	for _, id := range t.People {
		if !slices.ContainsFunc(may, func(p Person) bool { return p.ID == id }) {
			return 0, work.Refuse("visit.refusal.trained_person").On("people")
		}
	}
	id, err := insertTraining(ctx, u, t)
	if err != nil {
		return 0, fmt.Errorf("entering a training: %w", worded(err))
	}
	return id, u.Audit(ctx, work.Entry{Act: "visit.training", Kind: "visit_training", ID: int64(id), Changes: []work.Change{
		{Field: "on", After: t.On.String()}, {Field: "subject", After: t.Subject}, {Field: "hours", After: t.Hours}, {Field: "trainer", After: t.Trainer},
		{Field: "people", After: t.People}}})
}

// Void takes a training that was entered wrongly out of what counts, with the reason, 2 to 200 characters; the record stays,
// and so do teams that were made while it counted. A training voided already is refused.
func Void(ctx context.Context, u *work.Unit, id TrainingID, why string) error {
	t, err := FindTraining(ctx, u, u.By.Scope, id)
	switch {
	case err != nil:
		return err
	case !t.VoidedAt.IsZero():
		return work.Refuse("visit.refusal.training_void")
	}
	if err := voidTraining(ctx, u, id, why); err != nil {
		return fmt.Errorf("voiding training %d: %w", id, worded(err))
	}
	return u.Audit(ctx, work.Entry{Act: "visit.void_training", Kind: "visit_training", ID: int64(id), Changes: []work.Change{{Field: "why", After: why}}})
}

// FindTraining gives a training of an office within the scope with its people, or work.ErrNotFound.
func FindTraining(ctx context.Context, q work.Querier, scope work.Scope, id TrainingID) (Training, error) {
	t, err := findTraining(ctx, q, scope, id)
	if err != nil {
		return Training{}, fmt.Errorf("finding training %d: %w", id, err)
	}
	return t, nil
}

// ListTrainings gives at most limit trainings by offices within the scope with ids below the cursor (0 = from the newest),
// with the people who took part.
func ListTrainings(ctx context.Context, q work.Querier, scope work.Scope, below TrainingID, limit int) ([]Training, error) {
	all, err := listTrainings(ctx, q, scope, below, limit)
	if err != nil {
		return nil, fmt.Errorf("listing trainings: %w", err)
	}
	return all, nil
}

// TrainedSince is the first day of the year in which the plan begins: where it asks for trained surveyors, those in its
// teams were trained on that day or later.
func (p Plan) TrainedSince() day.Date { return day.Of(p.From.Year(), time.January, 1) }
