package review

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Sign is what calls for a look at an active file (domain.md b.10, c.9).
type Sign string

// The signs. Papers are proofs whose last day is over; a child left school when it is a student on paper and older than
// a student is; the line changed since the last judgement.
const (
	UnchangedYear Sign = "unchanged_year"
	NeverHelped   Sign = "never_helped"
	ExpiredPapers Sign = "expired_papers"
	LeftSchool    Sign = "left_school"
	LineChanged   Sign = "line_changed"
	PapersDiffer  Sign = "papers_differ"

	EmployerClosed Sign = "employer_closed" // the file moves to the new employer's or the street's union ([W44] art. 14)
)

// Signs lists them in the order of the page.
var Signs = []Sign{UnchangedYear, NeverHelped, ExpiredPapers, LeftSchool, LineChanged, PapersDiffer, EmployerClosed}

// Key gives the name of the list of files with the sign.
func (s Sign) Key() words.Key { return words.Key("review.sign." + string(s)) }

// After how long a file of which nothing changed is looked at, and how old a student may be.
const (
	idleMonths = 12
	studentAge = 22 // from this birthday on a member is hardly a student any more
)

// signs says what each list looks for in a file f of an office o. Looking at a file, printing it or asking for a change of it
// changes nothing: a fact that changed made a version. Papers are out of date when the last of their kind and person is, by
// the day to which it proves something: as the file's own page and the checks say.
var signs = map[Sign]string{
	UnchangedYear: `f.activated_at < @year_ago AND NOT EXISTS (SELECT FROM casefile_version v
		WHERE v.file_id = f.id AND v.kept_at >= @year_ago AND v.why <> 'casefile.keep_first')`,
	NeverHelped: `NOT EXISTS (SELECT FROM payment_payable p WHERE p.file_id = f.id AND p.state = 'paid')`,
	ExpiredPapers: `EXISTS (SELECT FROM casefile_evidence v LEFT JOIN casefile_person w ON w.id = v.person_id
		WHERE v.file_id = f.id AND v.removed_at IS NULL AND v.valid_until < @today AND w.left_on IS NULL
		AND NOT EXISTS (SELECT FROM casefile_evidence n WHERE n.file_id = v.file_id AND n.kind = v.kind AND n.person_id IS NOT DISTINCT FROM v.person_id
			AND n.removed_at IS NULL AND (n.valid_until IS NULL OR n.valid_until >= @today)))`,
	LeftSchool: `EXISTS (SELECT FROM casefile_person p WHERE p.file_id = f.id AND p.work_status = 'student' AND p.left_on IS NULL AND p.birth_on <= @grown)`,
	LineChanged: `(SELECT j.line_id FROM casefile_judgement j WHERE j.file_id = f.id ORDER BY j.id DESC LIMIT 1) IS DISTINCT FROM
		(SELECT l.id FROM eligibility_line l WHERE l.district IN (o.district, left(o.district, 4) || '00', left(o.district, 2) || '0000')
			AND l.from_on <= @today ORDER BY l.district DESC, l.from_on DESC LIMIT 1)`,
	// A file that lies with a centre already is kept there; one that is under way, or came because of it, needs nothing more.
	EmployerClosed: `o.level = 'unit' AND EXISTS (SELECT FROM casefile_person p WHERE p.file_id = f.id AND p.relation = 'head'
			AND p.condition = 'closed' AND p.left_on IS NULL)
		AND NOT EXISTS (SELECT FROM move_move m WHERE m.file_id = f.id
			AND (m.state IN ('asked', 'agreed') OR m.state = 'done' AND m.kind = 'transfer' AND m.why = 'employer_dissolved'))`,
	PapersDiffer: `EXISTS (SELECT FROM review_result x WHERE x.file_id = f.id AND NOT x.papers_agree AND x.agreed_at IS NULL)`,
}

// Item is a file in a list.
type Item struct {
	FileID      work.FileID
	Number      string
	HeadName    string
	OrgName     string
	Category    eligibility.Category
	ActivatedAt time.Time
	Outcome     Outcome // of a reviewed file in the list of a round
	State       State
	Round       RoundID // of a file whose papers differ: the newest round that found it and is still to be answered; else zero
}

const itemColumns = `f.id, coalesce(f.number, ''), f.head_name, o.name, coalesce(f.category, ''), f.activated_at`

func args(scope work.Scope, today day.Date) pgx.NamedArgs {
	return pgx.NamedArgs{"scope": scope, "today": today, "year_ago": today.AddMonths(-idleMonths).Start(), "grown": today.AddMonths(-12 * studentAge)}
}

// differedIn gives the newest round that found the papers of a file f to differ and has no correction, among those that the
// file's office belongs to: a round of an office that the file left is none of its readers'.
const differedIn = `coalesce((SELECT max(x.round_id) FROM review_result x JOIN review_round r ON r.id = x.round_id
	WHERE x.file_id = f.id AND NOT x.papers_agree AND x.agreed_at IS NULL AND f.org_path LIKE r.org_path || '%'), 0)`

// WithSign gives one page of the active files with a sign, the newest first, below an id (zero: from the top).
func WithSign(ctx context.Context, q work.Querier, scope work.Scope, sign Sign, today day.Date, below work.FileID, size int) ([]Item, work.FileID, error) {
	a := args(scope, today)
	a["below"], a["limit"] = below, size+1
	round := `0::bigint`
	if sign == PapersDiffer {
		round = differedIn
	}
	return items(ctx, q, size, `
		-- review.WithSign
		SELECT `+itemColumns+`, '', '', `+round+` FROM casefile_file f JOIN staff_org o ON o.id = f.org_id
		WHERE f.state = 'active' AND f.org_path LIKE @scope AND (@below::bigint = 0 OR f.id < @below) AND `+signs[sign]+`
		ORDER BY f.id DESC LIMIT @limit`, a)
}

// SignsOf tells which signs a file has.
func SignsOf(ctx context.Context, q work.Querier, file work.FileID, today day.Date) ([]Sign, error) {
	columns := make([]string, len(Signs))
	for i, s := range Signs {
		columns[i] = signs[s]
	}
	a := args(work.Everywhere, today)
	a["file"] = file
	found, targets := make([]bool, len(Signs)), make([]any, len(Signs))
	for i := range found {
		targets[i] = &found[i]
	}
	err := q.QueryRow(ctx, `
		-- review.SignsOf
		SELECT `+strings.Join(columns, ", ")+` FROM casefile_file f JOIN staff_org o ON o.id = f.org_id WHERE f.id = @file`, a).Scan(targets...)
	if err != nil {
		return nil, fmt.Errorf("looking for signs in file %d: %w", file, err)
	}
	var has []Sign
	for i, s := range Signs {
		if found[i] {
			has = append(has, s)
		}
	}
	return has, nil
}

// Part is one part of the files of a round.
type Part string

// The parts of a round.
const (
	Waiting    Part = "waiting"
	Confirming Part = "confirming"
	Reviewed   Part = "reviewed"
)

// Parts lists them in the order of the work.
var Parts = []Part{Waiting, Confirming, Reviewed}

// Key gives the word of the part.
func (p Part) Key() words.Key { return words.Key("review.part." + string(p)) }

// FilesOf gives one page of the files of a round in the scope, the newest first, below an id (zero: from the top).
func FilesOf(ctx context.Context, q work.Querier, scope work.Scope, r Round, part Part, below work.FileID, size int) ([]Item, work.FileID, error) {
	a := pgx.NamedArgs{"scope": scope, "round": r.ID, "path": r.OrgPath, "opened": r.OpenedAt, "below": below, "limit": size + 1}
	if part == Waiting {
		return items(ctx, q, size, `
			-- review.FilesOf waiting
			SELECT `+itemColumns+`, '', '', 0::bigint FROM casefile_file f JOIN staff_org o ON o.id = f.org_id
			WHERE f.state = 'active' AND f.org_path LIKE @scope AND f.org_path LIKE @path || '%' AND f.activated_at <= @opened
				AND (@below::bigint = 0 OR f.id < @below)
				AND NOT EXISTS (SELECT FROM review_result x WHERE x.round_id = @round AND x.file_id = f.id AND x.state <> 'rejected')
			ORDER BY f.id DESC LIMIT @limit`, a)
	}
	condition := ``
	if part == Confirming {
		condition = `AND x.state = 'to_confirm' `
	}
	return items(ctx, q, size, `
		-- review.FilesOf
		SELECT `+itemColumns+`, x.outcome, x.state, 0::bigint FROM review_result x JOIN casefile_file f ON f.id = x.file_id JOIN staff_org o ON o.id = f.org_id
		WHERE x.round_id = @round AND f.org_path LIKE @scope AND (@below::bigint = 0 OR x.file_id < @below) `+condition+`
		ORDER BY x.file_id DESC LIMIT @limit`, a)
}

// items reads one page of files and where the next one begins.
func items(ctx context.Context, q work.Querier, size int, sql string, a pgx.NamedArgs) ([]Item, work.FileID, error) {
	rows, err := q.Query(ctx, sql, a)
	if err != nil {
		return nil, 0, fmt.Errorf("listing files for review: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Item])
	if err != nil {
		return nil, 0, fmt.Errorf("listing files for review: %w", err)
	}
	if len(all) <= size {
		return all, 0, nil
	}
	return all[:size], all[size-1].FileID, nil
}
