-- +goose Up

-- Money claimed back and not yet received keeps a file. An exit that was refused or taken back claims nothing, and nothing
-- can be received for it.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION retention_bar(file bigint, today date) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN f.id IS NULL OR f.closed_at IS NULL THEN 'retention_open'
        WHEN f.erased_at IS NOT NULL THEN 'retention_gone'
        WHEN retention_until(f.closed_at) >= today THEN 'retention_term'
        WHEN EXISTS (SELECT FROM retention_hold h WHERE h.file_id = f.id AND h.lifted_at IS NULL) THEN 'retention_held'
        WHEN EXISTS (SELECT FROM exit_claim c JOIN exit_exit e ON e.id = c.exit_id WHERE e.file_id = f.id AND e.state = 'closed' GROUP BY e.id
                     HAVING sum(c.claim_fen) > (SELECT coalesce(sum(r.amount_fen), 0) FROM exit_receipt r WHERE r.exit_id = e.id)) THEN 'retention_claim'
        WHEN EXISTS (SELECT FROM payment_payable p WHERE p.file_id = f.id AND p.state IN ('ready', 'batched')) THEN 'retention_unpaid'
        WHEN EXISTS (SELECT FROM ledger_export x WHERE x.file_id = f.id AND x.state IN ('queued', 'running', 'ready')) THEN 'retention_export'
    END FROM (SELECT 1) one LEFT JOIN casefile_file f ON f.id = file
$$;
-- +goose StatementEnd
