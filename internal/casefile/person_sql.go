package casefile

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// personColumns lists the columns of a Person, in the order in which scanPerson reads them.
const personColumns = `id, relation, name, birth_on, sex, district, ethnicity, political, marital, registration, health, illness,
	medication, disability, coalesce(grade, 0), insurance, identity, work_status, employer, ownership, condition, industry,
	employment_form, started_on, contract_on, contract_term, model_worker, education, school, coalesce(enrolled_year, 0),
	coalesce(school_years, 0), remark, id_sealed, id_index, phone_sealed, phone_index, contact_sealed, contact_index`

// scanPerson reads one row of personColumns.
func scanPerson(row pgx.CollectableRow) (Person, error) {
	var p Person
	err := row.Scan(&p.ID, &p.Relation, &p.Name, &p.Birth, &p.Sex, &p.District, &p.Ethnicity, &p.Political, &p.Marital, &p.Registration,
		&p.Health, &p.Illness, &p.Medication, &p.Disability, &p.Grade, &p.Insurance, &p.Identity, &p.WorkStatus, &p.Employer,
		&p.Ownership, &p.Condition, &p.Industry, &p.EmploymentForm, &p.StartedOn, &p.ContractOn, &p.ContractTerm, &p.ModelWorker,
		&p.Education, &p.School, &p.EnrolledYear, &p.SchoolYears, &p.Remark, &p.NumberSealed, &p.NumberIndex, &p.PhoneSealed,
		&p.PhoneIndex, &p.ContactSealed, &p.ContactIndex)
	return p, err
}

// readPeople reads those who are in the household now, the head first, then by birth.
func readPeople(ctx context.Context, q work.Querier, id work.FileID) ([]Person, error) {
	all, err := readHouseholds(ctx, q, one(id))
	return all[id], err
}

// readHouseholds reads those who are in the households now, each with its head first, then by birth.
func readHouseholds(ctx context.Context, q work.Querier, of whose) (map[work.FileID][]Person, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readHouseholds
		SELECT file_id, `+personColumns+` FROM casefile_person WHERE file_id `+of.is+` AND left_on IS NULL
		ORDER BY relation <> 'head', birth_on, id`, of.args())
	if err != nil {
		return nil, err
	}
	return byFile(rows, scanPerson)
}

// putPerson inserts a person, or with an ID writes the same person's row anew. A person of another open file is
// refused by the database ("casefile_one_open_file"), and the refusal says where that file lies. A number that did not
// change stays sealed as it was, so that the row's history shows what changed and no more.
func putPerson(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, p Person) error {
	args, err := personArgs(keys, id, p)
	if err != nil {
		return err
	}
	sql := `
		-- casefile.putPerson new
		INSERT INTO casefile_person (file_id, relation, name, id_sealed, id_index, birth_on, sex, phone_sealed, phone_index,
			contact_sealed, contact_index, district, ethnicity, political, marital, registration, health, illness, medication,
			disability, grade, insurance, identity, work_status, employer, ownership, condition, industry, employment_form,
			started_on, contract_on, contract_term, model_worker, education, school, enrolled_year, school_years, remark,
			pinyin, tail_index, phone_tail)
		VALUES (@file, @relation, @name, @sealed, @index, @birth, @sex, @phone, @phone_index, @contact, @contact_index, @district,
			@ethnicity, @political, @marital, @registration, @health, @illness, @medication, @disability, nullif(@grade, 0),
			@insurance, @identity, @work_status, @employer, @ownership, @condition, @industry, @employment_form, @started,
			@contract_on, @contract_term, @model, @education, @school, nullif(@enrolled, 0), nullif(@school_years, 0), @remark,
			@pinyin, @tail, @phone_tail)`
	if p.ID != 0 {
		sql = `
		-- casefile.putPerson
		UPDATE casefile_person SET relation = @relation, name = @name,
			id_sealed = CASE WHEN id_index = @index THEN id_sealed ELSE @sealed END, id_index = @index, birth_on = @birth, sex = @sex,
			phone_sealed = CASE WHEN phone_index = @phone_index THEN phone_sealed ELSE @phone END, phone_index = @phone_index,
			contact_sealed = CASE WHEN contact_index = @contact_index THEN contact_sealed ELSE @contact END,
			contact_index = @contact_index, district = @district, ethnicity = @ethnicity, political = @political,
			marital = @marital, registration = @registration, health = @health, illness = @illness, medication = @medication,
			disability = @disability, grade = nullif(@grade, 0), insurance = @insurance, identity = @identity,
			work_status = @work_status, employer = @employer, ownership = @ownership, condition = @condition,
			industry = @industry, employment_form = @employment_form, started_on = @started, contract_on = @contract_on,
			contract_term = @contract_term, model_worker = @model, education = @education, school = @school,
			enrolled_year = nullif(@enrolled, 0), school_years = nullif(@school_years, 0), remark = @remark,
			pinyin = @pinyin, tail_index = @tail, phone_tail = @phone_tail
		WHERE id = @id AND file_id = @file`
	}
	// In a savepoint, so that after a refusal the unit can still ask where the other file lies.
	err = u.Within(ctx, func(u *work.Unit) error {
		tag, err := u.Exec(ctx, sql, args)
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

// notOfOneWhoLeft refuses to give the head of an accepted household the ID number of somebody who left it: that is no
// correction of a number, but a form that speaks of the head before this one.
func notOfOneWhoLeft(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, head, p Person) error {
	index := keys.Index(string(p.Number), numberContext)
	if slices.Equal(head.NumberIndex, index) {
		return nil
	}
	var name string
	err := u.QueryRow(ctx, `
		-- casefile.notOfOneWhoLeft
		SELECT name FROM casefile_person WHERE file_id = @id AND id_index = @index AND left_on IS NOT NULL LIMIT 1`,
		pgx.NamedArgs{"id": id, "index": index}).Scan(&name)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("looking for who left file %d: %w", id, err)
	}
	return work.Refuse("casefile.refusal.head_left", name)
}

// personArgs seals the numbers of a person and names the values of its columns.
func personArgs(keys *seal.Keys, id work.FileID, p Person) (pgx.NamedArgs, error) {
	sealed, err := keys.Seal([]byte(p.Number), numberContext)
	if err != nil {
		return nil, fmt.Errorf("sealing an ID number: %w", err)
	}
	phone, phoneIndex, err := closed(keys, p.Phone, phoneContext)
	if err != nil {
		return nil, fmt.Errorf("sealing a phone: %w", err)
	}
	contact, contactIndex, err := closed(keys, p.Contact, contactContext)
	if err != nil {
		return nil, fmt.Errorf("sealing an other contact: %w", err)
	}
	return pgx.NamedArgs{
		"id": p.ID, "file": id, "relation": p.Relation, "name": p.Name, "sealed": sealed,
		"index": keys.Index(string(p.Number), numberContext), "birth": p.Birth, "sex": string(p.Sex),
		"phone": phone, "phone_index": phoneIndex, "phone_tail": PhoneTail(keys, p.Phone), "contact": contact, "contact_index": contactIndex, "district": p.District,
		"ethnicity": p.Ethnicity, "political": p.Political, "marital": p.Marital, "registration": p.Registration,
		"health": p.Health, "illness": p.Illness, "medication": p.Medication, "disability": p.Disability, "grade": p.Grade,
		"insurance": p.Insurance, "identity": p.Identity, "work_status": p.WorkStatus, "employer": p.Employer,
		"ownership": p.Ownership, "condition": p.Condition, "industry": p.Industry, "employment_form": p.EmploymentForm,
		"started": p.StartedOn, "contract_on": p.ContractOn, "contract_term": p.ContractTerm, "model": p.ModelWorker,
		"education": p.Education, "school": p.School, "enrolled": p.EnrolledYear, "school_years": p.SchoolYears, "remark": p.Remark,
		"pinyin": Spoken(p.Name), "tail": TailIndex(keys, p.Number),
	}, nil
}

// closed seals a text and gives its index; both are nil for no text.
func closed(keys *seal.Keys, text, context string) (sealed, index []byte, err error) {
	if text == "" {
		return nil, nil, nil
	}
	if sealed, err = keys.Seal([]byte(text), context); err != nil {
		return nil, nil, err
	}
	return sealed, keys.Index(text, context), nil
}

// leaveOut takes out those who were in the household and are not given any more. Once a file was accepted nobody is taken
// out by leaving them out: who died or left says when and why (Leave).
func leaveOut(ctx context.Context, u *work.Unit, f File, before, members []Person) error {
	if f.State.Editable() {
		return dropMembers(ctx, u, f.ID, members)
	}
	for _, b := range before {
		if b.Relation != Head && !slices.ContainsFunc(members, func(m Person) bool { return m.ID == b.ID }) {
			return work.Refuse("casefile.refusal.change_leaving", b.Name)
		}
	}
	return nil
}

// dropMembers takes those members out of a registration who are not among the given ones. Whoever an older snapshot of the
// economy speaks of leaves the household, and stays readable there.
func dropMembers(ctx context.Context, u *work.Unit, id work.FileID, members []Person) error {
	kept := make([]int64, 0, len(members))
	for _, m := range members {
		if m.ID != 0 {
			kept = append(kept, int64(m.ID))
		}
	}
	args := pgx.NamedArgs{"id": id, "kept": kept, "today": u.Today()}
	if _, err := u.Exec(ctx, `
		-- casefile.dropMembers left
		UPDATE casefile_person p SET left_on = @today
		WHERE p.file_id = @id AND p.relation <> 'head' AND p.left_on IS NULL AND NOT p.id = ANY(@kept) AND EXISTS (
			SELECT FROM casefile_figure g JOIN casefile_snapshot s ON s.id = g.snapshot_id
			WHERE g.person_id = p.id AND NOT s.current)`, args); err != nil {
		return err
	}
	_, err := u.Exec(ctx, `
		-- casefile.dropMembers
		DELETE FROM casefile_person WHERE file_id = @id AND relation <> 'head' AND left_on IS NULL AND NOT id = ANY(@kept)`, args)
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
		"condition": w.Condition, "industry": w.Industry, "form": w.EmploymentForm, "started": w.StartedOn,
		"contract": w.ContractOn, "term": w.ContractTerm}
	err := u.ChangeOne(ctx, `
		-- casefile.putWork
		UPDATE casefile_person SET work_status = @status, employer = @employer, ownership = @ownership, condition = @condition,
			industry = @industry, employment_form = @form, started_on = @started, contract_on = @contract, contract_term = @term
		WHERE id = @head AND file_id = @id`, args)
	if err != nil {
		return err
	}
	return u.ChangeOne(ctx, `
		-- casefile.putWork cover
		UPDATE casefile_file SET version = version + 1, employer = @employer WHERE id = @id`, args)
}

// putHousing writes the housing on the cover, and the postal code beside it.
func putHousing(ctx context.Context, u *work.Unit, id work.FileID, h Housing) error {
	args := pgx.NamedArgs{"id": id, "address": h.Address, "postal": h.PostalCode, "kind": h.Kind, "metres": h.Metres,
		"no_area": h.NoArea}
	if _, err := u.Exec(ctx, `
		-- casefile.putHousing particular
		INSERT INTO casefile_particular (file_id, postal_code) VALUES (@id, @postal)
		ON CONFLICT (file_id) DO UPDATE SET postal_code = excluded.postal_code`, args); err != nil {
		return err
	}
	return u.ChangeOne(ctx, `
		-- casefile.putHousing
		UPDATE casefile_file SET version = version + 1, address = @address, housing = @kind, housing_m2 = CASE WHEN NOT @no_area THEN @metres::integer END WHERE id = @id`, args)
}
