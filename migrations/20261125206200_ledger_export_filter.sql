-- +goose Up

-- A list can be given out as it is narrowed on the page of files: the conditions are kept with the wish. NULL = the whole list.
ALTER TABLE ledger_export ADD COLUMN filter jsonb CHECK (jsonb_typeof(filter) = 'object'),
    ADD CONSTRAINT ledger_export_filter CHECK (filter IS NULL OR file_id IS NULL);
