-- +goose Up

-- Visits to a household on file, and to one that has left: the yearly review, the key visit of the union above, the random
-- sample, the call-back. And what a visit is to hear: the situation and the degree of hardship, opinions, proposals.
ALTER TABLE visit_visit DROP CONSTRAINT visit_visit_purpose_check;
ALTER TABLE visit_visit
    ADD CONSTRAINT visit_visit_purpose_check CHECK (purpose IN ('first', 'recheck', 'review', 'key', 'sample', 'callback')),
    ADD COLUMN situation text NOT NULL DEFAULT '' CHECK (length(situation) <= 2000),
    ADD COLUMN degree    text CHECK (degree IN ('severe', 'hard', 'eased', 'none')),
    ADD COLUMN opinions  text NOT NULL DEFAULT '' CHECK (length(opinions) <= 2000),
    ADD COLUMN proposals text NOT NULL DEFAULT '' CHECK (length(proposals) <= 2000),
    ADD CONSTRAINT visit_degree_said CHECK (purpose IN ('first', 'recheck') OR degree IS NOT NULL);
CREATE INDEX visit_visit_day ON visit_visit (visited_on, file_id);

-- Who may visit, and which file: a recheck and a key visit are made by other people than those who were there before.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION visit_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE registrar bigint; registrar_may boolean; standing text;
BEGIN
    SELECT registered_by, state INTO registrar, standing FROM casefile_file WHERE id = NEW.file_id;
    IF NEW.purpose NOT IN ('first', 'recheck') AND standing NOT IN ('active', 'closed')
       AND NOT (NEW.purpose = 'sample' AND standing = 'visited') THEN
        PERFORM work_refuse('visit_on_file', 'such a visit is made to a household that is or was on file');
    END IF;
    IF NEW.purpose = 'recheck' THEN
        IF registrar IN (NEW.visitor_a, NEW.visitor_b) OR EXISTS (
            SELECT FROM visit_visit v WHERE v.file_id = NEW.file_id AND v.id <> NEW.id
            AND (v.visitor_a IN (NEW.visitor_a, NEW.visitor_b) OR v.visitor_b IN (NEW.visitor_a, NEW.visitor_b))) THEN
            PERFORM work_refuse('visit_other_people', 'a recheck is made by other people');
        END IF;
    ELSE
        SELECT r.registrar_may INTO registrar_may FROM visit_rule r
        WHERE r.from_on <= NEW.visited_on ORDER BY r.from_on DESC LIMIT 1;
        IF registrar IN (NEW.visitor_a, NEW.visitor_b) AND NOT coalesce(registrar_may, false) THEN
            PERFORM work_refuse('visit_registrar', 'the registrar is not one of the visitors here');
        END IF;
    END IF;
    IF NEW.purpose = 'key' AND EXISTS (
        SELECT FROM (SELECT v.visitor_a, v.visitor_b FROM visit_visit v WHERE v.file_id = NEW.file_id AND v.id <> NEW.id
                     ORDER BY v.id DESC LIMIT 1) l
        WHERE l.visitor_a IN (NEW.visitor_a, NEW.visitor_b) OR l.visitor_b IN (NEW.visitor_a, NEW.visitor_b)) THEN
        PERFORM work_refuse('visit_key_people', 'a key visit is made by other people than the visit before');
    END IF;
    PERFORM casefile_take_duty(NEW.file_id, NEW.visitor_a, 'gather');
    PERFORM casefile_take_duty(NEW.file_id, NEW.visitor_b, 'gather');
    PERFORM casefile_take_duty(NEW.file_id, NEW.entered_by, 'gather');
    RETURN NEW;
END $$;
-- +goose StatementEnd
