package reading

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// RecordKind is a kind of record that has pages of its own and tells of one household.
type RecordKind string

// The kinds. A file is a record of itself.
const (
	File        RecordKind = "file"
	Change      RecordKind = "change"
	Finding     RecordKind = "finding" // of a check
	Print       RecordKind = "print"
	Visit       RecordKind = "visit"
	Stop        RecordKind = "stop"
	Form        RecordKind = "form" // of a census
	Nomination  RecordKind = "nomination"
	Difference  RecordKind = "difference" // that a comparison found
	Reception   RecordKind = "reception"
	Referral    RecordKind = "referral"
	Notice      RecordKind = "notice"
	Objection   RecordKind = "objection"
	Application RecordKind = "application"
	Payable     RecordKind = "payable"
	Exit        RecordKind = "exit"
	Callback    RecordKind = "callback"
	Move        RecordKind = "move"
	Hold        RecordKind = "hold"
)

// tables says where the file of a record stands.
var tables = map[RecordKind]string{
	File: "casefile_file", Change: "casefile_change", Finding: "check_finding", Print: "casefile_print", Visit: "visit_visit", Stop: "visit_stop",
	Form: "census_form", Nomination: "nomination_nomination", Difference: "comparison_finding", Reception: "referral_reception",
	Referral: "referral_referral", Notice: "notice_notice", Objection: "notice_objection", Application: "grant_application", Payable: "payment_payable",
	Exit: "exit_exit", Callback: "exit_callback", Move: "move_move", Hold: "retention_hold",
}

// fileOf is a part of a statement: the file of a row r of the table, where the row does not name it itself.
var fileOf = map[RecordKind]string{
	File:      "r.id",
	Objection: "(SELECT n.file_id FROM notice_notice n WHERE n.id = r.notice_id)",
}

// Record is what a person opens. The zero Record is a search.
type Record struct {
	Kind RecordKind
	ID   int64
}

// OfFile is the record of a file itself.
func OfFile(id work.FileID) Record { return Record{File, int64(id)} }

// filesOfRecords gives the file of each record of a kind; one that belongs to no file, or is gone, is left out.
func filesOfRecords(ctx context.Context, q work.Querier, kind RecordKind, ids []int64) (map[int64]work.FileID, error) {
	table, known := tables[kind]
	if !known {
		return nil, fmt.Errorf("a record of the unknown kind %q", kind)
	}
	file, elsewhere := fileOf[kind]
	if !elsewhere {
		file = "r.file_id"
	}
	rows, err := q.Query(ctx, `
		-- reading.filesOfRecords
		SELECT r.id, `+file+` FROM `+table+` r WHERE r.id = ANY (@ids) AND `+file+` IS NOT NULL`, pgx.NamedArgs{"ids": ids})
	if err != nil {
		return nil, err
	}
	files := map[int64]work.FileID{}
	var id int64
	var f work.FileID
	_, err = pgx.ForEachRow(rows, []any{&id, &f}, func() error { files[id] = f; return nil })
	return files, err
}

// byFile puts rows together by the files that their records belong to. Searches stay as they are.
func byFile(ctx context.Context, q work.Querier, rows []row) ([]row, error) {
	ids := map[RecordKind][]int64{}
	for _, r := range rows {
		if r.record.Kind != File && r.record != (Record{}) {
			ids[r.record.Kind] = append(ids[r.record.Kind], r.record.ID)
		}
	}
	files := map[RecordKind]map[int64]work.FileID{}
	for kind, all := range ids {
		var err error
		if files[kind], err = filesOfRecords(ctx, q, kind, all); err != nil {
			return nil, err
		}
	}
	merged := map[place]*entry{}
	for _, r := range rows {
		if known, other := files[r.record.Kind]; other {
			f, belongs := known[r.record.ID]
			if !belongs {
				continue
			}
			r.record = OfFile(f)
		}
		if e := merged[r.place]; e != nil {
			e.add(r.entry)
		} else {
			merged[r.place] = &r.entry
		}
	}
	return inOrder(merged), nil
}

// opened tells whether a person had opened the file of a record in an hour, through whichever program.
func opened(ctx context.Context, q work.Querier, by work.StaffID, of Record, hour int64) (bool, error) {
	file := work.FileID(of.ID)
	if of.Kind != File {
		files, err := filesOfRecords(ctx, q, of.Kind, []int64{of.ID})
		if err != nil {
			return false, err
		}
		file = files[of.ID] // 0 was read by nobody
	}
	var before bool
	err := q.QueryRow(ctx, `
		-- reading.opened
		SELECT EXISTS (SELECT FROM reading_file r WHERE r.staff_id = @staff AND r.hour = @hour AND r.file_id = @file)`,
		pgx.NamedArgs{"staff": by, "hour": time.Unix(hour, 0), "file": file}).Scan(&before)
	return before, err
}
