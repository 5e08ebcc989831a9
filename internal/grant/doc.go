// Package grant holds aid: programmes and their terms, applications, the bodies' decisions on them, and the award.
//
// It is the worked example of this program. Read state.go first (the life of an application on one page), then case.go
// (who may do what, and when), then decision.go (what follows from it). After that:
//
//	application.go  filing: Weigh says what an application would come to, Apply files it, Resubmit corrects it
//	tier.go         which bodies decide which sum, and so which steps a round has
//	window.go       the sum that picks the tier: small requests of one household are seen together
//	quorum.go       when a vote has passed, when it has failed, when it may be closed
//	formula.go      the arithmetic of a programme; each kind is one file formula_….go
//	signing.go      the last step: window again, approval, reservation and payable in one unit
//	revocation.go   the end of a grant that can no longer be paid
//	inbox.go        what waits for whom
//	refusal.go      what the database refuses, in words
//
// An application lives on an active worker file and keeps the terms it was filed under, so that an old decision can
// always be computed again. Approval is one state and one row a decision; a row is never changed. The rules here are
// pure functions on a Case; what must never fail stands a second time in the migration as triggers and constraints.
//
// Tables: grant_programme, grant_terms, grant_tier, grant_application, grant_decision.
package grant
