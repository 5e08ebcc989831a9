package casefile

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// Whole is what a list gives out of one file: the cover, the people, the causes, the card and the newest judgement.
type Whole struct {
	File
	Members []Person // the head first, numbers and phones revealed
	Causes  []Cause  // the main one first
	Bank    string
	Branch  string
	Card    string        // masked: its last four digits
	Monthly *money.Amount // income per head and month, before any expenditure, as of the newest judgement; nil before any
}

// HeadOf gives the head of the household; the zero Person where a draft has none yet.
func (w Whole) HeadOf() Person {
	if len(w.Members) > 0 && w.Members[0].Relation == Head {
		return w.Members[0]
	}
	return Person{}
}

// Wholes fills up a page of files, which the caller has found within its scope, with four statements for all of them.
func Wholes(ctx context.Context, q work.Querier, keys *seal.Keys, files []File) ([]Whole, error) {
	all := make([]Whole, len(files))
	at := make(map[work.FileID]*Whole, len(files))
	ids := make([]work.FileID, len(files))
	for i, f := range files {
		all[i].File, ids[i] = f, f.ID
		at[f.ID] = &all[i]
	}
	for _, fill := range []func() error{
		func() error { return fillPeople(ctx, q, keys, ids, at) },
		func() error { return fillCauses(ctx, q, ids, at) },
		func() error { return fillCards(ctx, q, keys, ids, at) },
		func() error { return fillJudgements(ctx, q, ids, at) },
	} {
		if err := fill(); err != nil {
			return nil, fmt.Errorf("filling up %d files: %w", len(files), err)
		}
	}
	return all, nil
}

// Covers reads the whole covers of listed files, of which a list shows a part, in their order.
func Covers(ctx context.Context, q work.Querier, scope work.Scope, listed []File) ([]File, error) {
	ids := make([]work.FileID, len(listed))
	for i, f := range listed {
		ids[i] = f.ID
	}
	covers, err := readFiles(ctx, q, scope, many(ids))
	if err != nil {
		return nil, fmt.Errorf("reading the covers of %d files: %w", len(ids), err)
	}
	place := make(map[work.FileID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(covers, func(a, b File) int { return place[a.ID] - place[b.ID] })
	return covers, nil
}

// fillPeople reads those who are in the households now.
func fillPeople(ctx context.Context, q work.Querier, keys *seal.Keys, ids []work.FileID, at map[work.FileID]*Whole) error {
	rows, err := q.Query(ctx, `
		-- casefile.fillPeople
		SELECT file_id, id, relation, name, birth_on, sex, ethnicity, political, marital, registration, health, illness, disability,
			coalesce(grade, 0), insurance, identity, work_status, employer, ownership, started_on, contract_on,
			model_worker, school, id_sealed, phone_sealed
		FROM casefile_person WHERE file_id = ANY(@ids) AND left_on IS NULL
		ORDER BY file_id, relation <> 'head', birth_on, id`, pgx.NamedArgs{"ids": fileIDs(ids)})
	if err != nil {
		return err
	}
	_, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (struct{}, error) {
		var id work.FileID
		var p Person
		err := row.Scan(&id, &p.ID, &p.Relation, &p.Name, &p.Birth, &p.Sex, &p.Ethnicity, &p.Political, &p.Marital, &p.Registration,
			&p.Health, &p.Illness, &p.Disability, &p.Grade, &p.Insurance, &p.Identity, &p.WorkStatus, &p.Employer, &p.Ownership,
			&p.StartedOn, &p.ContractOn, &p.ModelWorker, &p.School, &p.NumberSealed, &p.PhoneSealed)
		if err != nil {
			return struct{}{}, err
		}
		at[id].Members = append(at[id].Members, p)
		return struct{}{}, at[id].Members[len(at[id].Members)-1].Reveal(keys)
	})
	return err
}

// fillCauses reads the causes of hardship.
func fillCauses(ctx context.Context, q work.Querier, ids []work.FileID, at map[work.FileID]*Whole) error {
	rows, err := q.Query(ctx, `
		-- casefile.fillCauses
		SELECT file_id, cause FROM casefile_cause WHERE file_id = ANY(@ids) ORDER BY file_id, position`, pgx.NamedArgs{"ids": fileIDs(ids)})
	if err != nil {
		return err
	}
	var id work.FileID
	var c Cause
	_, err = pgx.ForEachRow(rows, []any{&id, &c}, func() error {
		at[id].Causes = append(at[id].Causes, c)
		return nil
	})
	return err
}

// fillCards reads the cards in use.
func fillCards(ctx context.Context, q work.Querier, keys *seal.Keys, ids []work.FileID, at map[work.FileID]*Whole) error {
	rows, err := q.Query(ctx, `
		-- casefile.fillCards
		SELECT file_id, bank, branch, number_sealed FROM casefile_card WHERE file_id = ANY(@ids) AND state = 'current'`,
		pgx.NamedArgs{"ids": fileIDs(ids)})
	if err != nil {
		return err
	}
	_, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (struct{}, error) {
		var id work.FileID
		var c Card
		if err := row.Scan(&id, &c.Bank, &c.Branch, &c.sealed); err != nil {
			return struct{}{}, err
		}
		number, err := c.Number(keys)
		at[id].Bank, at[id].Branch, at[id].Card = c.Bank, c.Branch, idcard.MaskCard(number)
		return struct{}{}, err
	})
	return err
}

// fillJudgements reads the incomes that the newest judgements stood on; what is left of them after rigid expenditure is another
// figure.
func fillJudgements(ctx context.Context, q work.Querier, ids []work.FileID, at map[work.FileID]*Whole) error {
	rows, err := q.Query(ctx, `
		-- casefile.fillJudgements
		SELECT i.id, j.fen FROM unnest(@ids::bigint[]) AS i (id)
		CROSS JOIN LATERAL (SELECT round(coalesce((facts->>'income_fen')::numeric, 0) / (12 * greatest((facts->>'people')::int, 1)))::bigint AS fen FROM casefile_judgement WHERE file_id = i.id ORDER BY id DESC LIMIT 1) j`,
		pgx.NamedArgs{"ids": fileIDs(ids)})
	if err != nil {
		return err
	}
	var id work.FileID
	var monthly money.Amount
	_, err = pgx.ForEachRow(rows, []any{&id, &monthly}, func() error {
		m := monthly
		at[id].Monthly = &m
		return nil
	})
	return err
}
