-- +goose Up

-- What a section held at each of its versions (sealed), while the registration can be written: whoever meets another
-- person's changes sees the value both began with (ux.md U32).
CREATE TABLE casefile_section_past (
    file_id bigint NOT NULL REFERENCES casefile_file,
    section text NOT NULL CHECK (length(section) <= 20),
    version integer NOT NULL,
    held    bytea NOT NULL CHECK (length(held) <= 300000),
    PRIMARY KEY (file_id, section, version)
);
GRANT SELECT, INSERT, DELETE ON casefile_section_past TO bangfu_app;
