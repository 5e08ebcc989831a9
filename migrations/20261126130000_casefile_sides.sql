-- +goose Up

-- Who writes the facts of a household or its bank card is on the gathering side of its case, and who rules on them on the
-- deciding side. Registering, visiting, assessing and paying put a person on a side before; so whoever had entered the card
-- could pay to it, and whoever had asked for a change could judge by it. A relative does neither (issue point N7).

-- Who handed the registration in, or kept it as a temporary file, the last time. Files from before name nobody.
ALTER TABLE casefile_file ADD COLUMN handed_by bigint REFERENCES staff_member;

-- Whoever hands a registration in vouches for it; whoever cancels a temporary file decides on it. A program from before
-- this column names nobody: then the registrar stands for it.
-- +goose StatementBegin
CREATE FUNCTION casefile_duty_of_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state = 'cancelled' THEN
        PERFORM casefile_take_duty(NEW.id, NEW.cancelled_by, 'decide');
    ELSE
        PERFORM casefile_take_duty(NEW.id, coalesce(NEW.handed_by, NEW.registered_by), 'gather');
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER casefile_duty_of_state AFTER UPDATE OF state ON casefile_file
    FOR EACH ROW WHEN (NEW.state IN ('submitted', 'temporary', 'cancelled') AND NEW.state <> OLD.state)
    EXECUTE FUNCTION casefile_duty_of_state();

-- Whoever saves a section of a registration, whoever opened it. A section of a file that was handed in is written by the
-- change that this transaction carries out, and that names its own two people. Keeping what was typed takes no side.
-- +goose StatementBegin
CREATE FUNCTION casefile_duty_of_section() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT f.state NOT IN ('draft', 'returned') FROM casefile_file f WHERE f.id = NEW.file_id) AND EXISTS (
        SELECT FROM casefile_change c WHERE c.file_id = NEW.file_id AND c.kind = NEW.section AND c.state = 'asked'
            AND c.carried_in = pg_current_xact_id()) THEN
        RETURN NULL;
    END IF;
    PERFORM casefile_take_duty(NEW.file_id, NEW.saved_by, 'gather');
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER casefile_duty_of_section AFTER INSERT OR UPDATE OF version, saved_by ON casefile_section
    FOR EACH ROW EXECUTE FUNCTION casefile_duty_of_section();

-- Whether a split or a merge that this transaction carries out brings the paper into the file from where it lay.
-- +goose StatementBegin
CREATE FUNCTION casefile_paper_brought(file bigint, paper text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM move_move m JOIN casefile_evidence o ON o.file_id = m.file_id AND o.blob = paper AND o.removed_at IS NULL
        WHERE m.other_id = file AND m.kind = 'merge' AND m.state = 'asked' AND m.carried_in = pg_current_xact_id()
    ) OR EXISTS (
        SELECT FROM casefile_file f JOIN move_move m ON m.file_id = f.split_of
            JOIN casefile_evidence o ON o.file_id = m.file_id AND o.blob = paper AND o.removed_at IS NULL
        WHERE f.id = file AND m.kind = 'split' AND m.state = 'asked' AND m.carried_in = pg_current_xact_id())
$$;
-- +goose StatementEnd

-- Whoever adds a paper as evidence of the facts. Of a file that was handed in, a paper of the kind "other" proves none of
-- them: the office files there what it did itself, such as a photograph of the notice board. Nobody files in a relative's.
-- +goose StatementBegin
CREATE FUNCTION casefile_duty_of_papers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE p record;
BEGIN
    FOR p IN
        SELECT DISTINCT e.file_id, e.added_by, e.kind <> 'other' OR f.state IN ('draft', 'returned', 'temporary') AS proves
        FROM came e JOIN casefile_file f ON f.id = e.file_id
        WHERE NOT casefile_paper_brought(e.file_id, e.blob) ORDER BY e.file_id, e.added_by
    LOOP
        IF p.proves THEN
            PERFORM casefile_take_duty(p.file_id, p.added_by, 'gather');
        ELSE
            PERFORM casefile_no_relative(p.file_id, p.added_by);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER casefile_duty_of_papers AFTER INSERT ON casefile_evidence
    REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION casefile_duty_of_papers();
-- +goose StatementBegin
CREATE FUNCTION casefile_duty_of_removal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM casefile_take_duty(NEW.file_id, NEW.removed_by, 'gather');
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER casefile_duty_of_removal AFTER UPDATE OF removed_by ON casefile_evidence
    FOR EACH ROW WHEN (NEW.removed_by IS NOT NULL AND NEW.removed_by IS DISTINCT FROM OLD.removed_by)
    EXECUTE FUNCTION casefile_duty_of_removal();

-- Whoever records what an employer owes, or that it was paid.
-- +goose StatementBegin
CREATE FUNCTION casefile_duty_of_arrears() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM casefile_take_duty(NEW.file_id, CASE TG_OP WHEN 'INSERT' THEN NEW.entered_by ELSE coalesce(NEW.settled_by, NEW.entered_by) END, 'gather');
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER casefile_duty_of_arrears AFTER INSERT OR UPDATE OF settled_by ON casefile_arrears
    FOR EACH ROW EXECUTE FUNCTION casefile_duty_of_arrears();

-- Whoever enters a card, and the second person who confirms or stops it.
-- +goose StatementBegin
CREATE FUNCTION casefile_duty_of_card() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.entered_by, 'gather');
    END IF;
    IF NEW.confirmed_by IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.confirmed_by IS DISTINCT FROM OLD.confirmed_by) THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.confirmed_by, 'decide');
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
DROP TRIGGER casefile_card_relative ON casefile_card;
CREATE TRIGGER casefile_duty_of_card AFTER INSERT OR UPDATE OF confirmed_by ON casefile_card
    FOR EACH ROW EXECUTE FUNCTION casefile_duty_of_card();

-- Whoever asks for a change that needs a second person, and that second person, whatever they say. A change that needs
-- nobody (how to reach the household) takes no side; but nobody changes anything of a relative's.
-- +goose StatementBegin
CREATE FUNCTION casefile_duty_of_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.second THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.asked_by, 'gather');
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM casefile_no_relative(NEW.file_id, NEW.asked_by);
    END IF;
    IF NEW.decided_by IS NOT NULL AND NEW.state <> 'withdrawn' AND (TG_OP = 'INSERT' OR NEW.decided_by IS DISTINCT FROM OLD.decided_by) THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.decided_by, 'decide');
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
DROP TRIGGER casefile_change_relative ON casefile_change;
CREATE TRIGGER casefile_duty_of_change AFTER INSERT OR UPDATE OF decided_by ON casefile_change
    FOR EACH ROW EXECUTE FUNCTION casefile_duty_of_change();

-- Whoever judges: the figures are computed, but a person confirms them, rules on what excludes the household, and tells
-- the one that does not qualify (PIPL 24). Before the other rules of a judgement, as the rule on relatives was.
-- +goose StatementBegin
CREATE FUNCTION casefile_duty_of_judgement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM casefile_take_duty(NEW.file_id, NEW.judged_by, 'decide');
    RETURN NEW;
END $$;
-- +goose StatementEnd
DROP TRIGGER casefile_judgement_relative ON casefile_judgement;
CREATE TRIGGER casefile_duty_of_judgement BEFORE INSERT ON casefile_judgement
    FOR EACH ROW EXECUTE FUNCTION casefile_duty_of_judgement();

-- What was done before stands. Who has no side yet takes the one of what they did, the gathering one first.
INSERT INTO casefile_duty (file_id, staff_id, side)
SELECT w.file_id, w.staff_id, 'gather' FROM (
    SELECT file_id, asked_by AS staff_id FROM casefile_change WHERE second
    UNION SELECT file_id, entered_by FROM casefile_card
    UNION SELECT file_id, entered_by FROM casefile_arrears
    UNION SELECT s.file_id, s.saved_by FROM casefile_section s WHERE NOT EXISTS (
        SELECT FROM casefile_change c WHERE c.file_id = s.file_id AND c.kind = s.section AND c.state = 'applied'
            AND coalesce(c.decided_by, c.asked_by) = s.saved_by)) w
WHERE NOT EXISTS (SELECT FROM casefile_duty d WHERE d.file_id = w.file_id AND d.staff_id = w.staff_id);
INSERT INTO casefile_duty (file_id, staff_id, side)
SELECT w.file_id, w.staff_id, 'decide' FROM (
    SELECT file_id, judged_by AS staff_id FROM casefile_judgement
    UNION SELECT file_id, decided_by FROM casefile_change WHERE decided_by IS NOT NULL AND state <> 'withdrawn'
    UNION SELECT file_id, confirmed_by FROM casefile_card WHERE confirmed_by IS NOT NULL
    UNION SELECT id, cancelled_by FROM casefile_file WHERE cancelled_by IS NOT NULL) w
WHERE NOT EXISTS (SELECT FROM casefile_duty d WHERE d.file_id = w.file_id AND d.staff_id = w.staff_id);
