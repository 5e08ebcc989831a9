package review

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// RoundID names a row of review_round.
type RoundID int64

// Kind is the kind of a round.
type Kind string

// The kinds of rounds (000-61: adjusted every half year, assessed every year).
const (
	HalfYear Kind = "half_year"
	Year     Kind = "year"
)

// Kinds lists them in the order of the form.
var Kinds = []Kind{HalfYear, Year}

// Key gives the word of the kind.
func (k Kind) Key() words.Key { return words.Key("review.kind." + string(k)) }

// Round is one round over the active files of an office and those below it.
type Round struct {
	ID       RoundID
	Kind     Kind
	OrgName  string
	OrgPath  string
	From     day.Date
	Until    day.Date
	OpenedBy string
	OpenedAt time.Time
	ClosedAt time.Time // zero = open
}

// Open tells whether results can be written.
func (r Round) Open() bool { return r.ClosedAt.IsZero() }

// Begin opens a round of the actor's own office and notes how many active files each office below has.
func Begin(ctx context.Context, u *work.Unit, kind Kind, from, until day.Date) (RoundID, error) {
	switch {
	case until.Before(from):
		return 0, work.Refuse("review.refusal.until").On("until")
	case until.Before(u.Today()):
		return 0, work.Refuse("review.refusal.over").On("until")
	}
	var id RoundID
	var files int
	err := u.Within(ctx, func(u *work.Unit) error {
		args := pgx.NamedArgs{"kind": string(kind), "org": u.By.OrgID, "from": from, "until": until, "by": u.By.StaffID, "now": u.Now}
		if err := u.QueryRow(ctx, `
			-- review.Begin
			INSERT INTO review_round (kind, org_id, org_path, from_on, until_on, opened_by, opened_at)
			VALUES (@kind, @org, '', @from, @until, @by, @now) RETURNING id`, args).Scan(&id); err != nil {
			return err
		}
		args["round"] = id
		return u.QueryRow(ctx, `
			-- review.Begin units
			WITH counted AS (
				INSERT INTO review_unit (round_id, org_id, files)
				SELECT r.id, f.org_id, count(*) FROM review_round r JOIN casefile_file f ON f.org_path LIKE r.org_path || '%'
				WHERE r.id = @round AND f.state = 'active' GROUP BY r.id, f.org_id RETURNING files)
			SELECT coalesce(sum(files), 0)::int FROM counted`, args).Scan(&files)
	})
	if err != nil {
		return 0, fmt.Errorf("opening a round: %w", worded(err))
	}
	return id, u.Audit(ctx, work.Entry{Act: "review.open", Kind: "round", ID: int64(id), Changes: []work.Change{
		{Field: "kind", After: kind}, {Field: "until_on", After: until.String()}, {Field: "files", After: files}}})
}

// WaitsOf counts the results of a round that wait for the second person: of files on the register, whichever office has
// them.
func WaitsOf(ctx context.Context, q work.Querier, id RoundID) (int, error) {
	var n int
	err := q.QueryRow(ctx, `
		-- review.WaitsOf
		SELECT count(*) FROM review_result x JOIN casefile_file f ON f.id = x.file_id
		WHERE x.round_id = @id AND x.state = 'to_confirm' AND f.state = 'active'`, pgx.NamedArgs{"id": id}).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("counting what waits in round %d: %w", id, err)
	}
	return n, nil
}

// End closes a round of the actor's scope, finished or not. What waits for a second person is decided before: afterwards
// nobody could.
func End(ctx context.Context, u *work.Unit, id RoundID) error {
	r, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	switch {
	case !u.By.Scope.Covers(r.OrgPath):
		return fmt.Errorf("closing round %d: %w", id, work.ErrNotFound)
	case !r.Open():
		return work.Refuse("review.refusal.closed")
	}
	waits, err := WaitsOf(ctx, u, id)
	if err != nil {
		return err
	}
	if waits > 0 {
		return work.Refuse("review.refusal.waits", waits)
	}
	err = u.Within(ctx, func(u *work.Unit) error {
		return u.ChangeOne(ctx, `
			-- review.End
			UPDATE review_round SET closed_by = @by, closed_at = @now WHERE id = @id AND closed_at IS NULL`,
			pgx.NamedArgs{"id": id, "by": u.By.StaffID, "now": u.Now})
	})
	if err != nil {
		return fmt.Errorf("closing round %d: %w", id, worded(err))
	}
	return u.Audit(ctx, work.Entry{Act: "review.close", Kind: "round", ID: int64(id)})
}

const roundColumns = `r.id, r.kind, o.name, r.org_path, r.from_on, r.until_on, s.name, r.opened_at, r.closed_at`

// fromRound selects rounds that concern the reader: of an office in the scope, or of one above it.
const fromRound = ` FROM review_round r JOIN staff_org o ON o.id = r.org_id JOIN staff_member s ON s.id = r.opened_by
	WHERE (r.org_path LIKE @scope OR @scope::text LIKE r.org_path || '%') `

func scanRound(row pgx.CollectableRow) (Round, error) {
	var r Round
	var closed pgtype.Timestamptz
	err := row.Scan(&r.ID, &r.Kind, &r.OrgName, &r.OrgPath, &r.From, &r.Until, &r.OpenedBy, &r.OpenedAt, &closed)
	r.ClosedAt = closed.Time
	return r, err
}

// Find gives a round that concerns the reader, or work.ErrNotFound.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id RoundID) (Round, error) {
	rows, err := q.Query(ctx, `
		-- review.Find
		SELECT `+roundColumns+fromRound+`AND r.id = @id`, pgx.NamedArgs{"scope": scope, "id": id})
	if err != nil {
		return Round{}, fmt.Errorf("finding round %d: %w", id, err)
	}
	r, err := pgx.CollectExactlyOneRow(rows, scanRound)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	if err != nil {
		return r, fmt.Errorf("finding round %d: %w", id, err)
	}
	return r, nil
}

// Rounds gives one page of the rounds that concern the reader, the newest first, below an id (zero: from the top).
func Rounds(ctx context.Context, q work.Querier, scope work.Scope, below RoundID, size int) ([]Round, RoundID, error) {
	rows, err := q.Query(ctx, `
		-- review.Rounds
		SELECT `+roundColumns+fromRound+`AND (@below::bigint = 0 OR r.id < @below) ORDER BY r.id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "below": below, "limit": size + 1})
	if err != nil {
		return nil, 0, fmt.Errorf("listing rounds: %w", err)
	}
	all, err := pgx.CollectRows(rows, scanRound)
	if err != nil {
		return nil, 0, fmt.Errorf("listing rounds: %w", err)
	}
	if len(all) <= size {
		return all, 0, nil
	}
	return all[:size], all[size-1].ID, nil
}

// Progress is how far a round is at one office, or at all of the scope together.
type Progress struct {
	OrgID   work.OrgID
	OrgName string
	Path    string
	Files   int // active when the round was opened
	By      map[Outcome]int
	Waits   int // for the second person
}

// Done counts what was reviewed.
func (p Progress) Done() int {
	n := 0
	for _, count := range p.By {
		n += count
	}
	return n
}

// Fit counts those that still meet the standard: unchanged, or with facts or a category that change. A change of category
// that waits for the second person is not counted yet.
func (p Progress) Fit() int { return p.By[Unchanged] + p.By[Change] + p.By[Category] - p.Waits }

// Unfit counts those that do not: they are to leave the register.
func (p Progress) Unfit() int { return p.By[Exit] + p.By[Cancel] }

// Percent is what was reviewed of what there was, at most 100.
func (p Progress) Percent() int {
	if p.Files == 0 {
		return 100
	}
	return min(100, 100*p.Done()/p.Files)
}

// ProgressOf gives how far the round is in the scope: all together, and one page of its offices in the order of the
// tree, after a path ("" is the top); size zero gives all offices. A review counts at the office that had the file by then,
// which may have had none when the round was opened. Two statements, whatever the size.
func ProgressOf(ctx context.Context, q work.Querier, scope work.Scope, r Round, after string, size int) (all Progress, offices []Progress, next string, err error) {
	const sums = ` coalesce(sum(d.unchanged), 0)::int, coalesce(sum(d.changes), 0)::int, coalesce(sum(d.category), 0)::int,
		coalesce(sum(d.exits), 0)::int, coalesce(sum(d.cancels), 0)::int, coalesce(sum(d.waits), 0)::int
		FROM (SELECT org_id, files FROM review_unit WHERE round_id = @round
			UNION ALL SELECT DISTINCT x.org_id, 0 FROM review_result x WHERE x.round_id = @round AND x.state <> 'rejected'
				AND NOT EXISTS (SELECT FROM review_unit y WHERE y.round_id = @round AND y.org_id = x.org_id)) n
		JOIN staff_org o ON o.id = n.org_id
		LEFT JOIN (SELECT x.org_id, count(*) FILTER (WHERE x.outcome = 'unchanged') AS unchanged, count(*) FILTER (WHERE x.outcome = 'change') AS changes,
				count(*) FILTER (WHERE x.outcome = 'category') AS category, count(*) FILTER (WHERE x.outcome = 'exit') AS exits,
				count(*) FILTER (WHERE x.outcome = 'cancel') AS cancels, count(*) FILTER (WHERE x.state = 'to_confirm') AS waits
			FROM review_result x WHERE x.round_id = @round AND x.state <> 'rejected' GROUP BY x.org_id) d ON d.org_id = n.org_id
		WHERE o.path LIKE @scope `
	args := pgx.NamedArgs{"round": r.ID, "scope": scope, "after": after, "limit": 0}
	if size > 0 {
		args["limit"] = size + 1
	}
	rows, err := q.Query(ctx, `
		-- review.ProgressOf
		SELECT 0::bigint, '', '', coalesce(sum(n.files), 0)::int,`+sums, args)
	if err != nil {
		return all, nil, "", fmt.Errorf("adding up round %d: %w", r.ID, err)
	}
	if all, err = pgx.CollectExactlyOneRow(rows, scanProgress); err != nil {
		return all, nil, "", fmt.Errorf("adding up round %d: %w", r.ID, err)
	}
	rows, err = q.Query(ctx, `
		-- review.ProgressOf offices
		SELECT o.id, o.name, o.path, n.files,`+sums+`AND o.path > @after GROUP BY o.id, n.files ORDER BY o.path LIMIT nullif(@limit::int, 0)`, args)
	if err != nil {
		return all, nil, "", fmt.Errorf("listing the offices of round %d: %w", r.ID, err)
	}
	if offices, err = pgx.CollectRows(rows, scanProgress); err != nil {
		return all, nil, "", fmt.Errorf("listing the offices of round %d: %w", r.ID, err)
	}
	if size > 0 && len(offices) > size {
		offices = offices[:size]
		next = offices[size-1].Path
	}
	return all, offices, next, nil
}

func scanProgress(row pgx.CollectableRow) (Progress, error) {
	p := Progress{By: map[Outcome]int{}}
	counts := make([]int, len(Outcomes))
	err := row.Scan(&p.OrgID, &p.OrgName, &p.Path, &p.Files, &counts[0], &counts[1], &counts[2], &counts[3], &counts[4], &p.Waits)
	for i, o := range Outcomes {
		p.By[o] = counts[i]
	}
	return p, err
}

// worded turns the database's refusals that a person can meet into words.
func worded(err error) error {
	switch work.Violated(err) {
	case "review_one_round":
		return work.Refuse("review.refusal.one_round")
	case "review_round_closed":
		return work.Refuse("review.refusal.closed")
	case "review_round_waits":
		return work.Refuse("review.refusal.waits", 1) // one at least came in since they were counted
	case "review_of_round":
		return work.Refuse("review.refusal.not_of_round")
	case "review_done":
		return work.Refuse("review.refusal.done")
	case "casefile_duty_sides":
		return work.Refuse("review.refusal.sides")
	case "review_two_people":
		return work.Refuse("review.refusal.own")
	}
	return err
}
