-- +goose Up

-- The papers of a file as of a past day are also those that were taken out since.
CREATE INDEX casefile_evidence_whole ON casefile_evidence (file_id, id);
