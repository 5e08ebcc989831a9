-- +goose Up

-- By what new files and people are found is written once for each statement that inserts them, and no longer once a row:
-- an import puts in five hundred files by one statement.

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_term_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM casefile_term WHERE term = ANY (casefile_file_terms(OLD.address, OLD.employer))
        AND org_path = OLD.org_path AND file_id = OLD.id AND person_id = 0;
    IF OLD.org_path <> NEW.org_path THEN
        UPDATE casefile_term t SET org_path = NEW.org_path
        FROM casefile_person p, unnest(casefile_person_terms(p.name, p.pinyin)) AS piece
        WHERE p.file_id = NEW.id AND t.term = piece AND t.org_path = OLD.org_path AND t.file_id = NEW.id AND t.person_id = p.id;
    END IF;
    INSERT INTO casefile_term (term, org_path, file_id, person_id)
    SELECT term, NEW.org_path, NEW.id, 0 FROM unnest(casefile_file_terms(NEW.address, NEW.employer)) AS term;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION casefile_term_files() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO casefile_term (term, org_path, file_id, person_id)
    SELECT t.term, c.org_path, c.id, 0 FROM came c, unnest(casefile_file_terms(c.address, c.employer)) AS t (term) ORDER BY t.term;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION casefile_term_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO casefile_term (term, org_path, file_id, person_id)
    SELECT t.term, f.org_path, f.id, c.id FROM came c JOIN casefile_file f ON f.id = c.file_id,
        unnest(casefile_person_terms(c.name, c.pinyin)) AS t (term)
    WHERE c.left_on IS NULL ORDER BY t.term;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_term_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.left_on IS NULL THEN
        DELETE FROM casefile_term WHERE term = ANY (casefile_person_terms(OLD.name, OLD.pinyin)) AND file_id = OLD.file_id
            AND person_id = OLD.id AND org_path = (SELECT org_path FROM casefile_file WHERE id = OLD.file_id);
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.left_on IS NULL THEN
        INSERT INTO casefile_term (term, org_path, file_id, person_id)
        SELECT term, f.org_path, f.id, NEW.id FROM casefile_file f, unnest(casefile_person_terms(NEW.name, NEW.pinyin)) AS term
        WHERE f.id = NEW.file_id;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

DROP TRIGGER casefile_term_new ON casefile_file;
CREATE TRIGGER casefile_term_new AFTER INSERT ON casefile_file REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION casefile_term_files();
DROP TRIGGER casefile_term_new ON casefile_person;
CREATE TRIGGER casefile_term_new AFTER INSERT ON casefile_person REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION casefile_term_people();
CREATE TRIGGER casefile_term_gone AFTER DELETE ON casefile_person
    FOR EACH ROW EXECUTE FUNCTION casefile_term_person();
