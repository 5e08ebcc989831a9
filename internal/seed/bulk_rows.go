package seed

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/file"
	"bangfu/internal/idcard"
)

// The tables that are loaded, with their columns; the generated ones are the database's.
const (
	toFile = iota
	toPerson
	toClaim
	toDuty
	toTerm
	toSnapshot
	toFigure
	toParticular
	toCause
	toSection
	toDeclaration
	toEvidence
	toCard
	toJudgement
	toStanding
	toAssessment
	toVersion
	toVisit
	toNotice
	toPublic
	toShown
	toExit
	toMonth
	toProof
	toCallback
	toEntry
	toPending
)

var bulkTables = []table{
	toFile: {"casefile_file", "id, org_id, org_path, state, number, head_name, head_pinyin, people, address, housing, housing_m2, employer, " +
		"economy_until, main_cause, category, return_reason, registered_by, registered_at, submitted_at, activated_at, closed_at, papers_until"},
	toPerson: {"casefile_person", "id, file_id, relation, name, pinyin, id_sealed, id_index, tail_index, birth_on, sex, phone_sealed, phone_index, phone_tail, ethnicity, " +
		"political, marital, registration, health, illness, disability, grade, insurance, identity, work_status, employer, ownership, started_on, " +
		"contract_on, model_worker, school, district, condition, industry, employment_form, contract_term, education, enrolled_year, school_years"},
	toClaim:       {"casefile_claim", "id_index, person_id, file_id"},
	toDuty:        {"casefile_duty", "file_id, staff_id, side"},
	toTerm:        {"casefile_term", "term, org_path, file_id, person_id"},
	toSnapshot:    {"casefile_snapshot", "id, file_id, until_on, source, round, people, taken_by, taken_at, current"},
	toFigure:      {"casefile_figure", "snapshot_id, person_id, side, kind, amount_fen"},
	toParticular:  {"casefile_particular", "file_id, postal_code, self_help, cause_note, needs, target_group, measure, special, mood"},
	toCause:       {"casefile_cause", "file_id, position, cause"},
	toSection:     {"casefile_section", "file_id, section, saved_at, saved_by"},
	toDeclaration: {"casefile_declaration", "file_id, kind, text_version, signed_on, recorded_by, recorded_at"},
	toEvidence:    {"casefile_evidence", "id, file_id, kind, blob, name, type, size, added_by, added_at, person_id, issued_on, valid_until"},
	toCard:        {"casefile_card", "id, file_id, holder, bank, branch, number_sealed, number_index, entered_by, entered_at, state"},
	toJudgement:   {"casefile_judgement", "id, file_id, round, line_id, rule_id, facts, monthly_fen, category, judged_by, judged_at"},
	toStanding: {"casefile_standing", "file_id, org_path, district, open, category, line_id, rule_id, income_fen, rigid_fen, job_cost_fen, " +
		"event_cost_fen, savings_fen, people, listed, allowance, illness, excluded, monthly_fen, judged_at"},
	toAssessment: {"casefile_assessment", "id, file_id, round, verdict, opinion, assessed_by, assessed_at"},
	toVersion:    {"casefile_version", "file_id, number, round, kept_at, kept_by, why, facts, hash"},
	toVisit: {"visit_visit", "id, file_id, round, purpose, visited_on, visitor_a, visitor_b, agrees, remark, visitors_signed, " +
		"applicant_signed, entered_by, entered_at"},
	toNotice: {"notice_notice", "id, subject, file_id, round, org_id, org_path, state, days, working, starts_on, ends_on, place, published_by, " +
		"published_at, closed_at"},
	toPublic: {"notice_public", "id, name, unit, category, cause, starts_on, ends_on, phone"},
	toShown:  {"notice_shown", "public_id, notice_id"},
	toExit: {"exit_exit", "id, file_id, org_path, reason, state, grounds, happened_on, rule_on, proposed_by, proposed_at, opinion, assessed_by, assessed_at, " +
		"told_on, told_how, told_whom, told_by, told_at, closed_by, closed_at"},
	toMonth:    {"exit_month", "exit_id, month, people, income_fen, line_id"},
	toProof:    {"exit_paper", "exit_id, evidence_id"},
	toCallback: {"exit_callback", "id, exit_id, file_id, org_path, due_on, done_on, how, result, note, called_by, entered_at"},
	toEntry:    {"audit_entry", "id, at, staff_id, staff_name, org_id, address, act, kind, subject_id, file_id, changes"},
	toPending:  {"audit_pending", "entry_id"},
}

// blob is one stored paper, shared by all households.
type blob struct {
	hash, kind string
	size       int64
}

// storePapers makes one paper of each kind.
func (b *bulk) storePapers(ctx context.Context) error {
	c := &centre{files: b.Files, papers: map[string]file.Blob{}}
	b.blobs = map[casefile.EvidenceKind]blob{}
	for _, kind := range casefile.EvidenceKinds {
		stored, _, err := c.paper(ctx, kind)
		if err != nil {
			return err
		}
		b.blobs[kind] = blob{stored.Hash, stored.Type, stored.Size}
	}
	return nil
}

// households makes up the rows of the households from one place in the register to another.
func (b *bulk) households(from, to int) made {
	m := made{tables: make([]*lines, len(bulkTables))}
	for i := range m.tables {
		m.tables[i] = &lines{}
	}
	for i := from; i < to; i++ {
		h, err := b.family(i, rand.New(rand.NewPCG(20261125, uint64(i))))
		if err == nil {
			err = h.write(m.tables)
		}
		if err != nil {
			return made{err: fmt.Errorf("household %d: %w", i, err)}
		}
	}
	return m
}

// or gives the text, or NULL for an empty one.
func or(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// known gives the number, or NULL for zero.
func known(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// write writes all rows of the household.
func (h *family) write(to []*lines) error {
	f := h.file
	id := int64(f.ID)
	facts := casefile.Facts{Cover: f, Office: h.at.name, Causes: h.causes, Particulars: h.said,
		Economy: casefile.Economy{Until: h.economy.Until, People: h.economy.People, Lines: h.economy.Lines}}
	to[toFile].row(id, int64(f.OrgID), f.OrgPath, string(f.State), or(f.Number), f.HeadName, casefile.Spoken(f.HeadName), f.People, f.Address,
		f.Housing, f.HousingM2, f.Employer, f.EconomyUntil, int(f.MainCause), or(string(f.Category)), or(f.ReturnReason), int64(f.RegisteredBy),
		f.RegisteredAt, f.SubmittedAt, f.ActivatedAt, f.ClosedAt, h.papersUntil())
	for _, term := range casefile.FileTerms(f.Address, f.Employer) {
		to[toTerm].row(term, f.OrgPath, id, int64(0))
	}
	for _, p := range h.people {
		m, err := h.writePerson(to, p)
		if err != nil {
			return err
		}
		facts.People = append(facts.People, casefile.Member{Person: m})
	}
	h.writeEconomy(to)
	for i, c := range h.causes {
		to[toCause].row(id, i, int(c))
	}
	registrar := h.registrar().id
	if f.State == casefile.Draft || f.State == casefile.Returned || f.State == casefile.Submitted || f.State == casefile.Visited {
		for _, s := range casefile.Sections {
			to[toSection].row(id, string(s), f.RegisteredAt.Add(time.Hour), registrar)
		}
	}
	signed := day.On(f.RegisteredAt)
	for _, kind := range casefile.Declared(h.people, signed) {
		to[toDeclaration].row(id, string(kind), casefile.DeclarationText, signed, registrar, f.RegisteredAt.Add(time.Hour))
		facts.Declarations = append(facts.Declarations, casefile.Signed{Kind: kind, Version: casefile.DeclarationText, SignedOn: signed})
	}
	h.writePapers(to)
	account, err := h.writeCard(to)
	if err != nil {
		return err
	}
	facts.Card = &account
	if err := h.writeCase(to); err != nil {
		return err
	}
	h.writeTrail(to)
	return h.writeVersion(to, facts)
}

// writeEconomy writes the current snapshot with its figures, and what the form says beside the cover.
func (h *family) writeEconomy(to []*lines) {
	id, snapshot := int64(h.file.ID), h.lastID["casefile_snapshot"]+int64(h.index)+1
	to[toSnapshot].row(snapshot, id, h.economy.Until, string(h.economy.Source), h.economy.Round, h.economy.People, h.registrar().id, h.file.RegisteredAt.Add(time.Hour), true)
	for _, l := range h.economy.Lines {
		var person any
		if l.Person != 0 {
			person = int64(l.Person)
		}
		to[toFigure].row(snapshot, person, string(l.Side), string(l.Kind), int64(l.Amount))
	}
	to[toParticular].row(id, h.said.PostalCode, h.said.SelfHelp, h.said.CauseNote, "{"+strings.Join(h.said.Needs, ",")+"}",
		h.said.TargetGroup, h.said.Measure, "{"+strings.Join(h.said.Special, ",")+"}", h.said.Mood)
}

// writePerson writes one person, with what the person is found by and, in an open file, the claim.
func (h *family) writePerson(to []*lines, p casefile.Person) (casefile.Person, error) {
	m, err := p.Sealed(h.Keys)
	if err != nil {
		return m, err
	}
	spoken := casefile.Spoken(p.Name)
	id := int64(h.file.ID)
	to[toPerson].row(int64(p.ID), id, p.Relation, p.Name, spoken, m.NumberSealed, m.NumberIndex, casefile.TailIndex(h.Keys, p.Number), p.Birth, string(p.Sex),
		m.PhoneSealed, m.PhoneIndex, casefile.PhoneTail(h.Keys, p.Phone), p.Ethnicity, p.Political, p.Marital, p.Registration, p.Health, p.Illness, p.Disability, known(p.Grade), p.Insurance, p.Identity,
		p.WorkStatus, p.Employer, p.Ownership, p.StartedOn, p.ContractOn, p.ModelWorker, p.School, p.District, p.Condition, p.Industry, p.EmploymentForm, p.ContractTerm, p.Education,
		known(p.EnrolledYear), known(p.SchoolYears))
	for _, term := range casefile.PersonTerms(p.Name, spoken) {
		to[toTerm].row(term, h.file.OrgPath, id, int64(p.ID))
	}
	if h.file.State.Open() {
		to[toClaim].row(m.NumberIndex, int64(p.ID), id)
	}
	return m, nil
}

// situation is what the file says of its household.
func (h *family) situation() casefile.Situation {
	return casefile.Situation{File: h.file, Causes: h.causes, People: h.people, Economy: h.economy, Particulars: h.said}
}

// papersUntil says up to which day the papers are all there; nil for a registration that was not handed in.
func (h *family) papersUntil() any {
	if h.file.State.Editable() {
		return nil
	}
	s, issued := h.situation(), day.On(h.file.RegisteredAt)
	var held []casefile.Evidence
	for _, r := range s.Required()[:min(len(s.Required()), slots)] {
		held = append(held, casefile.Evidence{Kind: r.Kind, PersonID: r.PersonID, ValidUntil: r.Kind.Until(issued)})
	}
	return s.PapersUntil(held)
}

// writePapers writes all papers that the file must hold.
func (h *family) writePapers(to []*lines) {
	required := h.situation().Required()
	issued := day.On(h.file.RegisteredAt)
	for k, r := range required[:min(len(required), slots)] {
		b := h.blobs[r.Kind]
		var person any
		if r.PersonID != 0 {
			person = int64(r.PersonID)
		}
		extension := ".jpg"
		if b.kind == "application/pdf" {
			extension = ".pdf"
		}
		to[toEvidence].row(h.lastID["casefile_evidence"]+int64(h.index)*slots+int64(k)+1, int64(h.file.ID), string(r.Kind), b.hash,
			fmt.Sprintf("IMG_%06d%s", h.index%1000000, extension), b.kind, b.size, h.registrar().id, h.file.RegisteredAt.Add(time.Hour),
			person, issued, r.Kind.Until(issued))
	}
}

// banks are where the households have their cards, with the beginning of the numbers.
var banks = []struct{ name, begins string }{{"中国农业银行", "622848"}, {"中国建设银行", "621700"}, {"中国邮政储蓄银行", "621799"}, {"中国工商银行", "621226"}}

// writeCard writes the household's card.
func (h *family) writeCard(to []*lines) (casefile.Account, error) {
	bank := banks[h.index%len(banks)]
	first := fmt.Sprintf("%s000%09d", bank.begins, h.index)
	number := ""
	for check := '0'; check <= '9' && number == ""; check++ {
		if parsed, err := idcard.ParseCard(first + string(check)); err == nil {
			number = parsed
		}
	}
	n := casefile.NewCard{Holder: h.file.HeadName, Bank: bank.name, Branch: h.county.employer + "县支行", Number: number}
	id := h.lastID["casefile_card"] + int64(h.index) + 1
	a, err := n.Sealed(h.Keys, casefile.CardID(id))
	to[toCard].row(id, int64(h.file.ID), n.Holder, n.Bank, n.Branch, a.Sealed, a.Index, h.registrar().id, h.file.RegisteredAt.Add(time.Hour), "current")
	return a, err
}

// writeCase writes the visit, the judgement, the assessment and the notice, and who has which side in the case.
func (h *family) writeCase(to []*lines) error {
	f := h.file
	id, k := int64(f.ID), int64(h.index)+1
	duty := map[int64]string{h.registrar().id: "gather"}
	if !h.visited.IsZero() {
		a, b := h.county.clerks[1].id, h.county.clerks[2].id
		remark := ""
		if f.State == casefile.Returned {
			remark = f.ReturnReason
		}
		to[toVisit].row(h.lastID["visit_visit"]+k, id, 1, "first", day.On(h.visited), a, b, f.State != casefile.Returned, remark, true, true, a, h.visited)
		duty[a], duty[b] = "gather", "gather"
	}
	if h.judged {
		facts, err := json.Marshal(h.verdict.Facts)
		if err != nil {
			return err
		}
		to[toJudgement].row(h.lastID["casefile_judgement"]+k, id, 1, int64(h.verdict.Line.ID), int64(h.verdict.Rule.ID), string(facts),
			int64(h.verdict.Monthly), or(string(f.Category)), h.county.head.id, h.decided)
		duty[h.county.head.id] = "decide"
		if f.State.Open() || f.State == casefile.NotQualified {
			said := h.verdict.Facts
			to[toStanding].row(id, f.OrgPath, h.at.district, f.State.Open(), string(h.verdict.Category), int64(h.verdict.Line.ID), int64(h.verdict.Rule.ID),
				int64(said.Income), int64(said.Rigid), int64(said.JobCost), int64(said.EventCost), int64(said.Savings), said.People, said.Listed,
				said.Allowance, said.Illness, said.Excluded, int64(h.verdict.Monthly), h.decided)
		}
	}
	if verdict, at := h.assessed(); verdict != "" {
		opinion := "情况属实，同意"
		if verdict == "refuse" {
			opinion = f.ReturnReason
		}
		to[toAssessment].row(h.lastID["casefile_assessment"]+k, id, 1, verdict, opinion, h.county.head.id, at)
	}
	if !h.published.IsZero() {
		h.writeNotice(to, h.lastID["notice_notice"]+k)
		duty[h.county.officer.id] = "decide"
	}
	if f.State == casefile.Closed {
		h.writeExit(to)
	}
	for staff, side := range duty {
		to[toDuty].row(id, staff, side)
	}
	return nil
}

// assessed gives the verdict of the assessment and its time; "" when there was none.
func (h *family) assessed() (string, time.Time) {
	switch h.file.State {
	case casefile.Refused:
		return "refuse", h.file.ClosedAt
	case casefile.Assessed, casefile.InNotice, casefile.Active, casefile.Closed:
		return "pass", h.decided.Add(20 * time.Minute)
	}
	return "", time.Time{}
}

// shownFor is how long an ended notice stays among the public ones that are loaded.
const shownFor = 90 * 24 * time.Hour

// writeNotice writes the notice, and its masked line for the public while it is not long over.
func (h *family) writeNotice(to []*lines, id int64) {
	f, starts := h.file, day.On(h.published)
	state := "ended"
	if h.ended.IsZero() {
		state = "open"
	}
	ends := starts.Add(noticeDays - 1)
	to[toNotice].row(id, "file", int64(f.ID), 1, int64(f.OrgID), f.OrgPath, state, noticeDays, false, starts, ends, "帮扶中心公示栏",
		h.county.officer.id, h.published, h.ended)
	if state == "ended" && h.Now.Sub(h.ended) > shownFor {
		return
	}
	to[toPublic].row(id+1_000_000_000, idcard.MaskName(f.HeadName), f.Employer, string(f.Category), f.MainCause.Class(), starts, ends, "0879-2100001")
	to[toShown].row(id+1_000_000_000, id)
}

// writeVersion writes the one version of a file that was handed in: what it says now.
func (h *family) writeVersion(to []*lines, facts casefile.Facts) error {
	f := &facts.Cover
	at, why := f.SubmittedAt, casefile.ActSubmit
	switch f.State {
	case casefile.Draft, casefile.Discarded:
		return nil
	case casefile.Returned:
		at, why = h.visited, casefile.ActDisagree
	case casefile.Judged, casefile.Assessed, casefile.InNotice:
		at, why = h.decided, casefile.ActQualify
	case casefile.NotQualified:
		at, why = h.decided, casefile.ActDisqualify
	case casefile.Refused:
		at, why = f.ClosedAt, casefile.ActRefuse
	case casefile.Active:
		at, why = f.ActivatedAt, casefile.ActActivate
	case casefile.Closed:
		at, why = f.ClosedAt, casefile.ActClose
	}
	f.OrgPath, f.Version = "", 0
	for _, t := range []*time.Time{&f.RegisteredAt, &f.SubmittedAt, &f.ActivatedAt, &f.ClosedAt} {
		*t = t.UTC()
	}
	kept, hash, err := facts.Encode()
	to[toVersion].row(int64(f.ID), 1, 1, at, h.registrar().id, "casefile."+string(why), string(kept), hash)
	return err
}
