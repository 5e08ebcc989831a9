-- +goose Up

-- Destroys one file of an agreed batch, in one transaction with its entry in the trail. What holds words about the
-- household is deleted; money records stay, by the file's number, with a masked name and card; of the file itself the
-- number, the office, the dates and what is counted are left. Whoever adds a table that can be reached from a file adds
-- it here or says why it stays (TestEveryColumnHasAFate in package retention).
-- +goose StatementBegin
CREATE FUNCTION retention_erase(batch bigint, file bigint, at timestamptz, OUT papers integer, OUT entries integer, OUT trail text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE bar text; gone bigint[];
BEGIN
    PERFORM FROM casefile_file f WHERE f.id = file FOR UPDATE;
    PERFORM FROM retention_item i JOIN retention_batch b ON b.id = i.batch_id
        WHERE i.batch_id = batch AND i.file_id = file AND i.state = 'waiting' AND b.state = 'agreed' FOR UPDATE OF i;
    IF NOT FOUND THEN
        PERFORM work_refuse('retention_agreed', 'the file waits in no agreed batch');
    END IF;
    bar := retention_bar(file, (at AT TIME ZONE 'Asia/Shanghai')::date);
    IF bar IS NOT NULL THEN
        PERFORM work_refuse(bar, format('file %s stays', file));
    END IF;
    UPDATE retention_item i SET erasing = pg_current_xact_id() WHERE i.batch_id = batch AND i.file_id = file;

    SELECT r.entries, r.trail INTO entries, trail FROM audit_redact(file) r;
    SELECT count(*) INTO papers FROM casefile_evidence e WHERE e.file_id = file;
    INSERT INTO retention_erased (file_id, batch_id, number, org_id, org_path, ended, reason, registered_on, activated_on, closed_on,
        term_until, category, cause, people, papers, bytes, versions, prints, visits, entries, erased_at)
    SELECT f.id, batch, coalesce(f.number, ''), f.org_id, f.org_path, f.state,
        CASE WHEN f.state = 'closed' THEN coalesce(f.return_reason, '') ELSE '' END,
        (f.registered_at AT TIME ZONE 'Asia/Shanghai')::date, (f.activated_at AT TIME ZONE 'Asia/Shanghai')::date,
        (f.closed_at AT TIME ZONE 'Asia/Shanghai')::date, retention_until(f.closed_at), coalesce(f.category, ''), coalesce(f.main_cause, 0),
        f.people, retention_erase.papers, (SELECT coalesce(sum(e.size), 0) FROM casefile_evidence e WHERE e.file_id = f.id),
        (SELECT count(*) FROM casefile_version v WHERE v.file_id = f.id), (SELECT count(*) FROM casefile_print p WHERE p.file_id = f.id),
        (SELECT count(*) FROM visit_visit v WHERE v.file_id = f.id), retention_erase.entries, at
    FROM casefile_file f WHERE f.id = file;
    INSERT INTO retention_aid (file_id, purpose, grants, amount_fen)
    SELECT file, a.purpose, count(*), sum(p.amount_fen) FROM payment_payable p JOIN grant_application a ON a.id = p.application_id
    WHERE p.file_id = file AND p.state = 'paid' GROUP BY a.purpose;
    INSERT INTO retention_blob (hash, listed_at)
    SELECT DISTINCT e.blob, at FROM casefile_evidence e WHERE e.file_id = file ON CONFLICT (hash) DO NOTHING;

    -- Checks, comparisons, referrals, ledgers, trials.
    DELETE FROM check_finding x WHERE x.file_id = file;
    DELETE FROM check_file x WHERE x.file_id = file;
    DELETE FROM check_due x WHERE x.file_id = file;
    DELETE FROM comparison_finding x WHERE x.file_id = file;
    DELETE FROM comparison_row x WHERE x.file_id = file;
    DELETE FROM comparison_subject x WHERE x.file_id = file;
    DELETE FROM comparison_left_out x WHERE x.file_id = file;
    DELETE FROM referral_paper x USING referral_referral r WHERE r.id = x.referral_id AND r.file_id = file;
    DELETE FROM referral_event x USING referral_referral r WHERE r.id = x.referral_id AND r.file_id = file;
    DELETE FROM referral_referral x WHERE x.file_id = file;
    DELETE FROM referral_uncovered x WHERE x.file_id = file;
    DELETE FROM ledger_row x WHERE x.file_id = file;
    DELETE FROM ledger_origin x WHERE x.file_id = file;
    DELETE FROM ledger_export x WHERE x.file_id = file;
    DELETE FROM trial_change x WHERE x.file_id = file;

    -- Notices and visits name each other.
    gone := ARRAY(SELECT s.public_id FROM notice_shown s JOIN notice_notice n ON n.id = s.notice_id WHERE n.file_id = file);
    DELETE FROM notice_shown x USING notice_notice n WHERE n.id = x.notice_id AND n.file_id = file;
    DELETE FROM notice_public x WHERE x.id = ANY (gone);
    DELETE FROM visit_stop x WHERE x.file_id = file;
    DELETE FROM visit_typed x WHERE x.file_id = file;
    DELETE FROM visit_finding x USING visit_visit v WHERE v.id = x.visit_id AND v.file_id = file;
    WITH objections AS (DELETE FROM notice_objection x USING notice_notice n WHERE n.id = x.notice_id AND n.file_id = file)
    DELETE FROM visit_visit x WHERE x.file_id = file;
    DELETE FROM notice_notice x WHERE x.file_id = file;

    -- How it came here. A census goes on counting its form.
    DELETE FROM nomination_nomination x WHERE x.file_id = file;
    UPDATE census_form x SET head_name = '**', note = CASE WHEN x.note = '' THEN '' ELSE '**' END WHERE x.file_id = file;

    -- Where it was handed over, split or merged; that it ended in another file stays on its cover.
    DELETE FROM move_verdict x USING move_move m WHERE m.id = x.move_id AND m.file_id = file;
    DELETE FROM move_verdict x WHERE x.file_id = file;
    DELETE FROM move_move x WHERE x.file_id = file;

    -- Plans, reviews, the exit. Money that was claimed back stays with its claim.
    DELETE FROM plan_measure x USING plan_plan p WHERE p.id = x.plan_id AND p.file_id = file;
    DELETE FROM plan_plan x WHERE x.file_id = file;
    UPDATE review_result x SET note = CASE WHEN x.note = '' THEN '' ELSE '**' END, remark = NULL WHERE x.file_id = file;
    DELETE FROM exit_callback x WHERE x.file_id = file;
    DELETE FROM exit_paper x USING exit_exit e WHERE e.id = x.exit_id AND e.file_id = file;
    DELETE FROM exit_month x USING exit_exit e WHERE e.id = x.exit_id AND e.file_id = file;
    DELETE FROM exit_guarantee x USING exit_exit e WHERE e.id = x.exit_id AND e.file_id = file;
    DELETE FROM exit_claim x USING exit_exit e WHERE e.id = x.exit_id AND e.file_id = file AND e.state <> 'closed';
    DELETE FROM exit_exit x WHERE x.file_id = file AND NOT EXISTS (SELECT FROM exit_claim c WHERE c.exit_id = x.id);
    UPDATE exit_exit x SET grounds = '**', opinion = '**', posted_where = CASE WHEN x.posted_where IS NOT NULL THEN '**' END,
        told_whom = CASE WHEN x.told_whom IS NOT NULL THEN '**' END WHERE x.file_id = file;

    -- Applications: what was paid stays with its decisions, without a word; the others go.
    DELETE FROM grant_decision x USING grant_application a WHERE a.id = x.application_id AND a.file_id = file AND a.state <> 'approved';
    DELETE FROM grant_application x WHERE x.file_id = file AND x.state <> 'approved';
    UPDATE grant_decision x SET opinion = '**' FROM grant_application a WHERE a.id = x.application_id AND a.file_id = file;
    UPDATE grant_application x SET reason = '**', facts = '{}' WHERE x.file_id = file;

    -- The file's own records.
    DELETE FROM casefile_print x WHERE x.file_id = file;
    DELETE FROM casefile_version x WHERE x.file_id = file;
    DELETE FROM casefile_change x WHERE x.file_id = file;
    DELETE FROM casefile_section_past x WHERE x.file_id = file;
    DELETE FROM casefile_section x WHERE x.file_id = file;
    DELETE FROM casefile_typed x WHERE x.file_id = file;
    WITH snapshots AS (DELETE FROM casefile_snapshot x WHERE x.file_id = file)
    DELETE FROM casefile_figure x USING casefile_snapshot s WHERE s.id = x.snapshot_id AND s.file_id = file;
    DELETE FROM casefile_standing x WHERE x.file_id = file;
    DELETE FROM casefile_judgement x WHERE x.file_id = file;
    DELETE FROM casefile_assessment x WHERE x.file_id = file;
    DELETE FROM casefile_arrears x WHERE x.file_id = file;
    DELETE FROM casefile_cause x WHERE x.file_id = file;
    DELETE FROM casefile_declaration x WHERE x.file_id = file;
    DELETE FROM casefile_opinion x WHERE x.file_id = file;
    DELETE FROM casefile_particular x WHERE x.file_id = file;
    DELETE FROM casefile_property x WHERE x.file_id = file;
    DELETE FROM casefile_evidence x WHERE x.file_id = file;
    DELETE FROM casefile_person x WHERE x.file_id = file;
    DELETE FROM casefile_card x WHERE x.file_id = file
        AND NOT EXISTS (SELECT FROM grant_application a WHERE a.card_id = x.id)
        AND NOT EXISTS (SELECT FROM payment_payable p WHERE p.card_id = x.id)
        AND NOT EXISTS (SELECT FROM payment_line l WHERE l.card_id = x.id);
    UPDATE casefile_card x SET holder = '**', branch = '', number_sealed = '', number_index = sha256(convert_to('card ' || x.id, 'UTF8')), state = 'replaced',
        reject_reason = NULL
        WHERE x.file_id = file;
    UPDATE retention_hold x SET reason = '**', lifted_why = '**' WHERE x.file_id = file;
    UPDATE casefile_file x SET head_name = '**', head_pinyin = '', address = '', employer = '', housing = '', housing_m2 = NULL,
        economy_until = NULL, weigh_since = NULL, papers_until = 'infinity', return_reason = CASE WHEN x.state = 'closed' THEN x.return_reason END, erased_at = at
        WHERE x.id = file;
    UPDATE retention_item i SET state = 'erased', ended_at = at WHERE i.batch_id = batch AND i.file_id = file;
    UPDATE retention_item i SET erasing = NULL WHERE i.batch_id = batch AND i.file_id = file;
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION retention_erase FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retention_erase TO bangfu_app;
