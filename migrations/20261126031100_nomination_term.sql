-- +goose Up

-- A nomination that never became a registration loses its words three years after it was answered (domain.md c.1 gives no
-- term; Civil Code art. 188, PIPL art. 19 and 47). One that nobody answered lapses three years after its answer was due.
ALTER TABLE nomination_nomination
    ADD COLUMN erased_at timestamptz,
    ALTER COLUMN id_sealed DROP NOT NULL,
    ALTER COLUMN id_index DROP NOT NULL,
    DROP CONSTRAINT nomination_nomination_state_check,
    DROP CONSTRAINT nomination_nomination_check,
    ADD CONSTRAINT nomination_nomination_state_check CHECK (state IN ('waiting', 'accepted', 'declined', 'withdrawn', 'lapsed')),
    ADD CONSTRAINT nomination_answered_by CHECK ((state IN ('waiting', 'lapsed')) = (answered_at IS NULL) AND (answered_by IS NULL) = (answered_at IS NULL)),
    ADD CONSTRAINT nomination_numbers CHECK ((erased_at IS NULL) = (id_sealed IS NOT NULL) AND (erased_at IS NULL) = (id_index IS NOT NULL)
        AND (erased_at IS NULL OR phone_sealed IS NULL)),
    ADD CONSTRAINT nomination_lapsed CHECK (state <> 'lapsed' OR erased_at IS NOT NULL);
CREATE INDEX nomination_ended ON nomination_nomination (answered_at, id) WHERE state IN ('declined', 'withdrawn') AND erased_at IS NULL;
CREATE INDEX nomination_due ON nomination_nomination (due_on, id) WHERE state = 'waiting';
GRANT UPDATE (erased_at) ON nomination_nomination TO bangfu_app;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION nomination_move() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT o.path INTO NEW.org_path FROM staff_org o WHERE o.id = NEW.org_id AND o.parent_id = NEW.to_org_id;
        IF NEW.org_path IS NULL OR NEW.state <> 'waiting' OR NEW.erased_at IS NOT NULL THEN
            PERFORM work_refuse('nomination_above', 'a unit nominates to the office right above it');
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.erased_at IS NOT NULL THEN
        PERFORM work_refuse('nomination_erased', 'the words of this nomination are gone');
    END IF;
    IF NEW.erased_at IS NOT NULL THEN
        IF (OLD.state, NEW.state) NOT IN (('declined', 'declined'), ('withdrawn', 'withdrawn'), ('waiting', 'lapsed'))
            OR (NEW.erased_at AT TIME ZONE 'Asia/Shanghai')::date
                <= coalesce((OLD.answered_at AT TIME ZONE 'Asia/Shanghai')::date, OLD.due_on) + interval '3 years' THEN
            PERFORM work_refuse('nomination_kept', 'a nomination is kept until three years after its answer, or after the answer was due');
        END IF;
        NEW.file_id := OLD.file_id;
        NEW.answered_by := OLD.answered_by;
        NEW.answered_at := OLD.answered_at;
        NEW.name := '**';
        NEW.employer := '**';
        NEW.address := '';
        NEW.happened := '**';
        NEW.papers := '{}';
        NEW.reason := CASE WHEN OLD.reason IS NOT NULL THEN '**' END;
        NEW.id_sealed := NULL;
        NEW.id_index := NULL;
        NEW.phone_sealed := NULL;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'waiting' THEN
        PERFORM work_refuse('nomination_answered', 'a nomination is answered once');
    END IF;
    IF NEW.state IN ('accepted', 'declined') AND NOT EXISTS (SELECT FROM staff_member m WHERE m.id = NEW.answered_by AND m.org_id = NEW.to_org_id) THEN
        PERFORM work_refuse('nomination_addressee', 'the office that was asked answers');
    END IF;
    IF NEW.state = 'withdrawn' AND NOT EXISTS (SELECT FROM staff_member m WHERE m.id = NEW.answered_by AND m.org_id = NEW.org_id) THEN
        PERFORM work_refuse('nomination_own', 'the unit takes its own nomination back');
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
