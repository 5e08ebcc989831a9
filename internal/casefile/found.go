package casefile

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// tailLength is how many of its last places find a person by ID number (ux.md U11).
const tailLength = 6

// TailIndex is the keyed digest of the last six places of an ID number, by which the person is found; nil when the
// number is shorter.
func TailIndex(keys *seal.Keys, number idcard.Number) []byte {
	if len(number) < tailLength {
		return nil
	}
	return keys.Index(string(number[len(number)-tailLength:]), tailContext)
}

// phoneEnds is how many of its last digits find a person by phone (ux.md U11).
const phoneEnds = 4

// PhoneTail is the keyed digest of the last four digits of a phone, by which the person is found; nil when there is none.
func PhoneTail(keys *seal.Keys, phone string) []byte {
	if len(phone) < phoneEnds {
		return nil
	}
	return keys.Index(phone[len(phone)-phoneEnds:], endContext)
}

// fillBatch is how many people one unit of FillFound takes.
const fillBatch = 500

// FillFound writes how names are spoken and the digests of the last places of ID numbers and phones for people who have none yet: those
// on file before there were such columns. It gives how many it filled; a program that finds none has one query to pay.
func FillFound(ctx context.Context, db work.Beginner, keys *seal.Keys, now time.Time) (int, error) {
	filled := 0
	for {
		ids, err := readUnfound(ctx, db, fillBatch)
		if err != nil || len(ids) == 0 {
			return filled, err
		}
		err = work.Do(ctx, db, now, work.System("found"), func(u *work.Unit) error {
			people, err := lockUnfound(ctx, u, ids)
			if err != nil {
				return err
			}
			if err := putFound(ctx, u, keys, people); err != nil {
				return err
			}
			return u.Audit(ctx, work.Entry{Act: "casefile.fill_found", Kind: "person", ID: ids[0],
				Changes: []work.Change{{Field: "people", After: len(people)}}})
		})
		if err != nil {
			return filled, fmt.Errorf("filling in by what people are found: %w", err)
		}
		filled += len(ids)
	}
}

// readUnfound names people who cannot be found by the columns yet.
func readUnfound(ctx context.Context, q work.Querier, limit int) ([]int64, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readUnfound
		(SELECT id FROM casefile_person WHERE tail_index IS NULL ORDER BY id LIMIT @limit)
		UNION
		(SELECT id FROM casefile_person WHERE phone_sealed IS NOT NULL AND phone_tail IS NULL ORDER BY id LIMIT @limit)
		ORDER BY id LIMIT @limit`, pgx.NamedArgs{"limit": limit})
	if err != nil {
		return nil, fmt.Errorf("reading people to be found: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// lockUnfound locks the files of the people first and by their ids, as whoever changes a file does, so that it waits and
// never meets another half way; it then reads the people as they were left.
func lockUnfound(ctx context.Context, u *work.Unit, ids []int64) ([]Person, error) {
	args := pgx.NamedArgs{"ids": ids}
	if _, err := u.Exec(ctx, `
		-- casefile.lockUnfound
		SELECT FROM casefile_file WHERE id IN (SELECT file_id FROM casefile_person WHERE id = ANY (@ids))
		ORDER BY id FOR NO KEY UPDATE`, args); err != nil {
		return nil, err
	}
	rows, err := u.Query(ctx, `
		-- casefile.lockUnfound people
		SELECT id, name, id_sealed, phone_sealed FROM casefile_person WHERE id = ANY (@ids) ORDER BY id`, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Person, error) {
		var p Person
		err := row.Scan(&p.ID, &p.Name, &p.NumberSealed, &p.PhoneSealed)
		return p, err
	})
}

// putFound writes the columns of the people, and how the heads among them are spoken on their files.
func putFound(ctx context.Context, u *work.Unit, keys *seal.Keys, people []Person) error {
	ids, spoken := make([]int64, len(people)), make([]string, len(people))
	tails, ends := make([][]byte, len(people)), make([][]byte, len(people))
	for i := range people {
		if err := people[i].Reveal(keys); err != nil {
			return err
		}
		ids[i], spoken[i] = int64(people[i].ID), Spoken(people[i].Name)
		tails[i], ends[i] = TailIndex(keys, people[i].Number), PhoneTail(keys, people[i].Phone)
	}
	args := pgx.NamedArgs{"ids": ids, "spoken": spoken, "tails": tails, "ends": ends}
	if _, err := u.Exec(ctx, `
		-- casefile.putFound
		UPDATE casefile_person p SET pinyin = n.spoken, tail_index = n.tail, phone_tail = n.ending
		FROM unnest(@ids::bigint[], @spoken::text[], @tails::bytea[], @ends::bytea[]) AS n (id, spoken, tail, ending) WHERE p.id = n.id`, args); err != nil {
		return err
	}
	_, err := u.Exec(ctx, `
		-- casefile.putFound cover
		UPDATE casefile_file f SET head_pinyin = p.pinyin FROM casefile_person p
		WHERE p.id = ANY (@ids) AND p.relation = 'head' AND p.left_on IS NULL AND f.id = p.file_id`, args)
	return err
}
