package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"bangfu/internal/casefile"
	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// checkKeys refuses keys that the register was not sealed with, and says when new ones were made.
func checkKeys(ctx context.Context, q work.Querier, c Config, keys *seal.Keys, log *slog.Logger) error {
	if err := casefile.CheckKeys(ctx, q, keys); err != nil {
		return fmt.Errorf("%s is not the key file of this database; put the right one back (BANGFU_KEY_FILE): %w", c.KeyFile, err)
	}
	if keys.Created() {
		log.Warn("a new key file was made; keep a copy apart from the database", slog.String("file", c.KeyFile))
	}
	return nil
}

// RotateKeys adds a key. What is sealed from the next start on is sealed with it; what was sealed before still opens.
func (a *App) RotateKeys(ctx context.Context, out io.Writer) error {
	if err := seal.Rotate(a.Config.KeyFile, a.Config.Suite); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out, words.T(terminal(ctx), "app.keys_rotated", a.Config.KeyFile))
	return err
}
