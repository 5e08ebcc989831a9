package casefile

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// Particulars are what the national form says of a household beside its cover (domain.md b.2, b.5). The zero value has
// said none of it.
type Particulars struct {
	Level       string       `json:"level,omitempty"` // of Levels, as it was picked by hand before it followed from the category: see Facts.Level
	PostalCode  string       `json:"postal_code,omitempty"`
	SelfHelp    string       `json:"self_help,omitempty"`       // 是否有一定自救能力: yes, no or not said
	ReliefCard  money.Amount `json:"relief_card_fen,omitempty"` // 特困救助卡, yuan a year; no income
	CauseNote   string       `json:"cause_note,omitempty"`      // the other cause in words
	Needs       []string     `json:"needs,omitempty"`           // of Needs, in their order
	NeedNote    string       `json:"need_note,omitempty"`       // the other need in words
	TargetGroup string       `json:"target_group,omitempty"`    // of TargetGroups
	TargetOn    day.Date     `json:"target_on,omitzero"`        // 确定为解困脱困对象的时间
	Measure     string       `json:"measure,omitempty"`         // of Measures
	Special     []string     `json:"special,omitempty"`         // of SpecialTicks
	Mood        string       `json:"mood,omitempty"`            // 思想动态 (001-17)
}

// check refuses values that no form offers.
func (p Particulars) check(today day.Date) error {
	for _, c := range []codedValue{{TargetGroups, p.TargetGroup}, {Measures, p.Measure}} {
		if c.value != "" && !c.list.Has(c.value) {
			return fmt.Errorf("%q is no value of %s", c.value, c.list.Name)
		}
	}
	if slices.ContainsFunc(p.Needs, func(v string) bool { return !Needs.Has(v) }) ||
		slices.ContainsFunc(p.Special, func(v string) bool { return !SpecialTicks.Has(v) }) {
		return errors.New("no such need or special group")
	}
	if p.TargetOn.After(today) {
		return work.Refuse("casefile.refusal.target_on").On("target_on")
	}
	return nil
}

// putParticulars writes what the section of causes and needs asks; the postal code is the housing's. A level that was
// picked by hand is not asked any more and goes with the first answers that are saved after it; the versions keep it.
func putParticulars(ctx context.Context, u *work.Unit, id work.FileID, p Particulars) error {
	_, err := u.Exec(ctx, `
		-- casefile.putParticulars
		INSERT INTO casefile_particular (file_id, self_help, relief_card_fen, cause_note, needs, need_note, target_group, target_on, measure,
			special, mood)
		VALUES (@id, @self_help, @relief_card, @cause_note, @needs, @need_note, @target_group, @target_on, @measure, @special, @mood)
		ON CONFLICT (file_id) DO UPDATE SET level = '', self_help = excluded.self_help,
			relief_card_fen = excluded.relief_card_fen, cause_note = excluded.cause_note, needs = excluded.needs, need_note = excluded.need_note,
			target_group = excluded.target_group, target_on = excluded.target_on, measure = excluded.measure,
			special = excluded.special, mood = excluded.mood`,
		pgx.NamedArgs{"id": id, "self_help": p.SelfHelp, "relief_card": int64(p.ReliefCard), "cause_note": p.CauseNote, "needs": some(p.Needs),
			"need_note": p.NeedNote, "target_group": p.TargetGroup, "target_on": p.TargetOn, "measure": p.Measure,
			"special": some(p.Special), "mood": p.Mood})
	return err
}

// some gives an empty list for none, since the columns know no null.
func some(values []string) []string {
	if values == nil {
		return []string{}
	}
	return values
}
