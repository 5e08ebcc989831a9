// Package staff knows the people of the union organisations: the tree of offices, who works where with which roles,
// how they sign in, and who sits in the leading groups and committees.
//
// An office is a node of the tree; its path of ids ("/1/12/") makes "this office and all below" a prefix, which is a
// person's scope. A role brings capabilities (capability.go, the only place that says so). A body is a leading group
// or a committee; its seats have a first day and a day from which they no longer count.
//
// Start reading at Actor (who is acting), then SignIn.
//
// Tables: staff_org, staff_member, staff_role, staff_attempt, staff_body, staff_body_member, and sessions, whose
// columns package scs fixes.
package staff
