-- +goose Up

-- An old file stays while the household is on its way again: while a file that it opened after falling back is open, however
-- many there were since, and while a call-back after its leaving was not made. So does one for which money is still reserved.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION retention_bar(file bigint, today date) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN f.id IS NULL OR f.closed_at IS NULL THEN 'retention_open'
        WHEN f.erased_at IS NOT NULL THEN 'retention_gone'
        WHEN retention_until(f.closed_at) >= today THEN 'retention_term'
        WHEN EXISTS (SELECT FROM retention_hold h WHERE h.file_id = f.id AND h.lifted_at IS NULL) THEN 'retention_held'
        WHEN EXISTS (SELECT FROM exit_claim c JOIN exit_exit e ON e.id = c.exit_id WHERE e.file_id = f.id AND e.state = 'closed' GROUP BY e.id
                     HAVING sum(c.claim_fen) > exit_received(e.id)) THEN 'retention_claim'
        WHEN EXISTS (
            WITH RECURSIVE later (id, state) AS (
                SELECT r.id, r.state FROM casefile_file r WHERE r.relapse_of = f.id
                UNION
                SELECT r.id, r.state FROM later l JOIN casefile_file r ON r.relapse_of = l.id)
            SELECT FROM later l WHERE casefile_open(l.state)) THEN 'retention_relapse'
        WHEN EXISTS (SELECT FROM exit_callback c WHERE c.file_id = f.id AND c.done_on IS NULL) THEN 'retention_callback'
        WHEN EXISTS (SELECT FROM payment_payable p WHERE p.file_id = f.id AND p.state NOT IN ('paid', 'failed', 'revoked')) THEN 'retention_unpaid'
        WHEN EXISTS (SELECT FROM ledger_export x WHERE x.file_id = f.id AND x.state IN ('queued', 'running', 'ready')) THEN 'retention_export'
    END FROM (SELECT 1) one LEFT JOIN casefile_file f ON f.id = file
$$;
-- +goose StatementEnd

-- When a file of an agreed batch could not be destroyed because something is wrong with it; the program tries again.
ALTER TABLE retention_item ADD COLUMN failed_at timestamptz;
GRANT UPDATE (failed_at) ON retention_item TO bangfu_app;
