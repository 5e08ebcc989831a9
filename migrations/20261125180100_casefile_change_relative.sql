-- +goose Up

-- Nobody decides a change of a relative's file.
CREATE TRIGGER casefile_change_relative BEFORE UPDATE OF decided_by ON casefile_change
    FOR EACH ROW WHEN (NEW.decided_by IS DISTINCT FROM OLD.decided_by AND NEW.state <> 'withdrawn')
    EXECUTE FUNCTION casefile_act_no_relative('file_id', 'decided_by');
