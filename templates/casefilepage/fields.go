package casefilepage

import "bangfu/internal/form"

// memberMore are the fields of a member that stand folded away until one of them says something.
var memberMore = []string{"marital", "political", "identity", "model", "phone", "contact", "remark"}

// mayRemove tells whether a member can be taken off the form. In a change, who lives in the household leaves it by the change
// that says why and when.
func (v SectionView) mayRemove(row form.Row) bool {
	d := v.Form.Field(row.Name("person"))
	return v.Change == "" || d == nil || d.Empty()
}

// memberHasMore tells whether one of the folded fields says something or is wrong.
func memberHasMore(f *form.Form, row form.Row) bool {
	for _, name := range memberMore {
		if d := f.Field(row.Name(name)); !d.Empty() || d.Keeps() || d.Error != nil {
			return true
		}
	}
	return false
}
