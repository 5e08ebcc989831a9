package casefile

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Body is who gives an opinion on the paper form before the flow begins (domain.md b.2: sign-off).
type Body string

// The bodies.
const (
	EmployerBody Body = "employer" // 基层党组织或行政
	UnionBody    Body = "union"    // 基层工会或办事处
	SystemBody   Body = "system"   // 系统工会
)

// Bodies lists the bodies in the order of the form.
var Bodies = []Body{EmployerBody, UnionBody, SystemBody}

// Key gives the word of the body.
func (b Body) Key() words.Key { return words.Key("casefile.body." + string(b)) }

// BodyOpinion is what a body wrote on the paper form.
type BodyOpinion struct {
	Body       Body      `json:"body"`
	Opinion    string    `json:"opinion"`
	GivenBy    string    `json:"given_by"` // who signed; "" when the paper has a seal only
	GivenOn    day.Date  `json:"given_on"`
	RecordedBy string    `json:"recorded_by"`
	RecordedAt time.Time `json:"recorded_at"`
}

// putOpinions writes the opinions of the paper form anew; an opinion that is not among them is taken away. One that did
// not change keeps who recorded it and when.
func putOpinions(ctx context.Context, u *work.Unit, id work.FileID, opinions []BodyOpinion) error {
	kept := make([]string, 0, len(opinions))
	for _, o := range opinions {
		if !slices.Contains(Bodies, o.Body) {
			return fmt.Errorf("%q is no body", o.Body)
		}
		if o.GivenOn.After(u.Today()) {
			return work.Refuse("casefile.refusal.opinion_on", o.Body).On(string(o.Body) + ".given_on")
		}
		kept = append(kept, string(o.Body))
		if _, err := u.Exec(ctx, `
			-- casefile.putOpinions
			INSERT INTO casefile_opinion (file_id, body, opinion, given_by, given_on, recorded_by, recorded_at)
			VALUES (@file, @body, @opinion, @given_by, @given_on, @by, @now)
			ON CONFLICT (file_id, body) DO UPDATE SET opinion = excluded.opinion, given_by = excluded.given_by,
				given_on = excluded.given_on, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at
			WHERE (casefile_opinion.opinion, casefile_opinion.given_by, casefile_opinion.given_on)
				<> (excluded.opinion, excluded.given_by, excluded.given_on)`,
			pgx.NamedArgs{"file": id, "body": string(o.Body), "opinion": o.Opinion, "given_by": o.GivenBy, "given_on": o.GivenOn,
				"by": u.By.StaffID, "now": u.Now}); err != nil {
			return err
		}
	}
	_, err := u.Exec(ctx, `
		-- casefile.putOpinions clear
		DELETE FROM casefile_opinion WHERE file_id = @file AND NOT body = ANY(@kept)`, pgx.NamedArgs{"file": id, "kept": kept})
	return err
}
