package casefile

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"bangfu/internal/day"
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

// lasting says for how many months a paper proves something from the day it was issued on (domain.md b.7: proofs of
// income and allowance within the year, receipts of the year). Other papers do not age.
var lasting = map[EvidenceKind]int{IncomeProof: 12, AllowanceProof: 12, Receipts: 12, TuitionReceipts: 12}

// Ages tells whether a paper of this kind proves something for a time only, so that its day of issue must be known.
func (k EvidenceKind) Ages() bool { return lasting[k] > 0 }

// until gives the last day on which a paper of this kind proves something; unknown when it does not age or its day of
// issue is not known. A paper of 3 March 2026 holds to 2 March 2027.
func (k EvidenceKind) until(issued day.Date) day.Date {
	if !k.Ages() || issued.IsZero() {
		return day.Date{}
	}
	return issued.AddMonths(lasting[k]).Add(-1)
}

// Evidence is one paper in the file.
type Evidence struct {
	ID         EvidenceID
	Kind       EvidenceKind
	Blob       string // hash in the evidence store
	Name       string // as the uploader's machine called it
	Type       string
	Size       int64
	IssuedOn   day.Date
	ValidUntil day.Date // last day; unknown = does not age
	PersonID   PersonID // zero = of the household
	Person     string
	AddedBy    string
	AddedAt    time.Time
}

// Expired tells whether the paper proves nothing any more on the day.
func (e Evidence) Expired(on day.Date) bool { return !e.ValidUntil.IsZero() && on.After(e.ValidUntil) }

// Picture tells whether the paper is a photograph that a browser can show.
func (e Evidence) Picture() bool {
	return e.Type != "image/heic" && strings.HasPrefix(e.Type, "image/")
}

// Document tells whether the paper is a PDF.
func (e Evidence) Document() bool { return e.Type == "application/pdf" }

// NewEvidence is what is said of a paper when it is added.
type NewEvidence struct {
	Kind     EvidenceKind
	Name     string
	IssuedOn day.Date // may be unknown where the kind does not age
	PersonID PersonID // zero = of the household
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
// registered: a visit finds some, and so does a correction. By it a person is on the gathering side of the case; a paper
// of the kind OtherPaper proves no fact of a file that was handed in, and takes no side there. The refusals are tied to
// the fields kind, issued_on, person and paper.
func AddEvidence(ctx context.Context, u *work.Unit, id work.FileID, n NewEvidence, blob file.Blob) (EvidenceID, error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return 0, err
	}
	if !f.State.Open() {
		return 0, work.Refuse("casefile.refusal.not_editable", f.State)
	}
	if refusal := n.check(u.Today()); refusal != nil {
		return 0, refusal
	}
	if n.PersonID != 0 {
		people, err := readPeople(ctx, u, id)
		if err != nil {
			return 0, fmt.Errorf("adding evidence to file %d: %w", id, err)
		}
		if !slices.ContainsFunc(people, func(p Person) bool { return p.ID == n.PersonID }) {
			return 0, work.Refuse("casefile.refusal.paper_person").On("person")
		}
	}
	paper, err := putEvidence(ctx, u, id, Evidence{Kind: n.Kind, Blob: blob.Hash, Name: n.Name, Type: blob.Type, Size: blob.Size,
		IssuedOn: n.IssuedOn, ValidUntil: n.Kind.until(n.IssuedOn), PersonID: n.PersonID})
	if work.Violated(err) == "casefile_evidence_once" {
		return 0, work.Refuse("casefile.refusal.paper_again", n.Kind).On("paper")
	}
	if err == nil && f.State != Draft {
		err = papersChanged(ctx, u, f)
	}
	if err != nil {
		return 0, fmt.Errorf("adding evidence to file %d: %w", id, worded(err))
	}
	return paper, u.Audit(ctx, work.Entry{Act: "casefile.add_evidence", Kind: "evidence", ID: int64(paper), FileID: id,
		Changes: []work.Change{{Field: "kind", After: n.Kind}, {Field: "blob", After: blob.Hash}}})
}

// check refuses a paper of no kind, without its day of issue where the kind ages, or from the future.
func (n NewEvidence) check(today day.Date) *work.Refusal {
	switch {
	case !slices.Contains(EvidenceKinds, n.Kind):
		return work.Refuse("casefile.refusal.evidence_kind").On("kind")
	case n.Kind.Ages() && n.IssuedOn.IsZero():
		return work.Refuse("casefile.refusal.paper_issued", n.Kind, lasting[n.Kind]).On("issued_on")
	case n.IssuedOn.After(today):
		return work.Refuse("casefile.refusal.paper_future").On("issued_on")
	}
	return nil
}

// ReuseEvidence lets a paper that is in the file serve as another one too, or for another person: a scan of the
// household register shows the marriage, one receipt two patients. Nothing has to be brought twice.
func ReuseEvidence(ctx context.Context, u *work.Unit, id work.FileID, paper EvidenceID, n NewEvidence) (EvidenceID, error) {
	e, err := FindEvidence(ctx, u, u.By.Scope, id, paper)
	if err != nil {
		return 0, fmt.Errorf("using evidence again: %w", err)
	}
	n.Name = e.Name
	return AddEvidence(ctx, u, id, n, file.Blob{Hash: e.Blob, Size: e.Size, Type: e.Type})
}

// ActView is the look at a paper: the trail keeps it, and timelines leave it out.
const ActView Act = "view_evidence"

// ViewEvidence leaves in the trail who looks at a paper (ux.md U21, PIPL 51).
func ViewEvidence(ctx context.Context, u *work.Unit, id work.FileID, paper Evidence) error {
	return u.Audit(ctx, work.Entry{Act: "casefile." + string(ActView), Kind: "evidence", ID: int64(paper.ID), FileID: id,
		Changes: []work.Change{{Field: "kind", After: paper.Kind}}})
}

// RemoveEvidence takes a paper out of a registration. Its row and its blob stay for the trail.
func RemoveEvidence(ctx context.Context, u *work.Unit, id work.FileID, paper EvidenceID) error {
	f, err := editable(ctx, u, id)
	if err != nil {
		return err
	}
	if _, err := FindEvidence(ctx, u, u.By.Scope, id, paper); err != nil {
		return fmt.Errorf("removing evidence: %w", err)
	}
	err = removeEvidence(ctx, u, id, paper)
	if err == nil && f.State != Draft {
		err = papersChanged(ctx, u, f)
	}
	if err != nil {
		return fmt.Errorf("removing evidence %d of file %d: %w", paper, id, worded(err))
	}
	return u.Audit(ctx, work.Entry{Act: "casefile.remove_evidence", Kind: "evidence", ID: int64(paper), FileID: id})
}

// SaveEvidence marks the section as done; it is refused while a required paper is missing.
func SaveEvidence(ctx context.Context, u *work.Unit, id work.FileID, seen int) error {
	return saving(ctx, u, id, EvidenceSection, seen, func(f File) ([]work.Change, error) {
		missing, err := Missing(ctx, u, f, u.Today())
		if err != nil {
			return nil, err
		}
		if len(missing) > 0 {
			return nil, work.Refuse("casefile.refusal.missing", len(missing))
		}
		return nil, nil
	})
}
