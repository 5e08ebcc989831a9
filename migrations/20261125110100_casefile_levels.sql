-- +goose Up

-- The organisations on the path of a file, from the top of the tree down to the file's own office; the levels are four
-- (package staff). A list of any scope asks for one of them by equality and reads one index in the list's own order, so
-- that a page costs the same for a unit of fifty files and for a province of a million.
ALTER TABLE casefile_file
    ADD COLUMN level_1 bigint GENERATED ALWAYS AS (nullif(split_part(org_path, '/', 2), '')::bigint) STORED,
    ADD COLUMN level_2 bigint GENERATED ALWAYS AS (nullif(split_part(org_path, '/', 3), '')::bigint) STORED,
    ADD COLUMN level_3 bigint GENERATED ALWAYS AS (nullif(split_part(org_path, '/', 4), '')::bigint) STORED,
    ADD COLUMN level_4 bigint GENERATED ALWAYS AS (nullif(split_part(org_path, '/', 5), '')::bigint) STORED,
    -- How the head's name is spoken, one syllable after the other: the order of a register (domain.md b.6).
    ADD COLUMN head_pinyin text COLLATE "C" NOT NULL DEFAULT '' CHECK (length(head_pinyin) <= 200);

-- By time of registration. What a list is narrowed by is kept beside the key, so that the index alone decides.
CREATE INDEX casefile_file_list_1 ON casefile_file (level_1, state, registered_at, id) INCLUDE (category, main_cause, housing);
CREATE INDEX casefile_file_list_2 ON casefile_file (level_2, state, registered_at, id) INCLUDE (category, main_cause, housing);
CREATE INDEX casefile_file_list_3 ON casefile_file (level_3, state, registered_at, id) INCLUDE (category, main_cause, housing);
CREATE INDEX casefile_file_list_4 ON casefile_file (level_4, state, registered_at, id) INCLUDE (category, main_cause, housing);

-- By name.
CREATE INDEX casefile_file_name_1 ON casefile_file (level_1, state, head_pinyin, id) INCLUDE (category, main_cause, housing, registered_at);
CREATE INDEX casefile_file_name_2 ON casefile_file (level_2, state, head_pinyin, id) INCLUDE (category, main_cause, housing, registered_at);
CREATE INDEX casefile_file_name_3 ON casefile_file (level_3, state, head_pinyin, id) INCLUDE (category, main_cause, housing, registered_at);
CREATE INDEX casefile_file_name_4 ON casefile_file (level_4, state, head_pinyin, id) INCLUDE (category, main_cause, housing, registered_at);

-- What a person is writing, or got back.
CREATE INDEX casefile_file_mine ON casefile_file (registered_by, state, registered_at, id) WHERE state IN ('draft', 'returned');

-- The beginning of a file number, with its office.
CREATE INDEX casefile_file_number ON casefile_file (number text_pattern_ops, org_path, id) WHERE number IS NOT NULL;

-- Names are looked up as terms from now on.
DROP INDEX casefile_file_name;
