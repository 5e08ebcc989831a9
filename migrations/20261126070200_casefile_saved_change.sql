-- +goose Up

-- Which lists a person put a star on is kept by the program like who the person is, and told of in the same way.
CREATE TRIGGER casefile_saved_changed AFTER INSERT OR DELETE OR UPDATE ON casefile_saved FOR EACH STATEMENT EXECUTE FUNCTION staff_changed();
CREATE TRIGGER casefile_saved_changed AFTER INSERT OR DELETE OR UPDATE ON casefile_saved_mark FOR EACH STATEMENT EXECUTE FUNCTION staff_changed();
