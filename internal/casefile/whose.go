package casefile

import (
	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// whose says of which files a statement reads: of one, as a page does, or of many at once, as a check of the whole
// register does. The statement is written once, with the end of its condition left to whose:
//
//	WHERE d.file_id `+of.is+` ORDER BY …
//
// One file is asked for by an equality and not by a list of one. For a list the server plans anew each time, since the
// plan that it would keep reckons with ten files: 0.22 ms a statement instead of 0.08 ms for the declarations of a file,
// measured with pgbench -M prepared, and the page of a file reads by seven of these statements.
type whose struct {
	is  string
	ids any // the argument @files
}

// one reads of one file.
func one(id work.FileID) whose { return whose{is: "= @files", ids: int64(id)} }

// many reads of several files.
func many(ids []work.FileID) whose { return whose{is: "= ANY(@files)", ids: fileIDs(ids)} }

// args are the arguments of a statement that asks for nothing else.
func (of whose) args() pgx.NamedArgs { return pgx.NamedArgs{"files": of.ids} }

// byFile gathers rows by the file whose id is their first column, those of one file in the order of the rows.
func byFile[T any](rows pgx.Rows, scan pgx.RowToFunc[T]) (map[work.FileID][]T, error) {
	defer rows.Close()
	all := map[work.FileID][]T{}
	var id work.FileID
	row := &fileRow{rows, []any{&id}}
	for rows.Next() {
		value, err := scan(row)
		if err != nil {
			return nil, err
		}
		all[id] = append(all[id], value)
	}
	return all, rows.Err()
}

// fileRow is a row whose first column is a file's id.
type fileRow struct {
	pgx.CollectableRow
	into []any // the first is the id's
}

// Scan reads the id and then the rest.
func (r *fileRow) Scan(rest ...any) error {
	r.into = append(r.into[:1], rest...)
	return r.CollectableRow.Scan(r.into...)
}

// only gives what there is at most one of; nil when there is none.
func only[T any](all []T) *T {
	if len(all) == 0 {
		return nil
	}
	return &all[0]
}
