-- +goose Up

-- A paper has the day it was issued on, the last day on which it proves something, and the person it speaks of; none of
-- them where the paper is of the household and does not age. One picture may serve as two kinds of paper, but not twice as
-- the same one.
ALTER TABLE casefile_evidence
    ADD COLUMN issued_on   date CHECK (issued_on >= '1950-01-01'),
    ADD COLUMN valid_until date,
    ADD COLUMN person_id   bigint REFERENCES casefile_person ON DELETE SET NULL,
    ADD CONSTRAINT casefile_evidence_dates CHECK (valid_until IS NULL OR issued_on IS NOT NULL AND valid_until >= issued_on);
CREATE UNIQUE INDEX casefile_evidence_once ON casefile_evidence (file_id, kind, blob, coalesce(person_id, 0)) WHERE removed_at IS NULL;
CREATE INDEX casefile_evidence_ends ON casefile_evidence (valid_until) WHERE removed_at IS NULL AND valid_until IS NOT NULL;
CREATE INDEX casefile_evidence_person ON casefile_evidence (person_id) WHERE person_id IS NOT NULL;
