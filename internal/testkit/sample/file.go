package sample

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/file"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// Keys are the sealing keys of all samples of a test process.
var Keys = sync.OnceValue(func() *seal.Keys {
	folder, err := os.MkdirTemp("", "sample-keys")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // the keys stay in memory
	keys, err := seal.Open(filepath.Join(folder, "keys"), seal.Intl)
	if err != nil {
		panic(err)
	}
	return keys
})

// Household is what a sample file is made of. File fills what is left empty.
type Household struct {
	By          work.Actor // the registrar; the file lies at this person's office
	Head        casefile.Person
	Members     []casefile.Person
	Economy     casefile.Economy
	Property    casefile.Property
	Causes      []casefile.Cause
	Particulars casefile.Particulars
	Card        casefile.NewCard
	Employer    string
	Reason      string // of a return, refusal or end

	noticed int // days since the notice began
}

// sequence makes ID numbers that differ.
var sequence atomic.Int64

// Number makes an ID number that no other call of this process makes, for a person born on the day.
func Number(birth day.Date, sex idcard.Sex) idcard.Number {
	n := sequence.Add(1)
	odd := n*2 + 1
	if sex == idcard.Female {
		odd = n * 2
	}
	y, m, d := birth.Date()
	first17 := fmt.Sprintf("%06d%04d%02d%02d%03d", 539901+odd/1000%90, y, int(m), d, odd%1000)
	check, _ := idcard.CheckDigit(first17)
	return idcard.Number(first17 + string(check))
}

// Person makes a healthy person with an ID number of their own.
func Person(relation, name string, birth day.Date, sex idcard.Sex) casefile.Person {
	return casefile.Person{Relation: relation, Name: name, Number: Number(birth, sex), Birth: birth, Sex: sex,
		Health: "good", Insurance: "resident", WorkStatus: "on_post"}
}

// household is the family of most tests: three people, 24,000.00 a year, 6,000.00 of it for illness, so 500.00 a
// month and head against a line of 700.00: severe hardship.
func household() Household {
	head := Person(casefile.Head, "王建国", day.Of(1976, 3, 12), idcard.Male)
	head.Phone, head.Ethnicity, head.Political, head.Marital = "13908790001", "han", "masses", "married"
	head.District = "539901"
	head.Registration, head.Identity, head.ModelWorker, head.Insurance = "urban", "employed", "none", "employee"
	head.Health, head.Illness = "ill", "kidney"
	son := Person("son", "王小明", day.Of(2010, 9, 1), idcard.Male)
	son.WorkStatus, son.Education, son.School, son.EnrolledYear, son.SchoolYears = "student", "senior", "青石县第二中学", 2026, 3
	return Household{
		By:      Clerk,
		Head:    head,
		Members: []casefile.Person{Person("spouse", "李秀兰", day.Of(1978, 6, 1), idcard.Female), son},
		Economy: casefile.Economy{Until: day.Of(2026, 10, 31), Lines: []casefile.Line{
			{Side: casefile.Income, Kind: "wage", Amount: money.Yuan(24000)},
			{Side: casefile.Expense, Kind: "illness", Amount: money.Yuan(6000)}}},
		Causes: []casefile.Cause{casefile.SeriousIllness},
		Particulars: casefile.Particulars{SelfHelp: "yes", CauseNote: "长期透析，自付费用高", Needs: []string{"living", "medical"},
			TargetGroup: "spending", Measure: "union", Mood: "情绪稳定，盼孩子读完高中"},
		Card:     casefile.NewCard{Holder: "王建国", Bank: "中国农业银行", Branch: "青石县支行", Number: "6228480402564890018"},
		Employer: "青石纺织厂",
		Reason:   "与实际情况不符，请补正后重新提交",
	}
}

// File makes a worker file and brings it to a state through the acts of the program, each by a person whose act it
// is. What stands between them in other features is written as its rows: a visit by Clerk2 and Clerk3, and a notice by
// Officer that began three days ago, or twelve for an active file, and lasts seven. u.By is as before afterwards.
func File(t testing.TB, u *work.Unit, state casefile.State, change ...func(*Household)) casefile.File {
	t.Helper()
	before := u.By
	defer func() { u.By = before }()
	h := household()
	for _, c := range change {
		c(&h)
	}
	h.noticed = 3
	if state == casefile.Active || state == casefile.Closed {
		h.noticed = 12
	}
	u.By = h.By
	id, err := casefile.Register(t.Context(), u)
	must(t, err)
	if state == casefile.Draft {
		return find(t, u, id)
	}
	fill(t, u, id, h)
	if state == casefile.Discarded {
		must(t, casefile.Discard(t.Context(), u, id, h.Reason))
		return find(t, u, id)
	}
	if state == casefile.Temporary || state == casefile.Cancelled {
		must(t, casefile.KeepTemporary(t.Context(), u, id, "户主突发脑出血住院，家属无力垫付押金"))
		if state == casefile.Cancelled {
			u.By = Supervisor
			must(t, casefile.Cancel(t.Context(), u, id, h.Reason))
		}
		return find(t, u, id)
	}
	must(t, casefile.Submit(t.Context(), u, id))
	for _, step := range path(state) {
		take(t, u, id, step, h)
	}
	got := find(t, u, id)
	if got.State != state {
		t.Fatalf("sample: file is %s, wanted %s", got.State, state)
	}
	return got
}

// path lists the acts that lead from a submitted file to the state.
func path(state casefile.State) []casefile.Act {
	agree := casefile.ActAgree
	ways := map[casefile.State][]casefile.Act{
		casefile.Submitted:    {},
		casefile.Returned:     {casefile.ActDisagree},
		casefile.Visited:      {agree},
		casefile.NotQualified: {agree, casefile.ActDisqualify},
		casefile.Judged:       {agree, casefile.ActQualify},
		casefile.Refused:      {agree, casefile.ActQualify, casefile.ActRefuse},
	}
	if way, ok := ways[state]; ok {
		return way
	}
	way := []casefile.Act{agree, casefile.ActQualify, casefile.ActPass}
	switch state {
	case casefile.Assessed:
		return way
	case casefile.InNotice:
		return append(way, casefile.ActPublish)
	case casefile.Contested:
		return append(way, casefile.ActPublish, casefile.ActContest)
	case casefile.StruckOff:
		return append(way, casefile.ActPublish, casefile.ActContest, casefile.ActStrikeOff)
	case casefile.Closed:
		return append(way, casefile.ActPublish, casefile.ActActivate, casefile.ActClose)
	}
	return append(way, casefile.ActPublish, casefile.ActActivate)
}

// take carries out one act by the person whose act it is.
func take(t testing.TB, u *work.Unit, id work.FileID, act casefile.Act, h Household) {
	t.Helper()
	ctx := t.Context()
	var err error
	switch act {
	case casefile.ActAgree, casefile.ActDisagree:
		u.By = Clerk2
		agrees := act == casefile.ActAgree
		visit(t, u, id, agrees, h.Reason)
		err = casefile.RecordVisit(ctx, u, id, agrees, h.Reason)
	case casefile.ActQualify:
		u.By = Supervisor
		_, err = casefile.Judge(ctx, u, id, casefile.Ruling{})
	case casefile.ActDisqualify:
		exec(t, u, `UPDATE casefile_figure g SET amount_fen = 100000000 FROM casefile_snapshot s
			WHERE s.id = g.snapshot_id AND s.file_id = @id AND g.side = 'income'`, pgx.NamedArgs{"id": id})
		u.By = Supervisor
		_, err = casefile.Judge(ctx, u, id, casefile.Ruling{})
	case casefile.ActPass:
		u.By = Supervisor
		err = casefile.Assess(ctx, u, id, casefile.Pass, "情况属实，同意")
	case casefile.ActRefuse:
		u.By = Supervisor
		err = casefile.Assess(ctx, u, id, casefile.Refuse, h.Reason)
	case casefile.ActPublish:
		u.By = Officer
		notice(t, u, id, h.noticed)
		err = casefile.EnterNotice(ctx, u, id)
	case casefile.ActContest:
		exec(t, u, `UPDATE notice_notice SET state = 'objected' WHERE file_id = @id`, pgx.NamedArgs{"id": id})
		err = casefile.Contest(ctx, u, id)
	case casefile.ActStrikeOff:
		u.By = Supervisor
		err = casefile.StrikeOff(ctx, u, id, h.Reason)
	case casefile.ActActivate:
		exec(t, u, `UPDATE notice_notice SET state = 'ended', closed_at = @now WHERE file_id = @id`, pgx.NamedArgs{"id": id, "now": u.Now})
		u.By = work.System("notice")
		_, err = casefile.Activate(ctx, u, id)
	case casefile.ActClose:
		u.By = Supervisor
		Left(t, u, id)
		err = casefile.Close(ctx, u, id, "out_of_hardship")
	}
	must(t, err)
}

// fill writes all sections of a registration.
func fill(t testing.TB, u *work.Unit, id work.FileID, h Household) {
	t.Helper()
	ctx, keys := t.Context(), Keys()
	must(t, casefile.SaveHead(ctx, u, keys, id, 0, h.Head))
	must(t, casefile.SaveMembers(ctx, u, keys, id, 0, h.Members))
	must(t, casefile.SaveWork(ctx, u, id, 0, casefile.Work{Status: "on_post", Employer: h.Employer, Ownership: "state",
		Condition: "loss", Industry: "manufacturing", EmploymentForm: "contract", StartedOn: day.Of(1998, 7, 1),
		ContractOn: day.Of(2020, 1, 1), ContractTerm: "open"}))
	must(t, casefile.SaveHousing(ctx, u, id, 0, casefile.Housing{Address: "青石县河西街道12号", PostalCode: "679900", Kind: "low_rent", Metres: 46}))
	must(t, casefile.SaveEconomy(ctx, u, id, 0, h.Economy, nil))
	must(t, casefile.SaveProperty(ctx, u, id, 0, h.Property))
	must(t, casefile.SaveCauses(ctx, u, id, 0, h.Causes, h.Particulars))
	must(t, casefile.SaveCard(ctx, u, keys, id, 0, h.Card))
	missing, err := casefile.Missing(ctx, u, find(t, u, id), u.Today())
	must(t, err)
	for i, r := range missing {
		_, err := casefile.AddEvidence(ctx, u, id, casefile.NewEvidence{Kind: r.Kind, Name: fmt.Sprintf("材料%d.jpg", i+1),
			IssuedOn: u.Today().Add(-30), PersonID: r.PersonID}, file.Blob{Hash: fmt.Sprintf("%064x", i+1), Size: 1024, Type: "image/jpeg"})
		must(t, err)
	}
	must(t, casefile.SaveEvidence(ctx, u, id, 0))
	must(t, casefile.SaveDeclarations(ctx, u, id, 0, casefile.DeclarationKinds, u.Today(), nil))
}

// visit writes the rows of a home visit by Clerk2 and Clerk3.
func visit(t testing.TB, u *work.Unit, id work.FileID, agrees bool, remark string) {
	t.Helper()
	exec(t, u, `INSERT INTO visit_visit (file_id, round, purpose, visited_on, visitor_a, visitor_b, agrees, remark,
			visitors_signed, applicant_signed, entered_by, entered_at)
		SELECT id, round, 'first', @on, @a, @b, @agrees, @remark, true, true, @a, @now FROM casefile_file WHERE id = @id`,
		pgx.NamedArgs{"id": id, "on": u.Today().Add(-13), "a": Clerk2.StaffID, "b": Clerk3.StaffID, "agrees": agrees,
			"remark": remark, "now": u.Now})
}

// notice writes the rows of a notice of seven days that began some days ago, the masked one for the public too.
func notice(t testing.TB, u *work.Unit, id work.FileID, days int) {
	t.Helper()
	start := u.Today().Add(-days)
	exec(t, u, `INSERT INTO notice_notice (subject, file_id, round, org_id, org_path, state, days, working, starts_on, ends_on,
			place, published_by, published_at)
		SELECT 'file', id, 1, org_id, org_path, 'open', 7, false, @start, @end, '帮扶中心公示栏', @by, @now
		FROM casefile_file WHERE id = @id`,
		pgx.NamedArgs{"id": id, "start": start, "end": start.Add(6), "by": Officer.StaffID,
			"now": u.Now.AddDate(0, 0, -days)})
	exec(t, u, `WITH shown AS (
			INSERT INTO notice_public (name, unit, category, cause, starts_on, ends_on, phone)
			SELECT '王*国', f.employer, f.category, 'illness', @start, @end, '0879-2100001' FROM casefile_file f WHERE f.id = @id
			RETURNING id)
		INSERT INTO notice_shown (public_id, notice_id)
		SELECT shown.id, n.id FROM shown, notice_notice n WHERE n.file_id = @id`,
		pgx.NamedArgs{"id": id, "start": start, "end": start.Add(6)})
}

// Left writes the rows of an exit out of hardship: six months of 3,000.00 for three people, proposed and told by Clerk2,
// agreed to and closed by Supervisor.
func Left(t testing.TB, u *work.Unit, id work.FileID) {
	t.Helper()
	args := pgx.NamedArgs{"id": id, "clerk": Clerk2.StaffID, "supervisor": Supervisor.StaffID, "now": u.Now, "today": u.Today()}
	for _, statement := range []string{
		`INSERT INTO exit_exit (file_id, org_path, reason, state, grounds, rule_on, proposed_by, proposed_at)
			SELECT @id, '', 'out_of_hardship', 'proposed', '收入稳定', max(from_on), @clerk, @now FROM exit_rule`,
		`INSERT INTO exit_paper (exit_id, evidence_id) SELECT e.id, min(v.id) FROM exit_exit e JOIN casefile_evidence v USING (file_id)
			WHERE e.file_id = @id AND e.state = 'proposed' GROUP BY e.id`,
		`INSERT INTO exit_month (exit_id, month, people, income_fen, line_id)
			SELECT e.id, date_trunc('month', @today::date) - make_interval(months => n), 3, 300000, l.id
			FROM exit_exit e, generate_series(1, 6) n, (SELECT id FROM eligibility_line WHERE district = '539901' ORDER BY from_on LIMIT 1) l
			WHERE e.file_id = @id AND e.state = 'proposed'`,
		`UPDATE exit_exit SET state = 'agreed', opinion = '同意', assessed_by = @supervisor, assessed_at = @now WHERE file_id = @id AND state = 'proposed'`,
		`UPDATE exit_exit SET state = 'told', told_on = @today, told_how = 'hand', told_whom = '王建国', told_by = @clerk, told_at = @now WHERE file_id = @id AND state = 'agreed'`,
		`UPDATE exit_exit SET state = 'closed', closed_by = @supervisor, closed_at = @now WHERE file_id = @id AND state = 'told'`,
		`INSERT INTO exit_callback (exit_id, file_id, org_path, due_on)
			SELECT e.id, e.file_id, '', @today::date + make_interval(months => n) FROM exit_exit e, unnest('{3,6,12}'::int[]) n WHERE e.file_id = @id AND e.state = 'closed'`,
	} {
		exec(t, u, statement, args)
	}
}

// find reads a file wherever it lies.
func find(t testing.TB, u *work.Unit, id work.FileID) casefile.File {
	t.Helper()
	f, err := casefile.Find(t.Context(), u, Everywhere, id)
	must(t, err)
	return f
}

// must ends the test at an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("sample: %v", err)
	}
}
