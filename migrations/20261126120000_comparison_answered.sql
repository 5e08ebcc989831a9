-- +goose Up

-- What an answer says in so many words, and what it does not. A blank cell, and a person of the list whom the table does not
-- have, mean that nothing was found only where the office that answers says so. A table may have lines above its heads. One
-- whose columns were told wrongly is withdrawn; what was found by it waits for the right reading.
ALTER TABLE comparison_answer
    ADD COLUMN head integer NOT NULL DEFAULT 1 CHECK (head >= 0),
    ADD COLUMN blank_none boolean NOT NULL DEFAULT false,
    ADD COLUMN absent_none boolean NOT NULL DEFAULT false,
    ADD COLUMN answered jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN withdrawn_by bigint REFERENCES staff_member,
    ADD COLUMN withdrawn_at timestamptz,
    ADD COLUMN withdrawn_why text NOT NULL DEFAULT '' CHECK (length(withdrawn_why) <= 500),
    DROP CONSTRAINT comparison_answer_state_check,
    DROP CONSTRAINT comparison_answer_check,
    ADD CONSTRAINT comparison_answer_state_check CHECK (state IN ('uploaded', 'reading', 'done', 'failed', 'dropped', 'withdrawn')),
    ADD CONSTRAINT comparison_answer_done CHECK ((state IN ('done', 'failed', 'dropped', 'withdrawn')) = (done_at IS NOT NULL)),
    ADD CONSTRAINT comparison_answer_withdrawn CHECK ((state = 'withdrawn') = (withdrawn_by IS NOT NULL AND withdrawn_at IS NOT NULL AND withdrawn_why <> ''));
UPDATE comparison_answer SET head = 0 WHERE NOT heads;
ALTER TABLE comparison_answer DROP COLUMN heads;
GRANT UPDATE (head, blank_none, absent_none, answered, withdrawn_by, withdrawn_at, withdrawn_why) ON comparison_answer TO bangfu_app;

-- The kinds that a row answers. What was read before counts as it was read then: a blank said that nothing was found.
ALTER TABLE comparison_row ADD COLUMN answered text[] NOT NULL DEFAULT '{}';
UPDATE comparison_row w SET answered = CASE WHEN w.kind <> '' THEN ARRAY[w.kind] ELSE ARRAY(
        SELECT c FROM comparison_answer a, unnest(a.columns) c WHERE a.id = w.answer_id AND c NOT IN ('skip', 'id', 'name_col', 'kind', 'value')) END
    WHERE w.verdict = 'matched';

-- A finding of a withdrawn answer waits until a later answer to the same list speaks of the person, or somebody resolves it.
ALTER TABLE comparison_finding
    DROP CONSTRAINT comparison_finding_state_check,
    DROP CONSTRAINT comparison_resolved,
    ADD CONSTRAINT comparison_finding_state_check
        CHECK (state IN ('agrees', 'open', 'withdrawn', 'replaced', 'explained', 'corrected', 'judge_again', 'exit')),
    ADD CONSTRAINT comparison_resolved CHECK ((state NOT IN ('agrees', 'open', 'withdrawn', 'replaced'))
        = (resolved_by IS NOT NULL AND resolved_at IS NOT NULL AND note <> ''));
CREATE INDEX comparison_finding_withdrawn ON comparison_finding (person_id) WHERE state = 'withdrawn';
DROP INDEX comparison_finding_answer;
CREATE INDEX comparison_finding_answer ON comparison_finding (answer_id);

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION comparison_resolver() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IN ('agrees', 'open') AND OLD.state = 'open' THEN
        RETURN NEW;
    END IF;
    IF NEW.state = 'withdrawn' AND OLD.state IN ('agrees', 'open') AND EXISTS (
        SELECT FROM comparison_answer a WHERE a.id = NEW.answer_id AND a.state = 'withdrawn') THEN
        RETURN NEW;
    END IF;
    IF NEW.state = 'replaced' AND OLD.state = 'withdrawn' THEN
        IF NOT EXISTS (SELECT FROM comparison_answer gone JOIN comparison_answer a ON a.batch_id = gone.batch_id AND a.id > gone.id
            WHERE gone.id = OLD.answer_id AND a.state IN ('reading', 'done') AND (a.absent_none OR EXISTS (
                SELECT FROM comparison_row w WHERE w.answer_id = a.id AND w.person_id = OLD.person_id AND w.verdict = 'matched'))) THEN
            PERFORM work_refuse('comparison_replaced', 'no later answer speaks of the person');
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state NOT IN ('open', 'withdrawn') OR NEW.state IN ('agrees', 'open', 'withdrawn', 'replaced') THEN
        PERFORM work_refuse('comparison_resolved_once', 'a difference is resolved once');
    END IF;
    IF EXISTS (SELECT FROM casefile_file f WHERE f.id = NEW.file_id AND f.registered_by = NEW.resolved_by) THEN
        PERFORM work_refuse('comparison_resolver', 'the registrar does not resolve the differences of the own file');
    END IF;
    PERFORM casefile_take_duty(NEW.file_id, NEW.resolved_by, 'gather');
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- Whether the answer says of a kind that nothing was found of a person, by not having them: never of an allowance that the
-- household declared.
-- +goose StatementBegin
CREATE FUNCTION comparison_absent(a comparison_answer, person bigint, k text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN a.absent_none AND a.columns && ARRAY[k, 'kind'] AND NOT EXISTS (
            SELECT FROM comparison_row w WHERE w.answer_id = a.id AND w.person_id = person AND (w.verdict <> 'matched' OR w.kind IN ('', k)))
        AND NOT (k = 'allowance' AND EXISTS (
            SELECT FROM casefile_person p JOIN casefile_snapshot n ON n.file_id = p.file_id AND n.current
                JOIN casefile_figure e ON e.snapshot_id = n.id AND e.side = 'income' AND e.kind = 'allowance' AND e.amount_fen > 0
            WHERE p.id = person));
END $$;
-- +goose StatementEnd
-- A household was compared when, of each of its adults, all that was asked in one list was answered.
-- +goose StatementBegin
CREATE FUNCTION comparison_compared(file bigint, since timestamptz, day date) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN NOT EXISTS (
        SELECT FROM casefile_person p
        WHERE p.file_id = file AND p.left_on IS NULL AND p.birth_on <= day - interval '18 years' AND NOT EXISTS (
            SELECT FROM comparison_subject s JOIN comparison_batch b ON b.id = s.batch_id
            WHERE s.file_id = file AND s.person_id = p.id AND s.id_index = p.id_index AND NOT EXISTS (
                SELECT FROM unnest(b.asked) k WHERE NOT EXISTS (
                    SELECT FROM comparison_answer a WHERE a.batch_id = b.id AND a.state = 'done' AND a.done_at > since AND (
                        EXISTS (SELECT FROM comparison_row w WHERE w.answer_id = a.id AND w.person_id = p.id AND w.verdict = 'matched'
                            AND k = ANY(w.answered))
                        OR comparison_absent(a, p.id, k))))));
END $$;
-- +goose StatementEnd

CREATE INDEX comparison_row_person ON comparison_row (answer_id, person_id) WHERE person_id IS NOT NULL;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION comparison_open_before_judgement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    rule comparison_rule;
    day date := (NEW.judged_at AT TIME ZONE interval '8 hours')::date;
BEGIN
    IF EXISTS (SELECT FROM comparison_finding g WHERE g.file_id = NEW.file_id AND g.state IN ('open', 'withdrawn')) THEN
        PERFORM work_refuse('comparison_open_before_judgement', 'a difference found by comparison is open');
    END IF;
    SELECT * INTO rule FROM comparison_rule r WHERE r.from_on <= day ORDER BY r.from_on DESC LIMIT 1;
    IF rule.required AND NOT comparison_compared(NEW.file_id, NEW.judged_at - make_interval(months => rule.months), day) THEN
        PERFORM work_refuse('comparison_before_judgement', 'an adult of the household was not compared before it is judged');
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
