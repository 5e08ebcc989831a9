// Package work holds the unit of work: one transaction with the reading of the clock, the acting person and the
// duty to leave an audit entry.
//
// Every exported function of a feature that writes takes a *Unit; every one that only reads takes a Querier, which a
// Unit also is. So features compose inside one transaction without knowing of each other's. Start reading at Do (a
// job's unit) and Once (a form's unit: the same form sent again has no second effect).
//
// Tables: work_form_key is owned here; audit_entry is written here and read by package audit.
package work
