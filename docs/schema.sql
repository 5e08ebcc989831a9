-- What all migrations make. Written by `make schema` with PostgreSQL 15; do not edit.

CREATE TABLE public.audit_entry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    staff_id bigint,
    staff_name text NOT NULL,
    org_id bigint,
    address text NOT NULL,
    act text NOT NULL,
    kind text NOT NULL,
    subject_id bigint NOT NULL,
    file_id bigint,
    changes jsonb DEFAULT '[]'::jsonb NOT NULL,
    tx xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT audit_entry_act_check CHECK ((act ~ '^[a-z_]+(\.[a-z_]+)+$'::text)),
    CONSTRAINT audit_entry_changes_check CHECK ((jsonb_typeof(changes) = 'array'::text))
);

CREATE FUNCTION public.audit_encoded(e public.audit_entry) RETURNS bytea
    LANGUAGE sql STABLE
    AS $$
    SELECT int8send(e.id) || string_agg(CASE WHEN c IS NULL THEN int8send(-1)
        ELSE int8send(octet_length(convert_to(c, 'UTF8'))) || convert_to(c, 'UTF8') END, ''::bytea ORDER BY place)
    FROM unnest(ARRAY[(extract(epoch FROM e.at) * 1000000)::bigint::text, e.staff_id::text, e.staff_name, e.org_id::text,
        e.address, e.act, e.kind, e.subject_id::text, e.file_id::text, e.changes::text, e.tx::text]) WITH ORDINALITY AS u (c, place)
$$;

CREATE FUNCTION public.audit_entries_pending() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO audit_pending (entry_id) SELECT id FROM came;
    RETURN NULL;
END $$;

CREATE FUNCTION public.audit_entry_pending() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO audit_pending (entry_id) VALUES (NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION public.audit_redact(file bigint, OUT entries integer, OUT trail text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (SELECT FROM audit_pending p JOIN audit_entry e ON e.id = p.entry_id WHERE e.file_id = file) THEN
        PERFORM work_refuse('audit_unsealed', 'entries about the file are not yet sealed');
    END IF;
    UPDATE audit_entry e SET changes = coalesce((
        SELECT jsonb_agg(c.change ORDER BY c.place) FROM jsonb_array_elements(e.changes) WITH ORDINALITY AS c (change, place)
        WHERE c.change->>'field' = ANY ('{state,kind,section,category,verdict,number,amount,amount_fen,total_fen,account,terms,batch,attempt,version,lines,files,rows,row,import,paid,failed,open,file_hash}')), '[]')
    WHERE e.file_id = file;
    INSERT INTO audit_redaction (entry_id, file_id, digest)
    SELECT e.id, file, sha256(audit_encoded(e)) FROM audit_entry e WHERE e.file_id = file;
    SELECT count(*), encode(sha256(coalesce(string_agg(r.digest, ''::bytea ORDER BY r.entry_id), '')), 'hex')
    INTO entries, trail FROM audit_redaction r WHERE r.file_id = file;
END $$;

CREATE FUNCTION public.casefile_act_no_relative() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM casefile_no_relative((to_jsonb(NEW) ->> TG_ARGV[0])::bigint, (to_jsonb(NEW) ->> TG_ARGV[1])::bigint);
    RETURN NEW;
END $$;

CREATE FUNCTION public.casefile_card_second() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.state = 'current' AND NEW.confirmed_by IS NULL AND EXISTS (
        SELECT FROM casefile_file f WHERE f.id = NEW.file_id AND f.state NOT IN ('draft', 'returned')) THEN
        PERFORM work_refuse('casefile_card_second', 'a new card of a submitted file needs a second person');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.casefile_change_moves() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state <> 'asked' THEN
        PERFORM work_refuse('casefile_change_ended', 'a change that was decided stays as it is');
    END IF;
    IF NEW.state = 'applied' AND NEW.carried_in IS DISTINCT FROM pg_current_xact_id() THEN
        PERFORM work_refuse('casefile_change_carried', 'a change is carried out before it is applied');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.casefile_claim_file() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF casefile_open(OLD.state) AND NOT casefile_open(NEW.state) THEN
        DELETE FROM casefile_claim WHERE file_id = NEW.id;
    ELSIF NOT casefile_open(OLD.state) AND casefile_open(NEW.state) THEN
        INSERT INTO casefile_claim (id_index, person_id, file_id)
        SELECT id_index, id, file_id FROM casefile_person WHERE file_id = NEW.id AND left_on IS NULL;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.casefile_claim_people() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO casefile_claim (id_index, person_id, file_id)
    SELECT p.id_index, p.id, p.file_id FROM came p JOIN casefile_file f ON f.id = p.file_id
    WHERE p.left_on IS NULL AND casefile_open(f.state) ORDER BY p.id_index;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_claim_person() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.file_id <> OLD.file_id THEN
        PERFORM work_refuse('casefile_person_fixed', 'a person is not moved between files by hand');
    END IF;
    DELETE FROM casefile_claim WHERE person_id = NEW.id;
    IF NEW.left_on IS NULL AND (SELECT casefile_open(state) FROM casefile_file WHERE id = NEW.file_id) THEN
        INSERT INTO casefile_claim (id_index, person_id, file_id) VALUES (NEW.id_index, NEW.id, NEW.file_id);
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.casefile_copy_people(new_file bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE old_file bigint; n integer;
BEGIN
    SELECT f.relapse_of INTO old_file FROM casefile_file f WHERE f.id = new_file AND f.state = 'draft'
        AND NOT EXISTS (SELECT FROM casefile_person p WHERE p.file_id = f.id);
    IF old_file IS NULL THEN
        PERFORM work_refuse('casefile_copy_people', 'people are copied into an empty draft that names the old file');
    END IF;
    INSERT INTO casefile_person
    SELECT (jsonb_populate_record(NULL::casefile_person, to_jsonb(p) || jsonb_build_object(
        'id', nextval(pg_get_serial_sequence('casefile_person', 'id')), 'file_id', new_file))).*
    FROM casefile_person p
    WHERE p.file_id = old_file AND p.left_on IS NULL
      AND (p.relation = 'head' OR NOT EXISTS (SELECT FROM casefile_claim c WHERE c.id_index = p.id_index))
    ORDER BY p.id;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;

CREATE FUNCTION public.casefile_duty_of_arrears() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM casefile_take_duty(NEW.file_id, CASE TG_OP WHEN 'INSERT' THEN NEW.entered_by ELSE coalesce(NEW.settled_by, NEW.entered_by) END, 'gather');
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_duty_of_assessment() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM casefile_take_duty(NEW.file_id, NEW.assessed_by, 'decide');
    RETURN NEW;
END $$;

CREATE FUNCTION public.casefile_duty_of_card() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.entered_by, 'gather');
    END IF;
    IF NEW.confirmed_by IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.confirmed_by IS DISTINCT FROM OLD.confirmed_by) THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.confirmed_by, 'decide');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_duty_of_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.second THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.asked_by, 'gather');
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM casefile_no_relative(NEW.file_id, NEW.asked_by);
    END IF;
    IF NEW.decided_by IS NOT NULL AND NEW.state <> 'withdrawn' AND (TG_OP = 'INSERT' OR NEW.decided_by IS DISTINCT FROM OLD.decided_by) THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.decided_by, 'decide');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_duty_of_file() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM casefile_take_duty(NEW.id, NEW.registered_by, 'gather');
    RETURN NEW;
END $$;

CREATE FUNCTION public.casefile_duty_of_files() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO casefile_duty (file_id, staff_id, side) SELECT id, registered_by, 'gather' FROM came;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_duty_of_judgement() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM casefile_take_duty(NEW.file_id, NEW.judged_by, 'decide');
    RETURN NEW;
END $$;

CREATE FUNCTION public.casefile_duty_of_papers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE p record;
BEGIN
    FOR p IN
        SELECT DISTINCT e.file_id, e.added_by, e.kind <> 'other' OR f.state IN ('draft', 'returned', 'temporary') AS proves
        FROM came e JOIN casefile_file f ON f.id = e.file_id
        WHERE NOT casefile_paper_brought(e.file_id, e.blob) ORDER BY e.file_id, e.added_by
    LOOP
        IF p.proves THEN
            PERFORM casefile_take_duty(p.file_id, p.added_by, 'gather');
        ELSE
            PERFORM casefile_no_relative(p.file_id, p.added_by);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_duty_of_removal() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM casefile_take_duty(NEW.file_id, NEW.removed_by, 'gather');
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_duty_of_section() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF (SELECT f.state NOT IN ('draft', 'returned') FROM casefile_file f WHERE f.id = NEW.file_id) AND (EXISTS (
        SELECT FROM casefile_change c WHERE c.file_id = NEW.file_id AND c.kind IN (NEW.section, 'leaving', 'new_head') AND c.state = 'asked'
            AND c.carried_in = pg_current_xact_id())
        OR NEW.section IN ('members', 'economy') AND EXISTS (
        SELECT FROM move_move m WHERE (m.file_id = NEW.file_id OR m.other_id = NEW.file_id) AND m.kind IN ('split', 'merge') AND m.state = 'asked'
            AND m.carried_in = pg_current_xact_id())) THEN
        RETURN NULL;
    END IF;
    PERFORM casefile_take_duty(NEW.file_id, NEW.saved_by, 'gather');
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_duty_of_state() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF NEW.state = 'cancelled' THEN
        PERFORM casefile_take_duty(NEW.id, NEW.cancelled_by, 'decide');
    ELSE
        PERFORM casefile_take_duty(NEW.id, coalesce(NEW.handed_by, NEW.registered_by), 'gather');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_figure_fits() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM came c JOIN casefile_snapshot s ON s.id = c.snapshot_id WHERE NOT s.current) THEN
        PERFORM work_refuse('casefile_snapshot_fixed', 'a snapshot that is not current does not change');
    END IF;
    IF EXISTS (
        SELECT FROM came c JOIN casefile_snapshot s ON s.id = c.snapshot_id
        LEFT JOIN casefile_person p ON p.id = c.person_id LEFT JOIN casefile_evidence e ON e.id = c.evidence_id
        WHERE p.file_id <> s.file_id OR e.file_id <> s.file_id) THEN
        PERFORM work_refuse('casefile_figure_fits', 'a figure names a person or a paper of another file');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_figure_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM gone g JOIN casefile_snapshot s ON s.id = g.snapshot_id WHERE NOT s.current) THEN
        PERFORM work_refuse('casefile_snapshot_fixed', 'a snapshot that is not current does not change');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_file_fixed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.org_path := (SELECT path FROM staff_org WHERE id = NEW.org_id);
    IF TG_OP = 'UPDATE' THEN
        IF OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number THEN
            PERFORM work_refuse('casefile_number_fixed', 'a file number is given once');
        END IF;
        IF NEW.registered_by <> OLD.registered_by OR NEW.registered_at <> OLD.registered_at THEN
            PERFORM work_refuse('casefile_registrar_fixed', 'the registrar of a file does not change');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.casefile_file_terms(address text, employer text) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT casefile_place_terms('a', address) || casefile_place_terms('e', employer)
$$;

CREATE FUNCTION public.casefile_kin(file bigint) RETURNS TABLE(file_id bigint, until timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
    WITH RECURSIVE kin (id, until) AS (
        SELECT file, 'infinity'::timestamptz
        UNION
        SELECT n.id, n.until FROM kin k CROSS JOIN LATERAL (
            SELECT f.split_of AS id, least(k.until, f.registered_at) AS until FROM casefile_file f WHERE f.id = k.id AND f.split_of IS NOT NULL
            UNION ALL
            SELECT f.relapse_of, k.until FROM casefile_file f WHERE f.id = k.id AND f.relapse_of IS NOT NULL
            UNION ALL
            SELECT m.id, k.until FROM casefile_file m WHERE m.merged_into = k.id) n)
    SELECT k.id, max(k.until) FROM kin k GROUP BY k.id
$$;

CREATE FUNCTION public.casefile_merge_people(old_file bigint, people bigint[], relations text[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE goes_on bigint; n integer;
BEGIN
    SELECT f.merged_into INTO goes_on FROM casefile_file f JOIN casefile_file g ON g.id = f.merged_into AND g.state = 'active' WHERE f.id = old_file;
    IF goes_on IS NULL OR NOT move_carried(old_file, 'merge', NULL, goes_on) THEN
        PERFORM work_refuse('casefile_merge_people', 'people are copied by the merge of their file');
    END IF;
    INSERT INTO casefile_person
    SELECT (jsonb_populate_record(NULL::casefile_person, to_jsonb(p) || jsonb_build_object(
        'id', nextval(pg_get_serial_sequence('casefile_person', 'id')), 'file_id', goes_on, 'relation', r.relation))).*
    FROM casefile_person p JOIN unnest(people, relations) r (id, relation) ON r.id = p.id
    WHERE p.file_id = old_file AND p.left_on IS NULL ORDER BY p.id;
    GET DIAGNOSTICS n = ROW_COUNT;
    INSERT INTO casefile_duty (file_id, staff_id, side)
    SELECT goes_on, d.staff_id, d.side FROM casefile_duty d WHERE d.file_id = old_file AND d.side = 'gather' ON CONFLICT DO NOTHING;
    RETURN n;
END $$;

CREATE FUNCTION public.casefile_merged(file bigint) RETURNS TABLE(file_id bigint)
    LANGUAGE sql STABLE
    AS $$
    WITH RECURSIVE kin (id) AS (
        SELECT file
        UNION
        SELECT m.id FROM kin k JOIN casefile_file m ON m.merged_into = k.id)
    SELECT k.id FROM kin k
$$;

CREATE FUNCTION public.casefile_no_relative(file bigint, staff bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF casefile_relative(file, staff) THEN
        PERFORM work_refuse('casefile_relative', format('staff %s is a relative in file %s', staff, file));
    END IF;
END $$;

CREATE FUNCTION public.casefile_old_terms(old_number text) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE WHEN word = '' THEN '{}'::text[] ELSE ARRAY['o' || word] END
    FROM (SELECT upper(regexp_replace(old_number, '[^0-9A-Za-z\u3400-\ufeff\U00020000-\U0003ffff]', '', 'g')) AS word) given
$$;

CREATE FUNCTION public.casefile_open(state text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT state NOT IN ('not_qualified', 'refused', 'struck_off', 'discarded', 'cancelled', 'closed')
$$;

CREATE FUNCTION public.casefile_paper_brought(file bigint, paper text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT EXISTS (
        SELECT FROM move_move m JOIN casefile_evidence o ON o.file_id = m.file_id AND o.blob = paper AND o.removed_at IS NULL
        WHERE m.other_id = file AND m.kind = 'merge' AND m.state = 'asked' AND m.carried_in = pg_current_xact_id()
    ) OR EXISTS (
        SELECT FROM casefile_file f JOIN move_move m ON m.file_id = f.split_of
            JOIN casefile_evidence o ON o.file_id = m.file_id AND o.blob = paper AND o.removed_at IS NULL
        WHERE f.id = file AND m.kind = 'split' AND m.state = 'asked' AND m.carried_in = pg_current_xact_id())
$$;

CREATE FUNCTION public.casefile_person_terms(name text, pinyin text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE
    AS $$
DECLARE
    word text := regexp_replace(name, '[^\u3400-\ufeff\U00020000-\U0003ffff]', '', 'g');
    spoken text[] := string_to_array(nullif(pinyin, ''), ' ');
    whole text := spoken[1];
    initials text := left(spoken[1], 1);
    term text;
    terms text[] := '{}';
BEGIN
    FOR n IN 1 .. coalesce(length(word), 0) - 1 LOOP
        FOR size IN 2 .. least(3, length(word) - n + 1) LOOP
            term := 'n' || substr(word, n, size);
            IF term <> ALL (terms) THEN
                terms := terms || term;
            END IF;
        END LOOP;
    END LOOP;
    FOR n IN 2 .. coalesce(cardinality(spoken), 0) LOOP
        whole := whole || spoken[n];
        initials := initials || left(spoken[n], 1);
        FOREACH term IN ARRAY ARRAY['p' || whole, 'i' || initials] LOOP
            IF term <> ALL (terms) THEN
                terms := terms || term;
            END IF;
        END LOOP;
    END LOOP;
    RETURN terms;
END $$;

CREATE FUNCTION public.casefile_place_terms(kind text, place text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE
    AS $$
DECLARE
    word text := regexp_replace(place, '[^\u3400-\ufeff\U00020000-\U0003ffff]+', ' ', 'g');
    term text;
    terms text[] := '{}';
BEGIN
    FOR n IN 1 .. coalesce(length(word), 0) - 1 LOOP
        term := kind || substr(word, n, 2);
        IF strpos(term, ' ') = 0 AND term <> ALL (terms) THEN
            terms := terms || term;
        END IF;
    END LOOP;
    RETURN terms;
END $$;

CREATE FUNCTION public.casefile_relapse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.relapse_of IS DISTINCT FROM OLD.relapse_of THEN
            PERFORM work_refuse('casefile_relapse_fixed', 'the link to the old file does not change');
        END IF;
    ELSIF NEW.relapse_of IS NOT NULL AND (SELECT f.state FROM casefile_file f WHERE f.id = NEW.relapse_of) <> 'closed' THEN
        PERFORM work_refuse('casefile_relapse_closed', 'one falls back from a closed file');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.casefile_related(file bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    RETURN EXISTS (SELECT FROM casefile_person p JOIN staff_relative r ON r.id_index = p.id_index AND r.state IN ('declared', 'confirmed')
        WHERE p.file_id = file AND p.left_on IS NULL);
END $$;

CREATE FUNCTION public.casefile_relative(file bigint, staff bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    RETURN EXISTS (SELECT FROM staff_relative r JOIN casefile_person p ON p.id_index = r.id_index
        WHERE r.staff_id = staff AND r.state IN ('declared', 'confirmed') AND p.file_id = file AND p.left_on IS NULL);
END $$;

CREATE FUNCTION public.casefile_saved_most() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('casefile_saved.owner', NEW.owner_id));
        IF (SELECT count(*) FROM casefile_saved WHERE owner_id = NEW.owner_id) > 50 THEN
            PERFORM work_refuse('casefile_saved_most', 'a person keeps at most fifty lists');
        END IF;
    END IF;
    IF NEW.shared THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('casefile_saved.org', NEW.org_id));
        IF (SELECT count(*) FROM casefile_saved WHERE org_id = NEW.org_id AND shared) > 50 THEN
            PERFORM work_refuse('casefile_saved_most_shared', 'an office shares at most fifty lists');
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_saved_most_starred() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('casefile_saved.star', NEW.staff_id));
    IF (SELECT count(*) FROM casefile_saved_mark WHERE staff_id = NEW.staff_id AND starred) > 8 THEN
        PERFORM work_refuse('casefile_saved_most_starred', 'at most eight lists have a star');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_snapshot_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT OLD.current THEN
        PERFORM work_refuse('casefile_snapshot_fixed', 'a snapshot that is not current does not change');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.casefile_split_people(new_file bigint, people bigint[], relations text[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE old_file bigint; n integer;
BEGIN
    SELECT f.split_of INTO old_file FROM casefile_file f WHERE f.id = new_file AND f.state = 'draft'
        AND NOT EXISTS (SELECT FROM casefile_person p WHERE p.file_id = f.id);
    IF old_file IS NULL THEN
        PERFORM work_refuse('casefile_split_people', 'people are copied into an empty draft that was split off');
    END IF;
    INSERT INTO casefile_person
    SELECT (jsonb_populate_record(NULL::casefile_person, to_jsonb(p) || jsonb_build_object('left_on', NULL, 'left_why', NULL,
        'id', nextval(pg_get_serial_sequence('casefile_person', 'id')), 'file_id', new_file, 'relation', r.relation))).*
    FROM casefile_person p JOIN unnest(people, relations) r (id, relation) ON r.id = p.id
    WHERE p.file_id = old_file AND p.left_why = 'split' ORDER BY p.id;
    GET DIAGNOSTICS n = ROW_COUNT;
    INSERT INTO casefile_duty (file_id, staff_id, side)
    SELECT new_file, d.staff_id, d.side FROM casefile_duty d WHERE d.file_id = old_file AND d.side = 'gather' ON CONFLICT DO NOTHING;
    RETURN n;
END $$;

CREATE FUNCTION public.casefile_stand() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.casefile_stand_file() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.casefile_take_back(files bigint[], why text, at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM FROM casefile_file f WHERE f.id = ANY (files) ORDER BY f.id FOR UPDATE;
    IF EXISTS (
        SELECT FROM unnest(files) AS t (id) LEFT JOIN casefile_file f ON f.id = t.id
        WHERE f.id IS NULL OR f.state <> 'draft' OR f.version <> 1 OR NOT EXISTS (SELECT FROM ledger_origin o WHERE o.file_id = f.id)
            OR EXISTS (SELECT FROM casefile_section s WHERE s.file_id = f.id) OR EXISTS (SELECT FROM casefile_typed y WHERE y.file_id = f.id)
            OR EXISTS (SELECT FROM casefile_evidence e WHERE e.file_id = f.id) OR EXISTS (SELECT FROM casefile_arrears a WHERE a.file_id = f.id)
            OR EXISTS (SELECT FROM casefile_card c WHERE c.file_id = f.id AND c.state <> 'current')) THEN
        PERFORM work_refuse('casefile_take_back', 'only registrations that an import made and nobody touched are taken back');
    END IF;
    DELETE FROM check_finding x WHERE x.file_id = ANY (files);
    DELETE FROM check_file x WHERE x.file_id = ANY (files);
    DELETE FROM casefile_figure x USING casefile_snapshot s WHERE s.id = x.snapshot_id AND s.file_id = ANY (files);
    DELETE FROM casefile_snapshot x WHERE x.file_id = ANY (files);
    DELETE FROM casefile_cause x WHERE x.file_id = ANY (files);
    DELETE FROM casefile_card x WHERE x.file_id = ANY (files);
    DELETE FROM casefile_person x WHERE x.file_id = ANY (files);
    UPDATE casefile_file f SET state = 'discarded', version = version + 1, return_reason = why, closed_at = at, undone_at = at, people = 0,
        head_name = '**', head_pinyin = '', address = '', employer = '', old_number = '', housing = '', housing_m2 = NULL, main_cause = NULL,
        economy_until = NULL, weigh_since = NULL, papers_until = 'infinity'
    WHERE f.id = ANY (files);
    DELETE FROM check_due x WHERE x.file_id = ANY (files);
END $$;

CREATE FUNCTION public.casefile_take_duty(file bigint, staff bigint, wanted text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE held text;
BEGIN
    PERFORM casefile_no_relative(file, staff);
    INSERT INTO casefile_duty (file_id, staff_id, side) VALUES (file, staff, wanted)
    ON CONFLICT (file_id, staff_id) DO NOTHING;
    SELECT side INTO held FROM casefile_duty WHERE file_id = file AND staff_id = staff;
    IF held <> wanted THEN
        PERFORM work_refuse('casefile_duty_sides', format('staff %s already has side %s in file %s', staff, held, file));
    END IF;
END $$;

CREATE FUNCTION public.casefile_temporary() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state IN ('temporary', 'cancelled') OR NEW.temporary_at IS NOT NULL THEN
            PERFORM work_refuse('casefile_temporary_ways', 'a temporary file begins as a registration');
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.temporary_at IS NOT NULL AND NEW.temporary_at IS DISTINCT FROM OLD.temporary_at THEN
        PERFORM work_refuse('casefile_temporary_fixed', 'the day of a temporary file does not change');
    END IF;
    IF NEW.state <> OLD.state AND (
        NEW.state = 'temporary' AND OLD.state <> 'draft'
        OR OLD.state = 'temporary' AND NEW.state NOT IN ('draft', 'cancelled')
        OR NEW.state = 'cancelled' AND OLD.state <> 'temporary'
        OR OLD.state = 'cancelled'
        OR OLD.state = 'draft' AND NEW.state = 'discarded' AND OLD.temporary_at IS NOT NULL) THEN
        PERFORM work_refuse('casefile_temporary_ways', format('no way from %s to %s', OLD.state, NEW.state));
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.casefile_term_file() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM casefile_term WHERE term = ANY (casefile_file_terms(OLD.address, OLD.employer) || casefile_old_terms(OLD.old_number))
        AND org_path = OLD.org_path AND file_id = OLD.id AND person_id = 0;
    IF OLD.org_path <> NEW.org_path THEN
        UPDATE casefile_term t SET org_path = NEW.org_path
        FROM casefile_person p, unnest(casefile_person_terms(p.name, p.pinyin)) AS piece
        WHERE p.file_id = NEW.id AND t.term = piece AND t.org_path = OLD.org_path AND t.file_id = NEW.id AND t.person_id = p.id;
    END IF;
    INSERT INTO casefile_term (term, org_path, file_id, person_id)
    SELECT term, NEW.org_path, NEW.id, 0 FROM unnest(casefile_file_terms(NEW.address, NEW.employer) || casefile_old_terms(NEW.old_number)) AS term;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_term_files() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO casefile_term (term, org_path, file_id, person_id)
    SELECT t.term, c.org_path, c.id, 0
    FROM came c, unnest(casefile_file_terms(c.address, c.employer) || casefile_old_terms(c.old_number)) AS t (term) ORDER BY t.term;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_term_people() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO casefile_term (term, org_path, file_id, person_id)
    SELECT t.term, f.org_path, f.id, c.id FROM came c JOIN casefile_file f ON f.id = c.file_id,
        unnest(casefile_person_terms(c.name, c.pinyin)) AS t (term)
    WHERE c.left_on IS NULL ORDER BY t.term;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_term_person() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF OLD.left_on IS NULL THEN
        DELETE FROM casefile_term WHERE term = ANY (casefile_person_terms(OLD.name, OLD.pinyin)) AND file_id = OLD.file_id
            AND person_id = OLD.id AND org_path = (SELECT org_path FROM casefile_file WHERE id = OLD.file_id);
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.left_on IS NULL THEN
        INSERT INTO casefile_term (term, org_path, file_id, person_id)
        SELECT term, f.org_path, f.id, NEW.id FROM casefile_file f, unnest(casefile_person_terms(NEW.name, NEW.pinyin)) AS term
        WHERE f.id = NEW.file_id;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.casefile_version_next() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE last casefile_version;
BEGIN
    SELECT * INTO last FROM casefile_version WHERE file_id = NEW.file_id ORDER BY number DESC LIMIT 1;
    IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.kept_at < last.kept_at OR NEW.round < last.round THEN
        PERFORM work_refuse('casefile_version_next', format('version %s of file %s does not follow %s', NEW.number, NEW.file_id, last.number));
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.census_close() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state = 'closed' THEN
        PERFORM work_refuse('census_closed', 'a closed census does not change');
    END IF;
    IF NEW.state = 'closed' AND EXISTS (SELECT FROM census_form f WHERE f.census_id = NEW.id AND f.state = 'returned') THEN
        PERFORM work_refuse('census_undecided', 'every form that came back is entered or dismissed first');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.census_form_move() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (SELECT c.state FROM census_census c WHERE c.id = NEW.census_id) <> 'running' THEN
        PERFORM work_refuse('census_closed', 'a closed census does not change');
    END IF;
    IF (OLD.state, NEW.state) NOT IN (('out', 'returned'), ('out', 'lost'), ('lost', 'returned'), ('returned', 'entered'), ('returned', 'dismissed')) THEN
        PERFORM work_refuse('census_form_moves', format('a form does not move from %s to %s', OLD.state, NEW.state));
    END IF;
    IF NEW.state = 'returned' AND NEW.returned_on < (SELECT b.handed_on FROM census_bundle b WHERE b.id = NEW.bundle_id) THEN
        PERFORM work_refuse('census_form_before', 'a form comes back after it was handed out');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.census_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_TABLE_NAME = 'census_form' THEN
        NEW.org_path := (SELECT b.org_path FROM census_bundle b WHERE b.id = NEW.bundle_id AND b.census_id = NEW.census_id AND NEW.number BETWEEN b.first AND b.last);
        IF NEW.org_path IS NULL OR NEW.state <> 'out' THEN
            PERFORM work_refuse('census_form_bundle', 'a form begins in its own bundle');
        END IF;
        RETURN NEW;
    END IF;
    NEW.org_path := (SELECT path FROM staff_org WHERE id = NEW.org_id);
    IF TG_TABLE_NAME = 'census_bundle' THEN
        IF NOT EXISTS (SELECT FROM census_census c WHERE c.id = NEW.census_id AND c.state = 'running' AND starts_with(NEW.org_path, c.org_path)) THEN
            PERFORM work_refuse('census_bundle_below', 'forms go to the census'' own office or below it, while it runs');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.check_ask() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO check_due (file_id) VALUES (CASE TG_TABLE_NAME WHEN 'casefile_file' THEN (to_jsonb(NEW)->>'id')::bigint ELSE (to_jsonb(NEW)->>'file_id')::bigint END)
    ON CONFLICT (file_id) DO UPDATE SET swept = false WHERE check_due.swept;
    RETURN NULL;
END $$;

CREATE FUNCTION public.comparison_answers(answer bigint) RETURNS TABLE(person_id bigint, kind text)
    LANGUAGE sql STABLE
    AS $$
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

CREATE FUNCTION public.comparison_authorised() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh s WHERE NOT EXISTS (
        SELECT FROM casefile_declaration d WHERE d.file_id = s.file_id AND d.kind = 'comparison')) THEN
        PERFORM work_refuse('comparison_authorised', 'a household without a signed authorisation is not sent out');
    END IF;
    IF EXISTS (SELECT FROM fresh s JOIN comparison_batch b ON b.id = s.batch_id WHERE b.state <> 'made') THEN
        PERFORM work_refuse('comparison_sent_fixed', 'a list that went out is not changed');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.comparison_compared(file bigint, since timestamp with time zone, day date) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
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

CREATE FUNCTION public.comparison_once() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state <> 'made' THEN
        PERFORM work_refuse('comparison_once', 'a list goes out once');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.comparison_open_before_judgement() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.comparison_resolver() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.eligibility_per_head(yearly bigint, people bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT CASE WHEN yearly < 0 THEN -((24 * people / 2 - 2 * yearly) / (24 * people)) ELSE (24 * people / 2 + 2 * yearly) / (24 * people) END
$$;

CREATE FUNCTION public.eligibility_percent(base bigint, percent bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT (base * percent + 50) / 100
$$;

CREATE FUNCTION public.exit_before_close() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.state = 'closed' AND (TG_OP = 'INSERT' OR OLD.state <> 'closed') THEN
        IF NEW.return_reason = 'merged' AND move_carried(NEW.id, 'merge', NULL, NULL) THEN
            PERFORM move_not_stopped(NEW.id, 'merge');
            RETURN NEW;
        END IF;
        IF NOT EXISTS (SELECT FROM exit_exit e WHERE e.file_id = NEW.id AND e.state = 'closed' AND e.reason = NEW.return_reason) THEN
            PERFORM work_refuse('exit_before_close', 'a file is closed with its exit');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.exit_callback_check() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.done_on IS NOT NULL THEN
        PERFORM work_refuse('exit_callback_done', 'a callback on record does not change');
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT e.file_id, e.org_path INTO NEW.file_id, NEW.org_path FROM exit_exit e WHERE e.id = NEW.exit_id AND e.state = 'closed';
        IF NEW.file_id IS NULL THEN
            PERFORM work_refuse('exit_callback_closed', 'callbacks follow a closed exit');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.exit_duty() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.proposed_by, 'gather');
        RETURN NEW;
    END IF;
    IF NEW.assessed_by IS DISTINCT FROM OLD.assessed_by THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.assessed_by, 'decide');
    END IF;
    IF NEW.told_by IS DISTINCT FROM OLD.told_by THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.told_by, 'gather');
    END IF;
    IF NEW.closed_by IS DISTINCT FROM OLD.closed_by THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.closed_by, 'decide');
    END IF;
    RETURN NEW;
END $$;

CREATE TABLE public.exit_exit (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    org_path text NOT NULL,
    reason text NOT NULL,
    state text NOT NULL,
    grounds text NOT NULL,
    happened_on date,
    other_number text,
    aid text,
    rule_on date NOT NULL,
    proposed_by bigint NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    opinion text,
    assessed_by bigint,
    assessed_at timestamp with time zone,
    posted_on date,
    posted_where text,
    posted_by bigint,
    told_on date,
    told_how text,
    told_whom text,
    told_by bigint,
    told_at timestamp with time zone,
    closed_by bigint,
    closed_at timestamp with time zone,
    CONSTRAINT exit_exit_aid_check CHECK (((length(aid) >= 2) AND (length(aid) <= 1000))),
    CONSTRAINT exit_exit_check CHECK (((reason = ANY (ARRAY['died'::text, 'retired'::text, 'moved'::text])) = (happened_on IS NOT NULL))),
    CONSTRAINT exit_exit_check1 CHECK (((reason = 'duplicate'::text) = (other_number IS NOT NULL))),
    CONSTRAINT exit_exit_check2 CHECK (((reason = 'eased'::text) = (aid IS NOT NULL))),
    CONSTRAINT exit_exit_check3 CHECK ((num_nonnulls(posted_on, posted_where, posted_by) = ANY (ARRAY[0, 3]))),
    CONSTRAINT exit_exit_check4 CHECK ((num_nonnulls(told_on, told_how, told_whom, told_by, told_at) = ANY (ARRAY[0, 5]))),
    CONSTRAINT exit_exit_check5 CHECK (((state = ANY (ARRAY['agreed'::text, 'told'::text, 'closed'::text, 'refused'::text])) = ((assessed_by IS NOT NULL) AND (assessed_at IS NOT NULL) AND (opinion IS NOT NULL)))),
    CONSTRAINT exit_exit_check6 CHECK (((state <> ALL (ARRAY['told'::text, 'closed'::text])) OR (told_on IS NOT NULL))),
    CONSTRAINT exit_exit_check7 CHECK (((state = 'closed'::text) = ((closed_by IS NOT NULL) AND (closed_at IS NOT NULL)))),
    CONSTRAINT exit_exit_grounds_check CHECK (((length(grounds) >= 2) AND (length(grounds) <= 2000))),
    CONSTRAINT exit_exit_opinion_check CHECK (((length(opinion) >= 1) AND (length(opinion) <= 1000))),
    CONSTRAINT exit_exit_other_number_check CHECK (((length(other_number) >= 1) AND (length(other_number) <= 40))),
    CONSTRAINT exit_exit_posted_where_check CHECK (((length(posted_where) >= 2) AND (length(posted_where) <= 200))),
    CONSTRAINT exit_exit_reason_check CHECK ((reason = ANY (ARRAY['out_of_hardship'::text, 'eased'::text, 'died'::text, 'retired'::text, 'moved'::text, 'false'::text, 'duplicate'::text, 'misjudged'::text]))),
    CONSTRAINT exit_exit_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'agreed'::text, 'told'::text, 'closed'::text, 'refused'::text, 'withdrawn'::text]))),
    CONSTRAINT exit_exit_told_how_check CHECK ((told_how = ANY (ARRAY['hand'::text, 'home'::text, 'post'::text, 'message'::text, 'posting'::text]))),
    CONSTRAINT exit_exit_told_whom_check CHECK (((length(told_whom) >= 2) AND (length(told_whom) <= 40))),
    CONSTRAINT exit_two_people CHECK (((assessed_by <> proposed_by) AND (closed_by <> proposed_by)))
);

CREATE FUNCTION public.exit_lacks(e public.exit_exit) RETURNS text
    LANGUAGE sql STABLE
    AS $$
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

CREATE FUNCTION public.exit_ledger_check() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.kind = 'recovery' AND NOT EXISTS (SELECT FROM exit_receipt_part p WHERE p.id = NEW.subject_id) THEN
        PERFORM work_refuse('exit_ledger_receipt', 'money comes back by a receipt');
    END IF;
    IF NEW.kind = 'reversal' AND EXISTS (SELECT FROM fund_entry e WHERE e.id = NEW.reverses AND e.kind = 'recovery') AND NOT EXISTS (
        SELECT FROM fund_entry e JOIN exit_receipt_part p ON p.id = e.subject_id JOIN exit_receipt_reversal v ON v.receipt_id = p.receipt_id
        WHERE e.id = NEW.reverses) THEN
        PERFORM work_refuse('exit_ledger_receipt', 'a recovery is taken back with its receipt');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.exit_move() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE lack text; days integer;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT f.org_path INTO NEW.org_path FROM casefile_file f WHERE f.id = NEW.file_id;
        IF NEW.state <> 'proposed' OR NEW.assessed_by IS NOT NULL OR NEW.told_on IS NOT NULL OR NEW.posted_on IS NOT NULL THEN
            PERFORM work_refuse('exit_begins_proposed', 'an exit begins as a proposal');
        END IF;
        IF (SELECT f.state FROM casefile_file f WHERE f.id = NEW.file_id) <> 'active' THEN
            PERFORM work_refuse('exit_of_active', 'only an active file leaves the register');
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (('proposed', 'agreed'), ('proposed', 'refused'), ('proposed', 'withdrawn'), ('agreed', 'agreed'),
            ('agreed', 'told'), ('agreed', 'refused'), ('told', 'told'), ('told', 'refused'), ('told', 'closed'))
        OR (OLD.state, NEW.state) = ('told', 'told') AND (OLD.posted_on IS NOT NULL OR NEW.posted_on IS NULL) THEN
        PERFORM work_refuse('exit_moves', format('an exit does not move from %s to %s', OLD.state, NEW.state));
    END IF;
    IF NEW.state IN ('agreed', 'closed') THEN
        lack := exit_lacks(NEW);
        IF lack IS NOT NULL THEN
            PERFORM work_refuse(lack, 'the exit is not yet proven');
        END IF;
    END IF;
    IF NEW.state = 'closed' THEN
        SELECT r.posted_days INTO days FROM exit_rule r WHERE r.from_on = NEW.rule_on;
        -- The day of posting is not counted, and all days of the period must be over.
        IF days > 0 AND (NEW.posted_on IS NULL OR (NEW.closed_at AT TIME ZONE 'Asia/Shanghai')::date <= NEW.posted_on + days) THEN
            PERFORM work_refuse('exit_posted', 'the exit is closed after its posting');
        END IF;
        IF EXISTS (SELECT FROM payment_payable p WHERE p.file_id = NEW.file_id AND p.state IN ('ready', 'batched')) THEN
            PERFORM work_refuse('exit_unpaid', 'money for the household is on its way');
        END IF;
        IF EXISTS (SELECT FROM grant_application a WHERE a.file_id = NEW.file_id AND a.state NOT IN ('approved', 'refused', 'withdrawn')) THEN
            PERFORM work_refuse('exit_applied', 'an application of the household is not decided');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.exit_part() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE e exit_exit; paid bigint;
BEGIN
    SELECT * INTO e FROM exit_exit WHERE id = NEW.exit_id;
    IF e.state <> 'proposed' THEN
        PERFORM work_refuse('exit_part_late', 'what an exit rests on is written with its proposal');
    END IF;
    IF TG_TABLE_NAME IN ('exit_paper', 'exit_guarantee') THEN
        IF NEW.evidence_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM casefile_evidence v WHERE v.id = NEW.evidence_id AND v.file_id = e.file_id AND v.removed_at IS NULL) THEN
            PERFORM work_refuse('exit_evidence', 'the paper lies in the household''s file');
        END IF;
    ELSIF TG_TABLE_NAME = 'exit_claim' THEN
        SELECT p.amount_fen INTO paid FROM payment_payable p
        WHERE p.id = NEW.payable_id AND p.file_id IN (SELECT k.file_id FROM casefile_merged(e.file_id) k) AND p.state = 'paid';
        IF e.reason <> 'false' OR paid IS NULL OR NEW.claim_fen > paid THEN
            PERFORM work_refuse('exit_claim_paid', 'what is claimed back was paid to the household');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.exit_receipt_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE e exit_exit;
BEGIN
    SELECT * INTO e FROM exit_exit WHERE id = NEW.exit_id FOR UPDATE;
    IF e.state <> 'closed' OR e.reason <> 'false' THEN
        PERFORM work_refuse('exit_receipt_closed', 'money comes back after the file was closed for false information');
    END IF;
    IF NEW.amount_fen + exit_received(NEW.exit_id)
       > (SELECT coalesce(sum(c.claim_fen), 0) FROM exit_claim c WHERE c.exit_id = NEW.exit_id) THEN
        PERFORM work_refuse('exit_receipt_over', 'no more comes back than was claimed');
    END IF;
    PERFORM casefile_take_duty(e.file_id, NEW.entered_by, 'pay');
    RETURN NEW;
END $$;

CREATE FUNCTION public.exit_receipt_in_ledger() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM fund_entry e JOIN fund_posting g ON g.entry_id = e.id AND g.pot = 'available' JOIN payment_payable p ON p.id = NEW.payable_id
        WHERE e.subject = 'recovery' AND e.subject_id = NEW.id AND g.account_id = p.account_id AND g.amount_fen = NEW.amount_fen) THEN
        PERFORM work_refuse('exit_receipt_in_ledger', 'what came back stands in the account that paid it');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.exit_receipt_part_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE claim bigint; claimed bigint;
BEGIN
    SELECT r.exit_id INTO claim FROM exit_receipt r WHERE r.id = NEW.receipt_id;
    PERFORM FROM exit_exit WHERE id = claim FOR UPDATE;
    SELECT c.claim_fen INTO claimed FROM exit_claim c WHERE c.exit_id = claim AND c.payable_id = NEW.payable_id;
    IF claimed IS NULL OR claimed < NEW.amount_fen + (
        SELECT coalesce(sum(p.amount_fen), 0) FROM exit_receipt_part p JOIN exit_receipt r ON r.id = p.receipt_id
        WHERE r.exit_id = claim AND p.payable_id = NEW.payable_id
          AND NOT EXISTS (SELECT FROM exit_receipt_reversal v WHERE v.receipt_id = r.id)) THEN
        PERFORM work_refuse('exit_receipt_part_over', 'no more comes back of a grant than is claimed of it');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.exit_receipt_whole() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE receipt bigint;
BEGIN
    receipt := CASE TG_TABLE_NAME WHEN 'exit_receipt' THEN (to_jsonb(NEW)->>'id')::bigint ELSE (to_jsonb(NEW)->>'receipt_id')::bigint END;
    IF (SELECT r.amount_fen FROM exit_receipt r WHERE r.id = receipt)
       <> (SELECT coalesce(sum(p.amount_fen), 0) FROM exit_receipt_part p WHERE p.receipt_id = receipt) THEN
        PERFORM work_refuse('exit_receipt_whole', 'a receipt is the sum of its parts');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.exit_received(claim bigint) RETURNS bigint
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
    RETURN (SELECT coalesce(sum(r.amount_fen), 0) FROM exit_receipt r
            WHERE r.exit_id = claim AND NOT EXISTS (SELECT FROM exit_receipt_reversal v WHERE v.receipt_id = r.id));
END $$;

CREATE FUNCTION public.exit_reversal_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE r exit_receipt; e exit_exit;
BEGIN
    SELECT * INTO r FROM exit_receipt WHERE id = NEW.receipt_id;
    SELECT * INTO e FROM exit_exit WHERE id = r.exit_id FOR UPDATE;
    IF r.entered_by = NEW.entered_by THEN
        PERFORM work_refuse('exit_reversal_two_people', 'a receipt is taken back by somebody else');
    END IF;
    IF EXISTS (SELECT FROM casefile_file f WHERE f.id = e.file_id AND f.erased_at IS NOT NULL) THEN
        PERFORM work_refuse('exit_reversal_gone', 'the file is destroyed');
    END IF;
    PERFORM casefile_take_duty(e.file_id, NEW.entered_by, 'pay');
    RETURN NEW;
END $$;

CREATE FUNCTION public.exit_reversal_in_ledger() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM exit_receipt_part p WHERE p.receipt_id = NEW.receipt_id AND NOT EXISTS (
        SELECT FROM fund_entry e JOIN fund_entry v ON v.reverses = e.id WHERE e.subject = 'recovery' AND e.subject_id = p.id)) THEN
        PERFORM work_refuse('exit_receipt_in_ledger', 'what is taken back leaves the account again');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.exit_with_file() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.state = 'closed' AND NOT EXISTS (SELECT FROM casefile_file f WHERE f.id = NEW.file_id AND f.state = 'closed') THEN
        PERFORM work_refuse('exit_with_file', 'an exit closes its file');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.fund_account_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.org_path := (SELECT path FROM staff_org WHERE id = NEW.org_id);
    RETURN NEW;
END $$;

CREATE FUNCTION public.fund_balanced() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE entry bigint; total numeric; lines integer; wrong boolean;
BEGIN
    entry := CASE TG_TABLE_NAME WHEN 'fund_entry' THEN (to_jsonb(NEW)->>'id')::bigint ELSE (to_jsonb(NEW)->>'entry_id')::bigint END;
    SELECT coalesce(sum(p.amount_fen), 0), count(*),
           bool_or(CASE e.kind
               WHEN 'receipt' THEN NOT (p.pot = 'outside' AND p.amount_fen < 0 OR p.pot = 'available' AND p.amount_fen > 0)
               WHEN 'reserve' THEN NOT (p.pot = 'available' AND p.amount_fen < 0 OR p.pot = 'reserved' AND p.amount_fen > 0)
               WHEN 'release' THEN NOT (p.pot = 'reserved' AND p.amount_fen < 0 OR p.pot = 'available' AND p.amount_fen > 0)
               WHEN 'pay' THEN NOT (p.pot = 'reserved' AND p.amount_fen < 0 OR p.pot = 'paid' AND p.amount_fen > 0)
               WHEN 'recovery' THEN NOT (p.pot = 'paid' AND p.amount_fen < 0 OR p.pot = 'available' AND p.amount_fen > 0)
               ELSE NOT EXISTS (SELECT FROM fund_posting o JOIN fund_entry r ON r.id = o.entry_id
                                WHERE r.id = e.reverses AND r.kind IN ('receipt', 'recovery') AND o.seq = p.seq
                                AND o.account_id = p.account_id AND o.pot = p.pot AND o.amount_fen = -p.amount_fen)
           END OR e.subject = 'account' AND p.account_id <> e.subject_id)
      INTO total, lines, wrong
      FROM fund_entry e JOIN fund_posting p ON p.entry_id = e.id WHERE e.id = entry;
    IF lines < 2 OR total <> 0 OR wrong THEN
        PERFORM work_refuse('fund_balanced', format('entry %s: %s postings, sum %s', entry, lines, total));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.fund_lock(accounts bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM FROM fund_account WHERE id = ANY (accounts) ORDER BY id FOR NO KEY UPDATE;
END $$;

CREATE FUNCTION public.fund_open_pots() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO fund_pot (account_id, pot, balance_fen)
    SELECT NEW.id, p, 0 FROM unnest(ARRAY['outside', 'available', 'reserved', 'paid']) p;
    RETURN NEW;
END $$;

CREATE FUNCTION public.fund_post() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE fund_pot SET balance_fen = balance_fen + NEW.amount_fen WHERE account_id = NEW.account_id AND pot = NEW.pot;
    IF NOT FOUND THEN
        PERFORM work_refuse('fund_pot_missing', 'an account has its four pots from the start');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.grant_application_fixed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    SELECT f.org_id, f.org_path INTO NEW.org_id, NEW.org_path FROM casefile_file f WHERE f.id = NEW.file_id;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'submitted' THEN
            PERFORM work_refuse('grant_starts_submitted', 'an application starts submitted');
        END IF;
        IF NOT EXISTS (SELECT FROM casefile_file WHERE id = NEW.file_id AND state = 'active') THEN
            PERFORM work_refuse('grant_file_active', 'a file first, then aid');
        END IF;
    ELSIF (NEW.file_id, NEW.terms_id, NEW.cause, NEW.entered_by, NEW.entered_at) IS DISTINCT FROM
          (OLD.file_id, OLD.terms_id, OLD.cause, OLD.entered_by, OLD.entered_at) THEN
        PERFORM work_refuse('grant_application_fixed', 'what an application is about does not change');
    ELSIF OLD.state IN ('approved', 'refused', 'withdrawn') THEN
        PERFORM work_refuse('grant_application_closed', 'a decided application does not change');
    ELSIF NEW.round NOT IN (OLD.round, OLD.round + 1) THEN
        PERFORM work_refuse('grant_round_forward', 'rounds follow one another');
    END IF;
    IF NOT EXISTS (SELECT FROM staff_body b JOIN staff_org o ON o.id = b.org_id
                   WHERE b.id = NEW.group_id AND b.kind = 'group' AND starts_with(NEW.org_path, o.path))
       OR NOT EXISTS (SELECT FROM staff_body b JOIN staff_org o ON o.id = b.org_id
                      WHERE b.id = NEW.committee_id AND b.kind = 'committee' AND starts_with(NEW.org_path, o.path)) THEN
        PERFORM work_refuse('grant_bodies', 'the bodies are those of the file''s own office or of one above');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.grant_approval() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE lacking text;
BEGIN
    IF NEW.state = 'approved' THEN
        lacking := CASE WHEN NEW.window_fen <> grant_window(NEW) THEN 'window' ELSE grant_lacks(NEW) END;
        IF lacking IS NOT NULL THEN
            PERFORM work_refuse('grant_chain', format('application %s lacks %s', NEW.id, lacking));
        END IF;
        IF NOT notice_finished(NEW.file_id) THEN
            PERFORM work_refuse('grant_notice', 'no grant without a finished notice');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.grant_day(at timestamp with time zone) RETURNS date
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT (at AT TIME ZONE 'Asia/Shanghai')::date
$$;

CREATE FUNCTION public.grant_decision_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE a grant_application;
BEGIN
    SELECT * INTO a FROM grant_application WHERE id = NEW.application_id FOR UPDATE;
    IF a.round <> NEW.round OR a.state NOT IN ('submitted', 'in_approval') OR (NEW.step = 'review') <> (a.state = 'submitted') THEN
        PERFORM work_refuse('grant_decision_round', 'the round is over');
    END IF;
    IF NEW.step = 'group' AND NOT grant_sits_in(a.group_id, NEW.staff_id, NEW.verdict IN ('close', 'amount'), grant_day(NEW.decided_at))
       OR NEW.step = 'committee' AND NOT grant_sits_in(a.committee_id, NEW.staff_id, NEW.verdict = 'close', grant_day(NEW.decided_at))
       OR NEW.step = 'sign' AND NOT grant_sits_in(a.group_id, NEW.staff_id, true, grant_day(NEW.decided_at)) THEN
        PERFORM work_refuse('grant_decision_member', 'not a member of the body');
    END IF;
    PERFORM casefile_take_duty(a.file_id, NEW.staff_id, 'decide');
    RETURN NEW;
END $$;

CREATE FUNCTION public.grant_duty() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM casefile_take_duty(NEW.file_id, coalesce(NEW.revised_by, NEW.entered_by), 'gather');
    RETURN NEW;
END $$;

CREATE TABLE public.grant_application (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    terms_id bigint NOT NULL,
    purpose text NOT NULL,
    cause smallint NOT NULL,
    reason text NOT NULL,
    facts jsonb NOT NULL,
    ceiling_fen bigint NOT NULL,
    amount_fen bigint NOT NULL,
    window_fen bigint NOT NULL,
    tier text NOT NULL,
    state text NOT NULL,
    step text,
    waiting_at timestamp with time zone NOT NULL,
    round integer DEFAULT 1 NOT NULL,
    account_id bigint,
    group_id bigint NOT NULL,
    committee_id bigint NOT NULL,
    card_id bigint,
    entered_by bigint NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    revised_by bigint,
    decided_at timestamp with time zone,
    CONSTRAINT grant_application_amount_fen_check CHECK ((amount_fen > 0)),
    CONSTRAINT grant_application_cause_check CHECK (((cause >= 1) AND (cause <= 10))),
    CONSTRAINT grant_application_ceiling_fen_check CHECK ((ceiling_fen >= 0)),
    CONSTRAINT grant_application_check CHECK ((window_fen >= amount_fen)),
    CONSTRAINT grant_application_check1 CHECK (((state = 'submitted'::text) = ((step IS NOT NULL) AND (step = 'review'::text)))),
    CONSTRAINT grant_application_check2 CHECK (((state = 'in_approval'::text) = ((step IS NOT NULL) AND (step <> 'review'::text)))),
    CONSTRAINT grant_application_check3 CHECK (((state <> 'approved'::text) OR ((account_id IS NOT NULL) AND (card_id IS NOT NULL) AND (decided_at IS NOT NULL)))),
    CONSTRAINT grant_application_facts_check CHECK ((jsonb_typeof(facts) = 'object'::text)),
    CONSTRAINT grant_application_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000))),
    CONSTRAINT grant_application_round_check CHECK (((round >= 1) AND (round <= 100))),
    CONSTRAINT grant_application_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'in_approval'::text, 'returned'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text]))),
    CONSTRAINT grant_application_step_check CHECK ((step = ANY (ARRAY['review'::text, 'group'::text, 'committee'::text, 'sign'::text]))),
    CONSTRAINT grant_application_tier_check CHECK ((tier = ANY (ARRAY['head'::text, 'group'::text, 'committee'::text, 'group_then_committee'::text]))),
    CONSTRAINT grant_within_ceiling CHECK ((amount_fen <= ceiling_fen))
);

CREATE FUNCTION public.grant_lacks(a public.grant_application) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE needed text; on_day date := grant_day(coalesce(a.decided_at, now()));
BEGIN
    IF EXISTS (SELECT FROM grant_decision d WHERE d.application_id = a.id AND d.round = a.round AND d.verdict IN ('return', 'refuse')) THEN
        RETURN 'round';
    END IF;
    IF NOT EXISTS (SELECT FROM grant_decision d WHERE d.application_id = a.id AND d.round = a.round AND d.step = 'review' AND d.verdict = 'approve') THEN
        RETURN 'review';
    END IF;
    SELECT CASE t.approval WHEN 'tiered' THEN
               (SELECT r.body FROM grant_tier r WHERE r.holds @> grant_day(a.entered_at) AND r.amounts @> a.window_fen)
           ELSE t.approval END INTO needed
    FROM grant_terms t WHERE t.id = a.terms_id;
    IF needed IS NULL THEN RETURN 'tier'; END IF;
    IF needed IN ('group', 'group_then_committee') AND NOT grant_vote_passed(a, 'group', a.group_id, on_day) THEN RETURN 'group'; END IF;
    IF needed IN ('committee', 'group_then_committee') AND NOT grant_vote_passed(a, 'committee', a.committee_id, on_day) THEN RETURN 'committee'; END IF;
    IF NOT EXISTS (SELECT FROM grant_decision d WHERE d.application_id = a.id AND d.round = a.round AND d.step = 'sign'
                   AND d.verdict = 'approve' AND d.amount_fen = a.amount_fen AND grant_sits_in(a.group_id, d.staff_id, true, on_day)) THEN
        RETURN 'sign';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.grant_leaving() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (SELECT FROM exit_exit e WHERE e.file_id = NEW.file_id AND e.state IN ('agreed', 'told')) THEN
        PERFORM work_refuse('grant_leaving', 'the household is leaving the register');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.grant_sits_in(body bigint, staff bigint, as_head boolean, on_day date) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT EXISTS (SELECT FROM staff_body_member m WHERE m.body_id = body AND m.staff_id = staff AND (m.head OR NOT as_head)
                   AND m.since <= on_day AND (m.until IS NULL OR m.until > on_day))
$$;

CREATE FUNCTION public.grant_tier_whole() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT lower(holds) AS on_day FROM grant_tier) d
        WHERE (SELECT range_agg(t.amounts) FROM grant_tier t WHERE t.holds @> d.on_day) IS DISTINCT FROM '{[1,)}'::int8multirange) THEN
        PERFORM work_refuse('grant_tier_whole', 'the tiers leave a hole');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.grant_vote_passed(a public.grant_application, in_step text, body bigint, on_day date) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT m.members > 0 AND (
               v.favour * 3 >= m.members * 2
               OR v.closed AND v.present * 3 >= m.members * 2 AND v.favour * 3 >= v.present * 2)
    FROM (SELECT count(*) AS members FROM staff_body_member WHERE body_id = body AND since <= on_day AND (until IS NULL OR until > on_day)) m,
         (SELECT count(*) FILTER (WHERE d.verdict IN ('approve', 'against', 'abstain')) AS present,
                 count(*) FILTER (WHERE d.verdict = 'approve') AS favour,
                 coalesce(bool_or(d.verdict = 'close' AND grant_sits_in(body, d.staff_id, true, on_day)), false) AS closed
          FROM grant_decision d
          WHERE d.application_id = a.id AND d.round = a.round AND d.step = in_step AND d.amount_fen = a.amount_fen
            AND grant_sits_in(body, d.staff_id, false, on_day)) v
$$;

CREATE FUNCTION public.grant_window(a public.grant_application) RETURNS bigint
    LANGUAGE sql STABLE
    AS $$
    SELECT a.amount_fen + coalesce(sum(o.amount_fen), 0)::bigint
    FROM casefile_kin(a.file_id) k JOIN grant_application o ON o.file_id = k.file_id AND o.entered_at <= k.until
    WHERE o.cause = a.cause AND o.id <> a.id AND o.state NOT IN ('refused', 'withdrawn')
      AND (o.id < a.id OR o.state = 'approved' AND o.decided_at <= coalesce(a.decided_at, 'infinity'))
      AND grant_day(o.entered_at) BETWEEN
          grant_day(a.entered_at) - make_interval(months => (SELECT window_months FROM grant_terms WHERE id = a.terms_id)) AND
          grant_day(a.entered_at) + make_interval(months => (SELECT window_months FROM grant_terms WHERE id = a.terms_id))
$$;

CREATE FUNCTION public.ledger_export_fixed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (OLD.layout, OLD.list, OLD.filter, OLD.sort, OLD.turned, OLD.file_id, OLD.full_numbers, OLD.reason, OLD.asked_by, OLD.asked_at)
        IS DISTINCT FROM (NEW.layout, NEW.list, NEW.filter, NEW.sort, NEW.turned, NEW.file_id, NEW.full_numbers, NEW.reason, NEW.asked_by, NEW.asked_at) THEN
        PERFORM work_refuse('ledger_export_fixed', 'what was asked for does not change');
    END IF;
    IF OLD.state IN ('fetched', 'expired', 'failed') AND NEW.state <> OLD.state THEN
        PERFORM work_refuse('ledger_export_once', 'a list is fetched once');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.ledger_org_path() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.org_path := (SELECT path FROM staff_org WHERE id = NEW.org_id);
    RETURN NEW;
END $$;

CREATE FUNCTION public.ledger_origin_fixed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.undone_at IS NULL OR NEW.old_number || NEW.old_category || NEW.remark <> ''
        OR num_nonnulls(NEW.old_on, NEW.monthly_fen, NEW.yearly_fen, NEW.aid_fen) > 0 THEN
        PERFORM work_refuse('ledger_origin_fixed', 'what a ledger said does not change; it goes when the import is undone');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.move_batch_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.org_path := (SELECT path FROM staff_org WHERE id = NEW.org_id);
    RETURN NEW;
END $$;

CREATE FUNCTION public.move_carried(file bigint, move_kind text, org bigint, other bigint) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT EXISTS (SELECT FROM move_move m WHERE m.file_id = file AND m.kind = move_kind
        AND m.state = CASE m.kind WHEN 'transfer' THEN 'agreed' ELSE 'asked' END AND m.carried_in = pg_current_xact_id()
        AND (org IS NULL OR m.to_org = org) AND (other IS NULL OR m.other_id = other))
$$;

CREATE FUNCTION public.move_duty() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.asked_by, 'gather');
        IF NEW.kind = 'merge' THEN
            PERFORM casefile_take_duty(NEW.other_id, NEW.asked_by, 'gather');
        END IF;
    ELSIF NEW.decided_by IS DISTINCT FROM OLD.decided_by THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.decided_by, 'decide');
        IF NEW.kind = 'merge' THEN
            PERFORM casefile_take_duty(NEW.other_id, NEW.decided_by, 'decide');
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.move_matters(file bigint, move_kind text) RETURNS TABLE(matter text, n bigint, stops boolean)
    LANGUAGE sql STABLE
    AS $$
    SELECT m.matter, m.n, m.matter = ANY (CASE move_kind
        WHEN 'transfer' THEN '{change,card,exit,grant,payment,halted,review,move}'::text[]
        WHEN 'split' THEN '{change,exit,grant,payment,move}'
        WHEN 'merge' THEN '{change,card,exit,grant,payment,halted,review,move,finding,referral}'
        WHEN 'into' THEN '{change,exit,move}' END) -- of the file that goes on after a merge
    FROM (
        SELECT 'change' AS matter, count(*) AS n FROM casefile_change c WHERE c.file_id = file AND c.state = 'asked'
        UNION ALL SELECT 'card', count(*) FROM casefile_card c WHERE c.file_id = file AND c.state = 'proposed'
        UNION ALL SELECT 'exit', count(*) FROM exit_exit e WHERE e.file_id = file AND e.state IN ('proposed', 'agreed', 'told')
        UNION ALL SELECT 'grant', count(*) FROM grant_application a WHERE a.file_id = file AND a.state NOT IN ('approved', 'refused', 'withdrawn')
        UNION ALL SELECT 'payment', count(*) FROM payment_payable p WHERE p.file_id = file AND p.state IN ('ready', 'batched')
        UNION ALL SELECT 'halted', count(*) FROM payment_payable p WHERE p.file_id = file AND p.state IN ('refused', 'failed')
        UNION ALL SELECT 'visit', count(*) FROM visit_stop s JOIN visit_plan p ON p.id = s.plan_id
            WHERE s.file_id = file AND s.state = 'open' AND p.state = 'running'
        UNION ALL SELECT 'review', count(*) FROM review_result r JOIN review_round d ON d.id = r.round_id AND d.closed_at IS NULL
            WHERE r.file_id = file AND r.state = 'to_confirm'
        UNION ALL SELECT 'move', count(*) FROM move_move o WHERE (o.other_id = file OR o.file_id = file AND move_kind = 'into')
            AND o.state IN ('asked', 'agreed') AND coalesce(o.carried_in <> pg_current_xact_id_if_assigned(), true)
        UNION ALL SELECT 'finding', count(*) FROM comparison_finding c WHERE c.file_id = file AND c.state = 'open'
        UNION ALL SELECT 'referral', count(*) FROM referral_referral r WHERE r.file_id = file AND r.state NOT IN ('closed', 'withdrawn')
        UNION ALL SELECT 'plan', count(*) FROM plan_measure x JOIN plan_plan p ON p.id = x.plan_id
            WHERE p.file_id = file AND p.replaced_at IS NULL AND x.state IN ('planned', 'doing')) m
    WHERE m.n > 0
$$;

CREATE FUNCTION public.move_moves() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE f casefile_file;
BEGIN
    SELECT * INTO f FROM casefile_file WHERE id = NEW.file_id;
    IF TG_OP = 'INSERT' THEN
        NEW.from_org := f.org_id;
        NEW.from_path := f.org_path;
        NEW.to_path := (SELECT o.path FROM staff_org o WHERE o.id = NEW.to_org);
        IF NEW.state <> 'asked' OR NEW.decided_by IS NOT NULL OR NEW.received_by IS NOT NULL OR NEW.kind = 'split' AND NEW.other_id IS NOT NULL THEN
            PERFORM work_refuse('move_begins_asked', 'a move begins as a request');
        END IF;
        IF f.state <> 'active' OR NEW.kind = 'merge' AND (SELECT o.state FROM casefile_file o WHERE o.id = NEW.other_id) <> 'active' THEN
            PERFORM work_refuse('move_active', 'only an active file moves');
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state = OLD.state THEN
        IF OLD.state NOT IN ('asked', 'agreed') OR to_jsonb(NEW) - 'carried_in' <> to_jsonb(OLD) - 'carried_in' THEN
            PERFORM work_refuse('move_fixed', 'a move changes with its state');
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (('asked', 'rejected'), ('asked', 'withdrawn'), ('agreed', 'refused'), ('agreed', 'withdrawn'), ('agreed', 'done'))
       AND (OLD.state, NEW.state) <> ('asked', CASE NEW.kind WHEN 'transfer' THEN 'agreed' ELSE 'done' END) THEN
        PERFORM work_refuse('move_moves', format('a %s does not move from %s to %s', NEW.kind, OLD.state, NEW.state));
    END IF;
    IF NEW.state = 'done' AND (OLD.carried_in IS DISTINCT FROM pg_current_xact_id() OR NOT CASE NEW.kind
        WHEN 'transfer' THEN f.org_id = NEW.to_org
        WHEN 'merge' THEN f.merged_into = NEW.other_id
        ELSE EXISTS (SELECT FROM casefile_file o WHERE o.id = NEW.other_id AND o.split_of = NEW.file_id) END) THEN
        PERFORM work_refuse('move_done', 'a move is carried out before it is done');
    END IF;
    IF NEW.state <> 'done' AND NEW.other_id IS DISTINCT FROM OLD.other_id THEN
        PERFORM work_refuse('move_fixed', 'a move changes with its state');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.move_not_stopped(file bigint, move_kind text) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE found text;
BEGIN
    SELECT m.matter INTO found FROM move_matters(file, move_kind) m WHERE m.stops LIMIT 1;
    IF found IS NOT NULL THEN
        PERFORM work_refuse('move_stopped', format('file %s does not move while its %s is open', file, found));
    END IF;
END $$;

CREATE FUNCTION public.move_of_file() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.split_of IS NOT NULL THEN
            IF NOT move_carried(NEW.split_of, 'split', NULL, NULL) THEN
                PERFORM work_refuse('move_before_split', 'a file is split off by a split');
            END IF;
            PERFORM move_not_stopped(NEW.split_of, 'split');
        END IF;
        IF NEW.merged_into IS NOT NULL THEN
            PERFORM work_refuse('move_before_merge', 'a new file is not merged');
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.org_id <> OLD.org_id THEN
        IF NEW.state <> 'active' OR NOT move_carried(NEW.id, 'transfer', NEW.org_id, NULL) THEN
            PERFORM work_refuse('move_before_office', 'a file''s office changes by a transfer');
        END IF;
        PERFORM move_not_stopped(NEW.id, 'transfer');
    END IF;
    IF NEW.split_of IS DISTINCT FROM OLD.split_of OR OLD.merged_into IS NOT NULL AND NEW.merged_into IS DISTINCT FROM OLD.merged_into THEN
        PERFORM work_refuse('move_link_fixed', 'the link to the other file does not change');
    END IF;
    IF NEW.merged_into IS DISTINCT FROM OLD.merged_into THEN
        IF NOT move_carried(NEW.id, 'merge', NULL, NEW.merged_into) THEN
            PERFORM work_refuse('move_before_merge', 'a file ends in another by a merge');
        END IF;
        PERFORM move_not_stopped(NEW.merged_into, 'into');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.nomination_move() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.notice_before_active() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.state = 'active' AND (TG_OP = 'INSERT' OR OLD.state <> 'active') AND NOT notice_finished(NEW.id) THEN
        PERFORM work_refuse('notice_before_active', 'a file becomes active behind a finished notice');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.notice_duty() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_TABLE_NAME = 'notice_notice' THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.published_by, 'decide');
    ELSE
        PERFORM casefile_take_duty((SELECT file_id FROM notice_notice WHERE id = NEW.notice_id), NEW.closed_by, 'decide');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.notice_end() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' THEN
            PERFORM work_refuse('notice_begins_open', 'a notice begins open');
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state = 'ended' AND EXISTS (SELECT FROM notice_objection o WHERE o.notice_id = NEW.id) THEN
        PERFORM work_refuse('notice_objection_open', 'a notice with an objection does not end: a full new period follows it');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.notice_finished(file bigint) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT EXISTS (SELECT FROM notice_notice n WHERE n.subject = 'file' AND n.file_id = file AND n.state = 'ended')
       AND NOT EXISTS (SELECT FROM notice_notice n WHERE n.subject = 'file' AND n.file_id = file AND n.state IN ('open', 'objected', 'upheld'))
       AND NOT EXISTS (SELECT FROM notice_objection o JOIN notice_notice n ON n.id = o.notice_id
                       WHERE n.file_id = file AND o.state <> 'unfounded')
$$;

CREATE FUNCTION public.notice_history() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL THEN
        PERFORM work_refuse('notice_history', 'what is closed does not change');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.notice_recheck() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.visit_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM visit_visit v JOIN notice_objection o ON o.id = v.objection_id
        WHERE v.id = NEW.visit_id AND v.purpose = 'recheck' AND o.notice_id = NEW.notice_id) THEN
        PERFORM work_refuse('notice_recheck', 'an objection is judged by a recheck made for its notice');
    END IF;
    IF NEW.state = 'unfounded' AND EXISTS (SELECT FROM visit_visit v WHERE v.id = NEW.visit_id AND NOT v.agrees) THEN
        PERFORM work_refuse('notice_recheck_agrees', 'a recheck that disagrees does not dismiss an objection');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.notice_relative() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF casefile_related((SELECT n.file_id FROM notice_notice n WHERE n.id = NEW.notice_id))
       AND NOT (SELECT p.relative FROM notice_public p WHERE p.id = NEW.public_id) THEN
        PERFORM work_refuse('notice_relative', 'the notice of a relative of staff says so');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.payment_batch_move() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF OLD.state IN ('closed', 'cancelled') OR OLD.state = 'released' AND
       (NEW.state <> 'closed' OR (NEW.file, NEW.file_hash, NEW.released_by, NEW.released_at) IS DISTINCT FROM
                                 (OLD.file, OLD.file_hash, OLD.released_by, OLD.released_at)) THEN
        PERFORM work_refuse('payment_batch_frozen', 'a released batch does not change');
    END IF;
    IF NEW.state = 'released' AND OLD.state = 'made' THEN
        IF (SELECT (count(*), coalesce(sum(l.amount_fen), 0)) IS DISTINCT FROM (NEW.lines::bigint, NEW.total_fen::numeric)
            FROM payment_line l WHERE l.batch_id = NEW.id AND l.state = 'open') THEN
            PERFORM work_refuse('payment_batch_total', 'the batch is the sum of its lines');
        END IF;
        IF EXISTS (SELECT FROM payment_line l JOIN payment_payable p ON p.id = l.payable_id
                   JOIN grant_application a ON a.id = p.application_id JOIN casefile_file f ON f.id = p.file_id
                   JOIN casefile_card c ON c.id = l.card_id
                   WHERE l.batch_id = NEW.id AND (p.state <> 'batched' OR a.state <> 'approved' OR f.state <> 'active'
                         OR c.state <> 'current' OR NOT notice_finished(p.file_id) OR grant_lacks(a) IS NOT NULL)) THEN
            PERFORM work_refuse('payment_release_check', 'each line is still what was approved on the day of its release');
        END IF;
        PERFORM casefile_take_duty(d.file_id, NEW.released_by, 'pay')
        FROM (SELECT DISTINCT p.file_id FROM payment_line l JOIN payment_payable p ON p.id = l.payable_id
              WHERE l.batch_id = NEW.id ORDER BY p.file_id) d;
    END IF;
    IF NEW.state IN ('closed', 'cancelled') AND EXISTS (SELECT FROM payment_line l WHERE l.batch_id = NEW.id AND l.state = 'open') THEN
        PERFORM work_refuse('payment_batch_open', 'a batch ends when each line has ended');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.payment_batch_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.org_path := (SELECT path FROM staff_org WHERE id = NEW.org_id);
    RETURN NEW;
END $$;

CREATE FUNCTION public.payment_in_ledger() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.state IN ('paid', 'failed') AND NOT EXISTS (
        SELECT FROM fund_entry e JOIN payment_payable p ON p.application_id = e.subject_id
        WHERE p.id = NEW.payable_id AND e.subject = 'grant' AND e.attempt = NEW.attempt
          AND e.kind = CASE NEW.state WHEN 'paid' THEN 'pay' ELSE 'release' END) THEN
        PERFORM work_refuse('payment_in_ledger', 'what the bank answered stands in the ledger');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.payment_ledger_check() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE a grant_application; wrong boolean;
BEGIN
    IF NEW.subject <> 'grant' THEN RETURN NULL; END IF;
    SELECT * INTO a FROM grant_application WHERE id = NEW.subject_id;
    IF a.state IS DISTINCT FROM 'approved' THEN
        PERFORM work_refuse('payment_ledger_approved', 'the ledger moves for approved grants only');
    END IF;
    SELECT bool_or(p.account_id <> a.account_id OR abs(p.amount_fen) <> a.amount_fen) INTO wrong
    FROM fund_posting p WHERE p.entry_id = NEW.id;
    IF wrong THEN
        PERFORM work_refuse('payment_ledger_amount', 'the ledger moves what was approved');
    END IF;
    IF NEW.kind IN ('pay', 'release') AND NOT EXISTS (
        SELECT FROM fund_entry e WHERE e.subject = 'grant' AND e.subject_id = NEW.subject_id AND e.attempt = NEW.attempt AND e.kind = 'reserve') THEN
        PERFORM work_refuse('payment_reserved', 'what is paid or released was reserved');
    END IF;
    IF NEW.kind IN ('pay', 'release') AND NOT EXISTS (
        SELECT FROM payment_line l JOIN payment_payable p ON p.id = l.payable_id
        WHERE p.application_id = NEW.subject_id AND l.attempt = NEW.attempt
          AND l.state = CASE NEW.kind WHEN 'pay' THEN 'paid' ELSE 'failed' END)
       AND NOT (NEW.kind = 'release' AND EXISTS (
        SELECT FROM payment_payable p WHERE p.application_id = NEW.subject_id AND p.attempt = NEW.attempt AND p.state = 'revoked')) THEN
        PERFORM work_refuse('payment_by_bank', 'only the bank''s answer pays, and only that or a revocation releases');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.payment_left_open() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM payment_payable p WHERE p.file_id = NEW.id AND p.state NOT IN ('paid', 'revoked')) THEN
        PERFORM work_refuse('payment_left_open', 'a closed file is owed nothing');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.payment_line_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE p payment_payable; a grant_application; b payment_batch;
BEGIN
    SELECT * INTO p FROM payment_payable WHERE id = NEW.payable_id FOR UPDATE;
    SELECT * INTO a FROM grant_application WHERE id = p.application_id;
    SELECT * INTO b FROM payment_batch WHERE id = NEW.batch_id;
    IF NEW.state <> 'open' OR b.state <> 'made' THEN
        PERFORM work_refuse('payment_line_starts', 'a line starts open in a batch being made');
    END IF;
    IF a.state <> 'approved' OR grant_lacks(a) IS NOT NULL THEN
        PERFORM work_refuse('payment_chain', 'nothing is paid without a complete chain');
    END IF;
    IF NOT notice_finished(p.file_id) THEN
        PERFORM work_refuse('payment_notice', 'nothing is paid without a finished notice');
    END IF;
    IF NOT EXISTS (SELECT FROM casefile_file f WHERE f.id = p.file_id AND f.state = 'active') THEN
        PERFORM work_refuse('payment_file_active', 'the file must be active on the day of payment');
    END IF;
    IF (NEW.amount_fen, NEW.attempt, NEW.card_id) IS DISTINCT FROM (p.amount_fen, p.attempt, p.card_id)
       OR NOT EXISTS (SELECT FROM casefile_card c WHERE c.id = p.card_id AND c.state = 'current') THEN
        PERFORM work_refuse('payment_as_approved', 'amount and card are those approved');
    END IF;
    IF NOT EXISTS (SELECT FROM fund_entry e WHERE e.subject = 'grant' AND e.subject_id = p.application_id AND e.attempt = p.attempt AND e.kind = 'reserve')
       OR EXISTS (SELECT FROM fund_entry e WHERE e.subject = 'grant' AND e.subject_id = p.application_id AND e.attempt = p.attempt AND e.kind IN ('release', 'pay')) THEN
        PERFORM work_refuse('payment_reserved', 'the money must be reserved');
    END IF;
    PERFORM casefile_take_duty(p.file_id, b.made_by, 'pay');
    RETURN NEW;
END $$;

CREATE FUNCTION public.payment_line_move() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state <> 'open' THEN
        PERFORM work_refuse('payment_line_final', 'an answered line does not change');
    END IF;
    IF NEW.state IN ('paid', 'failed') AND NOT EXISTS (SELECT FROM payment_batch b WHERE b.id = NEW.batch_id AND b.state = 'released') THEN
        PERFORM work_refuse('payment_released', 'a batch is answered after its release');
    END IF;
    IF NEW.state = 'cancelled' AND NOT EXISTS (SELECT FROM payment_batch b WHERE b.id = NEW.batch_id AND b.state = 'made') THEN
        PERFORM work_refuse('payment_batch_frozen', 'a line of a released batch waits for the bank');
    END IF;
    IF NEW.answer_id IS NOT NULL AND NOT EXISTS (SELECT FROM payment_answer r WHERE r.id = NEW.answer_id AND r.batch_id = NEW.batch_id) THEN
        PERFORM work_refuse('payment_line_answered', 'a line is answered by an answer to its own batch');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.payment_payable_check() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE a grant_application;
BEGIN
    SELECT * INTO a FROM grant_application WHERE id = NEW.application_id;
    IF a.state <> 'approved' OR grant_lacks(a) IS NOT NULL THEN
        PERFORM work_refuse('payment_chain', 'nothing is payable without a complete chain');
    END IF;
    IF NOT notice_finished(a.file_id) THEN
        PERFORM work_refuse('payment_notice', 'nothing is payable without a finished notice');
    END IF;
    IF NOT EXISTS (SELECT FROM casefile_file f WHERE f.id = a.file_id AND f.state = 'active') THEN
        PERFORM work_refuse('payment_file_active', 'the file must be active');
    END IF;
    IF (NEW.file_id, NEW.amount_fen, NEW.account_id) IS DISTINCT FROM (a.file_id, a.amount_fen, a.account_id) THEN
        PERFORM work_refuse('payment_as_approved', 'a payable is what was approved');
    END IF;
    IF NOT EXISTS (SELECT FROM casefile_card c WHERE c.id = NEW.card_id AND c.file_id = a.file_id) THEN
        PERFORM work_refuse('payment_card', 'the card belongs to the household');
    END IF;
    NEW.org_id := a.org_id;
    NEW.org_path := a.org_path;
    RETURN NEW;
END $$;

CREATE FUNCTION public.payment_payable_move() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state = 'paid' THEN
        PERFORM work_refuse('payment_paid_final', 'what is paid stays paid');
    END IF;
    IF OLD.state = 'revoked' THEN
        PERFORM work_refuse('payment_revoked_final', 'what is revoked stays revoked');
    END IF;
    IF NEW.state = 'paid' AND NOT EXISTS (
        SELECT FROM payment_line l WHERE l.payable_id = NEW.id AND l.attempt = NEW.attempt AND l.state = 'paid') THEN
        PERFORM work_refuse('payment_by_bank', 'only the bank''s answer pays');
    END IF;
    IF NEW.state = 'revoked' AND (OLD.state NOT IN ('refused', 'failed') OR NOT EXISTS (
        SELECT FROM payment_revocation r WHERE r.payable_id = NEW.id)) THEN
        PERFORM work_refuse('payment_revoked', 'what was refused or failed is revoked, with a reason');
    END IF;
    IF NEW.card_id <> OLD.card_id AND NOT EXISTS (
        SELECT FROM casefile_card c WHERE c.id = NEW.card_id AND c.file_id = NEW.file_id AND c.state = 'current') THEN
        PERFORM work_refuse('payment_card', 'the card is the household''s current one');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.payment_refusal_duty() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM casefile_take_duty((SELECT file_id FROM payment_payable WHERE id = NEW.payable_id), NEW.staff_id, 'pay');
    RETURN NEW;
END $$;

CREATE FUNCTION public.payment_revocation_duty() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM casefile_take_duty((SELECT file_id FROM payment_payable WHERE id = NEW.payable_id), NEW.staff_id, 'decide');
    RETURN NEW;
END $$;

CREATE FUNCTION public.payment_revocation_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM payment_payable p WHERE p.id = NEW.payable_id AND p.state = 'revoked') THEN
        PERFORM work_refuse('payment_revocation_kept', 'a revocation ends its payable');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.payment_revoked_in_ledger() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM fund_entry e WHERE e.subject = 'grant' AND e.subject_id = NEW.application_id
                   AND e.attempt = NEW.attempt AND e.kind = 'release') THEN
        PERFORM work_refuse('payment_in_ledger', 'what is revoked is given back to its fund');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.plan_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_TABLE_NAME = 'plan_plan' THEN
        IF (SELECT state FROM casefile_file WHERE id = NEW.file_id) <> 'active' THEN
            PERFORM work_refuse('plan_of_active', 'a plan is made for an active file');
        END IF;
        PERFORM casefile_take_duty(NEW.file_id, NEW.made_by, 'gather');
        RETURN NEW;
    END IF;
    IF (SELECT p.replaced_at FROM plan_plan p WHERE p.id = NEW.plan_id) IS NOT NULL THEN
        PERFORM work_refuse('plan_replaced', 'a replaced plan does not change');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.reading_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.hour >= (SELECT max(h.hour) FROM reading_hour h) - interval '3 years' THEN
            PERFORM work_refuse('reading_kept', 'what was read is kept for three years');
        END IF;
        RETURN OLD;
    END IF;
    IF TG_TABLE_NAME = 'reading_file' THEN
        IF NEW.times <= OLD.times OR NEW.first_at > OLD.first_at OR NEW.last_at < OLD.last_at THEN
            PERFORM work_refuse('reading_grows', 'what was read is not unread');
        END IF;
    ELSIF NEW.files < OLD.files OR NEW.searches < OLD.searches
        OR OLD.unusual_at IS NOT NULL AND NEW.unusual_at IS DISTINCT FROM OLD.unusual_at
        OR OLD.braked_at IS NOT NULL AND NEW.braked_at IS DISTINCT FROM OLD.braked_at THEN
        PERFORM work_refuse('reading_grows', 'what was read is not unread');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.referral_fixed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.person_id IS NULL AND to_jsonb(NEW) - 'person_id' = to_jsonb(OLD) - 'person_id' THEN
        RETURN NEW; -- the member's row is gone; the letter keeps the name
    END IF;
    IF NEW.person_id IS DISTINCT FROM OLD.person_id AND NOT EXISTS (SELECT FROM casefile_person p WHERE p.id = NEW.person_id AND p.file_id = NEW.file_id) THEN
        PERFORM work_refuse('referral_person', 'the person is of another file');
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number THEN
            PERFORM work_refuse('referral_number_fixed', 'the number of a letter is given once');
        END IF;
        IF OLD.state NOT IN ('draft', 'returned') AND (NEW.person_id, NEW.person_name, NEW.office, NEW.contact, NEW.phone, NEW.address, NEW.reason,
            NEW.owed_fen, NEW.owed_since, NEW.consent_on) IS DISTINCT FROM (OLD.person_id, OLD.person_name, OLD.office, OLD.contact, OLD.phone,
            OLD.address, OLD.reason, OLD.owed_fen, OLD.owed_since, OLD.consent_on) THEN
            PERFORM work_refuse('referral_sent_fixed', 'a letter that was sent is not changed');
        END IF;
        IF OLD.state IN ('closed', 'withdrawn') THEN
            PERFORM work_refuse('referral_ended', 'a referral that has ended stays as it is');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.referral_paper_fixed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE r record;
BEGIN
    SELECT x.file_id, x.state INTO r FROM referral_referral x WHERE x.id = coalesce(NEW.referral_id, OLD.referral_id);
    IF r.state NOT IN ('draft', 'returned') THEN
        PERFORM work_refuse('referral_sent_fixed', 'the papers of a letter that was sent are not changed');
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (SELECT FROM casefile_evidence e WHERE e.id = NEW.evidence_id AND e.file_id = r.file_id) THEN
        PERFORM work_refuse('referral_paper_file', 'the paper is of another file');
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

CREATE FUNCTION public.referral_reception_gone() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM referral_reception_event e USING referral_reception r WHERE r.id = e.reception_id AND r.file_id = NEW.id;
    DELETE FROM referral_reception r WHERE r.file_id = NEW.id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.referral_reception_move() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT o.path INTO NEW.org_path FROM staff_org o WHERE o.id = NEW.org_id;
        IF NEW.state <> 'waiting' OR NEW.file_id IS NOT NULL OR NEW.erased_at IS NOT NULL THEN
            PERFORM work_refuse('reception_first', 'a record of a visitor begins as waiting, without a file');
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.erased_at IS NOT NULL THEN
        PERFORM work_refuse('reception_erased', 'the words of this record are gone');
    END IF;
    IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (('waiting', 'answered'), ('waiting', 'closed'), ('answered', 'closed')) THEN
        PERFORM work_refuse('reception_step', format('no step leads from %s to %s', OLD.state, NEW.state));
    END IF;
    IF OLD.answered_on IS NOT NULL AND (NEW.answered_on, NEW.answer) IS DISTINCT FROM (OLD.answered_on, OLD.answer)
        OR OLD.closed_on IS NOT NULL AND NEW.closed_on IS DISTINCT FROM OLD.closed_on THEN
        PERFORM work_refuse('reception_answered_once', 'a record of a visitor is answered and closed once');
    END IF;
    IF NEW.file_id IS DISTINCT FROM OLD.file_id THEN
        IF OLD.file_id IS NOT NULL THEN
            PERFORM work_refuse('reception_file_once', 'a record of a visitor leads to one file');
        END IF;
        IF NOT EXISTS (SELECT FROM casefile_file f WHERE f.id = NEW.file_id AND f.org_id = NEW.org_id AND f.state = 'draft') THEN
            PERFORM work_refuse('reception_file_own', 'the file is a new one of the office that received the visitor');
        END IF;
    END IF;
    IF NEW.erased_at IS NOT NULL THEN
        IF OLD.state <> 'closed' OR OLD.file_id IS NOT NULL OR NEW.file_id IS NOT NULL
            OR (NEW.erased_at AT TIME ZONE 'Asia/Shanghai')::date <= OLD.closed_on + interval '3 years' THEN
            PERFORM work_refuse('reception_kept', 'the record is kept until three years after it was closed');
        END IF;
        NEW.name := '**';
        NEW.asked := '**';
        NEW.phone_sealed := NULL;
        NEW.answer := CASE WHEN OLD.answer = '' THEN '' ELSE '**' END;
        UPDATE referral_reception_event e SET note = '**' WHERE e.reception_id = NEW.id AND e.note <> '';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.referral_stand(file bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.referral_stand_figure() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM referral_stand(s.file_id) FROM casefile_snapshot s
    WHERE s.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.snapshot_id ELSE NEW.snapshot_id END;
    RETURN NULL;
END $$;

CREATE FUNCTION public.referral_stand_file() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM referral_stand(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION public.referral_stand_row() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM referral_stand(CASE WHEN TG_OP = 'DELETE' THEN OLD.file_id ELSE NEW.file_id END);
    RETURN NULL;
END $$;

CREATE FUNCTION public.retention_bar(file bigint, today date) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.retention_batch_move() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.org_path := (SELECT path FROM staff_org WHERE id = NEW.org_id);
        IF NEW.state <> 'proposed' THEN
            PERFORM work_refuse('retention_batch_moves', 'a batch begins as a proposal');
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (('proposed', 'agreed'), ('proposed', 'refused'), ('proposed', 'withdrawn'), ('agreed', 'done')) THEN
        PERFORM work_refuse('retention_batch_moves', format('a batch does not move from %s to %s', OLD.state, NEW.state));
    END IF;
    IF NEW.state = 'done' AND EXISTS (SELECT FROM retention_item i WHERE i.batch_id = NEW.id AND i.state = 'waiting') THEN
        PERFORM work_refuse('retention_batch_done', 'files of the batch still wait');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.retention_erase(batch bigint, file bigint, at timestamp with time zone, OUT papers integer, OUT entries integer, OUT trail text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.retention_erasing() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    RETURN EXISTS (SELECT FROM retention_item i WHERE i.erasing = pg_current_xact_id());
END $$;

CREATE FUNCTION public.retention_file() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (TG_OP = 'INSERT' OR OLD.erased_at IS NULL) AND NEW.erased_at IS NOT NULL AND NOT retention_erasing() THEN
        PERFORM work_refuse('retention_by_hand', 'a file is destroyed by its batch');
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.erased_at IS NOT NULL THEN
        PERFORM work_refuse('retention_gone', 'the file is destroyed');
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.undone_at IS NOT NULL THEN
        PERFORM work_refuse('casefile_undone', 'the registration was taken back with its import');
    END IF;
    IF NEW.erased_at IS NOT NULL OR NEW.undone_at IS NOT NULL THEN
        NEW.org_path := '~';
        NEW.old_number := '';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.retention_hold_check() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.lifted_at IS NOT NULL AND NOT retention_erasing() THEN
        PERFORM work_refuse('retention_hold_lifted', 'a hold is lifted once');
    END IF;
    IF TG_OP = 'INSERT' AND (SELECT f.erased_at FROM casefile_file f WHERE f.id = NEW.file_id) IS NOT NULL THEN
        PERFORM work_refuse('retention_gone', 'the file is destroyed');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.retention_item_check() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE b retention_batch; bar text;
BEGIN
    SELECT * INTO b FROM retention_batch WHERE id = NEW.batch_id;
    IF TG_OP = 'INSERT' THEN
        bar := retention_bar(NEW.file_id, (b.proposed_at AT TIME ZONE 'Asia/Shanghai')::date);
        IF b.state <> 'proposed' OR NEW.state <> 'waiting' OR NEW.erasing IS NOT NULL THEN
            PERFORM work_refuse('retention_item_begins', 'a file is put into a proposal');
        ELSIF bar IS NOT NULL THEN
            PERFORM work_refuse(bar, format('file %s stays', NEW.file_id));
        ELSIF NOT EXISTS (SELECT FROM casefile_file f WHERE f.id = NEW.file_id AND starts_with(f.org_path, b.org_path)) THEN
            PERFORM work_refuse('retention_item_office', 'the file lies at another office');
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'waiting' AND NEW.state <> OLD.state OR NEW.state = 'erased' AND NOT retention_erasing() THEN
        PERFORM work_refuse('retention_item_moves', 'what happened to a file of a batch does not change');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.retention_until(closed timestamp with time zone) RETURNS date
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT ((closed AT TIME ZONE 'Asia/Shanghai')::date + interval '10 years')::date
$$;

CREATE FUNCTION public.review_result_check() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE r review_round; f casefile_file;
BEGIN
    SELECT * INTO r FROM review_round WHERE id = NEW.round_id;
    SELECT * INTO f FROM casefile_file WHERE id = NEW.file_id;
    IF TG_OP = 'INSERT' THEN
        NEW.org_id := f.org_id;
        IF f.state <> 'active' OR NOT starts_with(f.org_path, r.org_path) OR f.activated_at > r.opened_at THEN
            PERFORM work_refuse('review_of_round', 'the file is none of the round');
        END IF;
    ELSIF OLD.state = 'done' AND (NEW.state, NEW.outcome, NEW.note, NEW.reviewed_by) IS DISTINCT FROM (OLD.state, OLD.outcome, OLD.note, OLD.reviewed_by) THEN
        PERFORM work_refuse('review_done', 'what was reviewed does not change');
    END IF;
    IF r.closed_at IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.state <> OLD.state) THEN
        PERFORM work_refuse('review_round_closed', 'the round is closed');
    END IF;
    PERFORM casefile_take_duty(NEW.file_id, NEW.reviewed_by, 'gather');
    IF NEW.confirmed_by IS NOT NULL THEN
        PERFORM casefile_take_duty(NEW.file_id, NEW.confirmed_by, 'decide');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.review_result_open() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM FROM review_round r WHERE r.id = NEW.round_id AND r.closed_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        PERFORM work_refuse('review_round_closed', 'the round is closed');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.review_round_fixed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.closed_at IS NOT NULL THEN
        PERFORM work_refuse('review_round_closed', 'a closed round does not change');
    END IF;
    NEW.org_path := (SELECT path FROM staff_org WHERE id = NEW.org_id);
    RETURN NEW;
END $$;

CREATE FUNCTION public.review_round_waits() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM review_result x JOIN casefile_file f ON f.id = x.file_id
               WHERE x.round_id = NEW.id AND x.state = 'to_confirm' AND f.state = 'active') THEN
        PERFORM work_refuse('review_round_waits', 'results of the round wait for the second person');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.staff_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE staff_change SET number = number + 1;
    RETURN NULL;
END $$;

CREATE FUNCTION public.staff_district(place text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT coalesce((SELECT split_part(o.name, '总工会', 1) FROM staff_org o
        WHERE o.district = place AND o.level <> 'unit' AND o.name LIKE '_%总工会%' ORDER BY length(o.path), o.path LIMIT 1), '')
$$;

CREATE FUNCTION public.staff_org_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.id, NEW.parent_id, NEW.path) IS DISTINCT FROM (OLD.id, OLD.parent_id, OLD.path) THEN
        PERFORM work_refuse('staff_org_fixed', 'an organisation does not move in the tree');
    END IF;
    NEW.path := coalesce((SELECT path FROM staff_org WHERE id = NEW.parent_id), '/') || NEW.id || '/';
    RETURN NEW;
END $$;

CREATE FUNCTION public.staff_relative_moves() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.state <> 'declared' THEN
        PERFORM work_refuse('staff_relative_moves', 'a relative is declared first');
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.state, NEW.state) NOT IN (('declared', 'confirmed'), ('declared', 'rejected'), ('confirmed', 'ended')) THEN
        PERFORM work_refuse('staff_relative_moves', 'a declaration is decided once');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.trial_decided_once() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state <> 'proposed' THEN
        PERFORM work_refuse('trial_decided_once', 'a proposal is decided once');
    END IF;
    IF NEW.state = 'confirmed' AND NOT EXISTS (SELECT FROM trial_run r WHERE r.proposal_id = NEW.id AND r.ended_at IS NOT NULL) THEN
        PERFORM work_refuse('trial_before_confirming', 'a proposal is confirmed after its trial');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.visit_before_judgement() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF casefile_related(NEW.file_id) AND NOT EXISTS (
        SELECT FROM visit_visit v WHERE v.file_id = NEW.file_id AND v.round = NEW.round
        AND NOT casefile_relative(v.file_id, v.visitor_a) AND NOT casefile_relative(v.file_id, v.visitor_b)) THEN
        PERFORM work_refuse('visit_relatives', 'a household with a relative of staff is judged after a visit by others');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.visit_draw(seed text, frame text[], permille integer) RETURNS TABLE(pos bigint, number text)
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT row_number() OVER (ORDER BY d.digest, d.number COLLATE "C"), d.number FROM (
        SELECT sha256(convert_to(seed || '/' || n, 'UTF8')) AS digest, n AS number FROM unnest(frame) n
        ORDER BY 1, n COLLATE "C" LIMIT (cardinality(frame)::bigint * permille + 999) / 1000) d
$$;

CREATE FUNCTION public.visit_people() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE registrar bigint; registrar_may boolean; standing text;
BEGIN
    SELECT registered_by, state INTO registrar, standing FROM casefile_file WHERE id = NEW.file_id;
    IF NEW.purpose NOT IN ('first', 'recheck') AND standing NOT IN ('active', 'closed')
       AND NOT (NEW.purpose = 'sample' AND standing = 'visited') THEN
        PERFORM work_refuse('visit_on_file', 'such a visit is made to a household that is or was on file');
    END IF;
    IF NEW.purpose = 'recheck' THEN
        IF registrar IN (NEW.visitor_a, NEW.visitor_b) OR EXISTS (
            SELECT FROM visit_visit v WHERE v.file_id = NEW.file_id AND v.id <> NEW.id
            AND (v.visitor_a IN (NEW.visitor_a, NEW.visitor_b) OR v.visitor_b IN (NEW.visitor_a, NEW.visitor_b))) THEN
            PERFORM work_refuse('visit_other_people', 'a recheck is made by other people');
        END IF;
    ELSE
        SELECT r.registrar_may INTO registrar_may FROM visit_rule r
        WHERE r.from_on <= NEW.visited_on ORDER BY r.from_on DESC LIMIT 1;
        IF registrar IN (NEW.visitor_a, NEW.visitor_b) AND NOT coalesce(registrar_may, false) THEN
            PERFORM work_refuse('visit_registrar', 'the registrar is not one of the visitors here');
        END IF;
    END IF;
    IF NEW.purpose = 'key' AND EXISTS (
        SELECT FROM (SELECT v.visitor_a, v.visitor_b FROM visit_visit v WHERE v.file_id = NEW.file_id AND v.id <> NEW.id
                     ORDER BY v.id DESC LIMIT 1) l
        WHERE l.visitor_a IN (NEW.visitor_a, NEW.visitor_b) OR l.visitor_b IN (NEW.visitor_a, NEW.visitor_b)) THEN
        PERFORM work_refuse('visit_key_people', 'a key visit is made by other people than the visit before');
    END IF;
    PERFORM casefile_take_duty(NEW.file_id, NEW.visitor_a, 'gather');
    PERFORM casefile_take_duty(NEW.file_id, NEW.visitor_b, 'gather');
    PERFORM casefile_take_duty(NEW.file_id, NEW.entered_by, 'gather');
    RETURN NEW;
END $$;

CREATE FUNCTION public.visit_pick_drawn() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT sample_id FROM added) a JOIN visit_sample s ON s.id = a.sample_id
        WHERE EXISTS (
            (SELECT d.pos, d.number FROM visit_draw(s.seed, s.frame, s.permille) d)
            EXCEPT (SELECT p.position, f.number FROM visit_pick p JOIN casefile_file f ON f.id = p.file_id WHERE p.sample_id = s.id))
        OR (SELECT count(*) FROM visit_pick p WHERE p.sample_id = s.id) <> (s.frame_size::bigint * s.permille + 999) / 1000) THEN
        PERFORM work_refuse('visit_pick_drawn', 'a sample is what the draw says');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.visit_plan_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.org_path := (SELECT path FROM staff_org WHERE id = NEW.org_id);
    RETURN NEW;
END $$;

CREATE FUNCTION public.visit_sample_once() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.seed IS NOT NULL THEN
        PERFORM work_refuse('visit_sample_once', 'a seed is given once');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.visit_second() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.purpose = 'second' AND NOT EXISTS (SELECT FROM visit_visit v WHERE v.file_id = NEW.file_id AND v.id <> NEW.id) THEN
        PERFORM work_refuse('visit_second_of', 'a second verification follows another visit');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.visit_stop_fits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF (SELECT state FROM visit_plan WHERE id = NEW.plan_id) <> 'running' THEN
        PERFORM work_refuse('visit_plan_closed', 'a closed plan does not change');
    END IF;
    IF OLD.state <> 'open' THEN
        PERFORM work_refuse('visit_stop_over', 'a stop that is over stays as it is');
    END IF;
    IF NEW.visit_id IS NOT NULL AND NOT EXISTS (SELECT FROM visit_visit v JOIN visit_plan p ON p.id = NEW.plan_id
        WHERE v.id = NEW.visit_id AND v.file_id = NEW.file_id AND v.purpose = p.purpose AND v.visited_on >= p.from_on) THEN
        PERFORM work_refuse('visit_stop_fits', 'a stop is ticked off by a visit of its own');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.visit_stop_moved() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE visit_stop s SET state = 'skipped', why = 'moved', note = CASE WHEN NEW.merged_into IS NULL THEN '档案已移交' ELSE '档案已并入另一户' END
    FROM visit_plan p
    WHERE p.id = s.plan_id AND p.state = 'running' AND s.file_id = NEW.id AND s.state = 'open'
      AND (NEW.merged_into IS NOT NULL OR NOT starts_with(NEW.org_path, p.org_path));
    RETURN NULL;
END $$;

CREATE FUNCTION public.visit_team_trained() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (SELECT FROM visit_plan p, unnest(ARRAY[NEW.visitor_a, NEW.visitor_b]) v
        WHERE p.id = NEW.plan_id AND p.trained AND NOT EXISTS (SELECT FROM visit_trained t JOIN visit_training g ON g.id = t.training_id
            WHERE t.staff_id = v AND g.voided_at IS NULL AND g.trained_on >= date_trunc('year', p.from_on)::date)) THEN
        PERFORM work_refuse('visit_team_trained', 'the plan asks for people trained since its year began');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.visit_trained_scope() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM visit_training g, staff_member m JOIN staff_org o ON o.id = m.org_id
        WHERE g.id = NEW.training_id AND m.id = NEW.staff_id AND starts_with(o.path, g.org_path)) THEN
        PERFORM work_refuse('visit_trained_scope', 'an office notes the training of its own people and of those below it');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.visit_training_void() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM work_refuse('visit_training_void', 'a training is voided once, and stays so');
    RETURN NULL;
END $$;

CREATE FUNCTION public.work_refuse(rule text, detail text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = rule, MESSAGE = rule || ': ' || detail;
END $$;

ALTER TABLE public.audit_entry ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_pending (
    entry_id bigint NOT NULL
);

CREATE TABLE public.audit_redaction (
    entry_id bigint NOT NULL,
    file_id bigint NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT audit_redaction_digest_check CHECK ((length(digest) = 32))
);

CREATE TABLE public.audit_seal (
    seq bigint NOT NULL,
    entry_id bigint NOT NULL,
    hash bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT audit_seal_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT audit_seal_seq_check CHECK ((seq > 0))
);

CREATE TABLE public.casefile_arrears (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    person_id bigint NOT NULL,
    kind text NOT NULL,
    from_on date NOT NULL,
    until_on date,
    amount_fen bigint NOT NULL,
    employer text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    entered_by bigint NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    settled_on date,
    settled_by bigint,
    CONSTRAINT casefile_arrears_amount_fen_check CHECK (((amount_fen >= 1) AND (amount_fen <= '10000000000000'::bigint))),
    CONSTRAINT casefile_arrears_check CHECK ((until_on >= from_on)),
    CONSTRAINT casefile_arrears_check1 CHECK ((settled_on >= from_on)),
    CONSTRAINT casefile_arrears_check2 CHECK (((settled_on IS NULL) = (settled_by IS NULL))),
    CONSTRAINT casefile_arrears_employer_check CHECK (((length(employer) >= 1) AND (length(employer) <= 80))),
    CONSTRAINT casefile_arrears_kind_check CHECK ((kind = ANY (ARRAY['wage'::text, 'pension'::text, 'medical'::text, 'unemployment'::text, 'injury'::text, 'maternity'::text, 'housing_fund'::text]))),
    CONSTRAINT casefile_arrears_note_check CHECK ((length(note) <= 500))
);

ALTER TABLE public.casefile_arrears ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.casefile_arrears_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.casefile_assessment (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    round integer NOT NULL,
    verdict text NOT NULL,
    opinion text NOT NULL,
    assessed_by bigint NOT NULL,
    assessed_at timestamp with time zone NOT NULL,
    CONSTRAINT casefile_assessment_opinion_check CHECK (((length(opinion) >= 1) AND (length(opinion) <= 1000))),
    CONSTRAINT casefile_assessment_verdict_check CHECK ((verdict = ANY (ARRAY['pass'::text, 'return'::text, 'refuse'::text])))
);

ALTER TABLE public.casefile_assessment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.casefile_assessment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.casefile_card (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    holder text NOT NULL,
    bank text NOT NULL,
    branch text NOT NULL,
    number_sealed bytea NOT NULL,
    number_index bytea NOT NULL,
    entered_by bigint NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    confirmed_by bigint,
    confirmed_at timestamp with time zone,
    reject_reason text,
    CONSTRAINT casefile_card_bank_check CHECK (((length(bank) >= 2) AND (length(bank) <= 60))),
    CONSTRAINT casefile_card_branch_check CHECK ((length(branch) <= 80)),
    CONSTRAINT casefile_card_check CHECK (((confirmed_by IS NULL) OR (confirmed_by <> entered_by))),
    CONSTRAINT casefile_card_holder_check CHECK (((length(holder) >= 1) AND (length(holder) <= 40))),
    CONSTRAINT casefile_card_number_index_check CHECK ((length(number_index) = 32)),
    CONSTRAINT casefile_card_reason_only CHECK (((reject_reason IS NULL) OR (state = 'rejected'::text))),
    CONSTRAINT casefile_card_reject_reason_check CHECK (((length(reject_reason) >= 2) AND (length(reject_reason) <= 500))),
    CONSTRAINT casefile_card_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'current'::text, 'replaced'::text, 'rejected'::text])))
);

ALTER TABLE public.casefile_card ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.casefile_card_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.casefile_cause (
    file_id bigint NOT NULL,
    "position" smallint NOT NULL,
    cause smallint NOT NULL,
    CONSTRAINT casefile_cause_cause_check CHECK (((cause >= 1) AND (cause <= 10))),
    CONSTRAINT casefile_cause_position_check CHECK ((("position" >= 0) AND ("position" <= 3)))
);

CREATE TABLE public.casefile_change (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    second boolean NOT NULL,
    reason text NOT NULL,
    typed bytea NOT NULL,
    told jsonb NOT NULL,
    evidence_id bigint,
    before integer NOT NULL,
    after integer,
    carried_in xid8,
    asked_by bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_by bigint,
    decided_at timestamp with time zone,
    note text,
    CONSTRAINT casefile_change_applied CHECK (((state <> 'applied'::text) OR (NOT second) OR (decided_by IS NOT NULL))),
    CONSTRAINT casefile_change_check CHECK (((state <> 'rejected'::text) OR (note IS NOT NULL))),
    CONSTRAINT casefile_change_check1 CHECK (((state = 'applied'::text) = (after IS NOT NULL))),
    CONSTRAINT casefile_change_kind_check CHECK ((kind = ANY (ARRAY['head'::text, 'members'::text, 'work'::text, 'housing'::text, 'economy'::text, 'causes'::text, 'leaving'::text, 'new_head'::text]))),
    CONSTRAINT casefile_change_note_check CHECK ((length(note) <= 500)),
    CONSTRAINT casefile_change_reason_check CHECK (((length(reason) >= 2) AND (length(reason) <= 500))),
    CONSTRAINT casefile_change_second CHECK (((decided_by IS NULL) OR (decided_by <> asked_by) OR (NOT second) OR (state = 'withdrawn'::text))),
    CONSTRAINT casefile_change_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'applied'::text, 'rejected'::text, 'withdrawn'::text]))),
    CONSTRAINT casefile_change_typed_check CHECK ((length(typed) <= 300000))
);

ALTER TABLE public.casefile_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.casefile_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.casefile_claim (
    id_index bytea NOT NULL,
    person_id bigint NOT NULL,
    file_id bigint NOT NULL
);

CREATE TABLE public.casefile_declaration (
    file_id bigint NOT NULL,
    kind text NOT NULL,
    text_version text NOT NULL,
    signed_on date NOT NULL,
    recorded_by bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT casefile_declaration_kind_check CHECK ((kind = ANY (ARRAY['truth'::text, 'comparison'::text, 'notice'::text, 'sensitive'::text, 'guardian'::text])))
);

CREATE TABLE public.casefile_duty (
    file_id bigint NOT NULL,
    staff_id bigint NOT NULL,
    side text NOT NULL,
    CONSTRAINT casefile_duty_side_check CHECK ((side = ANY (ARRAY['gather'::text, 'decide'::text, 'pay'::text])))
);

CREATE TABLE public.casefile_evidence (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    kind text NOT NULL,
    blob text NOT NULL,
    name text NOT NULL,
    type text NOT NULL,
    size bigint NOT NULL,
    added_by bigint NOT NULL,
    added_at timestamp with time zone NOT NULL,
    removed_by bigint,
    removed_at timestamp with time zone,
    issued_on date,
    valid_until date,
    person_id bigint,
    CONSTRAINT casefile_evidence_blob_check CHECK ((blob ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT casefile_evidence_dates CHECK (((valid_until IS NULL) OR ((issued_on IS NOT NULL) AND (valid_until >= issued_on)))),
    CONSTRAINT casefile_evidence_issued_on_check CHECK ((issued_on >= '1950-01-01'::date)),
    CONSTRAINT casefile_evidence_kind_check CHECK ((length(kind) <= 40)),
    CONSTRAINT casefile_evidence_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT casefile_evidence_size_check CHECK (((size >= 1) AND (size <= 10485760))),
    CONSTRAINT casefile_evidence_type_check CHECK ((type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text, 'image/heic'::text, 'application/pdf'::text])))
);

ALTER TABLE public.casefile_evidence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.casefile_evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.casefile_figure (
    snapshot_id bigint NOT NULL,
    person_id bigint,
    side text NOT NULL,
    kind text NOT NULL,
    amount_fen bigint NOT NULL,
    evidence_id bigint,
    CONSTRAINT casefile_figure_amount_fen_check CHECK (((amount_fen >= 0) AND (amount_fen <= '10000000000000'::bigint))),
    CONSTRAINT casefile_figure_kind_check CHECK ((length(kind) <= 40)),
    CONSTRAINT casefile_figure_side_check CHECK ((side = ANY (ARRAY['income'::text, 'expense'::text, 'job_cost'::text])))
);

CREATE TABLE public.casefile_file (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    state text NOT NULL,
    number text,
    head_name text DEFAULT ''::text NOT NULL,
    people integer DEFAULT 0 NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    housing text DEFAULT ''::text NOT NULL,
    housing_m2 integer,
    employer text DEFAULT ''::text NOT NULL,
    economy_until date,
    main_cause smallint,
    category text,
    return_reason text,
    registered_by bigint NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    activated_at timestamp with time zone,
    closed_at timestamp with time zone,
    round integer DEFAULT 1 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    level_1 bigint GENERATED ALWAYS AS ((NULLIF(split_part(org_path, '/'::text, 2), ''::text))::bigint) STORED,
    level_2 bigint GENERATED ALWAYS AS ((NULLIF(split_part(org_path, '/'::text, 3), ''::text))::bigint) STORED,
    level_3 bigint GENERATED ALWAYS AS ((NULLIF(split_part(org_path, '/'::text, 4), ''::text))::bigint) STORED,
    level_4 bigint GENERATED ALWAYS AS ((NULLIF(split_part(org_path, '/'::text, 5), ''::text))::bigint) STORED,
    head_pinyin text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    relapse_of bigint,
    weigh_since timestamp with time zone,
    split_of bigint,
    merged_into bigint,
    erased_at timestamp with time zone,
    papers_until date,
    number_key text GENERATED ALWAYS AS (COALESCE(number, ''::text)) STORED COLLATE pg_catalog."C",
    temporary_at timestamp with time zone,
    cancelled_by bigint,
    handed_by bigint,
    old_number text DEFAULT ''::text NOT NULL,
    undone_at timestamp with time zone,
    CONSTRAINT casefile_file_address_check CHECK ((length(address) <= 200)),
    CONSTRAINT casefile_file_category_check CHECK ((category = ANY (ARRAY['severe'::text, 'relative'::text, 'accident'::text, 'allowance_household'::text, 'edge_household'::text, 'accident_household'::text, 'on_allowance'::text, 'without_allowance'::text, 'above_line'::text, 'extreme'::text, 'poor'::text, 'provincial_auxiliary'::text, 'city_auxiliary'::text]))),
    CONSTRAINT casefile_file_check CHECK (((state = 'active'::text) <= ((number IS NOT NULL) AND (activated_at IS NOT NULL)))),
    CONSTRAINT casefile_file_check2 CHECK (((erased_at IS NULL) OR (closed_at IS NOT NULL))),
    CONSTRAINT casefile_file_employer_check CHECK ((length(employer) <= 80)),
    CONSTRAINT casefile_file_ended CHECK (((state = ANY (ARRAY['not_qualified'::text, 'refused'::text, 'struck_off'::text, 'discarded'::text, 'cancelled'::text, 'closed'::text])) = (closed_at IS NOT NULL))),
    CONSTRAINT casefile_file_head_name_check CHECK ((length(head_name) <= 40)),
    CONSTRAINT casefile_file_head_pinyin_check CHECK ((length(head_pinyin) <= 200)),
    CONSTRAINT casefile_file_housing_check CHECK ((length(housing) <= 40)),
    CONSTRAINT casefile_file_housing_m2_check CHECK (((housing_m2 >= 0) AND (housing_m2 <= 10000))),
    CONSTRAINT casefile_file_main_cause_check CHECK (((main_cause >= 1) AND (main_cause <= 10))),
    CONSTRAINT casefile_file_old_number_check CHECK ((length(old_number) <= 60)),
    CONSTRAINT casefile_file_people_check CHECK (((people >= 0) AND (people <= 30))),
    CONSTRAINT casefile_file_return_reason_check CHECK ((length(return_reason) <= 1000)),
    CONSTRAINT casefile_file_round_check CHECK (((round >= 1) AND (round <= 100))),
    CONSTRAINT casefile_file_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'temporary'::text, 'submitted'::text, 'visited'::text, 'returned'::text, 'judged'::text, 'assessed'::text, 'in_notice'::text, 'contested'::text, 'active'::text, 'not_qualified'::text, 'refused'::text, 'struck_off'::text, 'discarded'::text, 'cancelled'::text, 'closed'::text]))),
    CONSTRAINT casefile_merged CHECK (((merged_into IS NULL) OR ((state = 'closed'::text) AND (merged_into <> id)))),
    CONSTRAINT casefile_temporary_cancelled CHECK ((((state = 'cancelled'::text) = (cancelled_by IS NOT NULL)) AND ((state <> 'cancelled'::text) OR ((temporary_at IS NOT NULL) AND ((return_reason IS NOT NULL) OR (erased_at IS NOT NULL)))))),
    CONSTRAINT casefile_temporary_facts CHECK (((state <> 'temporary'::text) OR ((temporary_at IS NOT NULL) AND (head_name <> ''::text) AND (address <> ''::text) AND (main_cause IS NOT NULL) AND (return_reason IS NOT NULL)))),
    CONSTRAINT casefile_temporary_second CHECK ((cancelled_by <> registered_by)),
    CONSTRAINT casefile_undone CHECK (((undone_at IS NULL) OR ((state = 'discarded'::text) AND (org_path = '~'::text) AND (people = 0) AND (head_name = '**'::text) AND (((((address || employer) || old_number) || housing) || head_pinyin) = ''::text) AND (num_nonnulls(number, housing_m2, main_cause, economy_until) = 0))))
);

ALTER TABLE public.casefile_file ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.casefile_file_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.casefile_judgement (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    round integer NOT NULL,
    line_id bigint NOT NULL,
    rule_id bigint NOT NULL,
    facts jsonb NOT NULL,
    monthly_fen bigint NOT NULL,
    category text,
    judged_by bigint NOT NULL,
    judged_at timestamp with time zone NOT NULL,
    exclusions text[] DEFAULT '{}'::text[] NOT NULL,
    ruling text DEFAULT ''::text NOT NULL,
    ruling_reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT casefile_judgement_category_check CHECK ((category = ANY (ARRAY['severe'::text, 'relative'::text, 'accident'::text, 'allowance_household'::text, 'edge_household'::text, 'accident_household'::text, 'on_allowance'::text, 'without_allowance'::text, 'above_line'::text, 'extreme'::text, 'poor'::text, 'provincial_auxiliary'::text, 'city_auxiliary'::text]))),
    CONSTRAINT casefile_judgement_ruled CHECK ((((ruling = ''::text) = (cardinality(exclusions) = 0)) AND ((ruling = ''::text) = (ruling_reason = ''::text)) AND ((ruling <> 'keep_out'::text) OR (category IS NULL)))),
    CONSTRAINT casefile_judgement_ruling_check CHECK ((ruling = ANY (ARRAY[''::text, 'despite'::text, 'keep_out'::text]))),
    CONSTRAINT casefile_judgement_ruling_reason_check CHECK ((length(ruling_reason) <= 500))
);

ALTER TABLE public.casefile_judgement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.casefile_judgement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.casefile_number (
    org_id bigint NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT casefile_number_last_check CHECK ((last > 0)),
    CONSTRAINT casefile_number_year_check CHECK (((year >= 2000) AND (year <= 2200)))
);

CREATE TABLE public.casefile_opinion (
    file_id bigint NOT NULL,
    body text NOT NULL,
    opinion text NOT NULL,
    given_by text NOT NULL,
    given_on date NOT NULL,
    recorded_by bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT casefile_opinion_body_check CHECK ((body = ANY (ARRAY['employer'::text, 'union'::text, 'system'::text]))),
    CONSTRAINT casefile_opinion_given_by_check CHECK ((length(given_by) <= 40)),
    CONSTRAINT casefile_opinion_opinion_check CHECK (((length(opinion) >= 1) AND (length(opinion) <= 500)))
);

CREATE TABLE public.casefile_particular (
    file_id bigint NOT NULL,
    level text DEFAULT ''::text NOT NULL,
    postal_code text DEFAULT ''::text NOT NULL,
    self_help text DEFAULT ''::text NOT NULL,
    relief_card_fen bigint DEFAULT 0 NOT NULL,
    cause_note text DEFAULT ''::text NOT NULL,
    needs text[] DEFAULT '{}'::text[] NOT NULL,
    need_note text DEFAULT ''::text NOT NULL,
    target_group text DEFAULT ''::text NOT NULL,
    target_on date,
    measure text DEFAULT ''::text NOT NULL,
    special text[] DEFAULT '{}'::text[] NOT NULL,
    mood text DEFAULT ''::text NOT NULL,
    CONSTRAINT casefile_particular_cause_note_check CHECK ((length(cause_note) <= 500)),
    CONSTRAINT casefile_particular_level_check CHECK ((level = ANY (ARRAY[''::text, 'national'::text, 'provincial'::text, 'city'::text, 'county'::text, 'grassroots'::text]))),
    CONSTRAINT casefile_particular_measure_check CHECK ((length(measure) <= 30)),
    CONSTRAINT casefile_particular_mood_check CHECK ((length(mood) <= 500)),
    CONSTRAINT casefile_particular_need_note_check CHECK ((length(need_note) <= 500)),
    CONSTRAINT casefile_particular_needs_check CHECK ((needs <@ ARRAY['living'::text, 'medical'::text, 'schooling'::text, 'employment'::text, 'legal'::text, 'housing'::text, 'insurance'::text, 'other'::text])),
    CONSTRAINT casefile_particular_postal_code_check CHECK ((postal_code ~ '^([0-9]{6})?$'::text)),
    CONSTRAINT casefile_particular_relief_card_fen_check CHECK (((relief_card_fen >= 0) AND (relief_card_fen <= '10000000000000'::bigint))),
    CONSTRAINT casefile_particular_self_help_check CHECK ((self_help = ANY (ARRAY[''::text, 'yes'::text, 'no'::text]))),
    CONSTRAINT casefile_particular_special_check CHECK ((special <@ ARRAY['old_party_member'::text, 'veteran'::text])),
    CONSTRAINT casefile_particular_target_group_check CHECK ((length(target_group) <= 30))
);

CREATE TABLE public.casefile_person (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    relation text NOT NULL,
    name text NOT NULL,
    id_sealed bytea NOT NULL,
    id_index bytea NOT NULL,
    birth_on date NOT NULL,
    sex text NOT NULL,
    phone_sealed bytea,
    phone_index bytea,
    ethnicity text DEFAULT ''::text NOT NULL,
    political text DEFAULT ''::text NOT NULL,
    marital text DEFAULT ''::text NOT NULL,
    registration text DEFAULT ''::text NOT NULL,
    health text DEFAULT ''::text NOT NULL,
    illness text DEFAULT ''::text NOT NULL,
    disability text DEFAULT ''::text NOT NULL,
    grade smallint,
    insurance text DEFAULT ''::text NOT NULL,
    identity text DEFAULT ''::text NOT NULL,
    work_status text DEFAULT ''::text NOT NULL,
    employer text DEFAULT ''::text NOT NULL,
    ownership text DEFAULT ''::text NOT NULL,
    started_on date,
    contract_on date,
    model_worker text DEFAULT ''::text NOT NULL,
    school text DEFAULT ''::text NOT NULL,
    left_on date,
    district text DEFAULT ''::text NOT NULL,
    contact_sealed bytea,
    contact_index bytea,
    medication text DEFAULT ''::text NOT NULL,
    condition text DEFAULT ''::text NOT NULL,
    industry text DEFAULT ''::text NOT NULL,
    employment_form text DEFAULT ''::text NOT NULL,
    contract_term text DEFAULT ''::text NOT NULL,
    education text DEFAULT ''::text NOT NULL,
    enrolled_year smallint,
    school_years smallint,
    remark text DEFAULT ''::text NOT NULL,
    pinyin text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    tail_index bytea,
    left_why text,
    phone_tail bytea,
    CONSTRAINT casefile_person_condition_check CHECK ((length(condition) <= 30)),
    CONSTRAINT casefile_person_contact_index_check CHECK ((length(contact_index) = 32)),
    CONSTRAINT casefile_person_contract_term_check CHECK ((length(contract_term) <= 20)),
    CONSTRAINT casefile_person_disability_check CHECK ((length(disability) <= 30)),
    CONSTRAINT casefile_person_district_check CHECK ((district ~ '^([0-9]{6})?$'::text)),
    CONSTRAINT casefile_person_education_check CHECK ((length(education) <= 30)),
    CONSTRAINT casefile_person_employer_check CHECK ((length(employer) <= 80)),
    CONSTRAINT casefile_person_employment_form_check CHECK ((length(employment_form) <= 30)),
    CONSTRAINT casefile_person_enrolled_year_check CHECK (((enrolled_year >= 1950) AND (enrolled_year <= 2200))),
    CONSTRAINT casefile_person_ethnicity_check CHECK ((length(ethnicity) <= 20)),
    CONSTRAINT casefile_person_grade_check CHECK (((grade >= 1) AND (grade <= 4))),
    CONSTRAINT casefile_person_health_check CHECK ((length(health) <= 30)),
    CONSTRAINT casefile_person_id_index_check CHECK ((length(id_index) = 32)),
    CONSTRAINT casefile_person_identity_check CHECK ((length(identity) <= 40)),
    CONSTRAINT casefile_person_illness_check CHECK ((length(illness) <= 40)),
    CONSTRAINT casefile_person_industry_check CHECK ((length(industry) <= 40)),
    CONSTRAINT casefile_person_insurance_check CHECK ((length(insurance) <= 30)),
    CONSTRAINT casefile_person_left CHECK (((left_why IS NULL) OR (left_on IS NOT NULL))),
    CONSTRAINT casefile_person_left_why_check CHECK ((left_why = ANY (ARRAY['died'::text, 'married'::text, 'divorced'::text, 'moved'::text, 'service'::text, 'other'::text, 'split'::text]))),
    CONSTRAINT casefile_person_marital_check CHECK ((length(marital) <= 30)),
    CONSTRAINT casefile_person_medication_check CHECK ((length(medication) <= 200)),
    CONSTRAINT casefile_person_model_worker_check CHECK ((length(model_worker) <= 30)),
    CONSTRAINT casefile_person_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
    CONSTRAINT casefile_person_ownership_check CHECK ((length(ownership) <= 40)),
    CONSTRAINT casefile_person_phone_index_check CHECK ((length(phone_index) = 32)),
    CONSTRAINT casefile_person_phone_tail_check CHECK ((length(phone_tail) = 32)),
    CONSTRAINT casefile_person_pinyin_check CHECK ((length(pinyin) <= 200)),
    CONSTRAINT casefile_person_political_check CHECK ((length(political) <= 30)),
    CONSTRAINT casefile_person_registration_check CHECK ((length(registration) <= 30)),
    CONSTRAINT casefile_person_relation_check CHECK ((relation = ANY (ARRAY['head'::text, 'spouse'::text, 'son'::text, 'daughter'::text, 'grandchild'::text, 'parent'::text, 'grandparent'::text, 'sibling'::text, 'other'::text]))),
    CONSTRAINT casefile_person_remark_check CHECK ((length(remark) <= 200)),
    CONSTRAINT casefile_person_school_check CHECK ((length(school) <= 80)),
    CONSTRAINT casefile_person_school_years_check CHECK (((school_years >= 1) AND (school_years <= 12))),
    CONSTRAINT casefile_person_sex_check CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text]))),
    CONSTRAINT casefile_person_tail_index_check CHECK ((length(tail_index) = 32)),
    CONSTRAINT casefile_person_work_status_check CHECK ((length(work_status) <= 30))
);

ALTER TABLE public.casefile_person ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.casefile_person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.casefile_print (
    id bigint NOT NULL,
    kind text NOT NULL,
    org_id bigint NOT NULL,
    file_id bigint,
    version integer,
    list text,
    roster jsonb,
    hash bytea NOT NULL,
    reason text,
    printed_by bigint NOT NULL,
    printed_at timestamp with time zone NOT NULL,
    subject bigint,
    category text,
    CONSTRAINT casefile_print_category CHECK (((category IS NULL) OR (kind = 'roster'::text))),
    CONSTRAINT casefile_print_category_check CHECK ((length(category) <= 40)),
    CONSTRAINT casefile_print_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT casefile_print_kind_check CHECK ((kind = ANY (ARRAY['application'::text, 'record'::text, 'plan'::text, 'roster'::text, 'aid'::text, 'refusal'::text, 'exit_letter'::text, 'referral_letter'::text, 'household_plan'::text, 'grant_form'::text, 'notice_poster'::text, 'visit_form'::text, 'visit_blank'::text, 'declaration_truth'::text, 'declaration_comparison'::text, 'declaration_notice'::text, 'declaration_sensitive'::text, 'declaration_guardian'::text]))),
    CONSTRAINT casefile_print_list_check CHECK ((length(list) <= 40)),
    CONSTRAINT casefile_print_of CHECK (
CASE
    WHEN (kind = ANY (ARRAY['exit_letter'::text, 'referral_letter'::text, 'grant_form'::text, 'notice_poster'::text, 'visit_form'::text])) THEN (subject IS NOT NULL)
    ELSE (subject IS NULL)
END),
    CONSTRAINT casefile_print_reason_check CHECK ((length(reason) <= 40)),
    CONSTRAINT casefile_print_roster_check CHECK ((jsonb_typeof(roster) = 'array'::text)),
    CONSTRAINT casefile_print_subject CHECK (
CASE kind
    WHEN 'roster'::text THEN ((file_id IS NULL) AND (version IS NULL) AND (list IS NOT NULL) AND (roster IS NOT NULL))
    ELSE ((file_id IS NOT NULL) AND (version IS NOT NULL) AND (list IS NULL) AND (roster IS NULL))
END),
    CONSTRAINT casefile_print_subject_check CHECK ((subject > 0))
);

ALTER TABLE public.casefile_print ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.casefile_print_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.casefile_property (
    file_id bigint NOT NULL,
    homes integer NOT NULL,
    home_m2 integer NOT NULL,
    savings_fen bigint NOT NULL,
    ticked text[] NOT NULL,
    note text NOT NULL,
    CONSTRAINT casefile_property_home_m2_check CHECK (((home_m2 >= 0) AND (home_m2 <= 100000))),
    CONSTRAINT casefile_property_homes_check CHECK (((homes >= 0) AND (homes <= 99))),
    CONSTRAINT casefile_property_note_check CHECK ((length(note) <= 500)),
    CONSTRAINT casefile_property_savings_fen_check CHECK (((savings_fen >= 0) AND (savings_fen <= '10000000000000'::bigint))),
    CONSTRAINT casefile_property_ticked_check CHECK ((ticked <@ ARRAY['business'::text, 'high_school'::text, 'abroad'::text, 'vehicle'::text, 'refuses_work'::text]))
);

CREATE TABLE public.casefile_saved (
    id bigint NOT NULL,
    owner_id bigint NOT NULL,
    org_id bigint NOT NULL,
    name text NOT NULL,
    query text NOT NULL,
    shared boolean DEFAULT false NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    CONSTRAINT casefile_saved_name_check CHECK (((length(name) >= 1) AND (length(name) <= 30))),
    CONSTRAINT casefile_saved_query_check CHECK ((length(query) <= 1000))
);

ALTER TABLE public.casefile_saved ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.casefile_saved_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.casefile_saved_mark (
    staff_id bigint NOT NULL,
    saved_id bigint NOT NULL,
    starred boolean NOT NULL,
    opens_first boolean NOT NULL,
    CONSTRAINT casefile_saved_mark_check CHECK ((starred OR opens_first))
);

CREATE TABLE public.casefile_section (
    file_id bigint NOT NULL,
    section text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    saved_by bigint NOT NULL,
    CONSTRAINT casefile_section_section_check CHECK ((section = ANY (ARRAY['head'::text, 'members'::text, 'work'::text, 'housing'::text, 'economy'::text, 'property'::text, 'causes'::text, 'evidence'::text, 'bank'::text, 'declarations'::text])))
);

CREATE TABLE public.casefile_section_past (
    file_id bigint NOT NULL,
    section text NOT NULL,
    version integer NOT NULL,
    held bytea NOT NULL,
    CONSTRAINT casefile_section_past_held_check CHECK ((length(held) <= 300000)),
    CONSTRAINT casefile_section_past_section_check CHECK ((length(section) <= 20))
);

CREATE TABLE public.casefile_snapshot (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    until_on date NOT NULL,
    source text NOT NULL,
    round integer NOT NULL,
    people integer NOT NULL,
    taken_by bigint NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    current boolean NOT NULL,
    CONSTRAINT casefile_snapshot_people_check CHECK (((people >= 0) AND (people <= 30))),
    CONSTRAINT casefile_snapshot_source_check CHECK ((source = ANY (ARRAY['registration'::text, 'review'::text, 'change'::text, 'comparison'::text])))
);

ALTER TABLE public.casefile_snapshot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.casefile_snapshot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.casefile_standing (
    file_id bigint NOT NULL,
    org_path text NOT NULL,
    district text NOT NULL,
    open boolean NOT NULL,
    category text NOT NULL,
    line_id bigint NOT NULL,
    rule_id bigint NOT NULL,
    income_fen bigint NOT NULL,
    rigid_fen bigint NOT NULL,
    job_cost_fen bigint NOT NULL,
    event_cost_fen bigint NOT NULL,
    savings_fen bigint NOT NULL,
    people bigint NOT NULL,
    listed boolean NOT NULL,
    allowance boolean NOT NULL,
    illness boolean NOT NULL,
    excluded boolean NOT NULL,
    monthly_fen bigint NOT NULL,
    judged_at timestamp with time zone NOT NULL,
    CONSTRAINT casefile_standing_people_check CHECK ((people >= 1))
)
WITH (fillfactor='90');

CREATE TABLE public.casefile_term (
    term text NOT NULL COLLATE pg_catalog."C",
    org_path text NOT NULL COLLATE pg_catalog."C",
    file_id bigint NOT NULL,
    person_id bigint NOT NULL
);

CREATE TABLE public.casefile_typed (
    file_id bigint NOT NULL,
    section text NOT NULL,
    staff_id bigint NOT NULL,
    typed bytea NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    CONSTRAINT casefile_typed_section_check CHECK ((length(section) <= 20)),
    CONSTRAINT casefile_typed_typed_check CHECK ((length(typed) <= 300000))
);

CREATE TABLE public.casefile_version (
    file_id bigint NOT NULL,
    number integer NOT NULL,
    round integer NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    kept_by bigint,
    why text NOT NULL,
    facts jsonb NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT casefile_version_facts_check CHECK ((jsonb_typeof(facts) = 'object'::text)),
    CONSTRAINT casefile_version_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT casefile_version_number_check CHECK ((number > 0)),
    CONSTRAINT casefile_version_round_check CHECK ((round > 0)),
    CONSTRAINT casefile_version_why_check CHECK (((why ~ '^[a-z_]+\.[a-z_]+$'::text) AND (length(why) <= 60)))
);

CREATE TABLE public.census_bundle (
    id bigint NOT NULL,
    census_id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    unit text NOT NULL,
    first integer NOT NULL,
    last integer NOT NULL,
    taken_by text NOT NULL,
    handed_on date NOT NULL,
    due_on date NOT NULL,
    handed_by bigint NOT NULL,
    handed_at timestamp with time zone NOT NULL,
    CONSTRAINT census_bundle_due CHECK ((due_on >= handed_on)),
    CONSTRAINT census_bundle_first_check CHECK ((first > 0)),
    CONSTRAINT census_bundle_numbers CHECK (((last >= first) AND (last <= (first + 4999)))),
    CONSTRAINT census_bundle_taken_by_check CHECK (((length(taken_by) >= 2) AND (length(taken_by) <= 40))),
    CONSTRAINT census_bundle_unit_check CHECK (((length(unit) >= 2) AND (length(unit) <= 80)))
);

ALTER TABLE public.census_bundle ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.census_bundle_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.census_census (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    name text NOT NULL,
    aim text NOT NULL,
    from_on date NOT NULL,
    until_on date NOT NULL,
    state text NOT NULL,
    forms integer DEFAULT 0 NOT NULL,
    made_by bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    conclusion text,
    closed_by bigint,
    closed_at timestamp with time zone,
    CONSTRAINT census_census_aim_check CHECK (((length(aim) >= 2) AND (length(aim) <= 1000))),
    CONSTRAINT census_census_check CHECK ((((state = 'closed'::text) = (closed_at IS NOT NULL)) AND ((state = 'closed'::text) = (closed_by IS NOT NULL)) AND ((state = 'closed'::text) = (conclusion IS NOT NULL)))),
    CONSTRAINT census_census_conclusion_check CHECK (((length(conclusion) >= 2) AND (length(conclusion) <= 2000))),
    CONSTRAINT census_census_forms_check CHECK (((forms >= 0) AND (forms <= 50000))),
    CONSTRAINT census_census_name_check CHECK (((length(name) >= 2) AND (length(name) <= 80))),
    CONSTRAINT census_census_state_check CHECK ((state = ANY (ARRAY['running'::text, 'closed'::text]))),
    CONSTRAINT census_period CHECK (((until_on >= from_on) AND (until_on <= (from_on + 366))))
);

ALTER TABLE public.census_census ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.census_census_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.census_form (
    id bigint NOT NULL,
    census_id bigint NOT NULL,
    number integer NOT NULL,
    bundle_id bigint NOT NULL,
    org_path text NOT NULL,
    state text DEFAULT 'out'::text NOT NULL,
    returned_on date,
    head_name text,
    reason text,
    note text DEFAULT ''::text NOT NULL,
    file_id bigint,
    done_by bigint,
    done_at timestamp with time zone,
    CONSTRAINT census_form_check CHECK ((((state = 'out'::text) = (done_at IS NULL)) AND ((done_by IS NULL) = (done_at IS NULL)))),
    CONSTRAINT census_form_dismissed CHECK (((state = 'dismissed'::text) = (reason IS NOT NULL))),
    CONSTRAINT census_form_entered CHECK (((state = 'entered'::text) = (file_id IS NOT NULL))),
    CONSTRAINT census_form_head_name_check CHECK (((length(head_name) >= 1) AND (length(head_name) <= 40))),
    CONSTRAINT census_form_named CHECK (((state <> ALL (ARRAY['entered'::text, 'dismissed'::text])) OR (head_name IS NOT NULL) OR (reason = 'blank'::text))),
    CONSTRAINT census_form_note_check CHECK ((length(note) <= 500)),
    CONSTRAINT census_form_number_check CHECK ((number > 0)),
    CONSTRAINT census_form_reason_check CHECK ((reason = ANY (ARRAY['above'::text, 'covered'::text, 'on_file'::text, 'left'::text, 'declined'::text, 'blank'::text, 'other'::text]))),
    CONSTRAINT census_form_returned CHECK (((state = ANY (ARRAY['returned'::text, 'entered'::text, 'dismissed'::text])) = (returned_on IS NOT NULL))),
    CONSTRAINT census_form_said CHECK (((note <> ''::text) OR ((state <> 'lost'::text) AND (reason IS DISTINCT FROM 'other'::text)))),
    CONSTRAINT census_form_state_check CHECK ((state = ANY (ARRAY['out'::text, 'returned'::text, 'entered'::text, 'dismissed'::text, 'lost'::text])))
);

ALTER TABLE public.census_form ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.census_form_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.check_due (
    file_id bigint NOT NULL,
    swept boolean DEFAULT false NOT NULL
);

CREATE TABLE public.check_file (
    file_id bigint NOT NULL,
    checked_at timestamp with time zone NOT NULL
);

CREATE TABLE public.check_finding (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    name text NOT NULL,
    subject text NOT NULL,
    args text[] NOT NULL,
    facts bytea NOT NULL,
    org_path text NOT NULL,
    since timestamp with time zone NOT NULL,
    aside_by bigint,
    aside_at timestamp with time zone,
    aside_reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT check_finding_aside_reason_check CHECK ((length(aside_reason) <= 500)),
    CONSTRAINT check_finding_check CHECK ((((aside_by IS NULL) = (aside_at IS NULL)) AND ((aside_by IS NULL) = (aside_reason = ''::text)))),
    CONSTRAINT check_finding_facts_check CHECK ((length(facts) = 32)),
    CONSTRAINT check_finding_name_check CHECK (((length(name) >= 2) AND (length(name) <= 40))),
    CONSTRAINT check_finding_subject_check CHECK ((length(subject) <= 200))
);

ALTER TABLE public.check_finding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.check_finding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.comparison_answer (
    id bigint NOT NULL,
    batch_id bigint NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL,
    state text NOT NULL,
    columns text[] DEFAULT '{}'::text[] NOT NULL,
    rows_read integer DEFAULT 0 NOT NULL,
    rows_all integer NOT NULL,
    fault text DEFAULT ''::text NOT NULL,
    uploaded_by bigint NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    head integer DEFAULT 1 NOT NULL,
    blank_none boolean DEFAULT false NOT NULL,
    absent_none boolean DEFAULT false NOT NULL,
    answered jsonb DEFAULT '{}'::jsonb NOT NULL,
    withdrawn_by bigint,
    withdrawn_at timestamp with time zone,
    withdrawn_why text DEFAULT ''::text NOT NULL,
    CONSTRAINT comparison_answer_done CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text, 'dropped'::text, 'withdrawn'::text])) = (done_at IS NOT NULL))),
    CONSTRAINT comparison_answer_head_check CHECK ((head >= 0)),
    CONSTRAINT comparison_answer_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT comparison_answer_size_check CHECK ((size > 0)),
    CONSTRAINT comparison_answer_state_check CHECK ((state = ANY (ARRAY['uploaded'::text, 'reading'::text, 'done'::text, 'failed'::text, 'dropped'::text, 'withdrawn'::text]))),
    CONSTRAINT comparison_answer_withdrawn CHECK (((state = 'withdrawn'::text) = ((withdrawn_by IS NOT NULL) AND (withdrawn_at IS NOT NULL) AND (withdrawn_why <> ''::text)))),
    CONSTRAINT comparison_answer_withdrawn_why_check CHECK ((length(withdrawn_why) <= 500))
);

ALTER TABLE public.comparison_answer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.comparison_answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.comparison_batch (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    receiver text NOT NULL,
    purpose text NOT NULL,
    aim text NOT NULL,
    from_on date NOT NULL,
    until_on date NOT NULL,
    asked text[] NOT NULL,
    minors boolean NOT NULL,
    state text NOT NULL,
    files integer NOT NULL,
    people integer NOT NULL,
    left_out integer NOT NULL,
    made_by bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    sent_people integer,
    unreached integer DEFAULT 0 NOT NULL,
    CONSTRAINT comparison_batch_aim_check CHECK ((aim = ANY (ARRAY['judge'::text, 'review'::text, 'file'::text]))),
    CONSTRAINT comparison_batch_asked_check CHECK ((cardinality(asked) > 0)),
    CONSTRAINT comparison_batch_check CHECK ((from_on <= until_on)),
    CONSTRAINT comparison_batch_check1 CHECK (((state = 'sent'::text) = ((sent_at IS NOT NULL) AND (sent_people IS NOT NULL)))),
    CONSTRAINT comparison_batch_purpose_check CHECK (((length(purpose) >= 2) AND (length(purpose) <= 500))),
    CONSTRAINT comparison_batch_receiver_check CHECK (((length(receiver) >= 2) AND (length(receiver) <= 80))),
    CONSTRAINT comparison_batch_state_check CHECK ((state = ANY (ARRAY['made'::text, 'sent'::text, 'cancelled'::text])))
);

ALTER TABLE public.comparison_batch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.comparison_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.comparison_content (
    answer_id bigint NOT NULL,
    sealed bytea NOT NULL
);

CREATE TABLE public.comparison_finding (
    id bigint NOT NULL,
    answer_id bigint NOT NULL,
    file_id bigint NOT NULL,
    person_id bigint NOT NULL,
    person_name text NOT NULL,
    kind text NOT NULL,
    sealed bytea NOT NULL,
    amount_fen bigint,
    state text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    resolved_by bigint,
    resolved_at timestamp with time zone,
    found_at timestamp with time zone NOT NULL,
    CONSTRAINT comparison_finding_amount_fen_check CHECK (((amount_fen >= 0) AND (amount_fen <= '10000000000000'::bigint))),
    CONSTRAINT comparison_finding_kind_check CHECK ((kind = ANY (ARRAY['name'::text, 'income'::text, 'property'::text, 'vehicle'::text, 'company'::text, 'insurance'::text, 'allowance'::text, 'death'::text, 'marriage'::text]))),
    CONSTRAINT comparison_finding_note_check CHECK ((length(note) <= 1000)),
    CONSTRAINT comparison_finding_state_check CHECK ((state = ANY (ARRAY['agrees'::text, 'open'::text, 'withdrawn'::text, 'replaced'::text, 'explained'::text, 'corrected'::text, 'judge_again'::text, 'exit'::text]))),
    CONSTRAINT comparison_resolved CHECK (((state <> ALL (ARRAY['agrees'::text, 'open'::text, 'withdrawn'::text, 'replaced'::text])) = ((resolved_by IS NOT NULL) AND (resolved_at IS NOT NULL) AND (note <> ''::text))))
);

ALTER TABLE public.comparison_finding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.comparison_finding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.comparison_left_out (
    batch_id bigint NOT NULL,
    file_id bigint NOT NULL
);

CREATE TABLE public.comparison_row (
    answer_id bigint NOT NULL,
    "row" integer NOT NULL,
    verdict text NOT NULL,
    person_id bigint,
    file_id bigint,
    kind text DEFAULT ''::text NOT NULL,
    number text NOT NULL,
    name text NOT NULL,
    answered text[] DEFAULT '{}'::text[] NOT NULL,
    said bytea DEFAULT '\x'::bytea NOT NULL,
    CONSTRAINT comparison_row_name_check CHECK ((length(name) <= 60)),
    CONSTRAINT comparison_row_number_check CHECK ((length(number) <= 40)),
    CONSTRAINT comparison_row_row_check CHECK (("row" > 0)),
    CONSTRAINT comparison_row_verdict_check CHECK ((verdict = ANY (ARRAY['matched'::text, 'unknown'::text, 'name_differs'::text, 'duplicate'::text, 'unreadable'::text])))
);

CREATE TABLE public.comparison_rule (
    from_on date NOT NULL,
    required boolean NOT NULL,
    months integer NOT NULL,
    source text NOT NULL,
    CONSTRAINT comparison_rule_months_check CHECK (((months >= 1) AND (months <= 60))),
    CONSTRAINT comparison_rule_source_check CHECK (((length(source) >= 2) AND (length(source) <= 200)))
);

CREATE TABLE public.comparison_subject (
    batch_id bigint NOT NULL,
    person_id bigint NOT NULL,
    file_id bigint NOT NULL,
    name text NOT NULL,
    id_index bytea NOT NULL,
    sent boolean DEFAULT false NOT NULL,
    CONSTRAINT comparison_subject_id_index_check CHECK ((length(id_index) = 32))
);

CREATE TABLE public.eligibility_line (
    id bigint NOT NULL,
    district text NOT NULL,
    from_on date NOT NULL,
    monthly_fen bigint NOT NULL,
    source text NOT NULL,
    entered_by bigint,
    entered_at timestamp with time zone NOT NULL,
    confirmed_by bigint,
    CONSTRAINT eligibility_line_district_check CHECK ((district ~ '^[0-9]{6}$'::text)),
    CONSTRAINT eligibility_line_monthly_fen_check CHECK (((monthly_fen >= 1) AND (monthly_fen <= 10000000))),
    CONSTRAINT eligibility_line_source_check CHECK (((length(source) >= 2) AND (length(source) <= 200)))
);

ALTER TABLE public.eligibility_line ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.eligibility_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.eligibility_reference (
    id bigint NOT NULL,
    kind text NOT NULL,
    district text NOT NULL,
    from_on date NOT NULL,
    monthly_fen bigint NOT NULL,
    source text NOT NULL,
    entered_by bigint,
    entered_at timestamp with time zone NOT NULL,
    CONSTRAINT eligibility_reference_district_check CHECK ((district ~ '^[0-9]{6}$'::text)),
    CONSTRAINT eligibility_reference_kind_check CHECK ((kind = ANY (ARRAY['minimum_wage'::text, 'average_wage'::text]))),
    CONSTRAINT eligibility_reference_monthly_fen_check CHECK (((monthly_fen >= 1) AND (monthly_fen <= 10000000))),
    CONSTRAINT eligibility_reference_source_check CHECK (((length(source) >= 2) AND (length(source) <= 200)))
);

ALTER TABLE public.eligibility_reference ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.eligibility_reference_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.eligibility_rule (
    id bigint NOT NULL,
    generation text NOT NULL,
    from_on date NOT NULL,
    numbers jsonb NOT NULL,
    source text NOT NULL,
    entered_by bigint,
    confirmed_by bigint,
    entered_at timestamp with time zone NOT NULL,
    CONSTRAINT eligibility_rule_generation_check CHECK ((generation = ANY (ARRAY['company'::text, 'allowance_status'::text, 'allowance_edge_accident'::text, 'severe_relative_accident'::text]))),
    CONSTRAINT eligibility_rule_second CHECK (((entered_by IS NULL) OR ((confirmed_by IS NOT NULL) AND (confirmed_by <> entered_by)))),
    CONSTRAINT eligibility_rule_source_check CHECK (((length(source) >= 2) AND (length(source) <= 200)))
);

ALTER TABLE public.eligibility_rule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.eligibility_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.eligibility_standard (
    audience text NOT NULL,
    from_on date NOT NULL,
    amount_fen bigint NOT NULL,
    source text NOT NULL,
    entered_by bigint,
    entered_at timestamp with time zone NOT NULL,
    CONSTRAINT eligibility_standard_amount_fen_check CHECK (((amount_fen >= 1) AND (amount_fen <= 1000000))),
    CONSTRAINT eligibility_standard_audience_check CHECK ((audience = ANY (ARRAY['filed'::text, 'unfiled'::text]))),
    CONSTRAINT eligibility_standard_source_check CHECK (((length(source) >= 2) AND (length(source) <= 200)))
);

CREATE TABLE public.exit_callback (
    id bigint NOT NULL,
    exit_id bigint NOT NULL,
    file_id bigint NOT NULL,
    org_path text NOT NULL,
    due_on date NOT NULL,
    done_on date,
    how text,
    result text,
    note text,
    called_by bigint,
    entered_at timestamp with time zone,
    CONSTRAINT exit_callback_check CHECK ((num_nonnulls(done_on, how, result, note, called_by, entered_at) = ANY (ARRAY[0, 6]))),
    CONSTRAINT exit_callback_check1 CHECK (((result = 'stable'::text) OR (note <> ''::text))),
    CONSTRAINT exit_callback_how_check CHECK ((how = ANY (ARRAY['phone'::text, 'home'::text]))),
    CONSTRAINT exit_callback_note_check CHECK ((length(note) <= 1000)),
    CONSTRAINT exit_callback_result_check CHECK ((result = ANY (ARRAY['stable'::text, 'needs_help'::text, 'relapse'::text, 'not_reached'::text])))
);

ALTER TABLE public.exit_callback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.exit_callback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.exit_claim (
    exit_id bigint NOT NULL,
    payable_id bigint NOT NULL,
    claim_fen bigint NOT NULL,
    CONSTRAINT exit_claim_claim_fen_check CHECK ((claim_fen >= 0))
);

ALTER TABLE public.exit_exit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.exit_exit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.exit_guarantee (
    exit_id bigint NOT NULL,
    guarantee text NOT NULL,
    needed boolean NOT NULL,
    note text NOT NULL,
    evidence_id bigint,
    CONSTRAINT exit_guarantee_guarantee_check CHECK ((guarantee = ANY (ARRAY['medical'::text, 'job'::text, 'school'::text, 'housing'::text, 'insurance'::text]))),
    CONSTRAINT exit_guarantee_note_check CHECK (((length(note) >= 2) AND (length(note) <= 500))),
    CONSTRAINT exit_guarantee_proven CHECK (((NOT needed) OR (evidence_id IS NOT NULL)))
);

CREATE TABLE public.exit_month (
    exit_id bigint NOT NULL,
    month date NOT NULL,
    people smallint NOT NULL,
    income_fen bigint NOT NULL,
    line_id bigint NOT NULL,
    CONSTRAINT exit_month_income_fen_check CHECK (((income_fen >= 0) AND (income_fen <= '10000000000000'::bigint))),
    CONSTRAINT exit_month_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
    CONSTRAINT exit_month_people_check CHECK (((people >= 1) AND (people <= 30)))
);

CREATE TABLE public.exit_paper (
    exit_id bigint NOT NULL,
    evidence_id bigint NOT NULL
);

CREATE TABLE public.exit_receipt (
    id bigint NOT NULL,
    exit_id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    received_on date NOT NULL,
    paper text NOT NULL,
    entered_by bigint NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    CONSTRAINT exit_receipt_amount_fen_check CHECK ((amount_fen > 0)),
    CONSTRAINT exit_receipt_paper_check CHECK (((length(paper) >= 2) AND (length(paper) <= 200)))
);

ALTER TABLE public.exit_receipt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.exit_receipt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.exit_receipt_part (
    id bigint NOT NULL,
    receipt_id bigint NOT NULL,
    payable_id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    CONSTRAINT exit_receipt_part_amount_fen_check CHECK ((amount_fen > 0))
);

ALTER TABLE public.exit_receipt_part ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.exit_receipt_part_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.exit_receipt_reversal (
    receipt_id bigint NOT NULL,
    reason text NOT NULL,
    entered_by bigint NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    CONSTRAINT exit_receipt_reversal_reason_check CHECK (((length(reason) >= 2) AND (length(reason) <= 400)))
);

CREATE TABLE public.exit_rule (
    from_on date NOT NULL,
    months smallint NOT NULL,
    percent integer NOT NULL,
    posted_days smallint NOT NULL,
    callbacks smallint[] NOT NULL,
    source text NOT NULL,
    CONSTRAINT exit_rule_callbacks_check CHECK (((cardinality(callbacks) >= 1) AND (cardinality(callbacks) <= 8))),
    CONSTRAINT exit_rule_months_check CHECK (((months >= 1) AND (months <= 24))),
    CONSTRAINT exit_rule_percent_check CHECK (((percent >= 1) AND (percent <= 1000))),
    CONSTRAINT exit_rule_posted_days_check CHECK (((posted_days >= 0) AND (posted_days <= 60))),
    CONSTRAINT exit_rule_source_check CHECK (((length(source) >= 2) AND (length(source) <= 200)))
);

CREATE TABLE public.fund_account (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    source text NOT NULL,
    purpose text NOT NULL,
    year integer NOT NULL,
    opened_by bigint NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT fund_account_year_check CHECK (((year >= 2000) AND (year <= 2200)))
);

ALTER TABLE public.fund_account ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fund_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.fund_allowed (
    source text NOT NULL,
    purpose text NOT NULL
);

CREATE TABLE public.fund_entry (
    id bigint NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    subject_id bigint NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    reason text NOT NULL,
    received_on date,
    reverses bigint,
    staff_id bigint,
    at timestamp with time zone NOT NULL,
    CONSTRAINT fund_entry_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT fund_entry_check CHECK (((kind = 'reversal'::text) = (reverses IS NOT NULL))),
    CONSTRAINT fund_entry_check2 CHECK (((subject = 'grant'::text) = (attempt > 0))),
    CONSTRAINT fund_entry_kind_check CHECK ((kind = ANY (ARRAY['receipt'::text, 'reserve'::text, 'release'::text, 'pay'::text, 'reversal'::text, 'recovery'::text]))),
    CONSTRAINT fund_entry_reason_check CHECK ((length(reason) <= 400)),
    CONSTRAINT fund_entry_received CHECK (((kind = ANY (ARRAY['receipt'::text, 'recovery'::text])) = (received_on IS NOT NULL))),
    CONSTRAINT fund_entry_subject_check CHECK ((subject = ANY (ARRAY['account'::text, 'grant'::text, 'recovery'::text]))),
    CONSTRAINT fund_kind_of_subject CHECK (
CASE subject
    WHEN 'grant'::text THEN (kind = ANY (ARRAY['reserve'::text, 'release'::text, 'pay'::text]))
    WHEN 'recovery'::text THEN (kind = 'recovery'::text)
    ELSE (kind = ANY (ARRAY['receipt'::text, 'reversal'::text]))
END)
);

ALTER TABLE public.fund_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fund_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.fund_posting (
    entry_id bigint NOT NULL,
    seq smallint NOT NULL,
    account_id bigint NOT NULL,
    pot text NOT NULL,
    amount_fen bigint NOT NULL,
    CONSTRAINT fund_posting_amount_fen_check CHECK (((amount_fen <> 0) AND (abs(amount_fen) <= '10000000000000'::bigint))),
    CONSTRAINT fund_posting_pot_check CHECK ((pot = ANY (ARRAY['outside'::text, 'available'::text, 'reserved'::text, 'paid'::text]))),
    CONSTRAINT fund_posting_seq_check CHECK ((seq = ANY (ARRAY[1, 2])))
);

CREATE TABLE public.fund_pot (
    account_id bigint NOT NULL,
    pot text NOT NULL,
    balance_fen bigint NOT NULL,
    CONSTRAINT fund_not_below_zero CHECK (((pot = 'outside'::text) OR (balance_fen >= 0))),
    CONSTRAINT fund_pot_pot_check CHECK ((pot = ANY (ARRAY['outside'::text, 'available'::text, 'reserved'::text, 'paid'::text])))
);

CREATE TABLE public.fund_purpose (
    code text NOT NULL,
    "position" integer NOT NULL,
    CONSTRAINT fund_purpose_code_check CHECK ((code ~ '^[a-z_]{2,30}$'::text))
);

CREATE TABLE public.fund_source (
    code text NOT NULL,
    "position" integer NOT NULL,
    CONSTRAINT fund_source_code_check CHECK ((code ~ '^[a-z_]{2,30}$'::text))
);

ALTER TABLE public.grant_application ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grant_application_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grant_decision (
    id bigint NOT NULL,
    application_id bigint NOT NULL,
    round integer NOT NULL,
    step text NOT NULL,
    verdict text NOT NULL,
    opinion text NOT NULL,
    amount_fen bigint NOT NULL,
    staff_id bigint NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    CONSTRAINT grant_decision_amount_fen_check CHECK ((amount_fen > 0)),
    CONSTRAINT grant_decision_check CHECK (
CASE
    WHEN (step = ANY (ARRAY['review'::text, 'sign'::text])) THEN (verdict = ANY (ARRAY['approve'::text, 'return'::text, 'refuse'::text]))
    ELSE ((verdict = ANY (ARRAY['approve'::text, 'against'::text, 'abstain'::text, 'return'::text, 'close'::text])) OR ((step = 'group'::text) AND (verdict = 'amount'::text)))
END),
    CONSTRAINT grant_decision_opinion_check CHECK (((length(opinion) >= 1) AND (length(opinion) <= 1000))),
    CONSTRAINT grant_decision_step_check CHECK ((step = ANY (ARRAY['review'::text, 'group'::text, 'committee'::text, 'sign'::text]))),
    CONSTRAINT grant_decision_verdict_check CHECK ((verdict = ANY (ARRAY['approve'::text, 'against'::text, 'abstain'::text, 'return'::text, 'refuse'::text, 'close'::text, 'amount'::text])))
);

ALTER TABLE public.grant_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grant_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grant_programme (
    id bigint NOT NULL,
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    "position" integer NOT NULL,
    CONSTRAINT grant_programme_code_check CHECK ((code ~ '^[a-z_]{2,30}$'::text)),
    CONSTRAINT grant_programme_name_en_check CHECK (((length(name_en) >= 2) AND (length(name_en) <= 80))),
    CONSTRAINT grant_programme_name_zh_check CHECK (((length(name_zh) >= 2) AND (length(name_zh) <= 40)))
);

ALTER TABLE public.grant_programme ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grant_programme_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grant_terms (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    from_on date NOT NULL,
    formula text NOT NULL,
    numbers jsonb NOT NULL,
    approval text NOT NULL,
    purpose text NOT NULL,
    causes smallint[] NOT NULL,
    evidence text[] NOT NULL,
    window_months integer NOT NULL,
    source text NOT NULL,
    made_by bigint,
    confirmed_by bigint,
    CONSTRAINT grant_terms_approval_check CHECK ((approval = ANY (ARRAY['tiered'::text, 'group_then_committee'::text]))),
    CONSTRAINT grant_terms_causes_check CHECK ((cardinality(causes) > 0)),
    CONSTRAINT grant_terms_check CHECK (((made_by IS NULL) OR (confirmed_by <> made_by))),
    CONSTRAINT grant_terms_formula_check CHECK ((formula = ANY (ARRAY['set'::text, 'illness'::text, 'disaster'::text]))),
    CONSTRAINT grant_terms_numbers_check CHECK ((jsonb_typeof(numbers) = 'object'::text)),
    CONSTRAINT grant_terms_source_check CHECK (((length(source) >= 2) AND (length(source) <= 200))),
    CONSTRAINT grant_terms_window_months_check CHECK (((window_months >= 1) AND (window_months <= 36)))
);

ALTER TABLE public.grant_terms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grant_terms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grant_tier (
    holds daterange NOT NULL,
    amounts int8range NOT NULL,
    body text NOT NULL,
    source text NOT NULL,
    CONSTRAINT grant_tier_amounts_check CHECK (((NOT isempty(amounts)) AND (lower(amounts) >= 1))),
    CONSTRAINT grant_tier_body_check CHECK ((body = ANY (ARRAY['head'::text, 'group'::text, 'committee'::text])))
);

CREATE TABLE public.ledger_export (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    layout text NOT NULL,
    format text NOT NULL,
    list text NOT NULL,
    file_id bigint,
    full_numbers boolean NOT NULL,
    language text NOT NULL,
    reason text NOT NULL,
    state text NOT NULL,
    asked_by bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    address text NOT NULL,
    rows integer DEFAULT 0 NOT NULL,
    size bigint,
    hash text,
    shelf text,
    ready_at timestamp with time zone,
    expires_at timestamp with time zone,
    fetched_at timestamp with time zone,
    fault jsonb,
    worker text,
    beat_at timestamp with time zone,
    tries smallint DEFAULT 0 NOT NULL,
    filter jsonb,
    sort text DEFAULT 'registered'::text NOT NULL,
    turned boolean DEFAULT false NOT NULL,
    CONSTRAINT ledger_export_check CHECK (((state = ANY (ARRAY['ready'::text, 'fetched'::text, 'expired'::text])) = ((hash IS NOT NULL) AND (expires_at IS NOT NULL)))),
    CONSTRAINT ledger_export_check1 CHECK (((state = 'fetched'::text) = (fetched_at IS NOT NULL))),
    CONSTRAINT ledger_export_check2 CHECK (((state <> 'ready'::text) OR (shelf IS NOT NULL))),
    CONSTRAINT ledger_export_filter CHECK (((filter IS NULL) OR (file_id IS NULL))),
    CONSTRAINT ledger_export_filter_check CHECK ((jsonb_typeof(filter) = 'object'::text)),
    CONSTRAINT ledger_export_format_check CHECK ((format = ANY (ARRAY['xlsx'::text, 'csv'::text]))),
    CONSTRAINT ledger_export_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT ledger_export_language_check CHECK ((language = ANY (ARRAY['zh-CN'::text, 'en'::text]))),
    CONSTRAINT ledger_export_layout_check CHECK ((layout = ANY (ARRAY['list'::text, 'table'::text, 'roster'::text]))),
    CONSTRAINT ledger_export_list_check CHECK (((length(list) >= 1) AND (length(list) <= 40))),
    CONSTRAINT ledger_export_order CHECK (((file_id IS NULL) OR ((sort = 'registered'::text) AND (NOT turned)))),
    CONSTRAINT ledger_export_reason_check CHECK (((length(reason) >= 5) AND (length(reason) <= 500))),
    CONSTRAINT ledger_export_rows_check CHECK ((rows >= 0)),
    CONSTRAINT ledger_export_shelf_check CHECK (((length(shelf) >= 1) AND (length(shelf) <= 40))),
    CONSTRAINT ledger_export_sort_check CHECK ((sort = ANY (ARRAY['registered'::text, 'name'::text, 'number'::text]))),
    CONSTRAINT ledger_export_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'ready'::text, 'fetched'::text, 'expired'::text, 'failed'::text])))
);

ALTER TABLE public.ledger_export ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_export_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_import (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    name text NOT NULL,
    hash text NOT NULL,
    size bigint NOT NULL,
    shelf text,
    heads text[] NOT NULL,
    columns text[] NOT NULL,
    state text NOT NULL,
    uploaded_by bigint NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    started_by bigint,
    address text DEFAULT ''::text NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    done_row integer DEFAULT 0 NOT NULL,
    percent smallint DEFAULT 0 NOT NULL,
    files integer DEFAULT 0 NOT NULL,
    taken integer DEFAULT 0 NOT NULL,
    known integer DEFAULT 0 NOT NULL,
    bad integer DEFAULT 0 NOT NULL,
    held integer DEFAULT 0 NOT NULL,
    undone integer DEFAULT 0 NOT NULL,
    undo_below bigint DEFAULT 0 NOT NULL,
    fault jsonb,
    worker text,
    beat_at timestamp with time zone,
    tries smallint DEFAULT 0 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    sheet text DEFAULT ''::text NOT NULL,
    until_on date,
    lenient boolean DEFAULT false NOT NULL,
    noted integer DEFAULT 0 NOT NULL,
    CONSTRAINT ledger_import_check CHECK ((cardinality(columns) = cardinality(heads))),
    CONSTRAINT ledger_import_check1 CHECK (((state = ANY (ARRAY['uploaded'::text, 'dropped'::text])) OR (started_by IS NOT NULL))),
    CONSTRAINT ledger_import_done_row_check CHECK ((done_row >= 0)),
    CONSTRAINT ledger_import_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT ledger_import_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT ledger_import_noted_check CHECK ((noted >= 0)),
    CONSTRAINT ledger_import_percent_check CHECK (((percent >= 0) AND (percent <= 100))),
    CONSTRAINT ledger_import_sheet_check CHECK ((length(sheet) <= 60)),
    CONSTRAINT ledger_import_shelf_check CHECK (((length(shelf) >= 1) AND (length(shelf) <= 40))),
    CONSTRAINT ledger_import_size_check CHECK ((size > 0)),
    CONSTRAINT ledger_import_state_check CHECK ((state = ANY (ARRAY['uploaded'::text, 'queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'undoing'::text, 'undone'::text, 'dropped'::text])))
);

ALTER TABLE public.ledger_import ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_mapping (
    org_id bigint NOT NULL,
    heads bytea NOT NULL,
    columns text[] NOT NULL,
    used_by bigint NOT NULL,
    used_at timestamp with time zone NOT NULL,
    sheet text DEFAULT ''::text NOT NULL,
    CONSTRAINT ledger_mapping_heads_check CHECK ((length(heads) = 32)),
    CONSTRAINT ledger_mapping_sheet_check CHECK ((length(sheet) <= 60))
);

CREATE TABLE public.ledger_origin (
    file_id bigint NOT NULL,
    import_id bigint NOT NULL,
    "row" integer NOT NULL,
    old_number text DEFAULT ''::text NOT NULL,
    old_category text DEFAULT ''::text NOT NULL,
    old_on date,
    monthly_fen bigint,
    aid_fen bigint,
    remark text DEFAULT ''::text NOT NULL,
    undone_at timestamp with time zone,
    yearly_fen bigint,
    CONSTRAINT ledger_origin_aid_fen_check CHECK (((aid_fen >= 0) AND (aid_fen <= '10000000000000'::bigint))),
    CONSTRAINT ledger_origin_monthly_fen_check CHECK (((monthly_fen >= 0) AND (monthly_fen <= '10000000000000'::bigint))),
    CONSTRAINT ledger_origin_old_category_check CHECK ((length(old_category) <= 60)),
    CONSTRAINT ledger_origin_old_number_check CHECK ((length(old_number) <= 60)),
    CONSTRAINT ledger_origin_remark_check CHECK ((length(remark) <= 500)),
    CONSTRAINT ledger_origin_row_check CHECK (("row" > 0)),
    CONSTRAINT ledger_origin_yearly_fen_check CHECK (((yearly_fen >= 0) AND (yearly_fen <= '10000000000000'::bigint)))
);

CREATE TABLE public.ledger_row (
    import_id bigint NOT NULL,
    "row" integer NOT NULL,
    verdict text NOT NULL,
    faults jsonb,
    id_index bytea,
    household bytea,
    file_id bigint,
    notes jsonb,
    CONSTRAINT ledger_row_check CHECK (((verdict = ANY (ARRAY['taken'::text, 'known'::text])) = (file_id IS NOT NULL))),
    CONSTRAINT ledger_row_check1 CHECK (((verdict = ANY (ARRAY['bad'::text, 'held'::text])) = (faults IS NOT NULL))),
    CONSTRAINT ledger_row_household_check CHECK ((length(household) = 32)),
    CONSTRAINT ledger_row_id_index_check CHECK ((length(id_index) = 32)),
    CONSTRAINT ledger_row_noted CHECK (((notes IS NULL) OR (verdict = 'taken'::text))),
    CONSTRAINT ledger_row_row_check CHECK (("row" > 0)),
    CONSTRAINT ledger_row_verdict_check CHECK ((verdict = ANY (ARRAY['taken'::text, 'known'::text, 'bad'::text, 'held'::text])))
);

CREATE TABLE public.move_batch (
    id bigint NOT NULL,
    act text NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    done_by bigint NOT NULL,
    done_at timestamp with time zone NOT NULL,
    files integer NOT NULL,
    CONSTRAINT move_batch_act_check CHECK ((act = ANY (ARRAY['ask'::text, 'agree'::text, 'receive'::text]))),
    CONSTRAINT move_batch_files_check CHECK (((files >= 1) AND (files <= 200)))
);

ALTER TABLE public.move_batch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.move_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.move_move (
    id bigint NOT NULL,
    kind text NOT NULL,
    file_id bigint NOT NULL,
    from_org bigint NOT NULL,
    from_path text NOT NULL,
    to_org bigint,
    to_path text,
    other_id bigint,
    state text NOT NULL,
    why text NOT NULL,
    reason text NOT NULL,
    evidence_id bigint,
    people bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    relations text[] DEFAULT '{}'::text[] NOT NULL,
    before integer NOT NULL,
    after integer,
    other_after integer,
    handed jsonb,
    carried_in xid8,
    asked_by bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_by bigint,
    decided_at timestamp with time zone,
    opinion text,
    received_by bigint,
    received_at timestamp with time zone,
    answer text,
    CONSTRAINT move_move_answer_check CHECK ((length(answer) <= 500)),
    CONSTRAINT move_move_check CHECK ((((kind = 'transfer'::text) = (to_org IS NOT NULL)) AND ((to_org IS NULL) = (to_path IS NULL)) AND (to_org <> from_org))),
    CONSTRAINT move_move_check1 CHECK (((kind <> 'merge'::text) OR ((other_id IS NOT NULL) AND (other_id <> file_id)))),
    CONSTRAINT move_move_check2 CHECK (((cardinality(people) = cardinality(relations)) AND ((kind = 'transfer'::text) = (cardinality(people) = 0)))),
    CONSTRAINT move_move_check3 CHECK ((((decided_by IS NULL) = (decided_at IS NULL)) AND ((received_by IS NULL) = (received_at IS NULL)))),
    CONSTRAINT move_move_check4 CHECK (((state <> ALL (ARRAY['agreed'::text, 'done'::text, 'rejected'::text, 'refused'::text])) OR (decided_by IS NOT NULL))),
    CONSTRAINT move_move_check5 CHECK ((((state = 'refused'::text) OR ((state = 'done'::text) AND (kind = 'transfer'::text))) = (received_by IS NOT NULL))),
    CONSTRAINT move_move_check6 CHECK (((state <> 'rejected'::text) OR (opinion IS NOT NULL))),
    CONSTRAINT move_move_check7 CHECK (((state <> 'refused'::text) OR (answer IS NOT NULL))),
    CONSTRAINT move_move_check8 CHECK (((state = 'done'::text) = (after IS NOT NULL))),
    CONSTRAINT move_move_check9 CHECK ((((state = 'done'::text) AND (kind = 'transfer'::text)) = (handed IS NOT NULL))),
    CONSTRAINT move_move_kind_check CHECK ((kind = ANY (ARRAY['transfer'::text, 'split'::text, 'merge'::text]))),
    CONSTRAINT move_move_opinion_check CHECK ((length(opinion) <= 500)),
    CONSTRAINT move_move_reason_check CHECK (((length(reason) >= 2) AND (length(reason) <= 500))),
    CONSTRAINT move_move_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'agreed'::text, 'done'::text, 'rejected'::text, 'refused'::text, 'withdrawn'::text]))),
    CONSTRAINT move_move_why_check CHECK ((why = ANY (ARRAY['employer_changed'::text, 'employer_dissolved'::text, 'household_moved'::text, 'divorced'::text, 'married'::text, 'grown'::text, 'apart'::text, 'twice'::text, 'moved_in'::text, 'other'::text]))),
    CONSTRAINT move_three_people CHECK (((decided_by <> asked_by) AND (received_by <> asked_by) AND (received_by <> decided_by)))
);

ALTER TABLE public.move_move ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.move_move_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.move_verdict (
    batch_id bigint NOT NULL,
    place integer NOT NULL,
    file_id bigint,
    move_id bigint,
    refusal text,
    args jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT move_verdict_check CHECK (((refusal IS NOT NULL) OR (move_id IS NOT NULL))),
    CONSTRAINT move_verdict_place_check CHECK (((place >= 1) AND (place <= 200)))
);

CREATE TABLE public.nomination_nomination (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    to_org_id bigint NOT NULL,
    name text NOT NULL,
    id_sealed bytea,
    id_index bytea,
    phone_sealed bytea,
    employer text NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    cause smallint NOT NULL,
    happened text NOT NULL,
    papers text[] DEFAULT '{}'::text[] NOT NULL,
    state text NOT NULL,
    made_by bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    due_on date NOT NULL,
    reason text,
    file_id bigint,
    answered_by bigint,
    answered_at timestamp with time zone,
    erased_at timestamp with time zone,
    CONSTRAINT nomination_accepted CHECK (((state = 'accepted'::text) = (file_id IS NOT NULL))),
    CONSTRAINT nomination_answered_by CHECK ((((state = ANY (ARRAY['waiting'::text, 'lapsed'::text])) = (answered_at IS NULL)) AND ((answered_by IS NULL) = (answered_at IS NULL)))),
    CONSTRAINT nomination_declined CHECK (((state = ANY (ARRAY['declined'::text, 'withdrawn'::text])) = (reason IS NOT NULL))),
    CONSTRAINT nomination_lapsed CHECK (((state <> 'lapsed'::text) OR (erased_at IS NOT NULL))),
    CONSTRAINT nomination_nomination_address_check CHECK ((length(address) <= 120)),
    CONSTRAINT nomination_nomination_cause_check CHECK (((cause >= 1) AND (cause <= 10))),
    CONSTRAINT nomination_nomination_employer_check CHECK (((length(employer) >= 2) AND (length(employer) <= 80))),
    CONSTRAINT nomination_nomination_happened_check CHECK (((length(happened) >= 2) AND (length(happened) <= 1000))),
    CONSTRAINT nomination_nomination_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
    CONSTRAINT nomination_nomination_papers_check CHECK ((cardinality(papers) <= 20)),
    CONSTRAINT nomination_nomination_reason_check CHECK (((length(reason) >= 2) AND (length(reason) <= 500))),
    CONSTRAINT nomination_nomination_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text, 'lapsed'::text]))),
    CONSTRAINT nomination_numbers CHECK ((((erased_at IS NULL) = (id_sealed IS NOT NULL)) AND ((erased_at IS NULL) = (id_index IS NOT NULL)) AND ((erased_at IS NULL) OR (phone_sealed IS NULL)))),
    CONSTRAINT nomination_two_people CHECK (((state = 'withdrawn'::text) OR (answered_by IS DISTINCT FROM made_by)))
);

ALTER TABLE public.nomination_nomination ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.nomination_nomination_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notice_notice (
    id bigint NOT NULL,
    subject text NOT NULL,
    file_id bigint NOT NULL,
    round integer NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    state text NOT NULL,
    days integer NOT NULL,
    working boolean NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    place text NOT NULL,
    published_by bigint NOT NULL,
    published_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT notice_first_day CHECK ((((starts_on - ((published_at AT TIME ZONE 'Asia/Shanghai'::text))::date) >= 0) AND ((starts_on - ((published_at AT TIME ZONE 'Asia/Shanghai'::text))::date) <= 1))),
    CONSTRAINT notice_notice_check CHECK ((ends_on >= starts_on)),
    CONSTRAINT notice_notice_check1 CHECK (((state = ANY (ARRAY['ended'::text, 'interrupted'::text, 'upheld'::text])) = (closed_at IS NOT NULL))),
    CONSTRAINT notice_notice_check2 CHECK ((working OR (ends_on = (starts_on + (days - 1))))),
    CONSTRAINT notice_notice_check3 CHECK (((state <> 'ended'::text) OR (closed_at >= (((ends_on + 1))::timestamp without time zone AT TIME ZONE 'Asia/Shanghai'::text)))),
    CONSTRAINT notice_notice_days_check CHECK (((days >= 1) AND (days <= 60))),
    CONSTRAINT notice_notice_place_check CHECK (((length(place) >= 2) AND (length(place) <= 120))),
    CONSTRAINT notice_notice_round_check CHECK ((round > 0)),
    CONSTRAINT notice_notice_state_check CHECK ((state = ANY (ARRAY['open'::text, 'objected'::text, 'ended'::text, 'interrupted'::text, 'upheld'::text]))),
    CONSTRAINT notice_notice_subject_check CHECK ((subject = 'file'::text))
);

ALTER TABLE public.notice_notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notice_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notice_objection (
    id bigint NOT NULL,
    notice_id bigint NOT NULL,
    receipt text NOT NULL,
    channel text NOT NULL,
    said bytea NOT NULL,
    contact bytea,
    received_at timestamp with time zone NOT NULL,
    entered_by bigint,
    state text NOT NULL,
    reason text,
    closed_by bigint,
    closed_at timestamp with time zone,
    visit_id bigint,
    CONSTRAINT notice_objection_channel_check CHECK ((channel = ANY (ARRAY['web'::text, 'desk'::text, 'phone'::text, 'letter'::text]))),
    CONSTRAINT notice_objection_check CHECK (
CASE state
    WHEN 'open'::text THEN (num_nonnulls(closed_at, closed_by, reason, visit_id) = 0)
    ELSE (num_nonnulls(closed_at, closed_by, reason, visit_id) = 4)
END),
    CONSTRAINT notice_objection_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000))),
    CONSTRAINT notice_objection_receipt_check CHECK (((length(receipt) >= 8) AND (length(receipt) <= 20))),
    CONSTRAINT notice_objection_state_check CHECK ((state = ANY (ARRAY['open'::text, 'unfounded'::text, 'upheld'::text])))
);

ALTER TABLE public.notice_objection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notice_objection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notice_public (
    id bigint NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    category text NOT NULL,
    cause text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    phone text NOT NULL,
    shown boolean DEFAULT true NOT NULL,
    relative boolean DEFAULT false NOT NULL,
    CONSTRAINT notice_public_category_check CHECK ((category = ANY (ARRAY['severe'::text, 'relative'::text, 'accident'::text, 'allowance_household'::text, 'edge_household'::text, 'accident_household'::text, 'on_allowance'::text, 'without_allowance'::text, 'above_line'::text, 'extreme'::text, 'poor'::text, 'provincial_auxiliary'::text, 'city_auxiliary'::text]))),
    CONSTRAINT notice_public_cause_check CHECK ((cause = ANY (ARRAY['illness'::text, 'schooling'::text, 'work'::text, 'disaster'::text, 'insurance'::text, 'other'::text]))),
    CONSTRAINT notice_public_name_check CHECK (((name ~~ '%*%'::text) AND ((length(name) >= 1) AND (length(name) <= 40)))),
    CONSTRAINT notice_public_unit_check CHECK ((length(unit) <= 80))
);

ALTER TABLE public.notice_public ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notice_public_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notice_shown (
    public_id bigint NOT NULL,
    notice_id bigint NOT NULL
);

CREATE TABLE public.payment_answer (
    id bigint NOT NULL,
    batch_id bigint NOT NULL,
    hash bytea NOT NULL,
    paid integer NOT NULL,
    failed integer NOT NULL,
    staff_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT payment_answer_hash_check CHECK ((length(hash) = 32))
);

ALTER TABLE public.payment_answer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.payment_batch (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    number text NOT NULL,
    state text NOT NULL,
    format_id bigint NOT NULL,
    lines integer NOT NULL,
    total_fen bigint NOT NULL,
    file bytea,
    file_hash bytea,
    made_by bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    released_by bigint,
    released_at timestamp with time zone,
    CONSTRAINT payment_batch_check CHECK (((state = ANY (ARRAY['released'::text, 'closed'::text])) = ((released_by IS NOT NULL) AND (released_at IS NOT NULL) AND (file IS NOT NULL) AND (file_hash IS NOT NULL)))),
    CONSTRAINT payment_batch_file_hash_check CHECK ((length(file_hash) = 32)),
    CONSTRAINT payment_batch_lines_check CHECK ((lines > 0)),
    CONSTRAINT payment_batch_number_check CHECK ((length(number) <= 40)),
    CONSTRAINT payment_batch_state_check CHECK ((state = ANY (ARRAY['made'::text, 'released'::text, 'closed'::text, 'cancelled'::text]))),
    CONSTRAINT payment_batch_total_fen_check CHECK ((total_fen > 0)),
    CONSTRAINT payment_two_people CHECK ((released_by <> made_by))
);

ALTER TABLE public.payment_batch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.payment_format (
    id bigint NOT NULL,
    name text NOT NULL,
    encoding text NOT NULL,
    columns text[] NOT NULL,
    header boolean DEFAULT true NOT NULL,
    active boolean DEFAULT true NOT NULL,
    made_by bigint,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT payment_format_columns_check CHECK (((cardinality(columns) >= 4) AND (cardinality(columns) <= 12))),
    CONSTRAINT payment_format_encoding_check CHECK ((encoding = ANY (ARRAY['utf-8'::text, 'gb18030'::text]))),
    CONSTRAINT payment_format_name_check CHECK (((length(name) >= 2) AND (length(name) <= 60)))
);

ALTER TABLE public.payment_format ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_format_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.payment_line (
    id bigint NOT NULL,
    batch_id bigint NOT NULL,
    seq integer NOT NULL,
    payable_id bigint NOT NULL,
    attempt integer NOT NULL,
    reference text NOT NULL,
    amount_fen bigint NOT NULL,
    card_id bigint NOT NULL,
    state text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    answer_id bigint,
    CONSTRAINT payment_line_amount_fen_check CHECK ((amount_fen > 0)),
    CONSTRAINT payment_line_answered CHECK (((state = ANY (ARRAY['paid'::text, 'failed'::text])) = (answer_id IS NOT NULL))),
    CONSTRAINT payment_line_attempt_check CHECK ((attempt > 0)),
    CONSTRAINT payment_line_reason_check CHECK ((length(reason) <= 400)),
    CONSTRAINT payment_line_reference_check CHECK ((length(reference) <= 40)),
    CONSTRAINT payment_line_seq_check CHECK ((seq > 0)),
    CONSTRAINT payment_line_state_check CHECK ((state = ANY (ARRAY['open'::text, 'paid'::text, 'failed'::text, 'cancelled'::text])))
);

ALTER TABLE public.payment_line ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.payment_payable (
    id bigint NOT NULL,
    application_id bigint NOT NULL,
    file_id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    account_id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    card_id bigint NOT NULL,
    state text NOT NULL,
    attempt integer DEFAULT 1 NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT payment_payable_amount_fen_check CHECK ((amount_fen > 0)),
    CONSTRAINT payment_payable_attempt_check CHECK (((attempt >= 1) AND (attempt <= 50))),
    CONSTRAINT payment_payable_reason_check CHECK ((length(reason) <= 1000)),
    CONSTRAINT payment_payable_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'refused'::text, 'batched'::text, 'failed'::text, 'paid'::text, 'revoked'::text])))
);

ALTER TABLE public.payment_payable ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_payable_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.payment_refusal (
    id bigint NOT NULL,
    payable_id bigint NOT NULL,
    act text NOT NULL,
    reason text NOT NULL,
    staff_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT payment_refusal_act_check CHECK ((act = ANY (ARRAY['refuse'::text, 'restore'::text, 'card'::text, 'retry'::text]))),
    CONSTRAINT payment_refusal_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000)))
);

ALTER TABLE public.payment_refusal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_refusal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.payment_revocation (
    payable_id bigint NOT NULL,
    reason text NOT NULL,
    staff_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT payment_revocation_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000)))
);

CREATE TABLE public.plan_measure (
    id bigint NOT NULL,
    plan_id bigint NOT NULL,
    cause smallint NOT NULL,
    batch text NOT NULL,
    what text NOT NULL,
    responsible text NOT NULL,
    due_on date NOT NULL,
    expected text NOT NULL,
    state text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    moved_by bigint,
    moved_at timestamp with time zone,
    CONSTRAINT plan_measure_batch_check CHECK ((batch = ANY (ARRAY['work'::text, 'insurance'::text, 'relief'::text, 'union'::text]))),
    CONSTRAINT plan_measure_cause_check CHECK (((cause >= 1) AND (cause <= 10))),
    CONSTRAINT plan_measure_check CHECK (((state = ANY (ARRAY['planned'::text, 'doing'::text])) OR (note <> ''::text))),
    CONSTRAINT plan_measure_expected_check CHECK (((length(expected) >= 2) AND (length(expected) <= 400))),
    CONSTRAINT plan_measure_note_check CHECK ((length(note) <= 1000)),
    CONSTRAINT plan_measure_responsible_check CHECK (((length(responsible) >= 2) AND (length(responsible) <= 40))),
    CONSTRAINT plan_measure_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'doing'::text, 'done'::text, 'dropped'::text]))),
    CONSTRAINT plan_measure_what_check CHECK (((length(what) >= 2) AND (length(what) <= 400)))
);

ALTER TABLE public.plan_measure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plan_measure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.plan_plan (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    target text NOT NULL,
    goal text NOT NULL,
    exit_on date NOT NULL,
    responsible text NOT NULL,
    contact text NOT NULL,
    made_by bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    replaced_at timestamp with time zone,
    CONSTRAINT plan_plan_contact_check CHECK (((length(contact) >= 2) AND (length(contact) <= 40))),
    CONSTRAINT plan_plan_goal_check CHECK (((length(goal) >= 2) AND (length(goal) <= 1000))),
    CONSTRAINT plan_plan_responsible_check CHECK (((length(responsible) >= 2) AND (length(responsible) <= 40))),
    CONSTRAINT plan_plan_target_check CHECK ((target = ANY (ARRAY['allowance'::text, 'below_line'::text, 'spending'::text, 'migrant'::text, 'restructured'::text, 'other'::text])))
);

ALTER TABLE public.plan_plan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plan_plan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reading_file (
    staff_id bigint NOT NULL,
    hour timestamp with time zone NOT NULL,
    file_id bigint NOT NULL,
    times integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    CONSTRAINT reading_file_file_id_check CHECK ((file_id > 0)),
    CONSTRAINT reading_file_staff_id_check CHECK ((staff_id > 0)),
    CONSTRAINT reading_file_times_check CHECK ((times > 0)),
    CONSTRAINT reading_within CHECK ((((EXTRACT(epoch FROM hour) % (3600)::numeric) = (0)::numeric) AND (first_at >= hour) AND (last_at >= first_at) AND ((EXTRACT(epoch FROM last_at) - EXTRACT(epoch FROM hour)) < (3600)::numeric)))
);

CREATE TABLE public.reading_hour (
    staff_id bigint NOT NULL,
    hour timestamp with time zone NOT NULL,
    files integer NOT NULL,
    searches integer NOT NULL,
    unusual_at timestamp with time zone,
    braked_at timestamp with time zone,
    CONSTRAINT reading_braked CHECK (((braked_at IS NULL) OR (unusual_at IS NOT NULL))),
    CONSTRAINT reading_hour_files_check CHECK ((files >= 0)),
    CONSTRAINT reading_hour_hour_check CHECK (((EXTRACT(epoch FROM hour) % (3600)::numeric) = (0)::numeric)),
    CONSTRAINT reading_hour_searches_check CHECK ((searches >= 0))
);

CREATE TABLE public.referral_event (
    id bigint NOT NULL,
    referral_id bigint NOT NULL,
    act text NOT NULL,
    on_day date NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    next_on date,
    done_by bigint NOT NULL,
    done_at timestamp with time zone NOT NULL,
    CONSTRAINT referral_event_act_check CHECK ((act = ANY (ARRAY['draft'::text, 'send'::text, 'receive'::text, 'grant'::text, 'refuse'::text, 'return'::text, 'follow'::text, 'close'::text, 'withdraw'::text]))),
    CONSTRAINT referral_event_note_check CHECK ((length(note) <= 1000))
);

ALTER TABLE public.referral_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.referral_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.referral_number (
    org_id bigint NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT referral_number_last_check CHECK ((last > 0)),
    CONSTRAINT referral_number_year_check CHECK (((year >= 2000) AND (year <= 2200)))
);

CREATE TABLE public.referral_paper (
    referral_id bigint NOT NULL,
    evidence_id bigint NOT NULL
);

CREATE TABLE public.referral_reception (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    came_on date NOT NULL,
    name text NOT NULL,
    phone_sealed bytea,
    kind text NOT NULL,
    asked text NOT NULL,
    office text NOT NULL,
    number text NOT NULL,
    due_on date NOT NULL,
    state text NOT NULL,
    answered_on date,
    answer text DEFAULT ''::text NOT NULL,
    follow_on date,
    closed_on date,
    file_id bigint,
    made_by bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT reception_answered CHECK ((((answered_on IS NULL) = (answer = ''::text)) AND ((state <> 'waiting'::text) OR (answered_on IS NULL)) AND ((state <> 'answered'::text) OR (answered_on IS NOT NULL)) AND (answered_on >= came_on))),
    CONSTRAINT reception_closed CHECK (((state = 'closed'::text) = (closed_on IS NOT NULL))),
    CONSTRAINT reception_due CHECK ((due_on > came_on)),
    CONSTRAINT reception_phone CHECK (((erased_at IS NULL) = (phone_sealed IS NOT NULL))),
    CONSTRAINT referral_reception_answer_check CHECK ((length(answer) <= 1000)),
    CONSTRAINT referral_reception_asked_check CHECK (((length(asked) >= 2) AND (length(asked) <= 1000))),
    CONSTRAINT referral_reception_kind_check CHECK ((kind = ANY (ARRAY['allowance'::text, 'destitute'::text, 'disaster'::text, 'education'::text, 'housing'::text, 'employment'::text, 'temporary'::text, 'medical'::text, 'mutual_aid'::text, 'red_cross'::text, 'love_hospital'::text, 'pension_gap'::text, 'work_injury'::text, 'wage_arrears'::text]))),
    CONSTRAINT referral_reception_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
    CONSTRAINT referral_reception_number_check CHECK ((length(number) <= 60)),
    CONSTRAINT referral_reception_office_check CHECK (((length(office) >= 2) AND (length(office) <= 80))),
    CONSTRAINT referral_reception_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'answered'::text, 'closed'::text])))
);

CREATE TABLE public.referral_reception_event (
    id bigint NOT NULL,
    reception_id bigint NOT NULL,
    act text NOT NULL,
    on_day date NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    next_on date,
    done_by bigint NOT NULL,
    done_at timestamp with time zone NOT NULL,
    CONSTRAINT referral_reception_event_act_check CHECK ((act = ANY (ARRAY['register'::text, 'answer'::text, 'follow'::text, 'close'::text, 'file'::text]))),
    CONSTRAINT referral_reception_event_note_check CHECK ((length(note) <= 1000))
);

ALTER TABLE public.referral_reception_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.referral_reception_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.referral_reception ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.referral_reception_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.referral_referral (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    person_id bigint,
    person_name text NOT NULL,
    kind text NOT NULL,
    origin text NOT NULL,
    state text NOT NULL,
    office text NOT NULL,
    contact text DEFAULT ''::text NOT NULL,
    phone text DEFAULT ''::text NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    reason text NOT NULL,
    owed_fen bigint DEFAULT 0 NOT NULL,
    owed_since date,
    number text,
    consent_on date,
    sent_on date,
    due_on date,
    answered_on date,
    outcome text,
    monthly_fen bigint DEFAULT 0 NOT NULL,
    once_fen bigint DEFAULT 0 NOT NULL,
    from_on date,
    answer text DEFAULT ''::text NOT NULL,
    follow_on date,
    made_by bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT referral_consent CHECK (((state = ANY (ARRAY['draft'::text, 'withdrawn'::text])) OR ((consent_on IS NOT NULL) AND (sent_on IS NOT NULL) AND (due_on IS NOT NULL) AND (number IS NOT NULL) AND (consent_on <= sent_on)))),
    CONSTRAINT referral_from CHECK (((monthly_fen = 0) OR (from_on IS NOT NULL))),
    CONSTRAINT referral_granted CHECK (((outcome IS DISTINCT FROM 'granted'::text) OR (monthly_fen > 0) OR (once_fen > 0) OR (answer <> ''::text))),
    CONSTRAINT referral_outcome CHECK (
CASE
    WHEN (state = ANY (ARRAY['granted'::text, 'refused'::text])) THEN (NOT (outcome IS DISTINCT FROM state))
    WHEN (state = 'closed'::text) THEN (outcome IS NOT NULL)
    ELSE (outcome IS NULL)
END),
    CONSTRAINT referral_referral_address_check CHECK ((length(address) <= 120)),
    CONSTRAINT referral_referral_answer_check CHECK ((length(answer) <= 1000)),
    CONSTRAINT referral_referral_contact_check CHECK ((length(contact) <= 40)),
    CONSTRAINT referral_referral_kind_check CHECK ((kind = ANY (ARRAY['allowance'::text, 'destitute'::text, 'disaster'::text, 'education'::text, 'housing'::text, 'employment'::text, 'temporary'::text, 'medical'::text, 'mutual_aid'::text, 'red_cross'::text, 'love_hospital'::text, 'pension_gap'::text, 'work_injury'::text, 'wage_arrears'::text]))),
    CONSTRAINT referral_referral_monthly_fen_check CHECK (((monthly_fen >= 0) AND (monthly_fen <= '10000000000000'::bigint))),
    CONSTRAINT referral_referral_number_check CHECK ((length(number) <= 60)),
    CONSTRAINT referral_referral_office_check CHECK (((length(office) >= 2) AND (length(office) <= 80))),
    CONSTRAINT referral_referral_once_fen_check CHECK (((once_fen >= 0) AND (once_fen <= '10000000000000'::bigint))),
    CONSTRAINT referral_referral_origin_check CHECK ((origin = ANY (ARRAY['request'::text, 'visit'::text, 'petition'::text, 'list'::text]))),
    CONSTRAINT referral_referral_outcome_check CHECK ((outcome = ANY (ARRAY['granted'::text, 'refused'::text]))),
    CONSTRAINT referral_referral_owed_fen_check CHECK (((owed_fen >= 0) AND (owed_fen <= '10000000000000'::bigint))),
    CONSTRAINT referral_referral_person_name_check CHECK (((length(person_name) >= 1) AND (length(person_name) <= 40))),
    CONSTRAINT referral_referral_phone_check CHECK ((length(phone) <= 30)),
    CONSTRAINT referral_referral_reason_check CHECK (((length(reason) >= 2) AND (length(reason) <= 1000))),
    CONSTRAINT referral_referral_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'sent'::text, 'received'::text, 'returned'::text, 'granted'::text, 'refused'::text, 'closed'::text, 'withdrawn'::text])))
);

ALTER TABLE public.referral_referral ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.referral_referral_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.referral_uncovered (
    file_id bigint NOT NULL,
    monthly_fen bigint NOT NULL,
    income_fen bigint NOT NULL,
    people integer NOT NULL,
    judged_at timestamp with time zone NOT NULL,
    CONSTRAINT referral_uncovered_people_check CHECK ((people > 0))
);

CREATE TABLE public.retention_aid (
    file_id bigint NOT NULL,
    purpose text NOT NULL,
    grants integer NOT NULL,
    amount_fen bigint NOT NULL,
    CONSTRAINT retention_aid_amount_fen_check CHECK ((amount_fen > 0)),
    CONSTRAINT retention_aid_grants_check CHECK ((grants > 0))
);

CREATE TABLE public.retention_batch (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    name text NOT NULL,
    basis text NOT NULL,
    closed_until date NOT NULL,
    state text NOT NULL,
    files integer NOT NULL,
    proposed_by bigint NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    opinion text,
    decided_by bigint,
    decided_at timestamp with time zone,
    done_at timestamp with time zone,
    CONSTRAINT retention_batch_basis_check CHECK (((length(basis) >= 2) AND (length(basis) <= 500))),
    CONSTRAINT retention_batch_check CHECK (((state = ANY (ARRAY['agreed'::text, 'refused'::text, 'done'::text])) = (num_nonnulls(opinion, decided_by, decided_at) = 3))),
    CONSTRAINT retention_batch_check1 CHECK ((num_nonnulls(opinion, decided_by, decided_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT retention_batch_check2 CHECK (((state = 'done'::text) = (done_at IS NOT NULL))),
    CONSTRAINT retention_batch_files_check CHECK (((files >= 1) AND (files <= 500))),
    CONSTRAINT retention_batch_name_check CHECK (((length(name) >= 2) AND (length(name) <= 80))),
    CONSTRAINT retention_batch_opinion_check CHECK (((length(opinion) >= 1) AND (length(opinion) <= 500))),
    CONSTRAINT retention_batch_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'agreed'::text, 'refused'::text, 'withdrawn'::text, 'done'::text]))),
    CONSTRAINT retention_two_people CHECK ((decided_by <> proposed_by))
);

ALTER TABLE public.retention_batch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.retention_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.retention_blob (
    hash text NOT NULL,
    listed_at timestamp with time zone NOT NULL,
    CONSTRAINT retention_blob_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE public.retention_erased (
    file_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    number text NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    ended text NOT NULL,
    reason text NOT NULL,
    registered_on date NOT NULL,
    activated_on date,
    closed_on date NOT NULL,
    term_until date NOT NULL,
    category text NOT NULL,
    cause smallint NOT NULL,
    people integer NOT NULL,
    papers integer NOT NULL,
    bytes bigint NOT NULL,
    versions integer NOT NULL,
    prints integer NOT NULL,
    visits integer NOT NULL,
    entries integer NOT NULL,
    erased_at timestamp with time zone NOT NULL
);

CREATE TABLE public.retention_hold (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    placed_by bigint NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    lifted_by bigint,
    lifted_at timestamp with time zone,
    lifted_why text,
    CONSTRAINT retention_hold_check CHECK ((num_nonnulls(lifted_by, lifted_at, lifted_why) = ANY (ARRAY[0, 3]))),
    CONSTRAINT retention_hold_kind_check CHECK ((kind = ANY (ARRAY['litigation'::text, 'audit'::text, 'inspection'::text]))),
    CONSTRAINT retention_hold_lifted_why_check CHECK (((length(lifted_why) >= 2) AND (length(lifted_why) <= 500))),
    CONSTRAINT retention_hold_reason_check CHECK (((length(reason) >= 2) AND (length(reason) <= 500))),
    CONSTRAINT retention_hold_two_people CHECK ((lifted_by <> placed_by))
);

ALTER TABLE public.retention_hold ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.retention_hold_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.retention_item (
    batch_id bigint NOT NULL,
    file_id bigint NOT NULL,
    state text NOT NULL,
    why text,
    ended_at timestamp with time zone,
    erasing xid8,
    failed_at timestamp with time zone,
    CONSTRAINT retention_item_check CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
    CONSTRAINT retention_item_check1 CHECK (((state = 'kept'::text) = (why IS NOT NULL))),
    CONSTRAINT retention_item_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'erased'::text, 'kept'::text]))),
    CONSTRAINT retention_item_why_check CHECK ((length(why) <= 40))
);

CREATE TABLE public.review_result (
    round_id bigint NOT NULL,
    file_id bigint NOT NULL,
    org_id bigint NOT NULL,
    outcome text NOT NULL,
    state text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    papers_agree boolean NOT NULL,
    agree_by date,
    agreed_at timestamp with time zone,
    agreed_by bigint,
    reviewed_by bigint NOT NULL,
    reviewed_at timestamp with time zone NOT NULL,
    confirmed_by bigint,
    confirmed_at timestamp with time zone,
    remark text,
    CONSTRAINT review_confirmed CHECK (
CASE state
    WHEN 'to_confirm'::text THEN ((confirmed_by IS NULL) AND (outcome = 'category'::text))
    WHEN 'rejected'::text THEN (confirmed_by IS NOT NULL)
    ELSE ((outcome <> 'category'::text) OR (confirmed_by IS NOT NULL))
END),
    CONSTRAINT review_result_check CHECK (((outcome = 'unchanged'::text) OR (note <> ''::text))),
    CONSTRAINT review_result_check1 CHECK ((papers_agree = (agree_by IS NULL))),
    CONSTRAINT review_result_check2 CHECK (((num_nonnulls(agreed_at, agreed_by) = ANY (ARRAY[0, 2])) AND ((agreed_at IS NULL) OR (NOT papers_agree)))),
    CONSTRAINT review_result_check3 CHECK ((num_nonnulls(confirmed_by, confirmed_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT review_result_note_check CHECK ((length(note) <= 1000)),
    CONSTRAINT review_result_outcome_check CHECK ((outcome = ANY (ARRAY['unchanged'::text, 'change'::text, 'category'::text, 'exit'::text, 'cancel'::text]))),
    CONSTRAINT review_result_remark_check CHECK ((length(remark) <= 1000)),
    CONSTRAINT review_result_state_check CHECK ((state = ANY (ARRAY['done'::text, 'to_confirm'::text, 'rejected'::text]))),
    CONSTRAINT review_two_people CHECK ((confirmed_by <> reviewed_by))
);

CREATE TABLE public.review_round (
    id bigint NOT NULL,
    kind text NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    from_on date NOT NULL,
    until_on date NOT NULL,
    opened_by bigint NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_by bigint,
    closed_at timestamp with time zone,
    CONSTRAINT review_round_check CHECK ((until_on >= from_on)),
    CONSTRAINT review_round_check1 CHECK ((num_nonnulls(closed_by, closed_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT review_round_kind_check CHECK ((kind = ANY (ARRAY['half_year'::text, 'year'::text])))
);

ALTER TABLE public.review_round ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.review_round_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.review_training (
    from_on date NOT NULL,
    below_age smallint NOT NULL,
    child_from smallint NOT NULL,
    source text NOT NULL,
    CONSTRAINT review_training_below_age_check CHECK (((below_age >= 18) AND (below_age <= 70))),
    CONSTRAINT review_training_child_from_check CHECK (((child_from >= 14) AND (child_from <= 30))),
    CONSTRAINT review_training_source_check CHECK (((length(source) >= 2) AND (length(source) <= 200)))
);

CREATE TABLE public.review_unit (
    round_id bigint NOT NULL,
    org_id bigint NOT NULL,
    files integer NOT NULL,
    CONSTRAINT review_unit_files_check CHECK ((files > 0))
);

CREATE TABLE public.sessions (
    token text NOT NULL,
    data bytea NOT NULL,
    expiry timestamp with time zone NOT NULL
);

CREATE TABLE public.staff_attempt (
    username text NOT NULL,
    address text NOT NULL,
    failures integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    locked_until timestamp with time zone,
    CONSTRAINT staff_attempt_address_check CHECK ((length(address) <= 60)),
    CONSTRAINT staff_attempt_failures_check CHECK ((failures >= 0)),
    CONSTRAINT staff_attempt_username_check CHECK ((length(username) <= 40))
);

CREATE TABLE public.staff_body (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    CONSTRAINT staff_body_kind_check CHECK ((kind = ANY (ARRAY['group'::text, 'committee'::text]))),
    CONSTRAINT staff_body_name_check CHECK (((length(name) >= 2) AND (length(name) <= 60)))
);

ALTER TABLE public.staff_body ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_body_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_body_member (
    body_id bigint NOT NULL,
    staff_id bigint NOT NULL,
    head boolean DEFAULT false NOT NULL,
    since date NOT NULL,
    until date,
    CONSTRAINT staff_body_member_check CHECK ((until >= since))
);

CREATE TABLE public.staff_change (
    one boolean DEFAULT true NOT NULL,
    number bigint NOT NULL,
    CONSTRAINT staff_change_one_check CHECK (one)
);

CREATE TABLE public.staff_member (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    username text NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    must_change boolean DEFAULT false NOT NULL,
    once_until timestamp with time zone,
    active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT staff_member_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
    CONSTRAINT staff_member_password_hash_check CHECK ((password_hash ~~ '$argon2id$%'::text)),
    CONSTRAINT staff_member_username_check CHECK ((username ~ '^[a-z][a-z0-9._-]{1,30}$'::text))
);

ALTER TABLE public.staff_member ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_org (
    id bigint NOT NULL,
    parent_id bigint,
    level text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    district text NOT NULL,
    phone text NOT NULL,
    path text NOT NULL,
    CONSTRAINT staff_org_code_check CHECK ((code ~ '^[A-Z0-9]{2,12}$'::text)),
    CONSTRAINT staff_org_district_check CHECK ((district ~ '^[0-9]{6}$'::text)),
    CONSTRAINT staff_org_level_check CHECK ((level = ANY (ARRAY['province'::text, 'city'::text, 'county'::text, 'unit'::text]))),
    CONSTRAINT staff_org_name_check CHECK (((length(name) >= 2) AND (length(name) <= 60))),
    CONSTRAINT staff_org_phone_check CHECK ((length(phone) <= 30))
);

ALTER TABLE public.staff_org ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_org_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_relative (
    id bigint NOT NULL,
    staff_id bigint NOT NULL,
    relation text NOT NULL,
    name text NOT NULL,
    id_sealed bytea NOT NULL,
    id_index bytea NOT NULL,
    state text NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    decided_by bigint,
    decided_at timestamp with time zone,
    ended_by bigint,
    ended_at timestamp with time zone,
    note text,
    CONSTRAINT staff_relative_check CHECK (((state = 'declared'::text) = (decided_by IS NULL))),
    CONSTRAINT staff_relative_check1 CHECK (((decided_by IS NULL) = (decided_at IS NULL))),
    CONSTRAINT staff_relative_check2 CHECK (((state = 'ended'::text) = (ended_by IS NOT NULL))),
    CONSTRAINT staff_relative_check3 CHECK (((ended_by IS NULL) = (ended_at IS NULL))),
    CONSTRAINT staff_relative_check4 CHECK (((state = ANY (ARRAY['declared'::text, 'confirmed'::text])) OR (note IS NOT NULL))),
    CONSTRAINT staff_relative_id_index_check CHECK ((length(id_index) = 32)),
    CONSTRAINT staff_relative_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
    CONSTRAINT staff_relative_note_check CHECK ((length(note) <= 500)),
    CONSTRAINT staff_relative_relation_check CHECK ((relation = ANY (ARRAY['self'::text, 'spouse'::text, 'child'::text, 'parent'::text, 'sibling'::text, 'grandparent'::text, 'grandchild'::text, 'in_law'::text, 'other'::text]))),
    CONSTRAINT staff_relative_second CHECK (((decided_by IS DISTINCT FROM staff_id) AND (ended_by IS DISTINCT FROM staff_id))),
    CONSTRAINT staff_relative_state_check CHECK ((state = ANY (ARRAY['declared'::text, 'confirmed'::text, 'rejected'::text, 'ended'::text])))
);

ALTER TABLE public.staff_relative ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_relative_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_role (
    staff_id bigint NOT NULL,
    role text NOT NULL,
    granted_by bigint,
    granted_at timestamp with time zone NOT NULL,
    CONSTRAINT staff_role_role_check CHECK ((length(role) <= 30))
);

CREATE TABLE public.trial_change (
    run_id bigint NOT NULL,
    file_id bigint NOT NULL,
    org_path text NOT NULL,
    district text NOT NULL,
    before text NOT NULL,
    after text NOT NULL,
    effect text GENERATED ALWAYS AS (
CASE
    WHEN (before = ''::text) THEN 'enters'::text
    WHEN (after = ''::text) THEN 'leaves'::text
    ELSE 'changes'::text
END) STORED NOT NULL
);

CREATE TABLE public.trial_proposal (
    id bigint NOT NULL,
    kind text NOT NULL,
    district text,
    monthly_fen bigint,
    generation text,
    numbers jsonb,
    from_on date NOT NULL,
    source text NOT NULL,
    state text DEFAULT 'proposed'::text NOT NULL,
    entered_by bigint NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    decided_by bigint,
    decided_at timestamp with time zone,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT trial_proposal_check CHECK (((kind = 'line'::text) = ((district IS NOT NULL) AND (monthly_fen IS NOT NULL)))),
    CONSTRAINT trial_proposal_check1 CHECK (((kind = 'rule'::text) = ((generation IS NOT NULL) AND (numbers IS NOT NULL)))),
    CONSTRAINT trial_proposal_check2 CHECK (((state = 'proposed'::text) = (decided_by IS NULL))),
    CONSTRAINT trial_proposal_check3 CHECK (((decided_by IS NULL) = (decided_at IS NULL))),
    CONSTRAINT trial_proposal_district_check CHECK ((district ~ '^[0-9]{6}$'::text)),
    CONSTRAINT trial_proposal_generation_check CHECK ((generation = ANY (ARRAY['company'::text, 'allowance_status'::text, 'allowance_edge_accident'::text, 'severe_relative_accident'::text]))),
    CONSTRAINT trial_proposal_kind_check CHECK ((kind = ANY (ARRAY['line'::text, 'rule'::text]))),
    CONSTRAINT trial_proposal_monthly_fen_check CHECK (((monthly_fen >= 1) AND (monthly_fen <= 10000000))),
    CONSTRAINT trial_proposal_reason_check CHECK ((length(reason) <= 500)),
    CONSTRAINT trial_proposal_source_check CHECK (((length(source) >= 2) AND (length(source) <= 200))),
    CONSTRAINT trial_proposal_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'dropped'::text]))),
    CONSTRAINT trial_second CHECK (((state <> 'confirmed'::text) OR (decided_by <> entered_by)))
);

ALTER TABLE public.trial_proposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.trial_proposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.trial_run (
    id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    asked_by bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    beat_at timestamp with time zone,
    ended_at timestamp with time zone,
    total bigint DEFAULT 0 NOT NULL,
    done bigint DEFAULT 0 NOT NULL,
    without bigint DEFAULT 0 NOT NULL,
    ceiling_fen bigint DEFAULT 0 NOT NULL,
    result jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT trial_run_check CHECK (((done <= total) OR (ended_at IS NULL)))
);

ALTER TABLE public.trial_run ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.trial_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visit_finding (
    visit_id bigint NOT NULL,
    item text NOT NULL,
    agrees boolean NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT visit_finding_check CHECK ((agrees OR (note <> ''::text))),
    CONSTRAINT visit_finding_item_check CHECK ((length(item) <= 40)),
    CONSTRAINT visit_finding_note_check CHECK ((length(note) <= 1000))
);

CREATE TABLE public.visit_pick (
    sample_id bigint NOT NULL,
    "position" integer NOT NULL,
    file_id bigint NOT NULL,
    CONSTRAINT visit_pick_position_check CHECK (("position" > 0))
);

CREATE TABLE public.visit_plan (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    purpose text NOT NULL,
    aim text NOT NULL,
    from_on date NOT NULL,
    until_on date NOT NULL,
    led_by text NOT NULL,
    target jsonb NOT NULL,
    state text NOT NULL,
    made_by bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    trained boolean DEFAULT false NOT NULL,
    CONSTRAINT visit_plan_aim_check CHECK (((length(aim) >= 2) AND (length(aim) <= 1000))),
    CONSTRAINT visit_plan_check CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))),
    CONSTRAINT visit_plan_kind_check CHECK ((kind = ANY (ARRAY['census'::text, 'first'::text, 'half_year'::text, 'key'::text, 'second'::text, 'sample'::text, 'talk'::text]))),
    CONSTRAINT visit_plan_led_by_check CHECK (((length(led_by) >= 2) AND (length(led_by) <= 40))),
    CONSTRAINT visit_plan_name_check CHECK (((length(name) >= 2) AND (length(name) <= 80))),
    CONSTRAINT visit_plan_period CHECK (((until_on >= from_on) AND (until_on <= (from_on + 366)))),
    CONSTRAINT visit_plan_purpose CHECK ((purpose =
CASE kind
    WHEN 'first'::text THEN 'first'::text
    WHEN 'key'::text THEN 'key'::text
    WHEN 'second'::text THEN 'second'::text
    WHEN 'sample'::text THEN 'sample'::text
    ELSE 'review'::text
END)),
    CONSTRAINT visit_plan_purpose_check CHECK ((purpose = ANY (ARRAY['first'::text, 'review'::text, 'key'::text, 'second'::text, 'sample'::text]))),
    CONSTRAINT visit_plan_state_check CHECK ((state = ANY (ARRAY['running'::text, 'closed'::text])))
);

ALTER TABLE public.visit_plan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visit_plan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visit_rule (
    from_on date NOT NULL,
    registrar_may boolean NOT NULL,
    source text NOT NULL
);

CREATE TABLE public.visit_sample (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    name text NOT NULL,
    permille integer NOT NULL,
    frame text[] NOT NULL,
    frame_size integer NOT NULL,
    frame_hash bytea NOT NULL,
    announced_by bigint NOT NULL,
    announced_at timestamp with time zone NOT NULL,
    seed text,
    source text,
    seeded_by bigint,
    seeded_at timestamp with time zone,
    CONSTRAINT visit_sample_check CHECK ((((seed IS NULL) = (seeded_by IS NULL)) AND ((seed IS NULL) = (seeded_at IS NULL)) AND ((seed IS NULL) = (source IS NULL)))),
    CONSTRAINT visit_sample_check1 CHECK ((seeded_at >= announced_at)),
    CONSTRAINT visit_sample_frame CHECK (((frame_size > 0) AND (frame_size = cardinality(frame)) AND (frame_hash = sha256(convert_to(array_to_string(frame, '
'::text), 'UTF8'::name))))),
    CONSTRAINT visit_sample_name_check CHECK (((length(name) >= 2) AND (length(name) <= 80))),
    CONSTRAINT visit_sample_second CHECK ((seeded_by IS DISTINCT FROM announced_by)),
    CONSTRAINT visit_sample_seed_check CHECK (((length(seed) >= 15) AND (length(seed) <= 80))),
    CONSTRAINT visit_sample_share CHECK (((permille >= 300) AND (permille <= 1000))),
    CONSTRAINT visit_sample_source_check CHECK (((length(source) >= 2) AND (length(source) <= 200)))
);

ALTER TABLE public.visit_sample ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visit_sample_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visit_stop (
    id bigint NOT NULL,
    plan_id bigint NOT NULL,
    team_id bigint NOT NULL,
    file_id bigint NOT NULL,
    "position" integer NOT NULL,
    due_on date NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    visit_id bigint,
    tries integer DEFAULT 0 NOT NULL,
    why text,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT visit_stop_done CHECK (((state = 'visited'::text) = (visit_id IS NOT NULL))),
    CONSTRAINT visit_stop_note_check CHECK ((length(note) <= 500)),
    CONSTRAINT visit_stop_position_check CHECK (("position" > 0)),
    CONSTRAINT visit_stop_skipped CHECK (((state <> 'skipped'::text) OR ((why IS NOT NULL) AND (why <> 'absent'::text) AND (note <> ''::text)))),
    CONSTRAINT visit_stop_state_check CHECK ((state = ANY (ARRAY['open'::text, 'visited'::text, 'skipped'::text]))),
    CONSTRAINT visit_stop_tries_check CHECK (((tries >= 0) AND (tries <= 100))),
    CONSTRAINT visit_stop_why_check CHECK ((why = ANY (ARRAY['absent'::text, 'moved'::text, 'declined'::text, 'died'::text, 'other'::text])))
);

ALTER TABLE public.visit_stop ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visit_stop_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visit_team (
    id bigint NOT NULL,
    plan_id bigint NOT NULL,
    number integer NOT NULL,
    leader text NOT NULL,
    visitor_a bigint NOT NULL,
    visitor_b bigint NOT NULL,
    CONSTRAINT visit_team_leader_check CHECK (((length(leader) >= 2) AND (length(leader) <= 40))),
    CONSTRAINT visit_team_number_check CHECK (((number >= 1) AND (number <= 30))),
    CONSTRAINT visit_team_two CHECK ((visitor_a <> visitor_b))
);

ALTER TABLE public.visit_team ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visit_team_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visit_trained (
    training_id bigint NOT NULL,
    staff_id bigint NOT NULL
);

CREATE TABLE public.visit_training (
    id bigint NOT NULL,
    org_id bigint NOT NULL,
    org_path text NOT NULL,
    trained_on date NOT NULL,
    subject text NOT NULL,
    hours integer NOT NULL,
    trainer text NOT NULL,
    entered_by bigint NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    voided_by bigint,
    voided_at timestamp with time zone,
    void_why text DEFAULT ''::text NOT NULL,
    CONSTRAINT visit_training_check CHECK ((((voided_by IS NULL) = (voided_at IS NULL)) AND ((voided_by IS NULL) = (void_why = ''::text)))),
    CONSTRAINT visit_training_hours_check CHECK (((hours >= 1) AND (hours <= 80))),
    CONSTRAINT visit_training_past CHECK ((trained_on <= ((entered_at AT TIME ZONE 'Asia/Shanghai'::text))::date)),
    CONSTRAINT visit_training_subject_check CHECK (((length(subject) >= 2) AND (length(subject) <= 120))),
    CONSTRAINT visit_training_trainer_check CHECK (((length(trainer) >= 2) AND (length(trainer) <= 40))),
    CONSTRAINT visit_training_void_why_check CHECK ((length(void_why) <= 200))
);

ALTER TABLE public.visit_training ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visit_training_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visit_typed (
    file_id bigint NOT NULL,
    staff_id bigint NOT NULL,
    typed bytea NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    CONSTRAINT visit_typed_typed_check CHECK ((length(typed) <= 100000))
);

CREATE TABLE public.visit_visit (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    round integer NOT NULL,
    purpose text NOT NULL,
    objection_id bigint,
    visited_on date NOT NULL,
    visitor_a bigint NOT NULL,
    visitor_b bigint NOT NULL,
    agrees boolean NOT NULL,
    remark text DEFAULT ''::text NOT NULL,
    visitors_signed boolean NOT NULL,
    applicant_signed boolean NOT NULL,
    entered_by bigint NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    situation text DEFAULT ''::text NOT NULL,
    degree text,
    opinions text DEFAULT ''::text NOT NULL,
    proposals text DEFAULT ''::text NOT NULL,
    chair text,
    chair_unit text,
    CONSTRAINT visit_chair_present CHECK (((purpose <> 'second'::text) OR (chair IS NOT NULL))),
    CONSTRAINT visit_chair_whole CHECK (((chair IS NULL) = (chair_unit IS NULL))),
    CONSTRAINT visit_degree_said CHECK (((purpose = ANY (ARRAY['first'::text, 'recheck'::text])) OR (degree IS NOT NULL))),
    CONSTRAINT visit_two_people CHECK ((visitor_a <> visitor_b)),
    CONSTRAINT visit_visit_applicant_signed_check CHECK (applicant_signed),
    CONSTRAINT visit_visit_chair_check CHECK (((length(chair) >= 2) AND (length(chair) <= 40))),
    CONSTRAINT visit_visit_chair_unit_check CHECK (((length(chair_unit) >= 2) AND (length(chair_unit) <= 80))),
    CONSTRAINT visit_visit_check CHECK (((purpose = 'recheck'::text) = (objection_id IS NOT NULL))),
    CONSTRAINT visit_visit_check1 CHECK ((agrees OR (remark <> ''::text))),
    CONSTRAINT visit_visit_degree_check CHECK ((degree = ANY (ARRAY['severe'::text, 'hard'::text, 'eased'::text, 'none'::text]))),
    CONSTRAINT visit_visit_opinions_check CHECK ((length(opinions) <= 2000)),
    CONSTRAINT visit_visit_proposals_check CHECK ((length(proposals) <= 2000)),
    CONSTRAINT visit_visit_purpose_check CHECK ((purpose = ANY (ARRAY['first'::text, 'recheck'::text, 'review'::text, 'key'::text, 'second'::text, 'sample'::text, 'callback'::text]))),
    CONSTRAINT visit_visit_remark_check CHECK ((length(remark) <= 2000)),
    CONSTRAINT visit_visit_situation_check CHECK ((length(situation) <= 2000)),
    CONSTRAINT visit_visit_visitors_signed_check CHECK (visitors_signed)
);

ALTER TABLE public.visit_visit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visit_visit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.work_form_key (
    key text NOT NULL,
    staff_id bigint NOT NULL,
    path text NOT NULL,
    body bytea NOT NULL,
    location text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT work_form_key_body_check CHECK ((length(body) = 32)),
    CONSTRAINT work_form_key_key_check CHECK (((length(key) >= 16) AND (length(key) <= 120))),
    CONSTRAINT work_form_key_location_check CHECK ((length(location) <= 400)),
    CONSTRAINT work_form_key_path_check CHECK ((length(path) <= 400))
);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_pending
    ADD CONSTRAINT audit_pending_pkey PRIMARY KEY (entry_id);

ALTER TABLE ONLY public.audit_redaction
    ADD CONSTRAINT audit_redaction_pkey PRIMARY KEY (entry_id);

ALTER TABLE ONLY public.audit_seal
    ADD CONSTRAINT audit_seal_entry_id_key UNIQUE (entry_id);

ALTER TABLE ONLY public.audit_seal
    ADD CONSTRAINT audit_seal_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.casefile_arrears
    ADD CONSTRAINT casefile_arrears_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casefile_assessment
    ADD CONSTRAINT casefile_assessment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casefile_card
    ADD CONSTRAINT casefile_card_pkey PRIMARY KEY (id);

ALTER TABLE public.casefile_card
    ADD CONSTRAINT casefile_card_reason CHECK (((state <> 'rejected'::text) OR (confirmed_by IS NULL) OR (reject_reason IS NOT NULL))) NOT VALID;

ALTER TABLE ONLY public.casefile_cause
    ADD CONSTRAINT casefile_cause_file_id_cause_key UNIQUE (file_id, cause);

ALTER TABLE ONLY public.casefile_cause
    ADD CONSTRAINT casefile_cause_pkey PRIMARY KEY (file_id, "position");

ALTER TABLE ONLY public.casefile_change
    ADD CONSTRAINT casefile_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casefile_claim
    ADD CONSTRAINT casefile_claim_person_id_key UNIQUE (person_id);

ALTER TABLE ONLY public.casefile_declaration
    ADD CONSTRAINT casefile_declaration_pkey PRIMARY KEY (file_id, kind);

ALTER TABLE ONLY public.casefile_duty
    ADD CONSTRAINT casefile_duty_pkey PRIMARY KEY (file_id, staff_id);

ALTER TABLE ONLY public.casefile_evidence
    ADD CONSTRAINT casefile_evidence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casefile_figure
    ADD CONSTRAINT casefile_figure_once UNIQUE NULLS NOT DISTINCT (snapshot_id, side, kind, person_id);

ALTER TABLE ONLY public.casefile_file
    ADD CONSTRAINT casefile_file_number_key UNIQUE (number);

ALTER TABLE ONLY public.casefile_file
    ADD CONSTRAINT casefile_file_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casefile_judgement
    ADD CONSTRAINT casefile_judgement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casefile_number
    ADD CONSTRAINT casefile_number_pkey PRIMARY KEY (org_id, year);

ALTER TABLE ONLY public.casefile_claim
    ADD CONSTRAINT casefile_one_open_file PRIMARY KEY (id_index);

ALTER TABLE ONLY public.casefile_opinion
    ADD CONSTRAINT casefile_opinion_pkey PRIMARY KEY (file_id, body);

ALTER TABLE ONLY public.casefile_particular
    ADD CONSTRAINT casefile_particular_pkey PRIMARY KEY (file_id);

ALTER TABLE ONLY public.casefile_person
    ADD CONSTRAINT casefile_person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casefile_print
    ADD CONSTRAINT casefile_print_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casefile_property
    ADD CONSTRAINT casefile_property_pkey PRIMARY KEY (file_id);

ALTER TABLE ONLY public.casefile_saved_mark
    ADD CONSTRAINT casefile_saved_mark_pkey PRIMARY KEY (staff_id, saved_id);

ALTER TABLE ONLY public.casefile_saved
    ADD CONSTRAINT casefile_saved_once UNIQUE (owner_id, name);

ALTER TABLE ONLY public.casefile_saved
    ADD CONSTRAINT casefile_saved_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casefile_section_past
    ADD CONSTRAINT casefile_section_past_pkey PRIMARY KEY (file_id, section, version);

ALTER TABLE ONLY public.casefile_section
    ADD CONSTRAINT casefile_section_pkey PRIMARY KEY (file_id, section);

ALTER TABLE ONLY public.casefile_snapshot
    ADD CONSTRAINT casefile_snapshot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casefile_standing
    ADD CONSTRAINT casefile_standing_pkey PRIMARY KEY (file_id);

ALTER TABLE ONLY public.casefile_term
    ADD CONSTRAINT casefile_term_pkey PRIMARY KEY (term, org_path, file_id, person_id);

ALTER TABLE ONLY public.casefile_typed
    ADD CONSTRAINT casefile_typed_pkey PRIMARY KEY (file_id, section, staff_id);

ALTER TABLE ONLY public.casefile_version
    ADD CONSTRAINT casefile_version_pkey PRIMARY KEY (file_id, number);

ALTER TABLE ONLY public.census_bundle
    ADD CONSTRAINT census_bundle_census_id_first_key UNIQUE (census_id, first);

ALTER TABLE ONLY public.census_bundle
    ADD CONSTRAINT census_bundle_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.census_census
    ADD CONSTRAINT census_census_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.census_form
    ADD CONSTRAINT census_form_file_id_key UNIQUE (file_id);

ALTER TABLE ONLY public.census_form
    ADD CONSTRAINT census_form_number UNIQUE (census_id, number);

ALTER TABLE ONLY public.census_form
    ADD CONSTRAINT census_form_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.check_due
    ADD CONSTRAINT check_due_pkey PRIMARY KEY (file_id);

ALTER TABLE ONLY public.check_file
    ADD CONSTRAINT check_file_pkey PRIMARY KEY (file_id);

ALTER TABLE ONLY public.check_finding
    ADD CONSTRAINT check_finding_once UNIQUE (file_id, name, subject);

ALTER TABLE ONLY public.check_finding
    ADD CONSTRAINT check_finding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.comparison_answer
    ADD CONSTRAINT comparison_answer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.comparison_batch
    ADD CONSTRAINT comparison_batch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.comparison_content
    ADD CONSTRAINT comparison_content_pkey PRIMARY KEY (answer_id);

ALTER TABLE ONLY public.comparison_finding
    ADD CONSTRAINT comparison_finding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.comparison_left_out
    ADD CONSTRAINT comparison_left_out_pkey PRIMARY KEY (batch_id, file_id);

ALTER TABLE ONLY public.comparison_row
    ADD CONSTRAINT comparison_row_pkey PRIMARY KEY (answer_id, "row");

ALTER TABLE ONLY public.comparison_rule
    ADD CONSTRAINT comparison_rule_pkey PRIMARY KEY (from_on);

ALTER TABLE ONLY public.comparison_subject
    ADD CONSTRAINT comparison_subject_pkey PRIMARY KEY (batch_id, person_id);

ALTER TABLE ONLY public.eligibility_line
    ADD CONSTRAINT eligibility_line_district_from_on_key UNIQUE (district, from_on);

ALTER TABLE ONLY public.eligibility_line
    ADD CONSTRAINT eligibility_line_pkey PRIMARY KEY (id);

ALTER TABLE public.eligibility_line
    ADD CONSTRAINT eligibility_line_second CHECK (((entered_by IS NULL) OR ((confirmed_by IS NOT NULL) AND (confirmed_by <> entered_by)))) NOT VALID;

ALTER TABLE ONLY public.eligibility_reference
    ADD CONSTRAINT eligibility_reference_kind_district_from_on_key UNIQUE (kind, district, from_on);

ALTER TABLE ONLY public.eligibility_reference
    ADD CONSTRAINT eligibility_reference_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.eligibility_rule
    ADD CONSTRAINT eligibility_rule_from_on_key UNIQUE (from_on);

ALTER TABLE ONLY public.eligibility_rule
    ADD CONSTRAINT eligibility_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.eligibility_standard
    ADD CONSTRAINT eligibility_standard_pkey PRIMARY KEY (audience, from_on);

ALTER TABLE ONLY public.exit_callback
    ADD CONSTRAINT exit_callback_exit_id_due_on_key UNIQUE (exit_id, due_on);

ALTER TABLE ONLY public.exit_callback
    ADD CONSTRAINT exit_callback_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.exit_claim
    ADD CONSTRAINT exit_claim_pkey PRIMARY KEY (exit_id, payable_id);

ALTER TABLE ONLY public.exit_exit
    ADD CONSTRAINT exit_exit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.exit_guarantee
    ADD CONSTRAINT exit_guarantee_pkey PRIMARY KEY (exit_id, guarantee);

ALTER TABLE ONLY public.exit_month
    ADD CONSTRAINT exit_month_pkey PRIMARY KEY (exit_id, month);

ALTER TABLE ONLY public.exit_paper
    ADD CONSTRAINT exit_paper_pkey PRIMARY KEY (exit_id, evidence_id);

ALTER TABLE ONLY public.exit_receipt_part
    ADD CONSTRAINT exit_receipt_part_once UNIQUE (receipt_id, payable_id);

ALTER TABLE ONLY public.exit_receipt_part
    ADD CONSTRAINT exit_receipt_part_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.exit_receipt
    ADD CONSTRAINT exit_receipt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.exit_receipt_reversal
    ADD CONSTRAINT exit_receipt_reversal_pkey PRIMARY KEY (receipt_id);

ALTER TABLE ONLY public.exit_rule
    ADD CONSTRAINT exit_rule_pkey PRIMARY KEY (from_on);

ALTER TABLE ONLY public.fund_account
    ADD CONSTRAINT fund_account_id_purpose_key UNIQUE (id, purpose);

ALTER TABLE ONLY public.fund_account
    ADD CONSTRAINT fund_account_org_id_source_purpose_year_key UNIQUE (org_id, source, purpose, year);

ALTER TABLE ONLY public.fund_account
    ADD CONSTRAINT fund_account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.fund_allowed
    ADD CONSTRAINT fund_allowed_pkey PRIMARY KEY (source, purpose);

ALTER TABLE ONLY public.fund_entry
    ADD CONSTRAINT fund_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.fund_posting
    ADD CONSTRAINT fund_posting_pkey PRIMARY KEY (entry_id, seq);

ALTER TABLE ONLY public.fund_pot
    ADD CONSTRAINT fund_pot_pkey PRIMARY KEY (account_id, pot);

ALTER TABLE ONLY public.fund_purpose
    ADD CONSTRAINT fund_purpose_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.fund_purpose
    ADD CONSTRAINT fund_purpose_position_key UNIQUE ("position");

ALTER TABLE ONLY public.fund_entry
    ADD CONSTRAINT fund_reversed_once UNIQUE (reverses);

ALTER TABLE ONLY public.fund_source
    ADD CONSTRAINT fund_source_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.fund_source
    ADD CONSTRAINT fund_source_position_key UNIQUE ("position");

ALTER TABLE ONLY public.grant_application
    ADD CONSTRAINT grant_application_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grant_decision
    ADD CONSTRAINT grant_decision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grant_programme
    ADD CONSTRAINT grant_programme_code_key UNIQUE (code);

ALTER TABLE ONLY public.grant_programme
    ADD CONSTRAINT grant_programme_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grant_terms
    ADD CONSTRAINT grant_terms_id_purpose_key UNIQUE (id, purpose);

ALTER TABLE ONLY public.grant_terms
    ADD CONSTRAINT grant_terms_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grant_terms
    ADD CONSTRAINT grant_terms_programme_id_from_on_key UNIQUE (programme_id, from_on);

ALTER TABLE ONLY public.grant_tier
    ADD CONSTRAINT grant_tier_holds_amounts_excl EXCLUDE USING gist (holds WITH &&, amounts WITH &&);

ALTER TABLE ONLY public.ledger_export
    ADD CONSTRAINT ledger_export_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_import
    ADD CONSTRAINT ledger_import_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_mapping
    ADD CONSTRAINT ledger_mapping_pkey PRIMARY KEY (org_id, heads);

ALTER TABLE ONLY public.ledger_origin
    ADD CONSTRAINT ledger_origin_pkey PRIMARY KEY (file_id);

ALTER TABLE ONLY public.ledger_row
    ADD CONSTRAINT ledger_row_pkey PRIMARY KEY (import_id, "row");

ALTER TABLE ONLY public.move_batch
    ADD CONSTRAINT move_batch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.move_move
    ADD CONSTRAINT move_move_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.move_verdict
    ADD CONSTRAINT move_verdict_pkey PRIMARY KEY (batch_id, place);

ALTER TABLE ONLY public.nomination_nomination
    ADD CONSTRAINT nomination_nomination_file_id_key UNIQUE (file_id);

ALTER TABLE ONLY public.nomination_nomination
    ADD CONSTRAINT nomination_nomination_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notice_notice
    ADD CONSTRAINT notice_notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notice_notice
    ADD CONSTRAINT notice_notice_subject_file_id_round_key UNIQUE (subject, file_id, round);

ALTER TABLE ONLY public.notice_objection
    ADD CONSTRAINT notice_objection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notice_objection
    ADD CONSTRAINT notice_objection_receipt_key UNIQUE (receipt);

ALTER TABLE ONLY public.notice_public
    ADD CONSTRAINT notice_public_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notice_shown
    ADD CONSTRAINT notice_shown_notice_id_key UNIQUE (notice_id);

ALTER TABLE ONLY public.notice_shown
    ADD CONSTRAINT notice_shown_pkey PRIMARY KEY (public_id);

ALTER TABLE ONLY public.payment_answer
    ADD CONSTRAINT payment_answer_batch_id_hash_key UNIQUE (batch_id, hash);

ALTER TABLE ONLY public.payment_answer
    ADD CONSTRAINT payment_answer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payment_batch
    ADD CONSTRAINT payment_batch_number_key UNIQUE (number);

ALTER TABLE ONLY public.payment_batch
    ADD CONSTRAINT payment_batch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payment_format
    ADD CONSTRAINT payment_format_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payment_line
    ADD CONSTRAINT payment_line_batch_id_seq_key UNIQUE (batch_id, seq);

ALTER TABLE ONLY public.payment_line
    ADD CONSTRAINT payment_line_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payment_line
    ADD CONSTRAINT payment_line_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.payment_payable
    ADD CONSTRAINT payment_payable_application_id_key UNIQUE (application_id);

ALTER TABLE ONLY public.payment_payable
    ADD CONSTRAINT payment_payable_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payment_refusal
    ADD CONSTRAINT payment_refusal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payment_revocation
    ADD CONSTRAINT payment_revocation_pkey PRIMARY KEY (payable_id);

ALTER TABLE ONLY public.plan_measure
    ADD CONSTRAINT plan_measure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.plan_plan
    ADD CONSTRAINT plan_plan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reading_file
    ADD CONSTRAINT reading_file_pkey PRIMARY KEY (staff_id, hour, file_id);

ALTER TABLE ONLY public.reading_hour
    ADD CONSTRAINT reading_hour_pkey PRIMARY KEY (hour, staff_id);

ALTER TABLE ONLY public.referral_event
    ADD CONSTRAINT referral_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referral_number
    ADD CONSTRAINT referral_number_pkey PRIMARY KEY (org_id, year);

ALTER TABLE ONLY public.referral_paper
    ADD CONSTRAINT referral_paper_pkey PRIMARY KEY (referral_id, evidence_id);

ALTER TABLE ONLY public.referral_reception_event
    ADD CONSTRAINT referral_reception_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referral_reception
    ADD CONSTRAINT referral_reception_file_id_key UNIQUE (file_id);

ALTER TABLE ONLY public.referral_reception
    ADD CONSTRAINT referral_reception_number_key UNIQUE (number);

ALTER TABLE ONLY public.referral_reception
    ADD CONSTRAINT referral_reception_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referral_referral
    ADD CONSTRAINT referral_referral_number_key UNIQUE (number);

ALTER TABLE ONLY public.referral_referral
    ADD CONSTRAINT referral_referral_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referral_uncovered
    ADD CONSTRAINT referral_uncovered_pkey PRIMARY KEY (file_id);

ALTER TABLE ONLY public.retention_aid
    ADD CONSTRAINT retention_aid_pkey PRIMARY KEY (file_id, purpose);

ALTER TABLE ONLY public.retention_batch
    ADD CONSTRAINT retention_batch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.retention_blob
    ADD CONSTRAINT retention_blob_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.retention_erased
    ADD CONSTRAINT retention_erased_pkey PRIMARY KEY (file_id);

ALTER TABLE ONLY public.retention_hold
    ADD CONSTRAINT retention_hold_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.retention_item
    ADD CONSTRAINT retention_item_pkey PRIMARY KEY (batch_id, file_id);

ALTER TABLE ONLY public.review_result
    ADD CONSTRAINT review_result_pkey PRIMARY KEY (round_id, file_id);

ALTER TABLE ONLY public.review_round
    ADD CONSTRAINT review_round_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.review_training
    ADD CONSTRAINT review_training_pkey PRIMARY KEY (from_on);

ALTER TABLE ONLY public.review_unit
    ADD CONSTRAINT review_unit_pkey PRIMARY KEY (round_id, org_id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (token);

ALTER TABLE ONLY public.staff_attempt
    ADD CONSTRAINT staff_attempt_pkey PRIMARY KEY (username, address);

ALTER TABLE ONLY public.staff_body_member
    ADD CONSTRAINT staff_body_member_pkey PRIMARY KEY (body_id, staff_id, since);

ALTER TABLE ONLY public.staff_body
    ADD CONSTRAINT staff_body_org_id_kind_key UNIQUE (org_id, kind);

ALTER TABLE ONLY public.staff_body
    ADD CONSTRAINT staff_body_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_change
    ADD CONSTRAINT staff_change_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.staff_member
    ADD CONSTRAINT staff_member_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_member
    ADD CONSTRAINT staff_member_username_key UNIQUE (username);

ALTER TABLE ONLY public.staff_org
    ADD CONSTRAINT staff_org_code_key UNIQUE (code);

ALTER TABLE ONLY public.staff_org
    ADD CONSTRAINT staff_org_path_key UNIQUE (path);

ALTER TABLE ONLY public.staff_org
    ADD CONSTRAINT staff_org_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_relative
    ADD CONSTRAINT staff_relative_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_role
    ADD CONSTRAINT staff_role_pkey PRIMARY KEY (staff_id, role);

ALTER TABLE ONLY public.trial_change
    ADD CONSTRAINT trial_change_pkey PRIMARY KEY (run_id, effect, file_id);

ALTER TABLE ONLY public.trial_proposal
    ADD CONSTRAINT trial_proposal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.trial_run
    ADD CONSTRAINT trial_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visit_finding
    ADD CONSTRAINT visit_finding_pkey PRIMARY KEY (visit_id, item);

ALTER TABLE ONLY public.visit_pick
    ADD CONSTRAINT visit_pick_pkey PRIMARY KEY (sample_id, "position");

ALTER TABLE ONLY public.visit_pick
    ADD CONSTRAINT visit_pick_sample_id_file_id_key UNIQUE (sample_id, file_id);

ALTER TABLE ONLY public.visit_plan
    ADD CONSTRAINT visit_plan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visit_rule
    ADD CONSTRAINT visit_rule_pkey PRIMARY KEY (from_on);

ALTER TABLE ONLY public.visit_sample
    ADD CONSTRAINT visit_sample_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visit_stop
    ADD CONSTRAINT visit_stop_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visit_stop
    ADD CONSTRAINT visit_stop_plan_id_file_id_key UNIQUE (plan_id, file_id);

ALTER TABLE ONLY public.visit_team
    ADD CONSTRAINT visit_team_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visit_team
    ADD CONSTRAINT visit_team_plan_id_number_key UNIQUE (plan_id, number);

ALTER TABLE ONLY public.visit_trained
    ADD CONSTRAINT visit_trained_pkey PRIMARY KEY (training_id, staff_id);

ALTER TABLE ONLY public.visit_training
    ADD CONSTRAINT visit_training_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visit_typed
    ADD CONSTRAINT visit_typed_pkey PRIMARY KEY (file_id, staff_id);

ALTER TABLE ONLY public.visit_visit
    ADD CONSTRAINT visit_visit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.work_form_key
    ADD CONSTRAINT work_form_key_pkey PRIMARY KEY (key);

CREATE INDEX audit_entry_act ON public.audit_entry USING btree (act text_pattern_ops, id DESC);

CREATE INDEX audit_entry_file ON public.audit_entry USING btree (file_id, id DESC) WHERE (file_id IS NOT NULL);

CREATE INDEX audit_entry_staff ON public.audit_entry USING btree (staff_id, id DESC);

CREATE INDEX audit_entry_subject ON public.audit_entry USING btree (kind, subject_id, id DESC);

CREATE INDEX audit_redaction_file ON public.audit_redaction USING btree (file_id, entry_id);

CREATE INDEX casefile_arrears_file ON public.casefile_arrears USING btree (file_id, id);

CREATE INDEX casefile_arrears_person ON public.casefile_arrears USING btree (person_id);

CREATE INDEX casefile_assessment_file ON public.casefile_assessment USING btree (file_id, id DESC);

CREATE UNIQUE INDEX casefile_card_current ON public.casefile_card USING btree (file_id) WHERE (state = 'current'::text);

CREATE INDEX casefile_card_file ON public.casefile_card USING btree (file_id, id DESC);

CREATE UNIQUE INDEX casefile_card_proposed ON public.casefile_card USING btree (file_id) WHERE (state = 'proposed'::text);

CREATE INDEX casefile_change_asked ON public.casefile_change USING btree (asked_by, id DESC);

CREATE INDEX casefile_change_file ON public.casefile_change USING btree (file_id, id DESC);

CREATE UNIQUE INDEX casefile_change_one ON public.casefile_change USING btree (file_id, kind) WHERE (state = 'asked'::text);

CREATE INDEX casefile_change_waiting ON public.casefile_change USING btree (id DESC) WHERE (state = 'asked'::text);

CREATE INDEX casefile_claim_file ON public.casefile_claim USING btree (file_id);

CREATE INDEX casefile_duty_staff ON public.casefile_duty USING btree (staff_id);

CREATE INDEX casefile_evidence_blob ON public.casefile_evidence USING btree (blob);

CREATE INDEX casefile_evidence_ends ON public.casefile_evidence USING btree (valid_until) WHERE ((removed_at IS NULL) AND (valid_until IS NOT NULL));

CREATE INDEX casefile_evidence_file ON public.casefile_evidence USING btree (file_id) WHERE (removed_at IS NULL);

CREATE UNIQUE INDEX casefile_evidence_once ON public.casefile_evidence USING btree (file_id, kind, blob, COALESCE(person_id, (0)::bigint)) WHERE (removed_at IS NULL);

CREATE INDEX casefile_evidence_person ON public.casefile_evidence USING btree (person_id) WHERE (person_id IS NOT NULL);

CREATE INDEX casefile_evidence_whole ON public.casefile_evidence USING btree (file_id, id);

CREATE INDEX casefile_figure_evidence ON public.casefile_figure USING btree (evidence_id) WHERE (evidence_id IS NOT NULL);

CREATE INDEX casefile_figure_person ON public.casefile_figure USING btree (person_id) WHERE (person_id IS NOT NULL);

CREATE INDEX casefile_file_active ON public.casefile_file USING btree (org_path text_pattern_ops, id DESC) WHERE (state = 'active'::text);

CREATE INDEX casefile_file_list_1 ON public.casefile_file USING btree (level_1, state, registered_at, id) INCLUDE (category, main_cause, housing, papers_until) WHERE (state <> ALL (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_list_2 ON public.casefile_file USING btree (level_2, state, registered_at, id) INCLUDE (category, main_cause, housing, papers_until) WHERE (state <> ALL (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_list_3 ON public.casefile_file USING btree (level_3, state, registered_at, id) INCLUDE (category, main_cause, housing, papers_until) WHERE (state <> ALL (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_list_4 ON public.casefile_file USING btree (level_4, state, registered_at, id) INCLUDE (category, main_cause, housing, papers_until) WHERE (state <> ALL (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_merged ON public.casefile_file USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX casefile_file_mine ON public.casefile_file USING btree (registered_by, state, registered_at, id) WHERE (state = ANY (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_mine_name ON public.casefile_file USING btree (registered_by, state, head_pinyin, id) WHERE (state = ANY (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_mine_numbered ON public.casefile_file USING btree (registered_by, state, number_key, id) WHERE (state = ANY (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_name_1 ON public.casefile_file USING btree (level_1, state, head_pinyin, id) INCLUDE (category, main_cause, housing, registered_at, papers_until) WHERE (state <> ALL (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_name_2 ON public.casefile_file USING btree (level_2, state, head_pinyin, id) INCLUDE (category, main_cause, housing, registered_at, papers_until) WHERE (state <> ALL (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_name_3 ON public.casefile_file USING btree (level_3, state, head_pinyin, id) INCLUDE (category, main_cause, housing, registered_at, papers_until) WHERE (state <> ALL (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_name_4 ON public.casefile_file USING btree (level_4, state, head_pinyin, id) INCLUDE (category, main_cause, housing, registered_at, papers_until) WHERE (state <> ALL (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_number ON public.casefile_file USING btree (number text_pattern_ops, org_path, id) WHERE (number IS NOT NULL);

CREATE INDEX casefile_file_numbered_1 ON public.casefile_file USING btree (level_1, state, number_key, id) INCLUDE (category, main_cause, housing, registered_at, papers_until) WHERE (state <> ALL (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_numbered_2 ON public.casefile_file USING btree (level_2, state, number_key, id) INCLUDE (category, main_cause, housing, registered_at, papers_until) WHERE (state <> ALL (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_numbered_3 ON public.casefile_file USING btree (level_3, state, number_key, id) INCLUDE (category, main_cause, housing, registered_at, papers_until) WHERE (state <> ALL (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_numbered_4 ON public.casefile_file USING btree (level_4, state, number_key, id) INCLUDE (category, main_cause, housing, registered_at, papers_until) WHERE (state <> ALL (ARRAY['draft'::text, 'returned'::text]));

CREATE INDEX casefile_file_org ON public.casefile_file USING btree (org_id, id DESC);

CREATE INDEX casefile_file_relapse ON public.casefile_file USING btree (relapse_of) WHERE (relapse_of IS NOT NULL);

CREATE INDEX casefile_file_scope ON public.casefile_file USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX casefile_file_split ON public.casefile_file USING btree (split_of) WHERE (split_of IS NOT NULL);

CREATE INDEX casefile_file_standing ON public.casefile_file USING btree (org_path text_pattern_ops, activated_at, closed_at) INCLUDE (submitted_at, org_id, id);

CREATE INDEX casefile_file_state ON public.casefile_file USING btree (state, id DESC);

CREATE INDEX casefile_file_term_1 ON public.casefile_file USING btree (level_1, closed_at, id) WHERE ((closed_at IS NOT NULL) AND (erased_at IS NULL));

CREATE INDEX casefile_file_term_2 ON public.casefile_file USING btree (level_2, closed_at, id) WHERE ((closed_at IS NOT NULL) AND (erased_at IS NULL));

CREATE INDEX casefile_file_term_3 ON public.casefile_file USING btree (level_3, closed_at, id) WHERE ((closed_at IS NOT NULL) AND (erased_at IS NULL));

CREATE INDEX casefile_file_term_4 ON public.casefile_file USING btree (level_4, closed_at, id) WHERE ((closed_at IS NOT NULL) AND (erased_at IS NULL));

CREATE INDEX casefile_file_unfiled ON public.casefile_file USING btree (id DESC) INCLUDE (org_path, closed_at) WHERE (state = 'not_qualified'::text);

CREATE INDEX casefile_file_unproved ON public.casefile_file USING btree (id) WHERE ((papers_until IS NULL) AND (state <> ALL (ARRAY['draft'::text, 'returned'::text])));

CREATE INDEX casefile_file_weigh ON public.casefile_file USING btree (org_path text_pattern_ops, id DESC) WHERE ((weigh_since IS NOT NULL) AND (state = 'active'::text));

CREATE INDEX casefile_judgement_file ON public.casefile_judgement USING btree (file_id, id DESC);

CREATE INDEX casefile_person_dissolved ON public.casefile_person USING btree (file_id) WHERE ((relation = 'head'::text) AND (condition = 'closed'::text) AND (left_on IS NULL));

CREATE INDEX casefile_person_id ON public.casefile_person USING btree (id_index);

CREATE UNIQUE INDEX casefile_person_once ON public.casefile_person USING btree (file_id, id_index) WHERE (left_on IS NULL);

CREATE UNIQUE INDEX casefile_person_one_head ON public.casefile_person USING btree (file_id) WHERE ((relation = 'head'::text) AND (left_on IS NULL));

CREATE INDEX casefile_person_phone ON public.casefile_person USING btree (phone_index);

CREATE INDEX casefile_person_phone_tail ON public.casefile_person USING btree (phone_tail, id) WHERE (phone_tail IS NOT NULL);

CREATE INDEX casefile_person_student ON public.casefile_person USING btree (file_id, birth_on) WHERE ((work_status = 'student'::text) AND (left_on IS NULL));

CREATE INDEX casefile_person_tail ON public.casefile_person USING btree (tail_index) WHERE (tail_index IS NOT NULL);

CREATE INDEX casefile_person_twin ON public.casefile_person USING btree (name, birth_on) WHERE (left_on IS NULL);

CREATE INDEX casefile_person_unfound ON public.casefile_person USING btree (id) WHERE (tail_index IS NULL);

CREATE INDEX casefile_person_untailed ON public.casefile_person USING btree (id) WHERE ((phone_sealed IS NOT NULL) AND (phone_tail IS NULL));

CREATE INDEX casefile_print_file ON public.casefile_print USING btree (file_id, id DESC) WHERE (file_id IS NOT NULL);

CREATE INDEX casefile_print_org ON public.casefile_print USING btree (org_id);

CREATE INDEX casefile_print_roster ON public.casefile_print USING gin (roster jsonb_path_ops) WHERE (kind = 'roster'::text);

CREATE INDEX casefile_saved_mark_list ON public.casefile_saved_mark USING btree (saved_id);

CREATE UNIQUE INDEX casefile_saved_one_first ON public.casefile_saved_mark USING btree (staff_id) WHERE opens_first;

CREATE INDEX casefile_saved_shared ON public.casefile_saved USING btree (org_id, name, id) WHERE shared;

CREATE UNIQUE INDEX casefile_snapshot_current ON public.casefile_snapshot USING btree (file_id) WHERE current;

CREATE INDEX casefile_snapshot_file ON public.casefile_snapshot USING btree (file_id, id DESC);

CREATE INDEX casefile_typed_staff ON public.casefile_typed USING btree (staff_id, saved_at DESC);

CREATE INDEX census_bundle_scope ON public.census_bundle USING btree (org_path text_pattern_ops, census_id);

CREATE INDEX census_census_scope ON public.census_census USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX census_form_bundle ON public.census_form USING btree (bundle_id, state);

CREATE INDEX census_form_state ON public.census_form USING btree (census_id, state, number);

CREATE INDEX check_due_next ON public.check_due USING btree (swept, file_id);

CREATE INDEX check_finding_open ON public.check_finding USING btree (name, file_id, id) INCLUDE (org_path) WHERE (aside_at IS NULL);

CREATE INDEX check_finding_scope ON public.check_finding USING btree (name, org_path text_pattern_ops) WHERE (aside_at IS NULL);

CREATE INDEX comparison_answer_batch ON public.comparison_answer USING btree (batch_id, id DESC);

CREATE INDEX comparison_answer_reading ON public.comparison_answer USING btree (id) WHERE (state = 'reading'::text);

CREATE INDEX comparison_batch_scope ON public.comparison_batch USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX comparison_finding_answer ON public.comparison_finding USING btree (answer_id);

CREATE INDEX comparison_finding_file ON public.comparison_finding USING btree (file_id, id DESC);

CREATE INDEX comparison_finding_open ON public.comparison_finding USING btree (id DESC) WHERE (state = 'open'::text);

CREATE INDEX comparison_finding_withdrawn ON public.comparison_finding USING btree (person_id) WHERE (state = 'withdrawn'::text);

CREATE UNIQUE INDEX comparison_row_once ON public.comparison_row USING btree (answer_id, person_id, kind, said) WHERE (verdict = 'matched'::text);

CREATE INDEX comparison_row_person ON public.comparison_row USING btree (answer_id, person_id) WHERE (person_id IS NOT NULL);

CREATE INDEX comparison_row_verdict ON public.comparison_row USING btree (answer_id, verdict, "row");

CREATE INDEX comparison_subject_file ON public.comparison_subject USING btree (file_id, batch_id);

CREATE INDEX comparison_subject_index ON public.comparison_subject USING btree (batch_id, id_index);

CREATE INDEX exit_callback_due ON public.exit_callback USING btree (due_on, id) WHERE (done_on IS NULL);

CREATE INDEX exit_callback_file ON public.exit_callback USING btree (file_id, due_on);

CREATE INDEX exit_callback_scope ON public.exit_callback USING btree (org_path text_pattern_ops, due_on, id) WHERE (done_on IS NULL);

CREATE INDEX exit_file ON public.exit_exit USING btree (file_id, id DESC);

CREATE UNIQUE INDEX exit_one_open ON public.exit_exit USING btree (file_id) WHERE (state = ANY (ARRAY['proposed'::text, 'agreed'::text, 'told'::text, 'closed'::text]));

CREATE INDEX exit_receipt_exit ON public.exit_receipt USING btree (exit_id);

CREATE INDEX exit_receipt_part_payable ON public.exit_receipt_part USING btree (payable_id);

CREATE INDEX exit_recoveries ON public.exit_exit USING btree (id DESC) WHERE ((state = 'closed'::text) AND (reason = 'false'::text));

CREATE INDEX exit_scope ON public.exit_exit USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX exit_state ON public.exit_exit USING btree (state, id DESC);

CREATE INDEX fund_account_scope ON public.fund_account USING btree (org_path text_pattern_ops);

CREATE UNIQUE INDEX fund_entry_end ON public.fund_entry USING btree (subject_id, attempt) WHERE ((subject = 'grant'::text) AND (kind = ANY (ARRAY['release'::text, 'pay'::text])));

CREATE UNIQUE INDEX fund_entry_once ON public.fund_entry USING btree (subject_id, attempt, kind) WHERE (subject = 'grant'::text);

CREATE INDEX fund_entry_paper ON public.fund_entry USING btree (subject_id, reason) WHERE (kind = 'receipt'::text);

CREATE UNIQUE INDEX fund_entry_recovery ON public.fund_entry USING btree (subject_id) WHERE (subject = 'recovery'::text);

CREATE INDEX fund_posting_account ON public.fund_posting USING btree (account_id, entry_id DESC);

CREATE INDEX grant_application_file ON public.grant_application USING btree (file_id, id DESC);

CREATE INDEX grant_application_scope ON public.grant_application USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX grant_application_waiting ON public.grant_application USING btree (waiting_at, id) WHERE (state = ANY (ARRAY['submitted'::text, 'in_approval'::text, 'returned'::text]));

CREATE UNIQUE INDEX grant_decision_close ON public.grant_decision USING btree (application_id, round, step) WHERE (verdict = 'close'::text);

CREATE UNIQUE INDEX grant_decision_once ON public.grant_decision USING btree (application_id, round, step, staff_id) WHERE (verdict <> ALL (ARRAY['close'::text, 'amount'::text]));

CREATE UNIQUE INDEX grant_decision_single ON public.grant_decision USING btree (application_id, round, step) WHERE (step = ANY (ARRAY['review'::text, 'sign'::text]));

CREATE INDEX grant_decision_staff ON public.grant_decision USING btree (staff_id, id DESC);

CREATE INDEX ledger_export_file ON public.ledger_export USING btree (file_id, id) WHERE (file_id IS NOT NULL);

CREATE INDEX ledger_export_kept ON public.ledger_export USING btree (expires_at) WHERE (shelf IS NOT NULL);

CREATE INDEX ledger_export_scope ON public.ledger_export USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX ledger_export_waiting ON public.ledger_export USING btree (id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE INDEX ledger_import_kept ON public.ledger_import USING btree (uploaded_at) WHERE (shelf IS NOT NULL);

CREATE INDEX ledger_import_scope ON public.ledger_import USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX ledger_import_waiting ON public.ledger_import USING btree (id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text, 'undoing'::text]));

CREATE INDEX ledger_origin_import ON public.ledger_origin USING btree (import_id, file_id);

CREATE INDEX ledger_origin_number ON public.ledger_origin USING btree (old_number) WHERE (old_number <> ''::text);

CREATE INDEX ledger_row_household ON public.ledger_row USING btree (import_id, household, "row") WHERE (household IS NOT NULL);

CREATE INDEX ledger_row_noted ON public.ledger_row USING btree (import_id, "row") WHERE (notes IS NOT NULL);

CREATE UNIQUE INDEX ledger_row_once ON public.ledger_row USING btree (import_id, id_index) WHERE (verdict = 'taken'::text);

CREATE INDEX ledger_row_person ON public.ledger_row USING btree (import_id, id_index, "row") WHERE (id_index IS NOT NULL);

CREATE INDEX ledger_row_wrong ON public.ledger_row USING btree (import_id, "row") WHERE (verdict = ANY (ARRAY['bad'::text, 'held'::text]));

CREATE INDEX move_batch_scope ON public.move_batch USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX move_file ON public.move_move USING btree (file_id, id DESC);

CREATE INDEX move_from ON public.move_move USING btree (from_path text_pattern_ops, id DESC);

CREATE UNIQUE INDEX move_one ON public.move_move USING btree (file_id) WHERE (state = ANY (ARRAY['asked'::text, 'agreed'::text]));

CREATE INDEX move_other ON public.move_move USING btree (other_id, id DESC) WHERE (other_id IS NOT NULL);

CREATE INDEX move_state ON public.move_move USING btree (state, id DESC);

CREATE INDEX move_to ON public.move_move USING btree (to_path text_pattern_ops, id DESC) WHERE (to_path IS NOT NULL);

CREATE INDEX nomination_due ON public.nomination_nomination USING btree (due_on, id) WHERE (state = 'waiting'::text);

CREATE INDEX nomination_ended ON public.nomination_nomination USING btree (answered_at, id) WHERE ((state = ANY (ARRAY['declined'::text, 'withdrawn'::text])) AND (erased_at IS NULL));

CREATE UNIQUE INDEX nomination_once ON public.nomination_nomination USING btree (id_index) WHERE (state = 'waiting'::text);

CREATE INDEX nomination_scope ON public.nomination_nomination USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX nomination_state ON public.nomination_nomination USING btree (state, id DESC);

CREATE INDEX notice_by_end ON public.notice_notice USING btree (state, ends_on, id);

CREATE INDEX notice_closed ON public.notice_notice USING btree (ends_on, id) WHERE (closed_at IS NOT NULL);

CREATE INDEX notice_due ON public.notice_notice USING btree (ends_on, id) WHERE (state = 'open'::text);

CREATE INDEX notice_file ON public.notice_notice USING btree (file_id, id DESC);

CREATE INDEX notice_objection_notice ON public.notice_objection USING btree (notice_id);

CREATE UNIQUE INDEX notice_one_open ON public.notice_notice USING btree (subject, file_id) WHERE (state = ANY (ARRAY['open'::text, 'objected'::text]));

CREATE INDEX notice_public_shown ON public.notice_public USING btree (ends_on DESC, id DESC) WHERE shown;

CREATE INDEX notice_scope ON public.notice_notice USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX payment_batch_scope ON public.payment_batch USING btree (org_path text_pattern_ops, id DESC);

CREATE UNIQUE INDEX payment_line_one ON public.payment_line USING btree (payable_id) WHERE (state = ANY (ARRAY['open'::text, 'paid'::text]));

CREATE INDEX payment_line_payable ON public.payment_line USING btree (payable_id);

CREATE INDEX payment_payable_file ON public.payment_payable USING btree (file_id);

CREATE INDEX payment_payable_scope ON public.payment_payable USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX payment_payable_state ON public.payment_payable USING btree (state, id);

CREATE INDEX payment_refusal_payable ON public.payment_refusal USING btree (payable_id);

CREATE UNIQUE INDEX plan_current ON public.plan_plan USING btree (file_id) WHERE (replaced_at IS NULL);

CREATE INDEX plan_file ON public.plan_plan USING btree (file_id, id DESC);

CREATE INDEX plan_measure_due ON public.plan_measure USING btree (due_on, id) WHERE (state = ANY (ARRAY['planned'::text, 'doing'::text]));

CREATE INDEX plan_measure_plan ON public.plan_measure USING btree (plan_id, id);

CREATE INDEX reading_file_hour ON public.reading_file USING brin (hour);

CREATE INDEX reading_file_of ON public.reading_file USING btree (file_id, hour DESC, staff_id DESC);

CREATE INDEX reading_hour_of ON public.reading_hour USING btree (staff_id, hour DESC);

CREATE INDEX reading_hour_unusual ON public.reading_hour USING btree (hour DESC, staff_id DESC) WHERE (unusual_at IS NOT NULL);

CREATE INDEX referral_event_referral ON public.referral_event USING btree (referral_id, id DESC);

CREATE UNIQUE INDEX referral_once ON public.referral_referral USING btree (person_id, kind) WHERE (state = ANY (ARRAY['draft'::text, 'sent'::text, 'received'::text, 'returned'::text]));

CREATE INDEX referral_reception_due ON public.referral_reception USING btree (due_on, id) WHERE (state = 'waiting'::text);

CREATE INDEX referral_reception_ended ON public.referral_reception USING btree (closed_on, id) WHERE ((state = 'closed'::text) AND (file_id IS NULL) AND (erased_at IS NULL));

CREATE INDEX referral_reception_event_of ON public.referral_reception_event USING btree (reception_id, id DESC);

CREATE INDEX referral_reception_follow ON public.referral_reception USING btree (follow_on, id) WHERE ((follow_on IS NOT NULL) AND (state <> 'closed'::text));

CREATE INDEX referral_reception_scope ON public.referral_reception USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX referral_reception_state ON public.referral_reception USING btree (state, id DESC);

CREATE INDEX referral_referral_due ON public.referral_referral USING btree (due_on, id) WHERE (state = ANY (ARRAY['sent'::text, 'received'::text]));

CREATE INDEX referral_referral_file ON public.referral_referral USING btree (file_id, id DESC);

CREATE INDEX referral_referral_follow ON public.referral_referral USING btree (follow_on, id) WHERE ((follow_on IS NOT NULL) AND (state <> ALL (ARRAY['closed'::text, 'withdrawn'::text])));

CREATE INDEX referral_referral_sent ON public.referral_referral USING btree (sent_on) WHERE (sent_on IS NOT NULL);

CREATE INDEX referral_referral_state ON public.referral_referral USING btree (state, id DESC);

CREATE INDEX referral_uncovered_monthly ON public.referral_uncovered USING btree (monthly_fen, file_id);

CREATE INDEX retention_batch_scope ON public.retention_batch USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX retention_batch_waiting ON public.retention_batch USING btree (state, id) WHERE (state = ANY (ARRAY['proposed'::text, 'agreed'::text]));

CREATE INDEX retention_erased_batch ON public.retention_erased USING btree (batch_id, file_id);

CREATE INDEX retention_erased_scope ON public.retention_erased USING btree (org_path text_pattern_ops, file_id DESC);

CREATE INDEX retention_hold_file ON public.retention_hold USING btree (file_id, id);

CREATE UNIQUE INDEX retention_hold_once ON public.retention_hold USING btree (file_id, kind) WHERE (lifted_at IS NULL);

CREATE INDEX retention_hold_open ON public.retention_hold USING btree (id) WHERE (lifted_at IS NULL);

CREATE INDEX retention_item_erasing ON public.retention_item USING btree (erasing) WHERE (erasing IS NOT NULL);

CREATE UNIQUE INDEX retention_item_once ON public.retention_item USING btree (file_id) WHERE (state = ANY (ARRAY['waiting'::text, 'erased'::text]));

CREATE UNIQUE INDEX review_one_round ON public.review_round USING btree (org_id) WHERE (closed_at IS NULL);

CREATE INDEX review_result_file ON public.review_result USING btree (file_id, round_id DESC);

CREATE INDEX review_result_org ON public.review_result USING btree (round_id, org_id, outcome);

CREATE INDEX review_result_papers ON public.review_result USING btree (file_id DESC) WHERE ((NOT papers_agree) AND (agreed_at IS NULL));

CREATE INDEX review_result_waits ON public.review_result USING btree (round_id, file_id DESC) WHERE (state = 'to_confirm'::text);

CREATE INDEX review_round_scope ON public.review_round USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX sessions_expiry ON public.sessions USING btree (expiry);

CREATE INDEX staff_body_member_staff ON public.staff_body_member USING btree (staff_id) WHERE (until IS NULL);

CREATE UNIQUE INDEX staff_body_once ON public.staff_body_member USING btree (body_id, staff_id) WHERE (until IS NULL);

CREATE UNIQUE INDEX staff_body_one_head ON public.staff_body_member USING btree (body_id) WHERE (head AND (until IS NULL));

CREATE INDEX staff_member_org ON public.staff_member USING btree (org_id);

CREATE INDEX staff_org_district ON public.staff_org USING btree (district, path) WHERE (level <> 'unit'::text);

CREATE INDEX staff_org_path ON public.staff_org USING btree (path text_pattern_ops);

CREATE INDEX staff_relative_number ON public.staff_relative USING btree (id_index) WHERE (state = ANY (ARRAY['declared'::text, 'confirmed'::text]));

CREATE UNIQUE INDEX staff_relative_once ON public.staff_relative USING btree (staff_id, id_index) WHERE (state = ANY (ARRAY['declared'::text, 'confirmed'::text]));

CREATE INDEX staff_relative_staff ON public.staff_relative USING btree (staff_id, id DESC);

CREATE INDEX staff_relative_waiting ON public.staff_relative USING btree (id) WHERE (state = 'declared'::text);

CREATE INDEX trial_change_file ON public.trial_change USING btree (file_id);

CREATE UNIQUE INDEX trial_proposal_line ON public.trial_proposal USING btree (district, from_on) WHERE ((state = 'proposed'::text) AND (kind = 'line'::text));

CREATE UNIQUE INDEX trial_proposal_rule ON public.trial_proposal USING btree (from_on) WHERE ((state = 'proposed'::text) AND (kind = 'rule'::text));

CREATE INDEX trial_proposal_state ON public.trial_proposal USING btree (state, id DESC);

CREATE INDEX trial_run_open ON public.trial_run USING btree (id) WHERE (ended_at IS NULL);

CREATE INDEX trial_run_proposal ON public.trial_run USING btree (proposal_id, id DESC);

CREATE UNIQUE INDEX visit_once_a_round ON public.visit_visit USING btree (file_id, round) WHERE (purpose = 'first'::text);

CREATE UNIQUE INDEX visit_once_an_objection ON public.visit_visit USING btree (objection_id) WHERE (purpose = 'recheck'::text);

CREATE INDEX visit_plan_scope ON public.visit_plan USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX visit_sample_scope ON public.visit_sample USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX visit_stop_open ON public.visit_stop USING btree (file_id) WHERE (state = 'open'::text);

CREATE INDEX visit_stop_route ON public.visit_stop USING btree (plan_id, team_id, "position", id);

CREATE INDEX visit_stop_visit ON public.visit_stop USING btree (visit_id) WHERE (visit_id IS NOT NULL);

CREATE INDEX visit_team_people ON public.visit_team USING btree (visitor_a, plan_id);

CREATE INDEX visit_team_people_b ON public.visit_team USING btree (visitor_b, plan_id);

CREATE INDEX visit_trained_person ON public.visit_trained USING btree (staff_id, training_id);

CREATE INDEX visit_training_scope ON public.visit_training USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX visit_visit_day ON public.visit_visit USING btree (visited_on, file_id);

CREATE INDEX visit_visit_file ON public.visit_visit USING btree (file_id, id DESC);

CREATE TRIGGER audit_entries_pending AFTER INSERT ON public.audit_entry REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION public.audit_entries_pending();

CREATE TRIGGER casefile_card_second BEFORE INSERT OR UPDATE ON public.casefile_card FOR EACH ROW EXECUTE FUNCTION public.casefile_card_second();

CREATE TRIGGER casefile_change_moves BEFORE UPDATE ON public.casefile_change FOR EACH ROW EXECUTE FUNCTION public.casefile_change_moves();

CREATE TRIGGER casefile_claim_file AFTER UPDATE OF state ON public.casefile_file FOR EACH ROW EXECUTE FUNCTION public.casefile_claim_file();

CREATE TRIGGER casefile_claim_people AFTER INSERT ON public.casefile_person REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION public.casefile_claim_people();

CREATE TRIGGER casefile_claim_person AFTER UPDATE OF id_index, left_on, file_id ON public.casefile_person FOR EACH ROW EXECUTE FUNCTION public.casefile_claim_person();

CREATE TRIGGER casefile_duty_of_arrears AFTER INSERT OR UPDATE OF settled_by ON public.casefile_arrears FOR EACH ROW EXECUTE FUNCTION public.casefile_duty_of_arrears();

CREATE TRIGGER casefile_duty_of_assessment AFTER INSERT ON public.casefile_assessment FOR EACH ROW EXECUTE FUNCTION public.casefile_duty_of_assessment();

CREATE TRIGGER casefile_duty_of_card AFTER INSERT OR UPDATE OF confirmed_by ON public.casefile_card FOR EACH ROW EXECUTE FUNCTION public.casefile_duty_of_card();

CREATE TRIGGER casefile_duty_of_change AFTER INSERT OR UPDATE OF decided_by ON public.casefile_change FOR EACH ROW EXECUTE FUNCTION public.casefile_duty_of_change();

CREATE TRIGGER casefile_duty_of_files AFTER INSERT ON public.casefile_file REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION public.casefile_duty_of_files();

CREATE TRIGGER casefile_duty_of_judgement BEFORE INSERT ON public.casefile_judgement FOR EACH ROW EXECUTE FUNCTION public.casefile_duty_of_judgement();

CREATE TRIGGER casefile_duty_of_papers AFTER INSERT ON public.casefile_evidence REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION public.casefile_duty_of_papers();

CREATE TRIGGER casefile_duty_of_removal AFTER UPDATE OF removed_by ON public.casefile_evidence FOR EACH ROW WHEN (((new.removed_by IS NOT NULL) AND (new.removed_by IS DISTINCT FROM old.removed_by))) EXECUTE FUNCTION public.casefile_duty_of_removal();

CREATE TRIGGER casefile_duty_of_section AFTER INSERT OR UPDATE OF version, saved_by ON public.casefile_section FOR EACH ROW EXECUTE FUNCTION public.casefile_duty_of_section();

CREATE TRIGGER casefile_duty_of_state AFTER UPDATE OF state ON public.casefile_file FOR EACH ROW WHEN (((new.state = ANY (ARRAY['submitted'::text, 'temporary'::text, 'cancelled'::text])) AND (new.state <> old.state))) EXECUTE FUNCTION public.casefile_duty_of_state();

CREATE TRIGGER casefile_figure_came AFTER INSERT ON public.casefile_figure REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION public.casefile_figure_fits();

CREATE TRIGGER casefile_figure_changed AFTER UPDATE ON public.casefile_figure REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION public.casefile_figure_fits();

CREATE TRIGGER casefile_figure_gone AFTER DELETE ON public.casefile_figure REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.casefile_figure_stays();

CREATE TRIGGER casefile_file_fixed BEFORE UPDATE ON public.casefile_file FOR EACH ROW WHEN (((new.org_id <> old.org_id) OR (new.org_path <> old.org_path) OR (new.number IS DISTINCT FROM old.number) OR (new.registered_by <> old.registered_by) OR (new.registered_at <> old.registered_at))) EXECUTE FUNCTION public.casefile_file_fixed();

CREATE TRIGGER casefile_file_fixed_new BEFORE INSERT ON public.casefile_file FOR EACH ROW EXECUTE FUNCTION public.casefile_file_fixed();

CREATE TRIGGER casefile_relapse BEFORE UPDATE ON public.casefile_file FOR EACH ROW WHEN ((new.relapse_of IS DISTINCT FROM old.relapse_of)) EXECUTE FUNCTION public.casefile_relapse();

CREATE TRIGGER casefile_relapse_new BEFORE INSERT ON public.casefile_file FOR EACH ROW WHEN ((new.relapse_of IS NOT NULL)) EXECUTE FUNCTION public.casefile_relapse();

CREATE TRIGGER casefile_saved_changed AFTER INSERT OR DELETE OR UPDATE ON public.casefile_saved FOR EACH STATEMENT EXECUTE FUNCTION public.staff_changed();

CREATE TRIGGER casefile_saved_changed AFTER INSERT OR DELETE OR UPDATE ON public.casefile_saved_mark FOR EACH STATEMENT EXECUTE FUNCTION public.staff_changed();

CREATE TRIGGER casefile_saved_most AFTER INSERT OR UPDATE OF shared, org_id ON public.casefile_saved FOR EACH ROW EXECUTE FUNCTION public.casefile_saved_most();

CREATE TRIGGER casefile_saved_most_starred AFTER INSERT OR UPDATE OF starred ON public.casefile_saved_mark FOR EACH ROW WHEN (new.starred) EXECUTE FUNCTION public.casefile_saved_most_starred();

CREATE TRIGGER casefile_snapshot_stays BEFORE UPDATE ON public.casefile_snapshot FOR EACH ROW EXECUTE FUNCTION public.casefile_snapshot_stays();

CREATE TRIGGER casefile_stand AFTER INSERT ON public.casefile_judgement FOR EACH ROW EXECUTE FUNCTION public.casefile_stand();

CREATE TRIGGER casefile_stand_file AFTER UPDATE OF state, org_id ON public.casefile_file FOR EACH ROW EXECUTE FUNCTION public.casefile_stand_file();

CREATE TRIGGER casefile_submit_relative BEFORE UPDATE OF state ON public.casefile_file FOR EACH ROW WHEN (((new.state = 'submitted'::text) AND (old.state <> 'submitted'::text))) EXECUTE FUNCTION public.casefile_act_no_relative('id', 'registered_by');

CREATE TRIGGER casefile_temporary BEFORE UPDATE ON public.casefile_file FOR EACH ROW WHEN (((new.state <> old.state) OR (new.temporary_at IS DISTINCT FROM old.temporary_at))) EXECUTE FUNCTION public.casefile_temporary();

CREATE TRIGGER casefile_temporary_new BEFORE INSERT ON public.casefile_file FOR EACH ROW WHEN (((new.state = ANY (ARRAY['temporary'::text, 'cancelled'::text])) OR (new.temporary_at IS NOT NULL))) EXECUTE FUNCTION public.casefile_temporary();

CREATE TRIGGER casefile_term_change AFTER UPDATE ON public.casefile_file FOR EACH ROW WHEN (((((old.org_path IS DISTINCT FROM new.org_path) OR (old.address IS DISTINCT FROM new.address)) OR (old.employer IS DISTINCT FROM new.employer)) OR (old.old_number IS DISTINCT FROM new.old_number))) EXECUTE FUNCTION public.casefile_term_file();

CREATE TRIGGER casefile_term_change AFTER UPDATE ON public.casefile_person FOR EACH ROW WHEN (((((old.name IS DISTINCT FROM new.name) OR (old.pinyin IS DISTINCT FROM new.pinyin)) OR (old.left_on IS DISTINCT FROM new.left_on)) OR (old.file_id IS DISTINCT FROM new.file_id))) EXECUTE FUNCTION public.casefile_term_person();

CREATE TRIGGER casefile_term_gone AFTER DELETE ON public.casefile_person FOR EACH ROW EXECUTE FUNCTION public.casefile_term_person();

CREATE TRIGGER casefile_term_new AFTER INSERT ON public.casefile_file REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION public.casefile_term_files();

CREATE TRIGGER casefile_term_new AFTER INSERT ON public.casefile_person REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION public.casefile_term_people();

CREATE TRIGGER casefile_version_next BEFORE INSERT ON public.casefile_version FOR EACH ROW EXECUTE FUNCTION public.casefile_version_next();

CREATE TRIGGER census_close BEFORE UPDATE ON public.census_census FOR EACH ROW EXECUTE FUNCTION public.census_close();

CREATE TRIGGER census_form_move BEFORE UPDATE ON public.census_form FOR EACH ROW WHEN ((NOT public.retention_erasing())) EXECUTE FUNCTION public.census_form_move();

CREATE TRIGGER census_place BEFORE INSERT ON public.census_bundle FOR EACH ROW EXECUTE FUNCTION public.census_place();

CREATE TRIGGER census_place BEFORE INSERT ON public.census_census FOR EACH ROW EXECUTE FUNCTION public.census_place();

CREATE TRIGGER census_place BEFORE INSERT ON public.census_form FOR EACH ROW EXECUTE FUNCTION public.census_place();

CREATE TRIGGER check_ask AFTER INSERT OR UPDATE ON public.casefile_evidence FOR EACH ROW EXECUTE FUNCTION public.check_ask();

CREATE TRIGGER check_ask AFTER UPDATE OF version, state ON public.casefile_file FOR EACH ROW WHEN (((old.version <> new.version) OR (old.state <> new.state))) EXECUTE FUNCTION public.check_ask();

CREATE TRIGGER comparison_authorised AFTER INSERT ON public.comparison_subject REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.comparison_authorised();

CREATE TRIGGER comparison_once BEFORE UPDATE ON public.comparison_batch FOR EACH ROW EXECUTE FUNCTION public.comparison_once();

CREATE TRIGGER comparison_open_before_judgement BEFORE INSERT ON public.casefile_judgement FOR EACH ROW EXECUTE FUNCTION public.comparison_open_before_judgement();

CREATE TRIGGER comparison_resolver BEFORE UPDATE ON public.comparison_finding FOR EACH ROW EXECUTE FUNCTION public.comparison_resolver();

CREATE TRIGGER comparison_sent_authorised AFTER UPDATE ON public.comparison_subject REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.comparison_authorised();

CREATE TRIGGER exit_before_close BEFORE UPDATE ON public.casefile_file FOR EACH ROW WHEN (((new.state = 'closed'::text) AND (old.state <> 'closed'::text))) EXECUTE FUNCTION public.exit_before_close();

CREATE TRIGGER exit_before_close_new BEFORE INSERT ON public.casefile_file FOR EACH ROW WHEN ((new.state = 'closed'::text)) EXECUTE FUNCTION public.exit_before_close();

CREATE TRIGGER exit_callback_check BEFORE INSERT OR UPDATE ON public.exit_callback FOR EACH ROW EXECUTE FUNCTION public.exit_callback_check();

CREATE TRIGGER exit_duty AFTER INSERT OR UPDATE ON public.exit_exit FOR EACH ROW EXECUTE FUNCTION public.exit_duty();

CREATE CONSTRAINT TRIGGER exit_ledger_check AFTER INSERT ON public.fund_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.kind = ANY (ARRAY['recovery'::text, 'reversal'::text]))) EXECUTE FUNCTION public.exit_ledger_check();

CREATE TRIGGER exit_move BEFORE INSERT OR UPDATE ON public.exit_exit FOR EACH ROW WHEN ((NOT public.retention_erasing())) EXECUTE FUNCTION public.exit_move();

CREATE TRIGGER exit_part BEFORE INSERT ON public.exit_claim FOR EACH ROW EXECUTE FUNCTION public.exit_part();

CREATE TRIGGER exit_part BEFORE INSERT ON public.exit_guarantee FOR EACH ROW EXECUTE FUNCTION public.exit_part();

CREATE TRIGGER exit_part BEFORE INSERT ON public.exit_month FOR EACH ROW EXECUTE FUNCTION public.exit_part();

CREATE TRIGGER exit_part BEFORE INSERT ON public.exit_paper FOR EACH ROW EXECUTE FUNCTION public.exit_part();

CREATE TRIGGER exit_receipt_check BEFORE INSERT ON public.exit_receipt FOR EACH ROW EXECUTE FUNCTION public.exit_receipt_check();

CREATE CONSTRAINT TRIGGER exit_receipt_in_ledger AFTER INSERT ON public.exit_receipt_part DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.exit_receipt_in_ledger();

CREATE TRIGGER exit_receipt_part_check BEFORE INSERT ON public.exit_receipt_part FOR EACH ROW EXECUTE FUNCTION public.exit_receipt_part_check();

CREATE CONSTRAINT TRIGGER exit_receipt_whole AFTER INSERT ON public.exit_receipt DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.exit_receipt_whole();

CREATE CONSTRAINT TRIGGER exit_receipt_whole AFTER INSERT ON public.exit_receipt_part DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.exit_receipt_whole();

CREATE TRIGGER exit_reversal_check BEFORE INSERT ON public.exit_receipt_reversal FOR EACH ROW EXECUTE FUNCTION public.exit_reversal_check();

CREATE CONSTRAINT TRIGGER exit_reversal_in_ledger AFTER INSERT ON public.exit_receipt_reversal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.exit_reversal_in_ledger();

CREATE CONSTRAINT TRIGGER exit_with_file AFTER UPDATE ON public.exit_exit DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.exit_with_file();

CREATE TRIGGER fund_account_place BEFORE INSERT ON public.fund_account FOR EACH ROW EXECUTE FUNCTION public.fund_account_place();

CREATE CONSTRAINT TRIGGER fund_balanced AFTER INSERT ON public.fund_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.fund_balanced();

CREATE CONSTRAINT TRIGGER fund_balanced AFTER INSERT ON public.fund_posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.fund_balanced();

CREATE TRIGGER fund_open_pots AFTER INSERT ON public.fund_account FOR EACH ROW EXECUTE FUNCTION public.fund_open_pots();

CREATE TRIGGER fund_post AFTER INSERT ON public.fund_posting FOR EACH ROW EXECUTE FUNCTION public.fund_post();

CREATE TRIGGER grant_application_fixed BEFORE INSERT OR UPDATE ON public.grant_application FOR EACH ROW WHEN ((NOT public.retention_erasing())) EXECUTE FUNCTION public.grant_application_fixed();

CREATE TRIGGER grant_approval BEFORE UPDATE ON public.grant_application FOR EACH ROW WHEN ((NOT public.retention_erasing())) EXECUTE FUNCTION public.grant_approval();

CREATE TRIGGER grant_decision_check BEFORE INSERT ON public.grant_decision FOR EACH ROW EXECUTE FUNCTION public.grant_decision_check();

CREATE TRIGGER grant_duty AFTER INSERT OR UPDATE OF revised_by ON public.grant_application FOR EACH ROW EXECUTE FUNCTION public.grant_duty();

CREATE TRIGGER grant_leaving BEFORE INSERT ON public.grant_application FOR EACH ROW EXECUTE FUNCTION public.grant_leaving();

CREATE CONSTRAINT TRIGGER grant_tier_whole AFTER INSERT OR DELETE OR UPDATE ON public.grant_tier DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.grant_tier_whole();

CREATE TRIGGER ledger_export_fixed BEFORE UPDATE ON public.ledger_export FOR EACH ROW EXECUTE FUNCTION public.ledger_export_fixed();

CREATE TRIGGER ledger_export_path BEFORE INSERT OR UPDATE OF org_id, org_path ON public.ledger_export FOR EACH ROW EXECUTE FUNCTION public.ledger_org_path();

CREATE TRIGGER ledger_import_path BEFORE INSERT OR UPDATE OF org_id, org_path ON public.ledger_import FOR EACH ROW EXECUTE FUNCTION public.ledger_org_path();

CREATE TRIGGER ledger_origin_fixed BEFORE UPDATE ON public.ledger_origin FOR EACH ROW EXECUTE FUNCTION public.ledger_origin_fixed();

CREATE TRIGGER move_batch_place BEFORE INSERT ON public.move_batch FOR EACH ROW EXECUTE FUNCTION public.move_batch_place();

CREATE TRIGGER move_duty AFTER INSERT OR UPDATE OF decided_by ON public.move_move FOR EACH ROW WHEN ((new.kind <> 'transfer'::text)) EXECUTE FUNCTION public.move_duty();

CREATE TRIGGER move_moves BEFORE INSERT OR UPDATE ON public.move_move FOR EACH ROW EXECUTE FUNCTION public.move_moves();

CREATE TRIGGER move_of_file BEFORE UPDATE OF org_id, split_of, merged_into ON public.casefile_file FOR EACH ROW EXECUTE FUNCTION public.move_of_file();

CREATE TRIGGER move_of_file_new BEFORE INSERT ON public.casefile_file FOR EACH ROW WHEN (((new.split_of IS NOT NULL) OR (new.merged_into IS NOT NULL))) EXECUTE FUNCTION public.move_of_file();

CREATE TRIGGER move_relative_decides BEFORE UPDATE OF decided_by ON public.move_move FOR EACH ROW WHEN ((new.decided_by IS DISTINCT FROM old.decided_by)) EXECUTE FUNCTION public.casefile_act_no_relative('file_id', 'decided_by');

CREATE TRIGGER move_relative_other BEFORE UPDATE OF decided_by ON public.move_move FOR EACH ROW WHEN (((new.decided_by IS DISTINCT FROM old.decided_by) AND (new.kind = 'merge'::text))) EXECUTE FUNCTION public.casefile_act_no_relative('other_id', 'decided_by');

CREATE TRIGGER move_relative_receives BEFORE UPDATE OF received_by ON public.move_move FOR EACH ROW WHEN ((new.received_by IS DISTINCT FROM old.received_by)) EXECUTE FUNCTION public.casefile_act_no_relative('file_id', 'received_by');

CREATE TRIGGER nomination_move BEFORE INSERT OR UPDATE ON public.nomination_nomination FOR EACH ROW EXECUTE FUNCTION public.nomination_move();

CREATE TRIGGER notice_before_active BEFORE UPDATE ON public.casefile_file FOR EACH ROW WHEN (((new.state = 'active'::text) AND (old.state <> 'active'::text))) EXECUTE FUNCTION public.notice_before_active();

CREATE TRIGGER notice_before_active_new BEFORE INSERT ON public.casefile_file FOR EACH ROW WHEN ((new.state = 'active'::text)) EXECUTE FUNCTION public.notice_before_active();

CREATE TRIGGER notice_duty AFTER INSERT ON public.notice_notice FOR EACH ROW EXECUTE FUNCTION public.notice_duty();

CREATE TRIGGER notice_duty AFTER UPDATE OF state ON public.notice_objection FOR EACH ROW EXECUTE FUNCTION public.notice_duty();

CREATE TRIGGER notice_end BEFORE INSERT OR UPDATE ON public.notice_notice FOR EACH ROW EXECUTE FUNCTION public.notice_end();

CREATE TRIGGER notice_history BEFORE UPDATE ON public.notice_notice FOR EACH ROW EXECUTE FUNCTION public.notice_history();

CREATE TRIGGER notice_history BEFORE UPDATE ON public.notice_objection FOR EACH ROW EXECUTE FUNCTION public.notice_history();

CREATE TRIGGER notice_recheck BEFORE INSERT OR UPDATE ON public.notice_objection FOR EACH ROW EXECUTE FUNCTION public.notice_recheck();

CREATE TRIGGER notice_relative BEFORE INSERT ON public.notice_shown FOR EACH ROW EXECUTE FUNCTION public.notice_relative();

CREATE TRIGGER payment_batch_move BEFORE UPDATE ON public.payment_batch FOR EACH ROW EXECUTE FUNCTION public.payment_batch_move();

CREATE TRIGGER payment_batch_place BEFORE INSERT ON public.payment_batch FOR EACH ROW EXECUTE FUNCTION public.payment_batch_place();

CREATE CONSTRAINT TRIGGER payment_in_ledger AFTER UPDATE ON public.payment_line DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.payment_in_ledger();

CREATE CONSTRAINT TRIGGER payment_ledger_check AFTER INSERT ON public.fund_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.payment_ledger_check();

CREATE CONSTRAINT TRIGGER payment_left_open AFTER UPDATE ON public.casefile_file DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.state = 'closed'::text) AND (old.state <> 'closed'::text))) EXECUTE FUNCTION public.payment_left_open();

CREATE TRIGGER payment_line_check BEFORE INSERT ON public.payment_line FOR EACH ROW EXECUTE FUNCTION public.payment_line_check();

CREATE TRIGGER payment_line_move BEFORE UPDATE ON public.payment_line FOR EACH ROW EXECUTE FUNCTION public.payment_line_move();

CREATE TRIGGER payment_payable_check BEFORE INSERT ON public.payment_payable FOR EACH ROW EXECUTE FUNCTION public.payment_payable_check();

CREATE TRIGGER payment_payable_move BEFORE UPDATE ON public.payment_payable FOR EACH ROW EXECUTE FUNCTION public.payment_payable_move();

CREATE TRIGGER payment_refusal_duty AFTER INSERT ON public.payment_refusal FOR EACH ROW EXECUTE FUNCTION public.payment_refusal_duty();

CREATE TRIGGER payment_revocation_duty AFTER INSERT ON public.payment_revocation FOR EACH ROW EXECUTE FUNCTION public.payment_revocation_duty();

CREATE CONSTRAINT TRIGGER payment_revocation_kept AFTER INSERT ON public.payment_revocation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.payment_revocation_kept();

CREATE CONSTRAINT TRIGGER payment_revoked_in_ledger AFTER UPDATE ON public.payment_payable DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.state = 'revoked'::text) AND (old.state <> 'revoked'::text))) EXECUTE FUNCTION public.payment_revoked_in_ledger();

CREATE TRIGGER plan_check BEFORE INSERT OR UPDATE ON public.plan_measure FOR EACH ROW EXECUTE FUNCTION public.plan_check();

CREATE TRIGGER plan_check BEFORE INSERT ON public.plan_plan FOR EACH ROW EXECUTE FUNCTION public.plan_check();

CREATE TRIGGER reading_file_stays BEFORE DELETE OR UPDATE ON public.reading_file FOR EACH ROW EXECUTE FUNCTION public.reading_stays();

CREATE TRIGGER reading_hour_stays BEFORE DELETE OR UPDATE ON public.reading_hour FOR EACH ROW EXECUTE FUNCTION public.reading_stays();

CREATE TRIGGER referral_fixed BEFORE INSERT OR UPDATE ON public.referral_referral FOR EACH ROW EXECUTE FUNCTION public.referral_fixed();

CREATE TRIGGER referral_paper_fixed BEFORE INSERT OR DELETE ON public.referral_paper FOR EACH ROW WHEN ((NOT public.retention_erasing())) EXECUTE FUNCTION public.referral_paper_fixed();

CREATE TRIGGER referral_reception_gone AFTER UPDATE OF erased_at ON public.casefile_file FOR EACH ROW WHEN (((old.erased_at IS NULL) AND (new.erased_at IS NOT NULL))) EXECUTE FUNCTION public.referral_reception_gone();

CREATE TRIGGER referral_reception_move BEFORE INSERT OR UPDATE ON public.referral_reception FOR EACH ROW EXECUTE FUNCTION public.referral_reception_move();

CREATE TRIGGER referral_stand_figure AFTER INSERT OR UPDATE ON public.casefile_figure FOR EACH ROW WHEN ((new.kind = 'allowance'::text)) EXECUTE FUNCTION public.referral_stand_figure();

CREATE TRIGGER referral_stand_figure_gone AFTER DELETE ON public.casefile_figure FOR EACH ROW WHEN ((old.kind = 'allowance'::text)) EXECUTE FUNCTION public.referral_stand_figure();

CREATE TRIGGER referral_stand_file AFTER UPDATE OF state ON public.casefile_file FOR EACH ROW WHEN (((old.state <> new.state) AND (('active'::text = old.state) OR ('active'::text = new.state)))) EXECUTE FUNCTION public.referral_stand_file();

CREATE TRIGGER referral_stand_judgement AFTER INSERT ON public.casefile_judgement FOR EACH ROW EXECUTE FUNCTION public.referral_stand_row();

CREATE TRIGGER referral_stand_referral AFTER INSERT OR UPDATE OF state ON public.referral_referral FOR EACH ROW WHEN ((new.kind = 'allowance'::text)) EXECUTE FUNCTION public.referral_stand_row();

CREATE TRIGGER referral_stand_snapshot AFTER INSERT OR UPDATE OF current ON public.casefile_snapshot FOR EACH ROW EXECUTE FUNCTION public.referral_stand_row();

CREATE TRIGGER retention_batch_move BEFORE INSERT OR UPDATE ON public.retention_batch FOR EACH ROW EXECUTE FUNCTION public.retention_batch_move();

CREATE TRIGGER retention_file BEFORE UPDATE ON public.casefile_file FOR EACH ROW WHEN (((old.erased_at IS NOT NULL) OR (old.undone_at IS NOT NULL) OR (new.erased_at IS NOT NULL) OR (new.undone_at IS NOT NULL))) EXECUTE FUNCTION public.retention_file();

CREATE TRIGGER retention_file_new BEFORE INSERT ON public.casefile_file FOR EACH ROW WHEN (((new.erased_at IS NOT NULL) OR (new.undone_at IS NOT NULL))) EXECUTE FUNCTION public.retention_file();

CREATE TRIGGER retention_hold_check BEFORE INSERT OR UPDATE ON public.retention_hold FOR EACH ROW EXECUTE FUNCTION public.retention_hold_check();

CREATE TRIGGER retention_item_check BEFORE INSERT OR UPDATE ON public.retention_item FOR EACH ROW EXECUTE FUNCTION public.retention_item_check();

CREATE TRIGGER review_result_check BEFORE INSERT OR UPDATE ON public.review_result FOR EACH ROW WHEN ((NOT public.retention_erasing())) EXECUTE FUNCTION public.review_result_check();

CREATE TRIGGER review_result_open BEFORE INSERT ON public.review_result FOR EACH ROW EXECUTE FUNCTION public.review_result_open();

CREATE TRIGGER review_round_fixed BEFORE INSERT OR UPDATE ON public.review_round FOR EACH ROW EXECUTE FUNCTION public.review_round_fixed();

CREATE TRIGGER review_round_waits BEFORE UPDATE ON public.review_round FOR EACH ROW WHEN (((old.closed_at IS NULL) AND (new.closed_at IS NOT NULL))) EXECUTE FUNCTION public.review_round_waits();

CREATE TRIGGER staff_changed AFTER INSERT OR DELETE OR UPDATE OF name, org_id, active, must_change ON public.staff_member FOR EACH STATEMENT EXECUTE FUNCTION public.staff_changed();

CREATE TRIGGER staff_changed AFTER INSERT OR DELETE OR UPDATE ON public.staff_org FOR EACH STATEMENT EXECUTE FUNCTION public.staff_changed();

CREATE TRIGGER staff_changed AFTER INSERT OR DELETE OR UPDATE ON public.staff_role FOR EACH STATEMENT EXECUTE FUNCTION public.staff_changed();

CREATE TRIGGER staff_org_place BEFORE INSERT OR UPDATE ON public.staff_org FOR EACH ROW EXECUTE FUNCTION public.staff_org_place();

CREATE TRIGGER staff_relative_moves BEFORE INSERT OR UPDATE ON public.staff_relative FOR EACH ROW EXECUTE FUNCTION public.staff_relative_moves();

CREATE TRIGGER trial_decided_once BEFORE UPDATE ON public.trial_proposal FOR EACH ROW EXECUTE FUNCTION public.trial_decided_once();

CREATE TRIGGER visit_before_judgement BEFORE INSERT ON public.casefile_judgement FOR EACH ROW EXECUTE FUNCTION public.visit_before_judgement();

CREATE TRIGGER visit_people AFTER INSERT ON public.visit_visit FOR EACH ROW EXECUTE FUNCTION public.visit_people();

CREATE TRIGGER visit_pick_drawn AFTER INSERT ON public.visit_pick REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.visit_pick_drawn();

CREATE TRIGGER visit_plan_place BEFORE INSERT ON public.visit_plan FOR EACH ROW EXECUTE FUNCTION public.visit_plan_place();

CREATE TRIGGER visit_sample_once BEFORE UPDATE ON public.visit_sample FOR EACH ROW EXECUTE FUNCTION public.visit_sample_once();

CREATE TRIGGER visit_sample_place BEFORE INSERT ON public.visit_sample FOR EACH ROW EXECUTE FUNCTION public.visit_plan_place();

CREATE TRIGGER visit_second BEFORE INSERT ON public.visit_visit FOR EACH ROW EXECUTE FUNCTION public.visit_second();

CREATE TRIGGER visit_stop_fits BEFORE UPDATE ON public.visit_stop FOR EACH ROW EXECUTE FUNCTION public.visit_stop_fits();

CREATE TRIGGER visit_stop_moved AFTER UPDATE OF org_id, merged_into ON public.casefile_file FOR EACH ROW WHEN (((new.org_id <> old.org_id) OR (new.merged_into IS DISTINCT FROM old.merged_into))) EXECUTE FUNCTION public.visit_stop_moved();

CREATE TRIGGER visit_team_trained BEFORE INSERT ON public.visit_team FOR EACH ROW EXECUTE FUNCTION public.visit_team_trained();

CREATE TRIGGER visit_trained_scope BEFORE INSERT ON public.visit_trained FOR EACH ROW EXECUTE FUNCTION public.visit_trained_scope();

CREATE TRIGGER visit_training_place BEFORE INSERT ON public.visit_training FOR EACH ROW EXECUTE FUNCTION public.visit_plan_place();

CREATE TRIGGER visit_training_void BEFORE UPDATE ON public.visit_training FOR EACH ROW WHEN ((old.voided_at IS NOT NULL)) EXECUTE FUNCTION public.visit_training_void();

ALTER TABLE ONLY public.audit_pending
    ADD CONSTRAINT audit_pending_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.audit_entry(id);

ALTER TABLE ONLY public.audit_redaction
    ADD CONSTRAINT audit_redaction_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.audit_entry(id);

ALTER TABLE ONLY public.audit_seal
    ADD CONSTRAINT audit_seal_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.audit_entry(id);

ALTER TABLE ONLY public.casefile_arrears
    ADD CONSTRAINT casefile_arrears_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_arrears
    ADD CONSTRAINT casefile_arrears_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_arrears
    ADD CONSTRAINT casefile_arrears_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.casefile_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.casefile_arrears
    ADD CONSTRAINT casefile_arrears_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_assessment
    ADD CONSTRAINT casefile_assessment_assessed_by_fkey FOREIGN KEY (assessed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_assessment
    ADD CONSTRAINT casefile_assessment_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_card
    ADD CONSTRAINT casefile_card_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_card
    ADD CONSTRAINT casefile_card_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_card
    ADD CONSTRAINT casefile_card_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_cause
    ADD CONSTRAINT casefile_cause_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_change
    ADD CONSTRAINT casefile_change_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_change
    ADD CONSTRAINT casefile_change_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_change
    ADD CONSTRAINT casefile_change_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES public.casefile_evidence(id);

ALTER TABLE ONLY public.casefile_change
    ADD CONSTRAINT casefile_change_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_claim
    ADD CONSTRAINT casefile_claim_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_claim
    ADD CONSTRAINT casefile_claim_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.casefile_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.casefile_declaration
    ADD CONSTRAINT casefile_declaration_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_declaration
    ADD CONSTRAINT casefile_declaration_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_duty
    ADD CONSTRAINT casefile_duty_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_duty
    ADD CONSTRAINT casefile_duty_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_evidence
    ADD CONSTRAINT casefile_evidence_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_evidence
    ADD CONSTRAINT casefile_evidence_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_evidence
    ADD CONSTRAINT casefile_evidence_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.casefile_person(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.casefile_evidence
    ADD CONSTRAINT casefile_evidence_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_figure
    ADD CONSTRAINT casefile_figure_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES public.casefile_evidence(id);

ALTER TABLE ONLY public.casefile_figure
    ADD CONSTRAINT casefile_figure_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.casefile_person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.casefile_figure
    ADD CONSTRAINT casefile_figure_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES public.casefile_snapshot(id);

ALTER TABLE ONLY public.casefile_file
    ADD CONSTRAINT casefile_file_cancelled_by_fkey FOREIGN KEY (cancelled_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_file
    ADD CONSTRAINT casefile_file_handed_by_fkey FOREIGN KEY (handed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_file
    ADD CONSTRAINT casefile_file_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_file
    ADD CONSTRAINT casefile_file_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.casefile_file
    ADD CONSTRAINT casefile_file_registered_by_fkey FOREIGN KEY (registered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_file
    ADD CONSTRAINT casefile_file_relapse_of_fkey FOREIGN KEY (relapse_of) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_file
    ADD CONSTRAINT casefile_file_split_of_fkey FOREIGN KEY (split_of) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_judgement
    ADD CONSTRAINT casefile_judgement_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_judgement
    ADD CONSTRAINT casefile_judgement_judged_by_fkey FOREIGN KEY (judged_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_judgement
    ADD CONSTRAINT casefile_judgement_line_id_fkey FOREIGN KEY (line_id) REFERENCES public.eligibility_line(id);

ALTER TABLE ONLY public.casefile_judgement
    ADD CONSTRAINT casefile_judgement_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES public.eligibility_rule(id);

ALTER TABLE ONLY public.casefile_number
    ADD CONSTRAINT casefile_number_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.casefile_opinion
    ADD CONSTRAINT casefile_opinion_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_opinion
    ADD CONSTRAINT casefile_opinion_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_particular
    ADD CONSTRAINT casefile_particular_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_person
    ADD CONSTRAINT casefile_person_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_print
    ADD CONSTRAINT casefile_print_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_print
    ADD CONSTRAINT casefile_print_file_id_version_fkey FOREIGN KEY (file_id, version) REFERENCES public.casefile_version(file_id, number);

ALTER TABLE ONLY public.casefile_print
    ADD CONSTRAINT casefile_print_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.casefile_print
    ADD CONSTRAINT casefile_print_printed_by_fkey FOREIGN KEY (printed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_property
    ADD CONSTRAINT casefile_property_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_saved_mark
    ADD CONSTRAINT casefile_saved_mark_saved_id_fkey FOREIGN KEY (saved_id) REFERENCES public.casefile_saved(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.casefile_saved_mark
    ADD CONSTRAINT casefile_saved_mark_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_saved
    ADD CONSTRAINT casefile_saved_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.casefile_saved
    ADD CONSTRAINT casefile_saved_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_section
    ADD CONSTRAINT casefile_section_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_section_past
    ADD CONSTRAINT casefile_section_past_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_section
    ADD CONSTRAINT casefile_section_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_snapshot
    ADD CONSTRAINT casefile_snapshot_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_snapshot
    ADD CONSTRAINT casefile_snapshot_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_standing
    ADD CONSTRAINT casefile_standing_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.casefile_standing
    ADD CONSTRAINT casefile_standing_line_id_fkey FOREIGN KEY (line_id) REFERENCES public.eligibility_line(id);

ALTER TABLE ONLY public.casefile_standing
    ADD CONSTRAINT casefile_standing_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES public.eligibility_rule(id);

ALTER TABLE ONLY public.casefile_typed
    ADD CONSTRAINT casefile_typed_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_typed
    ADD CONSTRAINT casefile_typed_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_version
    ADD CONSTRAINT casefile_version_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_version
    ADD CONSTRAINT casefile_version_kept_by_fkey FOREIGN KEY (kept_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.census_bundle
    ADD CONSTRAINT census_bundle_census_id_fkey FOREIGN KEY (census_id) REFERENCES public.census_census(id);

ALTER TABLE ONLY public.census_bundle
    ADD CONSTRAINT census_bundle_handed_by_fkey FOREIGN KEY (handed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.census_bundle
    ADD CONSTRAINT census_bundle_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.census_census
    ADD CONSTRAINT census_census_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.census_census
    ADD CONSTRAINT census_census_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.census_census
    ADD CONSTRAINT census_census_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.census_form
    ADD CONSTRAINT census_form_bundle_id_fkey FOREIGN KEY (bundle_id) REFERENCES public.census_bundle(id);

ALTER TABLE ONLY public.census_form
    ADD CONSTRAINT census_form_census_id_fkey FOREIGN KEY (census_id) REFERENCES public.census_census(id);

ALTER TABLE ONLY public.census_form
    ADD CONSTRAINT census_form_done_by_fkey FOREIGN KEY (done_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.census_form
    ADD CONSTRAINT census_form_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.check_due
    ADD CONSTRAINT check_due_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.check_file
    ADD CONSTRAINT check_file_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.check_finding
    ADD CONSTRAINT check_finding_aside_by_fkey FOREIGN KEY (aside_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.check_finding
    ADD CONSTRAINT check_finding_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.comparison_answer
    ADD CONSTRAINT comparison_answer_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.comparison_batch(id);

ALTER TABLE ONLY public.comparison_answer
    ADD CONSTRAINT comparison_answer_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.comparison_answer
    ADD CONSTRAINT comparison_answer_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.comparison_batch
    ADD CONSTRAINT comparison_batch_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.comparison_batch
    ADD CONSTRAINT comparison_batch_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.comparison_content
    ADD CONSTRAINT comparison_content_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.comparison_answer(id);

ALTER TABLE ONLY public.comparison_finding
    ADD CONSTRAINT comparison_finding_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.comparison_answer(id);

ALTER TABLE ONLY public.comparison_finding
    ADD CONSTRAINT comparison_finding_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.comparison_finding
    ADD CONSTRAINT comparison_finding_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.comparison_left_out
    ADD CONSTRAINT comparison_left_out_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.comparison_batch(id);

ALTER TABLE ONLY public.comparison_left_out
    ADD CONSTRAINT comparison_left_out_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.comparison_row
    ADD CONSTRAINT comparison_row_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.comparison_answer(id);

ALTER TABLE ONLY public.comparison_row
    ADD CONSTRAINT comparison_row_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.comparison_subject
    ADD CONSTRAINT comparison_subject_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.comparison_batch(id);

ALTER TABLE ONLY public.comparison_subject
    ADD CONSTRAINT comparison_subject_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.eligibility_line
    ADD CONSTRAINT eligibility_line_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.eligibility_line
    ADD CONSTRAINT eligibility_line_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.eligibility_reference
    ADD CONSTRAINT eligibility_reference_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.eligibility_rule
    ADD CONSTRAINT eligibility_rule_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.eligibility_rule
    ADD CONSTRAINT eligibility_rule_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.eligibility_standard
    ADD CONSTRAINT eligibility_standard_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.exit_callback
    ADD CONSTRAINT exit_callback_called_by_fkey FOREIGN KEY (called_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.exit_callback
    ADD CONSTRAINT exit_callback_exit_id_fkey FOREIGN KEY (exit_id) REFERENCES public.exit_exit(id);

ALTER TABLE ONLY public.exit_callback
    ADD CONSTRAINT exit_callback_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.exit_claim
    ADD CONSTRAINT exit_claim_exit_id_fkey FOREIGN KEY (exit_id) REFERENCES public.exit_exit(id);

ALTER TABLE ONLY public.exit_claim
    ADD CONSTRAINT exit_claim_payable_id_fkey FOREIGN KEY (payable_id) REFERENCES public.payment_payable(id);

ALTER TABLE ONLY public.exit_exit
    ADD CONSTRAINT exit_exit_assessed_by_fkey FOREIGN KEY (assessed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.exit_exit
    ADD CONSTRAINT exit_exit_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.exit_exit
    ADD CONSTRAINT exit_exit_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.exit_exit
    ADD CONSTRAINT exit_exit_posted_by_fkey FOREIGN KEY (posted_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.exit_exit
    ADD CONSTRAINT exit_exit_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.exit_exit
    ADD CONSTRAINT exit_exit_rule_on_fkey FOREIGN KEY (rule_on) REFERENCES public.exit_rule(from_on);

ALTER TABLE ONLY public.exit_exit
    ADD CONSTRAINT exit_exit_told_by_fkey FOREIGN KEY (told_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.exit_guarantee
    ADD CONSTRAINT exit_guarantee_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES public.casefile_evidence(id);

ALTER TABLE ONLY public.exit_guarantee
    ADD CONSTRAINT exit_guarantee_exit_id_fkey FOREIGN KEY (exit_id) REFERENCES public.exit_exit(id);

ALTER TABLE ONLY public.exit_month
    ADD CONSTRAINT exit_month_exit_id_fkey FOREIGN KEY (exit_id) REFERENCES public.exit_exit(id);

ALTER TABLE ONLY public.exit_month
    ADD CONSTRAINT exit_month_line_id_fkey FOREIGN KEY (line_id) REFERENCES public.eligibility_line(id);

ALTER TABLE ONLY public.exit_paper
    ADD CONSTRAINT exit_paper_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES public.casefile_evidence(id);

ALTER TABLE ONLY public.exit_paper
    ADD CONSTRAINT exit_paper_exit_id_fkey FOREIGN KEY (exit_id) REFERENCES public.exit_exit(id);

ALTER TABLE ONLY public.exit_receipt
    ADD CONSTRAINT exit_receipt_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.exit_receipt
    ADD CONSTRAINT exit_receipt_exit_id_fkey FOREIGN KEY (exit_id) REFERENCES public.exit_exit(id);

ALTER TABLE ONLY public.exit_receipt_part
    ADD CONSTRAINT exit_receipt_part_payable_id_fkey FOREIGN KEY (payable_id) REFERENCES public.payment_payable(id);

ALTER TABLE ONLY public.exit_receipt_part
    ADD CONSTRAINT exit_receipt_part_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES public.exit_receipt(id);

ALTER TABLE ONLY public.exit_receipt_reversal
    ADD CONSTRAINT exit_receipt_reversal_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.exit_receipt_reversal
    ADD CONSTRAINT exit_receipt_reversal_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES public.exit_receipt(id);

ALTER TABLE ONLY public.fund_account
    ADD CONSTRAINT fund_account_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.fund_account
    ADD CONSTRAINT fund_account_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.fund_allowed
    ADD CONSTRAINT fund_allowed_purpose_fkey FOREIGN KEY (purpose) REFERENCES public.fund_purpose(code);

ALTER TABLE ONLY public.fund_allowed
    ADD CONSTRAINT fund_allowed_source_fkey FOREIGN KEY (source) REFERENCES public.fund_source(code);

ALTER TABLE ONLY public.fund_entry
    ADD CONSTRAINT fund_entry_reverses_fkey FOREIGN KEY (reverses) REFERENCES public.fund_entry(id);

ALTER TABLE ONLY public.fund_entry
    ADD CONSTRAINT fund_entry_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.fund_account
    ADD CONSTRAINT fund_pair_allowed FOREIGN KEY (source, purpose) REFERENCES public.fund_allowed(source, purpose);

ALTER TABLE ONLY public.fund_posting
    ADD CONSTRAINT fund_posting_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.fund_account(id);

ALTER TABLE ONLY public.fund_posting
    ADD CONSTRAINT fund_posting_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.fund_entry(id);

ALTER TABLE ONLY public.fund_pot
    ADD CONSTRAINT fund_pot_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.fund_account(id);

ALTER TABLE ONLY public.grant_application
    ADD CONSTRAINT grant_application_card_id_fkey FOREIGN KEY (card_id) REFERENCES public.casefile_card(id);

ALTER TABLE ONLY public.grant_application
    ADD CONSTRAINT grant_application_committee_id_fkey FOREIGN KEY (committee_id) REFERENCES public.staff_body(id);

ALTER TABLE ONLY public.grant_application
    ADD CONSTRAINT grant_application_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.grant_application
    ADD CONSTRAINT grant_application_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.grant_application
    ADD CONSTRAINT grant_application_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.staff_body(id);

ALTER TABLE ONLY public.grant_application
    ADD CONSTRAINT grant_application_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.grant_application
    ADD CONSTRAINT grant_application_revised_by_fkey FOREIGN KEY (revised_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.grant_application
    ADD CONSTRAINT grant_application_terms_id_purpose_fkey FOREIGN KEY (terms_id, purpose) REFERENCES public.grant_terms(id, purpose);

ALTER TABLE ONLY public.grant_decision
    ADD CONSTRAINT grant_decision_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.grant_application(id);

ALTER TABLE ONLY public.grant_decision
    ADD CONSTRAINT grant_decision_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.grant_application
    ADD CONSTRAINT grant_fund_serves_purpose FOREIGN KEY (account_id, purpose) REFERENCES public.fund_account(id, purpose);

ALTER TABLE ONLY public.grant_terms
    ADD CONSTRAINT grant_terms_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.grant_terms
    ADD CONSTRAINT grant_terms_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.grant_terms
    ADD CONSTRAINT grant_terms_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.grant_programme(id);

ALTER TABLE ONLY public.grant_terms
    ADD CONSTRAINT grant_terms_purpose_fkey FOREIGN KEY (purpose) REFERENCES public.fund_purpose(code);

ALTER TABLE ONLY public.ledger_export
    ADD CONSTRAINT ledger_export_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.ledger_export
    ADD CONSTRAINT ledger_export_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.ledger_export
    ADD CONSTRAINT ledger_export_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.ledger_import
    ADD CONSTRAINT ledger_import_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.ledger_import
    ADD CONSTRAINT ledger_import_started_by_fkey FOREIGN KEY (started_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.ledger_import
    ADD CONSTRAINT ledger_import_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.ledger_mapping
    ADD CONSTRAINT ledger_mapping_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.ledger_mapping
    ADD CONSTRAINT ledger_mapping_used_by_fkey FOREIGN KEY (used_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.ledger_origin
    ADD CONSTRAINT ledger_origin_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.ledger_origin
    ADD CONSTRAINT ledger_origin_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.ledger_import(id);

ALTER TABLE ONLY public.ledger_row
    ADD CONSTRAINT ledger_row_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.ledger_row
    ADD CONSTRAINT ledger_row_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.ledger_import(id);

ALTER TABLE ONLY public.move_batch
    ADD CONSTRAINT move_batch_done_by_fkey FOREIGN KEY (done_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.move_batch
    ADD CONSTRAINT move_batch_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.move_move
    ADD CONSTRAINT move_move_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.move_move
    ADD CONSTRAINT move_move_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.move_move
    ADD CONSTRAINT move_move_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES public.casefile_evidence(id);

ALTER TABLE ONLY public.move_move
    ADD CONSTRAINT move_move_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.move_move
    ADD CONSTRAINT move_move_from_org_fkey FOREIGN KEY (from_org) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.move_move
    ADD CONSTRAINT move_move_other_id_fkey FOREIGN KEY (other_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.move_move
    ADD CONSTRAINT move_move_received_by_fkey FOREIGN KEY (received_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.move_move
    ADD CONSTRAINT move_move_to_org_fkey FOREIGN KEY (to_org) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.move_verdict
    ADD CONSTRAINT move_verdict_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.move_batch(id);

ALTER TABLE ONLY public.move_verdict
    ADD CONSTRAINT move_verdict_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.move_verdict
    ADD CONSTRAINT move_verdict_move_id_fkey FOREIGN KEY (move_id) REFERENCES public.move_move(id);

ALTER TABLE ONLY public.nomination_nomination
    ADD CONSTRAINT nomination_nomination_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.nomination_nomination
    ADD CONSTRAINT nomination_nomination_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.nomination_nomination
    ADD CONSTRAINT nomination_nomination_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.nomination_nomination
    ADD CONSTRAINT nomination_nomination_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.nomination_nomination
    ADD CONSTRAINT nomination_nomination_to_org_id_fkey FOREIGN KEY (to_org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.notice_notice
    ADD CONSTRAINT notice_notice_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.notice_notice
    ADD CONSTRAINT notice_notice_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.notice_notice
    ADD CONSTRAINT notice_notice_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.notice_objection
    ADD CONSTRAINT notice_objection_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.notice_objection
    ADD CONSTRAINT notice_objection_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.notice_objection
    ADD CONSTRAINT notice_objection_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES public.notice_notice(id);

ALTER TABLE ONLY public.notice_objection
    ADD CONSTRAINT notice_objection_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visit_visit(id);

ALTER TABLE ONLY public.notice_shown
    ADD CONSTRAINT notice_shown_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES public.notice_notice(id);

ALTER TABLE ONLY public.notice_shown
    ADD CONSTRAINT notice_shown_public_id_fkey FOREIGN KEY (public_id) REFERENCES public.notice_public(id);

ALTER TABLE ONLY public.payment_answer
    ADD CONSTRAINT payment_answer_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.payment_batch(id);

ALTER TABLE ONLY public.payment_answer
    ADD CONSTRAINT payment_answer_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.payment_batch
    ADD CONSTRAINT payment_batch_format_id_fkey FOREIGN KEY (format_id) REFERENCES public.payment_format(id);

ALTER TABLE ONLY public.payment_batch
    ADD CONSTRAINT payment_batch_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.payment_batch
    ADD CONSTRAINT payment_batch_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.payment_batch
    ADD CONSTRAINT payment_batch_released_by_fkey FOREIGN KEY (released_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.payment_format
    ADD CONSTRAINT payment_format_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.payment_line
    ADD CONSTRAINT payment_line_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.payment_answer(id);

ALTER TABLE ONLY public.payment_line
    ADD CONSTRAINT payment_line_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.payment_batch(id);

ALTER TABLE ONLY public.payment_line
    ADD CONSTRAINT payment_line_card_id_fkey FOREIGN KEY (card_id) REFERENCES public.casefile_card(id);

ALTER TABLE ONLY public.payment_line
    ADD CONSTRAINT payment_line_payable_id_fkey FOREIGN KEY (payable_id) REFERENCES public.payment_payable(id);

ALTER TABLE ONLY public.payment_payable
    ADD CONSTRAINT payment_payable_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.fund_account(id);

ALTER TABLE ONLY public.payment_payable
    ADD CONSTRAINT payment_payable_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.grant_application(id);

ALTER TABLE ONLY public.payment_payable
    ADD CONSTRAINT payment_payable_card_id_fkey FOREIGN KEY (card_id) REFERENCES public.casefile_card(id);

ALTER TABLE ONLY public.payment_payable
    ADD CONSTRAINT payment_payable_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.payment_payable
    ADD CONSTRAINT payment_payable_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.payment_refusal
    ADD CONSTRAINT payment_refusal_payable_id_fkey FOREIGN KEY (payable_id) REFERENCES public.payment_payable(id);

ALTER TABLE ONLY public.payment_refusal
    ADD CONSTRAINT payment_refusal_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.payment_revocation
    ADD CONSTRAINT payment_revocation_payable_id_fkey FOREIGN KEY (payable_id) REFERENCES public.payment_payable(id);

ALTER TABLE ONLY public.payment_revocation
    ADD CONSTRAINT payment_revocation_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.plan_measure
    ADD CONSTRAINT plan_measure_moved_by_fkey FOREIGN KEY (moved_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.plan_measure
    ADD CONSTRAINT plan_measure_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES public.plan_plan(id);

ALTER TABLE ONLY public.plan_plan
    ADD CONSTRAINT plan_plan_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.plan_plan
    ADD CONSTRAINT plan_plan_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.reading_hour
    ADD CONSTRAINT reading_hour_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.referral_event
    ADD CONSTRAINT referral_event_done_by_fkey FOREIGN KEY (done_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.referral_event
    ADD CONSTRAINT referral_event_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES public.referral_referral(id);

ALTER TABLE ONLY public.referral_number
    ADD CONSTRAINT referral_number_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.referral_paper
    ADD CONSTRAINT referral_paper_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES public.casefile_evidence(id);

ALTER TABLE ONLY public.referral_paper
    ADD CONSTRAINT referral_paper_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES public.referral_referral(id);

ALTER TABLE ONLY public.referral_reception_event
    ADD CONSTRAINT referral_reception_event_done_by_fkey FOREIGN KEY (done_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.referral_reception_event
    ADD CONSTRAINT referral_reception_event_reception_id_fkey FOREIGN KEY (reception_id) REFERENCES public.referral_reception(id);

ALTER TABLE ONLY public.referral_reception
    ADD CONSTRAINT referral_reception_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.referral_reception
    ADD CONSTRAINT referral_reception_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.referral_reception
    ADD CONSTRAINT referral_reception_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.referral_referral
    ADD CONSTRAINT referral_referral_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.referral_referral
    ADD CONSTRAINT referral_referral_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.referral_referral
    ADD CONSTRAINT referral_referral_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.casefile_person(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.referral_uncovered
    ADD CONSTRAINT referral_uncovered_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.retention_aid
    ADD CONSTRAINT retention_aid_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.retention_erased(file_id);

ALTER TABLE ONLY public.retention_aid
    ADD CONSTRAINT retention_aid_purpose_fkey FOREIGN KEY (purpose) REFERENCES public.fund_purpose(code);

ALTER TABLE ONLY public.retention_batch
    ADD CONSTRAINT retention_batch_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.retention_batch
    ADD CONSTRAINT retention_batch_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.retention_batch
    ADD CONSTRAINT retention_batch_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.retention_erased
    ADD CONSTRAINT retention_erased_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.retention_batch(id);

ALTER TABLE ONLY public.retention_erased
    ADD CONSTRAINT retention_erased_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.retention_erased
    ADD CONSTRAINT retention_erased_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.retention_hold
    ADD CONSTRAINT retention_hold_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.retention_hold
    ADD CONSTRAINT retention_hold_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.retention_hold
    ADD CONSTRAINT retention_hold_placed_by_fkey FOREIGN KEY (placed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.retention_item
    ADD CONSTRAINT retention_item_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.retention_batch(id);

ALTER TABLE ONLY public.retention_item
    ADD CONSTRAINT retention_item_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.review_result
    ADD CONSTRAINT review_result_agreed_by_fkey FOREIGN KEY (agreed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.review_result
    ADD CONSTRAINT review_result_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.review_result
    ADD CONSTRAINT review_result_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.review_result
    ADD CONSTRAINT review_result_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.review_result
    ADD CONSTRAINT review_result_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.review_result
    ADD CONSTRAINT review_result_round_id_fkey FOREIGN KEY (round_id) REFERENCES public.review_round(id);

ALTER TABLE ONLY public.review_round
    ADD CONSTRAINT review_round_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.review_round
    ADD CONSTRAINT review_round_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.review_round
    ADD CONSTRAINT review_round_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.review_unit
    ADD CONSTRAINT review_unit_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.review_unit
    ADD CONSTRAINT review_unit_round_id_fkey FOREIGN KEY (round_id) REFERENCES public.review_round(id);

ALTER TABLE ONLY public.staff_body_member
    ADD CONSTRAINT staff_body_member_body_id_fkey FOREIGN KEY (body_id) REFERENCES public.staff_body(id);

ALTER TABLE ONLY public.staff_body_member
    ADD CONSTRAINT staff_body_member_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.staff_body
    ADD CONSTRAINT staff_body_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.staff_member
    ADD CONSTRAINT staff_member_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.staff_org
    ADD CONSTRAINT staff_org_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.staff_relative
    ADD CONSTRAINT staff_relative_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.staff_relative
    ADD CONSTRAINT staff_relative_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.staff_relative
    ADD CONSTRAINT staff_relative_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.staff_role
    ADD CONSTRAINT staff_role_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.trial_change
    ADD CONSTRAINT trial_change_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.trial_change
    ADD CONSTRAINT trial_change_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.trial_run(id);

ALTER TABLE ONLY public.trial_proposal
    ADD CONSTRAINT trial_proposal_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.trial_proposal
    ADD CONSTRAINT trial_proposal_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.trial_run
    ADD CONSTRAINT trial_run_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.trial_run
    ADD CONSTRAINT trial_run_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.trial_proposal(id);

ALTER TABLE ONLY public.visit_finding
    ADD CONSTRAINT visit_finding_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visit_visit(id);

ALTER TABLE ONLY public.visit_pick
    ADD CONSTRAINT visit_pick_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.visit_pick
    ADD CONSTRAINT visit_pick_sample_id_fkey FOREIGN KEY (sample_id) REFERENCES public.visit_sample(id);

ALTER TABLE ONLY public.visit_plan
    ADD CONSTRAINT visit_plan_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.visit_plan
    ADD CONSTRAINT visit_plan_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.visit_sample
    ADD CONSTRAINT visit_sample_announced_by_fkey FOREIGN KEY (announced_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.visit_sample
    ADD CONSTRAINT visit_sample_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.visit_sample
    ADD CONSTRAINT visit_sample_seeded_by_fkey FOREIGN KEY (seeded_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.visit_stop
    ADD CONSTRAINT visit_stop_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.visit_stop
    ADD CONSTRAINT visit_stop_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES public.visit_plan(id);

ALTER TABLE ONLY public.visit_stop
    ADD CONSTRAINT visit_stop_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.visit_team(id);

ALTER TABLE ONLY public.visit_stop
    ADD CONSTRAINT visit_stop_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visit_visit(id);

ALTER TABLE ONLY public.visit_team
    ADD CONSTRAINT visit_team_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES public.visit_plan(id);

ALTER TABLE ONLY public.visit_team
    ADD CONSTRAINT visit_team_visitor_a_fkey FOREIGN KEY (visitor_a) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.visit_team
    ADD CONSTRAINT visit_team_visitor_b_fkey FOREIGN KEY (visitor_b) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.visit_trained
    ADD CONSTRAINT visit_trained_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.visit_trained
    ADD CONSTRAINT visit_trained_training_id_fkey FOREIGN KEY (training_id) REFERENCES public.visit_training(id);

ALTER TABLE ONLY public.visit_training
    ADD CONSTRAINT visit_training_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.visit_training
    ADD CONSTRAINT visit_training_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.visit_training
    ADD CONSTRAINT visit_training_voided_by_fkey FOREIGN KEY (voided_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.visit_typed
    ADD CONSTRAINT visit_typed_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.visit_typed
    ADD CONSTRAINT visit_typed_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.visit_visit
    ADD CONSTRAINT visit_visit_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.visit_visit
    ADD CONSTRAINT visit_visit_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.visit_visit
    ADD CONSTRAINT visit_visit_objection_id_fkey FOREIGN KEY (objection_id) REFERENCES public.notice_objection(id);

ALTER TABLE ONLY public.visit_visit
    ADD CONSTRAINT visit_visit_visitor_a_fkey FOREIGN KEY (visitor_a) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.visit_visit
    ADD CONSTRAINT visit_visit_visitor_b_fkey FOREIGN KEY (visitor_b) REFERENCES public.staff_member(id);

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO bangfu_app;
GRANT USAGE ON SCHEMA public TO bangfu_report;
GRANT ALL ON SCHEMA public TO bangfu_owner;

GRANT SELECT,INSERT ON TABLE public.audit_entry TO bangfu_app;
GRANT SELECT ON TABLE public.audit_entry TO bangfu_report;

REVOKE ALL ON FUNCTION public.audit_redact(file bigint, OUT entries integer, OUT trail text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.casefile_copy_people(new_file bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.casefile_copy_people(new_file bigint) TO bangfu_app;

REVOKE ALL ON FUNCTION public.casefile_merge_people(old_file bigint, people bigint[], relations text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.casefile_merge_people(old_file bigint, people bigint[], relations text[]) TO bangfu_app;

REVOKE ALL ON FUNCTION public.casefile_split_people(new_file bigint, people bigint[], relations text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.casefile_split_people(new_file bigint, people bigint[], relations text[]) TO bangfu_app;

REVOKE ALL ON FUNCTION public.casefile_take_back(files bigint[], why text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.casefile_take_back(files bigint[], why text, at timestamp with time zone) TO bangfu_app;

REVOKE ALL ON FUNCTION public.casefile_take_duty(file bigint, staff bigint, wanted text) FROM PUBLIC;

GRANT SELECT,INSERT ON TABLE public.exit_exit TO bangfu_app;
GRANT SELECT ON TABLE public.exit_exit TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.exit_exit TO bangfu_app;

GRANT UPDATE(opinion) ON TABLE public.exit_exit TO bangfu_app;

GRANT UPDATE(assessed_by) ON TABLE public.exit_exit TO bangfu_app;

GRANT UPDATE(assessed_at) ON TABLE public.exit_exit TO bangfu_app;

GRANT UPDATE(posted_on) ON TABLE public.exit_exit TO bangfu_app;

GRANT UPDATE(posted_where) ON TABLE public.exit_exit TO bangfu_app;

GRANT UPDATE(posted_by) ON TABLE public.exit_exit TO bangfu_app;

GRANT UPDATE(told_on) ON TABLE public.exit_exit TO bangfu_app;

GRANT UPDATE(told_how) ON TABLE public.exit_exit TO bangfu_app;

GRANT UPDATE(told_whom) ON TABLE public.exit_exit TO bangfu_app;

GRANT UPDATE(told_by) ON TABLE public.exit_exit TO bangfu_app;

GRANT UPDATE(told_at) ON TABLE public.exit_exit TO bangfu_app;

GRANT UPDATE(closed_by) ON TABLE public.exit_exit TO bangfu_app;

GRANT UPDATE(closed_at) ON TABLE public.exit_exit TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.grant_application TO bangfu_app;
GRANT SELECT ON TABLE public.grant_application TO bangfu_report;

GRANT UPDATE(reason) ON TABLE public.grant_application TO bangfu_app;

GRANT UPDATE(facts) ON TABLE public.grant_application TO bangfu_app;

GRANT UPDATE(ceiling_fen) ON TABLE public.grant_application TO bangfu_app;

GRANT UPDATE(amount_fen) ON TABLE public.grant_application TO bangfu_app;

GRANT UPDATE(window_fen) ON TABLE public.grant_application TO bangfu_app;

GRANT UPDATE(tier) ON TABLE public.grant_application TO bangfu_app;

GRANT UPDATE(state) ON TABLE public.grant_application TO bangfu_app;

GRANT UPDATE(step) ON TABLE public.grant_application TO bangfu_app;

GRANT UPDATE(waiting_at) ON TABLE public.grant_application TO bangfu_app;

GRANT UPDATE(round) ON TABLE public.grant_application TO bangfu_app;

GRANT UPDATE(account_id) ON TABLE public.grant_application TO bangfu_app;

GRANT UPDATE(card_id) ON TABLE public.grant_application TO bangfu_app;

GRANT UPDATE(revised_by) ON TABLE public.grant_application TO bangfu_app;

GRANT UPDATE(decided_at) ON TABLE public.grant_application TO bangfu_app;

REVOKE ALL ON FUNCTION public.referral_stand(file bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.retention_erase(batch bigint, file bigint, at timestamp with time zone, OUT papers integer, OUT entries integer, OUT trail text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.retention_erase(batch bigint, file bigint, at timestamp with time zone, OUT papers integer, OUT entries integer, OUT trail text) TO bangfu_app;

GRANT SELECT,DELETE ON TABLE public.audit_pending TO bangfu_app;
GRANT SELECT ON TABLE public.audit_pending TO bangfu_report;

GRANT SELECT ON TABLE public.audit_redaction TO bangfu_app;
GRANT SELECT ON TABLE public.audit_redaction TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.audit_seal TO bangfu_app;
GRANT SELECT ON TABLE public.audit_seal TO bangfu_report;

GRANT SELECT,INSERT,DELETE ON TABLE public.casefile_arrears TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_arrears TO bangfu_report;

GRANT UPDATE(settled_on) ON TABLE public.casefile_arrears TO bangfu_app;

GRANT UPDATE(settled_by) ON TABLE public.casefile_arrears TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.casefile_assessment TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_assessment TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.casefile_card TO bangfu_app;

GRANT UPDATE(state) ON TABLE public.casefile_card TO bangfu_app;

GRANT UPDATE(confirmed_by) ON TABLE public.casefile_card TO bangfu_app;

GRANT UPDATE(confirmed_at) ON TABLE public.casefile_card TO bangfu_app;

GRANT UPDATE(reject_reason) ON TABLE public.casefile_card TO bangfu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casefile_cause TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_cause TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.casefile_change TO bangfu_app;

GRANT SELECT(id) ON TABLE public.casefile_change TO bangfu_report;

GRANT SELECT(file_id) ON TABLE public.casefile_change TO bangfu_report;

GRANT SELECT(kind) ON TABLE public.casefile_change TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.casefile_change TO bangfu_app;
GRANT SELECT(state) ON TABLE public.casefile_change TO bangfu_report;

GRANT SELECT(second) ON TABLE public.casefile_change TO bangfu_report;

GRANT UPDATE(after) ON TABLE public.casefile_change TO bangfu_app;

GRANT UPDATE(carried_in) ON TABLE public.casefile_change TO bangfu_app;

GRANT SELECT(asked_at) ON TABLE public.casefile_change TO bangfu_report;

GRANT UPDATE(decided_by) ON TABLE public.casefile_change TO bangfu_app;

GRANT UPDATE(decided_at) ON TABLE public.casefile_change TO bangfu_app;
GRANT SELECT(decided_at) ON TABLE public.casefile_change TO bangfu_report;

GRANT UPDATE(note) ON TABLE public.casefile_change TO bangfu_app;

GRANT SELECT ON TABLE public.casefile_claim TO bangfu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casefile_declaration TO bangfu_app;

GRANT SELECT ON TABLE public.casefile_duty TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_duty TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.casefile_evidence TO bangfu_app;

GRANT UPDATE(removed_by) ON TABLE public.casefile_evidence TO bangfu_app;

GRANT UPDATE(removed_at) ON TABLE public.casefile_evidence TO bangfu_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.casefile_figure TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_figure TO bangfu_report;

GRANT UPDATE(amount_fen) ON TABLE public.casefile_figure TO bangfu_app;

GRANT UPDATE(evidence_id) ON TABLE public.casefile_figure TO bangfu_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.casefile_file TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_file TO bangfu_report;

GRANT USAGE ON SEQUENCE public.casefile_file_id_seq TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.casefile_judgement TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_judgement TO bangfu_report;

GRANT SELECT,INSERT,UPDATE ON TABLE public.casefile_number TO bangfu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casefile_opinion TO bangfu_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.casefile_particular TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_particular TO bangfu_report;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casefile_person TO bangfu_app;

GRANT SELECT(id) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(file_id) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(relation) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(birth_on) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(sex) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(ethnicity) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(political) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(marital) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(registration) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(health) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(disability) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(grade) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(insurance) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(identity) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(work_status) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(ownership) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(model_worker) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(left_on) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(condition) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(industry) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(employment_form) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(education) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.casefile_print TO bangfu_app;

GRANT SELECT(id) ON TABLE public.casefile_print TO bangfu_report;

GRANT SELECT(kind) ON TABLE public.casefile_print TO bangfu_report;

GRANT SELECT(org_id) ON TABLE public.casefile_print TO bangfu_report;

GRANT SELECT(file_id) ON TABLE public.casefile_print TO bangfu_report;

GRANT SELECT(version) ON TABLE public.casefile_print TO bangfu_report;

GRANT SELECT(list) ON TABLE public.casefile_print TO bangfu_report;

GRANT SELECT(reason) ON TABLE public.casefile_print TO bangfu_report;

GRANT SELECT(printed_by) ON TABLE public.casefile_print TO bangfu_report;

GRANT SELECT(printed_at) ON TABLE public.casefile_print TO bangfu_report;

GRANT SELECT(subject) ON TABLE public.casefile_print TO bangfu_report;

GRANT SELECT(category) ON TABLE public.casefile_print TO bangfu_report;

GRANT SELECT,INSERT,UPDATE ON TABLE public.casefile_property TO bangfu_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.casefile_saved TO bangfu_app;

GRANT UPDATE(org_id) ON TABLE public.casefile_saved TO bangfu_app;

GRANT UPDATE(name) ON TABLE public.casefile_saved TO bangfu_app;

GRANT UPDATE(query) ON TABLE public.casefile_saved TO bangfu_app;

GRANT UPDATE(shared) ON TABLE public.casefile_saved TO bangfu_app;

GRANT UPDATE(saved_at) ON TABLE public.casefile_saved TO bangfu_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.casefile_saved_mark TO bangfu_app;

GRANT UPDATE(starred) ON TABLE public.casefile_saved_mark TO bangfu_app;

GRANT UPDATE(opens_first) ON TABLE public.casefile_saved_mark TO bangfu_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.casefile_section TO bangfu_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.casefile_section_past TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.casefile_snapshot TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_snapshot TO bangfu_report;

GRANT UPDATE(until_on) ON TABLE public.casefile_snapshot TO bangfu_app;

GRANT UPDATE(people) ON TABLE public.casefile_snapshot TO bangfu_app;

GRANT UPDATE(taken_by) ON TABLE public.casefile_snapshot TO bangfu_app;

GRANT UPDATE(taken_at) ON TABLE public.casefile_snapshot TO bangfu_app;

GRANT UPDATE(current) ON TABLE public.casefile_snapshot TO bangfu_app;

GRANT SELECT ON TABLE public.casefile_standing TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_standing TO bangfu_report;

GRANT SELECT ON TABLE public.casefile_term TO bangfu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casefile_typed TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.casefile_version TO bangfu_app;

GRANT SELECT(file_id) ON TABLE public.casefile_version TO bangfu_report;

GRANT SELECT(number) ON TABLE public.casefile_version TO bangfu_report;

GRANT SELECT(round) ON TABLE public.casefile_version TO bangfu_report;

GRANT SELECT(kept_at) ON TABLE public.casefile_version TO bangfu_report;

GRANT SELECT(kept_by) ON TABLE public.casefile_version TO bangfu_report;

GRANT SELECT(why) ON TABLE public.casefile_version TO bangfu_report;

GRANT SELECT(hash) ON TABLE public.casefile_version TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.census_bundle TO bangfu_app;
GRANT SELECT ON TABLE public.census_bundle TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.census_census TO bangfu_app;
GRANT SELECT ON TABLE public.census_census TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.census_census TO bangfu_app;

GRANT UPDATE(forms) ON TABLE public.census_census TO bangfu_app;

GRANT UPDATE(conclusion) ON TABLE public.census_census TO bangfu_app;

GRANT UPDATE(closed_by) ON TABLE public.census_census TO bangfu_app;

GRANT UPDATE(closed_at) ON TABLE public.census_census TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.census_form TO bangfu_app;

GRANT SELECT(id) ON TABLE public.census_form TO bangfu_report;

GRANT SELECT(census_id) ON TABLE public.census_form TO bangfu_report;

GRANT SELECT(number) ON TABLE public.census_form TO bangfu_report;

GRANT SELECT(bundle_id) ON TABLE public.census_form TO bangfu_report;

GRANT SELECT(org_path) ON TABLE public.census_form TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.census_form TO bangfu_app;
GRANT SELECT(state) ON TABLE public.census_form TO bangfu_report;

GRANT UPDATE(returned_on) ON TABLE public.census_form TO bangfu_app;
GRANT SELECT(returned_on) ON TABLE public.census_form TO bangfu_report;

GRANT UPDATE(head_name) ON TABLE public.census_form TO bangfu_app;

GRANT UPDATE(reason) ON TABLE public.census_form TO bangfu_app;
GRANT SELECT(reason) ON TABLE public.census_form TO bangfu_report;

GRANT UPDATE(note) ON TABLE public.census_form TO bangfu_app;

GRANT UPDATE(file_id) ON TABLE public.census_form TO bangfu_app;
GRANT SELECT(file_id) ON TABLE public.census_form TO bangfu_report;

GRANT UPDATE(done_by) ON TABLE public.census_form TO bangfu_app;

GRANT UPDATE(done_at) ON TABLE public.census_form TO bangfu_app;
GRANT SELECT(done_at) ON TABLE public.census_form TO bangfu_report;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.check_due TO bangfu_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.check_file TO bangfu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.check_finding TO bangfu_app;
GRANT SELECT ON TABLE public.check_finding TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.comparison_answer TO bangfu_app;
GRANT SELECT ON TABLE public.comparison_answer TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.comparison_answer TO bangfu_app;

GRANT UPDATE(columns) ON TABLE public.comparison_answer TO bangfu_app;

GRANT UPDATE(rows_read) ON TABLE public.comparison_answer TO bangfu_app;

GRANT UPDATE(fault) ON TABLE public.comparison_answer TO bangfu_app;

GRANT UPDATE(done_at) ON TABLE public.comparison_answer TO bangfu_app;

GRANT UPDATE(head) ON TABLE public.comparison_answer TO bangfu_app;

GRANT UPDATE(blank_none) ON TABLE public.comparison_answer TO bangfu_app;

GRANT UPDATE(absent_none) ON TABLE public.comparison_answer TO bangfu_app;

GRANT UPDATE(answered) ON TABLE public.comparison_answer TO bangfu_app;

GRANT UPDATE(withdrawn_by) ON TABLE public.comparison_answer TO bangfu_app;

GRANT UPDATE(withdrawn_at) ON TABLE public.comparison_answer TO bangfu_app;

GRANT UPDATE(withdrawn_why) ON TABLE public.comparison_answer TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.comparison_batch TO bangfu_app;
GRANT SELECT ON TABLE public.comparison_batch TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.comparison_batch TO bangfu_app;

GRANT UPDATE(files) ON TABLE public.comparison_batch TO bangfu_app;

GRANT UPDATE(people) ON TABLE public.comparison_batch TO bangfu_app;

GRANT UPDATE(left_out) ON TABLE public.comparison_batch TO bangfu_app;

GRANT UPDATE(sent_at) ON TABLE public.comparison_batch TO bangfu_app;

GRANT UPDATE(sent_people) ON TABLE public.comparison_batch TO bangfu_app;

GRANT UPDATE(unreached) ON TABLE public.comparison_batch TO bangfu_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.comparison_content TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.comparison_finding TO bangfu_app;

GRANT SELECT(id) ON TABLE public.comparison_finding TO bangfu_report;

GRANT SELECT(answer_id) ON TABLE public.comparison_finding TO bangfu_report;

GRANT SELECT(file_id) ON TABLE public.comparison_finding TO bangfu_report;

GRANT SELECT(kind) ON TABLE public.comparison_finding TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.comparison_finding TO bangfu_app;
GRANT SELECT(state) ON TABLE public.comparison_finding TO bangfu_report;

GRANT UPDATE(note) ON TABLE public.comparison_finding TO bangfu_app;

GRANT UPDATE(resolved_by) ON TABLE public.comparison_finding TO bangfu_app;
GRANT SELECT(resolved_by) ON TABLE public.comparison_finding TO bangfu_report;

GRANT UPDATE(resolved_at) ON TABLE public.comparison_finding TO bangfu_app;
GRANT SELECT(resolved_at) ON TABLE public.comparison_finding TO bangfu_report;

GRANT SELECT(found_at) ON TABLE public.comparison_finding TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.comparison_left_out TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.comparison_row TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.comparison_rule TO bangfu_app;
GRANT SELECT ON TABLE public.comparison_rule TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.comparison_subject TO bangfu_app;

GRANT UPDATE(sent) ON TABLE public.comparison_subject TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.eligibility_line TO bangfu_app;
GRANT SELECT ON TABLE public.eligibility_line TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.eligibility_reference TO bangfu_app;
GRANT SELECT ON TABLE public.eligibility_reference TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.eligibility_rule TO bangfu_app;
GRANT SELECT ON TABLE public.eligibility_rule TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.eligibility_standard TO bangfu_app;
GRANT SELECT ON TABLE public.eligibility_standard TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.exit_callback TO bangfu_app;
GRANT SELECT ON TABLE public.exit_callback TO bangfu_report;

GRANT UPDATE(done_on) ON TABLE public.exit_callback TO bangfu_app;

GRANT UPDATE(how) ON TABLE public.exit_callback TO bangfu_app;

GRANT UPDATE(result) ON TABLE public.exit_callback TO bangfu_app;

GRANT UPDATE(note) ON TABLE public.exit_callback TO bangfu_app;

GRANT UPDATE(called_by) ON TABLE public.exit_callback TO bangfu_app;

GRANT UPDATE(entered_at) ON TABLE public.exit_callback TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.exit_claim TO bangfu_app;
GRANT SELECT ON TABLE public.exit_claim TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.exit_guarantee TO bangfu_app;
GRANT SELECT ON TABLE public.exit_guarantee TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.exit_month TO bangfu_app;
GRANT SELECT ON TABLE public.exit_month TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.exit_paper TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.exit_receipt TO bangfu_app;
GRANT SELECT ON TABLE public.exit_receipt TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.exit_receipt_part TO bangfu_app;
GRANT SELECT ON TABLE public.exit_receipt_part TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.exit_receipt_reversal TO bangfu_app;

GRANT SELECT(receipt_id) ON TABLE public.exit_receipt_reversal TO bangfu_report;

GRANT SELECT(entered_by) ON TABLE public.exit_receipt_reversal TO bangfu_report;

GRANT SELECT(entered_at) ON TABLE public.exit_receipt_reversal TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.exit_rule TO bangfu_app;
GRANT SELECT ON TABLE public.exit_rule TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.fund_account TO bangfu_app;
GRANT SELECT ON TABLE public.fund_account TO bangfu_report;

GRANT SELECT ON TABLE public.fund_allowed TO bangfu_app;
GRANT SELECT ON TABLE public.fund_allowed TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.fund_entry TO bangfu_app;
GRANT SELECT ON TABLE public.fund_entry TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.fund_posting TO bangfu_app;
GRANT SELECT ON TABLE public.fund_posting TO bangfu_report;

GRANT SELECT ON TABLE public.fund_pot TO bangfu_app;
GRANT SELECT ON TABLE public.fund_pot TO bangfu_report;

GRANT SELECT ON TABLE public.fund_purpose TO bangfu_app;
GRANT SELECT ON TABLE public.fund_purpose TO bangfu_report;

GRANT SELECT ON TABLE public.fund_source TO bangfu_app;
GRANT SELECT ON TABLE public.fund_source TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.grant_decision TO bangfu_app;
GRANT SELECT ON TABLE public.grant_decision TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.grant_programme TO bangfu_app;
GRANT SELECT ON TABLE public.grant_programme TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.grant_terms TO bangfu_app;
GRANT SELECT ON TABLE public.grant_terms TO bangfu_report;

GRANT SELECT ON TABLE public.grant_tier TO bangfu_app;
GRANT SELECT ON TABLE public.grant_tier TO bangfu_report;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ledger_export TO bangfu_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ledger_import TO bangfu_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ledger_mapping TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.ledger_origin TO bangfu_app;

GRANT UPDATE(old_number) ON TABLE public.ledger_origin TO bangfu_app;

GRANT UPDATE(old_category) ON TABLE public.ledger_origin TO bangfu_app;

GRANT UPDATE(old_on) ON TABLE public.ledger_origin TO bangfu_app;

GRANT UPDATE(monthly_fen) ON TABLE public.ledger_origin TO bangfu_app;

GRANT UPDATE(aid_fen) ON TABLE public.ledger_origin TO bangfu_app;

GRANT UPDATE(remark) ON TABLE public.ledger_origin TO bangfu_app;

GRANT UPDATE(undone_at) ON TABLE public.ledger_origin TO bangfu_app;

GRANT UPDATE(yearly_fen) ON TABLE public.ledger_origin TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.ledger_row TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.move_batch TO bangfu_app;
GRANT SELECT ON TABLE public.move_batch TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.move_move TO bangfu_app;

GRANT SELECT(id) ON TABLE public.move_move TO bangfu_report;

GRANT SELECT(kind) ON TABLE public.move_move TO bangfu_report;

GRANT SELECT(file_id) ON TABLE public.move_move TO bangfu_report;

GRANT SELECT(from_org) ON TABLE public.move_move TO bangfu_report;

GRANT SELECT(from_path) ON TABLE public.move_move TO bangfu_report;

GRANT SELECT(to_org) ON TABLE public.move_move TO bangfu_report;

GRANT SELECT(to_path) ON TABLE public.move_move TO bangfu_report;

GRANT UPDATE(other_id) ON TABLE public.move_move TO bangfu_app;
GRANT SELECT(other_id) ON TABLE public.move_move TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.move_move TO bangfu_app;
GRANT SELECT(state) ON TABLE public.move_move TO bangfu_report;

GRANT SELECT(why) ON TABLE public.move_move TO bangfu_report;

GRANT UPDATE(after) ON TABLE public.move_move TO bangfu_app;

GRANT UPDATE(other_after) ON TABLE public.move_move TO bangfu_app;

GRANT UPDATE(handed) ON TABLE public.move_move TO bangfu_app;

GRANT UPDATE(carried_in) ON TABLE public.move_move TO bangfu_app;

GRANT SELECT(asked_at) ON TABLE public.move_move TO bangfu_report;

GRANT UPDATE(decided_by) ON TABLE public.move_move TO bangfu_app;

GRANT UPDATE(decided_at) ON TABLE public.move_move TO bangfu_app;
GRANT SELECT(decided_at) ON TABLE public.move_move TO bangfu_report;

GRANT UPDATE(opinion) ON TABLE public.move_move TO bangfu_app;

GRANT UPDATE(received_by) ON TABLE public.move_move TO bangfu_app;

GRANT UPDATE(received_at) ON TABLE public.move_move TO bangfu_app;
GRANT SELECT(received_at) ON TABLE public.move_move TO bangfu_report;

GRANT UPDATE(answer) ON TABLE public.move_move TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.move_verdict TO bangfu_app;
GRANT SELECT ON TABLE public.move_verdict TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.nomination_nomination TO bangfu_app;

GRANT SELECT(id) ON TABLE public.nomination_nomination TO bangfu_report;

GRANT SELECT(org_id) ON TABLE public.nomination_nomination TO bangfu_report;

GRANT SELECT(org_path) ON TABLE public.nomination_nomination TO bangfu_report;

GRANT SELECT(to_org_id) ON TABLE public.nomination_nomination TO bangfu_report;

GRANT SELECT(cause) ON TABLE public.nomination_nomination TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.nomination_nomination TO bangfu_app;
GRANT SELECT(state) ON TABLE public.nomination_nomination TO bangfu_report;

GRANT SELECT(made_at) ON TABLE public.nomination_nomination TO bangfu_report;

GRANT SELECT(due_on) ON TABLE public.nomination_nomination TO bangfu_report;

GRANT UPDATE(reason) ON TABLE public.nomination_nomination TO bangfu_app;

GRANT UPDATE(file_id) ON TABLE public.nomination_nomination TO bangfu_app;
GRANT SELECT(file_id) ON TABLE public.nomination_nomination TO bangfu_report;

GRANT UPDATE(answered_by) ON TABLE public.nomination_nomination TO bangfu_app;

GRANT UPDATE(answered_at) ON TABLE public.nomination_nomination TO bangfu_app;
GRANT SELECT(answered_at) ON TABLE public.nomination_nomination TO bangfu_report;

GRANT UPDATE(erased_at) ON TABLE public.nomination_nomination TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.notice_notice TO bangfu_app;
GRANT SELECT ON TABLE public.notice_notice TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.notice_notice TO bangfu_app;

GRANT UPDATE(closed_at) ON TABLE public.notice_notice TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.notice_objection TO bangfu_app;

GRANT SELECT(id) ON TABLE public.notice_objection TO bangfu_report;

GRANT SELECT(notice_id) ON TABLE public.notice_objection TO bangfu_report;

GRANT SELECT(channel) ON TABLE public.notice_objection TO bangfu_report;

GRANT SELECT(received_at) ON TABLE public.notice_objection TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.notice_objection TO bangfu_app;
GRANT SELECT(state) ON TABLE public.notice_objection TO bangfu_report;

GRANT UPDATE(reason) ON TABLE public.notice_objection TO bangfu_app;

GRANT UPDATE(closed_by) ON TABLE public.notice_objection TO bangfu_app;

GRANT UPDATE(closed_at) ON TABLE public.notice_objection TO bangfu_app;
GRANT SELECT(closed_at) ON TABLE public.notice_objection TO bangfu_report;

GRANT UPDATE(visit_id) ON TABLE public.notice_objection TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.notice_public TO bangfu_app;

GRANT UPDATE(shown) ON TABLE public.notice_public TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.notice_shown TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.payment_answer TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.payment_batch TO bangfu_app;

GRANT SELECT(id) ON TABLE public.payment_batch TO bangfu_report;

GRANT SELECT(org_id) ON TABLE public.payment_batch TO bangfu_report;

GRANT SELECT(org_path) ON TABLE public.payment_batch TO bangfu_report;

GRANT SELECT(number) ON TABLE public.payment_batch TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.payment_batch TO bangfu_app;
GRANT SELECT(state) ON TABLE public.payment_batch TO bangfu_report;

GRANT SELECT(lines) ON TABLE public.payment_batch TO bangfu_report;

GRANT SELECT(total_fen) ON TABLE public.payment_batch TO bangfu_report;

GRANT UPDATE(file) ON TABLE public.payment_batch TO bangfu_app;

GRANT UPDATE(file_hash) ON TABLE public.payment_batch TO bangfu_app;

GRANT SELECT(made_by) ON TABLE public.payment_batch TO bangfu_report;

GRANT SELECT(made_at) ON TABLE public.payment_batch TO bangfu_report;

GRANT UPDATE(released_by) ON TABLE public.payment_batch TO bangfu_app;
GRANT SELECT(released_by) ON TABLE public.payment_batch TO bangfu_report;

GRANT UPDATE(released_at) ON TABLE public.payment_batch TO bangfu_app;
GRANT SELECT(released_at) ON TABLE public.payment_batch TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.payment_format TO bangfu_app;

GRANT UPDATE(active) ON TABLE public.payment_format TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.payment_line TO bangfu_app;
GRANT SELECT ON TABLE public.payment_line TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.payment_line TO bangfu_app;

GRANT UPDATE(reason) ON TABLE public.payment_line TO bangfu_app;

GRANT UPDATE(answer_id) ON TABLE public.payment_line TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.payment_payable TO bangfu_app;
GRANT SELECT ON TABLE public.payment_payable TO bangfu_report;

GRANT UPDATE(card_id) ON TABLE public.payment_payable TO bangfu_app;

GRANT UPDATE(state) ON TABLE public.payment_payable TO bangfu_app;

GRANT UPDATE(attempt) ON TABLE public.payment_payable TO bangfu_app;

GRANT UPDATE(reason) ON TABLE public.payment_payable TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.payment_refusal TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.payment_revocation TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.plan_measure TO bangfu_app;
GRANT SELECT ON TABLE public.plan_measure TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.plan_measure TO bangfu_app;

GRANT UPDATE(note) ON TABLE public.plan_measure TO bangfu_app;

GRANT UPDATE(moved_by) ON TABLE public.plan_measure TO bangfu_app;

GRANT UPDATE(moved_at) ON TABLE public.plan_measure TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.plan_plan TO bangfu_app;
GRANT SELECT ON TABLE public.plan_plan TO bangfu_report;

GRANT UPDATE(replaced_at) ON TABLE public.plan_plan TO bangfu_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.reading_file TO bangfu_app;
GRANT SELECT ON TABLE public.reading_file TO bangfu_report;

GRANT UPDATE(times) ON TABLE public.reading_file TO bangfu_app;

GRANT UPDATE(first_at) ON TABLE public.reading_file TO bangfu_app;

GRANT UPDATE(last_at) ON TABLE public.reading_file TO bangfu_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.reading_hour TO bangfu_app;
GRANT SELECT ON TABLE public.reading_hour TO bangfu_report;

GRANT UPDATE(files) ON TABLE public.reading_hour TO bangfu_app;

GRANT UPDATE(searches) ON TABLE public.reading_hour TO bangfu_app;

GRANT UPDATE(unusual_at) ON TABLE public.reading_hour TO bangfu_app;

GRANT UPDATE(braked_at) ON TABLE public.reading_hour TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.referral_event TO bangfu_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.referral_number TO bangfu_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.referral_paper TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.referral_reception TO bangfu_app;

GRANT SELECT(id) ON TABLE public.referral_reception TO bangfu_report;

GRANT SELECT(org_id) ON TABLE public.referral_reception TO bangfu_report;

GRANT SELECT(org_path) ON TABLE public.referral_reception TO bangfu_report;

GRANT SELECT(came_on) ON TABLE public.referral_reception TO bangfu_report;

GRANT SELECT(kind) ON TABLE public.referral_reception TO bangfu_report;

GRANT SELECT(due_on) ON TABLE public.referral_reception TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.referral_reception TO bangfu_app;
GRANT SELECT(state) ON TABLE public.referral_reception TO bangfu_report;

GRANT UPDATE(answered_on) ON TABLE public.referral_reception TO bangfu_app;
GRANT SELECT(answered_on) ON TABLE public.referral_reception TO bangfu_report;

GRANT UPDATE(answer) ON TABLE public.referral_reception TO bangfu_app;

GRANT UPDATE(follow_on) ON TABLE public.referral_reception TO bangfu_app;

GRANT UPDATE(closed_on) ON TABLE public.referral_reception TO bangfu_app;
GRANT SELECT(closed_on) ON TABLE public.referral_reception TO bangfu_report;

GRANT UPDATE(file_id) ON TABLE public.referral_reception TO bangfu_app;
GRANT SELECT(file_id) ON TABLE public.referral_reception TO bangfu_report;

GRANT SELECT(made_at) ON TABLE public.referral_reception TO bangfu_report;

GRANT UPDATE(erased_at) ON TABLE public.referral_reception TO bangfu_app;

GRANT UPDATE(version) ON TABLE public.referral_reception TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.referral_reception_event TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.referral_referral TO bangfu_app;

GRANT SELECT(id) ON TABLE public.referral_referral TO bangfu_report;

GRANT SELECT(file_id) ON TABLE public.referral_referral TO bangfu_report;

GRANT UPDATE(person_id) ON TABLE public.referral_referral TO bangfu_app;

GRANT UPDATE(person_name) ON TABLE public.referral_referral TO bangfu_app;

GRANT SELECT(kind) ON TABLE public.referral_referral TO bangfu_report;

GRANT UPDATE(origin) ON TABLE public.referral_referral TO bangfu_app;
GRANT SELECT(origin) ON TABLE public.referral_referral TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.referral_referral TO bangfu_app;
GRANT SELECT(state) ON TABLE public.referral_referral TO bangfu_report;

GRANT UPDATE(office) ON TABLE public.referral_referral TO bangfu_app;

GRANT UPDATE(contact) ON TABLE public.referral_referral TO bangfu_app;

GRANT UPDATE(phone) ON TABLE public.referral_referral TO bangfu_app;

GRANT UPDATE(address) ON TABLE public.referral_referral TO bangfu_app;

GRANT UPDATE(reason) ON TABLE public.referral_referral TO bangfu_app;

GRANT UPDATE(owed_fen) ON TABLE public.referral_referral TO bangfu_app;

GRANT UPDATE(owed_since) ON TABLE public.referral_referral TO bangfu_app;

GRANT UPDATE(number) ON TABLE public.referral_referral TO bangfu_app;

GRANT UPDATE(consent_on) ON TABLE public.referral_referral TO bangfu_app;

GRANT UPDATE(sent_on) ON TABLE public.referral_referral TO bangfu_app;
GRANT SELECT(sent_on) ON TABLE public.referral_referral TO bangfu_report;

GRANT UPDATE(due_on) ON TABLE public.referral_referral TO bangfu_app;
GRANT SELECT(due_on) ON TABLE public.referral_referral TO bangfu_report;

GRANT UPDATE(answered_on) ON TABLE public.referral_referral TO bangfu_app;
GRANT SELECT(answered_on) ON TABLE public.referral_referral TO bangfu_report;

GRANT UPDATE(outcome) ON TABLE public.referral_referral TO bangfu_app;
GRANT SELECT(outcome) ON TABLE public.referral_referral TO bangfu_report;

GRANT UPDATE(monthly_fen) ON TABLE public.referral_referral TO bangfu_app;
GRANT SELECT(monthly_fen) ON TABLE public.referral_referral TO bangfu_report;

GRANT UPDATE(once_fen) ON TABLE public.referral_referral TO bangfu_app;
GRANT SELECT(once_fen) ON TABLE public.referral_referral TO bangfu_report;

GRANT UPDATE(from_on) ON TABLE public.referral_referral TO bangfu_app;
GRANT SELECT(from_on) ON TABLE public.referral_referral TO bangfu_report;

GRANT UPDATE(answer) ON TABLE public.referral_referral TO bangfu_app;

GRANT UPDATE(follow_on) ON TABLE public.referral_referral TO bangfu_app;

GRANT SELECT(made_at) ON TABLE public.referral_referral TO bangfu_report;

GRANT UPDATE(version) ON TABLE public.referral_referral TO bangfu_app;

GRANT SELECT ON TABLE public.referral_uncovered TO bangfu_app;
GRANT SELECT ON TABLE public.referral_uncovered TO bangfu_report;

GRANT SELECT ON TABLE public.retention_aid TO bangfu_app;
GRANT SELECT ON TABLE public.retention_aid TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.retention_batch TO bangfu_app;
GRANT SELECT ON TABLE public.retention_batch TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.retention_batch TO bangfu_app;

GRANT UPDATE(opinion) ON TABLE public.retention_batch TO bangfu_app;

GRANT UPDATE(decided_by) ON TABLE public.retention_batch TO bangfu_app;

GRANT UPDATE(decided_at) ON TABLE public.retention_batch TO bangfu_app;

GRANT UPDATE(done_at) ON TABLE public.retention_batch TO bangfu_app;

GRANT SELECT,DELETE ON TABLE public.retention_blob TO bangfu_app;

GRANT SELECT ON TABLE public.retention_erased TO bangfu_app;
GRANT SELECT ON TABLE public.retention_erased TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.retention_hold TO bangfu_app;

GRANT SELECT(id) ON TABLE public.retention_hold TO bangfu_report;

GRANT SELECT(file_id) ON TABLE public.retention_hold TO bangfu_report;

GRANT SELECT(kind) ON TABLE public.retention_hold TO bangfu_report;

GRANT SELECT(placed_at) ON TABLE public.retention_hold TO bangfu_report;

GRANT UPDATE(lifted_by) ON TABLE public.retention_hold TO bangfu_app;

GRANT UPDATE(lifted_at) ON TABLE public.retention_hold TO bangfu_app;
GRANT SELECT(lifted_at) ON TABLE public.retention_hold TO bangfu_report;

GRANT UPDATE(lifted_why) ON TABLE public.retention_hold TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.retention_item TO bangfu_app;
GRANT SELECT ON TABLE public.retention_item TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.retention_item TO bangfu_app;

GRANT UPDATE(why) ON TABLE public.retention_item TO bangfu_app;

GRANT UPDATE(ended_at) ON TABLE public.retention_item TO bangfu_app;

GRANT UPDATE(failed_at) ON TABLE public.retention_item TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.review_result TO bangfu_app;
GRANT SELECT ON TABLE public.review_result TO bangfu_report;

GRANT UPDATE(outcome) ON TABLE public.review_result TO bangfu_app;

GRANT UPDATE(state) ON TABLE public.review_result TO bangfu_app;

GRANT UPDATE(note) ON TABLE public.review_result TO bangfu_app;

GRANT UPDATE(papers_agree) ON TABLE public.review_result TO bangfu_app;

GRANT UPDATE(agree_by) ON TABLE public.review_result TO bangfu_app;

GRANT UPDATE(agreed_at) ON TABLE public.review_result TO bangfu_app;

GRANT UPDATE(agreed_by) ON TABLE public.review_result TO bangfu_app;

GRANT UPDATE(reviewed_by) ON TABLE public.review_result TO bangfu_app;

GRANT UPDATE(reviewed_at) ON TABLE public.review_result TO bangfu_app;

GRANT UPDATE(confirmed_by) ON TABLE public.review_result TO bangfu_app;

GRANT UPDATE(confirmed_at) ON TABLE public.review_result TO bangfu_app;

GRANT UPDATE(remark) ON TABLE public.review_result TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.review_round TO bangfu_app;
GRANT SELECT ON TABLE public.review_round TO bangfu_report;

GRANT UPDATE(closed_by) ON TABLE public.review_round TO bangfu_app;

GRANT UPDATE(closed_at) ON TABLE public.review_round TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.review_training TO bangfu_app;
GRANT SELECT ON TABLE public.review_training TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.review_unit TO bangfu_app;
GRANT SELECT ON TABLE public.review_unit TO bangfu_report;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO bangfu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff_attempt TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.staff_body TO bangfu_app;
GRANT SELECT ON TABLE public.staff_body TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.staff_body_member TO bangfu_app;
GRANT SELECT ON TABLE public.staff_body_member TO bangfu_report;

GRANT UPDATE(until) ON TABLE public.staff_body_member TO bangfu_app;

GRANT SELECT ON TABLE public.staff_change TO bangfu_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.staff_member TO bangfu_app;

GRANT SELECT(id) ON TABLE public.staff_member TO bangfu_report;

GRANT SELECT(org_id) ON TABLE public.staff_member TO bangfu_report;

GRANT SELECT(username) ON TABLE public.staff_member TO bangfu_report;

GRANT SELECT(name) ON TABLE public.staff_member TO bangfu_report;

GRANT SELECT(active) ON TABLE public.staff_member TO bangfu_report;

GRANT SELECT(created_at) ON TABLE public.staff_member TO bangfu_report;

GRANT SELECT,INSERT,UPDATE ON TABLE public.staff_org TO bangfu_app;
GRANT SELECT ON TABLE public.staff_org TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.staff_relative TO bangfu_app;

GRANT SELECT(id) ON TABLE public.staff_relative TO bangfu_report;

GRANT SELECT(staff_id) ON TABLE public.staff_relative TO bangfu_report;

GRANT SELECT(relation) ON TABLE public.staff_relative TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.staff_relative TO bangfu_app;
GRANT SELECT(state) ON TABLE public.staff_relative TO bangfu_report;

GRANT SELECT(entered_at) ON TABLE public.staff_relative TO bangfu_report;

GRANT UPDATE(decided_by) ON TABLE public.staff_relative TO bangfu_app;

GRANT UPDATE(decided_at) ON TABLE public.staff_relative TO bangfu_app;
GRANT SELECT(decided_at) ON TABLE public.staff_relative TO bangfu_report;

GRANT UPDATE(ended_by) ON TABLE public.staff_relative TO bangfu_app;

GRANT UPDATE(ended_at) ON TABLE public.staff_relative TO bangfu_app;
GRANT SELECT(ended_at) ON TABLE public.staff_relative TO bangfu_report;

GRANT UPDATE(note) ON TABLE public.staff_relative TO bangfu_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.staff_role TO bangfu_app;
GRANT SELECT ON TABLE public.staff_role TO bangfu_report;

GRANT SELECT,INSERT,DELETE ON TABLE public.trial_change TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.trial_proposal TO bangfu_app;
GRANT SELECT ON TABLE public.trial_proposal TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.trial_proposal TO bangfu_app;

GRANT UPDATE(decided_by) ON TABLE public.trial_proposal TO bangfu_app;

GRANT UPDATE(decided_at) ON TABLE public.trial_proposal TO bangfu_app;

GRANT UPDATE(reason) ON TABLE public.trial_proposal TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.trial_run TO bangfu_app;

GRANT UPDATE(started_at) ON TABLE public.trial_run TO bangfu_app;

GRANT UPDATE(beat_at) ON TABLE public.trial_run TO bangfu_app;

GRANT UPDATE(ended_at) ON TABLE public.trial_run TO bangfu_app;

GRANT UPDATE(total) ON TABLE public.trial_run TO bangfu_app;

GRANT UPDATE(done) ON TABLE public.trial_run TO bangfu_app;

GRANT UPDATE(without) ON TABLE public.trial_run TO bangfu_app;

GRANT UPDATE(ceiling_fen) ON TABLE public.trial_run TO bangfu_app;

GRANT UPDATE(result) ON TABLE public.trial_run TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.visit_finding TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.visit_pick TO bangfu_app;
GRANT SELECT ON TABLE public.visit_pick TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.visit_plan TO bangfu_app;
GRANT SELECT ON TABLE public.visit_plan TO bangfu_report;

GRANT UPDATE(state) ON TABLE public.visit_plan TO bangfu_app;

GRANT UPDATE(closed_at) ON TABLE public.visit_plan TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.visit_rule TO bangfu_app;
GRANT SELECT ON TABLE public.visit_rule TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.visit_sample TO bangfu_app;

GRANT SELECT(id) ON TABLE public.visit_sample TO bangfu_report;

GRANT SELECT(org_id) ON TABLE public.visit_sample TO bangfu_report;

GRANT SELECT(org_path) ON TABLE public.visit_sample TO bangfu_report;

GRANT SELECT(name) ON TABLE public.visit_sample TO bangfu_report;

GRANT SELECT(permille) ON TABLE public.visit_sample TO bangfu_report;

GRANT SELECT(frame_size) ON TABLE public.visit_sample TO bangfu_report;

GRANT SELECT(frame_hash) ON TABLE public.visit_sample TO bangfu_report;

GRANT UPDATE(seed) ON TABLE public.visit_sample TO bangfu_app;
GRANT SELECT(seed) ON TABLE public.visit_sample TO bangfu_report;

GRANT UPDATE(source) ON TABLE public.visit_sample TO bangfu_app;

GRANT UPDATE(seeded_by) ON TABLE public.visit_sample TO bangfu_app;

GRANT UPDATE(seeded_at) ON TABLE public.visit_sample TO bangfu_app;
GRANT SELECT(seeded_at) ON TABLE public.visit_sample TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.visit_stop TO bangfu_app;
GRANT SELECT ON TABLE public.visit_stop TO bangfu_report;

GRANT UPDATE(team_id) ON TABLE public.visit_stop TO bangfu_app;

GRANT UPDATE(state) ON TABLE public.visit_stop TO bangfu_app;

GRANT UPDATE(visit_id) ON TABLE public.visit_stop TO bangfu_app;

GRANT UPDATE(tries) ON TABLE public.visit_stop TO bangfu_app;

GRANT UPDATE(why) ON TABLE public.visit_stop TO bangfu_app;

GRANT UPDATE(note) ON TABLE public.visit_stop TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.visit_team TO bangfu_app;
GRANT SELECT ON TABLE public.visit_team TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.visit_trained TO bangfu_app;
GRANT SELECT ON TABLE public.visit_trained TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.visit_training TO bangfu_app;
GRANT SELECT ON TABLE public.visit_training TO bangfu_report;

GRANT UPDATE(voided_by) ON TABLE public.visit_training TO bangfu_app;

GRANT UPDATE(voided_at) ON TABLE public.visit_training TO bangfu_app;

GRANT UPDATE(void_why) ON TABLE public.visit_training TO bangfu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.visit_typed TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.visit_visit TO bangfu_app;
GRANT SELECT ON TABLE public.visit_visit TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.work_form_key TO bangfu_app;

GRANT UPDATE(location) ON TABLE public.work_form_key TO bangfu_app;
