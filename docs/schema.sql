-- What all migrations make. Written by `make schema` with PostgreSQL 15; do not edit.

CREATE FUNCTION public.audit_entry_pending() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO audit_pending (entry_id) VALUES (NEW.id);
    RETURN NULL;
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

CREATE FUNCTION public.casefile_duty_of_assessment() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM casefile_take_duty(NEW.file_id, NEW.assessed_by, 'decide');
    RETURN NEW;
END $$;

CREATE FUNCTION public.casefile_duty_of_file() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM casefile_take_duty(NEW.id, NEW.registered_by, 'gather');
    RETURN NEW;
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

CREATE FUNCTION public.casefile_open(state text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT state NOT IN ('not_qualified', 'refused', 'struck_off', 'discarded', 'closed')
$$;

CREATE FUNCTION public.casefile_take_duty(file bigint, staff bigint, wanted text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE held text;
BEGIN
    INSERT INTO casefile_duty (file_id, staff_id, side) VALUES (file, staff, wanted)
    ON CONFLICT (file_id, staff_id) DO NOTHING;
    SELECT side INTO held FROM casefile_duty WHERE file_id = file AND staff_id = staff;
    IF held <> wanted THEN
        PERFORM work_refuse('casefile_duty_sides', format('staff %s already has side %s in file %s', staff, held, file));
    END IF;
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
               ELSE NOT EXISTS (SELECT FROM fund_posting o JOIN fund_entry r ON r.id = o.entry_id
                                WHERE r.id = e.reverses AND r.kind = 'receipt' AND o.seq = p.seq
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
    FROM grant_application o
    WHERE o.file_id = a.file_id AND o.cause = a.cause AND o.id <> a.id AND o.state NOT IN ('refused', 'withdrawn')
      AND (o.id < a.id OR o.state = 'approved' AND o.decided_at <= coalesce(a.decided_at, 'infinity'))
      AND grant_day(o.entered_at) BETWEEN
          grant_day(a.entered_at) - make_interval(months => (SELECT window_months FROM grant_terms WHERE id = a.terms_id)) AND
          grant_day(a.entered_at) + make_interval(months => (SELECT window_months FROM grant_terms WHERE id = a.terms_id))
$$;

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
          AND l.state = CASE NEW.kind WHEN 'pay' THEN 'paid' ELSE 'failed' END) THEN
        PERFORM work_refuse('payment_by_bank', 'only the bank''s answer pays or releases');
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
    IF NEW.state = 'paid' AND NOT EXISTS (
        SELECT FROM payment_line l WHERE l.payable_id = NEW.id AND l.attempt = NEW.attempt AND l.state = 'paid') THEN
        PERFORM work_refuse('payment_by_bank', 'only the bank''s answer pays');
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

CREATE FUNCTION public.visit_people() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE registrar bigint; registrar_may boolean;
BEGIN
    SELECT registered_by INTO registrar FROM casefile_file WHERE id = NEW.file_id;
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
    PERFORM casefile_take_duty(NEW.file_id, NEW.visitor_a, 'gather');
    PERFORM casefile_take_duty(NEW.file_id, NEW.visitor_b, 'gather');
    PERFORM casefile_take_duty(NEW.file_id, NEW.entered_by, 'gather');
    RETURN NEW;
END $$;

CREATE FUNCTION public.work_refuse(rule text, detail text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = rule, MESSAGE = rule || ': ' || detail;
END $$;

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

CREATE TABLE public.audit_seal (
    seq bigint NOT NULL,
    entry_id bigint NOT NULL,
    hash bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT audit_seal_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT audit_seal_seq_check CHECK ((seq > 0))
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
    CONSTRAINT casefile_card_bank_check CHECK (((length(bank) >= 2) AND (length(bank) <= 60))),
    CONSTRAINT casefile_card_branch_check CHECK ((length(branch) <= 80)),
    CONSTRAINT casefile_card_check CHECK (((confirmed_by IS NULL) OR (confirmed_by <> entered_by))),
    CONSTRAINT casefile_card_holder_check CHECK (((length(holder) >= 1) AND (length(holder) <= 40))),
    CONSTRAINT casefile_card_number_index_check CHECK ((length(number_index) = 32)),
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

CREATE TABLE public.casefile_economy (
    file_id bigint NOT NULL,
    side text NOT NULL,
    kind text NOT NULL,
    amount_fen bigint NOT NULL,
    CONSTRAINT casefile_economy_amount_fen_check CHECK (((amount_fen >= 0) AND (amount_fen <= '10000000000000'::bigint))),
    CONSTRAINT casefile_economy_kind_check CHECK ((length(kind) <= 40)),
    CONSTRAINT casefile_economy_side_check CHECK ((side = ANY (ARRAY['income'::text, 'expense'::text, 'job_cost'::text])))
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
    CONSTRAINT casefile_evidence_blob_check CHECK ((blob ~ '^[0-9a-f]{64}$'::text)),
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
    CONSTRAINT casefile_file_address_check CHECK ((length(address) <= 200)),
    CONSTRAINT casefile_file_category_check CHECK ((category = ANY (ARRAY['severe'::text, 'relative'::text, 'accident'::text]))),
    CONSTRAINT casefile_file_check CHECK (((state = 'active'::text) <= ((number IS NOT NULL) AND (activated_at IS NOT NULL)))),
    CONSTRAINT casefile_file_check1 CHECK (((state = ANY (ARRAY['not_qualified'::text, 'refused'::text, 'struck_off'::text, 'discarded'::text, 'closed'::text])) = (closed_at IS NOT NULL))),
    CONSTRAINT casefile_file_employer_check CHECK ((length(employer) <= 80)),
    CONSTRAINT casefile_file_head_name_check CHECK ((length(head_name) <= 40)),
    CONSTRAINT casefile_file_housing_check CHECK ((length(housing) <= 40)),
    CONSTRAINT casefile_file_housing_m2_check CHECK (((housing_m2 >= 0) AND (housing_m2 <= 10000))),
    CONSTRAINT casefile_file_main_cause_check CHECK (((main_cause >= 1) AND (main_cause <= 10))),
    CONSTRAINT casefile_file_people_check CHECK (((people >= 0) AND (people <= 30))),
    CONSTRAINT casefile_file_return_reason_check CHECK ((length(return_reason) <= 1000)),
    CONSTRAINT casefile_file_round_check CHECK (((round >= 1) AND (round <= 100))),
    CONSTRAINT casefile_file_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'visited'::text, 'returned'::text, 'judged'::text, 'assessed'::text, 'in_notice'::text, 'contested'::text, 'active'::text, 'not_qualified'::text, 'refused'::text, 'struck_off'::text, 'discarded'::text, 'closed'::text])))
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
    CONSTRAINT casefile_judgement_category_check CHECK ((category = ANY (ARRAY['severe'::text, 'relative'::text, 'accident'::text])))
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
    CONSTRAINT casefile_person_disability_check CHECK ((length(disability) <= 30)),
    CONSTRAINT casefile_person_employer_check CHECK ((length(employer) <= 80)),
    CONSTRAINT casefile_person_ethnicity_check CHECK ((length(ethnicity) <= 20)),
    CONSTRAINT casefile_person_grade_check CHECK (((grade >= 1) AND (grade <= 4))),
    CONSTRAINT casefile_person_health_check CHECK ((length(health) <= 30)),
    CONSTRAINT casefile_person_id_index_check CHECK ((length(id_index) = 32)),
    CONSTRAINT casefile_person_identity_check CHECK ((length(identity) <= 40)),
    CONSTRAINT casefile_person_illness_check CHECK ((length(illness) <= 40)),
    CONSTRAINT casefile_person_insurance_check CHECK ((length(insurance) <= 30)),
    CONSTRAINT casefile_person_marital_check CHECK ((length(marital) <= 30)),
    CONSTRAINT casefile_person_model_worker_check CHECK ((length(model_worker) <= 30)),
    CONSTRAINT casefile_person_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
    CONSTRAINT casefile_person_ownership_check CHECK ((length(ownership) <= 40)),
    CONSTRAINT casefile_person_phone_index_check CHECK ((length(phone_index) = 32)),
    CONSTRAINT casefile_person_political_check CHECK ((length(political) <= 30)),
    CONSTRAINT casefile_person_registration_check CHECK ((length(registration) <= 30)),
    CONSTRAINT casefile_person_relation_check CHECK ((relation = ANY (ARRAY['head'::text, 'spouse'::text, 'son'::text, 'daughter'::text, 'grandchild'::text, 'parent'::text, 'grandparent'::text, 'sibling'::text, 'other'::text]))),
    CONSTRAINT casefile_person_school_check CHECK ((length(school) <= 80)),
    CONSTRAINT casefile_person_sex_check CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text]))),
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

CREATE TABLE public.casefile_section (
    file_id bigint NOT NULL,
    section text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    saved_by bigint NOT NULL,
    CONSTRAINT casefile_section_section_check CHECK ((section = ANY (ARRAY['head'::text, 'members'::text, 'work'::text, 'housing'::text, 'economy'::text, 'causes'::text, 'evidence'::text, 'bank'::text, 'declarations'::text])))
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

CREATE TABLE public.eligibility_line (
    id bigint NOT NULL,
    district text NOT NULL,
    from_on date NOT NULL,
    monthly_fen bigint NOT NULL,
    source text NOT NULL,
    entered_by bigint,
    entered_at timestamp with time zone NOT NULL,
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

CREATE TABLE public.eligibility_rule (
    id bigint NOT NULL,
    generation text NOT NULL,
    from_on date NOT NULL,
    numbers jsonb NOT NULL,
    source text NOT NULL,
    CONSTRAINT eligibility_rule_generation_check CHECK ((generation = 'severe_relative_accident'::text))
);

ALTER TABLE public.eligibility_rule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.eligibility_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
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
    CONSTRAINT fund_entry_check1 CHECK (((kind = 'receipt'::text) = (received_on IS NOT NULL))),
    CONSTRAINT fund_entry_check2 CHECK (((subject = 'grant'::text) = (attempt > 0))),
    CONSTRAINT fund_entry_kind_check CHECK ((kind = ANY (ARRAY['receipt'::text, 'reserve'::text, 'release'::text, 'pay'::text, 'reversal'::text]))),
    CONSTRAINT fund_entry_reason_check CHECK ((length(reason) <= 400)),
    CONSTRAINT fund_entry_subject_check CHECK ((subject = ANY (ARRAY['account'::text, 'grant'::text]))),
    CONSTRAINT fund_kind_of_subject CHECK (((subject = 'grant'::text) = (kind = ANY (ARRAY['reserve'::text, 'release'::text, 'pay'::text]))))
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
    CONSTRAINT notice_public_category_check CHECK ((category = ANY (ARRAY['severe'::text, 'relative'::text, 'accident'::text]))),
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
    CONSTRAINT payment_payable_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'refused'::text, 'batched'::text, 'failed'::text, 'paid'::text])))
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

CREATE TABLE public.staff_role (
    staff_id bigint NOT NULL,
    role text NOT NULL,
    granted_by bigint,
    granted_at timestamp with time zone NOT NULL,
    CONSTRAINT staff_role_role_check CHECK ((length(role) <= 30))
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

CREATE TABLE public.visit_rule (
    from_on date NOT NULL,
    registrar_may boolean NOT NULL,
    source text NOT NULL
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
    CONSTRAINT visit_two_people CHECK ((visitor_a <> visitor_b)),
    CONSTRAINT visit_visit_applicant_signed_check CHECK (applicant_signed),
    CONSTRAINT visit_visit_check CHECK (((purpose = 'recheck'::text) = (objection_id IS NOT NULL))),
    CONSTRAINT visit_visit_check1 CHECK ((agrees OR (remark <> ''::text))),
    CONSTRAINT visit_visit_purpose_check CHECK ((purpose = ANY (ARRAY['first'::text, 'recheck'::text]))),
    CONSTRAINT visit_visit_remark_check CHECK ((length(remark) <= 2000)),
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

ALTER TABLE ONLY public.audit_seal
    ADD CONSTRAINT audit_seal_entry_id_key UNIQUE (entry_id);

ALTER TABLE ONLY public.audit_seal
    ADD CONSTRAINT audit_seal_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.casefile_assessment
    ADD CONSTRAINT casefile_assessment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casefile_card
    ADD CONSTRAINT casefile_card_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casefile_cause
    ADD CONSTRAINT casefile_cause_file_id_cause_key UNIQUE (file_id, cause);

ALTER TABLE ONLY public.casefile_cause
    ADD CONSTRAINT casefile_cause_pkey PRIMARY KEY (file_id, "position");

ALTER TABLE ONLY public.casefile_claim
    ADD CONSTRAINT casefile_claim_person_id_key UNIQUE (person_id);

ALTER TABLE ONLY public.casefile_declaration
    ADD CONSTRAINT casefile_declaration_pkey PRIMARY KEY (file_id, kind);

ALTER TABLE ONLY public.casefile_duty
    ADD CONSTRAINT casefile_duty_pkey PRIMARY KEY (file_id, staff_id);

ALTER TABLE ONLY public.casefile_economy
    ADD CONSTRAINT casefile_economy_pkey PRIMARY KEY (file_id, side, kind);

ALTER TABLE ONLY public.casefile_evidence
    ADD CONSTRAINT casefile_evidence_pkey PRIMARY KEY (id);

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

ALTER TABLE ONLY public.casefile_person
    ADD CONSTRAINT casefile_person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casefile_section
    ADD CONSTRAINT casefile_section_pkey PRIMARY KEY (file_id, section);

ALTER TABLE ONLY public.casefile_typed
    ADD CONSTRAINT casefile_typed_pkey PRIMARY KEY (file_id, section, staff_id);

ALTER TABLE ONLY public.eligibility_line
    ADD CONSTRAINT eligibility_line_district_from_on_key UNIQUE (district, from_on);

ALTER TABLE ONLY public.eligibility_line
    ADD CONSTRAINT eligibility_line_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.eligibility_rule
    ADD CONSTRAINT eligibility_rule_from_on_key UNIQUE (from_on);

ALTER TABLE ONLY public.eligibility_rule
    ADD CONSTRAINT eligibility_rule_pkey PRIMARY KEY (id);

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

ALTER TABLE ONLY public.staff_role
    ADD CONSTRAINT staff_role_pkey PRIMARY KEY (staff_id, role);

ALTER TABLE ONLY public.visit_finding
    ADD CONSTRAINT visit_finding_pkey PRIMARY KEY (visit_id, item);

ALTER TABLE ONLY public.visit_rule
    ADD CONSTRAINT visit_rule_pkey PRIMARY KEY (from_on);

ALTER TABLE ONLY public.visit_visit
    ADD CONSTRAINT visit_visit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.work_form_key
    ADD CONSTRAINT work_form_key_pkey PRIMARY KEY (key);

CREATE INDEX audit_entry_act ON public.audit_entry USING btree (act text_pattern_ops, id DESC);

CREATE INDEX audit_entry_file ON public.audit_entry USING btree (file_id, id DESC) WHERE (file_id IS NOT NULL);

CREATE INDEX audit_entry_staff ON public.audit_entry USING btree (staff_id, id DESC);

CREATE INDEX audit_entry_subject ON public.audit_entry USING btree (kind, subject_id, id DESC);

CREATE INDEX casefile_assessment_file ON public.casefile_assessment USING btree (file_id, id DESC);

CREATE UNIQUE INDEX casefile_card_current ON public.casefile_card USING btree (file_id) WHERE (state = 'current'::text);

CREATE INDEX casefile_card_file ON public.casefile_card USING btree (file_id, id DESC);

CREATE UNIQUE INDEX casefile_card_proposed ON public.casefile_card USING btree (file_id) WHERE (state = 'proposed'::text);

CREATE INDEX casefile_claim_file ON public.casefile_claim USING btree (file_id);

CREATE INDEX casefile_duty_staff ON public.casefile_duty USING btree (staff_id);

CREATE INDEX casefile_evidence_file ON public.casefile_evidence USING btree (file_id) WHERE (removed_at IS NULL);

CREATE INDEX casefile_file_name ON public.casefile_file USING btree (head_name text_pattern_ops);

CREATE INDEX casefile_file_org ON public.casefile_file USING btree (org_id, id DESC);

CREATE INDEX casefile_file_scope ON public.casefile_file USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX casefile_file_state ON public.casefile_file USING btree (state, id DESC);

CREATE INDEX casefile_judgement_file ON public.casefile_judgement USING btree (file_id, id DESC);

CREATE INDEX casefile_person_id ON public.casefile_person USING btree (id_index);

CREATE INDEX casefile_person_name ON public.casefile_person USING btree (name text_pattern_ops);

CREATE UNIQUE INDEX casefile_person_once ON public.casefile_person USING btree (file_id, id_index) WHERE (left_on IS NULL);

CREATE UNIQUE INDEX casefile_person_one_head ON public.casefile_person USING btree (file_id) WHERE ((relation = 'head'::text) AND (left_on IS NULL));

CREATE INDEX casefile_person_phone ON public.casefile_person USING btree (phone_index);

CREATE INDEX casefile_typed_staff ON public.casefile_typed USING btree (staff_id, saved_at DESC);

CREATE INDEX fund_account_scope ON public.fund_account USING btree (org_path text_pattern_ops);

CREATE UNIQUE INDEX fund_entry_end ON public.fund_entry USING btree (subject_id, attempt) WHERE ((subject = 'grant'::text) AND (kind = ANY (ARRAY['release'::text, 'pay'::text])));

CREATE UNIQUE INDEX fund_entry_once ON public.fund_entry USING btree (subject_id, attempt, kind) WHERE (subject = 'grant'::text);

CREATE INDEX fund_entry_paper ON public.fund_entry USING btree (subject_id, reason) WHERE (kind = 'receipt'::text);

CREATE INDEX fund_posting_account ON public.fund_posting USING btree (account_id, entry_id DESC);

CREATE INDEX grant_application_file ON public.grant_application USING btree (file_id, id DESC);

CREATE INDEX grant_application_scope ON public.grant_application USING btree (org_path text_pattern_ops, id DESC);

CREATE INDEX grant_application_waiting ON public.grant_application USING btree (waiting_at, id) WHERE (state = ANY (ARRAY['submitted'::text, 'in_approval'::text, 'returned'::text]));

CREATE UNIQUE INDEX grant_decision_close ON public.grant_decision USING btree (application_id, round, step) WHERE (verdict = 'close'::text);

CREATE UNIQUE INDEX grant_decision_once ON public.grant_decision USING btree (application_id, round, step, staff_id) WHERE (verdict <> ALL (ARRAY['close'::text, 'amount'::text]));

CREATE UNIQUE INDEX grant_decision_single ON public.grant_decision USING btree (application_id, round, step) WHERE (step = ANY (ARRAY['review'::text, 'sign'::text]));

CREATE INDEX grant_decision_staff ON public.grant_decision USING btree (staff_id, id DESC);

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

CREATE INDEX sessions_expiry ON public.sessions USING btree (expiry);

CREATE INDEX staff_body_member_staff ON public.staff_body_member USING btree (staff_id) WHERE (until IS NULL);

CREATE UNIQUE INDEX staff_body_once ON public.staff_body_member USING btree (body_id, staff_id) WHERE (until IS NULL);

CREATE UNIQUE INDEX staff_body_one_head ON public.staff_body_member USING btree (body_id) WHERE (head AND (until IS NULL));

CREATE INDEX staff_member_org ON public.staff_member USING btree (org_id);

CREATE INDEX staff_org_path ON public.staff_org USING btree (path text_pattern_ops);

CREATE UNIQUE INDEX visit_once_a_round ON public.visit_visit USING btree (file_id, round) WHERE (purpose = 'first'::text);

CREATE UNIQUE INDEX visit_once_an_objection ON public.visit_visit USING btree (objection_id) WHERE (purpose = 'recheck'::text);

CREATE TRIGGER audit_entry_pending AFTER INSERT ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION public.audit_entry_pending();

CREATE TRIGGER casefile_card_second BEFORE INSERT OR UPDATE ON public.casefile_card FOR EACH ROW EXECUTE FUNCTION public.casefile_card_second();

CREATE TRIGGER casefile_claim_file AFTER UPDATE OF state ON public.casefile_file FOR EACH ROW EXECUTE FUNCTION public.casefile_claim_file();

CREATE TRIGGER casefile_claim_person AFTER INSERT OR UPDATE OF id_index, left_on, file_id ON public.casefile_person FOR EACH ROW EXECUTE FUNCTION public.casefile_claim_person();

CREATE TRIGGER casefile_duty_of_assessment AFTER INSERT ON public.casefile_assessment FOR EACH ROW EXECUTE FUNCTION public.casefile_duty_of_assessment();

CREATE TRIGGER casefile_duty_of_file AFTER INSERT ON public.casefile_file FOR EACH ROW EXECUTE FUNCTION public.casefile_duty_of_file();

CREATE TRIGGER casefile_file_fixed BEFORE INSERT OR UPDATE ON public.casefile_file FOR EACH ROW EXECUTE FUNCTION public.casefile_file_fixed();

CREATE TRIGGER fund_account_place BEFORE INSERT ON public.fund_account FOR EACH ROW EXECUTE FUNCTION public.fund_account_place();

CREATE CONSTRAINT TRIGGER fund_balanced AFTER INSERT ON public.fund_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.fund_balanced();

CREATE CONSTRAINT TRIGGER fund_balanced AFTER INSERT ON public.fund_posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.fund_balanced();

CREATE TRIGGER fund_open_pots AFTER INSERT ON public.fund_account FOR EACH ROW EXECUTE FUNCTION public.fund_open_pots();

CREATE TRIGGER fund_post AFTER INSERT ON public.fund_posting FOR EACH ROW EXECUTE FUNCTION public.fund_post();

CREATE TRIGGER grant_application_fixed BEFORE INSERT OR UPDATE ON public.grant_application FOR EACH ROW EXECUTE FUNCTION public.grant_application_fixed();

CREATE TRIGGER grant_approval BEFORE UPDATE ON public.grant_application FOR EACH ROW EXECUTE FUNCTION public.grant_approval();

CREATE TRIGGER grant_decision_check BEFORE INSERT ON public.grant_decision FOR EACH ROW EXECUTE FUNCTION public.grant_decision_check();

CREATE TRIGGER grant_duty AFTER INSERT OR UPDATE OF revised_by ON public.grant_application FOR EACH ROW EXECUTE FUNCTION public.grant_duty();

CREATE CONSTRAINT TRIGGER grant_tier_whole AFTER INSERT OR DELETE OR UPDATE ON public.grant_tier DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.grant_tier_whole();

CREATE TRIGGER notice_before_active BEFORE INSERT OR UPDATE ON public.casefile_file FOR EACH ROW EXECUTE FUNCTION public.notice_before_active();

CREATE TRIGGER notice_duty AFTER INSERT ON public.notice_notice FOR EACH ROW EXECUTE FUNCTION public.notice_duty();

CREATE TRIGGER notice_duty AFTER UPDATE OF state ON public.notice_objection FOR EACH ROW EXECUTE FUNCTION public.notice_duty();

CREATE TRIGGER notice_end BEFORE INSERT OR UPDATE ON public.notice_notice FOR EACH ROW EXECUTE FUNCTION public.notice_end();

CREATE TRIGGER notice_history BEFORE UPDATE ON public.notice_notice FOR EACH ROW EXECUTE FUNCTION public.notice_history();

CREATE TRIGGER notice_history BEFORE UPDATE ON public.notice_objection FOR EACH ROW EXECUTE FUNCTION public.notice_history();

CREATE TRIGGER notice_recheck BEFORE INSERT OR UPDATE ON public.notice_objection FOR EACH ROW EXECUTE FUNCTION public.notice_recheck();

CREATE TRIGGER payment_batch_move BEFORE UPDATE ON public.payment_batch FOR EACH ROW EXECUTE FUNCTION public.payment_batch_move();

CREATE TRIGGER payment_batch_place BEFORE INSERT ON public.payment_batch FOR EACH ROW EXECUTE FUNCTION public.payment_batch_place();

CREATE CONSTRAINT TRIGGER payment_in_ledger AFTER UPDATE ON public.payment_line DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.payment_in_ledger();

CREATE CONSTRAINT TRIGGER payment_ledger_check AFTER INSERT ON public.fund_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.payment_ledger_check();

CREATE TRIGGER payment_line_check BEFORE INSERT ON public.payment_line FOR EACH ROW EXECUTE FUNCTION public.payment_line_check();

CREATE TRIGGER payment_line_move BEFORE UPDATE ON public.payment_line FOR EACH ROW EXECUTE FUNCTION public.payment_line_move();

CREATE TRIGGER payment_payable_check BEFORE INSERT ON public.payment_payable FOR EACH ROW EXECUTE FUNCTION public.payment_payable_check();

CREATE TRIGGER payment_payable_move BEFORE UPDATE ON public.payment_payable FOR EACH ROW EXECUTE FUNCTION public.payment_payable_move();

CREATE TRIGGER payment_refusal_duty AFTER INSERT ON public.payment_refusal FOR EACH ROW EXECUTE FUNCTION public.payment_refusal_duty();

CREATE TRIGGER staff_org_place BEFORE INSERT OR UPDATE ON public.staff_org FOR EACH ROW EXECUTE FUNCTION public.staff_org_place();

CREATE TRIGGER visit_people AFTER INSERT ON public.visit_visit FOR EACH ROW EXECUTE FUNCTION public.visit_people();

ALTER TABLE ONLY public.audit_pending
    ADD CONSTRAINT audit_pending_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.audit_entry(id);

ALTER TABLE ONLY public.audit_seal
    ADD CONSTRAINT audit_seal_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.audit_entry(id);

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

ALTER TABLE ONLY public.casefile_economy
    ADD CONSTRAINT casefile_economy_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_evidence
    ADD CONSTRAINT casefile_evidence_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_evidence
    ADD CONSTRAINT casefile_evidence_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_evidence
    ADD CONSTRAINT casefile_evidence_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_file
    ADD CONSTRAINT casefile_file_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.staff_org(id);

ALTER TABLE ONLY public.casefile_file
    ADD CONSTRAINT casefile_file_registered_by_fkey FOREIGN KEY (registered_by) REFERENCES public.staff_member(id);

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

ALTER TABLE ONLY public.casefile_person
    ADD CONSTRAINT casefile_person_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_section
    ADD CONSTRAINT casefile_section_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_section
    ADD CONSTRAINT casefile_section_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.casefile_typed
    ADD CONSTRAINT casefile_typed_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.casefile_file(id);

ALTER TABLE ONLY public.casefile_typed
    ADD CONSTRAINT casefile_typed_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.eligibility_line
    ADD CONSTRAINT eligibility_line_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.staff_member(id);

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

ALTER TABLE ONLY public.staff_role
    ADD CONSTRAINT staff_role_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff_member(id);

ALTER TABLE ONLY public.visit_finding
    ADD CONSTRAINT visit_finding_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visit_visit(id);

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

REVOKE ALL ON FUNCTION public.casefile_take_duty(file bigint, staff bigint, wanted text) FROM PUBLIC;

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

GRANT SELECT,INSERT ON TABLE public.audit_entry TO bangfu_app;
GRANT SELECT ON TABLE public.audit_entry TO bangfu_report;

GRANT SELECT,DELETE ON TABLE public.audit_pending TO bangfu_app;
GRANT SELECT ON TABLE public.audit_pending TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.audit_seal TO bangfu_app;
GRANT SELECT ON TABLE public.audit_seal TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.casefile_assessment TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_assessment TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.casefile_card TO bangfu_app;

GRANT UPDATE(state) ON TABLE public.casefile_card TO bangfu_app;

GRANT UPDATE(confirmed_by) ON TABLE public.casefile_card TO bangfu_app;

GRANT UPDATE(confirmed_at) ON TABLE public.casefile_card TO bangfu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casefile_cause TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_cause TO bangfu_report;

GRANT SELECT ON TABLE public.casefile_claim TO bangfu_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.casefile_declaration TO bangfu_app;

GRANT SELECT ON TABLE public.casefile_duty TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_duty TO bangfu_report;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casefile_economy TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_economy TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.casefile_evidence TO bangfu_app;

GRANT UPDATE(removed_by) ON TABLE public.casefile_evidence TO bangfu_app;

GRANT UPDATE(removed_at) ON TABLE public.casefile_evidence TO bangfu_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.casefile_file TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_file TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.casefile_judgement TO bangfu_app;
GRANT SELECT ON TABLE public.casefile_judgement TO bangfu_report;

GRANT SELECT,INSERT,UPDATE ON TABLE public.casefile_number TO bangfu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casefile_person TO bangfu_app;

GRANT SELECT(id) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(file_id) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(relation) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(birth_on) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(sex) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(health) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(disability) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(grade) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(insurance) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(identity) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(work_status) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT(left_on) ON TABLE public.casefile_person TO bangfu_report;

GRANT SELECT,INSERT,UPDATE ON TABLE public.casefile_section TO bangfu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.casefile_typed TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.eligibility_line TO bangfu_app;
GRANT SELECT ON TABLE public.eligibility_line TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.eligibility_rule TO bangfu_app;
GRANT SELECT ON TABLE public.eligibility_rule TO bangfu_report;

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

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO bangfu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff_attempt TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.staff_body TO bangfu_app;
GRANT SELECT ON TABLE public.staff_body TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.staff_body_member TO bangfu_app;
GRANT SELECT ON TABLE public.staff_body_member TO bangfu_report;

GRANT UPDATE(until) ON TABLE public.staff_body_member TO bangfu_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.staff_member TO bangfu_app;

GRANT SELECT(id) ON TABLE public.staff_member TO bangfu_report;

GRANT SELECT(org_id) ON TABLE public.staff_member TO bangfu_report;

GRANT SELECT(username) ON TABLE public.staff_member TO bangfu_report;

GRANT SELECT(name) ON TABLE public.staff_member TO bangfu_report;

GRANT SELECT(active) ON TABLE public.staff_member TO bangfu_report;

GRANT SELECT(created_at) ON TABLE public.staff_member TO bangfu_report;

GRANT SELECT,INSERT,UPDATE ON TABLE public.staff_org TO bangfu_app;
GRANT SELECT ON TABLE public.staff_org TO bangfu_report;

GRANT SELECT,INSERT,DELETE ON TABLE public.staff_role TO bangfu_app;
GRANT SELECT ON TABLE public.staff_role TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.visit_finding TO bangfu_app;

GRANT SELECT,INSERT ON TABLE public.visit_rule TO bangfu_app;
GRANT SELECT ON TABLE public.visit_rule TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.visit_visit TO bangfu_app;
GRANT SELECT ON TABLE public.visit_visit TO bangfu_report;

GRANT SELECT,INSERT ON TABLE public.work_form_key TO bangfu_app;

GRANT UPDATE(location) ON TABLE public.work_form_key TO bangfu_app;
