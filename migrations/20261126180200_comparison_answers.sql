-- +goose Up

-- Of whom of its list an answer says what, in one place: a row answers the kinds that it names, and who is not in a table that
-- says by it that nothing was found is answered too, but never with an allowance that the household declared. The number on
-- the answer's page and the judgement ask the same question.
-- +goose StatementBegin
CREATE FUNCTION comparison_answers(answer bigint) RETURNS TABLE (person_id bigint, kind text) LANGUAGE sql STABLE AS $$
    SELECT s.person_id, k.kind
    FROM comparison_answer a JOIN comparison_batch b ON b.id = a.batch_id JOIN comparison_subject s ON s.batch_id = b.id AND s.sent
    CROSS JOIN LATERAL unnest(b.asked) AS k (kind)
    WHERE a.id = answer AND (
        EXISTS (SELECT FROM comparison_row w WHERE w.answer_id = a.id AND w.person_id = s.person_id AND w.verdict = 'matched' AND k.kind = ANY(w.answered))
        OR a.absent_none AND a.columns && ARRAY[k.kind, 'kind']
            AND NOT EXISTS (SELECT FROM comparison_row w WHERE w.answer_id = a.id AND w.person_id = s.person_id
                AND (w.verdict <> 'matched' OR w.kind IN ('', k.kind)))
            AND NOT (k.kind = 'allowance' AND EXISTS (
                SELECT FROM casefile_person p JOIN casefile_snapshot n ON n.file_id = p.file_id AND n.current
                    JOIN casefile_figure e ON e.snapshot_id = n.id AND e.side = 'income' AND e.kind = 'allowance' AND e.amount_fen > 0
                WHERE p.id = s.person_id)))
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION comparison_compared(file bigint, since timestamptz, day date) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN NOT EXISTS (
        SELECT FROM casefile_person p
        WHERE p.file_id = file AND p.left_on IS NULL AND p.birth_on <= day - interval '18 years' AND NOT EXISTS (
            SELECT FROM comparison_subject s JOIN comparison_batch b ON b.id = s.batch_id
            WHERE s.file_id = file AND s.person_id = p.id AND s.id_index = p.id_index AND s.sent AND NOT EXISTS (
                SELECT FROM unnest(b.asked) AS k (kind) WHERE NOT EXISTS (
                    SELECT FROM comparison_answer a CROSS JOIN LATERAL comparison_answers(a.id) x
                    WHERE a.batch_id = b.id AND a.state = 'done' AND a.done_at > since AND x.person_id = p.id AND x.kind = k.kind))));
END $$;
-- +goose StatementEnd
DROP FUNCTION comparison_absent(comparison_answer, bigint, text);
