-- +goose Up

-- What finance refused, or what the bank could not pay, may never be paid: the household gives it up, or leaves the register.
-- The deciding side ends it with a reason, and what is still reserved goes back to the fund it came from (domain.md d.7).
ALTER TABLE payment_payable
    DROP CONSTRAINT payment_payable_state_check,
    ADD CONSTRAINT payment_payable_state_check CHECK (state IN ('ready', 'refused', 'batched', 'failed', 'paid', 'revoked'));
CREATE TABLE payment_revocation (
    payable_id bigint PRIMARY KEY REFERENCES payment_payable,
    reason     text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    staff_id   bigint NOT NULL REFERENCES staff_member,
    at         timestamptz NOT NULL
);
GRANT SELECT, INSERT ON payment_revocation TO bangfu_app;

-- Whoever ends it has joined the deciding side, and ends it in the same unit.
-- +goose StatementBegin
CREATE FUNCTION payment_revocation_duty() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM casefile_take_duty((SELECT file_id FROM payment_payable WHERE id = NEW.payable_id), NEW.staff_id, 'decide');
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER payment_revocation_duty AFTER INSERT ON payment_revocation FOR EACH ROW EXECUTE FUNCTION payment_revocation_duty();
-- +goose StatementBegin
CREATE FUNCTION payment_revocation_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM payment_payable p WHERE p.id = NEW.payable_id AND p.state = 'revoked') THEN
        PERFORM work_refuse('payment_revocation_kept', 'a revocation ends its payable');
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER payment_revocation_kept AFTER INSERT ON payment_revocation DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payment_revocation_kept();

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION payment_payable_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'paid' THEN
        PERFORM work_refuse('payment_paid_final', 'what is paid stays paid');
    END IF;
    IF OLD.state = 'revoked' THEN
        PERFORM work_refuse('payment_revoked_final', 'what is revoked stays revoked');
    END IF;
    IF NEW.state = 'paid' AND NOT EXISTS (
        SELECT FROM payment_line l WHERE l.payable_id = NEW.id AND l.attempt = NEW.attempt AND l.state = 'paid') THEN
        PERFORM work_refuse('payment_by_bank', 'only the bank''s answer pays');
    END IF;
    IF NEW.state = 'revoked' AND (OLD.state NOT IN ('refused', 'failed') OR NOT EXISTS (
        SELECT FROM payment_revocation r WHERE r.payable_id = NEW.id)) THEN
        PERFORM work_refuse('payment_revoked', 'what was refused or failed is revoked, with a reason');
    END IF;
    IF NEW.card_id <> OLD.card_id AND NOT EXISTS (
        SELECT FROM casefile_card c WHERE c.id = NEW.card_id AND c.file_id = NEW.file_id AND c.state = 'current') THEN
        PERFORM work_refuse('payment_card', 'the card is the household''s current one');
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- The ledger pays a grant's money behind the bank's answer, and releases it behind that or behind a revocation.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION payment_ledger_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE a grant_application; wrong boolean;
BEGIN
    IF NEW.subject <> 'grant' THEN RETURN NULL; END IF;
    SELECT * INTO a FROM grant_application WHERE id = NEW.subject_id;
    IF a.state IS DISTINCT FROM 'approved' THEN
        PERFORM work_refuse('payment_ledger_approved', 'the ledger moves for approved grants only');
    END IF;
    SELECT bool_or(p.account_id <> a.account_id OR abs(p.amount_fen) <> a.amount_fen) INTO wrong
    FROM fund_posting p WHERE p.entry_id = NEW.id;
    IF wrong THEN
        PERFORM work_refuse('payment_ledger_amount', 'the ledger moves what was approved');
    END IF;
    IF NEW.kind IN ('pay', 'release') AND NOT EXISTS (
        SELECT FROM fund_entry e WHERE e.subject = 'grant' AND e.subject_id = NEW.subject_id AND e.attempt = NEW.attempt AND e.kind = 'reserve') THEN
        PERFORM work_refuse('payment_reserved', 'what is paid or released was reserved');
    END IF;
    IF NEW.kind IN ('pay', 'release') AND NOT EXISTS (
        SELECT FROM payment_line l JOIN payment_payable p ON p.id = l.payable_id
        WHERE p.application_id = NEW.subject_id AND l.attempt = NEW.attempt
          AND l.state = CASE NEW.kind WHEN 'pay' THEN 'paid' ELSE 'failed' END)
       AND NOT (NEW.kind = 'release' AND EXISTS (
        SELECT FROM payment_payable p WHERE p.application_id = NEW.subject_id AND p.attempt = NEW.attempt AND p.state = 'revoked')) THEN
        PERFORM work_refuse('payment_by_bank', 'only the bank''s answer pays, and only that or a revocation releases');
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- And the other way round: at commit nothing is reserved any more for what is revoked.
-- +goose StatementBegin
CREATE FUNCTION payment_revoked_in_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM fund_entry e WHERE e.subject = 'grant' AND e.subject_id = NEW.application_id
                   AND e.attempt = NEW.attempt AND e.kind = 'release') THEN
        PERFORM work_refuse('payment_in_ledger', 'what is revoked is given back to its fund');
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER payment_revoked_in_ledger AFTER UPDATE ON payment_payable DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'revoked' AND OLD.state <> 'revoked') EXECUTE FUNCTION payment_revoked_in_ledger();

-- A household that leaves takes no money along that can neither be paid nor given back: of what it was granted, all is paid
-- or revoked when its file is closed.
-- +goose StatementBegin
CREATE FUNCTION payment_left_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM payment_payable p WHERE p.file_id = NEW.id AND p.state NOT IN ('paid', 'revoked')) THEN
        PERFORM work_refuse('payment_left_open', 'a closed file is owed nothing');
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER payment_left_open AFTER UPDATE ON casefile_file DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'closed' AND OLD.state <> 'closed') EXECUTE FUNCTION payment_left_open();

-- What an office granted is paid or revoked there before the file goes to another office, or becomes one with another file.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION move_matters(file bigint, move_kind text) RETURNS TABLE (matter text, n bigint, stops boolean) LANGUAGE sql STABLE AS $$
    SELECT m.matter, m.n, m.matter = ANY (CASE move_kind
        WHEN 'transfer' THEN '{change,card,exit,grant,payment,halted,review,move}'::text[]
        WHEN 'split' THEN '{change,exit,grant,payment,move}'
        WHEN 'merge' THEN '{change,card,exit,grant,payment,halted,review,move,finding,referral}'
        WHEN 'into' THEN '{change,exit,move}' END) -- of the file that goes on after a merge
    FROM (
        SELECT 'change' AS matter, count(*) AS n FROM casefile_change c WHERE c.file_id = file AND c.state = 'asked'
        UNION ALL SELECT 'card', count(*) FROM casefile_card c WHERE c.file_id = file AND c.state = 'proposed'
        UNION ALL SELECT 'exit', count(*) FROM exit_exit e WHERE e.file_id = file AND e.state IN ('proposed', 'agreed', 'told')
        UNION ALL SELECT 'grant', count(*) FROM grant_application a WHERE a.file_id = file AND a.state NOT IN ('approved', 'refused', 'withdrawn')
        UNION ALL SELECT 'payment', count(*) FROM payment_payable p WHERE p.file_id = file AND p.state IN ('ready', 'batched')
        UNION ALL SELECT 'halted', count(*) FROM payment_payable p WHERE p.file_id = file AND p.state IN ('refused', 'failed')
        UNION ALL SELECT 'visit', count(*) FROM visit_stop s JOIN visit_plan p ON p.id = s.plan_id
            WHERE s.file_id = file AND s.state = 'open' AND p.state = 'running'
        UNION ALL SELECT 'review', count(*) FROM review_result r JOIN review_round d ON d.id = r.round_id AND d.closed_at IS NULL
            WHERE r.file_id = file AND r.state = 'to_confirm'
        UNION ALL SELECT 'move', count(*) FROM move_move o WHERE (o.other_id = file OR o.file_id = file AND move_kind = 'into')
            AND o.state IN ('asked', 'agreed') AND coalesce(o.carried_in <> pg_current_xact_id_if_assigned(), true)
        UNION ALL SELECT 'finding', count(*) FROM comparison_finding c WHERE c.file_id = file AND c.state = 'open'
        UNION ALL SELECT 'referral', count(*) FROM referral_referral r WHERE r.file_id = file AND r.state NOT IN ('closed', 'withdrawn')
        UNION ALL SELECT 'plan', count(*) FROM plan_measure x JOIN plan_plan p ON p.id = x.plan_id
            WHERE p.file_id = file AND p.replaced_at IS NULL AND x.state IN ('planned', 'doing')) m
    WHERE m.n > 0
$$;
-- +goose StatementEnd
