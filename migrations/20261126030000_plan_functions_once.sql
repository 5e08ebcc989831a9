-- +goose Up

-- Functions that triggers and lists call for each row. A function written in SQL is planned anew in every statement that
-- calls it, for longer than it runs; one in PL/pgSQL is planned once a connection. What they give stays the same.

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_person_terms(name text, pinyin text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    word text := regexp_replace(name, '[^\u3400-\ufeff\U00020000-\U0003ffff]', '', 'g');
    spoken text[] := string_to_array(nullif(pinyin, ''), ' ');
    whole text := spoken[1];
    initials text := left(spoken[1], 1);
    terms text[] := '{}';
BEGIN
    FOR n IN 1 .. coalesce(length(word), 0) - 1 LOOP
        terms := terms || ('n' || substr(word, n, 2));
        IF n + 2 <= length(word) THEN
            terms := terms || ('n' || substr(word, n, 3));
        END IF;
    END LOOP;
    FOR n IN 2 .. coalesce(cardinality(spoken), 0) LOOP
        whole := whole || spoken[n];
        initials := initials || left(spoken[n], 1);
        terms := terms || ('p' || whole) || ('i' || initials);
    END LOOP;
    RETURN ARRAY(SELECT DISTINCT term COLLATE "C" FROM unnest(terms) AS term ORDER BY 1);
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_place_terms(kind text, place text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    word text := regexp_replace(place, '[^\u3400-\ufeff\U00020000-\U0003ffff]+', ' ', 'g');
    pair text;
    terms text[] := '{}';
BEGIN
    FOR n IN 1 .. coalesce(length(word), 0) - 1 LOOP
        pair := substr(word, n, 2);
        IF strpos(pair, ' ') = 0 THEN
            terms := terms || (kind || pair);
        END IF;
    END LOOP;
    RETURN ARRAY(SELECT DISTINCT term COLLATE "C" FROM unnest(terms) AS term ORDER BY 1);
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_relative(file bigint, staff bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM staff_relative r JOIN casefile_person p ON p.id_index = r.id_index
        WHERE r.staff_id = staff AND r.state IN ('declared', 'confirmed') AND p.file_id = file AND p.left_on IS NULL);
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_related(file bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM casefile_person p JOIN staff_relative r ON r.id_index = p.id_index AND r.state IN ('declared', 'confirmed')
        WHERE p.file_id = file AND p.left_on IS NULL);
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION retention_erasing() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM retention_item i WHERE i.erasing = pg_current_xact_id());
END $$;
-- +goose StatementEnd
