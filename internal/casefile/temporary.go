package casefile

import (
	"context"
	"fmt"
	"slices"

	"bangfu/internal/work"
)

// owedTemporary are the fields without which a file is not kept as a temporary one: who is in need, how to reach the
// household, and why. All else waits until it is registered whole.
var owedTemporary = map[Section]string{HeadSection: "phone", HousingSection: "address", CausesSection: "main"}

// TemporaryLacks lists what a registration still owes before it is kept as a temporary file 临时救助档案 (domain.md c.1).
// The head's name and ID number are owed as one answer, since they are saved together.
func (s Situation) TemporaryLacks() []Lack {
	var lacks []Lack
	if s.File.HeadName == "" {
		lacks = append(lacks, Lack{Section: HeadSection, Field: "name", Label: "casefile.temporary.head"},
			Lack{Section: HeadSection, Field: "phone", Label: "casefile.phone"})
	}
	return append(lacks, slices.DeleteFunc(s.Lacks(), func(l Lack) bool { return owedTemporary[l.Section] != l.Field })...)
}

// KeepTemporary keeps a registration as a temporary file 临时救助档案: a household in sudden need of which little is known
// yet. reason says what happened and what it needs, and stays on the cover. The file binds its people as every open one
// does. Refused while TemporaryLacks names something.
func KeepTemporary(ctx context.Context, u *work.Unit, id work.FileID, reason string) error {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	if _, refusal := f.after(ActKeepTemporary, u.By); refusal != nil {
		return refusal
	}
	s, err := SituationOf(ctx, u, f)
	if err != nil {
		return fmt.Errorf("keeping file %d as a temporary one: %w", id, err)
	}
	if lacks := s.TemporaryLacks(); len(lacks) > 0 {
		return work.Refuse("casefile.refusal.temporary_lacks", len(lacks), lacks[0].Label)
	}
	return move(ctx, u, u.By.Scope, id, ActKeepTemporary, outcome{reason: reason})
}

// Convert makes a temporary file a registration again 转正, with all that it says: what is missing is filled in, and it
// goes the way of every other file. Nothing is typed twice.
func Convert(ctx context.Context, u *work.Unit, id work.FileID) error {
	return move(ctx, u, u.By.Scope, id, ActConvert, outcome{})
}

// Cancel ends a temporary file 注销, whose need has passed or was met elsewhere. Somebody else than its registrar does
// it; it stays on record with the reason, and its people are free for another file.
func Cancel(ctx context.Context, u *work.Unit, id work.FileID, reason string) error {
	return move(ctx, u, u.By.Scope, id, ActCancel, outcome{reason: reason})
}
