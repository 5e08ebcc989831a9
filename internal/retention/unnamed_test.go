package retention_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/file"
	"bangfu/internal/retention"
	"bangfu/internal/testkit/sample"
)

// What was sent with a form that was refused goes after thirty days, not a second before; what a file took stays.
func TestClearUnnamed(t *testing.T) {
	u := centre(t)
	root := t.TempDir()
	store, err := file.Folder(root, sample.Keys())
	must(t, err)
	put := func(text string, sent time.Time) file.Blob {
		blob, err := store.Put(t.Context(), strings.NewReader("%PDF-1.4\n"+text+"\n%%EOF\n"))
		must(t, err)
		must(t, os.Chtimes(root+"/"+blob.Hash[:2]+"/"+blob.Hash, sent, sent))
		return blob
	}
	bound := u.Now.Add(-30 * 24 * time.Hour)
	taken, old, fresh := put("taken", bound.Add(-time.Hour)), put("old", bound.Add(-time.Second)), put("fresh", bound)
	f := sample.File(t, u, casefile.Active)
	must(t, by(u, sample.Clerk, func() error {
		_, err := casefile.AddEvidence(t.Context(), u, f.ID, casefile.NewEvidence{Kind: casefile.OtherPaper, Name: "材料.pdf"}, taken)
		return err
	}))
	if n, err := retention.ClearUnnamed(t.Context(), u.Tx, store, u.Now); err != nil || n != 1 {
		t.Errorf("%d papers taken away, %v", n, err)
	}
	for _, test := range []struct {
		blob file.Blob
		gone bool
	}{{taken, false}, {old, true}, {fresh, false}} {
		if _, err := store.Open(t.Context(), test.blob.Hash); errors.Is(err, file.ErrNotFound) != test.gone {
			t.Errorf("%s: %v", test.blob.Hash[:8], err)
		}
	}
}
