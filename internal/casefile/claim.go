package casefile

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// Claim says in which open file a person is: no more than whom to call, since it may lie outside the asker's scope.
type Claim struct {
	FileID work.FileID
	Office string
	Phone  string
	Head   string // masked
	Path   string // of the office
}

// Where gives the open file a person is in, anywhere in the tree; nil when in none.
func Where(ctx context.Context, q work.Querier, keys *seal.Keys, number idcard.Number) (*Claim, error) {
	c, err := readClaim(ctx, q, keys.Index(string(number), numberContext))
	if err != nil {
		return nil, fmt.Errorf("looking for a person's open file: %w", err)
	}
	return c, nil
}

// NoteTold leaves in the trail that an answer to a search, one with Elsewhere, tells of a household outside the asker's
// scope, and by which number, masked (security.md 2.4.1).
func NoteTold(ctx context.Context, u *work.Unit, r Result) error {
	return u.Audit(ctx, work.Entry{Act: "casefile.tell_elsewhere", Kind: "file", ID: int64(r.Elsewhere.FileID), FileID: r.Elsewhere.FileID,
		Changes: []work.Change{{Field: "id_number", After: r.sought.Masked()}, {Field: "office", After: r.Elsewhere.Office}}})
}

// readClaim finds an open file by the index of a person's number.
func readClaim(ctx context.Context, q work.Querier, index []byte) (*Claim, error) {
	var c Claim
	err := q.QueryRow(ctx, `
		-- casefile.readClaim
		SELECT f.id, o.name, o.phone, f.head_name, f.org_path
		FROM casefile_claim c JOIN casefile_file f ON f.id = c.file_id JOIN staff_org o ON o.id = f.org_id
		WHERE c.id_index = @index`, pgx.NamedArgs{"index": index}).Scan(&c.FileID, &c.Office, &c.Phone, &c.Head, &c.Path)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c.Head = idcard.MaskName(c.Head)
	return &c, nil
}

// elsewhere words the refusal of a person who is in an open file already: this one, one that the actor may open, or another
// one of which it tells the office, the masked head and the phone, and nothing more (issue 2, step 2).
func elsewhere(ctx context.Context, u *work.Unit, id work.FileID, p Person, index []byte) error {
	c, err := readClaim(ctx, u, index)
	switch {
	case err != nil:
		return fmt.Errorf("looking for the file that claims a person: %w", err)
	case c == nil:
		return work.ErrStale // it was closed in between: trying again will do
	case c.FileID == id:
		return work.Refuse("casefile.refusal.twice", p.Name)
	}
	if u.By.Scope.Covers(c.Path) {
		f, err := Find(ctx, u, u.By.Scope, c.FileID)
		if err != nil {
			return fmt.Errorf("reading the file that claims a person: %w", err)
		}
		return work.Refuse("casefile.refusal.already", p.Name, f.OrgName, f.HeadName, f.State)
	}
	return work.Refuse("casefile.refusal.elsewhere", p.Name, c.Office, c.Head, c.Phone)
}
