package migrate_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/migrate"
	"bangfu/internal/testkit/pgtest"
	"bangfu/migrations"
)

// notes are marks of our own papers, which no reader of a rule knows.
var notes = regexp.MustCompile(`domain\.md|\[[WLS][0-9]|00[0-4][_-]|\b[a-g]\.[0-9]|[∧∨]|读法|说法不一`)

// sources is every source that stands beside a rule in a database.
const sources = `SELECT string_agg(place || ': ' || source, E'\n' ORDER BY place, source) FROM (
	SELECT 'rule' AS place, source FROM eligibility_rule UNION ALL SELECT 'visit', source FROM visit_rule
	UNION ALL SELECT 'comparison', source FROM comparison_rule UNION ALL SELECT 'exit', source FROM exit_rule
	UNION ALL SELECT 'training', source FROM review_training UNION ALL SELECT 'terms', source FROM grant_terms
	UNION ALL SELECT 'tier', source FROM grant_tier) s`

// old sets back the sources to the words in which they once came, and adds rows that a person entered in the same words.
const old = `
	UPDATE eligibility_rule SET source = CASE generation
		WHEN 'company' THEN '公司困难职工帮扶规定：特困、贫困两级；“略高于低保线”按 1.5 倍读'
		WHEN 'allowance_status' THEN '全国工会帮扶工作管理系统（2016 年以前的类别）'
		WHEN 'allowance_edge_accident' THEN '总工办发〔2016〕36号及各地实施意见'
		ELSE '各地困难职工认定标准；说法不一处从严' END;
	UPDATE visit_rule SET source = '帮扶中心可能只有三个岗位';
	UPDATE comparison_rule SET source = '多数地方没有要求建档前比对';
	UPDATE exit_rule SET source = '连续六个月家庭人均收入高于低保标准；撤档后回访三次';
	UPDATE review_training SET source = '帮扶中心培训办法：50岁以下的困难职工、零就业家庭的子女';
	UPDATE grant_terms t SET source = CASE p.code WHEN 'living' THEN '帮扶中心规则第二十六条、第二十八条'
		WHEN 'illness' THEN '帮扶中心规则第三十条' ELSE '帮扶中心规则第二十九条' END
	FROM grant_programme p WHERE p.id = t.programme_id;
	UPDATE grant_tier SET source = '帮扶中心规则第二十六条';`

// typed are rows that people entered, in the very words of the old ones.
const typed = `
	INSERT INTO staff_org (id, level, code, name, district, phone, path) VALUES (900, 'county', 'QSX', '青石县总工会', '539901', '1', '');
	INSERT INTO staff_member (id, org_id, username, name, password_hash, created_at)
	VALUES (901, 900, 'one', '甲', '$argon2id$x', '2026-01-01'), (902, 900, 'two', '乙', '$argon2id$x', '2026-01-01');
	INSERT INTO eligibility_rule (generation, from_on, numbers, source, entered_by, confirmed_by, entered_at)
	VALUES ('severe_relative_accident', '2026-07-01', '{}', '各地困难职工认定标准；说法不一处从严', 901, 902, '2026-06-01');
	INSERT INTO visit_rule (from_on, registrar_may, source) VALUES ('2026-07-01', true, '帮扶中心可能只有三个岗位');
	INSERT INTO comparison_rule (from_on, required, months, source) VALUES ('2026-07-01', false, 12, '多数地方没有要求建档前比对');
	INSERT INTO exit_rule (from_on, months, percent, posted_days, callbacks, source)
	VALUES ('2026-07-01', 6, 100, 0, '{3}', '连续六个月家庭人均收入高于低保标准；撤档后回访三次');
	INSERT INTO review_training (from_on, below_age, child_from, source)
	VALUES ('2026-07-01', 50, 16, '帮扶中心培训办法：50岁以下的困难职工、零就业家庭的子女');
	INSERT INTO grant_terms (programme_id, from_on, formula, numbers, approval, purpose, causes, evidence, window_months, source, made_by, confirmed_by)
	SELECT programme_id, '2026-07-01', formula, numbers, approval, purpose, causes, evidence, window_months, source, 901, 902 FROM grant_terms
	WHERE formula = 'illness';`

// The sources that came with the program name documents or say that a number is its own, in a new database and in an old
// one; what a person entered stays as it was.
func TestSourcesAreNamed(t *testing.T) {
	url := pgtest.Empty(t)
	if err := migrate.Up(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	conn := connect(t, url)
	fresh := text(t, conn, sources)
	if found := notes.FindAllString(fresh, -1); found != nil || strings.Count(fresh, "\n") != 13 {
		t.Errorf("marks %q in:\n%s", found, fresh)
	}
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }()
	execute(t, conn, old)
	execute(t, conn, typed)
	before := lines(t, conn)
	again, err := migrations.FS.ReadFile("20261126125100_rules_source.sql")
	if err != nil {
		t.Fatal(err)
	}
	execute(t, conn, string(again))
	after := lines(t, conn)
	for line := range strings.SplitSeq(fresh, "\n") {
		if !after[line] {
			t.Errorf("an old database does not come to say %q", line)
		}
	}
	kept := 0
	for line := range after {
		if before[line] {
			kept++
		}
	}
	if kept != 6 {
		t.Errorf("%d sources that people entered stayed, want 6 of 6", kept)
	}
}

// lines are the sources of a database, each once.
func lines(t *testing.T, conn *pgx.Conn) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for line := range strings.SplitSeq(text(t, conn, sources), "\n") {
		all[line] = true
	}
	return all
}
