-- +goose Up

-- The notice says that a member of the union's staff is a relative, and names nobody.
ALTER TABLE notice_public ADD COLUMN relative boolean NOT NULL DEFAULT false;
-- +goose StatementBegin
CREATE FUNCTION notice_relative() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF casefile_related((SELECT n.file_id FROM notice_notice n WHERE n.id = NEW.notice_id))
       AND NOT (SELECT p.relative FROM notice_public p WHERE p.id = NEW.public_id) THEN
        PERFORM work_refuse('notice_relative', 'the notice of a relative of staff says so');
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER notice_relative BEFORE INSERT ON notice_shown FOR EACH ROW EXECUTE FUNCTION notice_relative();
