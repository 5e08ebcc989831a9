-- +goose Up

-- The active files without a living allowance and without a referral for it that is under way or was granted, with the
-- figures they were last judged by: out of them the list 应保未保 is read, whatever the size of the register. Only the
-- triggers below write it, from the four places that decide it; the line is compared when the list is read.
CREATE TABLE referral_uncovered (
    file_id     bigint PRIMARY KEY REFERENCES casefile_file,
    monthly_fen bigint NOT NULL,
    income_fen  bigint NOT NULL, -- of twelve months
    people      integer NOT NULL CHECK (people > 0),
    judged_at   timestamptz NOT NULL
);
CREATE INDEX referral_uncovered_monthly ON referral_uncovered (monthly_fen, file_id);
GRANT SELECT ON referral_uncovered TO bangfu_app, bangfu_report;
-- +goose StatementBegin
CREATE FUNCTION referral_stand(file bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- Two who change the same file at once take turns, so that the later one sees what the earlier one did.
    PERFORM pg_advisory_xact_lock(hashtextextended('referral_stand', file));
    DELETE FROM referral_uncovered u WHERE u.file_id = file;
    INSERT INTO referral_uncovered (file_id, monthly_fen, income_fen, people, judged_at)
    SELECT f.id, j.monthly_fen, coalesce((j.facts->>'income_fen')::bigint, 0), greatest(coalesce((j.facts->>'people')::integer, 1), 1), j.judged_at
    FROM casefile_file f
    CROSS JOIN LATERAL (SELECT x.monthly_fen, x.facts, x.judged_at FROM casefile_judgement x WHERE x.file_id = f.id ORDER BY x.id DESC LIMIT 1) j
    WHERE f.id = file AND f.state = 'active'
        AND NOT EXISTS (SELECT FROM casefile_snapshot s JOIN casefile_figure e ON e.snapshot_id = s.id
            WHERE s.file_id = f.id AND s.current AND e.side = 'income' AND e.kind = 'allowance' AND e.amount_fen > 0)
        AND NOT EXISTS (SELECT FROM referral_referral r WHERE r.file_id = f.id AND r.kind = 'allowance'
            AND (r.state IN ('draft', 'sent', 'received', 'returned') OR r.outcome = 'granted'));
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION referral_stand FROM PUBLIC;
-- +goose StatementBegin
CREATE FUNCTION referral_stand_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM referral_stand(NEW.id);
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION referral_stand_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM referral_stand(CASE WHEN TG_OP = 'DELETE' THEN OLD.file_id ELSE NEW.file_id END);
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION referral_stand_figure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM referral_stand(s.file_id) FROM casefile_snapshot s
    WHERE s.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.snapshot_id ELSE NEW.snapshot_id END;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER referral_stand_file AFTER UPDATE OF state ON casefile_file FOR EACH ROW
    WHEN (OLD.state <> NEW.state AND 'active' IN (OLD.state, NEW.state)) EXECUTE FUNCTION referral_stand_file();
CREATE TRIGGER referral_stand_judgement AFTER INSERT ON casefile_judgement FOR EACH ROW EXECUTE FUNCTION referral_stand_row();
CREATE TRIGGER referral_stand_snapshot AFTER INSERT OR UPDATE OF current ON casefile_snapshot FOR EACH ROW EXECUTE FUNCTION referral_stand_row();
CREATE TRIGGER referral_stand_figure AFTER INSERT OR UPDATE ON casefile_figure FOR EACH ROW
    WHEN (NEW.kind = 'allowance') EXECUTE FUNCTION referral_stand_figure();
CREATE TRIGGER referral_stand_figure_gone AFTER DELETE ON casefile_figure FOR EACH ROW
    WHEN (OLD.kind = 'allowance') EXECUTE FUNCTION referral_stand_figure();
CREATE TRIGGER referral_stand_referral AFTER INSERT OR UPDATE OF state ON referral_referral FOR EACH ROW
    WHEN (NEW.kind = 'allowance') EXECUTE FUNCTION referral_stand_row();

INSERT INTO referral_uncovered (file_id, monthly_fen, income_fen, people, judged_at)
SELECT f.id, j.monthly_fen, coalesce((j.facts->>'income_fen')::bigint, 0), greatest(coalesce((j.facts->>'people')::integer, 1), 1), j.judged_at
FROM casefile_file f
CROSS JOIN LATERAL (SELECT x.monthly_fen, x.facts, x.judged_at FROM casefile_judgement x WHERE x.file_id = f.id ORDER BY x.id DESC LIMIT 1) j
WHERE f.state = 'active'
    AND NOT EXISTS (SELECT FROM casefile_snapshot s JOIN casefile_figure e ON e.snapshot_id = s.id
            WHERE s.file_id = f.id AND s.current AND e.side = 'income' AND e.kind = 'allowance' AND e.amount_fen > 0)
    AND NOT EXISTS (SELECT FROM referral_referral r WHERE r.file_id = f.id AND r.kind = 'allowance'
        AND (r.state IN ('draft', 'sent', 'received', 'returned') OR r.outcome = 'granted'));
