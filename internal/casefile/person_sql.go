package casefile

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// readPeople reads those who are in the household now, the head first, then by birth.
func readPeople(ctx context.Context, q work.Querier, id work.FileID) ([]Person, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readPeople
		SELECT id, relation, name, birth_on, sex, ethnicity, political, marital, registration, health, illness, disability,
			coalesce(grade, 0), insurance, identity, work_status, employer, ownership, started_on, contract_on,
			model_worker, school, id_sealed, phone_sealed, id_index
		FROM casefile_person WHERE file_id = @id AND left_on IS NULL
		ORDER BY relation <> 'head', birth_on, id`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Person, error) {
		var p Person
		err := row.Scan(&p.ID, &p.Relation, &p.Name, &p.Birth, &p.Sex, &p.Ethnicity, &p.Political, &p.Marital, &p.Registration,
			&p.Health, &p.Illness, &p.Disability, &p.Grade, &p.Insurance, &p.Identity, &p.WorkStatus, &p.Employer, &p.Ownership,
			&p.StartedOn, &p.ContractOn, &p.ModelWorker, &p.School, &p.numberSealed, &p.phoneSealed, &p.numberIndex)
		return p, err
	})
}

// putPerson inserts a person, or with an ID writes the same person's row anew. A person of another open file is
// refused by the database ("casefile_one_open_file"), and the refusal says where that file lies.
func putPerson(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, p Person) error {
	args, err := personArgs(keys, id, p)
	if err != nil {
		return err
	}
	sql := `
		-- casefile.putPerson new
		INSERT INTO casefile_person (file_id, relation, name, id_sealed, id_index, birth_on, sex, phone_sealed, phone_index,
			ethnicity, political, marital, registration, health, illness, disability, grade, insurance, identity, work_status,
			employer, ownership, started_on, contract_on, model_worker, school, pinyin, tail_index)
		VALUES (@file, @relation, @name, @sealed, @index, @birth, @sex, @phone, @phone_index, @ethnicity, @political, @marital,
			@registration, @health, @illness, @disability, nullif(@grade, 0), @insurance, @identity, @work_status, @employer,
			@ownership, @started, @contract, @model, @school, @pinyin, @tail)`
	if p.ID != 0 {
		sql = `
		-- casefile.putPerson
		UPDATE casefile_person SET relation = @relation, name = @name, id_sealed = @sealed, id_index = @index, birth_on = @birth,
			sex = @sex, phone_sealed = @phone, phone_index = @phone_index, ethnicity = @ethnicity, political = @political,
			marital = @marital, registration = @registration, health = @health, illness = @illness, disability = @disability,
			grade = nullif(@grade, 0), insurance = @insurance, identity = @identity, work_status = @work_status,
			employer = @employer, ownership = @ownership, started_on = @started, contract_on = @contract,
			model_worker = @model, school = @school, pinyin = @pinyin, tail_index = @tail
		WHERE id = @id AND file_id = @file`
	}
	// In a savepoint, so that after a refusal the unit can still ask where the other file lies.
	err = within(ctx, u, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, sql, args)
		if err == nil && tag.RowsAffected() != 1 {
			return work.ErrStale
		}
		return err
	})
	switch work.Violated(err) {
	case "casefile_one_open_file", "casefile_person_once":
		return elsewhere(ctx, u, id, p, keys.Index(string(p.Number), numberContext))
	}
	return err
}

// personArgs seals the numbers of a person and names the values of its columns.
func personArgs(keys *seal.Keys, id work.FileID, p Person) (pgx.NamedArgs, error) {
	sealed, err := keys.Seal([]byte(p.Number), numberContext)
	if err != nil {
		return nil, fmt.Errorf("sealing an ID number: %w", err)
	}
	var phone, phoneIndex []byte
	if p.Phone != "" {
		if phone, err = keys.Seal([]byte(p.Phone), phoneContext); err != nil {
			return nil, fmt.Errorf("sealing a phone: %w", err)
		}
		phoneIndex = keys.Index(p.Phone, phoneContext)
	}
	return pgx.NamedArgs{
		"id": p.ID, "file": id, "relation": p.Relation, "name": p.Name, "sealed": sealed,
		"index": keys.Index(string(p.Number), numberContext), "birth": p.Birth, "sex": string(p.Sex),
		"phone": phone, "phone_index": phoneIndex, "ethnicity": p.Ethnicity, "political": p.Political, "marital": p.Marital,
		"registration": p.Registration, "health": p.Health, "illness": p.Illness, "disability": p.Disability, "grade": p.Grade,
		"insurance": p.Insurance, "identity": p.Identity, "work_status": p.WorkStatus, "employer": p.Employer,
		"ownership": p.Ownership, "started": p.StartedOn, "contract": p.ContractOn, "model": p.ModelWorker, "school": p.School,
		"pinyin": Spoken(p.Name), "tail": TailIndex(keys, p.Number),
	}, nil
}

// within runs fn in a savepoint of the unit.
func within(ctx context.Context, u *work.Unit, fn func(pgx.Tx) error) error {
	tx, err := u.Begin(ctx)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		if undo := tx.Rollback(ctx); undo != nil {
			return undo
		}
		return err
	}
	return tx.Commit(ctx)
}

// dropMembers removes from a registration those members who are not among the given ones.
func dropMembers(ctx context.Context, u *work.Unit, id work.FileID, members []Person) error {
	kept := make([]int64, 0, len(members))
	for _, m := range members {
		if m.ID != 0 {
			kept = append(kept, int64(m.ID))
		}
	}
	_, err := u.Exec(ctx, `
		-- casefile.dropMembers
		DELETE FROM casefile_person WHERE file_id = @id AND relation <> 'head' AND NOT id = ANY(@kept)`,
		pgx.NamedArgs{"id": id, "kept": kept})
	return err
}

// coverPeople copies the head's name and the size of the household to the cover.
func coverPeople(ctx context.Context, u *work.Unit, id work.FileID) error {
	return u.ChangeOne(ctx, `
		-- casefile.coverPeople
		UPDATE casefile_file SET version = version + 1,
			(head_name, head_pinyin) = (SELECT coalesce(max(name), ''), coalesce(max(pinyin), '') FROM casefile_person
				WHERE file_id = @id AND relation = 'head' AND left_on IS NULL),
			people = (SELECT count(*) FROM casefile_person WHERE file_id = @id AND left_on IS NULL)
		WHERE id = @id`, pgx.NamedArgs{"id": id})
}

// putWork writes the head's work, and the employer on the cover.
func putWork(ctx context.Context, u *work.Unit, id work.FileID, head PersonID, w Work) error {
	args := pgx.NamedArgs{"id": id, "head": head, "status": w.Status, "employer": w.Employer, "ownership": w.Ownership,
		"started": w.StartedOn, "contract": w.ContractOn}
	err := u.ChangeOne(ctx, `
		-- casefile.putWork
		UPDATE casefile_person SET work_status = @status, employer = @employer, ownership = @ownership, started_on = @started,
			contract_on = @contract
		WHERE id = @head AND file_id = @id`, args)
	if err != nil {
		return err
	}
	return u.ChangeOne(ctx, `
		-- casefile.putWork cover
		UPDATE casefile_file SET version = version + 1, employer = @employer WHERE id = @id`, args)
}

// putHousing writes the housing on the cover.
func putHousing(ctx context.Context, u *work.Unit, id work.FileID, h Housing) error {
	return u.ChangeOne(ctx, `
		-- casefile.putHousing
		UPDATE casefile_file SET version = version + 1, address = @address, housing = @kind, housing_m2 = @metres WHERE id = @id`,
		pgx.NamedArgs{"id": id, "address": h.Address, "kind": h.Kind, "metres": h.Metres})
}
