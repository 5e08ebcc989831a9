-- +goose Up

-- Who of a list was really given away: whoever left the household, whose file moved away, or who took the authorisation back
-- between the making of a list and its sending, is not.
ALTER TABLE comparison_subject ADD COLUMN sent boolean NOT NULL DEFAULT false;
UPDATE comparison_subject s SET sent = true FROM comparison_batch b WHERE b.id = s.batch_id AND b.state = 'sent';
GRANT UPDATE (sent) ON comparison_subject TO bangfu_app;
CREATE TRIGGER comparison_sent_authorised AFTER UPDATE ON comparison_subject REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION comparison_authorised();

-- Households that the list had no room for.
ALTER TABLE comparison_batch ADD COLUMN unreached integer NOT NULL DEFAULT 0;
GRANT UPDATE (unreached) ON comparison_batch TO bangfu_app;

-- A person may have two flats or two wages: the same row twice is one, two rows are two.
ALTER TABLE comparison_row ADD COLUMN said bytea NOT NULL DEFAULT '';
DROP INDEX comparison_row_once;
CREATE UNIQUE INDEX comparison_row_once ON comparison_row (answer_id, person_id, kind, said) WHERE verdict = 'matched';

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION comparison_compared(file bigint, since timestamptz, day date) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN NOT EXISTS (
        SELECT FROM casefile_person p
        WHERE p.file_id = file AND p.left_on IS NULL AND p.birth_on <= day - interval '18 years' AND NOT EXISTS (
            SELECT FROM comparison_subject s JOIN comparison_batch b ON b.id = s.batch_id
            WHERE s.file_id = file AND s.person_id = p.id AND s.id_index = p.id_index AND s.sent AND NOT EXISTS (
                SELECT FROM unnest(b.asked) k WHERE NOT EXISTS (
                    SELECT FROM comparison_answer a WHERE a.batch_id = b.id AND a.state = 'done' AND a.done_at > since AND (
                        EXISTS (SELECT FROM comparison_row w WHERE w.answer_id = a.id AND w.person_id = p.id AND w.verdict = 'matched'
                            AND k = ANY(w.answered))
                        OR comparison_absent(a, p.id, k))))));
END $$;
-- +goose StatementEnd
