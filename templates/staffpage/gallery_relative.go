package staffpage

import (
	"net/url"

	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/templates/layout"
)

var sampleRelatives = []staff.Relative{
	{ID: 6, Member: 2, Of: "周敏", Office: sampleOffice, Relation: "sibling", Name: "周建军", Number: "530***********1234", State: staff.RelativeDeclared, EnteredAt: sampleNow},
	{ID: 5, Member: 2, Of: "周敏", Office: sampleOffice, Relation: "spouse", Name: "林涛", Number: "530***********5678", State: staff.RelativeConfirmed, EnteredAt: sampleNow, DecidedBy: "高原"},
	{ID: 4, Member: 3, Of: "马骏", Office: sampleOffice, Relation: "in_law", Name: "孙莉", Number: "530***********9012", State: staff.RelativeEnded, EnteredAt: sampleNow, DecidedBy: "高原", EndedBy: "周文", Note: "婚姻关系已解除"},
}

// sampleDeclaration is a declaration sent with the person on record already.
func sampleDeclaration() *form.Form {
	f := form.New(url.Values{"relation": {"sibling"}, "name": {"周建军"}})
	f.Select("relation", "staff.relation_head", form.Options(staff.Relations...), form.Required)
	f.Text("name", "staff.relative_name", form.Required, form.Width(10))
	f.IDNumber("number", "staff.relative_number", form.Required)
	f.Fail("number", "staff.refusal.relative_once")
	return f
}

func sampleRelativeForm(decide bool) *form.Form {
	f := form.New(nil)
	if decide {
		f.Choice("agree", "staff.relative_agree", form.YesNo(), form.Required)
	}
	f.Text("note", "staff.relative_note", form.Hint("staff.relative_note_hint"))
	return f
}

func sampleRelativePage(title words.Key, f *form.Form) layout.Page {
	p := layout.Sample(title)
	p.Lead, p.Form = "staff.relatives_why", f
	return p
}
