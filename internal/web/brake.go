package web

import (
	"net/http"
	"strconv"
	"time"

	"bangfu/internal/words"
)

// Braked is the answer to somebody who reads more in a while than one person may: 429. Lines say why, until when, and whom to
// ask.
type Braked struct {
	Lines []words.Message
	Until time.Time
}

func (b *Braked) Error() string { return "braked until " + b.Until.Format(time.RFC3339) }

// Announce tells a browser when to try again, in seconds from now on, one at least.
func (b *Braked) Announce(w http.ResponseWriter, now time.Time) {
	wait := max(b.Until.Sub(now)+time.Second-1, time.Second)
	w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)))
}

// Search counts a search for households that the person is about to make; not nil = it must not be made.
func (k *Kit) Search(r *http.Request) *Braked {
	if k.Searching == nil {
		return nil
	}
	return k.Searching(By(r))
}
