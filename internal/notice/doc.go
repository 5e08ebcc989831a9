// Package notice publishes who is to be put on the register, and hears objections (公示, domain.md c.3).
//
// A notice runs for a period that is fixed when it is published (period.go). An objection, by anybody, stops it at once
// (objection.go); after a recheck by other people it is judged (judge.go): unfounded, and a full new period begins as a
// new notice; upheld, and the file is struck off. A notice whose last day is over without an objection is ended by a
// job and by nothing else (EndDue in end.go), and its file becomes active. state.go is the whole life of a notice.
//
// What the public may read is copied, masked, into notice_public when the notice is published; the public pages read
// that table and no other (public.go).
//
// Tables: notice_notice, notice_public, notice_shown, notice_objection. What an objector said, and how to reach the
// person, is sealed. visit_visit and casefile_declaration are read here and written by their owners.
package notice
