package trial

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/eligibility"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ID names a row of trial_proposal.
type ID int64

// Kind is what is proposed.
type Kind string

// The kinds of proposal.
const (
	Line Kind = "line"
	Rule Kind = "rule"
)

// Key gives the word of the kind.
func (k Kind) Key() words.Key { return words.Key("trial.kind." + string(k)) }

// State says where a proposal stands.
type State string

// The states of a proposal; the last two are ends.
const (
	Proposed  State = "proposed"
	Confirmed State = "confirmed"
	Dropped   State = "dropped"
)

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("trial.state." + string(s)) }

// Proposal is a line or a rule that is not in force yet.
type Proposal struct {
	ID        ID
	Kind      Kind
	Line      eligibility.Line // of a line; its From and Source are set for a rule too
	Rule      eligibility.Rule // of a rule
	State     State
	EnteredBy work.StaffID
	Enterer   string
	EnteredAt time.Time
	Decider   string
	DecidedAt time.Time
	Reason    string // why it was dropped
}

// Act is what is done to a proposal.
type Act string

// The acts.
const (
	Try     Act = "try"     // ask for a trial
	Confirm Act = "confirm" // another person takes it into force
	Drop    Act = "drop"
)

// Key gives the word of the act.
func (a Act) Key() words.Key { return words.Key("trial.act." + string(a)) }

// May tells whether an act is open to a person. run is the newest trial, nil when there is none.
func (p Proposal) May(act Act, by work.Actor, run *Run) bool { return p.refuse(act, by, run) == nil }

// refuse gives the reason why an act is not open to a person.
func (p Proposal) refuse(act Act, by work.Actor, run *Run) *work.Refusal {
	switch {
	case p.State != Proposed:
		return work.Refuse("trial.refusal.decided", p.State)
	case act == Try && run != nil && !run.Ended():
		return work.Refuse("trial.refusal.running")
	case act == Confirm && p.EnteredBy == by.StaffID:
		return work.Refuse("eligibility.refusal.second")
	case act == Confirm && (run == nil || !run.Ended()):
		return work.Refuse("trial.refusal.untried")
	}
	return nil
}

// ProposeLine enters a line and asks for its trial.
func ProposeLine(ctx context.Context, u *work.Unit, line eligibility.Line) (ID, error) {
	if refusal := eligibility.CheckLine(line, u.Today()); refusal != nil {
		return 0, refusal
	}
	return propose(ctx, u, Proposal{Kind: Line, Line: line})
}

// ProposeRule enters a rule and asks for its trial.
func ProposeRule(ctx context.Context, u *work.Unit, rule eligibility.Rule) (ID, error) {
	if refusal := eligibility.CheckRule(rule, u.Today()); refusal != nil {
		return 0, refusal
	}
	return propose(ctx, u, Proposal{Kind: Rule, Rule: rule, Line: eligibility.Line{From: rule.From, Source: rule.Source}})
}

// propose writes a proposal with its first run. A day that is taken, by a row in force or by another proposal, is refused.
func propose(ctx context.Context, u *work.Unit, p Proposal) (ID, error) {
	taken, err := takenDay(ctx, u, p)
	if err != nil {
		return 0, fmt.Errorf("looking for a proposal of the day: %w", err)
	}
	if taken {
		return 0, work.Refuse("trial.refusal.taken", p.Line.From).On("from_on")
	}
	id, err := insert(ctx, u, p)
	if err != nil {
		return 0, fmt.Errorf("entering a proposal: %w", err)
	}
	changes := []work.Change{{Field: "kind", After: p.Kind}, {Field: "from_on", After: p.Line.From.String()}, {Field: "source", After: p.Line.Source}}
	if p.Kind == Line {
		changes = append(changes, work.Change{Field: "district", After: p.Line.District}, work.Change{Field: "monthly", After: p.Line.Monthly.String()})
	} else {
		changes = append(changes, work.Change{Field: "generation", After: p.Rule.Generation}, work.Change{Field: "numbers", After: p.Rule.Numbers})
	}
	if err := u.Audit(ctx, work.Entry{Act: "trial.propose", Kind: "proposal", ID: int64(id), Changes: changes}); err != nil {
		return 0, err
	}
	return id, ask(ctx, u, id)
}

// Again asks for another trial of a proposal, since files were judged after the last one.
func Again(ctx context.Context, u *work.Unit, id ID) error {
	if _, err := acting(ctx, u, id, Try); err != nil {
		return err
	}
	return ask(ctx, u, id)
}

// Decide confirms or drops a proposal. Confirmed, it is a row of package eligibility, in force from its day on.
func Decide(ctx context.Context, u *work.Unit, id ID, act Act, reason string) error {
	p, err := acting(ctx, u, id, act)
	if err != nil {
		return err
	}
	to := Confirmed
	switch act {
	case Confirm:
		reason = ""
	case Drop:
		if to = Dropped; reason == "" {
			return work.Refuse("trial.refusal.reason").On("reason")
		}
	default:
		return fmt.Errorf("%q decides nothing", act)
	}
	err = u.ChangeOne(ctx, `
		-- trial.Decide
		UPDATE trial_proposal SET state = @to, decided_by = @by, decided_at = @now, reason = @reason WHERE id = @id AND state = 'proposed'`,
		pgx.NamedArgs{"id": id, "to": string(to), "by": u.By.StaffID, "now": u.Now, "reason": reason})
	if err != nil {
		return fmt.Errorf("deciding proposal %d: %w", id, err)
	}
	if act == Drop {
		if err := clear(ctx, u, id); err != nil {
			return err
		}
	}
	if act == Confirm {
		if err := enforce(ctx, u, p); err != nil {
			return fmt.Errorf("confirming proposal %d: %w", id, err)
		}
	}
	return u.Audit(ctx, work.Entry{Act: "trial." + string(act), Kind: "proposal", ID: int64(id),
		Changes: []work.Change{{Field: "state", Before: Proposed, After: to}, {Field: "reason", After: reason}}})
}

// enforce hands a confirmed proposal to package eligibility.
func enforce(ctx context.Context, u *work.Unit, p Proposal) error {
	var err error
	if p.Kind == Line {
		_, err = eligibility.AddLine(ctx, u, p.Line, p.EnteredBy)
	} else {
		_, err = eligibility.AddRule(ctx, u, p.Rule, p.EnteredBy)
	}
	return err
}

// acting finds a proposal and refuses an act that is not open to the acting person.
func acting(ctx context.Context, u *work.Unit, id ID, act Act) (Proposal, error) {
	p, err := Find(ctx, u, id)
	if err != nil {
		return p, err
	}
	run, err := LastRun(ctx, u, id)
	if err != nil {
		return p, err
	}
	if refusal := p.refuse(act, u.By, run); refusal != nil {
		return p, refusal
	}
	return p, nil
}

// Find gives one proposal, or work.ErrNotFound. Proposals are rules, not households: whoever may read rules sees all.
func Find(ctx context.Context, q work.Querier, id ID) (Proposal, error) {
	all, err := read(ctx, q, `WHERE p.id = @id`, pgx.NamedArgs{"id": id})
	if err == nil && len(all) == 0 {
		err = work.ErrNotFound
	}
	if err != nil {
		return Proposal{}, fmt.Errorf("finding proposal %d: %w", id, err)
	}
	return all[0], nil
}

// List lists proposals, the newest first, below the given id (zero: from the top). more tells that there are older ones.
func List(ctx context.Context, q work.Querier, below ID, size int) (all []Proposal, more bool, err error) {
	all, err = read(ctx, q, `WHERE @below::bigint = 0 OR p.id < @below ORDER BY p.id DESC LIMIT @limit`,
		pgx.NamedArgs{"below": below, "limit": size + 1})
	if err != nil {
		return nil, false, fmt.Errorf("listing proposals: %w", err)
	}
	return all[:min(size, len(all))], len(all) > size, nil
}

// Waiting lists at most size proposals that the person may confirm or drop once they are tried, the longest waiting first:
// those that others entered.
func Waiting(ctx context.Context, q work.Querier, by work.Actor, size int) ([]Proposal, error) {
	all, err := read(ctx, q, `WHERE p.state = 'proposed' AND p.entered_by <> @by ORDER BY p.id LIMIT @limit`, pgx.NamedArgs{"by": by.StaffID, "limit": size})
	if err != nil {
		return nil, fmt.Errorf("listing proposals that wait: %w", err)
	}
	return all, nil
}

// read reads the proposals that the condition names.
func read(ctx context.Context, q work.Querier, condition string, args pgx.NamedArgs) ([]Proposal, error) {
	rows, err := q.Query(ctx, `
		-- trial.read
		SELECT p.id, p.kind, coalesce(p.district, ''), staff_district(p.district), coalesce(p.monthly_fen, 0), coalesce(p.generation, ''), coalesce(p.numbers, '{}'),
			p.from_on, p.source, p.state, p.entered_by, e.name, p.entered_at, coalesce(d.name, ''), p.decided_at, p.reason
		FROM trial_proposal p JOIN staff_member e ON e.id = p.entered_by LEFT JOIN staff_member d ON d.id = p.decided_by `+condition, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Proposal, error) {
		var p Proposal
		var numbers []byte
		var decided pgtype.Timestamptz
		err := row.Scan(&p.ID, &p.Kind, &p.Line.District, &p.Line.Place, &p.Line.Monthly, &p.Rule.Generation, &numbers, &p.Line.From, &p.Line.Source,
			&p.State, &p.EnteredBy, &p.Enterer, &p.EnteredAt, &p.Decider, &decided, &p.Reason)
		if err != nil {
			return p, err
		}
		p.DecidedAt = decided.Time
		p.Rule.From, p.Rule.Source = p.Line.From, p.Line.Source
		return p, json.Unmarshal(numbers, &p.Rule.Numbers)
	})
}

// takenDay tells whether the day of a proposal is taken already.
func takenDay(ctx context.Context, u *work.Unit, p Proposal) (bool, error) {
	var taken bool
	err := u.QueryRow(ctx, `
		-- trial.takenDay
		SELECT EXISTS (SELECT FROM trial_proposal WHERE state = 'proposed' AND kind = @kind AND from_on = @from
				AND district IS NOT DISTINCT FROM nullif(@district, ''))
			OR @kind = 'line' AND EXISTS (SELECT FROM eligibility_line WHERE district = @district AND from_on = @from)
			OR @kind = 'rule' AND EXISTS (SELECT FROM eligibility_rule WHERE from_on = @from)`,
		pgx.NamedArgs{"kind": string(p.Kind), "from": p.Line.From, "district": p.Line.District}).Scan(&taken)
	return taken, err
}

// insert writes a proposal.
func insert(ctx context.Context, u *work.Unit, p Proposal) (ID, error) {
	args := pgx.NamedArgs{"kind": string(p.Kind), "district": nil, "monthly": nil, "generation": nil, "numbers": nil,
		"from": p.Line.From, "source": p.Line.Source, "by": u.By.StaffID, "now": u.Now}
	if p.Kind == Line {
		args["district"], args["monthly"] = p.Line.District, int64(p.Line.Monthly)
	} else {
		numbers, err := json.Marshal(p.Rule.Numbers)
		if err != nil {
			return 0, err
		}
		args["generation"], args["numbers"] = string(p.Rule.Generation), numbers
	}
	var id ID
	err := u.QueryRow(ctx, `
		-- trial.insert
		INSERT INTO trial_proposal (kind, district, monthly_fen, generation, numbers, from_on, source, entered_by, entered_at)
		VALUES (@kind, @district, @monthly, @generation, @numbers, @from, @source, @by, @now)
		ON CONFLICT DO NOTHING RETURNING id`, args).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, work.Refuse("trial.refusal.taken", p.Line.From).On("from_on")
	}
	return id, err
}
