-- +goose Up

-- What left the office about one household is looked up by its file: a sheet of that file alone, and the printed rosters
-- on which it stands.
CREATE INDEX ledger_export_file ON ledger_export (file_id, id) WHERE file_id IS NOT NULL;
CREATE INDEX casefile_print_roster ON casefile_print USING gin (roster jsonb_path_ops) WHERE kind = 'roster';
