package casefileweb

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/file"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// sentPaper is one page of a paper that came with a form which is not carried out yet. The store keeps it already, so that
// a form which is refused, or looked at once more, does not lose it; no file has it before the form is carried out.
type sentPaper struct {
	Blob file.Blob
	Name string
}

// sentWith is what a form carries of the pages that came with it. It travels sealed: nobody can name a paper of another
// household, or one that somebody else sent.
type sentWith struct {
	File   work.FileID
	By     work.StaffID
	Papers []sentPaper
}

// mostTyped is how much a form may carry beside its files, in bytes, as forms without files may: it is kept as a draft.
const mostTyped = 256 << 10

const sentContext = "casefileweb.sent"

// The fields of a form that takes a new paper. What is wrong with a paper is said at them.
const (
	sentFile    = changePrefix + "file"      // the pages chosen
	sentName    = changePrefix + "sent"      // those that came before, sealed
	sentDrop    = changePrefix + "drop"      // the button that leaves them out again
	sentNumbers = changePrefix + "papers"    // in a request: the numbers that its pages have in the file
	newPaper    = "new"                      // the answer that a paper is the one that comes with the form
	longestBag  = 20_000                     // characters of sentName; ten pages take seven thousand
	paperKind   = changePrefix + "kind"      // what the new paper is
	paperOf     = changePrefix + "person"    // whose it is
	paperDay    = changePrefix + "issued_on" // when it was issued
)

// usualPaper is the paper that proves a change most often; causes have papers of too many kinds to guess one.
var usualPaper = map[casefile.ChangeKind]casefile.EvidenceKind{
	casefile.ChangeHead: casefile.HeadID, casefile.ChangeMembers: casefile.HouseRegister, casefile.ChangeWork: casefile.Contract,
	casefile.ChangeHousing: casefile.OtherPaper, casefile.ChangeEconomy: casefile.IncomeProof,
	casefile.ChangeLeaving: casefile.HouseRegister, casefile.ChangeNewHead: casefile.HouseRegister,
}

// newPaperFields asks what a new paper is, and takes its pages. Nothing has to be answered while none is sent.
func newPaperFields(f *form.Form, h household) {
	f.Select(paperKind, "casefile.paper_kind", paperKinds(nil), form.If(len(h.sent) > 0, form.Required), form.Default(string(usualPaper[h.change])))
	f.Select(paperOf, "casefile.paper_person", paperPeople(h.people), form.Default(household0))
	f.Date(paperDay, "casefile.paper_issued", form.NotAfter(h.today), form.Hint("casefile.paper_issued_hint"))
	pagesField(f, "casefile.paper")
}

// pagesField takes the pages of a new paper, and carries those that came before.
func pagesField(f *form.Form, label words.Key) {
	f.File(sentFile, label, acceptedPapers, form.Several, form.Largest(file.MaxSize, mostBytes), form.Hint("casefile.paper_hint", mostPapers))
	f.Hidden(sentName, form.Max(longestBag))
	f.Known(sentDrop, sentNumbers)
}

// taken reads what came with a form: it keeps the pages that were chosen now, beside those that came before, and gives the
// values that carry them on. A page that is not taken is a refusal at the field of the file; everything else is kept then.
func (h *Handlers) taken(r *http.Request, id work.FileID, values url.Values) (url.Values, []sentPaper, error) {
	if typed := len(values.Encode()); typed > mostTyped {
		return values, nil, &http.MaxBytesError{Limit: mostTyped}
	}
	values = maps.Clone(values) // what was posted stays as it is: the form key is tied to it
	sent, ours := h.sentBefore(r, id, values.Get(sentName))
	switch {
	case values.Has(sentDrop):
		sent, ours = nil, true
		values.Set("again", "yes")
	case values.Get("checked") == "yes":
		if err := h.touch(r.Context(), sent); errors.Is(err, file.ErrNotFound) {
			sent, ours = nil, false
		} else if err != nil {
			return values, sent, err
		}
	}
	values.Del(sentName)
	pages, err := web.Files(r, sentFile)
	if err != nil {
		return values, nil, err
	}
	var refused error
	switch {
	case !ours:
		refused = work.Refuse("casefile.refusal.paper_lost").On(sentFile)
	case len(sent)+len(pages) > mostPapers:
		refused = work.Refuse("casefile.refusal.many_papers", mostPapers, len(sent)+len(pages)).On(sentFile)
	case len(pages) > 0:
		var blobs []file.Blob
		if blobs, err = h.store(r.Context(), pages); err != nil {
			refused = atPaper(err)
		}
		for i, blob := range blobs {
			if !slices.ContainsFunc(sent, func(p sentPaper) bool { return p.Blob.Hash == blob.Hash }) {
				sent = append(sent, sentPaper{blob, paperName(pages[i].Filename)})
			}
		}
	}
	if len(sent) > 0 {
		packed, err := h.Keys.Pack(sentWith{id, web.By(r).StaffID, sent}, sentContext)
		if err != nil {
			return values, nil, err
		}
		values.Set(sentName, packed)
	}
	return values, sent, refused
}

// sentBefore opens what a form carries of its pages; false when it is not what this person was given for this file.
func (h *Handlers) sentBefore(r *http.Request, id work.FileID, text string) ([]sentPaper, bool) {
	if text == "" {
		return nil, true
	}
	var with sentWith
	if h.Keys.Unpack(text, sentContext, &with) != nil || with.File != id || with.By != web.By(r).StaffID {
		return nil, false
	}
	return with.Papers, true
}

// touch puts pages into the store once more just before a file names them: days may have passed since they came, and the
// same bytes may have been destroyed with another file meanwhile. It answers file.ErrNotFound for one that is gone.
func (h *Handlers) touch(ctx context.Context, sent []sentPaper) error {
	for _, p := range sent {
		content, err := h.Files.Open(ctx, p.Blob.Hash)
		if err != nil {
			return err
		}
		_, err = h.Files.Put(ctx, content)
		if err := errors.Join(err, content.Close()); err != nil {
			return err
		}
	}
	return nil
}

// ready puts the paper that came with the form into the file, and gives the change that then is asked for with what carries
// it out. The paper and the request are one unit of work: the file gets both or neither.
func (h *Handlers) ready(ctx context.Context, u *work.Unit, hh household, s sheet, f *form.Form, values url.Values, doubts []casefile.Doubt) (casefile.NewChange, func(*work.Unit) error, error) {
	if len(hh.sent) == 0 {
		return asked(hh, f, values), h.writing(ctx, hh, s, f, doubts), nil
	}
	numbers, err := addSent(ctx, u, hh.file.ID, hh.sent, described(f, changePrefix))
	if err != nil {
		return casefile.NewChange{}, nil, err
	}
	if hh.papers, err = casefile.EvidenceOf(ctx, u, hh.file.ID); err != nil {
		return casefile.NewChange{}, nil, err
	}
	hh.sent, values = nil, named(values, numbers)
	if f = build(form.New(values), s, hh); !f.Valid() { // it was valid before the paper had its number
		return casefile.NewChange{}, nil, web.ErrBadForm
	}
	n := asked(hh, f, values)
	n.Values[sentNumbers] = numbers
	return n, h.writing(ctx, hh, s, f, doubts), nil
}

// addSent puts the pages that came with a form into the file, and gives their numbers there.
func addSent(ctx context.Context, u *work.Unit, id work.FileID, sent []sentPaper, n casefile.NewEvidence) ([]string, error) {
	var numbers []string
	for _, p := range sent {
		n.Name = p.Name
		paper, err := casefile.AddEvidence(ctx, u, id, n, p.Blob)
		if err != nil {
			return nil, atPaper(err)
		}
		numbers = append(numbers, strconv.FormatInt(int64(paper), 10))
	}
	return numbers, nil
}

// atPaper puts a refusal of a paper at the field of the form that takes it; any other error stays itself.
func atPaper(err error) error {
	refusal, ok := work.AsRefusal(err)
	if !ok {
		return err
	}
	return refusal.On(map[string]string{"kind": paperKind, "person": paperOf, "issued_on": paperDay, "paper": sentFile}[refusal.Field])
}

// named is what was typed with a number wherever it spoke of the new paper, as a request keeps it: the first
// page's, where one paper is named.
func named(values url.Values, numbers []string) url.Values {
	values = typedOnly(values)
	for _, name := range []string{sentName, paperKind, paperOf, paperDay} {
		values.Del(name)
	}
	for name := range values {
		if strings.HasSuffix(name, ".paper") && values.Get(name) == newPaper {
			values.Set(name, numbers[0])
		}
	}
	if values.Get(changePrefix+"paper") == "0" {
		values.Set(changePrefix+"paper", numbers[0])
	}
	return values
}

// shownSent lists pages for the page that carries them.
func shownSent(sent []sentPaper) []casefilepage.SentPaper {
	all := make([]casefilepage.SentPaper, len(sent))
	for i, p := range sent {
		all[i] = casefilepage.SentPaper{Name: p.Name, Size: p.Blob.Size}
	}
	return all
}
