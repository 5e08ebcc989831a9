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
	var s Said
	var opinions []byte
	p := &s.Particulars
	err := q.QueryRow(ctx, `
		-- casefile.SaidOf
		SELECT array(SELECT cause FROM casefile_cause WHERE file_id = f.id ORDER BY position),
			coalesce((SELECT jsonb_agg(jsonb_build_object('body', o.body, 'opinion', o.opinion, 'given_by', o.given_by,
					'given_on', o.given_on, 'recorded_by', m.name, 'recorded_at', o.recorded_at)
				ORDER BY array_position(ARRAY['employer', 'union', 'system'], o.body))
				FROM casefile_opinion o JOIN staff_member m ON m.id = o.recorded_by WHERE o.file_id = f.id), '[]'),
			coalesce(p.level, ''), coalesce(p.postal_code, ''), coalesce(p.self_help, ''), coalesce(p.relief_card_fen, 0),
			coalesce(p.cause_note, ''), p.needs, coalesce(p.need_note, ''), coalesce(p.target_group, ''), p.target_on,
			coalesce(p.measure, ''), p.special, coalesce(p.mood, '')
		FROM casefile_file f LEFT JOIN casefile_particular p ON p.file_id = f.id WHERE f.id = @id`,
		pgx.NamedArgs{"id": id}).Scan(&s.Causes, &opinions, &p.Level, &p.PostalCode, &p.SelfHelp, &p.ReliefCard, &p.CauseNote, &p.Needs,
		&p.NeedNote, &p.TargetGroup, &p.TargetOn, &p.Measure, &p.Special, &p.Mood)
	if err != nil {
		return s, fmt.Errorf("reading what file %d says: %w", id, err)
	}
	if err := json.Unmarshal(opinions, &s.Opinions); err != nil {
		return s, fmt.Errorf("reading the opinions of file %d: %w", id, err)
	}
	return s, nil
}
