-- +goose Up

-- A household in hardship after a sudden event is eased under whichever generation of categories it was filed: the rule of
-- 解困 is of 2017, when it was called 意外致困户.
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
        WHEN e.reason = 'eased' AND NOT EXISTS (SELECT FROM casefile_file f WHERE f.id = e.file_id AND f.category IN ('accident', 'accident_household')) THEN 'exit_accident'
        WHEN e.reason = 'eased' AND (SELECT count(*) FROM exit_guarantee g WHERE g.exit_id = e.id) <> 5 THEN 'exit_guarantees'
        WHEN e.reason = 'false' AND EXISTS (
            SELECT FROM casefile_merged(e.file_id) k JOIN payment_payable p ON p.file_id = k.file_id AND p.state = 'paid'
            WHERE NOT EXISTS (SELECT FROM exit_claim c WHERE c.exit_id = e.id AND c.payable_id = p.id)) THEN 'exit_claims'
    END
$$;
-- +goose StatementEnd
