package seed

import (
	"context"

	"bangfu/internal/casefile"
	"bangfu/internal/work"
)

// lists lets two people keep the lists that they open every week; the supervisor shares one with all of the county.
func (c *centre) lists() {
	for i, wish := range []struct {
		who string
		casefile.SavedWish
	}{
		{"supervisor", casefile.SavedWish{Name: "深度困难在档户", Query: "category=severe&list=active&sort=name", Shared: true, Starred: true}},
		{"clerk", casefile.SavedWish{Name: "因病致困", Query: "cause=6&list=active", Starred: true}},
		{"clerk", casefile.SavedWish{Name: "租房户", Query: "housing=rented&list=active"}},
	} {
		c.then(12, 9*60+i, wish.who, func(ctx context.Context, u *work.Unit) error {
			_, err := casefile.SaveList(ctx, u, wish.SavedWish)
			return err
		})
	}
}
