package invariant

// payables are the checks between approvals, payables, lines and the ledger (I1, I4, I6).
var payables = []check{
	{"I4", "grant_application", "invariant.no_payable", `
		-- invariant.no_payable
		SELECT a.id, a.amount_fen::text FROM grant_application a LEFT JOIN payment_payable p ON p.application_id = a.id
		WHERE a.state = 'approved' AND p.id IS NULL`},
	{"I4", "payment_payable", "invariant.payable", `
		-- invariant.payable
		SELECT p.id, p.amount_fen::text FROM payment_payable p JOIN grant_application a ON a.id = p.application_id
		WHERE (p.amount_fen, p.file_id, p.account_id, 'approved') IS DISTINCT FROM (a.amount_fen, a.file_id, a.account_id, a.state)`},
	{"I6", "payment_payable", "invariant.lines", `
		-- invariant.lines
		SELECT l.payable_id, count(*)::text FROM payment_line l WHERE l.state IN ('open', 'paid') GROUP BY l.payable_id HAVING count(*) > 1`},
	{"I12", "payment_payable", "invariant.payable_state", `
		-- invariant.payable_state
		SELECT p.id, p.state FROM payment_payable p
		CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE l.state = 'open') AS open, count(*) FILTER (WHERE l.state = 'paid') AS paid,
			count(*) FILTER (WHERE l.state = 'failed' AND l.attempt = p.attempt) AS failed FROM payment_line l WHERE l.payable_id = p.id) l
		WHERE (l.open, l.paid, l.failed) IS DISTINCT FROM CASE p.state WHEN 'batched' THEN (1::bigint, 0::bigint, 0::bigint)
			WHEN 'paid' THEN (0::bigint, 1::bigint, 0::bigint) WHEN 'failed' THEN (0::bigint, 0::bigint, 1::bigint)
			WHEN 'revoked' THEN (0::bigint, 0::bigint, least(l.failed, 1)) ELSE (0::bigint, 0::bigint, 0::bigint) END`},
	{"I1", "payment_payable", "invariant.payable_money", `
		-- invariant.payable_money
		SELECT p.id, p.state FROM payment_payable p
		CROSS JOIN LATERAL (SELECT coalesce(string_agg(e.kind, ' ' ORDER BY e.id), '') AS kinds FROM fund_entry e
			WHERE e.subject = 'grant' AND e.subject_id = p.application_id AND e.attempt = p.attempt) e
		WHERE e.kinds <> CASE p.state WHEN 'paid' THEN 'reserve pay' WHEN 'failed' THEN 'reserve release' WHEN 'revoked' THEN 'reserve release' ELSE 'reserve' END`},
	// Money that can neither be paid nor is given back: the file is closed, and nothing is paid to a closed file.
	{"I1", "payment_payable", "invariant.left_open", `
		-- invariant.left_open
		SELECT p.id, p.state FROM payment_payable p JOIN casefile_file f ON f.id = p.file_id
		WHERE f.state = 'closed' AND p.state NOT IN ('paid', 'revoked')`},
	{"I5", "payment_payable", "invariant.revocation", `
		-- invariant.revocation
		SELECT p.id, p.state FROM payment_payable p FULL JOIN payment_revocation r ON r.payable_id = p.id
		WHERE (p.state = 'revoked') IS DISTINCT FROM (r.payable_id IS NOT NULL)`},
	{"I1", "fund_account", "invariant.reserved", `
		-- invariant.reserved
		SELECT a.id, t.balance_fen::text FROM fund_account a JOIN fund_pot t ON t.account_id = a.id AND t.pot = 'reserved'
		WHERE t.balance_fen <> coalesce((SELECT sum(p.amount_fen) FROM payment_payable p
			WHERE p.account_id = a.id AND p.state IN ('ready', 'refused', 'batched')), 0)`},
	{"I1", "fund_account", "invariant.paid", `
		-- invariant.paid
		SELECT a.id, t.balance_fen::text FROM fund_account a JOIN fund_pot t ON t.account_id = a.id AND t.pot = 'paid'
		WHERE t.balance_fen <> coalesce((SELECT sum(l.amount_fen) FROM payment_line l JOIN payment_payable p ON p.id = l.payable_id
			WHERE p.account_id = a.id AND l.state = 'paid'), 0)
			- coalesce((SELECT sum(x.amount_fen) FROM exit_receipt_part x JOIN payment_payable p ON p.id = x.payable_id
			WHERE p.account_id = a.id AND NOT EXISTS (SELECT FROM exit_receipt_reversal v WHERE v.receipt_id = x.receipt_id)), 0)`},
	{"I1", "exit_receipt", "invariant.receipt", `
		-- invariant.receipt
		SELECT r.id, r.amount_fen::text FROM exit_receipt r
		WHERE r.amount_fen <> coalesce((SELECT sum(x.amount_fen) FROM exit_receipt_part x WHERE x.receipt_id = r.id), 0)`},
	{"I1", "exit_receipt_part", "invariant.receipt_ledger", `
		-- invariant.receipt_ledger
		SELECT x.id, x.amount_fen::text FROM exit_receipt_part x JOIN payment_payable p ON p.id = x.payable_id
		LEFT JOIN exit_receipt_reversal v ON v.receipt_id = x.receipt_id
		CROSS JOIN LATERAL (SELECT coalesce(sum(g.amount_fen), 0) AS fen FROM fund_entry e JOIN fund_posting g ON g.pot = 'available' AND g.account_id = p.account_id
			AND g.entry_id IN (SELECT e.id UNION SELECT m.id FROM fund_entry m WHERE m.reverses = e.id)
			WHERE e.subject = 'recovery' AND e.subject_id = x.id) g
		WHERE g.fen <> CASE WHEN v.receipt_id IS NULL THEN x.amount_fen ELSE 0 END`},
	{"I1", "exit_claim", "invariant.claim_over", `
		-- invariant.claim_over
		SELECT c.payable_id, c.claim_fen::text FROM exit_claim c
		WHERE c.claim_fen < (SELECT coalesce(sum(x.amount_fen), 0) FROM exit_receipt_part x JOIN exit_receipt r ON r.id = x.receipt_id
			WHERE r.exit_id = c.exit_id AND x.payable_id = c.payable_id AND NOT EXISTS (SELECT FROM exit_receipt_reversal v WHERE v.receipt_id = r.id))`},
	{"I3", "fund_account", "invariant.purpose", `
		-- invariant.purpose
		SELECT a.id, a.source || ' ' || a.purpose FROM fund_account a
		WHERE NOT EXISTS (SELECT FROM fund_allowed w WHERE w.source = a.source AND w.purpose = a.purpose)
		OR EXISTS (SELECT FROM grant_application g WHERE g.account_id = a.id AND g.purpose <> a.purpose)`},
}

// batches are the checks of the bank's files and answers (I6, I7).
var batches = []check{
	{"I7", "payment_batch", "invariant.batch_total", `
		-- invariant.batch_total
		SELECT b.id, b.number FROM payment_batch b LEFT JOIN payment_line l ON l.batch_id = b.id
		GROUP BY b.id, b.number, b.lines, b.total_fen HAVING count(l.id) <> b.lines OR sum(l.amount_fen) IS DISTINCT FROM b.total_fen`},
	{"I6", "payment_line", "invariant.line_ledger", `
		-- invariant.line_ledger
		SELECT l.id, l.state FROM payment_line l JOIN payment_payable p ON p.id = l.payable_id
		WHERE l.state IN ('paid', 'failed') AND (SELECT count(*) FROM fund_entry e JOIN fund_posting g ON g.entry_id = e.id AND g.amount_fen = l.amount_fen
			WHERE e.subject = 'grant' AND e.subject_id = p.application_id AND e.attempt = l.attempt
			AND e.kind = CASE l.state WHEN 'paid' THEN 'pay' ELSE 'release' END) <> 1`},
	{"I6", "fund_entry", "invariant.entry_line", `
		-- invariant.entry_line
		SELECT e.id, e.kind FROM fund_entry e WHERE e.kind IN ('pay', 'release') AND NOT EXISTS (
			SELECT FROM payment_line l JOIN payment_payable p ON p.id = l.payable_id
			WHERE p.application_id = e.subject_id AND l.attempt = e.attempt AND l.state = CASE e.kind WHEN 'pay' THEN 'paid' ELSE 'failed' END)
		AND NOT (e.kind = 'release' AND EXISTS (SELECT FROM payment_payable p
			WHERE p.application_id = e.subject_id AND p.attempt = e.attempt AND p.state = 'revoked'))`},
	{"I7", "payment_batch", "invariant.batch_state", `
		-- invariant.batch_state
		SELECT b.id, b.state FROM payment_batch b
		CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE l.state = 'open') AS open, count(*) FILTER (WHERE l.state IN ('paid', 'failed')) AS answered,
			count(*) FILTER (WHERE l.state = 'cancelled') AS cancelled FROM payment_line l WHERE l.batch_id = b.id) l
		WHERE NOT CASE b.state WHEN 'made' THEN l.open = b.lines WHEN 'released' THEN l.open > 0 AND l.cancelled = 0
			WHEN 'closed' THEN l.answered = b.lines ELSE l.cancelled = b.lines END`},
	{"I7", "payment_answer", "invariant.answer", `
		-- invariant.answer
		SELECT r.id, r.paid || ' + ' || r.failed FROM payment_answer r
		CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE l.state = 'paid') AS paid, count(*) FILTER (WHERE l.state = 'failed') AS failed
			FROM payment_line l WHERE l.answer_id = r.id) l
		WHERE r.paid <> l.paid OR r.failed <> l.failed`},
	{"I7", "payment_line", "invariant.line", `
		-- invariant.line
		SELECT l.id, l.reference FROM payment_line l JOIN payment_payable p ON p.id = l.payable_id
		WHERE l.amount_fen <> p.amount_fen OR l.attempt > p.attempt`},
	{"I7", "payment_batch", "invariant.two_people", `
		-- invariant.two_people
		SELECT b.id, b.number FROM payment_batch b WHERE b.made_by = b.released_by`},
	{"I10", "payment_batch", "invariant.batch_untold", `
		-- invariant.batch_untold
		SELECT b.id, b.number FROM payment_batch b WHERE NOT EXISTS (SELECT FROM audit_entry a WHERE a.kind = 'batch' AND a.subject_id = b.id)`},
}
