-- +goose Up

-- What a visitor typed and has not recorded yet, sealed: a phone's page may be lost at the door.
CREATE TABLE visit_typed (
    file_id  bigint NOT NULL REFERENCES casefile_file,
    staff_id bigint NOT NULL REFERENCES staff_member,
    typed    bytea NOT NULL CHECK (length(typed) <= 100000),
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (file_id, staff_id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON visit_typed TO bangfu_app;
