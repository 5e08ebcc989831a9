package casefilepage

import (
	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// declarationExamples are what a household signs, and the blank forms.
func declarationExamples() []ui.Example {
	active, draft := galleryFile(casefile.Active), galleryFile(casefile.Draft)
	act := form.New(map[string][]string{"on": {"2026-11-23"}})
	act.Choice("kind", "casefile.declared", []form.Option{{Value: "comparison", Key: casefile.Comparison.Name()}, {Value: "notice", Key: casefile.Notice.Name()}}, form.Required)
	act.Choice("act", "casefile.declarations_what", []form.Option{{Value: "sign", Key: "casefile.declarations_signed"},
		{Value: "withdraw", Key: "casefile.declarations_withdrawn"}}, form.Required)
	act.Date("on", "casefile.declarations_on", form.Required, form.NotAfter(galleryDay))
	act.Valid()
	later := galleryDeclarations(active)
	later.Page, later.Act = withForm(later.Page, act), act
	begun := galleryDeclarations(draft)
	begun.Record = SectionPath(draft.ID, casefile.DeclarationsSection)
	blank := FormView{Sheet: galleryBlank("casefile.print_title.application", "空白"), On: galleryDay,
		Opinions: []ui.Opinion{{Key: casefile.UnionBody.Key()}, {Key: "casefile.print.assessed"}, {Key: "casefile.print.approved"}}}
	return []ui.Example{
		{Name: "casefile-declarations", Page: Declarations(later)},
		{Name: "casefile-declarations-draft", Page: Declarations(begun)},
		{Name: "casefile-declaration-truth", Page: DeclarationSheet(galleryDeclaration(active, casefile.Truth))},
		{Name: "casefile-declaration-sensitive", Page: DeclarationSheet(galleryDeclaration(active, casefile.Sensitive))},
		{Name: "casefile-declaration-blank", Page: DeclarationSheet(DeclarationView{Sheet: galleryBlank(casefile.Notice.Title(), "空白，文本 2026-02"), Kind: casefile.Notice, Least: 1})},
		{Name: "casefile-declaration-blank-guardian", Page: DeclarationSheet(DeclarationView{Sheet: galleryBlank(casefile.Guardian.Title(), "空白，文本 2026-02"),
			Kind: casefile.Guardian, Least: 3})},
		{Name: "casefile-forms", Page: Forms(FormsView{Page: layout.Sample("casefile.blank.title"), Blanks: []casefile.Blank{
			{Path: BlankApplicationPath, Name: casefile.ApplicationForm.Key(), Use: "casefile.blank.use.application"},
			{Path: BlankDeclarationPath(casefile.Truth), Name: casefile.Truth.Title(), Use: "casefile.blank.use.truth"}}})},
		{Name: "casefile-application-blank", Page: BlankApplication(blank)},
		{Name: "casefile-sheet-record-begun", Page: RecordSheet(galleryBegun(draft))},
	}
}

// galleryDeclarations is a household that signed two declarations, one of them in an older wording.
func galleryDeclarations(f casefile.File) DeclarationsView {
	v := DeclarationsView{Page: wide(galleryPage(f, "casefile.declarations_page")), File: f, Rows: []DeclarationRow{
		{Kind: casefile.Truth, Needed: true, Signed: &casefile.Declaration{Kind: casefile.Truth, Version: casefile.DeclarationText, SignedOn: galleryDay}},
		{Kind: casefile.Comparison, Needed: true, Signed: &casefile.Declaration{Kind: casefile.Comparison, Version: "2026-01", SignedOn: day.Of(2026, 3, 2)}},
		{Kind: casefile.Notice, Needed: true}, {Kind: casefile.Sensitive, Needed: true}, {Kind: casefile.Guardian}}}
	v.Lead, v.LeadArg = "casefile.declarations_lead", []any{casefile.DeclarationText}
	return v
}

// galleryDeclaration is the text of a declaration for a household of three.
func galleryDeclaration(f casefile.File, kind casefile.DeclarationKind) DeclarationView {
	v := DeclarationView{Sheet: galleryBlank(kind.Title(), f.Number+"，文本 2026-02"), Kind: kind, Office: f.OrgName, Least: 1,
		Signers: kind.Signers(galleryHousehold(f).People, galleryDay)}
	v.Back = DeclarationsPath(f.ID)
	v.Trace = layout.Trace{May: true, Kind: string(kind.Printed()), File: f.ID}
	return v
}

// galleryBlank is the foot of a form for the pen.
func galleryBlank(title words.Key, number string) layout.Sheet {
	return layout.Sheet{Page: layout.Sample(title), Official: true, Number: number, By: "何敏", At: galleryTime, Back: FormsPath}
}

// galleryBegun is the file table of a registration of which little is told yet: what is not told is empty.
func galleryBegun(f casefile.File) FormView {
	f.Number, f.Category = "", eligibility.None
	return FormView{Sheet: galleryOn(casefile.Print{ID: 1043, Kind: casefile.RecordForm, Hash: make([]byte, 32), ByName: "何敏", At: galleryTime}, "登记 7", "第 1 版"),
		Facts: casefile.Facts{Cover: f, Office: f.OrgName, People: []casefile.Member{{Person: casefile.Person{ID: 1, Relation: casefile.Head, Name: "王建国"}}}}, On: galleryDay,
		Opinions: []ui.Opinion{{Key: casefile.UnionBody.Key()}}}
}
