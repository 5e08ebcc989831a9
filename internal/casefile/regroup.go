package casefile

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"bangfu/internal/work"
)

// What package move carries out on files: one goes to another office, one household becomes two, two become one. The
// database lets it happen within a move that two people agreed on, and not otherwise.

// Merged is the reason of a file that ended in another one, of ExitReasons.
const Merged = "merged"

// splitOff is why somebody is no longer in the household, of LeavingReasons.
const splitOff = "split"

// mostPeople is how many people a household has at most; the cover's check holds it too.
const mostPeople = 30

// Rehome hands an active file to another office 移交, and gives the version that it makes. The number stays. Where the
// new office lies in another district, the file waits to be judged by that district's line.
func Rehome(ctx context.Context, u *work.Unit, id work.FileID, to work.OrgID) (int, error) {
	f, err := find(ctx, u, work.Everywhere, id)
	if err != nil {
		return 0, fmt.Errorf("handing file %d over: %w", id, err)
	}
	if err := rehome(ctx, u, f, to); err != nil {
		return 0, fmt.Errorf("handing file %d over: %w", id, worded(err))
	}
	now, err := find(ctx, u, work.Everywhere, id)
	if err != nil {
		return 0, fmt.Errorf("handing file %d over: %w", id, err)
	}
	if now.District != f.District {
		if err := markWeigh(ctx, u, id, true); err != nil {
			return 0, fmt.Errorf("marking file %d: %w", id, err)
		}
	}
	version, err := Keep(ctx, u, id, "casefile.rehome") // the actor is of the new office
	if err != nil {
		return 0, err
	}
	return version, u.Audit(ctx, work.Entry{Act: "casefile.rehome", Kind: "file", ID: int64(id), FileID: id,
		Changes: []work.Change{{Field: "office", Before: f.OrgName, After: now.OrgName}}})
}

// Parting says who of a household goes into one of their own.
type Parting struct {
	Head      PersonID            // of the new household
	Relations map[PersonID]string // to the new head, of all others who go
}

// Split opens a registration at the file's own office for those of an active household who go into one of their own
// 分户, in the name of whoever asked for it. The new file holds their facts, the causes and the papers; its economy, card
// and declarations are asked for anew, and it goes the way of every registration. The old file keeps the rest and waits
// to be judged again. version is the one that the old file then has.
func Split(ctx context.Context, u *work.Unit, id work.FileID, asker work.StaffID, p Parting) (fresh work.FileID, version int, err error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return 0, 0, err
	}
	people, err := readPeople(ctx, u, id)
	if err != nil {
		return 0, 0, fmt.Errorf("splitting file %d: %w", id, err)
	}
	account, err := readAccount(ctx, u, id)
	if err != nil {
		return 0, 0, fmt.Errorf("splitting file %d: %w", id, err)
	}
	ids, relations, refusal := p.check(u, f, people, account)
	if refusal != nil {
		return 0, 0, refusal
	}
	if fresh, err = part(ctx, u, f, asker, ids, relations); err != nil {
		return 0, 0, fmt.Errorf("splitting file %d: %w", id, worded(err))
	}
	if err := markWeigh(ctx, u, id, true); err != nil {
		return 0, 0, fmt.Errorf("marking file %d: %w", id, err)
	}
	if version, err = Keep(ctx, u, id, "casefile.split"); err != nil {
		return 0, 0, err
	}
	return fresh, version, errors.Join(
		u.Audit(ctx, work.Entry{Act: "casefile.register", Kind: "file", ID: int64(fresh), FileID: fresh,
			Changes: []work.Change{{Field: "split_of", After: f.Number}}}),
		u.Audit(ctx, work.Entry{Act: "casefile.split", Kind: "file", ID: int64(id), FileID: id,
			Changes: []work.Change{{Field: "people", Before: len(people), After: len(people) - len(ids)}, {Field: "new_file", After: fresh}}}))
}

// check refuses a split that leaves a household without a head or takes one along, and lists who goes, the new head
// first. The money goes on to the old file's card, so its holder stays.
func (p Parting) check(u *work.Unit, f File, people []Person, account *Account) (ids []int64, relations []string, refusal *work.Refusal) {
	at := func(id PersonID) int { return slices.IndexFunc(people, func(p Person) bool { return p.ID == id }) }
	head := at(p.Head)
	switch {
	case f.State != Active:
		return nil, nil, work.Refuse("casefile.refusal.regroup_active", f.State)
	case head < 0:
		return nil, nil, work.Refuse("casefile.refusal.split_nobody").On("head")
	case people[head].Child(u.Today()):
		return nil, nil, work.Refuse("casefile.refusal.head_child", childAge).On("head")
	}
	ids, relations = []int64{int64(p.Head)}, []string{Head}
	for _, one := range people {
		relation, goes := p.Relations[one.ID]
		switch {
		case !goes && one.ID != p.Head:
			continue
		case one.Relation == Head:
			return nil, nil, work.Refuse("casefile.refusal.split_head", one.Name).On("head")
		case account != nil && account.Holder == one.Name:
			return nil, nil, work.Refuse("casefile.refusal.split_card", one.Name).On("head")
		case one.ID == p.Head:
			continue
		case !slices.Contains(Relations.On(u.Today()), relation):
			return nil, nil, work.Refuse("casefile.refusal.relation", one.Name).On(RelationField(one.ID))
		}
		ids, relations = append(ids, int64(one.ID)), append(relations, relation)
	}
	for id := range p.Relations {
		if at(id) < 0 {
			return nil, nil, work.Refuse("casefile.refusal.split_gone").On("head")
		}
	}
	return ids, relations, nil
}

// RelationField is the name of a form's field for somebody's relation.
func RelationField(id PersonID) string { return fmt.Sprintf("relation.%d", id) }

// Merge ends an active file in another one 并户: its people, each with the relation to the head of the file that goes
// on, and its papers come there; it is closed with the reason Merged, and the file that goes on waits to be judged
// again. The economy, the causes and the card are those of the file that goes on, until somebody changes them. The
// versions are those that both then have.
func Merge(ctx context.Context, u *work.Unit, id, into work.FileID, relations map[PersonID]string) (ended, goesOn int, err error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return 0, 0, err
	}
	other, err := Find(ctx, u, u.By.Scope, into)
	if err != nil {
		return 0, 0, err
	}
	people, err := readPeople(ctx, u, id)
	if err != nil {
		return 0, 0, fmt.Errorf("merging file %d: %w", id, err)
	}
	ids, all, refusal := joining(u, f, other, people, relations)
	if refusal != nil {
		return 0, 0, refusal
	}
	if err := join(ctx, u, f, into, ids, all); err != nil {
		return 0, 0, fmt.Errorf("merging file %d into %d: %w", id, into, worded(err))
	}
	if err := markWeigh(ctx, u, into, true); err != nil {
		return 0, 0, fmt.Errorf("marking file %d: %w", into, err)
	}
	if ended, err = Keep(ctx, u, id, "casefile.close"); err != nil {
		return 0, 0, err
	}
	if goesOn, err = Keep(ctx, u, into, "casefile.merge"); err != nil {
		return 0, 0, err
	}
	return ended, goesOn, errors.Join(
		u.Audit(ctx, work.Entry{Act: "casefile.close", Kind: "file", ID: int64(id), FileID: id, Changes: []work.Change{
			{Field: "state", Before: f.State, After: Closed}, {Field: "reason", After: Merged}, {Field: "new_file", After: into}}}),
		u.Audit(ctx, work.Entry{Act: "casefile.merge", Kind: "file", ID: int64(into), FileID: into, Changes: []work.Change{
			{Field: "people", Before: other.People, After: other.People + len(ids)}, {Field: "old_file", After: f.Number}}}))
}

// joining refuses a merge of files that are not active, of one with itself, of too many people, or without a relation for
// each, and lists who comes.
func joining(u *work.Unit, f, other File, people []Person, relations map[PersonID]string) (ids []int64, all []string, refusal *work.Refusal) {
	switch {
	case f.State != Active:
		return nil, nil, work.Refuse("casefile.refusal.regroup_active", f.State)
	case other.State != Active:
		return nil, nil, work.Refuse("casefile.refusal.merge_other", other.State).On("other")
	case f.ID == other.ID:
		return nil, nil, work.Refuse("casefile.refusal.merge_itself").On("other")
	case len(people)+other.People > mostPeople:
		return nil, nil, work.Refuse("casefile.refusal.merge_many", len(people)+other.People, mostPeople).On("other")
	}
	for _, p := range people {
		if !slices.Contains(Relations.On(u.Today()), relations[p.ID]) {
			return nil, nil, work.Refuse("casefile.refusal.relation", p.Name).On(RelationField(p.ID))
		}
		ids, all = append(ids, int64(p.ID)), append(all, relations[p.ID])
	}
	return ids, all, nil
}
