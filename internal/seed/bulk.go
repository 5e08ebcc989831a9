package seed

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/audit"
	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/file"
	"bangfu/internal/money"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// Register is where a made-up register goes: a database with the sample centre in it and no register yet.
type Register struct {
	DB    work.Beginner                            // as the application's role
	Owner func(context.Context) (*pgx.Conn, error) // connects as the owner of the tables
	Keys  *seal.Keys
	Files file.Store
	Now   time.Time         // everything has happened before it
	Say   func(step string) // is told when a step is done
}

// firstYear is when the register begins: the rules of eligibility hold from then on.
const firstYear = 2020

// MostFiles is the largest register that can be made up: the ID numbers of a district are used up above it.
const MostFiles = 2_000_000

// bulk is a register while it is made up. All of it follows from the number of files and the day: the same again gives
// the same households.
type bulk struct {
	Register
	files  int
	today  day.Date
	start  time.Time // of the first registration
	tree   *offices
	hash   string // of the one password
	blobs  map[casefile.EvidenceKind]blob
	lines  []eligibility.Line // by year
	rule   eligibility.Rule
	lastID map[string]int64 // the highest id of each table before
}

// Fill makes up a register of so many households beside the sample centre: a tree of cities, counties and units under
// the sample's province, with people who work there, and the households' files in the states of a register that has
// run since firstYear. It is written by COPY past the program's rules, as the owner, and is sound all the same: `bangfu
// verify` finds nothing. It is for development only and not one transaction: after an error the database is to be
// thrown away.
func (r Register) Fill(ctx context.Context, files int) error {
	if files < 1 || files > MostFiles {
		return fmt.Errorf("a register has from 1 to %d files, not %d", MostFiles, files)
	}
	b := &bulk{Register: r, files: files, today: day.On(r.Now), start: day.Of(firstYear, time.March, 2).Start(), lastID: map[string]int64{}}
	owner, err := r.Owner(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = owner.Close(context.WithoutCancel(ctx)) }()
	for _, step := range []struct {
		name string
		do   func(context.Context, *pgx.Conn) error
	}{
		{"offices and people", b.found}, {"indexes and keys", b.load}, {"numbers", b.number}, {"seals", b.seal}, {"statistics", b.analyse},
	} {
		if err := step.do(ctx, owner); err != nil {
			return fmt.Errorf("making up a register, %s: %w", step.name, err)
		}
		r.Say(step.name)
	}
	return nil
}

// found reads what the register stands on and makes the tree with its people.
func (b *bulk) found(ctx context.Context, owner *pgx.Conn) error {
	for _, t := range slices.Concat(bulkTables, []table{{name: "staff_org"}, {name: "staff_member"}}) {
		var identity bool
		err := owner.QueryRow(ctx, `
			-- seed.identity
			SELECT count(*) = 1 FROM pg_attribute WHERE attrelid = $1::regclass AND attname = 'id' AND attidentity <> ''`, t.name).Scan(&identity)
		if err != nil || !identity {
			if err != nil {
				return err
			}
			continue
		}
		var last int64
		if err := owner.QueryRow(ctx, `
			-- seed.lastID
			SELECT coalesce(max(id), 0) FROM `+t.name).Scan(&last); err != nil {
			return err
		}
		b.lastID[t.name] = last
	}
	if err := owner.QueryRow(ctx, `
		-- seed.password
		SELECT password_hash FROM staff_member WHERE username = 'admin'`).Scan(&b.hash); err != nil {
		return fmt.Errorf("reading the sample centre's password: %w", err)
	}
	if err := b.setTree(ctx, owner); err != nil {
		return err
	}
	for year := firstYear; year <= b.today.Year(); year++ {
		line := eligibility.Line{District: provinceDistrict, From: newYear(year), Monthly: money.Yuan(int64(520 + 30*(year-firstYear))),
			Source: fmt.Sprintf("云山省民政厅公告 %d-12", year-1)}
		err := owner.QueryRow(ctx, `
			-- seed.line
			INSERT INTO eligibility_line (district, from_on, monthly_fen, source, entered_at) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
			line.District, line.From, int64(line.Monthly), line.Source, b.Now).Scan(&line.ID)
		if err != nil {
			return err
		}
		b.lines = append(b.lines, line)
	}
	var err error
	if b.rule, err = eligibility.RuleOn(ctx, owner, b.today); err != nil {
		return err
	}
	return b.storePapers(ctx)
}

// chunk is how many households are made up at once: memory stays flat, however many there are.
const chunk = 1000

// load makes up the households on all processors and copies them into all tables at once.
func (b *bulk) load(ctx context.Context, owner *pgx.Conn) error {
	names := make([]string, len(bulkTables))
	for i, t := range bulkTables {
		names[i] = t.name
	}
	s, err := takeOff(ctx, owner, names)
	if err != nil {
		return err
	}
	if err := s.off(ctx, owner); err != nil {
		return err
	}
	if err := b.copyAll(ctx); err != nil {
		return err
	}
	b.Say("rows")
	for _, sql := range []string{"SET maintenance_work_mem = '1GB'", "SET max_parallel_maintenance_workers = 2"} {
		if _, err := owner.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return s.back(ctx, owner)
}

// copyAll opens a stream for each table and sends the rows of one chunk after the other.
func (b *bulk) copyAll(ctx context.Context) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	streams := make([]*stream, len(bulkTables))
	defer func() {
		for _, s := range streams {
			if s == nil {
				continue
			}
			if ended := s.close(err); ended != nil && err == nil {
				err = ended
			}
		}
	}()
	for i, t := range bulkTables {
		if streams[i], err = open(ctx, b.Owner, t); err != nil {
			return err
		}
	}
	made := make(chan made, runtime.NumCPU())
	b.make(ctx, made)
	for m := range made {
		if m.err != nil {
			return m.err
		}
		for i, l := range m.tables {
			if len(l.buf) == 0 {
				continue
			}
			if _, err := streams[i].pipe.Write(l.buf); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// made is one chunk as rows of each table.
type made struct {
	tables []*lines
	err    error
}

// make makes up all chunks and sends them as they are done.
func (b *bulk) make(ctx context.Context, to chan<- made) {
	chunks := make(chan int)
	done := make(chan struct{})
	workers := runtime.NumCPU()
	go func() {
		defer close(chunks)
		for first := 0; first < b.files; first += chunk {
			select {
			case chunks <- first:
			case <-ctx.Done():
				return
			}
		}
	}()
	for range workers {
		go func() {
			defer func() { done <- struct{}{} }()
			for first := range chunks {
				m := b.households(first, min(first+chunk, b.files))
				select {
				case to <- m:
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	go func() {
		for range workers {
			<-done
		}
		close(to)
	}()
}

// number makes the identities and the file numbers go on behind what was loaded.
func (b *bulk) number(ctx context.Context, owner *pgx.Conn) error {
	for name := range b.lastID {
		sql := fmt.Sprintf(`
			-- seed.number
			SELECT setval(pg_get_serial_sequence('%[1]s', 'id'), greatest((SELECT max(id) FROM %[1]s), 1))`, name)
		if _, err := owner.Exec(ctx, sql); err != nil {
			return err
		}
	}
	_, err := owner.Exec(ctx, `
		-- seed.fileNumbers
		INSERT INTO casefile_number (org_id, year, last)
		SELECT f.org_id, substr(f.number, length(o.code) + 1, 4)::int, max(substr(f.number, length(o.code) + 5)::int)
		FROM casefile_file f JOIN staff_org o ON o.id = f.org_id WHERE f.number IS NOT NULL AND f.id > $1 GROUP BY 1, 2`, b.lastID["casefile_file"])
	return err
}

// seal chains the trail of the loaded files.
func (b *bulk) seal(ctx context.Context, _ *pgx.Conn) error {
	_, err := audit.Seal(ctx, b.DB, b.Now)
	return err
}

// analyse gathers statistics, and marks the pages that every reader sees whole, so that indexes can answer alone.
func (b *bulk) analyse(ctx context.Context, owner *pgx.Conn) error {
	for _, t := range slices.Concat(bulkTables, []table{{name: "staff_org"}, {name: "staff_member"}, {name: "staff_role"}, {name: "audit_seal"}}) {
		if _, err := owner.Exec(ctx, "VACUUM (ANALYZE) "+t.name); err != nil {
			return err
		}
	}
	return nil
}
