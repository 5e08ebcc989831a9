-- +goose Up

-- A registration that an import made and nobody touched, taken back with the import: nothing that was read in is left of it.
-- The file itself stays, named by the trail, outside of every office like one that was destroyed, so that no list, search or
-- page finds it.
ALTER TABLE casefile_file ADD COLUMN undone_at timestamptz,
    ADD CONSTRAINT casefile_undone CHECK (undone_at IS NULL OR state = 'discarded' AND org_path = '~' AND people = 0 AND head_name = '**'
        AND address || employer || old_number || housing || head_pinyin = '' AND num_nonnulls(number, housing_m2, main_cause, economy_until) = 0);

-- The order of triggers is that of their names: this one runs after casefile_file_fixed, which writes the office's path.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION retention_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP = 'INSERT' OR OLD.erased_at IS NULL) AND NEW.erased_at IS NOT NULL AND NOT retention_erasing() THEN
        PERFORM work_refuse('retention_by_hand', 'a file is destroyed by its batch');
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.erased_at IS NOT NULL THEN
        PERFORM work_refuse('retention_gone', 'the file is destroyed');
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.undone_at IS NOT NULL THEN
        PERFORM work_refuse('casefile_undone', 'the registration was taken back with its import');
    END IF;
    IF NEW.erased_at IS NOT NULL OR NEW.undone_at IS NOT NULL THEN
        NEW.org_path := '~';
        NEW.old_number := '';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- Takes registrations back. Only those that were never worked on: the program looks further, at the trail and at other
-- features; what the database sees itself it refuses for everybody.
-- +goose StatementBegin
CREATE FUNCTION casefile_take_back(files bigint[], why text, at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM casefile_file f WHERE f.id = ANY (files) ORDER BY f.id FOR UPDATE;
    IF EXISTS (
        SELECT FROM unnest(files) AS t (id) LEFT JOIN casefile_file f ON f.id = t.id
        WHERE f.id IS NULL OR f.state <> 'draft' OR f.version <> 1 OR NOT EXISTS (SELECT FROM ledger_origin o WHERE o.file_id = f.id)
            OR EXISTS (SELECT FROM casefile_section s WHERE s.file_id = f.id) OR EXISTS (SELECT FROM casefile_typed y WHERE y.file_id = f.id)
            OR EXISTS (SELECT FROM casefile_evidence e WHERE e.file_id = f.id) OR EXISTS (SELECT FROM casefile_arrears a WHERE a.file_id = f.id)
            OR EXISTS (SELECT FROM casefile_card c WHERE c.file_id = f.id AND c.state <> 'current')) THEN
        PERFORM work_refuse('casefile_take_back', 'only registrations that an import made and nobody touched are taken back');
    END IF;
    DELETE FROM check_finding x WHERE x.file_id = ANY (files);
    DELETE FROM check_file x WHERE x.file_id = ANY (files);
    DELETE FROM casefile_figure x USING casefile_snapshot s WHERE s.id = x.snapshot_id AND s.file_id = ANY (files);
    DELETE FROM casefile_snapshot x WHERE x.file_id = ANY (files);
    DELETE FROM casefile_cause x WHERE x.file_id = ANY (files);
    DELETE FROM casefile_card x WHERE x.file_id = ANY (files);
    DELETE FROM casefile_person x WHERE x.file_id = ANY (files);
    UPDATE casefile_file f SET state = 'discarded', version = version + 1, return_reason = why, closed_at = at, undone_at = at, people = 0,
        head_name = '**', head_pinyin = '', address = '', employer = '', old_number = '', housing = '', housing_m2 = NULL, main_cause = NULL,
        economy_until = NULL, weigh_since = NULL, papers_until = 'infinity'
    WHERE f.id = ANY (files);
    DELETE FROM check_due x WHERE x.file_id = ANY (files);
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION casefile_take_back FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casefile_take_back TO bangfu_app;
