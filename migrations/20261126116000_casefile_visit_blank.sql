-- +goose Up

-- The blank form of a home visit is on record too: it shows what the household declared, so a scan must tell what changed.
ALTER TABLE casefile_print DROP CONSTRAINT casefile_print_kind_check,
    ADD CONSTRAINT casefile_print_kind_check CHECK (kind IN ('application', 'record', 'plan', 'roster', 'aid', 'refusal', 'exit_letter',
        'referral_letter', 'household_plan', 'grant_form', 'notice_poster', 'visit_form', 'visit_blank'));
