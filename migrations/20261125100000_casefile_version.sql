-- +goose Up

-- What a file said, as a whole, each time its facts changed: so that they are known as of any past day. Insert only.
-- The facts are kept in the form of casefile.Facts, ID, phone and card numbers sealed; the hash is over that form.
CREATE TABLE casefile_version (
    file_id bigint NOT NULL REFERENCES casefile_file,
    number  integer NOT NULL CHECK (number > 0),
    round   integer NOT NULL CHECK (round > 0),
    kept_at timestamptz NOT NULL,
    kept_by bigint REFERENCES staff_member,
    why     text NOT NULL CHECK (why ~ '^[a-z_]+\.[a-z_]+$' AND length(why) <= 60),
    facts   jsonb NOT NULL CHECK (jsonb_typeof(facts) = 'object'),
    hash    bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (file_id, number)
);
GRANT SELECT, INSERT ON casefile_version TO bangfu_app;
GRANT SELECT (file_id, number, round, kept_at, kept_by, why, hash) ON casefile_version TO bangfu_report;

-- Versions of a file are numbered without holes and their times never run backwards, so that "as of a day" has one
-- answer.
-- +goose StatementBegin
CREATE FUNCTION casefile_version_next() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last casefile_version;
BEGIN
    SELECT * INTO last FROM casefile_version WHERE file_id = NEW.file_id ORDER BY number DESC LIMIT 1;
    IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.kept_at < last.kept_at OR NEW.round < last.round THEN
        PERFORM work_refuse('casefile_version_next', format('version %s of file %s does not follow %s', NEW.number, NEW.file_id, last.number));
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER casefile_version_next BEFORE INSERT ON casefile_version
    FOR EACH ROW EXECUTE FUNCTION casefile_version_next();
