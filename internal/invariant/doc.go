// Package invariant checks what must always be true of a centre's records (reliability.md 4.3), over all tables at once.
//
// Each check is one statement that finds what breaks a rule, computed on another way than the one by which the program
// and the database keep it: a state from the events that led to it, a sum from its parts, the three sides of a case
// from who did what. A sound database gives no row. The ledger's own sums are in package fund, the chain of the trail
// in package audit; `bangfu verify` runs all three.
//
// Start reading at Verify. It owns no table and writes none.
package invariant
