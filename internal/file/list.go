package file

import (
	"context"
	"fmt"
	"io/fs"
	"path"
)

func (s *folder) List(ctx context.Context, each func(hash string) error) error {
	err := fs.WalkDir(s.root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		switch hash := path.Base(name); {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case entry.IsDir() || !isHash(hash) || place(hash) != name:
			return nil
		default:
			return each(hash)
		}
	})
	if err != nil {
		return fmt.Errorf("listing the kept files: %w", err)
	}
	return nil
}
