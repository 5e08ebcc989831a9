package casefile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ArrearsID names a row of casefile_arrears.
type ArrearsID int64

// ArrearsKind is what an employer owes (002-36).
type ArrearsKind string

// The kinds of arrears: wages, and the contributions to each insurance.
const (
	WageArrears         ArrearsKind = "wage"
	PensionArrears      ArrearsKind = "pension"
	MedicalArrears      ArrearsKind = "medical"
	UnemploymentArrears ArrearsKind = "unemployment"
	InjuryArrears       ArrearsKind = "injury"
	MaternityArrears    ArrearsKind = "maternity"
	HousingArrears      ArrearsKind = "housing_fund"
)

// ArrearsKinds lists the kinds in the order of the form.
var ArrearsKinds = []ArrearsKind{WageArrears, PensionArrears, MedicalArrears, UnemploymentArrears, InjuryArrears, MaternityArrears,
	HousingArrears}

// Key gives the word of the kind.
func (k ArrearsKind) Key() words.Key { return words.Key("casefile.arrears_kind." + string(k)) }

// Arrears is what an employer owes one person of the household. It is a fact of its own and no income.
type Arrears struct {
	ID        ArrearsID    `json:"id"`
	Person    PersonID     `json:"person"`
	Name      string       `json:"name"` // of the person
	Kind      ArrearsKind  `json:"kind"`
	From      day.Date     `json:"from"`
	Until     day.Date     `json:"until,omitzero"` // last day owed for; unknown = it goes on
	Amount    money.Amount `json:"amount_fen"`
	Employer  string       `json:"employer"`
	Note      string       `json:"note,omitempty"`
	EnteredBy string       `json:"entered_by"`
	EnteredAt time.Time    `json:"entered_at"`
	SettledOn day.Date     `json:"settled_on,omitzero"`
}

// ArrearsOf lists what employers owe the household, what is still owed first.
func ArrearsOf(ctx context.Context, q work.Querier, id work.FileID) ([]Arrears, error) {
	all, err := readArrears(ctx, q, one(id))
	if err != nil {
		return nil, fmt.Errorf("reading the arrears of file %d: %w", id, err)
	}
	return all[id], nil
}

// readArrears reads what employers owe, what is still owed first.
func readArrears(ctx context.Context, q work.Querier, of whose) (map[work.FileID][]Arrears, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readArrears
		SELECT a.file_id, a.id, a.person_id, p.name, a.kind, a.from_on, a.until_on, a.amount_fen, a.employer, a.note, s.name, a.entered_at,
			a.settled_on
		FROM casefile_arrears a JOIN casefile_person p ON p.id = a.person_id JOIN staff_member s ON s.id = a.entered_by
		WHERE a.file_id `+of.is+` ORDER BY a.settled_on IS NOT NULL, a.from_on, a.id`, of.args())
	if err != nil {
		return nil, err
	}
	return byFile(rows, func(row pgx.CollectableRow) (Arrears, error) {
		var a Arrears
		err := row.Scan(&a.ID, &a.Person, &a.Name, &a.Kind, &a.From, &a.Until, &a.Amount, &a.Employer, &a.Note, &a.EnteredBy,
			&a.EnteredAt, &a.SettledOn)
		return a, err
	})
}

// AddArrears records what an employer owes somebody of the household. It can be done as long as the file is open: a visit
// finds arrears, and so does a review.
func AddArrears(ctx context.Context, u *work.Unit, id work.FileID, a Arrears) (ArrearsID, error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return 0, err
	}
	if !f.State.Open() {
		return 0, work.Refuse("casefile.refusal.not_editable", f.State)
	}
	people, err := readPeople(ctx, u, id)
	if err != nil {
		return 0, fmt.Errorf("reading the people of file %d: %w", id, err)
	}
	switch {
	case !slices.ContainsFunc(people, func(p Person) bool { return p.ID == a.Person }):
		return 0, work.Refuse("casefile.refusal.arrears_person").On("person")
	case !slices.Contains(ArrearsKinds, a.Kind), a.Amount <= 0, a.From.IsZero():
		return 0, errors.New("arrears without kind, amount or first day")
	case a.From.After(u.Today()):
		return 0, work.Refuse("casefile.refusal.arrears_from").On("from")
	case a.Until.After(u.Today()):
		return 0, work.Refuse("casefile.refusal.arrears_ahead").On("until")
	case !a.Until.IsZero() && a.Until.Before(a.From):
		return 0, work.Refuse("casefile.refusal.arrears_until").On("until")
	}
	var row ArrearsID
	if err := u.QueryRow(ctx, `
		-- casefile.AddArrears
		INSERT INTO casefile_arrears (file_id, person_id, kind, from_on, until_on, amount_fen, employer, note, entered_by, entered_at)
		VALUES (@file, @person, @kind, @from, @until, @amount, @employer, @note, @by, @now) RETURNING id`,
		pgx.NamedArgs{"file": id, "person": a.Person, "kind": string(a.Kind), "from": a.From, "until": a.Until,
			"amount": int64(a.Amount), "employer": a.Employer, "note": a.Note, "by": u.By.StaffID, "now": u.Now}).Scan(&row); err != nil {
		return 0, fmt.Errorf("adding arrears to file %d: %w", id, worded(err))
	}
	if err := keepOnRecord(ctx, u, f, "add_arrears"); err != nil {
		return 0, err
	}
	return row, u.Audit(ctx, work.Entry{Act: "casefile.add_arrears", Kind: "arrears", ID: int64(row), FileID: id,
		Changes: []work.Change{{Field: "kind", After: a.Kind}, {Field: "amount", After: a.Amount}}})
}

// SettleArrears records that arrears were paid, and on which day. Settled ones are not settled again: work.ErrStale.
func SettleArrears(ctx context.Context, u *work.Unit, id work.FileID, row ArrearsID, on day.Date) error {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	a, err := findArrears(ctx, u, id, row)
	switch {
	case err != nil:
		return err
	case !f.State.Open():
		return work.Refuse("casefile.refusal.not_editable", f.State)
	case on.After(u.Today()), on.Before(a.From):
		return work.Refuse("casefile.refusal.settled_on", a.From).On("settled_on")
	}
	if err := u.ChangeOne(ctx, `
		-- casefile.SettleArrears
		UPDATE casefile_arrears SET settled_on = @on, settled_by = @by WHERE id = @row AND settled_on IS NULL`,
		pgx.NamedArgs{"row": row, "on": on, "by": u.By.StaffID}); err != nil {
		return fmt.Errorf("settling arrears %d: %w", row, worded(err))
	}
	if err := keepOnRecord(ctx, u, f, "settle_arrears"); err != nil {
		return err
	}
	return u.Audit(ctx, work.Entry{Act: "casefile.settle_arrears", Kind: "arrears", ID: int64(row), FileID: id,
		Changes: []work.Change{{Field: "settled_on", After: on.String()}}})
}

// RemoveArrears takes arrears entered by mistake out of a registration.
func RemoveArrears(ctx context.Context, u *work.Unit, id work.FileID, row ArrearsID) error {
	if _, err := editable(ctx, u, id); err != nil {
		return err
	}
	a, err := findArrears(ctx, u, id, row)
	if err != nil {
		return err
	}
	if err := u.ChangeOne(ctx, `
		-- casefile.RemoveArrears
		DELETE FROM casefile_arrears WHERE id = @row`, pgx.NamedArgs{"row": row}); err != nil {
		return fmt.Errorf("removing arrears %d: %w", row, err)
	}
	return u.Audit(ctx, work.Entry{Act: "casefile.remove_arrears", Kind: "arrears", ID: int64(row), FileID: id,
		Changes: []work.Change{{Field: "kind", Before: a.Kind}, {Field: "amount", Before: a.Amount}}})
}

// findArrears gives one row of a file's arrears, or work.ErrNotFound.
func findArrears(ctx context.Context, q work.Querier, id work.FileID, row ArrearsID) (Arrears, error) {
	all, err := ArrearsOf(ctx, q, id)
	if err != nil {
		return Arrears{}, err
	}
	if i := slices.IndexFunc(all, func(a Arrears) bool { return a.ID == row }); i >= 0 {
		return all[i], nil
	}
	return Arrears{}, fmt.Errorf("arrears %d of file %d: %w", row, id, work.ErrNotFound)
}
