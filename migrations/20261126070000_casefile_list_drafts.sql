-- +goose Up

-- A registration that is being written stands in its registrar's list alone; each of its savings wrote into twelve indexes of
-- lists that never show it. Lists name the states that they leave out, so that these indexes serve them; the program of the day
-- before does not, and runs on without them.
-- +goose StatementBegin
DO $$
DECLARE k record; n integer;
BEGIN
    FOR k IN SELECT * FROM (VALUES ('list', 'registered_at', ''), ('name', 'head_pinyin', 'registered_at, '), ('numbered', 'number_key', 'registered_at, ')) AS k (name, key, beside) LOOP
        FOR n IN 1 .. 4 LOOP
            EXECUTE format('DROP INDEX casefile_file_%s_%s', k.name, n);
            EXECUTE format('CREATE INDEX casefile_file_%s_%s ON casefile_file (level_%2$s, state, %s, id) INCLUDE (category, main_cause, housing, %spapers_until)
                WHERE state NOT IN (''draft'', ''returned'')', k.name, n, k.key, k.beside);
        END LOOP;
    END LOOP;
END $$;
-- +goose StatementEnd

-- The registrar's own list in the other orders.
CREATE INDEX casefile_file_mine_name ON casefile_file (registered_by, state, head_pinyin, id) WHERE state IN ('draft', 'returned');
CREATE INDEX casefile_file_mine_numbered ON casefile_file (registered_by, state, number_key, id) WHERE state IN ('draft', 'returned');
