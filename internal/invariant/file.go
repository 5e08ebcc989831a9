package invariant

// files are the checks of the worker files (I8, I12).
var files = []check{
	{"I8", "casefile_person", "invariant.person_twice", `
		-- invariant.person_twice
		SELECT max(p.id), string_agg(DISTINCT p.file_id::text, ', ') FROM casefile_person p JOIN casefile_file f ON f.id = p.file_id
		WHERE p.left_on IS NULL AND casefile_open(f.state) GROUP BY p.id_index HAVING count(*) > 1`},
	{"I8", "casefile_claim", "invariant.claim", `
		-- invariant.claim
		SELECT coalesce(c.person_id, p.id), coalesce(f.state, '') FROM casefile_claim c
		FULL JOIN (SELECT p.* FROM casefile_person p JOIN casefile_file f ON f.id = p.file_id
		           WHERE p.left_on IS NULL AND casefile_open(f.state)) p ON p.id = c.person_id
		LEFT JOIN casefile_file f ON f.id = coalesce(c.file_id, p.file_id)
		WHERE c.person_id IS NULL OR p.id IS NULL OR c.id_index <> p.id_index OR c.file_id <> p.file_id`},
	{"I8", "casefile_file", "invariant.one_head", `
		-- invariant.one_head
		SELECT f.id, count(p.id)::text FROM casefile_file f
		LEFT JOIN casefile_person p ON p.file_id = f.id AND p.relation = 'head' AND p.left_on IS NULL
		WHERE f.state NOT IN ('draft', 'discarded') AND f.erased_at IS NULL GROUP BY f.id HAVING count(p.id) <> 1`},
	{"I8", "casefile_file", "invariant.cover", `
		-- invariant.cover
		SELECT f.id, f.people::text FROM casefile_file f
		WHERE f.erased_at IS NULL AND f.people <> (SELECT count(*) FROM casefile_person p WHERE p.file_id = f.id AND p.left_on IS NULL)`},
	{"I12", "casefile_file", "invariant.file_trail", `
		-- invariant.file_trail
		SELECT f.id, f.state FROM casefile_file f
		WHERE f.state <> coalesce((
			SELECT c.change ->> 'after' FROM audit_entry a, jsonb_array_elements(a.changes) WITH ORDINALITY AS c (change, place)
			WHERE a.kind = 'file' AND a.subject_id = f.id AND c.change ->> 'field' = 'state'
			ORDER BY a.id DESC, c.place DESC LIMIT 1), 'draft')`},
	{"I12", "casefile_file", "invariant.file_records", `
		-- invariant.file_records
		SELECT f.id, f.state FROM casefile_file f
		WHERE f.erased_at IS NULL AND NOT CASE f.state
			WHEN 'visited' THEN EXISTS (SELECT FROM visit_visit v WHERE v.file_id = f.id AND v.round = f.round AND v.purpose = 'first' AND v.agrees)
			WHEN 'judged' THEN EXISTS (SELECT FROM casefile_judgement j WHERE j.file_id = f.id AND j.round = f.round AND j.category = f.category)
			WHEN 'not_qualified' THEN EXISTS (SELECT FROM casefile_judgement j WHERE j.file_id = f.id AND j.round = f.round AND j.category IS NULL)
			WHEN 'assessed' THEN EXISTS (SELECT FROM casefile_assessment s WHERE s.file_id = f.id AND s.round = f.round AND s.verdict = 'pass')
			WHEN 'refused' THEN EXISTS (SELECT FROM casefile_assessment s WHERE s.file_id = f.id AND s.round = f.round AND s.verdict = 'refuse')
			WHEN 'in_notice' THEN EXISTS (SELECT FROM notice_notice n WHERE n.file_id = f.id AND n.state = 'open')
			WHEN 'contested' THEN EXISTS (SELECT FROM notice_notice n WHERE n.file_id = f.id AND n.state = 'objected')
			WHEN 'struck_off' THEN EXISTS (SELECT FROM notice_notice n WHERE n.file_id = f.id AND n.state = 'upheld')
			WHEN 'active' THEN notice_finished(f.id) AND f.number IS NOT NULL
			WHEN 'closed' THEN EXISTS (SELECT FROM exit_exit e WHERE e.file_id = f.id AND e.state = 'closed' AND e.reason = f.return_reason)
				OR f.return_reason = 'merged' AND EXISTS (SELECT FROM move_move m WHERE m.file_id = f.id AND m.kind = 'merge'
					AND m.state = 'done' AND m.other_id = f.merged_into)
			ELSE true END`},
	{"I12", "casefile_judgement", "invariant.judgement", `
		-- invariant.judgement
		SELECT j.id, coalesce(j.category, '') FROM casefile_judgement j JOIN casefile_file f ON f.id = j.file_id
		WHERE f.state IN ('judged', 'assessed', 'in_notice', 'contested', 'active') AND f.category IS DISTINCT FROM j.category
		AND j.id = (SELECT max(l.id) FROM casefile_judgement l WHERE l.file_id = f.id)`},
	{"I12", "exit_exit", "invariant.exit", `
		-- invariant.exit
		SELECT e.id, coalesce(exit_lacks(e), f.state) FROM exit_exit e JOIN casefile_file f ON f.id = e.file_id
		WHERE e.state = 'closed' AND f.erased_at IS NULL AND (f.state <> 'closed' OR exit_lacks(e) IS NOT NULL)`},
	{"I12", "move_move", "invariant.move", `
		-- invariant.move
		SELECT m.id, m.kind FROM move_move m WHERE m.state = 'done' AND NOT CASE m.kind
			WHEN 'transfer' THEN m.received_by NOT IN (m.asked_by, m.decided_by)
			WHEN 'split' THEN EXISTS (SELECT FROM casefile_file o WHERE o.id = m.other_id AND o.split_of = m.file_id)
			ELSE EXISTS (SELECT FROM casefile_file f WHERE f.id = m.file_id AND f.merged_into = m.other_id AND f.state = 'closed') END`},
	{"I10", "casefile_file", "invariant.file_untold", `
		-- invariant.file_untold
		SELECT f.id, '' FROM casefile_file f WHERE NOT EXISTS (SELECT FROM audit_entry a WHERE a.kind = 'file' AND a.subject_id = f.id)`},
	{"I18", "casefile_file", "invariant.erased", `
		-- invariant.erased
		SELECT f.id, f.head_name FROM casefile_file f
		WHERE f.erased_at IS NOT NULL AND (f.head_name <> '**' OR f.address || f.employer || f.head_pinyin <> '' OR f.org_path <> '~'
			OR NOT EXISTS (SELECT FROM retention_erased r WHERE r.file_id = f.id)
			OR EXISTS (SELECT FROM casefile_person p WHERE p.file_id = f.id) OR EXISTS (SELECT FROM casefile_evidence e WHERE e.file_id = f.id)
			OR EXISTS (SELECT FROM casefile_version v WHERE v.file_id = f.id))`},
}

// acted lists who did what on which side of which household's case, from the acts themselves.
const acted = `
	-- invariant.acted
	SELECT id AS file_id, registered_by AS staff_id, 'gather' AS side FROM casefile_file
	UNION SELECT id, handed_by, 'gather' FROM casefile_file WHERE handed_by IS NOT NULL
	UNION SELECT id, cancelled_by, 'decide' FROM casefile_file WHERE cancelled_by IS NOT NULL
	UNION SELECT s.file_id, s.saved_by, 'gather' FROM casefile_section s WHERE NOT EXISTS (
		SELECT FROM casefile_change c WHERE c.file_id = s.file_id AND c.kind = s.section AND c.state = 'applied'
			AND coalesce(c.decided_by, c.asked_by) = s.saved_by)
	UNION SELECT file_id, asked_by, 'gather' FROM casefile_change WHERE second
	UNION SELECT file_id, decided_by, 'decide' FROM casefile_change WHERE decided_by IS NOT NULL AND state <> 'withdrawn'
	UNION SELECT file_id, entered_by, 'gather' FROM casefile_card
	UNION SELECT file_id, confirmed_by, 'decide' FROM casefile_card WHERE confirmed_by IS NOT NULL
	UNION SELECT file_id, unnest(ARRAY[entered_by, coalesce(settled_by, entered_by)]), 'gather' FROM casefile_arrears
	UNION SELECT file_id, judged_by, 'decide' FROM casefile_judgement
	UNION SELECT file_id, asked_by, 'gather' FROM move_move WHERE kind <> 'transfer'
	UNION SELECT file_id, decided_by, 'decide' FROM move_move WHERE kind <> 'transfer' AND decided_by IS NOT NULL
	UNION SELECT file_id, unnest(ARRAY[visitor_a, visitor_b, entered_by]), 'gather' FROM visit_visit
	UNION SELECT file_id, unnest(ARRAY[entered_by, coalesce(revised_by, entered_by)]), 'gather' FROM grant_application
	UNION SELECT file_id, made_by, 'gather' FROM plan_plan
	UNION SELECT file_id, reviewed_by, 'gather' FROM review_result
	UNION SELECT file_id, confirmed_by, 'decide' FROM review_result WHERE confirmed_by IS NOT NULL
	UNION SELECT file_id, unnest(ARRAY[proposed_by, coalesce(told_by, proposed_by)]), 'gather' FROM exit_exit
	UNION SELECT file_id, assessed_by, 'decide' FROM casefile_assessment
	UNION SELECT file_id, unnest(ARRAY[assessed_by, coalesce(closed_by, assessed_by)]), 'decide' FROM exit_exit WHERE assessed_by IS NOT NULL
	UNION SELECT file_id, published_by, 'decide' FROM notice_notice
	UNION SELECT n.file_id, o.closed_by, 'decide' FROM notice_objection o JOIN notice_notice n ON n.id = o.notice_id WHERE o.closed_by IS NOT NULL
	UNION SELECT a.file_id, d.staff_id, 'decide' FROM grant_decision d JOIN grant_application a ON a.id = d.application_id
	UNION SELECT e.file_id, r.entered_by, 'pay' FROM exit_receipt r JOIN exit_exit e ON e.id = r.exit_id
	UNION SELECT e.file_id, v.entered_by, 'pay' FROM exit_receipt_reversal v JOIN exit_receipt r ON r.id = v.receipt_id JOIN exit_exit e ON e.id = r.exit_id
	UNION SELECT p.file_id, v.staff_id, 'decide' FROM payment_revocation v JOIN payment_payable p ON p.id = v.payable_id
	UNION SELECT p.file_id, r.staff_id, 'pay' FROM payment_refusal r JOIN payment_payable p ON p.id = r.payable_id
	UNION SELECT p.file_id, b.made_by, 'pay' FROM payment_line l JOIN payment_payable p ON p.id = l.payable_id JOIN payment_batch b ON b.id = l.batch_id
	UNION SELECT p.file_id, b.released_by, 'pay' FROM payment_line l JOIN payment_payable p ON p.id = l.payable_id
		JOIN payment_batch b ON b.id = l.batch_id WHERE b.released_by IS NOT NULL`

// sides are the checks that gathering, deciding and paying a case are three sets without a common member (I5).
var sides = []check{
	{"I5", "casefile_file", "invariant.sides", `
		-- invariant.sides
		SELECT file_id, staff_id::text FROM (` + acted + `) d GROUP BY file_id, staff_id HAVING count(DISTINCT side) > 1`},
	{"I5", "casefile_duty", "invariant.duty", `
		-- invariant.duty
		SELECT d.file_id, d.staff_id::text FROM (` + acted + `) d
		WHERE NOT EXISTS (SELECT FROM casefile_duty k WHERE k.file_id = d.file_id AND k.staff_id = d.staff_id AND k.side = d.side)`},
}

// notices are the checks of the public notices and objections (I12, I14).
var notices = []check{
	{"I12", "notice_notice", "invariant.notice_state", `
		-- invariant.notice_state
		SELECT n.id, n.state FROM notice_notice n
		CROSS JOIN LATERAL (SELECT count(*) AS heard, count(*) FILTER (WHERE o.state = 'open') AS open, count(*) FILTER (WHERE o.state = 'upheld') AS upheld
		                    FROM notice_objection o WHERE o.notice_id = n.id) o
		WHERE NOT CASE n.state WHEN 'open' THEN o.heard = 0 WHEN 'objected' THEN o.open > 0 AND o.upheld = 0 WHEN 'ended' THEN o.heard = 0
			WHEN 'interrupted' THEN o.heard > 0 AND o.open = 0 AND o.upheld = 0 ELSE o.upheld > 0 AND o.open = 0 END`},
	{"I14", "notice_public", "invariant.public", `
		-- invariant.public
		SELECT p.id, '' FROM notice_public p WHERE p.name NOT LIKE '%*%' OR p.name || p.unit ~ '[0-9]{11}'
		UNION
		SELECT p.id, '' FROM notice_public p JOIN notice_shown s ON s.public_id = p.id JOIN notice_notice n ON n.id = s.notice_id
			JOIN casefile_person m ON m.file_id = n.file_id
		WHERE p.name = m.name OR strpos(p.unit, m.name) > 0`},
	{"I14", "notice_public", "invariant.hidden", `
		-- invariant.hidden
		SELECT p.id, n.state FROM notice_public p JOIN notice_shown s ON s.public_id = p.id JOIN notice_notice n ON n.id = s.notice_id
		WHERE p.shown AND n.state IN ('interrupted', 'upheld')`},
	{"I11", "work_form_key", "invariant.form_key", `
		-- invariant.form_key
		SELECT k.staff_id, k.path FROM work_form_key k WHERE k.location IS NULL`},
}
