-- +goose Up

-- Files keep the category of their own generation.
ALTER TABLE casefile_file DROP CONSTRAINT casefile_file_category_check;
ALTER TABLE casefile_file ADD CONSTRAINT casefile_file_category_check CHECK (category IN ('severe', 'relative', 'accident',
    'allowance_household', 'edge_household', 'accident_household', 'on_allowance', 'without_allowance', 'above_line',
    'extreme', 'poor', 'provincial_auxiliary', 'city_auxiliary'));
ALTER TABLE casefile_judgement DROP CONSTRAINT casefile_judgement_category_check;
ALTER TABLE casefile_judgement ADD CONSTRAINT casefile_judgement_category_check CHECK (category IN ('severe', 'relative', 'accident',
    'allowance_household', 'edge_household', 'accident_household', 'on_allowance', 'without_allowance', 'above_line',
    'extreme', 'poor', 'provincial_auxiliary', 'city_auxiliary'));
ALTER TABLE notice_public DROP CONSTRAINT notice_public_category_check;
ALTER TABLE notice_public ADD CONSTRAINT notice_public_category_check CHECK (category IN ('severe', 'relative', 'accident',
    'allowance_household', 'edge_household', 'accident_household', 'on_allowance', 'without_allowance', 'above_line',
    'extreme', 'poor', 'provincial_auxiliary', 'city_auxiliary'));

-- Where each judged household stands: the figures of its last judgement in typed columns, one row a file, so that a new
-- line or rule can be tried on all of them at once. Only the triggers below write it. A file that did not qualify stays,
-- marked as not open, since a new line may let it in; any other closed file goes.
CREATE TABLE casefile_standing (
    file_id       bigint PRIMARY KEY REFERENCES casefile_file ON DELETE CASCADE,
    org_path      text NOT NULL,
    district      text NOT NULL,
    open          boolean NOT NULL,
    category      text NOT NULL,
    line_id       bigint NOT NULL REFERENCES eligibility_line,
    rule_id       bigint NOT NULL REFERENCES eligibility_rule,
    income_fen    bigint NOT NULL,
    rigid_fen     bigint NOT NULL,
    job_cost_fen  bigint NOT NULL,
    event_cost_fen bigint NOT NULL,
    savings_fen   bigint NOT NULL,
    people        bigint NOT NULL CHECK (people >= 1),
    listed        boolean NOT NULL,
    allowance     boolean NOT NULL,
    illness       boolean NOT NULL,
    excluded      boolean NOT NULL,
    monthly_fen   bigint NOT NULL,
    judged_at     timestamptz NOT NULL
) WITH (fillfactor = 90);
GRANT SELECT ON casefile_standing TO bangfu_app, bangfu_report;
-- +goose StatementBegin
CREATE FUNCTION casefile_stand() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO casefile_standing (file_id, org_path, district, open, category, line_id, rule_id, income_fen, rigid_fen,
        job_cost_fen, event_cost_fen, savings_fen, people, listed, allowance, illness, excluded, monthly_fen, judged_at)
    SELECT f.id, f.org_path, o.district, casefile_open(f.state), coalesce(NEW.category, ''), NEW.line_id, NEW.rule_id,
        (NEW.facts->>'income_fen')::bigint, (NEW.facts->>'rigid_fen')::bigint, (NEW.facts->>'job_cost_fen')::bigint,
        (NEW.facts->>'event_cost_fen')::bigint, coalesce((NEW.facts->>'savings_fen')::bigint, 0),
        (NEW.facts->>'people')::bigint, coalesce((NEW.facts->>'listed')::boolean, false),
        coalesce((NEW.facts->>'allowance')::boolean, false), coalesce((NEW.facts->>'illness')::boolean, false),
        coalesce((NEW.facts->>'excluded')::boolean, false), NEW.monthly_fen, NEW.judged_at
    FROM casefile_file f JOIN staff_org o ON o.id = f.org_id
    WHERE f.id = NEW.file_id AND f.state NOT IN ('refused', 'struck_off', 'discarded', 'closed')
    ON CONFLICT (file_id) DO UPDATE SET org_path = excluded.org_path, district = excluded.district, open = excluded.open,
        category = excluded.category, line_id = excluded.line_id, rule_id = excluded.rule_id, income_fen = excluded.income_fen,
        rigid_fen = excluded.rigid_fen, job_cost_fen = excluded.job_cost_fen, event_cost_fen = excluded.event_cost_fen,
        savings_fen = excluded.savings_fen, people = excluded.people, listed = excluded.listed, allowance = excluded.allowance,
        illness = excluded.illness, excluded = excluded.excluded, monthly_fen = excluded.monthly_fen, judged_at = excluded.judged_at;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER casefile_stand AFTER INSERT ON casefile_judgement FOR EACH ROW EXECUTE FUNCTION casefile_stand();
-- +goose StatementBegin
CREATE FUNCTION casefile_stand_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IN ('refused', 'struck_off', 'discarded', 'closed') THEN
        DELETE FROM casefile_standing WHERE file_id = NEW.id;
    ELSIF NEW.org_id <> OLD.org_id OR casefile_open(NEW.state) <> casefile_open(OLD.state) THEN
        UPDATE casefile_standing SET open = casefile_open(NEW.state), org_path = NEW.org_path,
            district = (SELECT district FROM staff_org WHERE id = NEW.org_id)
        WHERE file_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER casefile_stand_file AFTER UPDATE OF state, org_id ON casefile_file
    FOR EACH ROW EXECUTE FUNCTION casefile_stand_file();

INSERT INTO casefile_standing (file_id, org_path, district, open, category, line_id, rule_id, income_fen, rigid_fen,
    job_cost_fen, event_cost_fen, savings_fen, people, listed, allowance, illness, excluded, monthly_fen, judged_at)
SELECT DISTINCT ON (j.file_id) f.id, f.org_path, o.district, casefile_open(f.state), coalesce(j.category, ''), j.line_id, j.rule_id,
    (j.facts->>'income_fen')::bigint, (j.facts->>'rigid_fen')::bigint, (j.facts->>'job_cost_fen')::bigint,
    (j.facts->>'event_cost_fen')::bigint, 0, (j.facts->>'people')::bigint, coalesce((j.facts->>'listed')::boolean, false),
    false, false, false, j.monthly_fen, j.judged_at
FROM casefile_judgement j JOIN casefile_file f ON f.id = j.file_id JOIN staff_org o ON o.id = f.org_id
WHERE f.state NOT IN ('refused', 'struck_off', 'discarded', 'closed')
ORDER BY j.file_id, j.id DESC;

-- What the worker said of property and of the other conditions that keep a household off the register (domain.md d.4),
-- and of what was saved. No row: not asked yet.
CREATE TABLE casefile_property (
    file_id     bigint PRIMARY KEY REFERENCES casefile_file,
    homes       integer NOT NULL CHECK (homes BETWEEN 0 AND 99),
    home_m2     integer NOT NULL CHECK (home_m2 BETWEEN 0 AND 100000),
    savings_fen bigint NOT NULL CHECK (savings_fen BETWEEN 0 AND 10000000000000),
    ticked      text[] NOT NULL CHECK (ticked <@ ARRAY['business', 'high_school', 'abroad', 'vehicle', 'refuses_work']),
    note        text NOT NULL CHECK (length(note) <= 500)
);
GRANT SELECT, INSERT, UPDATE ON casefile_property TO bangfu_app;
ALTER TABLE casefile_section DROP CONSTRAINT casefile_section_section_check;
ALTER TABLE casefile_section ADD CONSTRAINT casefile_section_section_check CHECK (section IN ('head', 'members', 'work', 'housing',
    'economy', 'property', 'causes', 'evidence', 'bank', 'declarations'));

-- The conditions that held when a file was judged, and why it was let in all the same, or kept out.
ALTER TABLE casefile_judgement
    ADD COLUMN exclusions text[] NOT NULL DEFAULT '{}',
    ADD COLUMN ruling text NOT NULL DEFAULT '' CHECK (ruling IN ('', 'despite', 'keep_out')),
    ADD COLUMN ruling_reason text NOT NULL DEFAULT '' CHECK (length(ruling_reason) <= 500),
    ADD CONSTRAINT casefile_judgement_ruled CHECK ((ruling = '') = (cardinality(exclusions) = 0)
        AND (ruling = '') = (ruling_reason = '') AND (ruling <> 'keep_out' OR category IS NULL));
