-- +goose Up

-- Of a workbook one sheet is read in, by its name; '' = the first that is shown, as before, or a text. The office's memory of
-- the columns keeps it too. What the office says of the figures of a ledger is up to which day their twelve months run, and
-- whether a household is taken although an optional value of it cannot be read.
ALTER TABLE ledger_import
    ADD COLUMN sheet text NOT NULL DEFAULT '' CHECK (length(sheet) <= 60),
    ADD COLUMN until_on date,
    ADD COLUMN lenient boolean NOT NULL DEFAULT false,
    ADD COLUMN noted integer NOT NULL DEFAULT 0 CHECK (noted >= 0); -- rows that were taken without something
ALTER TABLE ledger_mapping ADD COLUMN sheet text NOT NULL DEFAULT '' CHECK (length(sheet) <= 60);

-- What was left out of a row that was taken.
ALTER TABLE ledger_row ADD COLUMN notes jsonb,
    ADD CONSTRAINT ledger_row_noted CHECK (notes IS NULL OR verdict = 'taken');
CREATE INDEX ledger_row_noted ON ledger_row (import_id, row) WHERE notes IS NOT NULL;

-- The income of a household as a whole, of which the ledger does not say what it consists of.
ALTER TABLE ledger_origin ADD COLUMN yearly_fen bigint CHECK (yearly_fen BETWEEN 0 AND 10000000000000);

-- What a ledger said of a household goes with the registration that is taken back.
GRANT UPDATE (old_number, old_category, old_on, monthly_fen, yearly_fen, aid_fen, remark) ON ledger_origin TO bangfu_app;
-- +goose StatementBegin
CREATE FUNCTION ledger_origin_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.undone_at IS NULL OR NEW.old_number || NEW.old_category || NEW.remark <> ''
        OR num_nonnulls(NEW.old_on, NEW.monthly_fen, NEW.yearly_fen, NEW.aid_fen) > 0 THEN
        PERFORM work_refuse('ledger_origin_fixed', 'what a ledger said does not change; it goes when the import is undone');
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER ledger_origin_fixed BEFORE UPDATE ON ledger_origin FOR EACH ROW EXECUTE FUNCTION ledger_origin_fixed();
