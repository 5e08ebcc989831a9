package casefile

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/pinyin"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// foundColumns are what a search shows of a file, in the order in which scanFound reads them.
const foundColumns = `f.id, f.org_id, f.org_path, o.name, f.state, coalesce(f.number, ''), f.head_name, f.people`

// scanFound reads the file, and the person who fits.
func scanFound(row pgx.CollectableRow) (Found, error) {
	var found Found
	f := &found.File
	err := row.Scan(&f.ID, &f.OrgID, &f.OrgPath, &f.OrgName, &f.State, &f.Number, &f.HeadName, &f.People,
		&found.place, &found.personID, &found.Person, &found.Relation)
	return found, err
}

// searchIndex reads the people with the digest of a number. They are few: a whole number is one person's, six places
// are shared by about ten in three millions, a phone by a household, its last four digits by one in ten thousand.
func searchIndex(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, a asked, from cursor) ([]Found, error) {
	column, index := "id_index", keys.Index(a.exact, numberContext)
	switch a.by[0] {
	case ByTail:
		column, index = "tail_index", keys.Index(a.exact, tailContext)
	case ByPhoneTail:
		column, index = "phone_tail", keys.Index(a.exact, endContext)
	case ByPhone:
		column, index = "phone_index", keys.Index(a.exact, phoneContext)
	}
	rows, err := q.Query(ctx, `
		-- casefile.searchIndex: one plan
		SELECT `+foundColumns+`, 0, p.id, p.name, p.relation
		FROM casefile_person p JOIN casefile_file f ON f.id = p.file_id JOIN staff_org o ON o.id = f.org_id
		WHERE p.`+column+fmt.Sprintf(` = @index AND p.left_on IS NULL AND f.org_path LIKE @scope AND p.id > @person
		ORDER BY p.id LIMIT %d`, Most+1), pgx.NamedArgs{"index": index, "scope": scope, "person": from.person})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFound)
}

// searchNumber reads the files whose number begins so, in order of their numbers. The inner statement reads the index
// alone, so that numbers of other offices cost little.
func searchNumber(ctx context.Context, q work.Querier, scope work.Scope, begin string, from cursor) ([]Found, error) {
	path, beyond := scope.Range()
	rows, err := q.Query(ctx, fmt.Sprintf(`
		-- casefile.searchNumber: one plan
		SELECT `+foundColumns+`, 0, coalesce(p.id, 0), f.head_name, 'head'
		FROM (SELECT f.id, f.number FROM casefile_file f
		      WHERE f.number ~>=~ @begin AND f.number ~<~ @end AND f.number ~>~ @after AND f.org_path ~>=~ @path AND f.org_path ~<~ @beyond
		      ORDER BY f.number USING ~<~ LIMIT %d) n
			JOIN casefile_file f ON f.id = n.id JOIN staff_org o ON o.id = f.org_id
			LEFT JOIN casefile_person p ON p.file_id = f.id AND p.relation = 'head' AND p.left_on IS NULL
		ORDER BY n.number USING ~<~`, Most+1),
		pgx.NamedArgs{"begin": begin, "end": begin + "~", "after": from.number, "path": path, "beyond": beyond})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFound)
}

// piece is one term to look up, for the kind of search at a place of asked.by. Whole is the text that must stand in the
// name, employer or address behind the term; "" when the term says it all.
type piece struct {
	place int
	term  string
	whole string
}

// pieces gives the terms for what was asked. Of a text longer than a term the rarest of its terms in the scope is taken
// and what stands behind it compared; a text one of whose terms nobody has is nowhere.
func pieces(ctx context.Context, q work.Querier, scope work.Scope, a asked) ([]piece, error) {
	var found []piece
	choices := map[int][]string{}
	word := plain(a.text)
	for place, by := range a.by {
		switch {
		case by == BySpoken:
			for _, letters := range pinyin.Completions(a.text) {
				found = append(found, piece{place: place, term: spokenTerm + letters})
			}
		case by == ByInitials:
			found = append(found, piece{place: place, term: initialsTerm + a.text})
		case by == ByName && len(word) <= 3:
			found = append(found, piece{place: place, term: nameTerm + string(word)})
		case by == ByName:
			for start := 0; start+3 <= len(word); start++ {
				choices[place] = append(choices[place], nameTerm+string(word[start:start+3]))
			}
		default:
			kind := addressTerm
			if by == ByEmployer {
				kind = employerTerm
			}
			terms := placeTerms(kind, a.text)
			if len(terms) == 1 && len(word) == 2 && string(word) == a.text {
				found = append(found, piece{place: place, term: terms[0]})
			} else {
				choices[place] = terms
			}
		}
	}
	if len(choices) == 0 {
		return found, nil
	}
	counts, err := readDensity(ctx, q, scope, choices)
	if err != nil {
		return nil, err
	}
	for place, terms := range choices {
		rarest := slices.MinFunc(terms, func(x, y string) int { return counts[x] - counts[y] })
		if counts[rarest] > 0 {
			whole := a.text
			if a.by[place] == ByName {
				whole = string(word)
			}
			found = append(found, piece{place: place, term: rarest, whole: whole})
		}
	}
	return found, nil
}

// readDensity counts how often terms stand in the scope, up to a few hundred.
func readDensity(ctx context.Context, q work.Querier, scope work.Scope, choices map[int][]string) (map[string]int, error) {
	var terms []string
	for _, some := range choices {
		terms = append(terms, some...)
	}
	path, beyond := scope.Range()
	rows, err := q.Query(ctx, `
		-- casefile.readDensity: one plan
		SELECT t.term, (SELECT count(*) FROM (SELECT FROM casefile_term c
			WHERE c.term = t.term AND c.org_path >= @path AND c.org_path < @beyond LIMIT 300) c)
		FROM unnest(@terms::text[]) AS t (term)`, pgx.NamedArgs{"terms": terms, "path": path, "beyond": beyond})
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	var term string
	var count int
	_, err = pgx.ForEachRow(rows, []any{&term, &count}, func() error {
		counts[term] = count
		return nil
	})
	return counts, err
}

// wholeText is the condition that the text looked for stands behind a term, spaces aside.
const wholeText = ` AND (t.whole = '' OR strpos(CASE left(c.term, 1)
				WHEN 'n' THEN (SELECT regexp_replace(p.name, '[^\u3400-\ufeff\U00020000-\U0003ffff]', '', 'g') FROM casefile_person p WHERE p.id = c.person_id)
				WHEN 'e' THEN (SELECT replace(f.employer, ' ', '') FROM casefile_file f WHERE f.id = c.file_id)
				ELSE (SELECT replace(f.address, ' ', '') FROM casefile_file f WHERE f.id = c.file_id) END, t.whole) > 0)`

// searchTerms reads the files that have one of the terms, by kind of search, then by office and file. Each term is one
// range of the key of casefile_term that is read for a page at most, in any scope and any register.
func searchTerms(ctx context.Context, q work.Querier, scope work.Scope, a asked, from cursor) ([]Found, error) {
	all, err := pieces(ctx, q, scope, a)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	path, beyond := scope.Range()
	var terms, wholes, paths []string
	var places []int32
	var files, people []int64
	compared := ""
	for _, p := range all {
		begin := cursor{path: path}
		switch {
		case p.place < from.place:
			continue
		case p.place == from.place:
			begin = from
		}
		if p.whole != "" {
			compared = wholeText
		}
		terms, wholes, paths = append(terms, p.term), append(wholes, p.whole), append(paths, begin.path)
		places, files, people = append(places, int32(p.place)), append(files, int64(begin.file)), append(people, int64(begin.person))
	}
	rows, err := q.Query(ctx, fmt.Sprintf(`
		-- casefile.searchTerms: one plan
		SELECT `+foundColumns+`, h.place, h.person_id,
			coalesce(p.name, CASE h.kind WHEN 'e' THEN f.employer ELSE f.address END), coalesce(p.relation, '')
		FROM (SELECT min(t.place) AS place, min(left(t.term, 1)) AS kind, c.org_path, c.file_id, c.person_id
		      FROM unnest(@terms::text[], @places::int[], @wholes::text[], @paths::text[], @files::bigint[], @people::bigint[])
		          AS t (term, place, whole, path, file, person)
		      CROSS JOIN LATERAL (SELECT c.org_path, c.file_id, c.person_id FROM casefile_term c
		          WHERE c.term = t.term AND (c.org_path, c.file_id, c.person_id) > (t.path, t.file, t.person) AND c.org_path < @beyond`+compared+`
		          ORDER BY c.org_path, c.file_id, c.person_id LIMIT %[1]d) c
		      GROUP BY c.org_path, c.file_id, c.person_id, t.place ORDER BY t.place, c.org_path, c.file_id, c.person_id LIMIT %[1]d) h
			JOIN casefile_file f ON f.id = h.file_id JOIN staff_org o ON o.id = f.org_id
			LEFT JOIN casefile_person p ON p.id = h.person_id
		ORDER BY h.place, h.org_path, h.file_id, h.person_id`, Most+1),
		pgx.NamedArgs{"terms": terms, "places": places, "wholes": wholes, "paths": paths, "files": files, "people": people, "beyond": beyond})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFound)
}
