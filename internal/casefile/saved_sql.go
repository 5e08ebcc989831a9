package casefile

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// insertSaved writes a list of the actor's.
func insertSaved(ctx context.Context, u *work.Unit, w SavedWish) (SavedID, error) {
	var id SavedID
	err := u.QueryRow(ctx, `
		-- casefile.insertSaved
		INSERT INTO casefile_saved (owner_id, org_id, name, query, shared, saved_at)
		VALUES (@owner, @org, @name, @query, @shared, @now) RETURNING id`, pgx.NamedArgs{"owner": u.By.StaffID, "org": u.By.OrgID,
		"name": w.Name, "query": w.Query, "shared": w.Shared, "now": u.Now}).Scan(&id)
	return id, err
}

// updateSaved changes a list of the actor's.
func updateSaved(ctx context.Context, u *work.Unit, id SavedID, w SavedWish) error {
	return u.ChangeOne(ctx, `
		-- casefile.updateSaved
		UPDATE casefile_saved SET org_id = @org, name = @name, query = @query, shared = @shared, saved_at = @now
		WHERE id = @id AND owner_id = @owner`, pgx.NamedArgs{"id": id, "owner": u.By.StaffID, "org": u.By.OrgID,
		"name": w.Name, "query": w.Query, "shared": w.Shared, "now": u.Now})
}

// deleteSaved deletes a list of the actor's, with all marks on it.
func deleteSaved(ctx context.Context, u *work.Unit, id SavedID) error {
	return u.ChangeOne(ctx, `
		-- casefile.deleteSaved
		DELETE FROM casefile_saved WHERE id = @id AND owner_id = @owner`, pgx.NamedArgs{"id": id, "owner": u.By.StaffID})
}

// putMark writes what the actor does with a list. One list opens first: another one no longer does.
func putMark(ctx context.Context, u *work.Unit, id SavedID, starred, first bool) error {
	args := pgx.NamedArgs{"staff": u.By.StaffID, "id": id, "starred": starred, "first": first}
	if first {
		if _, err := u.Exec(ctx, `
			-- casefile.putMark (what opened first and has no star)
			DELETE FROM casefile_saved_mark WHERE staff_id = @staff AND saved_id <> @id AND opens_first AND NOT starred`, args); err != nil {
			return err
		}
		if _, err := u.Exec(ctx, `
			-- casefile.putMark (what opened first)
			UPDATE casefile_saved_mark SET opens_first = false WHERE staff_id = @staff AND saved_id <> @id AND opens_first`, args); err != nil {
			return err
		}
	}
	if !starred && !first {
		_, err := u.Exec(ctx, `
			-- casefile.putMark (none)
			DELETE FROM casefile_saved_mark WHERE staff_id = @staff AND saved_id = @id`, args)
		return err
	}
	_, err := u.Exec(ctx, `
		-- casefile.putMark
		INSERT INTO casefile_saved_mark (staff_id, saved_id, starred, opens_first) VALUES (@staff, @id, @starred, @first)
		ON CONFLICT (staff_id, saved_id) DO UPDATE SET starred = @starred, opens_first = @first`, args)
	return err
}

const savedColumns = `v.id, v.owner_id, m.name, v.org_id, o.name, v.name, v.query, v.shared, v.saved_at,
	coalesce(k.starred, false), coalesce(k.opens_first, false)`

const fromSaved = ` FROM casefile_saved v JOIN staff_member m ON m.id = v.owner_id JOIN staff_org o ON o.id = v.org_id
	LEFT JOIN casefile_saved_mark k ON k.saved_id = v.id AND k.staff_id = @staff `

// above are the ids of the reader's office and of those above it.
const above = `(SELECT unnest(string_to_array(trim(both '/' FROM path), '/')::bigint[]) FROM staff_org WHERE id = @org)`

// savedArgs are the arguments of who reads saved lists.
func savedArgs(by work.Actor) pgx.NamedArgs {
	return pgx.NamedArgs{"staff": by.StaffID, "org": by.OrgID, "scope": by.Scope}
}

func scanSaved(row pgx.CollectableRow) (Saved, error) {
	var s Saved
	err := row.Scan(&s.ID, &s.Owner, &s.OwnerName, &s.OrgID, &s.OrgName, &s.Name, &s.Query, &s.Shared, &s.SavedAt, &s.Starred, &s.First)
	return s, err
}

// readSaved reads one list that the reader may see.
func readSaved(ctx context.Context, q work.Querier, by work.Actor, id SavedID) (Saved, error) {
	args := savedArgs(by)
	args["id"] = id
	rows, err := q.Query(ctx, `
		-- casefile.readSaved
		SELECT `+savedColumns+fromSaved+`
		WHERE v.id = @id AND (v.owner_id = @staff OR v.shared AND (o.path LIKE @scope OR v.org_id IN `+above+`))`, args)
	if err != nil {
		return Saved{}, err
	}
	s, err := pgx.CollectExactlyOneRow(rows, scanSaved)
	if errors.Is(err, pgx.ErrNoRows) {
		return s, work.ErrNotFound
	}
	return s, err
}

// readSavedLists reads the reader's own lists and what is shared with the reader, each by its own index.
func readSavedLists(ctx context.Context, q work.Querier, by work.Actor) ([]Saved, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readSavedLists
		SELECT `+savedColumns+fromSaved+`JOIN (SELECT id FROM casefile_saved WHERE owner_id = @staff
			UNION SELECT id FROM casefile_saved WHERE shared AND org_id IN `+above+`) i ON i.id = v.id
		ORDER BY v.owner_id <> @staff, v.name COLLATE "C", v.id`, savedArgs(by))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanSaved)
}

// readMarked reads the lists that the reader marked and may still see.
func readMarked(ctx context.Context, q work.Querier, by work.Actor) ([]Saved, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readMarked: one plan
		SELECT v.id, v.owner_id, v.name, v.query, v.shared, k.starred, k.opens_first
		FROM casefile_saved_mark k JOIN casefile_saved v ON v.id = k.saved_id
		WHERE k.staff_id = @staff AND (v.owner_id = @staff OR v.shared AND (v.org_id = @org OR v.org_id IN `+above+`
			OR (SELECT path FROM staff_org WHERE id = v.org_id) LIKE @scope))
		ORDER BY v.name COLLATE "C", v.id`, savedArgs(by))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Saved, error) {
		var s Saved
		err := row.Scan(&s.ID, &s.Owner, &s.Name, &s.Query, &s.Shared, &s.Starred, &s.First)
		return s, err
	})
}
