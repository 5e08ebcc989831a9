-- +goose Up

-- Nobody acts in the case of a relative (issue point N7). Whether somebody is one is looked up where an act is written, so
-- there is no flag that could be stale: a person of the household and a relative of staff have the same index.
-- +goose StatementBegin
CREATE FUNCTION casefile_relative(file bigint, staff bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM staff_relative r JOIN casefile_person p ON p.id_index = r.id_index
        WHERE r.staff_id = staff AND r.state IN ('declared', 'confirmed') AND p.file_id = file AND p.left_on IS NULL)
$$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION casefile_related(file bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM casefile_person p JOIN staff_relative r ON r.id_index = p.id_index AND r.state IN ('declared', 'confirmed')
        WHERE p.file_id = file AND p.left_on IS NULL)
$$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION casefile_no_relative(file bigint, staff bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF casefile_relative(file, staff) THEN
        PERFORM work_refuse('casefile_relative', format('staff %s is a relative in file %s', staff, file));
    END IF;
END $$;
-- +goose StatementEnd

-- Every act that puts a person on a side of the case: registering, visiting, assessing, publishing, voting, signing,
-- entering a grant, making and releasing a batch, refusing a payment.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_take_duty(file bigint, staff bigint, wanted text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE held text;
BEGIN
    PERFORM casefile_no_relative(file, staff);
    INSERT INTO casefile_duty (file_id, staff_id, side) VALUES (file, staff, wanted)
    ON CONFLICT (file_id, staff_id) DO NOTHING;
    SELECT side INTO held FROM casefile_duty WHERE file_id = file AND staff_id = staff;
    IF held <> wanted THEN
        PERFORM work_refuse('casefile_duty_sides', format('staff %s already has side %s in file %s', staff, held, file));
    END IF;
END $$;
-- +goose StatementEnd

-- And the acts that take no side: judging, confirming a card; and handing in what one registered for
-- a relative.
-- +goose StatementBegin
CREATE FUNCTION casefile_act_no_relative() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM casefile_no_relative((to_jsonb(NEW) ->> TG_ARGV[0])::bigint, (to_jsonb(NEW) ->> TG_ARGV[1])::bigint);
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER casefile_judgement_relative BEFORE INSERT ON casefile_judgement
    FOR EACH ROW EXECUTE FUNCTION casefile_act_no_relative('file_id', 'judged_by');
CREATE TRIGGER casefile_card_relative BEFORE UPDATE OF confirmed_by ON casefile_card
    FOR EACH ROW WHEN (NEW.confirmed_by IS DISTINCT FROM OLD.confirmed_by)
    EXECUTE FUNCTION casefile_act_no_relative('file_id', 'confirmed_by');
CREATE TRIGGER casefile_submit_relative BEFORE UPDATE OF state ON casefile_file
    FOR EACH ROW WHEN (NEW.state = 'submitted' AND OLD.state <> 'submitted')
    EXECUTE FUNCTION casefile_act_no_relative('id', 'registered_by');
