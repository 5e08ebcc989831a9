// Package disclosure tells what left the office about one household (对外提供, PIPL 21 to 23 and 55): lists sent to be
// compared, sheets, referral letters, public notices, files for the bank, prints, and numbers that somebody had shown in
// the clear; each with the day, who did it, to whom and why.
//
// It reads what the features keep anyway, by one statement, and writes nothing. A sheet of a whole work list is on record
// as a list, not household by household: it is not told here, and the page says so.
//
// Tables: none. Those of casefile, comparison, ledger, referral, notice, payment, staff and the trail are read here and
// written by their owners. Start reading at Of.
package disclosure
