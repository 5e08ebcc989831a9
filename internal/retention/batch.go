package retention

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// BatchID names a row of retention_batch.
type BatchID int64

// State says where a batch stands.
type State string

// The states of a batch.
const (
	Proposed  State = "proposed"  // 待审批
	Agreed    State = "agreed"    // 已同意: the program destroys its files
	Refused   State = "refused"   // 不同意
	Withdrawn State = "withdrawn" // 已撤回
	Done      State = "done"      // 已销毁
)

// States lists all states in the order of a batch's life.
var States = []State{Proposed, Agreed, Done, Refused, Withdrawn}

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("retention.state." + string(s)) }

// Act is what moves a batch.
type Act string

// The acts of people; the program ends a batch.
const (
	ActAgree    Act = "agree"
	ActRefuse   Act = "refuse"
	ActWithdraw Act = "withdraw"
)

// Key gives the word of the act.
func (a Act) Key() words.Key { return words.Key("retention.act." + string(a)) }

// moves is what people do in the life of a batch.
var moves = []struct {
	from State
	act  Act
	to   State
}{
	{Proposed, ActAgree, Agreed},
	{Proposed, ActRefuse, Refused},
	{Proposed, ActWithdraw, Withdrawn},
}

// Most is how many files one batch takes: those whose deciding a person can look through.
const Most = 500

// Batch is a proposal to destroy files of an office.
type Batch struct {
	ID          BatchID
	OrgID       work.OrgID
	OrgName     string
	Name        string
	Basis       string
	ClosedUntil day.Date // the last day of closing of its files
	State       State
	Files       int
	ProposedBy  work.StaffID
	Proposer    string
	ProposedAt  time.Time
	Opinion     string
	Decider     string
	DecidedAt   time.Time
	DoneAt      time.Time
}

// after gives the state that the act leads to, or the reason why it leads nowhere. Nobody decides what they proposed, and
// only the proposer takes a proposal back.
func (b Batch) after(act Act, by work.Actor) (State, *work.Refusal) {
	switch own := b.ProposedBy == by.StaffID; {
	case act == ActWithdraw && !own:
		return b.State, work.Refuse("retention.refusal.withdraw")
	case act != ActWithdraw && own:
		return b.State, work.Refuse("retention.refusal.own")
	}
	for _, m := range moves {
		if m.from == b.State && m.act == act {
			return m.to, nil
		}
	}
	return b.State, work.Refuse("retention.refusal.state", act, b.State)
}

// May tells whether the act is open to the person now; pages offer no other.
func (b Batch) May(act Act, by work.Actor) bool {
	_, refusal := b.after(act, by)
	return refusal == nil
}

// Proposal is what somebody asks to destroy.
type Proposal struct {
	Org         work.OrgID // with all below it
	Name        string
	Basis       string   // why it may be: the rule, the check that nobody needs the files
	ClosedUntil day.Date // files closed on this day or before
}

// Propose makes a batch of the files of an office whose term is over, the oldest first, up to Most: those without a hold
// that wait in no other batch. It gives how many it took.
func Propose(ctx context.Context, u *work.Unit, p Proposal) (BatchID, int, error) {
	scope, err := narrowed(ctx, u, u.By.Scope, p.Org)
	if err != nil {
		return 0, 0, err
	}
	if last := LastOver(u.Today()); p.ClosedUntil.After(last) {
		return 0, 0, work.Refuse("retention.refusal.term", last).On("closed_until")
	}
	files, err := proposable(ctx, u, scope, p.ClosedUntil)
	if err != nil {
		return 0, 0, fmt.Errorf("proposing a batch: %w", err)
	}
	if len(files) == 0 {
		return 0, 0, work.Refuse("retention.refusal.none").On("closed_until")
	}
	id, err := insert(ctx, u, p, files)
	if err != nil {
		return 0, 0, fmt.Errorf("proposing a batch: %w", err)
	}
	return id, len(files), u.Audit(ctx, work.Entry{Act: "retention.propose", Kind: "retention_batch", ID: int64(id), Changes: []work.Change{
		{Field: "name", After: p.Name}, {Field: "files", After: len(files)}, {Field: "closed_until", After: p.ClosedUntil.String()}}})
}

// proposable lists the files that a batch can take.
func proposable(ctx context.Context, u *work.Unit, scope work.Scope, until day.Date) ([]work.FileID, error) {
	args := pgx.NamedArgs{"before": until.Add(1).Start(), "today": u.Today(), "limit": Most}
	rows, err := u.Query(ctx, `
		-- retention.proposable
		SELECT f.id FROM casefile_file f WHERE `+level(scope, args)+` AND f.closed_at < @before AND f.erased_at IS NULL
			AND NOT EXISTS (SELECT FROM retention_item i WHERE i.file_id = f.id AND i.state = 'waiting')
			AND retention_bar(f.id, @today) IS NULL
		ORDER BY f.closed_at, f.id LIMIT @limit`, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[work.FileID])
}

// insert writes a batch with its files.
func insert(ctx context.Context, u *work.Unit, p Proposal, files []work.FileID) (BatchID, error) {
	var id BatchID
	err := u.QueryRow(ctx, `
		-- retention.insert
		INSERT INTO retention_batch (org_id, org_path, name, basis, closed_until, state, files, proposed_by, proposed_at)
		VALUES (@org, '', @name, @basis, @until, 'proposed', @files, @by, @now) RETURNING id`,
		pgx.NamedArgs{"org": p.Org, "name": p.Name, "basis": p.Basis, "until": p.ClosedUntil, "files": len(files), "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	if err != nil {
		return 0, err
	}
	_, err = u.Exec(ctx, `
		-- retention.insert items
		INSERT INTO retention_item (batch_id, file_id, state) SELECT @id, f.id, 'waiting' FROM unnest(@files::bigint[]) AS f (id)`,
		pgx.NamedArgs{"id": id, "files": files})
	return id, err
}

// Decide agrees to a batch or refuses it, with an opinion. The files of a refused one can be proposed again.
func Decide(ctx context.Context, u *work.Unit, id BatchID, agrees bool, opinion string) error {
	if agrees {
		return move(ctx, u, id, ActAgree, opinion)
	}
	return move(ctx, u, id, ActRefuse, opinion)
}

// Withdraw takes a proposal back, by whoever made it.
func Withdraw(ctx context.Context, u *work.Unit, id BatchID) error {
	return move(ctx, u, id, ActWithdraw, "")
}

// move carries out one act.
func move(ctx context.Context, u *work.Unit, id BatchID, act Act, opinion string) error {
	b, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	to, refusal := b.after(act, u.By)
	if refusal != nil {
		return refusal
	}
	if err := advance(ctx, u, b, to, opinion); err != nil {
		return fmt.Errorf("moving batch %d by %s: %w", id, act, err)
	}
	changes := []work.Change{{Field: "state", Before: b.State, After: to}}
	if opinion != "" {
		changes = append(changes, work.Change{Field: "opinion", After: opinion})
	}
	return u.Audit(ctx, work.Entry{Act: "retention." + string(act), Kind: "retention_batch", ID: int64(id), Changes: changes})
}

// advance is the only statement that writes retention_batch.state. The files of a batch that ends without being carried out
// are free again.
func advance(ctx context.Context, u *work.Unit, b Batch, to State, opinion string) error {
	args := pgx.NamedArgs{"id": b.ID, "from": string(b.State), "to": string(to), "opinion": opinion, "by": u.By.StaffID, "now": u.Now}
	if err := u.ChangeOne(ctx, `
		-- retention.advance
		UPDATE retention_batch SET state = @to,
			opinion = coalesce(nullif(@opinion, ''), opinion),
			decided_by = CASE WHEN @opinion <> '' THEN @by ELSE decided_by END,
			decided_at = CASE WHEN @opinion <> '' THEN @now ELSE decided_at END,
			done_at = CASE WHEN @to = 'done' THEN @now::timestamptz END
		WHERE id = @id AND state = @from`, args); err != nil {
		return err
	}
	if to != Refused && to != Withdrawn {
		return nil
	}
	_, err := u.Exec(ctx, `
		-- retention.advance free
		UPDATE retention_item SET state = 'kept', why = 'retention_not_agreed', ended_at = @now WHERE batch_id = @id AND state = 'waiting'`, args)
	return err
}

const batchColumns = `b.id, b.org_id, o.name, b.name, b.basis, b.closed_until, b.state, b.files, b.proposed_by, p.name, b.proposed_at,
	coalesce(b.opinion, ''), coalesce(d.name, ''), b.decided_at, b.done_at
	FROM retention_batch b JOIN staff_org o ON o.id = b.org_id JOIN staff_member p ON p.id = b.proposed_by
	LEFT JOIN staff_member d ON d.id = b.decided_by`

func scanBatch(row pgx.CollectableRow) (Batch, error) {
	var b Batch
	var decided, done pgtype.Timestamptz
	err := row.Scan(&b.ID, &b.OrgID, &b.OrgName, &b.Name, &b.Basis, &b.ClosedUntil, &b.State, &b.Files, &b.ProposedBy, &b.Proposer, &b.ProposedAt,
		&b.Opinion, &b.Decider, &decided, &done)
	b.DecidedAt, b.DoneAt = decided.Time, done.Time
	return b, err
}

// Find gives a batch, or work.ErrNotFound when there is none or it lies outside the scope.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id BatchID) (Batch, error) {
	rows, err := q.Query(ctx, `
		-- retention.Find
		SELECT `+batchColumns+` WHERE b.id = @id AND b.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Batch{}, fmt.Errorf("finding batch %d: %w", id, err)
	}
	b, err := pgx.CollectExactlyOneRow(rows, scanBatch)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	if err != nil {
		return b, fmt.Errorf("finding batch %d: %w", id, err)
	}
	return b, nil
}

// Batches lists one page of the batches within the scope, the newest first, below an id (zero: from the top).
func Batches(ctx context.Context, q work.Querier, scope work.Scope, below BatchID, size int) ([]Batch, BatchID, error) {
	rows, err := q.Query(ctx, `
		-- retention.Batches
		SELECT `+batchColumns+` WHERE b.org_path LIKE @scope AND (@below::bigint = 0 OR b.id < @below) ORDER BY b.id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "below": below, "limit": size + 1})
	if err != nil {
		return nil, 0, fmt.Errorf("listing batches: %w", err)
	}
	all, err := pgx.CollectRows(rows, scanBatch)
	if err != nil {
		return nil, 0, fmt.Errorf("listing batches: %w", err)
	}
	if len(all) <= size {
		return all, 0, nil
	}
	return all[:size], all[size-1].ID, nil
}
