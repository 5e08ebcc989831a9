// Package fund keeps the earmarked money of a centre in double entry.
//
// An Account is one office × source × purpose × year. It has four pots: outside (the other side of every receipt),
// available, reserved and paid. An Entry moves money between two pots of one account, with two postings that sum to
// zero: Receive brings money in, Reserve sets it aside when a grant is approved, Pay spends it at the bank's answer,
// Release gives it back at a failure or when the grant is revoked, Recover takes back what had been paid and was claimed back,
// Reverse mirrors a mistaken receipt. Entries are never changed or deleted.
//
// The database is relied on for what must never fail: no pot but outside goes below zero (fund_not_below_zero), a
// source serves only its allowed purposes (fund_pair_allowed), entries balance (fund_balanced), and a grant's money is
// reserved once per attempt and ends once (fund_entry_once, fund_entry_end). Whether a grant may be paid at all is
// checked in the tables of package payment, and whether money comes back of a claim in those of package exit, of which
// exit_receipt and exit_receipt_part are read here.
//
// Source rules: domain.md d.7 (001_ art. 25 and 63: earmarked, never lent or diverted).
//
// Tables: fund_source, fund_purpose, fund_allowed (data), fund_account, fund_pot, fund_entry, fund_posting. Start
// reading at entry.go.
package fund
