package staff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Level is the rank of an organisation in the tree.
type Level string

// The levels, from the top down.
const (
	Province Level = "province"
	City     Level = "city"
	County   Level = "county"
	Unit     Level = "unit" // the union of an enterprise or institution
)

// Levels lists the levels from the top down.
var Levels = []Level{Province, City, County, Unit}

// Key gives the word of the level.
func (l Level) Key() words.Key { return words.Key("staff.level." + string(l)) }

// Org is one organisation of the tree. Members counts its people who may sign in; only ListOrgs fills it.
type Org struct {
	ID       work.OrgID
	ParentID work.OrgID // zero at the top
	Level    Level
	Code     string // part of every file number: capital letters and digits
	Name     string
	District string // six digits of the administrative division
	Phone    string // shown on public notices
	Path     string // "/1/12/"
	Members  int
}

// Depth tells how far below the top of the tree the organisation stands; the top is 0.
func (o Org) Depth() int { return strings.Count(o.Path, "/") - 2 }

// Below lists the levels that an organisation under this one may have.
func (l Level) Below() []Level { return Levels[slices.Index(Levels, l)+1:] }

// FindOrg finds one organisation of the scope, or work.ErrNotFound.
func FindOrg(ctx context.Context, q work.Querier, scope work.Scope, id work.OrgID) (Org, error) {
	o, err := findOrg(ctx, q, scope, id)
	if err != nil && !errors.Is(err, work.ErrNotFound) {
		err = fmt.Errorf("finding organisation %d: %w", id, err)
	}
	return o, err
}

// ListOrgs lists the organisations of the scope, each before those below it.
func ListOrgs(ctx context.Context, q work.Querier, scope work.Scope) ([]Org, error) {
	orgs, err := listOrgs(ctx, q, scope)
	if err != nil {
		return nil, fmt.Errorf("listing organisations: %w", err)
	}
	return inTreeOrder(orgs), nil
}

// inTreeOrder puts each organisation before those below it, and siblings in order of their code. The order of paths as
// text would put 10 before 9.
func inTreeOrder(orgs []Org) []Org {
	children := map[work.OrgID][]Org{}
	present := map[work.OrgID]bool{}
	for _, o := range orgs {
		present[o.ID] = true
	}
	for _, o := range orgs {
		parent := o.ParentID
		if !present[parent] {
			parent = 0 // the top of what the reader sees
		}
		children[parent] = append(children[parent], o)
	}
	ordered := make([]Org, 0, len(orgs))
	var walk func(parent work.OrgID)
	walk = func(parent work.OrgID) {
		for _, o := range children[parent] {
			ordered = append(ordered, o)
			walk(o.ID)
		}
	}
	walk(0)
	return ordered
}

// AddOrg adds an organisation below o.ParentID, which must lie in the actor's scope. The path is the database's work.
func AddOrg(ctx context.Context, u *work.Unit, o Org) (work.OrgID, error) {
	parent, err := FindOrg(ctx, u, u.By.Scope, o.ParentID)
	if err != nil {
		return 0, err
	}
	if !slices.Contains(parent.Level.Below(), o.Level) {
		return 0, work.Refuse("staff.refusal.level", o.Level.Key(), parent.Level.Key()).On("level")
	}
	id, err := insertOrg(ctx, u, o)
	if err != nil {
		return 0, fmt.Errorf("adding an organisation: %w", told(err))
	}
	return id, u.Audit(ctx, work.Entry{Act: "staff.org_add", Kind: "org", ID: int64(id), Changes: []work.Change{
		{Field: "name", After: o.Name}, {Field: "code", After: o.Code}, {Field: "level", After: o.Level},
	}})
}

const orgColumns = `o.id, coalesce(o.parent_id, 0), o.level, o.code, o.name, o.district, o.phone, o.path`

func (o *Org) columns() []any {
	return []any{&o.ID, &o.ParentID, &o.Level, &o.Code, &o.Name, &o.District, &o.Phone, &o.Path}
}

func findOrg(ctx context.Context, q work.Querier, scope work.Scope, id work.OrgID) (Org, error) {
	var o Org
	err := q.QueryRow(ctx, `
		-- staff.findOrg
		SELECT `+orgColumns+` FROM staff_org o WHERE o.id = @id AND o.path LIKE @scope`,
		pgx.NamedArgs{"id": id, "scope": scope}).Scan(o.columns()...)
	if errors.Is(err, pgx.ErrNoRows) {
		return Org{}, work.ErrNotFound
	}
	return o, err
}

func listOrgs(ctx context.Context, q work.Querier, scope work.Scope) ([]Org, error) {
	rows, err := q.Query(ctx, `
		-- staff.listOrgs
		SELECT `+orgColumns+`, (SELECT count(*) FROM staff_member m WHERE m.org_id = o.id AND m.active)
		FROM staff_org o WHERE o.path LIKE @scope ORDER BY o.code`,
		pgx.NamedArgs{"scope": scope})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Org, error) {
		var o Org
		err := row.Scan(append(o.columns(), &o.Members)...)
		return o, err
	})
}

func insertOrg(ctx context.Context, u *work.Unit, o Org) (work.OrgID, error) {
	var id work.OrgID
	err := u.QueryRow(ctx, `
		-- staff.insertOrg
		INSERT INTO staff_org (parent_id, level, code, name, district, phone, path)
		VALUES (nullif(@parent, 0), @level, @code, @name, @district, @phone, '') RETURNING id`,
		pgx.NamedArgs{"parent": o.ParentID, "level": o.Level, "code": o.Code, "name": o.Name,
			"district": o.District, "phone": o.Phone}).Scan(&id)
	return id, err
}
