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

// DeclarationKind is one thing the worker declares or agrees to, each with a signature of its own (PIPL 14, 29).
type DeclarationKind string

// The kinds of declaration.
const (
	Truth      DeclarationKind = "truth"      // what was said is true
	Comparison DeclarationKind = "comparison" // the economy may be compared with civil affairs
	Notice     DeclarationKind = "notice"     // the masked public notice
	Sensitive  DeclarationKind = "sensitive"  // sensitive personal data
	Guardian   DeclarationKind = "guardian"   // the guardian's, for children under fourteen
)

// DeclarationText is the version of the wording shown on the page; another wording is another version, and is asked
// for anew.
const DeclarationText = "2026-02"

// DeclarationKinds lists all kinds in the order of the form.
var DeclarationKinds = []DeclarationKind{Truth, Comparison, Notice, Sensitive, Guardian}

// Key gives the wording of the declaration.
func (k DeclarationKind) Key() words.Key { return words.Key("casefile.declaration." + string(k)) }

// Declaration is one signed declaration.
type Declaration struct {
	Kind       DeclarationKind `json:"kind"`
	Version    string          `json:"version"`
	SignedOn   day.Date        `json:"signed_on"`
	RecordedBy string          `json:"recorded_by"`
	RecordedAt time.Time       `json:"recorded_at"`
}

// Declared lists which declarations a household needs: the guardian's only when there is a child under fourteen.
func Declared(people []Person, today day.Date) []DeclarationKind {
	if slices.ContainsFunc(people, func(p Person) bool { return p.Child(today) }) {
		return DeclarationKinds
	}
	return DeclarationKinds[:len(DeclarationKinds)-1]
}

// SaveDeclarations records what was signed and when; what is missing is owed until the file is submitted. It also keeps
// what the paper form holds of opinions.
func SaveDeclarations(ctx context.Context, u *work.Unit, id work.FileID, seen int, kinds []DeclarationKind, signedOn day.Date,
	opinions []BodyOpinion) error {
	return saving(ctx, u, id, DeclarationsSection, seen, func(f File) ([]work.Change, error) {
		if signedOn.After(u.Today()) {
			return nil, work.Refuse("casefile.refusal.signed").On("signed_on")
		}
		people, err := readPeople(ctx, u, id)
		if err != nil {
			return nil, err
		}
		for _, kind := range Declared(people, u.Today()) {
			put := putDeclaration
			if !slices.Contains(kinds, kind) {
				put = dropDeclaration
			}
			if err := put(ctx, u, id, kind, signedOn); err != nil {
				return nil, err
			}
		}
		if err := putOpinions(ctx, u, id, opinions); err != nil {
			return nil, err
		}
		return []work.Change{{Field: "version", After: DeclarationText}, {Field: "kinds", After: kinds}, {Field: "signed_on", After: signedOn.String()}}, nil
	})
}

// DeclarationsOf lists what was signed.
func DeclarationsOf(ctx context.Context, q work.Querier, id work.FileID) ([]Declaration, error) {
	all, err := readDeclarations(ctx, q, one(id))
	if err != nil {
		return nil, fmt.Errorf("reading the declarations of file %d: %w", id, err)
	}
	return all[id], nil
}

// readDeclarations reads what was signed, in the order of the form.
func readDeclarations(ctx context.Context, q work.Querier, of whose) (map[work.FileID][]Declaration, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readDeclarations
		SELECT d.file_id, d.kind, d.text_version, d.signed_on, s.name, d.recorded_at
		FROM casefile_declaration d JOIN staff_member s ON s.id = d.recorded_by WHERE d.file_id `+of.is+`
		ORDER BY array_position(ARRAY['truth', 'comparison', 'notice', 'sensitive', 'guardian'], d.kind)`, of.args())
	if err != nil {
		return nil, err
	}
	return byFile(rows, func(row pgx.CollectableRow) (Declaration, error) {
		var d Declaration
		err := row.Scan(&d.Kind, &d.Version, &d.SignedOn, &d.RecordedBy, &d.RecordedAt)
		return d, err
	})
}

// putDeclaration records one declaration, or its renewal.
func putDeclaration(ctx context.Context, u *work.Unit, id work.FileID, kind DeclarationKind, signedOn day.Date) error {
	_, err := u.Exec(ctx, `
		-- casefile.putDeclaration
		INSERT INTO casefile_declaration (file_id, kind, text_version, signed_on, recorded_by, recorded_at)
		VALUES (@file, @kind, @version, @on, @by, @now)
		ON CONFLICT (file_id, kind) DO UPDATE SET text_version = excluded.text_version, signed_on = excluded.signed_on,
			recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`,
		pgx.NamedArgs{"file": id, "kind": string(kind), "version": DeclarationText, "on": signedOn, "by": u.By.StaffID, "now": u.Now})
	return err
}

// dropDeclaration takes back a declaration that is not signed after all.
func dropDeclaration(ctx context.Context, u *work.Unit, id work.FileID, kind DeclarationKind, _ day.Date) error {
	_, err := u.Exec(ctx, `
		-- casefile.dropDeclaration
		DELETE FROM casefile_declaration WHERE file_id = @file AND kind = @kind`, pgx.NamedArgs{"file": id, "kind": string(kind)})
	return err
}

// Name gives the short name of the declaration.
func (k DeclarationKind) Name() words.Key { return words.Key("casefile.declaration_name." + string(k)) }
