package notice_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// ended inserts a notice by hand.
const ended = `INSERT INTO notice_notice (subject, file_id, round, org_id, org_path, state, days, working, starts_on, ends_on, place,
			published_by, published_at, closed_at)
	SELECT 'file', f.id, 9, f.org_id, f.org_path, @state, 7, false, @starts::date, @starts::date + 6, '公示栏', @by, @published::timestamptz, @closed::timestamptz
		FROM casefile_file f WHERE f.id = @file`

// wrong are statements that must be refused, each with the rule that refuses it.
var wrong = map[string]struct {
	sql  string
	more pgx.NamedArgs
	rule string
}{
	"a file without a finished notice becomes active": {
		`UPDATE casefile_file SET state = 'active', number = 'X1', activated_at = @now WHERE id = @file`, nil, "notice_before_active"},
	"a contested file becomes active": {
		`UPDATE casefile_file SET state = 'active', number = 'X1', activated_at = @now WHERE id = @contested`, nil, "notice_before_active"},
	"a notice ends before its last day is over": {
		`UPDATE notice_notice SET state = 'ended', closed_at = @now WHERE id = @notice`, nil, "notice_notice_check"},
	"a notice with an objection ends": {
		`UPDATE notice_notice SET state = 'ended', closed_at = @later WHERE id = @objected`, nil, "notice_objection_open"},
	"a closed notice opens again": {
		`UPDATE notice_notice SET state = 'open', closed_at = NULL WHERE file_id = @active`, nil, "notice_history"},
	"a closed notice gets another date": {
		`UPDATE notice_notice SET closed_at = @later WHERE file_id = @active`, nil, "notice_history"},
	"a notice is born ended": {ended, pgx.NamedArgs{"state": "ended", "starts": "2026-11-01", "published": "2026-11-01 10:00+08",
		"closed": "2026-11-08 10:00+08", "by": sample.Officer.StaffID}, "notice_begins_open"},
	"a notice began before it was published": {ended, pgx.NamedArgs{"state": "open", "starts": "2026-11-01",
		"published": "2026-11-22 10:00+08", "closed": nil, "by": sample.Officer.StaffID}, "notice_first_day"},
	"a second notice runs beside the first": {ended, pgx.NamedArgs{"state": "open", "starts": "2026-11-22",
		"published": "2026-11-22 10:00+08", "closed": nil, "by": sample.Officer.StaffID}, "notice_one_open"},
	"the registrar publishes": {`WITH x AS (` + strings.Replace(ended, "@file", "@draft", 1) + ` RETURNING id) SELECT 1 FROM x`,
		pgx.NamedArgs{"state": "open", "starts": "2026-11-22", "published": "2026-11-22 10:00+08", "closed": nil,
			"by": sample.Clerk.StaffID}, "casefile_duty_sides"},
	"an objection is judged by the first visit": {
		`UPDATE notice_objection SET state = 'unfounded', reason = '无', closed_by = @supervisor, closed_at = @now, visit_id = @first
			WHERE id = @objection`, nil, "notice_recheck"},
	"an objection is judged by another family's recheck": {
		`UPDATE notice_objection SET state = 'unfounded', reason = '无', closed_by = @supervisor, closed_at = @now, visit_id = @visit
			WHERE id = @otherObjection`, nil, "notice_recheck"},
	"an objection is judged without a recheck": {
		`UPDATE notice_objection SET state = 'unfounded', reason = '无', closed_by = @supervisor, closed_at = @now
			WHERE id = @objection`, nil, "notice_objection_check"},
	"the registrar judges": {
		`UPDATE notice_objection SET state = 'unfounded', reason = '无', closed_by = @clerk, closed_at = @now, visit_id = @visit
			WHERE id = @objection`, nil, "casefile_duty_sides"},
}

// What must never happen is refused by the database to the application's own role, whatever the program does.
func TestByHand(t *testing.T) {
	u := centre(t, sample.Officer)
	active := sample.File(t, u, casefile.Active)
	file, id := published(t, u)
	contested, objected := published(t, u)
	objection := object(t, u, objected)
	visited := recheck(t, u, contested, sample.Clerk4, sample.UnitClerk)
	_, otherNotice := published(t, u)
	args := pgx.NamedArgs{"active": active.ID, "file": file, "notice": id, "contested": contested, "objected": objected,
		"objection": objection, "visit": visited, "otherObjection": object(t, u, otherNotice),
		"first": firstVisit(t, u, contested), "draft": sample.File(t, u, casefile.Assessed).ID,
		"now": u.Now, "later": u.Now.AddDate(0, 0, 30), "supervisor": sample.Supervisor2.StaffID, "clerk": sample.Clerk.StaffID}
	for name, test := range wrong {
		t.Run(name, func(t *testing.T) {
			all := maps.Clone(args)
			maps.Copy(all, test.more)
			err := byHand(t, u, test.sql, all)
			if got := work.Violated(err); !strings.HasPrefix(got, test.rule) {
				t.Errorf("refused by %q, want %q (%v)", got, test.rule, err)
			}
		})
	}
}

// What is written is not written over, and nothing is removed.
func TestHistoryStands(t *testing.T) {
	u := centre(t, sample.Officer)
	_, id := published(t, u)
	object(t, u, id)
	for name, statement := range map[string]string{
		"a notice is not removed":                "DELETE FROM notice_notice",
		"its period is not changed":              "UPDATE notice_notice SET ends_on = starts_on",
		"its length is not changed":              "UPDATE notice_notice SET days = 1",
		"an objection is not removed":            "DELETE FROM notice_objection",
		"what was said is not changed":           "UPDATE notice_objection SET said = 'x'",
		"the public row is not changed":          "UPDATE notice_public SET name = '王建国'",
		"the public row is not tied differently": "UPDATE notice_shown SET notice_id = notice_id",
	} {
		t.Run(name, func(t *testing.T) {
			if err := byHand(t, u, statement, nil); err == nil || !strings.Contains(err.Error(), "42501") {
				t.Errorf("%v; want a refusal", err)
			}
		})
	}
	t.Run("a name in full is not published", func(t *testing.T) {
		err := byHand(t, u, `INSERT INTO notice_public (name, unit, category, cause, starts_on, ends_on, phone)
			VALUES ('王建国', '青石纺织厂', 'severe', 'illness', '2026-11-22', '2026-11-28', '')`, nil)
		if work.Violated(err) != "notice_public_name_check" {
			t.Errorf("%v", err)
		}
	})
}

// byHand runs a statement in a savepoint that is rolled back, deferred constraints and all.
func byHand(t *testing.T, u *work.Unit, sql string, args pgx.NamedArgs) error {
	t.Helper()
	tx, err := u.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := tx.Rollback(t.Context()); err != nil {
			t.Error(err)
		}
	}()
	if _, err = tx.Exec(t.Context(), sql, args); err != nil {
		return err
	}
	_, err = tx.Exec(t.Context(), "SET CONSTRAINTS ALL IMMEDIATE")
	return err
}

func firstVisit(t *testing.T, u *work.Unit, file work.FileID) (id int64) {
	t.Helper()
	if err := u.QueryRow(t.Context(), "SELECT id FROM visit_visit WHERE file_id = $1 AND purpose = 'first'", file).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}
