package staff

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// Nobody tells whether nobody works here yet: a fresh database.
func Nobody(ctx context.Context, q work.Querier) (bool, error) {
	var nobody bool
	err := q.QueryRow(ctx, `
		-- staff.Nobody
		SELECT NOT EXISTS (SELECT FROM staff_member)`).Scan(&nobody)
	if err != nil {
		return false, fmt.Errorf("asking whether anybody works here: %w", err)
	}
	return nobody, nil
}

// Known is a password that is no secret, hashed once for all who get it: those of the sample centre, which are printed
// when the program starts. Make it with Know.
type Known struct{ hashed string }

// Know hashes a password that is no secret. It keeps to the policy of all passwords.
func Know(ctx context.Context, password string) (Known, error) {
	if refusal := CheckPassword("sample", password); refusal != nil {
		return Known{}, refusal
	}
	hashed, err := hash(ctx, password)
	return Known{hashed: hashed}, err
}

// SetKnown gives a person of the sample centre a password that need not be changed.
func SetKnown(ctx context.Context, u *work.Unit, id work.StaffID, k Known) error {
	err := u.ChangeOne(ctx, `
		-- staff.SetKnown
		UPDATE staff_member SET password_hash = @hash, must_change = false, once_until = NULL WHERE id = @id`,
		pgx.NamedArgs{"id": id, "hash": k.hashed})
	if err != nil {
		return fmt.Errorf("setting a known password: %w", err)
	}
	return u.Audit(ctx, work.Entry{Act: "staff.password_known", Kind: "member", ID: int64(id)})
}

// AddKnown adds a person of the sample centre with a known password.
func AddKnown(ctx context.Context, u *work.Unit, n New, k Known) (work.StaffID, error) {
	id, err := add(ctx, u, n, k.hashed)
	if err != nil {
		return 0, err
	}
	return id, SetKnown(ctx, u, id, k)
}
