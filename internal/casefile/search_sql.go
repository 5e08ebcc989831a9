package casefile

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/width"

	"bangfu/internal/pinyin"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// foundColumns are what a search shows of a file, in the order in which collectFound reads them.
const foundColumns = `f.id, f.org_id, f.org_path, o.name, f.state, coalesce(f.number, ''), f.head_name, f.people`

// collectFound reads the files, and the person who fits. One of them is the target of all rows.
func collectFound(rows pgx.Rows) ([]Found, error) {
	var found Found
	f := &found.File
	all := make([]Found, 0, Most+1)
	_, err := pgx.ForEachRow(rows, []any{(*int64)(&f.ID), (*int64)(&f.OrgID), &f.OrgPath, &f.OrgName, (*string)(&f.State), &f.Number, &f.HeadName,
		&f.People, &found.place, (*int64)(&found.personID), &found.Person, &found.Relation}, func() error {
		all = append(all, found)
		return nil
	})
	return all, err
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
	return collectFound(rows)
}

// searchNumber reads the files whose number begins so, in order of their numbers. The inner statement reads the index
// alone, so that numbers of other offices cost little; the scope is no range there, or the server reads all paths of a large
// one to join them with the numbers.
func searchNumber(ctx context.Context, q work.Querier, scope work.Scope, begin string, from cursor) ([]Found, error) {
	rows, err := q.Query(ctx, fmt.Sprintf(`
		-- casefile.searchNumber: one plan
		SELECT `+foundColumns+`, 0, coalesce(p.id, 0), f.head_name, 'head'
		FROM (SELECT f.id, f.number FROM casefile_file f
		      WHERE f.number ~>=~ @begin AND f.number ~<~ @end AND f.number ~>~ @after AND f.org_path LIKE @scope
		      ORDER BY f.number USING ~<~ LIMIT %d) n
			JOIN casefile_file f ON f.id = n.id JOIN staff_org o ON o.id = f.org_id
			LEFT JOIN casefile_person p ON p.file_id = f.id AND p.relation = 'head' AND p.left_on IS NULL
		ORDER BY n.number USING ~<~`, Most+1),
		pgx.NamedArgs{"begin": begin, "end": begin + "~", "after": from.number, "scope": scope})
	if err != nil {
		return nil, err
	}
	return collectFound(rows)
}

// piece is one term to look up, for the kind of search at a place of asked.by. Whole is the text that must stand in the
// name, employer or address behind the term; "" when the term says it all. Of the pieces of one choice the rarest is taken.
type piece struct {
	place  int
	choice int
	term   string
	whole  string
}

// pieces gives the terms for what was asked. A text longer than a term has one piece for each of its terms, to choose from.
func pieces(a asked) []piece {
	var all []piece
	choice := 0
	one := func(place int, term string) {
		choice++
		all = append(all, piece{place, choice, term, ""})
	}
	oneOf := func(place int, terms []string, whole string) {
		choice++
		for _, term := range terms {
			all = append(all, piece{place, choice, term, whole})
		}
	}
	word := plain(a.text)
	for place, by := range a.by {
		switch by {
		case BySpoken:
			for _, letters := range pinyin.Completions(a.text) {
				one(place, spokenTerm+letters)
			}
		case ByInitials:
			one(place, initialsTerm+a.text)
		case ByOld:
			one(place, oldTerm+oldWord(width.Fold.String(a.text)))
		case ByID, ByTail, ByPhone, ByPhoneTail, ByNumber: // found by the number itself
		case ByName:
			if len(word) <= 3 {
				one(place, nameTerm+string(word))
				continue
			}
			var terms []string
			for start := 0; start+3 <= len(word); start++ {
				terms = append(terms, nameTerm+string(word[start:start+3]))
			}
			oneOf(place, terms, string(word))
		default:
			kind := addressTerm
			if by == ByEmployer {
				kind = employerTerm
			}
			terms := placeTerms(kind, a.text)
			if len(terms) == 1 && len(word) == 2 && string(word) == a.text {
				one(place, terms[0])
			} else {
				oneOf(place, terms, a.text)
			}
		}
	}
	return all
}

// rarest takes, of the terms of one choice, the one that stands least often in the scope, counted up to a few hundred:
// behind a term that is everywhere the whole text might never come.
const rarest = `(SELECT DISTINCT ON (t.choice) t.* FROM asked t
		ORDER BY t.choice, CASE WHEN t.whole = '' THEN 0 ELSE (SELECT count(*) FROM (SELECT FROM casefile_term c
			WHERE c.term = t.term AND c.org_path >= @path AND c.org_path < @beyond LIMIT 300) c) END)`

// wholeText is the condition that the text looked for stands behind a term, spaces aside.
const wholeText = ` AND (t.whole = '' OR strpos(CASE left(c.term, 1)
				WHEN 'n' THEN (SELECT regexp_replace(p.name, '[^\u3400-\ufeff\U00020000-\U0003ffff]', '', 'g') FROM casefile_person p WHERE p.id = c.person_id)
				WHEN 'e' THEN (SELECT replace(f.employer, ' ', '') FROM casefile_file f WHERE f.id = c.file_id)
				ELSE (SELECT replace(f.address, ' ', '') FROM casefile_file f WHERE f.id = c.file_id) END, t.whole) > 0)`

// searchTerms reads the files that have one of the terms, by kind of search, then by office and file. Each term is one
// range of the key of casefile_term that is read for a page at most, in any scope and any register.
func searchTerms(ctx context.Context, q work.Querier, scope work.Scope, a asked, from cursor) ([]Found, error) {
	path, beyond := scope.Range()
	var terms, wholes, paths []string
	var places, choices []int32
	var files, people []int64
	compared, pieced := "", "asked"
	for _, p := range pieces(a) {
		begin := cursor{path: path}
		switch {
		case p.place < from.place:
			continue
		case p.place == from.place:
			begin = from
		}
		if p.whole != "" {
			compared, pieced = wholeText, rarest
		}
		terms, wholes, paths = append(terms, p.term), append(wholes, p.whole), append(paths, begin.path)
		places, choices = append(places, int32(p.place)), append(choices, int32(p.choice))
		files, people = append(files, int64(begin.file)), append(people, int64(begin.person))
	}
	rows, err := q.Query(ctx, fmt.Sprintf(`
		-- casefile.searchTerms: one plan
		WITH asked AS (SELECT * FROM unnest(@terms::text[], @places::int[], @choices::int[], @wholes::text[], @paths::text[], @files::bigint[],
			@people::bigint[]) AS t (term, place, choice, whole, path, file, person))
		SELECT `+foundColumns+`, h.place, h.person_id,
			coalesce(p.name, CASE h.kind WHEN 'e' THEN f.employer WHEN 'o' THEN f.old_number ELSE f.address END), coalesce(p.relation, '')
		FROM (SELECT min(t.place) AS place, min(left(t.term, 1)) AS kind, c.org_path, c.file_id, c.person_id
		      FROM `+pieced+` t
		      CROSS JOIN LATERAL (SELECT c.org_path, c.file_id, c.person_id FROM casefile_term c
		          WHERE c.term = t.term AND (c.org_path, c.file_id, c.person_id) > (t.path, t.file, t.person) AND c.org_path < @beyond`+compared+`
		          ORDER BY c.org_path, c.file_id, c.person_id LIMIT %[1]d) c
		      GROUP BY c.org_path, c.file_id, c.person_id, t.place ORDER BY t.place, c.org_path, c.file_id, c.person_id LIMIT %[1]d) h
			JOIN casefile_file f ON f.id = h.file_id JOIN staff_org o ON o.id = f.org_id
			LEFT JOIN casefile_person p ON p.id = h.person_id
		ORDER BY h.place, h.org_path, h.file_id, h.person_id`, Most+1),
		pgx.NamedArgs{"terms": terms, "places": places, "choices": choices, "wholes": wholes, "paths": paths, "files": files, "people": people,
			"path": path, "beyond": beyond})
	if err != nil {
		return nil, err
	}
	return collectFound(rows)
}
