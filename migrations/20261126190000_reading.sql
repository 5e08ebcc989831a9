-- +goose Up

-- Who opened whose file in which hour of the clock, and how often (security.md 3.1, 2.4.1; 3.2, CES1-21 and CES1-34). Ids and
-- times, no text. No foreign key leads to a file: its check would lock the file's row, and whoever saves a file would wait for
-- those who read it.
CREATE TABLE reading_file (
    staff_id bigint NOT NULL CHECK (staff_id > 0),
    hour     timestamptz NOT NULL,
    file_id  bigint NOT NULL CHECK (file_id > 0),
    times    integer NOT NULL CHECK (times > 0),
    first_at timestamptz NOT NULL,
    last_at  timestamptz NOT NULL,
    PRIMARY KEY (staff_id, hour, file_id),
    CONSTRAINT reading_within CHECK (extract(epoch FROM hour) % 3600 = 0 AND first_at >= hour AND last_at >= first_at
        AND extract(epoch FROM last_at) - extract(epoch FROM hour) < 3600)
);
CREATE INDEX reading_file_of ON reading_file (file_id, hour DESC, staff_id DESC);
CREATE INDEX reading_file_hour ON reading_file USING brin (hour);

-- How many different files a person opened in an hour and how many searches the person made, never for what; and that the
-- hour was unusual, or that the brake held the person.
CREATE TABLE reading_hour (
    staff_id   bigint NOT NULL REFERENCES staff_member,
    hour       timestamptz NOT NULL CHECK (extract(epoch FROM hour) % 3600 = 0),
    files      integer NOT NULL CHECK (files >= 0),
    searches   integer NOT NULL CHECK (searches >= 0),
    unusual_at timestamptz,
    braked_at  timestamptz,
    PRIMARY KEY (hour, staff_id),
    CONSTRAINT reading_braked CHECK (braked_at IS NULL OR unusual_at IS NOT NULL)
);
CREATE INDEX reading_hour_of ON reading_hour (staff_id, hour DESC);
CREATE INDEX reading_hour_unusual ON reading_hour (hour DESC, staff_id DESC) WHERE unusual_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE (times, first_at, last_at), DELETE ON reading_file TO bangfu_app;
GRANT SELECT, INSERT, UPDATE (files, searches, unusual_at, braked_at), DELETE ON reading_hour TO bangfu_app;
GRANT SELECT ON reading_file, reading_hour TO bangfu_report;

-- What was read stays read: counts only grow, a mark stays, and nothing goes before three years are over (PIPL art. 56 keeps
-- records of handling for three years). The newest hour on record is the clock of this rule.
-- +goose StatementBegin
CREATE FUNCTION reading_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.hour >= (SELECT max(h.hour) FROM reading_hour h) - interval '3 years' THEN
            PERFORM work_refuse('reading_kept', 'what was read is kept for three years');
        END IF;
        RETURN OLD;
    END IF;
    IF TG_TABLE_NAME = 'reading_file' THEN
        IF NEW.times <= OLD.times OR NEW.first_at > OLD.first_at OR NEW.last_at < OLD.last_at THEN
            PERFORM work_refuse('reading_grows', 'what was read is not unread');
        END IF;
    ELSIF NEW.files < OLD.files OR NEW.searches < OLD.searches
        OR OLD.unusual_at IS NOT NULL AND NEW.unusual_at IS DISTINCT FROM OLD.unusual_at
        OR OLD.braked_at IS NOT NULL AND NEW.braked_at IS DISTINCT FROM OLD.braked_at THEN
        PERFORM work_refuse('reading_grows', 'what was read is not unread');
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER reading_file_stays BEFORE UPDATE OR DELETE ON reading_file FOR EACH ROW EXECUTE FUNCTION reading_stays();
CREATE TRIGGER reading_hour_stays BEFORE UPDATE OR DELETE ON reading_hour FOR EACH ROW EXECUTE FUNCTION reading_stays();
