-- +goose Up

-- All visits of a file: the page of the file lists them.
CREATE INDEX visit_visit_file ON visit_visit (file_id, id DESC);
