-- +goose Up

-- The files whose money counts for a household: its own; what the file it was split off from had been filed up to then;
-- all of those that were merged into it; and the one that it left the register with before it fell back. So a ceiling over
-- time begins anew neither by a split nor by leaving for a while.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION casefile_kin(file bigint) RETURNS TABLE (file_id bigint, until timestamptz) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE kin (id, until) AS (
        SELECT file, 'infinity'::timestamptz
        UNION
        SELECT n.id, n.until FROM kin k CROSS JOIN LATERAL (
            SELECT f.split_of AS id, least(k.until, f.registered_at) AS until FROM casefile_file f WHERE f.id = k.id AND f.split_of IS NOT NULL
            UNION ALL
            SELECT f.relapse_of, k.until FROM casefile_file f WHERE f.id = k.id AND f.relapse_of IS NOT NULL
            UNION ALL
            SELECT m.id, k.until FROM casefile_file m WHERE m.merged_into = k.id) n)
    SELECT k.id, max(k.until) FROM kin k GROUP BY k.id
$$;
-- +goose StatementEnd

-- A file and all that were merged into it: the same people, and what they had was paid to them.
-- +goose StatementBegin
CREATE FUNCTION casefile_merged(file bigint) RETURNS TABLE (file_id bigint) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE kin (id) AS (
        SELECT file
        UNION
        SELECT m.id FROM kin k JOIN casefile_file m ON m.merged_into = k.id)
    SELECT k.id FROM kin k
$$;
-- +goose StatementEnd

-- After false information all that was paid may have to come back, under whichever of these files it was paid.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION exit_lacks(e exit_exit) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM exit_paper p WHERE p.exit_id = e.id) THEN 'exit_paper'
        WHEN e.reason = 'out_of_hardship' AND NOT (
            SELECT count(*) >= r.months
               AND min(m.month) + make_interval(months => count(*)::int - 1) = max(m.month)
               AND bool_and((2 * m.income_fen + m.people) / (2 * m.people) > l.monthly_fen * r.percent / 100.0)
            FROM exit_rule r LEFT JOIN exit_month m ON m.exit_id = e.id LEFT JOIN eligibility_line l ON l.id = m.line_id
            WHERE r.from_on = e.rule_on GROUP BY r.months) THEN 'exit_months'
        WHEN e.reason = 'eased' AND (SELECT f.category FROM casefile_file f WHERE f.id = e.file_id) IS DISTINCT FROM 'accident' THEN 'exit_accident'
        WHEN e.reason = 'eased' AND (SELECT count(*) FROM exit_guarantee g WHERE g.exit_id = e.id) <> 5 THEN 'exit_guarantees'
        WHEN e.reason = 'false' AND EXISTS (
            SELECT FROM casefile_merged(e.file_id) k JOIN payment_payable p ON p.file_id = k.file_id AND p.state = 'paid'
            WHERE NOT EXISTS (SELECT FROM exit_claim c WHERE c.exit_id = e.id AND c.payable_id = p.id)) THEN 'exit_claims'
    END
$$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION exit_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE e exit_exit; paid bigint;
BEGIN
    SELECT * INTO e FROM exit_exit WHERE id = NEW.exit_id;
    IF e.state <> 'proposed' THEN
        PERFORM work_refuse('exit_part_late', 'what an exit rests on is written with its proposal');
    END IF;
    IF TG_TABLE_NAME IN ('exit_paper', 'exit_guarantee') THEN
        IF NEW.evidence_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM casefile_evidence v WHERE v.id = NEW.evidence_id AND v.file_id = e.file_id AND v.removed_at IS NULL) THEN
            PERFORM work_refuse('exit_evidence', 'the paper lies in the household''s file');
        END IF;
    ELSIF TG_TABLE_NAME = 'exit_claim' THEN
        SELECT p.amount_fen INTO paid FROM payment_payable p
        WHERE p.id = NEW.payable_id AND p.file_id IN (SELECT k.file_id FROM casefile_merged(e.file_id) k) AND p.state = 'paid';
        IF e.reason <> 'false' OR paid IS NULL OR NEW.claim_fen > paid THEN
            PERFORM work_refuse('exit_claim_paid', 'what is claimed back was paid to the household');
        END IF;
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
