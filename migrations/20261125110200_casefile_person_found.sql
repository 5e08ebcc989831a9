-- +goose Up

-- By what a person is found beside the name. The program writes both columns: how the name is spoken, one syllable after
-- the other ('wang zhong jian'), and a keyed digest of the last six places of the ID number. A row that has none yet is
-- filled in by a job (casefile.FillFound), which finds it by the partial index.
ALTER TABLE casefile_person
    ADD COLUMN pinyin text COLLATE "C" NOT NULL DEFAULT '' CHECK (length(pinyin) <= 200),
    ADD COLUMN tail_index bytea CHECK (length(tail_index) = 32);
CREATE INDEX casefile_person_tail ON casefile_person (tail_index) WHERE tail_index IS NOT NULL;
CREATE INDEX casefile_person_unfound ON casefile_person (id) WHERE tail_index IS NULL;
DROP INDEX casefile_person_name;
