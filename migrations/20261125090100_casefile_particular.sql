-- +goose Up

-- What the national form says of a household beside its cover (domain.md b.2, b.5). A table of its own keeps the rows
-- that lists read narrow; a file without a row has said none of it yet.
CREATE TABLE casefile_particular (
    file_id         bigint PRIMARY KEY REFERENCES casefile_file,
    level           text NOT NULL DEFAULT '' CHECK (level IN ('', 'national', 'provincial', 'city', 'county', 'grassroots')),
    postal_code     text NOT NULL DEFAULT '' CHECK (postal_code ~ '^([0-9]{6})?$'),
    self_help       text NOT NULL DEFAULT '' CHECK (self_help IN ('', 'yes', 'no')),
    relief_card_fen bigint NOT NULL DEFAULT 0 CHECK (relief_card_fen BETWEEN 0 AND 10000000000000),
    cause_note      text NOT NULL DEFAULT '' CHECK (length(cause_note) <= 500),
    needs           text[] NOT NULL DEFAULT '{}' CHECK (needs <@ ARRAY['living', 'medical', 'schooling', 'employment', 'legal',
                        'housing', 'insurance', 'other']),
    need_note       text NOT NULL DEFAULT '' CHECK (length(need_note) <= 500),
    target_group    text NOT NULL DEFAULT '' CHECK (length(target_group) <= 30),
    target_on       date,
    measure         text NOT NULL DEFAULT '' CHECK (length(measure) <= 30),
    special         text[] NOT NULL DEFAULT '{}' CHECK (special <@ ARRAY['old_party_member', 'veteran']),
    mood            text NOT NULL DEFAULT '' CHECK (length(mood) <= 500)
);
GRANT SELECT, INSERT, UPDATE ON casefile_particular TO bangfu_app;
GRANT SELECT ON casefile_particular TO bangfu_report;

-- The opinions that the paper form carries before the flow begins: 基层党组织或行政, 基层工会或办事处, 系统工会.
CREATE TABLE casefile_opinion (
    file_id     bigint NOT NULL REFERENCES casefile_file,
    body        text NOT NULL CHECK (body IN ('employer', 'union', 'system')),
    opinion     text NOT NULL CHECK (length(opinion) BETWEEN 1 AND 500),
    given_by    text NOT NULL CHECK (length(given_by) <= 40),
    given_on    date NOT NULL,
    recorded_by bigint NOT NULL REFERENCES staff_member,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (file_id, body)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON casefile_opinion TO bangfu_app;

-- A declaration recorded by mistake can be taken back while the registration is written.
GRANT DELETE ON casefile_declaration TO bangfu_app;
