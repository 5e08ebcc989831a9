-- +goose Up

-- An exit is put up before or after the worker is told. Told first, it could not be put up any more, and so never be closed.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION exit_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE lack text; days integer;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT f.org_path INTO NEW.org_path FROM casefile_file f WHERE f.id = NEW.file_id;
        IF NEW.state <> 'proposed' OR NEW.assessed_by IS NOT NULL OR NEW.told_on IS NOT NULL OR NEW.posted_on IS NOT NULL THEN
            PERFORM work_refuse('exit_begins_proposed', 'an exit begins as a proposal');
        END IF;
        IF (SELECT f.state FROM casefile_file f WHERE f.id = NEW.file_id) <> 'active' THEN
            PERFORM work_refuse('exit_of_active', 'only an active file leaves the register');
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (('proposed', 'agreed'), ('proposed', 'refused'), ('proposed', 'withdrawn'), ('agreed', 'agreed'),
            ('agreed', 'told'), ('agreed', 'refused'), ('told', 'told'), ('told', 'refused'), ('told', 'closed'))
        OR (OLD.state, NEW.state) = ('told', 'told') AND (OLD.posted_on IS NOT NULL OR NEW.posted_on IS NULL) THEN
        PERFORM work_refuse('exit_moves', format('an exit does not move from %s to %s', OLD.state, NEW.state));
    END IF;
    IF NEW.state IN ('agreed', 'closed') THEN
        lack := exit_lacks(NEW);
        IF lack IS NOT NULL THEN
            PERFORM work_refuse(lack, 'the exit is not yet proven');
        END IF;
    END IF;
    IF NEW.state = 'closed' THEN
        SELECT r.posted_days INTO days FROM exit_rule r WHERE r.from_on = NEW.rule_on;
        -- The day of posting is not counted, and all days of the period must be over.
        IF days > 0 AND (NEW.posted_on IS NULL OR (NEW.closed_at AT TIME ZONE 'Asia/Shanghai')::date <= NEW.posted_on + days) THEN
            PERFORM work_refuse('exit_posted', 'the exit is closed after its posting');
        END IF;
        IF EXISTS (SELECT FROM payment_payable p WHERE p.file_id = NEW.file_id AND p.state IN ('ready', 'batched')) THEN
            PERFORM work_refuse('exit_unpaid', 'money for the household is on its way');
        END IF;
        IF EXISTS (SELECT FROM grant_application a WHERE a.file_id = NEW.file_id AND a.state NOT IN ('approved', 'refused', 'withdrawn')) THEN
            PERFORM work_refuse('exit_applied', 'an application of the household is not decided');
        END IF;
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
