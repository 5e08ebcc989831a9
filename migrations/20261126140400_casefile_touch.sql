-- +goose Up

-- A section that only got a new version, because a leaving, another head, a split or a merge that this transaction carries out
-- wrote its people, was saved by nobody: the change or the move names its own two people.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_duty_of_section() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT f.state NOT IN ('draft', 'returned') FROM casefile_file f WHERE f.id = NEW.file_id) AND (EXISTS (
        SELECT FROM casefile_change c WHERE c.file_id = NEW.file_id AND c.kind IN (NEW.section, 'leaving', 'new_head') AND c.state = 'asked'
            AND c.carried_in = pg_current_xact_id())
        OR NEW.section IN ('members', 'economy') AND EXISTS (
        SELECT FROM move_move m WHERE (m.file_id = NEW.file_id OR m.other_id = NEW.file_id) AND m.kind IN ('split', 'merge') AND m.state = 'asked'
            AND m.carried_in = pg_current_xact_id())) THEN
        RETURN NULL;
    END IF;
    PERFORM casefile_take_duty(NEW.file_id, NEW.saved_by, 'gather');
    RETURN NULL;
END $$;
-- +goose StatementEnd
