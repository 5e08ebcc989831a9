package casefile

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// LeavingReasons says why somebody is no longer in the household. Who went into a household of their own by a split is
// marked by it; nobody chooses it.
var LeavingReasons = always("leaving", "died", "married", "divorced", "moved", "service", "other").until(never, splitOff)

// Leaving is somebody who died or left.
type Leaving struct {
	Person PersonID
	Why    string   // of LeavingReasons
	On     day.Date // not after today
}

// Leave takes a member out of an accepted household, within a change of that kind. The head does not leave before another
// one is named (NameHead). The row of the person stays, since aid was given for it.
func Leave(ctx context.Context, u *work.Unit, id work.FileID, l Leaving) error {
	people, err := changing(ctx, u, id, ChangeLeaving)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(people, func(p Person) bool { return p.ID == l.Person })
	switch {
	case at < 0:
		return work.Refuse("casefile.refusal.paper_person").On("person")
	case people[at].Relation == Head:
		return work.Refuse("casefile.refusal.head_leaves").On("person")
	}
	if err := l.check(people[at], u.Today()); err != nil {
		return err
	}
	if err := markLeft(ctx, u, id, l); err != nil {
		return fmt.Errorf("taking person %d out of file %d: %w", l.Person, id, err)
	}
	return regrouped(ctx, u, id)
}

// changing reads the household of a file of which a change is being carried out; anything else may not write it so.
func changing(ctx context.Context, u *work.Unit, id work.FileID, kind ChangeKind) ([]Person, error) {
	if _, err := writable(ctx, u, id, Section(kind)); err != nil {
		return nil, err
	}
	return readPeople(ctx, u, id)
}

// check refuses a leaving without a reason of the list, in the future, or before birth.
func (l Leaving) check(p Person, today day.Date) error {
	switch {
	case !slices.Contains(LeavingReasons.On(today), l.Why):
		return work.Refuse("casefile.refusal.leaving_why").On("why")
	case l.On.After(today) || l.On.Before(p.Birth):
		return work.Refuse("casefile.refusal.leaving_on", p.Birth).On("left_on")
	}
	return nil
}

// NewHead is a member who becomes the head of the household.
type NewHead struct {
	Person    PersonID
	Old       Leaving             // of the head until now; Why is empty when he or she stays in the household
	Relations map[PersonID]string // to the new head, of all who stay but the new head
}

// NameHead makes a member the head of an accepted household, within a change of that kind. Everybody's relation is asked
// anew, since it is one to the head. The money goes on to the card in use until another is entered.
func NameHead(ctx context.Context, u *work.Unit, id work.FileID, n NewHead) error {
	people, err := changing(ctx, u, id, ChangeNewHead)
	if err != nil {
		return err
	}
	next := slices.IndexFunc(people, func(p Person) bool { return p.ID == n.Person && p.Relation != Head })
	if next < 0 || len(people) == 0 || people[0].Relation != Head {
		return work.Refuse("casefile.refusal.new_head").On("person")
	}
	if people[next].Child(u.Today()) {
		return work.Refuse("casefile.refusal.head_child", childAge).On("person")
	}
	old := people[0]
	if n.Old.Person = old.ID; n.Old.Why != "" {
		if err := n.Old.check(old, u.Today()); err != nil {
			return err
		}
	}
	var ids []int64
	var relations []string
	for _, p := range people {
		if p.ID == n.Person || p.ID == old.ID && n.Old.Why != "" {
			continue
		}
		if !slices.Contains(Relations.On(u.Today()), n.Relations[p.ID]) {
			return work.Refuse("casefile.refusal.relation", p.Name).On(fmt.Sprintf("relation.%d", p.ID))
		}
		ids, relations = append(ids, int64(p.ID)), append(relations, n.Relations[p.ID])
	}
	if n.Old.Why != "" {
		if err := markLeft(ctx, u, id, n.Old); err != nil {
			return fmt.Errorf("taking the head out of file %d: %w", id, err)
		}
	}
	if err := nameHead(ctx, u, id, n.Person, ids, relations); err != nil {
		return fmt.Errorf("naming the head of file %d: %w", id, err)
	}
	return regrouped(ctx, u, id, HeadSection, WorkSection)
}

// regrouped ends every writing of who is in an accepted household: the cover counts them anew, and what anybody else typed
// into the sections that speak of them, or asked to be changed there, is of a household that is no more (work.ErrStale). The
// sections of the head are more of them when there is another head.
func regrouped(ctx context.Context, u *work.Unit, id work.FileID, more ...Section) error {
	if err := coverPeople(ctx, u, id); err != nil {
		return err
	}
	return touch(ctx, u, id, append(more, MembersSection, EconomySection)...)
}

// markLeft ends somebody's being in the household. The claim on the person is let go by the database.
func markLeft(ctx context.Context, u *work.Unit, id work.FileID, l Leaving) error {
	return u.ChangeOne(ctx, `
		-- casefile.markLeft
		UPDATE casefile_person SET left_on = @on, left_why = @why WHERE id = @person AND file_id = @file AND left_on IS NULL`,
		pgx.NamedArgs{"person": l.Person, "file": id, "on": l.On, "why": l.Why})
}

// nameHead writes the relations of all who stay, and then the new head: there is never more than one.
func nameHead(ctx context.Context, u *work.Unit, id work.FileID, head PersonID, ids []int64, relations []string) error {
	args := pgx.NamedArgs{"file": id, "head": head, "ids": ids, "relations": relations}
	if _, err := u.Exec(ctx, `
		-- casefile.nameHead others
		UPDATE casefile_person p SET relation = r.relation FROM unnest(@ids::bigint[], @relations::text[]) r (id, relation)
		WHERE p.id = r.id AND p.file_id = @file`, args); err != nil {
		return err
	}
	if err := u.ChangeOne(ctx, `
		-- casefile.nameHead
		UPDATE casefile_person SET relation = 'head' WHERE id = @head AND file_id = @file AND left_on IS NULL`, args); err != nil {
		return err
	}
	return u.ChangeOne(ctx, `
		-- casefile.nameHead cover
		UPDATE casefile_file SET employer = (SELECT employer FROM casefile_person WHERE id = @head) WHERE id = @file`, args)
}
