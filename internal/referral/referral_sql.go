package referral

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/work"
)

// letterArgs names the values of a letter's columns.
func letterArgs(l Letter) pgx.NamedArgs {
	return pgx.NamedArgs{"person": l.Person, "origin": string(l.Origin), "office": l.Office, "contact": l.Contact, "phone": l.Phone,
		"address": l.Address, "reason": l.Reason, "owed": int64(l.Owed), "since": l.OwedSince}
}

// insert writes a draft with its papers; without a person it is for the head of the household.
func insert(ctx context.Context, u *work.Unit, file work.FileID, kind Kind, l Letter) (ID, error) {
	args := letterArgs(l)
	args["file"], args["kind"], args["by"], args["now"] = file, string(kind), u.By.StaffID, u.Now
	var id ID
	err := u.QueryRow(ctx, `
		-- referral.insert
		INSERT INTO referral_referral (file_id, person_id, person_name, kind, origin, state, office, contact, phone, address,
			reason, owed_fen, owed_since, made_by, made_at)
		SELECT @file, p.id, p.name, @kind, @origin, 'draft', @office, @contact, @phone, @address, @reason, @owed, @since, @by, @now
		FROM casefile_person p WHERE p.file_id = @file AND p.left_on IS NULL
			AND CASE WHEN @person::bigint = 0 THEN p.relation = 'head' ELSE p.id = @person END
		RETURNING id`, args).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, work.Refuse("referral.refusal.person").On("person")
	}
	if err != nil {
		return 0, err
	}
	return id, putPapers(ctx, u, id, l.Papers)
}

// putPapers writes all papers of a letter anew.
func putPapers(ctx context.Context, u *work.Unit, id ID, papers []casefile.EvidenceID) error {
	ids := make([]int64, len(papers))
	for i, p := range papers {
		ids[i] = int64(p)
	}
	args := pgx.NamedArgs{"id": id, "papers": ids}
	if _, err := u.Exec(ctx, `
		-- referral.putPapers clear
		DELETE FROM referral_paper WHERE referral_id = @id`, args); err != nil {
		return err
	}
	_, err := u.Exec(ctx, `
		-- referral.putPapers
		INSERT INTO referral_paper (referral_id, evidence_id) SELECT @id, paper FROM unnest(@papers::bigint[]) paper`, args)
	return err
}

// rewrite writes a letter anew where nobody else has since it was shown.
func rewrite(ctx context.Context, u *work.Unit, r Referral, seen int, l Letter) error {
	args := letterArgs(l)
	args["id"], args["seen"] = r.ID, seen
	if l.Person == 0 {
		args["person"] = r.Person
	}
	err := u.ChangeOne(ctx, `
		-- referral.rewrite
		UPDATE referral_referral SET person_id = p.id, person_name = p.name, origin = @origin, office = @office, contact = @contact, phone = @phone,
			address = @address, reason = @reason, owed_fen = @owed, owed_since = @since, version = version + 1
		FROM casefile_person p
		WHERE referral_referral.id = @id AND version = @seen AND state IN ('draft', 'returned') AND p.id = @person AND p.file_id = referral_referral.file_id`, args)
	if err != nil {
		return err
	}
	return putPapers(ctx, u, r.ID, l.Papers)
}

// advance is the only statement that writes referral_referral.state, with what the step leaves on it.
func advance(ctx context.Context, u *work.Unit, r Referral, to State) error {
	return u.ChangeOne(ctx, `
		-- referral.advance
		UPDATE referral_referral SET state = @to, number = nullif(@number, ''), consent_on = @consent, sent_on = @sent, due_on = @due,
			answered_on = @answered, outcome = nullif(@outcome, ''), monthly_fen = @monthly, once_fen = @once, from_on = @from_on,
			answer = @answer, follow_on = @follow, version = version + 1
		WHERE id = @id AND state = @from AND version = @version`,
		pgx.NamedArgs{"id": r.ID, "from": string(r.State), "to": string(to), "number": r.Number, "consent": r.ConsentOn, "sent": r.SentOn,
			"due": r.DueOn, "answered": r.AnsweredOn, "outcome": string(r.Outcome), "monthly": int64(r.Monthly), "once": int64(r.Once),
			"from_on": r.From, "answer": r.Answer, "follow": r.FollowOn, "version": r.Version})
}

// nextNumber takes the next number of the office's letters of the year: QSX转〔2026〕12号.
func nextNumber(ctx context.Context, u *work.Unit, org work.OrgID) (string, error) {
	year, last, code := u.Today().Year(), 0, ""
	err := u.QueryRow(ctx, `
		-- referral.nextNumber
		INSERT INTO referral_number (org_id, year, last) VALUES (@org, @year, 1)
		ON CONFLICT (org_id, year) DO UPDATE SET last = referral_number.last + 1
		RETURNING last, (SELECT code FROM staff_org WHERE id = @org)`,
		pgx.NamedArgs{"org": org, "year": year}).Scan(&last, &code)
	return fmt.Sprintf("%s转〔%d〕%d号", code, year, last), err
}

func insertEvent(ctx context.Context, u *work.Unit, id ID, act Act, e Event) error {
	_, err := u.Exec(ctx, `
		-- referral.insertEvent
		INSERT INTO referral_event (referral_id, act, on_day, note, next_on, done_by, done_at)
		VALUES (@id, @act, @on, @note, @next, @by, @now)`,
		pgx.NamedArgs{"id": id, "act": string(act), "on": e.On, "note": e.Note, "next": e.Next, "by": u.By.StaffID, "now": u.Now})
	return err
}

// cover lists the columns of a Referral, in the order in which scan reads them.
const cover = `r.id, r.file_id, r.kind, r.state, coalesce(r.person_id, 0), r.origin, r.office, r.contact, r.phone, r.address, r.reason, r.owed_fen,
	r.owed_since, r.person_name, f.head_name, f.org_id, o.name, coalesce(r.number, ''), r.consent_on, r.sent_on, r.due_on, r.answered_on,
	coalesce(r.outcome, ''), r.monthly_fen, r.once_fen, r.from_on, r.answer, r.follow_on, s.name, r.made_at, r.version`

const fromReferral = ` FROM referral_referral r
	JOIN casefile_file f ON f.id = r.file_id
	JOIN staff_org o ON o.id = f.org_id
	JOIN staff_member s ON s.id = r.made_by `

func scan(row pgx.CollectableRow) (Referral, error) {
	var r Referral
	err := row.Scan(&r.ID, &r.FileID, &r.Kind, &r.State, &r.Person, &r.Origin, &r.Office, &r.Contact, &r.Phone, &r.Address, &r.Reason,
		&r.Owed, &r.OwedSince, &r.PersonName, &r.HeadName, &r.OrgID, &r.OrgName, &r.Number, &r.ConsentOn, &r.SentOn, &r.DueOn,
		&r.AnsweredOn, &r.Outcome, &r.Monthly, &r.Once, &r.From, &r.Answer, &r.FollowOn, &r.MadeBy, &r.MadeAt, &r.Version)
	return r, err
}

func find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Referral, error) {
	rows, err := q.Query(ctx, `
		-- referral.find
		SELECT `+cover+fromReferral+`WHERE r.id = @id AND f.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Referral{}, err
	}
	r, err := pgx.CollectExactlyOneRow(rows, scan)
	if errors.Is(err, pgx.ErrNoRows) {
		return Referral{}, work.ErrNotFound
	}
	if err != nil {
		return Referral{}, err
	}
	rows, err = q.Query(ctx, `
		-- referral.papersOf
		SELECT evidence_id FROM referral_paper WHERE referral_id = @id ORDER BY evidence_id`, pgx.NamedArgs{"id": id})
	if err != nil {
		return Referral{}, err
	}
	r.Papers, err = pgx.CollectRows(rows, pgx.RowTo[casefile.EvidenceID])
	return r, err
}

func ofFile(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) ([]Referral, error) {
	rows, err := q.Query(ctx, `
		-- referral.ofFile
		SELECT `+cover+fromReferral+`WHERE r.file_id = @file AND f.org_path LIKE @scope ORDER BY r.id DESC`,
		pgx.NamedArgs{"file": file, "scope": scope})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}

func readEvents(ctx context.Context, q work.Querier, id ID) ([]Event, error) {
	rows, err := q.Query(ctx, `
		-- referral.readEvents
		SELECT e.act, e.on_day, e.note, e.next_on, s.name, e.done_at
		FROM referral_event e JOIN staff_member s ON s.id = e.done_by WHERE e.referral_id = @id ORDER BY e.id DESC`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Event])
}
