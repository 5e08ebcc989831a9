package auditpage

import (
	"net/url"
	"time"

	"bangfu/internal/audit"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are these pages in every state, with invented people.
func Examples() []ui.Example {
	entries := sampleEntries()
	wrong := sampleFilter(url.Values{"from": {"2026-11-24x"}})
	refused := layout.Sample("audit.title")
	refused.Form = wrong
	return []ui.Example{
		{Name: "audit-trail", Page: Trail(wide(), TrailView{Filter: sampleFilter(nil), Entries: entries, Older: "/audit?before=5", Newest: "/audit"})},
		{Name: "audit-trail-file", Page: Trail(wide(), TrailView{Filter: sampleFilter(nil), Entries: entries[:1],
			Chips: []ui.Chip{{Key: "audit.file", Text: "418", Remove: TrailPath}}})},
		{Name: "audit-trail-empty", Page: Trail(wide(), TrailView{Filter: sampleFilter(nil)})},
		{Name: "audit-trail-wrong", Page: Trail(refused, TrailView{Filter: wrong})},
		{Name: "audit-entry", Page: Entry(layout.Sample("audit.entry_title", 7), entries[0])},
		{Name: "audit-entry-plain", Page: Entry(layout.Sample("audit.entry_title", 5), entries[2])},
		{Name: "audit-chain", Page: Chain(layout.Sample("audit.chain_title"), audit.Report{Sealed: 12483, Waiting: 2, Head: audit.Head{Seq: 12483}})},
		{Name: "audit-chain-broken", Page: Chain(layout.Sample("audit.chain_title"), audit.Report{Sealed: 411, Head: audit.Head{Seq: 411},
			Broken: &audit.Broken{Fault: audit.Altered, Seq: 412, Entry: 415}})},
	}
}

func wide() layout.Page {
	p := layout.Sample("audit.title")
	p.Wide = true
	p.Actions = []ui.Btn{{Key: "audit.chain_button", Href: ChainPath, Look: ui.Secondary}}
	return p
}

func sampleEntries() []audit.Entry {
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, day.Zone)
	return []audit.Entry{
		audit.Entry{ID: 7, At: at, StaffID: 1, StaffName: "沈静", OrgID: 2, OrgName: "云川市总工会帮扶中心", Address: "192.0.2.1", Act: "staff.role_grant",
			Kind: "member", SubjectID: 12, FileID: 418, File: "YC-2026-00418", Seal: 7,
			Changes: []audit.Change{{Field: "role", After: "group_member"}, {Field: "phone", Before: "138****0001", After: "138****0002"}}},
		audit.Entry{ID: 6, At: at, StaffName: "system:notice", Act: "staff.lock", Kind: "member", SubjectID: 3, FileID: 419},
		audit.Entry{ID: 5, At: at, StaffName: "public", Address: "198.51.100.7", Act: "staff.sign_in_failed", Kind: "member"},
	}
}

func sampleFilter(values url.Values) *form.Form {
	f := form.Filter(values)
	f.Text("person", "audit.person", form.Width(8))
	f.Select("area", "audit.area", []form.Option{{Value: "all", Key: "audit.all_areas"}}, form.Default("all"))
	f.Text("number", "audit.file", form.Width(12))
	f.Date("from", "audit.from")
	f.Date("to", "audit.to")
	return f
}
