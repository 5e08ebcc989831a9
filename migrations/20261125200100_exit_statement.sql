-- +goose Up

-- What the statement of a period counts: which files were on the register at its start and at its end, and what came and
-- went between. The index answers by itself, so that a province's statement does not read a million rows of files.
CREATE INDEX casefile_file_standing ON casefile_file (org_path text_pattern_ops, activated_at, closed_at) INCLUDE (submitted_at, org_id, id);
