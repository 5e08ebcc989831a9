package ledger

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/file"
	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/sheet"
	"bangfu/internal/staff"
	"bangfu/internal/work"
)

// Office is what the background work stands on.
type Office struct {
	DB    work.Beginner
	Clock work.Clock
	Keys  *seal.Keys
	Shelf file.Shelf
}

const (
	// batchRows is how many rows of a sheet one transaction takes, give or take a household.
	batchRows = 500
	// silence is how long a worker may not be heard of before another takes over: the time of many batches.
	silence = 30 * time.Second
	// mostTries is how often an import or export is begun anew without getting on.
	mostTries = 5
	// mostConflicts is how often a batch is tried that met another one about the same people.
	mostConflicts = 5
)

// errLost ends the work of one whose place another has taken.
var errLost = errors.New("ledger: another worker goes on")

// Work takes up imports that wait, and those whose worker is gone, one after the other until there is none. It may run
// in several programs at once: each import has one worker.
func Work(ctx context.Context, o Office) error {
	for {
		worker := rand.Text()
		id, err := claim(ctx, o, worker)
		if err != nil || id == 0 {
			return err
		}
		if err := o.run(ctx, id, worker); err != nil && !errors.Is(err, errLost) {
			return fmt.Errorf("import %d: %w", id, err)
		}
	}
}

// run brings one import to its end, on behalf of the person who started it.
func (o Office) run(ctx context.Context, id ImportID, worker string) error {
	i, err := find(ctx, o.DB, work.Everywhere, id)
	if err != nil {
		return err
	}
	by, err := staff.Actor(ctx, o.DB, i.StartedBy, i.address)
	switch {
	case err != nil && !errors.Is(err, work.ErrNotFound):
		return err
	case err != nil || by.OrgID != i.OrgID || !by.Can(staff.CapLedgerImport):
		return o.fail(ctx, i, worker, Fault{Key: "ledger.failure.rights"})
	}
	if i.State == Undoing {
		return o.undo(ctx, i, worker, by)
	}
	err = o.read(ctx, i, worker, by)
	if fault, ok := sheet.AsFault(err); ok {
		return o.fail(ctx, i, worker, Fault{Row: fault.Row, Key: fault.Key, Args: fault.Args})
	}
	if errors.Is(err, file.ErrNotFound) || errors.Is(err, file.ErrDamaged) {
		return o.fail(ctx, i, worker, Fault{Key: "ledger.failure.gone"})
	}
	return err
}

// batch is what one transaction takes: whole households, and the last row of the sheet that is done with them.
type batch struct {
	families []*family
	upto     int
	percent  int
	last     bool
}

// read reads the sheet from where the import is, and takes its households batch by batch. One goroutine reads and
// understands the next batch while the database takes this one.
func (o Office) read(ctx context.Context, i Import, worker string, by work.Actor) error {
	large, err := o.Shelf.OpenLarge(ctx, i.shelf)
	if err != nil {
		return err
	}
	defer large.Close()
	r, err := i.reader(large, large.Size())
	if err != nil {
		return err
	}
	defer r.Close()
	ctx, stop := context.WithCancel(ctx)
	batches, failed := make(chan batch, 1), make(chan error, 1)
	go func() {
		defer close(batches)
		failed <- gather(ctx, r, i, day.On(o.Clock()), batches)
	}()
	defer func() {
		stop()
		for range batches { // the reader is done with the file before it is closed
		}
	}()
	from := i.DoneRow
	for b := range batches {
		if err := o.take(ctx, i, worker, by, from, b); err != nil {
			return err
		}
		from = b.upto
	}
	return <-failed
}

// gather reads rows into households and hands them on in batches. A household is never cut: of a sheet that is damaged, the one
// right above the damage may go on below it, and is left for the mended sheet.
func gather(ctx context.Context, r *sheet.Reader, i Import, today day.Date, out chan<- batch) error {
	known, group := newReader(ctx, today, i.Lenient), newGrouping(i.Columns)
	b, rows := batch{}, 0
	add := func(f *family) {
		if f == nil {
			return
		}
		f.whole()
		b.families = append(b.families, f)
		b.upto, rows = f.lines[len(f.lines)-1].Row, rows+len(f.lines)
	}
	hand := func() error {
		b.percent = r.Percent()
		select {
		case out <- b:
			b, rows = batch{upto: b.upto}, 0
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	b.upto = i.DoneRow
	for {
		cells, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if !group.keyed && !group.related { // each row is a household, and whole
				add(group.rest())
			}
			if len(b.families) > 0 {
				if handed := hand(); handed != nil {
					return handed
				}
			}
			return err
		}
		if r.Row() <= i.DoneRow {
			continue
		}
		add(group.add(known.read(ctx, i.Columns, r.Row(), cells)))
		if rows >= batchRows {
			if err := hand(); err != nil {
				return err
			}
		}
	}
	add(group.rest())
	b.last = true
	return hand()
}

// take is one transaction: what becomes of each row of a batch, the registrations of whole households, and how far the
// import is. Who else entered one of the people meanwhile makes the database refuse; then all of it is looked at anew.
func (o Office) take(ctx context.Context, i Import, worker string, by work.Actor, from int, b batch) error {
	for try := 1; ; try++ {
		err := work.Do(ctx, o.DB, o.Clock(), by, func(u *work.Unit) error { return o.takeIn(ctx, u, i, worker, from, b) })
		if err == nil || try == mostConflicts || !conflicts(err) {
			return err
		}
		for _, f := range b.families {
			f.forget()
		}
	}
}

// conflicts tells whether a batch met another one about the same people: taken in between, or each waiting for the other.
func conflicts(err error) bool {
	var pg *pgconn.PgError
	return work.Violated(err) == "casefile_one_open_file" || errors.As(err, &pg) && pg.Code == "40P01"
}

// takeIn does the work of take.
func (o Office) takeIn(ctx context.Context, u *work.Unit, i Import, worker string, from int, b batch) error {
	if err := byIndex(ctx, u); err != nil {
		return err
	}
	if err := o.compare(ctx, u, i.ID, b.families); err != nil {
		return err
	}
	var intakes []casefile.Intake
	var taken []*family
	for _, f := range b.families {
		if f.verdicts == nil {
			f.judge()
		}
		if f.taken() {
			intakes, taken = append(intakes, f.intake(i.Until)), append(taken, f)
		}
	}
	ids, err := casefile.TakeIn(ctx, u, o.Keys, intakes)
	if err != nil {
		return err
	}
	entries := make([]work.Entry, len(ids), len(ids)+1)
	for n, id := range ids {
		taken[n].file = id
		entries[n] = work.Entry{Act: "ledger.take", Kind: "file", ID: int64(id), FileID: id, Changes: []work.Change{
			{Field: "import", After: i.ID}, {Field: "row", After: taken[n].lines[0].Row}, {Field: "people", After: len(taken[n].lines)}}}
	}
	if err := insertRows(ctx, u, o.Keys, i.ID, b.families); err != nil {
		return fmt.Errorf("writing verdicts: %w", err)
	}
	if err := insertOrigins(ctx, u, i.ID, taken); err != nil {
		return fmt.Errorf("writing origins: %w", err)
	}
	if err := progress(ctx, u, i.ID, worker, from, b); err != nil {
		return err
	}
	return u.AuditMany(ctx, append(entries, work.Entry{Act: "ledger.batch", Kind: "import", ID: int64(i.ID), Changes: []work.Change{
		{Field: "rows", After: b.upto}, {Field: "files", After: len(ids)}, {Field: "last", After: b.last}}}))
}

// compare looks for what the rows of a batch say twice: a person or a household that stood further up in the sheet, and
// people who are in an open file. A household that an earlier import took whole is known.
func (o Office) compare(ctx context.Context, u *work.Unit, id ImportID, families []*family) error {
	var numbers []idcard.Number
	for _, f := range families {
		for _, l := range f.lines {
			if l.Person.Number != "" {
				numbers = append(numbers, l.Person.Number)
			}
		}
	}
	above, err := readAbove(ctx, u, o.Keys, id, families, numbers)
	if err != nil {
		return fmt.Errorf("comparing with the rows above: %w", err)
	}
	claims, err := casefile.ClaimsOf(ctx, u, o.Keys, numbers)
	if err != nil {
		return err
	}
	imported, err := readImported(ctx, u, claims)
	if err != nil {
		return fmt.Errorf("comparing with other imports: %w", err)
	}
	for _, f := range families {
		f.compare(o.Keys, above, claims, imported)
	}
	return nil
}

// fail ends an import that cannot go on. What was taken stays.
func (o Office) fail(ctx context.Context, i Import, worker string, fault Fault) error {
	return work.Do(ctx, o.DB, o.Clock(), work.System("ledger"), func(u *work.Unit) error {
		to := Failed
		if i.State == Undoing {
			to = Done // the undoing did not happen, or not wholly; it can be asked for again
		}
		if err := end(ctx, u, i.ID, worker, i.State, to, &fault); err != nil {
			return err
		}
		return u.Audit(ctx, work.Entry{Act: "ledger.fail", Kind: "import", ID: int64(i.ID),
			Changes: []work.Change{{Field: "state", Before: i.State, After: to}, {Field: "reason", After: fault.Key}}})
	})
}
