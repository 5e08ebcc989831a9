package casefile

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// The papers of a file that are made of more than its facts. Each is shown by the feature that knows what it says.
const (
	AidForm        PrintKind = "aid"             // 帮扶救助明细台账
	RefusalForm    PrintKind = "refusal"         // 不予建档告知书
	ExitLetter     PrintKind = "exit_letter"     // 退出告知书
	ReferralLetter PrintKind = "referral_letter" // 转介函
	PlanForm       PrintKind = "household_plan"  // 解困脱困实施计划表
	GrantForm      PrintKind = "grant_form"      // 救助审批表
	NoticePoster   PrintKind = "notice_poster"   // 公示
	VisitForm      PrintKind = "visit_form"      // 入户核查表, filled in
	VisitBlank     PrintKind = "visit_blank"     // 入户核查表, for the pen
)

// oldPlan is the kind under which the plan was printed while it was a form of the file itself, without its measures.
const oldPlan PrintKind = "plan"

// Paper tells how one kind of paper is made.
type Paper struct {
	Kind  PrintKind
	Need  work.Capability // to see the record that it is about
	Every bool            // every file has it, so it is offered among the file's own forms
	// Path is where the paper is shown; subject is the record that it is about, zero the file itself.
	Path func(file work.FileID, subject int64) string
	// Says gives what the paper says of the record now, for its hash, never what depends on the reader or the day. It
	// gives work.ErrNotFound when there is no such record of the file within the actor's scope.
	Says func(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, subject int64) (any, error)
	// Since lists what changed in the record after a time; nil where the record keeps nothing of what it was.
	Since func(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, subject int64, at time.Time) ([]Difference, error)
}

// Blank is a form that is printed empty, for the pen: where, how it is called, and when it is used.
type Blank struct {
	Path string
	Name words.Key
	Use  words.Key
}

// At is where the paper of a print is shown, with the print's code on it.
func (p Paper) At(made Print) string {
	path := p.Path(made.FileID, made.Subject)
	if strings.Contains(path, "?") {
		return path + "&print=" + url.QueryEscape(made.Code())
	}
	return path + "?print=" + url.QueryEscape(made.Code())
}

// hash is the hash of what the paper says.
func (p Paper) hash(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, subject int64) ([]byte, error) {
	says, err := p.Says(ctx, q, by, file, subject)
	if err != nil {
		return nil, fmt.Errorf("reading what %s says of file %d: %w", p.Kind, file, err)
	}
	text, err := json.Marshal(says)
	if err != nil {
		return nil, fmt.Errorf("writing down what %s says of file %d: %w", p.Kind, file, err)
	}
	sum := sha256.Sum256(text)
	return sum[:], nil
}

// NewPaper puts a paper of a file on record, with the version of the file that holds now (ux.md U49, N11). The file is
// found within the actor's scope, and so is the record.
func NewPaper(ctx context.Context, u *work.Unit, paper Paper, id work.FileID, subject int64) (Print, error) {
	if _, err := Find(ctx, u, u.By.Scope, id); err != nil {
		return Print{}, err
	}
	p := Print{Kind: paper.Kind, FileID: id, Subject: subject, By: u.By.StaffID, ByName: u.By.Name, Office: u.By.Office, At: u.Now}
	var err error
	if p.Hash, err = paper.hash(ctx, u, u.By, id, subject); err != nil {
		return p, err
	}
	if p.Version, err = Keep(ctx, u, id, "casefile.print"); err != nil {
		return p, err
	}
	if err := putPrint(ctx, u, &p); err != nil {
		return p, fmt.Errorf("printing %s of file %d: %w", paper.Kind, id, err)
	}
	return p, u.Audit(ctx, work.Entry{Act: "casefile.print", Kind: "print", ID: int64(p.ID), FileID: id, Changes: p.changes()})
}

// Holds tells whether a paper still says what the record says. A record that is gone, or out of the reader's sight, does
// not hold.
func (p Paper) Holds(ctx context.Context, q work.Querier, by work.Actor, made Print) (bool, error) {
	now, err := p.hash(ctx, q, by, made.FileID, made.Subject)
	if errors.Is(err, work.ErrNotFound) {
		return false, nil
	}
	return err == nil && slices.Equal(now, made.Hash), err
}

// Trace is what a paper bears of its record (layout.Trace).
type Trace struct {
	Code    string // of the print; "" = not on record
	Version string
	By      string
	At      time.Time
	Changed bool // the record says something else than the print that was asked for, so it bears no code
	May     bool // the reader may put it on record
	Kind    string
	File    work.FileID
	Subject int64
}

// Trace gives what the paper bears: with a code the print on record, which must be one of this very record, or
// work.ErrNotFound; without one nothing but whether the reader may put it on record. A paper shows the record as it is
// now, so a code is borne only while the record still says what was printed.
func (p Paper) Trace(ctx context.Context, q work.Querier, by work.Actor, code string, file work.FileID, subject int64) (Trace, error) {
	t := Trace{May: by.Can(staff.CapFilePrint), Kind: string(p.Kind), File: file, Subject: subject}
	if code == "" {
		return t, nil
	}
	made, err := FindPrint(ctx, q, by.Scope, code)
	if err != nil {
		return t, err
	}
	if made.Kind != p.Kind || made.FileID != file || made.Subject != subject {
		return t, work.ErrNotFound
	}
	holds, err := p.Holds(ctx, q, by, made)
	if err != nil || !holds {
		t.Changed = true
		return t, err
	}
	t.Code, t.By, t.At = made.Code(), made.ByName, made.At
	t.Version = words.T(ctx, "casefile.print.version", made.Version, made.Short())
	return t, nil
}
