-- +goose Up

-- A household that fell back into hardship 返困 gets a new file, which names the old one (domain.md c.1).
ALTER TABLE casefile_file ADD COLUMN relapse_of bigint REFERENCES casefile_file;
CREATE INDEX casefile_file_relapse ON casefile_file (relapse_of) WHERE relapse_of IS NOT NULL;

-- Only a closed file is fallen back from, and the link does not change.
-- +goose StatementBegin
CREATE FUNCTION casefile_relapse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.relapse_of IS DISTINCT FROM OLD.relapse_of THEN
            PERFORM work_refuse('casefile_relapse_fixed', 'the link to the old file does not change');
        END IF;
    ELSIF NEW.relapse_of IS NOT NULL AND (SELECT f.state FROM casefile_file f WHERE f.id = NEW.relapse_of) <> 'closed' THEN
        PERFORM work_refuse('casefile_relapse_closed', 'one falls back from a closed file');
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER casefile_relapse BEFORE INSERT OR UPDATE ON casefile_file FOR EACH ROW EXECUTE FUNCTION casefile_relapse();

-- Copies the people of the old file into the new one, which must be its empty draft. Whole rows, so that what is asked of
-- a person later comes along. Who is in another open file by now is left out; the head must not be.
-- +goose StatementBegin
CREATE FUNCTION casefile_copy_people(new_file bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE old_file bigint; n integer;
BEGIN
    SELECT f.relapse_of INTO old_file FROM casefile_file f WHERE f.id = new_file AND f.state = 'draft'
        AND NOT EXISTS (SELECT FROM casefile_person p WHERE p.file_id = f.id);
    IF old_file IS NULL THEN
        PERFORM work_refuse('casefile_copy_people', 'people are copied into an empty draft that names the old file');
    END IF;
    INSERT INTO casefile_person
    SELECT (jsonb_populate_record(NULL::casefile_person, to_jsonb(p) || jsonb_build_object(
        'id', nextval(pg_get_serial_sequence('casefile_person', 'id')), 'file_id', new_file))).*
    FROM casefile_person p
    WHERE p.file_id = old_file AND p.left_on IS NULL
      AND (p.relation = 'head' OR NOT EXISTS (SELECT FROM casefile_claim c WHERE c.id_index = p.id_index))
    ORDER BY p.id;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION casefile_copy_people FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casefile_copy_people TO bangfu_app;
