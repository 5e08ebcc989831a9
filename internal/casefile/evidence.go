package casefile

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/file"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// EvidenceID names a row of casefile_evidence.
type EvidenceID int64

// EvidenceKind is one kind of paper (domain.md b.7).
type EvidenceKind string

// The kinds of evidence.
const (
	ApplicationPaper EvidenceKind = "application"        // 困难职工家庭建档申请审批表
	HeadID           EvidenceKind = "head_id"            // 户主身份证
	HouseRegister    EvidenceKind = "household_register" // 户口簿
	IncomeProof      EvidenceKind = "income_proof"       // 近一年收入证明
	CardCopy         EvidenceKind = "card_copy"          // 银行卡复印件
	Authorisation    EvidenceKind = "authorisation"      // 核对授权书
	AllowanceProof   EvidenceKind = "allowance_proof"    // 低保证明
	Diagnosis        EvidenceKind = "diagnosis"          // 诊断证明
	Receipts         EvidenceKind = "receipts"           // 自付费用票据
	DisabilityProof  EvidenceKind = "disability_proof"   // 残疾证
	EventProof       EvidenceKind = "event_proof"        // 灾害事故证明
	SchoolProof      EvidenceKind = "school_proof"       // 学生证或录取通知书
	TuitionReceipts  EvidenceKind = "tuition_receipts"   // 学费票据
	Contract         EvidenceKind = "contract"           // 劳动合同或用工证明
	MaritalProof     EvidenceKind = "marital_proof"      // 离婚或丧偶证明
	OtherPaper       EvidenceKind = "other"
)

// EvidenceKinds lists all kinds in the order of the form.
var EvidenceKinds = []EvidenceKind{ApplicationPaper, HeadID, HouseRegister, IncomeProof, CardCopy, Authorisation, AllowanceProof,
	Diagnosis, Receipts, DisabilityProof, EventProof, SchoolProof, TuitionReceipts, Contract, MaritalProof, OtherPaper}

// Key gives the word of the kind.
func (k EvidenceKind) Key() words.Key { return words.Key("casefile.evidence." + string(k)) }

// Evidence is one paper in the file.
type Evidence struct {
	ID      EvidenceID
	Kind    EvidenceKind
	Blob    string // hash in the evidence store
	Name    string // as the uploader's machine called it
	Type    string
	Size    int64
	AddedBy string
	AddedAt time.Time
}

// Requirement is a paper that the file must hold, and why.
type Requirement struct {
	Kind EvidenceKind
	Why  words.Key
}

// Situation is what a file says of its household: it decides which papers the file must hold and which answers it owes.
type Situation struct {
	File        File
	Causes      []Cause
	People      []Person
	Economy     Economy
	Particulars Particulars
}

// demands is the table of domain.md b.7: which situation asks for which papers.
var demands = []struct {
	why   words.Key
	when  func(Situation) bool
	kinds []EvidenceKind
}{
	{"casefile.why.all", func(Situation) bool { return true },
		[]EvidenceKind{ApplicationPaper, HeadID, HouseRegister, IncomeProof, CardCopy, Authorisation}},
	{"casefile.why.allowance", func(s Situation) bool { return s.Economy.Of(Income, AllowanceKind) > 0 }, []EvidenceKind{AllowanceProof}},
	{"casefile.why.illness", func(s Situation) bool { return s.cause(SeriousIllness) }, []EvidenceKind{Diagnosis, Receipts}},
	{"casefile.why.disability", func(s Situation) bool {
		return s.person(func(p Person) bool { return p.Health == "disabled" })
	}, []EvidenceKind{DisabilityProof}},
	{"casefile.why.event", func(s Situation) bool { return s.cause(NaturalDisaster, Accident) }, []EvidenceKind{EventProof, Receipts}},
	{"casefile.why.schooling", func(s Situation) bool { return s.cause(ChildrenSchooling) }, []EvidenceKind{SchoolProof, TuitionReceipts}},
	{"casefile.why.migrant", func(s Situation) bool {
		return s.person(func(p Person) bool { return p.Relation == Head && p.Identity == "migrant" })
	}, []EvidenceKind{Contract}},
	{"casefile.why.parted", func(s Situation) bool {
		return s.person(func(p Person) bool { return p.Relation == Head && p.parted() })
	}, []EvidenceKind{MaritalProof}},
}

// cause tells whether one of the causes is among the file's.
func (s Situation) cause(causes ...Cause) bool {
	return slices.ContainsFunc(causes, func(c Cause) bool { return slices.Contains(s.Causes, c) })
}

// person tells whether somebody in the household fits.
func (s Situation) person(fits func(Person) bool) bool { return slices.ContainsFunc(s.People, fits) }

// Required lists the papers that the situation asks for, each once, with the first reason for it.
func (s Situation) Required() []Requirement {
	var all []Requirement
	for _, d := range demands {
		if !d.when(s) {
			continue
		}
		for _, kind := range d.kinds {
			if !slices.ContainsFunc(all, func(r Requirement) bool { return r.Kind == kind }) {
				all = append(all, Requirement{Kind: kind, Why: d.why})
			}
		}
	}
	return all
}

// Missing lists the required papers that are not among those in the file.
func (s Situation) Missing(held []Evidence) []Requirement {
	return slices.DeleteFunc(s.Required(), func(r Requirement) bool {
		return slices.ContainsFunc(held, func(e Evidence) bool { return e.Kind == r.Kind })
	})
}

// SituationOf reads what decides which papers the file must hold.
func SituationOf(ctx context.Context, q work.Querier, f File) (Situation, error) {
	s := Situation{File: f}
	said, err := SaidOf(ctx, q, f.ID)
	if err != nil {
		return s, err
	}
	s.Causes, s.Particulars = said.Causes, said.Particulars
	if s.People, err = readPeople(ctx, q, f.ID); err != nil {
		return s, fmt.Errorf("reading the people of file %d: %w", f.ID, err)
	}
	s.Economy, err = EconomyOf(ctx, q, f)
	return s, err
}

// Missing lists the papers that the file still needs.
func Missing(ctx context.Context, q work.Querier, f File) ([]Requirement, error) {
	s, err := SituationOf(ctx, q, f)
	if err != nil {
		return nil, err
	}
	held, err := EvidenceOf(ctx, q, f.ID)
	if err != nil {
		return nil, err
	}
	return s.Missing(held), nil
}

// EvidenceOf lists the papers in the file, in the order in which they came.
func EvidenceOf(ctx context.Context, q work.Querier, id work.FileID) ([]Evidence, error) {
	held, err := readEvidence(ctx, q, id)
	if err != nil {
		return nil, fmt.Errorf("reading the evidence of file %d: %w", id, err)
	}
	return held, nil
}

// FindEvidence gives one paper of a file within the scope, or work.ErrNotFound.
func FindEvidence(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID, paper EvidenceID) (Evidence, error) {
	if _, err := Find(ctx, q, scope, id); err != nil {
		return Evidence{}, err
	}
	held, err := EvidenceOf(ctx, q, id)
	if err != nil {
		return Evidence{}, err
	}
	for _, e := range held {
		if e.ID == paper {
			return e, nil
		}
	}
	return Evidence{}, fmt.Errorf("evidence %d of file %d: %w", paper, id, work.ErrNotFound)
}

// AddEvidence puts a stored paper into the file. Papers may come as long as the file is open, and not only while it is
// registered: a visit finds some, and so does a correction.
func AddEvidence(ctx context.Context, u *work.Unit, id work.FileID, kind EvidenceKind, name string, blob file.Blob) (EvidenceID, error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return 0, err
	}
	if !f.State.Open() {
		return 0, work.Refuse("casefile.refusal.not_editable", f.State)
	}
	if !slices.Contains(EvidenceKinds, kind) {
		return 0, work.Refuse("casefile.refusal.evidence_kind").On("kind")
	}
	paper, err := putEvidence(ctx, u, id, Evidence{Kind: kind, Blob: blob.Hash, Name: name, Type: blob.Type, Size: blob.Size})
	if err != nil {
		return 0, fmt.Errorf("adding evidence to file %d: %w", id, err)
	}
	return paper, u.Audit(ctx, work.Entry{Act: "casefile.add_evidence", Kind: "evidence", ID: int64(paper), FileID: id,
		Changes: []work.Change{{Field: "kind", After: kind}, {Field: "blob", After: blob.Hash}}})
}

// RemoveEvidence takes a paper out of a registration. Its row and its blob stay for the trail.
func RemoveEvidence(ctx context.Context, u *work.Unit, id work.FileID, paper EvidenceID) error {
	if _, err := editable(ctx, u, id); err != nil {
		return err
	}
	if _, err := FindEvidence(ctx, u, u.By.Scope, id, paper); err != nil {
		return fmt.Errorf("removing evidence: %w", err)
	}
	if err := removeEvidence(ctx, u, id, paper); err != nil {
		return fmt.Errorf("removing evidence %d of file %d: %w", paper, id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "casefile.remove_evidence", Kind: "evidence", ID: int64(paper), FileID: id})
}

// SaveEvidence marks the section as done; it is refused while a required paper is missing.
func SaveEvidence(ctx context.Context, u *work.Unit, id work.FileID, seen int) error {
	return saving(ctx, u, id, EvidenceSection, seen, func(f File) ([]work.Change, error) {
		missing, err := Missing(ctx, u, f)
		if err != nil {
			return nil, err
		}
		if len(missing) > 0 {
			return nil, work.Refuse("casefile.refusal.missing", len(missing))
		}
		return nil, nil
	})
}
