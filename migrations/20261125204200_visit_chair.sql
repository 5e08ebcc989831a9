-- +goose Up

-- The chair of the unit's union 基层工会主席 may be present at a visit, and must be at a second verification 二次核实 of a
-- household that was visited before (inventory 003-25). The chair is no member of staff: name and unit are written down.
ALTER TABLE visit_visit
    ADD COLUMN chair      text CHECK (length(chair) BETWEEN 2 AND 40),
    ADD COLUMN chair_unit text CHECK (length(chair_unit) BETWEEN 2 AND 80),
    ADD CONSTRAINT visit_chair_whole CHECK ((chair IS NULL) = (chair_unit IS NULL)),
    DROP CONSTRAINT visit_visit_purpose_check,
    ADD CONSTRAINT visit_visit_purpose_check CHECK (purpose IN ('first', 'recheck', 'review', 'key', 'second', 'sample', 'callback')),
    ADD CONSTRAINT visit_chair_present CHECK (purpose <> 'second' OR chair IS NOT NULL);
-- +goose StatementBegin
CREATE FUNCTION visit_second() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.purpose = 'second' AND NOT EXISTS (SELECT FROM visit_visit v WHERE v.file_id = NEW.file_id AND v.id <> NEW.id) THEN
        PERFORM work_refuse('visit_second_of', 'a second verification follows another visit');
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER visit_second BEFORE INSERT ON visit_visit FOR EACH ROW EXECUTE FUNCTION visit_second();

ALTER TABLE visit_plan
    DROP CONSTRAINT visit_plan_kind_check,
    ADD CONSTRAINT visit_plan_kind_check CHECK (kind IN ('census', 'first', 'half_year', 'key', 'second', 'sample', 'talk')),
    DROP CONSTRAINT visit_plan_purpose_check,
    ADD CONSTRAINT visit_plan_purpose_check CHECK (purpose IN ('first', 'review', 'key', 'second', 'sample')),
    DROP CONSTRAINT visit_plan_purpose,
    ADD CONSTRAINT visit_plan_purpose CHECK (purpose = CASE kind WHEN 'first' THEN 'first' WHEN 'key' THEN 'key' WHEN 'second' THEN 'second'
        WHEN 'sample' THEN 'sample' ELSE 'review' END);
