package casefile

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// drawFiles takes the next ids of files from their sequence.
func drawFiles(ctx context.Context, u *work.Unit, n int) ([]work.FileID, error) {
	rows, err := u.Query(ctx, `
		-- casefile.drawFiles
		SELECT nextval('casefile_file_id_seq') FROM generate_series(1, @n)`, pgx.NamedArgs{"n": n})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[work.FileID])
}

// insertIntakes writes the covers and causes of many registrations at once.
func insertIntakes(ctx context.Context, u *work.Unit, ids []work.FileID, households []Intake) error {
	var heads, addresses, housing, employers, numbers []string
	var people, metres []int32
	var causes []int16
	var files []int64
	var places []int32
	var until []day.Date
	var all []int16
	for i, h := range households {
		head := h.head()
		heads, employers, numbers = append(heads, head.Name), append(employers, head.Employer), append(numbers, h.OldNumber)
		addresses, housing = append(addresses, h.Housing.Address), append(housing, h.Housing.Kind)
		people, metres = append(people, int32(len(h.People))), append(metres, int32(h.Housing.Metres))
		main, days := Cause(0), day.Date{}
		for place, c := range h.Causes {
			if place == 0 {
				main = c
			}
			files, places, all = append(files, int64(ids[i])), append(places, int32(place)), append(all, int16(c))
		}
		if len(h.Figures) > 0 {
			days = h.Until
		}
		causes, until = append(causes, int16(main)), append(until, days)
	}
	args := pgx.NamedArgs{"ids": fileIDs(ids), "org": u.By.OrgID, "by": u.By.StaffID, "now": u.Now, "heads": heads, "people": people,
		"addresses": addresses, "housing": housing, "metres": metres, "employers": employers, "causes": causes, "numbers": numbers, "until": until,
		"files": files, "places": places, "all": all}
	if _, err := u.Exec(ctx, `
		-- casefile.insertIntakes
		INSERT INTO casefile_file (id, org_id, org_path, state, registered_by, registered_at, head_name, people, address, housing,
			housing_m2, employer, main_cause, old_number, economy_until)
		SELECT i.id, @org, '', 'draft', @by, @now, i.head, i.people, i.address, i.housing, nullif(i.metres, 0), i.employer, nullif(i.cause, 0),
			i.number, i.until
		FROM unnest(@ids::bigint[], @heads::text[], @people::integer[], @addresses::text[], @housing::text[], @metres::integer[],
			@employers::text[], @causes::smallint[], @numbers::text[], @until::date[])
			AS i (id, head, people, address, housing, metres, employer, cause, number, until)`, args); err != nil {
		return err
	}
	_, err := u.Exec(ctx, `
		-- casefile.insertIntakes causes
		INSERT INTO casefile_cause (file_id, position, cause)
		SELECT file, place, cause FROM unnest(@files::bigint[], @places::integer[], @all::smallint[]) AS c (file, place, cause)`, args)
	return err
}

// insertCards copies the cards of those registrations that have one. Nobody is a second person yet: the registrar alone
// answers for a registration until it is submitted.
func insertCards(ctx context.Context, u *work.Unit, keys *seal.Keys, ids []work.FileID, households []Intake) error {
	var rows [][]any
	for i, h := range households {
		if h.Card == nil {
			continue
		}
		sealed, err := keys.Seal([]byte(h.Card.Number), cardContext)
		if err != nil {
			return err
		}
		rows = append(rows, []any{int64(ids[i]), h.Card.Holder, h.Card.Bank, h.Card.Branch, sealed, keys.Index(h.Card.Number, cardContext),
			int64(u.By.StaffID), u.Now, string(CardCurrent)})
	}
	if len(rows) == 0 {
		return nil
	}
	_, err := u.CopyFrom(ctx, pgx.Identifier{"casefile_card"}, []string{"file_id", "holder", "bank", "branch", "number_sealed", "number_index",
		"entered_by", "entered_at", "state"}, pgx.CopyFromRows(rows))
	return err
}

// insertFigures writes a snapshot for each registration that has figures, and these.
func insertFigures(ctx context.Context, u *work.Unit, keys *seal.Keys, ids []work.FileID, households []Intake) error {
	var files, of []int64
	var until []day.Date
	var people []int32
	var persons [][]byte
	var sides, kinds []string
	var amounts []int64
	for i, h := range households {
		for _, f := range h.Figures {
			if !f.Fits() {
				return fmt.Errorf("no such line: %s %s %s of person %d", f.Side, f.Kind, f.Amount, f.Person)
			}
			var person []byte
			if f.Person >= 0 {
				person = PersonIndex(keys, h.People[f.Person].Number)
			}
			of, persons, amounts = append(of, int64(ids[i])), append(persons, person), append(amounts, int64(f.Amount))
			sides, kinds = append(sides, string(f.Side)), append(kinds, string(f.Kind))
		}
		if len(h.Figures) > 0 {
			files, until, people = append(files, int64(ids[i])), append(until, h.Until), append(people, int32(len(h.People)))
		}
	}
	if len(files) == 0 {
		return nil
	}
	args := pgx.NamedArgs{"files": files, "until": until, "people": people, "source": string(FromRegistration), "by": u.By.StaffID, "now": u.Now,
		"of": of, "persons": persons, "sides": sides, "kinds": kinds, "amounts": amounts}
	if _, err := u.Exec(ctx, `
		-- casefile.insertFigures snapshots
		INSERT INTO casefile_snapshot (file_id, until_on, source, round, people, taken_by, taken_at, current)
		SELECT file, until, @source, 1, people, @by, @now, true
		FROM unnest(@files::bigint[], @until::date[], @people::integer[]) AS s (file, until, people)`, args); err != nil {
		return err
	}
	_, err := u.Exec(ctx, `
		-- casefile.insertFigures
		INSERT INTO casefile_figure (snapshot_id, person_id, side, kind, amount_fen)
		SELECT s.id, p.id, f.side, f.kind, f.fen
		FROM unnest(@of::bigint[], @persons::bytea[], @sides::text[], @kinds::text[], @amounts::bigint[]) AS f (file, person, side, kind, fen)
		JOIN casefile_snapshot s ON s.file_id = f.file AND s.current
		LEFT JOIN casefile_person p ON p.file_id = f.file AND p.id_index = f.person AND p.left_on IS NULL
		WHERE f.fen > 0`, args)
	return err
}

// head gives the head of the household.
func (i Intake) head() Person {
	for _, p := range i.People {
		if p.Relation == Head {
			return p
		}
	}
	return Person{}
}

// peopleColumns are the columns of casefile_person that an intake fills, in the order of peopleOf's values.
var peopleColumns = []string{"file_id", "relation", "name", "id_sealed", "id_index", "birth_on", "sex", "phone_sealed", "phone_index",
	"ethnicity", "political", "marital", "registration", "health", "illness", "disability", "grade", "insurance", "identity",
	"work_status", "employer", "ownership", "started_on", "contract_on", "model_worker", "school", "pinyin", "tail_index", "phone_tail"}

// insertPeople copies the people of many registrations.
func insertPeople(ctx context.Context, u *work.Unit, keys *seal.Keys, ids []work.FileID, households []Intake) error {
	var rows [][]any
	for i, h := range households {
		for _, p := range h.People {
			a, err := personArgs(keys, ids[i], p)
			if err != nil {
				return err
			}
			var grade any
			if p.Grade != 0 {
				grade = int16(p.Grade)
			}
			rows = append(rows, []any{int64(ids[i]), a["relation"], a["name"], a["sealed"], a["index"], a["birth"], a["sex"], a["phone"],
				a["phone_index"], a["ethnicity"], a["political"], a["marital"], a["registration"], a["health"], a["illness"],
				a["disability"], grade, a["insurance"], a["identity"], a["work_status"], a["employer"], a["ownership"], a["started"],
				a["contract"], a["model"], a["school"], a["pinyin"], a["tail"], a["phone_tail"]})
		}
	}
	_, err := u.CopyFrom(ctx, pgx.Identifier{"casefile_person"}, peopleColumns, pgx.CopyFromRows(rows))
	return err
}

// readClaims finds the open files of many people.
func readClaims(ctx context.Context, q work.Querier, keys *seal.Keys, numbers []idcard.Number) (map[idcard.Number]Claim, error) {
	indexes := make([][]byte, len(numbers))
	byIndex := make(map[string]idcard.Number, len(numbers))
	for i, n := range numbers {
		indexes[i] = PersonIndex(keys, n)
		byIndex[string(indexes[i])] = n
	}
	rows, err := q.Query(ctx, `
		-- casefile.readClaims
		SELECT c.id_index, f.id, o.name, o.phone, f.head_name, f.org_path
		FROM casefile_claim c JOIN casefile_file f ON f.id = c.file_id JOIN staff_org o ON o.id = f.org_id
		WHERE c.id_index = ANY(@indexes)`, pgx.NamedArgs{"indexes": indexes})
	if err != nil {
		return nil, err
	}
	claims := map[idcard.Number]Claim{}
	var index []byte
	var c Claim
	_, err = pgx.ForEachRow(rows, []any{&index, &c.FileID, &c.Office, &c.Phone, &c.Head, &c.Path}, func() error {
		masked := c
		masked.Head = idcard.MaskName(c.Head)
		claims[byIndex[string(index)]] = masked
		return nil
	})
	return claims, err
}

// takeBack finds those of the drafts that nobody has touched, and takes them back. Whatever the trail tells of a file beside
// its coming in, and looking at it, is work on it, in other features too: arrears, a print that was signed, a letter that was
// sent. The files are locked before they are judged, so that work which is being saved meanwhile is seen.
func takeBack(ctx context.Context, u *work.Unit, ids []work.FileID, reason string) ([]work.FileID, error) {
	args := pgx.NamedArgs{"ids": fileIDs(ids), "scope": u.By.Scope}
	if _, err := u.Exec(ctx, `
		-- casefile.takeBack lock
		SELECT FROM casefile_file WHERE id = ANY(@ids) ORDER BY id FOR UPDATE`, args); err != nil {
		return nil, err
	}
	rows, err := u.Query(ctx, `
		-- casefile.takeBack untouched
		SELECT f.id FROM casefile_file f
		WHERE f.id = ANY(@ids) AND f.org_path LIKE @scope AND f.state = 'draft' AND f.version = 1
			AND NOT EXISTS (SELECT FROM casefile_section s WHERE s.file_id = f.id)
			AND NOT EXISTS (SELECT FROM casefile_typed t WHERE t.file_id = f.id)
			AND NOT EXISTS (SELECT FROM casefile_evidence e WHERE e.file_id = f.id)
			AND NOT EXISTS (SELECT FROM casefile_arrears a WHERE a.file_id = f.id)
			AND NOT EXISTS (SELECT FROM audit_entry t WHERE t.file_id = f.id AND t.act <> 'ledger.take' AND t.act NOT LIKE 'casefile.unmask%'
				AND t.act NOT LIKE 'casefile.view%')
		ORDER BY f.id`, args)
	if err != nil {
		return nil, err
	}
	gone, err := pgx.CollectRows(rows, pgx.RowTo[work.FileID])
	if err != nil || len(gone) == 0 {
		return nil, err
	}
	_, err = u.Exec(ctx, `
		-- casefile.takeBack
		SELECT casefile_take_back(@gone::bigint[], @reason, @now)`, pgx.NamedArgs{"gone": fileIDs(gone), "reason": reason, "now": u.Now})
	return gone, err
}

// fileIDs gives ids as the database takes them.
func fileIDs(ids []work.FileID) []int64 {
	all := make([]int64, len(ids))
	for i, id := range ids {
		all[i] = int64(id)
	}
	return all
}
