-- +goose Up

-- Nobody applies for a household whose exit was agreed to: the application would hold the file open, and those who decide on it
-- would not know. Reads exit_exit.
-- +goose StatementBegin
CREATE FUNCTION grant_leaving() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM exit_exit e WHERE e.file_id = NEW.file_id AND e.state IN ('agreed', 'told')) THEN
        PERFORM work_refuse('grant_leaving', 'the household is leaving the register');
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER grant_leaving BEFORE INSERT ON grant_application FOR EACH ROW EXECUTE FUNCTION grant_leaving();
