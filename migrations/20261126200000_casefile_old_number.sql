-- +goose Up

-- The number that a household's file had in an older ledger. It stays with the file and is found like the file's own number:
-- by one term of casefile_term, so that neither another search nor another file pays for it.
ALTER TABLE casefile_file ADD COLUMN old_number text NOT NULL DEFAULT '' CHECK (length(old_number) <= 60);

-- Letters, digits and characters alone are compared: "YC-2018 (003)" is "yc2018003". casefile/term.go does the same.
-- +goose StatementBegin
CREATE FUNCTION casefile_old_terms(old_number text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN word = '' THEN '{}'::text[] ELSE ARRAY['o' || word] END
    FROM (SELECT upper(regexp_replace(old_number, '[^0-9A-Za-z\u3400-\ufeff\U00020000-\U0003ffff]', '', 'g')) AS word) given
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_term_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM casefile_term WHERE term = ANY (casefile_file_terms(OLD.address, OLD.employer) || casefile_old_terms(OLD.old_number))
        AND org_path = OLD.org_path AND file_id = OLD.id AND person_id = 0;
    IF OLD.org_path <> NEW.org_path THEN
        UPDATE casefile_term t SET org_path = NEW.org_path
        FROM casefile_person p, unnest(casefile_person_terms(p.name, p.pinyin)) AS piece
        WHERE p.file_id = NEW.id AND t.term = piece AND t.org_path = OLD.org_path AND t.file_id = NEW.id AND t.person_id = p.id;
    END IF;
    INSERT INTO casefile_term (term, org_path, file_id, person_id)
    SELECT term, NEW.org_path, NEW.id, 0 FROM unnest(casefile_file_terms(NEW.address, NEW.employer) || casefile_old_terms(NEW.old_number)) AS term;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_term_files() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO casefile_term (term, org_path, file_id, person_id)
    SELECT t.term, c.org_path, c.id, 0
    FROM came c, unnest(casefile_file_terms(c.address, c.employer) || casefile_old_terms(c.old_number)) AS t (term) ORDER BY t.term;
    RETURN NULL;
END $$;
-- +goose StatementEnd

DROP TRIGGER casefile_term_change ON casefile_file;
CREATE TRIGGER casefile_term_change AFTER UPDATE ON casefile_file FOR EACH ROW
    WHEN ((OLD.org_path, OLD.address, OLD.employer, OLD.old_number) IS DISTINCT FROM (NEW.org_path, NEW.address, NEW.employer, NEW.old_number))
    EXECUTE FUNCTION casefile_term_file();

-- What came in already has its number with its origin.
UPDATE casefile_file f SET old_number = o.old_number FROM ledger_origin o
WHERE o.file_id = f.id AND o.old_number <> '' AND o.undone_at IS NULL AND f.erased_at IS NULL;
