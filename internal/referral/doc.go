// Package referral hands households on to other offices (转介): to government relief, medical aid, social insurance and
// labour inspection (inventory 003-47 to 003-52, 002-36), and follows what becomes of it.
//
// A referral is drafted out of the file, sent with a numbered letter once the worker has agreed to it by signature
// (PIPL 23), received, and answered: granted, refused, or returned for papers. It is followed up by date until it is
// closed. state.go is its whole life, and advance in referral_sql.go the only statement that writes a state.
//
// uncovered.go lists who is entitled to the minimum living allowance and does not have it (应保未保, 001-57, 003-52);
// summary.go counts by kind and outcome for the report upwards (003-37). A grant changes nothing in the file's income by
// itself: that is a change of the file, by its own rules.
//
// reception.go records who came to the window without a file (来访登记, 001-73), with the first person asked, the office the visitor
// was sent to and what came of it; a registration may be made of it. reception_term.go erases what led to no file.
//
// Tables: referral_referral, referral_paper, referral_event, referral_number, referral_uncovered, referral_reception,
// referral_reception_event. The tables of casefile, eligibility and
// staff are read here and written by their owners. Start reading at state.go, then referral.go.
package referral
