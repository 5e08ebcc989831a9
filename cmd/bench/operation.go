package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"golang.org/x/net/html"

	"bangfu/internal/seed"
)

// People of one made-up register, by level of the tree.
var (
	province, city, county, clerk, unit = seed.Levels[0], seed.Levels[1], seed.Levels[2], seed.Levels[3], seed.Levels[4]
)

// operation is one thing that is measured: requests made of what the register holds.
type operation struct {
	name    string
	need    float64                // requests a second through those of pgbench
	queries string                 // begin of the names of the statements that count; "" = all of the page's own
	who     string                 // user name
	paths   func(f facts) []string // addresses to read
	sought  func(f facts) []string // or texts to search for
	opens   bool                   // the answer leads to the page of a file, which is read with it
	save    bool                   // or a section that is saved
	deep    string                 // name of the operation of which this one is a far page
	large   bool                   // only at the large register
}

const (
	needList = 0.2
	needFile = 0.3
)

// operations are all that is measured, in the order of the report.
var operations = []operation{
	list("list, province", province, "list=active"), list("list, city", city, "list=active"),
	list("list, county", county, "list=active"), list("list, unit", unit, "list=active"),
	list("list narrowed, province", province, "list=active&category=severe&cause=6"), list("list narrowed, city", city, "list=active&category=severe&cause=6"),
	list("list narrowed, county", county, "list=active&category=severe&cause=6"), list("list narrowed, unit", unit, "list=active&category=severe"),
	list("list by name, province", province, "list=active&sort=name"), list("list of a year, county", county, "list=ended&from=2023-01-01&to=2023-12-31"),
	list("list to visit, province", province, "list=to_visit"),
	search("search two characters, province", province, func(f facts) []string { return f.pairs }),
	search("search two characters, city", city, func(f facts) []string { return f.pairs }),
	search("search two characters, county", county, func(f facts) []string { return f.pairs }),
	search("search two characters, unit", unit, func(f facts) []string { return f.pairs }),
	search("search whole name", province, func(f facts) []string { return f.names }),
	search("search pinyin", province, func(f facts) []string { return f.spoken }),
	search("search pinyin, begun", province, func(f facts) []string { return f.begun }),
	search("search initials", province, func(f facts) []string { return f.initials }),
	lookUp("search ID number", province, func(f facts) []string { return f.ids }),
	search("search last six", province, func(f facts) []string { return f.tails }),
	lookUp("search phone", province, func(f facts) []string { return f.phones }),
	lookUp("search file number", province, func(f facts) []string { return f.numbers }),
	search("search number's beginning", province, func(f facts) []string { return f.begins }),
	search("search employer", province, func(f facts) []string { return f.employers }),
	search("search address", province, func(f facts) []string { return f.addresses }),
	{name: "open a file", need: needFile, who: county, paths: func(f facts) []string { return f.files }},
	{name: "save a section", need: needFile, who: clerk, save: true},
	{name: "list, page 1", need: needList, queries: "casefile.readList", who: province, paths: func(facts) []string { return []string{"/files?list=active"} }},
	{name: "list, page 2,000", need: needList, queries: "casefile.readList", who: province, deep: "list, page 1", large: true, paths: func(f facts) []string { return f.deep }},
}

func list(name, who, query string) operation {
	return operation{name: name, need: needList, queries: "casefile.readList", who: who, paths: func(facts) []string { return []string{"/files?" + query} }}
}

// searching is how the statements of a search begin.
const searching = "casefile." + "search"

func search(name, who string, sought func(f facts) []string) operation {
	return operation{name: name, need: needList, queries: searching, who: who, sought: sought}
}

// lookUp is a search for a whole number, which opens the one file that has it: all its statements count, and it has to be as
// fast as opening a file.
func lookUp(name, who string, sought func(f facts) []string) operation {
	return operation{name: name + " and open", need: needFile, who: who, sought: sought, opens: true}
}

// samples is how many different requests an operation has.
const samples = 8

// facts are what the requests of one register are made of.
type facts struct {
	files, deep                           []string // addresses
	pairs, names, spoken, begun, initials []string
	ids, tails, phones, numbers, begins   []string
	employers, addresses                  []string
	drafts                                []draft
}

// draft is a registration of the clerk whose housing section is saved.
type draft struct {
	path   string
	values url.Values
}

// readFacts draws what to look for from the register itself, by chance but the same each time.
func readFacts(ctx context.Context, t *site) (facts, error) {
	var f facts
	pool := t.app.Pool()
	read := func(to *[]string, sql string, args ...any) error {
		rows, err := pool.Query(ctx, sql, args...)
		if err != nil {
			return err
		}
		*to, err = pgx.CollectRows(rows, pgx.RowTo[string])
		if err == nil && len(*to) == 0 {
			err = errors.New("the register holds nothing for: " + sql)
		}
		return err
	}
	// Ids far apart, all over the register: people have sixteen ids a household.
	const people = `FROM generate_series(1, 400) n JOIN casefile_person p ON p.file_id = (SELECT max(id) FROM casefile_file) - 1 - (n * 7919 * 31) % ((SELECT max(id) FROM casefile_file) / 10 * 9)
		JOIN casefile_file f ON f.id = p.file_id WHERE p.relation = 'head' AND f.state = 'active' `
	// Of names the most common are looked for: they fill a page at both sizes, so that what is compared is the search and
	// not how much of it is shown.
	common := func(text string) string {
		return `SELECT text FROM (SELECT ` + text + ` AS text FROM casefile_person p WHERE p.left_on IS NULL AND length(p.name) = 3) t
			GROUP BY text ORDER BY count(*) DESC, text LIMIT 8`
	}
	for _, q := range []struct {
		to  *[]string
		sql string
	}{
		{&f.pairs, common("substr(p.name, 2, 2)")},
		{&f.names, common("p.name")},
		{&f.spoken, common("replace(p.pinyin, ' ', '')")},
		{&f.begun, common("split_part(p.pinyin, ' ', 1) || left(split_part(p.pinyin, ' ', 2), 1)")},
		{&f.initials, common(`regexp_replace(p.pinyin, '([a-z])[a-z]* ?', '\1', 'g')`)},
		{&f.numbers, `SELECT f.number ` + people + `ORDER BY n LIMIT 8`},
		{&f.begins, `SELECT left(f.number, -2) ` + people + `ORDER BY n LIMIT 8`},
		{&f.employers, `SELECT substr(f.employer, 3, 2) ` + people + `ORDER BY n LIMIT 8`},
		{&f.addresses, `SELECT (regexp_match(f.address, '[镇乡道](.{2})'))[1] ` + people + `AND f.address ~ '[镇乡道].{2}' ORDER BY n LIMIT 8`},
		{&f.files, `SELECT '/files/' || f.id FROM casefile_file f JOIN staff_org o ON o.id = f.level_3 WHERE o.code = 'YS1001' AND f.state = 'active' ORDER BY (f.id * 7919) % 1009, f.id LIMIT 8`},
	} {
		if err := read(q.to, q.sql); err != nil {
			return f, err
		}
	}
	if err := f.sealed(ctx, t, people); err != nil {
		return f, err
	}
	const pageSize, far = 50, 2000
	if t.files >= far*pageSize*2 {
		err := read(&f.deep, `SELECT '/files?list=active&after=' || id FROM casefile_file WHERE state = 'active' ORDER BY registered_at DESC, id DESC OFFSET $1 LIMIT 1`, far*pageSize-pageSize-1)
		if err != nil {
			return f, err
		}
	}
	return f, f.readDrafts(ctx, t)
}

// sealed opens numbers of people to look for.
func (f *facts) sealed(ctx context.Context, t *site, people string) error {
	rows, err := t.app.Pool().Query(ctx, `SELECT p.id_sealed, p.phone_sealed `+people+`AND p.phone_sealed IS NOT NULL ORDER BY n LIMIT 8`)
	if err != nil {
		return err
	}
	var id, phone []byte
	_, err = pgx.ForEachRow(rows, []any{&id, &phone}, func() error {
		number, err := t.app.Kit.Keys.Unseal(id, "casefile_person.id")
		if err != nil {
			return err
		}
		called, err := t.app.Kit.Keys.Unseal(phone, "casefile_person.phone")
		f.ids, f.phones = append(f.ids, string(number)), append(f.phones, string(called))
		return err
	})
	if err != nil {
		return err
	}
	return f.readTails(ctx, t)
}

// readTails finds last places of ID numbers that five people share, which both registers have: the more people, the more
// share them, and what is compared is the search and not how much it finds.
func (f *facts) readTails(ctx context.Context, t *site) error {
	rows, err := t.app.Pool().Query(ctx, `SELECT DISTINCT ON (p.tail_index) p.id_sealed FROM casefile_person p
		JOIN (SELECT tail_index FROM casefile_person WHERE left_on IS NULL GROUP BY tail_index HAVING count(*) = 5 ORDER BY tail_index LIMIT 8) t
		ON t.tail_index = p.tail_index ORDER BY p.tail_index, p.id`)
	if err != nil {
		return err
	}
	var id []byte
	_, err = pgx.ForEachRow(rows, []any{&id}, func() error {
		number, err := t.app.Kit.Keys.Unseal(id, "casefile_person.id")
		if err == nil {
			f.tails = append(f.tails, string(number[12:]))
		}
		return err
	})
	if err == nil && len(f.tails) == 0 {
		return errors.New("no last places of an ID number are shared by five")
	}
	return err
}

// readDrafts finds registrations of the clerk and the fields of their housing section.
func (f *facts) readDrafts(ctx context.Context, t *site) error {
	rows, err := t.app.Pool().Query(ctx, `SELECT f.id::text FROM casefile_file f JOIN staff_member s ON s.id = f.registered_by
		WHERE s.username = $1 AND f.state = 'draft' ORDER BY f.id LIMIT 8`, clerk)
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, id := range ids {
		path := "/files/" + id + "/registration/housing"
		body, err := t.get(clerk, path)
		if err != nil {
			return err
		}
		values, err := fieldsOf(body, "seen")
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		f.drafts = append(f.drafts, draft{path, values})
	}
	if len(f.drafts) == 0 {
		return errors.New("the clerk has no registration to save")
	}
	return nil
}

// next gives the draft's form as it is sent the next time, with a key of its own; its version counts on.
func (d *draft) next(key string) url.Values {
	sent := url.Values{}
	for name, values := range d.values {
		sent[name] = values
	}
	sent.Set(keyName, key)
	seen, _ := strconv.Atoi(d.values.Get("seen")) // the page wrote it
	d.values = sent
	d.values = cloned(sent)
	d.values.Set("seen", strconv.Itoa(seen+1))
	sent.Set("address", fmt.Sprintf("青川县城关镇北门街%d号", seen%300+1))
	return sent
}

func cloned(values url.Values) url.Values {
	c := url.Values{}
	for name, v := range values {
		c[name] = append([]string(nil), v...)
	}
	return c
}

// fieldsOf reads the fields of the form that has a field of the name, with the values that it shows.
func fieldsOf(body []byte, name string) (url.Values, error) {
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" {
			if values := fields(n); values.Has(name) || named(n, name) {
				return values, nil
			}
		}
	}
	return nil, fmt.Errorf("no form with the field %s", name)
}

func named(form *html.Node, name string) bool {
	for n := range form.Descendants() {
		if value, ok := attribute(n, "name"); ok && value == name {
			return true
		}
	}
	return false
}

func fields(form *html.Node) url.Values {
	values := url.Values{}
	for n := range form.Descendants() {
		name, _ := attribute(n, "name")
		value, _ := attribute(n, "value")
		kind, _ := attribute(n, "type")
		_, checked := attribute(n, "checked")
		switch {
		case n.Type != html.ElementNode || name == "":
		case n.Data == "input" && (kind == "radio" || kind == "checkbox"):
			if checked {
				values.Add(name, value)
			}
		case n.Data == "input" && kind != "submit" && kind != "file":
			values.Set(name, value)
		case n.Data == "textarea":
			text := &strings.Builder{}
			for c := range n.Descendants() {
				text.WriteString(c.Data)
			}
			values.Set(name, text.String())
		case n.Data == "select":
			values.Set(name, "")
			for o := range n.Descendants() {
				if _, chosen := attribute(o, "selected"); chosen && o.Data == "option" {
					v, _ := attribute(o, "value")
					values.Set(name, v)
				}
			}
		}
	}
	return values
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}
