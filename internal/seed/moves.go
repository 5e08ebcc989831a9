package seed

import (
	"context"
	"fmt"

	"bangfu/internal/casefile"
	"bangfu/internal/move"
	"bangfu/internal/work"
)

// moves tells of what is under way at the end: a file that waits for the other county to take it over, another one whose
// transfer waits for the second person, and a household to be split.
func (c *centre) moves() {
	var handed move.ID
	c.then(1, 17*60+30, "clerk2", func(ctx context.Context, u *work.Unit) (err error) {
		handed, err = transfer(ctx, u, move.Request{Kind: move.Transfer, Why: "household_moved", Reason: "已迁居白河县，子女在当地上学。", To: c.orgs["BHX"].ID})
		return err
	})
	c.then(1, 17*60+35, "supervisor", func(ctx context.Context, u *work.Unit) error {
		return move.Decide(ctx, u, handed, true, "迁居属实，同意移交。")
	})
	c.then(1, 17*60+40, "clerk3", func(ctx context.Context, u *work.Unit) error {
		_, err := transfer(ctx, u, move.Request{Kind: move.Transfer, Why: "employer_changed", Reason: "已调到青石公交公司。", To: c.orgs["QSGJ"].ID})
		return err
	})
	c.then(1, 17*60+45, "clerk3", func(ctx context.Context, u *work.Unit) error {
		file, err := movable(ctx, u, move.Split)
		if err != nil {
			return err
		}
		people, err := casefile.People(ctx, u, c.keys, file)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.Relation != casefile.Head && !p.Minor(u.Today()) {
				_, err = move.Ask(ctx, u, file, move.Request{Kind: move.Split, Why: "apart", Reason: "分开居住，各自生活。", Goes: []casefile.PersonID{p.ID}, Relations: []string{casefile.Head}})
				return err
			}
		}
		return fmt.Errorf("nobody of file %d can go", file)
	})
}

// transfer asks for the transfer of a file that nothing stops.
func transfer(ctx context.Context, u *work.Unit, r move.Request) (move.ID, error) {
	file, err := movable(ctx, u, r.Kind)
	if err != nil {
		return 0, err
	}
	return move.Ask(ctx, u, file, r)
}

// movable finds the newest file of the actor's own office that nothing stops, of a split one with a second
// grown-up who does not hold the card.
func movable(ctx context.Context, u *work.Unit, kind move.Kind) (file work.FileID, err error) {
	err = u.QueryRow(ctx, `
		-- seed.movable
		SELECT f.id FROM casefile_file f
		WHERE f.state = 'active' AND f.org_id = $1 AND NOT EXISTS (SELECT FROM move_matters(f.id, $2) m WHERE m.stops)
			AND NOT EXISTS (SELECT FROM move_move m WHERE m.file_id = f.id)
			AND ($2::text <> 'split' OR EXISTS (SELECT FROM casefile_person p WHERE p.file_id = f.id AND p.relation <> 'head' AND p.left_on IS NULL
				AND p.birth_on < $3 AND NOT EXISTS (SELECT FROM casefile_card k WHERE k.file_id = f.id AND k.holder = p.name)))
		ORDER BY f.id DESC LIMIT 1`, u.By.OrgID, string(kind), u.Today().AddMonths(-18*12)).Scan(&file)
	if err != nil {
		return 0, fmt.Errorf("looking for a file for a %s: %w", kind, err)
	}
	return file, nil
}
