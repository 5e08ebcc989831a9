package exit_test

import (
	"cmp"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"bangfu/internal/casefile"
	"bangfu/internal/exit"
	"bangfu/internal/money"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// byHand runs statements past the code, as the application's role, and gives the rule that the database refused them by.
func byHand(t *testing.T, u *work.Unit, args pgx.NamedArgs, statements ...string) string {
	t.Helper()
	tx, err := u.Begin(t.Context())
	must(t, err)
	defer func() { must(t, tx.Rollback(t.Context())) }()
	for _, sql := range append(statements, "SET CONSTRAINTS ALL IMMEDIATE") {
		if _, err := tx.Exec(t.Context(), sql, args); err != nil {
			if rule := work.Violated(err); rule != "" {
				return rule
			}
			t.Fatalf("%s: %v", sql, err)
		}
	}
	return ""
}

// byHandOrDenied is byHand, and gives the code of what the application's role may not do at all.
func byHandOrDenied(t *testing.T, u *work.Unit, args pgx.NamedArgs, statements ...string) string {
	t.Helper()
	tx, err := u.Begin(t.Context())
	must(t, err)
	defer func() { must(t, tx.Rollback(t.Context())) }()
	for _, sql := range append(statements, "SET CONSTRAINTS ALL IMMEDIATE") {
		var pg *pgconn.PgError
		if _, err := tx.Exec(t.Context(), sql, args); errors.As(err, &pg) {
			return cmp.Or(pg.ConstraintName, pg.Code)
		} else if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	return ""
}

// The rules of an exit hold against SQL written by hand, too.
func TestRulesHoldInTheDatabase(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	id, err := exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
	must(t, err)
	event := accident(t, u)
	liar, payable := paid(t, u, money.Yuan(400))
	args := pgx.NamedArgs{"file": f.ID, "exit": id, "clerk": sample.Clerk.StaffID, "supervisor": sample.Supervisor.StaffID, "now": u.Now,
		"event": event.ID, "liar": liar.ID, "payable": payable, "accountant": sample.Accountant.StaffID}
	const (
		agree = `UPDATE exit_exit SET state = 'agreed', opinion = '同意', assessed_by = @supervisor, assessed_at = @now WHERE id = @exit`
		tell  = `UPDATE exit_exit SET state = 'told', told_on = '2026-11-22', told_how = 'hand', told_whom = '王建国', told_by = @clerk, told_at = @now WHERE id = @exit`
		close = `UPDATE exit_exit SET state = 'closed', closed_by = @supervisor, closed_at = @now WHERE id = @exit`
		file  = `UPDATE casefile_file SET state = 'closed', closed_at = @now, return_reason = 'out_of_hardship' WHERE id = @file`
	)
	lack := func(file, reason, aid string, more ...string) []string {
		return append([]string{`INSERT INTO exit_exit (file_id, org_path, reason, state, grounds, rule_on, aid, proposed_by, proposed_at)
			VALUES (` + file + `, '', '` + reason + `', 'proposed', '理由', '2000-01-01', ` + aid + `, @clerk, @now)`,
			`INSERT INTO exit_paper SELECT e.id, min(v.id) FROM exit_exit e JOIN casefile_evidence v USING (file_id) WHERE e.file_id = ` + file + ` GROUP BY e.id`},
			append(more, `UPDATE exit_exit SET state = 'agreed', opinion = '同意', assessed_by = @supervisor, assessed_at = @now WHERE file_id = `+file)...)
	}
	other := sample.File(t, u, casefile.Active)
	args["other"] = other.ID
	month := func(n, fen string) string {
		return `INSERT INTO exit_month SELECT e.id, '2026-05-01'::date + make_interval(months => n), 3, ` + fen + `, l.id
			FROM exit_exit e, generate_series(0, ` + n + `) n, eligibility_line l WHERE e.file_id = @other AND l.district = '539901' AND l.monthly_fen = 70000`
	}
	for name, test := range map[string]struct {
		statements []string
		rule       string
	}{
		"the whole way by hand is the way of the code": {[]string{agree, tell, close, file}, ""},
		"a file is not closed without its exit":        {[]string{file}, "exit_before_close"},
		"nor while the worker is not told":             {[]string{agree, file}, "exit_before_close"},
		"nor for another reason":                       {[]string{agree, tell, close, `UPDATE casefile_file SET state = 'closed', closed_at = @now, return_reason = 'died' WHERE id = @file`}, "exit_before_close"},
		"an exit is not closed without its file":       {[]string{agree, tell, close}, "exit_with_file"},
		"not told before it is agreed to":              {[]string{`UPDATE exit_exit SET state = 'told', opinion = '', assessed_by = @supervisor WHERE id = @exit`}, "exit_moves"},
		"not told twice":                               {[]string{agree, tell, `UPDATE exit_exit SET told_whom = '李秀兰' WHERE id = @exit`}, "exit_moves"},
		"not assessed by the proposer":                 {[]string{`UPDATE exit_exit SET state = 'agreed', opinion = '同意', assessed_by = @clerk, assessed_at = @now WHERE id = @exit`}, "exit_two_people"},
		"not told by the deciding side":                {[]string{agree, `UPDATE exit_exit SET state = 'told', told_on = '2026-11-22', told_how = 'hand', told_whom = '王建国', told_by = @supervisor, told_at = @now WHERE id = @exit`}, "casefile_duty_sides"},
		"what it rests on comes with it":               {[]string{agree, `INSERT INTO exit_paper SELECT @exit, max(id) FROM casefile_evidence WHERE file_id = @file`}, "exit_part_late"},
		"a paper of another household":                 {[]string{`INSERT INTO exit_paper SELECT @exit, max(id) FROM casefile_evidence WHERE file_id = @event`}, "exit_evidence"},
		"two at once":                                  {lack("@file", "misjudged", "NULL")[:1], "exit_one_open"},
		"no paper":                                     {append(lack("@other", "misjudged", "NULL")[:1], lack("@other", "misjudged", "NULL")[2:]...), "exit_paper"},
		"no months":                                    {lack("@other", "out_of_hardship", "NULL"), "exit_months"},
		"five months":                                  {lack("@other", "out_of_hardship", "NULL", month("4", "300000")), "exit_months"},
		"six months at the line":                       {lack("@other", "out_of_hardship", "NULL", month("5", "210000")), "exit_months"},
		"six months a fen a head over it":              {lack("@other", "out_of_hardship", "NULL", month("5", "210003")), ""},
		"six months, one of them left out": {lack("@other", "out_of_hardship", "NULL", `INSERT INTO exit_month
			SELECT e.id, '2026-05-01'::date + make_interval(months => n), 3, 300000, l.id FROM exit_exit e, unnest('{-1,1,2,3,4,5}'::int[]) n, eligibility_line l
			WHERE e.file_id = @other AND l.district = '539901' AND l.monthly_fen = 70000`), "exit_months"},
		"eased without an event":               {lack("@other", "eased", "'一次'"), "exit_accident"},
		"eased without guarantees":             {lack("@event", "eased", "'一次'"), "exit_guarantees"},
		"a guarantee without its paper":        {append(lack("@event", "eased", "'一次'")[:2], `INSERT INTO exit_guarantee SELECT id, 'job', true, '已落实', NULL FROM exit_exit WHERE file_id = @event`), "exit_guarantee_proven"},
		"false information without its claims": {lack("@liar", "false", "NULL"), "exit_claims"},
		"more claimed than paid":               {append(lack("@liar", "false", "NULL")[:2], `INSERT INTO exit_claim SELECT id, @payable, 40001 FROM exit_exit WHERE file_id = @liar`), "exit_claim_paid"},
		"claimed of another household":         {append(lack("@other", "false", "NULL")[:2], `INSERT INTO exit_claim SELECT id, @payable, 1 FROM exit_exit WHERE file_id = @other`), "exit_claim_paid"},
		"money comes back before the closing":  {append(lack("@liar", "false", "NULL")[:2], `INSERT INTO exit_receipt (exit_id, amount_fen, received_on, paper, entered_by, entered_at) SELECT id, 1, '2026-11-22', '收据', @accountant, @now FROM exit_exit WHERE file_id = @liar`), "exit_receipt_closed"},
		"a callback before the closing":        {[]string{`INSERT INTO exit_callback (exit_id, file_id, org_path, due_on) VALUES (@exit, @file, '', '2027-01-01')`}, "exit_callback_closed"},
	} {
		t.Run(name, func(t *testing.T) {
			if rule := byHand(t, u, args, test.statements...); rule != test.rule {
				t.Errorf("refused by %q, want %q", rule, test.rule)
			}
		})
	}
}
