package census

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// BundleID names a row of census_bundle.
type BundleID int64

// Bundle is the forms with consecutive numbers that one unit was handed.
type Bundle struct {
	ID       BundleID
	CensusID ID
	OrgID    work.OrgID
	OrgName  string
	Unit     string // who was handed them: an enterprise, or the office itself
	First    int
	Last     int
	TakenBy  string
	HandedOn day.Date
	DueOn    day.Date
	HandedBy string
	HandedAt time.Time
	Standing Standing
}

// Size is the number of forms in the bundle.
func (b Bundle) Size() int { return b.Last - b.First + 1 }

// Handing is what is typed when forms are handed out.
type Handing struct {
	OrgID   work.OrgID // the census' own office, or one below it
	Unit    string     // 2 to 80 characters; "" = the office itself
	Count   int        // 1 to MostBundle
	TakenBy string     // 2 to 40 characters
	On      day.Date
	Due     day.Date
}

// HandOut gives the next numbers of the census to a unit.
func HandOut(ctx context.Context, u *work.Unit, id ID, h Handing) (BundleID, error) {
	c, err := Find(ctx, u, u.By.Scope, id)
	switch {
	case err != nil:
		return 0, err
	case c.Closed:
		return 0, work.Refuse("census.refusal.closed")
	case !c.Runs(u.By):
		return 0, work.Refuse("census.refusal.not_yours", c.OrgName)
	case h.Count < 1 || h.Count > MostBundle:
		return 0, work.Refuse("census.refusal.count", MostBundle).On("count")
	case c.Forms+h.Count > MostForms:
		return 0, work.Refuse("census.refusal.many", MostForms, MostForms-c.Forms).On("count")
	case h.On.After(u.Today()) || h.On.Before(c.From):
		return 0, work.Refuse("census.refusal.handed_on", c.From).On("handed_on")
	case h.Due.Before(h.On):
		return 0, work.Refuse("census.refusal.due_on").On("due_on")
	}
	var bundle BundleID
	var first int
	err = u.Within(ctx, func(u *work.Unit) error {
		bundle, first, err = handOut(ctx, u, id, h)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("handing out forms of census %d: %w", id, worded(err))
	}
	return bundle, u.Audit(ctx, work.Entry{Act: "census.hand_out", Kind: "census_bundle", ID: int64(bundle), Changes: []work.Change{
		{Field: "census", After: c.Name}, {Field: "numbers", After: Range{first, first + h.Count - 1}.String()}, {Field: "taken_by", After: h.TakenBy}}})
}

// FindBundle gives a bundle of an office within the scope, with its standing; else work.ErrNotFound.
func FindBundle(ctx context.Context, q work.Querier, scope work.Scope, id BundleID, today day.Date) (Bundle, error) {
	b, err := findBundle(ctx, q, scope, id, today)
	if err != nil {
		return Bundle{}, fmt.Errorf("finding bundle %d: %w", id, err)
	}
	return b, nil
}

// Bundles gives at most limit bundles of a census that went to offices within the scope, in the order of their numbers
// after a number, each with its standing, in one query.
func Bundles(ctx context.Context, q work.Querier, scope work.Scope, id ID, today day.Date, after, limit int) ([]Bundle, error) {
	all, err := bundles(ctx, q, scope, id, today, after, limit)
	if err != nil {
		return nil, fmt.Errorf("listing the bundles of census %d: %w", id, err)
	}
	return all, nil
}

// Range is consecutive numbers of forms, both ends included.
type Range struct{ First, Last int }

// String writes the range: 1–30, or the number alone.
func (r Range) String() string {
	if r.Last > r.First {
		return strconv.Itoa(r.First) + "–" + strconv.Itoa(r.Last)
	}
	return strconv.Itoa(r.First)
}

// Ranges are numbers that stand together.
type Ranges []Range

// In writes the ranges in a line, as the language does.
func (r Ranges) In(ctx context.Context) string { return words.Listing(r).In(ctx) }

// StillOut gives the numbers of a bundle that have not come back, as ranges.
func StillOut(ctx context.Context, q work.Querier, id BundleID) (Ranges, error) {
	out, err := stillOut(ctx, q, id)
	if err != nil {
		return nil, fmt.Errorf("listing what is out of bundle %d: %w", id, err)
	}
	return out, nil
}

// separators is what stands between two numbers or ranges.
const separators = " \t\r\n,，、;；　"

// ReadRanges reads numbers as they are typed: "1-30, 35、４０—42", or as they stand on the forms of the census, "PC3-0007".
// wrong is the first part that is no number or range, or has a number not above zero or above MostForms; the whole text
// when there is no part. Ranges come back in order, and those that overlap as one.
func ReadRanges(id ID, text string) (read Ranges, wrong string) {
	var all Ranges
	plain := strings.ToUpper(width.Fold.String(text))
	joined := strings.NewReplacer(codePrefix(id), "", "–", "-", "—", "-", "~", "-", "至", "-").Replace(plain)
	for _, part := range strings.FieldsFunc(joined, func(c rune) bool { return strings.ContainsRune(separators, c) }) {
		first, last, both := strings.Cut(part, "-")
		if !both {
			last = first
		}
		a, err := strconv.Atoi(first)
		b, errLast := strconv.Atoi(last)
		if err != nil || errLast != nil || a < 1 || b < a || b > MostForms {
			return nil, part
		}
		all = append(all, Range{a, b})
	}
	if len(all) == 0 {
		return nil, text
	}
	return all.merged(), ""
}

// merged puts ranges in order and makes one of those that overlap or touch.
func (r Ranges) merged() Ranges {
	slices.SortFunc(r, func(a, b Range) int { return a.First - b.First })
	var all Ranges
	for _, x := range r {
		if n := len(all) - 1; n >= 0 && x.First <= all[n].Last+1 {
			all[n].Last = max(all[n].Last, x.Last)
			continue
		}
		all = append(all, x)
	}
	return all
}
