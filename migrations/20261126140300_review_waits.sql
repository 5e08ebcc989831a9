-- +goose Up

-- A round is not closed over results that wait for their second person: nobody could decide them any more. A review that is
-- being written while the round is closed waits for it, and the other way round. Of a file that left the register since
-- nothing is to be decided.
-- +goose StatementBegin
CREATE FUNCTION review_round_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM review_result x JOIN casefile_file f ON f.id = x.file_id
               WHERE x.round_id = NEW.id AND x.state = 'to_confirm' AND f.state = 'active') THEN
        PERFORM work_refuse('review_round_waits', 'results of the round wait for the second person');
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER review_round_waits BEFORE UPDATE ON review_round
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL) EXECUTE FUNCTION review_round_waits();
-- +goose StatementBegin
CREATE FUNCTION review_result_open() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM review_round r WHERE r.id = NEW.round_id AND r.closed_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        PERFORM work_refuse('review_round_closed', 'the round is closed');
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER review_result_open BEFORE INSERT ON review_result FOR EACH ROW EXECUTE FUNCTION review_result_open();

-- What was left waiting in a round that is closed stops no file: only open rounds are matters of it.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION move_matters(file bigint, move_kind text) RETURNS TABLE (matter text, n bigint, stops boolean) LANGUAGE sql STABLE AS $$
    SELECT m.matter, m.n, m.matter = ANY (CASE move_kind
        WHEN 'transfer' THEN '{change,card,exit,grant,payment,review,move}'::text[]
        WHEN 'split' THEN '{change,exit,grant,payment,move}'
        WHEN 'merge' THEN '{change,card,exit,grant,payment,review,move,finding,referral}'
        WHEN 'into' THEN '{change,exit,move}' END) -- of the file that goes on after a merge
    FROM (
        SELECT 'change' AS matter, count(*) AS n FROM casefile_change c WHERE c.file_id = file AND c.state = 'asked'
        UNION ALL SELECT 'card', count(*) FROM casefile_card c WHERE c.file_id = file AND c.state = 'proposed'
        UNION ALL SELECT 'exit', count(*) FROM exit_exit e WHERE e.file_id = file AND e.state IN ('proposed', 'agreed', 'told')
        UNION ALL SELECT 'grant', count(*) FROM grant_application a WHERE a.file_id = file AND a.state NOT IN ('approved', 'refused', 'withdrawn')
        UNION ALL SELECT 'payment', count(*) FROM payment_payable p WHERE p.file_id = file AND p.state IN ('ready', 'batched')
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
