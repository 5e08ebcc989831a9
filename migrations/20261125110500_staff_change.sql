-- +goose Up

-- How often the people, their roles and their offices have changed. The program reads the number with each session, in
-- the same statement, and keeps who is asking for as long as it stays the same: so what a person may do is known without
-- a query of its own, and a person who is disabled or loses a role is so from the next request on, in every program on
-- the database.
CREATE TABLE staff_change (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    number bigint NOT NULL
);
INSERT INTO staff_change (number) VALUES (1);
GRANT SELECT ON staff_change TO bangfu_app;

-- +goose StatementBegin
CREATE FUNCTION staff_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE staff_change SET number = number + 1;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER staff_changed AFTER INSERT OR DELETE OR UPDATE OF name, org_id, active, must_change ON staff_member
    FOR EACH STATEMENT EXECUTE FUNCTION staff_changed();
CREATE TRIGGER staff_changed AFTER INSERT OR DELETE OR UPDATE ON staff_role FOR EACH STATEMENT EXECUTE FUNCTION staff_changed();
CREATE TRIGGER staff_changed AFTER INSERT OR DELETE OR UPDATE ON staff_org FOR EACH STATEMENT EXECUTE FUNCTION staff_changed();
