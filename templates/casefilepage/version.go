package casefilepage

import (
	"context"
	"encoding/hex"
	"strconv"

	"bangfu/internal/audit"
	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/idcard"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// VersionsPath lists the versions of a file.
func VersionsPath(id work.FileID) string { return FilePath(id) + "/versions" }

// VersionPath is the file as it stood in one version.
func VersionPath(id work.FileID, number int) string {
	return VersionsPath(id) + "/" + strconv.Itoa(number)
}

// ChangesPath is one version beside a later one.
func ChangesPath(id work.FileID, from, into int) string {
	return VersionPath(id, from) + "/changes/" + strconv.Itoa(into)
}

// VersionsView is the list of the versions of a file.
type VersionsView struct {
	layout.Page
	File     casefile.File
	Day      *form.Form
	Versions casefile.VersionPage
}

// VersionView is the file as it stood in one version.
type VersionView struct {
	layout.Page
	Household Household
	Version   casefile.Version
	Current   casefile.File
	Last      int      // number of the newest version
	On        day.Date // the day that was asked for; zero = none
	MayPrint  bool
}

// VersionChangesView is two versions beside each other.
type VersionChangesView struct {
	layout.Page
	FileID      work.FileID
	From, Into  casefile.Version
	Differences []casefile.Difference
}

// SinceView is what changed since the last round, for the page of an act.
type SinceView struct {
	FileID  work.FileID
	Changes casefile.Changes
}

// HouseholdOf shows kept facts as the page of the file shows those of today. Numbers are masked and stay so.
func HouseholdOf(f casefile.Facts, today day.Date) Household {
	h := Household{File: f.Cover, People: f.Persons(), Economy: f.Economy, Causes: f.Causes, Particulars: f.Particulars,
		Arrears: f.Arrears, BodyOpinions: f.Opinions, Property: f.Property, Kept: true, Today: today}
	for i, a := range h.Arrears {
		for _, m := range f.People {
			if m.ID == a.Person {
				h.Arrears[i].Name = m.Name
			}
		}
	}
	h.File.OrgName = f.Office
	for _, d := range f.Declarations {
		h.Declarations = append(h.Declarations, casefile.Declaration{Kind: d.Kind, Version: d.Version, SignedOn: d.SignedOn})
	}
	if f.Card != nil {
		h.Card = &casefile.Card{ID: f.Card.ID, Holder: f.Card.Holder, Bank: f.Card.Bank, Branch: f.Card.Branch, State: casefile.CardCurrent}
		h.CardMasked = idcard.MaskCard(f.Card.Number)
	}
	return h
}

// dayField is the box of the day on the file's page.
func dayField() *form.Field {
	return form.New(nil).Date("day", "casefile.version.day", form.Required)
}

// table lists the versions with what each of them changed.
func (v VersionsView) table(ctx context.Context) ui.TableView {
	t := ui.TableView{Caption: "casefile.version.list", HideCaption: true, Columns: []ui.Column{{Key: "casefile.version.number"},
		{Key: "casefile.version.at"}, {Key: "casefile.version.why"}, {Key: "casefile.version.changed"}, {Key: "casefile.version.hash"}},
		Empty: ui.EmptyView{Title: "casefile.version.none", Body: "casefile.version.none_hint"}}
	for i, version := range v.Versions.Versions {
		before := v.Versions.Before
		if i+1 < len(v.Versions.Versions) {
			before = &v.Versions.Versions[i+1]
		}
		changed := ui.Word("casefile.version.first")
		if before != nil {
			changed = ui.Link(brief(ctx, casefile.Compare(before.Facts, version.Facts)), ChangesPath(version.FileID, before.Number, version.Number))
		}
		t.Rows = append(t.Rows, ui.Row{Href: VersionPath(version.FileID, version.Number), Cells: []ui.Cell{
			ui.Word("casefile.version.nth", version.Number), ui.Text(words.Minute(version.At)).With(keeper(ctx, version)),
			ui.Word(audit.ActKey(version.Why)), changed, ui.Text(version.Short())}})
	}
	return t
}

// keeper says whose act led to a version.
func keeper(ctx context.Context, v casefile.Version) string {
	if v.By == 0 {
		return words.T(ctx, "casefile.by_program")
	}
	return v.ByName
}

// briefly is how many facts a line names.
const briefly = 4

// brief names what changed in one line: the first few facts, and how many there are.
func brief(ctx context.Context, all []casefile.Difference) string {
	if len(all) == 0 {
		return words.T(ctx, "casefile.version.other_facts")
	}
	text := ""
	for i, d := range all[:min(briefly, len(all))] {
		label := words.T(ctx, d.Label)
		if d.Person != "" {
			label = words.T(ctx, "casefile.version.of_person", d.Person, label)
		}
		if i == 0 {
			text = label
		} else {
			text = words.T(ctx, "casefile.version.and", text, label)
		}
	}
	if len(all) > briefly {
		return words.T(ctx, "casefile.version.and_more", text, len(all))
	}
	return text
}

// pager leads to older versions.
func (v VersionsView) pager() ui.Paging {
	p := ui.Paging{Total: -1}
	if v.Versions.After > 0 {
		p.Next = VersionsPath(v.File.ID) + "?below=" + strconv.Itoa(v.Versions.After)
	}
	return p
}

// facts are what is known of the version itself.
func (v VersionView) facts(ctx context.Context) []ui.Item {
	items := []ui.Item{
		{Key: "casefile.version.at", Value: ui.Text(words.Minute(v.Version.At)).With(keeper(ctx, v.Version))},
		{Key: "casefile.version.why", Value: ui.Word(audit.ActKey(v.Version.Why))},
		{Key: "casefile.state", Value: ui.Word(v.Version.Facts.Cover.State.Key())},
	}
	if category := v.Version.Facts.Cover.Category; category != "" {
		items = append(items, ui.Item{Key: "casefile.category", Value: ui.Word(category.Key())})
	}
	return append(items, ui.Item{Key: "casefile.version.hash", Value: ui.Text(hex.EncodeToString(v.Version.Hash))})
}

// around leads to the versions before and after, and to what changed between them.
func (v VersionView) around() []ui.Btn {
	id, n := v.Current.ID, v.Version.Number
	var all []ui.Btn
	if n > 1 {
		all = append(all, ui.Btn{Key: "casefile.version.changes_before", Href: ChangesPath(id, n-1, n), Look: ui.Secondary})
	}
	if n < v.Last {
		all = append(all, ui.Btn{Key: "casefile.version.changes_since", Href: ChangesPath(id, n, v.Last), Look: ui.Secondary})
	}
	return all
}

// papers lists the evidence of that time; a paper taken out since cannot be opened any more.
func (v VersionView) papers() ui.TableView {
	t := ui.TableView{Caption: "casefile.section.evidence", HideCaption: true,
		Columns: []ui.Column{{Key: "casefile.paper_kind"}, {Key: "casefile.paper_name"}, {Key: "casefile.paper_added"}},
		Empty:   ui.EmptyView{Title: "casefile.no_papers"}}
	for _, e := range v.Household.Evidence {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.Word(e.Kind.Key()), ui.Text(e.Name), ui.Text(words.Minute(e.AddedAt)).With(e.AddedBy)}})
	}
	return t
}

// changesTable shows differences before and after.
func changesTable(ctx context.Context, from, into words.Message, all []casefile.Difference) ui.TableView {
	v := ui.ChangesView{Caption: "casefile.version.changed", From: from, Into: into, Empty: ui.EmptyView{Title: "casefile.version.same"}}
	for _, d := range all {
		v.Changes = append(v.Changes, ui.Change{Of: d.Person, Label: d.Label, Before: d.Before, After: d.After})
	}
	return ui.Changes(ctx, v)
}

// nth names a version in the head of a column.
func nth(v casefile.Version) words.Message {
	return words.Saying("casefile.version.nth_of", v.Number, v.At)
}
