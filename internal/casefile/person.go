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

// Person is one member of the household. The words of the code lists are in codes.go. As JSON it holds its numbers sealed
// only, each with its index, and never in the clear.
type Person struct {
	ID             PersonID      `json:"id"`
	Relation       string        `json:"relation"` // Head, or of Relations
	Name           string        `json:"name"`
	Number         idcard.Number `json:"-"` // only with Reveal; otherwise empty
	Birth          day.Date      `json:"birth"`
	Sex            idcard.Sex    `json:"sex"`
	Phone          string        `json:"-"`                  // only with Reveal; otherwise empty
	Contact        string        `json:"-"`                  // 其他联系方式; only with Reveal
	District       string        `json:"district,omitempty"` // where registered, six digits; of the head
	Ethnicity      string        `json:"ethnicity,omitempty"`
	Political      string        `json:"political,omitempty"`
	Marital        string        `json:"marital,omitempty"`
	Registration   string        `json:"registration,omitempty"`
	Health         string        `json:"health,omitempty"`
	Illness        string        `json:"illness,omitempty"`
	Medication     string        `json:"medication,omitempty"` // 患病用药 (000-04)
	Disability     string        `json:"disability,omitempty"`
	Grade          int           `json:"grade,omitempty"` // 1 to 4; 0 = not disabled
	Insurance      string        `json:"insurance,omitempty"`
	Identity       string        `json:"identity,omitempty"`
	WorkStatus     string        `json:"work_status,omitempty"`
	Employer       string        `json:"employer,omitempty"`
	Ownership      string        `json:"ownership,omitempty"`
	Condition      string        `json:"condition,omitempty"` // of the enterprise 企业状况
	Industry       string        `json:"industry,omitempty"`
	EmploymentForm string        `json:"employment_form,omitempty"` // 用工形式
	StartedOn      day.Date      `json:"started_on,omitzero"`
	ContractOn     day.Date      `json:"contract_on,omitzero"` // of a contract, or of enlistment
	ContractTerm   string        `json:"contract_term,omitempty"`
	ModelWorker    string        `json:"model_worker,omitempty"`
	Education      string        `json:"education,omitempty"`
	School         string        `json:"school,omitempty"`
	EnrolledYear   int           `json:"enrolled_year,omitempty"`
	SchoolYears    int           `json:"school_years,omitempty"` // 学制
	Remark         string        `json:"remark,omitempty"`

	NumberSealed  []byte `json:"number_sealed"`
	NumberIndex   []byte `json:"number_index"`
	PhoneSealed   []byte `json:"phone_sealed,omitempty"`
	PhoneIndex    []byte `json:"phone_index,omitempty"`
	ContactSealed []byte `json:"contact_sealed,omitempty"`
	ContactIndex  []byte `json:"contact_index,omitempty"`
}

// Child tells whether the person is under fourteen on the day.
func (p Person) Child(on day.Date) bool { return p.Birth.Age(on) < childAge }

// Minor tells whether the person is under eighteen on the day.
func (p Person) Minor(on day.Date) bool { return p.Birth.Age(on) < 18 }

const (
	numberContext = idcard.IndexContext
	phoneContext  = "casefile_person.phone"
	tailContext   = "casefile_person.tail"
	endContext    = "casefile_person.phone_tail"

	contactContext = "casefile_person.contact"
)

// Reveal opens the person's ID number, phone and other contact. Pages show them masked, unless a reason was given (Unmask).
func (p *Person) Reveal(keys *seal.Keys) error {
	number, err := keys.Unseal(p.NumberSealed, numberContext)
	if err != nil {
		return fmt.Errorf("opening the ID number of person %d: %w", p.ID, err)
	}
	p.Number = idcard.Number(number)
	if p.Phone, err = opened(keys, p.PhoneSealed, phoneContext); err != nil {
		return fmt.Errorf("opening the phone of person %d: %w", p.ID, err)
	}
	if p.Contact, err = opened(keys, p.ContactSealed, contactContext); err != nil {
		return fmt.Errorf("opening the other contact of person %d: %w", p.ID, err)
	}
	return nil
}

// opened unseals what may be absent.
func opened(keys *seal.Keys, sealed []byte, context string) (string, error) {
	if sealed == nil {
		return "", nil
	}
	plain, err := keys.Unseal(sealed, context)
	return string(plain), err
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
		p.Relation = Head
		if err := checkPerson(p, u.Today()); err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(people, func(o Person) bool { return o.Relation == Head }); i >= 0 {
			if !f.State.Editable() {
				if err := notOfOneWhoLeft(ctx, u, keys, id, people[i], p); err != nil {
					return nil, err
				}
			}
			p.ID = people[i].ID
			p = people[i].work().of(p)
		}
		changes, err := renumbered(keys, people, p)
		if err != nil {
			return nil, err
		}
		if err := putPerson(ctx, u, keys, id, p); err != nil {
			return nil, err
		}
		return append([]work.Change{{Field: "head", Before: f.HeadName, After: p.Name}}, changes...), coverPeople(ctx, u, id)
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
			if err := checkPerson(members[i], u.Today()); err != nil {
				return nil, err
			}
		}
		if err := recognise(keys, before, members); err != nil {
			return nil, err
		}
		if err := leaveOut(ctx, u, f, before, members); err != nil {
			return nil, err
		}
		changes := []work.Change{{Field: "people", Before: f.People, After: len(members) + 1}}
		for _, m := range members {
			told, err := renumbered(keys, before, m)
			if err != nil {
				return nil, err
			}
			if err := putPerson(ctx, u, keys, id, m); err != nil {
				return nil, err
			}
			changes = append(changes, told...)
		}
		return changes, coverPeople(ctx, u, id)
	})
}

// checkPerson refuses what the form's fields cannot see by themselves.
func checkPerson(p Person, today day.Date) error {
	if p.Birth.After(today) {
		return work.Refuse("casefile.refusal.unborn", p.Name)
	}
	for _, c := range p.coded() {
		if c.value != "" && !c.list.Has(c.value) {
			return fmt.Errorf("%q is no value of %s", c.value, c.list.Name)
		}
	}
	return nil
}

// codedValue is one value of a code list that a person carries.
type codedValue struct {
	list  List
	value string
}

// coded lists the values of code lists that the person carries.
func (p Person) coded() []codedValue {
	all := []codedValue{{Ethnicity, p.Ethnicity}, {Political, p.Political}, {Marital, p.Marital}, {Registration, p.Registration},
		{Health, p.Health}, {Illness, p.Illness}, {Disability, p.Disability}, {Insurance, p.Insurance}, {Identity, p.Identity},
		{WorkStatus, p.WorkStatus}, {Ownership, p.Ownership}, {Conditions, p.Condition}, {Industry, p.Industry},
		{EmploymentForm, p.EmploymentForm}, {ContractTerm, p.ContractTerm}, {ModelWorker, p.ModelWorker}, {Education, p.Education}}
	if p.Relation != Head {
		all = append(all, codedValue{Relations, p.Relation})
	}
	return all
}

// Work is the working life of a person.
type Work struct {
	Status         string
	Employer       string
	Ownership      string
	Condition      string
	Industry       string
	EmploymentForm string
	StartedOn      day.Date
	ContractOn     day.Date
	ContractTerm   string
}

// work gives the person's working life.
func (p Person) work() Work {
	return Work{Status: p.WorkStatus, Employer: p.Employer, Ownership: p.Ownership, Condition: p.Condition, Industry: p.Industry,
		EmploymentForm: p.EmploymentForm, StartedOn: p.StartedOn, ContractOn: p.ContractOn, ContractTerm: p.ContractTerm}
}

// of gives the person this working life.
func (w Work) of(p Person) Person {
	p.WorkStatus, p.Employer, p.Ownership, p.Condition, p.Industry = w.Status, w.Employer, w.Ownership, w.Condition, w.Industry
	p.EmploymentForm, p.StartedOn, p.ContractOn, p.ContractTerm = w.EmploymentForm, w.StartedOn, w.ContractOn, w.ContractTerm
	return p
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
		if people[0].Identity == "migrant" && !w.ContractOn.IsZero() && w.ContractOn.AddMonths(12).After(u.Today()) {
			return nil, work.Refuse("casefile.refusal.contract_year").On("contract_on")
		}
		if err := checkPerson(w.of(people[0]), u.Today()); err != nil {
			return nil, err
		}
		return []work.Change{{Field: "employer", Before: f.Employer, After: w.Employer}}, putWork(ctx, u, id, people[0].ID, w)
	})
}

// Housing is where and how the household lives.
type Housing struct {
	Address    string
	PostalCode string // six digits
	Kind       string // of HousingKinds
	Metres     int    // floor area in square metres; 0 without housing
	NoArea     bool   // the area was not said yet
}

// SaveHousing writes where the household lives.
func SaveHousing(ctx context.Context, u *work.Unit, id work.FileID, seen int, h Housing) error {
	return saving(ctx, u, id, HousingSection, seen, func(f File) ([]work.Change, error) {
		if h.Kind != "" && !HousingKinds.Has(h.Kind) {
			return nil, fmt.Errorf("%q is no kind of housing", h.Kind)
		}
		return []work.Change{{Field: "housing", Before: f.Housing, After: h.Kind}}, putHousing(ctx, u, id, h)
	})
}
