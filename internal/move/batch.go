package move

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/idcard"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// BatchID names a row of move_batch.
type BatchID int64

// Most is how many files are moved at once.
const Most = 200

// BatchAct is what is done to several files at once.
type BatchAct string

// The acts on several files. A rejection or a refusal is said one by one, with its reason.
const (
	AskMany     BatchAct = "ask"
	AgreeMany   BatchAct = "agree"
	ReceiveMany BatchAct = "receive"
)

// Key gives the word of the act.
func (a BatchAct) Key() words.Key { return words.Key("move.act." + string(a)) }

// Batch is one act on several files.
type Batch struct {
	ID       BatchID
	Act      BatchAct
	Office   string
	By       string
	At       time.Time
	Verdicts []Verdict
}

// Done counts the files to which it was done.
func (b Batch) Done() int {
	n := 0
	for _, v := range b.Verdicts {
		if v.Refusal == nil {
			n++
		}
	}
	return n
}

// Verdict is what became of one file of a batch.
type Verdict struct {
	File     work.FileID // zero = none that the actor could see
	Number   string
	HeadName string // masked when the file lies outside the reader's scope
	Within   bool
	Move     ID            // zero = none
	Refusal  *work.Refusal // why not; nil = done
}

// AskAll asks for the transfer of several files to one office. Each is asked for by itself: what one file is refused for
// does not stop the others.
func AskAll(ctx context.Context, u *work.Unit, files []work.FileID, r Request) (BatchID, error) {
	if r.Kind != Transfer {
		return 0, errors.New("move: only transfers are asked for several at once")
	}
	return many(ctx, u, AskMany, files, func(u *work.Unit, file work.FileID) (work.FileID, ID, error) {
		id, err := Ask(ctx, u, file, r)
		return file, id, err
	})
}

// AgreeAll agrees to several moves that wait for a second person.
func AgreeAll(ctx context.Context, u *work.Unit, ids []ID) (BatchID, error) {
	return many(ctx, u, AgreeMany, ids, func(u *work.Unit, id ID) (work.FileID, ID, error) {
		return each(ctx, u, id, func() error { return Decide(ctx, u, id, true, "") })
	})
}

// ReceiveAll takes over several files that were handed to the actor's office.
func ReceiveAll(ctx context.Context, u *work.Unit, ids []ID) (BatchID, error) {
	return many(ctx, u, ReceiveMany, ids, func(u *work.Unit, id ID) (work.FileID, ID, error) {
		return each(ctx, u, id, func() error { return Receive(ctx, u, id, true, "") })
	})
}

// each acts on one move, and names its file.
func each(ctx context.Context, u *work.Unit, id ID, act func() error) (work.FileID, ID, error) {
	m, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return 0, 0, err
	}
	return m.FileID, id, act()
}

// many does one act to each of several things, each in a savepoint of its own, and keeps the verdicts.
func many[T ~int64](ctx context.Context, u *work.Unit, act BatchAct, chosen []T, do func(*work.Unit, T) (work.FileID, ID, error)) (BatchID, error) {
	chosen = slices.Compact(slices.Sorted(slices.Values(chosen)))
	switch {
	case len(chosen) == 0:
		return 0, work.Refuse("move.refusal.none_chosen")
	case len(chosen) > Most:
		return 0, work.Refuse("move.refusal.too_many", len(chosen), Most)
	}
	verdicts := make([]Verdict, len(chosen))
	for i, one := range chosen {
		v := &verdicts[i]
		err := u.Within(ctx, func(u *work.Unit) (err error) {
			v.File, v.Move, err = do(u, one)
			return err
		})
		refusal, refused := work.AsRefusal(err)
		switch {
		case refused:
			v.Refusal = refusal
		case errors.Is(err, work.ErrNotFound):
			v.File, v.Move, v.Refusal = 0, 0, work.Refuse("move.refusal.unseen")
		case errors.Is(err, work.ErrStale):
			v.Refusal = work.Refuse("move.refusal.meanwhile")
		case err != nil:
			return 0, fmt.Errorf("moving %d files by %s: %w", len(chosen), act, err)
		}
		if v.Refusal != nil && act == AskMany {
			v.Move = 0 // what was asked for was undone with it
		}
	}
	id, err := keepBatch(ctx, u, act, verdicts)
	if err != nil {
		return 0, fmt.Errorf("keeping the verdicts of %d files: %w", len(chosen), err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "move." + string(act), Kind: "move_batch", ID: int64(id),
		Changes: []work.Change{{Field: "files", After: len(chosen)}, {Field: "failed", After: len(chosen) - Batch{Verdicts: verdicts}.Done()}}})
}

// arg is an argument of a refusal as it is kept: a word of the catalogue, or a text.
type arg struct {
	Key  words.Key `json:"key,omitempty"`
	Text string    `json:"text,omitempty"`
}

// keepBatch writes an act on several files with its verdicts.
func keepBatch(ctx context.Context, u *work.Unit, act BatchAct, verdicts []Verdict) (id BatchID, err error) {
	err = u.QueryRow(ctx, `
		-- move.keepBatch
		INSERT INTO move_batch (act, org_id, org_path, done_by, done_at, files) VALUES (@act, @org, '', @by, @now, @files) RETURNING id`,
		pgx.NamedArgs{"act": string(act), "org": u.By.OrgID, "by": u.By.StaffID, "now": u.Now, "files": len(verdicts)}).Scan(&id)
	if err != nil {
		return 0, err
	}
	batch := &pgx.Batch{}
	for i, v := range verdicts {
		key, args := "", []arg{}
		if v.Refusal != nil {
			key = v.Refusal.Key
			for _, a := range v.Refusal.Args {
				switch a := a.(type) {
				case words.Key:
					args = append(args, arg{Key: a})
				case words.Keyed:
					args = append(args, arg{Key: a.Key()})
				default:
					args = append(args, arg{Text: fmt.Sprint(a)})
				}
			}
		}
		text, err := json.Marshal(args)
		if err != nil {
			return 0, err
		}
		batch.Queue(`
			-- move.keepBatch verdict
			INSERT INTO move_verdict (batch_id, place, file_id, move_id, refusal, args)
			VALUES (@batch, @place, nullif(@file, 0), nullif(@move, 0), nullif(@refusal, ''), @args)`,
			pgx.NamedArgs{"batch": id, "place": i + 1, "file": int64(v.File), "move": int64(v.Move), "refusal": key, "args": string(text)})
	}
	return id, u.SendBatch(ctx, batch).Close()
}

// FindBatch gives an act on several files with its verdicts, or work.ErrNotFound when there is none or whoever did it works
// outside the scope.
func FindBatch(ctx context.Context, q work.Querier, scope work.Scope, id BatchID) (Batch, error) {
	b := Batch{ID: id}
	err := q.QueryRow(ctx, `
		-- move.FindBatch
		SELECT b.act, o.name, s.name, b.done_at FROM move_batch b JOIN staff_org o ON o.id = b.org_id JOIN staff_member s ON s.id = b.done_by
		WHERE b.id = @id AND b.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope}).Scan(&b.Act, &b.Office, &b.By, &b.At)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	if err != nil {
		return b, fmt.Errorf("finding batch %d of moves: %w", id, err)
	}
	rows, err := q.Query(ctx, `
		-- move.FindBatch verdicts
		SELECT coalesce(v.file_id, 0), coalesce(f.number, ''), coalesce(f.head_name, ''), coalesce(f.org_path LIKE @scope, false),
			coalesce(v.move_id, 0), coalesce(v.refusal, ''), v.args
		FROM move_verdict v LEFT JOIN casefile_file f ON f.id = v.file_id WHERE v.batch_id = @id ORDER BY v.place`,
		pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return b, fmt.Errorf("reading the verdicts of batch %d: %w", id, err)
	}
	b.Verdicts, err = pgx.CollectRows(rows, scanVerdict)
	return b, err
}

func scanVerdict(row pgx.CollectableRow) (Verdict, error) {
	var v Verdict
	var key string
	var text []byte
	if err := row.Scan(&v.File, &v.Number, &v.HeadName, &v.Within, &v.Move, &key, &text); err != nil {
		return v, err
	}
	if !v.Within {
		v.HeadName = idcard.MaskName(v.HeadName)
	}
	if key == "" {
		return v, nil
	}
	var args []arg
	if err := json.Unmarshal(text, &args); err != nil {
		return v, err
	}
	v.Refusal = work.Refuse(key)
	for _, a := range args {
		if a.Key != "" {
			v.Refusal.Args = append(v.Refusal.Args, a.Key)
		} else {
			v.Refusal.Args = append(v.Refusal.Args, a.Text)
		}
	}
	return v, nil
}

// Candidate is a file that can be chosen for a transfer with others.
type Candidate struct {
	File     work.FileID
	Number   string
	HeadName string
	Office   string
	Employer string
}

// Candidates lists active files of the scope that no move is under way for, the newest first, below an id (zero: from the
// top): those of one office and all below it, and with dissolved only those whose head's employer is closed.
func Candidates(ctx context.Context, q work.Querier, scope work.Scope, office work.Scope, dissolved bool, below work.FileID, size int) ([]Candidate, work.FileID, error) {
	rows, err := q.Query(ctx, `
		-- move.Candidates
		SELECT f.id, coalesce(f.number, ''), f.head_name, o.name, f.employer FROM casefile_file f JOIN staff_org o ON o.id = f.org_id
		WHERE f.state = 'active' AND f.org_path LIKE @scope AND f.org_path LIKE @office AND (@below::bigint = 0 OR f.id < @below)
			AND NOT EXISTS (SELECT FROM move_move m WHERE m.file_id = f.id AND m.state IN ('asked', 'agreed'))
			AND (NOT @dissolved::boolean OR o.level = 'unit' AND EXISTS (SELECT FROM casefile_person p WHERE p.file_id = f.id AND p.relation = 'head'
				AND p.condition = 'closed' AND p.left_on IS NULL))
		ORDER BY f.id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "office": office, "below": below, "dissolved": dissolved, "limit": size + 1})
	if err != nil {
		return nil, 0, fmt.Errorf("listing files to be handed over: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Candidate])
	if err != nil {
		return nil, 0, fmt.Errorf("listing files to be handed over: %w", err)
	}
	if len(all) <= size {
		return all, 0, nil
	}
	return all[:size], all[size-1].File, nil
}
