package casefile_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// register commits files in several states, each with every kind of fact and its versions, and gives those whose facts
// stand still, in the order of their ids.
func register(t *testing.T, db *pgtest.Database) (still []work.FileID) {
	t.Helper()
	commit(t, db, sample.Clerk, func(u *work.Unit) {
		sample.Centre(t, u)
		for _, state := range []casefile.State{casefile.Active, casefile.Draft, casefile.Visited, casefile.Active, casefile.Returned, casefile.Closed} {
			f := sample.File(t, u, state)
			if state == casefile.Draft || state == casefile.Returned {
				continue
			}
			still = append(still, f.ID)
			exec(t, u, `UPDATE casefile_property SET savings_fen = 500000, ticked = '{vehicle}' WHERE file_id = $1`, f.ID)
			exec(t, u, `INSERT INTO casefile_opinion (file_id, body, opinion, given_by, given_on, recorded_by, recorded_at)
				VALUES ($1, 'employer', '情况属实', '赵敏', '2026-11-01', $2, $3)`, f.ID, sample.Clerk.StaffID, u.Now)
			exec(t, u, `INSERT INTO casefile_arrears (file_id, person_id, kind, from_on, amount_fen, employer, entered_by, entered_at)
				SELECT $1, id, 'wage', '2026-05-01', 900000, '青石纺织厂', $2, $3 FROM casefile_person WHERE file_id = $1 AND relation = 'head'`,
				f.ID, sample.Clerk.StaffID, u.Now)
			if _, err := casefile.Keep(t.Context(), u, f.ID, "casefile.test"); err != nil {
				t.Fatal(err)
			}
		}
	})
	return still
}

// planted runs statements as somebody who owns the database, every guard off, and lets fn look before it is undone.
func planted(t *testing.T, db *pgtest.Database, sql string, fn func(q work.Querier), args ...any) {
	t.Helper()
	tx, err := db.Owner.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }() // the next one begins with a sound register
	for _, statement := range []string{"SET LOCAL ROLE NONE", "SET LOCAL session_replication_role = replica"} {
		if _, err := tx.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if sql != "" {
		if tag, err := tx.Exec(t.Context(), sql, args...); err != nil || tag.RowsAffected() == 0 {
			t.Fatalf("%d rows, %v", tag.RowsAffected(), err)
		}
	}
	fn(tx)
}

// faults verifies so many files at once and lists what is told, as "file: text".
func faults(t *testing.T, q work.Querier, size int) (told []string, versions, files int) {
	t.Helper()
	versions, files, err := casefile.VerifyVersionsBy(t.Context(), q, sample.Keys(), size, func(f casefile.VersionFault) {
		told = append(told, fmt.Sprintf("%d: %s", f.FileID, f.Said.In(t.Context())))
	})
	if err != nil {
		t.Error(err)
	}
	return told, versions, files
}

// A difference in any kind of fact is told of the file in which it is and of no other that is read with it.
func TestVerifyVersionsFindsEachFact(t *testing.T) {
	db := pgtest.DB(t)
	still := register(t, db)
	figure := `UPDATE casefile_figure SET amount_fen = amount_fen + 1 WHERE side = '%s' AND snapshot_id IN
		(SELECT id FROM casefile_snapshot WHERE file_id = $1 AND current)`
	const number = "加密的号码与检索值不符"
	for _, test := range []struct{ name, sql, want string }{
		{"nothing", ``, ""},
		{"address", `UPDATE casefile_file SET address = '别处' WHERE id = $1`, "家庭住址"},
		{"category", `UPDATE casefile_file SET category = 'accident' WHERE id = $1`, "类别"},
		{"number", `UPDATE casefile_file SET number = 'QSX209900001' WHERE id = $1`, "档案编号"},
		{"registrar", `UPDATE casefile_file SET registered_by = registered_by + 1 WHERE id = $1`, "其他内容"},
		{"name", `UPDATE casefile_person SET name = '王建军' WHERE file_id = $1 AND relation = 'head'`, "姓名"},
		{"school", `UPDATE casefile_person SET school = '' WHERE file_id = $1 AND relation = 'son'`, "学校"},
		{"work", `UPDATE casefile_person SET work_status = 'waiting' WHERE file_id = $1 AND relation = 'head'`, "工作状态"},
		{"member left", `UPDATE casefile_person SET left_on = '2026-11-01' WHERE file_id = $1 AND relation = 'spouse'`, "成员离开"},
		{"member came", `UPDATE casefile_person SET file_id = $1 WHERE relation = 'spouse' AND file_id = (SELECT id FROM casefile_file WHERE state = 'draft' OR state = 'returned' ORDER BY state DESC LIMIT 1)`, "成员加入"},
		{"ID number", `UPDATE casefile_person SET (id_sealed, id_index) = (SELECT id_sealed, id_index FROM casefile_person o WHERE o.file_id <> $1 AND relation = 'spouse' LIMIT 1) WHERE file_id = $1 AND relation = 'son'`, "身份证号"},
		{"number that does not open", `UPDATE casefile_person SET id_sealed = 'x' WHERE file_id = $1 AND relation = 'son'`, number},
		{"number of another", `UPDATE casefile_person SET id_index = sha256('x') WHERE file_id = $1 AND relation = 'son'`, number},
		{"phone of another", `UPDATE casefile_person SET phone_index = sha256('x') WHERE file_id = $1 AND relation = 'head'`, number},
		{"card of another", `UPDATE casefile_card SET number_index = sha256('x') WHERE file_id = $1`, number},
		{"bank", `UPDATE casefile_card SET bank = '中国建设银行' WHERE file_id = $1`, "开户银行"},
		{"no card", `UPDATE casefile_card SET state = 'replaced' WHERE file_id = $1`, "银行卡号"},
		{"income", fmt.Sprintf(figure, "income"), "工资性收入"},
		{"expense", fmt.Sprintf(figure, "expense"), "疾病自付费用"},
		{"last day of the year", `UPDATE casefile_snapshot SET until_on = until_on - 1 WHERE file_id = $1 AND current`, "其他内容"},
		{"no economy", `UPDATE casefile_snapshot SET current = false WHERE file_id = $1`, "工资性收入"},
		{"main cause", `UPDATE casefile_cause SET cause = 3 WHERE file_id = $1 AND position = 0`, "主要致困原因"},
		{"second cause", `INSERT INTO casefile_cause (file_id, position, cause) VALUES ($1, 1, 9)`, "次要致困原因"},
		{"needs", `UPDATE casefile_particular SET needs = '{living}' WHERE file_id = $1`, "需求"},
		{"mood", `UPDATE casefile_particular SET mood = '' WHERE file_id = $1`, "思想动态"},
		{"arrears", `UPDATE casefile_arrears SET amount_fen = amount_fen - 1 WHERE file_id = $1`, "王建国的工资"},
		{"arrears paid", `UPDATE casefile_arrears SET settled_on = '2026-11-20', settled_by = entered_by WHERE file_id = $1`, "王建国的工资"},
		{"declaration", `UPDATE casefile_declaration SET signed_on = signed_on - 1 WHERE file_id = $1 AND kind = 'notice'`, "公示"},
		{"opinion", `UPDATE casefile_opinion SET opinion = '不属实' WHERE file_id = $1`, "基层党组织或行政意见"},
		{"property", `UPDATE casefile_property SET savings_fen = savings_fen + 1 WHERE file_id = $1`, "存款和投资净值"},
		{"conditions", `UPDATE casefile_property SET ticked = '{}' WHERE file_id = $1`, "经常使用非营运机动车"},
		{"no version", `DELETE FROM casefile_version WHERE file_id = $1`, "已提交的档案没有版本记录"},
		{"first version", `UPDATE casefile_version SET facts = jsonb_set(facts, '{Cover,address}', '"别处"') WHERE file_id = $1 AND number = 1`, "第 1 版的内容与其摘要不符"},
		{"hash of the newest", `UPDATE casefile_version v SET hash = sha256('x') WHERE file_id = $1
			AND number = (SELECT max(number) FROM casefile_version WHERE file_id = $1)`, "摘要不符"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, id := range still {
				planted(t, db, test.sql, func(q work.Querier) {
					told, _, files := faults(t, q, len(still)+10)
					right := len(told) == 1 && strings.HasPrefix(told[0], fmt.Sprintf("%d: ", id)) && strings.Contains(told[0], test.want)
					if test.sql == "" {
						right = len(told) == 0
					}
					if !right || files != len(still) {
						t.Errorf("in file %d of %v: of %d files is told %q; want %s", id, still, files, told, test.want)
					}
				}, id)
			}
		})
	}
}

// However many files are read at once, each is read once, with all versions, and those of a file that is gone.
func TestVerifyVersionsInPieces(t *testing.T) {
	db := pgtest.DB(t)
	still := register(t, db)
	var ids []work.FileID
	var kept int
	if err := db.Owner.QueryRow(t.Context(), `SELECT array_agg(id ORDER BY id), (SELECT count(*) FROM casefile_version) FROM casefile_file`).Scan(&ids, &kept); err != nil {
		t.Fatal(err)
	}
	for size := 1; size <= len(ids)+2; size++ {
		planted(t, db, `UPDATE casefile_file SET address = '别处'`, func(q work.Querier) {
			told, versions, files := faults(t, q, size)
			var of []work.FileID
			for _, line := range told {
				var id work.FileID
				if _, err := fmt.Sscanf(line, "%d:", &id); err != nil {
					t.Fatal(err)
				}
				of = append(of, id)
			}
			if !slices.Equal(of, still) || versions != kept || files != len(still) {
				t.Errorf("%d at once: %d versions of %d, %d files, told of %v; want %v", size, versions, kept, files, of, still)
			}
		})
		for _, id := range still {
			planted(t, db, `WITH gone AS (DELETE FROM casefile_file WHERE id = $1)
				UPDATE casefile_version SET hash = sha256('x') WHERE file_id = $1 AND number = 1`, func(q work.Querier) {
				told, versions, files := faults(t, q, size)
				want := fmt.Sprintf("%d: 第 1 版的内容与其摘要不符", id)
				if !slices.Equal(told, []string{want}) || versions != kept || files != len(still)-1 {
					t.Errorf("%d at once without file %d: %d versions of %d, %d files, told %q", size, id, versions, kept, files, told)
				}
			}, id)
		}
	}
	planted(t, db, `WITH gone AS (DELETE FROM casefile_version) DELETE FROM casefile_file`, func(q work.Querier) {
		if told, versions, files := faults(t, q, 3); len(told) != 0 || versions != 0 || files != 0 {
			t.Errorf("of nothing %d versions and %d files are read, told %q", versions, files, told)
		}
	})
}

// A file cannot be compared without the office or the person that it names: that is no finding but the end of the check.
func TestVerifyVersionsOfAnOfficeThatIsGone(t *testing.T) {
	db := pgtest.DB(t)
	still := register(t, db)
	planted(t, db, `UPDATE casefile_file SET registered_by = 99999 WHERE id = $1`, func(q work.Querier) {
		_, _, err := casefile.VerifyVersions(t.Context(), q, sample.Keys(), func(casefile.VersionFault) {})
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("file %d: ", still[1])) {
			t.Errorf("%v", err)
		}
	}, still[1])
}

// The times in the facts do not depend on the zone of the machine.
func TestFactsInAnotherZone(t *testing.T) {
	db := pgtest.DB(t)
	var f casefile.File
	commit(t, db, sample.Clerk, func(u *work.Unit) {
		sample.Centre(t, u)
		f = sample.File(t, u, casefile.Temporary)
	})
	facts, err := casefile.FactsOf(t.Context(), db.App, sample.Everywhere, f.ID)
	if at := facts.Cover.TemporaryAt; err != nil || at.IsZero() || at.Location() == time.Local {
		t.Fatalf("%v in %v, %v", at, at.Location(), err)
	}
	// A version that was kept as the machine wrote it says the same: only its hash is another.
	planted(t, db, `UPDATE casefile_version SET facts = jsonb_set(facts, '{Cover,temporary_at}', to_jsonb($2::text)) WHERE file_id = $1`,
		func(q work.Querier) {
			if told, _, _ := faults(t, q, 3); len(told) != 1 || !strings.Contains(told[0], "摘要不符") {
				t.Errorf("told %q", told)
			}
		}, f.ID, f.TemporaryAt.In(time.FixedZone("", 9*60*60)).Format(time.RFC3339Nano))
}
