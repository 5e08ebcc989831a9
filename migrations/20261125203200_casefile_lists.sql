-- +goose Up

-- Up to which day the papers of a file are all that its situation asks for: -infinity while one is missing, infinity when
-- none ages; NULL before the file was handed in. The program writes it where papers or facts change (casefile.notePapers),
-- so that a list of the files that lack papers reads its index alone.
ALTER TABLE casefile_file
    ADD COLUMN papers_until date,
    -- The file's number as a list is put in order by it; a file without one stands first.
    ADD COLUMN number_key text COLLATE "C" GENERATED ALWAYS AS (coalesce(number, '')) STORED;
-- Files handed in before there was the column; a job fills them in (casefile.FillPapers).
CREATE INDEX casefile_file_unproved ON casefile_file (id) WHERE papers_until IS NULL AND state NOT IN ('draft', 'returned');

-- The lists, as before, with the new column beside the key.
DROP INDEX casefile_file_list_1;
DROP INDEX casefile_file_list_2;
DROP INDEX casefile_file_list_3;
DROP INDEX casefile_file_list_4;
DROP INDEX casefile_file_name_1;
DROP INDEX casefile_file_name_2;
DROP INDEX casefile_file_name_3;
DROP INDEX casefile_file_name_4;
CREATE INDEX casefile_file_list_1 ON casefile_file (level_1, state, registered_at, id) INCLUDE (category, main_cause, housing, papers_until);
CREATE INDEX casefile_file_list_2 ON casefile_file (level_2, state, registered_at, id) INCLUDE (category, main_cause, housing, papers_until);
CREATE INDEX casefile_file_list_3 ON casefile_file (level_3, state, registered_at, id) INCLUDE (category, main_cause, housing, papers_until);
CREATE INDEX casefile_file_list_4 ON casefile_file (level_4, state, registered_at, id) INCLUDE (category, main_cause, housing, papers_until);
CREATE INDEX casefile_file_name_1 ON casefile_file (level_1, state, head_pinyin, id) INCLUDE (category, main_cause, housing, registered_at, papers_until);
CREATE INDEX casefile_file_name_2 ON casefile_file (level_2, state, head_pinyin, id) INCLUDE (category, main_cause, housing, registered_at, papers_until);
CREATE INDEX casefile_file_name_3 ON casefile_file (level_3, state, head_pinyin, id) INCLUDE (category, main_cause, housing, registered_at, papers_until);
CREATE INDEX casefile_file_name_4 ON casefile_file (level_4, state, head_pinyin, id) INCLUDE (category, main_cause, housing, registered_at, papers_until);

-- By file number.
CREATE INDEX casefile_file_numbered_1 ON casefile_file (level_1, state, number_key, id) INCLUDE (category, main_cause, housing, registered_at, papers_until);
CREATE INDEX casefile_file_numbered_2 ON casefile_file (level_2, state, number_key, id) INCLUDE (category, main_cause, housing, registered_at, papers_until);
CREATE INDEX casefile_file_numbered_3 ON casefile_file (level_3, state, number_key, id) INCLUDE (category, main_cause, housing, registered_at, papers_until);
CREATE INDEX casefile_file_numbered_4 ON casefile_file (level_4, state, number_key, id) INCLUDE (category, main_cause, housing, registered_at, papers_until);

-- A keyed digest of the last four digits of a phone, by which a person is found. A row that has none yet is filled in by
-- the job that fills in the others (casefile.FillFound).
ALTER TABLE casefile_person ADD COLUMN phone_tail bytea CHECK (length(phone_tail) = 32);
CREATE INDEX casefile_person_phone_tail ON casefile_person (phone_tail, id) WHERE phone_tail IS NOT NULL;
CREATE INDEX casefile_person_untailed ON casefile_person (id) WHERE phone_sealed IS NOT NULL AND phone_tail IS NULL;
