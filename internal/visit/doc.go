// Package visit records home visits (入户核查, domain.md b.7 and c.1; peers.md D11).
//
// Two people go to a household that has applied, and compare what was entered with what they find, item by item. Both
// they and the applicant sign. A visit that agrees moves the file on to its judgement, one that does not sends it back
// with the reasons. When somebody objects to the public notice, two other people go again: a recheck moves nothing by
// itself, package notice judges the objection by it.
//
// Who may visit is in people.go: the database keeps the same rules. Start reading at visit.go.
//
// Programmes of visits are in plan.go and stop.go, the trainings of those who go in training.go, samples that anybody can redraw in sample.go, what the visits found in
// summary.go.
//
// Tables: visit_visit, visit_finding, visit_rule, whose rows are inserted and never changed; visit_plan, visit_team,
// visit_stop; visit_training, visit_trained; visit_sample, visit_pick; visit_typed. notice_objection, casefile_duty
// and the staff tables are read here and written by their owners.
package visit
