-- +goose Up

-- A refusal by the database carries the name of its rule as a constraint, so that the program can word it.
-- +goose StatementBegin
CREATE FUNCTION work_refuse(rule text, detail text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = rule, MESSAGE = rule || ': ' || detail;
END $$;
-- +goose StatementEnd

-- One row for every form that had an effect: the same form again finds its row and has none.
CREATE TABLE work_form_key (
    key      text PRIMARY KEY CHECK (length(key) BETWEEN 16 AND 120),
    staff_id bigint NOT NULL,
    path     text NOT NULL CHECK (length(path) <= 400),
    body     bytea NOT NULL CHECK (length(body) = 32),
    location text CHECK (length(location) <= 400),
    at       timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE (location) ON work_form_key TO bangfu_app;

-- Who did what to which record, when, from where, and what changed. Facts, not sentences. Insert only.
CREATE TABLE audit_entry (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    staff_id   bigint,
    staff_name text NOT NULL,
    org_id     bigint,
    address    text NOT NULL,
    act        text NOT NULL CHECK (act ~ '^[a-z_]+(\.[a-z_]+)+$'),
    kind       text NOT NULL,
    subject_id bigint NOT NULL,
    file_id    bigint,
    changes    jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(changes) = 'array'),
    tx         xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX audit_entry_file ON audit_entry (file_id, id DESC) WHERE file_id IS NOT NULL;
CREATE INDEX audit_entry_subject ON audit_entry (kind, subject_id, id DESC);
CREATE INDEX audit_entry_staff ON audit_entry (staff_id, id DESC);
CREATE INDEX audit_entry_act ON audit_entry (act text_pattern_ops, id DESC);
GRANT SELECT, INSERT ON audit_entry TO bangfu_app;
GRANT SELECT ON audit_entry TO bangfu_report;

-- The chain over the trail: each seal covers one entry and the seal before it. Written by one job after
-- the commit, so that nobody waits for a global lock while working.
CREATE TABLE audit_seal (
    seq      bigint PRIMARY KEY CHECK (seq > 0),
    entry_id bigint NOT NULL UNIQUE REFERENCES audit_entry,
    hash     bytea NOT NULL CHECK (length(hash) = 32),
    at       timestamptz NOT NULL
);
GRANT SELECT, INSERT ON audit_seal TO bangfu_app;
GRANT SELECT ON audit_seal TO bangfu_report;

-- The entries that wait for their seal. A row is seen here exactly when its entry is committed, in whatever order the
-- units committed and on whatever server the database was restored; sealing takes it away in its own transaction.
CREATE TABLE audit_pending (
    entry_id bigint PRIMARY KEY REFERENCES audit_entry
);
GRANT SELECT, DELETE ON audit_pending TO bangfu_app;
GRANT SELECT ON audit_pending TO bangfu_report;
-- +goose StatementBegin
CREATE FUNCTION audit_entry_pending() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit_pending (entry_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_entry_pending AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_pending();
