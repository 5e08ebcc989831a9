-- +goose Up

-- By what a file is found: pieces of the names of its people and of how they are spoken, of its address and of its
-- head's employer, each with the file's office. Every search is one range of the key, in the order of its answer, so it
-- costs the same in any register: neither a piece that fifty thousand have nor a small scope makes it read more than a
-- page. The first letter of a term says what it is a piece of (casefile/term.go):
--   n  two or three characters of a name       p  the first syllables of a name, two or more
--   i  their initials, two or more             a  two characters of the address        e  two of the employer
CREATE TABLE casefile_term (
    term      text COLLATE "C" NOT NULL,
    org_path  text COLLATE "C" NOT NULL,
    file_id   bigint NOT NULL,
    person_id bigint NOT NULL, -- 0 = the file's own address or employer
    PRIMARY KEY (term, org_path, file_id, person_id)
);
GRANT SELECT ON casefile_term TO bangfu_app;

-- Characters of names and places: everything from U+3400 on but the full-width forms. casefile/term.go does the same.
-- +goose StatementBegin
CREATE FUNCTION casefile_person_terms(name text, pinyin text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    WITH given AS (
        SELECT regexp_replace(name, '[^\u3400-\ufeff\U00020000-\U0003ffff]', '', 'g') AS word,
               string_to_array(nullif(pinyin, ''), ' ') AS spoken),
    pieces AS (
        SELECT 'n' || substr(word, start, size) AS term
        FROM given, generate_series(1, length(word) - 1) AS start, generate_series(2, 3) AS size WHERE start + size - 1 <= length(word)
        UNION
        SELECT 'p' || array_to_string(spoken[1:last], '') FROM given, generate_series(2, cardinality(spoken)) AS last
        UNION
        SELECT 'i' || (SELECT string_agg(left(s, 1), '' ORDER BY place) FROM unnest(spoken[1:last]) WITH ORDINALITY AS u (s, place))
        FROM given, generate_series(2, cardinality(spoken)) AS last)
    SELECT coalesce(array_agg(term COLLATE "C" ORDER BY term COLLATE "C"), '{}') FROM pieces
$$;
CREATE FUNCTION casefile_place_terms(kind text, place text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    WITH given AS (SELECT regexp_replace(place, '[^\u3400-\ufeff\U00020000-\U0003ffff]+', ' ', 'g') AS word),
    pieces AS (
        SELECT DISTINCT kind || substr(word, start, 2) AS term FROM given, generate_series(1, length(word) - 1) AS start
        WHERE strpos(substr(word, start, 2), ' ') = 0)
    SELECT coalesce(array_agg(term COLLATE "C" ORDER BY term COLLATE "C"), '{}') FROM pieces
$$;
CREATE FUNCTION casefile_file_terms(address text, employer text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT casefile_place_terms('a', address) || casefile_place_terms('e', employer)
$$;

-- The terms of a person follow the person's name, and whether the person is in the household.
CREATE FUNCTION casefile_term_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.left_on IS NULL THEN
        DELETE FROM casefile_term WHERE term = ANY (casefile_person_terms(OLD.name, OLD.pinyin)) AND file_id = OLD.file_id
            AND person_id = OLD.id AND org_path = (SELECT org_path FROM casefile_file WHERE id = OLD.file_id);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.left_on IS NULL THEN
        INSERT INTO casefile_term (term, org_path, file_id, person_id)
        SELECT term, f.org_path, f.id, NEW.id FROM casefile_file f, unnest(casefile_person_terms(NEW.name, NEW.pinyin)) AS term
        WHERE f.id = NEW.file_id;
    END IF;
    RETURN NULL;
END $$;

-- The terms of a file follow its address and employer; when it moves to another office, those of its people move too.
CREATE FUNCTION casefile_term_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM casefile_term WHERE term = ANY (casefile_file_terms(OLD.address, OLD.employer))
            AND org_path = OLD.org_path AND file_id = OLD.id AND person_id = 0;
        IF OLD.org_path <> NEW.org_path THEN
            UPDATE casefile_term t SET org_path = NEW.org_path
            FROM casefile_person p, unnest(casefile_person_terms(p.name, p.pinyin)) AS piece
            WHERE p.file_id = NEW.id AND t.term = piece AND t.org_path = OLD.org_path AND t.file_id = NEW.id AND t.person_id = p.id;
        END IF;
    END IF;
    INSERT INTO casefile_term (term, org_path, file_id, person_id)
    SELECT term, NEW.org_path, NEW.id, 0 FROM unnest(casefile_file_terms(NEW.address, NEW.employer)) AS term;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER casefile_term_new AFTER INSERT OR DELETE ON casefile_person FOR EACH ROW EXECUTE FUNCTION casefile_term_person();
CREATE TRIGGER casefile_term_change AFTER UPDATE ON casefile_person FOR EACH ROW
    WHEN ((OLD.name, OLD.pinyin, OLD.left_on, OLD.file_id) IS DISTINCT FROM (NEW.name, NEW.pinyin, NEW.left_on, NEW.file_id))
    EXECUTE FUNCTION casefile_term_person();
CREATE TRIGGER casefile_term_new AFTER INSERT ON casefile_file FOR EACH ROW
    WHEN (NEW.address <> '' OR NEW.employer <> '') EXECUTE FUNCTION casefile_term_file();
CREATE TRIGGER casefile_term_change AFTER UPDATE ON casefile_file FOR EACH ROW
    WHEN ((OLD.org_path, OLD.address, OLD.employer) IS DISTINCT FROM (NEW.org_path, NEW.address, NEW.employer))
    EXECUTE FUNCTION casefile_term_file();

-- What is on file already; the spoken names come with the job.
INSERT INTO casefile_term (term, org_path, file_id, person_id)
SELECT term, f.org_path, f.id, p.id FROM casefile_file f JOIN casefile_person p ON p.file_id = f.id,
    unnest(casefile_person_terms(p.name, p.pinyin)) AS term WHERE p.left_on IS NULL
UNION ALL
SELECT term, f.org_path, f.id, 0 FROM casefile_file f, unnest(casefile_file_terms(f.address, f.employer)) AS term;
