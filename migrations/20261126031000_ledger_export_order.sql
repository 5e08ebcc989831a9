-- +goose Up

-- A list is given out in the order in which it was asked for on the page of files; what was given out before stood by registration.
ALTER TABLE ledger_export
    ADD COLUMN sort text NOT NULL DEFAULT 'registered' CHECK (sort IN ('registered', 'name', 'number')),
    ADD COLUMN turned boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT ledger_export_order CHECK (file_id IS NULL OR sort = 'registered' AND NOT turned);

-- What was asked for does not change: neither what a list is narrowed by, nor its order.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION ledger_export_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.layout, OLD.list, OLD.filter, OLD.sort, OLD.turned, OLD.file_id, OLD.full_numbers, OLD.reason, OLD.asked_by, OLD.asked_at)
        IS DISTINCT FROM (NEW.layout, NEW.list, NEW.filter, NEW.sort, NEW.turned, NEW.file_id, NEW.full_numbers, NEW.reason, NEW.asked_by, NEW.asked_at) THEN
        PERFORM work_refuse('ledger_export_fixed', 'what was asked for does not change');
    END IF;
    IF OLD.state IN ('fetched', 'expired', 'failed') AND NEW.state <> OLD.state THEN
        PERFORM work_refuse('ledger_export_once', 'a list is fetched once');
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
