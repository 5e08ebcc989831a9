-- +goose Up

-- A batch of a ledger writes hundreds of rows by one statement. The triggers that follow an insert do so once a statement
-- now, over all its rows; what they keep is the same.

-- Who is in an open file: the rows that came in.
-- +goose StatementBegin
CREATE FUNCTION casefile_claim_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO casefile_claim (id_index, person_id, file_id)
    SELECT p.id_index, p.id, p.file_id FROM came p JOIN casefile_file f ON f.id = p.file_id
    WHERE p.left_on IS NULL AND casefile_open(f.state) ORDER BY p.id_index;
    RETURN NULL;
END $$;
-- +goose StatementEnd
DROP TRIGGER casefile_claim_person ON casefile_person;
CREATE TRIGGER casefile_claim_person AFTER UPDATE OF id_index, left_on, file_id ON casefile_person
    FOR EACH ROW EXECUTE FUNCTION casefile_claim_person();
CREATE TRIGGER casefile_claim_people AFTER INSERT ON casefile_person
    REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION casefile_claim_people();

-- Whoever registers a file has gathered for it: nobody can have another side in a file that did not exist before.
-- +goose StatementBegin
CREATE FUNCTION casefile_duty_of_files() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO casefile_duty (file_id, staff_id, side) SELECT id, registered_by, 'gather' FROM came;
    RETURN NULL;
END $$;
-- +goose StatementEnd
DROP TRIGGER casefile_duty_of_file ON casefile_file;
CREATE TRIGGER casefile_duty_of_files AFTER INSERT ON casefile_file
    REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION casefile_duty_of_files();

-- The entries that wait for their seal.
-- +goose StatementBegin
CREATE FUNCTION audit_entries_pending() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit_pending (entry_id) SELECT id FROM came;
    RETURN NULL;
END $$;
-- +goose StatementEnd
DROP TRIGGER audit_entry_pending ON audit_entry;
CREATE TRIGGER audit_entries_pending AFTER INSERT ON audit_entry
    REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_pending();
