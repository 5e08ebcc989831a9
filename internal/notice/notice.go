package notice

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/work"
)

// ID names a row of notice_notice.
type ID int64

// Notice is one period in which one file is shown to the public.
type Notice struct {
	ID          ID
	FileID      work.FileID
	Round       int // 1, and one more for each new period after an unfounded objection
	OrgName     string
	OrgPhone    string
	State       State
	Terms       Terms
	Period      Period
	Place       string // where else it hangs: notice boards, halls
	PublishedBy string // name
	PublishedAt time.Time
	ClosedAt    time.Time
	PublicID    PublicID // its row for the public

	HeadName string
	Employer string
	Category eligibility.Category
	Cause    casefile.Cause
	Number   string // of the file, once it is active
	Waiting  int    // objections not yet judged
}

// Find gives the notice, or work.ErrNotFound when there is none or its office lies outside the scope.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Notice, error) {
	n, err := find(ctx, q, scope, id)
	if err != nil {
		return Notice{}, fmt.Errorf("finding notice %d: %w", id, err)
	}
	return n, nil
}

// Tab is one of the lists of notices.
type Tab string

// The lists. Waiting holds assessed files without a notice, see Waiting.
const (
	TabWaiting  Tab = "waiting"
	TabOpen     Tab = "open"
	TabObjected Tab = "objected"
	TabClosed   Tab = "closed"
)

// Tabs lists the lists in the order of the work.
var Tabs = []Tab{TabWaiting, TabOpen, TabObjected, TabClosed}

// Cursor is where a page of a list begins: behind the notice with this last day and id. The zero Cursor is the start.
type Cursor struct {
	On day.Date
	ID int64
}

// String writes the cursor for an address: "2026-11-28.12"; nothing for the start.
func (c Cursor) String() string {
	if c == (Cursor{}) {
		return ""
	}
	return c.On.String() + "." + strconv.FormatInt(c.ID, 10)
}

// ParseCursor reads a cursor from an address; what is none begins at the start.
func ParseCursor(s string) Cursor {
	on, id, _ := strings.Cut(s, ".")
	d, err := day.Parse(on)
	n, numberErr := strconv.ParseInt(id, 10, 64)
	if err != nil || numberErr != nil || n < 1 {
		return Cursor{}
	}
	return Cursor{On: d, ID: n}
}

// List gives at most limit notices of a tab within the scope, and the cursor of the next page, if there is one. Open and
// objected ones come by last day, the most urgent first; closed ones the newest first.
func List(ctx context.Context, q work.Querier, scope work.Scope, tab Tab, after Cursor, limit int) ([]Notice, Cursor, error) {
	notices, err := list(ctx, q, scope, tab, after, limit+1)
	if err != nil {
		return nil, Cursor{}, fmt.Errorf("listing notices: %w", err)
	}
	if len(notices) <= limit {
		return notices, Cursor{}, nil
	}
	last := notices[limit-1]
	return notices[:limit], Cursor{On: last.Period.Ends, ID: int64(last.ID)}, nil
}

// OfFile gives all notices of a file, the newest first.
func OfFile(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) ([]Notice, error) {
	notices, err := ofFile(ctx, q, scope, file)
	if err != nil {
		return nil, fmt.Errorf("listing the notices of file %d: %w", file, err)
	}
	return notices, nil
}

// Candidate is an assessed file that waits for its notice.
type Candidate struct {
	FileID     work.FileID
	HeadName   string
	Employer   string
	OrgName    string
	Category   eligibility.Category
	AssessedAt time.Time
}

// Waiting gives at most limit assessed files without a notice, the longest waiting first, and the cursor of the next
// page: the id of the last file, or zero.
func Waiting(ctx context.Context, q work.Querier, scope work.Scope, after work.FileID, limit int) ([]Candidate, work.FileID, error) {
	files, err := waiting(ctx, q, scope, after, limit+1)
	if err != nil {
		return nil, 0, fmt.Errorf("listing files that wait for a notice: %w", err)
	}
	if len(files) <= limit {
		return files, 0, nil
	}
	return files[:limit], files[limit-1].FileID, nil
}

// Count tells how many notices or files stand in the tabs where work waits.
func Count(ctx context.Context, q work.Querier, scope work.Scope) (map[Tab]int, error) {
	counts, err := count(ctx, q, scope)
	if err != nil {
		return nil, fmt.Errorf("counting notices: %w", err)
	}
	return counts, nil
}
