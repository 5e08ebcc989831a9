-- +goose Up

-- What a household is given at a visit 慰问标准, from a date on, apart for those on the register and for those in hardship who
-- did not meet its conditions (004-09): one is raised while the other stays.
CREATE TABLE eligibility_standard (
    audience   text NOT NULL CHECK (audience IN ('filed', 'unfiled')),
    from_on    date NOT NULL,
    amount_fen bigint NOT NULL CHECK (amount_fen BETWEEN 1 AND 1000000),
    source     text NOT NULL CHECK (length(source) BETWEEN 2 AND 200),
    entered_by bigint REFERENCES staff_member,
    entered_at timestamptz NOT NULL,
    PRIMARY KEY (audience, from_on)
);
GRANT SELECT, INSERT ON eligibility_standard TO bangfu_app;
GRANT SELECT ON eligibility_standard TO bangfu_report;

-- Households found not to meet the conditions, the newest first.
CREATE INDEX casefile_file_unfiled ON casefile_file (id DESC) INCLUDE (org_path, closed_at) WHERE state = 'not_qualified';
