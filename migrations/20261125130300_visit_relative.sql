-- +goose Up

-- A household with a relative of staff is always visited: it is judged only after a visit of this round by two people
-- neither of whom is a relative. Visits of such people are refused as they are written; a relation that was declared
-- after its visit is met here.
-- +goose StatementBegin
CREATE FUNCTION visit_before_judgement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF casefile_related(NEW.file_id) AND NOT EXISTS (
        SELECT FROM visit_visit v WHERE v.file_id = NEW.file_id AND v.round = NEW.round
        AND NOT casefile_relative(v.file_id, v.visitor_a) AND NOT casefile_relative(v.file_id, v.visitor_b)) THEN
        PERFORM work_refuse('visit_relatives', 'a household with a relative of staff is judged after a visit by others');
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER visit_before_judgement BEFORE INSERT ON casefile_judgement FOR EACH ROW EXECUTE FUNCTION visit_before_judgement();
