-- +goose Up

-- A split and a merge change who is in a household: whoever asks for one is on the gathering side of the files it touches,
-- and whoever agrees to it or rejects it on the deciding side. A transfer says only which office keeps the file, and takes
-- no side.
-- +goose StatementBegin
CREATE FUNCTION move_duty() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.asked_by, 'gather');
        IF NEW.kind = 'merge' THEN
            PERFORM casefile_take_duty(NEW.other_id, NEW.asked_by, 'gather');
        END IF;
    ELSIF NEW.decided_by IS DISTINCT FROM OLD.decided_by THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.decided_by, 'decide');
        IF NEW.kind = 'merge' THEN
            PERFORM casefile_take_duty(NEW.other_id, NEW.decided_by, 'decide');
        END IF;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER move_duty AFTER INSERT OR UPDATE OF decided_by ON move_move
    FOR EACH ROW WHEN (NEW.kind <> 'transfer') EXECUTE FUNCTION move_duty();
