-- +goose Up

-- A roster is of a whole list, or of one class of it 按类建档 (001-71); the class stands in its title, so it stays on record.
ALTER TABLE casefile_print ADD COLUMN category text CHECK (length(category) <= 40),
    ADD CONSTRAINT casefile_print_category CHECK (category IS NULL OR kind = 'roster');
GRANT SELECT (category) ON casefile_print TO bangfu_report;
