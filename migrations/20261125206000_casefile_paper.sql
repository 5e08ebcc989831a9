-- +goose Up

-- Papers that other features make of a file, and its refusal, are on record as the file's own forms are: which record they
-- are about (subject; NULL = the file itself), and a hash of what they say, so that a scan tells whether it still holds.
ALTER TABLE casefile_print ADD COLUMN subject bigint CHECK (subject > 0),
    DROP CONSTRAINT casefile_print_kind_check,
    ADD CONSTRAINT casefile_print_kind_check CHECK (kind IN ('application', 'record', 'plan', 'roster', 'aid', 'refusal', 'exit_letter',
        'referral_letter', 'household_plan', 'grant_form', 'notice_poster', 'visit_form')),
    ADD CONSTRAINT casefile_print_of CHECK (CASE WHEN kind IN ('exit_letter', 'referral_letter', 'grant_form', 'notice_poster', 'visit_form')
        THEN subject IS NOT NULL ELSE subject IS NULL END);
GRANT SELECT (subject) ON casefile_print TO bangfu_report;
