-- +goose Up

-- The texts that a household signs are papers on record too: the QR of a signed sheet tells who printed it, for which
-- household, and in which wording.
ALTER TABLE casefile_print DROP CONSTRAINT casefile_print_kind_check,
    ADD CONSTRAINT casefile_print_kind_check CHECK (kind IN ('application', 'record', 'plan', 'roster', 'aid', 'refusal', 'exit_letter',
        'referral_letter', 'household_plan', 'grant_form', 'notice_poster', 'visit_form', 'visit_blank',
        'declaration_truth', 'declaration_comparison', 'declaration_notice', 'declaration_sensitive', 'declaration_guardian'));
