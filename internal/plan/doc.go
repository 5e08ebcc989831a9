// Package plan holds the plan of each household (帮扶计划, 解困脱困实施计划; 003-04, 003-27, 003-41): its target group, the
// goal and its day, who answers for it, and one measure or more against its causes, each of one of the four batches and
// with its own day. Progress is noted measure by measure; what is late is listed; the plan is printed as 实施计划表.
//
// A changed plan replaces the one before, which stays; measures that go on keep their progress. Start reading at plan.go.
//
// Tables: plan_plan, plan_measure.
package plan
