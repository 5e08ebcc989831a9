-- The rules on a change of a file stood in functions that ran for every row, to find out that they did not apply: six for each
-- file that is read in, and for each section that is saved. The conditions stand with the triggers now.

-- +goose Up
DROP TRIGGER casefile_file_fixed ON casefile_file;
CREATE TRIGGER casefile_file_fixed BEFORE UPDATE ON casefile_file FOR EACH ROW
    WHEN (NEW.org_id <> OLD.org_id OR NEW.org_path <> OLD.org_path OR NEW.number IS DISTINCT FROM OLD.number
        OR NEW.registered_by <> OLD.registered_by OR NEW.registered_at <> OLD.registered_at) EXECUTE FUNCTION casefile_file_fixed();
CREATE TRIGGER casefile_file_fixed_new BEFORE INSERT ON casefile_file FOR EACH ROW EXECUTE FUNCTION casefile_file_fixed();

DROP TRIGGER casefile_relapse ON casefile_file;
CREATE TRIGGER casefile_relapse BEFORE UPDATE ON casefile_file FOR EACH ROW
    WHEN (NEW.relapse_of IS DISTINCT FROM OLD.relapse_of) EXECUTE FUNCTION casefile_relapse();
CREATE TRIGGER casefile_relapse_new BEFORE INSERT ON casefile_file FOR EACH ROW
    WHEN (NEW.relapse_of IS NOT NULL) EXECUTE FUNCTION casefile_relapse();

DROP TRIGGER casefile_temporary ON casefile_file;
CREATE TRIGGER casefile_temporary BEFORE UPDATE ON casefile_file FOR EACH ROW
    WHEN (NEW.state <> OLD.state OR NEW.temporary_at IS DISTINCT FROM OLD.temporary_at) EXECUTE FUNCTION casefile_temporary();
CREATE TRIGGER casefile_temporary_new BEFORE INSERT ON casefile_file FOR EACH ROW
    WHEN (NEW.state IN ('temporary', 'cancelled') OR NEW.temporary_at IS NOT NULL) EXECUTE FUNCTION casefile_temporary();

DROP TRIGGER notice_before_active ON casefile_file;
CREATE TRIGGER notice_before_active BEFORE UPDATE ON casefile_file FOR EACH ROW
    WHEN (NEW.state = 'active' AND OLD.state <> 'active') EXECUTE FUNCTION notice_before_active();
CREATE TRIGGER notice_before_active_new BEFORE INSERT ON casefile_file FOR EACH ROW
    WHEN (NEW.state = 'active') EXECUTE FUNCTION notice_before_active();

DROP TRIGGER exit_before_close ON casefile_file;
CREATE TRIGGER exit_before_close BEFORE UPDATE ON casefile_file FOR EACH ROW
    WHEN (NEW.state = 'closed' AND OLD.state <> 'closed') EXECUTE FUNCTION exit_before_close();
CREATE TRIGGER exit_before_close_new BEFORE INSERT ON casefile_file FOR EACH ROW
    WHEN (NEW.state = 'closed') EXECUTE FUNCTION exit_before_close();

DROP TRIGGER retention_file ON casefile_file;
CREATE TRIGGER retention_file BEFORE UPDATE ON casefile_file FOR EACH ROW
    WHEN (OLD.erased_at IS NOT NULL OR OLD.undone_at IS NOT NULL OR NEW.erased_at IS NOT NULL OR NEW.undone_at IS NOT NULL)
    EXECUTE FUNCTION retention_file();
CREATE TRIGGER retention_file_new BEFORE INSERT ON casefile_file FOR EACH ROW
    WHEN (NEW.erased_at IS NOT NULL OR NEW.undone_at IS NOT NULL) EXECUTE FUNCTION retention_file();

