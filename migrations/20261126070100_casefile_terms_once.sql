-- +goose Up

-- The same terms, each once, without a statement for each text to tell which are equal: it took half of the time.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_place_terms(kind text, place text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    word text := regexp_replace(place, '[^\u3400-\ufeff\U00020000-\U0003ffff]+', ' ', 'g');
    term text;
    terms text[] := '{}';
BEGIN
    FOR n IN 1 .. coalesce(length(word), 0) - 1 LOOP
        term := kind || substr(word, n, 2);
        IF strpos(term, ' ') = 0 AND term <> ALL (terms) THEN
            terms := terms || term;
        END IF;
    END LOOP;
    RETURN terms;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_person_terms(name text, pinyin text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    word text := regexp_replace(name, '[^\u3400-\ufeff\U00020000-\U0003ffff]', '', 'g');
    spoken text[] := string_to_array(nullif(pinyin, ''), ' ');
    whole text := spoken[1];
    initials text := left(spoken[1], 1);
    term text;
    terms text[] := '{}';
BEGIN
    FOR n IN 1 .. coalesce(length(word), 0) - 1 LOOP
        FOR size IN 2 .. least(3, length(word) - n + 1) LOOP
            term := 'n' || substr(word, n, size);
            IF term <> ALL (terms) THEN
                terms := terms || term;
            END IF;
        END LOOP;
    END LOOP;
    FOR n IN 2 .. coalesce(cardinality(spoken), 0) LOOP
        whole := whole || spoken[n];
        initials := initials || left(spoken[n], 1);
        FOREACH term IN ARRAY ARRAY['p' || whole, 'i' || initials] LOOP
            IF term <> ALL (terms) THEN
                terms := terms || term;
            END IF;
        END LOOP;
    END LOOP;
    RETURN terms;
END $$;
-- +goose StatementEnd
