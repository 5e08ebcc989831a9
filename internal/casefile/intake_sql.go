package casefile

import (
	"context"

	"github.com/jackc/pgx/v5"

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

// insertIntakes writes the covers and main causes of many registrations at once.
func insertIntakes(ctx context.Context, u *work.Unit, ids []work.FileID, households []Intake) error {
	var heads, addresses, housing, employers []string
	var people, metres []int32
	var causes []int16
	for _, h := range households {
		head := h.head()
		heads, employers = append(heads, head.Name), append(employers, head.Employer)
		addresses, housing = append(addresses, h.Housing.Address), append(housing, h.Housing.Kind)
		people, metres = append(people, int32(len(h.People))), append(metres, int32(h.Housing.Metres))
		cause := Cause(0)
		if len(h.Causes) > 0 {
			cause = h.Causes[0]
		}
		causes = append(causes, int16(cause))
	}
	args := pgx.NamedArgs{"ids": fileIDs(ids), "org": u.By.OrgID, "by": u.By.StaffID, "now": u.Now, "heads": heads, "people": people,
		"addresses": addresses, "housing": housing, "metres": metres, "employers": employers, "causes": causes}
	if _, err := u.Exec(ctx, `
		-- casefile.insertIntakes
		INSERT INTO casefile_file (id, org_id, org_path, state, registered_by, registered_at, head_name, people, address, housing,
			housing_m2, employer, main_cause)
		SELECT i.id, @org, '', 'draft', @by, @now, i.head, i.people, i.address, i.housing, nullif(i.metres, 0), i.employer, nullif(i.cause, 0)
		FROM unnest(@ids::bigint[], @heads::text[], @people::integer[], @addresses::text[], @housing::text[], @metres::integer[],
			@employers::text[], @causes::smallint[]) AS i (id, head, people, address, housing, metres, employer, cause)`, args); err != nil {
		return err
	}
	_, err := u.Exec(ctx, `
		-- casefile.insertIntakes causes
		INSERT INTO casefile_cause (file_id, position, cause)
		SELECT i.id, 0, i.cause FROM unnest(@ids::bigint[], @causes::smallint[]) AS i (id, cause) WHERE i.cause <> 0`, args)
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

// discardUntouched is advance for many drafts that nobody has touched. Whatever the trail tells of a file beside its coming
// in, and looking at it, is work on it, in other features too: arrears, a print that was signed, a letter that was sent.
// The files are locked before they are judged, so that work which is being saved meanwhile is seen.
func discardUntouched(ctx context.Context, u *work.Unit, ids []work.FileID, reason string) ([]work.FileID, error) {
	args := pgx.NamedArgs{"ids": fileIDs(ids), "scope": u.By.Scope, "reason": reason, "now": u.Now}
	if _, err := u.Exec(ctx, `
		-- casefile.discardUntouched lock
		SELECT FROM casefile_file WHERE id = ANY(@ids) ORDER BY id FOR UPDATE`, args); err != nil {
		return nil, err
	}
	rows, err := u.Query(ctx, `
		-- casefile.discardUntouched
		UPDATE casefile_file f SET state = 'discarded', version = version + 1, return_reason = @reason, closed_at = @now
		WHERE f.id = ANY(@ids) AND f.org_path LIKE @scope AND f.state = 'draft' AND f.version = 1
			AND NOT EXISTS (SELECT FROM casefile_section s WHERE s.file_id = f.id)
			AND NOT EXISTS (SELECT FROM casefile_typed t WHERE t.file_id = f.id)
			AND NOT EXISTS (SELECT FROM casefile_evidence e WHERE e.file_id = f.id)
			AND NOT EXISTS (SELECT FROM casefile_arrears a WHERE a.file_id = f.id)
			AND NOT EXISTS (SELECT FROM audit_entry t WHERE t.file_id = f.id AND t.act <> 'ledger.take' AND t.act NOT LIKE 'casefile.unmask%'
				AND t.act NOT LIKE 'casefile.view%')
		RETURNING f.id`, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[work.FileID])
}

// fileIDs gives ids as the database takes them.
func fileIDs(ids []work.FileID) []int64 {
	all := make([]int64, len(ids))
	for i, id := range ids {
		all[i] = int64(id)
	}
	return all
}
