package invariant

// grants are the checks of applications and decisions (I4, I5, I9, I12).
var grants = []check{
	{"I4", "grant_application", "invariant.tier", `
		-- invariant.tier
		SELECT a.id, a.tier FROM grant_application a JOIN grant_terms t ON t.id = a.terms_id
		WHERE a.tier IS DISTINCT FROM CASE t.approval WHEN 'tiered' THEN
			(SELECT r.body FROM grant_tier r WHERE r.holds @> grant_day(a.entered_at) AND r.amounts @> a.window_fen) ELSE t.approval END`},
	// Approved grants stay in the window for good, so the recorded sum can only be larger, by those that fell away since.
	{"I4", "grant_application", "invariant.window", `
		-- invariant.window
		SELECT a.id, a.window_fen::text FROM grant_application a JOIN grant_terms t ON t.id = a.terms_id
		WHERE a.state = 'approved' AND a.window_fen < a.amount_fen + coalesce((
			SELECT sum(o.amount_fen) FROM grant_application o
			WHERE o.file_id = a.file_id AND o.cause = a.cause AND o.id < a.id AND o.state = 'approved' AND o.decided_at <= a.decided_at
			AND grant_day(o.entered_at) >= grant_day(a.entered_at) - make_interval(months => t.window_months)), 0)`},
	{"I4", "grant_application", "invariant.ceiling", `
		-- invariant.ceiling
		SELECT a.id, a.amount_fen::text FROM grant_application a WHERE a.amount_fen > a.ceiling_fen`},
	{"I5", "grant_application", "invariant.chain", `
		-- invariant.chain
		SELECT a.id, grant_lacks(a) FROM grant_application a WHERE a.state = 'approved' AND grant_lacks(a) IS NOT NULL`},
	{"I5", "grant_application", "invariant.grant_notice", `
		-- invariant.grant_notice
		SELECT a.id, a.file_id::text FROM grant_application a JOIN casefile_file f ON f.id = a.file_id
		WHERE a.state = 'approved' AND f.erased_at IS NULL AND NOT notice_finished(a.file_id)`},
	{"I5", "grant_application", "invariant.grant_evidence", `
		-- invariant.grant_evidence
		SELECT a.id, k.kind FROM grant_application a JOIN casefile_file f ON f.id = a.file_id AND f.erased_at IS NULL
			JOIN grant_terms t ON t.id = a.terms_id, unnest(t.evidence) AS k (kind)
		WHERE a.state = 'approved' AND NOT EXISTS (
			SELECT FROM casefile_evidence e WHERE e.file_id = a.file_id AND e.kind = k.kind AND e.removed_at IS NULL)`},
	{"I9", "grant_decision", "invariant.voice", `
		-- invariant.voice
		SELECT max(d.id), d.step FROM grant_decision d WHERE d.verdict NOT IN ('close', 'amount')
		GROUP BY d.application_id, d.round, d.step, d.staff_id HAVING count(*) > 1`},
	{"I9", "grant_decision", "invariant.too_many", `
		-- invariant.too_many
		SELECT max(d.id), d.step FROM grant_decision d JOIN grant_application a ON a.id = d.application_id
		WHERE d.verdict NOT IN ('close', 'amount') GROUP BY a.id, d.round, d.step
		HAVING count(*) > CASE d.step WHEN 'group' THEN (SELECT count(DISTINCT m.staff_id) FROM staff_body_member m WHERE m.body_id = a.group_id)
			WHEN 'committee' THEN (SELECT count(DISTINCT m.staff_id) FROM staff_body_member m WHERE m.body_id = a.committee_id) ELSE 1 END`},
	{"I9", "grant_decision", "invariant.after_refusal", `
		-- invariant.after_refusal
		SELECT d.id, d.verdict FROM grant_decision d JOIN grant_decision r ON r.application_id = d.application_id AND r.round = d.round
		WHERE r.verdict IN ('return', 'refuse') AND d.id > r.id`},
	{"I12", "grant_application", "invariant.grant_trail", `
		-- invariant.grant_trail
		SELECT a.id, a.state FROM grant_application a
		WHERE a.state <> coalesce((
			SELECT c.change ->> 'after' FROM audit_entry e, jsonb_array_elements(e.changes) WITH ORDINALITY AS c (change, place)
			WHERE e.kind = 'application' AND e.subject_id = a.id AND c.change ->> 'field' = 'state'
			ORDER BY e.id DESC, c.place DESC LIMIT 1), '')`},
	{"I12", "grant_application", "invariant.grant_round", `
		-- invariant.grant_round
		SELECT a.id, d.round::text FROM grant_application a JOIN grant_decision d ON d.application_id = a.id
		WHERE d.round > a.round OR d.round = a.round AND d.verdict = 'return' AND a.state NOT IN ('returned', 'withdrawn')
			OR d.round = a.round AND d.verdict = 'refuse' AND a.state <> 'refused'`},
}
