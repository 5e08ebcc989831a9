package casefile

import (
	"bytes"
	"context"
	"fmt"
	"math"
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

// batch is how many files are read at once: memory stays flat, however large the register.
const batch = 500

// VerifyVersions checks every version's hash, that the newest version of every file that was handed in says what stands
// in the tables, and that each sealed number is the one its index tells of; it tells each fault as it is found and gives
// how many versions and files it read. A file that is being corrected is compared when it is handed in again. Give it
// one transaction with one snapshot.
func VerifyVersions(ctx context.Context, q work.Querier, keys *seal.Keys, tell func(VersionFault)) (versions, files int, err error) {
	v := versionVerifier{keys: keys, tell: tell}
	err = v.all(ctx, q, batch)
	return v.versions, v.files, err
}

// versionVerifier counts what it read.
type versionVerifier struct {
	keys            *seal.Keys
	tell            func(VersionFault)
	versions, files int
}

// lastKept is the newest version of a file as the table holds it.
type lastKept struct {
	number int
	facts  []byte
	hash   []byte // of these facts, computed
}

// all goes through the files, so many at once, and the versions beside them: those of a file that is gone too.
func (v *versionVerifier) all(ctx context.Context, q work.Querier, size int) error {
	for after := work.FileID(0); ; {
		ids, still, err := nextFiles(ctx, q, after, size)
		if err != nil {
			return fmt.Errorf("listing files to check their versions: %w", err)
		}
		last := work.FileID(math.MaxInt64)
		if len(ids) == size {
			last = ids[size-1]
		}
		kept, err := v.hashes(ctx, q, after, last)
		if err != nil {
			return fmt.Errorf("checking the hashes of versions after file %d: %w", after, err)
		}
		if err := v.compare(ctx, q, still, kept); err != nil {
			return fmt.Errorf("checking the versions of files after %d: %w", after, err)
		}
		if len(ids) < size {
			return nil
		}
		after = last
	}
}

// nextFiles lists the next files after an id, and those of them whose facts stand still: all but registrations and those
// sent back.
func nextFiles(ctx context.Context, q work.Querier, after work.FileID, size int) (ids, still []work.FileID, err error) {
	rows, err := q.Query(ctx, `
		-- casefile.nextFiles
		SELECT id, state NOT IN ('draft', 'returned', 'discarded') AND erased_at IS NULL FROM casefile_file
		WHERE id > @after ORDER BY id LIMIT @size`, pgx.NamedArgs{"after": after, "size": size})
	if err != nil {
		return nil, nil, err
	}
	var id work.FileID
	var stands bool
	_, err = pgx.ForEachRow(rows, []any{&id, &stands}, func() error {
		ids = append(ids, id)
		if stands {
			still = append(still, id)
		}
		return nil
	})
	return ids, still, err
}

// hashes computes the hash of every version of the files after one up to another anew, and gives the newest of each.
func (v *versionVerifier) hashes(ctx context.Context, q work.Querier, after, last work.FileID) (map[work.FileID]lastKept, error) {
	rows, err := q.Query(ctx, `
		-- casefile.hashes
		SELECT file_id, number, facts, hash FROM casefile_version WHERE file_id > @after AND file_id <= @last
		ORDER BY file_id, number`, pgx.NamedArgs{"after": after, "last": last})
	if err != nil {
		return nil, err
	}
	kept := map[work.FileID]lastKept{}
	var file work.FileID
	var number int
	var facts, hash []byte
	_, err = pgx.ForEachRow(rows, []any{&file, &number, &facts, &hash}, func() error {
		v.versions++
		again, err := hashOf(facts)
		if err == nil && !bytes.Equal(again, hash) {
			v.tell(VersionFault{FileID: file, Said: words.Saying("casefile.version.fault_hash", number)})
		}
		kept[file] = lastKept{number: number, facts: facts, hash: again}
		return err
	})
	return kept, err
}

// compare tells what is wrong with the newest versions of files, in the order of their ids.
func (v *versionVerifier) compare(ctx context.Context, q work.Querier, ids []work.FileID, kept map[work.FileID]lastKept) error {
	found, err := factsOf(ctx, q, work.Everywhere, many(ids))
	if err != nil {
		return err
	}
	now := make(map[work.FileID]Facts, len(found))
	for _, f := range found {
		now[f.Cover.ID] = f
	}
	for _, id := range ids {
		v.files++
		facts, ok := now[id]
		if !ok { // its office or its registrar is gone, against the foreign keys
			return fmt.Errorf("finding file %d: %w", id, work.ErrNotFound)
		}
		said, err := facts.unlike(kept[id], v.keys)
		if err != nil {
			return fmt.Errorf("comparing file %d: %w", id, err)
		}
		if said != nil {
			v.tell(VersionFault{FileID: id, Said: *said})
		}
	}
	return nil
}

// unlike says what is wrong with a file of which these facts stand in the tables and that version was kept last; nil
// when nothing is.
func (f Facts) unlike(last lastKept, keys *seal.Keys) (*words.Message, error) {
	hash, err := f.hash()
	if err != nil {
		return nil, err
	}
	if said := f.misnumbered(keys); said != nil {
		return said, nil
	}
	switch {
	case last.number == 0:
		said := words.Saying("casefile.version.fault_none")
		return &said, nil
	case bytes.Equal(hash, last.hash):
		return nil, nil
	}
	kept, err := decode(last.facts)
	if err != nil {
		return nil, err
	}
	kept.Office = f.Office
	if f.Cover.State.Open() && f.Cover.State != Active { // passed on since, which is no fact of the household
		kept.Cover.State, kept.Cover.ReturnReason = f.Cover.State, f.Cover.ReturnReason
	}
	same, err := kept.same(f)
	if err != nil || same {
		return nil, err
	}
	said := words.Saying("casefile.version.fault_differs", last.number, named(Compare(kept, f)))
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
