package casefile

import (
	"context"
	"fmt"
	"slices"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// PersonID names a row of casefile_person.
type PersonID int64

// Head is the relation of the head of the household 户主 to himself or herself.
const Head = "head"

// childAge is the age below which a guardian must agree and nothing of the child is ever public (PIPL 28, 31).
const childAge = 14

// Person is one member of the household. The words of the code lists are in codes.go.
type Person struct {
	ID           PersonID
	Relation     string // Head, or of Relations
	Name         string
	Number       idcard.Number `json:"-"` // only with Reveal; otherwise empty
	Birth        day.Date
	Sex          idcard.Sex
	Phone        string `json:"-"` // only with Reveal; otherwise empty
	Ethnicity    string
	Political    string
	Marital      string
	Registration string
	Health       string
	Illness      string
	Disability   string
	Grade        int // 1 to 4; 0 = not disabled
	Insurance    string
	Identity     string
	WorkStatus   string
	Employer     string
	Ownership    string
	StartedOn    day.Date
	ContractOn   day.Date
	ModelWorker  string
	School       string

	numberSealed, phoneSealed, numberIndex []byte
}

// Child tells whether the person is under fourteen on the day.
func (p Person) Child(on day.Date) bool { return p.Birth.Age(on) < childAge }

// Minor tells whether the person is under eighteen on the day.
func (p Person) Minor(on day.Date) bool { return p.Birth.Age(on) < 18 }

const (
	numberContext = "casefile_person.id"
	phoneContext  = "casefile_person.phone"
	tailContext   = "casefile_person.tail"
)

// Reveal opens the person's ID number and phone. Pages show them masked, unless a reason was given (Unmask).
func (p *Person) Reveal(keys *seal.Keys) error {
	number, err := keys.Unseal(p.numberSealed, numberContext)
	if err != nil {
		return fmt.Errorf("opening the ID number of person %d: %w", p.ID, err)
	}
	p.Number = idcard.Number(number)
	if p.phoneSealed == nil {
		return nil
	}
	phone, err := keys.Unseal(p.phoneSealed, phoneContext)
	if err != nil {
		return fmt.Errorf("opening the phone of person %d: %w", p.ID, err)
	}
	p.Phone = string(phone)
	return nil
}

// People lists the household, the head first, with numbers and phones revealed for masking.
func People(ctx context.Context, q work.Querier, keys *seal.Keys, id work.FileID) ([]Person, error) {
	people, err := readPeople(ctx, q, id)
	if err != nil {
		return nil, fmt.Errorf("reading the people of file %d: %w", id, err)
	}
	for i := range people {
		if err := people[i].Reveal(keys); err != nil {
			return nil, err
		}
	}
	return people, nil
}

// SaveHead writes the head of the household. seen is the section's version when it was shown.
func SaveHead(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, seen int, p Person) error {
	return saving(ctx, u, id, HeadSection, seen, func(f File) ([]work.Change, error) {
		people, err := readPeople(ctx, u, id)
		if err != nil {
			return nil, err
		}
		if refusal := checkPerson(p, u.Today()); refusal != nil {
			return nil, refusal
		}
		p.Relation = Head
		if i := slices.IndexFunc(people, func(o Person) bool { return o.Relation == Head }); i >= 0 {
			p.ID = people[i].ID
			p.WorkStatus, p.Employer, p.Ownership = people[i].WorkStatus, people[i].Employer, people[i].Ownership
			p.StartedOn, p.ContractOn = people[i].StartedOn, people[i].ContractOn
		}
		if err := putPerson(ctx, u, keys, id, p); err != nil {
			return nil, err
		}
		return []work.Change{{Field: "head", Before: f.HeadName, After: p.Name}}, coverPeople(ctx, u, id)
	})
}

// SaveMembers writes the household without its head: those given stay or come, those left out go. A household of
// one has no members.
func SaveMembers(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, seen int, members []Person) error {
	return saving(ctx, u, id, MembersSection, seen, func(f File) ([]work.Change, error) {
		before, err := readPeople(ctx, u, id)
		if err != nil {
			return nil, err
		}
		for i := range members {
			if refusal := checkPerson(members[i], u.Today()); refusal != nil {
				return nil, refusal
			}
			index := keys.Index(string(members[i].Number), numberContext)
			if slices.ContainsFunc(members[:i], func(o Person) bool { return o.Number == members[i].Number }) {
				return nil, work.Refuse("casefile.refusal.twice", members[i].Name)
			}
			for _, b := range before {
				switch {
				case !slices.Equal(b.numberIndex, index):
				case b.Relation == Head:
					return nil, work.Refuse("casefile.refusal.head_again", members[i].Name)
				default:
					members[i].ID = b.ID
				}
			}
		}
		if err := dropMembers(ctx, u, id, members); err != nil {
			return nil, err
		}
		for _, m := range members {
			if err := putPerson(ctx, u, keys, id, m); err != nil {
				return nil, err
			}
		}
		return []work.Change{{Field: "people", Before: f.People, After: len(members) + 1}}, coverPeople(ctx, u, id)
	})
}

// checkPerson refuses what the form's fields cannot see by themselves.
func checkPerson(p Person, today day.Date) *work.Refusal {
	switch {
	case p.Birth.After(today):
		return work.Refuse("casefile.refusal.unborn", p.Name)
	case p.Health == "ill" && p.Illness == "":
		return work.Refuse("casefile.refusal.illness", p.Name)
	case p.Health == "disabled" && (p.Disability == "" || p.Grade == 0):
		return work.Refuse("casefile.refusal.disability", p.Name)
	}
	return nil
}

// Work is the working life of the head of the household.
type Work struct {
	Status     string
	Employer   string
	Ownership  string
	StartedOn  day.Date
	ContractOn day.Date // of a migrant worker
}

// SaveWork writes the work of the head. A migrant worker applies with at least one year of employment on the day of
// writing (domain.md b.2: 劳动合同签订时间; b.3: ≥ 1 year of factual employment).
func SaveWork(ctx context.Context, u *work.Unit, id work.FileID, seen int, w Work) error {
	return saving(ctx, u, id, WorkSection, seen, func(f File) ([]work.Change, error) {
		people, err := readPeople(ctx, u, id)
		if err != nil {
			return nil, err
		}
		if len(people) == 0 || people[0].Relation != Head {
			return nil, work.Refuse("casefile.refusal.head_first")
		}
		if people[0].Identity == "migrant" {
			if w.ContractOn.IsZero() {
				return nil, work.Refuse("casefile.refusal.contract").On("contract_on")
			}
			if w.ContractOn.AddMonths(12).After(u.Today()) {
				return nil, work.Refuse("casefile.refusal.contract_year").On("contract_on")
			}
		}
		return []work.Change{{Field: "employer", Before: f.Employer, After: w.Employer}}, putWork(ctx, u, id, people[0].ID, w)
	})
}

// Housing is where and how the household lives.
type Housing struct {
	Address string
	Kind    string // of HousingKinds
	Metres  int    // floor area in square metres
}

// SaveHousing writes where the household lives.
func SaveHousing(ctx context.Context, u *work.Unit, id work.FileID, seen int, h Housing) error {
	return saving(ctx, u, id, HousingSection, seen, func(f File) ([]work.Change, error) {
		return []work.Change{{Field: "housing", Before: f.Housing, After: h.Kind}}, putHousing(ctx, u, id, h)
	})
}
