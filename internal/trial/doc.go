// Package trial lets a new line or rule be tried before it holds 试算.
//
// Somebody enters a line (低保标准) or a rule of judgement; it is a Proposal. A Run computes it on the standing of every
// judged household at once, in the database and by the same table of ways as eligibility.Judge, and says who would enter,
// leave or change category, by district, and what that costs at the terms of the living aid. Only then can a second person
// confirm it, and package eligibility takes it into its dated rows. The households that a confirmed proposal changes stay
// listed until they are judged anew (Affected). Start reading at proposal.go.
//
// Tables: trial_proposal, trial_run, trial_change. casefile_standing and casefile_file are read here.
package trial
