-- +goose Up

-- Temporary files 临时救助档案 (domain.md b.10, c.1): a household in sudden need is kept on record with the few facts that
-- are known, before it is registered whole. It becomes a registration again 转正, or it ends 注销 by a second person.
ALTER TABLE casefile_file
    ADD COLUMN temporary_at timestamptz, -- when it was first kept as a temporary file; stays after it became a registration
    ADD COLUMN cancelled_by bigint REFERENCES staff_member,
    DROP CONSTRAINT casefile_file_state_check,
    DROP CONSTRAINT casefile_file_check1,
    ADD CONSTRAINT casefile_file_state_check CHECK (state IN ('draft', 'temporary', 'submitted', 'visited', 'returned', 'judged', 'assessed',
        'in_notice', 'contested', 'active', 'not_qualified', 'refused', 'struck_off', 'discarded', 'cancelled', 'closed')),
    ADD CONSTRAINT casefile_file_ended CHECK (
        (state IN ('not_qualified', 'refused', 'struck_off', 'discarded', 'cancelled', 'closed')) = (closed_at IS NOT NULL)),
    ADD CONSTRAINT casefile_temporary_facts CHECK (state <> 'temporary' OR (temporary_at IS NOT NULL AND head_name <> ''
        AND address <> '' AND main_cause IS NOT NULL AND return_reason IS NOT NULL)),
    ADD CONSTRAINT casefile_temporary_cancelled CHECK ((state = 'cancelled') = (cancelled_by IS NOT NULL)
        AND (state <> 'cancelled' OR temporary_at IS NOT NULL AND (return_reason IS NOT NULL OR erased_at IS NOT NULL))),
    ADD CONSTRAINT casefile_temporary_second CHECK (cancelled_by <> registered_by);

-- A cancelled file binds nobody.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_open(state text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT state NOT IN ('not_qualified', 'refused', 'struck_off', 'discarded', 'cancelled', 'closed')
$$;
-- +goose StatementEnd

-- The ways into a temporary file and out of it, for every role. What was one is a record of the office: as a registration
-- it is handed in or becomes a temporary file again, but nobody throws it away alone.
-- +goose StatementBegin
CREATE FUNCTION casefile_temporary() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state IN ('temporary', 'cancelled') OR NEW.temporary_at IS NOT NULL THEN
            PERFORM work_refuse('casefile_temporary_ways', 'a temporary file begins as a registration');
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.temporary_at IS NOT NULL AND NEW.temporary_at IS DISTINCT FROM OLD.temporary_at THEN
        PERFORM work_refuse('casefile_temporary_fixed', 'the day of a temporary file does not change');
    END IF;
    IF NEW.state <> OLD.state AND (
        NEW.state = 'temporary' AND OLD.state <> 'draft'
        OR OLD.state = 'temporary' AND NEW.state NOT IN ('draft', 'cancelled')
        OR NEW.state = 'cancelled' AND OLD.state <> 'temporary'
        OR OLD.state = 'cancelled'
        OR OLD.state = 'draft' AND NEW.state = 'discarded' AND OLD.temporary_at IS NOT NULL) THEN
        PERFORM work_refuse('casefile_temporary_ways', format('no way from %s to %s', OLD.state, NEW.state));
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER casefile_temporary BEFORE INSERT OR UPDATE ON casefile_file FOR EACH ROW EXECUTE FUNCTION casefile_temporary();
