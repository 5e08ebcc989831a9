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

// Pieces calls each with the hashes of the kept files of a store, size at most at a time, and stops at its first error. The
// hashes are each's for that call only.
func Pieces(ctx context.Context, store Store, size int, each func(hashes []string) error) error {
	var some []string
	err := store.List(ctx, func(hash string) error {
		if some = append(some, hash); len(some) < size {
			return nil
		}
		err := each(some)
		some = some[:0]
		return err
	})
	if err != nil || len(some) == 0 {
		return err
	}
	return each(some)
}
