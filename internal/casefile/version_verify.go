package casefile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// VersionFault is one file whose versions do not say what its records say, or were changed by hand.
type VersionFault struct {
	FileID work.FileID
	Said   words.Message
}

// batch is how many files or versions are read at once: memory stays flat, however large the register.
const batch = 200

// VerifyVersions checks every version's hash, that the newest version of every file that was handed in says what stands
// in the tables, and that each sealed number is the one its index tells of; it tells each fault as it is found and gives
// how many versions and files it read. A file that is being corrected is compared when it is handed in again. Give it
// one transaction with one snapshot.
func VerifyVersions(ctx context.Context, q work.Querier, keys *seal.Keys, tell func(VersionFault)) (versions, files int, err error) {
	if versions, err = verifyHashes(ctx, q, tell); err != nil {
		return versions, 0, fmt.Errorf("checking the hashes of versions: %w", err)
	}
	for after := work.FileID(0); ; {
		ids, err := handedIn(ctx, q, after)
		if err != nil || len(ids) == 0 {
			return versions, files, err
		}
		for _, id := range ids {
			said, err := verifyFile(ctx, q, keys, id)
			if err != nil {
				return versions, files, fmt.Errorf("checking the versions of file %d: %w", id, err)
			}
			if said != nil {
				tell(VersionFault{FileID: id, Said: *said})
			}
		}
		files += len(ids)
		after = ids[len(ids)-1]
	}
}

// verifyHashes computes the hash of every version anew.
func verifyHashes(ctx context.Context, q work.Querier, tell func(VersionFault)) (int, error) {
	var file work.FileID
	number, read := 0, 0
	for {
		rows, err := q.Query(ctx, `
			-- casefile.verifyHashes
			SELECT file_id, number, facts, hash FROM casefile_version WHERE (file_id, number) > (@file, @number)
			ORDER BY file_id, number LIMIT @batch`, pgx.NamedArgs{"file": file, "number": number, "batch": batch})
		if err != nil {
			return read, err
		}
		var kept, hash []byte
		before := read
		_, err = pgx.ForEachRow(rows, []any{&file, &number, &kept, &hash}, func() error {
			read++
			again, err := hashOf(kept)
			if err == nil && !bytes.Equal(again, hash) {
				tell(VersionFault{FileID: file, Said: words.Saying("casefile.version.fault_hash", number)})
			}
			return err
		})
		if err != nil || read == before {
			return read, err
		}
	}
}

// handedIn lists the files after an id whose facts stand still: all but registrations and those sent back.
func handedIn(ctx context.Context, q work.Querier, after work.FileID) ([]work.FileID, error) {
	rows, err := q.Query(ctx, `
		-- casefile.handedIn
		SELECT id FROM casefile_file WHERE id > @after AND state NOT IN ('draft', 'returned', 'discarded') AND erased_at IS NULL ORDER BY id LIMIT @batch`,
		pgx.NamedArgs{"after": after, "batch": batch})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[work.FileID])
}

// verifyFile says what is wrong with the newest version of one file; nil when nothing is.
func verifyFile(ctx context.Context, q work.Querier, keys *seal.Keys, id work.FileID) (*words.Message, error) {
	now, err := FactsOf(ctx, q, work.Everywhere, id)
	if err != nil {
		return nil, err
	}
	if said := now.misnumbered(keys); said != nil {
		return said, nil
	}
	last, err := LastVersion(ctx, q, work.Everywhere, id)
	if errors.Is(err, work.ErrNotFound) {
		said := words.Saying("casefile.version.fault_none")
		return &said, nil
	}
	if err != nil {
		return nil, err
	}
	kept := last.Facts
	kept.Office = now.Office
	if now.Cover.State.Open() && now.Cover.State != Active { // passed on since, which is no fact of the household
		kept.Cover.State, kept.Cover.ReturnReason = now.Cover.State, now.Cover.ReturnReason
	}
	same, err := kept.same(now)
	if err != nil || same {
		return nil, err
	}
	said := words.Saying("casefile.version.fault_differs", last.Number, named(Compare(kept, now)))
	return &said, nil
}

// misnumbered finds a sealed number that is not the one its index tells of.
func (f Facts) misnumbered(keys *seal.Keys) *words.Message {
	said := words.Saying("casefile.version.fault_number")
	if f.Reveal(keys) != nil {
		return &said
	}
	for _, m := range f.People {
		phone := len(m.PhoneIndex) == 0 && m.Phone == "" || bytes.Equal(m.PhoneIndex, keys.Index(m.Phone, phoneContext))
		if !phone || !bytes.Equal(m.NumberIndex, keys.Index(string(m.Person.Number), numberContext)) {
			return &said
		}
	}
	if f.Card != nil && !bytes.Equal(f.Card.Index, keys.Index(f.Card.Number, cardContext)) {
		return &said
	}
	return nil
}

// named names what differs, with whose it is; "other" for a fact that no page shows.
func named(all []Difference) words.Message {
	list := words.Saying("casefile.version.other_facts")
	for i, d := range all {
		label := words.Saying("casefile.version.of_household", d.Label)
		if d.Person != "" {
			label = words.Saying("casefile.version.of_person", d.Person, d.Label)
		}
		if i == 0 {
			list = label
		} else {
			list = words.Saying("casefile.version.and", list, label)
		}
	}
	return list
}

// KeepMissing keeps a first version of files that were handed in before versions were kept, as the program's own act,
// each in a unit of its own; it gives how many. Run again it finds none.
func KeepMissing(ctx context.Context, db work.Beginner, now time.Time) (int, error) {
	kept := 0
	for after := work.FileID(0); ; {
		rows, err := db.Query(ctx, `
			-- casefile.KeepMissing
			SELECT f.id FROM casefile_file f WHERE f.id > @after AND f.state NOT IN ('draft', 'discarded') AND f.erased_at IS NULL
			AND NOT EXISTS (SELECT FROM casefile_version v WHERE v.file_id = f.id) ORDER BY f.id LIMIT @batch`,
			pgx.NamedArgs{"after": after, "batch": batch})
		if err != nil {
			return kept, fmt.Errorf("looking for files without a version: %w", err)
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[work.FileID])
		if err != nil || len(ids) == 0 {
			return kept, err
		}
		for _, id := range ids {
			err := work.Do(ctx, db, now, work.System("versions"), func(u *work.Unit) error {
				number, err := Keep(ctx, u, id, "casefile.keep_first")
				if err != nil {
					return err
				}
				return u.Audit(ctx, work.Entry{Act: "casefile.keep_first", Kind: "version", ID: int64(number), FileID: id})
			})
			if err != nil {
				return kept, fmt.Errorf("keeping the first version of file %d: %w", id, err)
			}
			kept++
		}
		after = slices.Max(ids)
	}
}
