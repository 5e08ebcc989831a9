package casefile

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// Said is what a file says of its causes, its needs and the opinions on its paper form, read at once.
type Said struct {
	Causes      []Cause // the main one first
	Particulars Particulars
	Opinions    []BodyOpinion
}

// SaidOf reads what a file says, in one statement.
func SaidOf(ctx context.Context, q work.Querier, id work.FileID) (Said, error) {
	all, err := readSaid(ctx, q, one(id))
	if err == nil && len(all) == 0 {
		err = work.ErrNotFound
	}
	if err != nil {
		return Said{}, fmt.Errorf("reading what file %d says: %w", id, err)
	}
	return all[id][0], nil
}

// readSaid reads what files say, in one statement for all of them.
func readSaid(ctx context.Context, q work.Querier, of whose) (map[work.FileID][]Said, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readSaid
		SELECT f.id, array(SELECT cause FROM casefile_cause WHERE file_id = f.id ORDER BY position),
			coalesce((SELECT jsonb_agg(jsonb_build_object('body', o.body, 'opinion', o.opinion, 'given_by', o.given_by,
					'given_on', o.given_on, 'recorded_by', m.name, 'recorded_at', o.recorded_at)
				ORDER BY array_position(ARRAY['employer', 'union', 'system'], o.body))
				FROM casefile_opinion o JOIN staff_member m ON m.id = o.recorded_by WHERE o.file_id = f.id), '[]'),
			coalesce(p.level, ''), coalesce(p.postal_code, ''), coalesce(p.self_help, ''), coalesce(p.relief_card_fen, 0),
			coalesce(p.cause_note, ''), p.needs, coalesce(p.need_note, ''), coalesce(p.target_group, ''), p.target_on,
			coalesce(p.measure, ''), p.special, coalesce(p.mood, '')
		FROM casefile_file f LEFT JOIN casefile_particular p ON p.file_id = f.id WHERE f.id `+of.is, of.args())
	if err != nil {
		return nil, err
	}
	return byFile(rows, func(row pgx.CollectableRow) (Said, error) {
		var s Said
		var opinions []byte
		p := &s.Particulars
		err := row.Scan(&s.Causes, &opinions, &p.Level, &p.PostalCode, &p.SelfHelp, &p.ReliefCard, &p.CauseNote, &p.Needs,
			&p.NeedNote, &p.TargetGroup, &p.TargetOn, &p.Measure, &p.Special, &p.Mood)
		if err == nil {
			err = json.Unmarshal(opinions, &s.Opinions)
		}
		return s, err
	})
}
